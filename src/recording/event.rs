//! What a recorder's log tells: the events that bear on keeping recordings.

use serde::{Deserialize, Serialize};

use super::Civil;
use crate::ids::ids;

ids! {
    /// Events that matter for completeness and retention.
    pub enum EventKind {
        ClockChanged = "clock-changed" => "修改时钟",
        DiskFormatted = "disk-formatted" => "格式化硬盘",
        DiskFailed = "disk-failed" => "硬盘故障",
        VideoLost = "video-lost" => "视频丢失",
        PowerOff = "power-off" => "断电或重启",
        RecordingStopped = "recording-stopped" => "停止录像",
        ConfigChanged = "config-changed" => "修改配置",
    }
}

/// One line of a log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoggedEvent {
    /// By the recorder's wall clock.
    pub at: Civil,
    pub kind: EventKind,
    /// Normalised channel, where the log names one.
    pub channel: Option<String>,
    /// The log's own words.
    pub words: String,
}

/// Phrases of recorders' logs, compared without spaces and case; the more
/// telling first: `修改时间` is no mere change of configuration.
const PHRASES: &[(EventKind, &[&str])] = &[
    (
        EventKind::DiskFormatted,
        &[
            "格式化",
            "初始化硬盘",
            "硬盘初始化",
            "清空硬盘",
            "清除硬盘",
            "formathdd",
            "formatdisk",
            "hddformat",
            "diskformat",
            "formathard",
            "formatstorage",
            "initializehdd",
            "inithdd",
            "hddinit",
            "formatted",
        ],
    ),
    (
        EventKind::DiskFailed,
        &[
            "硬盘错误",
            "硬盘故障",
            "硬盘异常",
            "硬盘坏",
            "硬盘丢失",
            "无硬盘",
            "硬盘不存在",
            "磁盘错误",
            "磁盘故障",
            "磁盘异常",
            "存储故障",
            "存储异常",
            "硬盘满",
            "硬盘已满",
            "读写错误",
            "hdderror",
            "harddiskerror",
            "diskerror",
            "diskfail",
            "hddfail",
            "hddlost",
            "nohdd",
            "nodisk",
            "hddnotexist",
            "hddfull",
            "diskfull",
            "harddiskfailure",
            "storageerror",
            "storagefailure",
            "storagenotexist",
            "storagelowspace",
            "hddexception",
        ],
    ),
    (
        EventKind::VideoLost,
        &[
            "视频丢失",
            "视频信号丢失",
            "信号丢失",
            "画面丢失",
            "videoloss",
            "videolost",
            "videosignalloss",
            "signalloss",
        ],
    ),
    (
        EventKind::PowerOff,
        &[
            "断电",
            "掉电",
            "异常重启",
            "异常关机",
            "非法关机",
            "非正常关机",
            "意外关机",
            "关机",
            "重启",
            "poweroff",
            "powerfail",
            "powerdown",
            "poweron",
            "powerlost",
            "poweroutage",
            "abnormalshutdown",
            "illegalshutdown",
            "shutdown",
            "reboot",
            "restart",
        ],
    ),
    (
        EventKind::RecordingStopped,
        &[
            "停止录像",
            "录像停止",
            "关闭录像",
            "录像关闭",
            "停止手动录像",
            "录像异常",
            "录像中断",
            "录像失败",
            "stoprecord",
            "recordstop",
            "recordingstop",
            "stoprec",
            "recordexception",
            "recorderror",
            "recordfail",
            "recordingfail",
            "recordoff",
        ],
    ),
    (
        EventKind::ClockChanged,
        &[
            "校时",
            "修改时间",
            "时间修改",
            "设置时间",
            "时间设置",
            "修改系统时间",
            "调整时间",
            "时间调整",
            "同步时间",
            "时间同步",
            "时钟修改",
            "修改时钟",
            "修改日期",
            "timeadjust",
            "adjusttime",
            "settime",
            "timeset",
            "timesync",
            "synctime",
            "timechange",
            "changetime",
            "modifytime",
            "timemodif",
            "clockchange",
            "setsystemtime",
            "changesystemtime",
            "clockset",
            "setclock",
            "timecorrection",
            "setdatetime",
            "ntpsync",
        ],
    ),
    (
        EventKind::ConfigChanged,
        &[
            "修改配置",
            "配置修改",
            "修改参数",
            "参数修改",
            "修改录像计划",
            "保存配置",
            "恢复默认",
            "恢复出厂",
            "恢复配置",
            "导入配置",
            "配置参数",
            "设置参数",
            "修改设置",
            "修改通道",
            "删除通道",
            "saveconfig",
            "configchange",
            "changeconfig",
            "modifyconfig",
            "setconfig",
            "configureparameters",
            "configparameters",
            "setparam",
            "restoredefault",
            "factorydefault",
            "importconfig",
            "parameterconfig",
            "modifyparam",
            "configurationchange",
            "configurationmodif",
        ],
    ),
];

impl EventKind {
    /// What a line of a log is about, if it is of these. Recording that goes
    /// on (`开始录像`) and signals that come back are none.
    pub fn of(text: &str) -> Option<Self> {
        let bare: String = text
            .chars()
            .filter(|c| !(c.is_whitespace() || matches!(c, '_' | '-' | '.' | '/' | ':')))
            .flat_map(char::to_lowercase)
            .collect();
        let over = [
            "恢复正常",
            "丢失恢复",
            "故障恢复",
            "异常恢复",
            "lossend",
            "lossstop",
            "recovered",
        ];
        if over.iter().any(|word| bare.contains(word)) {
            return None;
        }
        let has = |(_, words): &&(Self, &[&str])| words.iter().any(|word| bare.contains(word));
        PHRASES.iter().find(has).map(|(kind, _)| *kind)
    }
}

#[cfg(test)]
mod tests {
    use super::EventKind::{self, *};

    #[test]
    fn words_of_logs() {
        for (text, kind) in [
            ("操作，修改时间，admin", Some(ClockChanged)),
            ("NTP校时 成功", Some(ClockChanged)),
            ("Remote: Set Time", Some(ClockChanged)),
            ("本地操作 格式化硬盘 HDD1", Some(DiskFormatted)),
            ("Operation/Initialize HDD", Some(DiskFormatted)),
            ("硬盘错误 3", Some(DiskFailed)),
            ("HDD Error", Some(DiskFailed)),
            ("视频丢失 通道2", Some(VideoLost)),
            ("Video Loss [Channel 2]", Some(VideoLost)),
            ("视频丢失恢复", None),
            ("异常重启", Some(PowerOff)),
            ("Power On", Some(PowerOff)),
            ("停止录像", Some(RecordingStopped)),
            ("开始录像", None),
            ("远程：修改配置", Some(ConfigChanged)),
            ("Remote: Configure Parameters", Some(ConfigChanged)),
            ("用户登录", None),
        ] {
            assert_eq!(EventKind::of(text), kind, "{text}");
        }
    }
}
