//! Integers and ranges out of bytes that may be too few.

use std::io;

use crate::source::Source;

/// `N` bytes at `at`, if they are there.
pub fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// Big-endian 16 bits at `at`.
pub fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

/// Big-endian 32 bits at `at`.
pub fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

/// Big-endian 64 bits at `at`.
pub fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_be_bytes)
}

/// Little-endian 16 bits at `at`.
pub fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

/// Little-endian 32 bits at `at`.
pub fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_le_bytes)
}

/// Little-endian 64 bits at `at`.
pub fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    array(bytes, at).map(u64::from_le_bytes)
}

/// Up to `len` bytes from `offset`: fewer at the end of the file.
///
/// # Errors
/// As [`Source::read_at`].
pub fn read(source: &mut dyn Source, offset: u64, len: usize) -> io::Result<Vec<u8>> {
    let rest = usize::try_from(source.len().saturating_sub(offset)).unwrap_or(usize::MAX);
    let mut bytes = vec![0; len.min(rest)];
    let got = source.read_at(offset, &mut bytes)?;
    bytes.truncate(got);
    Ok(bytes)
}

/// Whether the file holds only zeroes from `offset` on, judged by samples:
/// both ends and up to `probes` places between.
///
/// # Errors
/// As [`Source::read_at`].
pub fn zeroes_from(source: &mut dyn Source, offset: u64, probes: u64) -> io::Result<bool> {
    const PIECE: u64 = 1024;
    let len = source.len();
    let rest = len.saturating_sub(offset);
    if rest == 0 {
        return Ok(false);
    }
    let step = (rest / (probes + 1)).max(PIECE);
    let mut at = offset;
    while at < len {
        if read(source, at, PIECE as usize)?.iter().any(|b| *b != 0) {
            return Ok(false);
        }
        at = at.saturating_add(step);
    }
    let tail = len.saturating_sub(PIECE).max(offset);
    Ok(read(source, tail, PIECE as usize)?.iter().all(|b| *b == 0))
}
