//! The pass over every byte of a file: read once, for digests and signatures.

use std::io;

use serde::{Deserialize, Serialize};

use crate::digest::Digests;
use crate::inspect::Reading;
use crate::signature::{Roots, Signature, Watch};
use crate::source::Source;
use crate::wire::DigestsDoc;

/// A pass under way.
pub struct Pass {
    digests: Digests,
    watch: Watch,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Passed {
    pub digests: DigestsDoc,
    pub signature: Signature,
}

impl Pass {
    /// Over a file whose structure was read; signers are looked for below
    /// `roots`.
    pub fn new(reading: &Reading, roots: &Roots) -> Self {
        Self {
            digests: Digests::new(),
            watch: Watch::new(reading, roots),
        }
    }

    /// Takes the next bytes. `source` is the same file, for looking back.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn update(&mut self, bytes: &[u8], source: &mut dyn Source) -> io::Result<()> {
        self.digests.update(bytes);
        self.watch.update(bytes, source)
    }

    /// All bytes passed.
    pub fn finish(self) -> Passed {
        Passed {
            digests: self.digests.finish(),
            signature: self.watch.finish(),
        }
    }
}

impl Passed {
    /// Adds what the pass found to what the structure told.
    pub fn complete(self, reading: &mut Reading) {
        reading.digests = self.digests;
        reading.signature = self.signature.doc.or(reading.signature.take());
        reading.problems.extend(self.signature.problem);
    }
}
