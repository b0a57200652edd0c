//! What sets the fields of a line apart: a delimiter, full-width commas, or
//! blanks as in print.

use crate::formats::dates;

/// From a field's first byte to the one behind its last.
type Range = (usize, usize);

/// How a line is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    Byte(u8),
    /// `，` in UTF-8 or GB18030.
    Comma,
    /// Two blanks or more, or a tab.
    Gaps,
    /// Any blank but those between a date, its time and its half of the day,
    /// and between the words of an English heading.
    Blanks,
    /// By gaps, by blanks, or by blanks as above: what gives so many fields.
    Aligned(usize),
}

/// In the order they are tried between equals.
pub const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Tried where no delimiter fits, in this order.
const OTHERS: [Separator; 3] = [Separator::Comma, Separator::Gaps, Separator::Blanks];

impl Separator {
    /// All, in the order they are tried.
    pub fn all() -> impl Iterator<Item = Self> {
        DELIMITERS.into_iter().map(Self::Byte).chain(OTHERS)
    }

    /// For the rows below a first line that it splits in `fields`: names and
    /// times may have blanks where that line has none.
    pub const fn below(self, fields: usize) -> Self {
        match self {
            Self::Gaps | Self::Blanks => Self::Aligned(fields),
            other => other,
        }
    }

    /// Whether a row of so many fields can be held against the headings.
    pub fn fits(self, fields: usize) -> bool {
        !matches!(self, Self::Aligned(wanted) if wanted != fields)
    }
}

/// The fields between full-width commas.
pub fn by_commas(line: &[u8]) -> Vec<Range> {
    let mut from = 0;
    let mut ranges = Vec::new();
    for (at, width) in commas(line) {
        ranges.push((from, at));
        from = at + width;
    }
    ranges.push((from, line.len()));
    ranges
}

/// Position and width of each full-width comma.
fn commas(line: &[u8]) -> Vec<Range> {
    if let Ok(text) = std::str::from_utf8(line) {
        return text.match_indices('，').map(|(at, comma)| (at, comma.len())).collect();
    }
    let (mut at, mut found) = (0, Vec::new());
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(b"\xa3\xac") {
            found.push((at, 2));
        }
        // The second byte of a letter may be the first of a comma.
        at += match rest {
            [..0x80, ..] => 1,
            [_, b'0'..=b'9', ..] => 4,
            _ => 2,
        };
    }
    found
}

/// The fields between two blanks or more, or tabs.
pub fn by_gaps(line: &[u8]) -> Vec<Range> {
    pieces(line, |blank| blank.len() > 1 || blank == b"\t")
}

/// The fields of a line that should have `wanted`.
pub fn aligned(line: &[u8], wanted: usize) -> Vec<Range> {
    let gaps = by_gaps(line);
    if gaps.len() == wanted {
        return gaps;
    }
    let all = pieces(line, |_| true);
    if all.len() == wanted { all } else { by_blanks(line) }
}

/// The fields between blanks, of which some belong together.
pub fn by_blanks(line: &[u8]) -> Vec<Range> {
    let mut ranges: Vec<Range> = Vec::new();
    for (from, to) in pieces(line, |_| true) {
        match ranges.last_mut() {
            Some(last) if belongs(line, *last, (from, to)) => last.1 = to,
            _ => ranges.push((from, to)),
        }
    }
    ranges
}

/// Whether a word goes on with the field before it.
fn belongs(line: &[u8], field: Range, word: Range) -> bool {
    const HEADINGS: [&[u8]; 7] = [b"time", b"date", b"name", b"no", b"no.", b"number", b"id"];
    let text = |(from, to): Range| line.get(from..to).unwrap_or_default();
    let (before, next) = (text(field), text(word));
    let half = next.len() <= 6 && dates::half(next).is_some();
    if half || dates::time_of_day(next).is_some() {
        let both = text((field.0, word.1));
        let day = dates::parse(before).is_some() && dates::parse(both).is_some();
        return day || half && dates::time_of_day(before).is_some();
    }
    before.iter().all(u8::is_ascii_alphabetic) && HEADINGS.iter().any(|word| next.eq_ignore_ascii_case(word))
}

/// What stands between blanks that `cut`; none at the ends.
fn pieces(line: &[u8], cut: impl Fn(&[u8]) -> bool) -> Vec<Range> {
    let blank = |at: &usize| matches!(line.get(*at), Some(b' ' | b'\t'));
    let mut ranges: Vec<Range> = Vec::new();
    let mut at = 0;
    while let Some(from) = (at..line.len()).find(|at| !blank(at)) {
        let to = (from..line.len()).find(blank).unwrap_or(line.len());
        match ranges.last_mut() {
            Some(last) if !cut(line.get(last.1..from).unwrap_or_default()) => last.1 = to,
            _ => ranges.push((from, to)),
        }
        at = to;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &[u8], ranges: &[Range]) -> Vec<String> {
        let text = |(from, to): &Range| String::from_utf8_lossy(&line[*from..*to]).into_owned();
        ranges.iter().map(text).collect()
    }

    #[test]
    fn full_width_commas() {
        let line = "1，二，".as_bytes();
        assert_eq!(texts(line, &by_commas(line)), ["1", "二", ""]);
        // 1，｣｣ whose bytes hold those of a comma between them, then a comma.
        let line = b"1\xa3\xac\xb0\xa3\xac\xb0\xa3\xac2";
        assert_eq!(by_commas(line), [(0, 1), (3, 7), (9, 10)]);
    }

    #[test]
    fn blanks_in_print() {
        let line = b"  1 \t 2026-01-31 08:00:00   09:00:00";
        assert_eq!(texts(line, &by_gaps(line)), ["1", "2026-01-31 08:00:00", "09:00:00"]);
        let line = "CH01 2026/1/31 上午 8:00:00 2026/1/31 9:00 PM 定时".as_bytes();
        assert_eq!(
            texts(line, &by_blanks(line)),
            ["CH01", "2026/1/31 上午 8:00:00", "2026/1/31 9:00 PM", "定时"]
        );
        let line = b"Channel No. Start Time End Time";
        assert_eq!(texts(line, &by_blanks(line)), ["Channel No.", "Start Time", "End Time"]);
        let line = b"1 2026-01-31 08:00:00 09:00:00";
        assert_eq!(aligned(line, 4).len(), 4);
        assert_eq!(aligned(line, 3).len(), 3);
    }
}
