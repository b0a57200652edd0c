//! Signatures in the stream: authentic files verify, and what was done to
//! them is found where it was done.

mod camera;
mod containers;
mod export;
mod mux;

use std::path::Path;

use self::camera::{Camera, Codec};
use crate::support::*;
use proptest::prelude::*;
use xishi::formats::iso_bmff::video::Video;
use xishi::inspect::{self, Options};
use xishi::pass::Pass;
use xishi::signature::Roots;
use xishi::wire::FileDoc;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples");
const AXIS: &str = "axis_signed_video/signed_test_h264.mp4";
const ONVIF: &str = "onvif_media_signing/test_signed_h264.mp4";

fn sample(path: &str) -> Option<Vec<u8>> {
    let path = Path::new(FOLDER).join(path);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("left out: no {}", path.display());
    }
    bytes
}

/// One file alone, every byte of it passed in pieces of this size.
fn judge(path: &str, bytes: &[u8], root: Option<&[u8]>, pieces: usize) -> FileDoc {
    let mut reading = read(path, bytes);
    let mut pass = Pass::new(&reading, &Roots::of(root));
    let mut source = bytes;
    for piece in bytes.chunks(pieces) {
        pass.update(piece, &mut source).expect("a slice does not fail");
    }
    pass.finish().complete(&mut reading);
    let mut all = inspect::conclude(&[reading], &Options::new(day("2026-11-23")));
    all.files.remove(0)
}

fn whole(path: &str, bytes: &[u8]) -> FileDoc {
    judge(path, bytes, None, 1 << 20)
}

fn said(file: &FileDoc) -> (&str, &str, Option<u64>) {
    let signature = &file.signature;
    (&signature.scheme, &signature.verdict, signature.first_bad_frame)
}

/// Units of a sample, each with the number of its picture, and its offset.
fn units(file: &[u8]) -> Vec<(u64, u64, Vec<u8>)> {
    let mut source = file;
    let video = Video::read(&mut source).expect("a slice").expect("a video");
    let mut units = Vec::new();
    let mut frame = 0;
    for (offset, size) in video.samples {
        let (mut at, end) = (offset as usize, (offset + u64::from(size)) as usize);
        while at < end {
            let length = u32::from_be_bytes(file[at..at + 4].try_into().unwrap()) as usize;
            let unit = file[at + 4..at + 4 + length].to_vec();
            let picture = matches!(unit[0] & 0x1f, 1 | 5);
            units.push((frame, at as u64 + 4, unit));
            frame += u64::from(picture);
            at += 4 + length;
        }
    }
    units
}

/// Units as a byte stream. ONVIF's sample stores its messages unescaped: as
/// conversions leave them, or as they should be.
fn stream_as(units: &[(u64, u64, Vec<u8>)], escaped: bool) -> Vec<u8> {
    let whole = |unit: &[u8]| match escaped && unit.windows(3).any(|w| w[..2] == [0, 0] && w[2] < 3) {
        true => camera::escape(unit),
        false => unit.to_vec(),
    };
    units
        .iter()
        .flat_map(|(_, _, unit)| [&[0, 0, 0, 1], whole(unit).as_slice()].concat())
        .collect()
}

fn stream(units: &[(u64, u64, Vec<u8>)]) -> Vec<u8> {
    stream_as(units, true)
}

#[test]
fn authentic_files_verify_and_say_what_is_not_proven() {
    for (path, scheme, root, with_root) in [
        (AXIS, "axis", "axis_signed_video/cert_chain.pem", "key-only"),
        // Its camera's clock was never set.
        (ONVIF, "onvif", "onvif_media_signing/ca.pem", "undated"),
    ] {
        let (Some(bytes), Some(root)) = (sample(path), sample(root)) else {
            return;
        };
        let alone = whole(path, &bytes);
        assert_eq!(said(&alone), (scheme, "valid", None), "{:?}", alone.signature);
        assert_eq!((alone.signature.frames, alone.signature.frames_verified), (256, 256));
        assert_eq!((alone.signature.groups, alone.signature.groups_verified), (5, 5));
        assert!(
            alone.signature.because.join("").contains("来源未证实"),
            "{:?}",
            alone.signature
        );
        assert_eq!(alone.verdict, "sound");
        let known = judge(path, &bytes, Some(&root), 4096);
        assert_eq!(said(&known), (scheme, "valid", None));
        assert_eq!(known.signature.origin.as_deref(), Some(with_root));
    }
}

#[test]
fn a_root_of_the_same_name_is_not_accepted() {
    let (Some(bytes), Some(other)) = (sample(ONVIF), sample("onvif_media_signing/ca_ec.pem")) else {
        return;
    };
    let file = judge(ONVIF, &bytes, Some(&other), 1 << 20);
    assert_eq!(said(&file), ("onvif", "incomplete", None));
    assert_eq!(file.signature.origin.as_deref(), Some("untrusted"));
    assert_eq!(file.verdict, "sound", "pictures are as they were signed");
}

#[test]
fn unsigned_twins_are_unsigned() {
    for path in ["axis_signed_video/test_h264.mp4", "onvif_media_signing/test_h264.mp4"] {
        let Some(bytes) = sample(path) else { return };
        assert_eq!(said(&whole(path, &bytes)), ("none", "unsigned", None));
    }
}

#[test]
fn one_byte_is_located_to_its_picture() {
    for path in [AXIS, ONVIF] {
        let Some(bytes) = sample(path) else { return };
        let pictures: Vec<_> = units(&bytes)
            .into_iter()
            .filter(|(_, _, u)| matches!(u[0] & 0x1f, 1 | 5))
            .collect();
        for at in [0, 1, 61, 62, 63, 137, 186, 248, 255] {
            let (frame, offset, unit) = &pictures[at];
            let mut changed = bytes.clone();
            changed[*offset as usize + unit.len() / 2] ^= 0x10;
            let file = judge(path, &changed, None, 1000);
            assert_eq!(said(&file).1, "invalid", "{path} {at}");
            assert_eq!(file.signature.first_bad_frame, Some(*frame), "{path} {at}");
            let finding = file
                .findings
                .iter()
                .find(|f| f.code == "signature-invalid")
                .expect("told");
            assert_eq!((finding.severity.as_str(), finding.offset), ("error", Some(*offset)));
            assert!(file.signature.first_bad_ms.is_some(), "{path} {at}");
            assert_eq!(file.verdict, "suspect");
        }
    }
}

#[test]
fn the_same_pictures_in_another_container() {
    for path in [AXIS, ONVIF] {
        let Some(bytes) = sample(path) else { return };
        let mut parameters = vec![
            (0, 0, vec![0x67, 0x42, 0, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x90]),
            (0, 0, vec![0x68, 0xce, 0x3c, 0x80]),
        ];
        parameters.extend(units(&bytes));
        for escaped in [true, false] {
            let raw = stream_as(&parameters, escaped);
            for pieces in [7, 777, 1 << 20] {
                let file = judge("a.h264", &raw, None, pieces);
                assert_eq!(said(&file).1, "valid", "{path} {:?}", file.signature);
            }
        }
    }
}

/// Another container of the same pictures keeps the signature; pictures made
/// anew lose it. By ffmpeg, where it is installed.
#[test]
fn remuxed_keeps_and_re_encoded_loses() {
    let folder = std::env::temp_dir().join(format!("xishi-signed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for path in [AXIS, ONVIF] {
        if sample(path).is_none() {
            return;
        }
        for (args, name, verdict) in [
            (&["-c", "copy"][..], "a.mp4", "valid"),
            (
                &["-c", "copy", "-movflags", "frag_keyframe+empty_moov"],
                "b.mp4",
                "valid",
            ),
            (&["-c", "copy"], "c.h264", "valid"),
            (&["-c", "copy", "-t", "5"], "d.mp4", "incomplete"),
            (&["-c:v", "libx264", "-preset", "ultrafast"], "f.mp4", "unsigned"),
        ] {
            let out = folder.join(name);
            let ran = std::process::Command::new("ffmpeg")
                .args(["-loglevel", "quiet", "-y", "-i"])
                .arg(Path::new(FOLDER).join(path))
                .args(args)
                .arg(&out)
                .status();
            if ran.is_err() {
                eprintln!("left out: no ffmpeg");
                return;
            }
            let bytes = std::fs::read(&out).expect("ffmpeg wrote it");
            let file = whole(name, &bytes);
            assert_eq!(said(&file).1, verdict, "{path} {name} {:?}", file.signature);
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn other_schemes_are_named_and_not_judged() {
    let identifier = [
        0xd8, 0xfe, 0xc3, 0xd6, 0x1b, 0x0e, 0x48, 0x3c, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7e, 0xc4, 0x81,
    ];
    let credentials = bx(b"uuid", &[&identifier[..], &[0; 40]].concat());
    let bytes = [Mp4::default().build(), credentials].concat();
    let file = whole("a.mp4", &bytes);
    assert_eq!(
        (said(&file), file.verdict.as_str()),
        (("c2pa", "unsupported", None), "sound")
    );
    // Authentication data in SVAC, in the program stream of a platform.
    let map = [
        0, 0, 1, 0xbc, 0, 14, 0xe1, 0xff, 0, 0, 0, 4, 0x80, 0xe0, 0, 0, 0, 0, 0, 0,
    ];
    let pack = [0, 0, 1, 0xba, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, 0xf8];
    let units = [
        &[0, 0, 1, 0x5c, 1, 2, 3],
        &[0, 0, 1, 0x28, 9, 9, 9][..],
        &[0, 0, 1, 0x04, 7, 7, 7],
    ]
    .concat();
    let pes = |body: &[u8]| {
        let length = (body.len() + 8) as u16;
        [
            &[0, 0, 1, 0xe0][..],
            &length.to_be_bytes(),
            &[0x80, 0x80, 5, 0x21, 0, 1, 0, 1],
            body,
        ]
        .concat()
    };
    for (body, scheme) in [(units.clone(), "gb35114"), (units[14..].to_vec(), "none")] {
        let bytes = [&pack[..], &map, &pes(&body)].concat().repeat(3);
        assert_eq!(said(&whole("a.ps", &bytes)).0, scheme);
    }
    // Where the marks are, but cannot be followed, they are told.
    let Some(bytes) = sample(AXIS) else { return };
    let units: Vec<u8> = units_of_stream(&bytes);
    let bytes = [
        &pack[..],
        &[
            0, 0, 1, 0xbc, 0, 14, 0xe1, 0xff, 0, 0, 0, 4, 0xb0, 0xe0, 0, 0, 0, 0, 0, 0,
        ],
        &pes(&units),
    ]
    .concat();
    assert_eq!(said(&whole("a.ps", &bytes)), ("axis", "unsupported", None));
}

/// The second message of a signed sample, as a byte stream.
fn units_of_stream(file: &[u8]) -> Vec<u8> {
    let all = units(file);
    let message: Vec<_> = all.into_iter().filter(|(_, _, u)| u[0] & 0x1f == 6).take(1).collect();
    stream(&message)
}

/// What is left of a file, and what must come out.
#[test]
fn cut_dropped_swapped_and_inserted() {
    let head = || {
        vec![
            (0, 0, vec![0x67, 0x42, 0, 0x14, 0x95, 0xa8, 0x58, 0x25, 0x90]),
            (0, 0, vec![0x68, 0xce, 0x3c, 0x80]),
        ]
    };
    for path in [AXIS, ONVIF] {
        let Some(bytes) = sample(path) else { return };
        let all = units(&bytes);
        let picture = |frame: u64| {
            let is = |(f, _, u): &&(u64, u64, Vec<u8>)| *f == frame && matches!(u[0] & 0x1f, 1 | 5);
            all.iter().position(|u| is(&u)).expect("a picture")
        };
        let verdict = |units: &[(u64, u64, Vec<u8>)]| {
            let file = whole("a.h264", &stream(&[head(), units.to_vec()].concat()));
            (
                file.signature.verdict.clone(),
                file.signature.first_bad_frame,
                file.signature.reasons.join(" "),
            )
        };
        let is = |verdict: &str, frame: Option<u64>, why: &str| (verdict.to_owned(), frame, why.to_owned());
        // From the middle of a group on; from the start of one on.
        assert_eq!(
            verdict(&all[picture(20)..]),
            is("incomplete", None, "start-cut"),
            "{path}"
        );
        assert_eq!(
            verdict(&all[picture(70)..]),
            is("incomplete", None, "start-cut"),
            "{path}"
        );
        assert_eq!(verdict(&all[picture(62)..]), is("valid", None, ""), "{path}");
        // Up to the middle of a group; before any signature but in full.
        assert_eq!(
            verdict(&all[..picture(100)]),
            is("incomplete", None, "end-unsigned"),
            "{path}"
        );
        assert_eq!(verdict(&all[picture(30)..picture(90)]).0, "incomplete", "{path}");
        // Without one picture, the first of a group, a whole group.
        let without = |from: usize, to: usize| [&all[..from], &all[to..]].concat();
        for frame in [10, 62, 130, 200] {
            let (verdict, bad, _) = verdict(&without(picture(frame), picture(frame) + 1));
            assert_eq!((verdict.as_str(), bad), ("invalid", Some(frame)), "{path} {frame}");
        }
        let (said, bad, _) = verdict(&without(picture(124), picture(186)));
        assert_eq!(said, "invalid", "{path}");
        assert!(bad.is_some_and(|bad| (62..=124).contains(&bad)), "{path} {bad:?}");
        // With its signature or two gone.
        let seis: Vec<usize> = (0..all.len()).filter(|at| all[*at].2[0] & 0x1f == 6).collect();
        assert_eq!(verdict(&without(seis[1], seis[1] + 1)).0, "invalid", "{path}");
        assert_eq!(
            verdict(&without(seis[4], seis[4] + 1)),
            is("incomplete", None, "end-unsigned"),
            "{path}"
        );
        // Two swapped, one twice, all of a group from elsewhere.
        let mut swapped = all.clone();
        swapped.swap(picture(140), picture(141));
        assert_eq!(verdict(&swapped).1, Some(140), "{path}");
        let mut twice = all.clone();
        twice.insert(picture(150), all[picture(149)].clone());
        assert_eq!(verdict(&twice).1, Some(150), "{path}");
        let mut elsewhere = all.clone();
        for frame in 124..186 {
            elsewhere[picture(frame)].2 = vec![if frame == 124 { 0x65 } else { 0x41 }, 0x9a, frame as u8, 7, 8, 9];
        }
        assert_eq!(verdict(&elsewhere).0, "invalid", "{path}");
        assert_eq!(verdict(&elsewhere).1, Some(124), "{path}");
        // All pictures made anew, the messages kept.
        let mut anew = all.clone();
        for (_, _, unit) in anew.iter_mut().filter(|(_, _, u)| matches!(u[0] & 0x1f, 1 | 5)) {
            unit.push(0x55);
        }
        assert_eq!(verdict(&anew).1, Some(0), "{path}");
        // A message changed: its signature is wrong.
        let mut message = all.clone();
        let at = message[seis[2]].2.len() / 2;
        message[seis[2]].2[at] ^= 1;
        assert_eq!(verdict(&message).0, "invalid", "{path}");
    }
}

#[test]
fn both_codecs_and_all_ways_of_signing() {
    for codec in [Codec::H264, Codec::H265] {
        for (listed, escaped, partial) in [
            (true, true, false),
            (true, false, false),
            (false, true, false),
            (true, true, true),
            (false, false, true),
        ] {
            let camera = Camera {
                codec,
                listed,
                escaped,
                partial,
                secret: 7,
            };
            let name = codec.name();
            let film = camera.film(5, 12);
            let file = whole(name, &camera.stream(&film));
            let what = format!("{name} {listed} {escaped} {partial} {:?}", file.signature);
            assert_eq!(said(&file).1, "valid", "{what}");
            assert_eq!(
                (file.signature.frames, file.signature.frames_verified),
                (60, 60),
                "{what}"
            );
            let mut changed = film.clone();
            let at = camera.position(&film, 29);
            let last = changed[at].len() - 3;
            changed[at][last] ^= 4;
            let file = whole(name, &camera.stream(&changed));
            let bad = file.signature.first_bad_frame;
            assert_eq!(said(&file).1, "invalid", "{what}");
            // Without a list the group is all that can be told.
            let told = if listed { 29..=29 } else { 24..=29 };
            assert!(bad.is_some_and(|bad| told.contains(&bad)), "{what} {bad:?}");
        }
    }
}

#[test]
fn two_signers_are_a_splice() {
    for (listed, onvif) in [(true, false), (false, false), (true, true)] {
        let camera = |secret| Camera {
            codec: Codec::H265,
            listed,
            escaped: true,
            partial: false,
            secret,
        };
        let film = |secret| match onvif {
            true => camera(secret).film_signed_each(1, 3, 12),
            false => camera(secret).film(3, 12),
        };
        let (one, two) = (film(7), film(8));
        let judged = |film: &[Vec<u8>]| whole("a.h265", &camera(7).stream(film));
        let told = |file: &FileDoc| {
            let found = file.findings.iter().find(|f| f.code == "edited");
            let found = found.expect("told");
            assert_eq!((found.severity.as_str(), file.verdict.as_str()), ("error", "suspect"));
            assert!(found.detail.contains("换了签名者"), "{}", found.detail);
            found.offset.expect("a place") as usize
        };
        // Whole groups of each: all pictures are proven, by two.
        let spliced = [one.clone(), two.clone()].concat();
        let file = judged(&spliced);
        let what = format!("{listed} {onvif} {:?}", file.signature);
        assert_eq!(said(&file).1, "incomplete", "{what}");
        assert_eq!(file.signature.reasons, ["other-signer"], "{what}");
        assert_eq!(
            (file.signature.frames, file.signature.frames_verified),
            (72, 72),
            "{what}"
        );
        let seam = camera(7).stream(&one).len();
        assert!((seam..seam + 5).contains(&told(&file)), "{what}");
        assert!(file.findings.iter().any(|f| f.detail.contains("第 37 幅")), "{what}");
        // Cut within groups: what no signature is of, or of another, is told too.
        let from = |film: &[Vec<u8>], frame| camera(7).position(film, frame);
        let cut = [&one[..from(&one, 18)], &two[from(&two, 20)..]].concat();
        let file = judged(&cut);
        assert_eq!(said(&file).1, "invalid", "{listed} {onvif} {:?}", file.signature);
        told(&file);
        // One who signs in another scheme is not followed, but told.
        if !onvif {
            let other = camera(8).film_signed_each(1, 4, 12);
            let file = judged(&[one.clone(), other].concat());
            assert_eq!(file.signature.reasons, ["other-signer"], "{:?}", file.signature);
            assert_eq!((file.signature.frames, file.signature.frames_verified), (84, 36));
            assert!((seam..seam + 5).contains(&told(&file)));
        }
        // A piece of another within.
        let inside = [one.clone(), two, one].concat();
        assert!((seam..seam + 5).contains(&told(&judged(&inside))));
    }
}

#[test]
fn messages_without_a_signature_are_proven_by_a_later_one() {
    let camera = Camera {
        codec: Codec::H265,
        listed: true,
        escaped: true,
        partial: false,
        secret: 7,
    };
    let film = camera.film_signed_each(3, 6, 8);
    let file = whole("a.h265", &camera.stream(&film));
    assert_eq!(said(&file), ("onvif", "valid", None), "{:?}", file.signature);
    let mut changed = film.clone();
    let at = camera.position(&film, 10);
    let last = changed[at].len() - 3;
    changed[at][last] ^= 4;
    let file = whole("a.h265", &camera.stream(&changed));
    assert_eq!(said(&file), ("onvif", "invalid", Some(10)), "{:?}", file.signature);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever is done to a signed stream, it is read to its end, and it is
    /// called valid only where nothing was done.
    #[test]
    fn damage_is_never_valid(at in 0_usize..1_000_000, length in 1_usize..200, with in any::<u8>(), pieces in 1_usize..5000) {
        let camera = Camera { codec: Codec::H264, listed: true, escaped: true, partial: false, secret: 7 };
        let film = camera.film(4, 6);
        let sound = camera.stream(&film);
        let mut bytes = sound.clone();
        let from = at % bytes.len();
        let to = (from + length).min(bytes.len());
        bytes[from..to].fill(with);
        let file = judge("a.h264", &bytes, None, pieces);
        let harmless = camera.pictures(&bytes) == camera.pictures(&sound);
        prop_assert!(harmless || said(&file).1 != "valid", "{from}..{to} {:?}", file.signature);
    }
}
