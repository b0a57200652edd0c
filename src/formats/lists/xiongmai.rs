//! Xiongmai (and the makers that resell it): `OPFileQuery` answers, JSON.
//! Times are the device's wall clock; the channel is in the file's path
//! (`/idea0/2026-09-08/001/11.00.00-11.15.00[M][@0][0].h264`), counted from 1.
//!
//! Source: NeiroNx/python-dvr. An answer has at most 64 files.

use std::io;

use serde_json::Value;

use super::items::{Item, Items};
use super::json;
use crate::formats::{Contents, Format, Job, names};
use crate::recording::Kind;

/// `OPFileQuery` answers.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["json", "txt"],
    probe: |head| json::probe(head, &["OPFileQuery"]),
    read,
};

/// Files of one answer.
const PAGE: usize = 64;

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents {
        vendor: Some("雄迈".to_owned()),
        ..Contents::default()
    };
    let Some(value) = json::value(job, &mut contents)? else {
        return Ok(contents);
    };
    let mut items = Items::default();
    json::each_array(&value, "OPFileQuery", |list, around| {
        items.info.more = list.len() >= PAGE;
        let asked = json::field(around, &["Channel"]);
        for file in list.iter().filter_map(Value::as_object) {
            let name = json::field(file, &["FileName"]);
            if name.to_ascii_lowercase().ends_with(".jpg") {
                continue;
            }
            items.add(&Item {
                channel: names::parse(&name).channel.unwrap_or_else(|| asked.clone()),
                start: json::field(file, &["BeginTime"]),
                end: json::field(file, &["EndTime"]),
                name,
            });
        }
    });
    items.info.group = items.first_channel().map(|channel| format!("xiongmai:{channel}"));
    json::finish(items, &mut contents);
    Ok(contents)
}
