//! How much of each day each channel has recorded, as a picture.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};
use yew::prelude::*;

use crate::wire::{ChannelDoc, SpanDoc};

const DAY_SECONDS: i64 = 86_400;
const LEFT: usize = 150;
const TOP: usize = 22;
const ROW: usize = 20;

/// One square: what is known of one channel on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Nothing recorded, and that is a gap.
    Missing,
    /// Recorded for less than half of the day.
    Little,
    /// Recorded for less than 95 % of the day.
    Partly,
    /// Recorded for less than 99.9 % of the day.
    Nearly,
    /// The whole day.
    Full,
    /// Nothing recorded, and whether that is a gap cannot be told.
    Unknown,
}

impl Cell {
    const ALL: [Self; 6] = [
        Self::Full,
        Self::Nearly,
        Self::Partly,
        Self::Little,
        Self::Missing,
        Self::Unknown,
    ];

    /// Of `day` seconds that could have been recorded.
    fn of(seconds: i64, day: i64, judged: bool) -> Self {
        match seconds as f64 / day.max(1) as f64 {
            ..=0.0 if judged => Self::Missing,
            ..=0.0 => Self::Unknown,
            ..0.5 => Self::Little,
            ..0.95 => Self::Partly,
            ..0.999 => Self::Nearly,
            _ => Self::Full,
        }
    }

    fn colour(self) -> &'static str {
        match self {
            Self::Missing => "var(--heat-0)",
            Self::Little => "var(--heat-1)",
            Self::Partly => "var(--heat-2)",
            Self::Nearly => "var(--heat-3)",
            Self::Full => "var(--heat-4)",
            Self::Unknown => "var(--heat-none)",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Missing => "没有录像",
            Self::Little => "不到半天",
            Self::Partly => "不到 95%",
            Self::Nearly => "接近全天",
            Self::Full => "全天",
            Self::Unknown => "无法判断",
        }
    }
}

/// Seconds recorded on each day of `from..=to`, for merged spans in time order.
pub fn seconds_by_day(recorded: &[SpanDoc], from: NaiveDate, to: NaiveDate) -> Vec<i64> {
    let days = usize::try_from((to - from).num_days() + 1).unwrap_or(0);
    let mut seconds = vec![0; days];
    let origin = from.and_time(NaiveTime::MIN);
    let since = |time: NaiveDateTime| (time - origin).num_seconds();
    for span in recorded {
        let (start, end) = (since(span.from).max(0), since(span.to).min(days as i64 * DAY_SECONDS));
        let mut at = start;
        while at < end {
            let day = at / DAY_SECONDS;
            let until = end.min((day + 1) * DAY_SECONDS);
            if let Some(sum) = usize::try_from(day).ok().and_then(|day| seconds.get_mut(day)) {
                *sum += until - at;
            }
            at = until;
        }
    }
    seconds
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
    let lines = rows.iter().enumerate().map(|(row, (channel, seconds))| {
        let y = TOP + row * ROW;
        // The last day drawn is that of the inspection: it is not over yet.
        let begun = channel.latest.map_or(DAY_SECONDS, |latest| {
            (latest - to.and_time(NaiveTime::MIN)).num_seconds()
        });
        let length = |index: usize| {
            if index + 1 == days {
                begun.clamp(1, DAY_SECONDS)
            } else {
                DAY_SECONDS
            }
        };
        let judged = !matches!(channel.verdict.as_str(), "unknown" | "not-yet-assessable");
        let squares = Cell::ALL.into_iter().filter_map(|kind| {
            let path: String = (seconds.iter().enumerate())
                .filter(|(index, seconds)| Cell::of(**seconds, length(*index), judged && index + 1 != days) == kind)
                .map(|(index, _)| {
                    let (x, w, h) = (LEFT + index * cell, cell - 1, ROW - 2);
                    format!("M{x} {y}h{w}v{h}h-{w}z")
                })
                .collect();
            (!path.is_empty()).then(|| html! { <path d={path} style={format!("fill:{}", kind.colour())} /> })
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
                { for Cell::ALL.into_iter().map(|kind| html! {
                    <span><i style={format!("background:{}", kind.colour())}></i>{ kind.label() }</span>
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn a_span_over_midnight_counts_on_both_days() {
        let spans = [SpanDoc {
            from: at("2026-01-01T23:00:00"),
            to: at("2026-01-02T02:00:00"),
        }];
        let (from, to) = (
            NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
            NaiveDate::from_ymd_opt(2026, 1, 3).unwrap(),
        );
        assert_eq!(seconds_by_day(&spans, from, to), [3_600, 7_200, 0]);
    }

    #[test]
    fn spans_outside_the_picture_do_not_count() {
        let spans = [SpanDoc {
            from: at("2020-01-01T00:00:00"),
            to: at("2030-01-02T00:00:00"),
        }];
        let day = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert_eq!(seconds_by_day(&spans, day, day), [86_400]);
    }

    #[test]
    fn nothing_recorded_is_a_gap_only_where_the_channel_was_judged() {
        assert_eq!(Cell::of(0, DAY_SECONDS, true), Cell::Missing);
        assert_eq!(Cell::of(0, DAY_SECONDS, false), Cell::Unknown);
        assert_eq!(Cell::of(86_399, DAY_SECONDS, true), Cell::Full);
    }
}
