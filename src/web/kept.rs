//! What was found of files, kept in this browser where the user chose that: a
//! list of files goes on after its tab was closed, and finished ones are not
//! read again. Never more than a comfort: what is not there is read.

use js_sys::{Array, Promise};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::files;
use super::message::{TaskFile, Told, to_js};
use super::timing::breaks;
use crate::digest::hex;
use crate::inspect::Reading;

#[wasm_bindgen]
extern "C" {
    /// Given by the boot script; promises records, `undefined` where there is
    /// none.
    #[wasm_bindgen(js_namespace = ["xishi", "readings"], js_name = recall, catch)]
    fn recall_records(keys: Array) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["xishi", "readings"], js_name = keep, catch)]
    fn keep_records(records: Array) -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = ["xishi", "readings"], js_name = forget, catch)]
    fn forget_records() -> Result<Promise, JsValue>;
}

/// Bytes, roughly, of the largest that is kept: lists of a million rows are
/// sooner read than stored.
const LARGEST: usize = 1 << 20;

/// One finished file.
#[derive(Serialize, Deserialize)]
struct Record {
    key: String,
    /// When it was read, milliseconds since 1970.
    at: f64,
    /// As above, local time, to the minute.
    on: String,
    /// Bytes, roughly.
    bytes: usize,
    /// What the user had told: see [`fingerprint`].
    told: String,
    reading: Reading,
}

/// A finished file that is not read again.
#[derive(Clone, Debug)]
pub struct TakenOver {
    /// When it was read, local time, to the minute.
    pub on: String,
    pub reading: Reading,
}

/// What tells a file from another: another version of the kit may read it
/// otherwise.
fn key(path: &str, size: u64, modified: Option<chrono::NaiveDateTime>) -> String {
    let modified = modified.map(|at| at.and_utc().timestamp_millis()).unwrap_or_default();
    format!("{}\n{size}\n{modified}\n{path}", env!("CARGO_PKG_VERSION"))
}

/// What the user told, in short.
fn fingerprint(told: &Told) -> String {
    let mut digest = Sha256::new_with_prefix(serde_json::to_vec(&told.mappings).unwrap_or_default());
    told.roots.iter().for_each(|root| digest.update(root));
    hex(&digest.finalize())
}

/// Whether what the user told bears on what a file was found to be.
fn depends_on_told(reading: &Reading) -> bool {
    reading.signature.is_some()
        || reading.sample.is_some()
        || reading.kind.is_list()
        || reading.entries.iter().any(depends_on_told)
}

/// How large a reading is to store, roughly.
fn bytes(reading: &Reading) -> usize {
    let spans: usize = reading.recorded.iter().map(|recorded| 4 + recorded.spans.len()).sum();
    let details = reading.tracks.len() + reading.cameras.len() + reading.events.len() + reading.manifest.len();
    let inside: usize = reading.entries.iter().map(bytes).sum();
    1000 + reading.path.len()
        + 40 * spans
        + 300 * (details + reading.problems.len())
        + 10 * reading.sketch.len()
        + inside
}

/// What is kept of these files, one by one.
pub async fn recall(files: &[TaskFile], told: &Told) -> Vec<Option<TakenOver>> {
    let keys = Array::new();
    let mut pause = breaks();
    for file in files {
        // For either the page waits for the disk.
        let (size, modified) = (file.file.size() as u64, files::modified(&file.file));
        keys.push(&key(&file.path, size, modified).into());
        pause().await;
    }
    let records = match recall_records(keys) {
        Ok(records) => JsFuture::from(records).await.unwrap_or_default(),
        Err(_) => JsValue::UNDEFINED,
    };
    let records = Array::from(&records);
    let told = fingerprint(told);
    let taken = |at: usize| {
        let record = records.get(u32::try_from(at).ok()?);
        let record = serde_wasm_bindgen::from_value::<Record>(record).ok()?;
        let holds = record.told == told || !depends_on_told(&record.reading);
        holds.then_some(TakenOver {
            on: record.on,
            reading: record.reading,
        })
    };
    (0..files.len()).map(taken).collect()
}

/// Keeps what was found of finished files.
pub fn keep<'r>(readings: impl IntoIterator<Item = &'r Reading>, told: &Told) {
    let told = fingerprint(told);
    let now = js_sys::Date::new_0();
    let record = |reading: &Reading| Record {
        key: key(&reading.path, reading.size, reading.modified),
        at: now.get_time(),
        on: super::storage::minute(&now),
        bytes: bytes(reading),
        told: told.clone(),
        reading: reading.clone(),
    };
    let small = readings.into_iter().filter(|reading| bytes(reading) <= LARGEST);
    let records: Array = small.filter_map(|reading| to_js(&record(reading)).ok()).collect();
    if records.length() > 0 {
        quietly(keep_records(records));
    }
}

/// Leaves nothing in this browser.
pub fn forget() {
    quietly(forget_records());
}

/// A browser that has no room, or no storage, reads the files again.
fn quietly(promise: Result<Promise, JsValue>) {
    if let Ok(promise) = promise {
        spawn_local(async move { drop(JsFuture::from(promise).await) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn another_time_size_or_name_is_another_file() {
        let on = |day| NaiveDate::from_ymd_opt(2026, 11, day).and_then(|day| day.and_hms_opt(8, 0, 0));
        let keys = [
            key("a/1.mp4", 10, on(1)),
            key("a/1.mp4", 10, on(2)),
            key("a/1.mp4", 11, on(1)),
            key("b/1.mp4", 10, on(1)),
            key("a/1.mp4", 10, None),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert!(!keys[..at].contains(key), "{key}");
        }
    }

    #[test]
    fn what_was_told_bears_on_lists_alone() {
        let mut reading = Reading::failed("1.mp4", 10);
        assert!(!depends_on_told(&reading));
        let mut list = Reading::failed("1.csv", 10);
        list.kind = crate::recording::Kind::RecordingList;
        assert!(depends_on_told(&list));
        reading.entries.push(list);
        assert!(depends_on_told(&reading), "an archive with a list inside");
        let roots = |roots: &[&[u8]]| Told {
            roots: roots.iter().map(|root| root.to_vec()).collect(),
            ..Told::default()
        };
        assert_ne!(fingerprint(&roots(&[])), fingerprint(&roots(&[b"root"])));
    }
}
