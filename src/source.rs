//! Random access to a file's bytes, wherever it lives.

use std::collections::BTreeMap;
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

/// A source some pieces of which are already here.
pub struct Ahead<'a> {
    source: &'a mut dyn Source,
    pieces: BTreeMap<u64, Vec<u8>>,
}

impl<'a> Ahead<'a> {
    /// Reads pieces, each `(offset, bytes)`, at once.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn new(source: &'a mut dyn Source, pieces: &[(u64, u32)]) -> io::Result<Self> {
        let read = source.read_pieces(pieces)?;
        let pieces = pieces.iter().map(|(offset, _)| *offset).zip(read).collect();
        Ok(Self { source, pieces })
    }

    /// The beginning is already here.
    pub fn beginning(source: &'a mut dyn Source, bytes: Vec<u8>) -> Self {
        let pieces = BTreeMap::from([(0, bytes)]);
        Self { source, pieces }
    }
}

impl Source for Ahead<'_> {
    fn len(&self) -> u64 {
        self.source.len()
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let held = self.pieces.range(..=offset).next_back().and_then(|(at, piece)| {
            let from = usize::try_from(offset - at).ok()?;
            piece.get(from..from.checked_add(buf.len())?)
        });
        match held {
            Some(bytes) => {
                buf.copy_from_slice(bytes);
                Ok(bytes.len())
            }
            None => self.source.read_at(offset, buf),
        }
    }

    fn read_pieces(&mut self, pieces: &[(u64, u32)]) -> io::Result<Vec<Vec<u8>>> {
        self.source.read_pieces(pieces)
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
