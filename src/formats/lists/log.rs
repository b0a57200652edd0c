//! Logs of recorders as text or delimited text: lines with one time and a few
//! words, of which those that bear on keeping recordings are taken.

use std::io;

use super::row::Fields;
use super::separator::DELIMITERS;
use super::text::{Line, Lines, encoding};
use super::{delimited, json};
use crate::formats::{Contents, Format, Head, Job, Score, dates, decode, xml};
use crate::recording::problem::Limit;
use crate::recording::{Civil, EventKind, Kind, LoggedEvent, ProblemKind, channel};

/// Device logs.
pub static FORMAT: Format = Format {
    kind: Kind::EventLog,
    extensions: &["csv", "txt", "log", "tsv"],
    probe,
    read,
};

/// Events kept of one log.
pub const MAX_EVENTS: usize = 20_000;

/// Characters kept of a line.
pub const MAX_WORDS: usize = 200;

/// Headings that only logs have, without spaces, lower case.
const HEADINGS: &[&str] = &[
    "日志类型",
    "日志内容",
    "主类型",
    "次类型",
    "子类型",
    "操作类型",
    "事件类型",
    "报警类型",
    "操作内容",
    "操作描述",
    "日志描述",
    "事件描述",
    "操作用户",
    "majortype",
    "minortype",
    "logtype",
    "eventtype",
    "logtime",
    "日志时间",
    "操作时间",
    "事件时间",
    "发生时间",
    "logcontent",
];

fn probe(head: &Head<'_>) -> Score {
    if json::is_json(&xml::ascii(head)) || xml::ascii(head).trim_ascii_start().starts_with(b"<") {
        return Score::NO;
    }
    let (encoding, mark) = encoding(head.bytes);
    let mut rest = head.bytes.get(mark as usize..).unwrap_or_default();
    let mut lines = Lines::new(&mut rest, encoding, 0);
    let (mut headed, mut listed) = (false, false);
    // Rows of one time and of two, those with a known phrase apart.
    let (mut single, mut ranged, mut ranged_other) = (0, 0, 0);
    for _ in 0..60 {
        match lines.read() {
            Ok(Line::Text(line)) => {
                // Old Chinese encodings cannot be decoded here: the commonest
                // of their words are known by their bytes.
                let text = String::from_utf8_lossy(line);
                let bare: String = text
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .flat_map(char::to_lowercase)
                    .collect();
                headed |= heading(&bare) || gb_heading(line);
                listed |= recordings(line);
                let known = EventKind::of(&text).is_some() || gb_phrase(line);
                match (times(&text), known) {
                    (0, _) | (1, false) => {}
                    (1, true) => single += 1,
                    (_, true) => ranged += 1,
                    (_, false) => ranged_other += 1,
                }
            }
            Ok(Line::TooLong) => {}
            Ok(Line::End) | Err(_) => break,
        }
    }
    // From and to of alarms are no recordings.
    let alarms = headed && ranged > 0 && ranged_other == 0;
    let plain = !listed && ranged + ranged_other == 0;
    if alarms || (plain && headed) {
        Score(70)
    } else if plain && single > 0 {
        Score(65)
    } else {
        Score::NO
    }
}

/// A heading row of a list of recordings; in GB18030 开始 with 结束 or 时长.
pub fn recordings(line: &[u8]) -> bool {
    let headed = delimited::headings(&String::from_utf8_lossy(line)).is_some();
    let has = |word: &[u8]| line.windows(word.len()).any(|w| w == word);
    headed || has(b"\xbf\xaa\xca\xbc") && (has(b"\xbd\xe1\xca\xf8") || has(b"\xca\xb1\xb3\xa4"))
}

fn heading(bare: &str) -> bool {
    HEADINGS.iter().any(|word| bare.contains(word))
}

/// The commonest of the headings and phrases in GB18030.
fn gb_heading(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 3] = [
        b"\xc8\xd5\xd6\xbe\xc0\xe0\xd0\xcd", // 日志类型
        b"\xc8\xd5\xd6\xbe\xca\xb1\xbc\xe4", // 日志时间
        b"\xd6\xf7\xc0\xe0\xd0\xcd",         // 主类型
    ];
    WORDS.iter().any(|word| line.windows(word.len()).any(|w| w == *word))
}

fn gb_phrase(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 7] = [
        b"\xd0\xa3\xca\xb1",                 // 校时
        b"\xb8\xf1\xca\xbd\xbb\xaf",         // 格式化
        b"\xd0\xde\xb8\xc4\xca\xb1\xbc\xe4", // 修改时间
        b"\xca\xd3\xc6\xb5\xb6\xaa\xca\xa7", // 视频丢失
        b"\xd6\xd8\xc6\xf4",                 // 重启
        b"\xcd\xa3\xd6\xb9\xc2\xbc\xcf\xf1", // 停止录像
        b"\xd3\xb2\xc5\xcc\xb4\xed\xce\xf3", // 硬盘错误
    ];
    WORDS.iter().any(|word| line.windows(word.len()).any(|w| w == *word))
}

/// How many dates with times a line holds, up to two.
fn times(text: &str) -> usize {
    let Some((_, rest)) = time_in(text) else { return 0 };
    1 + usize::from(time_in(rest).is_some())
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let (encoding, mark) = encoding(job.head.bytes);
    let mut lines = Lines::new(job.source, encoding, mark);
    let mut columns = Headings::default();
    loop {
        let line = match lines.read()? {
            Line::End => break,
            Line::TooLong => continue,
            Line::Text(line) => decode(line, job.charsets),
        };
        if columns.learn(&line) {
            continue;
        }
        let Some((at, rest)) = time_in(&line) else { continue };
        let before = line.get(..line.len() - rest.len()).unwrap_or_default();
        let label = before
            .split("20")
            .next()
            .and_then(|label| label.trim_end().strip_suffix([':', '：']));
        // When a file was changed, not that the clock was.
        let changed = label.is_some_and(|label| label.trim_end().ends_with("修改时间"));
        let before = Some(before).filter(|_| !changed).and_then(EventKind::of);
        let Some(kind) = EventKind::of(rest).or(before) else {
            continue;
        };
        if contents.events.len() == MAX_EVENTS {
            contents.problem(ProblemKind::LimitReached(Limit::Spans).anywhere());
            break;
        }
        contents.events.push(LoggedEvent {
            at,
            kind,
            channel: columns.channel(&line).or_else(|| mentioned(rest)),
            words: line.chars().take(MAX_WORDS).collect::<String>().trim().to_owned(),
        });
    }
    Ok(contents)
}

/// The column of the channel, once a heading row has told it.
#[derive(Default)]
struct Headings {
    channel: Option<(u8, usize)>,
    known: bool,
}

impl Headings {
    /// Takes a heading row, if this is one.
    fn learn(&mut self, line: &str) -> bool {
        if self.known || time_in(line).is_some() {
            return false;
        }
        for delimiter in DELIMITERS {
            let mut fields = Fields::default();
            fields.split(line.as_bytes(), delimiter);
            let field = |at: usize| String::from_utf8_lossy(fields.get(line.as_bytes(), at)).to_lowercase();
            let named = |at: &usize| {
                matches!(
                    field(*at).as_str(),
                    "通道" | "通道号" | "通道编号" | "channel" | "channel no." | "ch"
                )
            };
            if fields.len() >= 2 {
                self.known = true;
                self.channel = (0..fields.len()).find(named).map(|at| (delimiter, at));
                return true;
            }
        }
        false
    }

    fn channel(&self, line: &str) -> Option<String> {
        let (delimiter, at) = self.channel?;
        let mut fields = Fields::default();
        fields.split(line.as_bytes(), delimiter);
        let name = channel::normalise(&String::from_utf8_lossy(fields.get(line.as_bytes(), at)));
        (!name.is_empty() && !matches!(name.as_str(), "-" | "--" | "/" | "0" | "无")).then_some(name)
    }
}

/// `通道2`, `Channel 2`, `[CH02]` in the words of a line.
fn mentioned(words: &str) -> Option<String> {
    const MARKS: &[&str] = &["通道号", "通道", "channel", "摄像机", "camera", "ch"];
    let lower = words.to_lowercase();
    MARKS.iter().find_map(|mark| {
        let (_, rest) = lower.split_once(mark)?;
        let rest = rest.trim_start_matches([' ', '[', ':', '：', '=', '_', '-', '#', '"']);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest.get(..end).filter(|d| (1..=4).contains(&d.len()))?;
        Some(channel::normalise(digits))
    })
}

/// The first date with a time in a line, and what stands behind it.
fn time_in(line: &str) -> Option<(Civil, &str)> {
    const LONGEST: usize = 40;
    let bytes = line.as_bytes();
    let mut from = 0;
    // Lines are long at most, times stand near their start.
    for _ in 0..64 {
        let at = from + bytes.get(from..)?.windows(2).position(|w| w == b"20")?;
        let free = at == 0 || !bytes.get(at - 1).is_some_and(u8::is_ascii_digit);
        let window = bytes.get(at..bytes.len().min(at + LONGEST)).unwrap_or_default();
        if free && let Some((time, used)) = leading_time(window) {
            let rest = (at + used..=line.len()).find_map(|to| line.get(to..));
            return Some((time, rest.unwrap_or_default()));
        }
        from = at + 1;
    }
    None
}

/// A date with a time at the start of `window`, and its length: the longest
/// prefix that ends behind a digit and parses.
fn leading_time(window: &[u8]) -> Option<(Civil, usize)> {
    let ends = (12..=window.len()).rev();
    let mut ends = ends.filter(|end| window.get(end - 1).is_some_and(u8::is_ascii_digit));
    ends.find_map(|end| {
        let text = window.get(..end)?;
        // A bare date is no time of an event.
        let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
        let breaks = text.contains(&b',') || text.contains(&b'\t') || text.contains(&b'"') || text.contains(&b';');
        let stamp = (digits >= 11 && !breaks).then(|| dates::parse(text)).flatten()?;
        Some((stamp.local(), end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_lines() {
        let wanted = Civil::new(2026, 11, 1, 8, 5, 0);
        for line in [
            "2026-11-01 08:05:00 admin 校时",
            "12,\"2026-11-01 08:05:00\",校时",
            "[2026/11/01 08:05:00] settime",
            "2026-11-01T08:05:00+08:00 x",
            "Log Time: 2026-11-01 08:05:00 Major",
            "192.0.2.20 2026-11-01 08:05:00 x",
            "20261101080500,x",
        ] {
            assert_eq!(time_in(line).map(|(t, _)| t), wanted, "{line}");
        }
        assert_eq!(time_in("2026-11-01 校时"), None);
        assert_eq!(times("2026-11-01 08:05:00,2026-11-01 09:05:00,1"), 2);
    }

    #[test]
    fn channels_in_words() {
        assert_eq!(mentioned("视频丢失 通道 02").as_deref(), Some("2"));
        assert_eq!(mentioned("Video Loss [CH3]").as_deref(), Some("3"));
        assert_eq!(mentioned("校时"), None);
    }
}
