//! SHA-1 and MD5 at once, four blocks at a time. Each step of either waits for
//! the one before: meanwhile the other goes on. In browsers it does so in other
//! registers: SHA-1 is taken in vectors, whose lanes are all alike. What they add
//! depends on the block only, and is made for four of them at once.

use std::hint::black_box;

use bytemuck::{cast, cast_slice, pod_read_unaligned};
use wide::{u32x4, u64x2};

use crate::blocks::Block;
use crate::md5::{SINES, step};
use crate::mix::{Word, choice, choice_of_last, majority, parity, skewed};
use crate::sha1::{ROOTS, round};

/// Blocks that follow each other.
pub type Four = [Block; 4];

/// As many of them as another module has room for.
pub const AT_ONCE: usize = 128;

/// The words of SHA-1, then those of MD5.
pub type Words = [u32; 9];

/// Turns that take a block: each is five rounds of SHA-1 and four steps of MD5.
const TURNS: usize = 16;

/// What each round and each step adds, a lane for each of four blocks. There is
/// a turn more, so that whole turns follow the first number of each lane.
struct Sums {
    rounds: [[u32x4; 5]; TURNS + 1],
    steps: [[u32x4; 4]; TURNS + 1],
}

impl Sums {
    /// Of nothing yet.
    const fn new() -> Self {
        Self {
            rounds: [[u32x4::ZERO; 5]; TURNS + 1],
            steps: [[u32x4::ZERO; 4]; TURNS + 1],
        }
    }

    /// Of these blocks. `words` is room for those of SHA-1.
    fn fill(&mut self, four: &Four, words: &mut [u32x4; 80]) {
        // As constants they would be put together anew for each.
        let sines = black_box(&SINES);
        let Some(block) = words.first_chunk_mut::<16>() else {
            return;
        };
        read(four, block);
        let phases = self.steps.as_flattened_mut().as_chunks_mut::<16>().0;
        macro_rules! steps {
            ($phase:literal, $by:literal, $from:literal, $($at:literal)*) => { $(
                phases[$phase][$at] = block[($by * $at + $from) % 16] + u32x4::splat(sines[16 * $phase + $at]);
            )* };
        }
        steps!(0, 1, 0, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        steps!(1, 5, 1, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        steps!(2, 3, 5, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        steps!(3, 7, 0, 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        let sums = self.rounds.as_flattened_mut();
        for (word, sum) in block.iter_mut().zip(&mut *sums) {
            *word = u32x4::new(word.to_array().map(u32::swap_bytes));
            *sum = *word + u32x4::splat(ROOTS[0]);
        }
        // Each waits for the third before it, which therefore comes last, and by
        // way of no memory.
        let mut last = [words[13], words[14], words[15]];
        macro_rules! rounds {
            ($phase:literal, $from:literal) => {
                for at in ($from..20 * ($phase + 1)).step_by(4) {
                    for at in [at, at + 1, at + 2, at + 3] {
                        let word = (words[at - 16] ^ words[at - 14] ^ words[at - 8] ^ last[0]).left(1);
                        last = [last[1], last[2], word];
                        words[at] = word;
                        sums[at] = word + u32x4::splat(ROOTS[$phase]);
                    }
                }
            };
        }
        rounds!(0, 16);
        rounds!(1, 20);
        rounds!(2, 40);
        rounds!(3, 60);
    }
}

/// The words of each block as MD5 has them: least significant byte first.
fn read(four: &Four, words: &mut [u32x4; 16]) {
    for (at, words) in words.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let [a, b, c, d] = four.each_ref().map(|block| {
            let words: [u32; 4] = pod_read_unaligned(&block.as_chunks::<16>().0[at]);
            u32x4::new(words.map(u32::from_le))
        });
        let pairs = |one: u32x4, other: u32x4| -> [u64x2; 2] { [cast(one), cast(other)] };
        let [ab, cd] = pairs(a.unpack_lo(b), c.unpack_lo(d));
        words[0] = cast(ab.unpack_lo(cd));
        words[1] = cast(ab.unpack_hi(cd));
        let [ab, cd] = pairs(a.unpack_hi(b), c.unpack_hi(d));
        words[2] = cast(ab.unpack_lo(cd));
        words[3] = cast(ab.unpack_hi(cd));
    }
}

/// What SHA-1 is taken in. Vectors leave the other registers to MD5, of which V8
/// keeps too few; natively, where there are enough, they take a quarter more time.
#[cfg(target_family = "wasm")]
type Register = u32x4;
#[cfg(not(target_family = "wasm"))]
type Register = u32;

/// Takes blocks.
pub fn compress(state: &mut Words, fours: &[Four]) {
    compress_in::<Register>(state, fours);
}

pub(crate) fn compress_in<W: Word>(state: &mut Words, fours: &[Four]) {
    // Two turns, twice: a compiler that knew would write down all four, and put
    // the steps of each digest together again.
    let twice = black_box(2);
    let mut words = [u32x4::ZERO; 80];
    let mut sums = Sums::new();
    let [a, b, c, d, e, mut p, mut q, mut r, mut s] = *state;
    let [mut a, mut b, mut c, mut d, mut e] = [a, b, c, d, e].map(W::of);
    macro_rules! turn {
        ($rounds:expr, $f:expr, $steps:expr, $g:expr, $left:expr) => {
            round($f, e.plus(W::of($rounds[0])), [a, c, d], &mut b, &mut e);
            step($g, p.wrapping_add($steps[0]), $left[0], &mut p, [q, r, s]);
            round($f, d.plus(W::of($rounds[4])), [e, b, c], &mut a, &mut d);
            step($g, s.wrapping_add($steps[4]), $left[1], &mut s, [p, q, r]);
            round($f, c.plus(W::of($rounds[8])), [d, a, b], &mut e, &mut c);
            step($g, r.wrapping_add($steps[8]), $left[2], &mut r, [s, p, q]);
            round($f, b.plus(W::of($rounds[12])), [c, e, a], &mut d, &mut b);
            step($g, q.wrapping_add($steps[12]), $left[3], &mut q, [r, s, p]);
            round($f, a.plus(W::of($rounds[16])), [b, d, e], &mut c, &mut a);
        };
    }
    for four in fours {
        sums.fill(four, &mut words);
        for lane in 0..4 {
            let before = ([a, b, c, d, e], [p, q, r, s]);
            let rounds = cast_slice::<_, u32>(&sums.rounds)
                .get(lane..)
                .unwrap_or_default()
                .as_chunks::<20>()
                .0;
            let steps = cast_slice::<_, u32>(&sums.steps)
                .get(lane..)
                .unwrap_or_default()
                .as_chunks::<16>()
                .0;
            macro_rules! turns {
                ($from:literal, $f:expr, $g:expr, $left:expr) => {
                    let rounds = rounds.get($from..).unwrap_or_default().as_chunks::<2>().0;
                    let steps = steps.get($from..).unwrap_or_default().as_chunks::<2>().0;
                    for (rounds, steps) in rounds.iter().zip(steps).take(twice) {
                        turn!(rounds[0], $f, steps[0], $g, $left);
                        turn!(rounds[1], $f, steps[1], $g, $left);
                    }
                };
            }
            turns!(0, choice, choice, [7, 12, 17, 22]);
            turns!(4, parity, choice_of_last, [5, 9, 14, 20]);
            turns!(8, majority, parity, [4, 11, 16, 23]);
            turns!(12, parity, skewed, [6, 10, 15, 21]);
            [a, b, c, d, e] = sum([a, b, c, d, e], before.0);
            [p, q, r, s] = sum([p, q, r, s], before.1);
        }
    }
    let [a, b, c, d, e] = [a, b, c, d, e].map(W::first);
    *state = [a, b, c, d, e, p, q, r, s];
}

/// Of each word and the other in its place.
#[inline(always)]
fn sum<W: Word, const N: usize>(words: [W; N], others: [W; N]) -> [W; N] {
    std::array::from_fn(|at| words[at].plus(others[at]))
}
