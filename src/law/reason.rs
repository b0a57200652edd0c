//! Why: every reason a judgement can give, with the facts it rests on.
//! The words are in [`crate::words`].

use chrono::NaiveDate;

use crate::dossier::{Answer, Party};
use crate::law::assessment::{Builder, Days};
use crate::law::cite::{Cite, Instrument};
use crate::law::field::Field;
use crate::law::places::PlaceKind;

/// One reason.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    // What the place is in law.
    /// The instrument is not in force on the day judged.
    NotInForce {
        instrument: Instrument,
        from: NaiveDate,
    },
    PlaceUnknown,
    PlaceUnclear,
    PlaceListed {
        place: PlaceKind,
        cite: Cite,
    },
    /// The article names this kind only in part (大型农贸市场).
    PlaceListedInPart {
        place: PlaceKind,
        cite: Cite,
    },
    PlaceNotListed {
        place: PlaceKind,
    },
    /// Item 10 is an open norm that only the authority can fill.
    OpenNorm,
    ListedByAuthority,
    NotListedByAuthority,
    /// Duties of a system that need not be there may or may not apply.
    VoluntarySystem,
    /// A private home is not a public place.
    PrivateHome,

    // Who builds and who files.
    GovernmentBuilds {
        cite: Cite,
    },
    OperatorBuilds {
        cite: Cite,
    },
    BuildsByAgreement {
        party: Party,
    },
    NoAgreementKnown,
    StateOwnedManaged,
    OwnershipUnknown,
    FallsOn {
        builder: Builder,
    },
    FiledByArt7 {
        cite: Cite,
    },
    FiledByArt7Perhaps {
        cite: Cite,
    },
    NotArt7,

    // The system.
    NoSystem,
    SystemUnknown,
    SystemContradictory,
    Built,
    NotBuilt,
    NotWithWorks,
    BeforeMeasure {
        day: NaiveDate,
    },
    BuiltAfterMeasure {
        day: NaiveDate,
    },
    AgeUnknown,
    NotInUseYet {
        from: NaiveDate,
    },

    // Answers.
    Answered {
        answer: Answer,
    },
    AnsweredBreachAgainstFacts,
    AnsweredMetAgainstFacts,
    AnswerNotPossible,
    NotAnswered,
    /// Only what is in the published catalogue must connect.
    CatalogueOnly,

    // Cameras.
    CamerasForbidden {
        count: usize,
        first: String,
    },
    CamerasToCheck {
        count: usize,
    },
    /// By the floor plan these see into private rooms; `first` is one of them.
    CamerasSeePrivate {
        count: usize,
        first: String,
    },
    CamerasClear {
        count: usize,
    },
    NoCamerasListed,

    // Acceptance.
    AcceptedBeforeUse {
        accepted: NaiveDate,
        used: NaiveDate,
    },
    UsedBeforeAcceptance {
        used: NaiveDate,
        accepted: NaiveDate,
    },
    AcceptanceNotRecorded,
    AcceptedButUseUnknown {
        accepted: NaiveDate,
    },

    // Filing.
    FiledInTime {
        filed: NaiveDate,
        last: NaiveDate,
    },
    FiledLate {
        filed: NaiveDate,
        last: NaiveDate,
    },
    FiledNoDeadline {
        filed: NaiveDate,
    },
    /// Filed before the regulation was in force.
    FiledUnderOldLaw {
        filed: NaiveDate,
    },
    FilingOpen {
        due: NaiveDate,
        last: NaiveDate,
    },
    FilingPassed {
        due: NaiveDate,
        last: NaiveDate,
    },
    UseDateUnknown,
    NothingFiledYet,

    // Removal.
    RemovalNotSaid,
    RemovalReportedInTime {
        reported: NaiveDate,
        due: NaiveDate,
    },
    RemovalReportedLate {
        reported: NaiveDate,
        due: NaiveDate,
    },
    RemovalOpen {
        planned: NaiveDate,
        due: NaiveDate,
        better: NaiveDate,
    },
    RemovalPassed {
        planned: NaiveDate,
        due: NaiveDate,
    },

    // Retention.
    KeptLongEnough {
        kept: Days,
        required: Days,
    },
    KeptTooShort {
        kept: Days,
        required: Days,
    },
    KeptNotSaid {
        required: Days,
    },
    KeptLongerInPart {
        kept: Days,
        part: Days,
        source: Instrument,
    },
    /// Two months are 59 to 62 days.
    KeptAboutTwoMonths {
        kept: Days,
    },
    RetentionGeneral {
        days: Days,
    },
    RetentionByLaw {
        days: Days,
        cite: Cite,
    },
    /// Seen quoted only.
    RetentionQuoted {
        days: Days,
        source: Instrument,
    },
    RetentionTwoMonths {
        source: Instrument,
    },
    RetentionInPart {
        days: Days,
        part: Part,
        source: Instrument,
    },
    RetentionMaybeLonger,
    RetentionNoFigure {
        place: PlaceKind,
    },
    DeletionAfterPurpose,
    RetentionNotArt7,
    RetentionVoluntary,

    // Notices.
    NoticeReceived {
        deadline: Option<NaiveDate>,
    },
    NoticeOverdue {
        deadline: NaiveDate,
    },
    NoticeRefused,

    // Penalties.
    FinedOutright,
    FinedAfterOrder,
    FinedAfterRefusal,
    OrderWithoutFine,
    NoPenalty,
    /// The higher instrument's figure is shown: an inference, not an official
    /// position.
    GivesWay {
        higher: Cite,
        lower: Cite,
    },
    StandsBeside {
        shown: Cite,
        beside: Cite,
    },
    FineOptional,
    ByOtherLaws {
        cite: Cite,
    },
    /// It depends on R799 art. 7 which article fines this.
    DependsOnArt7,
    NoFineForIndividuals,
    WithConfiscation,
}

impl Reason {
    /// The fact that this reason rests a verdict on; none of those that rest it
    /// on an answer or leave it open.
    pub const fn fact(&self) -> Option<Field> {
        match self {
            Self::Built | Self::NotBuilt => Some(Field::Built),
            Self::CamerasForbidden { .. } | Self::CamerasClear { .. } => Some(Field::Cameras),
            Self::AcceptedBeforeUse { .. } | Self::UsedBeforeAcceptance { .. } => Some(Field::AcceptedOn),
            Self::FiledInTime { .. } | Self::FiledLate { .. } | Self::FiledNoDeadline { .. } => Some(Field::FiledOn),
            Self::RemovalReportedInTime { .. } | Self::RemovalReportedLate { .. } => Some(Field::RemovalReportedOn),
            Self::KeptLongEnough { .. } | Self::KeptTooShort { .. } => Some(Field::RetentionDays),
            _ => None,
        }
    }
}

/// A part of a place with its own retention period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// 收寄、验视、安检、提取区域和智能快件箱
    ParcelAreas,
    /// 麻醉药品、精神药品的存放、使用区域
    NarcoticAreas,
    /// 3 岁以下婴幼儿的托育机构
    Nursery,
}
