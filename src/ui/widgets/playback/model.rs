//! What lies in a stretch of time on one channel. Pure; times are seconds of
//! the recorder's civil clock since 1970-01-01 00:00:00.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

use crate::recording::Kind;
use crate::recording::daily::first_day;
use crate::recording::time::DAY;
use crate::wire::{ChannelDoc, EventDoc, FileDoc, Inspection, SpanDoc};

/// The shortest stretch shown: single seconds can be told apart.
pub const SHORTEST: i64 = 20;

/// Seconds of a civil time.
pub fn seconds(time: NaiveDateTime) -> i64 {
    time.and_utc().timestamp()
}

/// The civil time of some seconds.
pub fn civil(seconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default().naive_utc()
}

/// A stretch of time, from (included) to (excluded).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    pub to: i64,
}

impl Window {
    /// One day.
    pub fn day(day: NaiveDate) -> Self {
        let from = seconds(day.and_time(NaiveTime::MIN));
        Self { from, to: from + DAY }
    }

    /// All that can be shown: from the oldest recording or the first day
    /// required to the end of the day of inspection.
    pub fn whole(inspection: &Inspection) -> Self {
        let required = Self::day(first_day(inspection)).from;
        let earliest = inspection.channels.iter().filter_map(|channel| channel.earliest).min();
        let from = earliest.map_or(required, |earliest| Self::day(earliest.date()).from.min(required));
        Self {
            from,
            to: Self::day(inspection.on).to,
        }
    }

    /// How long, in seconds.
    pub fn length(self) -> i64 {
        self.to - self.from
    }

    /// Longer or shorter by `factor`; what is at `share` of its width stays there.
    pub fn zoomed(self, factor: f64, share: f64, whole: Self) -> Self {
        let length = (self.length() as f64 * factor).round() as i64;
        let length = length.clamp(SHORTEST, whole.length().max(SHORTEST));
        let at = self.from as f64 + self.length() as f64 * share;
        let from = (at - length as f64 * share).round() as i64;
        Self {
            from,
            to: from + length,
        }
        .inside(whole)
    }

    /// Later by some seconds.
    pub fn moved(self, by: i64, whole: Self) -> Self {
        Self {
            from: self.from.saturating_add(by),
            to: self.to.saturating_add(by),
        }
        .inside(whole)
    }

    /// Of this length around a time.
    pub fn around(at: i64, length: i64, whole: Self) -> Self {
        let length = length.clamp(SHORTEST, whole.length().max(SHORTEST));
        let from = at - length / 2;
        Self {
            from,
            to: from + length,
        }
        .inside(whole)
    }

    fn inside(self, whole: Self) -> Self {
        let length = self.length().min(whole.length().max(SHORTEST));
        let from = self.from.min(whole.to - length).max(whole.from);
        Self {
            from,
            to: from + length,
        }
    }
}

/// What is known of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Recorded,
    Gap,
    /// Whether something was recorded cannot be told, or need not be.
    Unknown,
}

impl State {
    /// In the order of the key.
    pub const ALL: [Self; 3] = [Self::Recorded, Self::Gap, Self::Unknown];

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Recorded => "有录像",
            Self::Gap => "没有录像",
            Self::Unknown => "不清楚",
        }
    }
}

/// A stretch of one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    pub from: i64,
    pub to: i64,
    pub state: State,
}

/// Where silence of a channel is a gap: as the verdict looked for it.
fn judged(channel: &ChannelDoc, inspection: &Inspection) -> Option<Window> {
    let required = Window::day(first_day(inspection)).from;
    let (earliest, latest) = (seconds(channel.earliest?), seconds(channel.latest?));
    let from = match channel.verdict.as_str() {
        "unknown" => return None,
        "short" => required,
        _ => earliest.max(required),
    };
    let last = channel.gaps.last().map_or(latest, |gap| seconds(gap.to));
    Some(Window {
        from,
        to: latest.max(last),
    })
}

/// The channel's states in `window`, in time order, without holes.
pub fn segments(channel: &ChannelDoc, inspection: &Inspection, window: Window) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let judged = judged(channel, inspection);
    let silent = |from: i64, to: i64, segments: &mut Vec<Segment>| {
        let gap = judged.unwrap_or(Window { from: to, to });
        let parts = [
            (from, to.min(gap.from), State::Unknown),
            (from.max(gap.from), to.min(gap.to), State::Gap),
            (from.max(gap.to).max(gap.from), to, State::Unknown),
        ];
        for (from, to, state) in parts {
            if from < to {
                segments.push(Segment { from, to, state });
            }
        }
    };
    let mut at = window.from;
    for span in spans_in(&channel.recorded, window) {
        let (from, to) = (seconds(span.from).max(window.from), seconds(span.to).min(window.to));
        silent(at, from, &mut segments);
        if from < to {
            segments.push(Segment {
                from,
                to,
                state: State::Recorded,
            });
        }
        at = to.max(at);
    }
    silent(at, window.to, &mut segments);
    segments
}

/// Of merged spans in time order, those that touch the window.
fn spans_in(spans: &[SpanDoc], window: Window) -> impl Iterator<Item = &SpanDoc> {
    let (from, to) = (civil(window.from), civil(window.to));
    let first = spans.partition_point(|span| span.to <= from);
    let rest = spans.get(first..).unwrap_or_default();
    rest.iter().take_while(move |span| span.from < to)
}

/// A file's place in time: its number in the inspection, from, to.
pub type Placed = (usize, i64, i64);

/// Files whose recording time is known, by channel and in time order; `offset`
/// is what the clock of the recorder must be set forward.
pub fn files(inspection: &Inspection, offset: i64) -> Vec<(String, Vec<Placed>)> {
    let mut all: Vec<(String, Vec<Placed>)> = Vec::new();
    let place = |file: &FileDoc| -> Option<(String, i64, i64)> {
        let media = Kind::from_id(&file.kind).is_some_and(Kind::is_media);
        // The time of a container may be that of the export.
        let told = media && file.time_source.as_deref() != Some("container");
        let (start, end) = file.start.zip(file.end).filter(|_| told)?;
        let channel = file
            .channel
            .clone()
            .unwrap_or_else(|| crate::recording::channel::UNTOLD.to_owned());
        Some((channel, seconds(start) + offset, seconds(end) + offset))
    };
    for (at, file) in inspection.files.iter().enumerate() {
        let Some((channel, from, to)) = place(file) else {
            continue;
        };
        match all.iter_mut().find(|(known, _)| *known == channel) {
            Some((_, files)) => files.push((at, from, to)),
            None => all.push((channel, vec![(at, from, to)])),
        }
    }
    for (_, files) in &mut all {
        files.sort_unstable_by_key(|(_, from, _)| *from);
    }
    all
}

/// Events in the window of these channels, or of the whole recorder.
pub fn events<'i>(
    inspection: &'i Inspection,
    channels: &[&str],
    window: Window,
    offset: i64,
) -> Vec<(i64, &'i EventDoc)> {
    let here = |event: &EventDoc| {
        event
            .channel
            .as_deref()
            .is_none_or(|channel| channels.contains(&channel))
    };
    let timed = inspection
        .events
        .iter()
        .map(|event| (seconds(event.at) + offset, event));
    timed
        .filter(|(at, event)| (window.from..window.to).contains(at) && here(event))
        .collect()
}

/// Distances between ticks, in seconds.
const STEPS: [i64; 22] = [
    1,
    2,
    5,
    10,
    15,
    30,
    60,
    120,
    300,
    600,
    900,
    1_800,
    3_600,
    7_200,
    10_800,
    21_600,
    43_200,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
];

/// Ticks for a picture with room for `count` of them: the time, and its text.
pub fn ticks(window: Window, count: f64) -> Vec<(i64, String)> {
    let least = window.length() as f64 / count.max(1.0);
    let widest = 84 * DAY;
    let step = STEPS.into_iter().find(|step| *step as f64 >= least).unwrap_or(widest);
    let first = window.from.div_euclid(step) * step;
    let times = (first..window.to).step_by(usize::try_from(step).unwrap_or(1));
    let ticks = times.filter(|at| *at >= window.from).map(|at| {
        let format = match step {
            DAY.. => "%m-%d",
            _ if at.rem_euclid(DAY) == 0 => "%m-%d",
            60.. => "%H:%M",
            _ => "%H:%M:%S",
        };
        (at, civil(at).format(format).to_string())
    });
    ticks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> SpanDoc {
        SpanDoc {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        }
    }

    fn inspection(verdict: &str) -> Inspection {
        let recorded = vec![
            span("2026-01-10T00:00:00", "2026-01-12T00:00:00"),
            span("2026-01-12T01:00:00", "2026-01-20T00:00:00"),
        ];
        let verdict_doc = || crate::wire::VerdictDoc {
            verdict: "unknown".into(),
            basis: Vec::new(),
            because: Vec::new(),
        };
        Inspection {
            on: NaiveDate::from_ymd_opt(2026, 1, 20).unwrap(),
            required_days: 15,
            files: Vec::new(),
            channels: vec![ChannelDoc {
                channel: "1".into(),
                earliest: Some(recorded[0].from),
                latest: Some(recorded[1].to),
                kept_days: 10.0,
                coverage: 0.6,
                gaps: Vec::new(),
                verdict: verdict.into(),
                recorded,
                because: Vec::new(),
            }],
            retention: verdict_doc(),
            integrity: verdict_doc(),
            events: Vec::new(),
            cameras: Vec::new(),
        }
    }

    fn states(verdict: &str) -> Vec<(State, i64)> {
        let inspection = inspection(verdict);
        let whole = Window::whole(&inspection);
        let segments = segments(&inspection.channels[0], &inspection, whole);
        // Without holes or overlaps, from end to end.
        assert_eq!(segments.first().unwrap().from, whole.from);
        assert_eq!(segments.last().unwrap().to, whole.to);
        assert!(segments.windows(2).all(|pair| pair[0].to == pair[1].from));
        segments.iter().map(|s| (s.state, (s.to - s.from) / 3_600)).collect()
    }

    #[test]
    fn silence_is_a_gap_only_where_the_channel_was_judged() {
        use State::{Gap, Recorded, Unknown};
        assert_eq!(
            states("short"),
            [(Gap, 5 * 24), (Recorded, 48), (Gap, 1), (Recorded, 191), (Unknown, 24)]
        );
        assert_eq!(
            states("not-yet-assessable"),
            [
                (Unknown, 5 * 24),
                (Recorded, 48),
                (Gap, 1),
                (Recorded, 191),
                (Unknown, 24)
            ]
        );
        assert_eq!(
            states("unknown"),
            [
                (Unknown, 5 * 24),
                (Recorded, 48),
                (Unknown, 1),
                (Recorded, 191),
                (Unknown, 24)
            ]
        );
    }

    #[test]
    fn zooming_keeps_the_point_and_stays_inside() {
        let whole = Window { from: 0, to: 100 * DAY };
        let window = Window { from: 0, to: 100 * DAY }.zoomed(0.5, 0.5, whole);
        assert_eq!(
            window,
            Window {
                from: 25 * DAY,
                to: 75 * DAY
            }
        );
        assert_eq!(window.zoomed(1e-9, 0.3, whole).length(), SHORTEST);
        assert_eq!(window.zoomed(1e9, 0.3, whole), whole);
        assert_eq!(window.moved(-1_000 * DAY, whole).from, 0);
        assert_eq!(window.moved(1_000 * DAY, whole).to, whole.to);
        let around = Window::around(DAY, 60, whole);
        assert_eq!((around.from, around.to), (DAY - 30, DAY + 30));
    }

    #[test]
    fn ticks_tell_days_hours_or_seconds() {
        let from = Window::day(NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()).from;
        let texts = |length, count| -> Vec<String> {
            let window = Window {
                from,
                to: from + length,
            };
            ticks(window, count).into_iter().map(|(_, text)| text).collect()
        };
        assert_eq!(texts(3 * DAY, 3.0), ["01-01", "01-02", "01-03"]);
        assert_eq!(texts(DAY, 4.0), ["01-01", "06:00", "12:00", "18:00"]);
        assert_eq!(texts(4, 4.0), ["01-01", "00:00:01", "00:00:02", "00:00:03"]);
        assert!(texts(4_000 * DAY, 5.0).len() <= 60);
    }
}
