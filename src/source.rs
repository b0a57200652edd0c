//! Random access to a file's bytes, wherever it lives.

use std::io;

/// A readable file of known length.
///
/// Pull access for headers and indexes. Implementors: a slice, a file on disk
/// (command line), a browser `File` read by slices (worker).
pub trait Source {
    /// Length in bytes.
    fn len(&self) -> u64;

    /// Whether the file has no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Fills as much of `buf` as the file has from `offset` on, and returns how
    /// much that was: fewer than `buf.len()` bytes only at the end of the file.
    ///
    /// # Errors
    /// The medium failed (stick pulled out, permission withdrawn) or the job
    /// was cancelled ([`io::ErrorKind::Interrupted`]).
    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize>;

    /// Many small pieces, each `(offset, bytes)`: what the file has of each, in
    /// their order. For media where every access waits: one wait for all.
    ///
    /// # Errors
    /// As [`Self::read_at`].
    fn read_pieces(&mut self, pieces: &[(u64, u32)]) -> io::Result<Vec<Vec<u8>>> {
        let read = |&(offset, len): &(u64, u32)| {
            let mut piece = vec![0; len as usize];
            let got = self.read_at(offset, &mut piece)?;
            piece.truncate(got);
            Ok(piece)
        };
        pieces.iter().map(read).collect()
    }
}

impl Source for &[u8] {
    fn len(&self) -> u64 {
        (**self).len() as u64
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(offset)
            .ok()
            .and_then(|at| self.get(at..))
            .unwrap_or_default();
        let n = rest.len().min(buf.len());
        buf[..n].copy_from_slice(&rest[..n]);
        Ok(n)
    }
}
