//! Why, and why not: the smallest change of what the dossier says that would
//! change one obligation's status.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::dossier::{Answer, Camera, Dossier};
use crate::law::assess::status;
use crate::law::assessment::Status;
use crate::law::camera_places::CameraVerdict;
use crate::law::deadlines;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::params::{R799_FROM, REMOVAL_NOTICE, RETENTION_KEY_TARGET, W168_FROM};
use crate::law::places::PlaceKind;
use crate::sort::Sort;

/// What a field could say.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    Place(PlaceKind),
    Yes(bool),
    Day(NaiveDate),
    Number(u32),
    Answer(Answer),
    Cameras(Vec<Camera>),
}

/// One field said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    pub field: Field,
    pub said: Said,
}

/// What would have to be said, and the status then.
#[derive(Clone, Debug, PartialEq)]
pub struct WhatIf {
    /// One setting, or two where no single one is enough.
    pub set: Vec<Setting>,
    pub status: Status,
}

/// The changes of the dossier that would give this obligation another, certain
/// status: single fields, or where none is enough pairs of them, or where none
/// of these is either, another kind of place. For each field and status one
/// value is told, the nearest to today.
pub fn what_if(dossier: &Dossier, on: NaiveDate, duty: Duty) -> Vec<WhatIf> {
    let now = status(dossier, on, duty);
    // Cameras are costly to judge and decide one duty only.
    let mut base = dossier.clone();
    if duty != Duty::NoForbiddenCamera {
        base.cameras.clear();
    }
    let settings = settings(&base, on, duty);
    let mut found = Found {
        on,
        duty,
        now,
        told: BTreeSet::new(),
        changes: Vec::new(),
    };
    for one in &settings {
        found.attempt(&base, &[one]);
    }
    if found.changes.is_empty() {
        for (n, one) in settings.iter().enumerate() {
            let first = with(&base, one);
            for two in settings.iter().skip(n + 1).filter(|two| two.field != one.field) {
                found.attempt_after(&first, one, two);
            }
        }
    }
    if found.changes.is_empty() {
        for place in PlaceKind::ALL {
            let setting = Setting {
                field: Field::Place,
                said: Said::Place(*place),
            };
            found.attempt(&base, &[&setting]);
        }
    }
    found.changes.order_by_key(|change| rank(change.status));
    found.changes
}

/// What was found so far.
struct Found {
    on: NaiveDate,
    duty: Duty,
    now: Status,
    told: BTreeSet<(Vec<Field>, Status)>,
    changes: Vec<WhatIf>,
}

impl Found {
    fn attempt(&mut self, base: &Dossier, set: &[&Setting]) {
        let changed = set
            .iter()
            .fold(base.clone(), |dossier, setting| with(&dossier, setting));
        let status = status(&changed, self.on, self.duty);
        self.tell(set, status);
    }

    fn attempt_after(&mut self, first: &Dossier, one: &Setting, two: &Setting) {
        let status = status(&with(first, two), self.on, self.duty);
        self.tell(&[one, two], status);
    }

    fn tell(&mut self, set: &[&Setting], status: Status) {
        if status == self.now || status == Status::Unknown {
            return;
        }
        let fields = set.iter().map(|s| s.field).collect();
        if self.told.insert((fields, status)) {
            let set = set.iter().map(|s| (*s).clone()).collect();
            self.changes.push(WhatIf { set, status });
        }
    }
}

/// What helps comes first.
const fn rank(status: Status) -> u8 {
    match status {
        Status::Met => 0,
        Status::Due => 1,
        Status::NotApplicable => 2,
        Status::Breached => 3,
        Status::Unknown => 4,
    }
}

/// Every value worth trying, field by field, the likeliest first.
fn settings(dossier: &Dossier, on: NaiveDate, duty: Duty) -> Vec<Setting> {
    let facts = Facts::new(dossier, on);
    let mut all = Vec::new();
    let mut add = |field, said| {
        let setting = Setting { field, said };
        if with(dossier, &setting) != *dossier {
            all.push(setting);
        }
    };
    let mut answers = vec![duty];
    if matches!(duty, Duty::FilingUpdated | Duty::FilingTrue) {
        answers.push(Duty::Filed);
    }
    for duty in answers {
        for answer in [Answer::Met, Answer::NotApplicable, Answer::Breached] {
            add(Field::Answer(duty), Said::Answer(answer));
        }
    }
    for field in [
        Field::Built,
        Field::WithBuildingWorks,
        Field::Art8,
        Field::Art7,
        Field::KeyTarget,
    ] {
        add(field, Said::Yes(true));
        add(field, Said::Yes(false));
    }
    let required = facts.retention.days.0;
    for days in [required, RETENTION_KEY_TARGET.0, required.saturating_sub(1)] {
        add(Field::RetentionDays, Said::Number(days));
    }
    let days = days(&facts);
    for field in [
        Field::FiledOn,
        Field::AcceptedOn,
        Field::InUseSince,
        Field::CompletedOn,
        Field::RemovalReportedOn,
        Field::RemovalPlannedOn,
    ] {
        for day in &days {
            add(field, Said::Day(*day));
        }
    }
    if let Some(cameras) = without_private(&facts) {
        add(Field::Cameras, Said::Cameras(cameras));
    }
    all
}

/// The days that a rule can turn on.
fn days(facts: &Facts) -> Vec<NaiveDate> {
    let system = &facts.dossier.system;
    let mut days = vec![facts.on];
    days.extend(deadlines::all(facts).iter().map(|deadline| deadline.due));
    let said = [
        system.in_use_since,
        system.accepted_on,
        system.removal_planned_on,
        system.completed_on,
    ];
    days.extend(said.into_iter().flatten());
    for event in [W168_FROM, R799_FROM] {
        days.extend(event.pred_opt());
        days.push(event);
    }
    // Put off: by a day, by the period of W168 art. 17.
    days.extend(facts.on.succ_opt());
    days.extend(facts.on.checked_add_days(Days::new(u64::from(REMOVAL_NOTICE.0))));
    let mut seen = BTreeSet::new();
    days.retain(|day| seen.insert(*day));
    days
}

/// The cameras without those in private places, if there are such.
fn without_private(facts: &Facts) -> Option<Vec<Camera>> {
    let cameras = &facts.dossier.cameras;
    let judged = cameras.iter().zip(&facts.cameras);
    let kept: Vec<_> = judged
        .filter(|(_, judged)| judged.verdict != CameraVerdict::Forbidden)
        .map(|(camera, _)| camera.clone())
        .collect();
    (kept.len() < cameras.len()).then_some(kept)
}

/// The dossier with one field said otherwise.
fn with(dossier: &Dossier, setting: &Setting) -> Dossier {
    let mut changed = dossier.clone();
    let (site, system) = (&mut changed.site, &mut changed.system);
    match (setting.field, &setting.said) {
        (Field::Place, Said::Place(place)) => site.place = Some(*place),
        (Field::Art8, Said::Yes(yes)) => site.art8 = Some(*yes),
        (Field::Art7, Said::Yes(yes)) => site.art7 = Some(*yes),
        (Field::KeyTarget, Said::Yes(yes)) => site.key_target = Some(*yes),
        (Field::Built, Said::Yes(yes)) => system.built = Some(*yes),
        (Field::WithBuildingWorks, Said::Yes(yes)) => system.with_building_works = Some(*yes),
        (Field::FiledOn, Said::Day(day)) => system.filed_on = Some(*day),
        (Field::AcceptedOn, Said::Day(day)) => system.accepted_on = Some(*day),
        (Field::InUseSince, Said::Day(day)) => system.in_use_since = Some(*day),
        (Field::CompletedOn, Said::Day(day)) => system.completed_on = Some(*day),
        (Field::RemovalReportedOn, Said::Day(day)) => system.removal_reported_on = Some(*day),
        (Field::RemovalPlannedOn, Said::Day(day)) => system.removal_planned_on = Some(*day),
        (Field::RetentionDays, Said::Number(days)) => system.retention_days = Some(*days),
        (Field::Cameras, Said::Cameras(cameras)) => changed.cameras.clone_from(cameras),
        (Field::Answer(duty), Said::Answer(answer)) => {
            changed.answers.insert(duty, *answer);
        }
        _ => {}
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn ask(dossier: Value, duty: Duty) -> Vec<(Vec<String>, Status)> {
        let dossier = Dossier::from_value(dossier).unwrap();
        what_if(&dossier, "2026-11-23".parse().unwrap(), duty)
            .into_iter()
            .map(|change| (change.set.iter().map(|s| s.field.to_string()).collect(), change.status))
            .collect()
    }

    fn one(field: &str, status: Status) -> (Vec<String>, Status) {
        (vec![field.to_owned()], status)
    }

    #[test]
    fn a_breach_is_ended_by_what_the_rule_reads() {
        let dossier = json!({"xishi": 1, "site": {"place": "internet-cafe"},
            "system": {"built": true, "in_use_since": "2026-01-05"}});
        let found = ask(dossier, Duty::Filed);
        assert!(found.contains(&one("answers.filed", Status::Met)), "{found:?}");
        assert!(found.contains(&one("system.filed_on", Status::Met)), "{found:?}");
        // Used from today, the 30 days run.
        assert!(found.contains(&one("system.in_use_since", Status::Due)), "{found:?}");
        assert!(found.iter().all(|(set, _)| set.len() == 1));
        assert_eq!(found[0].1, Status::Met);
    }

    #[test]
    fn where_one_is_not_enough_two_are() {
        // A bank files only if the police say so, and then by a day.
        let dossier = json!({"xishi": 1, "site": {"place": "bank"}, "system": {"built": true}});
        let found = ask(dossier, Duty::Filed);
        let pair = vec!["site.art7".to_owned(), "system.filed_on".to_owned()];
        assert!(found.contains(&(pair, Status::Met)), "{found:?}");
        assert!(found.iter().all(|(set, _)| set.len() == 2));
    }

    #[test]
    fn a_camera_elsewhere_ends_the_breach() {
        let dossier = json!({"xishi": 1, "site": {"place": "hotel"}, "cameras": [
            {"id": "1", "name": "CH01", "location": "大堂收银台"}, {"id": "2", "name": "CH02", "location": "女更衣室内"}]});
        let found = ask(dossier, Duty::NoForbiddenCamera);
        assert_eq!(found, [one("cameras", Status::Met)]);
    }

    #[test]
    fn every_change_holds() {
        let on = "2026-11-23".parse().unwrap();
        for place in ["internet-cafe", "bank", "milk-tea-shop", "car-park", "other", "home"] {
            let dossier = Dossier::from_value(json!({"xishi": 1, "site": {"place": place},
                "system": {"built": true, "in_use_since": "2018-01-05", "retention_days": 7}}));
            let dossier = dossier.unwrap();
            for duty in Duty::ALL {
                for change in what_if(&dossier, on, *duty) {
                    let changed = change.set.iter().fold(dossier.clone(), |d, s| with(&d, s));
                    assert_eq!(status(&changed, on, *duty), change.status);
                    assert_ne!(status(&dossier, on, *duty), change.status);
                }
            }
        }
    }
}
