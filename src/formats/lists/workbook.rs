//! XLSX workbooks (ECMA-376): every sheet becomes tab-separated text and is
//! read by the same code as a CSV file, be it a list of recordings, a log or a
//! table of cameras. Dates are numbers there: which, the cell styles tell.

use std::fmt::Write as _;
use std::io;

use super::mapping::Sample;
use crate::formats::archive::{Budget, Zip};
use crate::formats::xml::{Step, Xml};
use crate::formats::{Charsets, Contents, HEAD, Head, Job, detect};
use crate::recording::problem::{Content, Limit};
use crate::recording::time::DAY;
use crate::recording::{Civil, Kind, ListInfo, ProblemKind};

/// Sheets that are read.
const MAX_SHEETS: usize = 64;

/// Text of one sheet, and of all shared strings together.
const MAX_TEXT: usize = 64 << 20;

/// Shared strings and cell styles.
const MAX_STRINGS: usize = 2_000_000;

/// Columns of a row.
const MAX_COLUMNS: usize = 256;

/// Empty rows kept, so that row numbers stay those of the sheet.
const MAX_SKIPPED: u64 = 1000;

/// Reads the workbook in `zip`.
///
/// # Errors
/// As [`Source::read_at`](crate::source::Source::read_at).
pub fn read(zip: &Zip, job: &mut Job<'_>) -> io::Result<Contents> {
    let mut book = Book::default();
    let part = |name: &str, job: &mut Job<'_>| zip.bytes(name, job.source, job.budget);
    if let Some(bytes) = part("xl/workbook.xml", job)? {
        book.workbook(&bytes, job.charsets)?;
    }
    if let Some(bytes) = part("xl/_rels/workbook.xml.rels", job)? {
        book.relations(&bytes, job.charsets)?;
    }
    if let Some(bytes) = part("xl/styles.xml", job)? {
        book.styles(&bytes, job.charsets)?;
    }
    if let Some(bytes) = part("xl/sharedStrings.xml", job)? {
        book.strings(&bytes, job.charsets)?;
    }
    let mut contents = Contents {
        kind: Some(Kind::Other),
        ..Contents::default()
    };
    // Of a sheet that was not understood.
    let mut other = None;
    for name in book.sheets() {
        let Some(bytes) = part(&name, job)? else {
            contents.problem(ProblemKind::LimitReached(Limit::EntrySize).anywhere());
            continue;
        };
        let text = book.sheet(&bytes, job.charsets)?;
        if text.len() >= MAX_TEXT {
            contents.problem(ProblemKind::LimitReached(Limit::DocumentSize).anywhere());
        }
        let sheet = as_text(&text, job.charsets, job.budget)?;
        merge(&mut contents, &mut other, sheet);
    }
    if contents.kind == Some(Kind::Other) {
        contents.problem(ProblemKind::ColumnsUnknown.anywhere());
        contents.problem(ProblemKind::NotChecked(Content::Spreadsheet).anywhere());
        contents.sample = other;
    }
    Ok(contents)
}

/// Reads a sheet's text as the file of that content.
fn as_text(text: &str, charsets: &dyn Charsets, budget: &mut Budget) -> io::Result<Contents> {
    let bytes = text.as_bytes();
    let mut source = bytes;
    let head = Head {
        bytes: bytes.get(..bytes.len().min(HEAD)).unwrap_or_default(),
        size: bytes.len() as u64,
        path: "sheet.tsv",
    };
    let format = detect(&head);
    let mut contents = (format.read)(&mut Job {
        source: &mut source,
        head,
        charsets,
        budget,
    })?;
    contents.kind = contents.kind.or(Some(format.kind));
    Ok(contents)
}

/// Adds a sheet to the workbook: of several kinds the first, recordings before
/// all. Sheets that say nothing are left out; their first rows go to `other`.
fn merge(all: &mut Contents, other: &mut Option<Sample>, sheet: Contents) {
    let rank = |kind: Option<Kind>| match kind {
        Some(Kind::RecordingList) => 3,
        Some(Kind::EventLog) => 2,
        Some(Kind::CameraList | Kind::Manifest) => 1,
        _ => 0,
    };
    if rank(sheet.kind) == 0 {
        *other = other.take().or(sheet.sample);
        return;
    }
    all.sample = all.sample.take().or(sheet.sample);
    if rank(sheet.kind) > rank(all.kind) {
        all.kind = sheet.kind;
    }
    for recorded in sheet.recorded {
        match all.recorded.iter_mut().find(|r| r.channel == recorded.channel) {
            Some(known) => known.spans.extend(recorded.spans),
            None => all.recorded.push(recorded),
        }
    }
    all.cameras.extend(sheet.cameras);
    all.events.extend(sheet.events);
    all.digests.extend(sheet.digests);
    for problem in sheet.problems {
        all.problem(problem);
    }
    if let Some(list) = sheet.list {
        let sum = all.list.get_or_insert_with(ListInfo::default);
        sum.items += list.items;
        sum.total = match (sum.total, list.total) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        sum.more |= list.more;
        sum.broken |= list.broken;
        sum.unsure |= list.unsure;
        sum.unread = sum.unread.saturating_add(list.unread);
    }
    all.channel = match all.recorded.as_slice() {
        [only] => only.channel.clone(),
        _ => None,
    };
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Number,
    /// A date, a time of day, or both.
    Date,
    /// Hours that go on beyond 24: a length of time.
    Elapsed,
}

#[derive(Default)]
struct Book {
    /// Days count from 1904.
    since_1904: bool,
    /// Relation ids of the sheets, in order.
    ids: Vec<String>,
    targets: Vec<(String, String)>,
    /// By cell style.
    shown: Vec<Style>,
    strings: Vec<String>,
}

impl Book {
    fn workbook(&mut self, bytes: &[u8], charsets: &dyn Charsets) -> io::Result<()> {
        each(bytes, charsets, |step, xml| {
            if step != Step::Open {
                return;
            }
            match xml.name() {
                "workbookPr" => self.since_1904 |= matches!(xml.attribute("date1904"), Some("1" | "true" | "on")),
                "sheet" if self.ids.len() < MAX_SHEETS => {
                    // `r:id`; `sheetId` is something else.
                    self.ids.extend(xml.attribute("id").map(str::to_owned));
                }
                _ => {}
            }
        })
    }

    fn relations(&mut self, bytes: &[u8], charsets: &dyn Charsets) -> io::Result<()> {
        each(bytes, charsets, |step, xml| {
            if step == Step::Open
                && self.targets.len() < 4 * MAX_SHEETS
                && let (Some(id), Some(target)) = (xml.attribute("Id"), xml.attribute("Target"))
            {
                let path = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("xl/{target}"),
                };
                self.targets.push((id.to_owned(), path));
            }
        })
    }

    /// Paths of the sheets in the archive.
    fn sheets(&self) -> Vec<String> {
        let path = |id: &String| {
            self.targets
                .iter()
                .find(|(known, _)| known == id)
                .map(|(_, path)| path.clone())
        };
        let found: Vec<String> = self.ids.iter().filter_map(path).collect();
        match found.is_empty() {
            true => vec!["xl/worksheets/sheet1.xml".to_owned()],
            false => found,
        }
    }

    fn styles(&mut self, bytes: &[u8], charsets: &dyn Charsets) -> io::Result<()> {
        let mut custom: Vec<(u32, Style)> = Vec::new();
        each(bytes, charsets, |step, xml| {
            if step != Step::Open {
                return;
            }
            let id = || xml.attribute("numFmtId").and_then(|id| id.parse::<u32>().ok());
            match (xml.name(), xml.parent()) {
                ("numFmt", _) if custom.len() < MAX_STRINGS => {
                    if let (Some(id), Some(code)) = (id(), xml.attribute("formatCode")) {
                        custom.push((id, style_of(code)));
                    }
                }
                ("xf", "cellXfs") if self.shown.len() < MAX_STRINGS => {
                    let id = id().unwrap_or_default();
                    let own = custom.iter().find(|(known, _)| *known == id);
                    self.shown.push(own.map_or_else(|| built_in(id), |(_, style)| *style));
                }
                _ => {}
            }
        })
    }

    fn strings(&mut self, bytes: &[u8], charsets: &dyn Charsets) -> io::Result<()> {
        let (mut text, mut sum) = (String::new(), 0);
        each(bytes, charsets, |step, xml| match (step, xml.name()) {
            (Step::Leaf, "t") if !xml.inside("rPh") => text.push_str(&xml.text),
            (Step::Leaf | Step::Close, "si") => {
                sum += text.len();
                let kept = std::mem::take(&mut text);
                if self.strings.len() < MAX_STRINGS {
                    self.strings.push(if sum <= MAX_TEXT { kept } else { String::new() });
                }
            }
            _ => {}
        })
    }

    /// A sheet as tab-separated lines.
    fn sheet(&self, bytes: &[u8], charsets: &dyn Charsets) -> io::Result<String> {
        let mut out = String::new();
        let mut row: Vec<String> = Vec::new();
        let (mut line, mut column) = (0_u64, 0_usize);
        let (mut kind, mut style, mut value, mut inline) = (String::new(), Style::Number, String::new(), String::new());
        each(bytes, charsets, |step, xml| match (step, xml.name()) {
            (Step::Open, "row") => {
                row.clear();
                column = 0;
                let number = xml.attribute("r").and_then(|r| r.parse::<u64>().ok());
                let number = number.unwrap_or(line + 1);
                for _ in 0..number.saturating_sub(line + 1).min(MAX_SKIPPED) {
                    out.push('\n');
                }
                line = number.max(line + 1);
            }
            (Step::Open, "c") => {
                column = xml.attribute("r").and_then(column_of).unwrap_or(column);
                xml.attribute("t").unwrap_or("n").clone_into(&mut kind);
                let at = xml.attribute("s").and_then(|s| s.parse::<usize>().ok());
                style = at.and_then(|at| self.shown.get(at)).copied().unwrap_or(Style::Number);
                value.clear();
                inline.clear();
            }
            (Step::Leaf, "v") => value.clone_from(&xml.text),
            (Step::Leaf, "t") if xml.inside("is") && !xml.inside("rPh") => inline.push_str(&xml.text),
            (Step::Leaf | Step::Close, "c") => {
                let text = match kind.as_str() {
                    "s" => value
                        .parse::<usize>()
                        .ok()
                        .and_then(|at| self.strings.get(at))
                        .cloned()
                        .unwrap_or_default(),
                    "inlineStr" => std::mem::take(&mut inline),
                    "n" => self.number(&value, style),
                    _ => std::mem::take(&mut value),
                };
                if column < MAX_COLUMNS {
                    if row.len() <= column {
                        row.resize(column + 1, String::new());
                    }
                    if let Some(cell) = row.get_mut(column) {
                        *cell = text;
                    }
                }
                column += 1;
            }
            (Step::Leaf | Step::Close, "row") => {
                for (at, cell) in row.iter().enumerate() {
                    if at > 0 {
                        out.push('\t');
                    }
                    if out.len() < MAX_TEXT {
                        let quoted = cell.contains('"').then(|| format!("\"{}\"", cell.replace('"', "\"\"")));
                        let cell = quoted.as_deref().unwrap_or(cell);
                        out.extend(cell.chars().map(|c| if c.is_control() { ' ' } else { c }));
                    }
                }
                out.push('\n');
            }
            _ => {}
        })?;
        Ok(out)
    }

    /// A number as its style shows it.
    fn number(&self, value: &str, style: Style) -> String {
        let Some(serial) = value
            .parse::<f64>()
            .ok()
            .filter(|s| s.is_finite() && (0.0..3_000_000.0).contains(s))
        else {
            return value.to_owned();
        };
        let seconds = (serial * DAY as f64).round() as i64;
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match style {
            // 12.0 is 12, as programs show it.
            Style::Number => value.strip_suffix(".0").unwrap_or(value).to_owned(),
            Style::Date if seconds >= DAY => {
                // 1899-12-30 and 1904-01-01 before 1970-01-01.
                let epoch = if self.since_1904 { 24_107 } else { 25_569 };
                match Civil::from_seconds(seconds - epoch * DAY) {
                    Some(time) => time.naive().format("%Y-%m-%d %H:%M:%S").to_string(),
                    None => value.to_owned(),
                }
            }
            Style::Date | Style::Elapsed => {
                let mut text = String::new();
                let _ = write!(text, "{hours:02}:{minutes:02}:{rest:02}");
                text
            }
        }
    }
}

/// Steps through a part of the workbook; where it is broken, what came before
/// is used.
fn each(bytes: &[u8], charsets: &dyn Charsets, mut take: impl FnMut(Step, &Xml<'_>)) -> io::Result<()> {
    let mut source = bytes;
    let mut xml = Xml::new(&mut source, charsets)?;
    loop {
        match xml.step()? {
            Step::End(_) => return Ok(()),
            step => take(step, &xml),
        }
    }
}

/// `C5` is column 2.
fn column_of(cell: &str) -> Option<usize> {
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number = letters.fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

/// Formats with a number of their own (ECMA-376 §18.8.30, and the East Asian
/// ones).
const fn built_in(id: u32) -> Style {
    match id {
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => Style::Date,
        46 => Style::Elapsed,
        _ => Style::Number,
    }
}

/// What a format code shows: letters of dates outside of quotes and brackets.
fn style_of(code: &str) -> Style {
    let lower = code.to_ascii_lowercase();
    if ["[h", "[mm", "[ss"].iter().any(|elapsed| lower.contains(elapsed)) {
        return Style::Elapsed;
    }
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in lower.split(';').next().unwrap_or_default().chars() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' => bracket = true,
            ']' => bracket = false,
            'y' | 'm' | 'd' | 'h' | 's' if !quoted && !bracket => return Style::Date,
            _ => {}
        }
    }
    Style::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles() {
        for code in [
            "yyyy-mm-dd hh:mm:ss",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[$-804]yyyy/m/d h:mm",
            "h:mm AM/PM",
        ] {
            assert_eq!(style_of(code), Style::Date, "{code}");
        }
        for code in ["General", "0.00", "#,##0", "\"d\"0", "[Red]0", "0_d"] {
            assert_eq!(style_of(code), Style::Number, "{code}");
        }
        assert_eq!(style_of("[h]:mm:ss"), Style::Elapsed);
    }

    #[test]
    fn numbers() {
        let book = Book::default();
        assert_eq!(book.number("46327.333333333336", Style::Date), "2026-11-01 08:00:00");
        let old = Book {
            since_1904: true,
            ..Book::default()
        };
        assert_eq!(old.number("44865.333333333336", Style::Date), "2026-11-01 08:00:00");
        assert_eq!(book.number("0.3333333333333333", Style::Date), "08:00:00");
        assert_eq!(book.number("1.5", Style::Elapsed), "36:00:00");
        assert_eq!(book.number("12.0", Style::Number), "12");
        assert_eq!(column_of("AB12"), Some(27));
    }
}
