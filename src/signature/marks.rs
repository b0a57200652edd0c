//! The identifiers that signing cameras leave in the stream, found in raw
//! bytes: a file without them costs next to nothing.

/// The schemes whose messages are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Axis Signed Video.
    Axis,
    /// ONVIF Media Signing.
    Onvif,
}

/// Bytes of an identifier.
const LENGTH: usize = 16;

impl Mark {
    const ALL: [Self; 2] = [Self::Axis, Self::Onvif];

    /// The identifier (UUID) of the user data.
    pub const fn identifier(self) -> &'static [u8; LENGTH] {
        match self {
            Self::Axis => b"Signed Video...0",
            Self::Onvif => b"\x00\x5b\xc9\x3f\x2d\x71\x5e\x95\xad\xa4\x79\x6f\x90\x87\x7a\x6f",
        }
    }

    /// The scheme with this identifier.
    pub fn of(identifier: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.identifier() == identifier)
    }

    /// The scheme whose identifier is somewhere in these bytes.
    pub fn within(bytes: &[u8]) -> Option<Self> {
        bytes.windows(LENGTH).find_map(Self::of)
    }

    /// As the documents name it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Axis => "axis",
            Self::Onvif => "onvif",
        }
    }
}

/// Looks for identifiers in a file that comes in pieces.
///
/// Horspool's way, for both at once: the last byte of a window tells how far
/// the next window can be, mostly all sixteen bytes.
pub struct Search {
    shift: [u8; 256],
    /// The end of what came before.
    tail: Vec<u8>,
}

impl Default for Search {
    fn default() -> Self {
        let mut shift = [LENGTH as u8; 256];
        for mark in Mark::ALL {
            for (at, byte) in mark.identifier().iter().enumerate() {
                let to_end = (LENGTH - 1 - at) as u8;
                if let Some(shift) = shift.get_mut(usize::from(*byte)) {
                    *shift = to_end.min(*shift);
                }
            }
        }
        Self {
            shift,
            tail: Vec::new(),
        }
    }
}

impl Search {
    /// The scheme whose identifier ends in this piece, if there is one.
    pub fn find(&mut self, piece: &[u8]) -> Option<Mark> {
        let begin = piece.get(..LENGTH.min(piece.len())).unwrap_or_default();
        let seam = [self.tail.as_slice(), begin].concat();
        let found = self.within(&seam).or_else(|| self.within(piece));
        let whole = if piece.len() < LENGTH { seam.as_slice() } else { piece };
        let keep = whole.len().saturating_sub(LENGTH - 1);
        self.tail = whole.get(keep..).unwrap_or_default().to_vec();
        found
    }

    fn within(&self, bytes: &[u8]) -> Option<Mark> {
        let mut end = LENGTH - 1;
        while let Some(last) = bytes.get(end) {
            let shift = self.shift.get(usize::from(*last)).copied().unwrap_or(1);
            if shift > 0 {
                end += usize::from(shift);
                continue;
            }
            // Some identifier ends with this byte.
            let window = bytes.get(end + 1 - LENGTH..=end);
            if let Some(mark) = window.and_then(Mark::of) {
                return Some(mark);
            }
            end += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn found_wherever_it_is_cut(
            before in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
            after in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
            cuts in proptest::collection::vec(0_usize..90, 0..6),
            axis in proptest::bool::ANY,
        ) {
            let mark = if axis { Mark::Axis } else { Mark::Onvif };
            let bytes = [&before, &mark.identifier()[..], &after].concat();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(bytes.len())).chain([0, bytes.len()]).collect();
            cuts.sort();
            let mut search = Search::default();
            let found = cuts.windows(2).any(|c| search.find(&bytes[c[0]..c[1]]) == Some(mark));
            assert!(found);
            let mut broken = bytes;
            broken[before.len() + 7] ^= 1;
            assert_eq!(Search::default().find(&broken), None);
        }
    }
}
