//! The pass over every byte of a file: read once, for digests and signatures.

mod observer;

use std::io;
use std::mem::discriminant;

use serde::{Deserialize, Serialize};

use self::observer::Observer;
use crate::digest::Digests;
use crate::inspect::Reading;
use crate::recording::{Problem, ProblemKind};
use crate::signature::{Roots, Signature, Stream, Watch};
use crate::source::Source;
use crate::wire::DigestsDoc;

/// A pass under way.
pub struct Pass {
    /// Some of them may be under way elsewhere, and are joined before the end.
    pub digests: Digests,
    watch: Option<Watch>,
    observer: Option<Observer>,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Passed {
    pub digests: DigestsDoc,
    pub signature: Signature,
    /// What is wrong with the pictures.
    pub problems: Vec<Problem>,
    pub watched: Watched,
}

/// How far a pass makes up for the middle of a file whose structure was read at
/// the beginning and the end only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Watched {
    #[default]
    Nothing,
    /// Each picture from the first to the last; not what containers write
    /// around them.
    Pictures,
    /// The file holds nothing else.
    All,
}

impl Pass {
    /// Over a file whose structure was read; signers are looked for below
    /// `roots`.
    pub fn new(reading: &Reading, roots: &Roots) -> Self {
        Self::of(Digests::new(), Some(&Stream::of(reading)), roots)
    }

    /// With these digests; with signatures and pictures where the `stream` is
    /// given that they are in.
    pub fn of(digests: Digests, stream: Option<&Stream>, roots: &Roots) -> Self {
        Self {
            digests,
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
        let (problems, watched) = self.observer.map(Observer::finish).unwrap_or_default();
        Passed {
            digests: self.digests.finish(),
            signature: self.watch.map(Watch::finish).unwrap_or_default(),
            problems,
            watched,
        }
    }
}

impl Passed {
    /// Adds what the pass found to what the structure told.
    pub fn complete(self, reading: &mut Reading) {
        use ProblemKind as P;
        reading.digests = self.digests;
        reading.signature = self.signature.doc.or(reading.signature.take());
        let watched = self.watched;
        reading.problems.retain_mut(|problem| match &mut problem.kind {
            P::MiddleNotRead { pictures, .. } => {
                *pictures = watched >= Watched::Pictures;
                watched < Watched::All
            }
            _ => true,
        });
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
    fn the_middle_is_made_up_for() {
        let left = |watched| {
            let mut reading = Reading::failed("大.ps", 1 << 30);
            reading.problems = vec![ProblemKind::middle_not_read(9).at(5)];
            let passed = Passed {
                watched,
                ..Passed::default()
            };
            passed.complete(&mut reading);
            reading.problems.into_iter().map(|p| p.kind).collect::<Vec<_>>()
        };
        let of = |pictures| vec![ProblemKind::MiddleNotRead { bytes: 9, pictures }];
        assert_eq!(left(Watched::Nothing), of(false));
        assert_eq!(left(Watched::Pictures), of(true));
        assert_eq!(left(Watched::All), []);
    }
}
