//! What a reader or a check can find in a file: typed, with byte positions,
//! without words (those are in [`crate::words::findings`]).

use serde::{Deserialize, Serialize};

use super::{Civil, EventKind, Kind, TimeSource};
use crate::ids::ids;

ids! {
    /// The finding codes of the documents.
    pub enum FindingCode {
        Truncated = "truncated" => "文件不完整",
        IndexMissing = "index-missing" => "缺少索引",
        IndexInconsistent = "index-inconsistent" => "索引自相矛盾",
        DataMissing = "data-missing" => "缺少画面数据",
        ZeroFilled = "zero-filled" => "数据被清零",
        TimestampsBackwards = "timestamps-backwards" => "时间倒退",
        TimestampJump = "timestamp-jump" => "时间跳变",
        NameTimeMismatch = "name-time-mismatch" => "文件名与录像时间不符",
        ExtensionMismatch = "extension-mismatch" => "扩展名与内容不符",
        ReEncoded = "re-encoded" => "非录像机原始文件",
        Edited = "edited" => "有剪辑痕迹",
        DuplicateFile = "duplicate-file" => "重复文件",
        DuplicateContent = "duplicate-content" => "重复内容",
        DigestMismatch = "digest-mismatch" => "校验值不符",
        DigestMissingFile = "digest-missing-file" => "校验清单中的文件缺失",
        SignatureInvalid = "signature-invalid" => "签名无效",
        ClockChanged = "clock-changed" => "改过时钟",
        DiskFormatted = "disk-formatted" => "格式化过硬盘",
        Encrypted = "encrypted" => "已加密",
        TrailingData = "trailing-data" => "尾部有多余数据",
        ListIncomplete = "list-incomplete" => "清单不全",
        FramesMissing = "frames-missing" => "缺帧",
        MixedChannels = "mixed-channels" => "多通道混合",
        LimitReached = "limit-reached" => "超出检查上限",
        NotChecked = "not-checked" => "未能检查",
        /// A line of a list that was left out of the count.
        LineUnreadable = "line-unreadable" => "清单中有读不懂的行",
        /// Times that carry a zone sign which recorders print by habit.
        ZoneDoubtful = "zone-doubtful" => "时区标记存疑",
        /// Recordings dated after the day of inspection.
        FutureRecording = "future-recording" => "录像时间晚于检查日",
        DiskFailed = "disk-failed" => "硬盘故障",
        VideoLost = "video-lost" => "视频丢失",
        PowerOff = "power-off" => "断电或重启",
        RecordingStopped = "recording-stopped" => "停止过录像",
        ConfigChanged = "config-changed" => "改过配置",
        OpenEnded = "open-ended" => "末尾时间未注明",
        ClockOffset = "clock-offset" => "时钟有偏差",
        /// A file that no manifest of its folder names.
        DigestNotListed = "digest-not-listed" => "未列入校验清单",
        /// An archive's entry whose path leads out of the archive.
        UnsafePath = "unsafe-path" => "压缩包内路径异常",
    }
}

ids! {
    /// How grave a finding is, for people.
    pub enum Severity {
        Info = "info" => "提示",
        Warning = "warning" => "警告",
        Error = "error" => "错误",
    }
}

ids! {
    /// What a file is worth. The order is that of the worst deciding.
    pub enum FileVerdict {
        Sound = "sound" => "完好",
        Unreadable = "unreadable" => "无法检查",
        Suspect = "suspect" => "可疑",
        Damaged = "damaged" => "损坏",
    }
}

/// One problem and where in the file it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub kind: ProblemKind,
    /// Byte offset in the file.
    pub offset: Option<u64>,
}

/// What can be wrong. Amounts are bytes, milliseconds or seconds as named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ProblemKind {
    /// The file has no bytes.
    Empty,
    /// From the offset to the end (or throughout) there are only zeroes.
    ZeroFilled { bytes: u64, whole: bool },
    /// Zeroes within pictures, the first of which is here.
    PictureBlanked { bytes: u64 },
    /// Only zeroes behind the proper end: reserved space, nothing lost.
    ZeroPadding { bytes: u64 },
    /// The file ends inside something that announced `missing` more bytes.
    Truncated { missing: Option<u64> },
    /// The part that says where the pictures are is not there.
    IndexMissing,
    /// The index contradicts itself or the file.
    IndexInconsistent(Inconsistency),
    /// `missing` of `total` indexed samples lie outside the file or its data.
    DataMissing { missing: u64, total: u64 },
    /// The file has an index but no recorded pictures at all.
    NoData,
    /// Only the beginning of a recording in parts: how to decode, no pictures.
    PartHead,
    /// Only pictures of a recording in parts, whose beginning is another file.
    PartBody,
    /// Decode times go back, `times` times.
    TimestampsBackwards { times: u64 },
    /// A hole or leap of `seconds` in the stream's own time.
    TimestampJump { seconds: i64 },
    /// Name and recording tell different times.
    NameTimeMismatch {
        name: Civil,
        other: Civil,
        source: TimeSource,
    },
    /// As above, but the other time may be that of the export.
    NameTimeLater { name: Civil, other: Civil },
    /// Folder and name tell one time, the Unix time in the name another (in
    /// China's zone).
    NameContradictsItself { name: Civil, other: Civil },
    /// The name spans `name_seconds`, the recording `seconds`.
    NameDurationMismatch { name_seconds: i64, seconds: i64 },
    /// The name ends in `extension`, the content is another kind.
    ExtensionMismatch { extension: String, kind: Kind },
    /// The name says recording or list, the content is something else.
    NotARecording { extension: String, what: Content },
    /// A conversion program wrote the container.
    ReEncoded { tool: String },
    /// An editing program wrote the container.
    Edited { tool: String },
    /// The same bytes as an earlier file.
    DuplicateFile { of: String },
    /// The same pictures as an earlier file.
    DuplicateContent { of: String },
    /// Bytes behind the proper end.
    TrailingData { bytes: u64 },
    /// The list holds `items` of `total`, or says that there is more.
    ListIncomplete { items: u64, total: Option<u64> },
    /// One line of a list could not be used.
    LineUnreadable { line: u64, why: LineFault },
    /// Further such lines, not told one by one.
    LinesUnreadable { lines: u64 },
    /// So many items of a structured list could not be used.
    ItemsUnreadable { items: u64, why: LineFault },
    /// The list's notation breaks off or is wrong here.
    ListBroken,
    /// The list tells days, or oldest and newest, but not each recording.
    OverviewOnly,
    /// A list without a single recording.
    ListEmpty,
    /// The last state told is "recording"; counted on to the day of inspection.
    OpenEnded,
    /// The recording schedule of this channel is not in force.
    ScheduleOff { channel: String },
    /// A list without the columns that it needs.
    ColumnsUnknown,
    /// Times with `Z` were taken as the recorder's wall clock.
    ZoneDoubtful,
    /// Recordings after the day of inspection were left out.
    FutureRecording { seconds: i64 },
    /// Frame numbers skip `frames`.
    FramesMissing { frames: u64 },
    /// Frames of several channels in one file.
    MixedChannels { channels: u32 },
    /// The pictures are encrypted.
    Encrypted,
    /// Behind a maker's header there is nothing but what looks like ciphertext.
    Ciphered,
    /// A log tells of a clock change of so many seconds (0: not told).
    ClockChanged { seconds: i64 },
    /// A log tells that a disk was formatted.
    DiskFormatted,
    /// A log tells so many events of one kind within the required days.
    Logged {
        event: EventKind,
        times: u64,
        first: Civil,
        last: Civil,
    },
    /// The recorder's clock against the time the file was saved.
    ClockOffset { seconds: i64 },
    /// A signature in the file does not fit the pictures, from this one on
    /// (from 0), at this time of the stream.
    SignatureInvalid { frame: Option<u64>, ms: Option<u64> },
    /// From this picture on another camera, or another key, signed.
    SignerChanged { frame: u64, ms: Option<u64> },
    /// The digest that a manifest gives is another.
    DigestMismatch { manifest: String },
    /// A manifest names a file that is not here.
    DigestMissingFile { name: String },
    /// A manifest that speaks for this folder does not name the file.
    DigestNotListed { manifest: String },
    /// The manifest's digests are of a kind that is not computed here.
    DigestsOtherKind { kind: String },
    /// Files in the archive are locked by a password.
    EntryEncrypted,
    /// The archive names a file outside of itself.
    UnsafePath { name: String },
    /// A limit of this program: the rest was not looked at.
    LimitReached(Limit),
    /// Recognised, but nothing here reads it.
    NotChecked(Content),
    /// The reader itself failed on this file.
    ReaderFailed,
    /// So many bytes are nothing that this format could hold; `None`: not
    /// followed to their end.
    Garbled { bytes: Option<u64> },
    /// So many bytes between beginning and end were not looked at; or their
    /// pictures were, as they passed, but not the rest.
    MiddleNotRead { bytes: u64, pictures: bool },
    /// A running number skips, of which it is not sure what it counts.
    CounterSkips { steps: u64 },
    /// Transport packets are missing by their counters.
    PacketsMissing { packets: u64 },
    /// The container was never closed: no end, no index, no length.
    NotClosed,
    /// The stream does not begin with what a decoder needs.
    HeadMissing,
    /// Nothing in the stream tells the time.
    NoClock,
    /// Parameter sets inside the stream are replaced by others, `times` times.
    ParametersChange { times: u64 },
    /// Pictures stand in another order than they say themselves.
    OrderBackwards { times: u64 },
    /// Key pictures come every `usual` pictures, but `times` times not.
    KeyDistance { usual: u64, found: u64, times: u64 },
    /// An edit list plays several parts, of which this is the number.
    EditList { parts: u64 },
    /// An edit list leaves out this much of the beginning.
    EditSkips { seconds: i64 },
    /// The container's header was changed so long after the recording.
    ChangedLater { seconds: i64 },
    /// The file was saved before the recording that it holds.
    SavedEarlier { saved: Civil, recorded: Civil },
    /// The name is a maker's; of its marks there are none inside.
    MarksMissing { vendor: String },
    /// The same pictures as a file of another time: of `runs` runs of pictures
    /// compared by the sizes of each, `same` are the same.
    PicturesOfAnotherTime {
        of: String,
        other: Civil,
        same: u64,
        runs: u64,
    },
    /// The same bytes as a file of another time.
    CopyOfAnotherTime { of: String, other: Civil },
    /// Byte by byte, or by its pictures, a file of another channel.
    OfAnotherChannel { of: String, channel: String, bytes: bool },
    /// Entries of an index whose place was recorded over.
    StaleEntries { entries: u64 },
}

ids! {
    /// In what an index is inconsistent.
    pub enum Inconsistency {
        BoxSize = "box-size" => "某个数据块的长度与所在位置不符",
        SampleCount = "sample-count" => "各索引表的样本数不一致",
        Duration = "duration" => "文件头的时长与索引累计的时长不符",
        OutsideData = "outside-data" => "部分样本落在画面数据区之外",
        TableMissing = "table-missing" => "缺少必需的索引表",
        FragmentOrder = "fragment-order" => "分段序号不是递增的",
        LastFrame = "last-frame" => "最后一帧的长度与尾部记录不符",
        Entries = "entries" => "索引条目与文件内容不符",
    }
}

ids! {
    /// Why a line could not be used.
    pub enum LineFault {
        Columns = "columns" => "缺少列",
        Start = "start" => "开始时间不是日期时间",
        End = "end" => "结束时间不是日期时间",
        Order = "order" => "结束时间早于开始时间",
        Same = "same" => "起止同为一个钟点，不知是零秒还是一整天",
        TooLong = "too-long" => "该行过长",
    }
}

ids! {
    /// Limits that were hit.
    pub enum Limit {
        IndexSize = "index-size" => "索引过大",
        Parts = "parts" => "分段过多",
        Problems = "problems" => "问题过多",
        Reads = "reads" => "需要读取的内容过多",
        Spans = "spans" => "录像段过多",
        DocumentSize = "document-size" => "清单过大",
        EntrySize = "entry-size" => "压缩包内的文件过大，无法在内存中展开",
        EntryCount = "entry-count" => "压缩包内的文件过多",
        Unpacked = "unpacked" => "压缩包展开后过大",
        Ratio = "ratio" => "压缩比异常（可能是压缩包炸弹）",
        Depth = "depth" => "压缩包套得过深",
    }
}

ids! {
    /// What a file that nothing here reads is.
    pub enum Content {
        Recording = "recording" => "录像文件",
        Picture = "picture" => "图片",
        Sound = "sound" => "声音文件",
        Document = "document" => "文档",
        Spreadsheet = "spreadsheet" => "电子表格",
        Web = "web" => "网页",
        Program = "program" => "程序（可能是自带播放器的录像）",
        Archive = "archive" => "压缩包",
        Database = "database" => "数据库",
        Text = "text" => "文本",
        Unknown = "unknown" => "无法识别的内容",
    }
}

/// What a problem does to the verdict of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    /// Worth knowing; the file is sound.
    Note,
    /// Worth a warning; the file itself is sound.
    Remark,
    /// This program cannot tell.
    Opaque,
    /// Perhaps not what it should be.
    Doubt,
    /// Certainly not what it was.
    Breach,
    /// Something is lost.
    Harm,
}

impl ProblemKind {
    /// Of so many bytes between beginning and end nothing was looked at.
    pub const fn middle_not_read(bytes: u64) -> Self {
        Self::MiddleNotRead { bytes, pictures: false }
    }

    /// At `offset`.
    pub const fn at(self, offset: u64) -> Problem {
        Problem {
            kind: self,
            offset: Some(offset),
        }
    }

    /// Of the file as a whole.
    pub const fn anywhere(self) -> Problem {
        Problem {
            kind: self,
            offset: None,
        }
    }

    const fn judged(&self) -> (FindingCode, Weight) {
        use FindingCode as C;
        match self {
            Self::Empty | Self::NoData | Self::DataMissing { .. } => (C::DataMissing, Weight::Harm),
            Self::ZeroFilled { .. } | Self::PictureBlanked { .. } => (C::ZeroFilled, Weight::Harm),
            Self::ZeroPadding { .. } => (C::ZeroFilled, Weight::Doubt),
            Self::Truncated { .. } => (C::Truncated, Weight::Harm),
            Self::IndexMissing => (C::IndexMissing, Weight::Harm),
            Self::IndexInconsistent(Inconsistency::Duration | Inconsistency::FragmentOrder) => {
                (C::IndexInconsistent, Weight::Doubt)
            }
            Self::IndexInconsistent(_) => (C::IndexInconsistent, Weight::Harm),
            Self::TimestampsBackwards { .. } => (C::TimestampsBackwards, Weight::Doubt),
            Self::TimestampJump { .. } => (C::TimestampJump, Weight::Doubt),
            Self::NameTimeMismatch { .. } | Self::NameContradictsItself { .. } | Self::NameDurationMismatch { .. } => {
                (C::NameTimeMismatch, Weight::Doubt)
            }
            Self::NameTimeLater { .. } => (C::NameTimeMismatch, Weight::Note),
            Self::ExtensionMismatch { .. } => (C::ExtensionMismatch, Weight::Remark),
            Self::NotARecording { .. } => (C::ExtensionMismatch, Weight::Doubt),
            Self::ReEncoded { .. } => (C::ReEncoded, Weight::Note),
            Self::Edited { .. } => (C::Edited, Weight::Doubt),
            Self::DuplicateFile { .. } => (C::DuplicateFile, Weight::Remark),
            Self::DuplicateContent { .. } => (C::DuplicateContent, Weight::Remark),
            Self::TrailingData { .. } => (C::TrailingData, Weight::Doubt),
            Self::ListIncomplete { .. } => (C::ListIncomplete, Weight::Remark),
            Self::LineUnreadable { .. } | Self::LinesUnreadable { .. } => (C::LineUnreadable, Weight::Remark),
            Self::ItemsUnreadable { .. } => (C::LineUnreadable, Weight::Remark),
            Self::ListBroken => (C::ListIncomplete, Weight::Remark),
            Self::OverviewOnly | Self::ListEmpty => (C::ListIncomplete, Weight::Note),
            Self::OpenEnded => (C::OpenEnded, Weight::Note),
            Self::ScheduleOff { .. } => (C::RecordingStopped, Weight::Remark),
            Self::Logged { event, .. } => (logged(*event), Weight::Remark),
            Self::ClockOffset { .. } => (C::ClockOffset, Weight::Note),
            Self::ColumnsUnknown => (C::NotChecked, Weight::Opaque),
            Self::ZoneDoubtful => (C::ZoneDoubtful, Weight::Note),
            Self::FutureRecording { .. } => (C::FutureRecording, Weight::Remark),
            Self::FramesMissing { .. } => (C::FramesMissing, Weight::Doubt),
            Self::MixedChannels { .. } => (C::MixedChannels, Weight::Remark),
            Self::Encrypted | Self::Ciphered => (C::Encrypted, Weight::Opaque),
            Self::ClockChanged { .. } => (C::ClockChanged, Weight::Remark),
            Self::DiskFormatted => (C::DiskFormatted, Weight::Remark),
            Self::SignatureInvalid { .. } => (C::SignatureInvalid, Weight::Breach),
            Self::SignerChanged { .. } => (C::Edited, Weight::Breach),
            Self::DigestMismatch { .. } => (C::DigestMismatch, Weight::Doubt),
            Self::DigestMissingFile { .. } => (C::DigestMissingFile, Weight::Remark),
            Self::DigestNotListed { .. } => (C::DigestNotListed, Weight::Note),
            Self::DigestsOtherKind { .. } => (C::NotChecked, Weight::Opaque),
            Self::EntryEncrypted => (C::Encrypted, Weight::Opaque),
            Self::UnsafePath { .. } => (C::UnsafePath, Weight::Doubt),
            Self::LimitReached(_) => (C::LimitReached, Weight::Opaque),
            Self::NotChecked(_) | Self::ReaderFailed | Self::PartHead | Self::PartBody => {
                (C::NotChecked, Weight::Opaque)
            }
            Self::Garbled { .. } => (C::DataMissing, Weight::Harm),
            Self::ParametersChange { .. } | Self::EditList { .. } => (C::Edited, Weight::Doubt),
            Self::OrderBackwards { .. } => (C::TimestampsBackwards, Weight::Doubt),
            Self::KeyDistance { .. } => (C::FramesMissing, Weight::Note),
            Self::EditSkips { .. } => (C::Edited, Weight::Remark),
            Self::ChangedLater { .. } | Self::MarksMissing { .. } => (C::ReEncoded, Weight::Note),
            Self::SavedEarlier { .. } => (C::ClockOffset, Weight::Remark),
            Self::PicturesOfAnotherTime { .. } => (C::DuplicateContent, Weight::Doubt),
            Self::CopyOfAnotherTime { .. } | Self::OfAnotherChannel { bytes: true, .. } => {
                (C::DuplicateFile, Weight::Doubt)
            }
            Self::OfAnotherChannel { bytes: false, .. } => (C::DuplicateContent, Weight::Doubt),
            Self::MiddleNotRead { .. } | Self::NoClock | Self::StaleEntries { .. } => (C::NotChecked, Weight::Note),
            Self::CounterSkips { .. } => (C::FramesMissing, Weight::Remark),
            Self::PacketsMissing { .. } => (C::FramesMissing, Weight::Doubt),
            Self::NotClosed => (C::IndexMissing, Weight::Doubt),
            Self::HeadMissing => (C::Truncated, Weight::Doubt),
        }
    }

    /// Its code in documents.
    pub const fn code(&self) -> FindingCode {
        self.judged().0
    }

    /// How grave it is.
    pub const fn severity(&self) -> Severity {
        match self.judged().1 {
            Weight::Note | Weight::Opaque => Severity::Info,
            Weight::Remark | Weight::Doubt => Severity::Warning,
            Weight::Breach | Weight::Harm => Severity::Error,
        }
    }

    /// The best that a file with this problem can be.
    pub const fn verdict(&self) -> FileVerdict {
        match self.judged().1 {
            Weight::Note | Weight::Remark => FileVerdict::Sound,
            Weight::Opaque => FileVerdict::Unreadable,
            Weight::Doubt | Weight::Breach => FileVerdict::Suspect,
            Weight::Harm => FileVerdict::Damaged,
        }
    }
}

/// The largest number that JavaScript keeps whole: a larger one could not be
/// handed to the page, and is no length of anything either.
pub const LARGEST: u64 = (1 << 53) - 1;

impl Problem {
    /// Forgets places and amounts that only a spoilt file can tell.
    pub fn keep_whole(&mut self) {
        self.offset = self.offset.filter(|at| *at <= LARGEST);
        match &mut self.kind {
            ProblemKind::Truncated { missing } => *missing = missing.filter(|n| *n <= LARGEST),
            ProblemKind::TimestampJump { seconds }
            | ProblemKind::EditSkips { seconds }
            | ProblemKind::ChangedLater { seconds } => *seconds = (*seconds).min(LARGEST as i64),
            _ => {}
        }
    }
}

/// A log's event as a finding.
const fn logged(event: EventKind) -> FindingCode {
    match event {
        EventKind::ClockChanged => FindingCode::ClockChanged,
        EventKind::DiskFormatted => FindingCode::DiskFormatted,
        EventKind::DiskFailed => FindingCode::DiskFailed,
        EventKind::VideoLost => FindingCode::VideoLost,
        EventKind::PowerOff => FindingCode::PowerOff,
        EventKind::RecordingStopped => FindingCode::RecordingStopped,
        EventKind::ConfigChanged => FindingCode::ConfigChanged,
    }
}
