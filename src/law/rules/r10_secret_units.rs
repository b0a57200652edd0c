//! 《公共安全视频图像信息系统管理条例》第十条(大意):在军事禁区、军事管理区和涉密
//! 单位周边安装,应当事先征得该单位同意。

use crate::law::cite::r799;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const SECRET_UNIT_CONSENT: Rule = Rule {
    duty: Duty::SecretUnitConsent,
    cites: &[r799(10)],
    scope: Scope::PublicPlace,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
