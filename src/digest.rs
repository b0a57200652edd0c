//! Whole-file digests, pushed piece by piece: each byte is read once for all
//! four, and compared with what manifests say. In the middle of a file some of
//! them can be suspended and go on elsewhere.

use std::sync::OnceLock;

use digests::{AT_ONCE, Block, Four, Md5, Sha1, Sha256, Words, compress256, update_both};
use serde::{Deserialize, Serialize};
use sm3::digest::common::hazmat::{SerializableState, SerializedState};
use sm3::{Digest, Sm3};

use crate::ids::ids;
use crate::wire::DigestsDoc;

ids! {
    /// Digests that are taken of every file: SHA-256 (FIPS 180-4), SM3
    /// (GB/T 32905), and the two that recorders and their software still write.
    pub enum Algorithm {
        Sha256 = "sha256" => "SHA-256",
        Sm3 = "sm3" => "SM3",
        Sha1 = "sha1" => "SHA-1",
        Md5 = "md5" => "MD5",
    }
}

impl Algorithm {
    /// Hexadecimal digits of a digest.
    pub const fn digits(self) -> usize {
        match self {
            Self::Sha256 | Self::Sm3 => 64,
            Self::Sha1 => 40,
            Self::Md5 => 32,
        }
    }
}

impl DigestsDoc {
    /// The digest of one algorithm, where it was taken.
    pub fn get(&self, algorithm: Algorithm) -> Option<&str> {
        match algorithm {
            Algorithm::Sha256 => self.sha256.as_deref(),
            Algorithm::Sm3 => self.sm3.as_deref(),
            Algorithm::Sha1 => self.sha1.as_deref(),
            Algorithm::Md5 => self.md5.as_deref(),
        }
    }
}

/// A digest that a manifest gives of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The file's name as the manifest writes it.
    pub name: String,
    /// The algorithm where the manifest names it; else the length tells.
    pub algorithm: Option<Algorithm>,
    /// Lower-case hexadecimal; empty where the digest is of a kind that is
    /// not taken here.
    pub digits: String,
}

impl Listed {
    /// Whether the file is the one that was listed; `None` where the digest
    /// that would tell was not taken. 64 digits without a name are SHA-256 or
    /// SM3: either will do, and only both failing is a difference.
    pub fn agrees(&self, with: &DigestsDoc) -> Option<bool> {
        let possible = Algorithm::ALL.iter().filter(|algorithm| match self.algorithm {
            Some(named) => **algorithm == named,
            None => algorithm.digits() == self.digits.len(),
        });
        let mut agrees = Vec::new();
        for algorithm in possible {
            agrees.push(with.get(*algorithm).map(|taken| taken == self.digits));
        }
        match agrees.as_slice() {
            [] => None,
            all if all.contains(&Some(true)) => Some(true),
            all if all.contains(&None) => None,
            _ => Some(false),
        }
    }
}

/// What takes whole blocks.
pub struct Take {
    /// Into SHA-1 and MD5 at once.
    pub both: fn(&mut Words, &[Four]),
    pub sha256: fn(&mut [u32; 8], &[Block]),
}

static TAKE: OnceLock<Take> = OnceLock::new();

/// Has blocks taken by this from now on, and SHA-1 and MD5 of the same file at
/// once: whoever starts the program knows what is quickest there.
pub fn take_by(take: Take) {
    // The first stays.
    TAKE.get_or_init(|| take);
}

/// Digests that are taken together wherever they are taken.
pub type Share = &'static [Algorithm];

/// What can be shared out of a file: what takes longest first.
pub const SHARES: [Share; 3] = [
    &[Algorithm::Sm3],
    &[Algorithm::Sha256],
    &[Algorithm::Sha1, Algorithm::Md5],
];

/// Digests that somebody is to go on with: the state of each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended(Vec<(Algorithm, Vec<u8>)>);

/// Digests under way: all four, or some.
#[derive(Clone)]
pub struct Digests {
    sm3: Option<Sm3>,
    sha1: Option<Sha1>,
    md5: Option<Md5>,
    sha256: Option<Sha256>,
}

/// Bytes that go through all digests before the next are fetched: so few stay
/// in the processor's caches meanwhile, and with so many a call costs nothing.
const PIECE: usize = AT_ONCE * size_of::<Four>();

impl Default for Digests {
    fn default() -> Self {
        Self::of(Algorithm::ALL)
    }
}

impl Digests {
    /// All four, of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// These, of nothing yet.
    pub fn of(algorithms: &[Algorithm]) -> Self {
        let taken = |algorithm| algorithms.contains(&algorithm);
        Self {
            sm3: taken(Algorithm::Sm3).then(Sm3::new),
            sha1: taken(Algorithm::Sha1).then(Sha1::default),
            md5: taken(Algorithm::Md5).then(Md5::default),
            sha256: taken(Algorithm::Sha256).then(Sha256::default),
        }
    }

    /// Goes on with what was suspended; `None` where it cannot be that.
    pub fn resume(suspended: &Suspended) -> Option<Self> {
        let sm3 = |state: &[u8]| Sm3::deserialize(&SerializedState::<Sm3>::try_from(state).ok()?).ok();
        let mut digests = Self::of(&[]);
        for (algorithm, state) in &suspended.0 {
            match algorithm {
                Algorithm::Sm3 => digests.sm3 = Some(sm3(state)?),
                Algorithm::Sha1 => digests.sha1 = Some(Sha1::load(state)?),
                Algorithm::Md5 => digests.md5 = Some(Md5::load(state)?),
                Algorithm::Sha256 => digests.sha256 = Some(Sha256::load(state)?),
            }
        }
        Some(digests)
    }

    /// Adds others that have come to the same place.
    pub fn join(&mut self, other: Self) {
        self.sm3 = self.sm3.take().or(other.sm3);
        self.sha1 = self.sha1.take().or(other.sha1);
        self.md5 = self.md5.take().or(other.md5);
        self.sha256 = self.sha256.take().or(other.sha256);
    }

    /// Which are under way, as they can be shared out: what takes longest first.
    pub fn under_way(&self) -> Vec<Share> {
        let is = |algorithm: &Algorithm| match algorithm {
            Algorithm::Sm3 => self.sm3.is_some(),
            Algorithm::Sha1 => self.sha1.is_some(),
            Algorithm::Md5 => self.md5.is_some(),
            Algorithm::Sha256 => self.sha256.is_some(),
        };
        SHARES.into_iter().filter(|share| share.iter().any(is)).collect()
    }

    /// Leaves off with these, as far as they are under way, so that somebody goes
    /// on with them.
    pub fn suspend(&mut self, algorithms: &[Algorithm]) -> Suspended {
        let state = |algorithm: &Algorithm| {
            let state = match algorithm {
                Algorithm::Sm3 => self.sm3.take()?.serialize().to_vec(),
                Algorithm::Sha1 => self.sha1.take()?.save(),
                Algorithm::Md5 => self.md5.take()?.save(),
                Algorithm::Sha256 => self.sha256.take()?.save(),
            };
            Some((*algorithm, state))
        };
        Suspended(algorithms.iter().filter_map(state).collect())
    }

    /// Takes the next bytes of the file.
    pub fn update(&mut self, bytes: &[u8]) {
        let take = TAKE.get();
        for piece in bytes.chunks(PIECE) {
            if let Some(sm3) = &mut self.sm3 {
                sm3.update(piece);
            }
            match (&mut self.sha1, &mut self.md5, take) {
                (Some(sha1), Some(md5), Some(take)) => update_both(sha1, md5, piece, take.both),
                (sha1, md5, _) => {
                    sha1.iter_mut().for_each(|sha1| sha1.update(piece));
                    md5.iter_mut().for_each(|md5| md5.update(piece));
                }
            }
            if let Some(sha256) = &mut self.sha256 {
                sha256.update_by(piece, take.map_or(compress256, |take| take.sha256));
            }
        }
    }

    /// The digests of all bytes taken, in lower-case hexadecimal.
    pub fn finish(self) -> DigestsDoc {
        DigestsDoc {
            sha256: self.sha256.map(|digest| hex(&digest.finish())),
            sm3: self.sm3.map(|digest| hex(&digest.finalize())),
            sha1: self.sha1.map(|digest| hex(&digest.finish())),
            md5: self.md5.map(|digest| hex(&digest.finish())),
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS[usize::from(n & 15)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pieces: &[&[u8]]) -> DigestsDoc {
        let mut digests = Digests::new();
        pieces.iter().for_each(|piece| digests.update(piece));
        digests.finish()
    }

    /// The first vectors of FIPS 180-4, GB/T 32905-2016 and RFC 1321.
    #[test]
    fn in_pieces_as_at_once() {
        let abc = of(&[b"a", b"bc"]);
        let expected = [
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
            "900150983cd24fb0d6963f7d28e17f72",
        ];
        for (algorithm, expected) in Algorithm::ALL.iter().zip(expected) {
            assert_eq!(abc.get(*algorithm), Some(expected), "{algorithm:?}");
            assert_eq!(expected.len(), algorithm.digits());
        }
        let long = vec![7; 3 * PIECE + 5];
        assert_eq!(of(&[&long]), of(&[&long[..PIECE - 1], &long[PIECE - 1..]]));
    }

    #[test]
    fn others_go_on_where_one_left_off() {
        use Algorithm::{Md5, Sha1, Sha256, Sm3};
        let whole = of(&[&[7; 1000]]);
        for at in [0, 64, 333, 1000] {
            let mut first = Digests::new();
            first.update(&[7; 1000][..at]);
            assert_eq!(first.under_way(), SHARES);
            let mut second = Digests::resume(&first.suspend(&[Sha256, Md5])).unwrap();
            assert_eq!(second.under_way(), SHARES[1..]);
            for each in [&mut first, &mut second] {
                each.update(&[7; 1000][at..]);
            }
            first.join(Digests::resume(&second.suspend(&[Md5, Sm3])).unwrap());
            assert_eq!(
                first.under_way(),
                [SHARES[0], SHARES[2]],
                "what is not under way is not suspended"
            );
            assert_eq!(second.under_way(), SHARES[1..2], "one of them is back");
            first.join(second);
            assert_eq!(first.finish(), whole, "at {at}");
        }
        for algorithm in [Md5, Sha1, Sha256, Sm3] {
            let given = |state: &[u8]| Digests::resume(&Suspended(vec![(algorithm, state.to_vec())]));
            assert!(given(&[]).is_none());
            assert!(given(&[1, 2, 3]).is_none());
            assert!(given(&[255; 200]).is_none());
            let alone = Digests::of(&[algorithm]).finish();
            assert_eq!(alone.get(algorithm), of(&[]).get(algorithm));
        }
    }

    #[test]
    fn sixty_four_digits_are_either() {
        let taken = of(&[b"abc"]);
        let listed = |algorithm, digits: &str| Listed {
            name: "a.mp4".to_owned(),
            algorithm,
            digits: digits.to_owned(),
        };
        let (sha256, sm3) = (taken.sha256.clone().unwrap(), taken.sm3.clone().unwrap());
        assert_eq!(listed(None, &sha256).agrees(&taken), Some(true));
        assert_eq!(listed(None, &sm3).agrees(&taken), Some(true));
        assert_eq!(listed(None, &"0".repeat(64)).agrees(&taken), Some(false));
        assert_eq!(listed(Some(Algorithm::Sha256), &sm3).agrees(&taken), Some(false));
        assert_eq!(listed(None, "").agrees(&taken), None);
        let only = DigestsDoc {
            sha256: Some(sha256),
            ..DigestsDoc::default()
        };
        assert_eq!(listed(None, &sm3).agrees(&only), None);
        assert_eq!(listed(None, &"0".repeat(32)).agrees(&only), None);
    }
}
