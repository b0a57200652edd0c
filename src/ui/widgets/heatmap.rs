//! How much of each day each channel has recorded, as a picture.

use chrono::{Datelike, Days, NaiveDate};
use yew::prelude::*;

use crate::recording::daily::{Kept, days_kept, seconds_by_day};
use crate::wire::ChannelDoc;

const LEFT: usize = 150;
const TOP: usize = 22;
const ROW: usize = 20;

/// The colour of a square, which the style sheet sets for light and dark.
fn colour(kept: Kept) -> &'static str {
    match kept {
        Kept::Missing => "var(--heat-0)",
        Kept::Little => "var(--heat-1)",
        Kept::Partly => "var(--heat-2)",
        Kept::Nearly => "var(--heat-3)",
        Kept::Full => "var(--heat-4)",
        Kept::Unknown => "var(--heat-none)",
    }
}

#[derive(Properties, PartialEq)]
pub struct HeatmapProps {
    pub channels: Vec<ChannelDoc>,
    /// The first and the last day drawn.
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// The picture, its key and the same content as a table.
#[component]
pub fn Heatmap(props: &HeatmapProps) -> Html {
    let HeatmapProps { channels, from, to } = props;
    let rows: Vec<(&ChannelDoc, Vec<i64>)> = channels
        .iter()
        .map(|channel| (channel, seconds_by_day(&channel.recorded, *from, *to)))
        .collect();
    let days = usize::try_from((*to - *from).num_days() + 1).unwrap_or(0);
    let cell = if days <= 45 { 18 } else { 9 };
    let (width, height) = (LEFT + days * cell + 4, TOP + rows.len() * ROW + 4);
    let day = |index: usize| from.checked_add_days(Days::new(index as u64)).unwrap_or(*to);
    let every = if cell > 10 { 5 } else { 10 };
    let ticks = (0..days).filter(|index| (days - 1 - index) % every == 0).map(|index| {
        let day = day(index);
        html! { <text x={(LEFT + index * cell + cell).to_string()} y="14" text-anchor="end">{ format!("{}/{}", day.month(), day.day()) }</text> }
    });
    let lines = rows.iter().enumerate().map(|(row, (channel, _))| {
        let y = TOP + row * ROW;
        let kept = days_kept(channel, *from, *to);
        let squares = Kept::ALL.into_iter().filter_map(|kind| {
            let path: String = (kept.iter().enumerate())
                .filter(|(_, kept)| **kept == kind)
                .map(|(index, _)| {
                    let (x, w, h) = (LEFT + index * cell, cell - 1, ROW - 2);
                    format!("M{x} {y}h{w}v{h}h-{w}z")
                })
                .collect();
            (!path.is_empty()).then(|| html! { <path d={path} style={format!("fill:{}", colour(kind))} /> })
        });
        html! {
            <g>
                <title>{ format!("{}:{}", channel.channel, super::badge::word(&channel.verdict).1) }</title>
                <text class="name" x={(LEFT - 8).to_string()} y={(y + 14).to_string()} text-anchor="end">
                    { shortened(&channel.channel) }
                </text>
                { for squares }
            </g>
        }
    });
    let table = rows.iter().map(|(channel, seconds)| {
        let cells = seconds
            .iter()
            .map(|seconds| html! { <td class="num-cell">{ format!("{:.1}", *seconds as f64 / 3600.0) }</td> });
        html! { <tr><th scope="row">{ &channel.channel }</th>{ for cells }</tr> }
    });
    html! {
        <>
            <div class="heat" tabindex="0" role="group" aria-label="各通道每天的录像情况">
                <svg width={width.to_string()} height={height.to_string()} viewBox={format!("0 0 {width} {height}")} role="img"
                    aria-label={format!("{} 个通道从 {from} 到 {to} 的录像覆盖图", rows.len())}>
                    { for ticks }
                    { for lines }
                </svg>
            </div>
            <p class="legend">
                { for Kept::ALL.into_iter().map(|kind| html! {
                    <span><i style={format!("background:{}", colour(kind))}></i>{ kind.label() }</span>
                }) }
            </p>
            <details class="more no-print">
                <summary>{ "用表格看（每天录像小时数）" }</summary>
                <div class="scroll" tabindex="0">
                    <table class="small">
                        <thead><tr><th scope="col">{ "通道" }</th>{ for (0..days).map(|index| html! { <th scope="col">{ day(index).format("%m-%d").to_string() }</th> }) }</tr></thead>
                        <tbody>{ for table }</tbody>
                    </table>
                </div>
            </details>
        </>
    }
}

/// A channel's name short enough for the margin.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(11) {
        Some((at, _)) => format!("{}…", &name[..at]),
        None => name.to_owned(),
    }
}
