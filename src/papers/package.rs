//! ZIP packages (APPNOTE 6.3.3), as office documents are: deflated entries
//! with the sizes in front, no clock in them, so that the same paper is the
//! same bytes.

use crate::formats::archive::Crc32;

/// 1980-01-01 00:00 as MS-DOS writes it: no time is told.
const NO_TIME: [u8; 4] = [0, 0, 0x21, 0];

/// A package being written.
#[derive(Default)]
pub struct Package {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Package {
    /// Adds a file. Office documents stay far below 4 GiB and 65,535 files,
    /// which this form cannot exceed.
    pub fn add(&mut self, name: &str, data: &[u8]) {
        let mut crc = Crc32::default();
        crc.update(data);
        let packed = miniz_oxide::deflate::compress_to_vec(data, 6);
        let offset = size(self.bytes.len());
        // Deflated (8), names in UTF-8 (bit 11), readable by version 2.0.
        let mut entry = vec![20, 0, 0, 8, 8, 0];
        entry.extend(NO_TIME);
        entry.extend(crc.finish().to_le_bytes());
        entry.extend(size(packed.len()));
        entry.extend(size(data.len()));
        entry.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        entry.extend([0, 0]);

        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend_from_slice(&entry);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);

        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(entry);
        self.directory.extend([0; 10]); // comment, disk, attributes
        self.directory.extend(offset);
        self.directory.extend(name.as_bytes());
        self.entries += 1;
    }

    /// The whole file.
    pub fn finish(mut self) -> Vec<u8> {
        let (at, length) = (size(self.bytes.len()), size(self.directory.len()));
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(length);
        self.bytes.extend(at);
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

fn size(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}

/// Text as it stands in XML 1.0: escaped, without the characters that XML
/// cannot hold.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
