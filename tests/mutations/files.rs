//! The samples, and reading them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::NaiveDate;
use xishi::formats::Charsets;
use xishi::inspect::{self, Options, Reading};
use xishi::pass::Pass;
use xishi::signature::Roots;
use xishi::wire::{FileDoc, Inspection};

use crate::tools::{self, ffmpeg};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples");

/// Extensions of recordings.
const RECORDINGS: &[&str] = &["mp4", "mkv", "avi", "flv", "ps", "ts", "264", "265", "dav"];

/// A sample on disk.
pub struct Sample {
    /// Below the samples' folder, with `/`.
    pub name: String,
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

impl Sample {
    pub fn extension(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or_default()
    }
}

/// Kinds that recorders write and that no sample is of: ffmpeg puts the
/// pictures of a sample into them, by this filter of its.
const MADE: &[(&str, &str, &str)] = &[
    ("androidx_media/sample.mp4", "h264.264", "h264_mp4toannexb"),
    ("androidx_media/sample.mp4", "h264.avi", "h264_mp4toannexb"),
    ("androidx_media/sample.mp4", "h264.ps", "h264_mp4toannexb"),
    ("androidx_media/h265_bframes.mp4", "h265.265", "hevc_mp4toannexb"),
    ("androidx_media/h265_bframes.mp4", "h265.mkv", "null"),
];

/// The files of [`MADE`], made once; none where there is no ffmpeg.
fn made(samples: &Path) -> &'static [(String, PathBuf)] {
    static FILES: OnceLock<Vec<(String, PathBuf)>> = OnceLock::new();
    FILES.get_or_init(|| {
        if !tools::at_hand() {
            return Vec::new();
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("made");
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = |(from, name, filter): &(&str, &str, &str)| {
            let (from, path) = (samples.join(from), folder.join(name));
            let copy = ["-i", from.to_str()?, "-map", "0:v", "-c", "copy", "-bsf:v", filter];
            std::fs::write(&path, ffmpeg(&copy, name.rsplit('.').next()?)?).ok()?;
            Some((format!("made/{name}"), path))
        };
        MADE.iter().map(|made| file(made).expect("ffmpeg writes it")).collect()
    })
}

/// All recordings among the samples, and those [`made`] of them, by name;
/// none, with a word, where the samples are not at hand.
pub fn samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    let root = PathBuf::from(FOLDER);
    let Ok(folders) = std::fs::read_dir(&root) else {
        eprintln!("left out: no samples at {FOLDER}");
        return samples;
    };
    for folder in folders.flatten() {
        for file in std::fs::read_dir(folder.path()).into_iter().flatten().flatten() {
            let path = file.path();
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
            if RECORDINGS.contains(&extension) {
                let name = path.strip_prefix(&root).expect("below").to_string_lossy().into_owned();
                let bytes = std::fs::read(&path).expect("a sample");
                samples.push(Sample { name, path, bytes });
            }
        }
    }
    samples.extend(made(&root).iter().map(|(name, path)| {
        let bytes = std::fs::read(path).expect("just made");
        let (name, path) = (name.clone(), path.clone());
        Sample { name, path, bytes }
    }));
    samples.sort_by(|a, b| a.name.cmp(&b.name));
    samples
}

pub struct Native;

impl Charsets for Native {
    fn gb18030(&self, bytes: &[u8]) -> String {
        encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()
    }
}

/// Structure, digests and signatures of a file, as the kit reads it.
pub fn read(path: &str, bytes: &[u8]) -> Reading {
    let mut source = bytes;
    let mut reading = inspect::read(path, None, &mut source, &Native).expect("a slice does not fail");
    let mut pass = Pass::new(&reading, &Roots::default());
    pass.update(bytes, &mut source).expect("a slice does not fail");
    pass.finish().complete(&mut reading);
    reading
}

/// All that was read, judged together.
pub fn conclude(readings: &[Reading]) -> Inspection {
    inspect::conclude(
        readings,
        &Options::new(NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")),
    )
}

/// One file alone.
pub fn file(path: &str, bytes: &[u8]) -> FileDoc {
    conclude(&[read(path, bytes)]).files.remove(0)
}

/// The codec of a sample's pictures.
pub fn codec(sample: &Sample) -> Option<String> {
    file(&sample.name, &sample.bytes).codec
}

/// Codes of the findings that are more than notes, each once, and those of
/// notes about where a file comes from.
pub fn codes(file: &FileDoc) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for finding in &file.findings {
        let told = finding.severity != "info" || matches!(finding.code.as_str(), "re-encoded" | "edited");
        if told && !codes.contains(&finding.code) {
            codes.push(finding.code.clone());
        }
    }
    codes.sort();
    codes
}
