//! SHA-1 (FIPS 180-4, section 6.1).

use std::hint::black_box;

use crate::blocks::Block;
use crate::mix::{Word, choice, majority, parity};

/// Constants of the rounds, for twenty each.
pub(crate) static ROOTS: [u32; 4] = [0x5a82_7999, 0x6ed9_eba1, 0x8f1b_bcdc, 0xca62_c1d6];

/// A round. `sum` is the last word with what the round adds; the names of the
/// words are what they are called before it.
#[inline(always)]
pub(crate) fn round<W: Word>(f: impl Fn(W, W, W, W) -> W, sum: W, [a, c, d]: [W; 3], b: &mut W, e: &mut W) {
    *e = f(*b, c, d, sum).plus(a.left(5));
    *b = b.left(30);
}

/// Takes blocks.
pub(crate) fn compress(state: &mut [u32; 5], blocks: &[Block]) {
    let roots = black_box(&ROOTS);
    let mut words = [0; 16];
    let words: &mut [u32; 16] = black_box(&mut words);
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    macro_rules! one {
        ($f:expr, $a:ident, $b:ident, $c:ident, $d:ident, $e:ident, $at:expr) => {
            if $at >= 16 {
                let before = words[($at + 13) % 16] ^ words[($at + 8) % 16] ^ words[($at + 2) % 16] ^ words[$at % 16];
                words[$at % 16] = before.rotate_left(1);
            }
            let sum = $e.wrapping_add(roots[$at / 20]).wrapping_add(words[$at % 16]);
            round($f, sum, [$a, $c, $d], &mut $b, &mut $e);
        };
    }
    // Five rounds from each place on.
    macro_rules! rounds {
        ($f:expr, $($at:literal)*) => { $(
            one!($f, a, b, c, d, e, $at);
            one!($f, e, a, b, c, d, $at + 1);
            one!($f, d, e, a, b, c, $at + 2);
            one!($f, c, d, e, a, b, $at + 3);
            one!($f, b, c, d, e, a, $at + 4);
        )* };
    }
    for block in blocks {
        for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
            *word = u32::from_be_bytes(*bytes);
        }
        let before = [a, b, c, d, e];
        rounds!(choice, 0 5 10 15);
        rounds!(parity, 20 25 30 35);
        rounds!(majority, 40 45 50 55);
        rounds!(parity, 60 65 70 75);
        a = a.wrapping_add(before[0]);
        b = b.wrapping_add(before[1]);
        c = c.wrapping_add(before[2]);
        d = d.wrapping_add(before[3]);
        e = e.wrapping_add(before[4]);
    }
    *state = [a, b, c, d, e];
}
