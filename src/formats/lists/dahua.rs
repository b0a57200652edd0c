//! Dahua: answers of `mediaFileFind.cgi` (text: `found=2`,
//! `items[0].StartTime=…`) and of the RPC2 call `mediaFileFind.findNextFile`
//! (JSON: `params.infos[]` with the same fields).
//!
//! Sources: Dahua HTTP API as public clients parse it. Times are the device's
//! wall clock. Channels are counted from 1 in the text form and from 0 in RPC2.
//! Pages have at most 100 items: a full page may have another behind it. They
//! bear no number: those of one channel are taken for one answer.

use std::io;

use serde_json::Value;

use super::items::{Item, Items};
use super::json;
use super::text::{Line, Lines, encoding};
use crate::formats::{Contents, Format, Head, Job, Score, decode, xml};
use crate::recording::Kind;
use crate::recording::problem::LineFault;

/// `found=N` and field lines.
pub static TEXT: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["txt", "log"],
    probe: probe_text,
    read: read_text,
};

/// RPC2 answers.
pub static RPC2: Format = Format {
    kind: Kind::RecordingList,
    extensions: &["json", "txt"],
    probe: |head| json::probe(head, &["infos"]),
    read: read_rpc2,
};

/// What clients ask for at once.
const PAGE: u64 = 100;

fn vendor() -> Contents {
    Contents {
        vendor: Some("大华".to_owned()),
        ..Contents::default()
    }
}

fn probe_text(head: &Head<'_>) -> Score {
    let text = xml::ascii(head);
    let start = text.trim_ascii_start();
    let counted = start
        .strip_prefix(b"found=")
        .is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit));
    match counted || (start.starts_with(b"items[") && contains(start, b"].") && contains(start, b"Time=")) {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|w| w == word)
}

/// One item of either form; fields come in any order.
#[derive(Default)]
struct Fields {
    item: Item,
    channel: Option<String>,
    kind: String,
    /// Still being written.
    temporary: bool,
}

impl Fields {
    fn set(&mut self, field: &str, value: &str) {
        match field {
            "Channel" => self.channel = Some(value.to_owned()),
            "StartTime" => self.item.start = value.to_owned(),
            "EndTime" => self.item.end = value.to_owned(),
            "FilePath" => self.item.name = value.to_owned(),
            "Type" => self.kind = value.to_ascii_lowercase(),
            "FileState" => self.temporary = value == "Temporary",
            _ => {}
        }
    }

    /// Into the list. `first` is the number that the form gives channel 1.
    fn add(mut self, items: &mut Items, first: u32) {
        if matches!(self.kind.as_str(), "jpg" | "jpeg") {
            return;
        }
        if let Some(channel) = &self.channel {
            self.item.channel = match channel.parse::<u32>() {
                Ok(number) => (number + 1).saturating_sub(first).to_string(),
                Err(_) => channel.clone(),
            };
        }
        // The file now being written has no end yet, or one of 1970 or 2000.
        if self.temporary && (self.item.end.is_empty() || self.item.end < self.item.start) {
            self.item.end.clone_from(&self.item.start);
        }
        items.add(&self.item);
    }
}

fn read_text(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = vendor();
    let mut items = Items::default();
    let (encoding, mark) = encoding(job.head.bytes);
    let charsets = job.charsets;
    let mut lines = Lines::new(job.source, encoding, mark);
    let (mut found, mut listed) = (None, 0_u64);
    let (mut index, mut fields) = (None, Fields::default());
    loop {
        let line = match lines.read()? {
            Line::End => break,
            Line::TooLong => {
                items.bad(LineFault::TooLong);
                continue;
            }
            Line::Text(line) => decode(line, charsets),
        };
        let Some((key, value)) = line.trim().split_once('=') else {
            continue;
        };
        if key == "found" {
            // Several pages in one file: each begins anew.
            flush(&mut index, &mut fields, &mut items);
            let n: Option<u64> = value.trim().parse().ok();
            found = match (found, n) {
                (None, n) | (n, None) => n,
                (Some(a), Some(b)) => Some(a + b),
            };
            items.info.more = n.is_some_and(|n| n >= PAGE);
            continue;
        }
        let Some((at, field)) = key.strip_prefix("items[").and_then(|rest| rest.split_once("].")) else {
            continue;
        };
        let at: Option<u64> = at.parse().ok();
        if at != index {
            flush(&mut index, &mut fields, &mut items);
            index = at;
            listed += 1;
        }
        fields.set(field, value.trim());
    }
    flush(&mut index, &mut fields, &mut items);
    // A page that announces more items than it has was cut off.
    items.info.broken |= found.is_some_and(|found| found > listed);
    items.info.group = items.first_channel().map(|channel| format!("dahua:{channel}"));
    json::finish(items, &mut contents);
    Ok(contents)
}

fn flush(index: &mut Option<u64>, fields: &mut Fields, items: &mut Items) {
    if index.take().is_some() {
        std::mem::take(fields).add(items, 1);
    }
}

fn read_rpc2(job: &mut Job<'_>) -> io::Result<Contents> {
    let mut contents = vendor();
    let Some(value) = json::value(job, &mut contents)? else {
        return Ok(contents);
    };
    let mut items = Items::default();
    json::each_array(&value, "infos", |list, around| {
        let found = around.get("found").and_then(Value::as_u64);
        items.info.more = found.unwrap_or(list.len() as u64) >= PAGE;
        items.info.broken |= found.is_some_and(|found| found > list.len() as u64);
        for entry in list.iter().filter_map(Value::as_object) {
            let mut fields = Fields::default();
            for (name, value) in entry {
                fields.set(name, &json::text(value));
            }
            fields.add(&mut items, 0);
        }
    });
    items.info.group = items.first_channel().map(|channel| format!("dahua:{channel}"));
    json::finish(items, &mut contents);
    Ok(contents)
}
