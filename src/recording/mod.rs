//! The canonical model: what was recorded, on which channel, when, and how we
//! know. Importers make it; nothing after them knows the vendor.

pub mod channel;
pub mod coverage;
pub mod daily;
pub mod event;
pub mod packed;
pub mod problem;
pub mod time;

use serde::{Deserialize, Serialize};

use crate::ids::ids;
pub use coverage::Coverage;
pub use event::{EventKind, LoggedEvent};
pub use problem::{Problem, ProblemKind};
pub use time::{Civil, Span};

ids! {
    /// What a file is, by its content.
    pub enum Kind {
        Mp4 = "mp4" => "MP4 录像",
        MpegPs = "mpeg-ps" => "PS 流录像",
        MpegTs = "mpeg-ts" => "TS 流录像",
        Avi = "avi" => "AVI 录像",
        Matroska = "matroska" => "MKV 录像",
        Flv = "flv" => "FLV 录像",
        H264 = "h264" => "H.264 裸流",
        H265 = "h265" => "H.265 裸流",
        Dhav = "dhav" => "大华 DAV 录像",
        Hik4hkh = "hik4hkh" => "海康原生录像",
        HikIndex = "hik-index" => "海康存储卡索引",
        Xiongmai = "xiongmai" => "雄迈录像",
        Hxvs = "hxvs" => "海思存储卡录像",
        RecordingList = "recording-list" => "录像清单",
        CameraList = "camera-list" => "摄像机清单",
        EventLog = "event-log" => "设备日志",
        Manifest = "manifest" => "校验清单",
        Archive = "archive" => "压缩包",
        Other = "other" => "其他文件",
    }
}

impl Kind {
    /// Whether a file of this kind holds pictures of a recorder.
    pub const fn is_media(self) -> bool {
        matches!(
            self,
            Self::Mp4
                | Self::MpegPs
                | Self::MpegTs
                | Self::Avi
                | Self::Matroska
                | Self::Flv
                | Self::H264
                | Self::H265
                | Self::Dhav
                | Self::Hik4hkh
                | Self::Xiongmai
                | Self::Hxvs
        )
    }

    /// Whether a file of this kind speaks for all that the recorder holds.
    pub const fn is_list(self) -> bool {
        matches!(self, Self::RecordingList | Self::HikIndex)
    }
}

ids! {
    /// Which clock a time was read from.
    pub enum TimeBasis {
        /// The recorder's own wall clock. A `Z` that a recorder prints behind
        /// its wall clock does not make it UTC.
        DeviceLocal = "device-local" => "录像机本地时间",
        /// Real UTC; the site's offset is added when the channels are judged.
        Utc = "utc" => "世界时",
        /// Either of the two.
        Unknown = "unknown" => "时区不明",
    }
}

ids! {
    /// Where a time was read, best first.
    pub enum TimeSource {
        InStream = "in-stream" => "录像画面流内的时间",
        /// Written by the export unit as the true start of a track (ONVIF
        /// Export File Format §5.3).
        Export = "export" => "导出文件写明的开始时间",
        List = "list" => "录像清单",
        Name = "name" => "文件名",
        /// Of the container's header: may be the time of export. Never
        /// evidence of retention.
        Container = "container" => "文件头的创建时间",
        /// The oldest and the newest second that a recorder tells, and nothing
        /// of what lies between: no coverage.
        Extent = "extent" => "最早与最晚的录像时间",
    }
}

impl TimeSource {
    /// Whether such times show that something was recorded throughout.
    pub const fn shows_coverage(self) -> bool {
        !matches!(self, Self::Container | Self::Extent)
    }
}

/// What was recorded on one channel, by one source: disjoint spans, in the
/// order read (a list in order gives sorted, merged spans).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Normalised by [`channel::normalise`]; `None` where nothing tells.
    pub channel: Option<String>,
    pub basis: TimeBasis,
    pub source: TimeSource,
    #[serde(with = "packed")]
    pub spans: Vec<Span>,
    /// Where the source tells states and not recordings: the ends it leaves
    /// open.
    #[serde(default)]
    pub ends: OpenEnds,
}

/// Ends of a timeline of states (recording, not recording).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OpenEnds {
    /// Recording since then; the end is not told.
    pub since: Option<Civil>,
    /// Not recording since then; whether before is not told.
    pub until: Option<Civil>,
}

impl Recorded {
    /// Nothing yet.
    pub fn new(channel: Option<String>, basis: TimeBasis, source: TimeSource) -> Self {
        Self {
            channel,
            basis,
            source,
            spans: Vec::new(),
            ends: OpenEnds::default(),
        }
    }

    /// Whether it tells of no time at all.
    pub fn is_nothing(&self) -> bool {
        self.spans.is_empty() && self.ends == OpenEnds::default()
    }

    /// Adds one recording; joined with the one before where they touch
    /// ([`coverage::TOUCHING_SECONDS`]), so that a list of a million
    /// consecutive rows stays one span.
    pub fn add(&mut self, span: Span) {
        if let Some(last) = self.spans.last_mut()
            && coverage::touch(*last, span)
        {
            *last = last.union(span);
            return;
        }
        self.spans.push(span);
    }
}

/// One elementary stream of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    pub media: Media,
    /// `h264`, `hevc`, `aac`, … or the container's own code where unknown.
    pub codec: String,
    pub width: u32,
    pub height: u32,
    /// Frames or samples, where the index counts them.
    pub samples: Option<u64>,
    pub duration_ms: Option<u64>,
}

impl Track {
    /// Without amounts that only a spoilt file can tell.
    pub(crate) fn kept_whole(mut self) -> Self {
        self.samples = self.samples.filter(|n| *n <= problem::LARGEST);
        self.duration_ms = self.duration_ms.filter(|n| *n <= problem::LARGEST);
        self
    }
}

ids! {
    /// What a track carries.
    pub enum Media {
        Video = "video" => "视频",
        Audio = "audio" => "音频",
        Other = "other" => "其他",
    }
}

/// What a list says about itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListInfo {
    /// Messages that together are one answer share this (serial or search
    /// number and device).
    pub group: Option<String>,
    /// Recordings listed here.
    pub items: u64,
    /// Recordings that the whole answer should have.
    pub total: Option<u64>,
    /// The list says that there is more: of a group, the last message decides.
    pub more: bool,
    /// Something of this very message is lost or could not be read.
    #[serde(default)]
    pub broken: bool,
    /// A person told which column is which, and has not confirmed it: nothing
    /// bad may follow from this list.
    #[serde(default)]
    pub unsure: bool,
    /// Seconds that what could not be read holds at most: as many rows, each
    /// as long as the longest that was read.
    #[serde(default)]
    pub unread: i64,
    /// A hash of each item (below 2⁵³) where messages of one group are known
    /// to repeat each other's items; empty: they do not.
    #[serde(default)]
    pub keys: Vec<u64>,
}

/// A camera that a list names, with or without recordings.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ListedCamera {
    /// Normalised channel.
    pub channel: String,
    pub name: Option<String>,
    /// Whether the list says that it is on line.
    pub online: Option<bool>,
    /// Where it hangs, if the list says.
    #[serde(default)]
    pub location: Option<String>,
}
