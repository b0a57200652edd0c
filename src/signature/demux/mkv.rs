//! Matroska (RFC 9559): blocks of one track, one sample each.

use super::{Demux, MAX_HEAD, Part, Step};
use crate::formats::matroska::ebml::{Element, child, children, number, uint};
use crate::formats::matroska::{
    BLOCK, BLOCK_GROUP, CLUSTER, CODEC_ID, CODEC_PRIVATE, ENCODINGS, SEGMENT, SIMPLE_BLOCK, TRACK, TRACK_NUMBER,
    TRACKS, codec,
};
use crate::formats::shared::nal::Codec;
use crate::formats::shared::pictures::length_size;
use crate::signature::Reason;
use crate::signature::units::Framing;

/// Bytes of an element's id and length, and of what stands before a block's
/// payload: track, time, flags.
const HEAD: u64 = 12;
const BLOCK_HEAD: u64 = 11;

pub struct Mkv {
    codec: Codec,
    /// Number of the video's track, and bytes of a unit's length.
    track: Option<(u64, u8)>,
}

impl Mkv {
    pub const fn new(codec: Codec) -> Self {
        Self { codec, track: None }
    }

    /// The first track of the codec, and how to decode it.
    fn tracks<'t>(&self, tracks: &'t [u8]) -> Option<((u64, u8), &'t [u8])> {
        let name = |entry| child(entry, CODEC_ID).map(|id| String::from_utf8_lossy(id).into_owned());
        let is_video = |entry| name(entry).is_some_and(|id| codec(id.trim_end_matches('\0')) == self.codec.id());
        let mut entries = children(tracks).filter(|(id, _)| *id == TRACK).map(|(_, entry)| entry);
        let entry = entries.find(|entry| is_video(entry))?;
        // Compressed, be it only by leaving out what all begin with.
        if child(entry, ENCODINGS).is_some() {
            return None;
        }
        let config = child(entry, CODEC_PRIVATE)?;
        let length = length_size(self.codec, config)?;
        Some(((child(entry, TRACK_NUMBER).and_then(uint)?, length), config))
    }

    fn block(&self, element: Element, size: u64, bytes: &[u8]) -> Step {
        let want = element.head + size.min(BLOCK_HEAD);
        if (bytes.len() as u64) < want {
            return Step::More(want);
        }
        let body = bytes.get(element.head as usize..).unwrap_or_default();
        let (Some((wanted, length)), Some((track, len))) = (self.track, number(body)) else {
            return Step::Lost(Reason::Damaged);
        };
        if track != wanted {
            return Step::Skip(element.head + size);
        }
        let header = len + 3;
        let Some(payload) = size.checked_sub(header as u64) else {
            return Step::Lost(Reason::Damaged);
        };
        // Several samples in one block: not with pictures.
        if body.get(len + 2).is_none_or(|flags| flags & 6 != 0) {
            return Step::Lost(Reason::Layout);
        }
        Step::Take(Part {
            payload,
            framing: Framing::Lengths(length),
            ..Part::skip(element.head + header as u64)
        })
    }
}

impl Demux for Mkv {
    fn step(&mut self, _at: u64, bytes: &[u8]) -> Step {
        let Some(element) = Element::parse(bytes) else {
            return match bytes.len() as u64 {
                some @ ..HEAD => Step::More(some + 1),
                _ => Step::Lost(Reason::Damaged),
            };
        };
        let size = element.size;
        match (element.id, size) {
            (SEGMENT | CLUSTER | BLOCK_GROUP, _) => Step::Skip(element.head),
            (_, None) => Step::Lost(Reason::Damaged),
            (TRACKS, Some(size)) => {
                let whole = element.head + size;
                if whole > MAX_HEAD {
                    return Step::Lost(Reason::Layout);
                }
                let Some(tracks) = bytes.get(element.head as usize..whole as usize) else {
                    return Step::More(whole);
                };
                let Some((track, config)) = self.tracks(tracks) else {
                    return Step::Lost(Reason::Layout);
                };
                self.track = Some(track);
                Step::Configured {
                    bytes: whole,
                    config: config.to_vec(),
                }
            }
            (SIMPLE_BLOCK | BLOCK, Some(size)) => self.block(element, size, bytes),
            // What is not known is to be passed over (RFC 8794 §11.1).
            (_, Some(size)) => Step::Skip(element.head + size),
        }
    }
}
