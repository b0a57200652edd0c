//! Groups of pictures against the lists that cameras signed.
//!
//! The first picture of a group is hashed as it is, the others together with
//! the first one's hash. A signed message behind the group lists all hashes.
//! Pictures wait until their list comes; where list and pictures part, the
//! place is told. What lies before the first list that fits, or behind the
//! last, was cut and is not proven; it is not wrong.

use std::collections::{BTreeMap, VecDeque};

use sha2::{Digest, Sha256};

use super::keys::Hash;
use super::sei::Group;

/// Pictures that wait for their list at most.
const MAX_WAITING: usize = 50_000;

/// Messages without a signature of their own that one signed message proves.
const MAX_NESTED: usize = 100;

/// Comparisons in one file at most: against files made to stall.
const MAX_WORK: u64 = 500_000_000;

/// Where in a file something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Number of the picture, from 0.
    pub frame: u64,
    pub offset: u64,
    /// Sample of MP4.
    pub sample: Option<u32>,
}

/// A hashed unit that waits for its list.
#[derive(Clone, Debug)]
pub struct Unit {
    pub place: Place,
    /// Hash of its bytes alone.
    pub raw: Hash,
    /// Begins a group.
    pub start: bool,
    /// Begins a picture: not a further slice of one, nor a message.
    pub picture: bool,
    /// A message without a signature of its own.
    pub group: Option<Group>,
}

/// A unit and its hash with that of the picture its group begins with.
#[derive(Clone, Debug)]
struct Waiting {
    unit: Unit,
    hash: Option<Hash>,
}

/// What was found so far.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub groups: u64,
    pub groups_verified: u64,
    pub frames_verified: u64,
    /// The first place where pictures differ from what was signed.
    pub first_bad: Option<Place>,
    /// The first place where pictures have no signature between others that
    /// have, or where pictures or signatures are missing between groups.
    pub first_gap: Option<Place>,
    /// Pictures at the start whose signature, or whose group's beginning, is
    /// not in the file.
    pub start_cut: bool,
    /// Pictures at the end without a signature yet.
    pub end_unsigned: u64,
    /// The first of them.
    pub end_begins: Option<Place>,
    /// Times that the camera began to count anew.
    pub restarts: u64,
    /// The first picture that another signs than those before.
    pub spliced: Option<Place>,
    /// A limit of this program was hit.
    pub limit: bool,
}

/// The group that was verified last.
struct Last {
    number: u32,
    first: Hash,
    partial: bool,
    /// Another signs what follows: numbers and links tell nothing.
    foreign: bool,
}

/// Pictures and lists of one file.
#[derive(Default)]
pub struct Groups {
    waiting: VecDeque<Waiting>,
    /// Hash of the picture that the group under way begins with, and the one
    /// that was signed as such.
    anchor: Option<Hash>,
    signed_anchor: Option<Hash>,
    last: Option<Last>,
    /// Lists since then that fit nothing.
    unmatched: u64,
    /// The first of units that were given up.
    overflow: Option<Place>,
    /// Another signs since a group that has not come yet.
    changing: bool,
    work: u64,
    found: Found,
}

impl Groups {
    /// A unit came.
    pub fn unit(&mut self, unit: Unit) {
        let hash = match unit.start {
            true => Some(unit.raw),
            false => self.anchor.map(|anchor| together(&anchor, &unit.raw)),
        };
        if unit.start {
            self.anchor = hash;
        }
        if self.waiting.len() >= MAX_WAITING
            && let Some(first) = self.waiting.pop_front()
        {
            self.overflow.get_or_insert(first.unit.place);
        }
        self.waiting.push_back(Waiting { unit, hash });
    }

    /// The signature of a message is wrong: nothing proves what waits.
    pub fn broken(&mut self, here: Place) {
        self.found.groups += 1;
        let first = self.waiting.front().map_or(here, |w| w.unit.place);
        self.bad(first);
    }

    /// Who signs from here on is another.
    pub fn another(&mut self, here: Place) {
        if let Some(last) = &mut self.last {
            last.foreign = true;
        }
        self.signed_anchor = None;
        self.changing = self.found.spliced.is_none();
        self.found.spliced.get_or_insert(here);
    }

    /// A signed list came. `ahead`: its last hash is that of the picture that
    /// the next group begins with.
    pub fn signed(&mut self, group: &Group, ahead: bool, here: Place) {
        self.resolve(group, ahead, here, 0);
    }

    /// The file is at its end.
    pub fn finish(mut self) -> Found {
        let left = self.waiting.iter().filter(|w| w.unit.picture).count() as u64;
        let starts = self.waiting.iter().filter(|w| w.unit.start).count();
        if let Some(first) = self.waiting.front().map(|w| w.unit.place) {
            // Lists came behind these pictures, but none is of them. A single
            // one may be of pictures before the file.
            let altered = match self.last {
                Some(_) => self.unmatched > 0,
                None => self.unmatched > 1 && starts > 1,
            };
            if altered {
                self.gap(self.overflow.unwrap_or(first));
            }
        }
        self.found.end_begins = self.overflow.or(self.waiting.front().map(|w| w.unit.place));
        self.found.end_unsigned = left + u64::from(self.overflow.is_some());
        self.found
    }

    fn bad(&mut self, place: Place) {
        self.found.first_bad = Some(self.found.first_bad.map_or(place, |first| first.min(place)));
    }

    fn gap(&mut self, place: Place) {
        self.found.first_gap = Some(self.found.first_gap.map_or(place, |first| first.min(place)));
    }

    fn resolve(&mut self, group: &Group, ahead: bool, here: Place, depth: usize) {
        self.work += (self.waiting.len() + group.list.len()) as u64 * 16;
        if self.work > MAX_WORK || depth > MAX_NESTED {
            self.found.limit = true;
            return;
        }
        self.found.groups += 1;
        let bad_before = self.found.first_bad;
        let matched = match group.list.is_empty() {
            true => self.by_hash(group),
            false => self.by_list(group, ahead, here, depth),
        };
        let number = self.last.as_ref().filter(|last| !last.foreign).map(|last| last.number);
        if !matched && number == Some(group.number) {
            // Sent twice.
            self.found.groups -= 1;
        } else if !matched {
            self.unmatched += 1;
        } else if self.found.first_bad == bad_before {
            self.found.groups_verified += 1;
        }
    }

    /// Pairs of a waiting unit and its place in the list, both rising.
    fn align(&self, group: &Group, ahead: bool) -> Vec<(usize, usize)> {
        let mut places: BTreeMap<&Hash, Vec<usize>> = BTreeMap::new();
        for (at, hash) in group.list.iter().enumerate() {
            places.entry(hash).or_default().push(at);
        }
        let find = |hash: &Hash, from: usize| {
            let places = places.get(hash)?;
            places.get(places.partition_point(|at| *at < from)).copied()
        };
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let mut next = 0;
        let anchors = [group.list.first().copied(), self.signed_anchor];
        for (at, waiting) in self.waiting.iter().enumerate() {
            if waiting.unit.start && !pairs.is_empty() {
                break;
            }
            let by_anchor = anchors
                .iter()
                .flatten()
                .map(|anchor| together(anchor, &waiting.unit.raw));
            let place = waiting
                .hash
                .into_iter()
                .chain(by_anchor)
                .find_map(|hash| find(&hash, next));
            // The link to the next group is none of its own pictures.
            let link = ahead && place == Some(group.list.len() - 1) && group.list.len() > 1;
            if let Some(place) = place.filter(|_| !link) {
                pairs.push((at, place));
                next = place + 1;
            }
        }
        pairs
    }

    /// Whether pictures of this list are here; what is wrong with them is noted.
    fn by_list(&mut self, group: &Group, ahead: bool, here: Place, depth: usize) -> bool {
        let mut pairs = self.align(group, ahead);
        let nested: Vec<Group> = pairs
            .iter()
            .filter_map(|(at, _)| self.waiting.get(*at)?.unit.group.clone())
            .collect();
        if !nested.is_empty() {
            // Messages among these pictures are proven with them: first what
            // they say of the pictures before.
            let from = pairs.first().map_or(0, |(at, place)| at.saturating_sub(*place));
            let behind = self.waiting.split_off(from);
            for group in &nested {
                self.resolve(group, false, here, depth + 1);
            }
            self.waiting.extend(behind);
            pairs = self.align(group, ahead);
        }
        let (Some(first), Some(last)) = (pairs.first().copied(), pairs.last().copied()) else {
            return false;
        };
        let place = |at: usize| self.waiting.get(at).map_or(here, |w| w.unit.place);
        let (mut bad, mut gaps): (Vec<Place>, Vec<Place>) = Default::default();
        // In front of the first that fits: as many as the list has are of
        // this group and altered, the others have no signature at all.
        let altered = first.0.min(first.1);
        let left = first.0 - altered;
        let inside = (self.last.is_some() && !self.restarts(group)) || (self.unmatched > 0 && first.0 > 0);
        if left > 0 || self.overflow.is_some() {
            match inside {
                true => gaps.push(self.overflow.unwrap_or(place(0))),
                false => self.found.start_cut = true,
            }
        }
        if altered > 0 {
            bad.push(place(left));
        } else if first.1 > 0 {
            match self.last.is_some() || left > 0 {
                true => bad.push(place(first.0)),
                false => self.found.start_cut = true,
            }
        }
        for pair in pairs.windows(2) {
            let &[(at, listed), (next_at, next_listed)] = pair else {
                continue;
            };
            if next_at - at != 1 || next_listed - listed != 1 {
                bad.push(place(at + 1));
            }
        }
        // Behind the last that fits, up to where the next group begins.
        let listed = group.list.len() - usize::from(ahead && group.list.len() > 1);
        let lacking = listed.saturating_sub(last.1 + 1);
        let behind = self
            .waiting
            .iter()
            .skip(last.0 + 1)
            .take_while(|w| !w.unit.start)
            .count();
        let own = if group.partial { behind.min(lacking) } else { behind };
        if own > 0 || lacking > 0 {
            bad.push(place(last.0 + 1));
        }
        let begin = place(first.0);
        let pictures = pairs
            .iter()
            .filter(|(at, _)| self.waiting.get(*at).is_some_and(|w| w.unit.picture))
            .count();
        gaps.extend(self.follows(group, begin));
        self.found.frames_verified += pictures as u64;
        self.take(last.0 + 1 + own, group, group.list.first().copied().unwrap_or_default());
        bad.into_iter().for_each(|place| self.bad(place));
        gaps.into_iter().for_each(|place| self.gap(place));
        true
    }

    /// As [`Self::by_list`], where only the hash of all hashes was sent.
    fn by_hash(&mut self, group: &Group) -> bool {
        let Some(expected) = group.hash else { return false };
        let units = usize::from(group.units);
        let begins =
            (0..self.waiting.len()).filter(|at| *at == 0 || self.waiting.get(*at).is_some_and(|w| w.unit.start));
        let mut fits = None;
        for from in begins {
            let mut hasher = Sha256::new();
            let mut count = 0;
            for (n, waiting) in self.waiting.iter().skip(from).enumerate() {
                let over = n > 0 && waiting.unit.start || group.partial && n == units;
                let Some(hash) = waiting.hash.filter(|_| !over) else {
                    break;
                };
                hasher.update(hash);
                count += 1;
            }
            self.work += count as u64 * 64;
            if count > 0 && <Hash>::from(hasher.finalize()) == expected {
                fits = Some((from, count));
                break;
            }
            if self.work > MAX_WORK {
                self.found.limit = true;
                break;
            }
        }
        let Some((from, count)) = fits else {
            return false;
        };
        let unit = |at: usize| self.waiting.get(at).map(|w| &w.unit);
        let mut gaps = Vec::new();
        if from > 0 || self.overflow.is_some() {
            match (self.last.is_some() && !self.restarts(group)) || self.unmatched > 0 {
                true => gaps.extend(self.overflow.or(unit(0).map(|u| u.place))),
                false => self.found.start_cut = true,
            }
        }
        let begin = unit(from).map(|u| u.place);
        let pictures = (from..from + count)
            .filter(|at| unit(*at).is_some_and(|u| u.picture))
            .count();
        if let Some(begin) = begin {
            gaps.extend(self.follows(group, begin));
        }
        self.found.frames_verified += pictures as u64;
        let first = self.waiting.get(from).and_then(|w| w.hash).unwrap_or_default();
        self.take(from + count, group, first);
        gaps.into_iter().for_each(|place| self.gap(place));
        true
    }

    /// Whether this group comes right behind the one before; if not, the
    /// place where something is missing.
    fn follows(&mut self, group: &Group, begin: Place) -> Option<Place> {
        if std::mem::take(&mut self.changing) {
            self.found.spliced = Some(begin);
        }
        let last = self.last.as_ref().filter(|last| !last.foreign)?;
        if self.restarts(group) {
            self.found.restarts += 1;
            return None;
        }
        if group.number != last.number.wrapping_add(1) {
            return Some(begin);
        }
        let apart = linked(group) && !group.partial && !last.partial && group.linked != Some(last.first);
        apart.then_some(begin)
    }

    /// Whether the camera began to count anew with this group.
    fn restarts(&self, group: &Group) -> bool {
        let follows = |last: &Last| last.foreign || group.number == last.number.wrapping_add(1);
        group.number <= 1 && !linked(group) && !self.last.as_ref().is_some_and(follows)
    }

    /// These units are done with.
    fn take(&mut self, units: usize, group: &Group, first: Hash) {
        if !group.partial || self.waiting.front().is_some_and(|w| w.unit.start) {
            self.signed_anchor = Some(first);
        }
        self.waiting.drain(..units.min(self.waiting.len()));
        self.overflow = None;
        self.unmatched = 0;
        self.last = Some(Last {
            number: group.number,
            first,
            partial: group.partial,
            foreign: false,
        });
    }
}

/// Whether the group tells which came before it.
fn linked(group: &Group) -> bool {
    group.linked.is_some_and(|linked| linked != Hash::default())
}

/// Hash of a picture with that of the one its group begins with.
pub fn together(anchor: &Hash, raw: &Hash) -> Hash {
    Sha256::new().chain_update(anchor).chain_update(raw).finalize().into()
}
