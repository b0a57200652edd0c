//! 《公共安全视频图像信息系统管理条例》第八条第二款(大意):对旅馆客房、包间、宿舍、
//! 浴室、卫生间、更衣室等负有经营管理责任的单位或者个人,应当每日检查,发现偷装的
//! 设备立即报告公安机关。

use crate::law::cite::r799;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const DAILY_SEARCH: Rule = Rule {
    duty: Duty::DailySearch,
    cites: &[r799(8).paragraph(2)],
    scope: Scope::PublicPlace,
    needs_system: false,
    judge: |_| Evidence::answer(),
};
