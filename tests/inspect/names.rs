//! Names and what is inside, held against each other.

use crate::support::*;
use xishi::inspect::{self, Options};

#[test]
fn a_name_gives_channel_and_time() {
    let file = file(
        "export/CH03_20261122080000_20261122090000.mp4",
        &Mp4::lasting(3600).build(),
    );
    assert_eq!(codes(&file), []);
    assert_eq!(file.channel.as_deref(), Some("3"));
    assert_eq!(file.start, Some(at("2026-11-22 08:00").naive()));
    assert_eq!(file.end, Some(at("2026-11-22 09:00").naive()));
    assert_eq!(file.time_source.as_deref(), Some("name"));
}

#[test]
fn a_start_alone_and_the_length_inside() {
    let file = file("ch01/20261122_235000_tp00001.mp4", &Mp4::lasting(1200).build());
    assert_eq!(file.channel.as_deref(), Some("1"));
    assert_eq!(file.end, Some(at("2026-11-23 00:10").naive()));
}

#[test]
fn creation_times_that_fit_and_that_do_not() {
    let name = "ch1_20261122080000_20261122090000.mp4";
    for (created, expected) in [
        ("2026-11-22 08:00", None),
        ("2026-11-22 09:00:30", None),
        ("2026-11-22 00:00", None),
        ("2026-11-22 01:00", None),
        ("2026-11-22 05:00", Some("warning")),
        ("2026-11-22 14:00", Some("warning")),
        ("2026-11-20 08:00", Some("warning")),
        ("2026-12-20 08:00", Some("info")),
    ] {
        let file = file(name, &Mp4::lasting(3600).created(at(created)).build());
        let told = file.findings.first().map(|f| (f.code.as_str(), f.severity.as_str()));
        assert_eq!(told, expected.map(|s| ("name-time-mismatch", s)), "{created}");
    }
}

#[test]
fn a_unix_time_in_the_folder_of_another_day() {
    let minute = Mp4::lasting(60).build();
    let told = |path| file(path, &minute);
    assert_eq!(codes(&told("2026112208/05M12S_1795305912.mp4")), []);
    let moved = told("2026112108/05M12S_1795305912.mp4");
    assert_eq!(codes(&moved), [("name-time-mismatch", None)]);
    assert_eq!(moved.verdict, "suspect");
    assert_eq!(
        moved.start,
        Some(at("2026-11-21 08:05:12").naive()),
        "the folder counts"
    );
}

#[test]
fn a_name_that_promises_an_hour() {
    let file = file("ch1_20261122080000_20261122090000.mp4", &Mp4::lasting(600).build());
    assert_eq!(codes(&file), [("name-time-mismatch", None)]);
    assert_eq!(file.end, Some(at("2026-11-22 08:10").naive()), "what is there counts");
    assert_eq!(file.verdict, "suspect");
}

#[test]
fn a_folder_of_recordings_is_judged() {
    let hours = 31 * 24;
    let start = at("2026-10-23");
    let bytes = Mp4::lasting(3600).build();
    let readings: Vec<_> = (0..hours)
        .filter(|n| !(100..103).contains(n))
        .map(|n| {
            let name = |t: xishi::recording::Civil| t.naive().format("%Y%m%d%H%M%S").to_string();
            let from = start.plus(n * 3600);
            read(
                &format!("NVR_ch1_main_{}_{}.mp4", name(from), name(from.plus(3600))),
                &bytes,
            )
        })
        .collect();
    let all = inspect::conclude(&readings, &Options::new(day("2026-11-23")));
    assert_eq!(all.retention.verdict, "gaps");
    assert_eq!(all.channels[0].gaps.len(), 1);
    assert_eq!(all.channels[0].gaps[0].from, start.plus(100 * 3600).naive());
    assert_eq!(all.channels[0].kept_days, 31.0);
    assert_eq!(all.integrity.verdict, "sound");
}
