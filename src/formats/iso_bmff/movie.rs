//! `moov`: tracks, durations, times, the tool that wrote it
//! (ISO/IEC 14496-12 §8; QuickTime File Format).

use super::boxes::{Boxes, FourCc, find, find_path};
use crate::formats::bytes::{be16, be32, be64};
use crate::recording::{Civil, Media};

/// Seconds from 1904-01-01 to 1970-01-01.
const FROM_1904: u64 = 2_082_844_800;

/// 2000-01-01 in seconds since 1970: no recorder is older.
const OLDEST: u64 = 946_684_800;

/// Tracks read of one file.
const MAX_TRACKS: usize = 64;

/// A movie header and its tracks.
#[derive(Debug, Default)]
pub struct Movie<'a> {
    /// Units a second of `duration` and of edit lists.
    pub timescale: u32,
    /// As the header says; `None` where it says unknown.
    pub duration: Option<u64>,
    /// Of the container: UTC by the standard, local by habit.
    pub created: Option<Civil>,
    /// When the header was last written, on the same clock.
    pub modified: Option<Civil>,
    pub traks: Vec<Trak<'a>>,
    /// Whether fragments may follow (`mvex`).
    pub fragmented: bool,
    /// Default sample duration and size by track (`trex`).
    pub trex: Vec<(u32, u32, u32)>,
    /// The program that wrote it.
    pub tool: Option<String>,
    /// Whether the boxes did not fit into each other.
    pub broken: bool,
}

/// One track, its tables still as bytes.
#[derive(Debug, Default)]
pub struct Trak<'a> {
    pub id: u32,
    pub media: Option<Media>,
    /// Four-character code of the first sample description.
    pub entry: Option<FourCc>,
    /// Bytes of the length in front of each unit, where samples have such.
    pub prefix: u8,
    pub width: u32,
    pub height: u32,
    pub timescale: u32,
    /// Of `mdhd`, in `timescale`; `None` where unknown.
    pub duration: Option<u64>,
    /// Sum of the edit list in the movie's timescale, if there is one.
    pub edited: Option<u64>,
    /// Parts of the media that the edit list plays.
    pub edits: u64,
    /// Where in the media the first of them begins, in `timescale`.
    pub edit_from: u64,
    /// Sample descriptions: more than one are several sorts of pictures.
    pub descriptions: u32,
    /// Payload of the first sample description.
    pub description: Option<&'a [u8]>,
    /// Payloads of the sample tables.
    pub stts: Option<&'a [u8]>,
    pub ctts: Option<&'a [u8]>,
    pub stss: Option<&'a [u8]>,
    pub stsc: Option<&'a [u8]>,
    pub stsz: Option<&'a [u8]>,
    pub stz2: Option<&'a [u8]>,
    pub stco: Option<&'a [u8]>,
    pub co64: Option<&'a [u8]>,
}

impl<'a> Trak<'a> {
    /// Numbers of the samples to start from (`stss`), counted from 1; `None`
    /// where all are.
    pub fn keys(&self) -> Option<impl Iterator<Item = u32> + use<'a>> {
        let table: &'a [u8] = self.stss?;
        let count = be32(table, 4)? as usize;
        let entries = table.get(8..)?.chunks_exact(4).take(count);
        Some(entries.filter_map(|e| be32(e, 0)))
    }

    /// Whether it has pictures whose units begin with a length, which cannot
    /// be zero.
    pub fn prefixed(&self) -> bool {
        let entry = self.entry.as_ref();
        self.media == Some(Media::Video) && entry.is_some_and(|e| matches!(e, b"avc1" | b"avc3" | b"hvc1" | b"hev1"))
    }
}

/// Parses the payload of `moov`.
pub fn parse(moov: &[u8]) -> Movie<'_> {
    let mut movie = Movie::default();
    let mut boxes = Boxes::new(moov);
    for (kind, payload) in &mut boxes {
        match &kind {
            b"mvhd" => {
                let header = times(payload);
                movie.timescale = header.timescale;
                movie.duration = header.duration;
                movie.created = header.created;
                movie.modified = header.modified;
            }
            b"trak" if movie.traks.len() < MAX_TRACKS => movie.traks.push(trak(payload)),
            b"mvex" => {
                movie.fragmented = true;
                movie.trex = Boxes::new(payload)
                    .filter(|(kind, _)| kind == b"trex")
                    .filter_map(|(_, p)| Some((be32(p, 4)?, be32(p, 12)?, be32(p, 16)?)))
                    .take(MAX_TRACKS)
                    .collect();
            }
            b"udta" => movie.tool = tool(payload),
            b"meta" => movie.tool = movie.tool.take().or_else(|| tool_of_meta(payload)),
            _ => {}
        }
    }
    movie.broken = boxes.broken();
    movie
}

struct Times {
    created: Option<Civil>,
    modified: Option<Civil>,
    timescale: u32,
    duration: Option<u64>,
}

/// The common start of `mvhd` and `mdhd`, versions 0 and 1.
fn times(p: &[u8]) -> Times {
    let long = p.first() == Some(&1);
    let (timescale, duration) = if long {
        (be32(p, 20), be64(p, 24).filter(|d| *d != u64::MAX))
    } else {
        let duration = be32(p, 16).filter(|d| *d != u32::MAX);
        (be32(p, 12), duration.map(u64::from))
    };
    let moment = |number: usize| {
        let seconds = if long {
            be64(p, 4 + 8 * number)
        } else {
            be32(p, 4 + 4 * number).map(u64::from)
        };
        seconds.and_then(since_1904)
    };
    Times {
        created: moment(0),
        modified: moment(1),
        timescale: timescale.unwrap_or(0),
        duration,
    }
}

/// Some writers count from 1970 by mistake: what would be before 2000 is that.
pub fn since_1904(seconds: u64) -> Option<Civil> {
    let unix = seconds.checked_sub(FROM_1904).unwrap_or(seconds);
    if unix < OLDEST {
        return None;
    }
    Civil::from_seconds(i64::try_from(unix).ok()?)
}

fn trak(payload: &[u8]) -> Trak<'_> {
    let mut trak = Trak::default();
    for (kind, p) in Boxes::new(payload) {
        match &kind {
            b"tkhd" => {
                let shift = if p.first() == Some(&1) { 8 } else { 0 };
                trak.id = be32(p, 12 + shift).unwrap_or(0);
                let sizes = if shift == 8 { 88 } else { 76 };
                trak.width = be32(p, sizes).unwrap_or(0) >> 16;
                trak.height = be32(p, sizes + 4).unwrap_or(0) >> 16;
            }
            b"edts" => {
                if let Some(list) = find(p, b"elst") {
                    trak.edited = edited(list);
                    (trak.edits, trak.edit_from) = played(list);
                }
            }
            b"mdia" => mdia(p, &mut trak),
            _ => {}
        }
    }
    trak
}

fn mdia<'a>(payload: &'a [u8], trak: &mut Trak<'a>) {
    if let Some(p) = find(payload, b"mdhd") {
        let header = times(p);
        trak.timescale = header.timescale;
        trak.duration = header.duration;
    }
    trak.media = find(payload, b"hdlr")
        .and_then(|p| p.get(8..12))
        .map(|handler| match handler {
            b"vide" => Media::Video,
            b"soun" => Media::Audio,
            _ => Media::Other,
        });
    let Some(stbl) = find_path(payload, &[b"minf", b"stbl"]) else {
        return;
    };
    for (kind, p) in Boxes::new(stbl) {
        match &kind {
            b"stsd" => description(p, trak),
            b"stts" => trak.stts = Some(p),
            b"ctts" => trak.ctts = Some(p),
            b"stss" => trak.stss = Some(p),
            b"stsc" => trak.stsc = Some(p),
            b"stsz" => trak.stsz = Some(p),
            b"stz2" => trak.stz2 = Some(p),
            b"stco" => trak.stco = Some(p),
            b"co64" => trak.co64 = Some(p),
            _ => {}
        }
    }
}

/// The first entry of `stsd`; for video its own width and height win.
fn description<'a>(p: &'a [u8], trak: &mut Trak<'a>) {
    trak.entry = crate::formats::bytes::array(p, 12);
    trak.descriptions = be32(p, 4).unwrap_or(0);
    trak.description = p.get(8..).and_then(|entries| Some(Boxes::new(entries).next()?.1));
    trak.prefix = prefix(p).unwrap_or(4);
    if trak.media == Some(Media::Video)
        && let (Some(width), Some(height)) = (be16(p, 40), be16(p, 42))
        && width > 0
        && height > 0
    {
        (trak.width, trak.height) = (u32::from(width), u32::from(height));
    }
}

/// Bytes of the fields of a visual sample entry (§12.1.3), before its boxes.
pub const VISUAL: usize = 78;

/// Of the decoder configuration (ISO/IEC 14496-15 §5.3.3.1, §8.3.3.1).
fn prefix(stsd: &[u8]) -> Option<u8> {
    let inside = stsd.get(16 + VISUAL..)?;
    let minus_one = match (find(inside, b"avcC"), find(inside, b"hvcC")) {
        (Some(avc), _) => avc.get(4)?,
        (None, Some(hevc)) => hevc.get(21)?,
        _ => return None,
    };
    Some((minus_one & 3) + 1)
}

/// Sum of an edit list's durations; a zero (fragmented files) is no edit.
fn edited(p: &[u8]) -> Option<u64> {
    let long = p.first() == Some(&1);
    let size = if long { 20 } else { 12 };
    let count = be32(p, 4)? as usize;
    let entries = p.get(8..)?.chunks_exact(size).take(count);
    let sum = entries
        .map(|e| if long { be64(e, 0) } else { be32(e, 0).map(u64::from) })
        .fold(0_u64, |sum, d| sum.saturating_add(d.unwrap_or(0)));
    (sum > 0).then_some(sum)
}

/// How many parts of the media an edit list plays, and where the first begins.
/// An entry without media (time −1) only waits.
fn played(p: &[u8]) -> (u64, u64) {
    let long = p.first() == Some(&1);
    let size = if long { 20 } else { 12 };
    let count = be32(p, 4).unwrap_or(0) as usize;
    let entries = p.get(8..).unwrap_or_default().chunks_exact(size).take(count);
    let from = |e: &[u8]| {
        if long {
            be64(e, 8).map(|t| t as i64)
        } else {
            be32(e, 4).map(|t| i64::from(t as i32))
        }
    };
    let mut media = entries.filter_map(from).filter(|t| *t >= 0);
    let first = media.next();
    let parts = u64::from(first.is_some()) + media.count() as u64;
    (parts, first.map_or(0, i64::unsigned_abs))
}

/// The encoder named in `udta`: iTunes `©too`, QuickTime `©swr`, `©enc`.
fn tool(udta: &[u8]) -> Option<String> {
    if let Some(meta) = find(udta, b"meta")
        && let Some(tool) = tool_of_meta(meta)
    {
        return Some(tool);
    }
    [b"\xa9swr", b"\xa9enc", b"\xa9too"]
        .iter()
        .find_map(|kind| text(find(udta, kind)?.get(4..)?))
}

/// `meta/ilst/©too/data`; QuickTime's `meta` has no version field.
fn tool_of_meta(meta: &[u8]) -> Option<String> {
    let inside = if meta.get(4..8) == Some(b"hdlr") {
        meta
    } else {
        meta.get(4..)?
    };
    let data = find_path(inside, &[b"ilst", b"\xa9too", b"data"])?;
    text(data.get(8..)?)
}

fn text(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(64))?);
    let text = text.trim_matches(['\0', ' ']);
    (!text.is_empty()).then(|| text.to_owned())
}

/// The usual name of a track's codec.
pub fn codec(trak: &Trak<'_>) -> String {
    let boxes = trak
        .description
        .and_then(|entry| entry.get(VISUAL..))
        .unwrap_or_default();
    match trak.entry {
        None => "?".to_owned(),
        // What it was before it was encrypted (§8.12).
        Some(entry) if &entry == b"encv" => {
            let original = find_path(boxes, &[b"sinf", b"frma"]).and_then(|p| crate::formats::bytes::array(p, 0));
            named(original.unwrap_or(entry))
        }
        Some(entry) if &entry == b"mp4v" => match find(boxes, b"esds").and_then(object_type) {
            Some(0x60..=0x65) => "mpeg2".to_owned(),
            Some(0x6a) => "mpeg1".to_owned(),
            Some(0x6c) => "mjpeg".to_owned(),
            _ => "mpeg4".to_owned(),
        },
        Some(entry) => named(entry),
    }
}

/// The object type of an elementary stream descriptor (ISO/IEC 14496-1
/// §7.2.6.5): its tags 3 and 4, each with a length of up to four bytes.
fn object_type(esds: &[u8]) -> Option<u8> {
    let descriptor = |p: &[u8], tag: u8| -> Option<usize> {
        (p.first() == Some(&tag)).then_some(())?;
        let length = p.get(1..5)?.iter().position(|b| b & 0x80 == 0)?;
        Some(2 + length)
    };
    let stream = esds.get(4..)?;
    let inside = stream.get(descriptor(stream, 3)? + 3..)?;
    inside.get(descriptor(inside, 4)?).copied()
}

fn named(entry: FourCc) -> String {
    match &entry {
        b"avc1" | b"avc2" | b"avc3" | b"avc4" => "h264".to_owned(),
        b"hvc1" | b"hev1" | b"dvh1" | b"dvhe" => "hevc".to_owned(),
        b"vp08" => "vp8".to_owned(),
        b"vp09" => "vp9".to_owned(),
        b"s263" => "h263".to_owned(),
        b"mjpg" | b"jpeg" | b"mjpa" => "mjpeg".to_owned(),
        b"av01" => "av1".to_owned(),
        b"mp4a" => "aac".to_owned(),
        b"alaw" => "pcm_alaw".to_owned(),
        b"ulaw" => "pcm_mulaw".to_owned(),
        b"Opus" => "opus".to_owned(),
        other => String::from_utf8_lossy(other).trim().to_owned(),
    }
}
