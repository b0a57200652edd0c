//! A few numbers that two files share where they share pictures.
//!
//! The exact sizes of pictures in their order are as good as a fingerprint: a
//! sensor's noise makes each one different. They are cut into runs at places
//! that the sizes themselves choose, so that a part of a recording gives the
//! same runs as the whole; of all runs those with the smallest hashes are kept.

use std::collections::BTreeSet;

/// Runs kept of one file.
pub const KEPT: usize = 64;

/// Pictures that a run has at least.
const LEAST: usize = 12;

/// Pictures that a run has at most.
const MOST: usize = 60;

/// Sizes that must differ in a run: a blank picture always has the same.
const VARIED: usize = 8;

/// The sketch of one stream under way.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    run: Vec<u64>,
    kept: BTreeSet<u64>,
}

impl Sketch {
    /// The next picture has so many bytes.
    pub fn take(&mut self, size: u64) {
        self.run.push(size);
        let cut = self.run.len() >= LEAST && mix(size).is_multiple_of(8);
        if cut || self.run.len() >= MOST {
            self.close();
        }
    }

    /// A part is not read.
    pub fn skip(&mut self) {
        self.run.clear();
    }

    fn close(&mut self) {
        let step = |hash: u64, size: &u64| (hash.rotate_left(5) ^ size).wrapping_mul(0x517c_c1b7_2722_0a95);
        let hash = mix(self.run.iter().fold(0, step));
        // Numbers that JavaScript keeps whole.
        let hash = hash & ((1 << 53) - 1);
        let small = self.kept.len() < KEPT || self.kept.last().is_some_and(|last| hash < *last);
        if small && self.run.len() >= LEAST && self.is_varied() {
            self.kept.insert(hash);
            if self.kept.len() > KEPT {
                self.kept.pop_last();
            }
        }
        self.run.clear();
    }

    fn is_varied(&self) -> bool {
        let mut seen = [None; VARIED - 1];
        self.run.iter().any(|size| {
            // A size for which there is no room any more is the last that is asked for.
            let place = seen.iter_mut().find(|place| place.is_none_or(|other| other == size));
            place.map(|place| *place = Some(size)).is_none()
        })
    }

    /// The runs kept, smallest first.
    pub fn finish(mut self) -> Vec<u64> {
        self.close();
        self.kept.into_iter().collect()
    }
}

/// Spreads the bits (the finisher of MurmurHash3).
const fn mix(n: u64) -> u64 {
    let n = (n ^ (n >> 33))
        .wrapping_add(0x9e37_79b9_7f4a_7c15)
        .wrapping_mul(0xff51_afd7_ed55_8ccd);
    let n = (n ^ (n >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    n ^ (n >> 33)
}

/// Whether the smaller of two sketches lies in the larger, as far as both can
/// tell: runs in common of those that both would have kept.
pub fn common(a: &[u64], b: &[u64]) -> (usize, usize) {
    let reach = |s: &[u64]| {
        if s.len() < KEPT {
            u64::MAX
        } else {
            s.last().copied().unwrap_or(0)
        }
    };
    let reach = reach(a).min(reach(b));
    let within = |s: &[u64]| s.iter().filter(|n| **n <= reach).count();
    let shared = a.iter().filter(|n| **n <= reach && b.binary_search(n).is_ok()).count();
    (shared, within(a).min(within(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(sizes: impl Iterator<Item = u64>) -> Vec<u64> {
        let mut sketch = Sketch::default();
        sizes.for_each(|size| sketch.take(size));
        sketch.finish()
    }

    fn noise(from: u64, to: u64) -> impl Iterator<Item = u64> {
        (from..to).map(|n| 900 + mix(n) % 5000)
    }

    #[test]
    fn a_part_is_found_in_the_whole() {
        let whole = sketch(noise(0, 100_000));
        assert_eq!(whole.len(), KEPT);
        let (shared, of) = common(&whole, &sketch(noise(20_000, 70_000)));
        assert!(of > 20 && shared + 1 >= of, "{shared} of {of}");
        assert_eq!(common(&whole, &sketch(noise(200_000, 300_000))).0, 0);
        assert_eq!(common(&whole, &whole), (KEPT, KEPT));
    }

    #[test]
    fn blank_pictures_say_nothing() {
        assert!(sketch((0..10_000).map(|n| if n % 50 == 0 { 4000 } else { 61 })).is_empty());
    }
}
