//! The program stream map (ISO/IEC 13818-1 §2.5.4) and the descriptors that
//! Hikvision puts into it (offsets count from the descriptor's tag).

use crate::formats::bytes::be16;
use crate::recording::{Civil, Media};

/// What a map says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// Kind and codec of each elementary stream, by stream type.
    pub streams: Vec<(Media, &'static str)>,
    /// Bears Hikvision's descriptors.
    pub hikvision: bool,
    /// Wall clock: descriptor 0x40, milliseconds behind it.
    pub time: Option<(Civil, u32)>,
    /// The pictures are encrypted.
    pub encrypted: bool,
    /// Descriptor 0x42.
    pub size: Option<(u32, u32)>,
}

/// Parses a whole map, start code included.
pub fn parse(bytes: &[u8]) -> Option<Map> {
    let mut map = Map::default();
    let length = usize::from(be16(bytes, 8)?);
    let mut info = bytes.get(10..10 + length)?;
    while let [tag, len, rest @ ..] = info {
        let whole = info.get(..2 + usize::from(*len))?;
        descriptor(&mut map, *tag, whole);
        info = rest.get(usize::from(*len)..)?;
    }
    let at = 10 + length;
    let size = usize::from(be16(bytes, at)?);
    let mut streams = bytes.get(at + 2..at + 2 + size)?;
    while let [kind, id, _, _, ..] = streams {
        let length = usize::from(be16(streams, 2)?);
        if let Some(stream) = stream(*kind, *id) {
            map.streams.push(stream);
        }
        streams = streams.get(4 + length..).unwrap_or_default();
    }
    Some(map)
}

fn descriptor(map: &mut Map, tag: u8, d: &[u8]) {
    match tag {
        0x40 if d.get(2..4) == Some(b"HK") && d.len() >= 12 => {
            map.hikvision = true;
            map.time = time(d);
            // 7 is none; one real recorder writes 0 for none as well.
            map.encrypted = d.get(11).is_some_and(|b| !matches!(b & 7, 0 | 7));
        }
        0x41 if d.get(2..4) == Some(b"HK") => map.hikvision = true,
        0x42 if d.len() >= 16 => {
            let of = |at| be16(d, at).map_or(0, u32::from);
            let (width, height) = (of(6), of(8));
            if (16..=16_384).contains(&width) && (16..=16_384).contains(&height) {
                map.size = Some((width, height));
            }
        }
        _ => {}
    }
}

/// Year less 2000, then month:4 day:5 hour:5 minute:6 second:6 marker:1 ms:10.
fn time(d: &[u8]) -> Option<(Civil, u32)> {
    let year = i32::from(*d.get(6)?) + 2000;
    let bits = d.get(7..12)?.iter().fold(0_u64, |v, b| v << 8 | u64::from(*b));
    let field = |from: u32, len: u32| (bits >> (40 - from - len) & ((1 << len) - 1)) as u32;
    let at = Civil::new(year, field(0, 4), field(4, 5), field(9, 5), field(14, 6), field(20, 6))?;
    Some((at, field(27, 10)))
}

/// Stream types of the standard and of Chinese recorders.
pub fn stream(kind: u8, id: u8) -> Option<(Media, &'static str)> {
    let video = |codec| Some((Media::Video, codec));
    let audio = |codec| Some((Media::Audio, codec));
    match kind {
        0x01 => video("mpeg1"),
        0x02 => video("mpeg2"),
        0x10 => video("mpeg4"),
        0x1b => video("h264"),
        0x24 => video("hevc"),
        0x80 if id >= 0xe0 => video("svac"),
        0xb0 => video("hik264"),
        0x03 | 0x04 => audio("mp2"),
        0x0f | 0x11 => audio("aac"),
        0x90 => audio("pcm-alaw"),
        0x91 => audio("pcm-mulaw"),
        0x92 => audio("g722.1"),
        0x93 => audio("g723.1"),
        0x96 => audio("g726"),
        0x99 => audio("g729"),
        0x9b => audio("svac-audio"),
        _ => None,
    }
}
