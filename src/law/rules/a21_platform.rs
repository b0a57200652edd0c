//! 第二十一条 市公安机关应当对公共安全视频图像信息系统进行资源整合,建立统一的公共安全视频图像信息联网共享平台。……
//!
//! 市公安机关负责编制应当接入公共安全视频图像信息联网共享平台的目录,并向社会公布。
//!
//! Arts. 34(2) and 38(1) punish not connecting and refusing integration.

use crate::law::cite::w168;
use crate::law::duties::Duty;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const CONNECTED: Rule = Rule {
    duty: Duty::PlatformConnected,
    cites: &[w168(21).paragraph(3)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::missing(&[Reason::CatalogueOnly], &[]),
};

pub(super) const INTEGRATION_NOT_REFUSED: Rule = Rule {
    duty: Duty::IntegrationNotRefused,
    cites: &[w168(21).paragraph(1)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
