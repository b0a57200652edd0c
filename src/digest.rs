//! Whole-file digests, pushed piece by piece: each byte is read once for all
//! four, and compared with what manifests say. In the middle of a file some of
//! them can be handed over to another worker, which goes on with them.

use md5::Md5;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::{Digest, Sha256};
use sm3::Sm3;

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

/// Digests that somebody is to go on with: the state of each, as its crate
/// writes it, or nothing where no byte has passed yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended(Vec<(Algorithm, Vec<u8>)>);

impl Suspended {
    /// These, of nothing yet.
    pub fn new(algorithms: &[Algorithm]) -> Self {
        Self(algorithms.iter().map(|algorithm| (*algorithm, Vec::new())).collect())
    }
}

/// Digests under way: all four, or those that were asked for.
#[derive(Clone)]
pub struct Digests {
    sha256: Option<Sha256>,
    sm3: Option<Sm3>,
    sha1: Option<Sha1>,
    md5: Option<Md5>,
}

/// Bytes that go through all digests before the next are fetched: they stay
/// in the processor's first cache meanwhile.
const PIECE: usize = 8 << 10;

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

    /// Only these, of nothing yet.
    pub fn of(algorithms: &[Algorithm]) -> Self {
        fn begun<D: Digest>(asked: bool) -> Option<D> {
            asked.then(D::new)
        }
        let asked = |algorithm| algorithms.contains(&algorithm);
        Self {
            sha256: begun(asked(Algorithm::Sha256)),
            sm3: begun(asked(Algorithm::Sm3)),
            sha1: begun(asked(Algorithm::Sha1)),
            md5: begun(asked(Algorithm::Md5)),
        }
    }

    /// Goes on with these; `None` where a state is none.
    pub fn resume(suspended: &Suspended) -> Option<Self> {
        fn resumed<D: Digest + SerializableState>(state: Option<&Vec<u8>>) -> Option<Option<D>> {
            let Some(state) = state.filter(|state| !state.is_empty()) else {
                return Some(state.map(|_| D::new()));
            };
            let state = SerializedState::<D>::try_from(state.as_slice()).ok()?;
            D::deserialize(&state).ok().map(Some)
        }
        let state = |asked| {
            let found = suspended.0.iter().find(|(algorithm, _)| *algorithm == asked);
            found.map(|(_, state)| state)
        };
        Some(Self {
            sha256: resumed(state(Algorithm::Sha256))?,
            sm3: resumed(state(Algorithm::Sm3))?,
            sha1: resumed(state(Algorithm::Sha1))?,
            md5: resumed(state(Algorithm::Md5))?,
        })
    }

    /// Leaves off with these, so that another goes on with them; those that
    /// are not under way are left out.
    pub fn hand_over(&mut self, algorithms: &[Algorithm]) -> Suspended {
        fn state<D: SerializableState>(digest: &mut Option<D>) -> Option<Vec<u8>> {
            digest.take().map(|digest| digest.serialize().to_vec())
        }
        let state = |algorithm: &Algorithm| {
            let state = match algorithm {
                Algorithm::Sha256 => state(&mut self.sha256),
                Algorithm::Sm3 => state(&mut self.sm3),
                Algorithm::Sha1 => state(&mut self.sha1),
                Algorithm::Md5 => state(&mut self.md5),
            };
            Some((*algorithm, state?))
        };
        Suspended(algorithms.iter().filter_map(state).collect())
    }

    /// Takes the next bytes of the file.
    pub fn update(&mut self, bytes: &[u8]) {
        fn feed<D: Digest>(digest: &mut Option<D>, piece: &[u8]) {
            if let Some(digest) = digest {
                digest.update(piece);
            }
        }
        for piece in bytes.chunks(PIECE) {
            feed(&mut self.sha256, piece);
            feed(&mut self.sm3, piece);
            feed(&mut self.sha1, piece);
            feed(&mut self.md5, piece);
        }
    }

    /// The digests of all bytes taken, in lower-case hexadecimal.
    pub fn finish(self) -> DigestsDoc {
        fn done<D: Digest>(digest: Option<D>) -> Option<String> {
            digest.map(|digest| hex(&digest.finalize()))
        }
        DigestsDoc {
            sha256: done(self.sha256),
            sm3: done(self.sm3),
            sha1: done(self.sha1),
            md5: done(self.md5),
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
    fn alone_as_together() {
        let together = of(&[b"abc"]);
        for algorithm in Algorithm::ALL {
            let mut alone = Digests::of(&[*algorithm]);
            alone.update(b"abc");
            let alone = alone.finish();
            for other in Algorithm::ALL {
                let expected = together.get(*other).filter(|_| other == algorithm);
                assert_eq!(
                    alone.get(*other),
                    expected,
                    "{other:?} where {algorithm:?} was asked for"
                );
            }
        }
    }

    #[test]
    fn another_goes_on_where_one_left_off() {
        let whole = of(&[&[7; 1000]]);
        for handed in [&[Algorithm::Sha256, Algorithm::Md5], &[Algorithm::Sm3, Algorithm::Sha1]] {
            let mut first = Digests::new();
            first.update(&[7; 333]);
            let handed = first.hand_over(handed);
            let mut second = Digests::resume(&handed).unwrap();
            first.update(&[7; 667]);
            second.update(&[7; 667]);
            let (first, second) = (first.finish(), second.finish());
            for algorithm in Algorithm::ALL {
                let told: Vec<_> = [&first, &second].iter().filter_map(|doc| doc.get(*algorithm)).collect();
                assert_eq!(told, [whole.get(*algorithm).unwrap()], "{algorithm:?}");
            }
        }
        let mut none = Digests::of(&[]);
        assert_eq!(none.hand_over(Algorithm::ALL), Suspended::new(&[]));
        let broken = |state: &[u8]| Suspended(vec![(Algorithm::Md5, state.to_vec())]);
        assert!(Digests::resume(&broken(&[1, 2, 3])).is_none());
        assert!(Digests::resume(&broken(&[255; 88])).is_none());
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
