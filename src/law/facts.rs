//! What the rules look at: the dossier on a day, with what follows from it.

use chrono::NaiveDate;

use crate::dossier::{Answer, Dossier};
use crate::law::assessment::{Builder, CameraFinding, DutyFinding, DutyVerdict, Retention, SightFinding};
use crate::law::camera_places::{self, CameraVerdict, PrivatePlace};
use crate::law::cite::{Cite, Instrument, r799, w168};
use crate::law::duties::Duty;
use crate::law::field::Field;
use crate::law::listing::{self, Builds, Listing};
use crate::law::on_plan;
use crate::law::params::{self, R799_FROM, W168_FROM};
use crate::law::places::PlaceKind;
use crate::law::reason::Reason;
use crate::law::retention;

/// Is there a video system on the day judged?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Yes,
    No,
    Unknown,
    /// Said not to be built, yet with a date of use or acceptance in the past.
    Contradictory,
}

/// The dossier on a day.
pub(crate) struct Facts<'a> {
    pub dossier: &'a Dossier,
    pub on: NaiveDate,
    /// W168 art. 8.
    pub art8: Listing,
    /// R799 art. 7.
    pub art7: Listing,
    pub system: Presence,
    pub retention: Retention,
    pub cameras: Vec<CameraFinding>,
    /// What cameras see of private rooms on the plan.
    pub sights: Vec<SightFinding>,
}

impl<'a> Facts<'a> {
    pub fn new(dossier: &'a Dossier, on: NaiveDate) -> Self {
        let site = &dossier.site;
        let class = site.place.map(listing::class);
        let art8 = class.map_or(Listing::Unknown, |c| c.w168);
        let art7 = class.map_or(Listing::Unknown, |c| c.r799);
        let sights = on_plan::sights(dossier, on);
        let mut cameras = cameras(dossier, on);
        on_plan::raise(&mut cameras, &sights);
        let mut facts = Self {
            dossier,
            on,
            art8: art8.settled(site.art8, listing::OPEN_ITEM),
            art7: art7.settled(site.art7, r799(7)),
            system: presence(dossier, on),
            retention: Retention {
                days: crate::law::assessment::Days(0),
                basis: Vec::new(),
                notes: Vec::new(),
            },
            cameras,
            sights,
        };
        facts.retention = retention::required(&facts);
        facts
    }

    pub fn answer(&self, duty: Duty) -> Option<Answer> {
        self.dossier.answers.get(&duty).copied()
    }

    /// A date of the dossier, if that day has come.
    pub fn happened(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|d| *d <= self.on)
    }

    pub fn in_force(&self, instrument: Instrument) -> bool {
        params::in_force(instrument, self.on)
    }

    pub fn is_home(&self) -> bool {
        self.dossier.site.place == Some(PlaceKind::Home)
    }

    /// The day from which the age of the system is told: completed, or else in
    /// use.
    pub fn age(&self) -> Option<NaiveDate> {
        self.dossier.system.completed_on.or(self.dossier.system.in_use_since)
    }

    /// Built before the measure was in force, as far as known.
    pub fn older_than_measure(&self) -> Option<bool> {
        let system = &self.dossier.system;
        if system.in_use_since.is_some_and(|d| d < W168_FROM) {
            return Some(true);
        }
        self.age().map(|d| d < W168_FROM)
    }

    /// Must it be built, by whom, must it be filed.
    pub fn duty(&self) -> DutyFinding {
        let mut found = self.building();
        if self.in_force(Instrument::W168) {
            self.filing(&mut found);
        }
        found
    }

    /// Must it be built, and by whom.
    pub fn building(&self) -> DutyFinding {
        let site = &self.dossier.site;
        let mut found = DutyFinding {
            verdict: DutyVerdict::NotListed,
            builder: Builder::Unknown,
            must_file: Some(false),
            basis: Vec::new(),
            because: Vec::new(),
            ask: Vec::new(),
        };
        if !self.in_force(Instrument::W168) {
            found.because.push(Reason::NotInForce {
                instrument: Instrument::W168,
                from: W168_FROM,
            });
            return found;
        }
        match (self.art8, site.place) {
            (Listing::Listed(cite) | Listing::Likely(cite), place) => {
                found.verdict = DutyVerdict::MustBuild;
                found.basis.push(cite);
                found.because.push(match place {
                    _ if cite == listing::OPEN_ITEM => Reason::ListedByAuthority,
                    Some(place) if matches!(self.art8, Listing::Likely(_)) => Reason::PlaceListedInPart { place, cite },
                    Some(place) => Reason::PlaceListed { place, cite },
                    None => Reason::ListedByAuthority,
                });
                if matches!(self.art8, Listing::Likely(_)) {
                    found.ask.push(Field::Art8);
                }
                self.builder(&mut found);
            }
            (Listing::Doubtful(_) | Listing::NotListed, place) => {
                if let Some(place) = place {
                    found.because.push(Reason::PlaceNotListed { place });
                }
                found.because.push(match site.art8 {
                    Some(false) => Reason::NotListedByAuthority,
                    _ => Reason::OpenNorm,
                });
            }
            (Listing::Unknown, place) => {
                found.verdict = DutyVerdict::Unknown;
                match place {
                    None => {
                        found.because.push(Reason::PlaceUnknown);
                        found.ask.push(Field::Place);
                    }
                    Some(_) => {
                        found.because.extend([Reason::PlaceUnclear, Reason::OpenNorm]);
                        found.ask.push(Field::Art8);
                    }
                }
            }
        }
        found
    }

    fn builder(&self, found: &mut DutyFinding) {
        let site = &self.dossier.site;
        let builds = site.place.map_or(Builds::Owner, |p| listing::class(p).builds);
        let regulated = self.in_force(Instrument::R799);
        let government = match builds {
            Builds::Government => true,
            Builds::GovernmentThenOperator => !regulated,
            Builds::Owner | Builds::OwnerOrState => false,
        };
        let art7 = self.art7.cite().filter(|_| regulated);
        if government {
            let by = w168(10).paragraph(1);
            found.verdict = DutyVerdict::GovernmentBuilds;
            found.builder = Builder::Government;
            found.basis.push(by);
            found.basis.extend(art7);
            found.because.push(Reason::GovernmentBuilds {
                cite: art7.unwrap_or(by),
            });
            return;
        }
        found.basis.push(w168(10).paragraph(2));
        found.basis.extend(art7);
        let (builder, because) = if builds == Builds::GovernmentThenOperator {
            (Builder::Manager, None)
        } else if site.state_owned == Some(true) {
            (Builder::Manager, Some(Reason::StateOwnedManaged))
        } else if site.state_owned.is_none() && builds == Builds::OwnerOrState {
            found.ask.push(Field::StateOwned);
            (Builder::Unknown, Some(Reason::OwnershipUnknown))
        } else {
            match site.build_agreement {
                Some(party) => (
                    match party {
                        crate::dossier::Party::Owner => Builder::Owner,
                        crate::dossier::Party::User => Builder::User,
                    },
                    Some(Reason::BuildsByAgreement { party }),
                ),
                None => (Builder::Owner, Some(Reason::NoAgreementKnown)),
            }
        };
        found.builder = builder;
        found.because.extend(because);
        if let Some(cite) = art7 {
            found.because.push(Reason::OperatorBuilds { cite });
        }
        if let Some(role) = site.role
            && builder != Builder::Unknown
            && role.id() != builder.id()
        {
            found.because.push(Reason::FallsOn { builder });
        }
    }

    fn filing(&self, found: &mut DutyFinding) {
        if !self.in_force(Instrument::R799) {
            found.because.push(Reason::NotInForce {
                instrument: Instrument::R799,
                from: R799_FROM,
            });
            return;
        }
        let site_known = self.dossier.site.place.is_some();
        match self.art7 {
            Listing::Listed(cite) => {
                found.must_file = Some(true);
                found.because.push(Reason::FiledByArt7 { cite });
            }
            Listing::Likely(cite) => {
                found.must_file = Some(true);
                found.because.push(Reason::FiledByArt7Perhaps { cite });
                found.ask.push(Field::Art7);
            }
            Listing::Doubtful(cite) => {
                found.must_file = None;
                found.because.push(Reason::FiledByArt7Perhaps { cite });
                found.ask.push(Field::Art7);
            }
            Listing::NotListed => found.because.push(Reason::NotArt7),
            Listing::Unknown => {
                found.must_file = None;
                found.ask.extend(site_known.then_some(Field::Art7));
            }
        }
    }
}

fn presence(dossier: &Dossier, on: NaiveDate) -> Presence {
    let system = &dossier.system;
    let there = [
        system.completed_on,
        system.accepted_on,
        system.in_use_since,
        system.filed_on,
    ]
    .into_iter()
    .flatten()
    .any(|d| d <= on);
    match (system.built, there) {
        (Some(true), _) | (None, true) => Presence::Yes,
        (Some(false), false) => Presence::No,
        (Some(false), true) => Presence::Contradictory,
        (None, false) => Presence::Unknown,
    }
}

fn cameras(dossier: &Dossier, on: NaiveDate) -> Vec<CameraFinding> {
    dossier
        .cameras
        .iter()
        .map(|camera| {
            let judged = camera_places::judge(&camera.name, &camera.location);
            CameraFinding {
                id: camera.id.clone(),
                basis: match judged.verdict {
                    CameraVerdict::Allowed => Vec::new(),
                    CameraVerdict::Forbidden | CameraVerdict::Check => private_place_basis(judged.kind, on),
                },
                verdict: judged.verdict,
                kind: judged.kind,
                words: judged.words,
            }
        })
        .collect()
}

/// The articles that forbid a camera in such a place on a day.
pub(super) fn private_place_basis(kind: Option<PrivatePlace>, on: NaiveDate) -> Vec<Cite> {
    let regulation = r799(8).paragraph(1);
    let regulation = match kind {
        Some(PrivatePlace::GuestRoom | PrivatePlace::PrivateDiningRoom) => regulation.item(1),
        Some(PrivatePlace::Dormitory | PrivatePlace::StaffRestRoom) => regulation.item(2),
        Some(
            PrivatePlace::Toilet
            | PrivatePlace::Bath
            | PrivatePlace::ChangingRoom
            | PrivatePlace::FittingRoom
            | PrivatePlace::NursingRoom,
        ) => regulation.item(3),
        Some(PrivatePlace::OtherPrivate) => regulation.item(4),
        None => regulation,
    };
    [w168(9), regulation]
        .into_iter()
        .filter(|cite| params::in_force(cite.instrument, on))
        .collect()
}
