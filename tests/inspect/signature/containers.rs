//! The same signed pictures in every container that is followed.

use proptest::prelude::*;

use super::camera::{Camera, Codec};
use super::mux::{Container, mux, with_encodings};
use super::{FOLDER, judge, said, sample, whole};
use std::path::Path;

const CODECS: [Codec; 2] = [Codec::H264, Codec::H265];

fn camera(codec: Codec) -> Camera {
    Camera {
        codec,
        listed: true,
        escaped: true,
        partial: false,
        secret: 7,
    }
}

/// Every container with each codec.
fn all() -> impl Iterator<Item = (Container, Codec)> {
    let both = |container| CODECS.into_iter().map(move |codec| (container, codec));
    Container::ALL.into_iter().flat_map(both)
}

fn muxed(container: Container, codec: Codec, film: &[Vec<u8>]) -> super::mux::Muxed {
    mux(container, codec == Codec::H265, film, 50)
}

#[test]
fn whole_in_any_pieces() {
    for (container, codec) in all() {
        let file = muxed(container, codec, &camera(codec).film(5, 12)).bytes;
        for pieces in [1, 7, 188, 1 << 20] {
            let judged = judge(container.name(), &file, None, pieces);
            let what = format!("{container:?} {codec:?} in {pieces}: {:?}", judged.signature);
            assert_eq!(said(&judged), ("axis", "valid", None), "{what}");
            assert_eq!(
                (judged.signature.frames, judged.signature.frames_verified),
                (60, 60),
                "{what}"
            );
        }
    }
}

#[test]
fn what_was_altered_is_located() {
    for (container, codec) in all() {
        let camera = camera(codec);
        let film = camera.film(5, 12);
        let at = camera.position(&film, 29);
        let mut changed = film.clone();
        let last = changed[at].len() - 3;
        changed[at][last] ^= 4;
        let mut lacking = film.clone();
        lacking.remove(at);
        for units in [changed, lacking] {
            let file = muxed(container, codec, &units);
            let judged = judge(container.name(), &file.bytes, None, 100);
            let what = format!("{container:?} {codec:?} {:?}", judged.signature);
            assert_eq!(said(&judged), ("axis", "invalid", Some(29)), "{what}");
            let finding = judged
                .findings
                .iter()
                .find(|f| f.code == "signature-invalid")
                .expect("told");
            // Where a picture is missing, the one behind it is told.
            let place = file.begins[camera.position(&units, 29)];
            assert_eq!(finding.offset, Some(place), "{what}");
        }
    }
}

#[test]
fn what_was_cut_is_not_proven() {
    for (container, codec) in all() {
        let camera = camera(codec);
        let film = camera.film(5, 12);
        let at = |frame| camera.position(&film, frame);
        for (units, why) in [(&film[at(7)..], "start-cut"), (&film[..at(55)], "end-unsigned")] {
            let judged = whole(container.name(), &muxed(container, codec, units).bytes);
            assert_eq!(said(&judged).1, "incomplete", "{container:?} {:?}", judged.signature);
            assert!(
                judged.signature.reasons.contains(&why.to_owned()),
                "{container:?} {:?}",
                judged.signature
            );
        }
        // The file itself is cut off.
        let file = muxed(container, codec, &film).bytes;
        for part in [55, 70, 83, 94] {
            let judged = whole(container.name(), &file[..file.len() * part / 100]);
            assert_eq!(
                said(&judged).1,
                "incomplete",
                "{container:?} {part} {:?}",
                judged.signature
            );
        }
    }
}

#[test]
fn behind_damage_nothing_is_proven() {
    for (container, codec) in all() {
        let camera = camera(codec);
        let film = camera.film(5, 12);
        let file = muxed(container, codec, &film);
        let mut bytes = file.bytes.clone();
        let from = bytes.len() / 2;
        bytes[from..].fill(0);
        let judged = whole(container.name(), &bytes);
        let verdict = said(&judged).1;
        assert!(
            matches!(verdict, "incomplete" | "unsupported"),
            "{container:?} {:?}",
            judged.signature
        );
    }
}

#[test]
fn what_cannot_be_followed_is_told() {
    let camera = camera(Codec::H264);
    let film = camera.film(3, 6);
    let unsupported = |name: &str, bytes: &[u8], what: &str| {
        let judged = whole(name, bytes);
        assert_eq!(said(&judged), ("axis", "unsupported", None), "{what}");
        assert_eq!(judged.signature.reasons, ["layout"], "{what}");
    };
    let matroska = muxed(Container::Matroska, Codec::H264, &film).bytes;
    // The flag of the sound's track is left as it is.
    let sound = matroska.windows(2).position(|w| w == b"\x9c\x10").expect("a flag") + 2;
    let compressed = [&matroska[..sound], &with_encodings(&matroska[sound..])].concat();
    unsupported("a.mkv", &compressed, "compressed");
    let laced = || {
        let mut laced = matroska.clone();
        for at in 0..laced.len() - 8 {
            if laced[at] == 0xa3 && laced[at + 5] == 0x82 {
                laced[at + 8] |= 2;
            }
        }
        laced
    };
    unsupported("a.mkv", &laced(), "laced");
    let mut scrambled = muxed(Container::Ts, Codec::H264, &film).bytes;
    for packet in scrambled
        .chunks_mut(188)
        .filter(|packet| packet[2] == 0 && packet[1] & 1 == 1)
    {
        packet[3] |= 0x80;
    }
    unsupported("a.ts", &scrambled, "scrambled");
}

/// What ffmpeg makes of authentic files, pictures copied: into Matroska and
/// FLV as they are; where units follow start codes it needs to be told so.
#[test]
fn remuxed_by_ffmpeg() {
    let folder = std::env::temp_dir().join(format!("xishi-remuxed-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for path in [super::AXIS, super::ONVIF] {
        if sample(path).is_none() {
            return;
        }
        let start_codes = &["-c", "copy", "-bsf:v", "h264_mp4toannexb"][..];
        for (args, name) in [
            (&["-c", "copy"][..], "a.ts"),
            (&["-c", "copy", "-mpegts_m2ts_mode", "1"], "b.m2ts"),
            (start_codes, "c.mpg"),
            (start_codes, "d.vob"),
            (&["-c", "copy"], "e.mkv"),
            (&["-c", "copy"], "f.flv"),
            (start_codes, "g.avi"),
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
            let judged = whole(name, &bytes);
            assert_eq!(said(&judged).1, "valid", "{path} {name} {:?}", judged.signature);
            assert_eq!(judged.signature.frames_verified, 256, "{path} {name}");
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However it is written, what was not altered is never called so. (The
    /// camera's mark is not sought where a header cuts it in two.)
    #[test]
    fn any_remux_is_valid(which in 0_usize..20, step in 100_usize..400, part in 0_usize..100, pieces in 1_usize..600, groups in 2_u64..4, length in 2_u64..8) {
        let (container, codec) = all().nth(which).expect("one");
        let film = camera(codec).film(groups, length);
        let file = mux(container, codec == Codec::H265, &film, step).bytes;
        let judged = judge(container.name(), &file, None, pieces);
        prop_assert_eq!(said(&judged).1, "valid", "{:?}", judged.signature);
        // Nor is its beginning, wherever it ends.
        let judged = judge(container.name(), &file[..file.len() * part / 100], None, pieces);
        prop_assert!(said(&judged).1 != "invalid", "{:?}", judged.signature);
    }

    /// A changed picture is never valid.
    #[test]
    fn any_changed_picture_is_found(which in 0_usize..20, frame in 0_u64..18, byte in 4_usize..40, with in 1_u8..=255) {
        let (container, codec) = all().nth(which).expect("one");
        let camera = camera(codec);
        let mut film = camera.film(3, 6);
        let at = camera.position(&film, frame);
        film[at][byte] ^= with;
        let judged = whole(container.name(), &muxed(container, codec, &film).bytes);
        prop_assert_eq!(said(&judged).1, "invalid", "{:?}", judged.signature);
    }

    /// Whatever is done to the file, it is read to its end.
    #[test]
    fn anything_is_read(which in 0_usize..20, damage in proptest::collection::vec((any::<u32>(), any::<u8>(), 0_usize..40), 1..12), pieces in 1_usize..600) {
        let (container, codec) = all().nth(which).expect("one");
        let mut file = muxed(container, codec, &camera(codec).film(3, 6)).bytes;
        for (at, with, length) in damage {
            let at = at as usize % file.len();
            match length {
                0..20 => file[at] = with,
                20..30 => drop(file.splice(at..(at + length).min(file.len()), [])),
                _ => drop(file.splice(at..at, vec![with; length])),
            }
        }
        let judged = judge(container.name(), &file, None, pieces);
        let places = judged.findings.iter().filter(|f| f.code == "signature-invalid").filter_map(|f| f.offset);
        prop_assert!(places.into_iter().all(|at| at < file.len() as u64));
    }
}
