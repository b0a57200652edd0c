//! GB/T 28181 MANSCDP messages (XML, 2011 to 2022): the answers to RecordInfo,
//! Catalog and DeviceStatus.
//!
//! One answer comes in several messages of one SN (2016 annex N): they are one
//! group, whose distinct items are held against SumNum. Times are
//! `xs:dateTime` without a zone, the device's wall clock.

use std::collections::BTreeMap;
use std::io;

use super::items::{Item, Items};
use crate::formats::xml::{self, Step, Xml};
use crate::formats::{Contents, Format, Head, Job, Score, dates};
use crate::recording::problem::Content;
use crate::recording::{
    EventKind, Kind, ListedCamera, LoggedEvent, ProblemKind, Recorded, TimeBasis, TimeSource, channel,
};

/// MANSCDP messages.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["xml", "txt"],
    probe,
    read,
};

/// Cameras of one message.
const MAX_CAMERAS: usize = 10_000;

fn probe(head: &Head<'_>) -> Score {
    match xml::has_element(head, "CmdType") {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let size = job.head.size;
    let mut contents = Contents::default();
    let mut message = Message::default();
    let mut xml = Xml::new(job.source, job.charsets)?;
    let ending = loop {
        match xml.step()? {
            Step::Open => {}
            Step::Leaf if xml.inside("Item") => message.field(xml.name(), &xml.text),
            Step::Leaf => message.head(xml.name(), &xml.text, &mut contents),
            Step::Close if xml.name() == "Item" => message.item(&mut contents),
            Step::Close => {}
            Step::End(ending) => break ending,
        }
    };
    message.items.ended(ending, size, &mut contents);
    message.finish(&mut contents);
    Ok(contents)
}

/// What follows `CmdType`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Command {
    RecordInfo,
    Catalog,
    DeviceStatus,
    #[default]
    Other,
}

#[derive(Default)]
struct Message {
    command: Command,
    serial: String,
    device: String,
    /// SumNum by SN: a file may hold messages of several answers.
    sums: BTreeMap<String, u64>,
    record: String,
    items: Items,
    item: Item,
    /// Of a catalogue's item.
    camera: ListedCamera,
    parental: bool,
}

impl Message {
    /// A leaf outside the items.
    fn head(&mut self, name: &str, text: &str, contents: &mut Contents) {
        match name {
            "CmdType" => {
                self.command = match text {
                    "RecordInfo" => Command::RecordInfo,
                    "Catalog" => Command::Catalog,
                    "DeviceStatus" => Command::DeviceStatus,
                    _ => Command::Other,
                }
            }
            "SN" => self.serial = text.to_owned(),
            "DeviceID" => self.device = text.to_owned(),
            "SumNum" => {
                if let Ok(sum) = text.parse::<u64>() {
                    let known = self.sums.entry(self.serial.clone()).or_default();
                    *known = sum.max(*known);
                }
            }
            "Record" => self.record = text.to_ascii_uppercase(),
            "DeviceTime" => contents.device_time = dates::parse(text.as_bytes()).map(|stamp| stamp.local()),
            "Manufacturer" if !text.is_empty() => contents.vendor = Some(text.to_owned()),
            _ => {}
        }
    }

    /// A leaf of an item.
    fn field(&mut self, name: &str, text: &str) {
        let given = || Some(text.to_owned()).filter(|t| !t.is_empty());
        match name {
            "DeviceID" => {
                self.item.channel = text.to_owned();
                self.camera.channel = text.to_owned();
            }
            "StartTime" => self.item.start = text.to_owned(),
            "EndTime" => self.item.end = text.to_owned(),
            "FilePath" => self.item.name = text.to_owned(),
            "Name" => self.camera.name = given(),
            "Address" => self.camera.location = given(),
            "Status" if !text.is_empty() => {
                self.camera.online = Some(matches!(text.to_ascii_uppercase().as_str(), "ON" | "ONLINE" | "OK"));
            }
            "Parental" => self.parental = text == "1",
            _ => {}
        }
    }

    fn item(&mut self, contents: &mut Contents) {
        let mut item = std::mem::take(&mut self.item);
        let camera = std::mem::take(&mut self.camera);
        let parental = std::mem::take(&mut self.parental);
        match self.command {
            Command::RecordInfo => {
                if item.channel.is_empty() {
                    item.channel.clone_from(&self.device);
                }
                self.items.add(&item);
            }
            Command::Catalog => {
                self.items.info.items += 1;
                if !parental && is_camera(&camera.channel) && contents.cameras.len() < MAX_CAMERAS {
                    let channel = channel::normalise(&camera.channel);
                    contents.cameras.push(ListedCamera { channel, ..camera });
                }
            }
            Command::DeviceStatus | Command::Other => {}
        }
    }

    fn finish(mut self, contents: &mut Contents) {
        let sum = self.sums.values().copied().reduce(u64::saturating_add);
        self.items.info.total = sum;
        let command = match self.command {
            Command::RecordInfo => "RecordInfo",
            Command::Catalog => "Catalog",
            Command::DeviceStatus => {
                contents.kind = Some(Kind::EventLog);
                if self.record == "OFF"
                    && let Some(at) = contents.device_time
                {
                    contents.events.push(LoggedEvent {
                        at,
                        kind: EventKind::RecordingStopped,
                        channel: Some(channel::normalise(&self.device)),
                        words: "Record OFF".to_owned(),
                    });
                }
                return;
            }
            Command::Other => {
                contents.kind = Some(Kind::Other);
                contents.problem(ProblemKind::NotChecked(Content::Text).anywhere());
                return;
            }
        };
        if !self.serial.is_empty() && self.sums.len() <= 1 {
            self.items.info.group = Some(format!("gb28181:{command}:{}:{}", self.device, self.serial));
        }
        if self.command == Command::Catalog {
            contents.kind = Some(Kind::CameraList);
            contents.list = Some(self.items.info);
        } else {
            // An answer of nothing still speaks for its camera.
            let nothing = sum == Some(0) && self.items.info.items == 0 && !self.items.info.broken;
            self.items.finish(contents);
            if nothing && !self.device.is_empty() {
                let channel = Some(channel::normalise(&self.device));
                contents.channel.clone_from(&channel);
                let recorded = Recorded::new(channel, TimeBasis::DeviceLocal, TimeSource::List);
                contents.recorded.push(recorded);
            }
        }
    }
}

/// Whether a code can be a camera's: not a district, business group or
/// platform (annex D: digits 11 to 13 are the type, 200 and more are no
/// devices).
fn is_camera(code: &str) -> bool {
    match code.len() {
        0 => false,
        20 if code.is_ascii() => !matches!(code.as_bytes().get(10), Some(b'2'..=b'9')),
        n => n > 8 || code.parse::<u32>().is_err() || n < 6,
    }
}
