//! Recording lists as delimited text (CSV, TXT): any of the usual encodings,
//! delimiters, headings and date forms, line by line in bounded memory. A bad
//! line is told by its number and the rest is used.

use std::collections::BTreeMap;
use std::io;

use super::columns::{Column, Columns};
use super::guard;
use super::ledger::Ledger;
use super::log;
use super::mapping::{self, Doubts, Mapping, SAMPLE_ROWS, Sample};
use super::row::{self, Fields, Last};
use super::text::{Encoding, Line, Lines, encoding};
use crate::formats::dates::Order;
use crate::formats::manifest::Entries;
use crate::formats::{Charsets, Contents, Format, Head, Job, Score, dates, decode, extension};
use crate::recording::problem::{Content, Limit, LineFault};
use crate::recording::{EventKind, Kind, ListInfo, LoggedEvent, ProblemKind, Recorded, channel};

/// CSV and TXT lists, with or without a heading row.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["csv", "txt", "tsv"],
    probe,
    read,
};

/// Lines before the headings: titles, export times, totals.
const PREAMBLE: u64 = 30;

/// Characters kept of each of the first lines.
const MAX_SAMPLE: usize = 2_000;

/// Lines that one row may take, by line ends inside quotes.
const MAX_ROW_LINES: usize = 16;

/// Bad lines told one by one.
const TOLD: u64 = 20;

/// Headings of tables whose times are no recordings: gaps, verdicts, last days.
const RESULTS: [&str; 4] = ["缺口", "缺录", "漏录", "结论"];

/// Bytes that do not stand in a text.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && bytes
            .iter()
            .all(|b| *b >= 0x20 || matches!(b, b'\t' | b'\r' | b'\n' | 0x0c))
}

fn probe(head: &Head<'_>) -> Score {
    let (encoding, mark) = encoding(head.bytes);
    let bytes: Vec<u8> = match encoding {
        Encoding::Ascii => head.bytes.get(mark as usize..).unwrap_or_default().to_vec(),
        _ => head.bytes.iter().copied().filter(|b| *b != 0).collect(),
    };
    let wide = encoding != Encoding::Ascii;
    if !wide && (!is_text(&bytes) || matches!(bytes.trim_ascii_start().first(), Some(b'<' | b'{'))) {
        return Score::NO;
    }
    // A row of a list has two times (or a time and a length) between delimiters,
    // or in one field.
    let mut fields = Fields::default();
    let rows = bytes.split(|b| *b == b'\n').take(PREAMBLE as usize + 10);
    let timed = rows.into_iter().any(|line| {
        DELIMITERS.iter().any(|delimiter| {
            fields.split(line, *delimiter);
            let times = (0..fields.len()).filter(|at| {
                let field = fields.get(line, *at);
                field.len() >= 4 && (dates::parse(field).is_some() || dates::time_of_day(field).is_some())
            });
            let both =
                |at| fields.get(line, at).len() >= 20 && row::halves(fields.get(line, at), Order::Auto).is_some();
            times.count() >= 2 || (0..fields.len()).any(both)
        })
    });
    let named = matches!(extension(head.path).as_deref(), Some("csv" | "tsv"));
    match (timed, named || tabular(&bytes)) {
        (true, _) => Score::LIKELY,
        (false, true) => Score::GUESS,
        _ => Score::NO,
    }
}

/// Whether a text is a table with one time a row: its user may know which.
fn tabular(bytes: &[u8]) -> bool {
    let mut fields = Fields::default();
    DELIMITERS.iter().any(|delimiter| {
        let rows = bytes.split(|b| *b == b'\n').take(PREAMBLE as usize + 10);
        let timed = rows.filter(|line| {
            fields.split(line, *delimiter);
            let time = |at| fields.get(line, at).len() >= 8 && dates::parse(fields.get(line, at)).is_some();
            fields.len() >= 3 && (0..fields.len()).any(time)
        });
        timed.count() >= 2
    })
}

/// In the order they are tried between equals.
pub const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let list = read_as(job, Order::Auto)?;
    // `01/11/2026` is read by what the list's other dates must be.
    let list = match list.dates {
        Dates {
            dmy: true, mdy: false, ..
        } => read_as(job, Order::Dmy)?,
        _ => list,
    };
    Ok(list.finish())
}

/// Which orders the dates of a list can have, where the year stands last.
#[derive(Default)]
struct Dates {
    dmy: bool,
    mdy: bool,
    either: bool,
}

impl Dates {
    fn add(&mut self, text: &[u8]) {
        match dates::year_last(text) {
            Some(Order::Dmy) => self.dmy = true,
            Some(Order::Mdy) => self.mdy = true,
            Some(_) => self.either = true,
            None => {}
        }
    }

    /// Whether a day may have been taken for a month.
    fn unsure(&self) -> bool {
        self.either && self.dmy == self.mdy
    }
}

fn read_as<'c>(job: &mut Job<'c>, order: Order) -> io::Result<List<'c>> {
    let (encoding, mark) = encoding(job.head.bytes);
    let mut lines = Lines::new(job.source, encoding, mark);
    let mut list = List {
        charsets: job.charsets,
        fields: Fields::default(),
        delimiter: b',',
        columns: None,
        guessed: false,
        last: Last::default(),
        ledger: Ledger::default(),
        key: Vec::new(),
        above: Default::default(),
        open: Vec::new(),
        order,
        dates: Dates::default(),
        mapped: None,
        doubts: Doubts::default(),
        lines: Vec::new(),
        digests: None,
        info: ListInfo::default(),
        bad: 0,
        lost: 0,
        zoned: false,
        full: false,
        results: false,
        contents: Contents::default(),
    };
    loop {
        let number = lines.number + 1;
        match lines.read()? {
            Line::End => break,
            Line::TooLong => {
                list.flush();
                list.bad(number, LineFault::TooLong);
            }
            Line::Text(line) => list.line(number, line),
        }
        if list.results || list.columns.is_none() && number > PREAMBLE {
            break;
        }
    }
    list.flush();
    Ok(list)
}

/// A list being read.
struct List<'c> {
    charsets: &'c dyn Charsets,
    fields: Fields,
    delimiter: u8,
    columns: Option<Columns>,
    /// The columns rest on a row's values, not on headings.
    guessed: bool,
    last: Last,
    ledger: Ledger,
    key: Vec<u8>,
    /// Device and channel of the row before: merged cells leave them to the
    /// first of their rows.
    above: (Vec<u8>, Vec<u8>),
    /// Lines since one that ended inside quotes, with their numbers.
    open: Vec<(u64, Vec<u8>)>,
    /// How dates are written that do not tell it themselves.
    order: Order,
    dates: Dates,
    /// The user's mapping that this list is read by.
    mapped: Option<&'c Mapping>,
    doubts: Doubts,
    /// The first lines, should nobody know what they are.
    lines: Vec<String>,
    /// Digests of the files that the list names.
    digests: Option<Entries>,
    info: ListInfo,
    bad: u64,
    /// Rows of recordings among them.
    lost: u64,
    zoned: bool,
    full: bool,
    /// A table of what is missing or was found, not of recordings.
    results: bool,
    contents: Contents,
}

impl List<'_> {
    fn line(&mut self, number: u64, line: &[u8]) {
        if line.trim_ascii().is_empty() {
            return;
        }
        if self.lines.len() < SAMPLE_ROWS {
            self.lines
                .push(decode(line, self.charsets).chars().take(MAX_SAMPLE).collect());
        }
        if self.mapped.is_none() && number <= PREAMBLE && self.known(line) {
            return;
        }
        let free = self.mapped.is_none();
        if free && (self.columns.is_none() || self.guessed) && number <= PREAMBLE && self.heading(line) {
            return;
        }
        if self.columns.is_none() {
            self.guess(line);
        }
        if let Some(digests) = &mut self.digests {
            digests.take(&decode(line, self.charsets));
        }
        match self.columns.take() {
            Some(columns) => {
                self.row(&columns, number, line);
                self.columns = Some(columns);
            }
            None => {
                self.remark(line);
            }
        }
    }

    /// Is this the heading row, or the first, of a list whose columns the user
    /// told?
    fn known(&mut self, line: &[u8]) -> bool {
        let mappings = self.charsets.mappings();
        if mappings.is_empty() {
            return false;
        }
        let text = decode(line, self.charsets);
        for delimiter in DELIMITERS {
            self.fields.split(text.as_bytes(), delimiter);
            let fields = (0..self.fields.len()).map(|at| self.fields.get(text.as_bytes(), at));
            let fields: Vec<&str> = fields.filter_map(|field| std::str::from_utf8(field).ok()).collect();
            let signature = mapping::signature(fields.iter().copied());
            let Some(mapping) = mappings.iter().rfind(|mapping| mapping.headings == signature) else {
                continue;
            };
            let Some(columns) = mapping.columns() else { continue };
            self.delimiter = delimiter;
            self.mapped = Some(mapping);
            self.guessed = false;
            self.ledger = Ledger::default();
            self.info = ListInfo::default();
            self.contents.problems.clear();
            (self.bad, self.lost) = (0, 0);
            // Without headings, the first row counts.
            if text.contains(|c: char| c.is_ascii_digit()) {
                self.row(&columns, 1, line);
                (self.bad, self.lost) = (0, 0);
                self.contents.problems.clear();
            }
            self.columns = Some(columns);
            return true;
        }
        false
    }

    /// Is this the heading row? What was counted before was none of the list.
    fn heading(&mut self, line: &[u8]) -> bool {
        let text = decode(line, self.charsets);
        if RESULTS.iter().any(|word| text.contains(word)) {
            self.results = true;
            return true;
        }
        for delimiter in DELIMITERS {
            let headings = text
                .split(char::from(delimiter))
                .map(|h| h.trim_matches([' ', '"', '\r']).to_owned());
            if let Some(columns) = Columns::of(&headings.collect::<Vec<_>>()) {
                self.columns = Some(columns.in_order(self.order));
                self.digests = Entries::under(&text);
                self.delimiter = delimiter;
                self.guessed = false;
                self.ledger = Ledger::default();
                self.info.items = 0;
                return true;
            }
        }
        false
    }

    /// A first row that needs no headings: two times and something else.
    fn guess(&mut self, line: &[u8]) {
        for delimiter in DELIMITERS {
            self.fields.split(line, delimiter);
            let time = |at: &usize| dates::parse(self.fields.get(line, *at)).is_some();
            let mut times = (0..self.fields.len()).filter(time);
            if let (Some(start), Some(end)) = (times.next(), times.next()) {
                let channel = (0..self.fields.len()).find(|at| *at != start && *at != end);
                self.columns = Some(Columns::guessed(channel, start, end).in_order(self.order));
                self.delimiter = delimiter;
                self.guessed = true;
                return;
            }
        }
    }

    /// A line of the table: a row, or a part of one that has line ends inside
    /// its quotes.
    fn row(&mut self, columns: &Columns, number: u64, line: &[u8]) {
        self.fields.split(line, self.delimiter);
        if self.open.is_empty() && !self.fields.open {
            return self.whole_row(columns, number, line);
        }
        self.open.push((number, line.to_vec()));
        let lines: Vec<&[u8]> = self.open.iter().map(|(_, line)| line.as_slice()).collect();
        let joined = lines.join(&b' ');
        self.fields.split(&joined, self.delimiter);
        if !self.fields.open && self.take(columns, number, &joined).is_ok() {
            self.open.clear();
        } else if !self.fields.open || self.open.len() == MAX_ROW_LINES {
            self.apart(columns);
        }
    }

    /// Lines that are no row together are rows of their own.
    fn apart(&mut self, columns: &Columns) {
        for (number, line) in std::mem::take(&mut self.open) {
            self.fields.split(&line, self.delimiter);
            self.whole_row(columns, number, &line);
        }
    }

    /// No more lines follow.
    fn flush(&mut self) {
        if let Some(columns) = self.columns.take() {
            self.apart(&columns);
            self.columns = Some(columns);
        }
    }

    /// A row whose fields are split.
    fn whole_row(&mut self, columns: &Columns, number: u64, line: &[u8]) {
        if let Err(fault) = self.take(columns, number, line)
            && !self.remark(line)
        {
            // What has no digit where a time should be is a note at the foot.
            let start = columns.start().map(|at| self.fields.get(line, at));
            let timed = start.is_some_and(|text| text.iter().any(u8::is_ascii_digit));
            self.lost += u64::from(timed);
            self.bad(number, fault);
        }
    }

    fn take(&mut self, columns: &Columns, number: u64, line: &[u8]) -> Result<(), LineFault> {
        if let Some(at) = columns.get(Column::Type)
            && is_picture(self.fields.get(line, at))
        {
            return Ok(());
        }
        if let Some(mapping) = self.mapped.filter(|mapping| mapping.is_log()) {
            self.event(mapping, columns, number, line);
            return Ok(());
        }
        let (span, zoned) = row::span(columns, &self.fields, line, &mut self.last)?;
        let at = columns.get(Column::StartDate).or(columns.start());
        let start = at.map(|at| self.fields.get(line, at)).unwrap_or_default();
        match self.mapped {
            Some(_) => self.doubts.add(span, start, columns.order),
            None => self.dates.add(start),
        }
        self.zoned |= zoned;
        self.key(columns, line);
        if self.ledger.add(&self.key, span) {
            self.info.items += 1;
        } else {
            self.full = true;
        }
        Ok(())
    }

    /// A row of a log whose columns the user told.
    fn event(&mut self, mapping: &Mapping, columns: &Columns, number: u64, line: &[u8]) {
        let Some(at) = row::start(columns, &self.fields, line, &mut self.last) else {
            return self.bad(number, LineFault::Start);
        };
        let field = |at: Option<usize>| at.map(|at| decode(self.fields.get(line, at), self.charsets));
        let words = field(mapping.event()).unwrap_or_default();
        let channel = field(columns.get(Column::Channel)).filter(|name| !name.is_empty());
        if let Some(kind) = EventKind::of(&words).filter(|_| self.contents.events.len() < log::MAX_EVENTS) {
            self.contents.events.push(LoggedEvent {
                at,
                kind,
                channel: channel.map(|name| channel::normalise(&name)),
                words: words.chars().take(log::MAX_WORDS).collect(),
            });
        }
    }

    /// The bytes that name this row's channel: device, unit separator, channel.
    fn key(&mut self, columns: &Columns, line: &[u8]) {
        self.key.clear();
        let field = |column| {
            let text = columns.get(column).map(|at| self.fields.get(line, at));
            text.filter(|text| !text.is_empty())
        };
        if columns.get(Column::Device).is_some() {
            fill(&mut self.above.0, field(Column::Device));
            self.key.extend_from_slice(&self.above.0);
        }
        self.key.push(0x1f);
        if columns.get(Column::Channel).is_some() || columns.get(Column::ChannelName).is_some() {
            fill(&mut self.above.1, field(Column::Channel).or(field(Column::ChannelName)));
            self.key.extend_from_slice(&self.above.1);
        } else if let Some(at) = columns.get(Column::Name) {
            let name = String::from_utf8_lossy(self.fields.get(line, at));
            if let Some(channel) = crate::formats::names::parse(&name).channel {
                self.key.extend_from_slice(channel.as_bytes());
            }
        }
    }

    /// A line that is no row: perhaps it tells the total. True if so, or if it
    /// repeats the headings.
    fn remark(&mut self, line: &[u8]) -> bool {
        if line.len() > 300 {
            return false;
        }
        let text = decode(line, self.charsets);
        let headings: Vec<String> = text.split(char::from(self.delimiter)).map(str::to_owned).collect();
        if Columns::of(&headings).is_some() {
            return true;
        }
        match total(&text) {
            Some(Total::Items(n)) => self.info.total = Some(n),
            Some(Total::Pages(n)) => self.info.more |= n > 1,
            None => return false,
        }
        true
    }

    fn bad(&mut self, line: u64, why: LineFault) {
        self.bad += 1;
        if self.bad <= TOLD {
            self.contents
                .problem(ProblemKind::LineUnreadable { line, why }.anywhere());
        }
    }

    fn finish(mut self) -> Contents {
        let mut contents = self.contents;
        self.info.unsure |= self.mapped.is_none() && self.dates.unsure();
        let guessed = self.columns.is_none() || self.guessed;
        if self.mapped.is_none() && (guessed || self.info.items == 0 || self.info.unsure) {
            // Or headings that looked right, and no row that surely fits them.
            contents.sample = Sample::of(&self.lines);
        }
        if self.mapped.is_some_and(Mapping::is_log) {
            contents.kind = Some(Kind::EventLog);
            return contents;
        }
        if self.columns.is_none() {
            contents.problems.clear();
            contents.kind = Some(Kind::Other);
            contents.problem(ProblemKind::ColumnsUnknown.anywhere());
            contents.problem(ProblemKind::NotChecked(Content::Text).anywhere());
            return contents;
        }
        if let Some(digests) = self.digests {
            digests.finish("", &mut contents);
        }
        if self.bad > TOLD {
            let lines = self.bad - TOLD;
            contents.problem(ProblemKind::LinesUnreadable { lines }.anywhere());
        }
        if self.info.items == 0 && self.bad == 0 {
            contents.problem(ProblemKind::ListEmpty.anywhere());
        }
        if self.zoned {
            contents.problem(ProblemKind::ZoneDoubtful.anywhere());
        }
        if self.full {
            contents.problem(ProblemKind::LimitReached(Limit::Spans).anywhere());
            self.info.more = true;
        }
        self.info.unread = self.ledger.at_most(self.lost);
        let charsets = self.charsets;
        let mut names = Names {
            several: self.ledger.devices() > 1,
            given: BTreeMap::new(),
        };
        contents.recorded = self.ledger.finish(|key| names.name(key, charsets));
        if let [only] = contents.recorded.as_slice() {
            contents.channel = only.channel.clone();
        }
        if let Some(mapping) = self.mapped {
            contents.sample = Sample::of(&self.lines);
            let seconds = |r: &Recorded| -> i64 { r.spans.iter().map(|span| span.seconds()).sum() };
            self.info.unsure = !mapping.confirmed;
            self.info.broken |= self
                .doubts
                .contradict(self.bad, contents.recorded.iter().map(seconds).sum());
        }
        contents.list = Some(self.info);
        contents
    }
}

/// Puts what stands in a cell in `above`; an empty cell is as the one above.
fn fill(above: &mut Vec<u8>, cell: Option<&[u8]>) {
    if let Some(text) = cell {
        above.clear();
        above.extend_from_slice(text);
    }
}

/// Names of channels, told apart within one list.
struct Names {
    /// The list has several devices.
    several: bool,
    /// What a name was normalised from, without its digits.
    given: BTreeMap<String, String>,
}

impl Names {
    /// The channel of a key: with its device in front where there are several;
    /// as written where the list has the number in another spelling too
    /// (`Camera 01` and `IPCamera 01` of a hybrid recorder are two).
    fn name(&mut self, key: &[u8], charsets: &dyn Charsets) -> Option<String> {
        let mut parts = key.splitn(2, |b| *b == 0x1f);
        let device = decode(parts.next().unwrap_or_default(), charsets);
        let written = decode(parts.next().unwrap_or_default(), charsets).replace("\"\"", "\"");
        let written = guard::unguarded(written.trim());
        let mut name = channel::normalise(written);
        match (device.trim(), name.as_str()) {
            ("", "") => return None,
            (device, "") => return Some(device.to_owned()),
            (device, plain) if self.several => name = format!("{device}/{plain}"),
            _ => {}
        }
        let shape: String = written.chars().filter(|c| !c.is_ascii_digit()).collect();
        match self.given.get(&name) {
            Some(other) if *other != shape => Some(written.to_owned()),
            Some(_) => Some(name),
            None => {
                self.given.insert(name.clone(), shape);
                Some(name)
            }
        }
    }
}

fn is_picture(kind: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"jpg", b"jpeg", b"picture", "图片".as_bytes(), b"\xcd\xbc\xc6\xac"];
    WORDS.iter().any(|word| kind.eq_ignore_ascii_case(word))
}

enum Total {
    Items(u64),
    Pages(u64),
}

/// `共 1000 条`, `总数,1000`, `Total: 1000`, `第1页/共3页`.
fn total(text: &str) -> Option<Total> {
    let lower = text.to_lowercase();
    let at = [
        "共",
        "总数",
        "总计",
        "合计",
        "记录数",
        "total",
        "sumnum",
        "numofmatches",
    ]
    .iter()
    .filter_map(|word| lower.find(word))
    .max()?;
    let rest = lower.get(at..)?;
    let digits = rest.find(|c: char| c.is_ascii_digit())?;
    let rest = rest.get(digits..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let n = rest.get(..end)?.parse().ok()?;
    // A time or a size is no count.
    match rest.get(end..)?.trim_start().chars().next() {
        Some('页') => Some(Total::Pages(n)),
        Some(':' | '-' | '/' | '.' | '小' | '天' | '分' | '秒' | 'g' | 'm' | 'k' | '个' | '路') => None,
        _ => Some(Total::Items(n)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals() {
        let items = |text: &str| match total(text) {
            Some(Total::Items(n)) => Some(n),
            _ => None,
        };
        assert_eq!(items("共 1000 条"), Some(1000));
        assert_eq!(items("总数,1000"), Some(1000));
        assert_eq!(items("Total: 12 records"), Some(12));
        assert_eq!(items("共 3 天"), None);
        assert_eq!(items("第 1 页/共 3 页"), None);
        assert!(matches!(total("第 1 页/共 3 页"), Some(Total::Pages(3))));
        assert_eq!(items("录像查询结果"), None);
    }
}
