//! MPEG program streams (ISO/IEC 13818-1 §2.5): downloads by GB/T 28181, and
//! what Hikvision calls `.mp4` — with its header of 40 bytes ("IMKH"), or
//! without, as the pre-allocated `hivNNNNN.mp4` of memory cards.

mod psm;
mod walk;

use std::io;

use self::walk::Seen;
use super::bytes::{self, le16};
use super::shared::walker::{Found, Walker};
use super::{Contents, Format, Head, Job, Score};
use crate::recording::problem::Content;
use crate::recording::{Kind, Media, ProblemKind, Track};

pub use self::psm::{Map, parse as parse_map, stream as stream_type};
pub use self::walk::{mpeg1_header, pack};

/// Any program stream.
pub static FORMAT: Format = Format {
    kind: Kind::MpegPs,
    extensions: &["ps", "mpg", "mpeg", "vob", "dat"],
    probe: |head| match plain(head) {
        true => Score::MAGIC,
        false => Score::NO,
    },
    read,
};

/// Of Hikvision, which gives it the extension of another format.
pub static HIKVISION: Format = Format {
    kind: Kind::MpegPs,
    extensions: &["mp4", "ps", "mpg", "mpeg"],
    probe: |head| match hikvision(head) {
        true => Score::MAGIC,
        false => Score::NO,
    },
    read,
};

/// Bytes of Hikvision's header (`HIK_MEDIAINFO`).
pub const HIKVISION_HEADER: u64 = 40;

fn plain(head: &Head<'_>) -> bool {
    head.bytes.starts_with(&[0, 0, 1, 0xba]) && matches!(head.bytes.get(4), Some(0x21..=0x2f | 0x40..=0x7f))
}

fn hikvision(head: &Head<'_>) -> bool {
    if head.bytes.starts_with(b"IMKH") {
        return true;
    }
    let maps = |b: &[u8]| b.windows(4).any(|w| w == [0, 0, 1, 0xbc]) && b.windows(4).any(|w| w == b"\x40\x0eHK");
    plain(head) && (card_file(head.path) || maps(head.bytes.get(..512).unwrap_or(head.bytes)))
}

/// `hivNNNNN.mp4`: recordings one behind the other in reserved space, old ones
/// behind the newest.
fn card_file(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_ascii_lowercase();
    let digits = name.strip_prefix("hiv").and_then(|n| n.strip_suffix(".mp4"));
    digits.is_some_and(|d| d.len() == 5 && d.bytes().all(|b| b.is_ascii_digit()))
}

/// Bytes behind the header that show whether the whole is ciphertext.
const CIPHERED: usize = 1 << 20;

/// No pack, and every byte about as often as every other: plain streams have
/// packs every few KiB, and what overwrote them is seldom as even.
fn ciphered(bytes: &[u8]) -> bool {
    const LEAST: usize = 64 << 10;
    let mut counts = [0_usize; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let mean = bytes.len() / counts.len();
    let even = counts.iter().all(|count| count.abs_diff(mean) < mean / 2);
    bytes.len() >= LEAST && even && !bytes.windows(5).any(walk::pack_start)
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let mut seen = Seen::default();
    let mut start = 0;
    let card = card_file(job.head.path);
    if job.head.bytes.starts_with(b"IMKH") {
        contents.vendor = Some("海康威视".to_owned());
        start = HIKVISION_HEADER;
        seen.told_video = match le16(job.head.bytes, 10) {
            Some(1 | 0x100) => Some("h264"),
            Some(3) => Some("mpeg4"),
            Some(4) => Some("mjpeg"),
            Some(5) => Some("hevc"),
            Some(6 | 7) => Some("svac"),
            _ => None,
        };
        let follows = job.head.bytes.get(HIKVISION_HEADER as usize..).unwrap_or_default();
        if follows.is_empty() {
            contents.problem(ProblemKind::Truncated { missing: None }.at(job.head.size));
            return Ok(contents);
        }
        // System formats other than PS are other containers inside.
        let system = le16(job.head.bytes, 8);
        let zeroes = follows.iter().all(|b| *b == 0);
        if !walk::pack_start(follows) && !zeroes && system != Some(2) {
            contents.problem(ProblemKind::NotChecked(Content::Recording).at(HIKVISION_HEADER));
            return Ok(contents);
        }
        if !walk::pack_start(follows) && !zeroes {
            let beginning = bytes::read(job.source, HIKVISION_HEADER, CIPHERED)?;
            if ciphered(&beginning) {
                contents.problem(ProblemKind::Ciphered.at(HIKVISION_HEADER));
                return Ok(contents);
            }
        }
    }
    let mut walker = Walker::new(job.source);
    seen.counts = walker.whole();
    let stopped = walk::walk(&mut walker, start, &mut seen, &mut contents)?;
    if let Some(middle) = stopped {
        walker.turn_to_tail();
        let from = walker.tail_start().max(middle);
        match walker.search(from, &walk::pack_start)? {
            Found::At { offset } => {
                contents.problem(ProblemKind::middle_not_read(offset - middle).at(middle));
                seen.skip(card);
                walk::walk(&mut walker, offset, &mut seen, &mut contents)?;
            }
            _ => drop(walker.mend(from, from, true, &walk::pack_start, &mut contents)?),
        }
    }
    if card {
        // Reserved space, and old recordings that newer ones cut into.
        let reserved = walker.len().is_multiple_of(1 << 20);
        contents.problems.retain(|p| match p.kind {
            ProblemKind::ZeroPadding { .. } | ProblemKind::TrailingData { .. } | ProblemKind::Garbled { .. } => false,
            ProblemKind::Truncated { .. } | ProblemKind::ZeroFilled { .. } => !reserved || !seen.any(),
            _ => true,
        });
    }
    describe(&seen, card, stopped.is_some(), &mut contents);
    if !card {
        seen.watch.report(&mut contents);
    }
    Ok(contents)
}

fn describe(seen: &Seen, card: bool, partial: bool, contents: &mut Contents) {
    if seen.hikvision || card {
        contents.vendor = Some("海康威视".to_owned());
    }
    if !card {
        seen.report(contents);
    }
    if seen.encrypted {
        contents.problem(ProblemKind::Encrypted.anywhere());
    }
    let ms = seen.milliseconds(partial);
    contents.duration_ms = Some(ms);
    contents.recorded.extend(seen.wall.recorded(None, seen.after_wall()));
    let video = seen.video();
    if let Some(codec) = video {
        let (width, height) = seen.size.unwrap_or((0, 0));
        contents.tracks.push(Track {
            media: Media::Video,
            codec: codec.to_owned(),
            width,
            height,
            samples: Some(seen.pictures.max(seen.coded)).filter(|pictures| !partial && *pictures > 0),
            duration_ms: Some(ms),
        });
    } else if contents.problems.is_empty() {
        contents.problem(ProblemKind::NoData.anywhere());
    }
    if seen.sound_packets > 0 {
        contents.tracks.push(Track {
            media: Media::Audio,
            codec: seen.told(Media::Audio).unwrap_or("?").to_owned(),
            width: 0,
            height: 0,
            samples: None,
            duration_ms: None,
        });
    }
}
