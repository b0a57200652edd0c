//! What the overview says, worked out from the judgements: values, no sentences.

use chrono::NaiveDate;

use crate::sort::Sort;
use crate::wire::{Assessment, DeadlineDoc, Inspection, ObligationDoc, Range};

/// How many obligations stand how; those that do not concern the place are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub met: usize,
    pub breached: usize,
    pub due: usize,
    pub unknown: usize,
}

impl Tally {
    /// Counts an assessment's obligations. A status of a later version is unknown.
    pub fn of(judged: &Assessment) -> Self {
        let mut tally = Self::default();
        for obligation in &judged.obligations {
            match obligation.status.as_str() {
                "not-applicable" => {}
                "met" => tally.met += 1,
                "breached" => tally.breached += 1,
                "due" => tally.due += 1,
                _ => tally.unknown += 1,
            }
        }
        tally
    }

    /// All that concern the place or may do so.
    pub fn all(&self) -> usize {
        self.met + self.breached + self.due + self.unknown
    }

    /// Those of which it is known how they stand.
    pub fn known(&self) -> usize {
        self.all() - self.unknown
    }
}

/// Something to do, about one obligation.
#[derive(Clone, Debug, PartialEq)]
pub struct Task<'a> {
    pub obligation: &'a ObligationDoc,
    /// The last day for it, where there is one.
    pub by: Option<NaiveDate>,
    /// Days from the day judged to `by`; negative once past.
    pub days_left: Option<i64>,
    /// What doing it takes off the fine of who runs the place, in yuan.
    pub saves: Range,
    /// The act that ends it today; empty where nothing is ordered or fined.
    pub stop: &'a str,
    pub fineable_now: bool,
}

/// What to do, the most pressing first: what the law's order of correcting
/// names, then what else is wrong, then what has a last day that passed and is
/// not known to be done, then what is due, by its last day.
/// `individual`: the place is run by an individual, whose fines are others.
pub fn tasks(judged: &Assessment, individual: bool) -> Vec<Task<'_>> {
    let standing = |status: &'static str| judged.obligations.iter().filter(move |o| o.status == status);
    let ordered = judged.exposure.order.iter().filter_map(|saving| {
        let found = judged.obligations.iter();
        found.clone().find(|o| o.id == saving.obligation)
    });
    let mut due: Vec<_> = standing("due").map(|o| task(judged, o, individual)).collect();
    due.order_by_key(|task| (task.by.is_none(), task.by));
    let mut tasks: Vec<Task<'_>> = Vec::new();
    let wrong = ordered.chain(standing("breached")).map(|o| task(judged, o, individual));
    // Nothing says that it was done in time: to be looked into, not to be left.
    let passed = standing("unknown").map(|o| task(judged, o, individual));
    let passed = passed.filter(|task| task.days_left.is_some_and(|left| left < 0));
    for task in wrong.chain(passed).chain(due) {
        if tasks.iter().all(|known| known.obligation.id != task.obligation.id) {
            tasks.push(task);
        }
    }
    tasks
}

fn task<'a>(judged: &'a Assessment, obligation: &'a ObligationDoc, individual: bool) -> Task<'a> {
    let id = obligation.id.as_str();
    let saving = judged.exposure.order.iter().find(|saving| saving.obligation == id);
    let item = judged.exposure.items.iter().find(|item| item.obligation == id);
    let by = saving.and_then(|saving| saving.by).or_else(|| {
        let named = |deadline: &&DeadlineDoc| {
            deadline.state != "done" && (deadline.id == id || deadline.id.strip_prefix("notice:") == Some(id))
        };
        judged.deadlines.iter().filter(named).map(|deadline| deadline.due).min()
    });
    let saves = saving.map_or([0, 0], |saving| {
        if individual {
            saving.saves_individual
        } else {
            saving.saves_unit
        }
    });
    Task {
        obligation,
        by,
        days_left: by.map(|by| (by - judged.on).num_days()),
        saves,
        stop: item.map_or("", |item| item.stop.as_str()),
        fineable_now: item.is_some_and(|item| item.fineable_now),
    }
}

/// How the recordings stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recordings {
    /// Nothing was inspected.
    None,
    /// Kept as long as asked, and the files whole.
    Fine,
    /// Too short, with holes, or files damaged.
    Wrong,
    /// Inspected, and it cannot be told.
    Unclear,
}

impl Recordings {
    /// What an inspection comes to: wrong before unclear before fine.
    pub fn of(inspection: Option<&Inspection>) -> Self {
        let Some(inspection) = inspection else {
            return Self::None;
        };
        let (kept, whole) = (&inspection.retention.verdict, &inspection.integrity.verdict);
        match (kept.as_str(), whole.as_str()) {
            ("short" | "gaps", _) | (_, "damaged") => Self::Wrong,
            ("kept", "sound") => Self::Fine,
            _ => Self::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment_doc::assess;
    use crate::dossier::Dossier;
    use serde_json::{Value, json};

    fn judged(set: &[(&str, Value)]) -> Assessment {
        let dossier = set.iter().fold(Dossier::default(), |dossier, (path, value)| {
            dossier.with(path, value.clone()).unwrap()
        });
        assess(&dossier, NaiveDate::from_ymd_opt(2026, 11, 23).unwrap())
    }

    const CAFE: (&str, &str) = ("site.place", "internet-cafe");

    fn cafe(rest: &[(&str, Value)]) -> Assessment {
        let mut set = vec![(CAFE.0, json!(CAFE.1)), ("system.built", json!(true))];
        set.extend(rest.iter().cloned());
        judged(&set)
    }

    #[test]
    fn nothing_answered_is_nothing_met() {
        let tally = Tally::of(&judged(&[]));
        assert_eq!((tally.met, tally.known()), (0, 0));
        assert!(tally.unknown > 0);
    }

    #[test]
    fn every_obligation_that_may_concern_the_place_is_counted_once() {
        let judged = cafe(&[("answers.signs", json!("breached")), ("answers.training", json!("met"))]);
        let aside = judged
            .obligations
            .iter()
            .filter(|o| o.status == "not-applicable")
            .count();
        let tally = Tally::of(&judged);
        assert_eq!(tally.all() + aside, judged.obligations.len());
        assert!(tally.breached >= 1 && tally.met >= 1);
    }

    #[test]
    fn tasks_are_all_that_is_wrong_or_due_once_and_what_is_due_comes_last() {
        let judged = cafe(&[
            ("system.in_use_since", json!("2026-11-01")),
            ("answers.signs", json!("breached")),
            ("answers.duty-rules", json!("breached")),
            ("cameras", json!([{"id": "1", "name": "女更衣室"}])),
        ]);
        let tasks = tasks(&judged, false);
        let wanted = Tally::of(&judged);
        assert_eq!(tasks.len(), wanted.breached + wanted.due);
        assert_eq!(tasks[0].obligation.id, "no-forbidden-camera");
        let filed = tasks.last().unwrap();
        assert_eq!((filed.obligation.id.as_str(), filed.days_left), ("filed", Some(8)));
    }

    #[test]
    fn a_last_day_that_passed_is_a_task_although_nothing_is_known() {
        let judged = cafe(&[("system.in_use_since", json!("2026-09-01"))]);
        let found = tasks(&judged, false);
        let filed = found.iter().find(|task| task.obligation.id == "filed").unwrap();
        assert_eq!(filed.obligation.status, "unknown");
        assert!(filed.days_left.unwrap() < 0);
    }

    #[test]
    fn recordings_that_were_not_inspected_or_not_understood_are_not_fine() {
        assert_eq!(Recordings::of(None), Recordings::None);
        let empty = crate::inspect::Reading::failed("a.mp4", 0);
        let options = crate::inspect::Options::new(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap());
        let inspection = crate::inspect::conclude([&empty], &options);
        assert_ne!(Recordings::of(Some(&inspection)), Recordings::Fine);
    }
}
