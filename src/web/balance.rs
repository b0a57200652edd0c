//! How the digests of one file are shared by the worker that reads it and one
//! that helps, so that neither waits: cores of a computer that does other things
//! too are seldom equally quick, and not for long. No browser in here.
//!
//! The reader sends each piece on. Where few are with the helper that it is not
//! through with, it could do more, and is given one more digest; where there get
//! to be many, it gives one back. What lies between evens out what passes. Where a
//! helper that has all but the longest still has few, for long, the two change
//! that for the shortest.

use crate::digest::{Algorithm, SHARES, Share};

/// Pieces that are with a helper at most: with so many, the reader waits for it.
const MOST: usize = 24;

/// With so few pieces a helper is given more, with so many less.
const FEW: usize = 5;
const MANY: usize = 10;

/// Pieces after which few are few for long: more than it takes to get to be
/// many where the two are about equally quick.
const LONG: usize = 40;

/// What the reader knows of its helper.
#[derive(Debug)]
pub struct Balance {
    /// Digests that are with it; the last are the first to come back.
    lent: Vec<Share>,
    /// Pieces that it was sent and is not through with.
    ahead: usize,
    /// Whether it was asked to give back, and has not yet.
    asked: bool,
    /// Pieces with which it had few while the reader had the longest alone, since
    /// it was given some last.
    idle: usize,
}

/// What is to be done about a helper.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    Give(Share),
    TakeBack(Share),
}

impl Balance {
    /// A helper that begins with every other digest of those that the reader
    /// has: longest first, so that the two that take longest are parted. Which
    /// the helper begins with.
    pub fn begin(own: &[Share]) -> (Self, Vec<Share>) {
        let lent: Vec<Share> = own.iter().skip(1).step_by(2).copied().collect();
        let balance = Self {
            lent: lent.clone(),
            ahead: 0,
            asked: false,
            idle: 0,
        };
        (balance, lent)
    }

    /// The helper was sent a piece.
    pub const fn sent(&mut self) {
        self.ahead += 1;
    }

    /// The helper is through with a piece.
    pub const fn through(&mut self) {
        self.ahead = self.ahead.saturating_sub(1);
    }

    /// Whether it is sent nothing more for now.
    pub const fn is_full(&self) -> bool {
        self.ahead >= MOST
    }

    /// Whether digests are on their way back, which miss what is sent meanwhile.
    pub const fn is_awaited(&self) -> bool {
        self.asked
    }

    /// What was asked back has come.
    pub const fn came_back(&mut self) {
        self.asked = false;
    }

    /// What is to be done now, if anything, where the reader has these digests:
    /// longest first. Neither is left with none.
    pub fn change(&mut self, own: &[Share]) -> Option<Change> {
        if self.asked {
            return None;
        }
        let few = self.ahead <= FEW;
        self.idle += usize::from(few && own == [SHARES[0]]);
        match own {
            [longest, .., shortest] if few => {
                let idle = std::mem::take(&mut self.idle);
                let share = if idle < LONG { shortest } else { longest };
                self.lent.push(share);
                Some(Change::Give(share))
            }
            _ if (self.ahead >= MANY || self.idle >= LONG) && self.lent.len() > 1 => {
                self.asked = true;
                self.lent.pop().map(Change::TakeBack)
            }
            _ => None,
        }
    }

    /// All that is with the helper, to be asked back in the end.
    pub fn take_back_all(&mut self) -> Vec<Algorithm> {
        self.asked = !self.lent.is_empty();
        std::mem::take(&mut self.lent).concat()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;
    use crate::digest::SHARES;

    /// Milliseconds that digests take for a piece, and that its reading takes.
    fn take(digests: &[Share]) -> f64 {
        let takes = |share: &Share| match share {
            [Algorithm::Sm3] => 3.0,
            [Algorithm::Sha256] => 2.6,
            _ => 2.3,
        };
        digests.iter().map(takes).sum()
    }
    const READING: f64 = 0.3;
    const PIECES: usize = 1000;

    /// How quick a core is at a time: 1, as quick as [`take`] says.
    type Quick<'a> = &'a dyn Fn(f64) -> f64;

    enum Message {
        Piece,
        Change(Change),
    }

    /// A helper, with the time that it has come to.
    struct Helper<'a> {
        quick: Quick<'a>,
        time: f64,
        digests: Vec<Share>,
        /// With the times that they were sent at.
        inbox: VecDeque<(f64, Message)>,
        answers: VecDeque<(f64, Option<Share>)>,
    }

    impl Helper<'_> {
        /// Takes what it is sent, as long as it has not come to that time.
        fn run(&mut self, until: f64) {
            while let Some((sent, message)) = self.inbox.pop_front_if(|(sent, _)| self.time.max(*sent) < until) {
                self.time = self.time.max(sent);
                let back = match message {
                    Message::Change(Change::Give(share)) => {
                        self.digests.push(share);
                        continue;
                    }
                    Message::Change(Change::TakeBack(share)) => {
                        self.digests.retain(|other| *other != share);
                        Some(share)
                    }
                    Message::Piece => {
                        self.time += take(&self.digests) / (self.quick)(self.time);
                        None
                    }
                };
                self.answers.push_back((self.time, back));
            }
        }
    }

    /// The reader, likewise.
    struct Reader<'a> {
        quick: Quick<'a>,
        time: f64,
        digests: Vec<Share>,
        balance: Balance,
        /// Pieces that digests on their way back miss.
        missed: usize,
    }

    impl Reader<'_> {
        fn hear(&mut self, (at, back): (f64, Option<Share>)) {
            self.time = self.time.max(at);
            let Some(share) = back else {
                return self.balance.through();
            };
            self.balance.came_back();
            let missed = std::mem::take(&mut self.missed);
            self.time += take(&[share]) * missed as f64 / (self.quick)(self.time);
            self.digests.push(share);
            self.digests
                .sort_by_key(|each| SHARES.iter().position(|other| other == each));
        }

        /// Passes a piece.
        fn pass(&mut self, helper: &mut Helper) {
            while self.balance.is_full() {
                helper.run(f64::INFINITY);
                self.hear(helper.answers.pop_front().unwrap());
            }
            self.balance.sent();
            self.missed += usize::from(self.balance.is_awaited());
            helper.inbox.push_back((self.time, Message::Piece));
            self.time += (READING + take(&self.digests)) / (self.quick)(self.time);
            helper.run(self.time);
            while let Some(answer) = helper.answers.pop_front_if(|(at, _)| *at <= self.time) {
                self.hear(answer);
            }
            if let Some(change) = self.balance.change(&self.digests) {
                if let Change::Give(share) = change {
                    self.digests.retain(|other| *other != share);
                }
                helper.inbox.push_back((self.time, Message::Change(change)));
            }
        }
    }

    /// A long file: which part of what the two cores could have done meanwhile
    /// that took.
    fn used(reader: Quick, helper: Quick) -> f64 {
        let mut digests = SHARES.to_vec();
        let all = (READING + take(&digests)) * PIECES as f64;
        let (balance, lent) = Balance::begin(&digests);
        digests.retain(|each| !lent.contains(each));
        let mut first = Reader {
            quick: reader,
            time: 0.0,
            digests,
            balance,
            missed: 0,
        };
        let mut second = Helper {
            quick: helper,
            time: 0.0,
            digests: lent,
            inbox: VecDeque::new(),
            answers: VecDeque::new(),
        };
        (0..PIECES).for_each(|_| first.pass(&mut second));
        second.run(f64::INFINITY);
        let time = first.time.max(second.time);
        let milliseconds = (0..time as usize).map(|at| at as f64);
        all / milliseconds.map(|at| reader(at) + helper(at)).sum::<f64>()
    }

    #[test]
    fn cores_that_are_not_equally_quick_are_both_used() {
        // One digest stays with each, and takes as long as it takes.
        for (reader, helper, least) in [
            (1.0, 1.0, 0.98),
            (1.0, 0.9, 0.98),
            (0.9, 1.0, 0.98),
            (1.0, 0.5, 0.9),
            (0.5, 1.0, 0.9),
        ] {
            let used = used(&|_| reader, &|_| helper);
            assert!((least..1.01).contains(&used), "{reader} and {helper}: {used}");
        }
    }

    #[test]
    fn cores_that_are_slow_at_times_are_used_meanwhile() {
        for milliseconds in [20.0, 50.0, 200.0, 1000.0, 5000.0] {
            let slow = |time: f64| {
                if ((time / milliseconds) as u64).is_multiple_of(2) {
                    0.5
                } else {
                    1.0
                }
            };
            let other = |time: f64| 1.5 - slow(time);
            for used in [
                used(&slow, &|_| 1.0),
                used(&|_| 1.0, &slow),
                used(&slow, &other),
                used(&other, &slow),
            ] {
                assert!((0.8..1.01).contains(&used), "{milliseconds}: {used}");
            }
        }
    }

    #[test]
    fn more_is_given_step_by_step_and_comes_back_the_other_way() {
        let [sm3, sha256, both] = SHARES;
        let (mut balance, lent) = Balance::begin(&SHARES);
        assert_eq!(lent, [sha256]);
        let ahead = |balance: &mut Balance, to: usize| {
            (balance.ahead..to).for_each(|_| balance.sent());
            (to..balance.ahead).for_each(|_| balance.through());
        };
        ahead(&mut balance, FEW + 1);
        assert_eq!(balance.change(&[sm3, both]), None, "it has enough to do");
        ahead(&mut balance, FEW);
        assert_eq!(balance.change(&[sm3, both]), Some(Change::Give(both)));
        assert_eq!(balance.change(&[sm3]), None, "it is the only one");
        ahead(&mut balance, MANY - 1);
        assert_eq!(balance.change(&[sm3]), None, "it is not behind");
        ahead(&mut balance, MANY);
        assert_eq!(balance.change(&[sm3]), Some(Change::TakeBack(both)));
        assert!(balance.is_awaited());
        ahead(&mut balance, MOST);
        assert!(balance.is_full());
        assert_eq!(balance.change(&[sm3]), None, "it has not come yet");
        balance.came_back();
        assert_eq!(balance.change(&[sm3, both]), None, "one stays with it");
        assert_eq!(balance.take_back_all(), sha256);
        balance.came_back();
        assert_eq!(balance.take_back_all(), []);
        assert!(!balance.is_awaited());
    }

    #[test]
    fn who_waits_for_long_beside_the_longest_takes_that_for_the_shortest() {
        let [sm3, sha256, both] = SHARES;
        let (mut balance, _) = Balance::begin(&SHARES);
        assert_eq!(balance.change(&[sm3, both]), Some(Change::Give(both)));
        for _ in 1..LONG {
            assert_eq!(balance.change(&[sm3]), None);
        }
        assert_eq!(balance.change(&[sm3]), Some(Change::TakeBack(both)));
        balance.came_back();
        assert_eq!(balance.change(&[sm3, both]), Some(Change::Give(sm3)));
        for _ in 0..2 * LONG {
            assert_eq!(balance.change(&[both]), None, "as much as can be");
        }
        assert_eq!(balance.take_back_all(), [sha256, sm3].concat());
    }
}
