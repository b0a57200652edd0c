//! A walk along a file by small reads, within a bound.
//!
//! Files up to [`WHOLE`] are walked from end to end. Of larger ones no more
//! than a hundredth or 4 MiB is read: enough for the record headers of most,
//! else for the beginning and the end.

use std::io;

use crate::formats::Contents;
use crate::formats::bytes;
use crate::recording::problem::Limit;
use crate::recording::{Problem, ProblemKind};
use crate::source::Source;

/// Files up to this many bytes are read whole.
pub const WHOLE: u64 = 8 << 20;

/// A picture of at least this many bytes that begins with zeroes was never
/// written: media lose blocks, not bytes.
pub const BLANK: u64 = 4096;

/// Least bytes that may be read of a larger file.
const LEAST: u64 = 4 << 20;

/// Kept back from the walk for the end of the file.
const TAIL: u64 = 5 << 18;

/// Kept back for the probe, checks for zeroes and the like.
const MARGIN: u64 = 1 << 18;

/// Reads of one walk: each costs a call into the browser.
const READS: u32 = 100_000;

/// Bytes searched for the next record in a larger file.
const SEARCH: u64 = 1 << 19;

/// A file being walked.
pub struct Walker<'a> {
    pub source: &'a mut dyn Source,
    len: u64,
    buffer: Vec<u8>,
    at: u64,
    ahead: usize,
    budget: u64,
    tail: u64,
    reads: u32,
    spent: bool,
    taken: u64,
}

/// Where a search for the next record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A record begins here.
    At { offset: u64 },
    /// None up to the end of the file.
    End,
    /// None in the bytes that may be searched.
    Limit,
}

impl<'a> Walker<'a> {
    /// A walk with the bound that fits the file.
    pub fn new(source: &'a mut dyn Source) -> Self {
        let len = source.len();
        let whole = len <= WHOLE;
        let budget = if whole {
            u64::MAX
        } else {
            LEAST.max(len / 100) - MARGIN - TAIL
        };
        Self {
            source,
            len,
            buffer: Vec::new(),
            at: 0,
            ahead: if whole { 1 << 16 } else { 0 },
            budget,
            tail: TAIL,
            reads: READS,
            spent: false,
            taken: 0,
        }
    }

    /// Length of the file.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether the file has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the whole file may be read.
    pub fn whole(&self) -> bool {
        self.len <= WHOLE
    }

    /// Whether a read was refused because the bound was reached.
    pub fn spent(&self) -> bool {
        self.spent
    }

    /// Bytes read so far: of a walk that jumps to and fro more than the file has.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// Allows what was kept back for the end of the file. Read ahead there:
    /// the end is searched, not walked.
    pub fn turn_to_tail(&mut self) {
        self.budget = self.budget.saturating_add(self.tail);
        self.tail = 0;
        self.reads = self.reads.saturating_add(1000);
        self.spent = false;
        self.ahead = 1 << 16;
    }

    /// Where the window at the end of the file begins.
    pub fn tail_start(&self) -> u64 {
        self.len.saturating_sub(1 << 20)
    }

    /// Up to `n` bytes from `offset`: fewer at the end of the file, none when
    /// the bound is reached ([`Walker::spent`]).
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn peek(&mut self, offset: u64, n: usize) -> io::Result<&[u8]> {
        let want = n.min(usize::try_from(self.len.saturating_sub(offset)).unwrap_or(usize::MAX));
        let held = |w: &Self| {
            let from = usize::try_from(offset.checked_sub(w.at)?).ok()?;
            (from.checked_add(want)? <= w.buffer.len()).then_some(from)
        };
        let from = match held(self) {
            Some(from) => from,
            None => {
                let len = want.max(self.ahead);
                if self.budget < len as u64 || self.reads == 0 {
                    self.spent = true;
                    return Ok(&[]);
                }
                if self.budget != u64::MAX {
                    self.budget -= len as u64;
                    self.reads -= 1;
                }
                self.buffer = bytes::read(self.source, offset, len)?;
                self.taken = self.taken.saturating_add(self.buffer.len() as u64);
                self.at = offset;
                0
            }
        };
        let rest = self.buffer.get(from..).unwrap_or_default();
        Ok(rest.get(..want).unwrap_or(rest))
    }

    /// Searches from `from` on for the next place where a record begins, of
    /// which `starts` sees up to 64 bytes.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn search(&mut self, from: u64, starts: &dyn Fn(&[u8]) -> bool) -> io::Result<Found> {
        const PIECE: usize = 1 << 15;
        const SEEN: usize = 64;
        let limit = if self.whole() {
            self.len
        } else {
            from.saturating_add(SEARCH).min(self.len)
        };
        let (mut at, mut zeroes) = (from, true);
        while at < limit {
            let piece = self.peek(at, PIECE)?;
            if piece.is_empty() {
                return Ok(Found::Limit);
            }
            let last = at + piece.len() as u64 >= self.len;
            let piece = self.peek(at, PIECE)?;
            // All but the last piece leave room to see a whole beginning.
            let usable = if last {
                piece.len()
            } else {
                piece.len().saturating_sub(SEEN).max(1)
            };
            for place in 0..usable {
                let rest = piece.get(place..).unwrap_or_default();
                if starts(rest.get(..SEEN).unwrap_or(rest)) {
                    let offset = at + place as u64;
                    return Ok(Found::At { offset });
                }
                zeroes &= rest.first() == Some(&0);
            }
            at += usable as u64;
        }
        if limit < self.len {
            return match zeroes && bytes::zeroes_from(self.source, from, 32)? {
                true => Ok(Found::End),
                false => Ok(Found::Limit),
            };
        }
        Ok(Found::End)
    }

    /// At `offset` a record should begin and does not: says what is there,
    /// and where to go on. The search begins at `from`, which is earlier where
    /// the length of the record before may be wrong; `complete` tells whether
    /// the recording had come to a proper end.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn mend(
        &mut self,
        from: u64,
        offset: u64,
        complete: bool,
        starts: &dyn Fn(&[u8]) -> bool,
        contents: &mut Contents,
    ) -> io::Result<Option<u64>> {
        let found = self.search(from, starts)?;
        let rest = self.len.saturating_sub(offset);
        let problem = match found {
            Found::At { offset: next } => {
                let begin = if next > offset { offset } else { from };
                let problem = self.gap(begin, next)?;
                contents.problem(problem);
                return Ok(Some(next));
            }
            Found::End if rest > 0 && bytes::zeroes_from(self.source, offset, 32)? => {
                // A last record that itself ends in zeroes was never written whole.
                let before = self.peek(offset.saturating_sub(3), 3)?;
                if complete && before.iter().any(|b| *b != 0) {
                    ProblemKind::ZeroPadding { bytes: rest }
                } else {
                    ProblemKind::ZeroFilled {
                        bytes: rest,
                        whole: false,
                    }
                }
            }
            Found::End if complete => ProblemKind::TrailingData { bytes: rest },
            Found::End => ProblemKind::Garbled { bytes: Some(rest) },
            Found::Limit if self.spent => ProblemKind::LimitReached(Limit::Reads),
            Found::Limit => {
                contents.problem(ProblemKind::Garbled { bytes: None }.at(offset));
                // A long part is lost: the end may still be whole.
                let tail = self.tail_start();
                if tail <= offset {
                    return Ok(None);
                }
                self.turn_to_tail();
                return Ok(match self.search(tail, starts)? {
                    Found::At { offset } => Some(offset),
                    _ => None,
                });
            }
        };
        contents.problem(problem.at(offset.min(self.len)));
        Ok(None)
    }

    /// The record at `offset` would end at `end`, behind the end of the file.
    /// Where another record follows, its length was wrong: what lies between
    /// is told, and where to go on; otherwise the file is cut.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn overrun(
        &mut self,
        offset: u64,
        end: u64,
        starts: &dyn Fn(&[u8]) -> bool,
        contents: &mut Contents,
    ) -> io::Result<Option<u64>> {
        if let Found::At { offset: next } = self.search(offset + 4, starts)? {
            let problem = self.gap(offset, next)?;
            contents.problem(problem);
            return Ok(Some(next));
        }
        let missing = Some(end - self.len);
        contents.problem(ProblemKind::Truncated { missing }.at(offset));
        Ok(None)
    }

    /// What lies between two records: a long run of zeroes, or anything else.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn gap(&mut self, from: u64, to: u64) -> io::Result<Problem> {
        const RUN: u64 = 64;
        let bytes = to.saturating_sub(from);
        let (mut at, mut run) = (from, 0);
        let (mut longest, mut place) = (0, from);
        while at < to {
            let n = usize::try_from(to - at).unwrap_or(usize::MAX).min(1 << 15);
            let piece = self.peek(at, n)?;
            if piece.is_empty() {
                break;
            }
            for (n, byte) in piece.iter().enumerate() {
                run = if *byte == 0 { run + 1 } else { 0 };
                if run > longest {
                    longest = run;
                    place = at + n as u64 + 1 - run;
                }
            }
            at += piece.len() as u64;
        }
        if longest >= RUN.min(bytes.max(1)) {
            let kind = ProblemKind::ZeroFilled {
                bytes: longest,
                whole: false,
            };
            return Ok(kind.at(place));
        }
        Ok(ProblemKind::Garbled { bytes: Some(bytes) }.at(from))
    }
}
