//! AVI: chunks of one stream, one picture each, in all parts of the file.

use super::{Demux, MAX_HEAD, Part, REST, Step};
use crate::formats::avi::{header, stream_of};
use crate::formats::bytes::{array, be32, le32};
use crate::signature::Reason;
use crate::signature::units::Framing;

pub struct Avi {
    codec: &'static str,
    /// Number of the video's stream.
    video: Option<usize>,
    /// As the first chunk tells, where the codec does not.
    framing: Option<Framing>,
    /// Where the part under way ends.
    end: u64,
}

impl Avi {
    /// Of the first stream in this codec.
    pub const fn new(codec: &'static str, framing: Option<Framing>) -> Self {
        Self {
            codec,
            video: None,
            framing,
            end: 0,
        }
    }

    fn header(&mut self, size: u64, bytes: &[u8]) -> Step {
        let whole = 8 + size;
        if whole > MAX_HEAD {
            return Step::Lost(Reason::Layout);
        }
        let Some(list) = bytes.get(12..whole as usize) else {
            return Step::More(whole.max(12));
        };
        let (_, streams) = header::parse(list);
        self.video = streams.iter().position(|stream| stream.codec == self.codec);
        match self.video {
            Some(_) => Step::Skip(whole + size % 2),
            None => Step::Lost(Reason::Layout),
        }
    }

    fn picture(&mut self, size: u64, bytes: &[u8]) -> Step {
        let Some(first) = array::<4>(bytes, 8) else {
            return Step::More(12);
        };
        let framing = match (self.framing, first) {
            (Some(framing), _) => framing,
            (None, [0, 0, 0, 1] | [0, 0, 1, _]) => Framing::Stream,
            (None, _) if be32(bytes, 8).is_some_and(|length| u64::from(length) + 4 <= size) => Framing::Lengths(4),
            (None, _) => return Step::Lost(Reason::Layout),
        };
        self.framing = Some(framing);
        Step::Take(Part {
            payload: size,
            behind: size % 2,
            framing,
            ..Part::skip(8)
        })
    }
}

impl Demux for Avi {
    fn step(&mut self, at: u64, bytes: &[u8]) -> Step {
        let (Some(id), Some(size)) = (array::<4>(bytes, 0), le32(bytes, 4)) else {
            return Step::More(8);
        };
        // Never closed: the size was to be written at the end.
        let open = size == 0 || size == u32::MAX;
        let size = u64::from(size);
        let whole = Step::Skip(8 + size + size % 2);
        match &id {
            b"RIFF" => {
                self.end = if open { REST } else { at.saturating_add(8 + size) };
                Step::Skip(12)
            }
            _ if at >= self.end => Step::Skip(REST),
            b"LIST" => match bytes.get(8..12) {
                None => Step::More(12),
                Some(b"movi" | b"rec ") => Step::Skip(12),
                Some(b"hdrl") => self.header(size, bytes),
                Some(_) => whole,
            },
            [_, _, b'd', b'c' | b'b'] if self.video.is_some() && stream_of(id) == self.video && size > 3 => {
                self.picture(size, bytes)
            }
            id if id.iter().all(|b| b.is_ascii_graphic() || *b == b' ') => whole,
            _ => Step::Lost(Reason::Damaged),
        }
    }
}
