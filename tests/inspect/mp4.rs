//! MP4 files made here, whole and spoilt in known ways.

use std::collections::BTreeMap;

use crate::support::*;
use xishi::inspect;

#[test]
fn whole_files_are_sound() {
    let plain = Mp4::default();
    let forms = [
        plain.build(),
        Mp4 {
            moov_first: true,
            ..plain.clone()
        }
        .build(),
        Mp4 {
            long_offsets: true,
            ..plain.clone()
        }
        .build(),
        plain.fragmented(25),
        plain.fragmented(1000),
    ];
    for bytes in forms {
        let file = file("a.mp4", &bytes);
        assert_eq!(codes(&file), []);
        assert_eq!(file.verdict, "sound");
        assert_eq!((file.kind.as_str(), file.codec.as_deref()), ("mp4", Some("h264")));
        assert_eq!((file.width, file.height), (Some(1280), Some(720)));
        assert_eq!(file.duration_seconds, Some(10.0));
    }
}

#[test]
fn content_decides_not_the_name() {
    let bytes = Mp4::default().build();
    let file = file("a.avi", &bytes);
    assert_eq!((file.kind.as_str(), file.verdict.as_str()), ("mp4", "sound"));
    assert_eq!(codes(&file), [("extension-mismatch", Some(0))]);
    assert_eq!(crate::support::file("no-extension", &bytes).findings, []);
}

#[test]
fn cut_anywhere_is_damaged() {
    for bytes in [
        Mp4::default().build(),
        Mp4 {
            moov_first: true,
            ..Mp4::default()
        }
        .build(),
    ] {
        for cut in (40..bytes.len()).step_by(997) {
            let file = file("a.mp4", &bytes[..cut]);
            assert_eq!(file.verdict, "damaged", "cut at {cut}: {:?}", codes(&file));
            let told = codes(&file)
                .iter()
                .any(|c| matches!(c.0, "truncated" | "index-missing"));
            assert!(told, "cut at {cut}: {:?}", codes(&file));
        }
    }
}

#[test]
fn a_cut_tells_where_and_how_much() {
    let bytes = Mp4 {
        moov_first: true,
        ..Mp4::default()
    }
    .build();
    let cut = bytes.len() - 40_000;
    let file = file("a.mp4", &bytes[..cut]);
    assert_eq!(file.findings[0].code, "truncated");
    assert_eq!(file.findings[0].offset, Some(cut as u64));
    assert!(
        file.findings[0].detail.contains("39.0 KB"),
        "{}",
        file.findings[0].detail
    );
    let lost = file
        .findings
        .iter()
        .find(|f| f.code == "data-missing")
        .expect("samples are lost");
    assert!(lost.detail.contains("250 个样本中有 100 个"), "{}", lost.detail);
}

#[test]
fn fragments_cut_or_taken_out() {
    let mp4 = Mp4::default();
    let whole = mp4.fragmented(25);
    for cut in (700..whole.len()).step_by(1499) {
        let file = file("a.mp4", &whole[..cut]);
        let between = file.verdict == "sound";
        assert!(file.verdict == "damaged" || between, "cut at {cut}: {:?}", codes(&file));
    }
    let first = Mp4::fragment(1, 0, 25, 400, &mp4.data()[..10_000]);
    let header = whole.len() - 10 * first.len() - (8 + 8 + 16 + 10 * 11 + 16);
    let taken_out = [&whole[..header + 2 * first.len()], &whole[header + 5 * first.len()..]].concat();
    let file = file("a.mp4", &taken_out);
    let found: Vec<&str> = codes(&file).iter().map(|c| c.0).collect();
    assert!(found.contains(&"timestamp-jump"), "{found:?}");
    assert!(
        found.contains(&"index-inconsistent"),
        "the random access index is stale: {found:?}"
    );
}

/// What DASH and HLS keep apart: neither part is damaged, neither plays alone.
#[test]
fn parts_of_a_fragmented_recording() {
    let whole = Mp4::default().fragmented(25);
    let first = whole.windows(4).position(|w| w == b"moof").expect("a fragment") - 4;
    let mfra = whole.windows(4).rposition(|w| w == b"mfra").expect("an index") - 4;
    let head = file("init.mp4", &whole[..first]);
    assert_eq!(
        (head.verdict.as_str(), codes(&head)),
        ("unreadable", vec![("not-checked", Some(24))])
    );
    assert!(head.findings[0].detail.contains("开头部分"));
    let body = [bx(b"styp", b"msdh\0\0\0\0"), whole[first..mfra].to_vec()].concat();
    for bytes in [body.as_slice(), &whole[first..mfra]] {
        let body = file("seg-1.m4s", bytes);
        assert_eq!(
            (body.verdict.as_str(), codes(&body)),
            ("unreadable", vec![("not-checked", None)])
        );
    }
    let cut = file("seg-1.m4s", &body[..body.len() - 100]);
    assert_eq!(cut.verdict, "damaged");
    assert_eq!(file("seg-1.m4s", &[&whole[..first], &body].concat()).verdict, "sound");
}

/// Cut between two fragments only the index at the front can tell.
#[test]
fn an_index_tells_of_lost_fragments() {
    let whole = Mp4::default().fragmented(25);
    let first = whole.windows(4).position(|w| w == b"moof").expect("a fragment") - 4;
    let last = whole.windows(4).rposition(|w| w == b"moof").expect("a fragment") - 4;
    let mfra = whole.windows(4).rposition(|w| w == b"mfra").expect("an index") - 4;
    let size = (mfra - first) as u32;
    let words = [0, 1, 1000, 0, 0, 1, size, 10_000, 0x9000_0000]
        .map(u32::to_be_bytes)
        .concat();
    let indexed = [&whole[..first], &bx(b"sidx", &words), &whole[first..]].concat();
    assert_eq!(codes(&file("a.mp4", &indexed[..mfra + 44])), []);
    let cut = last + 44;
    let file = file("a.mp4", &indexed[..cut]);
    assert_eq!(codes(&file), [("truncated", Some(cut as u64))]);
    assert_eq!(file.verdict, "damaged");
}

#[test]
fn fragments_out_of_order() {
    let mp4 = Mp4::default();
    let data = mp4.data();
    let head = mp4.fragmented(1000);
    let moof = head.windows(4).position(|w| w == b"moof").expect("a fragment") - 4;
    let mut bytes = head[..moof].to_vec();
    for n in [0_u32, 5, 1] {
        bytes.extend(Mp4::fragment(n + 1, n * 4000, 100, 400, &data[..40_000]));
    }
    let file = file("a.mp4", &bytes);
    let found: Vec<&str> = codes(&file).iter().map(|c| c.0).collect();
    for code in ["timestamp-jump", "timestamps-backwards", "index-inconsistent"] {
        assert!(found.contains(&code), "{code}: {found:?}");
    }
}

#[test]
fn power_cut_and_reserved_space() {
    let mp4 = Mp4::default();
    let mut bytes = Mp4::ftyp();
    bytes.extend([0, 0, 0, 0]);
    bytes.extend(b"mdat");
    bytes.extend(mp4.data());
    assert_eq!(codes(&file("a.mp4", &bytes)), [("index-missing", None)]);
    let written = bytes.len() as u64;
    bytes.extend(vec![0; 200_000]);
    let file = file("a.mp4", &bytes);
    assert_eq!(file.verdict, "damaged");
    let zeroes = file.findings.iter().find(|f| f.code == "zero-filled").expect("zeroes");
    let at = zeroes.offset.expect("an offset");
    assert!(at.abs_diff(written) < 1024, "{at} is not about {written}");
}

#[test]
fn zeroes_inside_the_pictures() {
    let mut bytes = Mp4 {
        moov_first: true,
        ..Mp4::default()
    }
    .build();
    let len = bytes.len();
    bytes[len - 20_000..].fill(0);
    let file = file("a.mp4", &bytes);
    assert_eq!(codes(&file), [("zero-filled", Some(len as u64 - 20_000))]);
    assert_eq!(file.verdict, "damaged");
}

/// Blocks of the medium that were lost or written over, with sound beside
/// the pictures or without, in tables and in fragments.
#[test]
fn pictures_that_are_none() {
    let plain = Mp4 {
        moov_first: true,
        configured: true,
        ..Mp4::default()
    };
    let fragmented = plain.fragmented(25);
    let last = fragmented.windows(4).rposition(|w| w == b"mfra").expect("an index") - 4;
    let fragmented = fragmented[..last].to_vec();
    let with_sound = {
        let mvex = fragmented.windows(4).position(|w| w == b"mvex").expect("fragments") - 4;
        let hdlr = bx(b"hdlr", &[&[0; 8], &b"soun"[..], &[0; 13]].concat());
        let sound = bx(b"trak", &bx(b"mdia", &hdlr));
        let mut bytes = [&fragmented[..mvex], &sound, &fragmented[mvex..]].concat();
        let moov = bytes.windows(4).position(|w| w == b"moov").expect("an index") - 4;
        let size = u32::from_be_bytes(bytes[moov..moov + 4].try_into().expect("four")) + sound.len() as u32;
        bytes[moov..moov + 4].copy_from_slice(&size.to_be_bytes());
        bytes
    };
    for whole in [plain.build(), fragmented, with_sound] {
        assert_eq!(codes(&file("a.mp4", &whole)), []);
        let middle = whole.len() / 2;
        for (with, code) in [(0, "zero-filled"), (0x95, "data-missing")] {
            // Between two headers of fragments.
            let moof = whole[middle..].windows(4).position(|w| w == b"moof");
            let to = middle + moof.unwrap_or(8000) - 8;
            let from = to - 3000;
            let mut bytes = whole.clone();
            bytes[from..to].fill(with);
            let file = file("a.mp4", &bytes);
            assert_eq!(file.verdict, "damaged");
            let at = file.findings.iter().find(|f| f.code == code).and_then(|f| f.offset);
            let at = at.expect("a place") as usize;
            assert!((from..from + 400).contains(&at), "{at} is not behind {from}");
        }
    }
}

/// Against the standard, but played everywhere: nothing is lost.
#[test]
fn start_codes_where_lengths_should_be_are_no_damage() {
    let plain = Mp4 {
        configured: true,
        ..Mp4::default()
    };
    let mut bytes = plain.build();
    let length = (plain.sample_bytes - 4).to_be_bytes();
    let mut from = 0;
    while let Some(at) = bytes[from..].windows(5).position(|w| w[..4] == length && w[4] == 0x65) {
        bytes[from + at..from + at + 4].copy_from_slice(&[0, 0, 0, 1]);
        from += at + 4;
    }
    assert!(from > 0);
    assert_eq!(codes(&file("a.mp4", &bytes)), []);
}

#[test]
fn things_behind_the_end() {
    let whole = Mp4::default().build();
    let end = Some(whole.len() as u64);
    for tail in [&b"GARBAGE IS WRITTEN HERE"[..], &[0xff; 100][..], &whole[..]] {
        let file = file("a.mp4", &[&whole[..], tail].concat());
        assert_eq!(codes(&file), [("trailing-data", end)]);
        assert_eq!(file.verdict, "suspect");
    }
    let padded = file("a.mp4", &[&whole[..], &[0; 5000][..]].concat());
    assert_eq!(codes(&padded), [("zero-filled", end)]);
}

#[test]
fn headers_that_contradict() {
    let claims = Mp4 {
        claimed: Some(60_000),
        ..Mp4::default()
    };
    let file = file("a.mp4", &claims.build());
    assert_eq!(file.findings[0].code, "index-inconsistent");
    assert_eq!(file.verdict, "suspect");
    let tool = Mp4 {
        tool: Some("Lavf58.20.100"),
        ..Mp4::default()
    };
    let remuxed = crate::support::file("a.mp4", &tool.build());
    assert_eq!(codes(&remuxed), [("re-encoded", None)]);
    assert_eq!(remuxed.verdict, "sound");
    let editor = Mp4 {
        tool: Some("Adobe Premiere Pro"),
        ..Mp4::default()
    };
    let edited = crate::support::file("a.mp4", &editor.build());
    assert_eq!(codes(&edited), [("edited", None)]);
    assert_eq!(edited.verdict, "suspect");
}

/// 5 GiB, a 64-bit `mdat`, offsets beyond 32 bits.
#[test]
fn five_gibibytes() {
    let mp4 = Mp4 {
        samples: 36_000,
        sample_bytes: 100,
        long_offsets: true,
        ..Mp4::default()
    };
    let data = mp4.data();
    let data_at = 5 << 30;
    let ftyp = Mp4::ftyp();
    let mdat_at = ftyp.len() as u64;
    let mut mdat = 1_u32.to_be_bytes().to_vec();
    mdat.extend(b"mdat");
    let end = data_at + data.len() as u64;
    mdat.extend((end - mdat_at).to_be_bytes());
    let moov = mp4.moov(data_at);
    let len = end + moov.len() as u64;
    let pieces = BTreeMap::from([(0, ftyp), (mdat_at, mdat), (end, moov)]);
    let mut source = Counting::new(Sparse {
        len,
        pieces,
        fill: 0x5a,
    });
    let reading = inspect::read("a.mp4", None, &mut source, &Native).expect("no failure");
    assert_eq!(reading.problems, []);
    assert_eq!(reading.duration_ms, Some(36_000 * 40));
    assert!(
        source.bytes < 4 << 20,
        "{} bytes in {} reads",
        source.bytes,
        source.reads
    );
}

/// A day of one-second fragments, 2 GiB: small reads only.
#[test]
fn many_fragments_are_read_cheaply() {
    let mp4 = Mp4 {
        samples: 1,
        sample_bytes: 16,
        step: 1000,
        ..Mp4::default()
    };
    let head = mp4.fragmented(1);
    let moof = head.windows(4).position(|w| w == b"moof").expect("a fragment") - 4;
    let mut bytes = head[..moof].to_vec();
    for n in 0..5000 {
        let data = vec![0x5a; 2000];
        bytes.extend(Mp4::fragment(n + 1, n * 1000, 1, 2000, &data));
    }
    let mut source = Counting::new(bytes.as_slice());
    let reading = inspect::read("a.mp4", None, &mut source, &Native).expect("no failure");
    assert_eq!(reading.problems, []);
    assert_eq!(reading.duration_ms, Some(5_000_000));
    assert!(source.bytes < 4 << 20, "{}", source.bytes);
}

/// Start of a track as an ONVIF export writes it: a file-level `meta` with `suep` and `cstb`.
fn exported(name: &str, start: xishi::recording::Civil) -> Vec<u8> {
    let mut unit = b"\x01\0\0\0NVR\0\0\0".to_vec();
    unit.extend([0; 8]);
    unit.extend(b"\0\0\0\0\x01\0\x01");
    unit.extend(name.as_bytes());
    unit.extend(b"\0\0\0\0");
    let steps = (start.seconds() + 11_644_473_600) as u64 * 10_000_000;
    let begins = [&[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1][..], &steps.to_be_bytes()].concat();
    let meta = [vec![0; 4], bx(b"suep", &unit), bx(b"cstb", &begins)].concat();
    [Mp4::default().created(at("2026-11-20")).build(), bx(b"meta", &meta)].concat()
}

#[test]
fn an_onvif_export_tells_its_true_start_in_utc() {
    let told = inspect("clip.mp4", &exported("Camera 03", at("2026-11-01 00:30:00")));
    let file = &told.files[0];
    assert_eq!(codes(file), []);
    assert_eq!(file.channel.as_deref(), Some("3"));
    assert_eq!(file.start, Some(at("2026-11-01 08:30:00").naive()));
    assert_eq!(file.end, Some(at("2026-11-01 08:30:10").naive()));
    assert_eq!(
        told.channels[0].earliest, file.start,
        "unlike a header's creation time it counts"
    );
}
