//! CRC-32 of ZIP and gzip (ISO 3309, polynomial 0xEDB88320).

/// A checksum under way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Crc32(u32);

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let mut c = n as u32;
        let mut bit = 0;
        while bit < 8 {
            c = if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
            bit += 1;
        }
        table[n] = c;
        n += 1;
    }
    table
}

impl Crc32 {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let step = |c: u32, byte: &u8| TABLE[usize::from(c as u8 ^ byte)] ^ (c >> 8);
        self.0 = !bytes.iter().fold(!self.0, step);
    }

    /// Of all bytes taken.
    pub const fn finish(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Crc32;

    #[test]
    fn in_pieces() {
        let mut crc = Crc32::default();
        crc.update(b"1234");
        crc.update(b"56789");
        assert_eq!(crc.finish(), 0xcbf4_3926);
    }
}
