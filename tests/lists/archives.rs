//! What lies in archives is inspected as if it lay in a folder.

use crate::packing::*;
use crate::support::*;
use xishi::inspect::Reading;
use xishi::wire::Inspection;

const LIST: &[u8] = b"channel,start,end\n1,2026-10-20 00:00:00,2026-11-23 08:00:00\n";

fn paths(all: &Inspection) -> Vec<&str> {
    all.files.iter().map(|f| f.path.as_str()).collect()
}

fn found(reading: &Reading) -> Vec<String> {
    reading.problems.iter().map(|p| p.kind.code().id().to_owned()).collect()
}

#[test]
fn entries_are_files_of_the_inspection() {
    let video = Mp4::ftyp();
    let entries = [
        stored("ch01/a.mp4", &video),
        deflated("lists\\list.csv", LIST),
        stored("empty/", b""),
    ];
    for wide in [false, true] {
        let all = inspect("export.zip", &zip_as(&entries, wide));
        assert_eq!(
            paths(&all),
            ["export.zip", "export.zip/ch01/a.mp4", "export.zip/lists/list.csv"]
        );
        let kinds: Vec<&str> = all.files.iter().map(|f| f.kind.as_str()).collect();
        assert_eq!(kinds, ["archive", "mp4", "recording-list"]);
        assert_eq!(all.retention.verdict, "kept");
        assert_eq!(
            (all.files[0].verdict.as_str(), all.files[0].findings.len()),
            ("sound", 0)
        );
        assert!(all.files[2].digests.sha256.is_some());
    }
    let tape = tar(&[(b'5', "d/", b""), (b'0', "d/list.csv", LIST), (b'0', "x.mp4", &video)]);
    let all = inspect("export.tar", &tape);
    assert_eq!(paths(&all), ["export.tar", "export.tar/d/list.csv", "export.tar/x.mp4"]);
    assert_eq!(all.retention.verdict, "kept");
    let all = inspect("export.tgz", &gzip(None, &tape));
    assert_eq!(paths(&all)[2], "export.tgz/export.tar/d/list.csv");
    let all = inspect("list.csv.gz", &gzip(Some("list.csv"), LIST));
    assert_eq!(
        (paths(&all)[1], all.retention.verdict.as_str()),
        ("list.csv.gz/list.csv", "kept")
    );
}

#[test]
fn an_archive_gives_no_channel_but_its_folders_do() {
    let video = Mp4::default().build();
    let entries = [
        stored("20261101080000_20261101080010.mp4", &video),
        stored("通道2/20261101080000_20261101080010.mp4", &video),
    ];
    let reading = read("导出.zip", &zip(&entries));
    let channels: Vec<_> = reading.entries.iter().map(|e| e.channel.as_deref()).collect();
    assert_eq!(channels, [None, Some("2")]);
    assert_eq!(
        read("CH03.zip", &zip(&entries)).entries[0].channel.as_deref(),
        Some("3")
    );
}

#[test]
fn names_in_chinese_and_long_names() {
    let name = encoding_rs::GB18030.encode("通道1/清单.csv").0.into_owned();
    let entry = Entry {
        name: &name,
        ..stored("", LIST)
    };
    assert_eq!(paths(&inspect("a.zip", &zip(&[entry])))[1], "a.zip/通道1/清单.csv");
    let long = format!("{}/list.csv", "x".repeat(150));
    let gnu = tar(&[(b'L', "././@LongLink", long.as_bytes()), (b'0', "cut", LIST)]);
    assert_eq!(paths(&inspect("a.tar", &gnu))[1], format!("a.tar/{long}"));
    let pax = tar(&[(b'x', "pax", b"26 path=pax/list2026.csv\n"), (b'0', "cut", LIST)]);
    assert_eq!(paths(&inspect("a.tar", &pax))[1], "a.tar/pax/list2026.csv");
}

#[test]
fn paths_that_lead_out_are_not_opened() {
    let tricks = [
        "../../etc/list.csv",
        "/abs/list.csv",
        "C:\\list.csv",
        "a/../../list.csv",
    ];
    for name in tricks {
        let all = inspect("a.zip", &zip(&[stored(name, LIST), stored("ok.csv", LIST)]));
        assert_eq!(paths(&all), ["a.zip", "a.zip/ok.csv"], "{name}");
        assert_eq!(codes(&all.files[0]), [("unsafe-path", None)], "{name}");
    }
    let link = tar(&[(b'2', "link", b""), (b'0', "../x.csv", LIST)]);
    assert_eq!(paths(&inspect("a.tar", &link)), ["a.tar"]);
}

#[test]
fn encrypted_damaged_and_cut() {
    let locked = Entry {
        flags: 1,
        ..stored("a.mp4", b"????")
    };
    let all = inspect("a.zip", &zip(&[locked]));
    assert_eq!(
        (codes(&all.files[1])[0].0, all.files[1].verdict.as_str()),
        ("encrypted", "unreadable")
    );
    assert_eq!(all.integrity.verdict, "unknown");

    let changed = Entry {
        crc: Some(1),
        ..deflated("list.csv", LIST)
    };
    let all = inspect("a.zip", &zip(&[changed]));
    assert_eq!(
        (codes(&all.files[1])[0].0, all.files[1].verdict.as_str()),
        ("digest-mismatch", "suspect")
    );

    let rows: String = (0..2000)
        .map(|i| {
            format!(
                "1,2026-11-{:02} {:02}:{:02}:00,2026-11-22 00:00:00\n",
                i % 20 + 1,
                i % 24,
                i % 60
            )
        })
        .collect();
    let whole = zip(&[stored("first.csv", LIST), deflated("big.csv", rows.as_bytes())]);
    let cut = read("a.zip", &whole[..whole.len() * 2 / 3]);
    assert_eq!(found(&cut), ["truncated"]);
    assert_eq!(cut.entries.len(), 2, "what is there is read");
    assert!(found(&cut.entries[1]).contains(&"truncated".to_owned()));
    assert!(!cut.entries[1].recorded.is_empty());
    let tape = tar(&[(b'0', "list.csv", LIST), (b'0', "big.csv", rows.as_bytes())]);
    let cut = read("a.tar", &tape[..tape.len() / 2]);
    assert!(found(&cut.entries[1]).contains(&"truncated".to_owned()));
}

#[test]
fn bombs() {
    let zeroes = vec![0; 3 << 20];
    let bomb = read("b.zip", &zip(&[deflated("z.mp4", &zeroes), stored("ok.csv", LIST)]));
    assert_eq!(found(&bomb.entries[0]), ["limit-reached"]);
    assert_eq!(bomb.entries[1].kind.id(), "recording-list", "the others are read");
    // The same, with a lie about its size.
    let liar = Entry {
        claims: Some(1000),
        ..deflated("z.mp4", &zeroes)
    };
    assert_eq!(found(&read("b.zip", &zip(&[liar])).entries[0]), ["limit-reached"]);
    assert_eq!(found(&read("z.gz", &gzip(None, &zeroes)).entries[0]), ["limit-reached"]);

    // Archives in archives.
    let mut nested = zip(&[stored("list.csv", LIST)]);
    for _ in 0..6 {
        nested = zip(&[stored("inner.zip", &nested)]);
    }
    let all = inspect("n.zip", &nested);
    assert_eq!(all.files.len(), 4);
    assert_eq!(codes(&all.files[3]), [("limit-reached", None)]);

    // Many entries of the same bytes.
    let one = zip(&[stored("a.csv", LIST)]);
    let directory = one.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    let end = one.windows(4).position(|w| w == b"PK\x05\x06").unwrap();
    let mut many = one[..directory].to_vec();
    for _ in 0..1000 {
        many.extend(&one[directory..end]);
    }
    let len = (many.len() - directory) as u32;
    many.extend(&one[end..end + 8]);
    many.extend(1000_u16.to_le_bytes());
    many.extend(1000_u16.to_le_bytes());
    many.extend(len.to_le_bytes());
    many.extend((directory as u32).to_le_bytes());
    many.extend([0, 0]);
    let mut source = Counting::new(many.as_slice());
    let reading = xishi::inspect::read("m.zip", None, &mut source, &Native).unwrap();
    assert_eq!(found(&reading), ["limit-reached"]);
    assert!(
        source.bytes < 20 * many.len() as u64,
        "{} of {}",
        source.bytes,
        many.len()
    );
}

#[test]
fn manifests_inside_and_copies() {
    let right = "0".repeat(64);
    let manifest = format!("{right}  list.csv\n{right}  gone.mp4\n");
    let all = inspect(
        "a.zip",
        &zip(&[stored("list.csv", LIST), deflated("SHA256SUMS", manifest.as_bytes())]),
    );
    assert_eq!(codes(&all.files[1]), [("digest-mismatch", None)]);
    assert_eq!(codes(&all.files[2]), [("digest-missing-file", None)]);
    let all = inspect("a.zip", &zip(&[stored("a.csv", LIST), stored("b.csv", LIST)]));
    assert_eq!(codes(&all.files[2]), [("duplicate-file", None)]);
}

#[test]
fn a_real_archive() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/hikvision/yrambler_exampleV2.zip");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("no samples beside the project: not tested");
        return;
    };
    let reading = read("sd.zip", &bytes);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let kinds: Vec<(&str, &str)> = reading.entries.iter().map(|e| (e.path.as_str(), e.kind.id())).collect();
    assert!(kinds.iter().any(|(_, kind)| *kind == "hik-index"), "{kinds:?}");
}
