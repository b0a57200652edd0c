//! GA/T 1400 image-information databases: `VideoSliceList`, JSON. Times are
//! `YYYYMMDDhhmmss`, local; the device is named or leads the slice's own id
//! (20 digits).

use std::io;

use super::items::{Item, Items};
use super::json;
use crate::formats::{Contents, Format, Job};
use crate::recording::Kind;

/// Video slices.
pub static FORMAT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["json", "txt"],
    probe: |head| json::probe(head, &["VideoSliceInfo"]).max(json::probe(head, &["VideoSlice"])),
    read,
};

fn read(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = Contents::default();
    let Some(value) = json::value(job, &mut contents)? else {
        return Ok(contents);
    };
    let mut items = Items::default();
    json::each_object(&value, &mut |slice| {
        if !slice.contains_key("VideoID") || !slice.contains_key("BeginTime") {
            return;
        }
        let id = json::field(slice, &["VideoID"]);
        let mut channel = json::field(slice, &["DeviceID"]);
        if channel.is_empty() {
            channel = id.get(..20).unwrap_or_default().to_owned();
        }
        items.add(&Item {
            channel,
            start: json::field(slice, &["BeginTime"]),
            end: json::field(slice, &["EndTime"]),
            name: id,
        });
    });
    json::each_array(&value, "VideoSlice", |_, around| {
        items.info.total = items.info.total.max(json::total(around));
    });
    json::finish(items, &mut contents);
    Ok(contents)
}
