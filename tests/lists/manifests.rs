//! Digest manifests, both ways.

use xishi::digest::Digests;
use xishi::inspect::{self, Options, Reading};

use crate::support::*;

fn with_digest(path: &str, bytes: &[u8]) -> Reading {
    let mut reading = read(path, bytes);
    let mut digests = Digests::new();
    digests.update(bytes);
    reading.digests = digests.finish();
    reading
}

const A: &[u8] = b"1,2026-10-20 00:00:00,2026-11-10 00:00:00\n";
const B: &[u8] = b"1,2026-11-10 00:00:00,2026-11-23 00:00:00\n";

fn findings(manifest: &str, name: &str) -> Vec<(String, Vec<String>)> {
    let readings = [
        with_digest("out/a.csv", A),
        with_digest("out/sub/b.csv", B),
        with_digest(name, manifest.as_bytes()),
    ];
    let all = inspect::conclude(&readings, &Options::new(day("2026-11-23")));
    let files = all.files.iter().map(|f| {
        let codes = f.findings.iter().map(|f| f.code.clone()).collect();
        (f.path.clone(), codes)
    });
    files.collect()
}

#[test]
fn all_forms_both_ways() {
    let digest = |bytes: &[u8]| with_digest("x", bytes).digests.sha256.unwrap();
    let (a, b) = (digest(A), digest(B));
    let codes = |manifest: &str| {
        let all = findings(manifest, "out/manifest.txt");
        all.into_iter().map(|(_, codes)| codes.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(codes(&format!("{a}  a.csv\n{b} *sub/b.csv\n")), ["", "", ""]);
    assert_eq!(
        codes(&format!("SHA256 (./a.csv) = {a}\r\nSHA256 (sub\\b.csv) = {b}\r\n")),
        ["", "", ""]
    );
    assert_eq!(
        codes(&format!(
            "序号,文件名,SHA256\n1,a.csv,{a}\n2,sub/b.csv,{}\n",
            b.to_uppercase()
        )),
        ["", "", ""]
    );
    assert_eq!(
        codes(&format!("{b}  a.csv\n{b}  sub/b.csv\n")),
        ["digest-mismatch", "", ""]
    );
    assert_eq!(codes(&format!("{a}  a.csv\n")), ["", "digest-not-listed", ""]);
    assert_eq!(
        codes(&format!("{a}  a.csv\n{b}  sub/b.csv\n{b}  gone.mp4\n")),
        ["", "", "digest-missing-file"]
    );
    let md5 = "0".repeat(32);
    assert_eq!(
        codes(&format!("{md5}  a.csv\n{md5}  sub/b.csv\n")),
        ["", "", "not-checked"]
    );
    assert_eq!(
        codes(&format!("MD5 (gone.mp4) = {md5}\n{md5}  a.csv\n")),
        ["", "digest-not-listed", "not-checked digest-missing-file"]
    );
}
