//! MP4: the index tells where samples are.

use super::{Demux, Part, REST, Step};
use crate::formats::iso_bmff::video::Video;
use crate::signature::Reason;
use crate::signature::units::Framing;

/// Samples in the order of the index, which must be that of the file.
pub struct Samples {
    video: Video,
    next: usize,
}

impl Samples {
    pub const fn new(video: Video) -> Self {
        Self { video, next: 0 }
    }
}

impl Demux for Samples {
    fn step(&mut self, at: u64, _bytes: &[u8]) -> Step {
        while let Some((offset, size)) = self.video.samples.get(self.next).copied() {
            if size > 0 && at > offset {
                // It was passed before its turn came.
                return Step::Lost(Reason::Layout);
            }
            if size > 0 && at < offset {
                return Step::Skip(offset - at);
            }
            self.next += 1;
            if size > 0 {
                return Step::Take(Part {
                    payload: u64::from(size),
                    framing: Framing::Lengths(self.video.prefix),
                    sample: u32::try_from(self.next - 1).ok(),
                    ..Part::skip(0)
                });
            }
        }
        Step::Skip(REST)
    }

    fn time_ms(&self, sample: u32) -> Option<u64> {
        self.video.time_ms(sample)
    }
}
