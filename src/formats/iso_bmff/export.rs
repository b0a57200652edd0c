//! What an ONVIF export file tells of its recordings (ONVIF Export File Format
//! Specification §5.2 `suep`, §5.3 `cstb`; IEC 62676-2-32 §4.6): which source
//! each track is of, and when it truly began.

use super::boxes::{find, find_path};
use super::movie::since_1904;
use crate::formats::bytes::{be16, be32, be64};
use crate::recording::Civil;

/// Tracks told of at most.
const MAX_TRACKS: usize = 64;

/// Seconds from 1601-01-01 to 1970-01-01.
const FROM_1601: i64 = 11_644_473_600;

/// Steps of 100 ns in a second.
const STEPS: u64 = 10_000_000;

/// A `meta` box of the file as the export unit wrote it.
#[derive(Debug, Default, PartialEq)]
pub struct Export {
    /// The device or program that exported, where it says its name.
    pub unit: Option<String>,
    /// When it did so, UTC.
    pub exported: Option<Civil>,
    /// Name of the source by track, where told.
    pub sources: Vec<(u32, String)>,
    /// UTC in which each track begins.
    pub starts: Vec<(u32, Civil)>,
}

impl Export {
    /// Reads the payload of a file-level `meta`; `None` where nothing in it is
    /// of an export.
    pub fn parse(meta: &[u8]) -> Option<Self> {
        let inside = meta.get(4..)?;
        let mut export = Self::default();
        if let Some(suep) = find(inside, b"suep") {
            export.units(suep);
        }
        let infos = find(inside, b"ipro").and_then(|ipro| ipro.get(6..));
        let sealed = infos.and_then(|infos| find_path(infos, &[b"sinf", b"cstb"]));
        if let Some(cstb) = find(inside, b"cstb").or(sealed) {
            export.starts(cstb);
        }
        (export != Self::default()).then_some(export)
    }

    /// §5.2. What is cut short is taken as far as it goes.
    fn units(&mut self, suep: &[u8]) -> Option<()> {
        let mut rest = suep.get(4..)?;
        self.unit = Some(text(&mut rest)?).filter(|name| !name.is_empty());
        for _ in 0..2 {
            text(&mut rest)?; // address, MAC
        }
        self.exported = be64(rest, 0).and_then(since_1904);
        rest = rest.get(8..)?;
        text(&mut rest)?; // operator
        let count = be32(rest, 0)? as usize;
        rest = rest.get(4..)?;
        for _ in 0..count.min(MAX_TRACKS) {
            let track = u32::from(be16(rest, 0)?);
            rest = rest.get(2..)?;
            let name = text(&mut rest)?;
            for _ in 0..3 {
                text(&mut rest)?; // address, MAC, line
            }
            if !name.is_empty() {
                self.sources.push((track, name));
            }
        }
        Some(())
    }

    /// §5.3: 100 ns since 1601-01-01 UTC.
    fn starts(&mut self, cstb: &[u8]) -> Option<()> {
        let count = be32(cstb, 4)? as usize;
        let entries = cstb.get(8..)?.chunks_exact(12).take(count.min(MAX_TRACKS));
        self.starts.extend(entries.filter_map(|entry| {
            let seconds = i64::try_from(be64(entry, 4)? / STEPS).ok()?;
            Some((be32(entry, 0)?, Civil::from_seconds(seconds - FROM_1601)?))
        }));
        Some(())
    }

    /// The source of a track.
    pub fn source(&self, track: u32) -> Option<&str> {
        let found = self.sources.iter().find(|(of, _)| *of == track);
        found.map(|(_, name)| name.as_str())
    }
}

/// Takes a text that ends with a zero byte.
fn text(rest: &mut &[u8]) -> Option<String> {
    let end = rest.iter().position(|byte| *byte == 0)?;
    let text = String::from_utf8_lossy(rest.get(..end)?).trim().to_owned();
    *rest = rest.get(end + 1..)?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
        let size = (payload.len() as u32 + 8).to_be_bytes();
        [&size, kind.as_slice(), payload].concat()
    }

    fn suep() -> Vec<u8> {
        let mut payload = vec![1, 0, 0, 0];
        payload.extend(b"NVR-7\0http://10.0.0.7\x0000:11:22:33:44:55\0");
        payload.extend(3_840_000_000_u64.to_be_bytes());
        payload.extend("王\0".as_bytes());
        payload.extend(2_u32.to_be_bytes());
        payload.extend(b"\0\x01Camera 03\0rtsp://x\0\0\0\0\x02\0\0\0\0");
        boxed(b"suep", &payload)
    }

    fn cstb() -> Vec<u8> {
        let start = (FROM_1601 as u64 + 1_767_225_600) * STEPS + 5_000_000;
        let words = [&[0; 4][..], &[0, 0, 0, 1], &[0, 0, 0, 1], &start.to_be_bytes()].concat();
        boxed(b"cstb", &words)
    }

    fn meta(boxes: &[Vec<u8>]) -> Vec<u8> {
        [vec![0; 4], boxes.concat()].concat()
    }

    #[test]
    fn sources_and_starts_are_read() {
        let export = Export::parse(&meta(&[suep(), cstb()])).expect("an export");
        assert_eq!(export.unit.as_deref(), Some("NVR-7"));
        assert_eq!(export.exported, Civil::new(2025, 9, 6, 10, 40, 0));
        assert_eq!((export.source(1), export.source(2)), (Some("Camera 03"), None));
        assert_eq!(export.starts, [(1, Civil::new(2026, 1, 1, 0, 0, 0).expect("a time"))]);
    }

    #[test]
    fn a_start_inside_the_seal_is_found() {
        let sinf = boxed(b"sinf", &cstb());
        let ipro = boxed(b"ipro", &[vec![0, 0, 0, 0, 0, 1], sinf].concat());
        let export = Export::parse(&meta(&[ipro])).expect("an export");
        assert_eq!(export.starts.len(), 1);
    }

    #[test]
    fn other_metadata_is_no_export_and_cuts_do_not_panic() {
        assert_eq!(Export::parse(&meta(&[boxed(b"hdlr", &[0; 24])])), None);
        let whole = meta(&[suep(), cstb()]);
        for cut in 0..whole.len() {
            drop(Export::parse(&whole[..cut]));
        }
        for count in [u32::MAX, 1 << 20] {
            let words = [[0; 4], count.to_be_bytes()].concat();
            assert_eq!(Export::parse(&meta(&[boxed(b"cstb", &words)])), None);
        }
    }
}
