//! 第二十七条 财政资金建设的公共安全视频图像信息系统,其维护由使用单位负责;非财政资金建设的,其维护由建设单位或者使用单位负责。
//!
//! 建设单位、使用单位委托专业机构维护公共安全视频图像信息系统的,双方应当明确维护管理具体事项和信息资料保密义务,保证系统安全运行。

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const MAINTAINED: Rule = Rule {
    duty: Duty::Maintained,
    cites: &[w168(27).paragraph(1), w168(27).paragraph(2)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
