//! The worker's side: does one task after the other. It reads structures, or
//! passes every byte for digests and signatures.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent, MessagePort, TextDecoder};

use super::code::Picture;
use super::files;
use super::help::{self, Helper};
use super::link::Turn;
use super::message::{Report, Task, TaskFile, TaskPass, to_js};
use super::pieces::Pieces;
use super::simd;
use crate::digest::Digests;
use crate::formats::Charsets;
use crate::formats::lists::mapping::Mapping;
use crate::inspect::{self, Reading};
use crate::papers::scan;
use crate::pass::{Pass, Passed};
use crate::signature::Roots;
use crate::source::{Onward, Source};
use crate::words::lang::t;

/// The least time between two reports of the same kind, in milliseconds.
const REPORT_EVERY: f64 = 200.0;

/// The longest that a message waits while bytes pass and nobody helps, in
/// milliseconds.
const LISTEN_EVERY: f64 = 50.0;

/// Who offers help with the file whose bytes pass.
#[derive(Default)]
struct Offers {
    /// The page's number for it.
    file: Option<usize>,
    ports: Vec<MessagePort>,
}

/// What the user told, as it is used.
#[derive(Clone, Default)]
struct Knowledge {
    front: Rc<Front>,
    roots: Roots,
}

/// Takes tasks from now on. The page sends one when the last is over.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mut known = Knowledge::default();
    let offers = Rc::<RefCell<Offers>>::default();
    // A worker that cannot listen is none: the page hears of it.
    let turn = Rc::new(Turn::new().unwrap_throw());
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(task) = serde_wasm_bindgen::from_value::<Task>(event.data()) {
            match task {
                Task::Told(told) => {
                    known = Knowledge {
                        roots: Roots::of(told.roots.iter().map(Vec::as_slice)),
                        front: Rc::new(Front {
                            mappings: told.mappings,
                        }),
                    }
                }
                Task::Read(files) => read(&files, &known.front),
                Task::Pass(files) => spawn_local(pass_all(files, known.roots.clone(), offers.clone(), turn.clone())),
                Task::Share { index, port } if offers.borrow().file == Some(index) => {
                    offers.borrow_mut().ports.push(port)
                }
                Task::Share { port, .. } => help::refuse(&port),
                Task::Help { port } => spawn_local(async {
                    // The page hears of it as of any other failure in here.
                    help::help(port).await.unwrap_throw();
                    report(&Report::Helped);
                }),
            }
        } else if let Ok(picture) = serde_wasm_bindgen::from_value::<Picture>(event.data()) {
            let code = scan::code(picture.width, &picture.luma.to_vec());
            let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
            // The page is gone where this fails: nobody is left to tell.
            let _ = scope.post_message(&code.map_or(JsValue::NULL, JsValue::from));
        }
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    handler.forget();
    simd::start();
    // Whatever comes of it is not asked for.
    let _ = warm_up();
}

/// Reads two seconds of empty pictures, and says so to itself as it would to the
/// page, which shares what is compiled. Browsers compile code and connect to
/// files when that is first asked for, and workers are started before files
/// come: what takes longer than the first file's reading is over by then.
fn warm_up() -> Result<(), JsValue> {
    const RECORDING: &[u8] = include_bytes!("warm.mp4");
    let bytes = js_sys::Array::of1(&Uint8Array::from(RECORDING));
    let task = Task::Read(vec![TaskFile {
        index: 0,
        path: String::new(),
        file: File::new_with_u8_array_sequence(&bytes, "")?,
    }]);
    if let Task::Read(files) = serde_wasm_bindgen::from_value(to_js(&task)?)? {
        let read = |file: &TaskFile| Some((file.index, read_structure(file, &Front::default()).ok()?));
        let readings = files.iter().filter_map(read).collect();
        let report = to_js(&Report::Read { readings })?;
        drop(serde_wasm_bindgen::from_value::<Report>(report)?);
    }
    Ok(())
}

fn report(report: &Report) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Ok(message) = to_js(report) {
        // The page is gone where this fails: nobody is left to tell.
        let _ = scope.post_message(&message);
    }
}

fn read(files: &[TaskFile], front: &Front) {
    let mut readings: Vec<(usize, Reading)> = Vec::new();
    let mut reported = js_sys::Date::now();
    for file in files {
        report(&Report::At { index: file.index });
        match read_structure(file, front) {
            Ok(mut reading) => {
                report_parts(file.index, &mut reading);
                readings.push((file.index, reading));
            }
            Err(error) => report(&Report::Failed {
                index: file.index,
                why: error.to_string(),
            }),
        }
        if js_sys::Date::now() - reported > REPORT_EVERY {
            report(&Report::Read {
                readings: std::mem::take(&mut readings),
            });
            reported = js_sys::Date::now();
        }
    }
    report(&Report::Read { readings });
    report(&Report::Done);
}

async fn pass_all(files: Vec<TaskPass>, roots: Roots, offers: Rc<RefCell<Offers>>, turn: Rc<Turn>) {
    let mut reported = js_sys::Date::now();
    for file in files {
        let index = file.index;
        report(&Report::At { index });
        offers.borrow_mut().file = Some(index);
        let passed = pass(&file, &roots, &offers, &turn, &mut reported).await;
        offers.take().ports.iter().for_each(help::refuse);
        match passed {
            Ok(found) => report(&Report::Passed {
                index,
                passed: Box::new(found),
            }),
            Err(_) => report(&Report::Failed {
                index,
                why: t!("读到一半读不下去了：文件可能被移走、改动，或存储设备被拔出").to_owned(),
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
    let source = BlobSource::new(&file.file).map_err(|_| io::Error::other(t!("浏览器不能按片读取文件")))?;
    let mut source = Onward::new(source);
    // Browsers ask the disk for it, and wait: here, where nobody else does.
    inspect::read(&file.path, files::modified(&file.file), &mut source, front)
}

/// Passes every byte of a file. `reported` is when the page was last told of
/// progress.
async fn pass(
    task: &TaskPass,
    roots: &Roots,
    offers: &RefCell<Offers>,
    turn: &Turn,
    reported: &mut f64,
) -> Result<Passed, JsValue> {
    let mut pass = Pass::of(Digests::of(&task.digests), task.stream.as_ref(), roots);
    let mut source = BlobSource::new(&task.file)?;
    let mut pieces = Pieces::of(&task.file)?;
    let mut helpers: Vec<Helper> = Vec::new();
    let (mut passed, mut listened) = (0, js_sys::Date::now());
    while let Some(bytes) = pieces.next().await? {
        for helper in &mut helpers {
            helper.send(bytes, &mut pass.digests).await?;
        }
        pass.update(bytes, &mut source)
            .map_err(|error| JsValue::from(error.to_string()))?;
        passed += bytes.len() as u64;
        let now = js_sys::Date::now();
        if now - *reported > REPORT_EVERY {
            *reported = now;
            report(&Report::Progress { bytes: passed });
        }
        if !helpers.is_empty() || now - listened > LISTEN_EVERY {
            listened = now;
            turn.over().await?;
        }
        for port in std::mem::take(&mut offers.borrow_mut().ports) {
            helpers.push(Helper::join(port, &mut pass.digests)?);
        }
        for helper in &mut helpers {
            helper.balance(&mut pass.digests)?;
        }
    }
    for helper in helpers {
        helper.leave(&mut pass.digests).await?;
    }
    Ok(pass.finish())
}

fn gone() -> io::Error {
    io::Error::other(t!("文件读不出来：可能被移走、改动，或存储设备被拔出"))
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
            .map_err(|_| gone())?;
        let bytes = Uint8Array::new(&bytes);
        let n = (bytes.length() as usize).min(buf.len());
        bytes.subarray(0, n as u32).copy_to(&mut buf[..n]);
        Ok(n)
    }

    /// Each synchronous read waits for the browser's other process; a blob
    /// made of all pieces waits once.
    fn read_pieces(&mut self, pieces: &[(u64, u32)]) -> io::Result<Vec<Vec<u8>>> {
        let len = self.len();
        let rest = |offset: u64, want: u32| len.saturating_sub(offset).min(want.into()) as usize;
        let slices = pieces.iter().map(|&(offset, want)| {
            let end = offset.saturating_add(rest(offset, want) as u64);
            self.blob.slice_with_f64_and_f64(offset as f64, end as f64)
        });
        let all = (slices.collect::<Result<js_sys::Array, _>>())
            .and_then(|slices| Blob::new_with_blob_sequence(&slices))
            .and_then(|whole| self.reader.read_as_array_buffer(&whole))
            .map_err(|_| gone())?;
        let all = Uint8Array::new(&all).to_vec();
        let mut left = all.as_slice();
        let mut take = |&(offset, want): &(u64, u32)| {
            let (piece, after) = left.split_at(rest(offset, want).min(left.len()));
            left = after;
            piece.to_vec()
        };
        Ok(pieces.iter().map(&mut take).collect())
    }
}

/// The browser's own decoders, which cost the page nothing, and what its user
/// told of lists.
#[derive(Default)]
pub(super) struct Front {
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
