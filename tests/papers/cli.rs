//! `xishi papers` and `xishi assess --check-receipt`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use xishi::papers::receipt::Receipt;

use crate::support::{ON, cafe, inspection, with};

const DOSSIER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/views/internet-cafe.json");

fn xishi(arguments: &[&str]) -> Output {
    let run = Command::new(env!("CARGO_BIN_EXE_xishi")).args(arguments).output();
    run.expect("it starts")
}

#[test]
fn all_files_are_written_and_the_same_every_time() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers-cli");
    fs::create_dir_all(&folder).expect("a folder");
    let found = folder.join("inspection.json");
    fs::write(&found, serde_json::to_string(&inspection()).expect("JSON")).expect("written");
    let write = |name: &str| {
        let out = folder.join(name);
        let (out, found) = (out.to_str().expect("UTF-8"), found.to_str().expect("UTF-8"));
        let run = xishi(&["papers", DOSSIER, "--out", out, "--on", ON, "--inspection", found]);
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let paths: Vec<String> = String::from_utf8_lossy(&run.stdout)
            .lines()
            .map(str::to_owned)
            .collect();
        paths
            .iter()
            .map(|path| fs::read(path).expect("written"))
            .collect::<Vec<_>>()
    };
    let (first, second) = (write("first"), write("second"));
    assert_eq!(first.len(), 6 + 8 + 2);
    assert!(first == second, "the same case gives the same bytes");
    assert_eq!(xishi(&["papers", DOSSIER]).status.code(), Some(2));
}

#[test]
fn a_receipt_is_checked() {
    let line = with(&cafe(), None, Receipt::of).to_string();
    let check = |on: &str, text: &str| xishi(&["assess", DOSSIER, "--on", on, "--check-receipt", text]);
    assert_eq!(check(ON, &line).status.code(), Some(0));
    let other = check("2026-11-24", &line);
    assert_eq!(other.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&other.stdout).contains("判断日期不同"));
    assert_eq!(check(ON, "XISHI:1/").status.code(), Some(2));
}
