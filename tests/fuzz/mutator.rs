//! Changes seeds as fuzzers do: at random, and the same on every run.

/// Values at which arithmetic goes wrong.
const EDGES: &[u32] = &[
    0,
    1,
    7,
    8,
    16,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x1_0000,
    0x7fff_ffff,
    0x8000_0000,
    u32::MAX,
];

/// Inputs are not larger than this.
const LARGEST: usize = 1 << 17;

/// A source of inputs.
pub struct Mutator {
    state: u64,
}

impl Mutator {
    /// Of its own for each name.
    pub fn new(name: &str) -> Self {
        let state = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, b| {
            (hash ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)
        });
        Self { state: state | 1 }
    }

    /// xorshift64*.
    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 16) as usize % n.max(1)
    }

    /// One of the seeds, changed one to six times.
    pub fn change(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(6) {
            self.once(&mut bytes, seeds);
        }
        bytes.truncate(LARGEST);
        bytes
    }

    fn once(&mut self, bytes: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        if bytes.is_empty() {
            bytes.extend(self.next().to_le_bytes());
            return;
        }
        // The structure is at the beginning of most.
        let span = if self.next().is_multiple_of(2) {
            bytes.len()
        } else {
            bytes.len().min(600)
        };
        let at = self.below(span);
        match self.below(9) {
            0 => bytes[at] ^= 1 << self.below(8),
            1 => bytes[at] = self.next() as u8,
            2 => bytes.truncate(at),
            3 | 4 => {
                let edge = EDGES[self.below(EDGES.len())];
                let edge = if self.next().is_multiple_of(2) {
                    edge
                } else {
                    bytes.len() as u32 - at as u32
                };
                let word = if self.next().is_multiple_of(2) {
                    edge.to_be_bytes()
                } else {
                    edge.to_le_bytes()
                };
                let width = [2, 4][self.below(2)];
                let word = if self.next().is_multiple_of(2) {
                    &word[..width]
                } else {
                    &word[4 - width..]
                };
                bytes.iter_mut().skip(at).zip(word).for_each(|(b, w)| *b = *w);
            }
            5 => {
                let to = (at + self.below(64)).min(bytes.len());
                bytes.drain(at..to);
            }
            6 => {
                let to = (at + self.below(200)).min(bytes.len());
                let piece = bytes[at..to].to_vec();
                let place = self.below(bytes.len());
                bytes.splice(place..place, piece);
            }
            7 => {
                let to = (at + self.below(300)).min(bytes.len());
                bytes[at..to].fill(0);
            }
            _ => {
                let other = &seeds[self.below(seeds.len())];
                let from = self.below(other.len());
                bytes.truncate(at);
                bytes.extend(&other[from..]);
            }
        }
    }
}
