//! 《公共安全视频图像信息系统管理条例》第七条第三款、第九条第一款(大意):在公共
//! 场所安装,应当为维护公共安全所必需;除政府有关部门和负有经营管理、安全防范责任
//! 的单位、个人外,其他单位和个人不得安装。

use crate::law::cite::r799;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const ENTITLED_TO_INSTALL: Rule = Rule {
    duty: Duty::EntitledToInstall,
    cites: &[r799(7).paragraph(3), r799(9).paragraph(1)],
    scope: Scope::PublicPlace,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
