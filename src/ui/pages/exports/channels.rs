//! Every channel: the picture and the table.

use chrono::{Days, NaiveDate, NaiveDateTime};
use yew::prelude::*;

use crate::ui::widgets::badge::verdict_badge;
use crate::ui::widgets::heatmap::Heatmap;
use crate::wire::{ChannelDoc, Inspection};

/// The first day that recordings must reach back to.
pub fn first_day(inspection: &Inspection) -> NaiveDate {
    let days = Days::new(u64::from(inspection.required_days));
    inspection.on.checked_sub_days(days).unwrap_or(inspection.on)
}

/// The picture and the table of channels.
pub(super) fn coverage(inspection: &Inspection) -> Html {
    let from = first_day(inspection);
    html! {
        <section class="card">
            <h2>{ "每个通道、每一天" }</h2>
            <Heatmap channels={inspection.channels.clone()} {from} to={inspection.on} />
            <div class="scroll" tabindex="0">
                <table class="stack-table">
                    <thead><tr>
                        <th scope="col">{ "通道" }</th><th scope="col" style="width:34%">{ "结论" }</th><th scope="col">{ "最早" }</th><th scope="col">{ "最晚" }</th>
                        <th scope="col">{ "存储天数" }</th><th scope="col">{ "录像完整率" }</th><th scope="col">{ "缺口" }</th>
                    </tr></thead>
                    <tbody>{ for inspection.channels.iter().enumerate().map(channel_row) }</tbody>
                </table>
            </div>
        </section>
    }
}

fn channel_row((index, channel): (usize, &ChannelDoc)) -> Html {
    let time = |time: Option<NaiveDateTime>| {
        time.map_or("–".to_owned(), |time| time.format("%Y-%m-%d %H:%M:%S").to_string())
    };
    let gaps = channel
        .gaps
        .iter()
        .take(50)
        .map(|gap| html! { <li>{ format!("{} 至 {}", time(Some(gap.from)), time(Some(gap.to))) }</li> });
    html! {
        <tr key={channel.channel.clone()}>
            <th scope="row">{ &channel.channel }</th>
            <td data-label="结论">
                { verdict_badge(format!("channels[{index}].verdict"), &channel.verdict) }
                <div class="small muted">{ channel.because.concat() }</div>
            </td>
            <td data-label="最早">{ time(channel.earliest) }</td>
            <td data-label="最晚">{ time(channel.latest) }</td>
            <td data-label="存储天数" class="num-cell">{ format!("{:.1}", channel.kept_days) }</td>
            <td data-label="录像完整率" class="num-cell">{ format!("{:.2}%", channel.coverage * 100.0) }</td>
            <td data-label="缺口">
                if channel.gaps.is_empty() { { "无" } } else {
                    <details><summary>{ format!("{} 处", channel.gaps.len()) }</summary><ul class="small">{ for gaps }</ul></details>
                }
            </td>
        </tr>
    }
}
