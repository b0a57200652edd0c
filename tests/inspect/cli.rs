//! `xishi inspect` as scripts use it.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::support::Mp4;

/// A folder of its own, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("xishi-inspect-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().expect("inside")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn xishi(folder: &Folder, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xishi"))
        .arg("inspect")
        .args(args)
        .current_dir(&folder.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    // A child that refuses its arguments does not read.
    let _ = child.stdin.take().expect("piped").write_all(input);
    child.wait_with_output().expect("ends")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

const LIST: &str = "通道,开始时间,结束时间\n1,2026-10-20 00:00:00,2026-11-23 00:00:00\n";

#[test]
fn a_folder_in_order_with_relative_paths() {
    let folder = Folder::new("folder");
    folder.put("export/b.mp4", &Mp4::default().build());
    folder.put("export/a/list.csv", LIST.as_bytes());
    let output = xishi(&folder, &["export", "--on", "2026-11-23", "--json"], b"");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let told = json(&output);
    assert_eq!(told["files"][0]["path"], "a/list.csv");
    assert_eq!(told["files"][1]["path"], "b.mp4");
    assert_eq!(told["files"][1]["digests"]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(told["files"][1]["signature"]["scheme"], "none");
    assert_eq!(told["retention"]["verdict"], "kept");
    assert_eq!(told["retention"]["basis"][0], "W168:28.2");
    assert_eq!(told["integrity"]["verdict"], "sound");
    assert_eq!(
        (&told["on"], &told["required_days"]),
        (&Value::from("2026-11-23"), &Value::from(30))
    );
}

#[test]
fn two_folders_keep_their_names_apart() {
    let folder = Folder::new("two");
    folder.put("ch1/20261122080000.mp4", &Mp4::lasting(3600).build());
    folder.put("ch2/20261122080000.mp4", &Mp4::lasting(1800).build());
    let told = json(&xishi(&folder, &["ch1", "ch2", "--on", "2026-11-23", "--json"], b""));
    assert_eq!(told["files"][0]["path"], "ch1/20261122080000.mp4");
    assert_eq!(told["files"][1]["channel"], "2");
    assert_eq!(told["channels"].as_array().map(Vec::len), Some(2));
}

#[test]
fn days_dossier_and_standard_input() {
    let folder = Folder::new("options");
    folder.put(
        "dossier.json",
        br#"{"xishi": 1, "system": {"in_use_since": "2026-10-20"}}"#,
    );
    let run = |args: &[&str]| {
        let output = xishi(&folder, args, LIST.as_bytes());
        (
            output.status.code(),
            json(&output)["retention"]["verdict"].as_str().map(str::to_owned),
        )
    };
    let on = ["-", "--json", "--on", "2026-11-23"];
    assert_eq!(run(&on), (Some(0), Some("kept".into())));
    assert_eq!(
        run(&[&on[..], &["--days", "60"]].concat()),
        (Some(1), Some("short".into()))
    );
    let young = [&on[..], &["--days=60", "--dossier", "dossier.json"]].concat();
    assert_eq!(run(&young), (Some(0), Some("not-yet-assessable".into())));
}

#[test]
fn a_dossier_tells_the_columns_of_a_list() {
    let folder = Folder::new("mapping");
    folder.put(
        "dossier.json",
        br#"{"xishi": 1, "list_mappings": [{"headings": "kamera tag minuten",
            "columns": ["channel", "start", "duration"], "date_order": "dmy", "duration_unit": "minutes"}]}"#,
    );
    let mut list = "Kamera;Tag;Minuten\n".to_owned();
    for day in 1..=30 {
        list.push_str(&format!("1;{day:02}.10.2026;1440\n"));
    }
    let run = |more: &[&str]| {
        let args = [&["-", "--json", "--on", "2026-10-31"], more].concat();
        let output = xishi(&folder, &args, list.as_bytes());
        let verdict = json(&output)["retention"]["verdict"].clone();
        (output.status.code(), verdict)
    };
    assert_eq!(run(&[]), (Some(0), "unknown".into()));
    assert_eq!(run(&["--dossier", "dossier.json"]), (Some(0), "kept".into()));
    // What a person told and did not confirm is never a reason for "short".
    assert_eq!(
        run(&["--dossier", "dossier.json", "--days", "60"]),
        (Some(0), "unknown".into())
    );
}

#[test]
fn exit_status_of_damage() {
    let folder = Folder::new("damage");
    let bytes = Mp4::default().build();
    folder.put("cut.mp4", &bytes[..bytes.len() / 2]);
    let output = xishi(&folder, &["cut.mp4"], b"");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("cut.mp4") && text.contains("损坏"), "{text}");
}

#[test]
fn unusable_input_is_named_in_one_line() {
    let folder = Folder::new("unusable");
    folder.put("a.csv", LIST.as_bytes());
    folder.put("bad.json", br#"{"xishi": 1, "system": {"in_use_since": "soon"}}"#);
    for (args, named) in [
        (&["missing.mp4"][..], "missing.mp4"),
        (&[][..], "inspect"),
        (&["a.csv", "--on", "yesterday"][..], "--on"),
        (&["a.csv", "--days", "0"][..], "--days"),
        (&["a.csv", "--nonsense"][..], "--nonsense"),
        (&["a.csv", "--dossier", "bad.json"][..], "system.in_use_since"),
        (&["a.csv", "--dossier", "none.json"][..], "none.json"),
    ] {
        let output = xishi(&folder, args, b"");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let line = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(
            line.contains(named) && line.trim_end().lines().count() == 1,
            "{args:?}: {line}"
        );
        assert_eq!(output.stdout, b"", "{args:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_go_round_end() {
    let folder = Folder::new("links");
    folder.put("export/a.csv", LIST.as_bytes());
    std::os::unix::fs::symlink("..", folder.0.join("export/round")).expect("a link");
    std::os::unix::fs::symlink("nowhere", folder.0.join("export/dangling")).expect("a link");
    let output = xishi(&folder, &["export", "--on", "2026-11-23", "--json"], b"");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(json(&output)["files"].as_array().map(Vec::len), Some(1));
}

/// The manifest that is written checks out, here and with coreutils.
#[test]
fn a_manifest_to_hand_over() {
    let folder = Folder::new("manifest");
    folder.put("export/b 1.mp4", &Mp4::default().build());
    folder.put("export/a/list.csv", LIST.as_bytes());
    #[cfg(unix)]
    folder.put("export/back\\slash.mp4", &Mp4::lasting(600).build());
    let wrote = xishi(
        &folder,
        &["export", "--on", "2026-11-23", "--manifest", "export/SHA256SUMS"],
        b"",
    );
    assert_eq!(
        wrote.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&wrote.stderr)
    );
    let checked = Command::new("sha256sum")
        .args(["--check", "--strict", "SHA256SUMS"])
        .current_dir(folder.0.join("export"))
        .output();
    if let Ok(checked) = checked {
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    }
    let again = json(&xishi(&folder, &["export", "--on", "2026-11-23", "--json"], b""));
    let told = |all: &Value| {
        all["files"]
            .as_array()
            .expect("files")
            .iter()
            .any(|f| f["findings"].to_string().contains("digest-"))
    };
    assert!(!told(&again), "{again}");
    folder.put("export/a/list.csv", b"1,2026-10-20 00:00:00,2026-11-23 00:00:01\n");
    assert!(told(&json(&xishi(
        &folder,
        &["export", "--on", "2026-11-23", "--json"],
        b""
    ))));
}

#[test]
fn a_root_must_hold_certificates() {
    let folder = Folder::new("root");
    folder.put("a.mp4", &Mp4::default().build());
    folder.put("root.pem", b"not a certificate");
    let refused = xishi(&folder, &["a.mp4", "--root", "root.pem"], b"");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("root.pem"));
}
