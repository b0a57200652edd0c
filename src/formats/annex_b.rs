//! Raw H.264 and H.265 (Annex B of each): pictures without any clock.

use std::io;

use super::shared::nal::{self, Codec};
use super::shared::pictures::{HEAD, Pictures};
use super::shared::sketch::Sketch;
use super::shared::walker::Walker;
use super::shared::zeroes::BLOCKS;
use super::{Contents, Format, Head, Job, Score};
use crate::formats::bytes;
use crate::recording::{Kind, Media, ProblemKind, Track};

/// H.264 units each behind its length of four bytes, as MP4 holds them.
pub static PREFIXED: Format = Format {
    kind: Kind::H264,
    extensions: &["h264", "264", "avc"],
    probe: |head| match prefixed(head.bytes, head.size) {
        true => Score(50),
        false => Score::NO,
    },
    read: read_prefixed,
};

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

/// Whether a file of `size` bytes that begins so is units each behind its length
/// of four bytes: parameter sets and delimiters one behind the other.
pub fn prefixed(bytes: &[u8], size: u64) -> bool {
    let (mut at, mut sets) = (0, 0);
    while let (Some(len), Some(head)) = (bytes::be32(bytes, at), bytes.get(at.saturating_add(4))) {
        let known = matches!((head & 0x1f, head >> 5), (7 | 8, 1..=3) | (6 | 9, 0));
        if !known || len < 2 || u64::from(len) > size {
            break;
        }
        sets += u32::from(matches!(head & 0x1f, 7 | 8));
        at += 4 + len as usize;
    }
    sets >= 2
}

fn read_prefixed(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let mut walker = Walker::new(job.source);
    let len = walker.len();
    let (mut at, mut pictures, mut size) = (0, 0_u64, None);
    while at < len {
        let bytes = walker.peek(at, 64)?;
        let told = bytes::be32(bytes, 0).map(u64::from);
        let unit = bytes.get(4..).unwrap_or_default();
        let first = first_slice(Codec::H264, unit);
        if size.is_none() {
            size = nal::size(Codec::H264, &[&[0, 0, 1], unit].concat());
        }
        if walker.spent() {
            contents.problem(ProblemKind::middle_not_read(len - at).at(at));
            break;
        }
        let end = at + 4 + told.unwrap_or(0);
        if told.is_none() || end > len {
            let missing = told.map(|_| end - len);
            contents.problem(ProblemKind::Truncated { missing }.at(at));
            break;
        }
        if told == Some(0) {
            let kind = match bytes::zeroes_from(walker.source, at, 32)? {
                true => ProblemKind::ZeroFilled {
                    bytes: len - at,
                    whole: false,
                },
                false => ProblemKind::Garbled { bytes: None },
            };
            contents.problem(kind.at(at));
            break;
        }
        pictures += u64::from(first);
        at = end;
    }
    finish(&mut contents, Codec::H264, size, (at >= len).then_some(pictures));
    Ok(contents)
}

fn read(job: &mut Job<'_>, codec: Codec) -> io::Result<Contents> {
    const PIECE: u64 = 1 << 18;
    let mut contents = Contents::default();
    let mut walker = Walker::new(job.source);
    let len = walker.len();
    let until = if walker.whole() { len } else { 1 << 20 };
    let (mut pictures, mut size, mut at) = (0_u64, None, 0);
    let (mut zero_from, mut zeroes) = (0, 0_u64);
    let mut padding = 0;
    let mut watch = Pictures::new(codec);
    let (mut sketch, mut last) = (Sketch::default(), None);
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
        for (from, unit) in nal::units(piece).filter(|(from, _)| (3..own + 3).contains(from)) {
            let place = at + from as u64;
            if from + unit.len() < piece.len() {
                padding = padding.max(trailing(unit));
            }
            watch.unit(unit.get(..HEAD).unwrap_or(unit), place, None);
            if first_slice(codec, unit) {
                pictures += 1;
                if let Some(last) = last.replace(place) {
                    sketch.take(place - last);
                }
            }
        }
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
        contents.problem(ProblemKind::middle_not_read(len - until).at(until));
    }
    let end = bytes::read(walker.source, len.saturating_sub(END), END as usize)?;
    let bytes = trailing(&end);
    let ends_told = until == len && zeroes >= BLOCKS;
    if !ends_told && cut_off(len, bytes, padding) {
        contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(len - bytes));
    }
    watch.report(false, &mut contents);
    contents.sketch = sketch.finish();
    finish(&mut contents, codec, size, (until == len).then_some(pictures));
    Ok(contents)
}

fn finish(contents: &mut Contents, codec: Codec, size: Option<(u32, u32)>, pictures: Option<u64>) {
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
        samples: pictures,
        duration_ms: None,
    });
}

/// Whole blocks of zeroes cannot be: emulation prevention forbids three.
fn told(contents: &mut Contents, from: u64, bytes: u64) {
    if bytes >= BLOCKS {
        contents.problem(ProblemKind::ZeroFilled { bytes, whole: false }.at(from));
    }
}

/// Bytes at the end of a file in which zeroes are counted.
const END: u64 = 1 << 16;

/// Zeroes at the end of these bytes.
fn trailing(bytes: &[u8]) -> u64 {
    bytes.iter().rev().take_while(|b| **b == 0).count() as u64
}

/// Whether a file of `len` bytes that ends in so many zeroes was not written to
/// its end. Any number of them may stand behind a unit (`trailing_zero_8bits`),
/// but writers have no reason for more than rounding the file up to a block of
/// the medium, or than they put between other units.
const fn cut_off(len: u64, zeroes: u64, padding: u64) -> bool {
    const SECTOR: u64 = 512;
    const BLOCK: u64 = 4096;
    let rounded = len.is_multiple_of(BLOCK) && zeroes < BLOCK;
    zeroes >= SECTOR && zeroes > padding && !rounded
}

/// Whether a unit begins a picture: a slice whose first block is the first.
fn first_slice(codec: Codec, unit: &[u8]) -> bool {
    match (codec, unit) {
        (Codec::H264, [head, slice, ..]) => matches!(head & 0x1f, 1 | 5) && slice & 0x80 != 0,
        (Codec::H265, [head, _, slice, ..]) => head >> 1 & 0x3f < 32 && slice & 0x80 != 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeroes_at_the_end() {
        assert!(cut_off(100_000, 512, 0));
        assert!(cut_off(100_000, 700, 699));
        assert!(cut_off(40_960, 4096, 3));
        // A few, a block's rest, as between other units.
        assert!(!cut_off(100_000, 511, 0));
        assert!(!cut_off(40_960, 4095, 0));
        assert!(!cut_off(100_000, 700, 700));
    }
}
