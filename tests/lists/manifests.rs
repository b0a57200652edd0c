//! Digest manifests, both ways.

use xishi::digest::{Algorithm, Digests};
use xishi::evidence;
use xishi::inspect::{self, Options, Reading};
use xishi::wire::DigestsDoc;

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
    findings_of(manifest.as_bytes(), name)
}

fn findings_of(manifest: &[u8], name: &str) -> Vec<(String, Vec<String>)> {
    let readings = [
        with_digest("out/a.csv", A),
        with_digest("out/sub/b.csv", B),
        with_digest(name, manifest),
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
    let other = "0".repeat(128);
    assert_eq!(
        codes(&format!("{other}  a.csv\n{other}  sub/b.csv\n")),
        ["", "", "not-checked"]
    );
    assert_eq!(
        codes(&format!("SHA512 (gone.mp4) = {other}\n{other}  a.csv\n")),
        ["", "digest-not-listed", "not-checked digest-missing-file"]
    );
}

#[test]
fn every_digest_is_held_against_the_file() {
    let codes = |manifest: &str, name: &str| {
        let all = findings(manifest, name);
        all.into_iter().map(|(_, codes)| codes.join(" ")).collect::<Vec<_>>()
    };
    let (a, b) = (with_digest("a", A).digests, with_digest("b", B).digests);
    for algorithm in Algorithm::ALL {
        let of = |digests: &DigestsDoc| digests.get(*algorithm).unwrap().to_owned();
        let (a, b, tag) = (of(&a), of(&b), algorithm.label());
        for right in [
            format!("{a}  a.csv\n{b}  sub/b.csv\n"),
            format!("{tag} (a.csv) = {a}\n{tag} (sub/b.csv) = {b}\n"),
            format!("文件名,{tag}\na.csv,{a}\nsub/b.csv,{b}\n"),
            format!("文件名：a.csv\n{tag}：{a}\n\n文件名：sub/b.csv\n{tag}：{b}\n"),
        ] {
            assert_eq!(codes(&right, "out/manifest.txt"), ["", "", ""], "{right}");
            let wrong = right.replace(&b, &a);
            assert_eq!(
                codes(&wrong, "out/manifest.txt"),
                ["", "digest-mismatch", ""],
                "{wrong}"
            );
        }
        // A file of its own beside each recording, as copying software leaves.
        let name = format!("out/a.csv.{}", algorithm.id());
        assert_eq!(codes(&a, &name), ["", "digest-not-listed", ""]);
        assert_eq!(codes(&b, &name), ["digest-mismatch", "digest-not-listed", ""]);
    }
    // The right digest of the wrong kind is wrong.
    let swapped = format!("SHA256 (a.csv) = {}\n{}  sub/b.csv\n", a.sm3.unwrap(), b.md5.unwrap());
    assert_eq!(codes(&swapped, "out/manifest.txt"), ["digest-mismatch", "", ""]);
}

#[test]
fn our_own_lists_verify() {
    let conclude = |readings: &[Reading]| inspect::conclude(readings, &Options::new(day("2026-11-23")));
    let names = [
        "out/a.csv",
        "out/录像 1.csv",
        "out/sub/b#c.csv",
        "out/ =㛃\\𠮷\n\"x\".csv",
    ];
    let mut readings: Vec<Reading> = names.iter().map(|name| with_digest(name, name.as_bytes())).collect();
    let rows = evidence::rows(&conclude(&readings));
    assert_eq!(rows.len(), names.len());
    for algorithm in Algorithm::ALL {
        let text = evidence::manifest(&rows, *algorithm);
        readings.push(with_digest("清单.txt", text.as_bytes()));
        let all = conclude(&readings);
        assert_eq!(all.files[names.len()].kind, "manifest", "{text}");
        let told: Vec<_> = all
            .files
            .iter()
            .flat_map(|f| &f.findings)
            .filter(|f| f.code.starts_with("digest"))
            .collect();
        assert!(told.is_empty(), "{told:?}");
        // One file changed since.
        readings[1] = with_digest(names[1], b"changed");
        let all = conclude(&readings);
        assert!(
            all.files[1].findings.iter().any(|f| f.code == "digest-mismatch"),
            "{algorithm:?}"
        );
        readings[1] = with_digest(names[1], names[1].as_bytes());
        readings.pop();
    }
}

#[test]
fn names_from_another_machine() {
    let codes = |manifest: &str, name: &str| {
        let all = findings(manifest, name);
        all.into_iter().map(|(_, codes)| codes.join(" ")).collect::<Vec<_>>()
    };
    let (a, b) = (with_digest("a", A).digests, with_digest("b", B).digests);
    let (a, b) = (a.sha256.unwrap(), b.sha256.unwrap());
    let windows = format!(
        "Algorithm       Hash      Path\r\n---------       ----      ----\r\n\
         SHA256          {}       D:\\export\\out\\a.csv\r\nSHA256          {}       D:\\export\\out\\sub\\b.csv\r\n",
        a.to_uppercase(),
        b.to_uppercase()
    );
    assert_eq!(codes(&windows, "out/hash.txt"), ["", "", ""]);
    // From the folder above, beside it, without folders, in capitals.
    for (names, manifest) in [
        (["export/out/a.csv", "export/out/sub/b.csv"], "SHA256SUMS"),
        (["../out/a.csv", "..\\out\\sub\\b.csv"], "meta/SHA256SUMS"),
        (["a.csv", "b.csv"], "out/SHA256SUMS"),
        (["A.CSV", "SUB\\B.CSV"], "out/SHA256SUMS"),
    ] {
        let lines = |b: &str| format!("{a}  {}\n{b}  {}\n", names[0], names[1]);
        assert_eq!(codes(&lines(&b), manifest), ["", "", ""], "{names:?}");
        assert_eq!(codes(&lines(&a), manifest), ["", "digest-mismatch", ""], "{names:?}");
    }
    // A file of the same name in another folder is another.
    let moved = format!("{a}  a.csv\n{b}  sub/b.csv\n{b}  two/a.csv\n");
    assert_eq!(codes(&moved, "out/SHA256SUMS"), ["", "", "digest-missing-file"]);
    // A list that names itself could not know itself.
    let own = format!("{a}  ./a.csv\n{b}  ./sub/b.csv\n{a}  ./SHA256SUMS\n");
    assert_eq!(codes(&own, "out/SHA256SUMS"), ["", "", ""]);
}

/// Windows in Chinese writes GBK, and tables of tools have times of files.
#[test]
fn texts_and_tables_of_tools() {
    let (a, b) = (with_digest("a", A).digests, with_digest("b", B).digests);
    let (a, b) = (a.sha256.unwrap(), b.sha256.unwrap());
    let rows = |before: &str, between: &str, behind: &str, b: &str| {
        let row = |name: &str, digits: &str| format!("{before}{name}{between}{digits}{behind}");
        row("a.csv", &a) + &row("sub\\b.csv", b)
    };
    let times = ",2026-11-01 08:00:00,2026-11-01 09:00:00";
    for (headings, before, between, behind) in [
        (
            "",
            "SHA256 的 D:\\导出\\out\\",
            " 哈希:\r\n",
            "\r\nCertUtil: -hashfile 命令成功完成。\r\n",
        ),
        (
            "",
            "SHA256 哈希(文件 ",
            "):\r\n",
            "\r\nCertUtil: -hashfile 命令成功完成。\r\n",
        ),
        (
            "",
            "文件名\u{ff1a}",
            "\r\n修改时间\u{ff1a}2026-11-01 08:00:00\r\nSHA256\u{ff1a}",
            "\r\n\r\n",
        ),
        (
            "文件名称,SHA256,创建时间,修改时间\r\n",
            "",
            ",",
            &format!("{times}\r\n"),
        ),
        (
            "Filename,SHA-256,Modified Time,Created Time\r\n",
            "",
            ",",
            &format!("{times}\r\n"),
        ),
        ("文件名,校验值,开始时间,结束时间\r\n", "", ",", &format!("{times}\r\n")),
    ] {
        let codes = |b: &str| {
            let text = format!("{headings}{}", rows(before, between, behind, b));
            let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
            [text.into_bytes(), gb].map(|bytes| {
                let all = findings_of(&bytes, "out/校验.csv");
                all.into_iter().map(|(_, codes)| codes.join(" ")).collect::<Vec<_>>()
            })
        };
        for codes in codes(&b) {
            assert_eq!(codes[..2], ["", ""], "{headings}{before}");
        }
        for codes in codes(&a) {
            assert_eq!(codes[..2], ["", "digest-mismatch"], "{headings}{before}");
        }
    }
    // What a recorder holds need not be here.
    let recorder = format!("文件名,MD5,开始时间,结束时间\nx.mp4,{}{times}\n", &a[..32]);
    let reading = with_digest("out/list.csv", recorder.as_bytes());
    assert_eq!((reading.kind.id(), reading.manifest.len()), ("recording-list", 1));
    assert!(
        findings(&recorder, "out/list.csv")
            .iter()
            .all(|(_, codes)| codes.is_empty())
    );
}

/// Of a file with a digest that is checked, another kind is not missed.
#[test]
fn digests_of_other_kinds_beside() {
    let (a, b) = (with_digest("a", A).digests, with_digest("b", B).digests);
    let (a, b, other) = (a.md5.unwrap(), b.md5.unwrap(), "0".repeat(128));
    let text = format!("文件名,MD5,SHA512\na.csv,{a},{other}\nsub/b.csv,{b},{other}\n");
    let told = findings(&text, "out/manifest.csv");
    assert!(told.iter().all(|(_, codes)| codes.is_empty()), "{told:?}");
}

proptest::proptest! {
    /// Whatever stands in a manifest, it is read, and no line takes a file
    /// that it does not name for wrong.
    #[test]
    fn nothing_in_a_text_is_too_odd(lines in proptest::collection::vec("([0-9a-f]{32}|[ -~]|[:=(),\t文件名哈希算法：（）]|MD5|SM3|a\\.csv){0,8}", 0..20)) {
        read("out/manifest.txt", lines.join("\n").as_bytes());
    }
}
