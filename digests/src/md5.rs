//! MD5 (RFC 1321).

use std::hint::black_box;

use crate::blocks::Block;
use crate::mix::{choice, choice_of_last, parity, skewed};

/// Constants of the steps: the sines of 1 to 64, times 2³².
#[rustfmt::skip]
pub(crate) static SINES: [u32; 64] = [
    0xd76a_a478, 0xe8c7_b756, 0x2420_70db, 0xc1bd_ceee, 0xf57c_0faf, 0x4787_c62a, 0xa830_4613, 0xfd46_9501,
    0x6980_98d8, 0x8b44_f7af, 0xffff_5bb1, 0x895c_d7be, 0x6b90_1122, 0xfd98_7193, 0xa679_438e, 0x49b4_0821,
    0xf61e_2562, 0xc040_b340, 0x265e_5a51, 0xe9b6_c7aa, 0xd62f_105d, 0x0244_1453, 0xd8a1_e681, 0xe7d3_fbc8,
    0x21e1_cde6, 0xc337_07d6, 0xf4d5_0d87, 0x455a_14ed, 0xa9e3_e905, 0xfcef_a3f8, 0x676f_02d9, 0x8d2a_4c8a,
    0xfffa_3942, 0x8771_f681, 0x6d9d_6122, 0xfde5_380c, 0xa4be_ea44, 0x4bde_cfa9, 0xf6bb_4b60, 0xbebf_bc70,
    0x289b_7ec6, 0xeaa1_27fa, 0xd4ef_3085, 0x0488_1d05, 0xd9d4_d039, 0xe6db_99e5, 0x1fa2_7cf8, 0xc4ac_5665,
    0xf429_2244, 0x432a_ff97, 0xab94_23a7, 0xfc93_a039, 0x655b_59c3, 0x8f0c_cc92, 0xffef_f47d, 0x8584_5dd1,
    0x6fa8_7e4f, 0xfe2c_e6e0, 0xa301_4314, 0x4e08_11a1, 0xf753_7e82, 0xbd3a_f235, 0x2ad7_d2bb, 0xeb86_d391,
];

/// A step. `sum` is the first word with what the step adds; the names of the
/// words are what they are called before it.
#[inline(always)]
pub(crate) fn step(f: impl Fn(u32, u32, u32, u32) -> u32, sum: u32, left: u32, a: &mut u32, [b, c, d]: [u32; 3]) {
    *a = f(b, c, d, sum).rotate_left(left).wrapping_add(b);
}

/// Takes blocks.
pub(crate) fn compress(state: &mut [u32; 4], blocks: &[Block]) {
    let sines = black_box(&SINES);
    let mut words = [0; 16];
    let words: &mut [u32; 16] = black_box(&mut words);
    let [mut a, mut b, mut c, mut d] = *state;
    macro_rules! one {
        ($f:expr, $a:ident, $b:ident, $c:ident, $d:ident, $at:expr, $word:expr, $left:expr) => {
            let sum = $a.wrapping_add(sines[$at]).wrapping_add(words[$word % 16]);
            step($f, sum, $left, &mut $a, [$b, $c, $d]);
        };
    }
    // Four steps from each place on: every so many words, from that word on.
    macro_rules! steps {
        ($f:expr, $by:literal, $from:literal, $left:expr, $($at:literal)*) => { $(
            one!($f, a, b, c, d, $at, $by * $at + $from, $left[0]);
            one!($f, d, a, b, c, $at + 1, $by * ($at + 1) + $from, $left[1]);
            one!($f, c, d, a, b, $at + 2, $by * ($at + 2) + $from, $left[2]);
            one!($f, b, c, d, a, $at + 3, $by * ($at + 3) + $from, $left[3]);
        )* };
    }
    for block in blocks {
        for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        let before = [a, b, c, d];
        steps!(choice, 1, 0, [7, 12, 17, 22], 0 4 8 12);
        steps!(choice_of_last, 5, 1, [5, 9, 14, 20], 16 20 24 28);
        steps!(parity, 3, 5, [4, 11, 16, 23], 32 36 40 44);
        steps!(skewed, 7, 0, [6, 10, 15, 21], 48 52 56 60);
        a = a.wrapping_add(before[0]);
        b = b.wrapping_add(before[1]);
        c = c.wrapping_add(before[2]);
        d = d.wrapping_add(before[3]);
    }
    *state = [a, b, c, d];
}
