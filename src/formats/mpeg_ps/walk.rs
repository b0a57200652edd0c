//! Pack by pack through a program stream (ISO/IEC 13818-1 §2.5.3, PES packets
//! §2.4.3.6).

use std::io;

use super::psm;
use crate::formats::Contents;
use crate::formats::bytes::{be16, be32};
use crate::formats::shared::clock::{Clock, Unwrap};
use crate::formats::shared::nal::{self, Codec};
use crate::formats::shared::pictures::{self, Watch};
use crate::formats::shared::walker::{Found, Walker};
use crate::recording::{Media, ProblemKind};

/// Ticks of the time stamps in a second.
const HZ: u64 = 90_000;

/// What the walk has seen.
pub struct Seen {
    /// System clock references.
    scr: Clock,
    scr_unwrap: Unwrap,
    /// Presentation times of pictures.
    pts: Clock,
    pts_unwrap: Unwrap,
    /// How many of them.
    stamps: u64,
    /// The file is read whole, and all pictures are counted.
    pub counts: bool,
    /// Of such a file: how many begin, and how many of
    /// them before the first and before the last that bears a time.
    pub coded: u64,
    coded_before: Option<(u64, u64)>,
    /// Hikvision's wall clock, in seconds.
    pub wall: Clock,
    last_wall_scr: Option<u64>,
    splices: Vec<(i64, u64)>,
    counter: Option<u32>,
    counter_steps: [u64; 3],
    counter_bad: Option<(u64, u64)>,
    streams: Vec<(Media, &'static str)>,
    pub told_video: Option<&'static str>,
    guessed: Option<&'static str>,
    pub size: Option<(u32, u32)>,
    pub hikvision: bool,
    pub encrypted: bool,
    video_packets: u64,
    pub sound_packets: u64,
    pub watch: Watch,
    /// Pictures begun, and bytes of the one under way.
    pub pictures: u64,
    picture_bytes: u64,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            scr: Clock::new(HZ, HZ / 2, HZ * 3 / 2),
            scr_unwrap: Unwrap::new(33),
            pts: Clock::new(HZ, HZ, HZ * 3 / 2),
            pts_unwrap: Unwrap::new(33),
            stamps: 0,
            counts: false,
            coded: 0,
            coded_before: None,
            wall: Clock::new(1, 1, 2),
            last_wall_scr: None,
            splices: Vec::new(),
            counter: None,
            counter_steps: [0; 3],
            counter_bad: None,
            streams: Vec::new(),
            told_video: None,
            guessed: None,
            size: None,
            hikvision: false,
            encrypted: false,
            video_packets: 0,
            sound_packets: 0,
            watch: Watch::default(),
            pictures: 0,
            picture_bytes: 0,
        }
    }
}

impl Seen {
    /// A part is not read; on a memory card's file other recordings follow it.
    pub fn skip(&mut self, card: bool) {
        self.counter = None;
        self.last_wall_scr = None;
        self.scr.skip();
        self.watch.skip();
        self.picture_bytes = 0;
        self.pts.skip();
        match card {
            true => self.wall.forget(),
            false => self.wall.skip(),
        }
    }

    /// Whether there were pictures.
    pub fn any(&self) -> bool {
        self.video_packets > 0
    }

    /// The clock that runs, and runs better: recorders fill in the system
    /// clock with less care, and what is cut out shows in both.
    fn clock(&self) -> &Clock {
        let careless = self.scr.disturbed() && self.pts.moved() && !self.pts.disturbed();
        if self.scr.moved() && !careless {
            &self.scr
        } else {
            &self.pts
        }
    }

    /// Duration.
    pub fn milliseconds(&self, partial: bool) -> u64 {
        if !partial && self.pts.moved() && !self.pts.disturbed() {
            return self.shown();
        }
        self.clock().milliseconds(None)
    }

    /// Milliseconds by the pictures' times. Where a packet holds several, only
    /// the first bears one: those behind the last are counted.
    fn shown(&self) -> u64 {
        let timed = self.pts.milliseconds(Some(self.stamps));
        let Some((first, last)) = self.coded_before.filter(|(first, last)| first < last) else {
            return timed;
        };
        let elapsed = u128::from(self.pts.elapsed());
        let rest = elapsed * u128::from(self.coded - last) / u128::from(last - first);
        let ms = (elapsed + rest) * 1000 / u128::from(HZ);
        u64::try_from(ms).unwrap_or(timed)
    }

    /// Seconds of recording behind the last wall clock time.
    pub fn after_wall(&self) -> i64 {
        let (Some(last), Some(now)) = (self.last_wall_scr, self.scr.last()) else {
            return 0;
        };
        let seconds = now.saturating_sub(last) / HZ;
        if seconds < 60 { seconds as i64 } else { 0 }
    }

    /// Codec of the pictures.
    pub fn video(&self) -> Option<&'static str> {
        let told = || self.told(Media::Video).or(self.guessed).or(self.told_video);
        (self.video_packets > 0).then(|| told().unwrap_or("?"))
    }

    /// Codec that the map tells.
    pub fn told(&self, media: Media) -> Option<&'static str> {
        self.streams.iter().find(|s| s.0 == media).map(|s| s.1)
    }

    /// Tells what is wrong with the clocks.
    pub fn report(&self, contents: &mut Contents) {
        self.clock().report(contents);
        if !self.clock().disturbed() {
            self.wall.report(contents);
            for (seconds, offset) in &self.splices {
                contents.problem(ProblemKind::TimestampJump { seconds: *seconds }.at(*offset));
            }
        }
        // What the number counts differs: known steps must be nearly all.
        let known: u64 = self.counter_steps.iter().sum();
        if let Some((steps, at)) = self.counter_bad
            && known > 20
            && steps * 20 < known
        {
            contents.problem(ProblemKind::CounterSkips { steps }.at(at));
        }
    }

    /// A pack header's clock (90 kHz) and Hikvision's number behind it.
    fn pack(&mut self, at: u64, scr: u64, number: Option<u32>) {
        let now = self.scr_unwrap.take(scr);
        self.scr.tick(now, at);
        let Some(number) = number else { return };
        if let Some(last) = self.counter.replace(number) {
            match number.wrapping_sub(last) {
                step @ 0..=2 => {
                    if let Some(count) = self.counter_steps.get_mut(step as usize) {
                        *count += 1;
                    }
                }
                _ => {
                    let (steps, first) = self.counter_bad.unwrap_or((0, at));
                    self.counter_bad = Some((steps + 1, first));
                }
            }
        }
    }

    fn map(&mut self, at: u64, map: psm::Map) {
        if !map.streams.is_empty() {
            self.streams = map.streams;
        }
        self.hikvision |= map.hikvision;
        self.encrypted |= map.encrypted;
        self.size = map.size.or(self.size);
        let Some((time, _)) = map.time else { return };
        let now = time.seconds().unsigned_abs();
        let scr = self.scr.last();
        let passed = match (self.last_wall_scr, scr) {
            (Some(a), Some(b)) if b >= a => (b - a) / HZ,
            _ => 0,
        };
        if let (Some(last), Some(_)) = (self.wall.last(), self.last_wall_scr)
            && passed < 3600
        {
            let apart = now as i64 - last as i64 - passed as i64;
            // Steps beyond the tolerance of the wall clock itself are its own.
            if apart <= -2 && now >= last && self.splices.len() < 20 {
                self.splices.push((apart, at));
            }
        }
        self.wall.tick_after(now, at, passed);
        self.last_wall_scr = scr;
    }

    /// A packet of `length` bytes at `at`, of which the beginning is at hand,
    /// or all where the file is read whole.
    fn pes(&mut self, id: u8, at: u64, length: u64, header: &[u8]) {
        let media = match id {
            0xe0..=0xef => Media::Video,
            0xc0..=0xdf => Media::Audio,
            // Dolby and DVD sound; a Hikvision private stream is neither.
            _ => return,
        };
        // MPEG-2 PES headers begin with the bits 10.
        let flags = header.get(6).copied().unwrap_or(0);
        let mpeg2 = flags & 0xc0 == 0x80;
        self.encrypted |= mpeg2 && flags & 0x30 != 0;
        let (stamp, payload) = if mpeg2 {
            let told = header.get(7).is_some_and(|b| b & 0x80 != 0);
            (told.then_some(9), 9 + usize::from(header.get(8).copied().unwrap_or(0)))
        } else {
            mpeg1_header(header)
        };
        if media == Media::Audio {
            self.sound_packets += 1;
            return;
        }
        self.video_packets += 1;
        let mut shown = None;
        if let Some(pts) = stamp.and_then(|at| time_stamp(header.get(at..)?)) {
            self.stamps += 1;
            let now = self.pts_unwrap.take(pts);
            self.pts.tick(now, 0);
            shown = Some(now as i64);
        }
        let bytes = length.saturating_sub(payload as u64);
        let payload = header.get(payload..).unwrap_or_default();
        let (whole, payload) = (payload, payload.get(..pictures::HEAD).unwrap_or(payload));
        if self.guessed.is_none() || self.size.is_none() {
            self.picture(payload);
        }
        let known = [Codec::H264, Codec::H265]
            .into_iter()
            .find(|c| Some(c.id()) == self.guessed);
        if let Some(codec) = known.filter(|_| self.counts) {
            if shown.is_some() {
                let first = self.coded_before.map_or(self.coded, |(first, _)| first);
                self.coded_before = Some((first, self.coded));
            }
            self.coded += nal::pictures(codec, whole);
        }
        if self.guessed.is_some_and(|codec| !codec.starts_with("mpeg")) && self.watch.look(payload, bytes, at, shown) {
            self.pictures += 1;
            if self.picture_bytes > 0 {
                self.watch.size(self.picture_bytes);
            }
            self.picture_bytes = 0;
        }
        self.picture_bytes += bytes;
    }

    /// Codec and size from the beginning of a picture.
    fn picture(&mut self, payload: &[u8]) {
        if let [0, 0, 1, 0xb3, a, b, c, ..] = payload {
            // MPEG-2 extends its sequence header (ISO/IEC 13818-2 §6.2.2);
            // what else follows one is a group or a picture of MPEG-1.
            let follows = payload.windows(4).skip(1).find(|w| w.starts_with(&[0, 0, 1]));
            let extended = follows.is_none_or(|w| w.ends_with(&[0xb5]));
            self.guessed = Some(if extended { "mpeg2" } else { "mpeg1" });
            let (a, b, c) = (u32::from(*a), u32::from(*b), u32::from(*c));
            self.size = self.size.or(Some((a << 4 | b >> 4, (b & 15) << 8 | c)));
            return;
        }
        if let Some(codec) = nal::guess(payload) {
            self.guessed = self.guessed.or(Some(codec.id()));
            self.size = self.size.or_else(|| nal::size(codec, payload));
        }
    }
}

/// MPEG-1 packet (ISO/IEC 11172-1 §2.4.3.3): stuffing, buffer size, time
/// stamps. Where the first time stamp is, and where the payload begins.
pub fn mpeg1_header(header: &[u8]) -> (Option<usize>, usize) {
    let mut at = 6;
    while at < 22 && header.get(at) == Some(&0xff) {
        at += 1;
    }
    if header.get(at).is_some_and(|b| b & 0xc0 == 0x40) {
        at += 2;
    }
    match header.get(at).map_or(0, |b| b >> 4) {
        2 => (Some(at), at + 5),
        3 => (Some(at), at + 10),
        _ => (None, at + 1),
    }
}

/// 33 bits in 5 bytes with marker bits between.
fn time_stamp(b: &[u8]) -> Option<u64> {
    let [a, b, c, d, e, ..] = b else { return None };
    Some(
        (u64::from(*a) >> 1 & 7) << 30
            | u64::from(*b) << 22
            | (u64::from(*c) >> 1) << 15
            | u64::from(*d) << 7
            | u64::from(*e) >> 1,
    )
}

/// A pack header.
pub fn pack_start(b: &[u8]) -> bool {
    b.starts_with(&[0, 0, 1, 0xba]) && matches!(b.get(4), Some(0x21..=0x2f | 0x40..=0x7f))
}

/// Length of a pack header with its stuffing, its clock, and Hikvision's
/// number in the stuffing.
pub fn pack(b: &[u8]) -> Option<(u64, u64, Option<u32>)> {
    let first = u64::from(*b.get(4)?);
    if first >> 6 != 1 {
        return Some((12, time_stamp(b.get(4..)?)?, None)).filter(|_| b.len() >= 12);
    }
    let (b5, b6, b7, b8) = (
        u64::from(*b.get(5)?),
        u64::from(*b.get(6)?),
        u64::from(*b.get(7)?),
        u64::from(*b.get(8)?),
    );
    let scr =
        (first >> 3 & 7) << 30 | (first & 3) << 28 | b5 << 20 | (b6 >> 3) << 15 | (b6 & 3) << 13 | b7 << 5 | b8 >> 3;
    let stuffing = b.get(13)? & 7;
    let number = (stuffing == 6 && b.get(14..16) == Some(&[0xff, 0xff])).then(|| be32(b, 16));
    Some((
        14 + u64::from(stuffing),
        scr,
        number.flatten().filter(|n| *n != u32::MAX),
    ))
}

/// Walks from `at` on; the place where the bound was reached.
pub fn walk(walker: &mut Walker<'_>, mut at: u64, seen: &mut Seen, contents: &mut Contents) -> io::Result<Option<u64>> {
    let len = walker.len();
    let (mut before, mut complete) = (at, false);
    while at < len {
        let bytes = walker.peek(at, 24)?;
        let head: [u8; 24] = {
            let mut head = [0; 24];
            head.iter_mut().zip(bytes).for_each(|(h, b)| *h = *b);
            head
        };
        let got = bytes.len();
        if walker.spent() {
            return Ok(Some(at));
        }
        let id = head[3];
        let coded = head.starts_with(&[0, 0, 1]) && id >= 0xb9;
        let prefix = got < 4 && [0, 0, 1].starts_with(head.get(..got.min(3)).unwrap_or_default());
        if prefix && head.iter().any(|b| *b != 0) {
            contents.problem(ProblemKind::Truncated { missing: None }.at(at));
            return Ok(None);
        }
        // A few zeroes before a start code are padding.
        let zeroes = head.iter().position(|b| *b != 0).unwrap_or(0);
        if zeroes > 2 && zeroes < 22 && complete && head.get(zeroes) == Some(&1) && at + 24 <= len {
            at += zeroes as u64 - 2;
            continue;
        }
        if !coded || (id == 0xba && !pack_start(&head) && got > 4) {
            let from = if before < at && id != 0xba {
                before + 4
            } else {
                at.max(before + 1)
            };
            match walker.mend(from.min(at), at, complete, &pack_start, contents)? {
                Some(next) if next > before => {
                    before = next;
                    at = next;
                }
                _ => return Ok(None),
            }
            continue;
        }
        if id == 0xb9 {
            at += 4;
            complete = true;
            continue;
        }
        if id == 0xba {
            match pack(head.get(..got).unwrap_or_default()) {
                Some((length, scr, number)) if at + length <= len => {
                    seen.pack(at, scr, number);
                    before = at;
                    at += length;
                }
                _ => {
                    contents.problem(ProblemKind::Truncated { missing: None }.at(at));
                    return Ok(None);
                }
            }
            continue;
        }
        let Some(length) = be16(&head, 4).filter(|_| got >= 6) else {
            contents.problem(ProblemKind::Truncated { missing: None }.at(at));
            return Ok(None);
        };
        let end = if length == 0 && matches!(id, 0xe0..=0xef) {
            // Unbounded pictures are not for program streams, but are met.
            match walker.search(at + 6, &pack_start)? {
                Found::At { offset } => offset,
                Found::End => len,
                Found::Limit => return Ok(Some(at)),
            }
        } else {
            at + 6 + u64::from(length)
        };
        if end > len {
            if let Some(next) = walker.overrun(at, end, &pack_start, contents)? {
                at = next;
                continue;
            }
            return Ok(None);
        }
        let want = match id {
            0xbc => 1024,
            0xe0..=0xef if seen.counts => usize::MAX,
            0xe0..=0xef if seen.wants_picture() => 32 + pictures::HEAD,
            _ => 24,
        };
        let size = usize::try_from(end - at).unwrap_or(usize::MAX).min(want);
        let bytes = walker.peek(at, size)?;
        if id == 0xbc {
            if let Some(map) = psm::parse(bytes) {
                seen.map(at, map);
            }
        } else {
            seen.pes(id, at, end - at, bytes);
        }
        if walker.spent() {
            return Ok(Some(at));
        }
        complete = true;
        before = at;
        at = end;
    }
    Ok(None)
}

impl Seen {
    /// Whether codec or size are still unknown, and not long since.
    fn wants_picture(&self) -> bool {
        (self.guessed.is_none() || self.size.is_none()) && self.video_packets < 64
    }
}
