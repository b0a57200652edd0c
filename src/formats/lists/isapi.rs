//! Hikvision ISAPI answers (XML, namespaces vary): the search for recordings,
//! day overviews, tracks and channels, the device's clock, its log.
//!
//! Sources: the answers of `/ISAPI/ContentMgmt/search`, `…/record/tracks`,
//! `…/dailyDistribution`, `…/logSearch`, `…/InputProxy/channels` and
//! `/ISAPI/System/time` as public clients parse them. A `Z` behind a time is
//! the device's wall clock.

use std::collections::BTreeMap;
use std::io;

use super::items::{Item, Items};
use crate::formats::xml::{Step, Xml, has_element};
use crate::formats::{Contents, Format, Head, Job, Score, dates};
use crate::recording::{EventKind, Kind, ListedCamera, LoggedEvent, ProblemKind, channel};

/// ISAPI documents.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["xml", "txt"],
    probe,
    read,
};

/// Answers tell no more matches than this, however many there are.
const CAP: u64 = 4000;

/// Cameras and log lines of one document.
const MAX_OTHERS: usize = 10_000;

/// Root elements.
const ROOTS: &[&str] = &[
    "CMSearchResult",
    "trackDailyDistribution",
    "TrackList",
    "InputProxyChannelList",
    "VideoInputChannelList",
];

fn probe(head: &Head<'_>) -> Score {
    let is_time = || has_element(head, "Time") && has_element(head, "localTime") && has_element(head, "timeMode");
    if ROOTS.iter().any(|root| has_element(head, root)) || is_time() {
        Score::MAGIC
    } else {
        Score::NO
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let size = job.head.size;
    let mut contents = Contents {
        vendor: Some("海康威视".to_owned()),
        ..Contents::default()
    };
    let mut answer = Answer::default();
    let mut xml = Xml::new(job.source, job.charsets)?;
    let ending = loop {
        match xml.step()? {
            Step::Open => answer.root(&xml),
            Step::Leaf => answer.leaf(xml.name(), xml.parent(), &xml.text, &mut contents),
            Step::Close => answer.close(xml.name(), &mut contents),
            Step::End(ending) => break ending,
        }
    };
    answer.items.ended(ending, size, &mut contents);
    answer.finish(&mut contents);
    Ok(contents)
}

/// One answer under way.
#[derive(Default)]
struct Answer {
    items: Items,
    item: Item,
    /// Track number of the item: channel × 100 + stream.
    track: String,
    uri: String,
    picture: bool,
    /// What a log says of the item: its words and its time.
    log: (String, String),
    search: String,
    first_track: String,
    status: String,
    /// Of each search and track, whether its last page in this file says that
    /// there is more.
    pages: BTreeMap<(String, String), bool>,
    /// Track of the page's first item.
    page_track: String,
    matches: Option<u64>,
    camera: ListedCamera,
    schedule: Option<bool>,
    /// The document's root, lower case.
    root: String,
}

impl Answer {
    fn root(&mut self, xml: &Xml<'_>) {
        if self.root.is_empty() {
            self.root = xml.name().to_owned();
        }
    }

    fn leaf(&mut self, name: &str, parent: &str, text: &str, contents: &mut Contents) {
        match name {
            "searchID" => self.search = text.to_owned(),
            // …Strg, …Strip, …String; firmwares write …Strp too.
            name if name.starts_with("responseStatusStr") => self.status = text.to_ascii_uppercase(),
            "numOfMatches" | "totalMatches" => self.matches = self.matches.max(text.parse().ok()),
            "trackID" => self.track = text.to_owned(),
            "startTime" => self.item.start = text.to_owned(),
            "endTime" => self.item.end = text.to_owned(),
            "playbackURI" => self.uri = text.to_owned(),
            "contentType" => self.picture = matches!(text, "picture" | "image" | "metadata"),
            "metaId" | "metaID" | "paraType" => {
                self.log.0.push_str(text);
                self.log.0.push(' ');
            }
            "StartDateTime" | "startDateTime" => self.log.1 = text.to_owned(),
            "localTime" if parent == "Time" => {
                contents.device_time = dates::parse(text.as_bytes()).map(|stamp| stamp.printed);
            }
            "Channel" | "inputPort" | "id" if parent != "day" && self.camera.channel.is_empty() => {
                self.camera.channel = text.to_owned();
            }
            "Channel" => self.camera.channel = text.to_owned(),
            "name" if parent.ends_with("Channel") => self.camera.name = Some(text.to_owned()),
            "enableSchedule" => self.schedule = text.parse().ok(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, contents: &mut Contents) {
        match name {
            "searchMatchItem" => self.commit(contents),
            "CMSearchResult" => {
                let page = (self.search.clone(), std::mem::take(&mut self.page_track));
                self.pages.insert(page, self.status == "MORE");
            }
            "Track" | "InputProxyChannel" | "VideoInputChannel" => self.channel(name == "Track", contents),
            _ => {}
        }
    }

    /// One match is complete.
    fn commit(&mut self, contents: &mut Contents) {
        let mut item = std::mem::take(&mut self.item);
        let uri = std::mem::take(&mut self.uri);
        let mut track = std::mem::take(&mut self.track);
        let (words, at) = std::mem::take(&mut self.log);
        if !words.is_empty() {
            let at = dates::parse(at.as_bytes()).or_else(|| dates::parse(item.start.as_bytes()));
            if let (Some(kind), Some(at)) = (EventKind::of(&words), at)
                && contents.events.len() < MAX_OTHERS
            {
                contents.events.push(LoggedEvent {
                    at: at.local(),
                    kind,
                    channel: None,
                    words: words.trim().to_owned(),
                });
            }
            contents.kind = Some(Kind::EventLog);
            return;
        }
        if track.is_empty() {
            track = after(&uri, "/tracks/").to_owned();
        }
        for (time, key) in [(&mut item.start, "starttime="), (&mut item.end, "endtime=")] {
            if time.is_empty() {
                *time = after(&uri, key).to_owned();
            }
        }
        let (name, stream) = channel_of(&track);
        if std::mem::take(&mut self.picture) || stream == Some(3) {
            return;
        }
        if self.page_track.is_empty() {
            self.page_track.clone_from(&track);
        }
        if self.first_track.is_empty() {
            self.first_track = track;
        }
        item.channel = name;
        item.name = after(&uri, "name=").to_owned();
        self.items.add(&item);
    }

    fn channel(&mut self, track: bool, contents: &mut Contents) {
        let none = ListedCamera::default();
        let mut camera = std::mem::replace(&mut self.camera, none);
        let schedule = self.schedule.take();
        let (number, stream) = match track {
            true => channel_of(&camera.channel),
            false => (camera.channel, None),
        };
        camera.channel = channel::normalise(&number);
        let again = contents.cameras.iter().any(|c| c.channel == camera.channel);
        if camera.channel.is_empty() || stream.is_some_and(|s| s > 1) {
            return;
        }
        if track && schedule == Some(false) {
            let channel = camera.channel.clone();
            contents.problem(ProblemKind::ScheduleOff { channel }.anywhere());
        }
        if !again && contents.cameras.len() < MAX_OTHERS {
            contents.cameras.push(camera);
        }
    }

    fn finish(mut self, contents: &mut Contents) {
        match self.root.as_str() {
            "CMSearchResult" if contents.kind.is_none() => {
                let info = &mut self.items.info;
                let more = self.status == "MORE" || self.pages.values().any(|more| *more);
                // The number can be that of the page or of all; at the cap it
                // says nothing.
                match self.matches {
                    Some(n) if n >= CAP => info.more = true,
                    Some(n) if n > info.items && !self.status.starts_with("NO") => {
                        info.total = Some(n);
                        info.more = more;
                    }
                    _ => info.more = more,
                }
                if !self.search.is_empty() {
                    info.group = Some(format!("isapi:{}:{}", self.search, self.first_track));
                }
                self.items.finish(contents);
            }
            "trackDailyDistribution" => contents.problem(ProblemKind::OverviewOnly.anywhere()),
            "TrackList" | "InputProxyChannelList" | "VideoInputChannelList" => contents.kind = Some(Kind::CameraList),
            "Time" => contents.kind = Some(Kind::EventLog),
            _ => {}
        }
    }
}

/// `101` is channel 1, stream 1; `1` alone is channel 1.
fn channel_of(track: &str) -> (String, Option<u32>) {
    match track.parse::<u32>() {
        Ok(number) if number >= 100 => ((number / 100).to_string(), Some(number % 100)),
        _ => (track.to_owned(), None),
    }
}

/// What stands behind `key` in a URI, up to the next separator.
fn after<'t>(uri: &'t str, key: &str) -> &'t str {
    let Some((_, rest)) = uri.split_once(key) else {
        return "";
    };
    rest.split(['&', '/', '?', '#']).next().unwrap_or_default()
}
