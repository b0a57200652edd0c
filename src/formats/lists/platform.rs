//! Recordings as the web interfaces of platforms list them, JSON: EZVIZ
//! (`/api/v3/device/local/video/unify/query`), Hikvision and Uniview open
//! platforms, GB/T 28181 platforms such as WVP. What they share is an array of
//! objects that have a begin and an end; numbers are seconds or milliseconds
//! since 1970 UTC, texts are local unless they carry an offset.

use std::io;

use serde_json::{Map, Value};

use super::items::{Item, Items};
use super::json;
use crate::formats::dates::{self, CHINA_SECONDS};
use crate::formats::{Contents, Format, Head, Job, Score, xml};
use crate::recording::problem::{Content, LineFault};
use crate::recording::{Kind, ProblemKind};

/// JSON lists of no dialect of their own.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["json", "txt"],
    probe,
    read,
};

const BEGIN: &[&str] = &[
    "startTime",
    "beginTime",
    "StartTime",
    "BeginTime",
    "start_time",
    "begin_time",
    "start",
    "begin",
];
const END: &[&str] = &[
    "endTime",
    "stopTime",
    "EndTime",
    "StopTime",
    "end_time",
    "stop_time",
    "end",
    "stop",
];
const CHANNEL: &[&str] = &[
    "channelNo",
    "channelId",
    "channelID",
    "channel",
    "Channel",
    "ChannelID",
    "channel_id",
    "cameraIndexCode",
    "cameraNo",
    "trackId",
    "channelName",
    "cameraName",
    "deviceId",
    "DeviceID",
    "deviceSerial",
];

/// Objects around the list in which a channel may stand.
const AROUND: &[&str] = &["channelNo", "channelId", "cameraIndexCode", "deviceSerial", "deviceId"];

fn probe(head: &Head<'_>) -> Score {
    let text = xml::ascii(head);
    let has = |names: &[&str]| {
        names.iter().any(|name| {
            let quoted = format!("\"{name}\"");
            text.windows(quoted.len()).any(|w| w == quoted.as_bytes())
        })
    };
    // This program's own results tell of recordings too, but are no source.
    let own = has(&["required_days"]) || has(&["xishi"]);
    match json::is_json(&text) && has(BEGIN) && has(END) && !own {
        true => Score::LIKELY,
        false => Score::NO,
    }
}

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let Some(value) = json::value(job, &mut contents)? else {
        return Ok(contents);
    };
    let mut items = Items::default();
    let mut around = String::new();
    json::each_object(&value, &mut |object| {
        let begin = json::field(object, BEGIN);
        let end = json::field(object, END);
        let holds_list = object
            .values()
            .any(|v| matches!(v, Value::Array(list) if list.iter().any(Value::is_object)));
        if holds_list || begin.is_empty() {
            page(object, &mut items);
            let channel = json::field(object, AROUND);
            if !channel.is_empty() {
                around = channel;
            }
            return;
        }
        let mut channel = json::field(object, CHANNEL);
        if channel.is_empty() {
            channel.clone_from(&around);
        }
        let name = json::field(object, &["fileName", "filePath", "name", "FileName", "id"]);
        match (dates::unix(begin.as_bytes()), dates::unix(end.as_bytes())) {
            (Some(from), Some(to)) => {
                items.span(&channel, from.plus(CHINA_SECONDS), to.plus(CHINA_SECONDS), &name);
            }
            (None, None) => items.add(&Item {
                channel,
                start: begin,
                end,
                name,
            }),
            _ => items.bad(LineFault::End),
        }
    });
    if items.info.items == 0 && items.info.total.is_none() {
        // Beginnings and ends of something else.
        contents.kind = Some(Kind::Other);
        contents.problem(ProblemKind::NotChecked(Content::Text).anywhere());
        return Ok(contents);
    }
    json::finish(items, &mut contents);
    Ok(contents)
}

/// What the object around a list says of its completeness.
fn page(object: &Map<String, Value>, items: &mut Items) {
    items.info.total = items.info.total.max(json::total(object));
    for name in ["hasMore", "more", "isMore", "hasNextPage"] {
        match object.get(name) {
            Some(Value::Bool(more)) => items.info.more = *more,
            Some(Value::Number(n)) => items.info.more = n.as_u64() == Some(1),
            _ => {}
        }
    }
}
