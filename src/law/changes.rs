//! One dossier on two days: what the calendar and new law alone change.

use chrono::NaiveDate;

use crate::dossier::Dossier;
use crate::law::assess::assess;
use crate::law::assessment::Status;
use crate::law::duties::Duty;

/// An obligation that stands otherwise on the second day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub duty: Duty,
    pub before: Status,
    pub after: Status,
}

/// The obligations that change between two days, in the order of the contract.
pub fn changes(dossier: &Dossier, before: NaiveDate, after: NaiveDate) -> Vec<Change> {
    let (first, second) = (assess(dossier, before), assess(dossier, after));
    let pairs = first.obligations.iter().zip(&second.obligations);
    pairs
        .filter(|(a, b)| a.status != b.status)
        .map(|(a, b)| Change {
            duty: a.duty,
            before: a.status,
            after: b.status,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_regulation_brings_its_duties_and_days_pass() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let dossier = Dossier::from_value(json!({
            "xishi": 1,
            "site": {"place": "school"},
            "system": {"built": true, "in_use_since": "2020-01-01"},
            "answers": {"filed": "breached"},
        }))
        .unwrap();
        let filed = |from, to| {
            let found = changes(&dossier, day(from), day(to));
            found
                .iter()
                .find(|c| c.duty == Duty::Filed)
                .map(|c| (c.before, c.after))
        };
        assert_eq!(
            filed("2025-03-31", "2025-04-01"),
            Some((Status::NotApplicable, Status::Due))
        );
        assert_eq!(filed("2025-06-30", "2025-07-01"), Some((Status::Due, Status::Breached)));
        assert_eq!(filed("2025-07-01", "2025-07-02"), None);
    }
}
