//! Xiongmai's `.h264`: frames with a short head, one behind the other.
//!
//! After `00 00 01` (the maker's frame document; go2rtc's `dvrip`): FC key
//! picture and FE still, 16 bytes: type, frames a second (low 5 bits), width/8,
//! height/8, u32 packed wall clock, u32 length; FD picture, 8 bytes: u32
//! length; FA sound, 8 bytes: codec, rate, u16 length; F9 text, 8 bytes: u16
//! length at 6. Little endian. Only key pictures tell the time.

use std::io;

use super::bytes::{le16, le32};
use super::shared::clock::Clock;
use super::shared::nal;
use super::shared::pictures::{self, Watch};
use super::shared::walker::{BLANK, Found, Walker};
use super::{Contents, Format, Head, Job, Score};
use crate::recording::{Civil, Kind, Media, ProblemKind, Track};

/// Xiongmai.
pub static FORMAT: Format = Format {
    kind: Kind::Xiongmai,
    extensions: &["h264", "h265", "264"],
    probe,
    read,
};

fn probe(head: &Head<'_>) -> Score {
    match start(head.bytes) {
        Some(frame) => {
            let next = frame.end.checked_add(0).and_then(|at| usize::try_from(at).ok());
            let next = next.and_then(|at| head.bytes.get(at..)).filter(|rest| rest.len() >= 4);
            match next {
                Some(rest) if !rest.starts_with(&[0, 0, 1]) => Score::GUESS,
                _ => Score(95),
            }
        }
        None => Score::NO,
    }
}

/// A frame's head; `end` counts from its first byte.
struct Frame {
    tag: u8,
    head: u64,
    end: u64,
    rate: u8,
    size: (u32, u32),
    time: Option<Civil>,
    codec: u8,
}

fn start(b: &[u8]) -> Option<Frame> {
    if !b.starts_with(&[0, 0, 1]) {
        return None;
    }
    let tag = *b.get(3)?;
    let (head, length) = match tag {
        0xfc | 0xfe => (16, u64::from(le32(b, 12)?)),
        0xfd => (8, u64::from(le32(b, 4)?)),
        0xfa | 0xf9 => (8, u64::from(le16(b, 6)?)),
        _ => return None,
    };
    let mut frame = Frame {
        tag,
        head,
        end: head + length,
        rate: 0,
        size: (0, 0),
        time: None,
        codec: *b.get(4)?,
    };
    if head == 16 {
        let wide = u32::from(frame.codec >> 4 & 3) << 8;
        let high = u32::from(frame.codec >> 6) << 8;
        frame.rate = *b.get(5)? & 31;
        frame.size = ((u32::from(*b.get(6)?) | wide) * 8, (u32::from(*b.get(7)?) | high) * 8);
        frame.time = Civil::from_packed(le32(b, 8)?);
        frame.time?;
    }
    Some(frame)
}

fn begins(b: &[u8]) -> bool {
    start(b).is_some_and(|f| f.tag == 0xfc)
}

struct Seen {
    wall: Clock,
    pictures: u64,
    since_key: u64,
    rate: u64,
    size: (u32, u32),
    codec: Option<&'static str>,
    sound: Option<u8>,
    watch: Watch,
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents {
        vendor: Some("雄迈".to_owned()),
        ..Contents::default()
    };
    let mut seen = Seen {
        wall: Clock::new(1, 1, 4),
        pictures: 0,
        since_key: 0,
        rate: 25,
        size: (0, 0),
        codec: None,
        sound: None,
        watch: Watch::default(),
    };
    let mut walker = Walker::new(job.source);
    let stopped = walk(&mut walker, 0, &mut seen, &mut contents)?;
    if let Some(middle) = stopped {
        walker.turn_to_tail();
        let from = walker.tail_start().max(middle);
        match walker.search(from, &begins)? {
            Found::At { offset } => {
                contents.problem(ProblemKind::middle_not_read(offset - middle).at(middle));
                seen.wall.skip();
                seen.watch.skip();
                walk(&mut walker, offset, &mut seen, &mut contents)?;
            }
            _ => drop(walker.mend(from, from, false, &begins, &mut contents)?),
        }
    }
    describe(&seen, stopped.is_some(), &mut contents);
    seen.watch.report(&mut contents);
    Ok(contents)
}

fn walk(walker: &mut Walker<'_>, mut at: u64, seen: &mut Seen, contents: &mut Contents) -> io::Result<Option<u64>> {
    let len = walker.len();
    let mut before = at;
    let mut complete = false;
    while at < len {
        let bytes = walker.peek(at, 32)?;
        let got = bytes.len() as u64;
        let parsed = start(bytes);
        let prefix = got < 16 && bytes.iter().zip([0, 0, 1, 0xff]).all(|(b, p)| *b == p || p == 0xff);
        let zeroes = parsed.as_ref().is_some_and(|f| {
            let from = f.head as usize;
            let picture = matches!(f.tag, 0xfc | 0xfd) && f.end >= BLANK;
            picture && bytes.get(from..from + 8).is_some_and(|p| p.iter().all(|b| *b == 0))
        });
        if walker.spent() {
            return Ok(Some(at));
        }
        let Some(frame) = parsed else {
            if prefix && bytes_left(walker, at)? {
                contents.problem(ProblemKind::Truncated { missing: None }.at(at));
                return Ok(None);
            }
            let from = if before < at { before + 4 } else { at };
            match walker.mend(from, at, complete, &begins, contents)? {
                Some(next) if next > before => {
                    before = next;
                    at = next;
                }
                _ => return Ok(None),
            }
            continue;
        };
        let end = at + frame.end;
        if end > len {
            if let Some(next) = walker.overrun(at, end, &begins, contents)? {
                at = next;
                continue;
            }
            take(walker, at, &frame, seen)?;
            return Ok(None);
        }
        if zeroes {
            let bytes = frame.end - frame.head;
            contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(at + frame.head));
        }
        take(walker, at, &frame, seen)?;
        complete = true;
        before = at;
        at = end;
    }
    Ok(None)
}

/// Whether the last few bytes are something.
fn bytes_left(walker: &mut Walker<'_>, at: u64) -> io::Result<bool> {
    Ok(walker.peek(at, 16)?.iter().any(|b| *b != 0))
}

fn take(walker: &mut Walker<'_>, at: u64, frame: &Frame, seen: &mut Seen) -> io::Result<()> {
    if matches!(frame.tag, 0xfc | 0xfd) {
        seen.watch.size(frame.end - frame.head);
        if walker.whole() {
            let want = usize::try_from(frame.end - frame.head).unwrap_or(usize::MAX);
            let payload = walker.peek(at + frame.head, want.min(pictures::HEAD))?;
            seen.watch.look(payload, want as u64, at, None);
        }
    }
    match frame.tag {
        0xfc => {
            if let Some(time) = frame.time {
                let passed = seen.since_key / seen.rate.max(1);
                seen.wall.tick_after(time.seconds().unsigned_abs(), at, passed);
            }
            seen.since_key = 1;
            seen.pictures += 1;
            if frame.rate > 0 {
                seen.rate = u64::from(frame.rate);
            }
            if seen.codec.is_none() {
                let told = match frame.codec & 15 {
                    1 => "mpeg4",
                    2 => "h264",
                    3 => "hevc",
                    _ => "?",
                };
                seen.size = frame.size;
                let payload = walker.peek(at + frame.head, 512)?;
                let codec = nal::guess(payload);
                seen.codec = Some(codec.map_or(told, nal::Codec::id));
                if let Some(size) = codec.and_then(|c| nal::size(c, payload)) {
                    seen.size = size;
                }
            }
        }
        0xfd => {
            seen.pictures += 1;
            seen.since_key += 1;
        }
        0xfa => seen.sound = Some(frame.codec),
        _ => {}
    }
    Ok(())
}

fn describe(seen: &Seen, partial: bool, contents: &mut Contents) {
    seen.wall.report(contents);
    let after = seen.since_key.saturating_sub(1) / seen.rate.max(1);
    let after_ms = seen.since_key * 1000 / seen.rate.max(1);
    let ms = seen.wall.milliseconds(None) + after_ms;
    contents.duration_ms = Some(ms);
    contents
        .recorded
        .extend(seen.wall.recorded(None, i64::try_from(after).unwrap_or(0)));
    if seen.pictures == 0 {
        if contents.problems.is_empty() {
            contents.problem(ProblemKind::NoData.anywhere());
        }
        return;
    }
    contents.tracks.push(Track {
        media: Media::Video,
        codec: seen.codec.unwrap_or("?").to_owned(),
        width: seen.size.0,
        height: seen.size.1,
        samples: (!partial).then_some(seen.pictures),
        duration_ms: Some(ms),
    });
    if let Some(codec) = seen.sound {
        contents.tracks.push(Track {
            media: Media::Audio,
            codec: if codec == 0x0e { "pcm-alaw" } else { "?" }.to_owned(),
            width: 0,
            height: 0,
            samples: None,
            duration_ms: None,
        });
    }
}
