//! 第十三条 新建、改建、扩建建设工程,按照规定应当建设公共安全视频图像信息系统的,应当与建设工程同时设计、同时施工、同时验收、同时使用。

use crate::law::assessment::DutyVerdict;
use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::params::W168_FROM;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const BUILT_WITH_WORKS: Rule = Rule {
    duty: Duty::BuiltWithWorks,
    cites: &[w168(13)],
    scope: Scope::Listed,
    needs_system: false,
    judge,
};

fn judge(facts: &Facts) -> Evidence {
    let duty = facts.building();
    if duty.verdict == DutyVerdict::NotListed {
        return Evidence::NotApplicable(duty.because);
    }
    match (facts.dossier.system.with_building_works, facts.age()) {
        (Some(false), _) => Evidence::NotApplicable(vec![Reason::NotWithWorks]),
        (_, Some(day)) if day < W168_FROM => Evidence::NotApplicable(vec![Reason::BeforeMeasure { day }]),
        (Some(true), _) => Evidence::answer(),
        (None, _) => Evidence::missing(&[], &[Field::WithBuildingWorks]),
    }
}
