//! 第二十九条 公共安全视频图像信息系统的建设、使用和维护单位应当采取授权管理、控制访问等措施,限制对公共安全视频图像信息系统设计方案、设备类型、安装位置、地址码等基础信息以及系统采集的视频图像信息的查阅、复制、转发,保障信息安全。
//!
//! 显示、存储、传输、控制公共安全视频图像信息系统的基础信息和视频图像信息,涉及违法犯罪证据的,应当采取信息保全等技术手段,保证原始视频图像信息不被删改和破坏;涉及国家安全、国家秘密的,应当符合保密规定。

use crate::law::cite::{r799, w168};
use crate::law::duties::Duty;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const EVIDENCE_PRESERVED: Rule = Rule {
    duty: Duty::EvidencePreserved,
    cites: &[w168(29).paragraph(2)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};

pub(super) const ACCESS_CONTROL: Rule = Rule {
    duty: Duty::AccessControl,
    cites: &[w168(29).paragraph(1), r799(16).paragraph(2)],
    scope: Scope::Measure,
    needs_system: true,
    judge: |_| Evidence::answer(),
};
