//! Which column of a list is which, from its heading row.

use crate::formats::dates::Order;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Channel,
    ChannelName,
    Device,
    Start,
    End,
    StartDate,
    EndDate,
    Duration,
    Name,
    Type,
    /// Start and end in one.
    Range,
}

/// How many columns there are.
const COLUMNS: usize = Column::Range as usize + 1;

/// Words of headings, in the order they are tried: the more telling first.
/// Compared without spaces, brackets and case.
const WORDS: &[(Column, &[&str])] = &[
    (Column::EndDate, &["结束日期", "终止日期", "enddate", "stopdate"]),
    (
        Column::StartDate,
        &[
            "开始日期",
            "起始日期",
            "录像日期",
            "startdate",
            "begindate",
            "recorddate",
            "日期",
            "date",
        ],
    ),
    (
        Column::Duration,
        &[
            "时长",
            "持续时间",
            "录像长度",
            "duration",
            "总时间",
            "持续",
            "timelength",
            "lasting",
        ],
    ),
    (
        Column::Range,
        &["起止", "时间段", "时段", "时间范围", "timerange", "timespan", "period"],
    ),
    (
        Column::Start,
        &[
            "开始时间",
            "起始时间",
            "录像开始",
            "开始时刻",
            "起始时刻",
            "开始",
            "起始",
            "starttime",
            "begintime",
            "recordstart",
            "start",
            "begin",
            "timefrom",
            "datefrom",
            "from",
            "最早",
            "earliest",
            "oldest",
        ],
    ),
    (
        Column::End,
        &[
            "结束时间",
            "终止时间",
            "截止时间",
            "录像结束",
            "结束时刻",
            "结束",
            "终止",
            "截止",
            "endtime",
            "stoptime",
            "finishtime",
            "recordend",
            "end",
            "stop",
            "finish",
            "timeto",
            "dateto",
            "until",
            "to",
            "最晚",
            "最新",
            "latest",
            "newest",
        ],
    ),
    (
        Column::Channel,
        &[
            "通道号",
            "通道编号",
            "通道id",
            "摄像机编号",
            "摄像机号",
            "监控点编号",
            "相机编号",
            "channelno",
            "channelnumber",
            "channelid",
            "cameraid",
            "camerano",
            "camid",
            "chno",
            "chn",
            "ch",
            "channel",
            "camera",
            "cam",
            "通道",
        ],
    ),
    (
        Column::ChannelName,
        &[
            "通道名",
            "摄像机",
            "摄像头",
            "监控点",
            "相机",
            "镜头",
            "点位",
            "channelname",
            "cameraname",
            "监控名称",
        ],
    ),
    (
        Column::Device,
        &["设备", "录像机", "主机", "device", "nvr", "dvr", "encoder"],
    ),
    (
        Column::Name,
        &["文件名", "文件", "录像名称", "filename", "file", "path", "路径"],
    ),
    (Column::Type, &["类型", "type", "recordtype", "方式"]),
];

/// Digits of a row that is no row of headings: a date stands there.
const DATED: usize = 8;

/// Columns of a list at most.
const MOST: usize = 256;

/// Which numbers can be times in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Numbers {
    None,
    /// Seconds or milliseconds since 1970: nothing else looks like them in a
    /// column that is just called `start`.
    Unix,
    /// Days of a spreadsheet too: the headings say time.
    Days,
}

/// A recognised heading row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Position by column.
    found: [Option<usize>; COLUMNS],
    /// Seconds that a bare number in the duration column counts.
    pub duration_unit: i64,
    /// How dates are written.
    pub order: Order,
    pub numbers: Numbers,
}

impl Columns {
    /// Understands a row of headings, if it is one: at least a start and an
    /// end or duration, or a date with them, or both in one.
    pub fn of(headings: &[String]) -> Option<Self> {
        let digits = headings
            .iter()
            .flat_map(|heading| heading.bytes())
            .filter(u8::is_ascii_digit);
        if headings.len() > MOST || digits.count() >= DATED {
            return None;
        }
        let mut columns = Self::told(1, Order::Auto);
        for (at, heading) in headings.iter().enumerate() {
            let key = key(heading);
            let Some(column) = meaning(&key) else { continue };
            if columns.get(column).is_some() {
                continue;
            }
            if column == Column::Duration {
                columns.duration_unit = unit(&key);
            }
            if matches!(column, Column::Start | Column::End) {
                columns.numbers = columns.numbers.min(numbers(&key));
            }
            columns.set(column, at);
        }
        // `开始日期, 开始时间` and `日期, 开始时间` alike; a date alone is the
        // start where no other start is.
        for (time, date) in [(Column::Start, Column::StartDate), (Column::End, Column::EndDate)] {
            if columns.get(time).is_none()
                && columns.get(Column::Range).is_none()
                && let Some(at) = columns.get(date)
            {
                columns.set(time, at);
            }
        }
        let ends = columns.get(Column::End).is_some() || columns.get(Column::Duration).is_some();
        let both = columns.get(Column::Range).is_some();
        (both || columns.get(Column::Start).is_some() && ends).then_some(columns)
    }

    /// For a list without headings: the first row's own values tell.
    pub fn guessed(channel: Option<usize>, start: usize, end: usize) -> Self {
        let mut columns = Self {
            numbers: Numbers::None,
            ..Self::told(1, Order::Auto)
        };
        columns.set(Column::Start, start);
        columns.set(Column::End, end);
        if let Some(at) = channel {
            columns.set(Column::Channel, at);
        }
        columns
    }

    /// None yet, for a list whose columns a person tells.
    pub fn told(duration_unit: i64, order: Order) -> Self {
        Self {
            found: [None; COLUMNS],
            duration_unit,
            order,
            numbers: Numbers::Days,
        }
    }

    /// With dates written in this order.
    pub fn in_order(self, order: Order) -> Self {
        Self { order, ..self }
    }

    /// What a single heading says.
    pub fn meaning_of(heading: &str) -> Option<Column> {
        meaning(&key(heading))
    }

    /// Puts a column at a position.
    pub fn set(&mut self, column: Column, at: usize) {
        if let Some(place) = self.found.get_mut(column as usize) {
            *place = Some(at);
        }
    }

    /// Where the start is.
    pub fn start(&self) -> Option<usize> {
        self.get(Column::Start).or(self.get(Column::Range))
    }

    /// Where this column is.
    pub fn get(&self, column: Column) -> Option<usize> {
        self.found.get(column as usize).copied().flatten()
    }
}

/// A heading without what people put around it.
pub fn key(heading: &str) -> String {
    let dropped = |c: &char| !(c.is_whitespace() || matches!(c, '_' | '-' | '.' | ':' | '\u{ff1a}' | '"' | '/' | '#'));
    heading.chars().filter(dropped).flat_map(char::to_lowercase).collect()
}

/// The whole heading up to brackets first, so that `通道名称` is no `通道`; then
/// Chinese words and longer Latin ones anywhere in it (`to` is in `total`).
fn meaning(key: &str) -> Option<Column> {
    let bare = key.split(['(', '\u{ff08}', '[', '【']).next().unwrap_or(key);
    let exact = WORDS.iter().find(|(_, words)| words.contains(&bare));
    if let Some((column, _)) = exact {
        return Some(*column);
    }
    if ["大小", "size"].iter().any(|word| key.contains(word)) {
        return None;
    }
    let fits = |word: &&str| (!word.is_ascii() || word.len() >= 5) && key.contains(*word);
    let partly = |(column, words): &&(Column, &[&str])| {
        // `设备通道` is a channel.
        let other = *column == Column::Device && key.contains("通道");
        !other && words.iter().any(fits)
    };
    // Names go before numbers: `通道名称(1)`.
    let (last, first): (Vec<_>, Vec<_>) = WORDS.iter().partition(|(c, _)| *c == Column::Channel);
    let found = first.into_iter().find(partly).or_else(|| last.into_iter().find(partly));
    found.map(|(column, _)| *column)
}

/// Which numbers can be times below this heading of a start or an end:
/// `起始扇区` is none.
fn numbers(key: &str) -> Numbers {
    const TIMES: [&str; 6] = ["时间", "时刻", "日期", "time", "date", "unix"];
    if TIMES.iter().any(|word| key.contains(word)) {
        Numbers::Days
    } else if WORDS.iter().any(|(_, words)| words.contains(&key)) {
        Numbers::Unix
    } else {
        Numbers::None
    }
}

fn unit(key: &str) -> i64 {
    let has = |words: &[&str]| words.iter().any(|w| key.contains(w));
    if has(&["毫秒", "ms"]) {
        0
    } else if has(&["分", "min"]) {
        60
    } else if has(&["小时", "(h)", "hour"]) {
        3600
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(headings: &str) -> Option<Columns> {
        Columns::of(&headings.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn headings_in_any_order() {
        for (headings, channel, start, end) in [
            ("通道,开始时间,结束时间", 0, 1, Some(2)),
            ("序号,结束时间,起始时间,通道号,类型,大小", 3, 2, Some(1)),
            ("Channel,Start Time,End Time,Type", 0, 1, Some(2)),
            ("camera,begin_time,stop_time", 0, 1, Some(2)),
            ("CH,Start,Duration", 0, 1, None),
            ("通道号,录像开始,时长(分钟)", 0, 1, None),
            ("通道编号,开始时间(本地),结束时间(本地)", 0, 1, Some(2)),
            ("设备通道,录像开始日期,录像结束日期", 0, 1, Some(2)),
            ("通道,录像开始日期时间,录像结束日期时间", 0, 1, Some(2)),
            ("Channel,Recording Start Time,End Time (UTC+8)", 0, 1, Some(2)),
            ("File Size,Start DateTime,End DateTime,Channel No.", 3, 1, Some(2)),
        ] {
            let found = columns(headings).expect(headings);
            assert_eq!(found.get(Column::Channel), Some(channel), "{headings}");
            assert_eq!(found.get(Column::Start), Some(start), "{headings}");
            assert_eq!(found.get(Column::End), end, "{headings}");
        }
    }

    #[test]
    fn names_are_not_numbers() {
        let found = columns("设备名称,通道名称,通道号,开始时间,结束时间,时长,文件名").unwrap();
        assert_eq!(found.get(Column::Device), Some(0));
        assert_eq!(found.get(Column::ChannelName), Some(1));
        assert_eq!(found.get(Column::Channel), Some(2));
        assert_eq!(found.get(Column::Duration), Some(5));
        assert_eq!(found.get(Column::Name), Some(6));
        let found = columns("摄像机名称,日期,开始时间,结束时间").unwrap();
        assert_eq!(found.get(Column::ChannelName), Some(0));
        assert_eq!(found.get(Column::StartDate), Some(1));
        assert_eq!(found.get(Column::Start), Some(2));
    }

    #[test]
    fn other_tables() {
        assert_eq!(columns("时间,用户,操作"), None);
        assert_eq!(columns("id,name,location"), None);
        assert_eq!(columns("1,2026-01-01 00:00:00,2026-01-01 01:00:00"), None);
        assert_eq!(
            columns("开始时间: 2026-01-01 00:00:00,结束时间: 2026-02-01 00:00:00"),
            None
        );
    }

    #[test]
    fn numbers_that_can_be_times() {
        for (headings, numbers) in [
            ("通道,开始时间,结束时间", Numbers::Days),
            ("通道,录像开始时间戳,时长", Numbers::Days),
            ("ch,start,end", Numbers::Unix),
            ("ch,start_time,end", Numbers::Unix),
            ("通道,起始扇区,结束扇区", Numbers::None),
        ] {
            assert_eq!(columns(headings).map(|c| c.numbers), Some(numbers), "{headings}");
        }
    }

    #[test]
    fn units() {
        assert_eq!(columns("start,时长(分钟)").unwrap().duration_unit, 60);
        assert_eq!(columns("start,duration(s)").unwrap().duration_unit, 1);
        assert_eq!(columns("start,录像时长(小时)").unwrap().duration_unit, 3600);
    }
}
