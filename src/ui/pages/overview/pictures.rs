//! The overview's pictures. Each says in words what it shows.

use yew::prelude::*;

use super::summary::Tally;
use crate::sort::Sort;
use crate::ui::widgets::badge::{verdict_badge, word};
use crate::ui::widgets::bars::range_bar;
use crate::wire::{ChannelDoc, Inspection, Range};
use crate::words::lang::t;
use crate::words::retention::rounded_down;

/// Channels drawn, the worst first.
const CHANNELS: usize = 6;

/// How the obligations stand, as one bar whose parts are counted below it.
pub fn tally(tally: Tally) -> Html {
    let parts = [
        (t!("不符合"), tally.breached, "bad"),
        (t!("要按期办"), tally.due, "warn"),
        (t!("还不清楚"), tally.unknown, "unsure"),
        (t!("符合"), tally.met, "good"),
    ];
    let all = tally.all().max(1) as f64;
    let bars = parts.iter().filter(|(_, count, _)| *count > 0).map(|(_, count, tone)| {
        html! { <i class={*tone} style={format!("width:{:.2}%", *count as f64 * 100.0 / all)}></i> }
    });
    let counts = parts.iter().map(|(label, count, tone)| {
        html! { <li class={*tone}><b>{ *count }</b>{ " " }{ *label }</li> }
    });
    html! {
        <>
            <div class="tally" aria-hidden="true">{ for bars }</div>
            <ul class="counts" aria-label={t!("{} 项义务的情况", tally.all())}>{ for counts }</ul>
        </>
    }
}

/// An amount on a scale that ends at `scale` yuan; nothing where there is no scale.
pub fn money(range: Range, scale: u64, tone: &'static str) -> Html {
    if scale == 0 || range[1] == 0 {
        return Html::default();
    }
    range_bar(range, scale, tone)
}

/// The channels with the least recorded, each as a bar of the days asked for.
pub fn channels(inspection: &Inspection) -> Html {
    let mut worst: Vec<&ChannelDoc> = inspection.channels.iter().collect();
    worst.order_by(|a, b| a.coverage.total_cmp(&b.coverage));
    let more = worst.len().saturating_sub(CHANNELS);
    let rows = worst.into_iter().take(CHANNELS).map(|channel| {
        let share = (channel.coverage * 100.0).clamp(0.0, 100.0);
        let (tone, _) = word(&channel.verdict);
        let at = inspection.channels.iter().position(|other| std::ptr::eq(other, channel));
        let path = format!("channels[{}].verdict", at.unwrap_or_default());
        html! {
            <li key={channel.channel.clone()}>
                <div class="row-head">
                    <span class="grow">{ t!("通道 {}", channel.channel) }</span>
                    <span class="small">{ t!("保存 {} 天，录到 {}%", format!("{:.1}", rounded_down(channel.kept_days, 1)), format!("{:.1}", rounded_down(share, 1))) }</span>
                    { verdict_badge(path, &channel.verdict) }
                </div>
                <div class="track" aria-hidden="true"><i class={tone.class()} style={format!("left:0;width:{share:.2}%")}></i></div>
            </li>
        }
    });
    html! {
        <>
            <ul class="bars" aria-label={t!("最差的通道，按录到的多少")}>{ for rows }</ul>
            if more > 0 { <p class="small muted">{ t!("另有 {more} 个通道比这些好。", more = more) }</p> }
        </>
    }
}
