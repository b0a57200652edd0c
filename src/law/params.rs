//! Dates and figures, as data: each with its article and the days on which it
//! holds.

use chrono::{Days as Span, NaiveDate};

use crate::law::assessment::{Amounts, Days, Fine, Stage};
use crate::law::cite::{Cite, Instrument, r799, w168};
use crate::law::duties::Duty;

/// A literal day; every use is in this file and is covered by a test.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// W168 art. 40: in force from 2019-08-01.
pub const W168_FROM: NaiveDate = day(2019, 8, 1);
/// R799 art. 34: in force from 2025-04-01.
pub const R799_FROM: NaiveDate = day(2025, 4, 1);
/// 网络安全法 as amended: art. 61 replaces art. 59.
pub const CSL_2026: NaiveDate = day(2026, 1, 1);
/// 反恐怖主义法.
pub const CTL_FROM: NaiveDate = day(2016, 1, 1);

/// W168 art. 15 para. 3: an existing system is filed within 60 days.
pub const EXISTING_FILING: Days = Days(60);
/// R799 art. 14: within 30 days of being put into use.
pub const FILING: Days = Days(30);
/// R799 art. 14: a system in use before 2025-04-01, within 90 days.
pub const FILING_OF_OLD: Days = Days(90);
/// W168 art. 17: 10 days before removal.
pub const REMOVAL_NOTICE: Days = Days(10);
/// W168 art. 28 para. 2, R799 art. 17.
pub const RETENTION: Days = Days(30);
/// 反恐怖主义法 art. 32 para. 3.
pub const RETENTION_KEY_TARGET: Days = Days(90);

/// The first day on which an instrument of duties or penalties is in force.
/// Those that the kit only points to are in force throughout.
pub const fn in_force_from(instrument: Instrument) -> NaiveDate {
    match instrument {
        Instrument::W168 => W168_FROM,
        Instrument::R799 => R799_FROM,
        Instrument::Ctl => CTL_FROM,
        _ => NaiveDate::MIN,
    }
}

/// Whether an instrument is in force on a day.
pub fn in_force(instrument: Instrument, on: NaiveDate) -> bool {
    in_force_from(instrument) <= on
}

/// `day` and so many days after it; the day itself is not counted.
pub fn after(day: NaiveDate, days: Days) -> Option<NaiveDate> {
    day.checked_add_days(Span::new(u64::from(days.0)))
}

/// So many days before `day`.
pub fn before(day: NaiveDate, days: Days) -> Option<NaiveDate> {
    day.checked_sub_days(Span::new(u64::from(days.0)))
}

/// To whom a row of the penalty table applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    Always,
    /// Devices at places of R799 art. 7.
    Art7,
    /// Devices elsewhere.
    NotArt7,
    /// Not known whether art. 7 applies.
    Art7Unknown,
    /// Key targets of counter-terrorism.
    KeyTarget,
    /// Song and dance venues.
    SongAndDance,
    /// Neither of these two.
    OtherRetention,
}

/// A penalty for the breach of one duty, while it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Penalty {
    pub duty: Duty,
    pub when: When,
    pub from: NaiveDate,
    /// The first day on which it no longer holds.
    pub until: Option<NaiveDate>,
    pub basis: &'static [Cite],
    /// Articles for the same conduct whose figure gives way.
    pub displaced: &'static [Cite],
    /// Articles for the same conduct whose figure stands beside.
    pub beside: &'static [Cite],
    pub stage: Stage,
    pub amounts: Amounts,
    pub optional: bool,
    pub on_refusal: Option<Amounts>,
    /// Devices are confiscated and pictures deleted too.
    pub confiscation: bool,
    /// The order to correct comes with a warning (给予警告).
    pub warning: bool,
}

impl Penalty {
    /// What an article sets for a duty, whether it still holds or gives way.
    pub fn of_article(duty: Duty, article: Cite) -> Option<&'static Self> {
        PENALTIES.iter().find(|p| p.duty == duty && p.basis == [article])
    }

    /// Whether the row holds on a day.
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.from <= on && self.until.is_none_or(|until| on < until)
    }
}

const NOTHING: Amounts = Amounts {
    unit: None,
    per_person: None,
    individual: None,
};
/// W168 arts. 34, 37, 38.
const TEN_TO_THIRTY: Amounts = unit_and_persons(Fine::new(10_000, 30_000), Fine::new(0, 1_000));
/// W168 art. 36.
const ONE_TO_FIVE: Amounts = unit_and_persons(Fine::new(1_000, 5_000), Fine::new(0, 1_000));
/// R799 arts. 27 and 28.
const PRIVACY: Amounts = all(
    Fine::new(10_000, 20_000),
    Fine::new(5_000, 10_000),
    Fine::new(5_000, 10_000),
);
/// R799 art. 29.
const FILING_FINE: Amounts = Amounts {
    unit: Some(Fine::new(0, 10_000)),
    per_person: None,
    individual: Some(Fine::new(0, 10_000)),
};
/// R799 art. 30.
const MOVED: Amounts = all(Fine::new(5_000, 10_000), Fine::new(0, 5_000), Fine::new(0, 5_000));

const fn unit_and_persons(unit: Fine, per_person: Fine) -> Amounts {
    Amounts {
        unit: Some(unit),
        per_person: Some(per_person),
        individual: None,
    }
}

const fn all(unit: Fine, per_person: Fine, individual: Fine) -> Amounts {
    Amounts {
        unit: Some(unit),
        per_person: Some(per_person),
        individual: Some(individual),
    }
}

/// A row of W168's own penalty; `until` where a higher instrument takes over.
const fn w(duty: Duty, until: Option<NaiveDate>, basis: &'static [Cite], stage: Stage, amounts: Amounts) -> Penalty {
    Penalty {
        until,
        ..row(duty, W168_FROM, basis, stage, amounts)
    }
}

/// A row of the State Council's regulation.
const fn r(duty: Duty, basis: &'static [Cite], stage: Stage, amounts: Amounts) -> Penalty {
    row(duty, R799_FROM, basis, stage, amounts)
}

/// A duty of W168 without a penalty.
const fn none(duty: Duty, until: Option<NaiveDate>) -> Penalty {
    w(duty, until, &[], Stage::None, NOTHING)
}

const fn row(duty: Duty, from: NaiveDate, basis: &'static [Cite], stage: Stage, amounts: Amounts) -> Penalty {
    Penalty {
        duty,
        when: When::Always,
        from,
        until: None,
        basis,
        displaced: &[],
        beside: &[],
        stage,
        amounts,
        optional: false,
        on_refusal: None,
        confiscation: false,
        warning: matches!(stage, Stage::RectifyFirst),
    }
}

const W34_1: Cite = w168(34).paragraph(1).item(1);
const W34_2: Cite = w168(34).paragraph(1).item(2);
const W35: Cite = w168(35);
const W36_1: Cite = w168(36).paragraph(1).item(1);
const W36_2: Cite = w168(36).paragraph(1).item(2);
const W36_3: Cite = w168(36).paragraph(1).item(3);
const W36_4: Cite = w168(36).paragraph(1).item(4);
const W36_5: Cite = w168(36).paragraph(1).item(5);
const W36_6: Cite = w168(36).paragraph(1).item(6);
const W36_7: Cite = w168(36).paragraph(1).item(7);
const W36_8: Cite = w168(36).paragraph(1).item(8);
const W37: Cite = w168(37);
const W38_1: Cite = w168(38).paragraph(1).item(1);
const W38_2: Cite = w168(38).paragraph(1).item(2);
const CSL_59: Cite = Cite::article(Instrument::Csl, 59);
const CSL_61: Cite = Cite::article(Instrument::Csl, 61);
const PIPL_66: Cite = Cite::article(Instrument::Pipl, 66);
const DSL_45: Cite = Cite::article(Instrument::Dsl, 45);
const CTL_88: Cite = Cite::article(Instrument::Ctl, 88).paragraph(1).item(6);
const EPR_44: Cite = Cite::article(Instrument::Epr, 44);
const R799_STARTS: Option<NaiveDate> = Some(R799_FROM);

/// Every penalty, by duty, with the days on which it holds. For each duty and
/// each case exactly one row holds on any day from the duty's first on.
pub const PENALTIES: &[Penalty] = &[
    w(Duty::Build, None, &[W34_1], Stage::RectifyFirst, TEN_TO_THIRTY),
    w(
        Duty::PlatformConnected,
        None,
        &[W34_2],
        Stage::RectifyFirst,
        TEN_TO_THIRTY,
    ),
    w(
        Duty::NoForbiddenCamera,
        R799_STARTS,
        &[W35],
        Stage::Refusal,
        all(Fine::new(2_000, 10_000), Fine::new(0, 1_000), Fine::new(500, 1_000)),
    ),
    Penalty {
        displaced: &[W35],
        confiscation: true,
        ..r(
            Duty::NoForbiddenCamera,
            &[r799(27).paragraph(1)],
            Stage::Direct,
            PRIVACY,
        )
    },
    Penalty {
        beside: &[CSL_59],
        ..w(
            Duty::GradedProtection,
            R799_STARTS,
            &[W36_1],
            Stage::RectifyFirst,
            ONE_TO_FIVE,
        )
    },
    Penalty {
        until: Some(CSL_2026),
        displaced: &[W36_1],
        warning: true,
        ..r(
            Duty::GradedProtection,
            &[CSL_59],
            Stage::Refusal,
            unit_and_persons(Fine::new(10_000, 100_000), Fine::new(5_000, 50_000)),
        )
    },
    Penalty {
        displaced: &[W36_1],
        optional: true,
        warning: true,
        on_refusal: Some(unit_and_persons(Fine::new(50_000, 500_000), Fine::new(10_000, 100_000))),
        ..row(
            Duty::GradedProtection,
            CSL_2026,
            &[CSL_61],
            Stage::Direct,
            Amounts {
                unit: Some(Fine::new(10_000, 50_000)),
                ..NOTHING
            },
        )
    },
    w(
        Duty::PlatformInterface,
        None,
        &[W36_2],
        Stage::RectifyFirst,
        ONE_TO_FIVE,
    ),
    w(Duty::BuiltWithWorks, None, &[W36_3], Stage::RectifyFirst, ONE_TO_FIVE),
    w(Duty::Accepted, None, &[W36_4], Stage::RectifyFirst, ONE_TO_FIVE),
    w(Duty::Archived, None, &[W36_5], Stage::RectifyFirst, ONE_TO_FIVE),
    w(Duty::NotObstructed, None, &[W36_6], Stage::RectifyFirst, ONE_TO_FIVE),
    w(
        Duty::BroadcastProtected,
        R799_STARTS,
        &[W36_7],
        Stage::RectifyFirst,
        ONE_TO_FIVE,
    ),
    Penalty {
        displaced: &[W36_7],
        warning: true,
        ..r(
            Duty::BroadcastProtected,
            &[r799(31), PIPL_66],
            Stage::Refusal,
            unit_and_persons(Fine::new(0, 1_000_000), Fine::new(10_000, 100_000)),
        )
    },
    w(
        Duty::EvidencePreserved,
        R799_STARTS,
        &[W36_8],
        Stage::RectifyFirst,
        ONE_TO_FIVE,
    ),
    Penalty {
        beside: &[W36_8],
        optional: true,
        warning: true,
        ..r(
            Duty::EvidencePreserved,
            &[r799(31), DSL_45, W36_8],
            Stage::Direct,
            unit_and_persons(Fine::new(50_000, 500_000), Fine::new(10_000, 100_000)),
        )
    },
    w(
        Duty::RemovalReported,
        R799_STARTS,
        &[W37],
        Stage::RectifyFirst,
        TEN_TO_THIRTY,
    ),
    Penalty {
        when: When::Art7,
        displaced: &[W37],
        warning: true,
        ..r(Duty::RemovalReported, &[r799(30)], Stage::Refusal, MOVED)
    },
    Penalty {
        when: When::NotArt7,
        ..r(Duty::RemovalReported, &[W37], Stage::RectifyFirst, TEN_TO_THIRTY)
    },
    Penalty {
        when: When::Art7Unknown,
        ..r(Duty::RemovalReported, &[r799(30), W37], Stage::RectifyFirst, NOTHING)
    },
    w(
        Duty::IntegrationNotRefused,
        None,
        &[W38_1],
        Stage::Direct,
        TEN_TO_THIRTY,
    ),
    w(Duty::AccessNotRefused, None, &[W38_2], Stage::Direct, TEN_TO_THIRTY),
    none(Duty::FiledExisting, None),
    none(Duty::QualifiedProducts, None),
    none(Duty::Positions, R799_STARTS),
    r(Duty::Positions, &[r799(13)], Stage::OrderOnly, NOTHING),
    none(Duty::Signs, R799_STARTS),
    r(Duty::Signs, &[r799(13)], Stage::OrderOnly, NOTHING),
    none(Duty::Upgraded, None),
    none(Duty::AccessProcedure, None),
    none(Duty::Confidentiality, R799_STARTS),
    r(Duty::Confidentiality, &[r799(31)], Stage::None, NOTHING),
    none(Duty::Maintained, None),
    Penalty {
        when: When::OtherRetention,
        ..none(Duty::Retained, None)
    },
    Penalty {
        when: When::KeyTarget,
        warning: true,
        ..w(
            Duty::Retained,
            None,
            &[CTL_88],
            Stage::Refusal,
            unit_and_persons(Fine::new(0, 100_000), Fine::new(0, 10_000)),
        )
    },
    Penalty {
        when: When::SongAndDance,
        warning: true,
        ..w(Duty::Retained, None, &[EPR_44], Stage::OrderOnly, NOTHING)
    },
    none(Duty::TrueAndComplete, None),
    none(Duty::AccessControl, None),
    none(Duty::DutyRules, None),
    none(Duty::PerformanceReview, None),
    none(Duty::InspectionRegime, None),
    none(Duty::MonitorStaffFiles, None),
    none(Duty::Training, None),
    none(Duty::Uninterrupted, None),
    none(Duty::NotRepositioned, R799_STARTS),
    Penalty {
        when: When::Art7,
        warning: true,
        ..r(Duty::NotRepositioned, &[r799(30)], Stage::Refusal, MOVED)
    },
    Penalty {
        when: When::NotArt7,
        ..r(Duty::NotRepositioned, &[], Stage::None, NOTHING)
    },
    Penalty {
        when: When::Art7Unknown,
        ..r(Duty::NotRepositioned, &[r799(30)], Stage::None, NOTHING)
    },
    none(Duty::MonitoringRoom, None),
    none(Duty::SuspiciousReported, None),
    Penalty {
        confiscation: true,
        ..r(
            Duty::EntitledToInstall,
            &[r799(26)],
            Stage::Refusal,
            all(Fine::new(0, 20_000), Fine::new(0, 5_000), Fine::new(0, 5_000)),
        )
    },
    r(Duty::DailySearch, &[r799(27).paragraph(2)], Stage::Refusal, PRIVACY),
    Penalty {
        confiscation: true,
        ..r(Duty::SecretUnitConsent, &[r799(28)], Stage::Direct, PRIVACY)
    },
    r(Duty::Filed, &[r799(29)], Stage::Refusal, FILING_FINE),
    r(Duty::FilingUpdated, &[r799(29)], Stage::Refusal, FILING_FINE),
    r(Duty::FilingTrue, &[r799(29)], Stage::Refusal, FILING_FINE),
    r(Duty::OperationSecurity, &[r799(31)], Stage::None, NOTHING),
    r(Duty::RetrievalRegister, &[], Stage::None, NOTHING),
    r(Duty::Deletion, &[], Stage::None, NOTHING),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Every case that can be asked of the table.
    const CASES: [(&[When], &str); 5] = [
        (&[When::Art7, When::OtherRetention], "art. 7"),
        (&[When::NotArt7, When::KeyTarget], "not art. 7, key target"),
        (&[When::NotArt7, When::SongAndDance], "not art. 7, song and dance"),
        (&[When::Art7Unknown, When::OtherRetention], "art. 7 unknown"),
        (&[When::NotArt7, When::OtherRetention], "elsewhere"),
    ];

    #[test]
    fn exactly_one_penalty_holds_on_any_day() {
        for &duty in Duty::ALL {
            let first = PENALTIES.iter().filter(|p| p.duty == duty).map(|p| p.from).min();
            let first = first.unwrap_or_else(|| panic!("no penalty row for {}", duty.id()));
            for (cases, name) in CASES {
                let mut on = day(2019, 1, 1);
                while on < day(2028, 1, 1) {
                    let found = PENALTIES
                        .iter()
                        .filter(|p| {
                            p.duty == duty && p.holds(on) && (p.when == When::Always || cases.contains(&p.when))
                        })
                        .count();
                    assert_eq!(found, usize::from(on >= first), "{} on {on}, {name}", duty.id());
                    on = after(on, Days(1)).unwrap();
                }
            }
        }
    }

    #[test]
    fn what_gives_way_or_stands_beside_has_figures() {
        for penalty in PENALTIES {
            for article in penalty.displaced.iter().chain(penalty.beside) {
                let row = Penalty::of_article(penalty.duty, *article);
                let known = row.is_some_and(|row| row.amounts.unit.is_some());
                assert!(known, "{}: {article} has no figures", penalty.duty.id());
            }
        }
    }

    #[test]
    fn days_are_days() {
        for day in [W168_FROM, R799_FROM, CSL_2026, CTL_FROM] {
            assert!(day > NaiveDate::MIN);
        }
        assert_eq!(after(W168_FROM, EXISTING_FILING), Some(day(2019, 9, 30)));
        assert_eq!(after(R799_FROM, FILING_OF_OLD), Some(day(2025, 6, 30)));
        assert_eq!(after(day(2025, 9, 1), FILING), Some(day(2025, 10, 1)));
        assert_eq!(before(day(2026, 11, 30), REMOVAL_NOTICE), Some(day(2026, 11, 20)));
    }

    #[test]
    fn a_range_is_a_range() {
        for penalty in PENALTIES {
            for amounts in [Some(penalty.amounts), penalty.on_refusal].into_iter().flatten() {
                for fine in [amounts.unit, amounts.per_person, amounts.individual]
                    .into_iter()
                    .flatten()
                {
                    assert!(fine.from <= fine.to && fine.to.0 > 0, "{penalty:?}");
                }
            }
        }
    }
}
