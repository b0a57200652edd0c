//! What a judgement says: closed vocabularies, evidence and articles.

use chrono::NaiveDate;

use crate::ids::ids;
use crate::law::camera_places::{CameraVerdict, PrivatePlace};
use crate::law::cite::Cite;
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::reason::Reason;

ids! {
    /// Whether a system must be built at the place.
    pub enum DutyVerdict {
        MustBuild = "must-build" => "应当建设",
        GovernmentBuilds = "government-builds" => "由政府建设",
        NotListed = "not-listed" => "不在必须建设之列",
        Unknown = "unknown" => "还不能判断",
    }
}

ids! {
    /// Who builds (W168 art. 10).
    pub enum Builder {
        Owner = "owner" => "所有者",
        User = "user" => "使用者",
        Manager = "manager" => "管理者",
        Government = "government" => "政府",
        Unknown = "unknown" => "还不能判断",
    }
}

ids! {
    /// Where an obligation stands.
    pub enum Status {
        Met = "met" => "已做到",
        Breached = "breached" => "没做到",
        Due = "due" => "期限未到，待办",
        Unknown = "unknown" => "还不能判断",
        NotApplicable = "not-applicable" => "不涉及",
    }
}

ids! {
    /// How it comes to a fine.
    pub enum Stage {
        Direct = "direct" => "查实即可罚款",
        RectifyFirst = "rectify-first" => "先责令改正并警告，逾期不改才罚款",
        Refusal = "refusal" => "先责令改正，拒不改正才罚款",
        OrderOnly = "order-only" => "只责令改正，不罚款",
        None = "none" => "本身没有罚则",
    }
}

ids! {
    /// A step on the way to a fine.
    pub enum Step {
        Found = "found" => "查实",
        Order = "order" => "责令改正",
        Warning = "warning" => "警告",
        Overdue = "overdue" => "逾期未改正",
        Refused = "refused" => "拒不改正",
        Confiscation = "confiscation" => "没收设备、删除图像",
        Fine = "fine" => "罚款",
        HigherFine = "higher-fine" => "加重的罚款",
    }
}

ids! {
    /// Where a deadline stands.
    pub enum DeadlineState {
        Open = "open" => "还来得及",
        Missed = "missed" => "已过期",
        Done = "done" => "已完成",
    }
}

/// A number of days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(pub u32);

/// Yuan, renminbi.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Yuan(pub u64);

/// From an amount to an amount, both included (民法典 art. 1259).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Fine {
    pub from: Yuan,
    pub to: Yuan,
}

impl Fine {
    /// A range of yuan.
    pub const fn new(from: u64, to: u64) -> Self {
        Self {
            from: Yuan(from),
            to: Yuan(to),
        }
    }

    /// Both ends added.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self::new(
            self.from.0.saturating_add(other.from.0),
            self.to.0.saturating_add(other.to.0),
        )
    }

    /// Both ends times a number of persons.
    #[must_use]
    pub const fn times(self, n: u32) -> Self {
        Self::new(self.from.0.saturating_mul(n as u64), self.to.0.saturating_mul(n as u64))
    }
}

/// The judgement of one dossier on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    pub on: NaiveDate,
    pub duty: DutyFinding,
    /// Every obligation of the contract, in its order.
    pub obligations: Vec<Obligation>,
    pub deadlines: Vec<Deadline>,
    pub cameras: Vec<CameraFinding>,
    /// What cameras see of private rooms on the floor plan; nothing where nothing
    /// is seen.
    pub plan: Vec<SightFinding>,
    pub retention: Retention,
    pub exposure: Exposure,
}

impl Assessment {
    /// The finding of one obligation.
    pub fn obligation(&self, duty: Duty) -> Option<&Obligation> {
        self.obligations.iter().find(|o| o.duty == duty)
    }

    /// Whether any obligation is breached.
    pub fn anything_breached(&self) -> bool {
        self.obligations.iter().any(|o| o.status == Status::Breached)
    }
}

/// Must a system be built, by whom, and must it be filed.
#[derive(Clone, Debug, PartialEq)]
pub struct DutyFinding {
    pub verdict: DutyVerdict,
    pub builder: Builder,
    /// `None` where it cannot be told.
    pub must_file: Option<bool>,
    pub basis: Vec<Cite>,
    pub because: Vec<Reason>,
    pub ask: Vec<Field>,
}

/// One obligation on the day judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Obligation {
    pub duty: Duty,
    pub status: Status,
    pub basis: Vec<Cite>,
    pub because: Vec<Reason>,
    /// What is missing, where the status is unknown.
    pub ask: Vec<Field>,
}

impl Obligation {
    /// The fact that decided the status, where it was no answer.
    pub fn fact(&self) -> Option<Field> {
        let decided = matches!(self.status, Status::Met | Status::Breached);
        let answered = self.because.contains(&Reason::AnsweredBreachAgainstFacts);
        let fact = self.because.iter().find_map(Reason::fact);
        fact.filter(|_| decided && !answered)
    }
}

/// Which deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeadlineId {
    Filed,
    FiledExisting,
    RemovalReported,
    /// The last day of an order to correct.
    Notice(Duty),
}

/// One last day.
#[derive(Clone, Debug, PartialEq)]
pub struct Deadline {
    pub id: DeadlineId,
    /// The day of the event, itself not counted; `None` where it is not known.
    pub starts: Option<NaiveDate>,
    /// The strict last day.
    pub due: NaiveDate,
    /// Where the last day moves for holidays and weekends.
    pub extended: NaiveDate,
    /// From the day judged to `due`.
    pub days_left: i64,
    pub state: DeadlineState,
    pub basis: Vec<Cite>,
    /// Whether the holiday notice of that year is known.
    pub holidays_known: bool,
}

/// One camera's place.
#[derive(Clone, Debug, PartialEq)]
pub struct CameraFinding {
    pub id: String,
    pub verdict: CameraVerdict,
    pub kind: Option<PrivatePlace>,
    pub basis: Vec<Cite>,
    pub words: Vec<String>,
}

/// A camera that stands in a private room of the floor plan, or sees into it.
#[derive(Clone, Debug, PartialEq)]
pub struct SightFinding {
    /// Id and name of the room, and what it is.
    pub room: String,
    pub name: String,
    pub kind: PrivatePlace,
    /// Id of the camera.
    pub camera: String,
    /// The camera stands in the room.
    pub inside: bool,
    /// Area of the room that it sees, 0 to 1; doors count as open.
    pub share: f64,
    pub verdict: CameraVerdict,
    pub basis: Vec<Cite>,
}

/// How long recordings must be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Retention {
    /// Zero where no instrument is in force yet.
    pub days: Days,
    pub basis: Vec<Cite>,
    pub notes: Vec<Reason>,
}

/// What can be fined.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    /// One per breached obligation.
    pub items: Vec<ExposureItem>,
    pub now: Totals,
    pub if_uncorrected: Totals,
    pub unknown: Vec<Duty>,
    /// What the totals assume because the dossier does not say.
    pub assumed: Vec<Field>,
    /// What correcting each item first would save: what can be fined today,
    /// then by its last day, then the most money.
    pub order: Vec<Saving>,
}

/// What correcting one obligation takes off the totals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saving {
    pub duty: Duty,
    /// The last day to do so: of an order to correct, or else of the duty.
    pub by: Option<NaiveDate>,
    pub saves: Totals,
}

/// Totals of one moment. Of a unit the first two, of an individual the last.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    pub unit: Fine,
    pub persons: Fine,
    pub individual: Fine,
}

impl Totals {
    /// Each column added.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            unit: self.unit.plus(other.unit),
            persons: self.persons.plus(other.persons),
            individual: self.individual.plus(other.individual),
        }
    }

    /// The upper ends of all columns together.
    pub const fn most(self) -> Yuan {
        self.unit.plus(self.persons).plus(self.individual).to
    }
}

/// The three columns of a penalty.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amounts {
    pub unit: Option<Fine>,
    pub per_person: Option<Fine>,
    pub individual: Option<Fine>,
}

/// What one breached obligation can cost.
#[derive(Clone, Debug, PartialEq)]
pub struct ExposureItem {
    pub duty: Duty,
    pub basis: Vec<Cite>,
    /// Articles whose figure gives way, with that figure.
    pub displaced: Vec<Figures>,
    /// Articles of the same conduct whose figure stands beside, with it.
    pub beside: Vec<Figures>,
    pub stage: Stage,
    pub fineable_now: bool,
    pub amounts: Amounts,
    /// The fine is optional (可以并处).
    pub optional: bool,
    /// The higher step once correction is refused or harm is done.
    pub on_refusal: Option<Amounts>,
    pub because: Vec<Reason>,
    /// How it comes to a fine, step by step; empty where nothing is ordered.
    pub path: Vec<PathStep>,
    pub stop: Stop,
}

/// What a penalty article sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    pub basis: Cite,
    pub stage: Stage,
    pub amounts: Amounts,
}

/// One step of a penalty's path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathStep {
    pub step: Step,
    /// The day of it, as far as an order received says so.
    pub date: Option<NaiveDate>,
    /// What a fine at this step is.
    pub amounts: Option<Amounts>,
    /// Whether it has come to this on the day judged; of a fine, whether it can
    /// be imposed.
    pub reached: bool,
}

/// How the path is left today. What is to be done is the duty's own matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// No order yet: what is corrected before one comes needs none.
    BeforeOrder,
    /// An order runs: corrected by its last day, there is no fine.
    ByOrder { deadline: Option<NaiveDate> },
    /// A fine can be imposed: correcting at once may spare or lighten it
    /// (行政处罚法 art. 33).
    AtOnce,
    /// Nothing is ordered or fined; the duty remains.
    Duty,
}
