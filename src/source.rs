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

/// A source on a medium where every access waits, however little is read: where
/// reading goes on from the last place, what follows is read ahead, twice as
/// much each time.
pub struct Onward<S> {
    source: S,
    /// Bytes that are here, and where they begin.
    held: Vec<u8>,
    from: u64,
    /// Where the last read ended.
    end: u64,
    /// Bytes read at once, at least; none where reading jumps.
    reach: usize,
}

/// Bytes that one access reads ahead at least, and that are skipped without
/// being a jump.
const LEAST: usize = 64 << 10;

/// Bytes that one access reads ahead at most.
const MOST: usize = 4 << 20;

impl<S: Source> Onward<S> {
    pub const fn new(source: S) -> Self {
        Self {
            source,
            held: Vec::new(),
            from: 0,
            end: 0,
            reach: 0,
        }
    }

    /// Holds so many bytes from there on; none where they cannot be read, for
    /// those further on may not be asked for.
    fn ahead(&mut self, offset: u64, reach: usize) {
        self.held.resize(reach, 0);
        let got = self.source.read_at(offset, &mut self.held).unwrap_or(0);
        self.held.truncate(got);
        self.from = offset;
    }

    /// The bytes from there on, as far as they are here.
    fn held(&self, offset: u64) -> &[u8] {
        let at = offset.checked_sub(self.from).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.held.get(at..)).unwrap_or_default()
    }
}

impl<S: Source> Source for Onward<S> {
    fn len(&self) -> u64 {
        self.source.len()
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let rest = usize::try_from(self.len().saturating_sub(offset)).unwrap_or(usize::MAX);
        let want = rest.min(buf.len());
        let last = std::mem::replace(&mut self.end, offset + want as u64);
        if self.held(offset).len() < want {
            let goes_on = offset.checked_sub(last).is_some_and(|skipped| skipped <= LEAST as u64);
            self.reach = if goes_on {
                (2 * self.reach).clamp(LEAST, MOST)
            } else {
                0
            };
            let reach = rest.min(self.reach);
            if want < reach {
                self.ahead(offset, reach);
            }
        }
        match self.held(offset).get(..want) {
            Some(held) => {
                buf[..want].copy_from_slice(held);
                Ok(want)
            }
            None => self.source.read_at(offset, buf),
        }
    }

    fn read_pieces(&mut self, pieces: &[(u64, u32)]) -> io::Result<Vec<Vec<u8>>> {
        self.source.read_pieces(pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Counts the accesses, and the bytes read.
    struct Counted<'a>(&'a [u8], usize, usize);

    impl Source for Counted<'_> {
        fn len(&self) -> u64 {
            self.0.len() as u64
        }

        fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            self.2 += buf.len();
            self.0.read_at(offset, buf)
        }
    }

    fn noise(len: usize) -> Vec<u8> {
        (0..len).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
    }

    #[test]
    fn what_is_read_from_end_to_end_takes_few_accesses() {
        let bytes = noise(20 << 20);
        let mut source = Onward::new(Counted(&bytes, 0, 0));
        let mut read = Vec::new();
        let mut buf = [0; 1000];
        loop {
            let n = source.read_at(read.len() as u64, &mut buf).unwrap();
            if n == 0 {
                break;
            }
            read.extend_from_slice(&buf[..n]);
        }
        assert!(read == bytes);
        assert!(source.source.1 < 16, "{} accesses", source.source.1);
    }

    #[test]
    fn what_can_be_read_is_read_where_what_follows_cannot() {
        /// Fails behind its first bytes.
        struct Broken<'a>(&'a [u8], u64);

        impl Source for Broken<'_> {
            fn len(&self) -> u64 {
                self.0.len() as u64
            }

            fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
                match offset + buf.len() as u64 {
                    end if end > self.1 => Err(io::ErrorKind::Other.into()),
                    _ => self.0.read_at(offset, buf),
                }
            }
        }

        let bytes = noise(1 << 20);
        let mut source = Onward::new(Broken(&bytes, 100_000));
        for at in (0..100_000).step_by(1000) {
            let mut buf = [0; 1000];
            assert_eq!(source.read_at(at, &mut buf).unwrap(), 1000);
            assert_eq!(buf[..], bytes[at as usize..][..1000]);
        }
        assert!(source.read_at(100_000, &mut [0]).is_err());
    }

    #[test]
    fn what_jumps_is_not_read_ahead_of() {
        let bytes = noise(20 << 20);
        let mut source = Onward::new(Counted(&bytes, 0, 0));
        for jump in (1..100).rev() {
            source.read_at(jump * 200_000, &mut [0; 50]).unwrap();
        }
        assert_eq!((source.source.1, source.source.2), (99, 99 * 50));
    }

    proptest! {
        /// Whatever is asked for, it is as if it was asked of the source itself.
        #[test]
        fn it_reads_what_is_there(
            len in 0_usize..300_000,
            reads in prop::collection::vec((0_u64..320_000, 0_usize..70_000, any::<bool>()), 0..40),
        ) {
            let bytes = noise(len);
            let mut source = Onward::new(Counted(&bytes, 0, 0));
            let mut at = 0;
            for (offset, size, on) in reads {
                let offset = if on { at } else { offset };
                let (mut buf, mut same) = (vec![0; size], vec![0; size]);
                let n = source.read_at(offset, &mut buf).unwrap();
                prop_assert_eq!(n, bytes.as_slice().read_at(offset, &mut same).unwrap());
                prop_assert_eq!(buf, same);
                at = offset + n as u64;
            }
        }
    }
}
