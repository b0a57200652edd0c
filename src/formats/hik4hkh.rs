//! Hikvision's own file of older recorders: "4HKH", groups, a fixed trailer.
//!
//! Little endian, as measured on real recordings. Header of 40 bytes: picture
//! size at 28 (or 0x1001…0x1008, a number for the size). Groups: u32 1, frame
//! number, clock of 1/64 s, 0x1000 picture or 0x1001 sound, 0x1000 + blocks,
//! u16 width, u16 height, mode (0x1001 I, 0x1005 P B B), 0x1000 + frames a
//! second, 12 bytes, packed wall clock, then blocks of 20 bytes with the
//! payload's length at 16. Sound and pictures have clocks of their own.

use std::io;

use super::bytes::{le16, le32};
use super::shared::clock::{Clock, Unwrap};
use super::shared::counter::Counter;
use super::shared::nal;
use super::shared::sketch::Sketch;
use super::shared::walker::{BLANK, Found, Walker};
use super::{Contents, Format, Head, Job, Score};
use crate::recording::{Civil, Kind, Media, ProblemKind, Track};

/// 4HKH.
pub static FORMAT: Format = Format {
    kind: Kind::Hik4hkh,
    extensions: &["264", "mp4", "hik", "h264"],
    probe,
    read,
};

const FILE_HEADER: u64 = 40;
const GROUP: usize = 48;
const BLOCK: u64 = 20;

/// What a file that was closed ends with.
const TRAILER: [u8; 20] = [
    0, 0, 0, 0, 0xbd, 0x6e, 0x72, 0xe4, 0x06, 0x27, 0x90, 0x4c, 0x86, 0xd4, 0xa9, 0xf5, 0xfa, 0xdf, 0x42, 0x8f,
];

/// Picture sizes by number.
const SIZES: [(u32, u32); 8] = [
    (352, 240),
    (176, 128),
    (704, 480),
    (704, 240),
    (96, 64),
    (320, 240),
    (160, 128),
    (528, 320),
];

fn probe(head: &Head<'_>) -> Score {
    match head.bytes.starts_with(b"4HKH") {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

/// A group's header.
struct Group {
    number: u32,
    ticks: u32,
    picture: bool,
    blocks: u32,
    time: Option<Civil>,
    rate: u32,
}

fn group_start(bytes: &[u8]) -> bool {
    Group::parse(bytes).is_some()
}

impl Group {
    fn parse(b: &[u8]) -> Option<Self> {
        let kind = le32(b, 12)?;
        let blocks = le32(b, 16)?.checked_sub(0x1000)?;
        let fits = le32(b, 0)? == 1 && matches!(kind, 0x1000 | 0x1001) && (1..=64).contains(&blocks);
        if !fits || le32(b, 24)? >> 12 != 1 {
            return None;
        }
        Some(Self {
            number: le32(b, 4)?,
            ticks: le32(b, 8)?,
            picture: kind == 0x1000,
            blocks,
            rate: le32(b, 28)?.wrapping_sub(0x1000),
            time: Civil::from_packed(le32(b, 44)?),
        })
    }
}

struct Seen {
    wall: Clock,
    pictures: Clock,
    unwrap: Unwrap,
    sound: Clock,
    sound_unwrap: Unwrap,
    frames: Counter,
    /// Frames of the last picture group: what the next number steps by.
    step: u32,
    count: u64,
    rate: u32,
    codec: Option<&'static str>,
    sketch: Sketch,
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents {
        vendor: Some("海康威视".to_owned()),
        ..Contents::default()
    };
    let size = picture_size(job.head.bytes);
    let mut seen = Seen {
        wall: Clock::new(1, 1, 5),
        pictures: Clock::new(64, 0, 128),
        unwrap: Unwrap::new(32),
        sound: Clock::new(64, 16, 320),
        sound_unwrap: Unwrap::new(32),
        frames: Counter::default(),
        step: 1,
        count: 0,
        rate: 25,
        codec: None,
        sketch: Sketch::default(),
    };
    let mut walker = Walker::new(job.source);
    let stopped = walk(&mut walker, FILE_HEADER, &mut seen, &mut contents)?;
    if let Some(middle) = stopped {
        walker.turn_to_tail();
        seen.frames.skip();
        seen.sketch.skip();
        let from = walker.tail_start().max(middle);
        match walker.search(from, &group_start)? {
            Found::At { offset } => {
                contents.problem(ProblemKind::middle_not_read(offset - middle).at(middle));
                seen.wall.skip();
                seen.pictures.skip();
                seen.sound.skip();
                walk(&mut walker, offset, &mut seen, &mut contents)?;
            }
            _ => drop(walker.mend(from, from, false, &group_start, &mut contents)?),
        }
    }
    describe(&seen, size, stopped.is_some(), &mut contents);
    contents.sketch = seen.sketch.finish();
    Ok(contents)
}

fn picture_size(head: &[u8]) -> (u32, u32) {
    let (width, height) = (le16(head, 28).unwrap_or(0), le16(head, 30).unwrap_or(0));
    match width {
        0x1001..=0x1008 => SIZES.get(usize::from(width - 0x1001)).copied().unwrap_or((0, 0)),
        _ => (u32::from(width), u32::from(height)),
    }
}

/// Walks groups from `at` on; the place where the bound was reached.
fn walk(walker: &mut Walker<'_>, mut at: u64, seen: &mut Seen, contents: &mut Contents) -> io::Result<Option<u64>> {
    let len = walker.len();
    let mut closed = false;
    let mut before = at;
    while at < len {
        let bytes = walker.peek(at, GROUP)?;
        if bytes == TRAILER || bytes.starts_with(&TRAILER) {
            closed = true;
            at += TRAILER.len() as u64;
            if at < len {
                walker.mend(at, at, true, &|_| false, contents)?;
            }
            break;
        }
        let parsed = Group::parse(bytes);
        let short = bytes.len() < GROUP && bytes.iter().any(|b| *b != 0);
        if walker.spent() {
            return Ok(Some(at));
        }
        let Some(group) = parsed else {
            if short {
                contents.problem(ProblemKind::Truncated { missing: None }.at(at));
                return Ok(None);
            }
            // The length of the group before may be what is wrong.
            let from = if before < at { before + 4 } else { at };
            match walker.mend(from, at, false, &group_start, contents)? {
                Some(next) if next > before => {
                    before = next;
                    at = next;
                    seen.frames.skip();
                }
                _ => return Ok(None),
            }
            continue;
        };
        match blocks(walker, at, &group, seen, contents)? {
            Blocks::End(end) => {
                take(at, &group, seen);
                before = at;
                at = end;
            }
            Blocks::Spent => return Ok(Some(at)),
            Blocks::Past(missing) => {
                if let Found::At { offset } = walker.search(at + 4, &group_start)? {
                    let problem = walker.gap(at, offset)?;
                    contents.problem(problem);
                    seen.frames.skip();
                    at = offset;
                    continue;
                }
                take(at, &group, seen);
                contents.problem(ProblemKind::Truncated { missing: Some(missing) }.at(at));
                return Ok(None);
            }
        }
    }
    if !closed {
        // Ends between two groups: the rest and the trailer are missing.
        contents.problem(ProblemKind::Truncated { missing: None }.at(len));
    }
    Ok(None)
}

enum Blocks {
    End(u64),
    Past(u64),
    Spent,
}

/// Steps over the blocks of a group.
fn blocks(
    walker: &mut Walker<'_>,
    group_at: u64,
    group: &Group,
    seen: &mut Seen,
    contents: &mut Contents,
) -> io::Result<Blocks> {
    let len = walker.len();
    let mut at = group_at + GROUP as u64;
    for _ in 0..group.blocks {
        let bytes = walker.peek(at, 36)?;
        let size = le32(bytes, 16).map(u64::from);
        let start: Option<[u8; 8]> = super::bytes::array(bytes, 20);
        if walker.spent() {
            return Ok(Blocks::Spent);
        }
        let Some(size) = size else {
            return Ok(Blocks::Past((at + BLOCK).saturating_sub(len).max(1)));
        };
        let end = at + BLOCK + size;
        if end > len {
            return Ok(Blocks::Past(end - len));
        }
        if group.picture && size >= BLANK && start == Some([0; 8]) {
            contents.problem(
                ProblemKind::ZeroFilled {
                    bytes: size,
                    whole: false,
                }
                .at(at + BLOCK),
            );
        }
        if group.picture {
            seen.sketch.take(size);
        }
        if group.picture && seen.codec.is_none() {
            let head = walker.peek(at + BLOCK, 256)?;
            seen.codec = nal::guess(head).map(nal::Codec::id);
            walker.peek(at, 1)?;
        }
        at = end;
    }
    Ok(Blocks::End(at))
}

fn take(at: u64, group: &Group, seen: &mut Seen) {
    if group.picture {
        seen.pictures.tick(seen.unwrap.take(u64::from(group.ticks)), at);
        if let Some(time) = group.time {
            seen.wall.tick(time.seconds().unsigned_abs(), at);
        }
        // A number steps by 1 behind an I and by 3 behind P B B.
        seen.frames.take(group.number, seen.step.max(group.blocks), at);
        seen.step = group.blocks;
        seen.count += u64::from(group.blocks);
        if (1..=120).contains(&group.rate) {
            seen.rate = group.rate;
        }
    } else {
        seen.sound.tick(seen.sound_unwrap.take(u64::from(group.ticks)), at);
    }
}

fn describe(seen: &Seen, size: (u32, u32), partial: bool, contents: &mut Contents) {
    seen.wall.report(contents);
    // The same hole shows in both clocks: told once.
    if !seen.wall.disturbed() {
        seen.pictures.report(contents);
    }
    seen.frames.report(contents);
    let ms = if partial {
        seen.wall.milliseconds(None)
    } else {
        seen.pictures.milliseconds(None) + u64::from(seen.step) * 1000 / u64::from(seen.rate)
    };
    contents.duration_ms = Some(if seen.count == 0 { 0 } else { ms });
    contents.recorded.extend(seen.wall.recorded(None, 0));
    if seen.count == 0 {
        contents.problem(ProblemKind::NoData.anywhere());
        return;
    }
    contents.tracks.push(Track {
        media: Media::Video,
        codec: seen.codec.unwrap_or("hik").to_owned(),
        width: size.0,
        height: size.1,
        samples: (!partial).then_some(seen.count),
        duration_ms: contents.duration_ms,
    });
    if seen.sound.last().is_some() {
        contents.tracks.push(Track {
            media: Media::Audio,
            codec: "?".to_owned(),
            width: 0,
            height: 0,
            samples: None,
            duration_ms: None,
        });
    }
}
