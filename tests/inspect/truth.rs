//! Files that are not what they claim: copies under another day, edits,
//! headers written later, names of another maker.

use crate::support::*;
use xishi::inspect::{self, Options, Reading};
use xishi::wire::Inspection;

const DAY: &str = "2026-11-23";

/// Ten minutes under this name, with these marks of its pictures.
fn named(path: &str, digest: &str, sketch: std::ops::Range<u64>) -> Reading {
    let mut reading = read(path, &Mp4::lasting(600).build());
    reading.digests.sha256 = Some(digest.to_owned());
    reading.sketch = sketch.collect();
    reading
}

fn conclude(readings: &[Reading]) -> Inspection {
    inspect::conclude(readings, &Options::new(day(DAY)))
}

const MONDAY: &str = "ch01_20261116080000_20261116081000.mp4";
const TUESDAY: &str = "ch01_20261117080000_20261117081000.mp4";

#[test]
fn the_same_bytes_under_two_days() {
    let all = conclude(&[named(MONDAY, "aa", 0..0), named(TUESDAY, "aa", 0..0)]);
    assert_eq!(codes(&all.files[0]), []);
    assert_eq!(codes(&all.files[1]), [("duplicate-file", None)]);
    assert_eq!(all.files[1].verdict, "suspect");
    // It shows nothing of the day that it claims.
    let channel = &all.channels[0];
    assert_eq!(channel.latest.map(|t| t.date()), Some(day("2026-11-16")));
}

#[test]
fn one_camera_under_the_name_of_another() {
    let other = MONDAY.replace("ch01", "ch02");
    for (digest, sketch, code) in [("aa", 0..0, "duplicate-file"), ("bb", 0..40, "duplicate-content")] {
        let all = conclude(&[named(MONDAY, "aa", sketch.clone()), named(&other, digest, sketch)]);
        assert_eq!(codes(&all.files[1]), [(code, None)]);
        assert_eq!(all.files[1].verdict, "suspect");
        // The other camera has nothing of its own.
        let channels: Vec<&str> = all.channels.iter().map(|c| c.channel.as_str()).collect();
        assert_eq!(channels, ["1"]);
    }
}

#[test]
fn the_same_pictures_under_two_days() {
    let all = conclude(&[named(MONDAY, "aa", 0..40), named(TUESDAY, "bb", 5..40)]);
    assert_eq!(codes(&all.files[1]), [("duplicate-content", None)]);
    assert_eq!(all.files[1].verdict, "suspect");
    assert!(
        all.files[1].findings[0].detail.contains("35"),
        "{:?}",
        all.files[1].findings
    );
    let apart = conclude(&[named(MONDAY, "aa", 0..40), named(TUESDAY, "bb", 38..80)]);
    assert_eq!(codes(&apart.files[1]), []);
    // Of one time they are a copy, and the file is sound.
    let copy = conclude(&[
        named(MONDAY, "aa", 0..40),
        named(&format!("copy/{MONDAY}"), "bb", 0..40),
    ]);
    assert_eq!(codes(&copy.files[1]), [("duplicate-content", None)]);
    assert_eq!(copy.files[1].verdict, "sound");
}

#[test]
fn edit_lists() {
    let of = |edits: &'static [(u32, u32)]| {
        let mp4 = Mp4 {
            edits,
            ..Mp4::default()
        };
        let found = file("a.mp4", &mp4.build());
        let edited = found.findings.iter().filter(|f| f.code == "edited").count();
        (edited, found.verdict)
    };
    // The decoder's delay; an empty part before it.
    assert_eq!(of(&[(10_000, 80)]), (0, "sound".to_owned()));
    assert_eq!(of(&[(500, u32::MAX), (9500, 0)]), (0, "sound".to_owned()));
    assert_eq!(of(&[(9000, 4000)]).0, 1);
    assert_eq!(of(&[(5000, 0), (5000, 5000)]), (1, "suspect".to_owned()));
}

#[test]
fn a_header_written_later() {
    let told = |changed_after| {
        let mp4 = Mp4 {
            changed_after,
            ..Mp4::lasting(600).created(at("2026-11-16 08:00:00"))
        };
        let found = file("a.mp4", &mp4.build());
        found
            .findings
            .iter()
            .any(|f| f.code == "re-encoded" && f.severity == "info")
    };
    assert!(!told(0));
    assert!(!told(630));
    assert!(told(86_400));
}

#[test]
fn saved_before_it_was_recorded() {
    let bytes = Mp4::lasting(600).build();
    let on = |modified: &str| {
        let mut source = bytes.as_slice();
        let reading = inspect::read(MONDAY, Some(at(modified).naive()), &mut source, &Native).expect("read");
        conclude(&[reading]).files.remove(0)
    };
    assert_eq!(codes(&on("2026-11-16 08:10:00")), []);
    assert_eq!(codes(&on("2026-11-20 08:10:00")), []);
    let early = on("2026-11-01 09:00:00");
    assert_eq!(codes(&early), [("clock-offset", None)]);
    assert_eq!(early.verdict, "sound");
}

#[test]
fn a_makers_name_without_its_marks() {
    let bytes = Mp4::default().build();
    for path in ["hiv00001.mp4", "海康/a.mp4", "08.00.00-08.00.10[R][0@0][0].mp4"] {
        let file = file(path, &bytes);
        let told = file.findings.iter().filter(|f| f.code == "re-encoded").count();
        assert_eq!((told, file.verdict.as_str()), (1, "sound"), "{path}");
    }
    assert_eq!(codes(&file("a.mp4", &bytes)), []);
}

#[test]
fn a_clock_set_while_it_recorded() {
    let log = "时间,类型,内容\n2026-11-16 08:05:00,操作,修改时间\n2026-11-18 08:05:00,操作,修改时间\n";
    let readings = [
        named(MONDAY, "aa", 0..0),
        named(TUESDAY, "bb", 0..0),
        read("log.csv", log.as_bytes()),
    ];
    let all = conclude(&readings);
    assert_eq!(codes(&all.files[0]), [("clock-changed", None)]);
    assert_eq!(codes(&all.files[1]), []);
}
