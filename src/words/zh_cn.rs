//! What the law's judgement says: amounts, days, reasons, questions.

use chrono::{Datelike, NaiveDate};

use crate::dossier::Answer;
use crate::law::assessment::{DeadlineId, Fine, Yuan};
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::reason::{Part, Reason};
use crate::law::{Question, Why};
use crate::words::cites::title;
use crate::words::lang::{self, Lang, t};

/// Shown with whatever was seen quoted only.
pub fn quoted() -> &'static str {
    t!("请以文件原文为准")
}

/// Shown where an industry standard may ask for more.
pub fn maybe_longer() -> &'static str {
    t!("行业标准可能更长，请向主管公安机关核对")
}

/// 2026年1月31日
pub fn date(day: NaiveDate) -> String {
    if lang::current() == Lang::En {
        return day.to_string();
    }
    t!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// 1万元, 1500元, 100万元
pub fn yuan(amount: Yuan) -> String {
    if lang::current() == Lang::En {
        return format!("CNY {}", thousands(amount.0));
    }
    match amount.0 {
        n if n > 0 && n.is_multiple_of(10_000) => t!("{}万元", n / 10_000),
        n => t!("{n}元", n = n),
    }
}

/// 1,000,000
pub fn thousands(amount: u64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// 1万元以上3万元以下, 1000元以下
pub fn fine(fine: Fine) -> String {
    match fine {
        Fine { to: Yuan(0), .. } => t!("0元").to_owned(),
        Fine { from: Yuan(0), to } => t!("{}以下", yuan(to)),
        Fine { from, to } => t!("{}以上{}以下", yuan(from), yuan(to)),
    }
}

pub use crate::words::cites::cite;

/// What a last day is for.
pub fn deadline(id: DeadlineId) -> String {
    match id {
        DeadlineId::Filed => t!("向公安机关备案").to_owned(),
        DeadlineId::FiledExisting => t!("既有系统备案").to_owned(),
        DeadlineId::RemovalReported => t!("拆除前报告").to_owned(),
        DeadlineId::Notice(duty) => t!("责令改正：{}", duty.label()),
    }
}

/// One reason in a sentence.
pub fn reason(reason: &Reason) -> String {
    use Reason as R;
    match reason {
        R::NotInForce { instrument, from } => {
            t!("{}自{}起施行，这一天还没有施行", title(*instrument), date(*from))
        }
        R::PlaceUnknown => t!("还没有选择场所类别").to_owned(),
        R::PlaceUnclear => t!("场所类别选的是“其他”，仅凭类别还不能判断").to_owned(),
        R::PlaceListed { place, cite: c } => t!("“{}”属于{}列举的场所", place.label(), cite(*c)),
        R::PlaceListedInPart { place, cite: c } => t!(
            "“{}”按{}列举的场所对待；条文只写了其中一部分（例如“大型农贸市场”），规模小的不一定在内，请向辖区公安机关确认",
            place.label(),
            cite(*c)
        ),
        R::PlaceNotListed { place } => t!("《办法》第八条第（一）至（九）项没有列举“{}”", place.label()),
        R::OpenNorm => {
            t!("第八条第（十）项是兜底规定，只有主管部门能够认定；如接到公安机关要求或者列入建设规划，请在档案里注明")
                .to_owned()
        }
        R::ListedByAuthority => t!("档案注明：主管部门已确认本场所属于第八条的范围").to_owned(),
        R::NotListedByAuthority => t!("档案注明：主管部门已确认本场所不在第八条的范围").to_owned(),
        R::VoluntarySystem => {
            t!("本场所不在第八条列举之内，自愿安装的摄像头是否适用这一条，要看公安机关是否认定为公共安全视频系统")
                .to_owned()
        }
        R::PrivateHome => t!("自家住宅不是公共场所").to_owned(),

        R::GovernmentBuilds { cite: c } => t!("依{}，这类场所的系统由政府建设", cite(*c)),
        R::OperatorBuilds { cite: c } => {
            t!(
                "{}规定由对场所负有经营管理责任的单位建设；与所有者约定不一致的，请尽早与对方和公安机关商定",
                cite(*c)
            )
        }
        R::BuildsByAgreement { party } => t!("依第十条第二款，按约定由{}建设", party.label()),
        R::NoAgreementKnown => t!("档案里没有建设责任的约定，依第十条第二款由所有者负责建设").to_owned(),
        R::StateOwnedManaged => t!("国家所有的公共场所，依第十条第二款由管理者负责建设").to_owned(),
        R::OwnershipUnknown => {
            t!("这类场所常为国家所有：国有的由管理者建设，否则由约定的一方或者所有者建设").to_owned()
        }
        R::FallsOn { builder } => t!("这项义务落在{}身上，您的身份不同，请与对方确认", builder.label()),
        R::FiledByArt7 { cite: c } => t!("属于{}的场所，系统应当向公安机关备案", cite(*c)),
        R::FiledByArt7Perhaps { cite: c } => {
            t!("是否属于{}的场所要看具体情况，备案前请向县级公安机关确认", cite(*c))
        }
        R::NotArt7 => {
            t!("不属于《条例》第七条的场所，备案、运行安全、调取登记、到期删除等条文不适用（《条例》第九条）")
                .to_owned()
        }

        R::NoSystem => t!("还没有建设视频系统").to_owned(),
        R::SystemUnknown => t!("还不知道有没有建设视频系统").to_owned(),
        R::SystemContradictory => t!("档案说还没有建设，却填有竣工、验收、投入使用或者备案的日期，请先核对").to_owned(),
        R::Built => t!("系统已经建成").to_owned(),
        R::NotBuilt => t!("应当建设，但还没有建设").to_owned(),
        R::NotWithWorks => t!("不是随新建、改建、扩建工程一起建的").to_owned(),
        R::BeforeMeasure { day } => t!("系统在{}已经建成或者使用，早于《办法》施行", date(*day)),
        R::BuiltAfterMeasure { day } => t!("系统在{}建成或者投入使用，不是《办法》施行前的旧系统", date(*day)),
        R::AgeUnknown => t!("还不知道系统是不是2019年8月1日以前建成的").to_owned(),
        R::NotInUseYet { from } => t!("系统{}才投入使用", date(*from)),

        R::Answered { answer } => t!("您的回答是“{}”", answer.label()),
        R::AnsweredBreachAgainstFacts => t!("您的回答是“没做到”，与填写的事实不一致，按没做到处理，请核对").to_owned(),
        R::AnsweredMetAgainstFacts => t!("您的回答与填写的事实不一致，以事实为准").to_owned(),
        R::AnswerNotPossible => t!("这项义务对本场所适用，不能答“不涉及”").to_owned(),
        R::NotAnswered => t!("还没有回答").to_owned(),
        R::CatalogueOnly => t!("只有列入市公安机关公布目录的系统才应当接入").to_owned(),

        R::CamerasForbidden { count, first } => t!(
            "有{count}个摄像头装在禁装部位，例如“{first}”",
            count = count,
            first = first
        ),
        R::CamerasToCheck { count } => t!("有{count}个摄像头仅凭名称看不出位置，需要到现场看", count = count),
        R::CamerasSeePrivate { count, first } => {
            t!(
                "按平面图，有{count}个摄像头能拍到画出的私密房间，例如“{first}”，要到现场看画面",
                count = count,
                first = first
            )
        }
        R::CamerasClear { count } => t!("{count}个摄像头的名称里没有发现禁装部位", count = count),
        R::NoCamerasListed => t!("还没有列出摄像头").to_owned(),

        R::AcceptedBeforeUse { accepted, used } => {
            t!("{}验收，{}投入使用，先验收后使用", date(*accepted), date(*used))
        }
        R::UsedBeforeAcceptance { used, accepted } => {
            t!(
                "{}已经投入使用，{}才验收，属于先使用后验收",
                date(*used),
                date(*accepted)
            )
        }
        R::AcceptanceNotRecorded => t!("没有填写验收日期").to_owned(),
        R::AcceptedButUseUnknown { accepted } => {
            t!("{}已经验收，但不知道是不是验收以后才投入使用", date(*accepted))
        }

        R::FiledInTime { filed, last } => t!("{}已备案，没有超过最后一天{}", date(*filed), date(*last)),
        R::FiledLate { filed, last } => t!("{}已备案，但晚于最后一天{}", date(*filed), date(*last)),
        R::FiledNoDeadline { filed } => t!("{}已备案；没有填写投入使用日期，看不出是否逾期", date(*filed)),
        R::FiledUnderOldLaw { filed } => {
            t!(
                "{}的备案早于《条例》施行，是否还要按《条例》备案请向公安机关确认",
                date(*filed)
            )
        }
        R::FilingOpen { due, last } if due == last => t!("最后一天是{}", date(*due)),
        R::FilingOpen { due, last } => {
            t!(
                "严格算最后一天是{}，遇假日顺延到{}；建议按前一个日期办理",
                date(*due),
                date(*last)
            )
        }
        R::FilingPassed { due, last } if due == last => t!("最后一天{}已过，档案里没有备案日期", date(*due)),
        R::FilingPassed { due, last } => {
            t!(
                "最后一天{}（遇假日顺延到{}）已过，档案里没有备案日期",
                date(*due),
                date(*last)
            )
        }
        R::UseDateUnknown => t!("没有填写投入使用日期，备案期限从这一天起算").to_owned(),
        R::NothingFiledYet => t!("还没有备案，谈不上变更和内容是否真实；先办备案").to_owned(),

        R::RemovalNotSaid => t!("没有填写拆除计划").to_owned(),
        R::RemovalReportedInTime { reported, due } => {
            t!("{}已报告，没有晚于拆除前10日（{}）", date(*reported), date(*due))
        }
        R::RemovalReportedLate { reported, due } => {
            t!(
                "{}才报告，晚于拆除前10日（{}）；还没有动手的话，把拆除日期往后推就能补救",
                date(*reported),
                date(*due)
            )
        }
        R::RemovalOpen { planned, due, better } if due == better => {
            t!("计划{}拆除，最迟{}向公安机关报告", date(*planned), date(*due))
        }
        R::RemovalOpen { planned, due, better } => t!(
            "计划{}拆除，最迟{}向公安机关报告；那天不上班，请在{}以前报告",
            date(*planned),
            date(*due),
            date(*better)
        ),
        R::RemovalPassed { planned, due } => t!(
            "计划{}拆除，应当在{}以前报告，档案里没有报告日期；没有报告的，请推迟拆除",
            date(*planned),
            date(*due)
        ),

        R::KeptLongEnough { kept, required } => t!("录像设为保存{}天，要求{}天", kept.0, required.0),
        R::KeptTooShort { kept, required } => t!("录像只保存{}天，要求{}天", kept.0, required.0),
        R::KeptNotSaid { required } => t!("没有填写录像保存天数，要求{}天", required.0),
        R::KeptLongerInPart { kept, part, source } => t!(
            "录像保存{}天，一般区域够了；部分区域要求{}天（{}，{quoted}），请确认这些区域",
            kept.0,
            part.0,
            title(*source),
            quoted = quoted()
        ),
        R::KeptAboutTwoMonths { kept } => {
            t!(
                "要求保存两个月（59至62天，看月份大小），现在是{}天，是否够要看月份",
                kept.0
            )
        }
        R::RetentionGeneral { days } => {
            t!("至少留存{}日；法律、法规、国家标准、行业标准另有规定的从其规定", days.0)
        }
        R::RetentionByLaw { days, cite: c } => t!("{}：{}日", cite(*c), days.0),
        R::RetentionQuoted { days, source } => t!("{}：{}日，{quoted}", title(*source), days.0, quoted = quoted()),
        R::RetentionTwoMonths { source } => t!(
            "{}：两个月，按最长的62天准备，{quoted}",
            title(*source),
            quoted = quoted()
        ),
        R::RetentionInPart { days, part, source } => {
            t!(
                "{}：{}{}日，{quoted}",
                title(*source),
                part_name(*part),
                days.0,
                quoted = quoted()
            )
        }
        R::RetentionMaybeLonger => maybe_longer().to_owned(),
        R::RetentionNoFigure { place } => t!(
            "{}的专门法规没有规定录像天数（常被引用的60日是上网日志，90日出自没有施行的草案）",
            place.label()
        ),
        R::DeletionAfterPurpose => t!("满30日后，已经实现处理目的的录像应当删除（《条例》第十七条）").to_owned(),
        R::RetentionNotArt7 => t!("不属于《条例》第七条的场所，《条例》第十七条不适用（第九条）").to_owned(),
        R::RetentionVoluntary => t!("不在第八条列举之内，30日供参考").to_owned(),

        R::NoticeReceived { deadline: Some(day) } => {
            t!("收到过责令改正通知，期限到{}，还没有登记改正", date(*day))
        }
        R::NoticeReceived { deadline: None } => t!("收到过责令改正通知，还没有登记改正").to_owned(),
        R::NoticeOverdue { deadline } => t!("责令改正的期限{}已过，还没有登记改正", date(*deadline)),
        R::NoticeRefused => t!("档案注明：拒不改正").to_owned(),

        R::FinedOutright => t!("查实即可罚款，不以先责令改正为前提").to_owned(),
        R::FinedAfterOrder => t!("先责令限期改正并警告；逾期没有改正的，才罚款").to_owned(),
        R::FinedAfterRefusal => t!("先责令改正；拒不改正（有的条文还包括造成严重后果）的，才罚款").to_owned(),
        R::OrderWithoutFine => t!("责令改正，没有罚款").to_owned(),
        R::NoPenalty => t!("条文没有为这项义务单独规定罚款；义务仍然要履行").to_owned(),
        R::GivesWay { higher, lower } => t!(
            "同一行为适用{}，{}的数额不再适用（依《办法》第三十三条、《立法法》第九十九条、《行政处罚法》第十四条推断，不是官方意见）",
            cite(*higher),
            cite(*lower)
        ),
        R::StandsBeside { shown, beside } => t!(
            "{}与{}都可能适用；同一行为不罚两次，最终按数额高的算（《行政处罚法》第二十九条）；这里计入前者，后者的数额并列在旁",
            cite(*shown),
            cite(*beside)
        ),
        R::FineOptional => t!("条文是“可以”罚款：也可能只警告").to_owned(),
        R::ByOtherLaws { cite: c } => t!("{}规定依照其他法律处罚，数额看具体情节", cite(*c)),
        R::DependsOnArt7 => t!("适用哪一条、罚多少，取决于是否属于《条例》第七条的场所").to_owned(),
        R::NoFineForIndividuals => t!("条文只规定了对单位及其责任人的罚款").to_owned(),
        R::WithConfiscation => t!("并没收设备、删除违法图像").to_owned(),
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::ParcelAreas => t!("收寄、验视、安检、提取区域和智能快件箱"),
        Part::NarcoticAreas => t!("麻醉药品、精神药品区域"),
        Part::Nursery => t!("招收3岁以下婴幼儿的托育机构"),
    }
}

/// A question and what helps to answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionWords {
    pub text: String,
    pub hint: String,
    /// The other way to answer, as a button: 还没有备案.
    pub instead: Option<&'static str>,
}

/// A question in words.
pub fn question(question: &Question) -> QuestionWords {
    let (text, hint) = ask(question.field);
    QuestionWords {
        text,
        hint: hint.to_owned(),
        instead: question.instead.map(|(duty, answer)| match (duty, answer) {
            (Duty::Accepted, _) => t!("还没有验收"),
            (Duty::RemovalReported, Answer::NotApplicable) => t!("没有拆除计划"),
            (Duty::RemovalReported, _) => t!("还没有报告"),
            _ => t!("还没有备案"),
        }),
    }
}

/// The question that a field answers, with a hint.
pub fn ask(field: Field) -> (String, &'static str) {
    let (text, hint) = match field {
        Field::Place => (t!("这是什么场所？"), t!("输入日常叫法就可以，例如“网吧”“奶茶店”。")),
        Field::Art8 => (
            t!("公安机关是否说过这里必须装视频系统？"),
            t!("例如发过书面通知，或者列入了建设规划；没有就选“否”。"),
        ),
        Field::Art7 => (
            t!("公安机关是否要求这里的系统按国务院条例备案？"),
            t!("《条例》第七条的场所才备案；拿不准可以打派出所电话问一句。"),
        ),
        Field::Built => (t!("已经装好视频系统了吗？"), t!("能录像的摄像头加录像机就算。")),
        Field::StateOwned => (
            t!("场地是国家所有的吗？"),
            t!("机关、公办学校、公立医院、公园等多半是；租用民房的一般不是。"),
        ),
        Field::BuildAgreement => (
            t!("合同里约定由谁装视频系统？"),
            t!("看租赁合同；没有约定的，由所有者（业主）负责。"),
        ),
        Field::InUseSince => (t!("系统哪天开始使用？"), t!("记不清就填安装合同或者验收单上的日期。")),
        Field::CompletedOn => (t!("系统哪天竣工？"), t!("看施工单或者竣工单。")),
        Field::WithBuildingWorks => (
            t!("系统是随新建、改建或者扩建工程一起装的吗？"),
            t!("只是后来加装摄像头的，选“否”。"),
        ),
        Field::AcceptedOn => (t!("系统哪天验收合格？"), t!("看验收单上的日期。")),
        Field::FiledOn => (
            t!("系统哪天向公安机关备案的？"),
            t!("看备案回执；网上备案的看平台记录。"),
        ),
        Field::RetentionDays => (t!("录像机设置保存多少天？"), t!("在录像机上看最早能回放到哪一天。")),
        Field::KeyTarget => (
            t!("公安机关是否书面通知过：这里是反恐怖主义重点目标？"),
            t!("没有收到过书面通知就选“否”。"),
        ),
        Field::RemovalPlannedOn => (t!("计划哪天拆除或者更换系统设备？"), t!("整体装修、搬迁、换设备都算。")),
        Field::RemovalReportedOn => (t!("哪天向公安机关报告了拆除？"), t!("看报告回执。")),
        Field::Cameras => (
            t!("每个摄像头装在哪里？"),
            t!("可以从录像机导出通道名称；重点看卫生间、更衣室、包间、宿舍。"),
        ),
        Field::Individual => (t!("经营者是个人，还是单位？"), t!("个人与单位的罚款不同。")),
        Field::ResponsiblePersons => (
            t!("主要负责人和直接责任人一共几人？"),
            t!("一般是老板或者经理，加上管监控的人。"),
        ),
        Field::Answer(duty) => return answer_question(duty),
    };
    (text.to_owned(), hint)
}

fn answer_question(duty: Duty) -> (String, &'static str) {
    let (text, hint) = match duty {
        Duty::Build => (t!("应当装的视频系统装了吗？"), t!("整个场所的要害部位都要覆盖到。")),
        Duty::PlatformConnected => (
            t!("系统是否列入公安机关公布的联网目录，并且已经接入平台？"),
            t!("没有列入目录的，选“不涉及”。"),
        ),
        Duty::NoForbiddenCamera => (
            t!("卫生间、浴室、更衣室、客房、宿舍等处都没有摄像头吗？"),
            t!("拿不准的摄像头请到现场看一眼。"),
        ),
        Duty::GradedProtection => (
            t!("网络安全等级保护做了吗？"),
            t!("定级、备案和口令、补丁等防护措施；可以问安装公司要材料。"),
        ),
        Duty::PlatformInterface => (
            t!("系统预留了接入公安平台的接口吗？"),
            t!("看设备说明书或者验收材料，常见的是GB/T 28181。"),
        ),
        Duty::BuiltWithWorks => (
            t!("系统与工程同时设计、施工、验收、使用了吗？"),
            t!("看工程的设计和验收材料。"),
        ),
        Duty::Accepted => (
            t!("系统先验收合格、后投入使用吗？"),
            t!("看验收单日期是否早于开始使用。"),
        ),
        Duty::Archived => (
            t!("设计、施工、验收、维护资料都归档了吗？"),
            t!("一户一档：图纸、合同、验收单、维护记录、单位和人员信息。"),
        ),
        Duty::NotObstructed => (
            t!("您种的树、拉的线、挂的招牌没有挡住摄像头吗？"),
            t!("包括路边的公共摄像头。"),
        ),
        Duty::BroadcastProtected => (
            t!("对外播放画面时，人脸和车牌打码了吗？"),
            t!("直播、短视频、大屏都算；从来不对外播放的选“不涉及”。"),
        ),
        Duty::EvidencePreserved => (
            t!("涉案录像及时保全、不被覆盖删改吗？"),
            t!("备份、锁定录像；有人来调取时先另存一份。"),
        ),
        Duty::RemovalReported => (
            t!("拆除设备以前向公安机关报告了吗？"),
            t!("没有拆除过、也没有计划的，选“不涉及”。"),
        ),
        Duty::IntegrationNotRefused => (
            t!("公安机关要求联网整合时，都配合了吗？"),
            t!("没有被要求过的，选“不涉及”。"),
        ),
        Duty::AccessNotRefused => (
            t!("公安等机关依法调取录像时，都配合了吗？"),
            t!("没有人来调取过的，选“不涉及”。"),
        ),
        Duty::FiledExisting => (
            t!("2019年8月以前装的系统，当年报公安机关备案了吗？"),
            t!("看有没有备案回执。"),
        ),
        Duty::QualifiedProducts => (
            t!("设备和安装单位都是合格的吗？"),
            t!("看产品的检测、认证证书和单位的资质。"),
        ),
        Duty::Positions => (
            t!("摄像头位置合理、拍摄范围固定吗？"),
            t!("不对着邻居窗户，不拍与安全无关的地方。"),
        ),
        Duty::Signs => (
            t!("贴了“您已进入视频监控区域”一类的明显标志吗？"),
            t!("门口和主要通道都要看得见。"),
        ),
        Duty::Upgraded => (
            t!("旧系统按现行标准升级改造了吗？"),
            t!("已经符合现行标准的，选“做到了”。"),
        ),
        Duty::AccessProcedure => (
            t!("来人调取录像时，都核对两名以上人员、证件、介绍信并登记吗？"),
            t!("手续不全的，管理人员有权拒绝。"),
        ),
        Duty::Confidentiality => (
            t!("系统资料和录像都保密了吗？"),
            t!("不把录像转发到群里，不外传账号和图纸。"),
        ),
        Duty::Maintained => (
            t!("维护责任落实了吗？"),
            t!("自己维护，或者与维护公司签有写明事项和保密义务的合同。"),
        ),
        Duty::Retained => (t!("录像都能保存到规定的天数吗？"), t!("在录像机上回放最早的一天试试。")),
        Duty::TrueAndComplete => (
            t!("录像真实、完整，没有剪辑和缺段吗？"),
            t!("可以用本工具检查导出的录像。"),
        ),
        Duty::AccessControl => (t!("看录像、导录像要授权吗？"), t!("分账号、设口令，不用出厂口令。")),
        Duty::DutyRules => (
            t!("有值班、重大情况报告、操作维护制度和应急预案吗？"),
            t!("一两页纸贴在监控室就可以。"),
        ),
        Duty::PerformanceReview => (
            t!("定期评估系统好不好用、安不安全吗？"),
            t!("例如每半年一次，留下记录。"),
        ),
        Duty::InspectionRegime => (t!("定期检查和保养设备吗？"), t!("例如每月一次，留下记录。")),
        Duty::MonitorStaffFiles => (t!("监看人员有档案吗？"), t!("姓名、身份、上岗和培训情况。")),
        Duty::Training => (
            t!("监看、操作、维护人员培训过吗？"),
            t!("岗位技能和保密知识，留下签到。"),
        ),
        Duty::Uninterrupted => (t!("系统没有无故停过吗？"), t!("关电、拔线、长期故障不修都算。")),
        Duty::NotRepositioned => (
            t!("没有擅自改动摄像头的位置、功能和朝向吗？"),
            t!("要改动的，先与公安机关沟通。"),
        ),
        Duty::MonitoringRoom => (t!("无关人员不能进监看的地方吗？"), t!("吧台监看的，屏幕不要朝向顾客。")),
        Duty::SuspiciousReported => (
            t!("发现可疑情况都及时报告公安机关了吗？"),
            t!("没有发现过的，选“不涉及”。"),
        ),
        Duty::EntitledToInstall => (
            t!("摄像头都是自己负责的场所、为安全才装的吗？"),
            t!("不替别人的地方装，不为安全以外的目的装。"),
        ),
        Duty::DailySearch => (
            t!("客房、包间、更衣室、卫生间等处，每天检查有没有偷装的设备吗？"),
            t!("发现了马上报警；没有这些房间的选“不涉及”。"),
        ),
        Duty::SecretUnitConsent => (
            t!("在军事区、涉密单位附近装的，事先得到对方同意了吗？"),
            t!("附近没有这类单位的，选“不涉及”。"),
        ),
        Duty::Filed => (t!("系统向公安机关备案了吗？"), t!("看备案回执。")),
        Duty::FilingUpdated => (t!("备案以后有变化的，及时变更了吗？"), t!("没有变化的选“不涉及”。")),
        Duty::FilingTrue => (
            t!("备案填写的内容都属实吗？"),
            t!("单位、位置、设备数量和类型、保存天数。"),
        ),
        Duty::OperationSecurity => (
            t!("系统和数据的安全措施落实了吗？"),
            t!("改默认口令、不裸露在外网、与维护公司签保密协议。"),
        ),
        Duty::RetrievalRegister => (t!("每次查看、调取录像都登记吗？"), t!("写明事由、内容、单位和姓名。")),
        Duty::Deletion => (t!("过了期、用不着的录像都删除了吗？"), t!("一般录像机循环覆盖就可以。")),
    };
    (text.to_owned(), hint)
}

/// Why an article has no rule, in words.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::General => t!("目的、范围、原则或者施行日期，不要求经营者做什么"),
        Why::Authorities => t!("对政府、公安机关及其人员的要求"),
        Why::NotHeld => t!("没有收录这一条的文字，未作判断；请看条例原文"),
        Why::Encouragement => t!("鼓励性规定，不是义务"),
        Why::Unnamed => t!("转引其他没有点名的规定，无从列举"),
        Why::Right => t!("给走失人员的家属查看平台图像的权利"),
        Why::Misconduct => t!("禁止任何人盗用、破坏、泄露，属于治安和刑事案件，不作自查"),
        Why::Penalty => t!("罚则，体现在各项义务的罚款里"),
        Why::Precedence => t!("与其他法律法规的衔接，体现在适用哪个数额上"),
    }
}
