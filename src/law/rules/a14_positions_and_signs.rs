//! 第十四条 公共安全视频图像信息系统应当做到视频图像采集设备位置安装合理、采集范围固定,并设置明显标志。
//!
//! R799 art. 13 asks the same of every public place, from 2025-04-01.

use crate::law::cite::{r799, w168};
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const POSITIONS: Rule = Rule {
    duty: Duty::Positions,
    cites: &[w168(14), r799(13)],
    scope: Scope::MeasureThenPublicPlace,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

pub(super) const SIGNS: Rule = Rule {
    duty: Duty::Signs,
    cites: &[w168(14), r799(13)],
    scope: Scope::MeasureThenPublicPlace,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
