//! 第十二条 公共安全视频图像信息系统建设单位应当选择合格的安全技术防范产品以及符合相应要求的设计、施工和维护单位。
//!
//! R799 art. 12: products meet the mandatory national standards.

use crate::law::cite::{r799, w168};
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const QUALIFIED_PRODUCTS: Rule = Rule {
    duty: Duty::QualifiedProducts,
    cites: &[w168(12).paragraph(1), r799(12)],
    scope: Scope::MeasureThenPublicPlace,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
