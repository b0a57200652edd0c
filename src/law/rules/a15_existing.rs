//! 第十五条第三款 本办法施行前已经建成的公共安全视频图像信息系统,使用单位应当于本办法施行后60日内报公安机关备案。

use crate::law::cite::w168;
use crate::law::deadlines;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const FILED_EXISTING: Rule = Rule {
    duty: Duty::FiledExisting,
    cites: &[w168(15).paragraph(3)],
    scope: Scope::Measure,
    needs_system: true,
    judge,
};

fn judge(facts: &Facts) -> Evidence {
    match (facts.older_than_measure(), facts.age()) {
        (Some(false), Some(day)) => return Evidence::NotApplicable(vec![Reason::BuiltAfterMeasure { day }]),
        (None, _) | (_, None) => return Evidence::missing(&[Reason::AgeUnknown], &[Field::InUseSince]),
        (Some(true), Some(_)) => {}
    }
    let Some(period) = deadlines::existing_filing(facts) else {
        return Evidence::missing(&[Reason::PlaceUnknown], &[Field::Place]);
    };
    let last = period.last();
    match facts.happened(facts.dossier.system.filed_on) {
        Some(filed) if filed <= last => Evidence::Met(vec![Reason::FiledInTime { filed, last }]),
        Some(filed) => Evidence::Met(vec![Reason::FiledLate { filed, last }]),
        None if facts.on <= last => Evidence::Due(vec![Reason::FilingOpen { due: period.due, last }]),
        None => Evidence::missing(&[Reason::FilingPassed { due: period.due, last }], &[Field::FiledOn]),
    }
}
