//! The pass over every byte of a file: read once, for digests and signatures.

mod observer;

use std::io;
use std::mem::discriminant;

use serde::{Deserialize, Serialize};

use self::observer::Observer;
use crate::digest::{Algorithm, Digests};
use crate::inspect::Reading;
use crate::recording::{Problem, ProblemKind};
use crate::signature::{Roots, Signature, Stream, Watch};
use crate::source::Source;
use crate::wire::DigestsDoc;

/// A pass under way.
pub struct Pass {
    digests: Digests,
    watch: Option<Watch>,
    observer: Option<Observer>,
}

/// What one pass takes of a file. Several passes of one file at the same time,
/// each with a portion, come to what one pass with [`WHOLE`](Portion::WHOLE)
/// comes to: see [`Passed::join`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portion {
    pub algorithms: &'static [Algorithm],
    /// Whether signatures are looked for, and pictures watched.
    pub signatures: bool,
}

impl Portion {
    /// All of it.
    pub const WHOLE: Self = Self {
        algorithms: Algorithm::ALL,
        signatures: true,
    };

    const fn of(algorithms: &'static [Algorithm], signatures: bool) -> Self {
        Self { algorithms, signatures }
    }

    /// One pass, two and three. Who is first reads the file as well; the two
    /// digests that take longest, SHA-256 and SM3, are never together, and the
    /// others and the search for signatures lie where there is room.
    pub const DIVISIONS: [&'static [Self]; 3] = [
        &[Self::WHOLE],
        &[
            Self::of(&[Algorithm::Sm3, Algorithm::Sha1], false),
            Self::of(&[Algorithm::Sha256, Algorithm::Md5], true),
        ],
        &[
            Self::of(&[Algorithm::Sha1, Algorithm::Md5], false),
            Self::of(&[Algorithm::Sha256], false),
            Self::of(&[Algorithm::Sm3], true),
        ],
    ];
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Passed {
    pub digests: DigestsDoc,
    pub signature: Signature,
    /// What is wrong with the pictures.
    pub problems: Vec<Problem>,
    /// Nothing of the file was left out for that: where its structure was read
    /// at the beginning and the end only, the middle is made up for.
    pub whole: bool,
}

impl Pass {
    /// Over a file whose structure was read; signers are looked for below
    /// `roots`.
    pub fn new(reading: &Reading, roots: &Roots) -> Self {
        Self::of(Algorithm::ALL, Some(&Stream::of(reading)), roots)
    }

    /// A portion of it: these digests, and signatures and pictures in `stream`.
    pub fn of(algorithms: &[Algorithm], stream: Option<&Stream>, roots: &Roots) -> Self {
        Self {
            digests: Digests::of(algorithms),
            watch: stream.map(|stream| Watch::new(stream, roots)),
            observer: stream.map(Observer::new),
        }
    }

    /// Takes the next bytes. `source` is the same file, for looking back.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn update(&mut self, bytes: &[u8], source: &mut dyn Source) -> io::Result<()> {
        self.digests.update(bytes);
        if let Some(observer) = &mut self.observer {
            observer.update(bytes, source)?;
        }
        match &mut self.watch {
            Some(watch) => watch.update(bytes, source),
            None => Ok(()),
        }
    }

    /// All bytes passed.
    pub fn finish(self) -> Passed {
        let (problems, whole) = self.observer.map(Observer::finish).unwrap_or_default();
        Passed {
            digests: self.digests.finish(),
            signature: self.watch.map(Watch::finish).unwrap_or_default(),
            problems,
            whole,
        }
    }
}

impl Passed {
    /// Adds what another pass of the same file took.
    pub fn join(&mut self, other: Self) {
        let (mine, theirs) = (&mut self.digests, other.digests);
        mine.sha256 = mine.sha256.take().or(theirs.sha256);
        mine.sm3 = mine.sm3.take().or(theirs.sm3);
        mine.sha1 = mine.sha1.take().or(theirs.sha1);
        mine.md5 = mine.md5.take().or(theirs.md5);
        self.signature.doc = self.signature.doc.take().or(other.signature.doc);
        self.signature.problems.extend(other.signature.problems);
        self.problems.extend(other.problems);
        self.whole |= other.whole;
    }

    /// Adds what the pass found to what the structure told.
    pub fn complete(self, reading: &mut Reading) {
        use ProblemKind as P;
        reading.digests = self.digests;
        reading.signature = self.signature.doc.or(reading.signature.take());
        if self.whole {
            reading.problems.retain(|p| !matches!(p.kind, P::MiddleNotRead { .. }));
        }
        let told = |new: &Problem| {
            reading.problems.iter().any(|known| match (&known.kind, &new.kind) {
                (P::ZeroFilled { .. }, P::PictureBlanked { .. })
                | (
                    P::FramesMissing { .. } | P::PacketsMissing { .. },
                    P::FramesMissing { .. } | P::OrderBackwards { .. },
                ) => true,
                (known, new) => discriminant(known) == discriminant(new),
            })
        };
        let news: Vec<Problem> = self.problems.into_iter().filter(|new| !told(new)).collect();
        reading.problems.extend(news);
        reading.problems.extend(self.signature.problems);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_division_takes_all_of_a_file_once() {
        for division in Portion::DIVISIONS {
            let mut algorithms: Vec<Algorithm> = division
                .iter()
                .flat_map(|portion| portion.algorithms)
                .copied()
                .collect();
            algorithms.sort();
            assert_eq!(algorithms, Algorithm::ALL);
            assert_eq!(division.iter().filter(|portion| portion.signatures).count(), 1);
        }
    }

    #[test]
    fn portions_together_are_the_whole() {
        let (mut bytes, roots) = (b"abc".as_slice(), Roots::default());
        let mut passed = |algorithms: &[Algorithm]| {
            let mut pass = Pass::of(algorithms, None, &roots);
            pass.update(b"abc", &mut bytes).unwrap();
            pass.finish()
        };
        let whole = passed(Algorithm::ALL);
        for division in Portion::DIVISIONS {
            let mut joined = Passed::default();
            division
                .iter()
                .for_each(|portion| joined.join(passed(portion.algorithms)));
            assert_eq!(joined, whole);
        }
    }
}
