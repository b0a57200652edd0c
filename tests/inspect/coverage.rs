//! Retention, case by case. A case is a sketch: the day of inspection is
//! 2026-11-23, T; `T-31..T` is recorded from midnight to midnight, `@10` an
//! hour of the day.

use chrono::{Days, NaiveDate};
use xishi::inspect::{self, Options, Reading};
use xishi::recording::{Civil, Kind, ListInfo, Recorded, Span, TimeBasis, TimeSource};
use xishi::wire::{ChannelDoc, Inspection};

use crate::support::*;

fn today() -> NaiveDate {
    day("2026-11-23")
}

/// `T-31`, `T-31@10`, `T`, `T@10:30`, `T+1`.
fn moment(text: &str) -> Civil {
    let (days, clock) = text.split_once('@').unwrap_or((text, "0"));
    let offset: i64 = days
        .strip_prefix('T')
        .filter(|d| !d.is_empty())
        .map_or(0, |d| d.parse().expect("days"));
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, "0"));
    let seconds = hour.parse::<i64>().expect("hour") * 3600 + minute.parse::<i64>().expect("minute") * 60;
    Civil::midnight(today()).plus(offset * 86_400 + seconds)
}

fn spans(sketch: &str) -> Vec<Span> {
    let pairs = sketch.split_whitespace().map(|s| s.split_once("..").expect("a span"));
    pairs
        .map(|(from, to)| Span::new(moment(from), moment(to)).expect("in order"))
        .collect()
}

fn reading(kind: Kind, source: TimeSource, channel: Option<&str>, sketch: &str) -> Reading {
    let mut reading = Reading::failed("a", 1);
    reading.kind = kind;
    reading.problems.clear();
    reading.list = kind.is_list().then(ListInfo::default);
    let mut recorded = Recorded::new(channel.map(str::to_owned), TimeBasis::DeviceLocal, source);
    recorded.spans = spans(sketch);
    reading.recorded = vec![recorded];
    reading
}

fn list(channel: &str, sketch: &str) -> Reading {
    reading(Kind::RecordingList, TimeSource::List, Some(channel), sketch)
}

fn video(channel: Option<&str>, sketch: &str) -> Reading {
    reading(Kind::Mp4, TimeSource::Name, channel, sketch)
}

fn conclude(readings: &[Reading], options: &Options) -> Inspection {
    inspect::conclude(readings, options)
}

fn only(inspection: Inspection) -> ChannelDoc {
    assert_eq!(inspection.channels.len(), 1);
    assert_eq!(inspection.channels[0].verdict, inspection.retention.verdict);
    inspection.channels.into_iter().next().expect("one")
}

/// (sketch, verdict, kept days, gaps)
const LISTED: &[(&str, &str, f64, usize)] = &[
    // Whole.
    ("T-31..T", "kept", 31.0, 0),
    ("T-30..T", "kept", 30.0, 0),
    ("T-30..T@10", "kept", 30.42, 0),
    // A ring buffer overwrites through the day.
    ("T-30@9..T@10", "kept", 30.04, 0),
    ("T-30@10..T@10", "kept", 30.0, 0),
    // Too short: a day, half a day, by the day of the first recording.
    ("T-29..T", "short", 29.0, 0),
    ("T-30@12..T", "short", 29.5, 0),
    ("T-29..T@12", "short", 29.5, 0),
    ("T-29..T@23:59", "short", 30.0, 0),
    ("T-20..T", "short", 20.0, 0),
    // Gaps: longer than a minute only; outages of days are gaps too.
    ("T-31..T-10 T-10@0:1..T", "kept", 31.0, 0),
    ("T-31..T-10 T-10@0:2..T", "gaps", 31.0, 1),
    ("T-31..T-10 T-10@3..T-5 T-5@1..T", "gaps", 31.0, 2),
    ("T-40..T-12 T-10..T", "gaps", 40.0, 1),
    // Before the window holes do not matter.
    ("T-60..T-50 T-40..T", "kept", 60.0, 0),
    // Short and with gaps: short is worse.
    ("T-20..T-10 T-10@3..T", "short", 20.0, 1),
    // An old clip kept as evidence is no retention.
    ("T-200..T-200@1 T-10..T", "short", 10.0, 0),
    ("T-200..T-200@1 T-31..T", "kept", 31.0, 0),
    ("T-300..T-300@1 T-200..T-200@1 T-30@5..T-30@6 T-10..T", "short", 10.0, 0),
    // A clip between two outages does not end the stretch.
    ("T-40..T-22 T-20@12..T-20@13 T-19..T", "gaps", 40.0, 2),
    // Stopped recording: the silence up to T is a gap, unless it may be that
    // the list was exported the day before.
    ("T-60..T-10", "gaps", 60.0, 1),
    ("T-31..T-1@18", "kept", 31.0, 0),
    ("T-31..T-2", "gaps", 31.0, 1),
    // What comes after the day of inspection does not count.
    ("T-31..T T+1..T+5", "kept", 31.0, 0),
    ("T+1..T+40", "unknown", 0.0, 0),
    // Overlaps count once.
    ("T-31..T-5 T-20..T-10 T-20..T", "kept", 31.0, 0),
];

#[test]
fn a_list_speaks_for_the_recorder() {
    for (sketch, verdict, kept, gaps) in LISTED {
        let channel = only(conclude(&[list("1", sketch)], &Options::new(today())));
        let told = (channel.verdict.as_str(), channel.kept_days, channel.gaps.len());
        assert_eq!(told, (*verdict, *kept, *gaps), "{sketch}: {:?}", channel.because);
        assert!((0.0..=1.0).contains(&channel.coverage), "{sketch}");
        assert!(!channel.because.is_empty(), "{sketch}");
    }
}

#[test]
fn recordings_from_the_future_are_told() {
    let all = conclude(&[list("1", "T-31..T@12 T+1..T+1@1")], &Options::new(today()));
    assert_eq!(codes(&all.files[0]), [("future-recording", None)]);
    assert_eq!(all.channels[0].latest, Some(moment("T@12").naive()));
    assert_eq!(all.retention.verdict, "kept");
    // With a clock that is ahead all is in the future, and nothing is known.
    let all = conclude(&[list("1", "T+2..T+40")], &Options::new(today()));
    assert_eq!(all.retention.verdict, "unknown");
}

#[test]
fn coverage_is_the_share_of_the_window() {
    let share = |sketch: &str| only(conclude(&[list("1", sketch)], &Options::new(today()))).coverage;
    assert_eq!(share("T-31..T"), 1.0);
    assert_eq!(share("T-15..T"), 0.5);
    assert_eq!(share("T-30..T-15 T-12..T"), 0.9);
    assert_eq!(share("T-200..T-199 T-15..T"), 0.5);
}

#[test]
fn other_days_are_required() {
    let verdict = |sketch: &str, days: u32| {
        let options = Options {
            required_days: days,
            ..Options::new(today())
        };
        only(conclude(&[list("1", sketch)], &options)).verdict
    };
    assert_eq!(verdict("T-31..T", 90), "short");
    assert_eq!(verdict("T-90..T", 90), "kept");
    assert_eq!(verdict("T-89@10..T", 90), "short");
}

#[test]
fn a_young_system_cannot_be_judged_yet() {
    let verdict = |sketch: &str, since: Option<&str>, channel_since: Option<&str>| {
        let mut options = Options {
            in_use_since: since.map(day),
            ..Options::new(today())
        };
        options
            .channel_since
            .extend(channel_since.map(|d| ("1".to_owned(), day(d))));
        only(conclude(&[list("1", sketch)], &options)).verdict
    };
    assert_eq!(verdict("T-10..T", Some("2026-11-13"), None), "not-yet-assessable");
    assert_eq!(verdict("T-9@9..T", Some("2026-11-13"), None), "not-yet-assessable");
    assert_eq!(verdict("T-10..T", None, Some("2026-11-13")), "not-yet-assessable");
    assert_eq!(verdict("T-5..T", Some("2026-11-13"), None), "short");
    assert_eq!(verdict("T-10..T-5 T-5@4..T", Some("2026-11-13"), None), "gaps");
    assert_eq!(verdict("T-10..T", Some("2020-01-01"), None), "short");
    // A day more than the window: not young any more.
    assert_eq!(verdict("T-30..T", Some("2026-10-24"), None), "kept");
    assert_eq!(verdict("T-29..T", Some("2026-10-25"), None), "not-yet-assessable");
    // Recordings older than the day given prove that the day is wrong.
    assert_eq!(verdict("T-31..T", Some("2026-11-13"), None), "kept");
}

#[test]
fn files_are_a_sample_until_there_are_many() {
    let verdict = |readings: &[Reading], complete| {
        let options = Options {
            complete,
            ..Options::new(today())
        };
        only(conclude(readings, &options)).verdict
    };
    let few = [video(Some("1"), "T-3@8..T-3@9"), video(Some("1"), "T@8..T@9")];
    assert_eq!(verdict(&few, false), "unknown");
    assert_eq!(verdict(&few, true), "short");
    assert_eq!(
        verdict(
            &[video(Some("1"), "T-31@8..T-31@9"), video(Some("1"), "T@8..T@9")],
            false
        ),
        "unknown"
    );
    assert_eq!(verdict(&[video(Some("1"), "T-20..T")], false), "short");
    assert_eq!(verdict(&[video(Some("1"), "T-31..T")], false), "kept");
    assert_eq!(
        verdict(&[video(Some("1"), "T-31..T-9"), video(Some("1"), "T-8..T")], false),
        "gaps"
    );
    assert_eq!(verdict(&[video(None, "T-3@8..T-3@9")], false), "unknown");
}

#[test]
fn the_time_of_a_container_proves_nothing() {
    let mut file = video(None, "T-31..T");
    file.recorded[0].source = TimeSource::Container;
    let all = conclude(&[file], &Options::new(today()));
    assert_eq!(all.channels, []);
    assert_eq!(all.retention.verdict, "unknown");
    assert!(all.files[0].start.is_some());
}

#[test]
fn the_worst_channel_decides() {
    let worst = |readings: &[Reading]| conclude(readings, &Options::new(today())).retention.verdict;
    let (kept, gaps, short) = (list("1", "T-31..T"), list("2", "T-31..T-9 T-8..T"), list("3", "T-9..T"));
    let sample = video(Some("4"), "T-3@8..T-3@9");
    assert_eq!(worst(&[kept.clone(), gaps.clone()]), "gaps");
    assert_eq!(worst(&[kept.clone(), gaps.clone(), short.clone()]), "short");
    assert_eq!(worst(&[kept.clone(), sample.clone()]), "unknown");
    assert_eq!(worst(&[sample, gaps]), "gaps");
    assert_eq!(worst(&[]), "unknown");
    // A clip beside the list that does not tell its channel.
    assert_eq!(worst(&[kept, video(None, "T-3@8..T-3@9")]), "kept");
}

#[test]
fn channels_come_in_the_order_of_people() {
    let readings: Vec<Reading> = ["10", "2", "大堂", "1"].iter().map(|c| list(c, "T-31..T")).collect();
    let all = conclude(&readings, &Options::new(today()));
    let names: Vec<&str> = all.channels.iter().map(|c| c.channel.as_str()).collect();
    assert_eq!(names, ["1", "2", "10", "大堂"]);
}

#[test]
fn lists_that_are_not_whole_conclude_nothing() {
    let mut page = list("1", "T-20..T");
    page.list = Some(ListInfo {
        more: true,
        items: 40,
        ..ListInfo::default()
    });
    let all = conclude(std::slice::from_ref(&page), &Options::new(today()));
    assert_eq!(all.retention.verdict, "unknown");
    assert_eq!(codes(&all.files[0]), [("list-incomplete", None)]);

    let part = |group: &str, items, sketch| {
        let mut part = list("1", sketch);
        part.list = Some(ListInfo {
            group: Some(group.to_owned()),
            items,
            total: Some(100),
            ..ListInfo::default()
        });
        part
    };
    let (first, second) = (part("SN7", 60, "T-31..T-10"), part("SN7", 40, "T-10..T"));
    let verdict = |readings: &[Reading]| conclude(readings, &Options::new(today())).retention.verdict;
    assert_eq!(verdict(std::slice::from_ref(&first)), "unknown");
    assert_eq!(verdict(&[first.clone(), second.clone()]), "kept");
    assert_eq!(verdict(&[first, part("SN8", 40, "T-10..T")]), "unknown");
}

#[test]
fn motion_only_and_clock_and_expected() {
    let nightly = (0..31).map(|d| format!("T-{d}@8..T-{d}@9 ")).collect::<String>();
    let mut options = Options::new(today());
    assert_eq!(only(conclude(&[list("1", &nightly)], &options)).verdict, "gaps");
    options.motion_only = true;
    assert_eq!(only(conclude(&[list("1", &nightly)], &options)).verdict, "kept");

    let fast = Options {
        clock_offset_seconds: -3600,
        ..Options::new(today())
    };
    let channel = only(conclude(&[list("1", "T-31@1..T@1")], &fast));
    assert_eq!(channel.earliest, Some(moment("T-31").naive()));

    let expected = Options {
        expected_channels: vec!["CH01".into(), "CH02".into()],
        ..Options::new(today())
    };
    let all = conclude(&[list("1", "T-31..T")], &expected);
    assert_eq!((all.channels.len(), all.retention.verdict.as_str()), (2, "short"));
    let all = conclude(&[video(Some("1"), "T-31..T")], &expected);
    assert_eq!(all.retention.verdict, "unknown");
}

#[test]
fn real_utc_is_eight_hours_earlier() {
    let mut file = video(Some("1"), "T-31@16..T-1@16");
    file.recorded[0].basis = TimeBasis::Utc;
    file.recorded[0].source = TimeSource::InStream;
    let all = conclude(&[file], &Options::new(today()));
    assert_eq!(all.channels[0].earliest, Some(moment("T-30").naive()));
    assert_eq!(all.files[0].start, Some(moment("T-30").naive()));
    assert_eq!(all.retention.verdict, "kept");
}

#[test]
fn copies_are_told_and_count_once() {
    let bytes = Mp4::lasting(3600).build();
    let mut readings: Vec<Reading> = ["ch1/20261122080000.mp4", "copy/ch1_20261122080000.mp4"]
        .iter()
        .map(|path| read(path, &bytes))
        .collect();
    for reading in &mut readings {
        let mut digests = xishi::digest::Digests::new();
        digests.update(&bytes);
        reading.digests = digests.finish();
    }
    let all = conclude(&readings, &Options::new(today()));
    assert_eq!(codes(&all.files[0]), []);
    assert_eq!(codes(&all.files[1]), [("duplicate-file", None)]);
    assert!(all.files[1].findings[0].detail.contains("ch1/20261122080000.mp4"));
    let seconds: i64 = all.channels[0]
        .recorded
        .iter()
        .map(|s| (s.to - s.from).num_seconds())
        .sum();
    assert_eq!(seconds, 3600);
    assert_eq!(all.integrity.verdict, "sound");
}

#[test]
fn a_manifest_is_held_against_the_files() {
    let mut manifest = Reading::failed("sub/SHA256SUMS", 1);
    manifest.kind = Kind::Manifest;
    manifest.problems.clear();
    let listed = |(name, digits): (&str, &str)| xishi::digest::Listed {
        name: name.to_owned(),
        algorithm: Some(xishi::digest::Algorithm::Sha256),
        digits: digits.to_owned(),
    };
    manifest.manifest = [("a.mp4", "00"), ("b.mp4", "11"), ("c.mp4", "22")].map(listed).to_vec();
    let with = |path: &str, digest: &str| {
        let mut file = video(Some("1"), "T-1..T");
        file.path = path.to_owned();
        file.digests.sha256 = Some(digest.to_owned());
        file
    };
    let all = conclude(
        &[manifest, with("sub/a.mp4", "00"), with("sub/b.mp4", "ff")],
        &Options::new(today()),
    );
    let found: Vec<Vec<_>> = all.files.iter().map(codes).collect();
    let expected = [
        vec![("digest-missing-file", None)],
        vec![],
        vec![("digest-mismatch", None)],
    ];
    assert_eq!(found, expected);
    assert_eq!(all.integrity.verdict, "suspect");
}

#[test]
fn manifests_as_sha256sum_writes_them() {
    let video = Mp4::default().build();
    let mut file = read("a.mp4", &video);
    let mut digests = xishi::digest::Digests::new();
    digests.update(&video);
    file.digests = digests.finish();
    let digest = file.digests.sha256.clone().expect("computed");
    for text in [
        format!("{digest}  a.mp4\n"),
        format!("{} *./a.mp4\r\n", digest.to_uppercase()),
        format!("SHA256 (a.mp4) = {digest}"),
    ] {
        let manifest = read("SHA256SUMS.txt", text.as_bytes());
        assert_eq!(manifest.kind, Kind::Manifest, "{text}");
        let all = conclude(&[manifest, file.clone()], &Options::new(today()));
        assert!(
            all.files.iter().all(|f| f.findings.is_empty()),
            "{text}: {:?}",
            all.files
        );
    }
}

#[test]
fn windows_of_any_length_never_panic() {
    for days in [0, 1, 30, 3650] {
        for sketch in ["T..T", "T@1..T@2", "T-1..T", "T-400..T", "T+1..T+2"] {
            let options = Options {
                required_days: days,
                in_use_since: today().checked_add_days(Days::new(5)),
                ..Options::new(today())
            };
            conclude(&[list("1", sketch)], &options);
        }
    }
}
