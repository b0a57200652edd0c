//! How many questions a place is asked until it knows whether it must build.

use chrono::NaiveDate;
use serde_json::{Value, json};
use xishi::assessment_doc::assess;
use xishi::dossier::Dossier;
use xishi::law::places::PlaceKind;
use xishi::wire::QuestionDoc;

/// The most that a shop is asked until its verdict.
const MOST: usize = 8;

/// A way to answer: everything yes, everything no, nothing known.
#[derive(Clone, Copy, Debug)]
enum Manner {
    Yes,
    No,
    Unsure,
}

/// The field set and its value; a question that cannot be left open is answered
/// as by someone who does not know.
fn answer(question: &QuestionDoc, place: PlaceKind, manner: Manner) -> Option<(String, Value)> {
    let path = question.path.clone();
    let value = match (question.kind.as_str(), manner) {
        ("place", _) => json!(place.id()),
        (_, Manner::Unsure) if question.kind != "answer" => return None,
        ("yes-no", Manner::Yes) => json!(true),
        ("yes-no", _) => json!(false),
        ("number", _) => json!(if matches!(manner, Manner::Yes) { 90 } else { 1 }),
        ("date", _) => json!(if matches!(manner, Manner::Yes) {
            "2026-11-01"
        } else {
            "2018-01-05"
        }),
        ("choice", Manner::Yes) => json!(question.choices.first()?),
        ("choice", _) => json!(question.choices.last()?),
        ("answer", Manner::Yes) => json!("met"),
        ("answer", Manner::No) => json!("breached"),
        ("answer", Manner::Unsure) => json!("unknown"),
        ("cameras", _) => json!([{"id": "1", "name": "CH01", "location": "大堂"}]),
        (kind, _) => panic!("{kind}"),
    };
    Some((path, value))
}

/// Questions asked, the best first, until the verdict stands with nothing more
/// to ask about it.
fn asked(place: PlaceKind, manner: Manner, on: NaiveDate) -> usize {
    let mut dossier = Dossier::default();
    let mut passed: Vec<String> = Vec::new();
    for count in 0..=60 {
        let found = assess(&dossier, on);
        let (verdict, builder) = (found.duty.verdict.as_str(), found.duty.builder.as_str());
        let settled = verdict != "unknown" && (verdict != "must-build" || builder != "unknown");
        let waits = found.duty.ask.iter().any(|path| !passed.contains(path));
        if settled || !waits {
            return count;
        }
        let Some(question) = found.questions.iter().find(|q| !passed.contains(&q.path)) else {
            return count;
        };
        passed.push(question.path.clone());
        if let Some((path, value)) = answer(question, place, manner) {
            dossier = dossier.with(&path, value).expect("a question's own field");
        }
    }
    panic!("{} {manner:?} is asked without end", place.id());
}

#[test]
fn every_place_has_its_verdict_in_at_most_eight_questions() {
    for on in ["2019-08-01", "2025-04-01", "2026-11-23"] {
        let on = on.parse().expect("a day");
        for place in PlaceKind::ALL {
            for manner in [Manner::Yes, Manner::No, Manner::Unsure] {
                let count = asked(*place, manner, on);
                assert!(count <= MOST, "{} {manner:?}: {count} questions", place.id());
                assert!(count >= 1, "the place itself is asked");
            }
        }
    }
}
