//! What shows of the pictures as all bytes of a file pass. Reading a file's
//! structure looks at a large one in places only, and at the beginnings of
//! packets; here each picture comes by.
//!
//! Zeroes inside a picture are a block that the medium lost or that was
//! blanked, where all around it stands: within a unit of H.264 or H.265 there
//! are never three in a row (ITU-T H.264 §7.4.1, H.265 §7.4.2). MP4 tells where
//! its pictures are and what comes in which order, so it is asked only where
//! there are zeroes; other containers are followed.

use std::io;

use crate::formats::Contents;
use crate::formats::iso_bmff::holes::Holes;
use crate::formats::shared::nal::Codec;
use crate::formats::shared::pictures::{HEAD, Pictures};
use crate::formats::shared::zeroes::Runs;
use crate::recording::{Kind, Problem, ProblemKind};
use crate::signature::Stream;
use crate::signature::demux::Cutter;
use crate::signature::units::Sink;
use crate::source::Source;

/// Watches the pictures of one file.
pub enum Observer {
    /// Nothing passed yet.
    New(Stream),
    Mp4(Holes),
    Followed(Box<(Cutter, Seen)>),
    /// Pictures of another codec, or not where they can be followed.
    Nowhere,
}

impl Observer {
    /// From the first byte of such a file on.
    pub fn new(stream: &Stream) -> Self {
        match (stream.kind, stream.codec) {
            (Kind::Mp4, Some(_)) => Self::Mp4(Holes::default()),
            (Kind::Mp4, None) => Self::Nowhere,
            _ => Self::New(*stream),
        }
    }

    /// Takes the next bytes of the file; `source` is the same file.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn update(&mut self, piece: &[u8], source: &mut dyn Source) -> io::Result<()> {
        if let Self::New(stream) = self {
            *self = match Cutter::of(stream.kind, stream.codec, source)? {
                Some((cutter, codec)) => Self::Followed(Box::new((cutter, Seen::of(codec)))),
                None => Self::Nowhere,
            };
        }
        match self {
            Self::Mp4(holes) => holes.update(piece, source)?,
            Self::Followed(following) => {
                let (cutter, seen) = &mut **following;
                cutter.push(piece, seen);
            }
            Self::New(_) | Self::Nowhere => {}
        }
        Ok(())
    }

    /// What is wrong with them.
    pub fn finish(self) -> Vec<Problem> {
        match self {
            Self::Mp4(holes) => holes.finish().map(blanked).into_iter().collect(),
            Self::Followed(following) => {
                let (mut cutter, mut seen) = *following;
                cutter.finish(&mut seen);
                seen.problems()
            }
            Self::New(_) | Self::Nowhere => Vec::new(),
        }
    }
}

/// The first zero in the file, and how many in all.
const fn blanked((first, bytes): (u64, u64)) -> Problem {
    ProblemKind::PictureBlanked { bytes }.at(first)
}

/// Units as they come.
pub struct Seen {
    codec: Codec,
    pictures: Pictures,
    /// Where the unit under way begins, and its first bytes until there are
    /// enough of them to look at.
    offset: u64,
    head: Option<Vec<u8>>,
    /// Only slices are searched: some writers leave other units unescaped.
    slice: bool,
    runs: Runs,
    blanked: Option<(u64, u64)>,
}

impl Seen {
    fn of(codec: Codec) -> Self {
        Self {
            codec,
            pictures: Pictures::new(codec),
            offset: 0,
            head: None,
            slice: false,
            runs: Runs::default(),
            blanked: None,
        }
    }

    fn look(&mut self) {
        if let Some(head) = self.head.take() {
            self.pictures.unit(&head, self.offset, None);
        }
    }

    fn problems(self) -> Vec<Problem> {
        let mut contents = Contents::default();
        self.pictures.report(false, &mut contents);
        contents.problems.extend(self.blanked.map(blanked));
        contents.problems
    }
}

impl Sink for Seen {
    fn begin(&mut self, offset: u64, _sample: Option<u32>) {
        self.offset = offset;
        self.head = Some(Vec::with_capacity(HEAD));
        self.runs = Runs::default();
    }

    fn bytes(&mut self, offset: u64, bytes: &[u8]) {
        if let Some(head) = &mut self.head {
            if head.is_empty() {
                self.slice = bytes.first().is_some_and(|first| self.codec.is_slice(*first));
            }
            head.extend(bytes.iter().take(HEAD - head.len()));
            if head.len() == HEAD {
                self.look();
            }
        }
        if !self.slice {
            return;
        }
        for (end, zeroes) in self.runs.update(bytes) {
            let (first, bytes) = self.blanked.unwrap_or(((offset + end).saturating_sub(zeroes), 0));
            self.blanked = Some((first, bytes + zeroes));
        }
    }

    fn unfinished(&self) -> bool {
        false
    }

    fn end(&mut self, _whole: bool) {
        self.look();
    }
}
