//! Field lines and JSON of Dahua, Xiongmai, EZVIZ and platforms, GA/T 1400.

use crate::support::*;
use xishi::inspect::{self, Options, Reading};

fn verdict(reading: &Reading) -> String {
    inspect::conclude(std::slice::from_ref(reading), &Options::new(day("2026-11-23")))
        .retention
        .verdict
}

fn one(reading: &Reading) -> (&str, Option<&str>, String, String) {
    let recorded = reading.recorded.first().expect("recordings");
    let (first, last) = (recorded.spans[0], recorded.spans[recorded.spans.len() - 1]);
    let text = |t: xishi::recording::Civil| t.naive().format("%Y-%m-%d %H:%M:%S").to_string();
    (
        reading.kind.id(),
        recorded.channel.as_deref(),
        text(first.from),
        text(last.to),
    )
}

#[test]
fn the_same_recording_in_every_dialect() {
    let dahua = "found=2\r\nitems[0].Channel=1\r\nitems[0].Cluster=0\r\nitems[0].EndTime=2026-11-01 12:00:00\r\n\
        items[0].FilePath=/mnt/dvr/2026-11-01/001/dav/11/11.00.00-12.00.00[R][0@0][0].dav\r\nitems[0].Flags[0]=Timing\r\n\
        items[0].StartTime=2026-11-01 11:00:00\r\nitems[0].Type=dav\r\nitems[1].Channel=1\r\n\
        items[1].StartTime=2026-11-01 12:00:00\r\nitems[1].EndTime=2026-11-01 13:00:00\r\nitems[1].Type=dav\r\n";
    let rpc2 = r#"{"id":7,"params":{"found":1,"infos":[{"Channel":0,"Cluster":1,"StartTime":"2026-11-01 11:00:00",
        "EndTime":"2026-11-01 13:00:00","FilePath":"x.dav","Type":"dav"},{"Channel":0,"Type":"jpg","StartTime":"2020-01-01 00:00:00","EndTime":"2020-01-01 00:00:00"}]},"result":true,"session":1}"#;
    let rpc2 = rpc2.replace("\"found\":1", "\"found\":2");
    let xm = r#"{ "Name" : "OPFileQuery", "OPFileQuery" : [ { "BeginTime" : "2026-11-01 11:00:00", "DiskNo" : 0,
        "EndTime" : "2026-11-01 13:00:00", "FileLength" : "0x00001000",
        "FileName" : "/idea0/2026-11-01/001/11.00.00-13.00.00[M][@0][0].h264", "SerialNo" : 0 } ], "Ret" : 100 }"#;
    let ezviz = r#"{"meta":{"code":200},"data":{"deviceSerial":"","channelNo":1,"records":[{"startTime":1793502000,"endTime":1793509200,"recordType":"1"}]}}"#;
    let gat = r#"{"VideoSliceListObject":{"VideoSlice":[{"VideoSliceInfo":{"VideoID":"1","DeviceID":"1","InfoKind":1,
        "Title":"x","BeginTime":"20261101110000","EndTime":"20261101130000","FileFormat":"mp4"}}]}}"#;
    let open = r#"{"code":"0","data":{"list":[{"cameraIndexCode":"1","beginTime":"2026-11-01T11:00:00.000+08:00","endTime":"2026-11-01T13:00:00.000+08:00","size":1}]}}"#;
    for (name, text) in [
        ("dahua.txt", dahua),
        ("rpc2.json", rpc2.as_str()),
        ("xm.json", xm),
        ("ezviz.json", ezviz),
        ("gat1400.json", gat),
        ("open.json", open),
    ] {
        let reading = read(name, text.as_bytes());
        let wanted = (
            "recording-list",
            Some("1"),
            "2026-11-01 11:00:00".to_owned(),
            "2026-11-01 13:00:00".to_owned(),
        );
        assert_eq!(one(&reading), wanted, "{name}");
        assert!(reading.problems.is_empty(), "{name}: {:?}", reading.problems);
        assert_eq!(verdict(&reading), "short", "{name}: whole lists can be short");
    }
}

#[test]
fn pages_that_are_not_all_conclude_nothing() {
    let full: String = (0..100)
        .map(|i| {
            format!(
                "items[{i}].Channel=1\r\nitems[{i}].StartTime=2026-11-22 {:02}:{:02}:00\r\nitems[{i}].EndTime=2026-11-22 {:02}:{:02}:59\r\n",
                i / 60, i % 60, i / 60, i % 60
            )
        })
        .collect();
    let full = format!("found=100\r\n{full}");
    let page = read("1.txt", full.as_bytes());
    assert_eq!(verdict(&page), "unknown", "a full page may have another behind it");
    let last = format!(
        "{full}found=1\r\nitems[0].Channel=1\r\nitems[0].StartTime=2026-11-22 05:00:00\r\nitems[0].EndTime=2026-11-22 06:00:00\r\n"
    );
    assert_eq!(verdict(&read("1.txt", last.as_bytes())), "short");
    let cut = full.replace("found=100", "found=90").replace("found=90", "found=101");
    assert_eq!(
        verdict(&read("1.txt", cut.as_bytes())),
        "unknown",
        "fewer than announced"
    );

    let more = r#"{"data":{"hasMore":true,"total":9,"records":[{"startTime":"2026-11-22 11:00:00","endTime":"2026-11-22 13:00:00"}]}}"#;
    assert_eq!(verdict(&read("e.json", more.as_bytes())), "unknown");
    let whole = r#"{"data":{"records":[{"startTime":"2026-11-22 11:00:00","endTime":"2026-11-22 13:00:00"},{"startTime":"2026-11-22 1"#;
    let reading = read("e.json", whole.as_bytes());
    assert_eq!(verdict(&reading), "unknown", "cut off");
}

#[test]
fn documents_that_are_no_lists() {
    let own = r#"{"on":"2026-11-23","required_days":30,"files":[{"path":"a","channel":"1","start":"2026-11-01T00:00:00","end":"2026-11-02T00:00:00"}]}"#;
    let other = r#"{"scripts":{"start":"run","end":"stop"}}"#;
    for text in [own, other, "[]", "{}", "{\"infos\":3}"] {
        let reading = read("x.json", text.as_bytes());
        assert!(reading.recorded.is_empty(), "{text}");
        assert!(
            reading.problems.iter().all(|p| p.kind.verdict().id() != "damaged"),
            "{text}"
        );
    }
}
