//! Deflated data (RFC 1951) out of a source into bounded memory.

use std::io;

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use crate::formats::bytes;
use crate::source::Source;

/// Packed bytes read at once.
const PIECE: u64 = 64 << 10;

/// What came out.
pub struct Inflated {
    pub bytes: Vec<u8>,
    /// The stream came to its end within the limit.
    pub whole: bool,
    /// It has more than `limit` bytes.
    pub over: bool,
    /// Packed bytes that were used.
    pub used: u64,
}

/// Unpacks raw deflated data at `from`, at most `packed` bytes of it and at
/// most `limit` bytes out; what came out before an error is kept.
///
/// # Errors
/// As [`Source::read_at`].
pub fn raw(source: &mut dyn Source, from: u64, packed: u64, limit: u64) -> io::Result<Inflated> {
    let mut state = InflateState::new_boxed(DataFormat::Raw);
    let mut out = Inflated {
        bytes: Vec::new(),
        whole: false,
        over: false,
        used: 0,
    };
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut piece = vec![0; 64 << 10];
    let mut input: Vec<u8> = Vec::new();
    let (mut at, mut read) = (0, 0);
    loop {
        if at >= input.len() {
            let want = packed.saturating_sub(read).min(PIECE);
            input = bytes::read(source, from.saturating_add(read), want as usize)?;
            read += input.len() as u64;
            at = 0;
        }
        let result = inflate(
            &mut state,
            input.get(at..).unwrap_or_default(),
            &mut piece,
            MZFlush::None,
        );
        at += result.bytes_consumed;
        out.used += result.bytes_consumed as u64;
        let got = piece.get(..result.bytes_written).unwrap_or_default();
        let room = limit.saturating_sub(out.bytes.len());
        out.bytes
            .extend_from_slice(got.get(..room.min(got.len())).unwrap_or_default());
        if got.len() > room {
            out.over = true;
            return Ok(out);
        }
        let stuck = result.bytes_consumed == 0 && result.bytes_written == 0;
        match result.status {
            Ok(MZStatus::StreamEnd) => {
                out.whole = true;
                return Ok(out);
            }
            // More packed data is wanted and there is none.
            Ok(_) | Err(MZError::Buf) if stuck && read >= packed => return Ok(out),
            Ok(_) | Err(MZError::Buf) if stuck && input.is_empty() => return Ok(out),
            Ok(_) | Err(MZError::Buf) if !stuck || at >= input.len() => {}
            _ => return Ok(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;

    #[test]
    fn whole_cut_and_limited() {
        let plain: Vec<u8> = (0..300_000_u32).flat_map(|n| (n / 7).to_le_bytes()).collect();
        let packed = compress_to_vec(&plain, 6);
        let len = packed.len() as u64;
        let run = |bytes: &[u8], limit: u64| {
            let mut source = bytes;
            raw(&mut source, 0, bytes.len() as u64, limit).unwrap()
        };
        let out = run(&packed, u64::MAX);
        assert!(out.whole && out.bytes == plain && out.used == len);
        let cut = run(&packed[..packed.len() / 2], u64::MAX);
        assert!(!cut.whole && !cut.over && plain.starts_with(&cut.bytes));
        let limited = run(&packed, 1000);
        assert!(limited.over && limited.bytes == plain[..1000]);
        assert!(!run(b"\xff\xff\xff\xff", 1000).whole);
        assert!(!run(b"", 1000).whole);
        let trailing = [packed.as_slice(), b"rest"].concat();
        assert!(run(&trailing, u64::MAX).used == len);
    }
}
