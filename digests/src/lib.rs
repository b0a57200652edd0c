//! SHA-256 (FIPS 180-4, section 6.2), as the crate `sha2` takes its blocks; and
//! SHA-1 (section 6.1 there) and MD5 (RFC 1321), which recorders and their
//! software still write: as marks of a copy, not as proof against a forger. Whole
//! blocks can be taken in another place: see `simd`.
//!
//! Each step of SHA-1 and MD5 waits for the one before, so that their speed is
//! how few operations lie between the two. What looks odd in the code is for the
//! compilers between it and the processor, V8's above all, and was measured
//! there (an eighth and a fifth less time than the crates of these names).
//! Constants that a compiler knows it adds last, where the next step waits for
//! them: it is kept from knowing them. What has been there longest is added
//! first. Words of the block stay in memory: there are more than registers.
//!
//! A package of its own, because it is built for speed and the page that it is
//! for is built to be small.
#![forbid(unsafe_code)]

mod blocks;
mod both;
mod md5;
mod mix;
mod sha1;

pub use blocks::Block;
pub use both::{AT_ONCE, Four, Words, compress};
pub use sha2::block_api::compress256;

use blocks::Blocks;

macro_rules! digest {
    ($(#[$doc:meta])* $name:ident, $words:literal: $begin:expr, $compress:path, $to_bytes:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Blocks<$words>);

        /// Of nothing yet.
        impl Default for $name {
            fn default() -> Self {
                Self(Blocks::new($begin))
            }
        }

        impl $name {
            /// Takes the next bytes.
            pub fn update(&mut self, bytes: &[u8]) {
                self.0.update(bytes, $compress);
            }

            /// The digest of all bytes taken.
            pub fn finish(self) -> [u8; 4 * $words] {
                let mut digest = [0; 4 * $words];
                let words = self.0.finish(u64::$to_bytes, $compress);
                for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(words) {
                    *bytes = word.$to_bytes();
                }
                digest
            }

            /// All there is to go on with, here or elsewhere.
            pub fn save(&self) -> Vec<u8> {
                self.0.save()
            }

            /// Goes on with what was saved; `None` where it cannot be that.
            pub fn load(saved: &[u8]) -> Option<Self> {
                Blocks::load(saved).map(Self)
            }
        }
    };
}

digest!(
    /// SHA-256 under way.
    Sha256,
    8: [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ],
    compress256,
    to_be_bytes
);

impl Sha256 {
    /// Takes the next bytes, whole blocks by `compress`, which is [`compress256`],
    /// or does the same in another place.
    pub fn update_by(&mut self, bytes: &[u8], compress: fn(&mut [u32; 8], &[Block])) {
        self.0.update(bytes, compress);
    }
}

digest!(
    /// SHA-1 under way.
    Sha1,
    5: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0],
    sha1::compress,
    to_be_bytes
);

digest!(
    /// MD5 under way.
    Md5,
    4: [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476],
    md5::compress,
    to_le_bytes
);

/// Takes the same next bytes into both. `compress` is [`compress`], or does the
/// same in another place.
pub fn update_both(sha1: &mut Sha1, md5: &mut Md5, bytes: &[u8], compress: impl FnOnce(&mut Words, &[Four])) {
    let mut rest = bytes;
    if let (Some([a, b, c, d, e]), Some([p, q, r, s])) = (sha1.0.words(), md5.0.words()) {
        let fours = bytes.as_chunks().0.as_chunks().0;
        let mut words = [a, b, c, d, e, p, q, r, s];
        compress(&mut words, fours);
        let [a, b, c, d, e, p, q, r, s] = words;
        sha1.0.took(size_of_val(fours), [a, b, c, d, e]);
        md5.0.took(size_of_val(fours), [p, q, r, s]);
        rest = &bytes[size_of_val(fours)..];
    }
    sha1.update(rest);
    md5.update(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::both::compress_in;

    /// The crate of that name is held to be right.
    macro_rules! tests {
        ($digest:ident, $name:ident) => {
            mod $digest {
                use ::$digest::{Digest, $name as Theirs};

                use super::*;
                use crate::$name as Ours;

                proptest! {
                    #[test]
                    fn as_the_crate_takes_it(
                        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..5),
                    ) {
                        let mut ours = Ours::default();
                        for piece in &pieces {
                            ours.update(piece);
                            ours = Ours::load(&ours.save()).unwrap();
                        }
                        prop_assert_eq!(&ours.finish()[..], &Theirs::digest(pieces.concat())[..]);
                    }
                }

                /// Where the length no longer fits into the last block.
                #[test]
                fn every_length_of_two_blocks() {
                    for length in 0..=128 {
                        let bytes = vec![7; length];
                        let mut ours = Ours::default();
                        ours.update(&bytes);
                        assert_eq!(ours.finish()[..], Theirs::digest(&bytes)[..], "{length}");
                    }
                }

                #[test]
                fn only_what_was_saved_is_loaded() {
                    let saved = Ours::default().save();
                    for length in 0..2 * saved.len() {
                        assert_eq!(
                            Ours::load(&vec![7; length]).is_some(),
                            length == saved.len(),
                            "{length}"
                        );
                    }
                }
            }
        };
    }

    tests!(sha2, Sha256);
    tests!(sha1, Sha1);
    tests!(md5, Md5);

    const COMPRESS: [fn(&mut crate::Words, &[crate::Four]); 2] = [compress_in::<u32>, compress_in::<wide::u32x4>];

    /// Whole blocks, mostly.
    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let length = prop_oneof![3 => (0..20_usize).prop_map(|blocks| 64 * blocks), 1 => 0..1300_usize];
        length.prop_flat_map(|length| prop::collection::vec(any::<u8>(), length))
    }

    proptest! {
        /// From wherever either of them is, in whatever registers.
        #[test]
        fn both_as_each_alone(before in piece(), pieces in prop::collection::vec(piece(), 0..4)) {
            let (mut sha1, mut md5) = (crate::Sha1::default(), crate::Md5::default());
            sha1.update(&before);
            let mut alone = (sha1.clone(), md5.clone());
            for (piece, compress) in pieces.iter().zip(COMPRESS.into_iter().cycle()) {
                crate::update_both(&mut sha1, &mut md5, piece, compress);
                alone.0.update(piece);
                alone.1.update(piece);
            }
            prop_assert_eq!((sha1.finish(), md5.finish()), (alone.0.finish(), alone.1.finish()));
        }
    }
}
