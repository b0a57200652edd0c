//! How much of each day is recorded, and what that says.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::wire::{ChannelDoc, Inspection, SpanDoc};

/// Seconds of a day.
pub const DAY_SECONDS: i64 = 86_400;

/// Days drawn at most; older ones are left out, and that is told.
pub const MAX_DAYS: usize = 1_100;

/// One square: what is known of one channel on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
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
    /// Nothing recorded before the days that must be kept.
    Outside,
}

impl Kept {
    /// The key, from the whole day to nothing known.
    pub const ALL: [Self; 7] = [
        Self::Full,
        Self::Nearly,
        Self::Partly,
        Self::Little,
        Self::Missing,
        Self::Unknown,
        Self::Outside,
    ];

    /// Of `seconds` recorded of `day` that could have been; `nothing` is what
    /// it is where there are none.
    fn of(seconds: i64, day: i64, nothing: Self) -> Self {
        match seconds as f64 / day.max(1) as f64 {
            ..=0.0 => nothing,
            ..0.5 => Self::Little,
            ..0.95 => Self::Partly,
            ..0.999 => Self::Nearly,
            _ => Self::Full,
        }
    }

    /// In a few words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Missing => "没有录像",
            Self::Little => "不到半天",
            Self::Partly => "不到 95%",
            Self::Nearly => "接近全天",
            Self::Full => "全天",
            Self::Unknown => "无法判断",
            Self::Outside => "要求的天数以外，没有录像",
        }
    }
}

/// The days of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first day drawn.
    pub from: NaiveDate,
    /// The day of inspection, the last one drawn.
    pub to: NaiveDate,
    /// The first day that must be kept.
    pub required: NaiveDate,
}

impl Range {
    /// From the oldest recording, at least from the first day required.
    pub fn of(inspection: &Inspection) -> Self {
        let to = inspection.on;
        let required = first_day(inspection);
        let limit = to.checked_sub_days(Days::new(MAX_DAYS as u64 - 1)).unwrap_or(to);
        let earliest = inspection.channels.iter().filter_map(|c| c.earliest).min();
        let from = earliest.map_or(required, |earliest| earliest.date().min(required).max(limit));
        Self { from, to, required }
    }

    /// How many days.
    pub fn days(self) -> usize {
        usize::try_from((self.to - self.from).num_days() + 1).unwrap_or(0)
    }

    /// The day at `index`.
    pub fn day(self, index: usize) -> NaiveDate {
        self.from.checked_add_days(Days::new(index as u64)).unwrap_or(self.to)
    }

    /// Where a day is.
    pub fn index(self, day: NaiveDate) -> Option<usize> {
        usize::try_from((day - self.from).num_days())
            .ok()
            .filter(|index| *index < self.days())
    }

    /// Only the days that must be kept, and the day of inspection.
    pub fn must(self) -> Self {
        Self {
            from: self.required.max(self.from),
            ..self
        }
    }

    /// The channel's days from `first` on: seconds recorded, and what that is.
    pub fn cells(self, channel: &ChannelDoc, first: usize, count: usize) -> Vec<(i64, Kept)> {
        let count = count.min(self.days().saturating_sub(first));
        let Some(last) = count.checked_sub(1) else {
            return Vec::new();
        };
        let (from, to) = (self.day(first), self.day(first + last));
        let judged = !matches!(channel.verdict.as_str(), "unknown" | "not-yet-assessable");
        let seconds = seconds_by_day(&channel.recorded, from, to);
        let cells = seconds.into_iter().enumerate().map(|(at, seconds)| {
            let day = self.day(first + at);
            // The day of inspection is not over yet.
            let length = match channel.latest {
                Some(latest) if day == self.to => (latest - day.and_time(NaiveTime::MIN))
                    .num_seconds()
                    .clamp(1, DAY_SECONDS),
                _ => DAY_SECONDS,
            };
            let nothing = match () {
                () if day < self.required => Kept::Outside,
                () if judged && day != self.to => Kept::Missing,
                () => Kept::Unknown,
            };
            (seconds, Kept::of(seconds, length, nothing))
        });
        cells.collect()
    }
}

/// The first day that recordings must reach back to.
pub fn first_day(inspection: &Inspection) -> NaiveDate {
    let days = Days::new(u64::from(inspection.required_days));
    inspection.on.checked_sub_days(days).unwrap_or(inspection.on)
}

/// Seconds recorded on each day of `from..=to`, for merged spans in time order.
pub fn seconds_by_day(recorded: &[SpanDoc], from: NaiveDate, to: NaiveDate) -> Vec<i64> {
    let days = usize::try_from((to - from).num_days() + 1).unwrap_or(0);
    let mut seconds = vec![0; days];
    let origin = from.and_time(NaiveTime::MIN);
    let until = days as i64 * DAY_SECONDS;
    let since = |time: NaiveDateTime| (time - origin).num_seconds();
    let first = recorded.partition_point(|span| span.to <= origin);
    for span in recorded.get(first..).unwrap_or_default() {
        let (start, end) = (since(span.from).max(0), since(span.to).min(until));
        if start >= until {
            break;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn channel(verdict: &str, recorded: &[(&str, &str)]) -> ChannelDoc {
        let recorded: Vec<SpanDoc> = recorded
            .iter()
            .map(|(from, to)| SpanDoc {
                from: at(from),
                to: at(to),
            })
            .collect();
        ChannelDoc {
            channel: "1".into(),
            earliest: recorded.first().map(|span| span.from),
            latest: recorded.last().map(|span| span.to),
            kept_days: 0.0,
            coverage: 0.0,
            gaps: Vec::new(),
            verdict: verdict.into(),
            recorded,
            because: Vec::new(),
        }
    }

    #[test]
    fn a_span_over_midnight_counts_on_both_days() {
        let channel = channel("kept", &[("2026-01-01T23:00:00", "2026-01-02T02:00:00")]);
        let seconds = seconds_by_day(&channel.recorded, day("2026-01-01"), day("2026-01-03"));
        assert_eq!(seconds, [3_600, 7_200, 0]);
    }

    #[test]
    fn spans_outside_the_picture_do_not_count() {
        let channel = channel(
            "kept",
            &[
                ("2019-01-01T00:00:00", "2019-01-02T00:00:00"),
                ("2020-01-01T00:00:00", "2030-01-02T00:00:00"),
                ("2031-01-01T00:00:00", "2031-01-02T00:00:00"),
            ],
        );
        let day = day("2026-01-01");
        assert_eq!(seconds_by_day(&channel.recorded, day, day), [DAY_SECONDS]);
    }

    #[test]
    fn recorded_gap_and_unknown_are_three_states() {
        let range = Range {
            from: day("2026-01-01"),
            to: day("2026-01-05"),
            required: day("2026-01-02"),
        };
        let states = |verdict| -> Vec<Kept> {
            let channel = channel(verdict, &[("2026-01-03T00:00:00", "2026-01-03T23:59:59")]);
            range.cells(&channel, 0, 99).into_iter().map(|(_, cell)| cell).collect()
        };
        assert_eq!(
            states("short"),
            [Kept::Outside, Kept::Missing, Kept::Full, Kept::Missing, Kept::Unknown]
        );
        assert_eq!(
            states("unknown"),
            [Kept::Outside, Kept::Unknown, Kept::Full, Kept::Unknown, Kept::Unknown]
        );
    }

    #[test]
    fn all_but_a_second_is_the_whole_day() {
        assert_eq!(Kept::of(86_399, DAY_SECONDS, Kept::Missing), Kept::Full);
    }

    #[test]
    fn a_part_of_the_days_is_the_same_part_of_the_whole() {
        let channel = channel("gaps", &[("2026-01-02T12:00:00", "2026-01-08T06:00:00")]);
        let range = Range {
            from: day("2026-01-01"),
            to: day("2026-01-10"),
            required: day("2026-01-01"),
        };
        let whole = range.cells(&channel, 0, 10);
        assert_eq!(whole[3..7], range.cells(&channel, 3, 4));
        assert_eq!(range.cells(&channel, 10, 4), []);
    }
}
