//! Matroska and WebM (RFC 9559).

pub mod ebml;

use std::io;

use self::ebml::{Element, child, children, float, number, uint};
use super::shared::clock::Clock;
use super::shared::nal::Codec;
use super::shared::pictures::{self, Watch};
use super::shared::walker::{BLANK, Found, Walker};
use super::{Contents, Format, Job, Score};
use crate::formats::bytes;
use crate::recording::problem::{FileVerdict, Inconsistency, Limit};
use crate::recording::{Civil, Kind, Media, ProblemKind, Recorded, Span, TimeBasis, TimeSource, Track};

/// Matroska.
pub static FORMAT: Format = Format {
    kind: Kind::Matroska,
    extensions: &["mkv", "webm", "mka", "mk3d"],
    probe: |head| match head.bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        true => Score::MAGIC,
        false => Score::NO,
    },
    read,
};

const HEAD: u32 = 0x1a45_dfa3;
pub const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_a966;
pub const TRACKS: u32 = 0x1654_ae6b;
pub const CLUSTER: u32 = 0x1f43_b675;
const CUES: u32 = 0x1c53_bb6b;
const TIMESTAMP: u32 = 0xe7;
pub const SIMPLE_BLOCK: u32 = 0xa3;
pub const BLOCK_GROUP: u32 = 0xa0;
pub const BLOCK: u32 = 0xa1;
pub const TRACK: u32 = 0xae;
pub const TRACK_NUMBER: u32 = 0xd7;
pub const CODEC_ID: u32 = 0x86;
pub const CODEC_PRIVATE: u32 = 0x63a2;
pub const ENCODINGS: u32 = 0x6d80;

/// Elements at the top of a segment, by their ids.
const TOP: &[u32] = &[
    0x114d_9b74,
    INFO,
    TRACKS,
    CLUSTER,
    CUES,
    0x1254_c367,
    0x1043_a770,
    0x1941_a469,
    0xec,
    0xbf,
];

/// Elements inside a cluster.
const INSIDE: &[u32] = &[
    TIMESTAMP,
    SIMPLE_BLOCK,
    BLOCK_GROUP,
    0xa7,
    0xab,
    0x5854,
    0xaf,
    0xec,
    0xbf,
];

/// Parts of the head larger than this are not read.
const MAX_PART: u64 = 1 << 20;

/// Seconds from 1970 to 2001, where Matroska counts from.
const EPOCH: i64 = 978_307_200;

struct Seen {
    /// Nanoseconds of a tick.
    scale: u64,
    duration: Option<f64>,
    created: Option<i64>,
    tool: Option<String>,
    tracks: Vec<(u64, Track)>,
    encrypted: bool,
    clusters: Vec<u64>,
    cluster_time: u64,
    /// Milliseconds of pictures (or of clusters in a larger file).
    clock: Clock,
    last_ms: u64,
    blocks: u64,
    cues: Vec<u64>,
    segment: u64,
    open: bool,
    watch: Watch,
}

fn cluster_start(b: &[u8]) -> bool {
    b.starts_with(&[0x1f, 0x43, 0xb6, 0x75]) && Element::parse(b).is_some()
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let mut walker = Walker::new(job.source);
    let leap = if walker.whole() { 5_000 } else { 60_000 };
    let mut seen = Seen {
        scale: 1_000_000,
        duration: None,
        created: None,
        tool: None,
        tracks: Vec::new(),
        encrypted: false,
        clusters: Vec::new(),
        cluster_time: 0,
        clock: Clock::new(1000, 1000, leap),
        last_ms: 0,
        blocks: 0,
        cues: Vec::new(),
        segment: 0,
        open: false,
        watch: Watch::default(),
    };
    walk(&mut walker, &mut seen, &mut contents)?;
    describe(&seen, &walker, &mut contents);
    seen.watch.report(&mut contents);
    Ok(contents)
}

/// Element by element. Segments are entered, clusters where the file is small
/// or their length is not told.
fn walk(walker: &mut Walker<'_>, seen: &mut Seen, contents: &mut Contents) -> io::Result<()> {
    let len = walker.len();
    let mut at = 0;
    let mut before = 0;
    let mut segment_end = None;
    while at < len {
        if segment_end.is_some_and(|end| at >= end) {
            // A second file behind this one is met in live streams.
            walker.mend(at, at, true, &|b| b.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]), contents)?;
            return Ok(());
        }
        let element = Element::parse(walker.peek(at, 12)?);
        let known = element.filter(|e| {
            e.id == HEAD
                || e.id == SEGMENT
                || TOP.contains(&e.id)
                || (INSIDE.contains(&e.id) && !seen.clusters.is_empty())
        });
        if walker.spent() {
            let bytes = len - at;
            contents.problem(ProblemKind::middle_not_read(bytes).at(at));
            return Ok(());
        }
        let Some(element) = known else {
            if len - at < 12 && element.is_none() {
                contents.problem(ProblemKind::Truncated { missing: None }.at(at));
                return Ok(());
            }
            if let Some(next) = strange(walker, element, at)? {
                before = at;
                at = next;
                continue;
            }
            let from = (before + 1).min(at);
            match walker.mend(from, at, false, &cluster_start, contents)? {
                Some(next) if next > before => {
                    before = next;
                    at = next;
                }
                _ => return Ok(()),
            }
            continue;
        };
        let payload = at + element.head;
        let end = element.size.and_then(|size| payload.checked_add(size));
        if element.id == SEGMENT {
            seen.segment = payload;
            segment_end = end;
            seen.open = element.size.is_none();
            if let Some(end) = end.filter(|end| *end > len) {
                contents.problem(
                    ProblemKind::Truncated {
                        missing: Some(end - len),
                    }
                    .at(len),
                );
            }
            before = at;
            at = payload;
            continue;
        }
        if element.id == CLUSTER {
            if seen.clusters.len() < 1_000_000 {
                seen.clusters.push(at);
            }
            seen.blocks += 1;
            if walker.whole() || end.is_none() {
                before = at;
                at = payload;
                continue;
            }
            let head = walker.peek(payload, 64)?;
            if let Some(time) = child(head, TIMESTAMP).and_then(uint) {
                seen.cluster_time = time;
                let ms = seen.milliseconds(time);
                seen.clock.tick(ms, at);
            }
        }
        let Some(end) = end else {
            contents.problem(ProblemKind::IndexInconsistent(Inconsistency::BoxSize).at(at));
            return Ok(());
        };
        if end > len {
            if let Found::At { offset } = walker.search(at + 4, &cluster_start)? {
                let problem = walker.gap(at, offset)?;
                contents.problem(problem);
                before = offset;
                at = offset;
                continue;
            }
            if !contents
                .problems
                .iter()
                .any(|p| matches!(p.kind, ProblemKind::Truncated { .. }))
            {
                contents.problem(
                    ProblemKind::Truncated {
                        missing: Some(end - len),
                    }
                    .at(at),
                );
            }
            return Ok(());
        }
        part(walker, (at, payload, end), element.id, seen, contents)?;
        before = at;
        at = end;
    }
    Ok(())
}

/// Elements of later versions are stepped over: a known one follows.
fn strange(walker: &mut Walker<'_>, element: Option<Element>, at: u64) -> io::Result<Option<u64>> {
    let end = element.and_then(|e| at.checked_add(e.head)?.checked_add(e.size?));
    let Some(end) = end.filter(|end| *end < walker.len()) else {
        return Ok(None);
    };
    let next = Element::parse(walker.peek(end, 12)?);
    Ok(next.filter(|n| n.id == CLUSTER || TOP.contains(&n.id)).map(|_| end))
}

/// Takes one element that is not entered.
fn part(
    walker: &mut Walker<'_>,
    (at, payload, end): (u64, u64, u64),
    id: u32,
    seen: &mut Seen,
    contents: &mut Contents,
) -> io::Result<()> {
    let size = end - payload;
    match id {
        INFO | TRACKS | CUES => {
            if size > MAX_PART {
                contents.problem(ProblemKind::LimitReached(Limit::IndexSize).at(at));
                return Ok(());
            }
            let bytes = bytes::read(walker.source, payload, size as usize)?;
            match id {
                INFO => seen.info(&bytes),
                TRACKS => seen.tracks(&bytes),
                _ => seen.cues(&bytes),
            }
        }
        TIMESTAMP => seen.cluster_time = uint(walker.peek(payload, size.min(8) as usize)?).unwrap_or(0),
        SIMPLE_BLOCK => {
            let head: Vec<u8> = walker.peek(payload, (size as usize).min(pictures::HEAD))?.to_vec();
            seen.block(at, &head, size, contents);
        }
        BLOCK_GROUP => {
            let bytes = walker.peek(payload, (size as usize).min(pictures::HEAD + 24))?;
            let block = child(bytes, BLOCK).map(<[u8]>::to_vec);
            if let Some(block) = block {
                seen.block(at, &block, size, contents);
            }
        }
        _ => {}
    }
    Ok(())
}

impl Seen {
    fn milliseconds(&self, ticks: u64) -> u64 {
        u64::try_from(u128::from(ticks) * u128::from(self.scale) / 1_000_000).unwrap_or(u64::MAX)
    }

    fn info(&mut self, bytes: &[u8]) {
        self.scale = child(bytes, 0x2a_d7b1)
            .and_then(uint)
            .filter(|s| *s > 0)
            .unwrap_or(self.scale);
        self.duration = child(bytes, 0x4489)
            .and_then(float)
            .filter(|d| d.is_finite() && *d > 0.0 && *d < 1e15);
        let date = child(bytes, 0x4461).and_then(uint);
        self.created = date.map(|ns| (ns as i64) / 1_000_000_000 + EPOCH);
        let name = |id| child(bytes, id).map(|t| String::from_utf8_lossy(t).trim_end_matches('\0').to_owned());
        self.tool = name(0x5741).or_else(|| name(0x4d80));
    }

    fn tracks(&mut self, bytes: &[u8]) {
        for (_, entry) in children(bytes).filter(|c| c.0 == TRACK).take(64) {
            let of = |id| child(entry, id).and_then(uint);
            let media = match of(0x83) {
                Some(1) => Media::Video,
                Some(2) => Media::Audio,
                _ => Media::Other,
            };
            let video = child(entry, 0xe0).unwrap_or_default();
            let side = |id| {
                child(video, id)
                    .and_then(uint)
                    .filter(|n| *n <= 16_384)
                    .map_or(0, |n| n as u32)
            };
            let code = child(entry, CODEC_ID).map(|t| String::from_utf8_lossy(t).trim_end_matches('\0').to_owned());
            let encodings = child(entry, ENCODINGS).unwrap_or_default();
            self.encrypted |= children(encodings).any(|(id, e)| id == 0x6240 && child(e, 0x5035).is_some());
            let told = [("V_MPEG4/ISO/AVC", Codec::H264), ("V_MPEGH/ISO/HEVC", Codec::H265)];
            if let Some((_, codec)) = told.into_iter().find(|(id, _)| code.as_deref() == Some(*id)) {
                self.watch
                    .configure(codec, child(entry, CODEC_PRIVATE).unwrap_or_default());
            }
            self.tracks.push((
                of(TRACK_NUMBER).unwrap_or(0),
                Track {
                    media,
                    codec: codec(code.as_deref().unwrap_or("?")),
                    width: side(0xb0),
                    height: side(0xba),
                    samples: None,
                    duration_ms: None,
                },
            ));
        }
    }

    fn cues(&mut self, bytes: &[u8]) {
        for (_, point) in children(bytes).filter(|c| c.0 == 0xbb).take(1 << 16) {
            for (_, place) in children(point).filter(|c| c.0 == 0xb7) {
                self.cues.extend(child(place, 0xf1).and_then(uint));
            }
        }
    }

    /// A block: track, time from the cluster's, flags, payload.
    fn block(&mut self, at: u64, block: &[u8], size: u64, contents: &mut Contents) {
        let Some((track, len)) = number(block) else { return };
        let Some(relative) = bytes::be16(block, len) else {
            return;
        };
        let ticks = self.cluster_time.saturating_add_signed(i64::from(relative as i16));
        let ms = self.milliseconds(ticks);
        self.last_ms = self.last_ms.max(ms);
        self.blocks += 1;
        let mut video = false;
        if let Some((_, of)) = self.tracks.iter_mut().find(|t| t.0 == track) {
            // With lacing, a byte tells how many frames follow the first.
            let laced = block.get(len + 2).is_some_and(|flags| flags & 6 != 0);
            let more = block.get(len + 3).copied().filter(|_| laced);
            *of.samples.get_or_insert(0) += 1 + u64::from(more.unwrap_or(0));
            video = of.media == Media::Video;
        }
        if video {
            self.clock.tick(ms, at);
            self.watch.size(size);
            // Flags without lacing: one picture.
            if block.get(len + 2).is_some_and(|flags| flags & 6 == 0) {
                let length = size.saturating_sub(len as u64 + 3);
                self.watch
                    .look(block.get(len + 3..).unwrap_or_default(), length, at, Some(ms as i64));
            }
            let start = block.get(len + 3..len + 11);
            if size >= BLANK && start.is_some_and(|s| s.iter().all(|b| *b == 0)) {
                contents.problem(
                    ProblemKind::ZeroFilled {
                        bytes: size,
                        whole: false,
                    }
                    .at(at),
                );
            }
        }
    }
}

/// As the documents name the codec of this id.
pub fn codec(code: &str) -> String {
    match code {
        "V_MPEG4/ISO/AVC" => "h264",
        "V_MPEGH/ISO/HEVC" => "hevc",
        "V_MPEG4/ISO/ASP" => "mpeg4",
        "V_MJPEG" => "mjpeg",
        "V_VP8" => "vp8",
        "V_VP9" => "vp9",
        "V_AV1" => "av1",
        "A_AC3" => "ac3",
        "A_OPUS" => "opus",
        "A_MPEG/L2" => "mp2",
        "A_MPEG/L3" => "mp3",
        code if code.starts_with("A_AAC") => "aac",
        code => code,
    }
    .to_owned()
}

fn describe(seen: &Seen, walker: &Walker<'_>, contents: &mut Contents) {
    seen.clock.report(contents);
    let walked = seen.clock.last().map_or(seen.last_ms, |last| last.max(seen.last_ms));
    let told = seen.duration.map(|d| (d * seen.scale as f64 / 1e6) as u64);
    let ms = told.unwrap_or(walked);
    let whole = contents
        .problems
        .iter()
        .all(|p| p.kind.verdict() < FileVerdict::Suspect);
    let video = seen.tracks.iter().any(|t| t.1.media == Media::Video);
    let slack = if walker.whole() { 3_000 } else { 60_000 };
    if let Some(told) = told
        && whole
        && video
        && told.abs_diff(walked) > slack.max(told / 100)
    {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Duration).anywhere());
    }
    if seen.open || (told.is_none() && seen.cues.is_empty()) {
        contents.problem(ProblemKind::NotClosed.at(seen.segment));
    }
    let lost = seen.cues.iter().find(|cue| {
        seen.clusters
            .binary_search(&(seen.segment.saturating_add(**cue)))
            .is_err()
    });
    if whole && let Some(cue) = lost {
        contents.problem(ProblemKind::IndexInconsistent(Inconsistency::Entries).at(seen.segment.saturating_add(*cue)));
    }
    if seen.clusters.is_empty() || seen.blocks == 0 {
        contents.problem(ProblemKind::NoData.anywhere());
    }
    if seen.encrypted {
        contents.problem(ProblemKind::Encrypted.anywhere());
    }
    if let Some(tool) = seen.tool.clone().filter(|t| {
        ["Lav", "HandBrake", "mkvmerge", "libmatroska"]
            .iter()
            .any(|k| t.contains(k))
    }) {
        contents.problem(ProblemKind::ReEncoded { tool }.anywhere());
    }
    contents.duration_ms = Some(ms);
    for (_, track) in &seen.tracks {
        let mut track = track.clone();
        if track.media == Media::Video {
            track.duration_ms = Some(ms);
        }
        contents.tracks.push(track);
    }
    if let Some(created) = seen.created.and_then(Civil::from_seconds) {
        let mut recorded = Recorded::new(None, TimeBasis::Unknown, TimeSource::Container);
        let seconds = i64::try_from(ms.div_ceil(1000)).unwrap_or(0);
        recorded.spans.extend(Span::new(created, created.plus(seconds)));
        contents.recorded.push(recorded);
    }
}
