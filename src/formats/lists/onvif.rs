//! ONVIF recording search (onvif.xsd, Recording Search specification): the
//! timeline out of FindEvents results, where every change between recorded and
//! not recorded is told, and the extents of GetRecordingSearchResults, which
//! tell nothing of gaps. Times are real UTC.

use std::collections::BTreeMap;
use std::io;

use super::items::Items;
use super::ledger::MAX_CHANNELS;
use crate::formats::dates::{self, Zone};
use crate::formats::xml::{Ending, Step, Xml, has_element};
use crate::formats::{Contents, Format, Head, Job, Score};
use crate::recording::problem::{Limit, LineFault};
use crate::recording::{
    Civil, Kind, ListInfo, ListedCamera, OpenEnds, ProblemKind, Recorded, Span, TimeBasis, TimeSource, channel,
};

/// ONVIF search results, within their SOAP envelope or without.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["xml", "txt"],
    probe,
    read,
};

/// Changes of state in one document.
const MAX_CHANGES: usize = 500_000;

/// Elements that only such documents have.
const NAMES: &[&str] = &[
    "GetRecordingSearchResultsResponse",
    "GetEventSearchResultsResponse",
    "GetRecordingsResponse",
    "RecordingInformation",
    "GetRecordingSummaryResponse",
];

fn probe(head: &Head<'_>) -> Score {
    match NAMES.iter().any(|name| has_element(head, name)) {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let size = job.head.size;
    let mut contents = Contents::default();
    let mut search = Search::default();
    let mut xml = Xml::new(job.source, job.charsets)?;
    let ending = loop {
        match xml.step()? {
            Step::Open => {
                search.events |= xml.name() == "GetEventSearchResultsResponse";
                if xml.name() == "SimpleItem"
                    && let (Some("IsDataPresent"), Some(value)) = (xml.attribute("Name"), xml.attribute("Value"))
                {
                    search.present = match value.trim() {
                        "true" | "1" => Some(true),
                        "false" | "0" => Some(false),
                        _ => None,
                    };
                }
            }
            Step::Leaf => search.leaf(xml.name(), xml.parent(), &xml.text),
            Step::Close if xml.name() == "Result" => search.change(),
            Step::Close if matches!(xml.name(), "RecordingInformation" | "RecordingItem") => {
                search.recording(&mut contents)
            }
            Step::Close => {}
            Step::End(ending) => break ending,
        }
    };
    search.finish(ending, size, &mut contents);
    Ok(contents)
}

#[derive(Default)]
struct Search {
    state: String,
    /// The document answers FindEvents.
    events: bool,
    recording: String,
    track: String,
    time: String,
    present: Option<bool>,
    /// Changes by recording and track.
    changes: BTreeMap<(String, String), Vec<(Civil, bool)>>,
    count: usize,
    /// Of a RecordingInformation.
    name: String,
    location: String,
    earliest: String,
    latest: String,
    items: Items,
    extents: u64,
}

impl Search {
    fn leaf(&mut self, name: &str, parent: &str, text: &str) {
        match name {
            "SearchState" => self.state = text.to_owned(),
            "RecordingToken" => self.recording = text.to_owned(),
            "TrackToken" if parent == "Result" => self.track = text.to_owned(),
            "Time" if parent == "Result" => self.time = text.to_owned(),
            "Name" if parent == "Source" => self.name = text.to_owned(),
            "Location" if parent == "Source" => self.location = text.to_owned(),
            "EarliestRecording" | "DataFrom" if parent != "Track" => self.earliest = text.to_owned(),
            "LatestRecording" | "DataUntil" if parent != "Track" => self.latest = text.to_owned(),
            _ => {}
        }
    }

    /// One event is complete; events of other topics tell nothing here.
    fn change(&mut self) {
        let time = std::mem::take(&mut self.time);
        let Some(present) = self.present.take() else { return };
        let Some(time) = utc(&time) else {
            self.items.bad(LineFault::Start);
            return;
        };
        if self.count >= MAX_CHANGES || self.changes.len() >= MAX_CHANNELS {
            self.items.info.broken = true;
            return;
        }
        self.count += 1;
        let key = (self.recording.clone(), std::mem::take(&mut self.track));
        self.changes.entry(key).or_default().push((time, present));
    }

    fn recording(&mut self, contents: &mut Contents) {
        let given = |text: &mut String| Some(std::mem::take(text)).filter(|t| !t.is_empty());
        let channel = channel::normalise(&self.recording);
        let (name, location) = (given(&mut self.name), given(&mut self.location));
        if contents.cameras.len() >= MAX_CHANNELS {
            return;
        }
        self.extents += 1;
        contents.cameras.push(ListedCamera {
            channel: channel.clone(),
            name,
            online: None,
            location,
        });
        let (from, to) = (std::mem::take(&mut self.earliest), std::mem::take(&mut self.latest));
        if let (Some(from), Some(to)) = (utc(&from), utc(&to))
            && let Some(span) = Span::new(from, to)
        {
            let mut extent = Recorded::new(Some(channel), TimeBasis::Utc, TimeSource::Extent);
            extent.add(span);
            contents.recorded.push(extent);
        }
    }

    fn finish(mut self, ending: Ending, size: u64, contents: &mut Contents) {
        if self.items.info.broken {
            contents.problem(ProblemKind::LimitReached(Limit::Spans).anywhere());
        }
        self.items.ended(ending, size, contents);
        let more = !matches!(self.state.as_str(), "" | "Completed");
        if !self.events {
            contents.problem(ProblemKind::OverviewOnly.anywhere());
            contents.list = Some(ListInfo {
                items: self.extents,
                more,
                ..ListInfo::default()
            });
            return;
        }
        let lines = timelines(std::mem::take(&mut self.changes));
        let mut items = std::mem::take(&mut self.items);
        items.info.more = more;
        items.info.group = Some("onvif:events".to_owned());
        items.finish(contents);
        if let Some(list) = &mut contents.list {
            list.items = self.count as u64;
        }
        if lines.iter().any(|line| line.ends.since.is_some()) {
            contents.problem(ProblemKind::OpenEnded.anywhere());
        }
        if let [only] = lines.as_slice() {
            contents.channel = only.channel.clone();
        }
        contents.recorded = lines;
    }
}

/// Spans between true and false. Where a recording has a video track by name,
/// sound and metadata do not stand in for it.
fn timelines(changes: BTreeMap<(String, String), Vec<(Civil, bool)>>) -> Vec<Recorded> {
    let is_video = |track: &str| track.to_ascii_lowercase().contains("video");
    let with_video: Vec<String> = changes
        .keys()
        .filter(|(_, track)| is_video(track))
        .map(|(recording, _)| recording.clone())
        .collect();
    let mut lines: Vec<Recorded> = Vec::new();
    for ((recording, track), mut states) in changes {
        if with_video.binary_search(&recording).is_ok() && !is_video(&track) {
            continue;
        }
        states.sort_unstable();
        let mut ends = OpenEnds::default();
        let mut spans = Vec::new();
        for (time, present) in states {
            match (present, ends.since) {
                (true, None) => ends.since = Some(time),
                (false, Some(from)) => {
                    spans.extend(Span::new(from, time));
                    ends.since = None;
                }
                (false, None) if spans.is_empty() && ends.until.is_none() => ends.until = Some(time),
                _ => {}
            }
        }
        let channel = Some(channel::normalise(&recording)).filter(|c| !c.is_empty());
        match lines.iter_mut().find(|line| line.channel == channel) {
            Some(line) => {
                line.spans.extend(spans);
                line.ends.since = line.ends.since.or(ends.since);
            }
            None => {
                let mut line = Recorded::new(channel, TimeBasis::Utc, TimeSource::List);
                line.spans = spans;
                line.ends = ends;
                lines.push(line);
            }
        }
    }
    lines
}

fn utc(text: &str) -> Option<Civil> {
    let stamp = dates::parse(text.as_bytes())?;
    Some(match stamp.zone {
        Zone::Offset(seconds) => stamp.printed.plus(-seconds),
        Zone::None | Zone::Z => stamp.printed,
    })
}
