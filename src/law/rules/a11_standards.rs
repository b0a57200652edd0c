//! 第十一条 建设公共安全视频图像信息系统,应当符合有关标准、技术规范以及网络安全等级保护等规定,预留接入公共安全视频图像信息系统联网共享平台的硬件、软件接口。

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const GRADED_PROTECTION: Rule = Rule {
    duty: Duty::GradedProtection,
    cites: &[w168(11).paragraph(1)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

pub(super) const INTERFACE: Rule = Rule {
    duty: Duty::PlatformInterface,
    cites: &[w168(11).paragraph(1)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
