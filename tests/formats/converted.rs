//! Files that ffmpeg makes, where it is installed.

use std::process::{Command, Stdio};

use crate::common::*;

/// Six seconds of a test picture in this container.
fn made(name: &str, options: &[&str]) -> Option<Vec<u8>> {
    let path = std::env::temp_dir().join(format!("xishi-{}-{name}", std::process::id()));
    let mut command = Command::new("ffmpeg");
    command.args([
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=320x240:rate=25:duration=6",
    ]);
    command
        .args(["-f", "lavfi", "-i", "sine=duration=6"])
        .args(options)
        .arg(&path);
    let status = command.stdin(Stdio::null()).status();
    if !status.is_ok_and(|s| s.success()) {
        eprintln!("skipped: no ffmpeg that makes {name}");
        return None;
    }
    let bytes = std::fs::read(&path).ok();
    let _ = std::fs::remove_file(&path);
    bytes
}

const AVC: &[&str] = &[
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-g",
    "25",
    "-bf",
    "2",
    "-c:a",
    "aac",
];

fn options<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [AVC, more].concat()
}

#[test]
fn sound_files_are_sound() {
    for (name, more) in [
        ("a.ts", ["-f", "mpegts"].as_slice()),
        ("a.m2ts", &["-f", "mpegts", "-mpegts_m2ts_mode", "1"]),
        ("a.mkv", &["-f", "matroska"]),
        ("a.flv", &["-f", "flv"]),
        ("a.avi", &["-f", "avi", "-c:a", "mp3", "-bf", "0"]),
        ("a.ps", &["-f", "vob", "-c:a", "mp2"]),
        ("b.ps", &["-f", "vob", "-c:v", "mpeg2video", "-c:a", "mp2"]),
        (
            "c.mpg",
            &["-f", "mpeg", "-c:v", "mpeg1video", "-bf", "0", "-c:a", "mp2"],
        ),
        ("a.h264", &["-an", "-f", "h264"]),
        (
            "a.h265",
            &["-an", "-f", "hevc", "-c:v", "libx265", "-x265-params", "log-level=none"],
        ),
        (
            "b.ts",
            &["-f", "mpegts", "-c:v", "libx265", "-x265-params", "log-level=none"],
        ),
    ] {
        let Some(bytes) = made(name, &options(more)) else {
            continue;
        };
        let reading = read(name, &bytes);
        assert_eq!(codes(&reading), [""; 0], "{name} {:?}", reading.problems);
        assert!(!all_codes(&reading).contains(&"extension-mismatch"), "{name}");
        if let Some(ms) = reading.duration_ms {
            assert!(ms.abs_diff(6000) < 150, "{name} {ms}");
        }
        let picture = picture(&reading);
        assert!(picture.ends_with("320x240"), "{name} {picture}");
        let cut = read(name, &bytes[..bytes.len() * 2 / 3 + 7]);
        assert!(
            name.contains(".h26") || verdict(&cut).id() == "damaged",
            "{name} {:?}",
            cut.problems
        );
        let mut zeroed = bytes.clone();
        let (from, to) = (bytes.len() / 3, bytes.len() / 2);
        zeroed[from..to].fill(0);
        let zeroed = read(name, &zeroed);
        assert_eq!(verdict(&zeroed).id(), "damaged", "{name} {:?}", zeroed.problems);
        abuse(name, &bytes[..bytes.len().min(40_000)]);
    }
}

#[test]
fn pictures_that_wait_to_be_shown_are_not_cut_away() {
    // With one picture a second those that are reordered wait two seconds.
    for (fps, slower) in [("1", "setpts=25*PTS"), ("0.1", "setpts=250*PTS")] {
        let Some(bytes) = made("slow.mp4", &options(&["-an", "-r", fps, "-vf", slower])) else {
            continue;
        };
        let reading = read("slow.mp4", &bytes);
        assert_eq!(codes(&reading), [""; 0], "{fps} {:?}", reading.problems);
    }
}

#[test]
fn encrypted_pictures_tell_nothing_of_their_order() {
    let key = "76a6c65c5ea762046bd749a2e632ccbb";
    let scheme = ["-encryption_scheme", "cenc-aes-ctr", "-encryption_key", key];
    if let Some(bytes) = made(
        "locked.mp4",
        &options(&[&scheme[..], &["-encryption_kid", key]].concat()),
    ) {
        let reading = read("locked.mp4", &bytes);
        assert!(picture(&reading).starts_with("h264"), "{}", picture(&reading));
        assert_eq!(
            all_codes(&reading),
            ["re-encoded", "encrypted"],
            "{:?}",
            reading.problems
        );
    }
}

#[test]
fn codecs_inside_mpeg_4_sample_entries() {
    for (name, codec) in [("mjpeg", "mjpeg"), ("mpeg2video", "mpeg2"), ("mpeg4", "mpeg4")] {
        if let Some(bytes) = made("coded.mp4", &["-c:v", name, "-an"]) {
            assert_eq!(picture(&read("coded.mp4", &bytes)), format!("{codec} 320x240"));
        }
    }
}

#[test]
fn codecs_and_sizes_that_only_the_pictures_tell() {
    for (name, options, found) in [
        (
            "a.mpg",
            ["-c:v", "mpeg1video", "-f", "mpeg", "-an"].as_slice(),
            "mpeg1 320x240",
        ),
        ("b.mpg", &["-c:v", "mpeg1video", "-f", "vob", "-an"], "mpeg1 320x240"),
        ("c.mpg", &["-c:v", "mpeg2video", "-f", "vob", "-an"], "mpeg2 320x240"),
        (
            "a.avi",
            &["-c:v", "rawvideo", "-pix_fmt", "bgr24", "-an"],
            "rawvideo 320x240",
        ),
        (
            "a.flv",
            &["-c:v", "libx264", "-flvflags", "no_metadata", "-an"],
            "h264 320x240",
        ),
    ] {
        if let Some(bytes) = made(name, options) {
            assert_eq!(picture(&read(name, &bytes)), found, "{name}");
        }
    }
}

/// Small pictures share packets of a program stream, of which only the first
/// bears a time.
#[test]
fn pictures_behind_the_last_time_count() {
    for codec in ["libx264", "libx265"] {
        let quiet = ["-x265-params", "log-level=none"];
        let options = [["-c:v", codec].as_slice(), &quiet, &["-f", "vob", "-an"]].concat();
        let Some(bytes) = made("a.ps", &options) else { continue };
        let reading = read("a.ps", &bytes);
        let ms = reading.duration_ms.expect("a duration");
        assert!((5_900..=6_100).contains(&ms), "{codec}: {ms}");
        assert!(
            reading.tracks[0].samples.is_some_and(|n| (145..=150).contains(&n)),
            "{codec}"
        );
    }
}

#[test]
fn interrupted_containers() {
    if let Some(bytes) = made("live.mkv", &options(&["-f", "matroska", "-live", "1"])) {
        let reading = read("live.mkv", &bytes);
        assert_eq!(codes(&reading), ["index-missing"], "{:?}", reading.problems);
    }
    if let Some(mut bytes) = made("b.avi", &options(&["-f", "avi", "-c:a", "mp3", "-bf", "0"])) {
        let index = bytes.windows(4).rposition(|w| w == b"idx1").unwrap();
        bytes.truncate(index);
        assert!(codes(&read("b.avi", &bytes)).contains(&"index-missing"));
    }
}

#[test]
fn large_files_in_few_reads() {
    let noise = ["-vf", "noise=alls=100:allf=t", "-an"];
    for (name, more) in [
        ("big.avi", ["-f", "avi", "-c:v", "rawvideo"].as_slice()),
        ("big.mkv", &["-f", "matroska", "-c:v", "rawvideo"]),
        ("big.flv", &["-f", "flv", "-c:v", "flv1", "-q:v", "1", "-s", "640x480"]),
        (
            "big.ps",
            &["-f", "vob", "-c:v", "mpeg2video", "-q:v", "1", "-s", "640x480"],
        ),
        (
            "big.ts",
            &["-f", "mpegts", "-c:v", "mpeg2video", "-q:v", "1", "-s", "640x480"],
        ),
    ] {
        let Some(bytes) = made(name, &[noise.as_slice(), more].concat()) else {
            continue;
        };
        assert!(bytes.len() > 9 << 20, "{name} {}", bytes.len());
        let (read, reading) = counted(name, &bytes);
        assert!(read <= 4 << 20, "{name} {read}");
        assert_eq!(codes(&reading), [""; 0], "{name} {:?}", reading.problems);
        assert!(
            reading.duration_ms.unwrap().abs_diff(6000) < 150,
            "{name} {:?}",
            reading.duration_ms
        );
        let cut = counted(name, &bytes[..bytes.len() - 200_007]).1;
        assert_eq!(verdict(&cut).id(), "damaged", "{name} {:?}", cut.problems);
        let mut zeroed = bytes;
        let len = zeroed.len();
        zeroed[len - 3_000_000..].fill(0);
        let zeroed = counted(name, &zeroed).1;
        assert_eq!(verdict(&zeroed).id(), "damaged", "{name} {:?}", zeroed.problems);
    }
}
