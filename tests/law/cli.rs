//! The command line's answers on the law: receipts, comparisons, why, coverage.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};

/// Runs the command line; its exit status and what it printed.
fn xishi(args: &[&str]) -> (i32, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_xishi")).args(args).output().unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    (out.status.code().unwrap(), text)
}

fn parsed(args: &[&str]) -> Value {
    serde_json::from_str(&xishi(args).1).unwrap()
}

/// Saves a text under a name of its own.
fn saved(name: &str, text: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("xishi-law-{}-{name}", std::process::id()));
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn the_same_dossier_and_day_have_the_same_receipt() {
    let value = json!({"xishi": 1, "site": {"place": "bank"}, "system": {"built": true}});
    // Laid out in two ways, it is one dossier.
    let one = saved("one.json", &value.to_string());
    let two = saved("two.json", &serde_json::to_string_pretty(&value).unwrap());
    let receipt =
        |path: &PathBuf, on| parsed(&["assess", path.to_str().unwrap(), "--on", on, "--json"])["receipt"].clone();
    let first = receipt(&one, "2026-11-23");
    assert_eq!(first, receipt(&two, "2026-11-23"));
    for key in ["law_sha256", "rulebook_sha256", "dossier_sha256"] {
        assert_eq!(first[key].as_str().unwrap().len(), 64, "{key}");
    }
    let later = receipt(&one, "2026-11-24");
    assert_ne!(first, later);
    assert_eq!(first["dossier_sha256"], later["dossier_sha256"]);
    fs::remove_file(one).unwrap();
    fs::remove_file(two).unwrap();
}

#[test]
fn two_days_and_two_dossiers_are_compared() {
    let dossier = |answer: &str| {
        json!({"xishi": 1, "site": {"place": "internet-cafe"},
            "system": {"built": true, "in_use_since": "2020-01-05"}, "answers": {"filed": answer}})
        .to_string()
    };
    let (bad, good) = (
        saved("bad.json", &dossier("breached")),
        saved("good.json", &dossier("met")),
    );
    let (bad_path, good_path) = (bad.to_str().unwrap(), good.to_str().unwrap());
    let days = parsed(&[
        "assess",
        bad_path,
        "--on",
        "2025-06-30",
        "--compare-on",
        "2025-07-01",
        "--json",
    ]);
    assert_eq!(days["obligations"][0]["id"], "filed");
    assert_eq!(days["obligations"][0]["before"], "due");
    assert_eq!(days["obligations"][0]["after"], "breached");
    let (status, text) = xishi(&["assess", bad_path, "--on", "2026-11-23", "--compare", good_path]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("没做到") && text.contains("已做到"), "{text}");
    let (status, _) = xishi(&["assess", good_path, "--on", "2026-11-23", "--compare", bad_path]);
    assert_eq!(status, 1);
    fs::remove_file(bad).unwrap();
    fs::remove_file(good).unwrap();
}

#[test]
fn why_quotes_the_deciding_words_and_says_what_would_change() {
    let dossier = json!({"xishi": 1, "site": {"place": "bank"}, "system": {"built": true, "retention_days": 7}});
    let path = saved("why.json", &dossier.to_string());
    let name = path.to_str().unwrap();
    let (status, text) = xishi(&["assess", name, "--on", "2026-11-23", "--why", "retained"]);
    assert_eq!(status, 1);
    assert!(
        text.contains("【公共安全视频图像信息系统的信息资料应当至少留存30日"),
        "{text}"
    );
    assert!(text.contains("“30天”，这一项就是“已做到”"), "{text}");
    let found = parsed(&["assess", name, "--on", "2026-11-23", "--why", "retained", "--json"]);
    assert_eq!(
        found["changes"][0]["set"],
        json!([{"path": "system.retention_days", "value": 30}])
    );
    assert_eq!(found["changes"][0]["status"], "met");
    assert_eq!(xishi(&["assess", name, "--why", "no-such-duty"]).0, 2);
    fs::remove_file(path).unwrap();
}

#[test]
fn coverage_and_rulebook_are_printed() {
    let (status, text) = xishi(&["law", "--coverage"]);
    assert_eq!(status, 0);
    for line in [
        "W168:1  第一条  不判断",
        "W168:8.1.10  第八条第一款第（十）项  问",
        "R799:29  第二十九条  罚则",
    ] {
        assert!(text.contains(line), "{line}");
    }
    assert!(xishi(&["law", "--rulebook"]).1.contains("\ndays filing 30\n"));
}
