//! The worker's side: reads files one after the other, structure first for
//! all, then every byte through the digests.

use std::io;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent, TextDecoder};

use super::message::{Report, Task, TaskFile, to_js};
use crate::digest::Digests;
use crate::formats::Charsets;
use crate::formats::lists::mapping::Mapping;
use crate::inspect::{self, Reading};
use crate::source::Source;

/// Bytes that are read ahead while the slice before is being hashed.
const SLICE: f64 = 4.0 * 1024.0 * 1024.0;

/// The least time between two reports of the same kind, in milliseconds.
const REPORT_EVERY: f64 = 200.0;

/// Takes tasks from now on.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        if let Ok(task) = serde_wasm_bindgen::from_value::<Task>(event.data()) {
            spawn_local(run(task));
        }
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    handler.forget();
}

fn report(report: &Report) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Ok(message) = to_js(report) {
        // The page is gone where this fails: nobody is left to tell.
        let _ = scope.post_message(&message);
    }
}

async fn run(task: Task) {
    let mut batch: Vec<(usize, Reading)> = Vec::new();
    let mut reported = js_sys::Date::now();
    let mut readable = Vec::new();
    let front = Front {
        mappings: task.mappings,
    };
    for file in &task.files {
        report(&Report::At { index: file.index });
        match read_structure(file, &front) {
            Ok(mut reading) => {
                report_parts(file.index, &mut reading);
                batch.push((file.index, reading));
                readable.push(file);
            }
            Err(error) => report(&Report::Failed {
                index: file.index,
                why: error.to_string(),
            }),
        }
        if js_sys::Date::now() - reported > REPORT_EVERY {
            report(&Report::Read {
                readings: std::mem::take(&mut batch),
            });
            reported = js_sys::Date::now();
        }
    }
    report(&Report::Read { readings: batch });
    let mut passed = Passed { bytes: 0, reported };
    for file in readable {
        report(&Report::At { index: file.index });
        match digest(&file.file, &mut passed).await {
            Ok(digests) => report(&Report::Digested {
                index: file.index,
                digests: digests.finish(),
            }),
            Err(_) => report(&Report::Failed {
                index: file.index,
                why: "读到一半读不下去了：文件可能被移走、改动，或存储设备被拔出".to_owned(),
            }),
        }
    }
    report(&Report::Done);
}

/// Sends recordings ahead as long as there are more than fit into one message.
fn report_parts(index: usize, reading: &mut Reading) {
    /// Separate spans in one message.
    const SPANS: usize = 40_000;
    let mut spans: usize = reading.recorded.iter().map(|recorded| recorded.spans.len()).sum();
    let mut left = std::mem::take(&mut reading.recorded).into_iter();
    while spans > SPANS {
        let mut sent = 0;
        let mut part = Vec::new();
        for recorded in left.by_ref() {
            sent += recorded.spans.len();
            part.push(recorded);
            if sent >= SPANS {
                break;
            }
        }
        spans = spans.saturating_sub(sent.max(1));
        report(&Report::Part { index, recorded: part });
    }
    reading.recorded = left.collect();
}

fn read_structure(file: &TaskFile, front: &Front) -> io::Result<Reading> {
    let mut source = BlobSource::new(&file.file).map_err(|_| io::Error::other("浏览器不能按片读取文件"))?;
    inspect::read(&file.path, file.modified, &mut source, front)
}

/// Bytes passed so far, and when the page was last told.
struct Passed {
    bytes: u64,
    reported: f64,
}

/// Passes a file through the digests, reading the next slice while the one
/// before is hashed: linear memory holds one slice, whatever the size.
async fn digest(file: &Blob, passed: &mut Passed) -> Result<Digests, JsValue> {
    let mut digests = Digests::new();
    let (size, mut at) = (file.size(), 0.0);
    let slice = |at: f64| -> Result<JsFuture, JsValue> {
        let slice = file.slice_with_f64_and_f64(at, (at + SLICE).min(size))?;
        Ok(JsFuture::from(slice.array_buffer()))
    };
    let mut next = Some(slice(0.0)?);
    let mut buffer = Vec::new();
    while let Some(pending) = next.take() {
        let bytes: ArrayBuffer = pending.await?.dyn_into()?;
        at += SLICE;
        if at < size {
            next = Some(slice(at)?);
        }
        let bytes = Uint8Array::new(&bytes);
        buffer.resize(bytes.length() as usize, 0);
        bytes.copy_to(&mut buffer);
        digests.update(&buffer);
        passed.bytes += buffer.len() as u64;
        let now = js_sys::Date::now();
        if now - passed.reported > REPORT_EVERY {
            passed.reported = now;
            report(&Report::Progress { bytes: passed.bytes });
        }
    }
    Ok(digests)
}

/// A browser file, read by slices.
struct BlobSource<'a> {
    blob: &'a Blob,
    reader: FileReaderSync,
}

impl<'a> BlobSource<'a> {
    fn new(blob: &'a Blob) -> Result<Self, JsValue> {
        Ok(Self {
            blob,
            reader: FileReaderSync::new()?,
        })
    }
}

impl Source for BlobSource<'_> {
    fn len(&self) -> u64 {
        self.blob.size() as u64
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let end = self.len().min(offset.saturating_add(buf.len() as u64));
        if offset >= end {
            return Ok(0);
        }
        let bytes = (self.blob.slice_with_f64_and_f64(offset as f64, end as f64))
            .and_then(|slice| self.reader.read_as_array_buffer(&slice))
            .map_err(|_| io::Error::other("文件读不出来：可能被移走、改动，或存储设备被拔出"))?;
        let bytes = Uint8Array::new(&bytes);
        let n = (bytes.length() as usize).min(buf.len());
        bytes.slice(0, n as u32).copy_to(&mut buf[..n]);
        Ok(n)
    }
}

/// The browser's own decoders, which cost the page nothing, and what its user
/// told of lists.
struct Front {
    mappings: Vec<Mapping>,
}

impl Charsets for Front {
    fn mappings(&self) -> &[Mapping] {
        &self.mappings
    }

    fn gb18030(&self, bytes: &[u8]) -> String {
        let decoded = TextDecoder::new_with_label("gb18030").and_then(|decoder| decoder.decode_with_u8_array(bytes));
        decoded.unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
    }
}
