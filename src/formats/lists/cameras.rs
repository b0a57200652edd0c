//! Tables of cameras as delimited text: a name or number and a place, no
//! times. They feed the judgement of camera places.

use std::io;

use super::columns::Columns;
use super::guard;
use super::row::Fields;
use super::separator::DELIMITERS;
use super::text::{Line, Lines, encoding};
use crate::formats::{Contents, Format, Head, Job, Score, decode};
use crate::recording::problem::Limit;
use crate::recording::{Kind, ListedCamera, ProblemKind, channel};

/// Camera tables.
pub static FORMAT: Format = Format {
    kind: Kind::CameraList,
    extensions: &["csv", "txt", "tsv"],
    probe,
    read,
};

/// Cameras of one table.
const MAX_CAMERAS: usize = 10_000;

/// Lines in which the headings must stand.
const PREAMBLE: usize = 10;

const NUMBERS: &[&str] = &[
    "通道",
    "通道号",
    "通道编号",
    "编号",
    "摄像机编号",
    "摄像头编号",
    "点位编号",
    "设备编号",
    "channel",
    "channelno",
    "ch",
    "id",
    "cameraid",
    "no",
];
const NAMES: &[&str] = &[
    "名称",
    "通道名称",
    "通道名",
    "摄像机名称",
    "摄像头名称",
    "摄像机",
    "摄像头",
    "点位名称",
    "点位",
    "监控点",
    "监控点名称",
    "监控名称",
    "设备名称",
    "name",
    "cameraname",
    "camera",
    "channelname",
    "devicename",
];
const PLACES: &[&str] = &[
    "位置",
    "安装位置",
    "安装地点",
    "安装地址",
    "安装部位",
    "地点",
    "地址",
    "部位",
    "区域",
    "所在区域",
    "监控区域",
    "覆盖区域",
    "监控部位",
    "location",
    "place",
    "position",
    "address",
    "area",
    "installlocation",
];

/// Which column is which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Table {
    delimiter: u8,
    number: Option<usize>,
    name: Option<usize>,
    place: Option<usize>,
}

/// A heading row of a camera table, if this is one: cameras and their places,
/// or numbers and names, and nothing of times.
fn table(line: &str) -> Option<Table> {
    DELIMITERS.iter().find_map(|delimiter| {
        let headings: Vec<String> = line
            .split(char::from(*delimiter))
            .map(|h| h.trim_matches([' ', '"', '\r', '\u{feff}']).to_owned())
            .collect();
        if headings.len() < 2 || Columns::of(&headings).is_some() {
            return None;
        }
        let mut table = Table {
            delimiter: *delimiter,
            ..Table::default()
        };
        for (at, heading) in headings.iter().enumerate() {
            let key: String = heading
                .split(['(', '（'])
                .next()
                .unwrap_or_default()
                .chars()
                .filter(|c| !(c.is_whitespace() || matches!(c, '_' | '-' | '.' | '#')))
                .flat_map(char::to_lowercase)
                .collect();
            let is = |words: &[&str]| words.contains(&key.as_str());
            if ["时间", "time", "日志"].iter().any(|word| key.contains(word)) {
                return None;
            }
            let column = match () {
                () if is(NUMBERS) => &mut table.number,
                () if is(NAMES) => &mut table.name,
                () if is(PLACES) => &mut table.place,
                () => continue,
            };
            column.get_or_insert(at);
        }
        let found = [table.number, table.name, table.place].iter().flatten().count();
        (found >= 2 && (table.name.is_some() || table.place.is_some())).then_some(table)
    })
}

fn probe(head: &Head<'_>) -> Score {
    let (encoding, mark) = encoding(head.bytes);
    let mut rest = head.bytes.get(mark as usize..).unwrap_or_default();
    let mut lines = Lines::new(&mut rest, encoding, 0);
    for _ in 0..PREAMBLE {
        match lines.read() {
            Ok(Line::Text(line)) => {
                if table(&String::from_utf8_lossy(line)).is_some() || gb(line) {
                    return Score(65);
                }
            }
            Ok(Line::TooLong) => {}
            Ok(Line::End) | Err(_) => break,
        }
    }
    Score::NO
}

/// Headings in GB18030 cannot be decoded by a probe: a place and a name or
/// channel, and no time, is enough of them.
fn gb(line: &[u8]) -> bool {
    let has = |word: &[u8]| line.windows(word.len()).any(|w| w == word);
    let place = has(b"\xce\xbb\xd6\xc3") || has(b"\xb5\xd8\xb5\xe3") || has(b"\xb5\xd8\xd6\xb7"); // 位置 地点 地址
    let name = has(b"\xc3\xfb\xb3\xc6") || has(b"\xcd\xa8\xb5\xc0") || has(b"\xb1\xe0\xba\xc5"); // 名称 通道 编号
    place && name && !has(b"\xca\xb1\xbc\xe4") && !line.is_ascii() // 时间
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let (encoding, mark) = encoding(job.head.bytes);
    let mut lines = Lines::new(job.source, encoding, mark);
    let mut columns: Option<Table> = None;
    let mut fields = Fields::default();
    loop {
        let line = match lines.read()? {
            Line::End => break,
            Line::TooLong => continue,
            Line::Text(line) => decode(line, job.charsets),
        };
        let Some(columns) = &columns else {
            columns = table(&line);
            continue;
        };
        fields.split(line.as_bytes(), columns.delimiter);
        let field = |at: Option<usize>| {
            let text = fields.text(line.as_bytes(), at?);
            let text = guard::unguarded(text.trim());
            (!text.is_empty()).then(|| text.to_owned())
        };
        let (number, name, location) = (field(columns.number), field(columns.name), field(columns.place));
        let Some(channel) = number.or_else(|| name.clone()) else {
            continue;
        };
        if contents.cameras.len() == MAX_CAMERAS {
            contents.problem(ProblemKind::LimitReached(Limit::Parts).anywhere());
            break;
        }
        contents.cameras.push(ListedCamera {
            channel: channel::normalise(&channel),
            name,
            online: None,
            location,
        });
    }
    if contents.cameras.is_empty() {
        contents.problem(ProblemKind::ColumnsUnknown.anywhere());
    }
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn headings() {
        for headings in [
            "通道号,通道名称,安装位置",
            "编号\t摄像机名称\t地点",
            "ID,Camera Name,Location",
            "摄像头,安装位置(楼层)",
        ] {
            assert!(table(headings).is_some(), "{headings}");
        }
        for headings in [
            "通道,开始时间,结束时间",
            "时间,用户,操作",
            "1,2,3",
            "编号,大小",
            "通道名称,录像时间,位置",
        ] {
            assert_eq!(table(headings), None, "{headings}");
        }
    }
}
