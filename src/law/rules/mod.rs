//! One file per provision: the paragraph it implements, its articles, its
//! evaluating function. A new rule is its file, its line in [`RULES`] and its
//! cases under `tests/law/`.

use crate::law::cite::Cite;
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::reason::Reason;

mod a08_build;
mod a09_forbidden_places;
mod a11_standards;
mod a12_products;
mod a13_with_works;
mod a14_positions_and_signs;
mod a15_acceptance;
mod a15_existing;
mod a16_archive;
mod a17_removal;
mod a18_obstruction;
mod a19_upgrade;
mod a21_platform;
mod a23_access;
mod a26_secrecy;
mod a27_maintenance;
mod a28_recordings;
mod a29_security;
mod a30_daily;
mod r07_entitled;
mod r08_search;
mod r10_secret_units;
mod r14_filing;
mod r15_operation;

/// To whom a duty is addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Anyone at all.
    Everyone,
    /// Places that W168 art. 8 lists.
    Listed,
    /// Whoever runs a public place (not a private home).
    PublicPlace,
    /// Systems of places that W168 art. 8 lists.
    Measure,
    /// The same until R799 was in force, then every public place.
    MeasureThenPublicPlace,
    /// Systems of places of R799 art. 7.
    Art7,
}

/// A rule.
pub struct Rule {
    pub duty: Duty,
    /// The articles that set the duty, the measure's first.
    pub cites: &'static [Cite],
    pub scope: Scope,
    /// Whether the duty presupposes a system.
    pub needs_system: bool,
    pub(crate) judge: fn(&Facts) -> Evidence,
}

/// What the facts alone say; the answer is weighed afterwards.
pub(crate) enum Evidence {
    Met(Vec<Reason>),
    Breached(Vec<Reason>),
    /// Not done, and the last day has not passed.
    Due(Vec<Reason>),
    NotApplicable(Vec<Reason>),
    /// The answer decides, or the missing fields would.
    Open {
        because: Vec<Reason>,
        ask: Vec<Field>,
        /// The duty certainly applies: "does not concern us" is no answer.
        binding: bool,
    },
}

impl Evidence {
    /// Facts say nothing; the answer decides.
    fn answer() -> Self {
        Self::missing(&[], &[])
    }

    /// These fields would decide, or else the answer.
    fn missing(because: &[Reason], ask: &[Field]) -> Self {
        Self::Open {
            because: because.to_vec(),
            ask: ask.to_vec(),
            binding: false,
        }
    }

    /// As [`Evidence::missing`], of a duty that certainly applies.
    fn binding(because: &[Reason], ask: &[Field]) -> Self {
        Self::Open {
            because: because.to_vec(),
            ask: ask.to_vec(),
            binding: true,
        }
    }
}

/// Every rule, in the order of the contract.
pub const RULES: &[Rule] = &[
    a08_build::BUILD,
    a21_platform::CONNECTED,
    a09_forbidden_places::NO_FORBIDDEN_CAMERA,
    a11_standards::GRADED_PROTECTION,
    a11_standards::INTERFACE,
    a13_with_works::BUILT_WITH_WORKS,
    a15_acceptance::ACCEPTED,
    a16_archive::ARCHIVED,
    a18_obstruction::NOT_OBSTRUCTED,
    a26_secrecy::BROADCAST_PROTECTED,
    a29_security::EVIDENCE_PRESERVED,
    a17_removal::REMOVAL_REPORTED,
    a21_platform::INTEGRATION_NOT_REFUSED,
    a23_access::ACCESS_NOT_REFUSED,
    a15_existing::FILED_EXISTING,
    a12_products::QUALIFIED_PRODUCTS,
    a14_positions_and_signs::POSITIONS,
    a14_positions_and_signs::SIGNS,
    a19_upgrade::UPGRADED,
    a23_access::ACCESS_PROCEDURE,
    a26_secrecy::CONFIDENTIALITY,
    a27_maintenance::MAINTAINED,
    a28_recordings::RETAINED,
    a28_recordings::TRUE_AND_COMPLETE,
    a29_security::ACCESS_CONTROL,
    a30_daily::DUTY_RULES,
    a30_daily::PERFORMANCE_REVIEW,
    a30_daily::INSPECTION_REGIME,
    a30_daily::MONITOR_STAFF_FILES,
    a30_daily::TRAINING,
    a30_daily::UNINTERRUPTED,
    a30_daily::NOT_REPOSITIONED,
    a30_daily::MONITORING_ROOM,
    a30_daily::SUSPICIOUS_REPORTED,
    r07_entitled::ENTITLED_TO_INSTALL,
    r08_search::DAILY_SEARCH,
    r10_secret_units::SECRET_UNIT_CONSENT,
    r14_filing::FILED,
    r14_filing::FILING_UPDATED,
    r14_filing::FILING_TRUE,
    r15_operation::OPERATION_SECURITY,
    r15_operation::RETRIEVAL_REGISTER,
    r15_operation::DELETION,
];

/// The rule of a duty.
pub fn rule(duty: Duty) -> &'static Rule {
    // Duties and rules are in one order; a test holds them to it.
    RULES.get(duty as usize).or(RULES.first()).unwrap_or(&a08_build::BUILD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_duty_has_its_rule_in_its_place() {
        assert_eq!(RULES.len(), Duty::ALL.len());
        for &duty in Duty::ALL {
            assert_eq!(rule(duty).duty, duty, "{}", duty.id());
            assert!(!rule(duty).cites.is_empty());
        }
    }
}
