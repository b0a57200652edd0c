//! Real files of others, held against what ffprobe says of them. They are not
//! part of the project: without them the tests say so and pass.

use std::path::Path;

use crate::support::*;
use xishi::inspect;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples");

/// Containers whose duration is read from the index.
const KINDS: &[&str] = &["mp4"];

/// ffprobe adds the first fragment's time to this one.
const ODD_DURATION: &[&str] = &["androidx_media/sample_fragmented.mp4"];

/// What is wrong with samples that have something wrong.
const SPOILT: &[(&str, &[&str])] = &[
    (
        "androidx_media/sample_malformed_free_box.mp4",
        &["index-inconsistent", "index-missing"],
    ),
    ("androidx_media/sample_mdat_too_long.mp4", &["truncated"]),
    ("androidx_media/sample_missing_stsd.mp4", &["index-inconsistent"]),
    ("go-mp4/sample_qt.mp4", &["data-missing"]),
    ("mp4ff/init_truncated.mp4", &["truncated", "index-missing"]),
];

fn table() -> Option<Vec<Vec<String>>> {
    let path = Path::new(FOLDER).join("GROUNDTRUTH.tsv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("left out: no samples at {}", path.display());
        return None;
    };
    let rows = text.lines().skip(1).map(|l| l.split('\t').map(str::to_owned).collect());
    Some(rows.collect())
}

#[test]
fn agree_with_ffprobe() {
    for row in table().unwrap_or_default() {
        let (path, duration, streams) = (&row[0], row[4].parse::<f64>(), &row[5]);
        let bytes = std::fs::read(Path::new(FOLDER).join(path)).expect("listed");
        let mut source = Counting::new(bytes.as_slice());
        let reading = inspect::read(path, None, &mut source, &Native).expect("no failure");
        assert!(
            source.bytes <= (4 << 20).max(reading.size / 100),
            "{path}: {} bytes",
            source.bytes
        );
        let file = file(path, &bytes);
        let found: Vec<&str> = file
            .findings
            .iter()
            .filter(|f| f.severity != "info")
            .map(|f| f.code.as_str())
            .collect();
        let expected = SPOILT
            .iter()
            .find(|(p, _)| p == path)
            .map_or(&[][..], |(_, codes)| *codes);
        if !KINDS.contains(&file.kind.as_str()) {
            continue;
        }
        assert_eq!(found, expected, "{path}");
        assert_eq!(file.verdict == "sound", expected.is_empty(), "{path}");
        let Some(actual) = file.duration_seconds else { continue };
        if let Ok(duration) = duration
            && !ODD_DURATION.contains(&path.as_str())
        {
            assert!(
                (actual - duration).abs() < 0.1,
                "{path}: {actual} s, ffprobe {duration} s"
            );
        }
        let codec = streams.split(['/', ',']).next();
        assert_eq!(file.codec.as_deref(), codec.filter(|c| !c.is_empty()), "{path}");
    }
}

/// Every sample cut at 100 places and with 2000 bytes changed one by one: an
/// answer, in bounded reads, without panic.
#[test]
fn survive_cuts_and_changes() {
    let rows = table().unwrap_or_default();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        while let Some(row) = rows.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let bytes = std::fs::read(Path::new(FOLDER).join(&row[0])).expect("listed");
            survives(&row[0], &bytes);
        }
    };
    std::thread::scope(|scope| {
        for thread in [scope.spawn(work), scope.spawn(work)] {
            thread.join().expect("all survive");
        }
    });
}

fn survives(path: &str, bytes: &[u8]) {
    let bounded = |bytes: &[u8], what: &dyn std::fmt::Display| {
        let mut source = Counting::new(bytes);
        inspect::read(path, None, &mut source, &Native).expect("no failure");
        let limit = 8 * bytes.len() as u64 + (4 << 20);
        let read = source.bytes;
        assert!(read <= limit, "{path}, {what}: {read} bytes read of {}", bytes.len());
        assert!(source.reads <= 20_000, "{path}, {what}: {} reads", source.reads);
    };
    for n in 0..100 {
        let cut = bytes.len() * n / 100;
        bounded(&bytes[..cut], &format_args!("cut at {cut}"));
    }
    let mut changed = bytes.to_vec();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for n in 0..2000 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // Half of them where the structure is.
        let span = if n % 2 == 0 { bytes.len() } else { bytes.len().min(2000) };
        let at = (random >> 33) as usize % span;
        let old = std::mem::replace(&mut changed[at], (random >> 20) as u8);
        bounded(&changed, &format_args!("byte {at} changed"));
        changed[at] = old;
    }
}
