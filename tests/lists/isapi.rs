//! Hikvision ISAPI documents.

use crate::support::*;
use xishi::inspect::{self, Options, Reading};

/// A page of a search: status, number told, (track, from, to).
fn page(search: &str, status: &str, told: usize, items: &[(&str, &str, &str)]) -> Vec<u8> {
    let items: String = items
        .iter()
        .map(|(track, from, to)| {
            format!(
                "<searchMatchItem><sourceID>{{0}}</sourceID><trackID>{track}</trackID>\
                 <timeSpan><startTime>{from}</startTime><endTime>{to}</endTime></timeSpan>\
                 <mediaSegmentDescriptor><contentType>video</contentType><codecType>H.264-BP</codecType>\
                 <playbackURI>rtsp://192.0.2.1/Streaming/tracks/{track}?starttime=20260101T000000Z&amp;name=ch01_{from}&amp;size=9</playbackURI>\
                 </mediaSegmentDescriptor></searchMatchItem>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n\
         <CMSearchResult version=\"2.0\" xmlns=\"http://www.isapi.org/ver20/XMLSchema\">\
         <searchID>{{{search}}}</searchID><responseStatus>true</responseStatus>\
         <responseStatusStrip>{status}</responseStatusStrip><numOfMatches>{told}</numOfMatches>\
         <matchList>{items}</matchList></CMSearchResult>"
    )
    .into_bytes()
}

const OLD: (&str, &str, &str) = ("101", "2026-10-20T00:00:00Z", "2026-11-10T00:00:00Z");
const NEW: (&str, &str, &str) = ("101", "2026-11-10T00:00:00Z", "2026-11-23T08:00:00Z");

fn verdict(readings: &[Reading]) -> (String, usize) {
    let all = inspect::conclude(readings, &Options::new(day("2026-11-23")));
    (all.retention.verdict, all.channels.len())
}

#[test]
fn a_whole_answer() {
    let reading = read("search.xml", &page("A", "OK", 2, &[OLD, NEW]));
    assert_eq!(reading.kind.id(), "recording-list");
    assert_eq!(reading.vendor.as_deref(), Some("海康威视"));
    assert_eq!(reading.channel.as_deref(), Some("1"));
    let spans = &reading.recorded[0].spans;
    assert_eq!(spans.len(), 1, "Z is the device's own clock");
    assert_eq!(
        (spans[0].from, spans[0].to),
        (at("2026-10-20"), at("2026-11-23 08:00:00"))
    );
    assert_eq!(verdict(&[reading]), ("kept".to_owned(), 1));
}

#[test]
fn more_is_more_however_its_element_is_spelt() {
    let text = String::from_utf8(page("A", "MORE", 1, &[NEW])).expect("text");
    for name in ["responseStatusStrg", "responseStatusStrp", "responseStatusString"] {
        let reading = read("search.xml", text.replace("responseStatusStrip", name).as_bytes());
        assert_eq!(verdict(&[reading]).0, "unknown", "{name}");
    }
}

#[test]
fn more_concludes_nothing() {
    for (status, told) in [("MORE", 1), ("MORE", 40), ("OK", 40), ("OK", 4000), ("more", 1)] {
        let reading = read("search.xml", &page("A", status, told, &[NEW]));
        assert_eq!(verdict(&[reading]).0, "unknown", "{status} {told}");
    }
    let short = read("search.xml", &page("A", "OK", 1, &[NEW]));
    assert_eq!(verdict(&[short]).0, "short");
}

#[test]
fn pages_of_one_search() {
    let first = read("1.xml", &page("A", "MORE", 1, &[OLD]));
    let second = read("2.xml", &page("A", "OK", 1, &[NEW]));
    let other = read("2.xml", &page("B", "OK", 1, &[NEW]));
    assert_eq!(verdict(&[first.clone(), second.clone()]).0, "kept");
    assert_eq!(verdict(&[second.clone(), first.clone()]).0, "kept");
    assert_eq!(verdict(&[first.clone(), other]).0, "unknown");
    let first = read("1.xml", &page("A", "MORE", 3, &[OLD]));
    let second = read("2.xml", &page("A", "OK", 3, &[NEW]));
    assert_eq!(verdict(&[first, second]).0, "unknown", "one of three is missing");
}

#[test]
fn pages_in_one_file() {
    let both = |a: Vec<u8>, b: Vec<u8>| read("x.xml", &[a, b].concat());
    let first = || page("A", "MORE", 1, &[OLD]);
    assert_eq!(verdict(&[both(first(), page("A", "OK", 1, &[NEW]))]).0, "kept");
    let other = ("201", NEW.1, NEW.2);
    assert_eq!(verdict(&[both(first(), page("B", "OK", 1, &[other]))]).0, "unknown");
}

#[test]
fn channels_streams_and_pictures() {
    let items = [
        ("101", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
        ("102", "2026-11-02T00:00:00Z", "2026-11-03T00:00:00Z"),
        ("103", "2026-11-05T00:00:00Z", "2026-11-05T00:00:01Z"),
        ("1201", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
    ];
    let reading = read("x.xml", &page("A", "OK", 4, &items));
    let channels: Vec<_> = reading
        .recorded
        .iter()
        .map(|r| r.channel.as_deref().unwrap_or("?"))
        .collect();
    assert_eq!(channels, ["1", "12"]);
    assert_eq!(reading.recorded[0].spans.len(), 1);
}

#[test]
fn nothing_found_and_cut_off() {
    let none = read("x.xml", &page("A", "NO MATCHES", 0, &[]));
    assert_eq!(
        (none.kind.id(), none.list.as_ref().map(|l| l.items)),
        ("recording-list", Some(0))
    );
    assert!(none.problems.is_empty());

    let whole = page("A", "OK", 2, &[OLD, NEW]);
    let cut = read("x.xml", &whole[..whole.len() - 200]);
    assert_eq!(cut.recorded.len(), 1, "what is there is used");
    let all = inspect::conclude(&[cut], &Options::new(day("2026-11-23")));
    assert_eq!(all.retention.verdict, "unknown");
    assert_eq!(codes(&all.files[0])[0].0, "truncated");
}

#[test]
fn tracks_channels_and_days() {
    let tracks = b"<TrackList xmlns='urn:psialliance-org'><Track><id>101</id><Channel>101</Channel><Enable>true</Enable>\
        <CustomExtensionList><CustomExtension><enableSchedule>false</enableSchedule></CustomExtension></CustomExtensionList></Track>\
        <Track><id>201</id><Channel>201</Channel><CustomExtensionList><CustomExtension><enableSchedule>true</enableSchedule>\
        </CustomExtension></CustomExtensionList></Track></TrackList>";
    let reading = read("tracks.xml", tracks);
    assert_eq!(reading.kind.id(), "camera-list");
    let channels: Vec<_> = reading.cameras.iter().map(|c| c.channel.as_str()).collect();
    assert_eq!(channels, ["1", "2"]);
    assert_eq!(codes(&file("tracks.xml", tracks)), [("recording-stopped", None)]);

    let names = "<InputProxyChannelList><InputProxyChannel><id>1</id><name>大堂收银台</name></InputProxyChannel>\
        <InputProxyChannel><id>2</id><name>女更衣室</name></InputProxyChannel></InputProxyChannelList>";
    let all = inspect("channels.xml", names.as_bytes());
    assert_eq!(all.files[0].kind, "camera-list");
    assert_eq!(all.cameras[1].name.as_deref(), Some("女更衣室"));

    let days = b"<trackDailyDistribution><dayList><day><id>1</id><dayOfMonth>1</dayOfMonth><record>true</record></day></dayList></trackDailyDistribution>";
    assert_eq!(codes(&file("days.xml", days)), [("list-incomplete", None)]);
}

#[test]
fn the_clock_against_the_time_of_saving() {
    let time = b"<Time><timeMode>NTP</timeMode><localTime>2026-11-23T08:10:00+08:00</localTime><timeZone>CST-8:00:00</timeZone></Time>";
    let saved = at("2026-11-23 08:00:00").naive();
    let mut source: &[u8] = time;
    let reading = inspect::read("time.xml", Some(saved), &mut source, &Native).unwrap();
    let all = inspect::conclude(&[reading], &Options::new(day("2026-11-23")));
    assert_eq!(codes(&all.files[0]), [("clock-offset", None)]);
    assert!(all.files[0].findings[0].detail.contains("快 10 分"));
}

#[test]
fn the_log_of_the_device() {
    let log = b"<CMSearchResult><searchID>L</searchID><responseStatus>true</responseStatus><responseStatusStrg>OK</responseStatusStrg>\
        <numOfMatches>2</numOfMatches><matchList><searchMatchItem><logDescriptor><metaId>log.std-cgi.com/Operation/formatHdd</metaId>\
        <StartDateTime>2026-11-20T08:00:00Z</StartDateTime></logDescriptor></searchMatchItem><searchMatchItem><logDescriptor>\
        <metaId>log.std-cgi.com/Operation/login</metaId><StartDateTime>2026-11-20T08:00:00Z</StartDateTime></logDescriptor>\
        </searchMatchItem></matchList></CMSearchResult>";
    let all = inspect("log.xml", log);
    assert_eq!(all.files[0].kind, "event-log");
    assert_eq!(codes(&all.files[0]), [("disk-formatted", None)]);
    assert_eq!((all.events.len(), all.channels.len()), (1, 0));
}

/// The answer bears no month: two months that are recorded alike are the same
/// bytes, and nobody copied a recording.
#[test]
fn months_that_look_alike_are_no_copies() {
    let bytes = b"<trackDailyDistribution version=\"2.0\"><dayList><day><id>1</id><dayOfMonth>1</dayOfMonth>\
        <record>true</record><recordType>time</recordType></day></dayList></trackDailyDistribution>";
    let digested = |path: &str, bytes: &[u8]| {
        let mut digests = xishi::digest::Digests::new();
        digests.update(bytes);
        Reading {
            digests: digests.finish(),
            ..read(path, bytes)
        }
    };
    let months = ["2026-10.xml", "2026-11.xml"].map(|path| digested(path, bytes));
    let all = inspect::conclude(&months, &Options::new(day("2026-11-23")));
    assert_eq!(codes(&all.files[1]), [("list-incomplete", None)]);
    // A list of recordings that is there twice is told as ever.
    let lists = ["a.xml", "b.xml"].map(|path| digested(path, &page("A", "OK", 1, &[NEW])));
    let all = inspect::conclude(&lists, &Options::new(day("2026-11-23")));
    assert!(codes(&all.files[1]).contains(&("duplicate-file", None)));
}
