//! What a kind of place is in law: does W168 art. 8 list it, does art. 7 of
//! the State Council's regulation, who builds there.

use crate::law::cite::{Cite, r799, w168};
use crate::law::places::PlaceKind;

/// Whether an article names a kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Listing {
    /// Named.
    Listed(Cite),
    /// Named in part (大型农贸市场, 公共停车场): taken as listed, but no breach
    /// rests on it until the dossier says so.
    Likely(Cite),
    /// Perhaps within an open wording: not taken as listed.
    Doubtful(Cite),
    /// Not named.
    NotListed,
    /// The dossier does not say what the place is.
    Unknown,
}

impl Listing {
    /// The article that names it, where it is taken as listed.
    pub const fn cite(self) -> Option<Cite> {
        match self {
            Self::Listed(cite) | Self::Likely(cite) => Some(cite),
            Self::Doubtful(_) | Self::NotListed | Self::Unknown => None,
        }
    }

    /// Where the dossier says whether the place is listed, that decides; a kind
    /// named in plain words stays listed.
    #[must_use]
    pub const fn settled(self, said: Option<bool>, otherwise: Cite) -> Self {
        match (self, said) {
            (Self::Likely(cite) | Self::Doubtful(cite), Some(true)) => Self::Listed(cite),
            (Self::NotListed | Self::Unknown, Some(true)) => Self::Listed(otherwise),
            (Self::Likely(_) | Self::Doubtful(_) | Self::Unknown, Some(false)) => Self::NotListed,
            (listing, _) => listing,
        }
    }
}

/// Who builds, by the kind of place alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Builds {
    /// The government (W168 art. 10 para. 1, R799 art. 7 para. 1).
    Government,
    /// Rail transit: the government until the State Council's regulation gave
    /// stations to the unit that operates them (art. 7 para. 2 item 2).
    GovernmentThenOperator,
    /// As owner and user agreed, else the owner (W168 art. 10 para. 2).
    Owner,
    /// The same, and such places often belong to the state: then the manager.
    OwnerOrState,
}

/// The legal class of a kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Class {
    pub w168: Listing,
    pub r799: Listing,
    pub builds: Builds,
}

/// The class of every kind of place.
pub const fn class(place: PlaceKind) -> Class {
    use Builds::{Government, GovernmentThenOperator, Owner, OwnerOrState};
    use Listing::{Likely, NotListed, Unknown};
    use PlaceKind as P;

    /// W168 art. 8 para. 1 item `n`.
    const fn item(n: u16) -> Listing {
        Listing::Listed(w168(8).paragraph(1).item(n))
    }
    /// R799 art. 7 para. 1.
    const GOVERNMENT: Listing = Listing::Listed(r799(7).paragraph(1));
    /// R799 art. 7 para. 2 item `n`.
    const fn operated(n: u16) -> Listing {
        Listing::Listed(r799(7).paragraph(2).item(n))
    }
    const fn perhaps(n: u16) -> Listing {
        Listing::Doubtful(r799(7).paragraph(2).item(n))
    }
    const fn of(w168: Listing, r799: Listing, builds: Builds) -> Class {
        Class { w168, r799, builds }
    }

    match place {
        // Item 1.
        P::GovernmentOffice => of(item(1), perhaps(1), OwnerOrState),
        P::Broadcaster => of(item(1), NotListed, OwnerOrState),
        P::School => of(item(1), operated(1), OwnerOrState),
        P::Kindergarten => of(item(1), operated(1), Owner),
        P::ResearchInstitute => of(item(1), NotListed, OwnerOrState),
        P::Hospital => of(item(1), operated(1), OwnerOrState),
        P::Clinic => of(item(1), operated(1), Owner),
        P::Museum => of(item(1), operated(1), OwnerOrState),
        P::Archive | P::HeritageSite => of(item(1), perhaps(1), OwnerOrState),
        P::TelecomSite | P::PostOffice | P::ReligiousSite => of(item(1), NotListed, Owner),
        // Item 2.
        P::Waterworks => of(item(2), NotListed, OwnerOrState),
        P::PowerPlant | P::UtilitySite | P::OilDepot | P::PetrolStation | P::WarehouseCritical => {
            of(item(2), NotListed, Owner)
        }
        // Items 3 and 4.
        P::HazardousGoods => of(item(3), NotListed, Owner),
        P::Bank | P::AuctionHouse | P::Jeweller => of(item(4), NotListed, Owner),
        // Item 5: hubs and vehicles.
        P::Airport | P::RailwayStation => of(item(5), operated(2), OwnerOrState),
        P::CoachStation => of(item(5), operated(2), Owner),
        // Border crossings and passenger ports only.
        P::Port => of(item(5), Likely(r799(7).paragraph(2).item(2)), OwnerOrState),
        P::Wharf => of(item(5), perhaps(2), OwnerOrState),
        P::MetroStation => of(item(5), operated(2), GovernmentThenOperator),
        P::Bus | P::PassengerCoach | P::CruiseBoat => of(item(5), operated(3), Owner),
        // Item 6: roads and waters.
        P::Motorway | P::CityRoad => of(item(6), Likely(r799(7).paragraph(1)), Government),
        P::Bridge | P::Tunnel | P::PedestrianPassage => of(item(6), GOVERNMENT, Government),
        P::MotorwayServiceArea => of(item(6), operated(4), Owner),
        P::Waterway => of(item(6), NotListed, OwnerOrState),
        // Item 7: where the public gathers.
        P::Mall | P::Supermarket | P::Cinema => of(item(7), operated(1), Owner),
        P::ShoppingStreet => of(item(7), perhaps(1), Owner),
        // The article says 大型农贸市场.
        P::FarmMarket => of(Likely(w168(8).paragraph(1).item(7)), perhaps(1), Owner),
        P::Square => of(item(7), GOVERNMENT, Government),
        P::Stadium | P::ScenicArea | P::Park | P::ExhibitionCentre => of(item(7), operated(1), OwnerOrState),
        // Item 8: special trades, internet, logistics, entertainment.
        P::Hotel | P::Homestay | P::Pawnshop | P::SecondHandMarket | P::ScrapMetal | P::LocksmithSealEngraver => {
            of(item(8), NotListed, Owner)
        }
        P::CourierSite | P::LogisticsWarehouse => of(item(8), NotListed, Owner),
        P::InternetCafe | P::Ktv | P::Bar | P::GameArcade => of(item(8), operated(1), Owner),
        P::Bathhouse => of(item(8), perhaps(1), Owner),
        // Item 9.
        P::ResidentialEstate => of(item(9), NotListed, Owner),
        // The regulation says 公共停车场.
        P::CarPark => of(item(9), Likely(r799(7).paragraph(2).item(1)), Owner),
        P::EmergencyShelter => of(item(9), NotListed, OwnerOrState),
        // Named nowhere; item 10 is for the authority to apply.
        P::Restaurant | P::MilkTeaShop | P::ConvenienceStore | P::OfficeBuilding | P::Factory | P::Home => {
            of(NotListed, NotListed, Owner)
        }
        P::Other => of(Unknown, Unknown, Owner),
    }
}

/// W168 art. 8 para. 1 item 10: what the authority adds to the list.
pub const OPEN_ITEM: Cite = w168(8).paragraph(1).item(10);
