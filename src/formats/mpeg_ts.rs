//! MPEG transport streams (ISO/IEC 13818-1 §2.4): packets of 188 bytes, of
//! 192 with a time stamp before each (M2TS), of 204 with parity behind.

use std::collections::BTreeMap;
use std::io;

use super::bytes::{self, be16};
use super::mpeg_ps::stream_type;
use super::shared::clock::{Clock, Unwrap};
use super::shared::nal;
use super::shared::pictures::Watch;
use super::shared::walker::WHOLE;
use super::{Contents, Format, Job, Score};
use crate::recording::{Kind, Media, ProblemKind, Track};
use crate::source::Source;

/// Transport streams.
pub static FORMAT: Format = Format {
    kind: Kind::MpegTs,
    extensions: &["ts", "m2ts", "mts", "m2t", "trp"],
    probe: |head| match start(head.bytes) {
        Some(0) => Score(90),
        Some(_) => Score(30),
        None => Score::NO,
    },
    read,
};

/// Bytes read at a time.
const PIECE: u64 = 1 << 18;

/// Read of a larger file: its beginning, its end, and places between.
const WINDOW: u64 = 3 << 19;
const PLACES: u64 = 24;

const HZ: u64 = 90_000;

/// More programs than these are no recording.
const MAX_PIDS: usize = 256;

/// Size of a packet, and where its sync byte is.
pub fn layout(head: &[u8]) -> Option<(u64, u64)> {
    [(188, 0), (192, 4), (204, 0)]
        .into_iter()
        .find(|(size, sync)| {
            let places = (0..5).map(|n| head.get(sync + n * size));
            let seen: Vec<_> = places.flatten().collect();
            seen.len() >= 2 && seen.iter().all(|b| **b == 0x47)
        })
        .map(|(size, sync)| (size as u64, sync as u64))
}

/// Where the first packet begins: something else may stand before, or a part
/// of the packet that a stream was cut in.
fn start(head: &[u8]) -> Option<u64> {
    let begins = |at: &usize| (0..5).all(|n| head.get(at + n * 188) == Some(&0x47));
    let at = match layout(head) {
        Some(_) => 0,
        None => (1..MAX_BEFORE).find(begins)?,
    };
    u64::try_from(at).ok()
}

/// Bytes searched for the first packet.
const MAX_BEFORE: usize = 2048;

#[derive(Default)]
struct Pid {
    counter: Option<u8>,
    repeated: bool,
}

struct Seen {
    pids: BTreeMap<u16, Pid>,
    missing: u64,
    first_missing: Option<u64>,
    map_pid: Option<u16>,
    streams: Vec<(u16, Media, &'static str)>,
    pcr: Clock,
    pcr_pid: Option<u16>,
    pcr_unwrap: Unwrap,
    pts: Clock,
    pts_unwrap: Unwrap,
    stamps: u64,
    scrambled: bool,
    size: Option<(u32, u32)>,
    tried: u32,
    packets: u64,
    /// Pictures begin in this one.
    video: Option<u16>,
    pictures: u64,
    watch: Watch,
    unit: Unit,
}

/// The access unit under way: its beginning, place, time and length.
#[derive(Default)]
struct Unit {
    head: Vec<u8>,
    at: u64,
    shown: Option<i64>,
    bytes: u64,
}

/// Bytes kept of the beginning of an access unit.
const UNIT: usize = 4096;

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let before = start(job.head.bytes).unwrap_or(0);
    let packets = job.head.bytes.get(before as usize..).unwrap_or_default();
    let Some((size, sync)) = layout(packets) else {
        return Ok(contents);
    };
    if before > 0 {
        contents.problem(ProblemKind::Garbled { bytes: Some(before) }.at(0));
    }
    let mut seen = Seen {
        pids: BTreeMap::new(),
        missing: 0,
        first_missing: None,
        map_pid: None,
        streams: Vec::new(),
        pcr: Clock::new(HZ, HZ / 10, HZ * 3 / 2),
        pcr_pid: None,
        pcr_unwrap: Unwrap::new(33),
        pts: Clock::new(HZ, HZ, HZ * 3 / 2),
        pts_unwrap: Unwrap::new(33),
        stamps: 0,
        scrambled: false,
        size: None,
        tried: 0,
        packets: 0,
        video: None,
        pictures: 0,
        watch: Watch::default(),
        unit: Unit::default(),
    };
    let len = job.source.len();
    let partial = len > WHOLE;
    if partial {
        windows(job.source, (before, len), (size, sync), &mut seen, &mut contents)?;
    } else {
        walk(job.source, (before, len), (size, sync), &mut seen, &mut contents)?;
    }
    let rest = (len - before) % size;
    if rest != 0
        && contents
            .problems
            .iter()
            .all(|p| p.kind.verdict() != crate::recording::problem::FileVerdict::Damaged)
    {
        contents.problem(
            ProblemKind::Truncated {
                missing: Some(size - rest),
            }
            .at(len - rest),
        );
    }
    seen.close();
    describe(&seen, partial, &mut contents);
    seen.watch.report(&mut contents);
    Ok(contents)
}

/// The beginning, a few places, and the end of a larger file.
fn windows(
    source: &mut dyn Source,
    (before, len): (u64, u64),
    (size, sync): (u64, u64),
    seen: &mut Seen,
    contents: &mut Contents,
) -> io::Result<()> {
    let whole = |at: u64| at - (at - before) % size;
    let (head, tail) = (whole(WINDOW), whole(len - WINDOW));
    walk(source, (before, head), (size, sync), seen, contents)?;
    contents.problem(ProblemKind::middle_not_read(tail - head).at(head));
    // Between, only whether there are packets at all.
    let step = (tail - head) / (PLACES + 1);
    for place in 1..=PLACES {
        let at = whole(head + step * place);
        let piece = bytes::read(source, at, (size * 16) as usize)?;
        let synced = piece
            .chunks_exact(size as usize)
            .filter(|p| p.get(sync as usize) == Some(&0x47))
            .count();
        if synced < 8 {
            let zeroes = piece.iter().all(|b| *b == 0);
            contents.problem(
                match zeroes {
                    true => ProblemKind::ZeroFilled {
                        bytes: piece.len() as u64,
                        whole: false,
                    },
                    false => ProblemKind::Garbled { bytes: None },
                }
                .at(at),
            );
            break;
        }
    }
    for pid in seen.pids.values_mut() {
        pid.counter = None;
    }
    seen.pcr.skip();
    seen.pts.skip();
    seen.unit = Unit::default();
    seen.watch.skip();
    walk(source, (tail, len), (size, sync), seen, contents)
}

/// Packets between two offsets.
fn walk(
    source: &mut dyn Source,
    (from, to): (u64, u64),
    (size, sync): (u64, u64),
    seen: &mut Seen,
    contents: &mut Contents,
) -> io::Result<()> {
    let mut at = from;
    let step = PIECE - PIECE % size;
    let mut lost: Option<(u64, bool)> = None;
    while at < to {
        let piece = bytes::read(source, at, step.min(to - at) as usize)?;
        if piece.is_empty() {
            break;
        }
        let mut place = 0;
        while let Some(packet) = piece.get(place..place + size as usize) {
            let offset = at + place as u64;
            let body = packet.get(sync as usize..sync as usize + 188).unwrap_or_default();
            if body.first() == Some(&0x47) {
                end_of_loss(&mut lost, offset, contents);
                seen.packet(offset, body);
                place += size as usize;
                continue;
            }
            // Out of step: go on where two packets follow each other.
            let zero = packet.iter().all(|b| *b == 0);
            let (start, zeroes) = lost.unwrap_or((offset, true));
            lost = Some((start, zeroes && zero));
            for pid in seen.pids.values_mut() {
                pid.counter = None;
            }
            let resynced = (1..size as usize).find(|shift| {
                let byte = |n: usize| piece.get(place + shift + sync as usize + n * size as usize);
                byte(0) == Some(&0x47) && byte(1) == Some(&0x47) && byte(2).is_none_or(|b| *b == 0x47)
            });
            place += resynced.filter(|_| !zero).unwrap_or(size as usize);
        }
        let done = place as u64;
        if done == 0 {
            break;
        }
        at += done;
    }
    let all_zero = matches!(lost, Some((_, true)));
    if all_zero
        && to == source.len()
        && let Some((start, _)) = lost
    {
        contents.problem(
            ProblemKind::ZeroFilled {
                bytes: to - start,
                whole: false,
            }
            .at(start),
        );
    } else {
        end_of_loss(&mut lost, to, contents);
    }
    Ok(())
}

fn end_of_loss(lost: &mut Option<(u64, bool)>, offset: u64, contents: &mut Contents) {
    if let Some((start, zeroes)) = lost.take() {
        let bytes = offset - start;
        let kind = if zeroes {
            ProblemKind::ZeroFilled { bytes, whole: false }
        } else {
            ProblemKind::Garbled { bytes: Some(bytes) }
        };
        contents.problem(kind.at(start));
    }
}

impl Seen {
    fn packet(&mut self, offset: u64, p: &[u8]) {
        let (Some(word), Some(flags)) = (be16(p, 1), p.get(3)) else {
            return;
        };
        let pid = word & 0x1fff;
        if pid == 0x1fff {
            return;
        }
        self.packets += 1;
        self.scrambled |= flags & 0xc0 != 0;
        let (has_field, has_payload) = (flags & 0x20 != 0, flags & 0x10 != 0);
        let field = usize::from(p.get(4).copied().unwrap_or(0));
        let indicators = if has_field && field > 0 {
            p.get(5).copied().unwrap_or(0)
        } else {
            0
        };
        self.count(offset, pid, flags & 15, has_payload, indicators & 0x80 != 0);
        if indicators & 0x10 != 0
            && let Some([a, b, c, d, e, ..]) = p.get(6..12)
            && *self.pcr_pid.get_or_insert(pid) == pid
        {
            let base = u64::from(*a) << 25
                | u64::from(*b) << 17
                | u64::from(*c) << 9
                | u64::from(*d) << 1
                | u64::from(*e) >> 7;
            let now = self.pcr_unwrap.take(base);
            if indicators & 0x80 != 0 {
                self.pcr.skip();
            }
            self.pcr.tick(now, offset);
        }
        let payload = p.get(if has_field { 5 + field } else { 4 }..).unwrap_or_default();
        if has_payload && word & 0x4000 == 0 && self.video == Some(pid) {
            self.unit.take(payload);
        }
        if !has_payload || word & 0x4000 == 0 {
            return;
        }
        if pid == 0 {
            self.map_pid = self.map_pid.or_else(|| program(payload));
        } else if Some(pid) == self.map_pid {
            if self.streams.is_empty() {
                self.streams = streams(payload).unwrap_or_default();
            }
        } else if payload.starts_with(&[0, 0, 1]) {
            self.pes(offset, pid, payload);
        }
    }

    /// The access unit under way has ended.
    fn close(&mut self) {
        let unit = std::mem::take(&mut self.unit);
        if unit.bytes > 0 {
            let told = self.streams.iter().find(|s| Some(s.0) == self.video);
            if told.is_none_or(|s| matches!(s.2, "h264" | "hevc")) {
                self.watch.look(&unit.head, unit.bytes, unit.at, unit.shown);
            }
            self.watch.size(unit.bytes);
        }
    }

    /// Continuity counters: one more with each payload, a packet may come
    /// twice (§2.4.3.3).
    fn count(&mut self, offset: u64, pid: u16, counter: u8, payload: bool, discontinuity: bool) {
        if self.pids.len() >= MAX_PIDS && !self.pids.contains_key(&pid) {
            return;
        }
        let state = self.pids.entry(pid).or_default();
        if !payload {
            return;
        }
        let last = state.counter.replace(counter);
        let Some(last) = last.filter(|_| !discontinuity) else {
            return;
        };
        let step = counter.wrapping_sub(last) & 15;
        match step {
            1 => state.repeated = false,
            0 if !state.repeated => state.repeated = true,
            _ => {
                state.repeated = false;
                self.missing += u64::from(step.wrapping_sub(1) & 15);
                self.first_missing = self.first_missing.or(Some(offset));
            }
        }
    }

    fn pes(&mut self, offset: u64, pid: u16, p: &[u8]) {
        let video =
            matches!(p.get(3), Some(0xe0..=0xef)) || self.streams.iter().any(|s| s.0 == pid && s.1 == Media::Video);
        if !video || p.get(6).is_none_or(|b| b & 0xc0 != 0x80) {
            return;
        }
        self.scrambled |= p.get(6).is_some_and(|b| b & 0x30 != 0);
        let mut shown = None;
        if p.get(7).is_some_and(|b| b & 0x80 != 0)
            && let Some([a, b, c, d, e]) = p.get(9..14)
        {
            let pts = (u64::from(*a) >> 1 & 7) << 30
                | u64::from(*b) << 22
                | (u64::from(*c) >> 1) << 15
                | u64::from(*d) << 7
                | u64::from(*e) >> 1;
            self.stamps += 1;
            let now = self.pts_unwrap.take(pts);
            self.pts.tick(now, offset);
            shown = Some(now as i64);
        }
        let body = p
            .get(9 + usize::from(p.get(8).copied().unwrap_or(0))..)
            .unwrap_or_default();
        if *self.video.get_or_insert(pid) == pid {
            self.close();
            self.pictures += 1;
            self.unit = Unit {
                at: offset,
                shown,
                ..Unit::default()
            };
            self.unit.take(body);
        }
        if self.size.is_none() && self.tried < 64 {
            self.tried += 1;
            let codec = nal::guess(body);
            self.size = codec.and_then(|c| nal::size(c, body));
            if let Some(codec) = codec
                && !self.streams.iter().any(|s| s.1 == Media::Video)
            {
                self.streams.push((pid, Media::Video, codec.id()));
            }
            if let [0, 0, 1, 0xb3, a, b, c, ..] = body {
                let (a, b, c) = (u32::from(*a), u32::from(*b), u32::from(*c));
                self.size = Some((a << 4 | b >> 4, (b & 15) << 8 | c));
            }
        }
    }
}

impl Unit {
    fn take(&mut self, bytes: &[u8]) {
        let room = UNIT.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend(bytes.get(..room).unwrap_or_default());
        self.bytes += bytes.len() as u64;
    }
}

/// The first program's map, from the association table (§2.4.4.3).
pub fn program(payload: &[u8]) -> Option<u16> {
    let table = payload.get(1 + usize::from(*payload.first()?)..)?;
    let length = usize::from(be16(table, 1)? & 0xfff);
    let entries = table.get(8..(3 + length).checked_sub(4)?.min(table.len()))?;
    let programs = entries.chunks_exact(4).filter(|e| be16(e, 0) != Some(0));
    programs.filter_map(|e| be16(e, 2)).map(|pid| pid & 0x1fff).next()
}

/// Elementary streams of a program map (§2.4.4.8): packet identifier,
/// kind and codec.
pub fn streams(payload: &[u8]) -> Option<Vec<(u16, Media, &'static str)>> {
    let table = payload.get(1 + usize::from(*payload.first()?)..)?;
    let length = usize::from(be16(table, 1)? & 0xfff);
    let info = usize::from(be16(table, 10)? & 0xfff);
    let mut entries = table.get(12 + info..(3 + length).checked_sub(4)?.min(table.len()))?;
    let mut streams = Vec::new();
    while let [kind, _, _, _, _, ..] = entries {
        let pid = be16(entries, 1)? & 0x1fff;
        let skip = 5 + usize::from(be16(entries, 3)? & 0xfff);
        let (media, codec) = match kind {
            0x81 => (Media::Audio, "ac3"),
            0x06 => (Media::Other, "private"),
            kind => stream_type(*kind, 0).unwrap_or((Media::Other, "?")),
        };
        streams.push((pid, media, codec));
        entries = entries.get(skip..).unwrap_or_default();
    }
    Some(streams)
}

fn describe(seen: &Seen, partial: bool, contents: &mut Contents) {
    let clock = if seen.pcr.moved() { &seen.pcr } else { &seen.pts };
    clock.report(contents);
    if let Some(at) = seen.first_missing {
        let packets = seen.missing;
        contents.problem(ProblemKind::PacketsMissing { packets }.at(at));
    }
    if seen.scrambled {
        contents.problem(ProblemKind::Encrypted.anywhere());
    }
    let ms = if seen.pts.moved() {
        seen.pts.milliseconds((!partial).then_some(seen.stamps))
    } else {
        clock.milliseconds(None)
    };
    contents.duration_ms = Some(ms);
    if seen.packets == 0 || (seen.streams.is_empty() && seen.stamps == 0) {
        contents.problem(ProblemKind::NoData.anywhere());
    }
    for (pid, media, codec) in seen.streams.iter().take(16) {
        let (width, height) = seen.size.filter(|_| *media == Media::Video).unwrap_or((0, 0));
        contents.tracks.push(Track {
            media: *media,
            codec: (*codec).to_owned(),
            width,
            height,
            samples: (!partial && *media == Media::Video && seen.video == Some(*pid)).then_some(seen.pictures),
            duration_ms: (*media == Media::Video).then_some(ms),
        });
    }
}
