//! 第十七条 公共安全视频图像信息系统设备不得擅自拆除;因城市建设或者场所、部位改变用途等确需拆除的,应当在拆除前10日向公安机关报告。
//!
//! R799 art. 23 item 2: devices of art. 7 are not changed, moved or removed without leave.

use crate::law::cite::{r799, w168};
use crate::law::deadlines;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const REMOVAL_REPORTED: Rule = Rule {
    duty: Duty::RemovalReported,
    cites: &[w168(17), r799(23).paragraph(1).item(2)],
    scope: Scope::Measure,
    needs_system: true,
    judge,
};

fn judge(facts: &Facts) -> Evidence {
    let system = &facts.dossier.system;
    let (Some(planned), Some(period)) = (system.removal_planned_on, deadlines::removal(facts)) else {
        return Evidence::missing(&[Reason::RemovalNotSaid], &[Field::RemovalPlannedOn]);
    };
    let due = period.due;
    match facts.happened(system.removal_reported_on) {
        Some(reported) if reported <= due => Evidence::Met(vec![Reason::RemovalReportedInTime { reported, due }]),
        Some(reported) => Evidence::Breached(vec![Reason::RemovalReportedLate { reported, due }]),
        None if facts.on <= due => Evidence::Due(vec![Reason::RemovalOpen {
            planned,
            due,
            better: period.extended,
        }]),
        None => Evidence::binding(&[Reason::RemovalPassed { planned, due }], &[Field::RemovalReportedOn]),
    }
}
