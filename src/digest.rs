//! Whole-file digests, pushed piece by piece: each byte is read once for all.

use sha2::{Digest, Sha256};

use crate::wire::DigestsDoc;

/// Digests under way.
#[derive(Clone, Default)]
pub struct Digests {
    sha256: Sha256,
}

impl Digests {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes of the file.
    pub fn update(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
    }

    /// The digests of all bytes taken, in lower-case hexadecimal.
    pub fn finish(self) -> DigestsDoc {
        DigestsDoc {
            sha256: Some(hex(&self.sha256.finalize())),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |n: u8| char::from(DIGITS[usize::from(n & 15)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect()
}

#[cfg(test)]
mod tests {
    use super::Digests;

    #[test]
    fn in_pieces_as_at_once() {
        let mut digests = Digests::new();
        digests.update(b"a");
        digests.update(b"bc");
        assert_eq!(
            digests.finish().sha256.as_deref(),
            Some("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        );
        assert!(Digests::new().finish().sha256.unwrap().starts_with("e3b0c442"));
    }
}
