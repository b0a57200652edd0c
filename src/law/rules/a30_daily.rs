//! 第三十条 公共安全视频图像信息系统的日常管理,应当遵守下列规定:(一)建立值班监看、重大情况报告、操作维护等管理制度和突发事件应急处置预案;(二)建立系统效能和安全性能的定期评估、评价制度;(三)建立系统定期检查和维护保养制度;(四)建立系统监看人员档案;(五)对系统监看、操作、维护等人员进行岗位技能和保密知识培训;(六)不得无故中断系统运行;(七)不得擅自改变系统设施、设备的位置、功能和摄像头指向方位;(八)禁止与监看工作无关的人员进入监看场所;(九)发现涉及公共安全的可疑信息,应当及时向公安机关报告;(十)应当遵守的其他规定。

use crate::law::cite::{Cite, r799, w168};
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const DUTY_RULES: Rule = daily(Duty::DutyRules, &[w168(30).paragraph(1).item(1)]);

pub(super) const PERFORMANCE_REVIEW: Rule = daily(Duty::PerformanceReview, &[w168(30).paragraph(1).item(2)]);

pub(super) const INSPECTION_REGIME: Rule = daily(Duty::InspectionRegime, &[w168(30).paragraph(1).item(3)]);

pub(super) const MONITOR_STAFF_FILES: Rule = daily(Duty::MonitorStaffFiles, &[w168(30).paragraph(1).item(4)]);

pub(super) const TRAINING: Rule = daily(Duty::Training, &[w168(30).paragraph(1).item(5), r799(16).paragraph(2)]);

pub(super) const UNINTERRUPTED: Rule = daily(Duty::Uninterrupted, &[w168(30).paragraph(1).item(6)]);

pub(super) const NOT_REPOSITIONED: Rule = daily(
    Duty::NotRepositioned,
    &[w168(30).paragraph(1).item(7), r799(23).paragraph(1).item(2)],
);

pub(super) const MONITORING_ROOM: Rule = daily(Duty::MonitoringRoom, &[w168(30).paragraph(1).item(8)]);

pub(super) const SUSPICIOUS_REPORTED: Rule = daily(Duty::SuspiciousReported, &[w168(30).paragraph(1).item(9)]);

/// The rules of this article differ in their item only: the answer decides.
const fn daily(duty: Duty, cites: &'static [Cite]) -> Rule {
    Rule {
        duty,
        cites,
        scope: Scope::Measure,
        needs_system: true,
        judge: |_| Evidence::answer(),
    }
}
