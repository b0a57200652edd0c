//! 第十五条 公共安全视频图像信息系统竣工后,建设单位应当按照规定组织验收。
//!
//! 公共安全视频图像信息系统验收合格后方可投入使用。

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::params::W168_FROM;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const ACCEPTED: Rule = Rule {
    duty: Duty::Accepted,
    cites: &[w168(15).paragraph(1), w168(15).paragraph(2)],
    scope: Scope::Measure,
    needs_system: true,
    judge,
};

fn judge(facts: &Facts) -> Evidence {
    let system = &facts.dossier.system;
    let accepted = facts.happened(system.accepted_on);
    match (accepted, system.in_use_since) {
        (Some(accepted), Some(used)) if accepted <= used => {
            Evidence::Met(vec![Reason::AcceptedBeforeUse { accepted, used }])
        }
        // Put into use before the measure was in force.
        (_, Some(day)) if day < W168_FROM => Evidence::NotApplicable(vec![Reason::BeforeMeasure { day }]),
        (Some(accepted), Some(used)) if used <= facts.on => {
            Evidence::Breached(vec![Reason::UsedBeforeAcceptance { used, accepted }])
        }
        (Some(accepted), None) => {
            Evidence::missing(&[Reason::AcceptedButUseUnknown { accepted }], &[Field::InUseSince])
        }
        (_, Some(from)) if from > facts.on => Evidence::NotApplicable(vec![Reason::NotInUseYet { from }]),
        (_, Some(used)) => match system.accepted_on {
            // Acceptance is planned for a later day, and it is in use.
            Some(accepted) => Evidence::Breached(vec![Reason::UsedBeforeAcceptance { used, accepted }]),
            None => Evidence::binding(&[Reason::AcceptanceNotRecorded], &[Field::AcceptedOn]),
        },
        (None, None) => Evidence::missing(
            &[Reason::AcceptanceNotRecorded],
            &[Field::AcceptedOn, Field::InUseSince],
        ),
    }
}
