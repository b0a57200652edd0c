//! The stretch of time in sight as a table.

use yew::prelude::*;

use super::model::{self, Window, civil, segments};
use crate::recording::EventKind;
use crate::recording::daily::DAY_SECONDS;
use crate::ui::shared::Shared;
use crate::ui::widgets::heatmap::model::hours;
use crate::ui::widgets::unfold::use_unfolded;
use crate::wire::Inspection;
use crate::words::lang::t;

/// Rows shown; more say so.
const ROWS: usize = 200;

#[derive(Properties, PartialEq)]
pub struct WindowTableProps {
    pub inspection: Shared<Inspection>,
    pub lanes: Vec<usize>,
    pub window: Window,
    pub clock_offset: i64,
}

/// One line: channel, what, from, to, how long.
type Line = (i64, [String; 5]);

/// Made only when it is opened.
#[component]
pub fn WindowTable(props: &WindowTableProps) -> Html {
    let (open, ontoggle) = use_unfolded();
    html! {
        <details class="more no-print" {ontoggle}>
            <summary id="window-table">{ t!("用表格看（时间轴里的这一段）") }</summary>
            if open { { content(props) } }
        </details>
    }
}

fn content(props: &WindowTableProps) -> Html {
    let (lines, all) = lines(props);
    let rows = lines.into_iter().map(|(_, [channel, what, from, to, length])| {
        html! { <tr><th scope="row">{ channel }</th><td>{ what }</td><td class="nowrap">{ from }</td><td class="nowrap">{ to }</td><td>{ length }</td></tr> }
    });
    html! {
        <>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="window-table">
                <table class="small" aria-labelledby="window-table">
                    <thead><tr><th scope="col">{ t!("通道") }</th><th scope="col">{ t!("情况") }</th><th scope="col">{ t!("从") }</th><th scope="col">{ t!("至") }</th><th scope="col">{ t!("时长") }</th></tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            if all > ROWS { <p class="small muted">{ t!("只列出前 {ROWS} 行，共 {all} 行。放大时间轴可以看得更细。", ROWS = ROWS, all = all) }</p> }
        </>
    }
}

/// The first lines in order of channel and time, and how many there are.
fn lines(props: &WindowTableProps) -> (Vec<Line>, usize) {
    let WindowTableProps {
        inspection,
        lanes,
        window,
        clock_offset,
    } = props;
    let time = |at: i64| civil(at).format("%Y-%m-%d %H:%M:%S").to_string();
    let length = |seconds: i64| match seconds / DAY_SECONDS {
        0 => hours(seconds),
        days => t!("{days} 天 {}", hours(seconds % DAY_SECONDS), days = days),
    };
    let files = model::files(inspection, *clock_offset);
    let (mut lines, mut all): (Vec<Line>, usize) = (Vec::new(), 0);
    let mut add = |at: i64, cells: [String; 5]| {
        all += 1;
        if all <= ROWS {
            lines.push((at, cells));
        }
    };
    let channels: Vec<_> = lanes.iter().filter_map(|at| inspection.channels.get(*at)).collect();
    let names: Vec<&str> = channels.iter().map(|channel| channel.channel.as_str()).collect();
    for (at, event) in model::events(inspection, &names, *window, *clock_offset) {
        let kind = EventKind::from_id(&event.kind).map_or(event.kind.as_str(), |kind| kind.label());
        let channel = event.channel.clone().unwrap_or_else(|| t!("整台录像机").to_owned());
        add(
            at,
            [
                channel,
                t!("日志：{kind}", kind = kind),
                time(at),
                String::new(),
                String::new(),
            ],
        );
    }
    for channel in channels {
        for segment in segments(channel, inspection, *window) {
            let what = segment.state.label().to_owned();
            let ends = [time(segment.from), time(segment.to)];
            let [from, to] = ends;
            add(
                segment.from,
                [
                    channel.channel.clone(),
                    what,
                    from,
                    to,
                    length(segment.to - segment.from),
                ],
            );
        }
        let own = files.iter().find(|(name, _)| *name == channel.channel);
        for (index, from, to) in own.map(|(_, files)| files.as_slice()).unwrap_or_default() {
            if *from < window.to && *to > window.from {
                let path = inspection.files.get(*index).map_or("", |file| file.path.as_str());
                let what = t!("文件 {path}", path = path);
                add(
                    *from,
                    [channel.channel.clone(), what, time(*from), time(*to), length(to - from)],
                );
            }
        }
    }
    (lines, all)
}
