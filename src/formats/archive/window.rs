//! A part of a source as a source of its own: stored entries are read where
//! they lie.

use std::io;

use crate::source::Source;

/// `len` bytes of `inner` from `from` on, fewer where it ends before.
pub struct Window<'a> {
    inner: &'a mut dyn Source,
    from: u64,
    len: u64,
}

impl<'a> Window<'a> {
    /// See the type.
    pub fn new(inner: &'a mut dyn Source, from: u64, len: u64) -> Self {
        let len = len.min(inner.len().saturating_sub(from));
        Self { inner, from, len }
    }
}

impl Source for Window<'_> {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX);
        let n = buf.len().min(rest);
        match buf.get_mut(..n) {
            Some(buf) if n > 0 => self.inner.read_at(self.from.saturating_add(offset), buf),
            _ => Ok(0),
        }
    }
}
