//! One row of a delimited list: its fields, and the time it stands for.

use super::columns::{Column, Columns, Numbers};
use super::separator::{self, Separator};
use crate::formats::dates::{self, CHINA_SECONDS, Order, Stamp, Zone};
use crate::recording::problem::LineFault;
use crate::recording::time::DAY;
use crate::recording::{Civil, Span};

/// A row longer than this has its year mistyped.
const MAX_SECONDS: i64 = 400 * DAY;

/// Fields of one line, as ranges; quotes around a field are left out.
#[derive(Default)]
pub struct Fields {
    ranges: Vec<(usize, usize)>,
    /// The line ends inside quotes.
    pub open: bool,
}

impl Fields {
    /// Splits `line`. A delimiter inside quotes does not count; a quote that
    /// is never closed ends with its line.
    pub fn split(&mut self, line: &[u8], delimiter: u8) {
        self.ranges.clear();
        let (mut from, mut quoted) = (0, false);
        for at in memchr::memchr2_iter(delimiter, b'"', line) {
            if line.get(at) == Some(&b'"') {
                quoted = !quoted;
            } else if !quoted {
                self.ranges.push(unquoted(line, from, at));
                from = at + 1;
            }
        }
        self.ranges.push(unquoted(line, from, line.len()));
        self.open = quoted;
    }

    /// Splits `line` by what need not be a single byte.
    pub fn split_by(&mut self, line: &[u8], separator: Separator) {
        let ranges = match separator {
            Separator::Byte(delimiter) => return self.split(line, delimiter),
            Separator::Comma => separator::by_commas(line),
            Separator::Gaps => separator::by_gaps(line),
            Separator::Blanks => separator::by_blanks(line),
            Separator::Aligned(wanted) => separator::aligned(line, wanted),
        };
        self.ranges.clear();
        self.ranges
            .extend(ranges.into_iter().map(|(from, to)| unquoted(line, from, to)));
        self.open = false;
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// A field's bytes, trimmed; empty where there is none.
    pub fn get<'l>(&self, line: &'l [u8], at: usize) -> &'l [u8] {
        let range = self.ranges.get(at).copied().unwrap_or_default();
        line.get(range.0..range.1).unwrap_or_default().trim_ascii()
    }

    /// A field as text; inside quotes a doubled quote is one (RFC 4180).
    pub fn text(&self, line: &[u8], at: usize) -> String {
        let range = self.ranges.get(at).copied().unwrap_or_default();
        let text = String::from_utf8_lossy(self.get(line, at));
        match range.0.checked_sub(1).and_then(|quote| line.get(quote)) {
            Some(b'"') => text.replace("\"\"", "\""),
            _ => text.into_owned(),
        }
    }
}

fn unquoted(line: &[u8], from: usize, to: usize) -> (usize, usize) {
    match line.get(from..to) {
        Some([b'"', .., b'"']) => (from + 1, to - 1),
        _ => (from, to),
    }
}

/// How a time was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The recorder's wall clock.
    Wall,
    /// With a `Z`, which is mostly a habit.
    Z,
    /// Seconds since 1970 UTC; here on China's wall clock.
    Unix,
}

impl Clock {
    /// Of a row whose start is by this, and its end by `end`.
    fn with(self, end: Self) -> Self {
        match (self, end) {
            (Self::Z, _) | (_, Self::Z) => Self::Z,
            (Self::Unix, Self::Unix) => Self::Unix,
            _ => Self::Wall,
        }
    }
}

/// The last time printed in full, and what it was: a recording mostly begins
/// when the one of the row before ended. And the last date: merged cells leave
/// it to the first of their rows.
#[derive(Default)]
pub struct Last {
    text: Vec<u8>,
    time: Option<Civil>,
    day: Option<Civil>,
}

impl Last {
    /// A date and time in one field, or a time with its date in another.
    fn parse(&mut self, text: &[u8], date: Option<&[u8]>, columns: &Columns) -> Option<(Civil, Clock)> {
        if let Some(time) = self.time
            && self.text == text
        {
            return Some((time, Clock::Wall));
        }
        if let Some(stamp) = dates::parse_as(text, columns.order) {
            let zoned = stamp.zone == Zone::Z;
            self.time = (!zoned).then_some(stamp.local());
            self.text.clear();
            self.text.extend_from_slice(text);
            return Some((stamp.local(), if zoned { Clock::Z } else { Clock::Wall }));
        }
        if let Some(time) = dates::unix(text).filter(|_| columns.numbers >= Numbers::Unix) {
            return Some((time.plus(CHINA_SECONDS), Clock::Unix));
        }
        // Beside a date, `80000` is eight o'clock.
        let days = columns.numbers == Numbers::Days && (text.contains(&b'.') || date.is_none_or(|date| date == text));
        if let Some(time) = dates::serial(text).filter(|_| days) {
            return Some((time, Clock::Wall));
        }
        let time = dates::time_of_day(text)?;
        let day = self.day(date?, columns)?;
        Some((day.plus(time), Clock::Wall))
    }

    /// The date of a row; an empty cell has that of the row above.
    fn day(&mut self, text: &[u8], columns: &Columns) -> Option<Civil> {
        if !text.is_empty() {
            let serial = || dates::serial(text).filter(|_| columns.numbers == Numbers::Days);
            self.day = dates::parse_as(text, columns.order).map(Stamp::local).or_else(serial);
        }
        self.day
    }
}

/// The time of a row, and how it was written.
pub fn span(columns: &Columns, fields: &Fields, line: &[u8], last: &mut Last) -> Result<(Span, Clock), LineFault> {
    let field = |column| columns.get(column).map(|at| fields.get(line, at));
    let mut range = None;
    if columns.get(Column::Start).is_none()
        && let Some(text) = field(Column::Range)
    {
        range = Some(halves(text, columns.order).ok_or(LineFault::Start)?);
    }
    let start_text = range
        .map(|(start, _)| start)
        .or(field(Column::Start))
        .unwrap_or_default();
    if start_text.is_empty() && fields.len() < 2 {
        return Err(LineFault::Columns);
    }
    let (start, clock) = last
        .parse(start_text, field(Column::StartDate), columns)
        .ok_or(LineFault::Start)?;
    let end_text = range.map(|(_, end)| end).or(field(Column::End)).unwrap_or_default();
    let (end, end_clock) = if absent(end_text) {
        let text = field(Column::Duration).filter(|t| !absent(t)).ok_or(LineFault::End)?;
        let seconds = length(text, columns.duration_unit).ok_or(LineFault::End)?;
        (start.plus(seconds), clock)
    } else {
        let dates = (field(Column::EndDate), field(Column::StartDate));
        end_of(end_text, dates, start, last, columns)?
    };
    let span = Span::new(start, end).ok_or(LineFault::Order)?;
    if span.seconds() > MAX_SECONDS {
        return Err(LineFault::End);
    }
    Ok((span, clock.with(end_clock)))
}

/// Start and end out of one field: `2026-01-31 08:00 ~ 2026-01-31 09:00`,
/// `2026-01-31 08:00:00-09:00:00`, `08:00至09:00`.
pub fn halves(text: &[u8], order: Order) -> Option<(&[u8], &[u8])> {
    halves_of(text, |text| {
        dates::parse_as(text, order).is_some() || dates::time_of_day(text).is_some()
    })
}

/// Bytes of two times, however they are written: each place is tried.
const LONGEST: usize = 128;

fn halves_of(text: &[u8], mut is_time: impl FnMut(&[u8]) -> bool) -> Option<(&[u8], &[u8])> {
    if text.len() > LONGEST {
        return None;
    }
    // In UTF-8 and GB18030.
    const MARKS: [&[u8]; 10] = [
        b"~",
        b"-",
        b" to ",
        "～".as_bytes(),
        "—".as_bytes(),
        "–".as_bytes(),
        "至".as_bytes(),
        "到".as_bytes(),
        b"\xd6\xc1",
        b"\xa1\xab",
    ];
    (0..text.len()).find_map(|at| {
        let (start, rest) = text.split_at(at);
        let end = MARKS.iter().find_map(|mark| rest.strip_prefix(*mark))?;
        (is_time(start) && is_time(end)).then_some((start.trim_ascii(), end.trim_ascii()))
    })
}

/// The time at which a row begins.
pub fn start(columns: &Columns, fields: &Fields, line: &[u8], last: &mut Last) -> Option<Civil> {
    let field = |column| columns.get(column).map(|at| fields.get(line, at));
    let (time, _) = last.parse(field(Column::Start)?, field(Column::StartDate), columns)?;
    Some(time)
}

/// An end that is a time only is the first such time after the start: past
/// midnight where it is earlier in the day. From midnight to midnight is a day;
/// from another time to the same may be a day or nothing.
fn end_of(
    text: &[u8],
    (end_date, date): (Option<&[u8]>, Option<&[u8]>),
    start: Civil,
    last: &mut Last,
    columns: &Columns,
) -> Result<(Civil, Clock), LineFault> {
    if let Some(end) = last.parse(text, end_date, columns) {
        return Ok(end);
    }
    let time = dates::time_of_day(text).ok_or(LineFault::End)?;
    let midnight = start.plus(-start.seconds().rem_euclid(DAY));
    let day = date.and_then(|date| last.day(date, columns)).unwrap_or(midnight);
    let end = day.plus(time);
    if end == start && start != midnight {
        return Err(LineFault::Same);
    }
    Ok((if end <= start { end.plus(DAY) } else { end }, Clock::Wall))
}

/// What programs print for "nothing".
fn absent(text: &[u8]) -> bool {
    text.iter().all(|b| matches!(b, b'-' | b' ' | b'/' | b'0')) || matches!(text, b"N/A" | b"null" | b"NULL")
}

/// A length of time: `01:00:00`, `3600`, `86,400`, `60分钟`, `1h2m3s`,
/// `1小时2分3秒`, `P1DT2H`.
fn length(text: &[u8], unit: i64) -> Option<i64> {
    let plain = thousands(text);
    let text = plain.as_deref().unwrap_or(text);
    let iso = text.strip_prefix(b"P");
    // Its `M` before the `T` is months.
    if iso.is_some_and(|iso| iso.iter().find(|b| b"TM".contains(b)) == Some(&b'M')) {
        return None;
    }
    let text = iso.map_or(text, |iso| iso.strip_prefix(b"T").unwrap_or(iso));
    if text.contains(&b':') {
        let parts = text.split(|b| *b == b':').map(number);
        let parts: Vec<i64> = parts.collect::<Option<_>>()?;
        return match parts.as_slice() {
            [h, m, s] => h.checked_mul(3600)?.checked_add(m.checked_mul(60)? + s),
            [m, s] => m.checked_mul(60)?.checked_add(*s),
            _ => None,
        };
    }
    let digits = text
        .iter()
        .position(|b| !b.is_ascii_digit() && *b != b'.')
        .unwrap_or(text.len());
    let mut value = decimal(text.get(..digits)?)?;
    let mut rest = text.get(digits..)?;
    if rest.is_empty() {
        return Some(seconds(value, if unit == 0 { 0.001 } else { unit as f64 }));
    }
    let mut sum = 0_i64;
    loop {
        let (unit, width) = unit_of(rest.trim_ascii_start())?;
        sum = sum.checked_add(seconds(value, unit as f64))?;
        rest = rest.trim_ascii_start().get(width..)?;
        let Some(next) = rest.iter().position(u8::is_ascii_digit) else {
            return Some(sum);
        };
        rest = rest.get(next..)?;
        let digits = rest.iter().position(|b| !b.is_ascii_digit() && *b != b'.');
        let digits = digits.unwrap_or(rest.len());
        value = decimal(rest.get(..digits)?)?;
        rest = rest.get(digits..)?;
    }
}

/// A number without its commas, where they set thousands apart.
fn thousands(text: &[u8]) -> Option<Vec<u8>> {
    let mut groups = text.split(|b| *b == b',');
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let digits = |group: &[u8]| group.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut rest = groups.clone().peekable();
    rest.peek()?;
    let well = digits(first) == first.len() && rest.all(|group| digits(group) == 3);
    well.then(|| text.iter().copied().filter(|b| *b != b',').collect())
}

/// Whole seconds of so many units.
fn seconds(value: f64, unit: f64) -> i64 {
    (value * unit).round() as i64
}

/// `1.5`; short, so that it is exact.
fn decimal(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok().filter(|text| text.len() <= 12)?;
    text.parse().ok()
}

/// A unit in Latin letters, UTF-8 or GB18030: seconds, and its width.
fn unit_of(text: &[u8]) -> Option<(i64, usize)> {
    const UNITS: &[(&[u8], i64)] = &[
        (b"min", 60),
        (b"hour", 3600),
        (b"sec", 1),
        (b"day", DAY),
        (b"d", DAY),
        (b"D", DAY),
        (b"h", 3600),
        (b"H", 3600),
        (b"m", 60),
        (b"M", 60),
        (b"s", 1),
        (b"S", 1),
        ("天".as_bytes(), DAY),
        ("小时".as_bytes(), 3600),
        ("时".as_bytes(), 3600),
        ("分".as_bytes(), 60),
        ("秒".as_bytes(), 1),
        (b"\xcc\xec", DAY),
        (b"\xd0\xa1\xca\xb1", 3600),
        (b"\xca\xb1", 3600),
        (b"\xb7\xd6", 60),
        (b"\xc3\xeb", 1),
    ];
    let (word, seconds) = UNITS.iter().find(|(word, _)| text.starts_with(word))?;
    Some((*seconds, word.len()))
}

fn number(text: &[u8]) -> Option<i64> {
    let text = text.trim_ascii();
    if text.is_empty() || text.len() > 10 {
        return None;
    }
    text.iter()
        .try_fold(0_i64, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths() {
        for (text, seconds) in [
            ("01:00:00", 3600),
            ("3600", 3600),
            ("60:00", 3600),
            ("60分钟", 3600),
            ("60min", 3600),
            ("1h", 3600),
            ("1小时", 3600),
            ("0小时59分60秒", 3600),
            ("3600s", 3600),
            ("3600.0", 3600),
            ("1.5小时", 5400),
            ("1天1小时", 90_000),
            ("PT24H", 86_400),
            ("P1DT1H", 90_000),
            ("PT59M59.6S", 3600),
            ("86,400", 86_400),
            ("1,296,000秒", 1_296_000),
        ] {
            assert_eq!(length(text.as_bytes(), 1), Some(seconds), "{text}");
        }
        assert_eq!(length(b"60", 60), Some(3600));
        assert_eq!(length(b"11.5", 3600), Some(41_400));
        assert_eq!(length(b"3600000", 0), Some(3600));
        for text in [
            "a while", "P1M", "P1Y", "PPT1H", "1,5", "1,2345", "1234,567", ",400", "1,00,000",
        ] {
            assert_eq!(length(text.as_bytes(), 1), None, "{text}");
        }
    }

    /// A hostile field costs no more than the longest that can be two times.
    #[test]
    fn what_is_examined_of_a_long_field_is_bounded() {
        let examined = |text: &[u8]| {
            let mut bytes = 0;
            let found = halves_of(text, |half| {
                bytes += half.len();
                false
            });
            assert_eq!(found, None);
            bytes
        };
        for mark in ["-", "~", "至", " to "] {
            for length in [1, LONGEST, LONGEST + 1, 1 << 20] {
                let text = mark.repeat(length / mark.len());
                assert!(examined(text.as_bytes()) <= LONGEST * LONGEST, "{mark} {length}");
            }
            assert_eq!(examined(mark.repeat(1 << 18).as_bytes()), 0, "{mark}");
        }
        assert!(examined(b"2026-01-31 08:00:00~2026-01-31 09:00:00") > 0);
    }

    #[test]
    fn quotes() {
        let mut fields = Fields::default();
        let line = br#"1,"a,b" , "2026""#;
        fields.split(line, b',');
        assert_eq!(fields.len(), 3);
        assert_eq!(fields.get(line, 1), b"\"a,b\"");
        assert_eq!(fields.get(line, 9), b"");
    }
}
