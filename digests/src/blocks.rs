//! What they have in common: bytes in blocks, and how they end.

/// Bytes of a block.
const BLOCK: usize = 64;

/// A block of any of them.
pub type Block = [u8; BLOCK];

/// A digest of so many words under way.
#[derive(Clone, Debug)]
pub(crate) struct Blocks<const WORDS: usize> {
    words: [u32; WORDS],
    /// Bytes taken.
    taken: u64,
    /// The last of them, as many as fill no block.
    rest: Block,
}

impl<const WORDS: usize> Blocks<WORDS> {
    pub(crate) const fn new(words: [u32; WORDS]) -> Self {
        Self {
            words,
            taken: 0,
            rest: [0; BLOCK],
        }
    }

    /// Bytes in `rest`.
    const fn held(&self) -> usize {
        (self.taken % BLOCK as u64) as usize
    }

    pub(crate) fn update(&mut self, mut bytes: &[u8], compress: fn(&mut [u32; WORDS], &[Block])) {
        let held = self.held();
        self.taken += bytes.len() as u64;
        if held > 0 {
            let now;
            (now, bytes) = bytes.split_at(bytes.len().min(BLOCK - held));
            self.rest[held..held + now.len()].copy_from_slice(now);
            if held + now.len() < BLOCK {
                return;
            }
            compress(&mut self.words, &[self.rest]);
        }
        let (blocks, rest) = bytes.as_chunks();
        compress(&mut self.words, blocks);
        self.rest[..rest.len()].copy_from_slice(rest);
    }

    /// The words; `None` in the middle of a block.
    pub(crate) fn words(&self) -> Option<[u32; WORDS]> {
        (self.held() == 0).then_some(self.words)
    }

    /// Whole blocks of so many bytes were taken elsewhere, and left these words.
    pub(crate) const fn took(&mut self, bytes: usize, words: [u32; WORDS]) {
        self.taken += bytes as u64;
        self.words = words;
    }

    /// The words after a one, as many zeroes as it takes, and the number of bits
    /// taken, as the digest writes it.
    pub(crate) fn finish(
        mut self,
        length: fn(u64) -> [u8; 8],
        compress: fn(&mut [u32; WORDS], &[Block]),
    ) -> [u32; WORDS] {
        let (held, length) = (self.held(), length(self.taken.wrapping_mul(8)));
        let mut end = [0; 2 * BLOCK];
        end[..held].copy_from_slice(&self.rest[..held]);
        end[held] = 0x80;
        let end = &mut end[..if held < BLOCK - length.len() { BLOCK } else { 2 * BLOCK }];
        let at = end.len() - length.len();
        end[at..].copy_from_slice(&length);
        compress(&mut self.words, end.as_chunks().0);
        self.words
    }

    /// All there is to go on with: the words, the number of bytes taken, the
    /// last of them.
    pub(crate) fn save(&self) -> Vec<u8> {
        let words = self.words.iter().flat_map(|word| word.to_le_bytes());
        words.chain(self.taken.to_le_bytes()).chain(self.rest).collect()
    }

    /// What was saved; `None` where it cannot be that.
    pub(crate) fn load(saved: &[u8]) -> Option<Self> {
        let (words, saved) = saved.split_at_checked(WORDS * 4)?;
        let (taken, rest) = saved.split_first_chunk()?;
        let mut words = words.as_chunks().0.iter();
        Some(Self {
            words: std::array::from_fn(|_| words.next().map_or(0, |word| u32::from_le_bytes(*word))),
            taken: u64::from_le_bytes(*taken),
            rest: rest.try_into().ok()?,
        })
    }
}
