//! How a breach comes to a fine and how the way is left, in simplified Chinese.

use crate::law::assessment::{Amounts, PathStep, Step, Stop};
use crate::law::duties::Duty;
use crate::words::zh_cn::{date, fine};

/// One step of a penalty's path.
pub fn step(found: &PathStep) -> String {
    let amounts = || amounts(found.amounts.unwrap_or_default());
    match (found.step, found.date) {
        (Step::Found, _) => "公安机关查实".to_owned(),
        (Step::Order, Some(day)) => format!("{}责令改正", date(day)),
        (Step::Order, None) if found.reached => "已经收到责令改正通知".to_owned(),
        (Step::Order, None) => "公安机关责令限期改正".to_owned(),
        (Step::Warning, _) => "同时给予警告".to_owned(),
        (Step::Overdue, Some(day)) if found.reached => format!("期限{}已过，没有改正", date(day)),
        (Step::Overdue, Some(day)) => format!("{}以后仍未改正", date(day)),
        (Step::Overdue, None) => "逾期没有改正".to_owned(),
        (Step::Refused, _) => "拒不改正，有的条文还包括造成严重后果".to_owned(),
        (Step::Confiscation, _) => "没收设备、删除违法图像".to_owned(),
        (Step::Fine, _) if found.reached => format!("现在就可以罚款：{}", amounts()),
        (Step::Fine, _) => format!("罚款：{}", amounts()),
        (Step::HigherFine, _) => format!("加重罚款：{}", amounts()),
    }
}

/// 单位1万元以上3万元以下,责任人每人1000元以下
pub fn amounts(amounts: Amounts) -> String {
    let columns = [
        ("单位", amounts.unit),
        ("责任人每人", amounts.per_person),
        ("个人", amounts.individual),
    ];
    let told: Vec<_> = columns
        .into_iter()
        .filter_map(|(who, range)| range.map(|range| format!("{who}{}", fine(range))))
        .collect();
    match told.as_slice() {
        [] => "数额取决于适用哪一条".to_owned(),
        told => told.join(","),
    }
}

/// The act that ends it today.
pub fn stop(duty: Duty, stop: Stop) -> String {
    let act = act(duty);
    match stop {
        Stop::BeforeOrder => format!("现在就{act}：在责令改正以前做到，后面各步就不会发生"),
        Stop::ByOrder { deadline: Some(day) } => {
            format!("{}以前{act}，并把改正情况书面报公安机关，后面各步就不会发生", date(day))
        }
        Stop::ByOrder { deadline: None } => format!("按责令改正通知{act}，并把改正情况书面报公安机关"),
        Stop::AtOnce => {
            format!("立即{act}，并主动说明：轻微、及时改正且没有危害后果的，可以不予处罚（《行政处罚法》第三十三条）")
        }
        Stop::Duty => format!("{act}；条文没有为它单独规定罚款"),
    }
}

/// What is to be done for a duty, as an imperative.
pub const fn act(duty: Duty) -> &'static str {
    match duty {
        Duty::Build => "把视频系统建起来",
        Duty::PlatformConnected => "接入联网共享平台",
        Duty::NoForbiddenCamera => "拆掉装在禁装部位的设备，删除其中的图像",
        Duty::GradedProtection => "办理等级保护的定级、备案并落实防护措施",
        Duty::PlatformInterface => "补上接入平台的接口",
        Duty::BuiltWithWorks => "补齐与工程同步的设计、施工、验收",
        Duty::Accepted => "停用未经验收的系统，组织验收，合格后再用",
        Duty::Archived => "补齐并归档设计、施工、验收、维护资料",
        Duty::NotObstructed => "移开遮挡摄像头的树木、管线、招牌",
        Duty::BroadcastProtected => "撤下或者打码已经公开的画面",
        Duty::EvidencePreserved => "另存、锁定涉案录像，防止覆盖删改",
        Duty::RemovalReported => "停止拆除，向公安机关报告，必要时恢复设备",
        Duty::IntegrationNotRefused => "配合公安机关联网整合",
        Duty::AccessNotRefused => "配合依法查阅、调取、复制",
        Duty::FiledExisting => "补报既有系统备案",
        Duty::QualifiedProducts => "换用合格的产品和单位，补齐证明材料",
        Duty::Positions => "调整摄像头的位置和采集范围",
        Duty::Signs => "在入口和主要通道贴上明显标志",
        Duty::Upgraded => "按现行标准升级改造",
        Duty::AccessProcedure => "建立调取登记，核对两人、证件、介绍信",
        Duty::Confidentiality => "停止外传，落实保密要求",
        Duty::Maintained => "明确维护责任，补签维护和保密合同",
        Duty::Retained => "增加存储，把保存天数调够",
        Duty::TrueAndComplete => "恢复完整录像，停止剪辑、覆盖",
        Duty::AccessControl => "分账号、设权限、改默认口令",
        Duty::DutyRules => "补上值班、报告、操作维护制度和应急预案",
        Duty::PerformanceReview => "安排定期评估并留下记录",
        Duty::InspectionRegime => "安排定期检查保养并留下记录",
        Duty::MonitorStaffFiles => "建立监看人员档案",
        Duty::Training => "组织岗位技能和保密培训并留下记录",
        Duty::Uninterrupted => "恢复系统运行",
        Duty::NotRepositioned => "恢复设备原来的位置、功能和朝向，或者补报",
        Duty::MonitoringRoom => "不让无关人员进入监看场所",
        Duty::SuspiciousReported => "向公安机关报告发现的可疑情况",
        Duty::EntitledToInstall => "拆除无权安装或者并非必需的设备",
        Duty::DailySearch => "每天检查私密场所并作记录",
        Duty::SecretUnitConsent => "停用设备，取得涉密单位的书面同意",
        Duty::Filed => "到县级公安机关或者备案平台办理备案",
        Duty::FilingUpdated => "办理备案变更",
        Duty::FilingTrue => "更正不实的备案内容",
        Duty::OperationSecurity => "落实运行和数据安全措施，签订保密协议",
        Duty::RetrievalRegister => "建立调取登记簿",
        Duty::Deletion => "删除已经到期且用不着的录像",
    }
}
