//! 《公共安全视频图像信息系统管理条例》第十五条至第十七条(大意):保障系统运行、
//! 网络和数据安全;建立查阅、调取登记;留存不少于30日,期满后已实现目的的删除。

use crate::law::cite::r799;
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const OPERATION_SECURITY: Rule = Rule {
    duty: Duty::OperationSecurity,
    cites: &[r799(15)],
    scope: Scope::Art7,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

pub(super) const RETRIEVAL_REGISTER: Rule = Rule {
    duty: Duty::RetrievalRegister,
    cites: &[r799(16).paragraph(2)],
    scope: Scope::Art7,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

pub(super) const DELETION: Rule = Rule {
    duty: Duty::Deletion,
    cites: &[r799(17)],
    scope: Scope::Art7,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
