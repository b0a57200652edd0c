//! Where every picture of the video track lies: for those who read them all.

use std::io;

use super::fragments::Fragments;
use super::movie::{self, Trak};
use super::samples::{Samples, durations};
use super::walk::{self, Top};
use super::{MAX_MOOF, MAX_MOOV};
use crate::formats::shared::nal::Codec;
use crate::formats::{Contents, bytes};
use crate::recording::Media;
use crate::source::Source;

/// Samples of one file that are followed: two days at 25 a second.
pub const MAX_SAMPLES: usize = 4_400_000;

/// The first video track with H.264 or H.265.
#[derive(Debug)]
pub struct Video {
    pub codec: Codec,
    /// Bytes of the length in front of each unit: 1, 2 or 4.
    pub prefix: u8,
    /// Offset and size of each, in the order of the index.
    pub samples: Vec<(u64, u32)>,
    /// So many samples of so many ticks each; empty in fragmented files.
    pub durations: Vec<(u32, u32)>,
    /// Ticks a second.
    pub timescale: u32,
}

impl Video {
    /// Reads the index; `None` where there is no such track, or more samples
    /// than are followed.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn read(source: &mut dyn Source) -> io::Result<Option<Self>> {
        let tops = walk::walk(source, &mut Contents::default())?;
        let index = tops.iter().find(|t| &t.kind == b"moov" && t.whole);
        let Some(moov) = index.filter(|t| t.end - t.payload <= MAX_MOOV) else {
            return Ok(None);
        };
        let index = bytes::read(source, moov.payload, (moov.end - moov.payload) as usize)?;
        let movie = movie::parse(&index);
        let Some((trak, codec)) = movie.traks.iter().find_map(|t| Some((t, codec(t)?))) else {
            return Ok(None);
        };
        let tables = Samples::of(trak).take(MAX_SAMPLES);
        let mut all: Vec<(u64, u32)> = tables.map(|sample| (sample.offset, sample.size)).collect();
        let mut fragments = Fragments::collecting(trak.id, MAX_SAMPLES.saturating_sub(all.len()));
        for top in tops.iter().filter(|t| is_fragment(t)) {
            let moof = bytes::read(source, top.payload, (top.end - top.payload) as usize)?;
            fragments.take(&movie, top.offset, &moof);
        }
        all.extend(fragments.collected());
        Ok((all.len() < MAX_SAMPLES).then(|| Self {
            codec,
            prefix: trak.prefix,
            samples: all,
            durations: if fragments.count == 0 {
                durations(trak)
            } else {
                Vec::new()
            },
            timescale: trak.timescale,
        }))
    }

    /// When a sample is decoded, in milliseconds from the start.
    pub fn time_ms(&self, sample: u32) -> Option<u64> {
        let mut left = u64::from(sample);
        let mut ticks = 0_u64;
        for (count, ticks_each) in &self.durations {
            let some = left.min(u64::from(*count));
            ticks = ticks.saturating_add(some.saturating_mul(u64::from(*ticks_each)));
            left -= some;
            if left == 0 {
                break;
            }
        }
        if left > 0 {
            return None;
        }
        super::milliseconds(ticks, self.timescale)
    }
}

fn is_fragment(top: &Top) -> bool {
    &top.kind == b"moof" && top.whole && top.end - top.payload <= MAX_MOOF
}

fn codec(trak: &Trak<'_>) -> Option<Codec> {
    if trak.media != Some(Media::Video) {
        return None;
    }
    match &trak.entry? {
        b"avc1" | b"avc2" | b"avc3" | b"avc4" => Some(Codec::H264),
        b"hvc1" | b"hev1" => Some(Codec::H265),
        _ => None,
    }
}
