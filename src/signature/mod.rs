//! Signatures in the stream: Axis Signed Video and ONVIF Media Signing, in
//! H.264 and H.265, verified group of pictures by group of pictures.
//!
//! [`Watch`] rides on the pass that takes the digests: it looks for the marks
//! of signing cameras ([`marks`]), which costs next to nothing. At the first
//! one it reads what came before once more, and from there on cuts the file
//! into [`units`] ([`demux`] finds them in each container), reads the cameras' messages ([`sei`]) and holds pictures
//! against them ([`groups`], [`verifier`]). [`keys`] and [`chain`] tell who
//! signed. What this proves: that these pictures, in this order, are what the
//! holder of the key signed. Who that is, a certificate must tell. [`seal`]
//! checks what a recorder signs when it exports: the file as a whole.

mod chain;
pub(crate) mod demux;
mod der;
mod groups;
mod keys;
mod marks;
mod seal;
mod sei;
pub(crate) mod units;
mod verifier;

use std::io;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

pub use self::verifier::{Origin, Reason};

use self::chain::Certificate;
use self::demux::Cutter;
use self::groups::Place;
use self::marks::{Mark, Search};
use self::seal::SealWatch;
use self::verifier::{Outcome, Verifier, in_china};
use crate::formats::iso_bmff::seal::Seals;
use crate::formats::shared::mpeg::Mpeg;
use crate::formats::shared::nal::{self, Codec};
use crate::inspect::Reading;
use crate::recording::{Kind, Problem, ProblemKind};
use crate::source::Source;
use crate::wire::SignatureDoc;

/// Certificates that the user trusts.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    certificates: Rc<[Certificate]>,
}

impl Roots {
    /// All certificates in these files, PEM or DER.
    pub fn of<'f>(files: impl IntoIterator<Item = &'f [u8]>) -> Self {
        let certificates = files.into_iter().flat_map(Certificate::all);
        Self {
            certificates: certificates.collect(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.certificates.len()
    }

    /// Whether nothing is trusted.
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }
}

/// Bytes read at once where the file is read again.
const PIECE: usize = 1 << 20;

/// What must be known of a file to look for signatures in it, and to watch its
/// pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    pub kind: Kind,
    /// Of the first track that can be signed.
    pub codec: Option<Codec>,
    /// Of the first track in an older codec.
    pub mpeg: Option<Mpeg>,
    /// The video is SVAC (GB/T 25724), which GB 35114 signs.
    pub svac: bool,
}

impl Stream {
    /// Of a file whose structure was read.
    pub fn of(reading: &Reading) -> Self {
        let signable = |codec: &str| [Codec::H264, Codec::H265].into_iter().find(|known| known.id() == codec);
        let mpeg = |codec: &str| Mpeg::ALL.into_iter().find(|known| known.id() == codec);
        Self {
            kind: reading.kind,
            codec: reading.tracks.iter().find_map(|track| signable(&track.codec)),
            mpeg: reading.tracks.iter().find_map(|track| mpeg(&track.codec)),
            svac: reading.tracks.iter().any(|track| track.codec == "svac"),
        }
    }
}

/// Looks for signatures in a file as it passes, and verifies them. One mark
/// that no header of the container cuts in two is enough to begin.
pub struct Watch {
    stream: Stream,
    roots: Roots,
    search: Search,
    /// Bytes that passed.
    at: u64,
    state: State,
    seal: Option<SealWatch>,
}

enum State {
    /// No mark came yet.
    Looking,
    Following(Mark, Box<(Cutter, Verifier)>),
    /// There are marks, but not where they can be followed.
    Unsupported(Mark),
    /// Authentication data of GB 35114, recognised only.
    Gb35114,
}

/// What signatures say of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signature {
    /// `None` where there is none.
    pub doc: Option<SignatureDoc>,
    pub problems: Vec<Problem>,
}

impl Watch {
    /// From the first byte of such a file on.
    pub fn new(stream: &Stream, roots: &Roots) -> Self {
        Self {
            stream: *stream,
            roots: roots.clone(),
            search: Search::default(),
            at: 0,
            state: State::Looking,
            seal: None,
        }
    }

    /// Takes the next bytes of the file. `source` is the same file; it is
    /// read only at the start and where a first mark is found.
    ///
    /// # Errors
    /// As [`Source::read_at`].
    pub fn update(&mut self, bytes: &[u8], source: &mut dyn Source) -> io::Result<()> {
        if self.at == 0 && self.stream.kind == Kind::Mp4 {
            self.seal = SealWatch::new(Seals::read(source)?);
        }
        if let Some(seal) = &mut self.seal {
            seal.update(bytes);
        }
        if let State::Looking = self.state
            && self.stream.kind.is_media()
            && let Some(mark) = self.search.find(bytes)
        {
            self.state = match Cutter::of(self.stream.kind, self.stream.codec, source)? {
                Some((cutter, codec)) => {
                    let verifier = Verifier::new(codec, self.roots.clone());
                    let following = self.catch_up(cutter, verifier, source)?;
                    State::Following(mark, Box::new(following))
                }
                None => State::Unsupported(mark),
            };
        }
        if let State::Looking = self.state
            && self.stream.svac
            && authentication_data(bytes)
        {
            self.state = State::Gb35114;
        }
        if let State::Following(_, following) = &mut self.state {
            let (cutter, verifier) = &mut **following;
            cutter.push(bytes, verifier);
        }
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// Passes once more what already went by.
    fn catch_up(
        &self,
        mut cutter: Cutter,
        mut verifier: Verifier,
        source: &mut dyn Source,
    ) -> io::Result<(Cutter, Verifier)> {
        let mut piece = vec![0; PIECE];
        let mut at = 0;
        while at < self.at {
            let want = usize::try_from(self.at - at).unwrap_or(PIECE).min(PIECE);
            let got = source.read_at(at, piece.get_mut(..want).unwrap_or_default())?;
            if got == 0 {
                break;
            }
            cutter.push(piece.get(..got).unwrap_or_default(), &mut verifier);
            at += got as u64;
        }
        Ok((cutter, verifier))
    }

    /// All bytes passed. A broken seal tells more than what a camera signed;
    /// one that holds, less.
    pub fn finish(mut self) -> Signature {
        let sealed = self
            .seal
            .take()
            .map(|seal| seal.finish(&self.roots))
            .unwrap_or_default();
        let filmed = self.stream();
        match filmed.doc {
            Some(_) if sealed.problems.is_empty() => filmed,
            _ if sealed.doc.is_some() => sealed,
            _ => filmed,
        }
    }

    fn stream(self) -> Signature {
        match self.state {
            State::Looking => Signature::default(),
            State::Unsupported(mark) => unsupported(mark, Reason::Layout),
            State::Gb35114 => Signature {
                doc: Some(SignatureDoc::unsupported("gb35114")),
                problems: Vec::new(),
            },
            State::Following(mark, following) => {
                let (mut cutter, mut verifier) = *following;
                cutter.finish(&mut verifier);
                match (verifier.finish(cutter.lost()), cutter.lost()) {
                    (Some(outcome), _) => signature(&outcome, &cutter),
                    (None, lost) => unsupported(mark, lost.unwrap_or(Reason::Layout)),
                }
            }
        }
    }
}

/// Whether an SVAC stream has units of authentication data (type 10; GB 35114
/// on GB/T 25724): one bit zero, one of reference, four of type, two of
/// encryption and authentication.
fn authentication_data(bytes: &[u8]) -> bool {
    nal::units(bytes).any(|(_, unit)| unit.first().is_some_and(|head| head & 0xbc == 0x28))
}

/// There are marks, but the messages could not be reached.
fn unsupported(mark: Mark, reason: Reason) -> Signature {
    Signature {
        doc: Some(SignatureDoc {
            reasons: vec![reason.id().to_owned()],
            ..SignatureDoc::unsupported(mark.id())
        }),
        problems: Vec::new(),
    }
}

fn signature(outcome: &Outcome, cutter: &Cutter) -> Signature {
    let bad = [outcome.found.first_bad, outcome.found.first_gap]
        .into_iter()
        .flatten()
        .min();
    let time = |place: Place| cutter.time_ms(place.sample?);
    let ms = bad.and_then(time);
    let verdict = verdict(outcome);
    let bad = bad.filter(|_| verdict == "invalid");
    let problem = bad.map(|bad| {
        let (frame, ms) = (Some(bad.frame), ms);
        ProblemKind::SignatureInvalid { frame, ms }.at(bad.offset)
    });
    let spliced = outcome.found.spliced.map(|place| {
        let (frame, ms) = (place.frame, time(place));
        ProblemKind::SignerChanged { frame, ms }.at(place.offset)
    });
    Signature {
        doc: Some(SignatureDoc {
            scheme: outcome.scheme.id().to_owned(),
            verdict: verdict.to_owned(),
            first_bad_frame: bad.map(|bad| bad.frame),
            first_bad_ms: ms.filter(|_| bad.is_some()),
            groups: outcome.found.groups,
            groups_verified: outcome.found.groups_verified,
            frames: outcome.frames,
            frames_verified: outcome.found.frames_verified,
            signed_from: outcome.from.and_then(in_china),
            signed_to: outcome.to.and_then(in_china),
            signer: outcome.signer.clone(),
            origin: outcome.origin.map(|origin| origin.id().to_owned()),
            reasons: outcome.reasons.iter().map(|reason| reason.id().to_owned()).collect(),
            because: Vec::new(),
        }),
        problems: problem.into_iter().chain(spliced).collect(),
    }
}

/// `invalid` by gaps only where the messages are whole: torn ones are mostly
/// the work of a conversion. `unsupported` where it could not be checked, `invalid` where pictures are
/// not what was signed, `incomplete` where not all of them are proven, or not
/// by whom the user trusts.
fn verdict(outcome: &Outcome) -> &'static str {
    let any = |reasons: &[Reason]| outcome.reasons.iter().any(|reason| reasons.contains(reason));
    let doubted = matches!(outcome.origin, Some(Origin::Untrusted | Origin::OutOfForce));
    if any(&[Reason::Algorithm, Reason::KeyMissing, Reason::Layout, Reason::Limit]) {
        "unsupported"
    } else if any(&[Reason::Altered]) || (any(&[Reason::Gap]) && !any(&[Reason::Torn])) {
        "invalid"
    } else if !outcome.reasons.is_empty() || outcome.found.groups_verified == 0 || doubted {
        "incomplete"
    } else {
        "valid"
    }
}
