//! Each penalty against the table in `penalties.csv`: an answer of breach, a
//! day, a place, and what it costs.

use chrono::NaiveDate;
use serde_json::json;
use xishi::assessment_doc;
use xishi::dossier::Dossier;
use xishi::wire::Range;

const TABLE: &str = include_str!("penalties.csv");

fn list(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn range(text: &str) -> Option<Range> {
    let (from, to) = text.split_once('-')?;
    Some([from.parse().unwrap(), to.parse().unwrap()])
}

#[test]
fn every_penalty_is_as_in_the_table() {
    for line in TABLE.lines().skip(1) {
        let cells: Vec<_> = line.split(',').collect();
        let [
            obligation,
            on,
            place,
            stage,
            basis,
            displaced,
            unit,
            per_person,
            individual,
        ] = cells[..]
        else {
            panic!("not a row: {line}");
        };
        let on: NaiveDate = on.parse().unwrap();
        let mut system = json!({"built": true});
        match obligation {
            "build" => system = json!({"built": false}),
            "filed-existing" | "upgraded" => system = json!({"built": true, "in_use_since": "2018-05-01"}),
            "filing-updated" | "filing-true" => system = json!({"built": true, "filed_on": "2026-01-05"}),
            _ => {}
        }
        let dossier = Dossier::from_value(json!({
            "xishi": 1,
            "site": {"place": place, "individual": false, "responsible_persons": 2},
            "system": system,
            "answers": {obligation: "breached"},
        }))
        .unwrap();
        let found = assessment_doc::assess(&dossier, on);
        assert_eq!(found.exposure.items.len(), 1, "{line}");
        let item = &found.exposure.items[0];
        assert_eq!(item.obligation, obligation, "{line}");
        assert_eq!(item.stage, stage, "{line}");
        assert_eq!(item.basis, list(basis), "{line}");
        assert_eq!(item.displaced, list(displaced), "{line}");
        assert_eq!(item.unit, range(unit), "{line}");
        assert_eq!(item.per_person, range(per_person), "{line}");
        assert_eq!(item.individual, range(individual), "{line}");
        assert_eq!(item.fineable_now, stage == "direct", "{line}");
        assert_eq!(
            found.exposure.if_uncorrected.unit,
            range(unit).unwrap_or_default(),
            "{line}"
        );
        let persons = range(per_person).unwrap_or_default().map(|n| 2 * n);
        assert_eq!(found.exposure.if_uncorrected.persons, persons, "{line}");
        assert_eq!(found.exposure.if_uncorrected.individual, [0, 0], "{line}");
    }
}
