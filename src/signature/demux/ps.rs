//! MPEG program streams (ISO/IEC 13818-1 §2.5), Hikvision's included: PES
//! packets of the first video without their headers.

use super::{Demux, Part, REST, Step};
use crate::formats::bytes::be16;
use crate::formats::mpeg_ps::{HIKVISION_HEADER, mpeg1_header, pack};
use crate::signature::Reason;

/// Bytes of a PES packet's header that tell all that is needed.
const HEADER: u64 = 32;

#[derive(Default)]
pub struct Ps {
    /// Stream id of the video.
    video: Option<u8>,
    /// The end code came.
    ended: bool,
}

impl Demux for Ps {
    fn step(&mut self, at: u64, bytes: &[u8]) -> Step {
        if at == 0 && b"IMKH".starts_with(bytes.get(..4).unwrap_or(bytes)) {
            return match bytes.len() {
                ..4 => Step::More(4),
                _ => Step::Skip(HIKVISION_HEADER),
            };
        }
        // Zeroes before a start code are padding.
        let zeroes = bytes.iter().take_while(|b| **b == 0).count() as u64;
        if zeroes > 2 {
            return Step::Skip(zeroes - 2);
        }
        match bytes {
            [0, 0, 1, 0xb9, ..] => {
                self.ended = true;
                Step::Skip(4)
            }
            [0, 0, 1, 0xba, ..] if bytes.len() < 14 => Step::More(14),
            [0, 0, 1, 0xba, ..] => pack(bytes).map_or(Step::Lost(Reason::Damaged), |(length, ..)| Step::Skip(length)),
            [0, 0, 1, 0xbb..=0xff, ..] if bytes.len() < 6 => Step::More(6),
            [0, 0, 1, id @ 0xbb..=0xff, ..] => {
                let length = 6 + be16(bytes, 4).map_or(0, u64::from);
                match id {
                    0xe0..=0xef if *self.video.get_or_insert(*id) == *id => packet(length, bytes),
                    _ => Step::Skip(length),
                }
            }
            [0, 0, 1] | [0, 0] | [0] => Step::More(4),
            _ if self.ended => Step::Skip(REST),
            _ => Step::Lost(Reason::Damaged),
        }
    }
}

/// A PES packet of video, of so many bytes.
fn packet(length: u64, bytes: &[u8]) -> Step {
    if length == 6 {
        // Unbounded: its end is not told.
        return Step::Lost(Reason::Layout);
    }
    let want = length.min(HEADER);
    if (bytes.len() as u64) < want {
        return Step::More(want);
    }
    let flags = bytes.get(6).copied().unwrap_or(0);
    let header = match (flags & 0xc0, flags & 0x30) {
        (0x80, 0) => 9 + bytes.get(8).map_or(0, |n| usize::from(*n)),
        // Scrambled.
        (0x80, _) => return Step::Lost(Reason::Layout),
        _ => mpeg1_header(bytes).1,
    };
    match length.checked_sub(header as u64) {
        Some(payload) => Step::Take(Part {
            payload,
            ..Part::skip(header as u64)
        }),
        None => Step::Lost(Reason::Damaged),
    }
}
