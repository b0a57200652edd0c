//! What a file's name and folders say: channel, start, end. The habits of the
//! makers (Dahua, Hikvision, Xiongmai, Uniview, TP-Link, Xiaomi, ZLMediaKit,
//! Brickcom, HiSilicon) come down to digits in a certain order, so the name is
//! read as runs of digits; always the recorder's wall clock, but for Canon's.

use super::dates::CHINA_SECONDS;
use super::{Format, extension, unread};
use crate::inspect::Reading;
use crate::recording::problem::Content;
use crate::recording::time::DAY;
use crate::recording::{Civil, ProblemKind, Recorded, Span, TimeBasis, TimeSource, channel};

/// Names may be off by this much, in seconds.
const TOLERANCE: i64 = 120;

/// Recorders close their files sooner than this, in seconds.
const LONGEST_FILE: i64 = 6 * 3600;

/// What a path says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Normalised.
    pub channel: Option<String>,
    pub start: Option<Civil>,
    pub end: Option<Civil>,
    /// Start in UTC, where the name tells it as Unix time beside `start`.
    pub unix: Option<Civil>,
}

/// Reads a path with `/` or `\`.
pub fn parse(path: &str) -> Named {
    let mut parts: Vec<&str> = path.split(['/', '\\']).filter(|p| !p.is_empty() && *p != ".").collect();
    let name = parts.pop().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = folder_date(&parts);
    let (mut times, mut unix) = (Times::default(), None);
    if let Some((start, rest)) = hour_folder(&parts, stem) {
        times.push(start);
        unix = unix_time(rest);
    } else {
        scan(stem, folder.map(|(day, ..)| day), &mut times);
    }
    // Canon's recorders write Greenwich time.
    if stem.starts_with("NVR_MEDIA_") {
        times.0 = times.0.map(|time| Some(time?.plus(CHINA_SECONDS)));
    }
    let mut named = Named {
        channel: channel_of(stem).or_else(|| channel_of_folders(&parts, folder.map(|(_, first, last)| (first, last)))),
        start: times.0[0],
        end: times.0[1],
        unix,
    };
    if let (Some(start), Some(end)) = (named.start, named.end)
        && end < start
    {
        // An end with its own date is no night that passed.
        named.end = (start.since(end) < DAY).then(|| end.plus(DAY));
    }
    named
}

/// Start and end, in the order they come.
#[derive(Default)]
struct Times([Option<Civil>; 2]);

impl Times {
    fn push(&mut self, time: Civil) {
        if let Some(free) = self.0.iter_mut().find(|t| t.is_none()) {
            *free = Some(time);
        }
    }

    /// A time without a date behind one with: an end, or (where it would be
    /// hours away) only a serial number.
    fn push_end(&mut self, time: Civil, foldered: bool) {
        let [Some(start), None] = self.0 else {
            return self.push(time);
        };
        let seconds = time.since(start).rem_euclid(DAY);
        if foldered || seconds <= LONGEST_FILE {
            self.push(time);
        }
    }
}

/// A run of digits: value, length, the bytes before it up to the last run.
#[derive(Clone, Copy)]
struct Run<'a> {
    value: u64,
    len: usize,
    gap: &'a [u8],
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() && runs.len() < 32 {
        let gap = bytes.get(at..).unwrap_or_default();
        let skip = gap.iter().position(u8::is_ascii_digit).unwrap_or(gap.len());
        let digits = gap.get(skip..).unwrap_or_default();
        let len = digits.iter().position(|b| !b.is_ascii_digit()).unwrap_or(digits.len());
        if len == 0 {
            break;
        }
        let number = digits.get(..len).unwrap_or_default();
        runs.push(Run {
            value: number.iter().take(18).fold(0, |n, b| n * 10 + u64::from(b - b'0')),
            len,
            gap: gap.get(..skip).unwrap_or_default(),
        });
        at += skip + len;
    }
    runs
}

fn date(y: u64, m: u64, d: u64) -> Option<Civil> {
    if !(2000..2100).contains(&y) {
        return None;
    }
    Civil::new(y as i32, m as u32, d as u32, 0, 0, 0)
}

fn compact_date(value: u64) -> Option<Civil> {
    date(value / 10_000, value / 100 % 100, value % 100)
}

fn clock(h: u64, m: u64, s: u64) -> Option<i64> {
    (h < 24 && m < 60 && s < 60).then_some((h * 3600 + m * 60 + s) as i64)
}

fn compact_clock(value: u64) -> Option<i64> {
    clock(value / 10_000, value / 100 % 100, value % 100)
}

/// All times of a name, in their order. A time without a date belongs to the
/// last date before it, or to the folder's.
fn scan(stem: &str, folder: Option<Civil>, times: &mut Times) {
    let runs = without_address(runs(stem));
    let mut day = folder;
    let mut at = 0;
    while let Some(run) = runs.get(at) {
        at += 1;
        let moment = match run.len {
            14 | 17 => {
                let v = if run.len == 17 { run.value / 1000 } else { run.value };
                compact_date(v / 1_000_000).and_then(|d| Some((d, compact_clock(v % 1_000_000)?)))
            }
            12 => compact_date(run.value / 10_000)
                .and_then(|d| Some((d, clock(run.value / 100 % 100, run.value % 100, 0)?))),
            _ => None,
        };
        if let Some((date, seconds)) = moment {
            day = Some(date);
            times.push(date.plus(seconds));
            continue;
        }
        let dated = match (run.len, runs.get(at), runs.get(at + 1)) {
            (8, ..) => compact_date(run.value).map(|d| (d, 0)),
            // HiSilicon: A231126_181503_181517
            (6, Some(next), _) if matches!(run.gap, [b'A' | b'P' | b'a' | b'p']) && next.len == 6 => {
                compact_date(20_000_000 + run.value).map(|d| (d, 0))
            }
            (4, Some(m), Some(d)) if m.len <= 2 && d.len <= 2 && m.gap.len() <= 3 && d.gap.len() <= 3 => {
                date(run.value, m.value, d.value).map(|d| (d, 2))
            }
            _ => None,
        };
        if let Some((date, used)) = dated {
            at += used;
            day = Some(date);
            if let Some((seconds, used)) = time_at(&runs, at) {
                at += used;
                times.push(date.plus(seconds));
            }
            continue;
        }
        if let Some(date) = day
            && let Some((seconds, used)) = time_at(&runs, at - 1)
        {
            at += used - 1;
            times.push_end(date.plus(seconds), folder.is_some());
        }
    }
}

/// The runs without those of an IP address: `10.12.13.14` is no 10:12:13.
fn without_address(mut runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let dotted = |run: &Run<'_>| run.gap == b".";
    let address = |four: &[Run<'_>]| {
        four.iter().all(|run| run.len <= 3 && run.value < 256) && four.iter().map(dotted).eq([false, true, true, true])
    };
    let found = runs.windows(4).position(address);
    if let Some(at) = found.filter(|at| !runs.get(at + 4).is_some_and(dotted)) {
        runs.drain(at..at + 4);
    }
    runs
}

/// A time of day in the runs from `at` on, and how many runs it takes:
/// `080000`, or `08.00.00`, `08-00-00`, `08:00:00`, `08_00_00`, `08时00分00秒`.
fn time_at(runs: &[Run<'_>], at: usize) -> Option<(i64, usize)> {
    let run = runs.get(at)?;
    if run.len == 6 {
        return Some((compact_clock(run.value)?, 1));
    }
    let (m, s) = (runs.get(at + 1)?, runs.get(at + 2)?);
    let near = |r: &Run<'_>| r.len == 2 && (r.gap.len() == 1 || r.gap.len() == 3);
    (run.len <= 2 && near(m) && near(s)).then_some(())?;
    Some((clock(run.value, m.value, s.value)?, 3))
}

/// The date of the nearest folder that has one, and its first and last part:
/// `2026-01-31`,
/// `20260131`, `2026/01/31`.
fn folder_date(parts: &[&str]) -> Option<(Civil, usize, usize)> {
    for (at, part) in parts.iter().enumerate().rev() {
        let found = match runs(part).as_slice() {
            [one] if one.len == 8 && part.len() <= 12 => compact_date(one.value),
            [y, m, d] if y.len == 4 && m.len <= 2 && d.len <= 2 && part.len() <= 17 => date(y.value, m.value, d.value),
            _ => None,
        };
        if let Some(day) = found {
            return Some((day, at, at));
        }
        let tree: Option<Vec<u64>> = parts
            .get(at..at + 3)
            .and_then(|p| p.iter().map(|p| p.parse().ok()).collect());
        if part.len() == 4
            && let Some([y, m, d]) = tree.as_deref()
            && let Some(day) = date(*y, *m, *d)
        {
            return Some((day, at, at + 2));
        }
    }
    None
}

/// Xiaomi: `2026013108/05M12S_1769817912.mp4`. The start, and what stands
/// behind it.
fn hour_folder<'s>(parts: &[&str], stem: &'s str) -> Option<(Civil, &'s str)> {
    let hour = parts.last()?;
    let (minute, rest) = stem.split_once(['M', 'm'])?;
    let (second, behind) = rest.split_once(['S', 's'])?;
    if hour.len() != 10 || minute.len() != 2 || second.len() != 2 {
        return None;
    }
    let hour: u64 = hour.parse().ok()?;
    let seconds = clock(hour % 100, minute.parse().ok()?, second.parse().ok()?)?;
    Some((compact_date(hour / 100)?.plus(seconds), behind))
}

/// Unix time behind a start: ten digits and nothing else.
fn unix_time(behind: &str) -> Option<Civil> {
    let plain = |digits: &&str| digits.len() == 10 && digits.bytes().all(|b| b.is_ascii_digit());
    let digits = behind.strip_prefix('_').filter(plain)?;
    digits.parse().ok().and_then(Civil::from_seconds)
}

/// Whether one moment has this local time and this time in UTC: between them
/// lies what lies between time zones, quarters of an hour from 12 hours behind
/// to 14 ahead.
fn of_one_moment(local: Civil, utc: Civil) -> bool {
    const QUARTER: i64 = 15 * 60;
    let ahead = local.since(utc);
    let zone = (ahead + QUARTER / 2).div_euclid(QUARTER) * QUARTER;
    (-12 * 3600..=14 * 3600).contains(&zone) && (ahead - zone).abs() <= TOLERANCE
}

/// Words before a channel number in file and folder names.
const WORDS: &[&str] = &[
    "channel",
    "camera",
    "ipcam",
    "chn",
    "cam",
    "ch",
    "通道号",
    "通道",
    "摄像机",
    "摄像头",
    "监控点",
];

/// `…_ch01_…`, `CH-1`, `通道1`, `camera 2`; Hikvision's `_01_20260131080000000_TIMING`.
fn channel_of(stem: &str) -> Option<String> {
    let lower = stem.to_lowercase();
    for word in WORDS {
        for (at, _) in lower.match_indices(word) {
            let before = lower.get(..at).and_then(|b| b.chars().next_back());
            let rest = lower
                .get(at + word.len()..)?
                .trim_start_matches(['_', '-', ' ', '#', '=']);
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if (1..=3).contains(&digits) && !before.is_some_and(|c| c.is_ascii_alphabetic()) {
                return Some(channel::normalise(rest.get(..digits)?));
            }
        }
    }
    let runs = runs(stem);
    let number = runs.windows(2).find_map(|pair| match pair {
        [ch, time] if ch.len == 2 && ch.gap.ends_with(b"_") && time.gap == b"_" && matches!(time.len, 14 | 17) => {
            Some(ch.value)
        }
        _ => None,
    });
    number.map(|n| n.to_string())
}

/// Folders that name no camera.
const PLAIN: &[&str] = &[
    "dav",
    "mp4",
    "video",
    "videos",
    "record",
    "records",
    "recording",
    "recordings",
    "录像",
    "录像文件",
    "视频",
    "export",
    "exports",
    "导出",
    "download",
    "downloads",
    "下载",
    "backup",
    "备份",
    "mnt",
    "sd",
    "dvr",
    "main",
    "sub",
    "tmp",
];

/// The channel of the folders: one that says so; the number beside the date
/// folder (`2026-01-31/001/`, `1/2026-01-31/`); else the nearest that has a
/// name.
fn channel_of_folders(parts: &[&str], date_at: Option<(usize, usize)>) -> Option<String> {
    if let Some(told) = parts.iter().rev().find_map(|p| channel_of(p)) {
        return Some(told);
    }
    let number = |at: usize| {
        let part = parts.get(at)?;
        ((1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| channel::normalise(part))
    };
    if let Some((first, last)) = date_at {
        let after = number(last + 1).filter(|_| parts.get(last + 1).is_some_and(|p| p.len() == 3));
        let before = || first.checked_sub(1).and_then(number);
        if let Some(found) = after.or_else(before) {
            return Some(found);
        }
    } else if let Some(found) = parts.len().checked_sub(1).and_then(number) {
        return Some(found);
    }
    let named = parts.iter().rev().find(|part| {
        let lower = part.to_lowercase();
        // An archive that the file lies in is named after the export.
        let packed = [".zip", ".tar", ".tgz", ".gz"].iter().any(|end| lower.ends_with(end));
        !PLAIN.contains(&lower.as_str())
            && !packed
            && !part
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.'))
    });
    named.map(|part| channel::normalise(part))
}

/// Adds to a reading what its path says, and what does not fit.
pub fn apply(reading: &mut Reading, format: &Format) {
    check_extension(reading, format);
    let named = parse(&reading.path);
    let channel = reading.channel.take();
    let hinted = reading.kind.is_media() || reading.kind.is_list();
    let told = reading.recorded.iter().any(|r| r.channel.is_some());
    reading.channel = channel.or_else(|| if hinted && !told { named.channel.clone() } else { None });
    for recorded in reading.recorded.iter_mut().filter(|r| r.channel.is_none()) {
        recorded.channel = reading.channel.clone();
    }
    if let Some(start) = named.start
        && reading.kind.is_media()
    {
        if let Some(unix) = named.unix.filter(|unix| !of_one_moment(start, *unix)) {
            let other = unix.plus(CHINA_SECONDS);
            reading
                .problems
                .push(ProblemKind::NameContradictsItself { name: start, other }.anywhere());
        }
        compare(reading, start, named.end);
    }
    let told = reading
        .problems
        .iter()
        .any(|p| matches!(p.kind, ProblemKind::ReEncoded { .. }));
    if reading.kind.is_media()
        && reading.vendor.is_none()
        && !told
        && let Some(vendor) = maker(&reading.path)
    {
        let vendor = vendor.to_owned();
        reading.problems.push(ProblemKind::MarksMissing { vendor }.anywhere());
    }
    saved(reading);
}

/// A file is saved when its recording ends, or later. A day and more: clocks
/// of file systems have no zone.
fn saved(reading: &mut Reading) {
    let told = reading.recorded.iter().filter(|r| r.source.shows_coverage());
    let end = told.flat_map(|r| &r.spans).map(|s| s.to).max();
    // Tools that lose the time put the beginning of their own era.
    let saved = reading
        .modified
        .map(Civil::from)
        .filter(|t| Some(*t) > date(2000, 1, 2));
    if let (Some(recorded), Some(saved)) = (end, saved)
        && recorded.since(saved) > DAY
        && reading.kind.is_media()
    {
        reading
            .problems
            .push(ProblemKind::SavedEarlier { saved, recorded }.anywhere());
    }
}

/// The maker whose recorders give such names, of those that leave marks in
/// their files.
fn maker(path: &str) -> Option<&'static str> {
    let lower = path.to_lowercase();
    let name = lower.rsplit(['/', '\\']).next().unwrap_or(&lower);
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let card = name.strip_prefix("hiv").and_then(|n| n.strip_suffix(".mp4"));
    if card.is_some_and(|d| d.len() == 5 && d.bytes().all(|b| b.is_ascii_digit()))
        || name.contains("_timing.")
        || says(&["海康", "hikvision"])
    {
        return Some("海康威视");
    }
    let flags = name.contains("[r][0@") || name.contains("[m][0@") || name.contains("[a][0@");
    if name.ends_with(".dav") || flags || says(&["大华", "dahua"]) {
        return Some("大华");
    }
    says(&["雄迈", "xiongmai"]).then_some("雄迈")
}

fn check_extension(reading: &mut Reading, format: &Format) {
    let Some(extension) = extension(&reading.path) else {
        return;
    };
    let known = super::ALL.iter().any(|f| f.extensions.contains(&extension.as_str()))
        || unread::RECORDING_EXTENSIONS.contains(&extension.as_str());
    let told = reading.problems.iter().any(|p| {
        matches!(
            p.kind,
            ProblemKind::NotARecording { .. } | ProblemKind::Empty | ProblemKind::ZeroFilled { .. }
        )
    });
    if !known || told || format.extensions.contains(&extension.as_str()) || format.extensions.is_empty() {
        return;
    }
    let listed = reading.kind.is_list() && unread::RECORDING_EXTENSIONS.contains(&extension.as_str());
    let kind = reading.kind;
    reading.problems.push(match listed {
        true => ProblemKind::NotARecording {
            extension,
            what: Content::Text,
        }
        .at(0),
        false => ProblemKind::ExtensionMismatch { extension, kind }.at(0),
    });
}

/// Holds the name's time against the recording's own, and keeps the better.
fn compare(reading: &mut Reading, start: Civil, end: Option<Civil>) {
    let seconds = reading
        .duration_ms
        .filter(|ms| *ms > 0)
        .map(|ms| ms.div_ceil(1000) as i64);
    let first = |reading: &Reading, source: TimeSource| {
        let of_source = reading.recorded.iter().filter(|r| r.source == source);
        of_source
            .filter_map(|r| Some((r.spans.iter().min()?.from, r.basis)))
            .next()
    };
    if let Some((inside, basis)) = first(reading, TimeSource::InStream) {
        let bases: &[i64] = match basis {
            TimeBasis::DeviceLocal => &[0],
            TimeBasis::Utc => &[8 * 3600],
            TimeBasis::Unknown => &[0, 8 * 3600],
        };
        if bases.iter().all(|by| inside.plus(*by).since(start).abs() > TOLERANCE) {
            reading.problems.push(
                ProblemKind::NameTimeMismatch {
                    name: start,
                    other: inside.plus(bases.first().copied().unwrap_or(0)),
                    source: TimeSource::InStream,
                }
                .anywhere(),
            );
        }
        return;
    }
    let name_end = end.or_else(|| seconds.map(|s| start.plus(s))).unwrap_or(start);
    if let Some((created, _)) = first(reading, TimeSource::Container)
        && let Some(problem) = against_creation(start, name_end, created)
    {
        reading.problems.push(problem.anywhere());
    }
    let mut span_end = name_end;
    if let (Some(end), Some(seconds)) = (end, seconds) {
        let name_seconds = end.since(start);
        if (name_seconds - seconds).abs() > TOLERANCE {
            reading
                .problems
                .push(ProblemKind::NameDurationMismatch { name_seconds, seconds }.anywhere());
            span_end = end.min(start.plus(seconds));
        }
    }
    let mut recorded = Recorded::new(reading.channel.clone(), TimeBasis::DeviceLocal, TimeSource::Name);
    recorded.spans.extend(Span::new(start, span_end));
    reading.recorded.insert(0, recorded);
}

/// A container's creation time may be local or UTC, of the start or of the end
/// of the recording, or (much later) of the export.
fn against_creation(start: Civil, end: Civil, created: Civil) -> Option<ProblemKind> {
    let may_be = [created, created.plus(8 * 3600)];
    let fits = |t: &Civil| t.since(start) >= -TOLERANCE && t.since(end) <= TOLERANCE;
    if may_be.iter().any(fits) {
        return None;
    }
    let other = created.plus(8 * 3600);
    Some(if created.since(end) > DAY {
        ProblemKind::NameTimeLater { name: start, other }
    } else {
        ProblemKind::NameTimeMismatch {
            name: start,
            other,
            source: TimeSource::Container,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str) -> String {
        let named = parse(path);
        let time = |t: Option<Civil>| t.map_or("-".to_owned(), |t| t.naive().format("%m-%d %H:%M:%S").to_string());
        format!(
            "{} {} {}",
            named.channel.as_deref().unwrap_or("-"),
            time(named.start),
            time(named.end)
        )
    }

    #[test]
    fn names_of_the_makers() {
        for (path, expected) in [
            (
                "NVR_ch1_main_20260131080000_20260131090000.dav",
                "1 01-31 08:00:00 01-31 09:00:00",
            ),
            (
                "大堂_20260131080000_20260131090000.mp4",
                "- 01-31 08:00:00 01-31 09:00:00",
            ),
            (
                "2026-01-31/001/dav/11/11.00.00-12.00.00[R][0@0][0].dav",
                "1 01-31 11:00:00 01-31 12:00:00",
            ),
            (
                "mnt/dvr/2026-01-31/000/dav/23/1/1/589005/23.30.00-00.30.00[M][0@0][0].dav",
                "0 01-31 23:30:00 02-01 00:30:00",
            ),
            (
                "idea0/2026-01-31/003/11.00.00-11.15.00[M][@0][0].h264",
                "3 01-31 11:00:00 01-31 11:15:00",
            ),
            ("hiv00012.mp4", "- - -"),
            ("ch01_00000000012000000.mp4", "1 - -"),
            ("192.168.1.64_01_20260131080000123_TIMING.mp4", "1 01-31 08:00:00 -"),
            ("A260131_181503_181517.265", "- 01-31 18:15:03 01-31 18:15:17"),
            ("20260131_080000_tp00001.mp4", "- 01-31 08:00:00 -"),
            ("2026013108/05M12S_1769817912.mp4", "- 01-31 08:05:12 -"),
            ("2026-01-31/080000-083000.mp4", "- 01-31 08:00:00 01-31 08:30:00"),
            (
                "2026-01-31/IP_cam_S08-00-00_E09-00-00.ts",
                "- 01-31 08:00:00 01-31 09:00:00",
            ),
            (
                "20260131-235000-001000_10.0.0.2-CH7.mp4",
                "7 01-31 23:50:00 02-01 00:10:00",
            ),
            ("ch02/2026-01-31_08-00-00.mp4", "2 01-31 08:00:00 -"),
            ("通道3/2026年01月31日08时00分00秒.mp4", "3 01-31 08:00:00 -"),
            ("3/2026-01-31/080000-083000.mp4", "3 01-31 08:00:00 01-31 08:30:00"),
            ("2026/01/31/080000.mp4", "- 01-31 08:00:00 -"),
            ("收银台/20260131080000.mp4", "收银台 01-31 08:00:00 -"),
            (
                "CH05 2026-01-31 08.00.00-2026-01-31 09.00.00.mp4",
                "5 01-31 08:00:00 01-31 09:00:00",
            ),
            ("D1_20260131T080000.mp4", "- 01-31 08:00:00 -"),
            (
                "Record/2026-01-31/10.12.13.14_2_S08-00-00E09-00-00.mp4",
                "- 01-31 08:00:00 01-31 09:00:00",
            ),
            ("26.01.31/2026.01.31.08.00.00.mp4", "- 01-31 08:00:00 -"),
            (
                "NVR_MEDIA_7_20260131_000000_20260131_010000.avi",
                "- 01-31 08:00:00 01-31 09:00:00",
            ),
            ("architecture_1.mp4", "- - -"),
            ("20260131_080000_000001.mp4", "- 01-31 08:00:00 -"),
            ("video.mp4", "- - -"),
        ] {
            assert_eq!(told(path), expected, "{path}");
        }
    }

    #[test]
    fn unix_times_and_folders_of_one_moment() {
        // 00:05:12 in Greenwich; folders of China, Greenwich, New York, Nepal,
        // and a name whose seconds are a little off.
        for fine in [
            "2026013108/05M12S_1769817912.mp4",
            "2026013100/05M12S_1769817912.mp4",
            "2026013019/05M12S_1769817912.mp4",
            "2026013105/50M12S_1769817912.mp4",
            "2026013108/06m30s_1769817912.mp4",
        ] {
            let named = parse(fine);
            assert!(of_one_moment(named.start.unwrap(), named.unix.unwrap()), "{fine}");
        }
        for other in [
            "2026020108/05M12S_1769817912.mp4",
            "2026013008/05M12S_1769817912.mp4",
            "2026013115/05M12S_1769817912.mp4",
            "2026013108/10M12S_1769817912.mp4",
        ] {
            let named = parse(other);
            assert!(!of_one_moment(named.start.unwrap(), named.unix.unwrap()), "{other}");
        }
        for untold in [
            "2026013108/05M12S.mp4",
            "2026013108/05M12S_176981791.mp4",
            "2026013108/05M12S_1769817912_1769817972.mp4",
            "2026013108/05M12S_+769817912.mp4",
            "20260131_080512_1769817912.mp4",
        ] {
            assert_eq!(parse(untold).unix, None, "{untold}");
        }
    }

    #[test]
    fn creation_times_of_either_clock_fit() {
        let at = |h, m| Civil::new(2026, 1, 31, h, m, 0).unwrap();
        let (start, end) = (at(9, 0), at(10, 0));
        for fine in [at(9, 0), at(10, 0), at(1, 0), at(2, 0), at(9, 30)] {
            assert_eq!(against_creation(start, end, fine), None, "{fine:?}");
        }
        assert!(against_creation(start, end, at(5, 0)).is_some());
        assert!(against_creation(start, end, at(15, 0)).is_some());
        let weeks_later = end.plus(14 * DAY);
        assert!(matches!(
            against_creation(start, end, weeks_later),
            Some(ProblemKind::NameTimeLater { .. })
        ));
    }
}
