//! Dahua's `.dav`: frames with a header and a trailer of their own.
//!
//! A file may begin with a prelude of 0x400 bytes, "DAHUA…". Each frame, little
//! endian (read in FFmpeg's `dhav.c` and GStreamer's `dmss`): "DHAV", type
//! (0xFD key picture, 0xFC picture, 0xF0 sound, 0xF1 other), subtype, channel
//! from 0, sub-number, u32 frame number, u32 length of all, u32 packed wall
//! clock, u16 milliseconds, u8 length of the extension, u8 checksum; extension;
//! payload; "dhav" and the length again.

use std::collections::BTreeMap;
use std::io;

use super::bytes::{array, le16, le32};
use super::shared::clock::Clock;
use super::shared::counter::Counter;
use super::shared::nal;
use super::shared::pictures::{self, Watch};
use super::shared::walker::{self, Found, Walker};
use super::{Contents, Format, Head, Job, Score};
use crate::recording::problem::Inconsistency;
use crate::recording::{Civil, Kind, Media, ProblemKind, Track};

/// Dahua.
pub static FORMAT: Format = Format {
    kind: Kind::Dhav,
    extensions: &["dav"],
    probe,
    read,
};

const HEADER: u64 = 24;
const TRAILER: u64 = 8;
const PRELUDE: u64 = 0x400;

/// Frames of a second and more apart by their wall clock are a hole.
const HOLE_SECONDS: u64 = 5;

fn probe(head: &Head<'_>) -> Score {
    match frame_start(head.bytes) || head.bytes.starts_with(b"DAHUA") {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

fn frame_start(bytes: &[u8]) -> bool {
    bytes.starts_with(b"DHAV") && matches!(bytes.get(4), Some(0xf0..=0xff))
}

/// A frame's header.
struct Frame {
    kind: u8,
    channel: u8,
    number: u32,
    length: u64,
    time: Option<Civil>,
    extension: usize,
}

impl Frame {
    fn parse(bytes: &[u8]) -> Option<Self> {
        if !frame_start(bytes) {
            return None;
        }
        Some(Self {
            kind: *bytes.get(4)?,
            channel: *bytes.get(6)?,
            number: le32(bytes, 8)?,
            length: u64::from(le32(bytes, 12)?),
            time: Civil::from_packed(le32(bytes, 16)?),
            extension: usize::from(*bytes.get(22)?),
        })
    }

    fn is_picture(&self) -> bool {
        matches!(self.kind, 0xfc..=0xfe)
    }
}

/// What the walk has seen.
struct Seen {
    clock: Clock,
    /// By channel and whether pictures.
    counters: BTreeMap<(u8, bool), Counter>,
    /// By channel: some number pictures and sound together.
    together: BTreeMap<u8, Counter>,
    channels: Vec<u8>,
    pictures: u64,
    codec: Option<&'static str>,
    size: Option<(u32, u32)>,
    sound: Option<&'static str>,
    watch: Watch,
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents {
        vendor: Some("大华".to_owned()),
        ..Contents::default()
    };
    let mut seen = Seen {
        clock: Clock::new(1, 1, HOLE_SECONDS),
        counters: BTreeMap::new(),
        together: BTreeMap::new(),
        channels: Vec::new(),
        pictures: 0,
        codec: None,
        size: None,
        sound: None,
        watch: Watch::default(),
    };
    let prelude = job.head.bytes.starts_with(b"DAHUA");
    let mut walker = Walker::new(job.source);
    let start = if prelude { PRELUDE } else { 0 };
    let stopped = walk(&mut walker, start, &mut seen, &mut contents)?;
    let mut partial = false;
    if let Some(middle) = stopped {
        partial = true;
        walker.turn_to_tail();
        for counter in seen.counters.values_mut().chain(seen.together.values_mut()) {
            counter.skip();
        }
        seen.watch.skip();
        let from = walker.tail_start().max(middle);
        match walker.search(from, &frame_start)? {
            Found::At { offset } => {
                contents.problem(ProblemKind::middle_not_read(offset - middle).at(middle));
                seen.clock.skip();
                walk(&mut walker, offset, &mut seen, &mut contents)?;
            }
            _ => drop(walker.mend(from, from, false, &frame_start, &mut contents)?),
        }
    }
    describe(&seen, partial, &mut contents);
    seen.watch.report(&mut contents);
    Ok(contents)
}

/// Walks frames from `at` on; the place where the bound was reached.
fn walk(walker: &mut Walker<'_>, mut at: u64, seen: &mut Seen, contents: &mut Contents) -> io::Result<Option<u64>> {
    let len = walker.len();
    let mut complete = false;
    while at < len {
        let bytes = walker.peek(at, 64)?;
        let parsed = Frame::parse(bytes);
        let short = bytes.len() < HEADER as usize;
        let zeroes = matches!(&parsed, Some(f) if payload_is_zero(f, bytes));
        if walker.spent() {
            return Ok(Some(at));
        }
        let Some(frame) = parsed else {
            let beginning = walker.peek(at, 4)?;
            if short && (b"DHAV".starts_with(beginning) || beginning == b"DHAV") {
                contents.problem(ProblemKind::Truncated { missing: None }.at(at));
                return Ok(None);
            }
            match walker.mend(at, at, complete, &frame_start, contents)? {
                Some(next) => at = next,
                None => return Ok(None),
            }
            continue;
        };
        let end = at.saturating_add(frame.length);
        let closed = frame.length >= HEADER + TRAILER && end <= len;
        let trailer = if closed {
            array::<8>(walker.peek(end - TRAILER, TRAILER as usize)?, 0)
        } else {
            None
        };
        if walker.spent() {
            return Ok(Some(at));
        }
        let fits = trailer.is_some_and(|t| t.starts_with(b"dhav") && le32(&t, 4).map(u64::from) == Some(frame.length));
        if !fits {
            let next_fits = closed && frame_start(walker.peek(end, HEADER as usize)?);
            if next_fits || (closed && end == len && trailer.is_some_and(|t| t.starts_with(b"dhav"))) {
                contents.problem(ProblemKind::IndexInconsistent(Inconsistency::LastFrame).at(end - TRAILER));
            } else if let Found::At { offset } = walker.search(at + 4, &frame_start)? {
                let problem = walker.gap(at, offset)?;
                contents.problem(problem);
                at = offset;
                continue;
            } else {
                if walker.spent() {
                    return Ok(Some(at));
                }
                cut(walker, at, end, contents)?;
                take(walker, at, &frame, seen)?;
                return Ok(None);
            }
        }
        if zeroes {
            let bytes = frame.length.saturating_sub(HEADER + TRAILER);
            contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(at + HEADER));
        }
        take(walker, at, &frame, seen)?;
        complete = true;
        at = end;
    }
    Ok(None)
}

/// The frame at `at` has no end: the rest is zeroes, or is not there.
fn cut(walker: &mut Walker<'_>, at: u64, end: u64, contents: &mut Contents) -> io::Result<()> {
    let len = walker.len();
    let tail = len.saturating_sub(4096).max(at + HEADER);
    if tail < len && super::bytes::zeroes_from(walker.source, tail, 4)? {
        let bytes = len - tail;
        contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(tail));
    }
    let missing = end.checked_sub(len).filter(|n| *n > 0);
    contents.problem(ProblemKind::Truncated { missing }.at(at));
    Ok(())
}

/// Whether a picture begins with zeroes where a start code should be.
fn payload_is_zero(frame: &Frame, bytes: &[u8]) -> bool {
    let from = HEADER as usize + frame.extension;
    let long = frame.length > walker::BLANK;
    let start = bytes.get(from..from + 8);
    frame.is_picture() && long && start.is_some_and(|s| s.iter().all(|b| *b == 0))
}

fn take(walker: &mut Walker<'_>, at: u64, frame: &Frame, seen: &mut Seen) -> io::Result<()> {
    if let Some(time) = frame.time {
        seen.clock.tick(time.seconds().unsigned_abs(), at);
    }
    if frame.kind == 0xf1 {
        return Ok(());
    }
    let class = (frame.channel, frame.is_picture());
    seen.counters.entry(class).or_default().take(frame.number, 1, at);
    seen.together
        .entry(frame.channel)
        .or_default()
        .take(frame.number, 1, at);
    if !seen.channels.contains(&frame.channel) {
        seen.channels.push(frame.channel);
    }
    if frame.is_picture() {
        seen.pictures += 1;
        seen.watch.size(frame.length);
        if walker.whole() {
            let from = HEADER + frame.extension as u64;
            let want = usize::try_from(frame.length.saturating_sub(from + TRAILER)).unwrap_or(usize::MAX);
            let payload = walker.peek(at + from, want.min(pictures::HEAD))?;
            seen.watch.look(payload, want as u64, at, None);
        }
    }
    let wanted = (frame.kind == 0xfd && seen.size.is_none()) || (frame.kind == 0xf0 && seen.sound.is_none());
    if wanted {
        let want = usize::try_from(frame.length).unwrap_or(usize::MAX).min(1024);
        let bytes = walker.peek(at, want)?;
        let extension = bytes.get(HEADER as usize..HEADER as usize + frame.extension);
        extensions(extension.unwrap_or_default(), seen);
        let payload = bytes.get(HEADER as usize + frame.extension..).unwrap_or_default();
        if frame.kind == 0xfd
            && let Some(codec) = nal::guess(payload)
        {
            seen.codec = seen.codec.or(Some(codec.id()));
            seen.size = seen.size.or_else(|| nal::size(codec, payload));
        }
    }
    Ok(())
}

/// Records behind the header: picture size, codec, sound.
fn extensions(mut bytes: &[u8], seen: &mut Seen) {
    while let Some(tag) = bytes.first() {
        let size = match tag {
            0x82 | 0x88 | 0x91 | 0x92 | 0x93 | 0x95 | 0x9a | 0x9b | 0xb3 => 8,
            0x80 | 0x81 | 0x83 | 0x84 | 0x85 | 0x8b | 0x94 | 0x96 | 0xa0 | 0xb2 | 0xb4 => 4,
            _ => return,
        };
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        match tag {
            0x80 if byte(2) > 0 => seen.size = Some((u32::from(byte(2)) * 8, u32::from(byte(3)) * 8)),
            0x81 => {
                seen.codec = match byte(2) {
                    1 => Some("mpeg4"),
                    3 => Some("mjpeg"),
                    2 | 4 | 8 => Some("h264"),
                    0x0c => Some("hevc"),
                    _ => seen.codec,
                }
            }
            0x82 => {
                let half = |at| le16(bytes, at).map_or(0, u32::from);
                seen.size = Some((half(4), half(6))).filter(|s| s.0 > 0).or(seen.size);
            }
            0x83 => {
                seen.sound = Some(match byte(2) {
                    7 => "pcm",
                    0x0a | 0x16 => "pcm-mulaw",
                    0x0e => "pcm-alaw",
                    0x1a => "aac",
                    _ => "?",
                });
            }
            _ => {}
        }
        bytes = bytes.get(size..).unwrap_or_default();
    }
}

fn describe(seen: &Seen, partial: bool, contents: &mut Contents) {
    seen.clock.report(contents);
    for (class, counter) in &seen.counters {
        if seen.together.get(&class.0).is_none_or(Counter::skips) {
            counter.report(contents);
        }
    }
    if seen.channels.len() > 1 {
        let channels = u32::try_from(seen.channels.len()).unwrap_or(u32::MAX);
        contents.problem(ProblemKind::MixedChannels { channels }.anywhere());
    }
    // Counted from 0 in the frames, from 1 by people.
    contents.channel = match seen.channels.as_slice() {
        [one] => Some((u32::from(*one) + 1).to_string()),
        _ => None,
    };
    let ms = seen.clock.milliseconds(None);
    contents.duration_ms = Some(ms);
    contents
        .recorded
        .extend(seen.clock.recorded(contents.channel.clone(), 0));
    if seen.pictures > 0 {
        let (width, height) = seen.size.unwrap_or((0, 0));
        contents.tracks.push(Track {
            media: Media::Video,
            codec: seen.codec.unwrap_or("?").to_owned(),
            width,
            height,
            samples: (!partial).then_some(seen.pictures),
            duration_ms: Some(ms),
        });
    } else if contents.problems.is_empty() {
        contents.problem(ProblemKind::NoData.anywhere());
    }
    if let Some(sound) = seen.sound {
        contents.tracks.push(Track {
            media: Media::Audio,
            codec: sound.to_owned(),
            width: 0,
            height: 0,
            samples: None,
            duration_ms: None,
        });
    }
}
