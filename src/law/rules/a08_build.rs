//! 第八条 下列涉及公共安全的区域、场所和重点部位应当按照公共安全视频图像信息系统建设规划,建设公共安全视频图像信息系统:……
//!
//! 第十条 ……其他应当建设公共安全视频图像信息系统的区域、场所和重点部位由所有者与使用者约定建设责任主体,没有约定的,由所有者负责建设;公共场所和部位所有权属于国家的,由其管理者负责建设。
//!
//! Which kinds of places are listed is data: [`crate::law::listing`].

use crate::law::assessment::DutyVerdict;
use crate::law::cite::{r799, w168};
use crate::law::duties::Duty;
use crate::law::facts::{Facts, Presence};
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const BUILD: Rule = Rule {
    duty: Duty::Build,
    cites: &[w168(8), w168(10), r799(7)],
    scope: Scope::Listed,
    needs_system: false,
    judge,
};

fn judge(facts: &Facts) -> Evidence {
    let duty = facts.building();
    let mut because = duty.because;
    match duty.verdict {
        DutyVerdict::NotListed | DutyVerdict::GovernmentBuilds => return Evidence::NotApplicable(because),
        DutyVerdict::Unknown => return Evidence::missing(&because, &duty.ask),
        DutyVerdict::MustBuild => {}
    }
    match facts.system {
        Presence::Yes => {
            because.push(Reason::Built);
            Evidence::Met(because)
        }
        Presence::No => {
            because.push(Reason::NotBuilt);
            Evidence::Breached(because)
        }
        Presence::Unknown | Presence::Contradictory => Evidence::binding(
            &[if facts.system == Presence::Contradictory {
                Reason::SystemContradictory
            } else {
                Reason::SystemUnknown
            }],
            &[Field::Built],
        ),
    }
}
