//! What is still missing, best first: derived from what the rules still need.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::dossier::{Answer, Dossier};
use crate::law::assess::assess;
use crate::law::assessment::{Assessment, DutyVerdict, Status};
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::params::{PENALTIES, RETENTION_KEY_TARGET};
use crate::sort::Sort;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ask {
    Place,
    YesNo,
    Date,
    Number,
    Party,
    Answer,
    Cameras,
}

/// A question whose answer would change the judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub field: Field,
    pub ask: Ask,
    /// Another way to answer: "never filed" is no date.
    pub instead: Option<(Duty, Answer)>,
    /// The obligations that wait for it.
    pub waiting: Vec<Duty>,
}

/// What to ask about a dossier on a day, the most decisive first. What was
/// answered with "do not know" is not asked again.
pub fn questions(dossier: &Dossier, on: NaiveDate) -> Vec<Question> {
    questions_of(dossier, &assess(dossier, on))
}

/// What to ask about a dossier that was judged.
pub fn questions_of(dossier: &Dossier, found: &Assessment) -> Vec<Question> {
    let mut waiting: BTreeMap<Field, Vec<Duty>> = BTreeMap::new();
    for obligation in found.obligations.iter().filter(|o| o.status == Status::Unknown) {
        // The first missing field is the gate; the others are asked behind it.
        if let Some(field) = obligation.ask.iter().find(|f| !given_up(dossier, **f)) {
            waiting.entry(*field).or_default().push(obligation.duty);
        }
    }
    for field in &found.duty.ask {
        let duty = match field {
            Field::Art7 => Duty::Filed,
            _ => Duty::Build,
        };
        waiting.entry(*field).or_insert_with(|| vec![duty]);
    }
    // Only the kept days of a key target can still be too few.
    let kept = dossier.system.retention_days;
    if dossier.site.key_target.is_none()
        && found.duty.verdict != DutyVerdict::NotListed
        && kept.is_some_and(|kept| kept >= found.retention.days.0 && kept < RETENTION_KEY_TARGET.0)
        && found
            .obligation(Duty::Retained)
            .is_some_and(|o| o.status == Status::Met)
    {
        waiting.insert(Field::KeyTarget, vec![Duty::Retained]);
    }
    for field in &found.exposure.assumed {
        let fined = found.exposure.items.iter().map(|item| item.duty).collect();
        waiting.entry(*field).or_insert(fined);
    }
    let mut questions: Vec<_> = waiting
        .into_iter()
        .map(|(field, waiting)| Question {
            field,
            ask: ask(field),
            instead: instead(field, &waiting),
            waiting,
        })
        .collect();
    questions.order_by_key(|q| (rank(q.field), std::cmp::Reverse((q.waiting.len(), stakes(q))), q.field));
    questions
}

/// Said to be unknown: asking again does not help.
fn given_up(dossier: &Dossier, field: Field) -> bool {
    matches!(field, Field::Answer(duty) if dossier.answers.get(&duty) == Some(&Answer::Unknown))
}

/// What the place is comes first, then whether there is a system at all.
const fn rank(field: Field) -> u8 {
    match field {
        Field::Place => 0,
        Field::Built => 1,
        Field::Art8 => 2,
        Field::Answer(_) => 4,
        Field::RemovalPlannedOn | Field::Individual | Field::ResponsiblePersons => 5,
        _ => 3,
    }
}

/// The highest fine that hangs on it.
fn stakes(question: &Question) -> u64 {
    PENALTIES
        .iter()
        .filter(|p| question.waiting.contains(&p.duty))
        .filter_map(|p| p.amounts.unit)
        .map(|fine| fine.to.0)
        .max()
        .unwrap_or(0)
}

const fn ask(field: Field) -> Ask {
    match field {
        Field::Place => Ask::Place,
        Field::Art8
        | Field::Art7
        | Field::Built
        | Field::StateOwned
        | Field::WithBuildingWorks
        | Field::KeyTarget
        | Field::Individual => Ask::YesNo,
        Field::BuildAgreement => Ask::Party,
        Field::InUseSince
        | Field::CompletedOn
        | Field::AcceptedOn
        | Field::FiledOn
        | Field::RemovalPlannedOn
        | Field::RemovalReportedOn => Ask::Date,
        Field::RetentionDays | Field::ResponsiblePersons => Ask::Number,
        Field::Cameras => Ask::Cameras,
        Field::Answer(_) => Ask::Answer,
    }
}

fn instead(field: Field, waiting: &[Duty]) -> Option<(Duty, Answer)> {
    match field {
        Field::AcceptedOn => Some((Duty::Accepted, Answer::Breached)),
        Field::FiledOn if waiting.contains(&Duty::Filed) => Some((Duty::Filed, Answer::Breached)),
        Field::FiledOn => Some((Duty::FiledExisting, Answer::Breached)),
        Field::RemovalPlannedOn => Some((Duty::RemovalReported, Answer::NotApplicable)),
        Field::RemovalReportedOn => Some((Duty::RemovalReported, Answer::Breached)),
        _ => None,
    }
}
