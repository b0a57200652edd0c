//! Numbers that count frames: each one more than the last.

use crate::formats::Contents;
use crate::recording::ProblemKind;

/// Larger gaps are a new count (another recording follows), not lost frames.
const LOST: u32 = 1 << 20;

/// A frame counter.
#[derive(Clone, Debug, Default)]
pub struct Counter {
    last: Option<u32>,
    /// Frames missing, and where first.
    missing: u64,
    first: Option<u64>,
    /// Times the count began anew.
    pub restarts: u64,
}

impl Counter {
    /// Frame `number` at `offset`; `step` more than the last is right.
    pub fn take(&mut self, number: u32, step: u32, offset: u64) {
        let last = self.last.replace(number);
        let Some(last) = last else { return };
        let gone = number.wrapping_sub(last);
        if gone > step && gone < LOST {
            self.missing += u64::from(gone - step);
            self.first = self.first.or(Some(offset));
        } else if gone >= LOST {
            self.restarts += 1;
        }
    }

    /// Forgets the last number: a part was not read.
    pub fn skip(&mut self) {
        self.last = None;
    }

    /// Tells how many frames are missing.
    pub fn report(&self, contents: &mut Contents) {
        if let Some(at) = self.first {
            let frames = self.missing;
            contents.problem(ProblemKind::FramesMissing { frames }.at(at));
        }
    }
}
