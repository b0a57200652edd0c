//! 第十八条 园林绿化、架设管线或者设置户外广告等设施的,不得妨碍公共安全视频图像信息采集设备的正常运行和图像采集。
//!
//! Addressed to whoever plants, lays or puts up, whoever owns the cameras.

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const NOT_OBSTRUCTED: Rule = Rule {
    duty: Duty::NotObstructed,
    cites: &[w168(18)],
    scope: Scope::Everyone,
    needs_system: false,
    judge: |_| Evidence::answer(),
};
