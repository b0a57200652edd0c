//! Archives made for the tests.

use miniz_oxide::deflate::compress_to_vec;
use xishi::formats::archive::Crc32;

/// One entry of an archive to be made.
pub struct Entry<'a> {
    pub name: &'a [u8],
    pub bytes: &'a [u8],
    pub deflate: bool,
    pub flags: u16,
    /// Told instead of the real size.
    pub claims: Option<u32>,
    pub crc: Option<u32>,
}

pub fn stored<'a>(name: &'a str, bytes: &'a [u8]) -> Entry<'a> {
    Entry {
        name: name.as_bytes(),
        bytes,
        deflate: false,
        flags: 0,
        claims: None,
        crc: None,
    }
}

pub fn deflated<'a>(name: &'a str, bytes: &'a [u8]) -> Entry<'a> {
    Entry {
        deflate: true,
        ..stored(name, bytes)
    }
}

pub fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc32::default();
    crc.update(bytes);
    crc.finish()
}

/// A ZIP archive; as ZIP64 if asked.
pub fn zip_as(entries: &[Entry<'_>], wide: bool) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let packed = match entry.deflate {
            true => compress_to_vec(entry.bytes, 6),
            false => entry.bytes.to_vec(),
        };
        let offset = out.len() as u32;
        let mut common = Vec::new();
        common.extend(20_u16.to_le_bytes());
        common.extend(entry.flags.to_le_bytes());
        common.extend(if entry.deflate { 8_u16 } else { 0 }.to_le_bytes());
        common.extend([0; 4]);
        common.extend(entry.crc.unwrap_or_else(|| crc(entry.bytes)).to_le_bytes());
        let size = entry.claims.unwrap_or(entry.bytes.len() as u32);
        let sizes = [packed.len() as u32, size];
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(sizes.iter().flat_map(|n| n.to_le_bytes()));
        out.extend((entry.name.len() as u16).to_le_bytes());
        out.extend(0_u16.to_le_bytes());
        out.extend(entry.name);
        out.extend(&packed);

        let mut extra = Vec::new();
        if wide {
            extra.extend(1_u16.to_le_bytes());
            extra.extend(24_u16.to_le_bytes());
            for n in [size, packed.len() as u32, offset] {
                extra.extend(u64::from(n).to_le_bytes());
            }
        }
        let shown = |n: u32| if wide { u32::MAX } else { n };
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend(sizes.iter().flat_map(|n| shown(*n).to_le_bytes()));
        directory.extend((entry.name.len() as u16).to_le_bytes());
        directory.extend((extra.len() as u16).to_le_bytes());
        directory.extend([0; 10]);
        directory.extend(shown(offset).to_le_bytes());
        directory.extend(entry.name);
        directory.extend(extra);
    }
    let (at, len, count) = (out.len() as u64, directory.len() as u64, entries.len() as u64);
    out.extend(directory);
    if wide {
        let record = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(44_u64.to_le_bytes());
        out.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        for n in [count, count, len, at] {
            out.extend(n.to_le_bytes());
        }
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend(record.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    let short = |n: u64| if wide { u16::MAX } else { n as u16 };
    let long = |n: u64| if wide { u32::MAX } else { n as u32 };
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(short(count).to_le_bytes());
    out.extend(short(count).to_le_bytes());
    out.extend(long(len).to_le_bytes());
    out.extend(long(at).to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}

pub fn zip(entries: &[Entry<'_>]) -> Vec<u8> {
    zip_as(entries, false)
}

/// A tape archive of (type, name, bytes).
pub fn tar(entries: &[(u8, &str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (kind, name, bytes) in entries {
        let mut header = [0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = *kind;
        header[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = header.iter().map(|b| u32::from(*b)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        out.extend(header);
        out.extend(*bytes);
        out.resize(out.len().div_ceil(512) * 512, 0);
    }
    out.extend([0; 1024]);
    out
}

pub fn gzip(name: Option<&str>, bytes: &[u8]) -> Vec<u8> {
    let mut out = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec();
    if let Some(name) = name {
        out[3] = 8;
        out.extend(name.as_bytes());
        out.push(0);
    }
    out.extend(compress_to_vec(bytes, 6));
    out.extend(crc(bytes).to_le_bytes());
    out.extend((bytes.len() as u32).to_le_bytes());
    out
}
