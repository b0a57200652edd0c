//! 第十六条 公共安全视频图像信息系统的设计、施工、验收、维护等基础资料以及从事上述活动的单位和专业技术人员的基本信息,建设单位应当立卷归档,依法管理保存。

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const ARCHIVED: Rule = Rule {
    duty: Duty::Archived,
    cites: &[w168(16)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
