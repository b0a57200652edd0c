//! GB/T 28181 messages.

use std::path::Path;

use crate::support::*;
use xishi::inspect::{self, Options, Reading};

const CAMERA: &str = "32020000001320000001";

fn message(serial: u32, sum: usize, items: &[(&str, &str)]) -> String {
    let list: String = items
        .iter()
        .map(|(from, to)| {
            format!(
                "<Item><DeviceID>{CAMERA}</DeviceID><Name>收银台</Name><FilePath>f{from}</FilePath><Address>1</Address>\
                 <StartTime>{from}</StartTime><EndTime>{to}</EndTime><Secrecy>0</Secrecy><Type>time</Type></Item>\r\n"
            )
        })
        .collect();
    let list = match items.len() {
        0 => String::new(),
        n => format!("<RecordList Num=\"{n}\">\r\n{list}</RecordList>"),
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"GB2312\"?>\r\n<Response>\r\n<CmdType>RecordInfo</CmdType><SN>{serial}</SN>\
         <DeviceID>{CAMERA}</DeviceID><Name>收银台</Name><SumNum>{sum}</SumNum>\r\n{list}\r\n</Response>\r\n"
    )
}

fn gb(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

const OLD: (&str, &str) = ("2026-10-20T00:00:00", "2026-11-10T00:00:00");
const NEW: (&str, &str) = ("2026-11-10T00:00:00", "2026-11-23T08:00:00");

fn verdict(readings: &[Reading]) -> String {
    inspect::conclude(readings, &Options::new(day("2026-11-23")))
        .retention
        .verdict
}

#[test]
fn one_message() {
    for bytes in [gb(&message(7, 2, &[OLD, NEW])), message(7, 2, &[OLD, NEW]).into_bytes()] {
        let reading = read("record.xml", &bytes);
        assert_eq!(
            (reading.kind.id(), reading.channel.as_deref()),
            ("recording-list", Some(CAMERA))
        );
        assert!(reading.problems.is_empty());
        assert_eq!(verdict(&[reading]), "kept");
    }
}

#[test]
fn messages_of_one_serial_number() {
    let part = |serial, sum, item: (&str, &str)| read("x.xml", &gb(&message(serial, sum, &[item])));
    let (first, second) = (part(7, 2, OLD), part(7, 2, NEW));
    assert_eq!(verdict(std::slice::from_ref(&second)), "unknown", "never short");
    assert_eq!(verdict(&[first.clone(), second.clone()]), "kept");
    assert_eq!(
        verdict(&[first.clone(), second.clone(), first.clone()]),
        "kept",
        "sent twice"
    );
    assert_eq!(verdict(&[part(7, 3, OLD), part(7, 3, NEW)]), "unknown");
    assert_eq!(
        verdict(&[part(7, 2, OLD), part(7, 2, OLD)]),
        "unknown",
        "the same twice is not both"
    );
    assert_eq!(verdict(&[first, part(8, 2, NEW)]), "unknown");
    let both = |a: String, b: String| read("x.xml", &gb(&format!("{a}{b}")));
    assert_eq!(
        verdict(&[both(message(7, 2, &[OLD]), message(7, 2, &[NEW]))]),
        "kept",
        "in one file"
    );
    assert_eq!(
        verdict(&[both(message(7, 1, &[OLD]), message(8, 2, &[NEW]))]),
        "unknown",
        "two answers"
    );
    let twice = read("x.xml", &gb(&message(9, 3, &[OLD, NEW, NEW])));
    assert_eq!(verdict(&[twice]), "unknown", "a repeated item stands in for none");
}

#[test]
fn nothing_found_has_no_list() {
    let reading = read("x.xml", &gb(&message(7, 0, &[])));
    assert_eq!(reading.list.as_ref().map(|l| (l.items, l.total)), Some((0, Some(0))));
    let all = inspect::conclude(&[reading], &Options::new(day("2026-11-23")));
    assert!(all.files[0].findings.is_empty());
    assert_eq!(
        (all.channels[0].channel.as_str(), all.channels[0].verdict.as_str()),
        (CAMERA, "unknown"),
        "of when it was asked is not told"
    );
    assert!(format!("{:?}", all.channels[0].because).contains("没有写明"));
    // Who says that all is here knows what was asked.
    let whole = Options {
        complete: true,
        ..Options::new(day("2026-11-23"))
    };
    let all = inspect::conclude(&[read("x.xml", &gb(&message(7, 0, &[])))], &whole);
    assert_eq!(all.channels[0].verdict, "short");
}

#[test]
fn a_channel_that_a_partial_list_does_not_name_is_unknown() {
    let expected = Options {
        expected_channels: vec!["12345678901234567890".into()],
        ..Options::new(day("2026-11-23"))
    };
    let part = read("x.xml", &gb(&message(7, 2, &[NEW])));
    let all = inspect::conclude(&[part], &expected);
    assert!(all.channels.iter().all(|c| c.verdict == "unknown"));
}

#[test]
fn catalogue_and_status() {
    let catalog = format!(
        "<?xml version=\"1.0\"?><Response><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>32020000001180000001</DeviceID>\
         <SumNum>3</SumNum><DeviceList Num=\"3\">\
         <Item><DeviceID>320200</DeviceID><Name>无锡市</Name></Item>\
         <Item><DeviceID>{CAMERA}</DeviceID><Name>收银台</Name><Address>一楼</Address><Parental>0</Parental><Status>ON</Status></Item>\
         <Item><DeviceID>32020000001320000002</DeviceID><Name>后门</Name><Status>OFF</Status></Item></DeviceList></Response>"
    );
    let all = inspect("catalog.xml", catalog.as_bytes());
    assert_eq!((all.files[0].kind.as_str(), all.cameras.len()), ("camera-list", 2));
    assert_eq!(all.cameras[0].location.as_deref(), Some("一楼"));
    assert_eq!(
        (all.cameras[0].online, all.cameras[1].online),
        (Some(true), Some(false))
    );
    assert!(all.files[0].findings.is_empty());

    let records = read("record.xml", &gb(&message(7, 2, &[OLD, NEW])));
    let both = [records, read("catalog.xml", catalog.as_bytes())];
    let all = inspect::conclude(&both, &Options::new(day("2026-11-23")));
    assert_eq!(all.retention.verdict, "unknown", "of the other camera nothing is known");
    assert_eq!(all.channels.iter().filter(|c| c.verdict == "kept").count(), 1);

    let status = format!(
        "<Response><CmdType>DeviceStatus</CmdType><SN>2</SN><DeviceID>{CAMERA}</DeviceID><Result>OK</Result>\
         <Online>ONLINE</Online><Status>OK</Status><Record>OFF</Record><DeviceTime>2026-11-23T08:00:00</DeviceTime></Response>"
    );
    let all = inspect("status.xml", status.as_bytes());
    assert_eq!(all.events[0].kind, "recording-stopped");
}

#[test]
fn real_messages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/gb28181");
    let Ok(catalog) = std::fs::read(folder.join("lunasaw_catalog.xml")) else {
        eprintln!("no samples beside the project: not tested");
        return;
    };
    let reading = read("catalog.xml", &catalog);
    assert_eq!(reading.kind.id(), "camera-list");
    assert_eq!(reading.cameras[0].name.as_deref(), Some("Camera"));
    assert_eq!(reading.cameras[0].location.as_deref(), Some("上海市五角场合生汇"));
    let info = std::fs::read(folder.join("lunasaw_deviceInfo.xml")).unwrap_or_default();
    assert_eq!(read("info.xml", &info).vendor.as_deref(), Some("海康威视"));
}
