//! How a breach comes to a fine and how the way is left.

use crate::law::assessment::{Amounts, PathStep, Step, Stop};
use crate::law::duties::Duty;
use crate::words::lang::t;
use crate::words::zh_cn::{date, fine};

/// One step of a penalty's path.
pub fn step(found: &PathStep) -> String {
    let amounts = || amounts(found.amounts.unwrap_or_default());
    match (found.step, found.date) {
        (Step::Found, _) => t!("公安机关查实").to_owned(),
        (Step::Order, Some(day)) => t!("{}责令改正", date(day)),
        (Step::Order, None) if found.reached => t!("已经收到责令改正通知").to_owned(),
        (Step::Order, None) => t!("公安机关责令限期改正").to_owned(),
        (Step::Warning, _) => t!("同时给予警告").to_owned(),
        (Step::Overdue, Some(day)) if found.reached => t!("期限{}已过，没有改正", date(day)),
        (Step::Overdue, Some(day)) => t!("{}以后仍未改正", date(day)),
        (Step::Overdue, None) => t!("逾期没有改正").to_owned(),
        (Step::Refused, _) => t!("拒不改正，有的条文还包括造成严重后果").to_owned(),
        (Step::Confiscation, _) => t!("没收设备、删除违法图像").to_owned(),
        (Step::Fine, _) if found.reached => t!("现在就可以罚款：{}", amounts()),
        (Step::Fine, _) => t!("罚款：{}", amounts()),
        (Step::HigherFine, _) => t!("加重罚款：{}", amounts()),
    }
}

/// 单位1万元以上3万元以下,责任人每人1000元以下
pub fn amounts(amounts: Amounts) -> String {
    let columns = [
        (t!("单位"), amounts.unit),
        (t!("责任人每人"), amounts.per_person),
        (t!("个人"), amounts.individual),
    ];
    let told: Vec<_> = columns
        .into_iter()
        .filter_map(|(who, range)| range.map(|range| t!("{who}{fine}", who = who, fine = fine(range))))
        .collect();
    match told.as_slice() {
        [] => t!("数额取决于适用哪一条").to_owned(),
        told => told.join(t!("，")),
    }
}

/// The act that ends it today.
pub fn stop(duty: Duty, stop: Stop) -> String {
    let act = act(duty);
    match stop {
        Stop::BeforeOrder => t!("现在就{act}：在责令改正以前做到，后面各步就不会发生", act = act),
        Stop::ByOrder { deadline: Some(day) } => {
            t!(
                "{}以前{act}，并把改正情况书面报公安机关，后面各步就不会发生",
                date(day),
                act = act
            )
        }
        Stop::ByOrder { deadline: None } => t!("按责令改正通知{act}，并把改正情况书面报公安机关", act = act),
        Stop::AtOnce => {
            t!(
                "立即{act}，并主动说明：轻微、及时改正且没有危害后果的，可以不予处罚（《行政处罚法》第三十三条）",
                act = act
            )
        }
        Stop::Duty => t!("{act}；条文没有为它单独规定罚款", act = act),
    }
}

/// What is to be done for a duty, as an imperative.
pub fn act(duty: Duty) -> &'static str {
    match duty {
        Duty::Build => t!("把视频系统建起来"),
        Duty::PlatformConnected => t!("接入联网共享平台"),
        Duty::NoForbiddenCamera => t!("拆掉装在禁装部位的设备，删除其中的图像"),
        Duty::GradedProtection => t!("办理等级保护的定级、备案并落实防护措施"),
        Duty::PlatformInterface => t!("补上接入平台的接口"),
        Duty::BuiltWithWorks => t!("补齐与工程同步的设计、施工、验收"),
        Duty::Accepted => t!("停用未经验收的系统，组织验收，合格后再用"),
        Duty::Archived => t!("补齐并归档设计、施工、验收、维护资料"),
        Duty::NotObstructed => t!("移开遮挡摄像头的树木、管线、招牌"),
        Duty::BroadcastProtected => t!("撤下或者打码已经公开的画面"),
        Duty::EvidencePreserved => t!("另存、锁定涉案录像，防止覆盖删改"),
        Duty::RemovalReported => t!("停止拆除，向公安机关报告，必要时恢复设备"),
        Duty::IntegrationNotRefused => t!("配合公安机关联网整合"),
        Duty::AccessNotRefused => t!("配合依法查阅、调取、复制"),
        Duty::FiledExisting => t!("补报既有系统备案"),
        Duty::QualifiedProducts => t!("换用合格的产品和单位，补齐证明材料"),
        Duty::Positions => t!("调整摄像头的位置和采集范围"),
        Duty::Signs => t!("在入口和主要通道贴上明显标志"),
        Duty::Upgraded => t!("按现行标准升级改造"),
        Duty::AccessProcedure => t!("建立调取登记，核对两人、证件、介绍信"),
        Duty::Confidentiality => t!("停止外传，落实保密要求"),
        Duty::Maintained => t!("明确维护责任，补签维护和保密合同"),
        Duty::Retained => t!("增加存储，把保存天数调够"),
        Duty::TrueAndComplete => t!("恢复完整录像，停止剪辑、覆盖"),
        Duty::AccessControl => t!("分账号、设权限、改默认口令"),
        Duty::DutyRules => t!("补上值班、报告、操作维护制度和应急预案"),
        Duty::PerformanceReview => t!("安排定期评估并留下记录"),
        Duty::InspectionRegime => t!("安排定期检查保养并留下记录"),
        Duty::MonitorStaffFiles => t!("建立监看人员档案"),
        Duty::Training => t!("组织岗位技能和保密培训并留下记录"),
        Duty::Uninterrupted => t!("恢复系统运行"),
        Duty::NotRepositioned => t!("恢复设备原来的位置、功能和朝向，或者补报"),
        Duty::MonitoringRoom => t!("不让无关人员进入监看场所"),
        Duty::SuspiciousReported => t!("向公安机关报告发现的可疑情况"),
        Duty::EntitledToInstall => t!("拆除无权安装或者并非必需的设备"),
        Duty::DailySearch => t!("每天检查私密场所并作记录"),
        Duty::SecretUnitConsent => t!("停用设备，取得涉密单位的书面同意"),
        Duty::Filed => t!("到县级公安机关或者备案平台办理备案"),
        Duty::FilingUpdated => t!("办理备案变更"),
        Duty::FilingTrue => t!("更正不实的备案内容"),
        Duty::OperationSecurity => t!("落实运行和数据安全措施，签订保密协议"),
        Duty::RetrievalRegister => t!("建立调取登记簿"),
        Duty::Deletion => t!("删除已经到期且用不着的录像"),
    }
}
