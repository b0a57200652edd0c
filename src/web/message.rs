//! What page and worker tell each other.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::MessagePort;

use crate::digest::Algorithm;
use crate::formats::lists::mapping::Mapping;
use crate::inspect::Reading;
use crate::pass::Passed;
use crate::recording::Recorded;
use crate::signature::Stream;

/// Page to worker. Reading and passing are answered file by file, and then by
/// [`Report::Done`].
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// What bears on all that follows.
    Told(Told),
    /// Read the structures of these files, in this order.
    Read(Vec<TaskFile>),
    /// Pass the bytes of these files, in this order.
    Pass(Vec<TaskPass>),
    /// Another is free, at the other end of this port: have it help with the file
    /// that the work is on.
    Share {
        index: usize,
        #[serde(with = "serde_wasm_bindgen::preserve")]
        port: MessagePort,
    },
    /// Help the worker at the other end of this port. Answered by
    /// [`Report::Helped`].
    Help {
        #[serde(with = "serde_wasm_bindgen::preserve")]
        port: MessagePort,
    },
}

/// What the user told that bears on reading.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Told {
    /// Lists whose columns the user told.
    pub mappings: Vec<Mapping>,
    /// Certificates that the user trusts, as the files hold them.
    pub roots: Vec<Vec<u8>>,
}

/// One file to read.
#[derive(Serialize, Deserialize)]
pub struct TaskFile {
    /// The page's number for it.
    pub index: usize,
    pub path: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub file: web_sys::File,
}

impl TaskFile {
    /// The same file once more, for another worker.
    pub fn again(&self) -> Self {
        Self {
            index: self.index,
            path: self.path.clone(),
            file: self.file.clone(),
        }
    }
}

/// One file whose bytes are to pass.
#[derive(Serialize, Deserialize)]
pub struct TaskPass {
    /// The page's number for it.
    pub index: usize,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    pub file: web_sys::File,
    /// Where signatures are to be looked for.
    pub stream: Option<Stream>,
    /// Which digests are taken: all, but where a benchmark asks for one.
    pub digests: Vec<Algorithm>,
}

/// Worker to page. Tagged from outside: a tag among the fields would have all
/// of them read into a buffer first, and readings can be large.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// A part of the recordings of a file that is read; the rest, and the
    /// file itself, follow. Each is a task of the page: together they would be
    /// a long one.
    Part { index: usize, recorded: Vec<Recorded> },
    /// Structures read since the last report.
    Read { readings: Vec<(usize, Reading)> },
    /// A file's bytes have all passed.
    Passed { index: usize, passed: Box<Passed> },
    /// A file could not be read.
    Failed { index: usize, why: String },
    /// Who was helped is through with the file.
    Helped,
    /// Where in the file the work is, in bytes.
    Progress { bytes: u64 },
    /// The work is on this file now; should the worker die, it was this one.
    At { index: usize },
    /// The task is over.
    Done,
}

/// As plain objects and numbers, which every engine from Chromium 80 on takes;
/// bytes as such.
pub fn to_js<T: Serialize>(message: &T) -> Result<JsValue, serde_wasm_bindgen::Error> {
    message.serialize(&serde_wasm_bindgen::Serializer::json_compatible().serialize_bytes_as_arrays(false))
}
