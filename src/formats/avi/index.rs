//! `idx1` (16 bytes: chunk type, flags, offset, size) and OpenDML's standard
//! indexes (`ix##`: 8 bytes: offset from a base, size), held against the file.

use std::collections::BTreeMap;
use std::io;

use super::Chunk;
use super::header::Stream;
use crate::formats::bytes::{self, array, le16, le32, le64};
use crate::formats::shared::pictures::{HEAD, Watch};
use crate::formats::shared::walker::WHOLE;
use crate::source::Source;

/// Entries looked up in a larger file.
const LOOKED_UP: u64 = 400;

/// What the indexes say together.
#[derive(Default)]
pub struct Checked {
    pub entries: u64,
    /// Entries by stream.
    pub frames: BTreeMap<usize, u64>,
    /// Entries behind the end of the file.
    pub past: u64,
    pub first_past: Option<u64>,
    /// The first entry where the file has another chunk.
    pub mismatch: Option<u64>,
    /// Chunks with zeroes where pictures should be.
    pub zeroes: Option<(u64, u64)>,
    pub limit: bool,
    /// Entries without a byte, by stream: nothing new to show.
    pub empty: BTreeMap<usize, u64>,
    /// The first stream of pictures.
    pub video: Option<usize>,
    pub watch: Watch,
}

impl Checked {
    fn past_end(&mut self, at: u64) {
        self.past += 1;
        self.first_past = self.first_past.or(Some(at));
    }
}

/// Bytes of indexes that may be read.
fn budget(len: u64) -> u64 {
    (4_u64 << 20).max(len / 100) - (1 << 18)
}

/// Number of the stream that a chunk is of.
pub fn stream_of(id: [u8; 4]) -> Option<usize> {
    let digit = |b: u8| b.is_ascii_digit().then(|| usize::from(b - b'0'));
    Some(digit(id[0])? * 10 + digit(id[1])?)
}

/// The old index. Offsets count from the type of `movi`, or from the file's
/// beginning; the first entry tells.
pub fn old(source: &mut dyn Source, index: Chunk, movies: &[Chunk], checked: &mut Checked) -> io::Result<()> {
    const PIECE: u64 = 1 << 16;
    let len = source.len();
    let Some(movie) = movies.first() else { return Ok(()) };
    if index.to - index.from > budget(len) {
        checked.limit = true;
        return Ok(());
    }
    let total = (index.to - index.from) / 16;
    let every = if len <= WHOLE { 1 } else { (total / LOOKED_UP).max(1) };
    let mut base = None;
    let mut at = index.from;
    let mut number = 0;
    while at < index.to {
        let piece = bytes::read(source, at, PIECE.min(index.to - at) as usize)?;
        if piece.is_empty() {
            break;
        }
        for entry in piece.chunks_exact(16) {
            let (Some(id), Some(offset), Some(size)) = (array::<4>(entry, 0), le32(entry, 8), le32(entry, 12)) else {
                continue;
            };
            number += 1;
            if &id == b"rec " {
                continue;
            }
            let base = match base {
                Some(base) => base,
                None => {
                    let start = movie.from - 4;
                    let relative: Option<[u8; 4]> = array(&bytes::read(source, start + u64::from(offset), 4)?, 0);
                    let absolute: Option<[u8; 4]> = array(&bytes::read(source, u64::from(offset), 4)?, 0);
                    *base.insert(if relative != Some(id) && absolute == Some(id) {
                        0
                    } else {
                        start
                    })
                }
            };
            checked.entries += 1;
            if let Some(stream) = stream_of(id) {
                *checked.frames.entry(stream).or_default() += 1;
                *checked.empty.entry(stream).or_default() += u64::from(size == 0);
                if checked.video == Some(stream) {
                    checked.watch.size(u64::from(size));
                }
            }
            let from = base + u64::from(offset);
            if from + 8 + u64::from(size) > len {
                checked.past_end(from);
            } else if u64::is_multiple_of(number, every) || number == total {
                look_up(source, from, Some(id), size, checked)?;
            }
        }
        at += piece.len() as u64;
    }
    Ok(())
}

fn look_up(source: &mut dyn Source, at: u64, id: Option<[u8; 4]>, size: u32, checked: &mut Checked) -> io::Result<()> {
    let whole = source.len() <= WHOLE;
    let pictures = whole && id.and_then(stream_of).is_some_and(|n| checked.video == Some(n));
    let bytes = bytes::read(source, at, if pictures { 8 + HEAD } else { 24 })?;
    if pictures {
        let payload = bytes.get(8..).unwrap_or_default();
        let own = payload.get(..size as usize).unwrap_or(payload);
        checked.watch.look(own, u64::from(size), at, None);
    }
    let bytes = bytes.get(..24).unwrap_or(&bytes);
    let zero = bytes.iter().all(|b| *b == 0) && size > 16;
    if zero {
        let (first, sum) = checked.zeroes.unwrap_or((at, 0));
        checked.zeroes = Some((first, sum + u64::from(size)));
    } else if array::<4>(bytes, 0) != id || le32(bytes, 4) != Some(size) {
        checked.mismatch = checked.mismatch.or(Some(at));
    }
    Ok(())
}

/// OpenDML indexes of all streams, where no old index counted them.
pub fn open_dml(source: &mut dyn Source, streams: &[Stream], checked: &mut Checked) -> io::Result<()> {
    let len = source.len();
    let mut left = budget(len).saturating_sub(checked.entries * 16);
    for (number, stream) in streams.iter().enumerate() {
        let mut count = 0;
        if checked.video == Some(number) {
            checked.watch = Watch::default();
        }
        for (offset, size) in stream.super_index.iter().take(4096) {
            let size = u64::from(*size);
            if offset.checked_add(size).is_none_or(|end| end > len) {
                checked.past_end(*offset);
                checked.entries += 1;
                continue;
            }
            if size > left {
                checked.limit = true;
                return Ok(());
            }
            left -= size;
            let part = bytes::read(source, *offset, usize::try_from(size).unwrap_or(0))?;
            // Chunk head of 8 bytes, 24 of the index, entries of 8.
            let (Some(entries), Some(base)) = (le32(&part, 12), le64(&part, 20)) else {
                continue;
            };
            if le16(&part, 8) != Some(2) || part.get(11) != Some(&1) {
                checked.mismatch = checked.mismatch.or(Some(*offset));
                continue;
            }
            let every = if len <= WHOLE {
                1
            } else {
                (u64::from(entries) / 16).max(1)
            };
            let body = part.get(32..).unwrap_or_default();
            for (n, entry) in body.chunks_exact(8).take(entries as usize).enumerate() {
                let at = base.saturating_add(le32(entry, 0).map_or(0, u64::from));
                let size = le32(entry, 4).unwrap_or(0) & 0x7fff_ffff;
                count += 1;
                checked.entries += 1;
                if checked.video == Some(number) {
                    checked.watch.size(u64::from(size));
                }
                if at.saturating_add(u64::from(size)) > len {
                    checked.past_end(at);
                } else if (n as u64).is_multiple_of(every) && at >= 8 {
                    let id = array(&bytes::read(source, at - 8, 4)?, 0).filter(|id| stream_of(*id) == Some(number));
                    look_up(source, at - 8, Some(id.unwrap_or_default()), size, checked)?;
                }
            }
        }
        if count > 0 {
            // The old index, where there is one too, covers the first part only.
            checked.frames.insert(number, count);
        }
    }
    Ok(())
}
