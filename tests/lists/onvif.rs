//! ONVIF recording search.

use crate::support::*;
use xishi::inspect::{self, Options, Reading};

fn events(state: &str, changes: &[(&str, &str, &str, bool)]) -> Vec<u8> {
    let results: String = changes
        .iter()
        .map(|(recording, track, time, present)| {
            format!(
                "<tt:Result><tt:RecordingToken>{recording}</tt:RecordingToken><tt:TrackToken>{track}</tt:TrackToken>\
                 <tt:Time>{time}</tt:Time><tt:Event><wsnt:Topic Dialect=\"d\">tns1:RecordingHistory/Track/State</wsnt:Topic>\
                 <wsnt:Message><tt:Message UtcTime=\"{time}\"><tt:Source><tt:SimpleItem Name=\"RecordingToken\" Value=\"{recording}\"/></tt:Source>\
                 <tt:Data><tt:SimpleItem Name=\"IsDataPresent\" Value=\"{present}\"/></tt:Data></tt:Message></wsnt:Message></tt:Event>\
                 <tt:StartStateEvent>false</tt:StartStateEvent></tt:Result>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body>\
         <tse:GetEventSearchResultsResponse><tse:ResultList><tt:SearchState>{state}</tt:SearchState>{results}\
         </tse:ResultList></tse:GetEventSearchResultsResponse></s:Body></s:Envelope>"
    )
    .into_bytes()
}

fn conclude(readings: &[Reading]) -> xishi::wire::Inspection {
    inspect::conclude(readings, &Options::new(day("2026-11-23")))
}

#[test]
fn a_timeline() {
    let bytes = events(
        "Completed",
        &[
            ("R1", "VIDEO001", "2026-10-20T16:00:00Z", true),
            ("R1", "AUDIO001", "2026-10-01T16:00:00Z", true),
            ("R1", "VIDEO001", "2026-11-10T00:00:00Z", false),
            ("R1", "VIDEO001", "2026-11-10T02:00:00Z", true),
        ],
    );
    let all = conclude(&[read("events.xml", &bytes)]);
    let channel = &all.channels[0];
    assert_eq!(channel.channel, "R1");
    assert_eq!(
        channel.earliest,
        Some(at("2026-10-21 00:00:00").naive()),
        "UTC, eight hours later here"
    );
    assert_eq!(channel.gaps.len(), 1);
    assert_eq!(channel.gaps[0].from, at("2026-11-10 08:00:00").naive());
    assert_eq!(channel.gaps[0].to, at("2026-11-10 10:00:00").naive());
    assert_eq!(channel.verdict, "gaps");
}

#[test]
fn pages_and_open_ends() {
    let first = read(
        "1.xml",
        &events("Searching", &[("R1", "T", "2026-10-01T00:00:00Z", true)]),
    );
    let second = read(
        "2.xml",
        &events(
            "Completed",
            &[
                ("R1", "T", "2026-11-01T00:00:00Z", false),
                ("R1", "T", "2026-11-02T00:00:00Z", true),
            ],
        ),
    );
    assert_eq!(conclude(std::slice::from_ref(&first)).retention.verdict, "unknown");
    let all = conclude(&[first, second]);
    assert_eq!(all.channels[0].gaps.len(), 1, "the first page's end is on the second");
    assert_eq!(all.retention.verdict, "gaps");
}

#[test]
fn extents_are_no_coverage() {
    let info = |earliest: &str| {
        format!(
            "<GetRecordingSearchResultsResponse><ResultList><SearchState>Completed</SearchState><RecordingInformation>\
             <RecordingToken>R1</RecordingToken><Source><SourceId>x</SourceId><Name>大堂</Name><Location>一楼</Location></Source>\
             <EarliestRecording>{earliest}</EarliestRecording><LatestRecording>2026-11-22T23:00:00Z</LatestRecording>\
             <Content>c</Content><Track><TrackToken>V</TrackToken><TrackType>Video</TrackType>\
             <DataFrom>{earliest}</DataFrom><DataTo>2026-11-22T23:00:00Z</DataTo></Track></RecordingInformation>\
             </ResultList></GetRecordingSearchResultsResponse>"
        )
    };
    let all = conclude(&[read("r.xml", info("2026-01-01T00:00:00Z").as_bytes())]);
    assert_eq!(all.retention.verdict, "unknown", "what lies between is not told");
    assert_eq!(all.cameras[0].name.as_deref(), Some("大堂"));
    let all = conclude(&[read("r.xml", info("2026-11-10T00:00:00Z").as_bytes())]);
    assert_eq!(all.retention.verdict, "short", "that is too short for sure");
}
