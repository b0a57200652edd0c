//! Memory-card clips of HiSilicon cameras (read in FFmpeg's `hxvs.c`; both
//! layouts confirmed on real files). Little endian.
//!
//! Head of 16 bytes: "HXVS" (H.264) or "HXVT" (H.265), u32 width, u32 height,
//! u32 0. Frames: "HXVF" or "HXAF", u32 length, u32 milliseconds, u32 flags
//! (1: key), payload. At the end "HXFI", u32 200000, u32 duration in
//! milliseconds, u32, and 25000 times u32 offset, u32 milliseconds.

use std::io;

use super::bytes::le32;
use super::shared::clock::{Clock, Unwrap};
use super::shared::pictures::{self, Watch};
use super::shared::walker::{BLANK, Found, Walker};
use super::{Contents, Format, Head, Job, Score};
use crate::recording::problem::Inconsistency;
use crate::recording::{Kind, Media, ProblemKind, Track};

/// HXVS and HXVT.
pub static FORMAT: Format = Format {
    kind: Kind::Hxvs,
    extensions: &["264", "265", "h264", "h265"],
    probe,
    read,
};

const HEAD: u64 = 16;
const FRAME: u64 = 16;
/// Index at the end, its head included.
const INDEX: u64 = 200_016;

fn probe(head: &Head<'_>) -> Score {
    match head.bytes.starts_with(b"HXVS") || head.bytes.starts_with(b"HXVT") {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

fn begins(b: &[u8]) -> bool {
    b.starts_with(b"HXVF") || b.starts_with(b"HXAF") || b.starts_with(b"HXFI")
}

struct Seen {
    pictures: Clock,
    unwrap: Unwrap,
    count: u64,
    first_key: bool,
    sound: bool,
    /// Duration that the index at the end tells.
    told: Option<u64>,
    watch: Watch,
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents {
        vendor: Some("海思".to_owned()),
        ..Contents::default()
    };
    let codec = if job.head.bytes.starts_with(b"HXVT") {
        "hevc"
    } else {
        "h264"
    };
    let plausible = |at| le32(job.head.bytes, at).filter(|n| *n <= 16_384).unwrap_or(0);
    let (width, height) = (plausible(4), plausible(8));
    let mut seen = Seen {
        pictures: Clock::new(1000, 0, 3000),
        unwrap: Unwrap::new(32),
        count: 0,
        first_key: true,
        sound: false,
        told: None,
        watch: Watch::default(),
    };
    let mut walker = Walker::new(job.source);
    let mut partial = false;
    if let Some(middle) = walk(&mut walker, HEAD, &mut seen, &mut contents)? {
        partial = true;
        walker.turn_to_tail();
        let from = walker.len().saturating_sub(INDEX + (1 << 19)).max(middle);
        match walker.search(from, &begins)? {
            Found::At { offset } => {
                contents.problem(ProblemKind::middle_not_read(offset - middle).at(middle));
                seen.pictures.skip();
                seen.watch.skip();
                walk(&mut walker, offset, &mut seen, &mut contents)?;
            }
            _ => drop(walker.mend(from, from, false, &begins, &mut contents)?),
        }
    }
    seen.pictures.report(&mut contents);
    std::mem::take(&mut seen.watch).report(&mut contents);
    let walked = seen.pictures.milliseconds(Some(seen.count));
    if let Some(told) = seen.told
        && told.abs_diff(walked) > 1000.max(walked / 100)
        && !partial
        && contents.problems.is_empty()
    {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Duration).anywhere());
    }
    let ms = seen.told.unwrap_or(walked);
    contents.duration_ms = Some(ms);
    if seen.count == 0 {
        contents.problem(ProblemKind::NoData.anywhere());
        return Ok(contents);
    }
    if !seen.first_key {
        contents.problem(ProblemKind::HeadMissing.at(HEAD));
    }
    contents.tracks.push(Track {
        media: Media::Video,
        codec: codec.to_owned(),
        width,
        height,
        samples: (!partial).then_some(seen.count),
        duration_ms: Some(ms),
    });
    if seen.sound {
        contents.tracks.push(Track {
            media: Media::Audio,
            codec: "?".to_owned(),
            width: 0,
            height: 0,
            samples: None,
            duration_ms: None,
        });
    }
    Ok(contents)
}

fn walk(walker: &mut Walker<'_>, mut at: u64, seen: &mut Seen, contents: &mut Contents) -> io::Result<Option<u64>> {
    let len = walker.len();
    let mut before = at;
    while at < len {
        let bytes = walker.peek(at, 24)?;
        let tag: Option<[u8; 4]> = super::bytes::array(bytes, 0);
        let fields = (le32(bytes, 4), le32(bytes, 8), le32(bytes, 12));
        let zeroes = bytes.get(16..24) == Some(&[0; 8]);
        if walker.spent() {
            return Ok(Some(at));
        }
        let (Some(tag), (Some(size), Some(ms), Some(flags))) = (tag, fields) else {
            contents.problem(ProblemKind::Truncated { missing: None }.at(at));
            return Ok(None);
        };
        if &tag == b"HXFI" {
            seen.told = Some(u64::from(ms)).filter(|ms| *ms > 0);
            let end = at + HEAD + u64::from(size);
            match end.cmp(&len) {
                std::cmp::Ordering::Greater => {
                    let missing = Some(end - len);
                    contents.problem(ProblemKind::Truncated { missing }.at(at));
                }
                std::cmp::Ordering::Less => drop(walker.mend(end, end, true, &|_| false, contents)?),
                std::cmp::Ordering::Equal => {}
            }
            return Ok(None);
        }
        if !begins(&tag) {
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
        let end = at + FRAME + u64::from(size);
        if end > len {
            if let Some(next) = walker.overrun(at, end, &begins, contents)? {
                at = next;
                continue;
            }
            return Ok(None);
        }
        if &tag == b"HXVF" {
            if seen.count == 0 {
                seen.first_key = flags & 1 == 1;
            }
            seen.count += 1;
            let now = seen.unwrap.take(u64::from(ms));
            seen.pictures.tick(now, at);
            seen.watch.size(u64::from(size));
            if walker.whole() {
                let payload = walker.peek(at + FRAME, (size as usize).min(pictures::HEAD))?;
                seen.watch.look(payload, u64::from(size), at, Some(now as i64));
            }
            if zeroes && u64::from(size) >= BLANK {
                let bytes = u64::from(size);
                contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(at + FRAME));
            }
        } else {
            seen.sound = true;
        }
        before = at;
        at = end;
    }
    // The index that every closed clip ends with is not there.
    contents.problem(ProblemKind::Truncated { missing: Some(INDEX) }.at(len));
    Ok(None)
}
