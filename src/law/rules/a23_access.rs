//! 第二十三条 侦查、检察、审判机关因司法工作需要,行政机关因执法工作需要,或者有关部门因调查、处置突发事件需要,可以查阅、调取、复制公共安全视频图像信息系统的基础信息或者视频图像信息,相关单位和个人应当予以配合。
//!
//! 第二十四条 ……(一)工作人员不得少于2人;(二)出示工作证件和单位介绍信函;(三)履行相关登记手续;……未按照前款规定查阅、调取、复制公共安全视频图像信息系统信息资料的,公共安全视频图像信息系统管理人员有权拒绝。

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const ACCESS_NOT_REFUSED: Rule = Rule {
    duty: Duty::AccessNotRefused,
    cites: &[w168(23)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

pub(super) const ACCESS_PROCEDURE: Rule = Rule {
    duty: Duty::AccessProcedure,
    cites: &[w168(24).paragraph(1), w168(24).paragraph(2)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
