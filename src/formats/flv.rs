//! Flash video (Adobe's specification 10.1, annex E): tags, each followed by
//! its own length.

use std::io;

use super::bytes::{array, be32};
use super::shared::clock::Clock;
use super::shared::nal::{self, Codec};
use super::shared::pictures::{self, Watch};
use super::shared::walker::{BLANK, Found, Walker};
use super::{Contents, Format, Job, Score};
use crate::recording::problem::Inconsistency;
use crate::recording::{Kind, Media, ProblemKind, Track};

/// FLV.
pub static FORMAT: Format = Format {
    kind: Kind::Flv,
    extensions: &["flv"],
    probe: |head| match head.bytes.starts_with(b"FLV\x01") {
        true => Score::MAGIC,
        false => Score::NO,
    },
    read,
};

/// Bytes of a tag's head.
pub const TAG: u64 = 11;

struct Seen {
    clock: Clock,
    sound: Clock,
    pictures: u64,
    sounds: u64,
    codec: Option<&'static str>,
    sound_codec: Option<&'static str>,
    told_ms: Option<u64>,
    /// Told by the metadata.
    size: (u32, u32),
    /// Told by the pictures' own parameters.
    coded: Option<(u32, u32)>,
    tool: Option<String>,
    encrypted: bool,
    watch: Watch,
}

/// Whether a tag begins, by its head.
pub fn begins(b: &[u8]) -> bool {
    // Type, then a stream number that is always zero.
    matches!(b.first(), Some(8 | 9 | 18)) && b.get(8..11) == Some(&[0; 3]) && b.get(1) < Some(&0x40)
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let mut seen = Seen {
        clock: Clock::new(1000, 0, 3000),
        sound: Clock::new(1000, 0, 3000),
        pictures: 0,
        sounds: 0,
        codec: None,
        sound_codec: None,
        told_ms: None,
        size: (0, 0),
        coded: None,
        tool: None,
        encrypted: false,
        watch: Watch::default(),
    };
    let start = be32(job.head.bytes, 5).map_or(9, |n| u64::from(n).clamp(9, 64)) + 4;
    let mut walker = Walker::new(job.source);
    let stopped = walk(&mut walker, start, &mut seen, &mut contents)?;
    if let Some(middle) = stopped {
        walker.turn_to_tail();
        seen.clock.skip();
        seen.sound.skip();
        seen.watch.skip();
        // The last four bytes tell the length of the last tag.
        let len = walker.len();
        let last = be32(walker.peek(len - 4, 4)?, 0).map_or(0, u64::from);
        let tag = len.checked_sub(last + 4).filter(|at| *at >= middle);
        contents.problem(ProblemKind::middle_not_read(len - middle).at(middle));
        match tag {
            Some(at) if last >= TAG && begins(walker.peek(at, 11)?) => {
                walk(&mut walker, at, &mut seen, &mut contents)?;
            }
            _ => contents.problem(ProblemKind::Truncated { missing: None }.at(len)),
        }
    }
    describe(&seen, stopped.is_some(), &mut contents);
    seen.watch.report(&mut contents);
    Ok(contents)
}

fn walk(walker: &mut Walker<'_>, mut at: u64, seen: &mut Seen, contents: &mut Contents) -> io::Result<Option<u64>> {
    let len = walker.len();
    let mut before = at;
    while at < len {
        let bytes = walker.peek(at, 24)?;
        let head: Option<[u8; 11]> = array(bytes, 0);
        let body: Option<[u8; 2]> = array(bytes, 11);
        let good = begins(bytes) || bytes.first() == Some(&0x29);
        let zeroes = bytes.get(11..24) == Some(&[0; 13]);
        if walker.spent() {
            return Ok(Some(at));
        }
        let Some(head) = head else {
            contents.problem(ProblemKind::Truncated { missing: None }.at(at));
            return Ok(None);
        };
        let [kind, a, b, c, t1, t2, t3, t0, ..] = head;
        if !good {
            let from = if before < at { before + 4 } else { at };
            match walker.mend(from, at, false, &begins, contents)? {
                Some(next) if next > before => {
                    before = next;
                    at = next;
                }
                _ => return Ok(None),
            }
            continue;
        }
        let size = u64::from(u32::from_be_bytes([0, a, b, c]));
        let ms = u64::from(u32::from_be_bytes([t0, t1, t2, t3]));
        let end = at + TAG + size + 4;
        if end > len {
            contents.problem(
                ProblemKind::Truncated {
                    missing: Some(end - len),
                }
                .at(at),
            );
            return Ok(None);
        }
        let told = be32(walker.peek(end - 4, 4)?, 0);
        if walker.spent() {
            return Ok(Some(at));
        }
        if told.map(u64::from) != Some(TAG + size) {
            let follows = end == len || begins(walker.peek(end, 16)?);
            // Some writers leave it zero, or the length without the head.
            let lax = matches!(told.map(u64::from), Some(0)) || told.map(u64::from) == Some(size);
            if follows && !lax {
                contents.problem(ProblemKind::IndexInconsistent(Inconsistency::LastFrame).at(end - 4));
            } else if !follows {
                match walker.search(at + 4, &begins)? {
                    Found::At { offset } => {
                        let problem = walker.gap(at, offset)?;
                        contents.problem(problem);
                        before = at;
                        at = offset;
                        continue;
                    }
                    _ => {
                        walker.mend(at, at, false, &|_| false, contents)?;
                        return Ok(None);
                    }
                }
            }
        }
        match kind {
            9 => {
                if zeroes && size >= BLANK {
                    contents.problem(
                        ProblemKind::ZeroFilled {
                            bytes: size,
                            whole: false,
                        }
                        .at(at + TAG),
                    );
                }
                picture(seen, body, ms, at);
                // Codec, sort of packet, shift of the time shown; then units.
                let units = at + TAG + 5;
                if let Some([first, sort]) = body
                    && let Some(codec) = [(7, Codec::H264), (12, Codec::H265)]
                        .into_iter()
                        .find(|c| c.0 == first & 15)
                    && size > 5
                {
                    let want = usize::try_from(size - 5).unwrap_or(usize::MAX);
                    let shift: Option<[u8; 3]> = array(walker.peek(at + TAG + 2, 3)?, 0);
                    let shift = shift.map_or(0, |[a, b, c]| i64::from(i32::from_be_bytes([a, b, c, 0]) >> 8));
                    if sort == 0 {
                        let config = walker.peek(units, want.min(4096))?;
                        let sets = pictures::parameter_sets(codec.1, config);
                        seen.coded = sets
                            .into_iter()
                            .flatten()
                            .find_map(|unit| nal::unit_size(codec.1, unit))
                            .or(seen.coded);
                        seen.watch.configure(codec.1, config);
                    } else if walker.whole() {
                        let head = walker.peek(units, want.min(pictures::HEAD))?;
                        seen.watch.look(head, want as u64, at, Some(ms as i64 + shift));
                    }
                }
                if body.is_some_and(|[first, sort]| !matches!(first & 15, 7 | 12) || sort == 1) {
                    seen.watch.size(size);
                }
            }
            // The decoder's parameters are no sound.
            8 if body.is_some_and(|[first, sort]| first >> 4 == 10 && sort == 0) => {}
            8 => {
                seen.sounds += 1;
                seen.sound.tick(ms, at);
                seen.sound_codec = body.map(|b| sound(b[0] >> 4));
            }
            18 if seen.told_ms.is_none() => {
                let want = usize::try_from(size).unwrap_or(usize::MAX).min(4096);
                let script = walker.peek(at + TAG, want)?;
                metadata(script, seen);
            }
            // With the filter bit: encrypted by a program for rights.
            0x28..=0x32 => seen.encrypted = true,
            _ => {}
        }
        before = at;
        at = end;
    }
    Ok(None)
}

fn picture(seen: &mut Seen, body: Option<[u8; 2]>, ms: u64, at: u64) {
    let Some([first, second]) = body else { return };
    let codec = match first & 15 {
        2 => "h263",
        4 => "vp6",
        7 => "h264",
        12 => "hevc",
        _ => "?",
    };
    seen.codec = seen.codec.or(Some(codec));
    // The decoder's parameters and the end mark are no pictures.
    if matches!(first & 15, 7 | 12) && second != 1 {
        return;
    }
    seen.pictures += 1;
    seen.clock.tick(ms, at);
}

fn sound(format: u8) -> &'static str {
    match format {
        2 | 14 => "mp3",
        7 => "pcm-alaw",
        8 => "pcm-mulaw",
        10 => "aac",
        11 => "speex",
        _ => "pcm",
    }
}

/// Numbers and the writer's name in `onMetaData` (AMF 0: name with its
/// length, then 0 and eight bytes, or 2 and a text).
fn metadata(script: &[u8], seen: &mut Seen) {
    let number = |name: &[u8]| {
        let at = script.windows(name.len()).position(|w| w == name)? + name.len();
        let value = f64::from_be_bytes(array(script, at + 1)?);
        (script.get(at) == Some(&0) && value.is_finite() && (0.0..1e9).contains(&value)).then_some(value)
    };
    seen.told_ms = number(b"\0\x08duration").map(|s| (s * 1000.0) as u64);
    let whole = |name: &[u8]| number(name).filter(|n| *n <= 16_384.0).map_or(0, |n| n as u32);
    seen.size = (whole(b"\0\x05width"), whole(b"\0\x06height"));
    if let Some(at) = script.windows(9).position(|w| w == b"\0\x07encoder")
        && script.get(at + 9) == Some(&2)
        && let Some(len) = super::bytes::be16(script, at + 10)
        && let Some(text) = script.get(at + 12..at + 12 + usize::from(len))
    {
        seen.tool = Some(String::from_utf8_lossy(text).into_owned());
    }
}

fn describe(seen: &Seen, partial: bool, contents: &mut Contents) {
    seen.clock.report(contents);
    seen.sound.report(contents);
    let ms = seen
        .clock
        .milliseconds(Some(seen.pictures))
        .max(seen.sound.milliseconds(Some(seen.sounds)));
    contents.duration_ms = Some(ms);
    let whole = contents
        .problems
        .iter()
        .all(|p| p.kind.verdict() == crate::recording::problem::FileVerdict::Sound);
    if let Some(told) = seen.told_ms.filter(|told| *told > 0)
        && whole
        && told.abs_diff(ms) > 2000.max(ms / 100)
    {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Duration).anywhere());
    }
    if let Some(tool) = seen.tool.clone().filter(|t| t.contains("Lav")) {
        contents.problem(ProblemKind::ReEncoded { tool }.anywhere());
    }
    if seen.encrypted {
        contents.problem(ProblemKind::Encrypted.anywhere());
    }
    if seen.pictures > 0 {
        let (width, height) = seen.coded.unwrap_or(seen.size);
        contents.tracks.push(Track {
            media: Media::Video,
            codec: seen.codec.unwrap_or("?").to_owned(),
            width,
            height,
            samples: (!partial).then_some(seen.pictures),
            duration_ms: Some(seen.clock.milliseconds(Some(seen.pictures))),
        });
    }
    if seen.sounds > 0 {
        contents.tracks.push(Track {
            media: Media::Audio,
            codec: seen.sound_codec.unwrap_or("?").to_owned(),
            width: 0,
            height: 0,
            samples: (!partial).then_some(seen.sounds),
            duration_ms: Some(seen.sound.milliseconds(Some(seen.sounds))),
        });
    }
    if seen.pictures + seen.sounds == 0 && contents.problems.is_empty() {
        contents.problem(ProblemKind::NoData.anywhere());
    }
}
