//! 《公共安全视频图像信息系统管理条例》第十四条(大意):第七条所列场所的系统投入
//! 使用之日起30日内向所在地县级公安机关备案;2025年4月1日前已经投入使用的,自
//! 该日起90日内备案;备案事项变化的,及时变更;备案内容应当真实。

use crate::dossier::Answer;
use crate::law::cite::r799;
use crate::law::deadlines;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::listing::Listing;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const FILED: Rule = Rule {
    duty: Duty::Filed,
    cites: &[r799(14).paragraph(1)],
    scope: Scope::Art7,
    needs_system: true,
    judge: filed,
};

pub(super) const FILING_UPDATED: Rule = Rule {
    duty: Duty::FilingUpdated,
    cites: &[r799(14)],
    scope: Scope::Art7,
    needs_system: true,
    judge: once_filed,
};

pub(super) const FILING_TRUE: Rule = Rule {
    duty: Duty::FilingTrue,
    cites: &[r799(14)],
    scope: Scope::Art7,
    needs_system: true,
    judge: once_filed,
};

fn filed(facts: &Facts) -> Evidence {
    if facts.art7 == Listing::Unknown {
        return match facts.dossier.site.place {
            None => Evidence::missing(&[Reason::PlaceUnknown], &[Field::Place]),
            Some(_) => Evidence::missing(&[Reason::PlaceUnclear], &[Field::Art7]),
        };
    }
    let period = deadlines::filing(facts);
    match (deadlines::filed(facts), period) {
        (Some(filed), Some(period)) => {
            let last = period.last();
            return Evidence::Met(vec![if filed <= last {
                Reason::FiledInTime { filed, last }
            } else {
                Reason::FiledLate { filed, last }
            }]);
        }
        (Some(filed), None) => return Evidence::Met(vec![Reason::FiledNoDeadline { filed }]),
        (None, _) => {}
    }
    let mut because: Vec<_> = facts
        .happened(facts.dossier.system.filed_on)
        .map(|filed| Reason::FiledUnderOldLaw { filed })
        .into_iter()
        .collect();
    let Some(period) = period else {
        because.push(Reason::UseDateUnknown);
        return Evidence::binding(&because, &[Field::InUseSince, Field::FiledOn]);
    };
    let (due, last) = (period.due, period.last());
    if facts.on <= last {
        because.push(Reason::FilingOpen { due, last });
        return Evidence::Due(because);
    }
    because.push(Reason::FilingPassed { due, last });
    Evidence::binding(&because, &[Field::FiledOn])
}

/// What was never filed can be neither out of date nor untrue: that is one
/// breach, not three.
fn once_filed(facts: &Facts) -> Evidence {
    let said = facts.answer(Duty::Filed);
    if deadlines::filed(facts).is_some() || said == Some(Answer::Met) {
        return Evidence::answer();
    }
    match (filed(facts), said) {
        (Evidence::Due(_), _) | (_, Some(Answer::Breached)) => Evidence::NotApplicable(vec![Reason::NothingFiledYet]),
        _ => Evidence::missing(&[], &[Field::FiledOn]),
    }
}
