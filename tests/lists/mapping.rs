//! Lists whose columns a person told: read the same way from then on, and
//! never a reason for a bad verdict while nobody confirmed it.

use chrono::NaiveDate;
use xishi::formats::Charsets;
use xishi::formats::dates::Order;
use xishi::formats::lists::mapping::{Mapping, Role, Unit};
use xishi::inspect::{self, Options, Reading};
use xishi::wire::Inspection;

use crate::support::{Native, day, read};

/// A front whose user told some lists.
struct Told(Vec<Mapping>);

impl Charsets for Told {
    fn gb18030(&self, bytes: &[u8]) -> String {
        Native.gb18030(bytes)
    }

    fn mappings(&self) -> &[Mapping] {
        &self.0
    }
}

fn read_as(text: &str, mapping: &Mapping) -> Reading {
    let mut source = text.as_bytes();
    inspect::read("导出.csv", None, &mut source, &Told(vec![mapping.clone()])).expect("a slice does not fail")
}

fn judge(reading: &Reading) -> Inspection {
    inspect::conclude([reading], &Options::new(day("2026-11-23")))
}

/// Headings that nobody knows, days first: channel, from, to, size in MB, made on.
fn list(days: u64) -> String {
    let mut text = "Kamera;Von;Bis;Groesse;Erstellt\n".to_owned();
    let last = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    for back in (0..days).rev() {
        let day = (last - chrono::Days::new(back)).format("%d.%m.%Y");
        for channel in 1..=2 {
            text.push_str(&format!(
                "CH{channel:02};{day} 00:00:00;{day} 23:59:59;512;23.11.2026 09:00:00\n"
            ));
        }
    }
    text
}

fn mapping(text: &str, columns: &[Role], confirmed: bool) -> Mapping {
    let sample = read("导出.csv", text.as_bytes()).sample.expect("the first rows");
    let proposed = Mapping::proposed(&sample.rows[sample.heading()]);
    Mapping {
        columns: columns.to_vec(),
        date_order: Order::Dmy,
        confirmed,
        ..proposed
    }
}

const RIGHT: [Role; 5] = [Role::Channel, Role::Start, Role::End, Role::Size, Role::Ignore];

#[test]
fn a_list_that_is_not_understood_shows_its_first_rows() {
    let reading = read("导出.csv", list(3).as_bytes());
    let sample = reading.sample.expect("the first rows");
    assert_eq!(sample.rows.len(), 7);
    assert_eq!(sample.rows[0], ["Kamera", "Von", "Bis", "Groesse", "Erstellt"]);
    assert!(
        read(
            "清单.csv",
            "通道,开始时间,结束时间\n1,2026-11-01 00:00:00,2026-11-01 01:00:00\n".as_bytes()
        )
        .sample
        .is_none()
    );
}

#[test]
fn the_right_columns_show_what_is_kept() {
    let text = list(31);
    let inspection = judge(&read_as(&text, &mapping(&text, &RIGHT, false)));
    let channels: Vec<_> = inspection
        .channels
        .iter()
        .map(|c| (c.channel.as_str(), c.verdict.as_str()))
        .collect();
    assert_eq!(channels, [("1", "kept"), ("2", "kept")]);
    assert_eq!(inspection.files[0].kind, "recording-list");
}

#[test]
fn what_is_missing_is_unknown_until_the_columns_are_confirmed() {
    let text = list(12);
    let verdict = |confirmed| {
        judge(&read_as(&text, &mapping(&text, &RIGHT, confirmed)))
            .retention
            .verdict
    };
    assert_eq!(verdict(false), "unknown");
    assert_eq!(verdict(true), "short");
}

/// Every way of telling the columns of five, most of them wrong.
#[test]
fn no_wrong_columns_make_a_verdict_bad() {
    use Role::{Channel, Duration, End, Ignore, Start};
    let text = list(31);
    let mut bad = Vec::new();
    let roles = [
        Ignore,
        Channel,
        Start,
        End,
        Role::StartDate,
        Role::Time,
        Duration,
        Role::Event,
    ];
    for a in &roles {
        for b in &roles {
            for c in &roles {
                let columns = [*a, *b, *c, Ignore, Ignore];
                let told = mapping(&text, &columns, false);
                let verdict = judge(&read_as(&text, &told)).retention.verdict;
                if matches!(verdict.as_str(), "short" | "gaps") {
                    bad.push(columns);
                }
            }
        }
    }
    assert_eq!(bad, Vec::<[Role; 5]>::new());
    // Even where somebody confirmed it, rows that contradict show nothing.
    for columns in [
        [Channel, End, Start, Ignore, Ignore],
        [Ignore, Start, End, Ignore, Ignore],
        [Start, End, Channel, Ignore, Ignore],
        [Channel, Ignore, End, Ignore, Start],
        [Channel, Ignore, Start, Duration, End],
    ] {
        let verdict = judge(&read_as(&text, &mapping(&text, &columns, true)))
            .retention
            .verdict;
        assert_eq!(verdict, "unknown", "{columns:?}");
    }
}

#[test]
fn days_and_months_the_wrong_way_round_are_seen() {
    let mut text = "Kamera;Von;Bis\n".to_owned();
    for day in 1..=12 {
        text.push_str(&format!("1;{day:02}/11/2026 00:00:00;{day:02}/11/2026 23:59:59\n"));
    }
    let mut told = mapping(&text, &[Role::Channel, Role::Start, Role::End], true);
    told.date_order = Order::Mdy;
    assert_eq!(judge(&read_as(&text, &told)).retention.verdict, "unknown");
}

#[test]
fn a_list_without_headings_is_known_by_the_shape_of_its_rows() {
    let row = |day: u32| format!("cam 1|{day}. Nov|2026-11-{day:02} 00:00:00|86400\n");
    let (first, second): (String, String) = ((1..=3).map(row).collect(), (4..=9).map(row).collect());
    let told = Mapping {
        duration_unit: Unit::Seconds,
        date_order: Order::Auto,
        ..mapping(
            &first,
            &[Role::Channel, Role::Ignore, Role::Start, Role::Duration],
            false,
        )
    };
    let reading = read_as(&second, &told);
    assert_eq!(reading.list.expect("a list").items, 6);
    assert_eq!(reading.recorded[0].spans.len(), 1);
}

#[test]
fn a_log_can_be_told_too() {
    let text = "Wann;Was;Wer\n05.11.2026 08:00:00;硬盘格式化;admin\n06.11.2026 08:00:00;登录;admin\n";
    let reading = read_as(text, &mapping(text, &[Role::Start, Role::Event, Role::Ignore], false));
    assert_eq!(reading.kind, xishi::recording::Kind::EventLog);
    assert_eq!(reading.events.len(), 1);
}

#[test]
fn another_list_is_read_as_ever() {
    let told = mapping(&list(3), &RIGHT, true);
    let text = "通道,开始时间,结束时间\n1,2026-11-01 00:00:00,2026-11-01 01:00:00\n";
    assert_eq!(read_as(text, &told), read("导出.csv", text.as_bytes()));
}
