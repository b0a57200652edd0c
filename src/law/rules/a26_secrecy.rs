//! 第二十六条 公共安全视频图像信息系统的建设、使用、维护单位对于系统设计方案、设备类型、地址码等基础信息以及获取的视频图像信息负有保密义务。
//!
//! 公共安全视频图像信息系统采集、存储的视频图像信息按照规定用于公共传播时,应当对涉及当事人个体特征、机动车号牌等行踪轨迹的个人信息采取保护性措施,法律另有规定的除外。
//!
//! R799 art. 22 asks the second of every public place, from 2025-04-01.

use crate::law::cite::{r799, w168};
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const BROADCAST_PROTECTED: Rule = Rule {
    duty: Duty::BroadcastProtected,
    cites: &[w168(26).paragraph(2), r799(22)],
    scope: Scope::MeasureThenPublicPlace,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

pub(super) const CONFIDENTIALITY: Rule = Rule {
    duty: Duty::Confidentiality,
    cites: &[w168(26).paragraph(1)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
