//! Tables read back by the kit's own readers.

use proptest::prelude::*;
use serde_json::json;
use xishi::dossier::{Camera, Dossier};
use xishi::inspect::{self, Options, Reading};
use xishi::papers::{Rows, Sheet, Value, csv, files, xlsx};
use xishi::recording::{Kind, channel};

use crate::support::{ON, cafe, day, dossier, inspection, read, with};

/// A cell's text as it stands on one line; nothing where it says nothing.
fn line(text: &str) -> Option<String> {
    match Value::from(text) {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// What a list of cameras says of these: the channel in the one spelling that
/// readers give it.
fn expected(cameras: &[Camera]) -> Vec<(String, Option<String>, Option<String>)> {
    let told = |camera: &Camera| {
        let name = line(&camera.name);
        let id = line(&camera.id).or_else(|| name.clone())?;
        Some((channel::normalise(&id), name, line(&camera.location)))
    };
    cameras.iter().filter_map(told).collect()
}

fn found(reading: &Reading) -> Vec<(String, Option<String>, Option<String>)> {
    let told = |camera: &xishi::recording::ListedCamera| {
        (camera.channel.clone(), camera.name.clone(), camera.location.clone())
    };
    reading.cameras.iter().map(told).collect()
}

fn back(dossier: &Dossier) -> [Reading; 2] {
    let rows = with(dossier, None, |case| Sheet::Cameras.rows(case));
    let book = xlsx(&[("摄像头", rows.clone())]);
    [read("摄像头.csv", &csv(&rows)), read("摄像头.xlsx", &book)]
}

#[test]
fn cameras_come_back() {
    let dossier = cafe();
    for reading in back(&dossier) {
        assert_eq!(reading.kind, Kind::CameraList, "{}", reading.path);
        assert_eq!(found(&reading), expected(&dossier.cameras));
        assert!(reading.problems.is_empty());
    }
}

/// Texts that break tables: formulas, quotes, delimiters, line ends, controls.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("=1+1"),
        Just("+"),
        Just("-"),
        Just("@"),
        Just("'"),
        Just("\""),
        Just("\"\""),
        Just(","),
        Just(";"),
        Just("|"),
        Just("\t"),
        Just("\r\n"),
        Just("\n"),
        Just("\u{0}"),
        Just("\u{feff}"),
        Just("&lt;"),
        Just("<b>"),
        Just("]]>"),
        Just("大堂"),
        Just("收银台"),
        Just("\u{ff1d}"),
        Just(" "),
        Just("\u{3000}"),
        Just("CH01"),
        Just("2026-01-01 00:00:00"),
        Just("😀"),
        Just("\u{fffe}"),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat().replace(['\u{fffe}', '\u{feff}'], ""))
}

proptest! {
    #[test]
    fn cameras_of_any_name_come_back(texts in prop::collection::vec((nasty(), nasty(), nasty()), 1..8)) {
        let cameras: Vec<_> = texts
            .iter()
            .map(|(id, name, location)| json!({"id": id, "name": name, "location": location}))
            .collect();
        let dossier = dossier(json!({"cameras": cameras}));
        for reading in back(&dossier) {
            prop_assert_eq!(found(&reading), expected(&dossier.cameras), "{}", reading.path);
        }
    }

    #[test]
    fn no_cell_of_any_table_runs_as_a_formula(text in nasty()) {
        let rows = Rows { head: &["a", "b"], rows: vec![vec![text.as_str().into(), Value::Integer(-1)]] };
        let written = String::from_utf8(csv(&rows)).expect("UTF-8");
        let line = written.lines().nth(1).unwrap_or_default();
        let cell = line.strip_prefix('"').map_or(line.to_owned(), |quoted| quoted.replace("\"\"", "\""));
        prop_assert!(!cell.starts_with(['=', '+', '-', '@']), "{}", written);
        prop_assert_eq!(written.lines().count(), 2);
    }
}

#[test]
fn recordings_come_back_and_are_judged_the_same() {
    let first = inspection();
    let rows = with(&cafe(), Some(&first), |case| Sheet::Recordings.rows(case));
    for (path, bytes) in [
        ("录像时段.csv", csv(&rows)),
        ("录像时段.xlsx", xlsx(&[("录像时段", rows.clone())])),
    ] {
        let reading = read(path, &bytes);
        assert_eq!(reading.kind, Kind::RecordingList, "{path}");
        let again = inspect::conclude(&[reading], &Options::new(day(ON)));
        assert_eq!(again.channels, first.channels, "{path}");
        assert_eq!(again.retention, first.retention);
    }
}

#[test]
fn a_channel_that_nothing_tells_stays_untold() {
    let list = "开始时间,结束时间\n2026-11-01 00:00:00,2026-11-23 09:00:00\n";
    let options = Options::new(day(ON));
    let first = inspect::conclude(&[read("list.csv", list.as_bytes())], &options);
    let rows = with(&cafe(), Some(&first), |case| Sheet::Recordings.rows(case));
    let again = inspect::conclude(&[read("again.csv", &csv(&rows))], &options);
    assert_eq!(again.channels, first.channels);
}

#[test]
fn results_are_never_taken_for_recordings() {
    let inspection = inspection();
    with(&cafe(), Some(&inspection), |case| {
        for sheet in Sheet::ALL {
            let rows = sheet.rows(case);
            assert!(!rows.rows.is_empty(), "{}", sheet.id());
            let reading = read(&format!("{}.csv", sheet.id()), &csv(&rows));
            let expected = match sheet {
                Sheet::Cameras => Kind::CameraList,
                Sheet::Recordings => Kind::RecordingList,
                _ => reading.kind,
            };
            assert_eq!(reading.kind, expected, "{}", sheet.id());
            assert_eq!(
                reading.recorded.is_empty(),
                *sheet != Sheet::Recordings,
                "{}",
                sheet.id()
            );
            assert_eq!(reading.cameras.is_empty(), *sheet != Sheet::Cameras, "{}", sheet.id());
            assert!(reading.events.is_empty(), "{}", sheet.id());
        }
    });
}

#[test]
fn the_whole_workbook_gives_cameras_and_recordings_back() {
    let first = inspection();
    let book = with(&cafe(), Some(&first), |case| {
        files(case)
            .into_iter()
            .find(|file| file.name.ends_with(".xlsx"))
            .expect("a workbook")
    });
    let reading = read(&book.name, &book.bytes);
    assert_eq!(found(&reading), expected(&cafe().cameras));
    let again = inspect::conclude(&[reading], &Options::new(day(ON)));
    assert_eq!(again.channels, first.channels);
}

#[test]
fn a_guarded_id_is_the_channel_it_was() {
    let dossier = dossier(json!({"cameras": [{"id": "=2", "name": "'-x", "location": "\"引号\",逗号"}]}));
    for reading in back(&dossier) {
        assert_eq!(
            found(&reading),
            [(
                "=2".to_owned(),
                Some("'-x".to_owned()),
                Some("\"引号\",逗号".to_owned())
            )]
        );
    }
}
