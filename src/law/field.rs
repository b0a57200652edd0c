//! The dossier fields that a judgement rests on, as paths.

use std::fmt;

use crate::law::duties::Duty;

/// A field of the dossier that a rule reads and may have to ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Place,
    Art8,
    Art7,
    Built,
    StateOwned,
    BuildAgreement,
    InUseSince,
    CompletedOn,
    WithBuildingWorks,
    AcceptedOn,
    FiledOn,
    RetentionDays,
    KeyTarget,
    RemovalPlannedOn,
    RemovalReportedOn,
    Cameras,
    Individual,
    ResponsiblePersons,
    /// The answer for one obligation.
    Answer(Duty),
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Place => "site.place",
            Self::Art8 => "site.art8",
            Self::Art7 => "site.art7",
            Self::Built => "system.built",
            Self::StateOwned => "site.state_owned",
            Self::BuildAgreement => "site.build_agreement",
            Self::InUseSince => "system.in_use_since",
            Self::CompletedOn => "system.completed_on",
            Self::WithBuildingWorks => "system.with_building_works",
            Self::AcceptedOn => "system.accepted_on",
            Self::FiledOn => "system.filed_on",
            Self::RetentionDays => "system.retention_days",
            Self::KeyTarget => "site.key_target",
            Self::RemovalPlannedOn => "system.removal_planned_on",
            Self::RemovalReportedOn => "system.removal_reported_on",
            Self::Cameras => "cameras",
            Self::Individual => "site.individual",
            Self::ResponsiblePersons => "site.responsible_persons",
            Self::Answer(duty) => return write!(f, "answers.{}", duty.id()),
        })
    }
}
