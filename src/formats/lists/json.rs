//! What the JSON dialects share: finding them by their keys, reading a small
//! document whole, walking to the arrays that hold recordings.

use std::io;

use serde_json::{Map, Value};

use super::items::{Items, document};
use crate::formats::{Contents, Head, Job, Score, xml};
use crate::recording::ProblemKind;

/// Values in values that are looked through; serde_json itself stops at 128.
const MAX_DEPTH: usize = 32;

/// A JSON document with all of these keys near its start.
pub fn probe(head: &Head<'_>, keys: &[&str]) -> Score {
    let text = xml::ascii(head);
    let has = |key: &&str| {
        let quoted = format!("\"{key}\"");
        text.windows(quoted.len()).any(|w| w == quoted.as_bytes())
    };
    match is_json(&text) && keys.iter().all(has) {
        true => Score::MAGIC,
        false => Score::NO,
    }
}

/// Whether a text begins like a JSON document.
pub fn is_json(text: &[u8]) -> bool {
    matches!(text.trim_ascii_start().first(), Some(b'{' | b'['))
}

/// The document; `None` (and the problem noted) where it is none or too large.
/// Several documents one after the other come as an array.
///
/// # Errors
/// As [`Source::read_at`](crate::source::Source::read_at).
pub fn value(job: &mut Job<'_>, contents: &mut Contents) -> io::Result<Option<Value>> {
    let Some(text) = document(job, contents)? else {
        return Ok(None);
    };
    let mut all = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    while let Some(next) = stream.next() {
        match next {
            Ok(value) => all.push(value),
            Err(error) => {
                let problem = match error.is_eof() {
                    true => ProblemKind::Truncated { missing: None },
                    false => ProblemKind::ListBroken,
                };
                contents.problem(problem.at(stream.byte_offset() as u64));
                break;
            }
        }
    }
    Ok(Some(match all.len() {
        1 => all.swap_remove(0),
        _ => Value::Array(all),
    }))
}

/// Calls `take` with every array under the key `name` and the object that
/// holds it.
pub fn each_array(value: &Value, name: &str, mut take: impl FnMut(&[Value], &Map<String, Value>)) {
    walk(value, MAX_DEPTH, &mut |object| {
        if let Some(Value::Array(list)) = object.get(name) {
            take(list, object);
        }
    });
}

/// Calls `take` with every object, outer ones first.
pub fn each_object(value: &Value, take: &mut dyn FnMut(&Map<String, Value>)) {
    walk(value, MAX_DEPTH, take);
}

fn walk(value: &Value, depth: usize, take: &mut dyn FnMut(&Map<String, Value>)) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(list) => list.iter().for_each(|v| walk(v, depth, take)),
        Value::Object(object) => {
            take(object);
            object.values().for_each(|v| walk(v, depth, take));
        }
        _ => {}
    }
}

/// A string or number as text; anything else is nothing.
pub fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// The first of these fields that is there and not empty.
pub fn field(object: &Map<String, Value>, names: &[&str]) -> String {
    let mut texts = names.iter().filter_map(|name| object.get(*name)).map(text);
    texts.find(|t| !t.is_empty()).unwrap_or_default()
}

/// The total that an answer tells, of the object around its list.
pub fn total(object: &Map<String, Value>) -> Option<u64> {
    field(
        object,
        &[
            "total",
            "totalCount",
            "totalNum",
            "Total",
            "TotalNum",
            "sumNum",
            "SumNum",
        ],
    )
    .parse()
    .ok()
}

/// Ends a JSON list: a broken document is not whole.
pub fn finish(mut items: Items, contents: &mut Contents) {
    let broken = |p: &crate::recording::Problem| {
        matches!(
            p.kind,
            ProblemKind::ListBroken | ProblemKind::Truncated { .. } | ProblemKind::LimitReached(_)
        )
    };
    items.info.broken |= contents.problems.iter().any(broken);
    items.finish(contents);
}
