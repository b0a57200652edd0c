//! Raw H.264 and H.265 (Annex B of each): pictures without any clock.

use std::io;

use super::shared::nal::{self, Codec};
use super::shared::walker::Walker;
use super::{Contents, Format, Head, Job, Score};
use crate::formats::bytes;
use crate::recording::{Kind, Media, ProblemKind, Track};

/// H.264.
pub static H264: Format = Format {
    kind: Kind::H264,
    extensions: &["h264", "264", "avc"],
    probe: |head| probe(head, Codec::H264),
    read: |job| read(job, Codec::H264),
};

/// H.265.
pub static H265: Format = Format {
    kind: Kind::H265,
    extensions: &["h265", "265", "hevc"],
    probe: |head| probe(head, Codec::H265),
    read: |job| read(job, Codec::H265),
};

fn probe(head: &Head<'_>, codec: Codec) -> Score {
    let starts = head.bytes.starts_with(&[0, 0, 0, 1]) || head.bytes.starts_with(&[0, 0, 1]);
    match starts && nal::guess(head.bytes) == Some(codec) {
        true => Score(50),
        false => Score::NO,
    }
}

fn read(job: &mut Job<'_>, codec: Codec) -> io::Result<Contents> {
    const PIECE: u64 = 1 << 18;
    let mut contents = Contents::default();
    let mut walker = Walker::new(job.source);
    let len = walker.len();
    let until = if walker.whole() { len } else { 1 << 20 };
    let (mut pictures, mut size, mut at) = (0_u64, None, 0);
    let (mut zero_from, mut zeroes) = (0, 0_u64);
    while at < until {
        // Pieces overlap so that no start code and first byte is cut.
        let piece = walker.peek(at, (PIECE + 8) as usize)?;
        if piece.is_empty() {
            break;
        }
        if size.is_none() {
            size = nal::size(codec, piece);
        }
        let own = usize::try_from(PIECE).unwrap_or(usize::MAX);
        pictures += nal::units(piece)
            .filter(|(from, unit)| *from < own + 3 && *from >= 3 && first_slice(codec, unit))
            .count() as u64;
        for (n, block) in piece
            .get(..own.min(piece.len()))
            .unwrap_or_default()
            .chunks(4096)
            .enumerate()
        {
            if block.iter().any(|b| *b != 0) {
                told(&mut contents, zero_from, zeroes);
                zeroes = 0;
                continue;
            }
            if zeroes == 0 {
                zero_from = at + n as u64 * 4096;
            }
            zeroes += block.len() as u64;
        }
        at += PIECE;
    }
    told(&mut contents, zero_from, zeroes);
    if until < len {
        contents.problem(ProblemKind::MiddleNotRead { bytes: len - until }.at(until));
        let tail = len - (1 << 16);
        if bytes::zeroes_from(walker.source, tail, 8)? {
            contents.problem(
                ProblemKind::ZeroFilled {
                    bytes: len - tail,
                    whole: false,
                }
                .at(tail),
            );
        }
    }
    if size.is_none() {
        contents.problem(ProblemKind::HeadMissing.at(0));
    }
    contents.problem(ProblemKind::NoClock.anywhere());
    let (width, height) = size.unwrap_or((0, 0));
    contents.tracks.push(Track {
        media: Media::Video,
        codec: codec.id().to_owned(),
        width,
        height,
        samples: (until == len).then_some(pictures),
        duration_ms: None,
    });
    Ok(contents)
}

/// Whole blocks of zeroes cannot be: emulation prevention forbids three.
fn told(contents: &mut Contents, from: u64, bytes: u64) {
    if bytes >= 8192 {
        contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(from));
    }
}

/// Whether a unit begins a picture: a slice whose first block is the first.
fn first_slice(codec: Codec, unit: &[u8]) -> bool {
    match (codec, unit) {
        (Codec::H264, [head, slice, ..]) => matches!(head & 0x1f, 1 | 5) && slice & 0x80 != 0,
        (Codec::H265, [head, _, slice, ..]) => head >> 1 & 0x3f < 32 && slice & 0x80 != 0,
        _ => false,
    }
}
