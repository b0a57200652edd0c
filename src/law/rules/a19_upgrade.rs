//! 第十九条 本办法实施前已建成的公共安全视频图像信息系统不符合现行有关标准和技术规范的,应当进行升级改造。

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const UPGRADED: Rule = Rule {
    duty: Duty::Upgraded,
    cites: &[w168(19).paragraph(1)],
    scope: Scope::Measure,
    needs_system: true,
    judge,
};

fn judge(facts: &Facts) -> Evidence {
    match (facts.older_than_measure(), facts.age()) {
        (Some(false), Some(day)) => Evidence::NotApplicable(vec![Reason::BuiltAfterMeasure { day }]),
        (Some(true), _) => Evidence::answer(),
        _ => Evidence::missing(&[Reason::AgeUnknown], &[Field::InUseSince]),
    }
}
