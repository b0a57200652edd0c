//! Dates and times as recorders print them, parsed from bytes without
//! allocation: digits in their order, whatever stands between.
//!
//! `2026-01-31 08:00:00` · `2026/1/31 8:00` · `20260131080000` ·
//! `20260131T080000Z` · `2026-01-31T08:00:00.000+08:00` ·
//! `2026年1月31日 8时0分` · `01/31/2026 08:00:00 PM` · `31-Jan-2026 08:00`.
//! Between the digits may be text of any encoding that keeps ASCII digits apart.

use crate::ids::ids;
use crate::recording::Civil;
use crate::recording::time::DAY;

/// China's offset: what a time with another offset is turned into.
pub const CHINA_SECONDS: i64 = 8 * 3600;

/// Longest text taken for a date and time, in bytes.
const MAX: usize = 48;

/// What stood behind the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Nothing.
    None,
    /// `Z`: on recorders mostly a habit (see `ZoneDoubtful`).
    Z,
    /// An offset from UTC in seconds.
    Offset(i64),
}

/// A parsed date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// As printed.
    pub printed: Civil,
    pub zone: Zone,
}

impl Stamp {
    /// The wall clock in China; a bare `Z` is taken for decoration.
    pub fn local(self) -> Civil {
        match self.zone {
            Zone::None | Zone::Z => self.printed,
            Zone::Offset(seconds) => self.printed.plus(CHINA_SECONDS - seconds),
        }
    }
}

/// Parses a date with a time. A date alone is its midnight.
pub fn parse(text: &[u8]) -> Option<Stamp> {
    let text = trim(text);
    if let Some(printed) = plain(text) {
        return Some(Stamp {
            printed,
            zone: Zone::None,
        });
    }
    let Some(groups) = Groups::of(text) else {
        return named(text);
    };
    let (year, month, day, used) = groups.date()?;
    let (seconds, zone) = groups.time(used, text)?;
    let midnight = Civil::new(year, month, day, 0, 0, 0)?;
    Some(Stamp {
        printed: midnight.plus(seconds),
        zone,
    })
}

ids! {
    /// In which order a date is written.
    pub enum Order {
        /// The year first, or so that the numbers tell.
        Auto = "auto" => "自动",
        Ymd = "ymd" => "年/月/日",
        Dmy = "dmy" => "日/月/年",
        Mdy = "mdy" => "月/日/年",
    }
}

/// Of a date whose year stands last, in which order it must be; `Auto` where
/// day and month could be either. `None` for other texts.
pub fn year_last(text: &[u8]) -> Option<Order> {
    let text = trim(text);
    // By far the most common: the year first.
    if matches!(text.get(4), Some(b'-' | b'/' | b'.')) {
        return None;
    }
    let groups = Groups::of(text)?;
    match (groups.get(0)?, groups.get(1)?, groups.get(2)?) {
        ((first @ 13.., 1 | 2), (_, 1 | 2), (_, 4)) if first <= 31 => Some(Order::Dmy),
        ((_, 1 | 2), (13.., 1 | 2), (_, 4)) => Some(Order::Mdy),
        // Twice the same number is the same day either way.
        ((first, 1 | 2), (second, 1 | 2), (_, 4)) if first != second => Some(Order::Auto),
        _ => None,
    }
}

/// As [`parse`], of a date whose order is told; a year of two digits is of
/// this century.
pub fn parse_as(text: &[u8], order: Order) -> Option<Stamp> {
    if order == Order::Auto {
        return parse(text);
    }
    let text = trim(text);
    let Some(groups) = Groups::of(text) else {
        return named(text);
    };
    let (first, width) = groups.get(0)?;
    if width > 4 {
        // Compact: the year comes first, whatever was told.
        return parse(text);
    }
    let ((second, _), (third, _)) = (groups.get(1)?, groups.get(2)?);
    let (year, month, day) = match order {
        Order::Auto | Order::Ymd => (first, second, third),
        Order::Dmy => (third, second, first),
        Order::Mdy => (third, first, second),
    };
    let year = if year < 100 { year + 2000 } else { year };
    let (_, len, at) = groups.values.get(2)?;
    rewritten(year, month, day, text.get(at + len..)?)
}

/// A date in other words, and what stood behind it.
fn rewritten(year: u64, month: u64, day: u64, rest: &[u8]) -> Option<Stamp> {
    let mut whole = format!("{year:04}-{month:02}-{day:02}").into_bytes();
    whole.extend_from_slice(rest);
    parse(&whole)
}

/// Parses a time of day without a date, in seconds since midnight:
/// `08:00:00`, `8:00`, `8时0分`, `080000`.
pub fn time_of_day(text: &[u8]) -> Option<i64> {
    let text = trim(text);
    let groups = Groups::of(text)?;
    let (first, len) = groups.get(0)?;
    let lone = groups.count == 1;
    match len {
        6 if lone => clock(first / 10_000, first / 100 % 100, first % 100),
        1 | 2 if !lone => groups.time(0, text).map(|(seconds, _)| seconds),
        _ => None,
    }
}

/// When recorders count by numbers: 2000 to 2099, in seconds since 1970.
const COUNTED: std::ops::Range<i64> = 946_684_800..4_102_444_800;

/// Seconds or milliseconds since 1970 UTC, as UTC: `1769846400`,
/// `1769846400000`, `1769846400.5`.
pub fn unix(text: &[u8]) -> Option<Civil> {
    let text = std::str::from_utf8(trim(text)).ok()?;
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let number: i64 = whole.parse().ok()?;
    let seconds = match whole.len() {
        10 => number,
        13 => number / 1000,
        _ => return None,
    };
    COUNTED.contains(&seconds).then(|| Civil::from_seconds(seconds))?
}

/// Days since 1899-12-30, as a spreadsheet shows a time whose cell has no
/// format: `46053.3333`.
pub fn serial(text: &[u8]) -> Option<Civil> {
    let text = std::str::from_utf8(trim(text)).ok()?;
    let plain = text.len() <= 24 && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let days: f64 = text.parse().ok().filter(|_| plain)?;
    let seconds = ((days - 25_569.0) * DAY as f64).round() as i64;
    COUNTED.contains(&seconds).then(|| Civil::from_seconds(seconds))?
}

/// The form that nearly all lists use, fast: `YYYY-MM-DD HH:MM:SS`.
fn plain(text: &[u8]) -> Option<Civil> {
    let t: &[u8; 19] = text.try_into().ok()?;
    let ok = matches!(t[4], b'-' | b'/' | b'.') && t[7] == t[4] && matches!(t[10], b' ' | b'T' | b'_');
    if !ok || t[13] != b':' || t[16] != b':' {
        return None;
    }
    let two = |at: usize| -> Option<u32> {
        let (a, b) = (t.get(at)?.wrapping_sub(b'0'), t.get(at + 1)?.wrapping_sub(b'0'));
        (a < 10 && b < 10).then_some(u32::from(a) * 10 + u32::from(b))
    };
    let year = two(0)? * 100 + two(2)?;
    Civil::new(year as i32, two(5)?, two(8)?, two(11)?, two(14)?, two(17)?)
}

/// A date whose month has its English name, before or behind the day, with a
/// year of four digits: `31-Jan-2026 08:00`, `Sat, January 31, 2026 8:00 AM`.
fn named(text: &[u8]) -> Option<Stamp> {
    const MONTHS: [&[u8]; 12] = [
        b"january",
        b"february",
        b"march",
        b"april",
        b"may",
        b"june",
        b"july",
        b"august",
        b"september",
        b"october",
        b"november",
        b"december",
    ];
    const DAYS: [&[u8]; 7] = [
        b"monday",
        b"tuesday",
        b"wednesday",
        b"thursday",
        b"friday",
        b"saturday",
        b"sunday",
    ];
    /// The first run of such bytes behind what may stand between.
    fn run(text: &[u8], like: impl Fn(&u8) -> bool) -> (&[u8], &[u8]) {
        let from = text.iter().position(|b| !b" -/.,".contains(b)).unwrap_or(text.len());
        let text = text.get(from..).unwrap_or_default();
        text.split_at(text.iter().position(|b| !like(b)).unwrap_or(text.len()))
    }
    if text.len() > MAX {
        return None;
    }
    let place = |names: &[&[u8]], word: &[u8]| {
        let named = |name: &&[u8]| {
            let short = word.len() == 3 || word.eq_ignore_ascii_case(b"sept");
            let len = if short { word.len() } else { name.len() };
            name.get(..len).is_some_and(|name| name.eq_ignore_ascii_case(word))
        };
        names.iter().position(named)
    };
    let (weekday, behind) = run(text, u8::is_ascii_alphabetic);
    let text = if place(&DAYS, weekday).is_some() { behind } else { text };
    let (before, rest) = run(text, u8::is_ascii_digit);
    let (name, rest) = run(rest, u8::is_ascii_alphabetic);
    let month = 1 + place(&MONTHS, name)? as u64;
    let (day, rest) = match before {
        [] => run(rest, u8::is_ascii_digit),
        day => (day, rest),
    };
    let (year, rest) = run(rest, u8::is_ascii_digit);
    if !matches!((year.len(), day.len()), (4, 1 | 2)) {
        return None;
    }
    let number = |digits| std::str::from_utf8(digits).ok()?.parse().ok();
    rewritten(number(year)?, month, number(day)?, rest)
}

/// Without spaces, quotes and the apostrophe that keeps Excel from guessing.
fn trim(mut text: &[u8]) -> &[u8] {
    let edge = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'=' | b'[' | b']');
    while let [first, rest @ ..] = text
        && edge(first)
    {
        text = rest;
    }
    while let [rest @ .., last] = text
        && edge(last)
    {
        text = rest;
    }
    text
}

/// Runs of digits: value, length, and where each begins.
struct Groups {
    values: [(u64, usize, usize); 10],
    count: usize,
}

impl Groups {
    fn of(text: &[u8]) -> Option<Self> {
        if text.len() > MAX {
            return None;
        }
        let mut groups = Self {
            values: [(0, 0, 0); 10],
            count: 0,
        };
        let mut inside = false;
        for (at, byte) in text.iter().enumerate() {
            if !byte.is_ascii_digit() {
                // Behind a byte of another script it may be half a character.
                let letter = byte.is_ascii_alphabetic() && before(text, at).is_none_or(|b| b.is_ascii());
                if letter && !b"TZAPM".contains(&byte.to_ascii_uppercase()) {
                    return None;
                }
                inside = false;
                continue;
            }
            if !inside {
                inside = true;
                groups.count += 1;
                *groups.values.get_mut(groups.count - 1)? = (0, 0, at);
            }
            let group = groups.values.get_mut(groups.count - 1)?;
            if group.1 == 17 {
                return None;
            }
            group.0 = group.0 * 10 + u64::from(byte - b'0');
            group.1 += 1;
        }
        (groups.count > 0).then_some(groups)
    }

    /// Value and length of a group.
    fn get(&self, at: usize) -> Option<(u64, usize)> {
        let (value, len, _) = self.values.get(..self.count)?.get(at)?;
        Some((*value, *len))
    }

    /// Year, month, day, and how many groups they took; compact forms leave
    /// their time inside group 0, which then counts as not taken.
    fn date(&self) -> Option<(i32, u32, u32, usize)> {
        let (first, len) = self.get(0)?;
        let compact = match len {
            8 => Some(first),
            12 => Some(first / 10_000),
            14 => Some(first / 1_000_000),
            17 => Some(first / 1_000_000_000),
            _ => None,
        };
        if let Some(d) = compact {
            let used = usize::from(len == 8);
            return Some(((d / 10_000) as i32, (d / 100 % 100) as u32, (d % 100) as u32, used));
        }
        let ((second, len2), (third, len3)) = (self.get(1)?, self.get(2)?);
        if len2 > 2 {
            return None;
        }
        match (len, len3) {
            (4, 1 | 2) => Some((first as i32, second as u32, third as u32, 3)),
            // Month first as in America, unless that is no month.
            (1 | 2, 4) if first > 12 => Some((third as i32, second as u32, first as u32, 3)),
            (1 | 2, 4) => Some((third as i32, first as u32, second as u32, 3)),
            _ => None,
        }
    }

    /// Seconds since midnight from group `used` on, and the zone behind.
    fn time(&self, used: usize, text: &[u8]) -> Option<(i64, Zone)> {
        let Some((first, len)) = self.get(used) else {
            return Some((0, Zone::None));
        };
        let (h, m, s, mut next) = match (used, len) {
            (0, 12) => (first / 100 % 100, first % 100, 0, 1),
            (0, 14) => (first / 10_000 % 100, first / 100 % 100, first % 100, 1),
            (0, 17) => (first / 10_000_000 % 100, first / 100_000 % 100, first / 1000 % 100, 1),
            (_, 6) => (first / 10_000, first / 100 % 100, first % 100, used + 1),
            (_, 4) => (first / 100, first % 100, 0, used + 1),
            (_, 1 | 2) => {
                let (minute, _) = self.get(used + 1).filter(|(_, len)| *len <= 2)?;
                let second = self
                    .get(used + 2)
                    .filter(|(_, len)| *len <= 2 && !self.signed(used + 2, text));
                (
                    first,
                    minute,
                    second.map_or(0, |s| s.0),
                    used + 2 + usize::from(second.is_some()),
                )
            }
            _ => return None,
        };
        // A fraction of a second.
        if self
            .values
            .get(next)
            .is_some_and(|g| next < self.count && before(text, g.2) == Some(b'.'))
        {
            next += 1;
        }
        let mut seconds = clock(h, m, s)?;
        let zone = if next < self.count {
            if !self.signed(next, text) {
                return None;
            }
            self.offset(next, text)?
        } else {
            match text.last() {
                Some(b'Z' | b'z') => Zone::Z,
                _ => Zone::None,
            }
        };
        match half(text) {
            Some(false) if (12 * 3600..13 * 3600).contains(&seconds) => seconds -= 12 * 3600,
            Some(true) if seconds < 12 * 3600 => seconds += 12 * 3600,
            _ => {}
        }
        Some((seconds, zone))
    }

    /// Whether a plus or minus stands right before this group and a time
    /// before that: `…08:00:00+08:00`, not `2026-01-31`.
    fn signed(&self, group: usize, text: &[u8]) -> bool {
        let sign = self.values.get(group).and_then(|g| before(text, g.2));
        matches!(sign, Some(b'+' | b'-'))
    }

    fn offset(&self, at: usize, text: &[u8]) -> Option<Zone> {
        let (value, len) = self.get(at)?;
        let (hours, minutes) = match len {
            4 => (value / 100, value % 100),
            _ => (value, self.get(at + 1).map_or(0, |g| g.0)),
        };
        if hours > 14 || minutes > 59 || self.count > at + 2 {
            return None;
        }
        let seconds = (hours * 3600 + minutes * 60) as i64;
        let west = self.values.get(at).and_then(|g| before(text, g.2)) == Some(b'-');
        Some(Zone::Offset(if west { -seconds } else { seconds }))
    }
}

fn before(text: &[u8], at: usize) -> Option<u8> {
    text.get(at.checked_sub(1)?).copied()
}

fn clock(hour: u64, minute: u64, second: u64) -> Option<i64> {
    let day = hour < 24 || (hour == 24 && minute == 0 && second == 0);
    let seconds = i64::try_from(hour * 3600 + minute * 60 + second).ok()?;
    (day && minute < 60 && second <= 60).then_some(seconds.min(DAY))
}

/// Morning (false) or afternoon (true) where it is said: AM, PM, 上午, 下午 in
/// UTF-8 or GB18030.
pub fn half(text: &[u8]) -> Option<bool> {
    const AM: [&[u8]; 4] = [b"AM", b"A.M", "上午".as_bytes(), b"\xc9\xcf\xce\xe7"];
    const PM: [&[u8]; 4] = [b"PM", b"P.M", "下午".as_bytes(), b"\xcf\xc2\xce\xe7"];
    let has = |word: &[u8]| text.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
    if AM.iter().any(|w| has(w)) {
        return Some(false);
    }
    PM.iter().any(|w| has(w)).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(h: u32, m: u32, s: u32) -> Option<Civil> {
        Civil::new(2026, 1, 31, h, m, s)
    }

    #[test]
    fn the_order_of_a_date_can_be_told() {
        let on = |text: &str, order| parse_as(text.as_bytes(), order).map(Stamp::local);
        assert_eq!(on("31.01.2026 08:00", Order::Dmy), at(8, 0, 0));
        assert_eq!(on("01/31/26 08:00:00", Order::Mdy), at(8, 0, 0));
        assert_eq!(on("26-1-31 08:00", Order::Ymd), at(8, 0, 0));
        assert_eq!(on("20260131080000", Order::Dmy), at(8, 0, 0));
        assert_eq!(on("01/31/2026 08:00", Order::Dmy), None);
        assert_eq!(on("08:00", Order::Dmy), None);
    }

    #[test]
    fn the_ways_of_printing_one_time() {
        for text in [
            "2026-01-31 08:00:00",
            " \"2026/1/31 8:00\" ",
            "2026/01/31 08:00:00",
            "2026.01.31 08:00:00",
            "20260131080000",
            "202601310800",
            "20260131T080000Z",
            "20260131 080000",
            "20260131_080000",
            "20260131080000123",
            "2026-01-31T08:00:00Z",
            "2026-01-31T08:00:00.000+08:00",
            "2026-01-31T08:00:00+0800",
            "2026-01-31T00:00:00+00:00",
            "2026年1月31日 8时0分",
            "2026年01月31日08时00分00秒",
            "01/31/2026 08:00:00 AM",
            "31/1/2026 8:00",
            "2026/1/31 上午 8:00:00",
            "2026-01-31 08:00:00.0",
            "2026-01-31  08:00:00",
        ] {
            assert_eq!(parse(text.as_bytes()).map(Stamp::local), at(8, 0, 0), "{text}");
        }
        for text in ["2026/1/31 下午 8:00", "1/31/2026 8:00 Pm", "1/31/2026 8:00:00 p.m."] {
            assert_eq!(parse(text.as_bytes()).map(Stamp::local), at(20, 0, 0), "{text}");
        }
        assert_eq!(parse(b"2026-01-31").map(Stamp::local), at(0, 0, 0));
        assert_eq!(
            parse(b"2026-01-31 24:00:00").map(Stamp::local),
            Civil::new(2026, 2, 1, 0, 0, 0)
        );
        assert_eq!(parse(b"2026-01-31T08:00:00Z").map(|s| s.zone), Some(Zone::Z));
    }

    #[test]
    fn months_may_have_their_english_names() {
        for text in [
            "31-Jan-2026 08:00:00",
            "31 January 2026 8:00",
            "\"Jan 31, 2026, 8:00:00 AM\"",
            "january 31 2026 08:00",
            "Sat, 31 Jan 2026 08:00:00 +0800",
            "Saturday, January 31, 2026 8:00 am",
            "31/JAN/2026 08:00:00.123",
        ] {
            assert_eq!(parse(text.as_bytes()).map(Stamp::local), at(8, 0, 0), "{text}");
            assert_eq!(
                parse_as(text.as_bytes(), Order::Mdy).map(Stamp::local),
                at(8, 0, 0),
                "{text}"
            );
            assert_eq!(year_last(text.as_bytes()), None, "{text}: the month is named");
        }
        assert_eq!(parse(b"1-Sept-2026").map(Stamp::local), Civil::new(2026, 9, 1, 0, 0, 0));
        for text in [
            "31-Jan-26 08:00",
            "26-Jan-31",
            "Jan 2026",
            "Jan 31",
            "31-Ja-2026",
            "31-Janu-2026",
            "31-Jan-2026 08:00 GMT",
            "30-Feb-2026",
            "Jan 31, 2026 Jan 31, 2026",
            "Camera 1, 2026",
            "mar1, 2026 Jan",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn times_that_are_numbers() {
        for text in ["1769846400", "\"1769846400123\"", "1769846400.75"] {
            assert_eq!(unix(text.as_bytes()), at(8, 0, 0), "{text}");
        }
        assert_eq!(serial(b"46053.333333333336"), at(8, 0, 0));
        assert_eq!(serial(b"46053"), at(0, 0, 0));
        for text in [
            "",
            "12345678",
            "176984640a",
            "9999999999",
            "-176984640",
            "0.5",
            "80000",
            "4.6e4",
        ] {
            assert_eq!((unix(text.as_bytes()), serial(text.as_bytes())), (None, None), "{text}");
        }
    }

    #[test]
    fn no_times() {
        for text in [
            "",
            "abc",
            "1",
            "12",
            "2026-02-30 08:00:00",
            "2026-01-31 25:00:00",
            "2026-13-01 00:00:00",
            "20260131 999999",
            "2026-01-31 08:00:00 08:00:00",
            "12345678901234567890",
            "192.168.1.64",
            "2026-01-3x 09:00:00",
            "2026-01",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn times_of_day() {
        assert_eq!(time_of_day(b"08:30:15"), Some(8 * 3600 + 30 * 60 + 15));
        assert_eq!(time_of_day(b"8:30"), Some(8 * 3600 + 30 * 60));
        assert_eq!(time_of_day("8时30分".as_bytes()), Some(8 * 3600 + 30 * 60));
        assert_eq!(time_of_day(b"083015"), Some(8 * 3600 + 30 * 60 + 15));
        assert_eq!(time_of_day(b"24:00:00"), Some(DAY));
        assert_eq!(time_of_day(b"2026-01-31"), None);
        assert_eq!(time_of_day(b"3600"), None);
        assert_eq!(time_of_day(b"25:00"), None);
    }
}
