//! `hdrl`: the main header, and per stream `strh`, `strf` and `indx`.

use crate::formats::bytes::{array, le16, le32, le64};
use crate::recording::Media;

/// `avih`, and the writer's name.
#[derive(Default)]
pub struct Main {
    pub size: (u32, u32),
    pub tool: Option<String>,
}

/// One stream.
pub struct Stream {
    pub media: Media,
    pub codec: String,
    pub scale: u32,
    pub rate: u32,
    /// In units of scale/rate seconds.
    pub length: u32,
    pub size: (u32, u32),
    /// Offset and size of the parts of an OpenDML index.
    pub super_index: Vec<(u64, u32)>,
}

/// Chunks in memory: type and payload, one level.
fn chunks(mut bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let id = array(bytes, 0)?;
        let size = le32(bytes, 4)? as usize;
        let rest = bytes.get(8..)?;
        let payload = rest.get(..size.min(rest.len()))?;
        bytes = rest.get(size.saturating_add(size & 1)..).unwrap_or_default();
        Some((id, payload))
    })
}

/// Parses the payload of `hdrl`.
pub fn parse(bytes: &[u8]) -> (Main, Vec<Stream>) {
    let mut main = Main::default();
    let mut streams = Vec::new();
    for (id, payload) in chunks(bytes) {
        match &id {
            b"avih" => main.size = (le32(payload, 32).unwrap_or(0), le32(payload, 36).unwrap_or(0)),
            b"LIST" if payload.starts_with(b"strl") && streams.len() < 64 => {
                streams.extend(stream(payload.get(4..).unwrap_or_default()));
            }
            _ => {}
        }
    }
    main.size = plausible(main.size.0, main.size.1);
    (main, streams)
}

/// The program that wrote the file (`ISFT` in the list `INFO`).
pub fn tool(info: &[u8]) -> Option<String> {
    let (_, text) = chunks(info).take(64).find(|(id, _)| id == b"ISFT")?;
    let text = String::from_utf8_lossy(text.get(..text.len().min(64))?);
    Some(text.trim_matches(['\0', ' ']).to_owned()).filter(|t| !t.is_empty())
}

fn plausible(width: u32, height: u32) -> (u32, u32) {
    if width <= 16_384 && height <= 16_384 {
        (width, height)
    } else {
        (0, 0)
    }
}

fn stream(bytes: &[u8]) -> Option<Stream> {
    let all: Vec<_> = chunks(bytes).take(64).collect();
    let find = |kind: &[u8; 4]| all.iter().find(|c| &c.0 == kind).map(|c| c.1);
    let head = find(b"strh")?;
    let format = find(b"strf").unwrap_or_default();
    let kind: [u8; 4] = array(head, 0)?;
    let mut stream = Stream {
        media: Media::Other,
        codec: "?".to_owned(),
        scale: le32(head, 20)?,
        rate: le32(head, 24)?,
        length: le32(head, 32)?,
        size: (0, 0),
        super_index: find(b"indx").map(super_index).unwrap_or_default(),
    };
    match &kind {
        b"vids" => {
            stream.media = Media::Video;
            let height = le32(format, 8).unwrap_or(0) as i32;
            stream.size = plausible(le32(format, 4).unwrap_or(0), height.unsigned_abs());
            stream.codec = array(format, 16).map_or_else(|| "?".to_owned(), picture_codec);
        }
        b"auds" => {
            stream.media = Media::Audio;
            stream.codec = match le16(format, 0)? {
                1 => "pcm",
                2 | 0x11 => "adpcm",
                6 => "pcm-alaw",
                7 => "pcm-mulaw",
                0x50 => "mp2",
                0x55 => "mp3",
                0xff | 0x1610 => "aac",
                0x2000 => "ac3",
                _ => "?",
            }
            .to_owned();
        }
        _ => {}
    }
    Some(stream)
}

fn picture_codec(code: [u8; 4]) -> String {
    match &code.map(|b| b.to_ascii_uppercase()) {
        b"H264" | b"AVC1" | b"X264" | b"DAVC" => "h264".to_owned(),
        b"H265" | b"HEVC" | b"HEV1" | b"HVC1" => "hevc".to_owned(),
        b"MJPG" => "mjpeg".to_owned(),
        b"FMP4" | b"XVID" | b"DIVX" | b"DX50" | b"MP4V" => "mpeg4".to_owned(),
        // BI_RGB: not compressed.
        [0, 0, 0, 0] => "rawvideo".to_owned(),
        code if code.iter().all(u8::is_ascii_graphic) => String::from_utf8_lossy(code).into_owned(),
        _ => "?".to_owned(),
    }
}

/// OpenDML: an index of indexes.
fn super_index(b: &[u8]) -> Vec<(u64, u32)> {
    if b.get(3) != Some(&0) || le16(b, 0) != Some(4) {
        return Vec::new();
    }
    let count = le32(b, 4).unwrap_or(0) as usize;
    let entries = b.get(24..).unwrap_or_default().chunks_exact(16).take(count);
    entries.filter_map(|e| Some((le64(e, 0)?, le32(e, 8)?))).collect()
}
