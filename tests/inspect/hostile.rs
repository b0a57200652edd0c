//! Whatever the bytes are: an answer, no panic, bounded reads.

use proptest::prelude::*;

use crate::support::*;
use xishi::inspect;

const MAGICS: &[&[u8]] = &[
    b"\0\0\0\x18ftypisom",
    b"\0\0\0\x08moov",
    b"\0\0\0\x01mdat\0\0\0\0\0\0\0\x10",
    b"IMKH",
    b"4HKH",
    b"\0\0\x01\xba",
    b"DHAV",
    b"HXVS",
    b"RIFF\0\0\0\0AVI ",
    b"\x1a\x45\xdf\xa3",
    b"FLV\x01",
    b"\0\0\0\x01\x67",
    b"\0\0\x01\xfc",
    b"G",
    b"<?xml version=\"1.0\"?><CMSearchResult>",
    "通道,开始时间,结束时间\n".as_bytes(),
    b"1,2026-01-01 00:00:00,2026-01-01 01:00:00\n",
    b"\xff\xfe",
    b"",
];

fn answers(path: &str, bytes: &[u8]) {
    let mut source = Counting::new(bytes);
    let reading = inspect::read(path, None, &mut source, &Native).expect("no failure");
    assert!(
        source.bytes <= 8 * bytes.len() as u64 + (4 << 20),
        "{} bytes read",
        source.bytes
    );
    let json = serde_json::to_string(&reading).expect("crosses to the page");
    assert_eq!(
        serde_json::from_str::<inspect::Reading>(&json).expect("and back"),
        reading
    );
    inspect::conclude(&[reading.clone(), reading], &inspect::Options::new(day("2026-11-23")));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(magic in 0..MAGICS.len(), rest in proptest::collection::vec(any::<u8>(), 0..3000), name in "[a-z0-9_/.通道]{0,40}") {
        answers(&name, &[MAGICS[magic], &rest].concat());
    }

    #[test]
    fn random_boxes(kinds in proptest::collection::vec((0..BOXES.len(), any::<u32>(), proptest::collection::vec(any::<u8>(), 0..80)), 1..30)) {
        let mut bytes = Mp4::ftyp();
        let mut inside = Vec::new();
        for (kind, size, payload) in kinds {
            let mut one = bx(BOXES[kind], &payload);
            if size % 7 == 0 {
                one[..4].copy_from_slice(&(size % 200).to_be_bytes());
            }
            if size % 3 == 0 { inside.extend(one) } else { bytes.extend(one) }
            if size % 5 == 0 {
                inside = bx(BOXES[kind], &inside);
            }
        }
        bytes.extend(bx(b"moov", &inside));
        answers("a.mp4", &bytes);
    }

    #[test]
    fn random_lines(lines in proptest::collection::vec("[0-9通道,;|\t\" :/T年月日-]{0,60}", 0..40)) {
        let text = format!("通道,开始时间,结束时间\n{}", lines.join("\n"));
        answers("a.csv", text.as_bytes());
        let (bytes, ..) = encoding_rs::GB18030.encode(&text);
        answers("a.csv", &bytes);
    }

    #[test]
    fn random_paths(path in "\\PC{0,60}") {
        xishi::formats::names::parse(&path);
    }
}

const BOXES: &[&[u8; 4]] = &[
    b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"stts", b"stsc", b"stsz", b"stz2", b"stco", b"co64",
    b"mvhd", b"mdhd", b"tkhd", b"hdlr", b"edts", b"elst", b"mvex", b"trex", b"moof", b"mfhd", b"traf", b"tfhd",
    b"tfdt", b"trun", b"mdat", b"sidx", b"mfra", b"tfra", b"udta", b"meta", b"ilst", b"free",
];

#[test]
fn things_that_are_no_recordings() {
    let jpeg = [b"\xff\xd8\xff\xe0\0\x10JFIF".as_slice(), &[7; 4000]].concat();
    let renamed = file("ch01/a.mp4", &jpeg);
    assert_eq!(renamed.kind, "other");
    assert_eq!(
        codes(&renamed),
        [("extension-mismatch", Some(0)), ("not-checked", None)]
    );
    assert_eq!(renamed.verdict, "suspect");

    let empty = file("a.mp4", b"");
    assert_eq!(
        (codes(&empty), empty.verdict.as_str()),
        (vec![("data-missing", Some(0))], "damaged")
    );

    let zeroes = file("a.mp4", &[0; 100_000]);
    assert_eq!(
        (codes(&zeroes), zeroes.verdict.as_str()),
        (vec![("zero-filled", Some(0))], "damaged")
    );

    let noise: Vec<u8> = (0..5000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1)
        .collect();
    let noise = file("a.mp4", &noise);
    assert_eq!(codes(&noise), [("extension-mismatch", Some(0)), ("not-checked", None)]);

    // Windows Media: a recording, which this cannot read.
    let asf = [b"\x30\x26\xb2\x75\x8e\x66\xcf\x11".as_slice(), &[7; 4000]].concat();
    let asf = file("a.wmv", &asf);
    assert_eq!(
        (codes(&asf), asf.verdict.as_str()),
        (vec![("not-checked", None)], "unreadable")
    );

    let text = file("说明.txt", "请用播放器打开。\n".as_bytes());
    assert_eq!((text.kind.as_str(), text.verdict.as_str()), ("other", "unreadable"));
    let zip = inspect("a.zip", b"PK\x03\x04rest of it");
    assert_eq!(zip.files[0].kind, "archive");
    assert_eq!(zip.integrity.verdict, "unknown");
}

#[test]
fn companions_do_not_spoil_the_verdict() {
    let readings = [
        read("a.mp4", &Mp4::default().build()),
        read("player.exe", b"MZ\x90\0"),
        read("snap.jpg", b"\xff\xd8\xff\xe0"),
        read("说明.txt", "请用播放器打开\n".as_bytes()),
    ];
    let all = inspect::conclude(&readings, &inspect::Options::new(day("2026-11-23")));
    assert_eq!(all.integrity.verdict, "sound");
    assert_eq!(all.integrity.basis, ["W168:28.1", "R799:15.1"]);
    let before = inspect::conclude(&readings, &inspect::Options::new(day("2025-03-31")));
    assert_eq!(before.integrity.basis, ["W168:28.1"]);
}
