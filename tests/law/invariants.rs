//! What must hold of every assessment, whatever the dossier says.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use xishi::assessment_doc;
use xishi::dossier::Dossier;
use xishi::law;
use xishi::law::cite::Cite;
use xishi::law::duties::Duty;
use xishi::law::places::PlaceKind;
use xishi::law::text;
use xishi::wire::{Assessment, Range};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

const DAYS: [&str; 8] = [
    "2019-07-31",
    "2019-08-01",
    "2019-09-30",
    "2025-03-31",
    "2025-04-01",
    "2025-12-31",
    "2026-01-01",
    "2026-11-23",
];

/// Dossiers of many shapes.
fn dossiers() -> Vec<Dossier> {
    let systems = [
        json!({}),
        json!({"built": false}),
        json!({"built": true}),
        json!({"built": true, "in_use_since": "2018-01-01", "retention_days": 30}),
        json!({"built": true, "in_use_since": "2025-09-01", "accepted_on": "2025-08-20", "filed_on": "2025-10-09"}),
        json!({"built": false, "in_use_since": "2025-09-01", "removal_planned_on": "2026-12-01"}),
        json!({"built": true, "accepted_on": "2026-12-01", "in_use_since": "2026-06-01", "retention_days": 7}),
    ];
    let mut all = Vec::new();
    for place in PlaceKind::ALL.iter().map(|p| Some(p.id())).chain([None]) {
        for system in &systems {
            for answer in [
                None,
                Some("met"),
                Some("breached"),
                Some("not-applicable"),
                Some("unknown"),
            ] {
                let answers: Value = match answer {
                    Some(answer) => Duty::ALL.iter().map(|d| (d.id(), answer)).collect(),
                    None => json!({}),
                };
                let value = json!({
                    "xishi": 1,
                    "site": {"place": place, "responsible_persons": 3},
                    "system": system,
                    "answers": answers,
                    "notices": [{"obligation": "accepted", "ordered_on": "2026-09-01", "deadline": "2026-10-10"}],
                    "cameras": [{"id": "1", "name": "CH01", "location": "大堂"}],
                });
                all.push(Dossier::from_value(value).unwrap());
            }
        }
    }
    // 11 and the number of shapes per place have no common factor: every shape
    // and every place comes up.
    all.into_iter().step_by(11).collect()
}

fn plus(a: Range, b: Range) -> Range {
    [a[0] + b[0], a[1] + b[1]]
}

fn check(found: &Assessment) {
    let ids: Vec<_> = found.obligations.iter().map(|o| o.id.as_str()).collect();
    let contract: Vec<_> = Duty::ALL.iter().map(|d| d.id()).collect();
    assert_eq!(ids, contract);
    let of = |status: &str| -> BTreeSet<&str> {
        let found = found.obligations.iter().filter(|o| o.status == status);
        found.map(|o| o.id.as_str()).collect()
    };
    for obligation in &found.obligations {
        assert!(!obligation.because.is_empty(), "{obligation:?}");
        assert!(!obligation.basis.is_empty(), "{obligation:?}");
        assert_eq!(
            obligation.status == "unknown",
            !obligation.ask.is_empty(),
            "{obligation:?}"
        );
        for basis in &obligation.basis {
            assert!(text::quote(basis.parse::<Cite>().unwrap()).is_some(), "{basis}");
        }
    }
    let exposure = &found.exposure;
    let items: BTreeSet<_> = exposure.items.iter().map(|i| i.obligation.as_str()).collect();
    assert_eq!(items, of("breached"));
    assert_eq!(
        exposure.unknown.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        of("unknown")
    );
    let mut now = [0, 0];
    let mut all = [0, 0];
    for item in &exposure.items {
        let unit = item.unit.unwrap_or_default();
        all = plus(all, unit);
        if item.fineable_now {
            now = plus(now, unit);
        }
        for basis in item.basis.iter().chain(&item.displaced).chain(&item.beside) {
            assert!(text::quote(basis.parse::<Cite>().unwrap()).is_some(), "{basis}");
        }
    }
    assert_eq!((exposure.now.unit, exposure.if_uncorrected.unit), (now, all));
    let ordered: BTreeSet<_> = exposure.order.iter().map(|s| s.obligation.as_str()).collect();
    assert_eq!(ordered, items);
    let saved = exposure.order.iter().fold([0, 0], |sum, s| plus(sum, s.saves_unit));
    assert_eq!(saved, all);
    for item in &exposure.items {
        assert_eq!(item.path.is_empty(), item.stage == "none", "{item:?}");
        let fine = item.path.iter().find(|s| s.step == "fine");
        assert_eq!(fine.is_some_and(|s| s.reached), item.fineable_now, "{item:?}");
        assert!(!item.stop.is_empty() && item.displaced_figures.len() == item.displaced.len());
        // Once a step is not reached, none after it is.
        let reached: Vec<_> = item.path.iter().map(|s| s.reached).collect();
        assert!(item.optional || reached.is_sorted_by(|a, b| a >= b), "{item:?}");
    }
    for deadline in &found.deadlines {
        assert_eq!(deadline.days_left, (deadline.due - found.on).num_days());
        assert!(deadline.due != found.on || deadline.state != "missed", "{deadline:?}");
    }
}

#[test]
fn a_verdict_without_an_answer_names_the_fact_it_rests_on() {
    let mut named = BTreeSet::new();
    for dossier in dossiers().into_iter().filter(|dossier| dossier.answers.is_empty()) {
        for on in DAYS {
            let found = assessment_doc::assess(&dossier, day(on));
            for (at, obligation) in found.obligations.iter().enumerate() {
                let decided = matches!(obligation.status.as_str(), "met" | "breached");
                assert_eq!(obligation.fact.is_some(), decided, "{obligation:?}");
                let Some(fact) = &obligation.fact else { continue };
                named.insert(fact.clone());
                // A system in use was built, also where nobody says so.
                if fact == "system.built" && dossier.system.in_use_since.is_some() {
                    continue;
                }
                let nothing = if fact == "cameras" { json!([]) } else { Value::Null };
                let without = assessment_doc::assess(&dossier.with(fact, nothing).unwrap(), day(on));
                assert_ne!(without.obligations[at].status, obligation.status, "{obligation:?}");
            }
        }
    }
    assert_eq!(named.len(), 5, "{named:?}");
}

#[test]
fn every_assessment_is_consistent() {
    for dossier in dossiers() {
        for on in DAYS {
            check(&assessment_doc::assess(&dossier, day(on)));
        }
    }
}

#[test]
fn nothing_holds_before_the_measure() {
    for dossier in dossiers() {
        let found = assessment_doc::assess(&dossier, day("2019-07-31"));
        assert!(found.obligations.iter().all(|o| o.status == "not-applicable"));
        assert!(found.deadlines.is_empty() && found.exposure.items.is_empty());
        assert_eq!((found.duty.verdict.as_str(), found.retention.days), ("not-listed", 0));
    }
}

#[test]
fn an_empty_dossier_is_neither_fine_nor_breached() {
    let found = assessment_doc::assess(&Dossier::default(), day("2026-11-23"));
    assert_eq!(found.duty.verdict, "unknown");
    assert_eq!(found.duty.must_file, None);
    assert!(found.obligations.iter().all(|o| o.status == "unknown"), "{found:#?}");
    assert_eq!(found.questions[0].path, "site.place");
}

#[test]
fn what_is_not_said_is_never_breached() {
    for place in PlaceKind::ALL {
        let dossier = Dossier::default().with("site.place", json!(place.id())).unwrap();
        for on in DAYS {
            let found = assessment_doc::assess(&dossier, day(on));
            assert!(found.exposure.items.is_empty(), "{} on {on}", place.id());
            assert!(
                found.obligations.iter().all(|o| o.status != "met"),
                "{} on {on}",
                place.id()
            );
        }
    }
}

#[test]
fn only_places_of_article_7_file() {
    for place in PlaceKind::ALL {
        let dossier = Dossier::default().with("site.place", json!(place.id())).unwrap();
        let before = law::assess(&dossier, day("2025-03-31"));
        assert_eq!(before.duty.must_file, Some(false), "{}", place.id());
        let found = assessment_doc::assess(&dossier, day("2026-11-23"));
        let art7 = found.duty.basis.iter().any(|c| c.starts_with("R799:7"));
        if found.duty.verdict == "must-build" || found.duty.verdict == "government-builds" {
            assert_eq!(art7, found.duty.must_file == Some(true), "{}", place.id());
        }
    }
}

/// Answers the first question again and again.
fn walk(place: &str, on: NaiveDate) -> (usize, Dossier) {
    let mut dossier = Dossier::default();
    for asked in 0..200 {
        let found = assessment_doc::assess(&dossier, on);
        let Some(question) = found.questions.first() else {
            return (asked, dossier);
        };
        let value = match question.kind.as_str() {
            "place" => json!(place),
            "yes-no" => json!(question.path == "system.built"),
            "date" => json!("2026-05-01"),
            "number" => json!(30),
            "choice" => json!("owner"),
            "answer" => json!("met"),
            _ => json!([{"id": "1", "name": "CH01", "location": "收银台"}]),
        };
        let next = dossier.with(&question.path, value).unwrap();
        assert_ne!(next, dossier, "{place}: {} is asked again", question.path);
        dossier = next;
    }
    panic!("{place}: the questions do not end");
}

#[test]
fn the_questions_lead_to_a_verdict_and_end() {
    let on = day("2026-11-23");
    for place in PlaceKind::ALL {
        let (asked, dossier) = walk(place.id(), on);
        assert!(asked <= 60, "{}: {asked} questions", place.id());
        let found = law::assess(&dossier, on);
        assert!(
            found.exposure.unknown.is_empty(),
            "{}: {:?}",
            place.id(),
            found.exposure.unknown
        );
        let first = Dossier::default().with("site.place", json!(place.id())).unwrap();
        let verdict = assessment_doc::assess(&first, on).duty.verdict;
        assert_eq!(verdict == "unknown", *place == PlaceKind::Other, "{}", place.id());
        assert_ne!(found.duty.verdict.id(), "unknown", "{}", place.id());
    }
}

#[test]
fn an_answered_question_is_not_asked_again() {
    let on = day("2026-11-23");
    let (_, dossier) = walk("internet-cafe", on);
    assert!(law::questions(&dossier, on).is_empty());
}

#[test]
fn the_last_day_itself_is_open() {
    let cases = [
        (
            json!({"place": "school"}),
            json!({"in_use_since": "2020-01-01"}),
            "filed",
            "2025-06-30",
        ),
        (
            json!({"place": "bank"}),
            json!({"in_use_since": "2018-01-01"}),
            "filed-existing",
            "2019-09-30",
        ),
        (
            json!({"place": "bank"}),
            json!({"removal_planned_on": "2026-11-30"}),
            "removal-reported",
            "2026-11-20",
        ),
    ];
    for (site, system, id, last) in cases {
        let dossier = Dossier::from_value(json!({"xishi": 1, "site": site, "system": system})).unwrap();
        let state = |on: NaiveDate| {
            let found = assessment_doc::assess(&dossier, on);
            let deadline = found.deadlines.iter().find(|d| d.id == id).unwrap();
            (deadline.state.clone(), deadline.days_left, deadline.due)
        };
        let last = day(last);
        assert_eq!(state(last), ("open".to_owned(), 0, last));
        assert_eq!(state(last + Days::new(1)), ("missed".to_owned(), -1, last));
    }
}
