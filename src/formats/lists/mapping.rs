//! Lists whose columns a person told: what each holds, how dates are written,
//! and by which headings the same kind of list is known again.
//!
//! What a person told may be wrong, and a wrong column easily looks like
//! missing recordings. So a list read this way is *unsure*
//! ([`ListInfo::unsure`](crate::recording::ListInfo)) until the person has
//! confirmed what it reads as: it can show that recordings are kept, never
//! that they are not. Where the rows themselves contradict the mapping, it is
//! broken and shows nothing.

use serde::{Deserialize, Serialize};

use super::columns::{Column, Columns, key};
use super::row::{self, Fields, Last};
use super::separator::{DELIMITERS, Separator};
use crate::formats::dates::{self, Order};
use crate::ids::ids;
use crate::recording::problem::LineFault;
use crate::recording::time::DAY;
use crate::recording::{Civil, EventKind, Span};

/// Rows kept of a list that was not understood.
pub const SAMPLE_ROWS: usize = 10;

/// Columns kept, and told, at most.
pub const MAX_COLUMNS: usize = 32;

/// Characters kept of a field.
const MAX_FIELD: usize = 60;

ids! {
    /// What a column holds.
    pub enum Role {
        Ignore = "ignore" => "不用",
        Channel = "channel" => "通道",
        CameraName = "camera-name" => "摄像机名称",
        Start = "start" => "开始时间（有日期）",
        End = "end" => "结束时间",
        StartDate = "start-date" => "开始日期",
        Time = "time" => "开始时刻（没有日期）",
        EndDate = "end-date" => "结束日期",
        Duration = "duration" => "时长",
        Size = "size" => "大小",
        Event = "event" => "事件说明",
    }
}

ids! {
    /// What a bare number in a duration column counts.
    pub enum Unit {
        Seconds = "seconds" => "秒",
        Minutes = "minutes" => "分钟",
        Hours = "hours" => "小时",
        Milliseconds = "milliseconds" => "毫秒",
    }
}

/// How one kind of list is to be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    /// See [`signature`].
    pub headings: String,
    /// By position; columns behind the last are not used.
    pub columns: Vec<Role>,
    #[serde(default = "by_itself")]
    pub date_order: Order,
    #[serde(default = "in_seconds")]
    pub duration_unit: Unit,
    /// A person looked at what it reads as and says that it is right.
    #[serde(default)]
    pub confirmed: bool,
}

fn by_itself() -> Order {
    Order::Auto
}

fn in_seconds() -> Unit {
    Unit::Seconds
}

/// A list that was not understood: its first rows, split.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    pub rows: Vec<Vec<String>>,
}

impl Sample {
    /// Of the first lines of a text, by the delimiter that splits most.
    pub fn of(lines: &[String]) -> Option<Self> {
        let table = |separator| -> Vec<Vec<String>> {
            let rows = lines.iter().take(SAMPLE_ROWS);
            rows.map(|line| split(line, separator)).collect()
        };
        let width = |rows: &Vec<Vec<String>>| rows.iter().map(|row| row.len().saturating_sub(1)).sum::<usize>();
        // The first of equals, as where lists are read.
        let delimited = DELIMITERS
            .into_iter()
            .rev()
            .map(|delimiter| table(Separator::Byte(delimiter)));
        let rows = delimited.max_by_key(width).filter(|rows| width(rows) > 0).or_else(|| {
            // Blanks set the words of any text apart.
            let others = [Separator::Comma, Separator::Gaps].map(table);
            others.into_iter().find(|rows| width(rows) > 0)
        })?;
        Some(Self { rows })
    }

    /// The row that looks like headings: the first of the widest without a
    /// digit, else the first of the widest.
    pub fn heading(&self) -> usize {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = || (0..self.rows.len()).filter(|at| self.rows.get(*at).is_some_and(|row| row.len() == widest));
        let wordy = |at: &usize| {
            self.rows
                .get(*at)
                .is_some_and(|row| !row.concat().contains(|c: char| c.is_ascii_digit()))
        };
        wide().find(wordy).or_else(|| wide().next()).unwrap_or(0)
    }
}

fn split(line: &str, separator: Separator) -> Vec<String> {
    let mut fields = Fields::default();
    fields.split_by(line.as_bytes(), separator);
    let field = |at| {
        String::from_utf8_lossy(fields.get(line.as_bytes(), at))
            .chars()
            .take(MAX_FIELD)
            .collect()
    };
    (0..fields.len().min(MAX_COLUMNS)).map(field).collect()
}

/// What a row of headings is known by: its words without spaces, punctuation
/// and case, every number as `0`, so that a list without headings is known by
/// the shape of its rows.
pub fn signature<'f>(fields: impl Iterator<Item = &'f str>) -> String {
    let words: Vec<String> = fields
        .take(MAX_COLUMNS)
        .map(|field| {
            let mut word = String::new();
            for c in key(&field.chars().take(MAX_FIELD).collect::<String>()).chars() {
                match c {
                    '0'..='9' if word.ends_with('0') => {}
                    '0'..='9' => word.push('0'),
                    c => word.push(c),
                }
            }
            word
        })
        .collect();
    words.join(" ")
}

impl Mapping {
    /// Nothing told yet, but what the headings already say.
    pub fn proposed(row: &[String]) -> Self {
        let role = |heading: &String| match Columns::meaning_of(heading) {
            Some(Column::Channel) => Role::Channel,
            Some(Column::ChannelName) => Role::CameraName,
            Some(Column::Start) => Role::Start,
            Some(Column::End) => Role::End,
            Some(Column::StartDate) => Role::StartDate,
            Some(Column::EndDate) => Role::EndDate,
            Some(Column::Duration) => Role::Duration,
            _ => Role::Ignore,
        };
        Self {
            headings: signature(row.iter().map(String::as_str)),
            columns: row.iter().map(role).collect(),
            date_order: Order::Auto,
            duration_unit: Unit::Seconds,
            confirmed: false,
        }
    }

    /// The first column of this role.
    fn at(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|each| *each == role)
    }

    /// Whether its rows are events of a log: no end and no length is told.
    pub fn is_log(&self) -> bool {
        self.event().is_some() && self.at(Role::End).is_none() && self.at(Role::Duration).is_none()
    }

    /// The column with an event's words.
    pub fn event(&self) -> Option<usize> {
        self.at(Role::Event)
    }

    /// The columns, if they are enough for a recording or an event.
    pub fn columns(&self) -> Option<Columns> {
        let unit = match self.duration_unit {
            Unit::Seconds => 1,
            Unit::Minutes => 60,
            Unit::Hours => 3600,
            Unit::Milliseconds => 0,
        };
        let mut columns = Columns::told(unit, self.date_order);
        for (role, column) in [
            (Role::Channel, Column::Channel),
            (Role::CameraName, Column::ChannelName),
            (Role::End, Column::End),
            (Role::StartDate, Column::StartDate),
            (Role::EndDate, Column::EndDate),
            (Role::Duration, Column::Duration),
        ] {
            if let Some(at) = self.at(role) {
                columns.set(column, at);
            }
        }
        let start = self
            .at(Role::Start)
            .or_else(|| self.at(Role::Time))
            .or_else(|| self.at(Role::StartDate))?;
        columns.set(Column::Start, start);
        // A day behind an end's time of day.
        if self.at(Role::End).is_none()
            && let Some(at) = self.at(Role::EndDate)
        {
            columns.set(Column::End, at);
        }
        let ends = columns.get(Column::End).is_some() || columns.get(Column::Duration).is_some();
        (ends || self.event().is_some()).then_some(columns)
    }

    /// What one row of a sample reads as.
    ///
    /// # Errors
    /// Why the row cannot be used.
    pub fn read(&self, row: &[String]) -> Result<Read, LineFault> {
        let columns = self.columns().ok_or(LineFault::Columns)?;
        let line = row
            .iter()
            .map(|field| field.replace('\t', " "))
            .collect::<Vec<_>>()
            .join("\t");
        let mut fields = Fields::default();
        fields.split(line.as_bytes(), b'\t');
        let channel = [Column::Channel, Column::ChannelName].into_iter().find_map(|column| {
            let field = fields.get(line.as_bytes(), columns.get(column)?);
            let name = String::from_utf8_lossy(field);
            (!field.is_empty()).then(|| crate::recording::channel::normalise(&name))
        });
        let what = if self.is_log() {
            let at = row::start(&columns, &fields, line.as_bytes(), &mut Last::default()).ok_or(LineFault::Start)?;
            let words = self.event().and_then(|at| row.get(at)).map_or("", String::as_str);
            What::Event(at, EventKind::of(words))
        } else {
            let (span, _) = row::span(&columns, &fields, line.as_bytes(), &mut Last::default())?;
            What::Recording(span)
        };
        Ok(Read { channel, what })
    }
}

/// What a row reads as.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Normalised; `None` where no column tells.
    pub channel: Option<String>,
    pub what: What,
}

/// A recording or an event.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Recording(Span),
    /// The kind is `None` where it does not matter for keeping recordings.
    Event(Civil, Option<EventKind>),
}

/// Watches the rows of a mapped list for signs that the mapping is wrong.
#[derive(Default)]
pub struct Doubts {
    rows: u64,
    seconds: i64,
    starts: Range,
    ends: Range,
    /// The starts, had day and month been written the other way round.
    other: Range,
    /// Rows that can only be read as told.
    only: u64,
}

/// Smallest and largest of some times.
#[derive(Default)]
struct Range(Option<(Civil, Civil)>);

impl Range {
    fn add(&mut self, at: Civil) {
        let (low, high) = self.0.unwrap_or((at, at));
        self.0 = Some((low.min(at), high.max(at)));
    }

    fn length(&self) -> i64 {
        self.0.map_or(0, |(low, high)| high.since(low))
    }
}

impl Doubts {
    /// Takes a row that was read; `start` as it was written.
    pub fn add(&mut self, span: Span, start: &[u8], order: Order) {
        self.rows += 1;
        self.seconds = self.seconds.saturating_add(span.seconds());
        self.starts.add(span.from);
        self.ends.add(span.to);
        let other = match order {
            Order::Dmy => Order::Mdy,
            Order::Mdy | Order::Auto => Order::Dmy,
            Order::Ymd => return self.only += 1,
        };
        match dates::parse_as(start, other) {
            Some(stamp) => self.other.add(stamp.local()),
            None => self.only += 1,
        }
    }

    /// Whether the rows contradict the mapping: `bad` of them could not be
    /// read, and all channels together hold `recorded` separate seconds.
    pub fn contradict(&self, bad: u64, recorded: i64) -> bool {
        let many_bad = bad.saturating_mul(20) > self.rows + bad;
        // The same moment in every row is when the list was made.
        let same = self.rows >= 3 && (self.starts.length() == 0 || self.ends.length() == 0);
        // Recordings of one channel do not overlap: other channels, or other times.
        let overlap = (self.seconds - recorded).saturating_mul(5) > self.seconds;
        // Days and months the wrong way round scatter a month over a year.
        let scattered = self.only == 0 && self.starts.length() > 2 * self.other.length().max(DAY);
        self.rows == 0 || self.seconds == 0 || many_bad || same || overlap || scattered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_heading_is_known_again_whatever_its_spacing() {
        let one = signature(["Cam No.", " Von ", "Bis"].into_iter());
        assert_eq!(one, signature(["cam_no", "von", "BIS"].into_iter()));
        assert_ne!(one, signature(["cam_no", "bis", "von"].into_iter()));
        assert_eq!(
            signature(["7", "2026-11-01 08:00:00"].into_iter()),
            signature(["12", "2025/01/31 23:59:59"].into_iter())
        );
    }

    #[test]
    fn the_headings_are_found_below_a_title() {
        let lines = ["导出结果", "Kamera;Von;Bis", "1;01.11.2026 00:00;01.11.2026 01:00"];
        let sample = Sample::of(&lines.map(str::to_owned)).unwrap();
        assert_eq!(sample.rows[1], ["Kamera", "Von", "Bis"]);
        assert_eq!(sample.heading(), 1);
        assert_eq!(Sample::of(&["一段话".to_owned()]), None);
    }

    #[test]
    fn a_row_reads_as_told() {
        let mapping = |columns: &[Role]| Mapping {
            headings: String::new(),
            columns: columns.to_vec(),
            date_order: Order::Dmy,
            duration_unit: Unit::Minutes,
            confirmed: false,
        };
        let span = |from: (u32, u32), to: (u32, u32)| {
            let at = |(hour, minute)| Civil::new(2026, 11, 5, hour, minute, 0).unwrap();
            What::Recording(Span::new(at(from), at(to)).unwrap())
        };
        let read = |columns: &[Role], row: &str| mapping(columns).read(&rows(row));
        let row = "CH03,05/11/2026 08:00,90";
        let whole = [Role::Channel, Role::Start, Role::Duration];
        let found = read(&whole, row).unwrap();
        assert_eq!(found.channel.as_deref(), Some("3"));
        assert_eq!(found.what, span((8, 0), (9, 30)));
        let apart = [Role::StartDate, Role::Time, Role::End];
        assert_eq!(
            read(&apart, "05/11/2026,08:00,09:30").unwrap().what,
            span((8, 0), (9, 30))
        );
        assert_eq!(
            read(&[Role::Start, Role::Channel, Role::Duration], row),
            Err(LineFault::Start)
        );
        assert_eq!(read(&[Role::Channel, Role::Start], row), Err(LineFault::Columns));
        let log = [Role::Start, Role::Event];
        let found = read(&log, "05/11/2026 08:00,硬盘格式化").unwrap();
        assert!(matches!(found.what, What::Event(_, Some(EventKind::DiskFormatted))));
    }

    #[test]
    fn rows_that_contradict_are_doubted() {
        let day = |month, day| Civil::new(2026, month, day, 0, 0, 0).unwrap();
        let mut scattered = Doubts::default();
        let mut fine = Doubts::default();
        for n in 1..=12_u32 {
            let text = format!("{n:02}/11/2026 00:00:00");
            let span = |from: Civil| Span::new(from, from.plus(DAY)).unwrap();
            scattered.add(span(day(n, 11)), text.as_bytes(), Order::Mdy);
            fine.add(span(day(11, n)), text.as_bytes(), Order::Dmy);
        }
        assert!(scattered.contradict(0, 12 * DAY));
        assert!(!fine.contradict(0, 12 * DAY));
        assert!(fine.contradict(1, 12 * DAY), "too many bad rows");
        assert!(fine.contradict(0, 6 * DAY), "overlaps");
        assert!(Doubts::default().contradict(0, 0), "nothing read");
    }
}
