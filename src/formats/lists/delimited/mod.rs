//! Recording lists as delimited text (CSV, TXT): any of the usual encodings,
//! delimiters, headings and date forms, line by line in bounded memory. A bad
//! line is told by its number and the rest is used.

mod channels;
mod probe;

use std::collections::BTreeSet;
use std::io;

use super::columns::{Column, Columns};
use super::ledger::Ledger;
use super::log;
use super::mapping::{self, Doubts, Mapping, SAMPLE_ROWS, Sample};
use super::remark::{self, Total};
use super::row::{self, Clock, Fields, Last};
use super::separator::Separator;
use super::text::{Line, Lines, encoding};
use crate::formats::dates::{CHINA_SECONDS, Order};
use crate::formats::manifest::Entries;
use crate::formats::{Charsets, Contents, Format, Job, dates, decode};
use crate::recording::problem::{Content, Limit, LineFault};
use crate::recording::{EventKind, Kind, ListInfo, LoggedEvent, ProblemKind, Recorded, TimeBasis, TimeSource, channel};
use channels::{Channels, Names};

/// CSV and TXT lists, with or without a heading row.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["csv", "txt", "tsv"],
    probe: probe::probe,
    read,
};

/// Lines before the headings: titles, export times, totals.
const PREAMBLE: u64 = 30;

/// Characters kept of each of the first lines.
const MAX_SAMPLE: usize = 2_000;

/// Lines that one row may take, by line ends inside quotes.
const MAX_ROW_LINES: usize = 16;

/// Pages of a list that are counted: a million rows on pages of ten.
const MAX_PAGES: u64 = 100_000;

/// Bad lines told one by one.
const TOLD: u64 = 20;

/// Headings of tables whose times are no recordings: gaps, verdicts, last days.
const RESULTS: [&str; 4] = ["缺口", "缺录", "漏录", "结论"];

/// Headings of tables from when to when something else than recording went on,
/// lower case: lost, planned, alarmed. Where files and sizes are told too, these
/// are recordings, and why.
const NOT_RECORDED: [&str; 11] = [
    "丢失",
    "中断",
    "缺失",
    "离线",
    "故障",
    "计划开始",
    "报警类型",
    "告警类型",
    "loss",
    "offline",
    "alarm",
];

/// Headings that only recordings have beside them.
const FILES: [&str; 4] = ["文件", "大小", "file", "size"];

/// Headings of tables with the oldest and the newest second of each channel.
const OVERVIEWS: [&str; 8] = [
    "最早",
    "最晚",
    "最新",
    "录像天数",
    "earliest",
    "latest",
    "oldest",
    "newest",
];

/// Words of lines that tell what was searched for and when, lower case.
const SEARCHED: [&str; 11] = [
    "查询",
    "检索",
    "范围",
    "导出",
    "打印",
    "开始",
    "起始",
    "start time",
    "search",
    "range",
    "export",
];

/// What a row of headings says, and what sets the fields below it apart.
pub fn headings(text: &str) -> Option<(Columns, Separator)> {
    let mut fields = Fields::default();
    Separator::all().find_map(|separator| {
        let columns = columns(&mut fields, text, separator)?;
        Some((columns, separator.below(fields.len())))
    })
}

/// As above, where it is known what sets fields apart.
fn columns(fields: &mut Fields, text: &str, separator: Separator) -> Option<Columns> {
    fields.split_by(text.as_bytes(), separator);
    let heading = |at| String::from_utf8_lossy(fields.get(text.as_bytes(), at)).into_owned();
    Columns::of(&(0..fields.len()).map(heading).collect::<Vec<_>>())
}

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
        separator: Separator::Byte(b','),
        squeezed: None,
        columns: None,
        guessed: false,
        last: Last::default(),
        ledger: Ledger::default(),
        channels: Channels::default(),
        pages: BTreeSet::new(),
        overview: false,
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
        unix: 0,
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
    separator: Separator,
    /// Where tabs run together in the headings: how many fields these are with
    /// the empty ones, and what they say without.
    squeezed: Option<(usize, Columns, Separator)>,
    columns: Option<Columns>,
    /// The columns rest on a row's values, not on headings.
    guessed: bool,
    last: Last,
    ledger: Ledger,
    channels: Channels,
    /// Numbers of pages that were told.
    pages: BTreeSet<u64>,
    /// The rows are the oldest and the newest second of a channel.
    overview: bool,
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
    /// Rows whose times are numbers since 1970 UTC.
    unix: u64,
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
        for separator in Separator::all() {
            self.fields.split_by(text.as_bytes(), separator);
            let fields = (0..self.fields.len()).map(|at| self.fields.get(text.as_bytes(), at));
            let fields: Vec<&str> = fields.filter_map(|field| std::str::from_utf8(field).ok()).collect();
            let signature = mapping::signature(fields.iter().copied());
            let Some(mapping) = mappings.iter().rfind(|mapping| mapping.headings == signature) else {
                continue;
            };
            let Some(columns) = mapping.columns() else { continue };
            self.separator = separator.below(self.fields.len());
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
        let Some((columns, separator)) = headings(&text) else {
            return false;
        };
        let lower = text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        if has(&NOT_RECORDED) && !has(&FILES) {
            self.results = true;
            return true;
        }
        self.overview = has(&OVERVIEWS);
        self.columns = Some(columns.in_order(self.order));
        self.digests = Entries::under(&text);
        self.separator = separator;
        self.squeezed = None;
        if separator == Separator::Byte(b'\t') && text.trim().contains("\t\t") {
            let whole = text.split('\t').count();
            let squeezed = self::columns(&mut self.fields, &text, Separator::Gaps);
            let below = Separator::Gaps.below(self.fields.len());
            self.squeezed = squeezed.map(|columns| (whole, columns.in_order(self.order), below));
        }
        self.guessed = false;
        self.ledger = Ledger::default();
        self.info.items = 0;
        self.contents.problems.clear();
        (self.bad, self.lost, self.unix) = (0, 0, 0);
        true
    }

    /// A first row that needs no headings: two times and something else. What
    /// was searched for is none.
    fn guess(&mut self, line: &[u8]) {
        let text = decode(line, self.charsets).to_lowercase();
        if SEARCHED.iter().any(|word| text.contains(word)) {
            return;
        }
        for separator in Separator::all() {
            self.fields.split_by(line, separator);
            let time = |at: &usize| {
                let field = self.fields.get(line, *at);
                let worded = field.first().is_none_or(|b| !b.is_ascii() || b.is_ascii_alphabetic());
                !worded && dates::parse(field).is_some()
            };
            let mut times = (0..self.fields.len()).filter(time);
            if let (Some(start), Some(end)) = (times.next(), times.next()) {
                // Headings that nobody knows may call them anything.
                if self.headed(separator, self.fields.len()) {
                    return;
                }
                let channel = (0..self.fields.len()).find(|at| *at != start && *at != end);
                self.columns = Some(Columns::guessed(channel, start, end).in_order(self.order));
                self.separator = separator.below(self.fields.len());
                self.guessed = true;
                return;
            }
        }
    }

    /// Whether a line above has so many fields, and only words in them.
    fn headed(&self, separator: Separator, columns: usize) -> bool {
        let mut fields = Fields::default();
        self.lines.iter().any(|line| {
            fields.split_by(line.as_bytes(), separator);
            fields.len() == columns && !line.contains(|c: char| c.is_ascii_digit())
        })
    }

    /// A line of the table: a row, or a part of one that has line ends inside
    /// its quotes.
    fn row(&mut self, columns: &Columns, number: u64, line: &[u8]) {
        if let Some((whole, squeezed, separator)) = self.squeezed.clone()
            && line.split(|b| *b == b'\t').count() != whole
        {
            self.fields.split_by(line, separator);
            if separator.fits(self.fields.len()) {
                return self.whole_row(&squeezed, number, line);
            }
        }
        self.fields.split_by(line, self.separator);
        if self.open.is_empty() && !self.fields.open {
            return self.whole_row(columns, number, line);
        }
        self.open.push((number, line.to_vec()));
        let lines: Vec<&[u8]> = self.open.iter().map(|(_, line)| line.as_slice()).collect();
        let joined = lines.join(&b' ');
        self.fields.split_by(&joined, self.separator);
        if !self.fields.open && self.take(columns, number, &joined).is_ok() {
            self.open.clear();
        } else if !self.fields.open || self.open.len() == MAX_ROW_LINES {
            self.apart(columns);
        }
    }

    /// Lines that are no row together are rows of their own.
    fn apart(&mut self, columns: &Columns) {
        for (number, line) in std::mem::take(&mut self.open) {
            self.fields.split_by(&line, self.separator);
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
            && !remark::is_blank(line)
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
        if !self.separator.fits(self.fields.len()) {
            return Err(LineFault::Columns);
        }
        if let Some(at) = columns.get(Column::Type)
            && is_picture(self.fields.get(line, at))
        {
            return Ok(());
        }
        if let Some(mapping) = self.mapped.filter(|mapping| mapping.is_log()) {
            self.event(mapping, columns, number, line);
            return Ok(());
        }
        let (span, clock) = row::span(columns, &self.fields, line, &mut self.last)?;
        let at = columns.get(Column::StartDate).or(columns.start());
        let start = at.map(|at| self.fields.get(line, at)).unwrap_or_default();
        match self.mapped {
            Some(_) => self.doubts.add(span, start, columns.order),
            None => self.dates.add(start),
        }
        self.zoned |= clock == Clock::Z;
        self.unix += u64::from(clock == Clock::Unix);
        let channel = self.channels.of(columns, &self.fields, line);
        if self.ledger.add(channel, span) {
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

    /// A line that is no row: perhaps it tells the total. True if so, or if it
    /// repeats the headings.
    fn remark(&mut self, line: &[u8]) -> bool {
        if line.len() > 300 {
            return false;
        }
        let text = decode(line, self.charsets);
        if columns(&mut self.fields, &text, self.separator).is_some() {
            return true;
        }
        if let Some(name) = remark::section(&text) {
            self.channels.section(name);
            return true;
        }
        self.pages.extend(remark::page(&text).filter(|page| *page <= MAX_PAGES));
        match remark::total(&text) {
            Some(Total::Items(n)) => self.info.total = Some(n),
            Some(Total::Pages(n)) => self.info.more = n > self.pages.len().max(1) as u64,
            None => return remark::is_sum(&text),
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
        let mut names = Names::of(self.ledger.devices());
        contents.recorded = self.ledger.finish(|key| names.name(key, charsets));
        if self.overview {
            contents.problem(ProblemKind::OverviewOnly.anywhere());
            contents.recorded.iter_mut().for_each(|r| r.source = TimeSource::Extent);
        }
        if self.unix > 0 && self.unix == self.info.items {
            for recorded in &mut contents.recorded {
                recorded.basis = TimeBasis::Utc;
                recorded
                    .spans
                    .iter_mut()
                    .for_each(|span| *span = span.shifted(-CHINA_SECONDS));
            }
        }
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

fn is_picture(kind: &[u8]) -> bool {
    const WORDS: [&[u8]; 5] = [b"jpg", b"jpeg", b"picture", "图片".as_bytes(), b"\xcd\xbc\xc6\xac"];
    WORDS.iter().any(|word| kind.eq_ignore_ascii_case(word))
}
