//! The calendar by RFC 5545.

use serde_json::json;
use xishi::dossier::Dossier;
use xishi::papers::{calendar, files};

use crate::support::{cafe, dossier, with};

fn ics(dossier: &Dossier) -> String {
    let file = with(dossier, None, calendar).expect("an open deadline");
    String::from_utf8(file.bytes).expect("UTF-8")
}

fn unfolded(text: &str) -> Vec<String> {
    text.replace("\r\n ", "")
        .split_terminator("\r\n")
        .map(str::to_owned)
        .collect()
}

#[test]
fn lines_end_and_fold_as_the_standard_wants() {
    let mut dossier = cafe();
    dossier.site.name = Some("很长的名字；带,逗号\\反斜杠".repeat(8));
    let text = ics(&dossier);
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75));
    let title = unfolded(&text)
        .into_iter()
        .find(|line| line.starts_with("SUMMARY:"))
        .expect("an event");
    assert!(title.contains("很长的名字；带\\,逗号\\\\反斜杠很长"), "{title}");
}

#[test]
fn every_open_deadline_is_there_once_with_two_reminders() {
    let lines = unfolded(&ics(&cafe()));
    let count = |line: &str| lines.iter().filter(|l| *l == line).count();
    // The order to archive by 2026-11-01 has passed: no reminder helps.
    assert_eq!(count("BEGIN:VEVENT"), 1);
    assert_eq!(count("DTSTART;VALUE=DATE:20261201"), 1);
    assert_eq!(count("DTEND;VALUE=DATE:20261202"), 1);
    assert_eq!(count("DTSTAMP:20261123T000000Z"), 1);
    assert_eq!(count("TRIGGER:-P6DT15H"), 1);
    assert_eq!(count("TRIGGER:-PT15H"), 1);
    assert!(lines.iter().any(|l| l == "SUMMARY:向公安机关备案（锡惠网吧）"));
}

#[test]
fn orders_and_removals_are_there_and_a_removal_is_reported_on_a_working_day() {
    // Ten days before 2026-12-30 is a Sunday: the Friday before it.
    let dossier = dossier(json!({
        "site": {"place": "internet-cafe"},
        "system": {"built": true, "removal_planned_on": "2026-12-30"},
        "notices": [
            {"obligation": "signs", "ordered_on": "2026-11-01", "deadline": "2026-12-05"},
            {"obligation": "signs", "ordered_on": "2026-11-10", "deadline": "2026-12-15"},
        ],
    }));
    let lines = unfolded(&ics(&dossier));
    for day in ["20261218", "20261205", "20261215"] {
        assert!(lines.iter().any(|l| *l == format!("DTSTART;VALUE=DATE:{day}")), "{day}");
    }
    let mut uids: Vec<_> = lines.iter().filter(|l| l.starts_with("UID:")).collect();
    uids.sort();
    uids.dedup();
    assert_eq!(uids.len(), 3);
}

#[test]
fn without_an_open_deadline_there_is_no_calendar() {
    // Filed, and the order's last day has passed.
    let mut done = cafe();
    done.system.filed_on = Some(crate::support::day("2026-11-20"));
    assert_eq!(with(&done, None, calendar), None);
    assert!(with(&done, None, files).iter().all(|file| !file.name.ends_with(".ics")));
}

#[test]
fn an_event_keeps_its_identity_when_its_day_moves() {
    let uid = |dossier: &Dossier| unfolded(&ics(dossier)).into_iter().find(|l| l.starts_with("UID:"));
    let mut later = cafe();
    later.system.in_use_since = Some(crate::support::day("2026-11-10"));
    assert_eq!(uid(&cafe()), uid(&later));
    let mut other = cafe();
    other.site.name = Some("别的网吧".into());
    assert_ne!(uid(&cafe()), uid(&other));
}
