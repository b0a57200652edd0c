//! Civil time to the second, without a zone: what recorders print.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// A wall-clock time: seconds since 1970-01-01 00:00:00 of the same clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Civil(i64);

impl Civil {
    /// 1970-01-01 00:00:00: before all recordings.
    pub const EPOCH: Self = Self(0);

    /// A date and time, where there is such a one between 1970 and 2199; 24:00:00 is
    /// the next day's midnight, and a leap second (:60) the next minute.
    pub fn new(year: i32, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> Option<Self> {
        let valid_hour = hour < 24 || (hour == 24 && minute == 0 && second == 0);
        if !(1970..2200).contains(&year) || !valid_hour || minute > 59 || second > 60 {
            return None;
        }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let longest = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            _ => return None,
        };
        if day == 0 || day > longest {
            return None;
        }
        let days = days_from_civil(i64::from(year), i64::from(month), i64::from(day));
        Some(Self(
            days * DAY + i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second),
        ))
    }

    /// Seconds since 1970-01-01 00:00:00 of the clock, within 1970–2199.
    pub fn from_seconds(seconds: i64) -> Option<Self> {
        (0..7_258_118_400).contains(&seconds).then_some(Self(seconds))
    }

    /// Midnight at the start of `day`.
    pub fn midnight(day: NaiveDate) -> Self {
        Self(days_from_civil(i64::from(day.year()), i64::from(day.month()), i64::from(day.day())) * DAY)
    }

    /// The packed wall clock of Hikvision, Dahua and Xiongmai streams:
    /// `yy-2000:6 | mo:4 | dd:5 | hh:5 | mi:6 | ss:6`, most significant first.
    pub fn from_packed(v: u32) -> Option<Self> {
        Self::new(
            2000 + (v >> 26) as i32,
            (v >> 22) & 15,
            (v >> 17) & 31,
            (v >> 12) & 31,
            (v >> 6) & 63,
            v & 63,
        )
    }

    /// Seconds since 1970-01-01 00:00:00 of the clock.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// Later by `seconds`.
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Number of the day (1970-01-01 is 0).
    pub const fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }

    /// For documents and people.
    pub fn naive(self) -> NaiveDateTime {
        DateTime::from_timestamp(self.0, 0).unwrap_or_default().naive_utc()
    }
}

impl From<NaiveDateTime> for Civil {
    fn from(time: NaiveDateTime) -> Self {
        Self(time.and_utc().timestamp())
    }
}

/// Days since 1970-01-01 of a proleptic Gregorian date.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y - era * 400;
    let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

/// From (included) to (excluded).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub from: Civil,
    pub to: Civil,
}

impl Span {
    /// The span, unless it ends before it starts.
    pub fn new(from: Civil, to: Civil) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    /// Length in seconds.
    pub const fn seconds(self) -> i64 {
        self.to.since(self.from)
    }

    /// The smallest span that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            from: self.from.min(other.from),
            to: self.to.max(other.to),
        }
    }

    /// What both hold, if it has any length.
    pub fn intersection(self, other: Self) -> Option<Self> {
        let (from, to) = (self.from.max(other.from), self.to.min(other.to));
        (from < to).then_some(Self { from, to })
    }

    /// Both ends later by `seconds`.
    pub const fn shifted(self, seconds: i64) -> Self {
        Self {
            from: self.from.plus(seconds),
            to: self.to.plus(seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_chrono() {
        let mut day = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
        while day.year() < 2101 {
            let time = Civil::new(day.year(), day.month(), day.day(), 13, 5, 59).unwrap();
            assert_eq!(time.naive(), day.and_hms_opt(13, 5, 59).unwrap());
            assert_eq!(Civil::from(time.naive()), time);
            assert_eq!(Civil::midnight(day).plus(13 * 3600 + 5 * 60 + 59), time);
            day = day + chrono::Days::new(1);
        }
    }

    #[test]
    fn impossible_days_are_refused() {
        assert_eq!(Civil::new(2026, 2, 29, 0, 0, 0), None);
        assert!(Civil::new(2024, 2, 29, 0, 0, 0).is_some());
        assert_eq!(Civil::new(2026, 13, 1, 0, 0, 0), None);
        assert_eq!(Civil::new(2026, 1, 1, 24, 0, 1), None);
        assert_eq!(Civil::new(2026, 1, 1, 24, 0, 0), Civil::new(2026, 1, 2, 0, 0, 0));
    }

    #[test]
    fn packed_wall_clock() {
        assert_eq!(Civil::from_packed(0x2ED3_01D4), Civil::new(2011, 11, 9, 16, 7, 20));
        assert_eq!(Civil::from_packed(0), None);
    }
}
