//! Device logs and camera tables.

use crate::support::*;

#[test]
fn when_a_file_was_changed_is_no_clock_change() {
    for text in [
        "文件名：a.mp4\n修改时间：2026-11-20 08:00:00\n",
        "修改时间: 2026-11-20 08:00:00\n",
    ] {
        assert!(inspect("说明.txt", text.as_bytes()).events.is_empty(), "{text}");
    }
}

#[test]
fn events_in_the_required_window_are_findings() {
    let log = "序号,日志时间,主类型,次类型,通道号,用户\n\
        1,2026-11-20 08:00:00,操作,修改时间,,admin\n\
        2,2026-11-21 08:00:00,操作,格式化硬盘,,admin\n\
        3,2026-11-21 09:00:00,报警,视频丢失,2,\n\
        4,2026-09-01 09:00:00,异常,硬盘错误,,\n\
        5,2026-11-21 10:00:00,操作,用户登录,,admin\n\
        6,2026-11-21 11:00:00,异常,异常重启,,\n\
        7,2026-11-21 12:00:00,操作,停止录像,3,admin\n\
        8,2026-11-21 13:00:00,操作,修改配置,,admin\n";
    let gb = encoding_rs::GB18030.encode(log).0.into_owned();
    for bytes in [log.as_bytes(), &gb] {
        let all = inspect("log.csv", bytes);
        assert_eq!(all.files[0].kind, "event-log");
        let kinds: Vec<&str> = all.events.iter().map(|e| e.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "clock-changed",
                "disk-formatted",
                "video-lost",
                "disk-failed",
                "power-off",
                "recording-stopped",
                "config-changed"
            ]
        );
        assert_eq!(all.events[2].channel.as_deref(), Some("2"));
        assert!(all.events[1].words.contains("格式化硬盘"));
        let found: Vec<&str> = codes(&all.files[0]).into_iter().map(|(code, _)| code).collect();
        assert_eq!(
            found,
            [
                "clock-changed",
                "disk-formatted",
                "video-lost",
                "power-off",
                "recording-stopped",
                "config-changed"
            ],
            "the disk failed before the window"
        );
        assert_eq!(all.files[0].verdict, "sound");
    }
}

#[test]
fn plain_lines_and_english() {
    let log = "2026-11-20 08:00:00 Operation Remote: Set Time admin 192.0.2.20\r\n\
        2026-11-20 08:10:00 Exception HDD Error HDD 1\r\n\
        2026-11-20 08:20:00 Alarm Video Loss [Channel 4]\r\n\
        2026-11-20 08:30:00 Operation Local: Initialize HDD\r\n\
        2026-11-20 08:40:00 Information Start Record\r\n";
    let all = inspect("device.log", log.as_bytes());
    let kinds: Vec<(&str, Option<&str>)> = all
        .events
        .iter()
        .map(|e| (e.kind.as_str(), e.channel.as_deref()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("clock-changed", None),
            ("disk-failed", None),
            ("video-lost", Some("4")),
            ("disk-formatted", None)
        ]
    );
}

#[test]
fn recording_lists_are_no_logs() {
    let list = "通道,开始时间,结束时间,类型\n1,2026-11-20 08:00:00,2026-11-20 09:00:00,视频丢失报警\n";
    assert_eq!(read("a.csv", list.as_bytes()).kind.id(), "recording-list");
    let lengths = "通道,开始时间,时长,事件类型\n1,2026-11-20 08:00:00,3600,视频丢失\n";
    let gb = encoding_rs::GB18030.encode(lengths).0.into_owned();
    assert_eq!(read("a.csv", lengths.as_bytes()).kind.id(), "recording-list");
    assert_eq!(read("a.csv", &gb).kind.id(), "recording-list");
}

#[test]
fn alarms_with_a_beginning_and_an_end_are_no_recordings() {
    let log = "通道,事件类型,开始时间,结束时间\n2,视频丢失,2026-11-20 08:00:00,2026-11-20 09:00:00\n";
    let reading = read("a.csv", log.as_bytes());
    assert_eq!((reading.kind.id(), reading.recorded.len()), ("event-log", 0));
    assert_eq!(reading.events[0].channel.as_deref(), Some("2"));
}

#[test]
fn camera_tables() {
    let table = "摄像机一览表\n编号,摄像机名称,安装位置\n1,收银台,一楼大堂\n2,\"更衣室,女\",二楼\n";
    let gb = encoding_rs::GB18030.encode(table).0.into_owned();
    for bytes in [table.as_bytes(), &gb] {
        let all = inspect("cameras.csv", bytes);
        assert_eq!(all.files[0].kind, "camera-list");
        let cameras: Vec<_> = all
            .cameras
            .iter()
            .map(|c| (c.id.as_str(), c.name.as_deref(), c.location.as_deref()))
            .collect();
        assert_eq!(
            cameras,
            [
                ("1", Some("收银台"), Some("一楼大堂")),
                ("2", Some("更衣室,女"), Some("二楼"))
            ]
        );
        assert!(all.files[0].findings.is_empty());
    }
    assert_eq!(read("x.csv", b"id,size\n1,2\n").kind.id(), "other");
}
