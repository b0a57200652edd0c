//! How much of each day is recorded.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::wire::{ChannelDoc, SpanDoc};

const DAY_SECONDS: i64 = 86_400;

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
}

impl Kept {
    /// The key, from the whole day to nothing known.
    pub const ALL: [Self; 6] = [
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

    /// In a few words.
    pub const fn label(self) -> &'static str {
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

/// What is known of a channel on each day of `from..=to`; `to` is the day of
/// the inspection, which is not over yet.
pub fn days_kept(channel: &ChannelDoc, from: NaiveDate, to: NaiveDate) -> Vec<Kept> {
    let seconds = seconds_by_day(&channel.recorded, from, to);
    let begun = channel.latest.map_or(DAY_SECONDS, |latest| {
        (latest - to.and_time(NaiveTime::MIN)).num_seconds()
    });
    let judged = !matches!(channel.verdict.as_str(), "unknown" | "not-yet-assessable");
    let last = seconds.len().saturating_sub(1);
    let kept = seconds.iter().enumerate().map(|(day, seconds)| match day == last {
        true => Kept::of(*seconds, begun.clamp(1, DAY_SECONDS), false),
        false => Kept::of(*seconds, DAY_SECONDS, judged),
    });
    kept.collect()
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
        assert_eq!(Kept::of(0, DAY_SECONDS, true), Kept::Missing);
        assert_eq!(Kept::of(0, DAY_SECONDS, false), Kept::Unknown);
        assert_eq!(Kept::of(86_399, DAY_SECONDS, true), Kept::Full);
    }
}
