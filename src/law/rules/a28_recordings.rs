//! 第二十八条 公共安全视频图像信息系统采集的视频图像信息应当真实、完整。
//!
//! 公共安全视频图像信息系统的信息资料应当至少留存30日;法律、法规或者国家标准、行业标准对留存期限另有规定的,从其规定。
//!
//! How long it is here: [`crate::law::retention`].

use crate::law::assessment::Days;
use crate::law::cite::{r799, w168};
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::law::retention::{TWO_MONTHS, TWO_MONTHS_AT_LEAST, certain_part};
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const RETAINED: Rule = Rule {
    duty: Duty::Retained,
    cites: &[w168(28).paragraph(2), r799(17)],
    scope: Scope::Measure,
    needs_system: true,
    judge: retained,
};

pub(super) const TRUE_AND_COMPLETE: Rule = Rule {
    duty: Duty::TrueAndComplete,
    cites: &[w168(28).paragraph(1), r799(15).paragraph(1)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

fn retained(facts: &Facts) -> Evidence {
    let required = facts.retention.days;
    let place = facts.dossier.site.place;
    let Some(kept) = facts.dossier.system.retention_days.map(Days) else {
        return Evidence::binding(&[Reason::KeptNotSaid { required }], &[Field::RetentionDays]);
    };
    // Two months are 59 to 62 days: between them it depends on the months.
    if required == TWO_MONTHS && kept < required && kept >= TWO_MONTHS_AT_LEAST {
        return Evidence::binding(&[Reason::KeptAboutTwoMonths { kept }], &[]);
    }
    if kept < required {
        return Evidence::Breached(vec![Reason::KeptTooShort { kept, required }]);
    }
    match certain_part(place) {
        Some((part, source)) if kept < part => {
            Evidence::binding(&[Reason::KeptLongerInPart { kept, part, source }], &[])
        }
        _ => Evidence::Met(vec![Reason::KeptLongEnough { kept, required }]),
    }
}
