//! Two assessments side by side: the same dossier on two days, or two dossiers.

use crate::wire::{
    Assessment, Comparison, DeadlineChangeDoc, DeadlineDoc, LastDayDoc, ObligationChangeDoc, ObligationDoc, SideDoc,
};

/// What differs between two assessments.
pub fn compare(before: &Assessment, after: &Assessment) -> Comparison {
    Comparison {
        before: side(before),
        after: side(after),
        obligations: obligations(before, after),
        deadlines: deadlines(before, after),
    }
}

fn side(found: &Assessment) -> SideDoc {
    SideDoc {
        on: found.on,
        verdict: found.duty.verdict.clone(),
        builder: found.duty.builder.clone(),
        must_file: found.duty.must_file,
        retention_days: found.retention.days,
        now: found.exposure.now,
        if_uncorrected: found.exposure.if_uncorrected,
        receipt: found.receipt.clone(),
    }
}

/// Both sides list every obligation; one that an older document lacks is left
/// out.
fn obligations(before: &Assessment, after: &Assessment) -> Vec<ObligationChangeDoc> {
    let change = |second: &ObligationDoc| {
        let first = before.obligations.iter().find(|o| o.id == second.id)?;
        (first.status != second.status).then(|| ObligationChangeDoc {
            id: second.id.clone(),
            before: first.status.clone(),
            after: second.status.clone(),
            because_before: first.because.clone(),
            because_after: second.because.clone(),
        })
    };
    after.obligations.iter().filter_map(change).collect()
}

/// One order to correct may follow another of the same obligation: the nth of
/// an id is held against the nth.
fn deadlines(before: &Assessment, after: &Assessment) -> Vec<DeadlineChangeDoc> {
    let (first, second) = (numbered(before), numbered(after));
    let added = second.iter().filter(|(key, _)| !first.iter().any(|(k, _)| k == key));
    let mut changes: Vec<_> = first
        .iter()
        .map(|(key, day)| {
            let other = second.iter().find(|(k, _)| k == key).map(|(_, day)| day.clone());
            (key.0, Some(day.clone()), other)
        })
        .collect();
    changes.extend(added.map(|(key, day)| (key.0, None, Some(day.clone()))));
    changes
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(id, before, after)| DeadlineChangeDoc {
            id: id.to_owned(),
            before,
            after,
        })
        .collect()
}

/// The last days by id and by how many of that id came before.
fn numbered(found: &Assessment) -> Vec<((&str, usize), LastDayDoc)> {
    let all: &[DeadlineDoc] = &found.deadlines;
    all.iter()
        .enumerate()
        .map(|(n, deadline)| {
            let earlier = all.iter().take(n).filter(|d| d.id == deadline.id).count();
            let last = LastDayDoc {
                due: deadline.due,
                state: deadline.state.clone(),
            };
            ((deadline.id.as_str(), earlier), last)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment_doc::assess;
    use crate::dossier::Dossier;
    use serde_json::json;

    fn dossier(answers: serde_json::Value) -> Dossier {
        Dossier::from_value(json!({
            "xishi": 1, "site": {"place": "internet-cafe", "individual": false},
            "system": {"built": true, "in_use_since": "2020-01-05"}, "answers": answers,
        }))
        .unwrap()
    }

    #[test]
    fn two_days_differ_by_law_and_calendar() {
        let cafe = dossier(json!({"filed": "breached"}));
        let on = |day: &str| assess(&cafe, day.parse().unwrap());
        let found = compare(&on("2025-03-31"), &on("2025-07-01"));
        let filed = found.obligations.iter().find(|o| o.id == "filed").unwrap();
        assert_eq!(
            (filed.before.as_str(), filed.after.as_str()),
            ("not-applicable", "breached")
        );
        assert!(filed.because_after.iter().any(|b| b.contains("2025年6月30日")));
        let last = found.deadlines.iter().find(|d| d.id == "filed").unwrap();
        assert_eq!(last.before, None);
        assert_eq!(last.after.as_ref().unwrap().state, "missed");
        assert_eq!(found.before.if_uncorrected.unit, [0, 0]);
        assert_eq!(found.after.if_uncorrected.unit, [0, 10_000]);
        assert_eq!(
            found.before.receipt.rulebook_sha256,
            found.after.receipt.rulebook_sha256
        );
    }

    #[test]
    fn two_dossiers_differ_by_what_was_done() {
        let on = "2026-11-23".parse().unwrap();
        let (bad, good) = (dossier(json!({"filed": "breached"})), dossier(json!({"filed": "met"})));
        let found = compare(&assess(&bad, on), &assess(&good, on));
        assert_eq!(found.after.if_uncorrected.unit, [0, 0]);
        let ids: Vec<_> = found.obligations.iter().map(|o| o.id.as_str()).collect();
        // What was never filed can be neither out of date nor untrue.
        assert_eq!(ids, ["filed", "filing-updated", "filing-true"]);
        let same = compare(&assess(&bad, on), &assess(&bad, on));
        assert!(same.obligations.is_empty() && same.deadlines.is_empty());
    }
}
