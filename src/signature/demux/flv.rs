//! Flash video: tags of video, one sample each.

use super::{Demux, MAX_HEAD, Part, Step};
use crate::formats::bytes::{array, be32};
use crate::formats::flv::{TAG, begins};
use crate::formats::shared::nal::Codec;
use crate::formats::shared::pictures::length_size;
use crate::signature::Reason;
use crate::signature::units::Framing;

/// Bytes before the units: codec, sort of packet, shift of the time.
const BEFORE: u64 = 5;

/// Bytes behind each tag: its length once more.
const BEHIND: u64 = 4;

pub struct Flv {
    codec: Codec,
    /// Bytes of a unit's length, once the decoder's parameters came.
    length: Option<u8>,
}

impl Flv {
    pub const fn new(codec: Codec) -> Self {
        Self { codec, length: None }
    }

    fn picture(&mut self, size: u64, bytes: &[u8]) -> Step {
        let Some([first, sort]) = array::<2>(bytes, TAG as usize) else {
            return Step::More(TAG + 2);
        };
        let wanted = match self.codec {
            Codec::H264 => 7,
            Codec::H265 => 12,
        };
        let whole = TAG + size + BEHIND;
        // The highest bit: a head of the later kind, with a longer code.
        if first & 0x8f != wanted {
            return Step::Lost(Reason::Layout);
        }
        match (sort, self.length) {
            (0, _) => {
                let end = TAG + size;
                if end > MAX_HEAD {
                    return Step::Lost(Reason::Layout);
                }
                let Some(config) = bytes.get((TAG + BEFORE) as usize..end as usize) else {
                    return Step::More(end);
                };
                self.length = length_size(self.codec, config);
                match self.length {
                    Some(_) => Step::Configured {
                        bytes: whole,
                        config: config.to_vec(),
                    },
                    None => Step::Lost(Reason::Layout),
                }
            }
            (1, Some(length)) => Step::Take(Part {
                payload: size - BEFORE,
                behind: BEHIND,
                framing: Framing::Lengths(length),
                ..Part::skip(TAG + BEFORE)
            }),
            (1, None) => Step::Lost(Reason::Layout),
            _ => Step::Skip(whole),
        }
    }
}

impl Demux for Flv {
    fn step(&mut self, at: u64, bytes: &[u8]) -> Step {
        if at == 0 {
            let size = be32(bytes, 5).map(|n| u64::from(n).clamp(9, 64) + BEHIND);
            return size.map_or(Step::More(9), Step::Skip);
        }
        let Some([kind, a, b, c]) = array::<4>(bytes, 0).filter(|_| bytes.len() as u64 >= TAG) else {
            return Step::More(TAG);
        };
        let size = u64::from(u32::from_be_bytes([0, a, b, c]));
        match kind {
            // With the filter bit: encrypted.
            0x29 => Step::Lost(Reason::Layout),
            _ if !begins(bytes) => Step::Lost(Reason::Damaged),
            9 if size > BEFORE => self.picture(size, bytes),
            _ => Step::Skip(TAG + size + BEHIND),
        }
    }
}
