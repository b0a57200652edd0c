//! One target for each reader: any bytes, read as that format whatever the
//! probes would say of them. Used by the fuzzer's targets and by the tests,
//! which drive the same function with a mutator of their own.

use std::io;

use xishi::formats::archive::{self, Budget};
use xishi::formats::{
    self, Charsets, Format, HEAD, Head, Job, annex_b, avi, dhav, flv, hik_index, hik4hkh, hxvs, iso_bmff, lists,
    manifest, matroska, mpeg_ps, mpeg_ts, unread, xiongmai,
};
use xishi::recording::ProblemKind;
use xishi::source::Source;

/// A reader, its target's name, and a file name of the kind.
pub struct Reader {
    pub name: &'static str,
    pub format: &'static Format,
    pub file: &'static str,
}

const fn reader(name: &'static str, format: &'static Format, file: &'static str) -> Reader {
    Reader { name, format, file }
}

/// All of them.
pub static READERS: &[Reader] = &[
    reader("iso_bmff", &iso_bmff::FORMAT, "a.mp4"),
    reader("manifest", &manifest::FORMAT, "a.sha256"),
    reader("hikvision_ps", &mpeg_ps::HIKVISION, "a.mp4"),
    reader("mpeg_ps", &mpeg_ps::FORMAT, "a.ps"),
    reader("hik4hkh", &hik4hkh::FORMAT, "a.264"),
    reader("hik_index", &hik_index::FORMAT, "index00.bin"),
    reader("dhav", &dhav::FORMAT, "a.dav"),
    reader("xiongmai", &xiongmai::FORMAT, "a.h264"),
    reader("hxvs", &hxvs::FORMAT, "a.264"),
    reader("mpeg_ts", &mpeg_ts::FORMAT, "a.ts"),
    reader("avi", &avi::FORMAT, "a.avi"),
    reader("matroska", &matroska::FORMAT, "a.mkv"),
    reader("flv", &flv::FORMAT, "a.flv"),
    reader("h264", &annex_b::H264, "a.h264"),
    reader("h265", &annex_b::H265, "a.h265"),
    reader("h264_prefixed", &annex_b::PREFIXED, "a.264"),
    reader("isapi", &lists::isapi::FORMAT, "a.xml"),
    reader("gb28181", &lists::gb28181::FORMAT, "a.xml"),
    reader("onvif", &lists::onvif::FORMAT, "a.xml"),
    reader("dahua_text", &lists::dahua::TEXT, "a.txt"),
    reader("dahua_rpc2", &lists::dahua::RPC2, "a.json"),
    reader("xiongmai_list", &lists::xiongmai::FORMAT, "a.json"),
    reader("gat1400", &lists::gat1400::FORMAT, "a.json"),
    reader("platform", &lists::platform::FORMAT, "a.json"),
    reader("zip", &archive::ZIP, "a.zip"),
    reader("tar", &archive::TAR, "a.tar"),
    reader("gzip", &archive::GZIP, "a.csv.gz"),
    reader("log", &lists::log::FORMAT, "a.csv"),
    reader("cameras", &lists::cameras::FORMAT, "a.csv"),
    reader("delimited", &lists::delimited::FORMAT, "a.csv"),
    reader("unread", &unread::FORMAT, "a.bin"),
];

/// The reader of that name.
///
/// # Panics
/// There is none.
pub fn named(name: &str) -> &'static Reader {
    READERS.iter().find(|r| r.name == name).expect("a reader")
}

/// Reads any bytes with one reader.
///
/// # Panics
/// The reader did, or failed on bytes that were all there, or read without
/// bound, or told of a place behind the end of the file.
pub fn read(reader: &Reader, bytes: &[u8]) {
    let mut source = Counted { bytes, read: 0 };
    let job = &mut Job {
        source: &mut source,
        head: Head {
            bytes: bytes.get(..HEAD).unwrap_or(bytes),
            size: bytes.len() as u64,
            path: reader.file,
        },
        charsets: &Lossy,
        budget: &mut Budget::default(),
    };
    let contents = (reader.format.read)(job).expect("memory does not fail");
    let bound = 8 * bytes.len() as u64 + (4 << 20);
    assert!(
        source.read <= bound,
        "{}: {} bytes read of {}",
        reader.name,
        source.read,
        bytes.len()
    );
    assert!(contents.problems.len() <= formats::MAX_PROBLEMS + 1);
    for problem in &contents.problems {
        // What is missing is told where it should be.
        let beyond = matches!(
            problem.kind,
            ProblemKind::DataMissing { .. } | ProblemKind::IndexInconsistent(_)
        );
        let inside = beyond || problem.offset.is_none_or(|at| at <= bytes.len() as u64);
        assert!(inside, "{}: {problem:?} of {} bytes", reader.name, bytes.len());
        let document = serde_json::to_value(problem).expect("a document");
        assert!(whole(&document), "{}: {problem:?}", reader.name);
    }
}

/// Whether JavaScript keeps all numbers whole.
fn whole(document: &serde_json::Value) -> bool {
    match document {
        serde_json::Value::Number(n) => n.as_i64().is_some_and(|n| n.unsigned_abs() < 1 << 53),
        serde_json::Value::Array(all) => all.iter().all(whole),
        serde_json::Value::Object(all) => all.values().all(whole),
        _ => true,
    }
}

/// Bytes, and how many of them were read.
struct Counted<'a> {
    bytes: &'a [u8],
    read: u64,
}

impl Source for Counted<'_> {
    fn len(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_at(&mut self, offset: u64, buf: &mut [u8]) -> io::Result<usize> {
        let got = (&mut &*self.bytes).read_at(offset, buf)?;
        self.read += got as u64;
        Ok(got)
    }
}

/// Texts as UTF-8, whatever they are.
pub struct Lossy;

impl Charsets for Lossy {
    fn gb18030(&self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }
}
