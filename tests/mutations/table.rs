//! The table: what is found of each sample, changed in each way, held against
//! `docs/detectable.md`. `XISHI_UPDATE=1` writes the document anew; what it
//! then says is for a person to judge.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::files::{Sample, codec, codes, conclude, file, read, samples};
use crate::mutate::{Way, mutate};
use crate::tools::{self, Temporary};

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/detectable.md");

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    /// Codes found.
    Found(Vec<String>),
    /// Nothing is found, and nothing says that all is well.
    Undetectable,
    /// Cannot be made of this sample.
    None,
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Self::Found(codes) => codes.join(" "),
            Self::Undetectable => "–".to_owned(),
            Self::None => String::new(),
        }
    }
}

/// A name of the day, such as recorders give.
fn named(sample: &Sample, day: u32) -> String {
    format!("ch01_202601{day:02}080000.{}", sample.extension())
}

fn cell(way: Way, sample: &Sample, other: Option<&Sample>) -> Cell {
    let Some(bytes) = mutate(way, sample, other) else {
        return Cell::None;
    };
    let (before, after) = if way.beside() {
        let readings = [(30, &sample.bytes), (31, &bytes)].map(|(day, bytes)| read(&named(sample, day), bytes));
        let mut files = conclude(&readings).files;
        let after = files.remove(1);
        (files.remove(0), after)
    } else {
        (file(&sample.name, &sample.bytes), file(&sample.name, &bytes))
    };
    let known = codes(&before);
    // What ffmpeg writes is its own, whoever wrote the file before.
    let new = |code: &String| !known.contains(code) || (way.rewrites() && code == "re-encoded");
    let found: Vec<String> = codes(&after).into_iter().filter(new).collect();
    if found.is_empty() {
        assert_ne!(
            after.signature.verdict, "valid",
            "{}: {way:?} passes as signed",
            sample.name
        );
        return Cell::Undetectable;
    }
    Cell::Found(found)
}

#[test]
fn each_sample_changed_in_each_way() {
    let samples = samples();
    if samples.is_empty() || !tools::at_hand() {
        return;
    }
    let whole: Vec<&Sample> = samples
        .iter()
        .filter(|s| file(&s.name, &s.bytes).verdict == "sound")
        .collect();
    let jobs: Vec<(usize, Way)> = (0..whole.len()).flat_map(|n| Way::ALL.map(|way| (n, way))).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let cells: BTreeMap<(usize, Way), Cell> = std::thread::scope(|scope| {
        let work = || {
            let mut done = Vec::new();
            while let Some((n, way)) = jobs
                .get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                .copied()
            {
                let sample = whole[n];
                let kind = |s: &&&Sample| s.extension() == sample.extension() && codec(s) == codec(sample);
                let same = |s: &&&Sample| s.bytes != sample.bytes;
                let other = whole
                    .iter()
                    .cycle()
                    .skip(n + 1)
                    .take(whole.len())
                    .filter(kind)
                    .find(same);
                // Of some kinds there is one only.
                let lacks = other.is_none() && matches!(way, Way::Appended | Way::Spliced);
                let made = lacks.then(|| re_encoded(sample)).flatten();
                let other = other.copied().or(made.as_ref().map(|(made, _)| made));
                done.push(((n, way), cell(way, sample, other)));
            }
            done
        };
        let threads = [scope.spawn(work), scope.spawn(work)];
        threads.into_iter().flat_map(|t| t.join().expect("a table")).collect()
    });
    let document = document(&samples, &whole, &cells);
    if std::env::var_os("XISHI_UPDATE").is_some() {
        std::fs::write(DOCUMENT, &document).expect("written");
    }
    let expected = std::fs::read_to_string(DOCUMENT).unwrap_or_default();
    for (line, (was, is)) in expected.lines().zip(document.lines()).enumerate() {
        assert_eq!(was, is, "docs/detectable.md, line {}", line + 1);
    }
    assert_eq!(expected.lines().count(), document.lines().count());
}

/// Another file of the kind of this one.
fn re_encoded(sample: &Sample) -> Option<(Sample, Temporary)> {
    let bytes = mutate(Way::ReEncoded, sample, None)?;
    let folder = Temporary::new(&format!("other.{}", sample.extension()));
    std::fs::write(&folder.path, &bytes).ok()?;
    let (name, path) = (sample.name.clone(), folder.path.clone());
    let made = Sample { name, path, bytes };
    (codec(&made) == codec(sample)).then_some((made, folder))
}

fn document(samples: &[Sample], whole: &[&Sample], cells: &BTreeMap<(usize, Way), Cell>) -> String {
    let mut text = String::from(HEAD);
    for way in Way::ALL {
        let _ = writeln!(text, "- **{}**: {}.", way.name(), way.what());
    }
    for way in Way::ALL {
        let _ = writeln!(text, "\n## {}\n\n| sample | found |\n|---|---|", capital(way.name()));
        let mut silent = Vec::new();
        for (n, sample) in whole.iter().enumerate() {
            match cells.get(&(n, way)) {
                Some(Cell::Undetectable) => silent.push(sample.name.as_str()),
                Some(cell @ Cell::Found(_)) => {
                    let _ = writeln!(text, "| {} | {} |", sample.name, cell.text());
                }
                _ => {}
            }
        }
        if !silent.is_empty() {
            let _ = writeln!(
                text,
                "\nNot detectable without a manifest or a signature: {}.",
                silent.join(", ")
            );
        }
    }
    text.push_str("\n## Untouched\n\n| sample | verdict | findings |\n|---|---|---|\n");
    for sample in samples {
        let file = file(&sample.name, &sample.bytes);
        let findings: Vec<String> = file
            .findings
            .iter()
            .map(|f| format!("{} ({})", f.code, f.severity))
            .collect();
        let _ = writeln!(text, "| {} | {} | {} |", sample.name, file.verdict, findings.join(", "));
    }
    text
}

fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}

const HEAD: &str = "\
# What can be detected

Every sample, changed in each of these ways, and the findings that the change adds: codes as in the documents, \
notes about the origin of a file (`re-encoded`, `edited`) among them. `tests/mutations` makes this page and holds \
the kit to it. A way and a sample that are not listed do not go together.

";
