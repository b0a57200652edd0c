//! The engine's judgement as the document that leaves it: values become ids,
//! reasons become sentences.

use chrono::NaiveDate;
use serde_json::json;

use crate::dossier::Dossier;
use crate::law::assessment::{
    Amounts, Assessment, CameraFinding, Deadline, DeadlineId, DutyFinding, Exposure, ExposureItem, Figures, Fine,
    Obligation, PathStep, Retention, Saving, SightFinding, Totals,
};
use crate::law::cite::Cite;
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::law::{self, Ask, Question, RULEBOOK, Said, Setting, WhatIf, receipt};
use crate::wire;
use crate::words::{penalties, plan, why, zh_cn};

/// Judges a dossier on a day: the whole document, questions included.
pub fn assess(dossier: &Dossier, on: NaiveDate) -> wire::Assessment {
    let found = law::assess(dossier, on);
    document(&found, &law::questions_of(dossier, &found))
}

/// The document of a judgement and of what is still to be asked.
pub fn document(found: &Assessment, questions: &[Question]) -> wire::Assessment {
    wire::Assessment {
        on: found.on,
        rulebook: RULEBOOK.to_owned(),
        duty: duty(&found.duty),
        obligations: found.obligations.iter().map(obligation).collect(),
        deadlines: found.deadlines.iter().map(deadline).collect(),
        cameras: found.cameras.iter().map(camera).collect(),
        plan: found.plan.iter().map(sight).collect(),
        retention: retention(&found.retention),
        exposure: exposure(&found.exposure),
        questions: questions.iter().map(question).collect(),
        receipt: wire::ReceiptDoc {
            kit: receipt::KIT.to_owned(),
            rulebook: RULEBOOK.to_owned(),
            law_sha256: receipt::law_sha256().to_owned(),
            rulebook_sha256: receipt::rulebook_sha256().to_owned(),
            dossier_sha256: None,
            on: Some(found.on),
        },
    }
}

/// One obligation with what would change its status: asked for one at a time,
/// since it tries many dossiers.
pub fn why(dossier: &Dossier, on: NaiveDate, duty: Duty) -> Option<wire::ObligationDoc> {
    let found = law::assess(dossier, on);
    let mut document = obligation(found.obligation(duty)?);
    document.changes = law::what_if(dossier, on, duty).iter().map(change).collect();
    Some(document)
}

/// A deadline's id in documents: `filed`, `notice:accepted`.
pub fn deadline_id(id: DeadlineId) -> String {
    match id {
        DeadlineId::Filed => Duty::Filed.id().to_owned(),
        DeadlineId::FiledExisting => Duty::FiledExisting.id().to_owned(),
        DeadlineId::RemovalReported => Duty::RemovalReported.id().to_owned(),
        DeadlineId::Notice(duty) => format!("notice:{}", duty.id()),
    }
}

fn cites(cites: &[Cite]) -> Vec<String> {
    cites.iter().map(Cite::to_string).collect()
}

fn reasons(reasons: &[Reason]) -> Vec<String> {
    reasons.iter().map(zh_cn::reason).collect()
}

fn paths(fields: &[Field]) -> Vec<String> {
    fields.iter().map(Field::to_string).collect()
}

fn ids(duties: &[Duty]) -> Vec<String> {
    duties.iter().map(|d| d.id().to_owned()).collect()
}

fn range(fine: Fine) -> wire::Range {
    [fine.from.0, fine.to.0]
}

fn duty(found: &DutyFinding) -> wire::DutyDoc {
    wire::DutyDoc {
        verdict: found.verdict.id().to_owned(),
        builder: found.builder.id().to_owned(),
        must_file: found.must_file,
        basis: cites(&found.basis),
        because: reasons(&found.because),
        ask: paths(&found.ask),
    }
}

fn obligation(found: &Obligation) -> wire::ObligationDoc {
    wire::ObligationDoc {
        id: found.duty.id().to_owned(),
        status: found.status.id().to_owned(),
        basis: cites(&found.basis),
        because: reasons(&found.because),
        fact: found.fact().map(|field| field.to_string()),
        ask: paths(&found.ask),
        changes: Vec::new(),
    }
}

fn change(found: &WhatIf) -> wire::WhatIfDoc {
    let setting = |setting: &Setting| wire::SettingDoc {
        path: setting.field.to_string(),
        value: match &setting.said {
            Said::Place(place) => json!(place),
            Said::Yes(yes) => json!(yes),
            Said::Day(day) => json!(day),
            Said::Number(number) => json!(number),
            Said::Answer(answer) => json!(answer),
            Said::Cameras(cameras) => json!(cameras),
        },
    };
    wire::WhatIfDoc {
        set: found.set.iter().map(setting).collect(),
        status: found.status.id().to_owned(),
        text: why::change(found),
    }
}

fn deadline(found: &Deadline) -> wire::DeadlineDoc {
    wire::DeadlineDoc {
        id: deadline_id(found.id),
        starts: found.starts,
        due: found.due,
        extended: found.extended,
        days_left: found.days_left,
        state: found.state.id().to_owned(),
        basis: cites(&found.basis),
        holidays_known: found.holidays_known,
    }
}

fn camera(found: &CameraFinding) -> wire::CameraDoc {
    wire::CameraDoc {
        id: found.id.clone(),
        verdict: found.verdict.id().to_owned(),
        kind: found.kind.map(|k| k.id().to_owned()),
        basis: cites(&found.basis),
        words: found.words.clone(),
    }
}

fn sight(found: &SightFinding) -> wire::SightDoc {
    wire::SightDoc {
        room: found.room.clone(),
        name: found.name.clone(),
        kind: found.kind.id().to_owned(),
        camera: found.camera.clone(),
        inside: found.inside,
        share: found.share,
        verdict: found.verdict.id().to_owned(),
        basis: cites(&found.basis),
        advice: plan::advice(found).to_owned(),
    }
}

fn retention(found: &Retention) -> wire::RetentionDoc {
    wire::RetentionDoc {
        days: found.days.0,
        basis: cites(&found.basis),
        notes: reasons(&found.notes),
    }
}

fn exposure(found: &Exposure) -> wire::ExposureDoc {
    wire::ExposureDoc {
        items: found.items.iter().map(item).collect(),
        now: totals(found.now),
        if_uncorrected: totals(found.if_uncorrected),
        unknown: ids(&found.unknown),
        assumed: paths(&found.assumed),
        order: found.order.iter().map(saving).collect(),
    }
}

fn saving(found: &Saving) -> wire::SavingDoc {
    wire::SavingDoc {
        obligation: found.duty.id().to_owned(),
        by: found.by,
        saves_unit: range(found.saves.unit),
        saves_persons: range(found.saves.persons),
        saves_individual: range(found.saves.individual),
    }
}

fn totals(found: Totals) -> wire::TotalsDoc {
    wire::TotalsDoc {
        unit: range(found.unit),
        persons: range(found.persons),
        individual: range(found.individual),
    }
}

fn item(found: &ExposureItem) -> wire::ExposureItemDoc {
    wire::ExposureItemDoc {
        obligation: found.duty.id().to_owned(),
        basis: cites(&found.basis),
        displaced: articles(&found.displaced),
        stage: found.stage.id().to_owned(),
        fineable_now: found.fineable_now,
        unit: found.amounts.unit.map(range),
        per_person: found.amounts.per_person.map(range),
        individual: found.amounts.individual.map(range),
        beside: articles(&found.beside),
        optional: found.optional,
        on_refusal: found.on_refusal.map(higher),
        because: reasons(&found.because),
        displaced_figures: found.displaced.iter().map(figures).collect(),
        beside_figures: found.beside.iter().map(figures).collect(),
        path: found.path.iter().map(path_step).collect(),
        at: found.path.iter().rfind(|s| s.reached).map(|s| s.step.id().to_owned()),
        stop: penalties::stop(found.duty, found.stop),
    }
}

fn articles(found: &[Figures]) -> Vec<String> {
    found.iter().map(|f| f.basis.to_string()).collect()
}

fn figures(found: &Figures) -> wire::FiguresDoc {
    wire::FiguresDoc {
        basis: found.basis.to_string(),
        stage: found.stage.id().to_owned(),
        unit: found.amounts.unit.map(range),
        per_person: found.amounts.per_person.map(range),
        individual: found.amounts.individual.map(range),
    }
}

fn path_step(found: &PathStep) -> wire::PathStepDoc {
    let amounts = found.amounts.unwrap_or_default();
    wire::PathStepDoc {
        step: found.step.id().to_owned(),
        text: penalties::step(found),
        date: found.date,
        reached: found.reached,
        unit: amounts.unit.map(range),
        per_person: amounts.per_person.map(range),
        individual: amounts.individual.map(range),
    }
}

fn higher(amounts: Amounts) -> wire::StepDoc {
    wire::StepDoc {
        unit: amounts.unit.map(range),
        per_person: amounts.per_person.map(range),
        individual: amounts.individual.map(range),
    }
}

fn question(question: &Question) -> wire::QuestionDoc {
    let words = zh_cn::question(question);
    let choices: &[&str] = match question.ask {
        Ask::Party => &["owner", "user"],
        Ask::Answer => &["met", "breached", "not-applicable", "unknown"],
        Ask::Place | Ask::YesNo | Ask::Date | Ask::Number | Ask::Cameras => &[],
    };
    let kind = match question.ask {
        Ask::Place => "place",
        Ask::YesNo => "yes-no",
        Ask::Date => "date",
        Ask::Number => "number",
        Ask::Party => "choice",
        Ask::Answer => "answer",
        Ask::Cameras => "cameras",
    };
    wire::QuestionDoc {
        path: question.field.to_string(),
        kind: kind.to_owned(),
        choices: choices.iter().map(|c| (*c).to_owned()).collect(),
        text: words.text,
        hint: words.hint,
        instead: question
            .instead
            .zip(words.instead)
            .map(|((duty, answer), text)| wire::InsteadDoc {
                path: Field::Answer(duty).to_string(),
                value: answer.id().to_owned(),
                text: text.to_owned(),
            }),
        waiting: ids(&question.waiting),
    }
}
