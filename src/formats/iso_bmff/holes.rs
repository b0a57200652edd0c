//! Zeroes inside a picture of MP4, found as all bytes of a file pass: a block
//! that the medium lost or that was blanked, where all around it stands.
//!
//! Within a unit of H.264 or H.265 there are never three zeroes in a row
//! (ITU-T H.264 §7.4.1, H.265 §7.4.2); at its end there may be any number.
//! Only slices are looked at: some writers leave other units unescaped.

use std::io;

use super::video::Video;
use crate::formats::bytes;
use crate::formats::shared::zeroes::{LEAST, Runs};
use crate::source::Source;

/// Runs of one file that are looked up.
const MAX_RUNS: usize = 256;

/// Units of one sample that are followed.
const MAX_UNITS: usize = 256;

/// Looks for them in a file as it passes.
#[derive(Default)]
pub struct Holes {
    /// Bytes that passed.
    at: u64,
    runs: Runs,
    /// Where pictures are, in the order of the file; read when it is first asked.
    video: Option<Option<Video>>,
    looked_up: usize,
    /// The first byte, and how many in all.
    found: Option<(u64, u64)>,
}

impl Holes {
    /// Takes the next bytes of the file; `source` is the same file, read only
    /// where there are zeroes.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn update(&mut self, piece: &[u8], source: &mut dyn Source) -> io::Result<()> {
        for (end, zeroes) in self.runs.update(piece) {
            self.ended(self.at + end, zeroes, source)?;
        }
        self.at += piece.len() as u64;
        Ok(())
    }

    /// What was found: the first zero, and how many. A run at the end of the
    /// file is in no whole picture.
    pub fn finish(self) -> Option<(u64, u64)> {
        self.found
    }

    /// A run of so many zeroes ended.
    fn ended(&mut self, end: u64, zeroes: u64, source: &mut dyn Source) -> io::Result<()> {
        if self.looked_up == MAX_RUNS {
            return Ok(());
        }
        let video = match self.video.take() {
            Some(video) => video,
            None => Video::read(source)?.map(|mut video| {
                video.samples.sort_unstable();
                video
            }),
        };
        if let Some(video) = &video
            && self.within(video, end - zeroes, end, source)?
        {
            let (first, bytes) = self.found.unwrap_or((end - zeroes, 0));
            self.found = Some((first, bytes + zeroes));
        }
        self.video = Some(video);
        Ok(())
    }

    /// Whether zeroes are inside a slice, or where a sample must begin.
    fn within(&mut self, video: &Video, from: u64, to: u64, source: &mut dyn Source) -> io::Result<bool> {
        let behind = video.samples.partition_point(|(offset, _)| *offset <= from);
        let around = behind.checked_sub(1).and_then(|at| video.samples.get(at));
        let around = around.filter(|(offset, size)| from < offset + u64::from(*size));
        let next = video.samples.get(behind).filter(|(offset, _)| offset + LEAST <= to);
        let Some((offset, size)) = around.or(next).copied() else {
            return Ok(false);
        };
        if from <= offset {
            return Ok(to - offset >= LEAST.min(u64::from(size)));
        }
        self.looked_up += 1;
        let prefix = u64::from(video.prefix);
        let mut at = offset;
        for _ in 0..MAX_UNITS {
            let head = bytes::read(source, at, usize::from(video.prefix) + 1)?;
            let Some((kind, length)) = head.split_last() else { break };
            let length = length.iter().fold(0, |length, byte| length << 8 | u64::from(*byte));
            let (unit, end) = (at + prefix, at + prefix + length);
            if length == 0 || end > offset + u64::from(size) || from <= unit {
                break;
            }
            if from < end {
                let inside = to.min(end) - from >= LEAST && (to < end || to - end >= LEAST);
                return Ok(inside && video.codec.is_slice(*kind));
            }
            at = end;
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::shared::nal::Codec;

    /// What is found in a picture at 100 and one behind it, each in one unit
    /// of this kind, where these bytes are zero.
    fn found(kind: u8, blank: std::ops::Range<usize>, piece: usize) -> Option<(u64, u64)> {
        let sample = [&[0, 0, 4, 0][..], &[kind], &[0x55; 0x3ff]].concat();
        let mut bytes = [&[1; 100][..], &sample, &sample].concat();
        let samples = vec![(100, 0x404), (100 + 0x404, 0x404)];
        bytes[blank].fill(0);
        let mut holes = Holes {
            video: Some(Some(Video {
                codec: Codec::H264,
                prefix: 4,
                samples,
                durations: Vec::new(),
                timescale: 1,
            })),
            ..Holes::default()
        };
        let mut source = bytes.as_slice();
        for piece in bytes.chunks(piece) {
            holes.update(piece, &mut source).expect("a slice does not fail");
        }
        holes.found
    }

    #[test]
    fn inside_pictures_only() {
        let end = 100 + 0x404;
        for piece in [1, 7, 31, 64, 1000, 1 << 20] {
            for (from, to) in [(300, 364), (300, 500), (200, end - 1), (end - 100, end + 200)] {
                let hole = Some((from as u64, (to - from) as u64));
                assert_eq!(found(0x65, from..to, piece), hole, "{from} {to} {piece}");
            }
            // Too few, the end of a unit and the next one's length, a message,
            // in front of all pictures.
            for (kind, blank) in [
                (0x65, 300..363),
                (0x65, end - 200..end),
                (0x65, end - 200..end + 2),
                (6, 300..500),
                (0x65, 0..90),
            ] {
                assert_eq!(found(kind, blank.clone(), piece), None, "{blank:?} {piece}");
            }
        }
    }
}
