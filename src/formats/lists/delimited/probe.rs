//! Whether a text may be a list: times in its first rows.

use super::PREAMBLE;
use crate::formats::dates::{self, Order};
use crate::formats::lists::row::{self, Fields};
use crate::formats::lists::separator::Separator;
use crate::formats::lists::text::{Encoding, encoding};
use crate::formats::{Head, Score, extension};

/// Rows that are looked at: some below the last line that may be the headings.
const ROWS: usize = PREAMBLE as usize + 10;

/// How sure it is that this is a list.
pub fn probe(head: &Head<'_>) -> Score {
    let (encoding, mark) = encoding(head.bytes);
    let bytes: Vec<u8> = match encoding {
        Encoding::Ascii => head.bytes.get(mark as usize..).unwrap_or_default().to_vec(),
        _ => head.bytes.iter().copied().filter(|b| *b != 0).collect(),
    };
    let wide = encoding != Encoding::Ascii;
    if !wide && (!is_text(&bytes) || matches!(bytes.trim_ascii_start().first(), Some(b'<' | b'{'))) {
        return Score::NO;
    }
    let named = matches!(extension(head.path).as_deref(), Some("csv" | "tsv"));
    let least = if named { Score::GUESS } else { Score::NO };
    Separator::all()
        .map(|separator| times(&bytes, separator))
        .fold(least, Score::max)
}

/// Whether all bytes may stand in a text.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && bytes
            .iter()
            .all(|b| *b >= 0x20 || matches!(b, b'\t' | b'\r' | b'\n' | 0x0c))
}

/// What the times in the first rows tell, should this set their fields apart.
/// A row of a list has two (or one and a length) between delimiters, or in one
/// field. It may be one where two dates stand without a delimiter between them,
/// or in a table with one time a row: its user may know which.
fn times(bytes: &[u8], separator: Separator) -> Score {
    let mut fields = Fields::default();
    let mut with_one = 0;
    for line in bytes.split(|b| *b == b'\n').take(ROWS) {
        fields.split_by(line, separator);
        let texts = || (0..fields.len()).map(|at| fields.get(line, at));
        let dated = |text: &[u8]| dates::parse(text).is_some();
        if !matches!(separator, Separator::Byte(_)) {
            if texts().filter(|text| dated(text)).count() >= 2 {
                return Score::GUESS;
            }
            continue;
        }
        let timed = |text: &[u8]| dated(text) || text.len() >= 4 && dates::time_of_day(text).is_some();
        let both = |text: &[u8]| text.len() >= 20 && row::halves(text, Order::Auto).is_some();
        if texts().filter(|text| timed(text)).count() >= 2 || texts().any(both) {
            return Score::LIKELY;
        }
        let one = fields.len() >= 3 && texts().any(|text| dated(text) || dates::unix(text).is_some());
        with_one += usize::from(one);
    }
    if with_one >= 2 { Score::GUESS } else { Score::NO }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(path: &str, text: &str) -> Score {
        probe(&Head {
            bytes: text.as_bytes(),
            size: text.len() as u64,
            path,
        })
    }

    #[test]
    fn times_tell_a_list_and_a_name_only_that_it_may_be_one() {
        let day = "2026-01-31";
        let hour = format!("{day} 08:00:00");
        for (path, text, expected) in [
            ("a.txt", format!("1,{hour},{day} 09:00:00"), Score::LIKELY),
            ("a.txt", format!("{day};08:00;09:00"), Score::LIKELY),
            ("a.txt", format!("1|{hour}~09:00:00|x"), Score::LIKELY),
            (
                "a.txt",
                format!("{}1\t{hour}\t09:00", "title\n".repeat(ROWS - 1)),
                Score::LIKELY,
            ),
            ("a.txt", format!("1，{hour}，{day} 09:00:00"), Score::GUESS),
            ("a.txt", format!("1   {hour}   {day} 09:00:00"), Score::GUESS),
            ("a.txt", format!("1,{hour},x\n2,{hour},x"), Score::GUESS),
            ("a.txt", "1,1769846400,x\n2,1769846400,x".to_owned(), Score::GUESS),
            ("a.txt", format!("1,{hour},x\n2,soon,x"), Score::NO),
            ("a.txt", format!("{}1,{hour},09:00", "title\n".repeat(ROWS)), Score::NO),
            ("a.txt", "nothing".to_owned(), Score::NO),
            ("a.csv", "nothing".to_owned(), Score::GUESS),
            ("a.csv", format!("{{\"a\": \"{hour}\"}}"), Score::NO),
            ("a.csv", format!("{hour}\0"), Score::NO),
        ] {
            assert_eq!(score(path, &text), expected, "{text}");
        }
    }
}
