//! How files are shared out among workers: who does what next, what is left,
//! and what one that died leaves behind. No browser in here.
//!
//! Structures come before passes, both in the order of the list. Where a worker
//! has nothing left to do while another is on a large file, it takes some of the
//! digests over and goes on with them, and when it is through with those, with
//! more. It reads the bytes for itself: nobody waits for another, and the cores
//! of a computer that does other things too are seldom equally quick. Where the
//! medium is slow, whoever is behind finds in the system's cache what the other
//! has just read, and catches up.

use crate::digest::Algorithm;
use crate::pass::{Passed, Portion};

/// Files and bytes that are given to a worker at once: enough that asking for
/// more costs nothing beside them, few enough that all have something to do.
const MOST_FILES: usize = 32;
const MOST_BYTES: u64 = 64 << 20;

/// Bytes that are left of a file of which it is worth handing something over:
/// fewer are through before another worker has begun.
pub const DIVIDED_FROM: u64 = 16 << 20;

/// What a worker is to do. Files go by the page's number for them.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// Read the structures of these.
    Read(Vec<usize>),
    /// Pass the bytes of these.
    Pass(Vec<Share>),
}

/// The files of a job, shared out.
pub struct Sharing {
    /// In the order of the list.
    files: Vec<File>,
    /// Files whose structure nobody has begun on, in that order too.
    unread: Vec<usize>,
    /// Passes that nobody has begun: portions of a file that is under way, then
    /// whole files.
    waiting: Vec<Share>,
    workers: Vec<Doing>,
}

struct File {
    index: usize,
    size: u64,
    /// Bytes of it that are through, for each digest.
    counted: u64,
    /// What came of its shares so far, and how many are not through yet.
    passed: Passed,
    open: usize,
    given_up: bool,
}

/// How often the bytes of a file pass, as it were: once for each digest.
const DIGESTS: usize = Algorithm::ALL.len();

/// What one worker takes of a file: all of it, but for what it hands over, or
/// what another handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub file: usize,
    pub portion: Option<Portion>,
}

impl Share {
    /// The byte that it begins with.
    fn from(&self) -> u64 {
        self.portion.as_ref().map_or(0, |portion| portion.from)
    }

    /// What was handed over comes first, then files in the order of the list.
    fn rank(&self) -> impl Ord + use<> {
        (self.portion.is_none(), self.file)
    }
}

/// What one worker is on.
#[derive(Default)]
struct Doing {
    /// Whether it has started: only then can others count on it.
    there: bool,
    reads: Vec<usize>,
    passes: Vec<Share>,
    /// The file that it is on now.
    at: Option<usize>,
    /// Where in it the work is, in bytes.
    bytes: u64,
    /// How many digests of it were handed over, and how often it was asked for more.
    handed: usize,
    awaited: usize,
}

impl Doing {
    fn is_idle(&self) -> bool {
        self.reads.is_empty() && self.passes.is_empty()
    }

    /// The pass that it is on now.
    fn current(&self) -> Option<&Share> {
        self.passes.iter().find(|share| Some(share.file) == self.at)
    }

    /// How many digests it takes of a share that it is on.
    fn digests(&self, share: &Share) -> usize {
        let given = share
            .portion
            .as_ref()
            .map_or(DIGESTS, |portion| portion.digests.digests());
        given.saturating_sub(self.handed)
    }
}

/// What a worker that died leaves behind.
#[derive(Debug, Default, PartialEq)]
pub struct Left {
    /// The file that it died of.
    pub lost: Option<usize>,
    /// Files whose structure is read once more.
    pub again: Vec<usize>,
}

impl Sharing {
    /// Files, each with its size in bytes, for so many workers.
    pub fn new(files: impl IntoIterator<Item = (usize, u64)>, workers: usize) -> Self {
        let file = |(index, size)| File {
            index,
            size,
            counted: 0,
            passed: Passed::default(),
            open: 1,
            given_up: false,
        };
        let mut files: Vec<File> = files.into_iter().map(file).collect();
        files.sort_by_key(|file| file.index);
        Self {
            unread: files.iter().map(|file| file.index).collect(),
            files,
            waiting: Vec::new(),
            workers: (0..workers.max(1)).map(|_| Doing::default()).collect(),
        }
    }

    /// Whether something waits for a worker.
    pub fn has_work(&self) -> bool {
        !self.unread.is_empty() || !self.waiting.is_empty()
    }

    /// Whether this worker waits for something.
    pub fn is_idle(&self, worker: usize) -> bool {
        self.workers.get(worker).is_some_and(Doing::is_idle)
    }

    /// A worker has started.
    pub fn started(&mut self, worker: usize) {
        if let Some(doing) = self.workers.get_mut(worker) {
            doing.there = true;
        }
    }

    /// Whether every structure was read that can be.
    pub fn all_read(&self) -> bool {
        self.unread.is_empty() && self.workers.iter().all(|doing| doing.reads.is_empty())
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        !self.has_work() && self.workers.iter().all(Doing::is_idle)
    }

    /// Bytes that passed, of all files; where some of the digests are behind, in
    /// proportion.
    pub fn bytes(&self) -> u64 {
        let of_current = |doing: &Doing| {
            let share = doing.current()?;
            self.file(share.file).filter(|file| !file.given_up)?;
            Some(doing.bytes.saturating_sub(share.from()) * doing.digests(share) as u64)
        };
        let over: u64 = self.files.iter().map(|file| file.counted).sum();
        (over + self.workers.iter().filter_map(of_current).sum::<u64>()) / DIGESTS as u64
    }

    /// Gives an idle worker something to do, where something waits.
    pub fn next(&mut self, worker: usize) -> Option<Work> {
        if !self.is_idle(worker) {
            return None;
        }
        let mut doing = Doing {
            there: true,
            ..Doing::default()
        };
        let work = if self.unread.is_empty() {
            let shares = self.next_shares();
            doing.passes.clone_from(&shares);
            Work::Pass(shares)
        } else {
            let files: Vec<usize> = self.unread.drain(..self.batch(self.unread.iter().copied())).collect();
            doing.reads.clone_from(&files);
            Work::Read(files)
        };
        if doing.is_idle() {
            return None;
        }
        *self.workers.get_mut(worker)? = doing;
        Some(work)
    }

    fn next_shares(&mut self) -> Vec<Share> {
        let whole = self.waiting.iter().take_while(|share| share.portion.is_none());
        let batch = self.batch(whole.map(|share| share.file)).max(1);
        self.waiting.drain(..batch.min(self.waiting.len())).collect()
    }

    /// Where workers have nothing to do: who is to hand something over of which
    /// file. Each time that it is asked for, until there is enough for all.
    pub fn division(&mut self) -> Option<(usize, usize)> {
        let free = |doing: &&Doing| doing.there && doing.is_idle();
        let free = self.workers.iter().filter(free).count();
        let awaited: usize = self.workers.iter().map(|doing| doing.awaited).sum();
        if self.has_work() || free <= awaited {
            return None;
        }
        let divisible = |(worker, doing): (usize, &Doing)| {
            let share = doing.current()?;
            // It hands over half of what it has.
            let digests = (0..doing.awaited).fold(doing.digests(share), |digests, _| digests.div_ceil(2));
            let left = self.size(share.file).saturating_sub(doing.bytes);
            (digests > 1 && left >= DIVIDED_FROM).then_some((left * digests as u64, worker, share.file))
        };
        let (_, worker, file) = self.workers.iter().enumerate().filter_map(divisible).max()?;
        self.workers.get_mut(worker)?.awaited += 1;
        Some((worker, file))
    }

    /// A worker has handed over a portion of the file that it is on.
    pub fn divided(&mut self, worker: usize, file: usize, portion: Portion) {
        let Some(doing) = self.workers.get_mut(worker) else {
            return;
        };
        let Some(share) = doing.passes.iter().find(|share| share.file == file) else {
            return;
        };
        let (from, digests) = (share.from(), portion.digests.digests());
        doing.awaited = doing.awaited.saturating_sub(1);
        doing.handed += digests;
        doing.bytes = portion.from;
        if let Some(state) = self.file_mut(file).filter(|state| !state.given_up) {
            state.open += 1;
            state.counted += portion.from.saturating_sub(from) * digests as u64;
            let portion = Some(portion);
            self.wait(Share { file, portion });
        }
    }

    fn size(&self, file: usize) -> u64 {
        self.file(file).map_or(0, |file| file.size)
    }

    fn file(&self, index: usize) -> Option<&File> {
        let at = self.files.binary_search_by_key(&index, |file| file.index).ok()?;
        self.files.get(at)
    }

    fn file_mut(&mut self, index: usize) -> Option<&mut File> {
        let at = self.files.binary_search_by_key(&index, |file| file.index).ok()?;
        self.files.get_mut(at)
    }

    /// How many of these files, from the first on, are given out at once.
    fn batch(&self, files: impl Iterator<Item = usize> + Clone) -> usize {
        let fair = files.clone().count().div_ceil(self.workers.len()).min(MOST_FILES);
        let mut bytes = 0;
        let fits = |(at, file): &(usize, usize)| {
            bytes += self.size(*file);
            *at == 0 || bytes <= MOST_BYTES
        };
        files.take(fair).enumerate().take_while(fits).count()
    }

    /// A worker begins on a file.
    pub fn begin(&mut self, worker: usize, file: usize) {
        if let Some(doing) = self.workers.get_mut(worker) {
            doing.at = Some(file);
            doing.bytes = doing.current().map_or(0, Share::from);
        }
    }

    /// A worker has come to this byte of the file that it is on.
    pub fn progress(&mut self, worker: usize, bytes: u64) {
        if let Some(doing) = self.workers.get_mut(worker) {
            doing.bytes = bytes;
        }
    }

    /// A worker has read a structure: the file's bytes may pass.
    pub fn read(&mut self, worker: usize, file: usize) {
        if self.answered(worker, file).is_some() {
            self.wait(Share { file, portion: None });
        }
    }

    fn wait(&mut self, share: Share) {
        let before = |other: &Share| other.rank() < share.rank();
        self.waiting.insert(self.waiting.partition_point(before), share);
    }

    /// A worker is through with its share of a file; all that came of the file,
    /// once nothing of it is left out.
    pub fn passed(&mut self, worker: usize, file: usize, passed: Passed) -> Option<Passed> {
        let (share, digests) = self.answered(worker, file)??;
        let state = self.file_mut(file).filter(|state| !state.given_up)?;
        state.counted += state.size.saturating_sub(share.from()) * digests as u64;
        state.passed.join(passed);
        state.open -= 1;
        (state.open == 0).then(|| std::mem::take(&mut state.passed))
    }

    /// A file cannot be read on; whether that is news.
    pub fn failed(&mut self, worker: usize, file: usize) -> bool {
        self.answered(worker, file).is_some() && self.give_up(file)
    }

    /// Takes a file off what a worker is on; its share and how many digests of
    /// it were left, where bytes passed. `None` where the worker was not on it.
    fn answered(&mut self, worker: usize, file: usize) -> Option<Option<(Share, usize)>> {
        let doing = self.workers.get_mut(worker)?;
        let pass = doing.passes.iter().position(|share| share.file == file).map(|at| {
            let share = doing.passes.remove(at);
            let digests = doing.digests(&share);
            (share, digests)
        });
        (doing.at, doing.bytes, doing.handed, doing.awaited) = (None, 0, 0, 0);
        if pass.is_some() {
            return Some(pass);
        }
        let at = doing.reads.iter().position(|read| *read == file)?;
        doing.reads.remove(at);
        Some(None)
    }

    /// Nothing more is done about a file.
    fn give_up(&mut self, file: usize) -> bool {
        self.waiting.retain(|share| share.file != file);
        let Some(state) = self.file_mut(file) else {
            return false;
        };
        state.counted = state.size * DIGESTS as u64;
        !std::mem::replace(&mut state.given_up, true)
    }

    /// A worker died: of the file that it was on, or else of the first that it
    /// had not answered. The others wait for a worker again.
    pub fn died(&mut self, worker: usize) -> Left {
        let Some(doing) = self.workers.get_mut(worker).map(std::mem::take) else {
            return Left::default();
        };
        let unanswered = || {
            doing
                .reads
                .first()
                .copied()
                .or(doing.passes.first().map(|share| share.file))
        };
        let lost = doing.at.or_else(unanswered);
        let again: Vec<usize> = doing.reads.into_iter().filter(|file| Some(*file) != lost).collect();
        self.unread.extend(&again);
        self.unread.sort_unstable();
        let passes = doing.passes.into_iter();
        let passes: Vec<Share> = passes
            .filter(|share| !self.file(share.file).is_some_and(|state| state.given_up))
            .collect();
        passes.into_iter().for_each(|share| self.wait(share));
        Left {
            lost: lost.filter(|file| self.give_up(*file)),
            again,
        }
    }

    /// No worker will come any more: the files that nobody can read.
    pub fn abandoned(&mut self) -> Vec<usize> {
        let mut files = std::mem::take(&mut self.unread);
        files.extend(std::mem::take(&mut self.waiting).iter().map(|share| share.file));
        files.into_iter().filter(|file| self.give_up(*file)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digests;
    use proptest::prelude::*;

    const MIB: u64 = 1 << 20;

    fn sharing(sizes: &[u64], workers: usize) -> Sharing {
        let mut sharing = Sharing::new(sizes.iter().copied().enumerate(), workers);
        (0..workers).for_each(|worker| sharing.started(worker));
        sharing
    }

    fn pass(file: usize, portion: Option<Portion>) -> Option<Work> {
        Some(Work::Pass(vec![Share { file, portion }]))
    }

    /// As a worker would answer, after so many bytes.
    fn portion(digests: &mut Digests, from: u64) -> Portion {
        let digests = digests.hand_over().unwrap();
        Portion { digests, from }
    }

    /// One worker hands over of a file what it has come with to a byte, another
    /// begins on it: its digests.
    fn handed_over(
        sharing: &mut Sharing,
        [worker, other]: [usize; 2],
        file: usize,
        digests: &mut Digests,
        from: u64,
    ) -> Digests {
        let portion = portion(digests, from);
        sharing.divided(worker, file, portion.clone());
        let handed = Digests::resume(&portion.digests).unwrap();
        assert_eq!(sharing.next(other), pass(file, Some(portion)));
        sharing.begin(other, file);
        handed
    }

    /// Everything is read by the first worker.
    fn read_all(sharing: &mut Sharing) {
        while let Some(Work::Read(files)) = (!sharing.all_read()).then(|| sharing.next(0)).flatten() {
            files.iter().for_each(|file| sharing.read(0, *file));
        }
    }

    fn files(work: Option<Work>) -> Vec<usize> {
        match work {
            Some(Work::Read(files)) => files,
            Some(Work::Pass(passes)) => passes.into_iter().map(|share| share.file).collect(),
            None => Vec::new(),
        }
    }

    /// What a worker tells in the end.
    fn taken(digests: Digests) -> Passed {
        Passed {
            digests: digests.finish(),
            ..Passed::default()
        }
    }

    #[test]
    fn structures_come_first_and_in_the_order_of_the_list() {
        let mut sharing = sharing(&[1; 100], 2);
        assert_eq!(files(sharing.next(0)), (0..32).collect::<Vec<_>>());
        assert_eq!(files(sharing.next(1)), (32..64).collect::<Vec<_>>());
        assert_eq!(sharing.next(1), None, "it has something to do");
        (32..64).for_each(|file| sharing.read(1, file));
        assert_eq!(
            files(sharing.next(1)),
            (64..82).collect::<Vec<_>>(),
            "a fair share of the rest"
        );
    }

    #[test]
    fn of_one_large_file_each_who_is_free_takes_something_over() {
        for (workers, busy) in [(1, 1), (2, 2), (3, 3), (4, 4), (8, 4)] {
            let mut sharing = sharing(&[100 * MIB], workers);
            read_all(&mut sharing);
            assert_eq!(sharing.next(0), pass(0, None));
            assert_eq!(sharing.division(), None, "nobody is on it yet");
            sharing.begin(0, 0);
            sharing.progress(0, 10 * MIB);
            let mut digests = vec![Digests::new()];
            loop {
                let asked: Vec<_> = std::iter::from_fn(|| sharing.division()).collect();
                for (worker, file) in &asked {
                    let hands = [*worker, digests.len()];
                    let handed = handed_over(&mut sharing, hands, *file, &mut digests[*worker], 10 * MIB);
                    digests.push(handed);
                }
                if asked.is_empty() {
                    break;
                }
            }
            assert_eq!(digests.len(), busy, "{workers} workers");
            assert_eq!(sharing.bytes(), 10 * MIB);
        }
    }

    #[test]
    fn who_has_not_started_is_not_counted_on() {
        let mut sharing = Sharing::new([(0, 100 * MIB)], 2);
        read_all(&mut sharing);
        assert_eq!(sharing.next(0), pass(0, None));
        sharing.begin(0, 0);
        assert_eq!(sharing.division(), None);
        sharing.started(1);
        assert_eq!(sharing.division(), Some((0, 0)));
    }

    #[test]
    fn who_is_through_helps_again() {
        let mut sharing = sharing(&[80 * MIB], 2);
        read_all(&mut sharing);
        assert_eq!(sharing.next(0), pass(0, None));
        sharing.begin(0, 0);
        let mut first = Digests::new();
        for (from, bytes) in [(0, 40 * MIB), (40 * MIB, 70 * MIB)] {
            assert_eq!(sharing.division(), Some((0, 0)));
            let second = handed_over(&mut sharing, [0, 1], 0, &mut first, from);
            assert_eq!(sharing.passed(1, 0, taken(second)), None);
            assert_eq!(sharing.bytes(), bytes);
        }
        assert_eq!(sharing.division(), None, "one digest is left");
        assert_eq!(sharing.passed(0, 0, taken(first)), Some(taken(Digests::new())));
        assert!(sharing.is_done());
        assert_eq!(sharing.bytes(), 80 * MIB);
    }

    #[test]
    fn who_began_helps_the_helper() {
        let mut sharing = sharing(&[80 * MIB], 2);
        read_all(&mut sharing);
        assert_eq!(sharing.next(0), pass(0, None));
        sharing.begin(0, 0);
        let mut first = Digests::new();
        let mut second = handed_over(&mut sharing, [0, 1], 0, &mut first, 20 * MIB);
        assert_eq!(sharing.passed(0, 0, taken(first)), None);
        assert_eq!(sharing.bytes(), 50 * MIB);
        assert_eq!(sharing.division(), Some((1, 0)));
        let third = handed_over(&mut sharing, [1, 0], 0, &mut second, 40 * MIB);
        assert_eq!(sharing.bytes(), 60 * MIB);
        assert_eq!(sharing.passed(1, 0, taken(second)), None);
        assert_eq!(sharing.bytes(), 70 * MIB);
        assert_eq!(sharing.passed(0, 0, taken(third)), Some(taken(Digests::new())));
        assert_eq!(sharing.bytes(), 80 * MIB);
    }

    #[test]
    fn who_is_through_helps_with_what_has_most_left() {
        let mut sharing = sharing(&[100 * MIB, 90 * MIB, 100 * MIB], 3);
        read_all(&mut sharing);
        for worker in 0..3 {
            assert_eq!(sharing.next(worker), pass(worker, None));
            sharing.begin(worker, worker);
        }
        sharing.progress(2, 80 * MIB);
        assert_eq!(sharing.division(), None, "all have something to do");
        sharing.passed(0, 0, taken(Digests::new()));
        assert_eq!(sharing.division(), Some((1, 1)));
        let mut first = Digests::new();
        let _ = handed_over(&mut sharing, [1, 0], 1, &mut first, 30 * MIB);
        assert_eq!(sharing.bytes(), 210 * MIB);
        // Two digests of four each.
        sharing.progress(1, 50 * MIB);
        sharing.progress(0, 40 * MIB);
        assert_eq!(sharing.bytes(), 225 * MIB);
        assert_eq!(sharing.passed(1, 1, taken(first)), None);
        assert_eq!(sharing.bytes(), 245 * MIB);
        sharing.progress(0, 80 * MIB);
        sharing.progress(2, 95 * MIB);
        assert_eq!(sharing.division(), None, "both are soon over");
    }

    #[test]
    fn who_is_through_meanwhile_hands_nothing_over() {
        let mut sharing = sharing(&[100 * MIB; 2], 2);
        read_all(&mut sharing);
        let _ = (sharing.next(0), sharing.next(1));
        (0..2).for_each(|worker| sharing.begin(worker, worker));
        sharing.passed(0, 0, taken(Digests::new()));
        assert_eq!(sharing.division(), Some((1, 1)));
        assert!(sharing.passed(1, 1, taken(Digests::new())).is_some());
        assert!(sharing.is_done());
        assert_eq!(sharing.bytes(), 200 * MIB);
    }

    #[test]
    fn small_files_are_given_out_by_the_batch() {
        let mut sharing = sharing(&[MIB; 40], 2);
        read_all(&mut sharing);
        assert_eq!(files(sharing.next(0)), (0..20).collect::<Vec<_>>());
        assert_eq!(files(sharing.next(1)), (20..30).collect::<Vec<_>>());
    }

    #[test]
    fn a_worker_that_dies_loses_one_file() {
        let mut sharing = sharing(&[1; 4], 1);
        assert_eq!(files(sharing.next(0)), [0, 1, 2, 3]);
        sharing.begin(0, 0);
        sharing.read(0, 0);
        sharing.begin(0, 1);
        let left = sharing.died(0);
        assert_eq!((left.lost, left.again), (Some(1), vec![2, 3]));
        assert_eq!(files(sharing.next(0)), [2, 3]);
        sharing.read(0, 2);
        sharing.failed(0, 3);
        assert_eq!(files(sharing.next(0)), [0, 2]);
        // It did not even begin.
        assert_eq!(sharing.died(0).lost, Some(0));
        assert_eq!(files(sharing.next(0)), [2]);
        assert!(sharing.passed(0, 2, Passed::default()).is_some());
        assert!(sharing.is_done());
        assert_eq!(sharing.bytes(), 4);
    }

    #[test]
    fn a_portion_that_fails_takes_the_file_along_and_is_told_once() {
        let mut sharing = sharing(&[100 * MIB], 2);
        read_all(&mut sharing);
        let _ = sharing.next(0);
        sharing.begin(0, 0);
        let mut first = Digests::new();
        sharing.divided(0, 0, portion(&mut first, 10 * MIB));
        let _ = sharing.next(1);
        assert!(sharing.failed(1, 0));
        sharing.divided(0, 0, portion(&mut first, 20 * MIB));
        assert!(!sharing.has_work(), "nothing more is done about it");
        assert_eq!(sharing.passed(0, 0, taken(first)), None);
        assert!(sharing.is_done());
        assert_eq!(sharing.bytes(), 100 * MIB);
    }

    proptest! {
        /// Whoever is quick, slow or dies: every file is told once, whole or
        /// lost, and all bytes are counted.
        #[test]
        fn every_file_is_told_once(
            sizes in prop::collection::vec(0..80 * MIB, 0..60),
            workers in 1_usize..9,
            turns in prop::collection::vec((0_usize..9, 0_u8..12), 0..2000),
        ) {
            let mut sharing = sharing(&sizes, workers);
            let mut told = vec![0; sizes.len()];
            // What each is on: a file, and the digests from a byte on where those pass.
            type Pass = Option<(Digests, u64)>;
            let mut doing: Vec<Vec<(usize, Pass)>> = vec![Vec::new(); workers];
            let mut asked = vec![Vec::new(); workers];
            let quiet = (0..).map(|turn| (turn % workers, 1));
            for (worker, luck) in turns.into_iter().map(|(worker, luck)| (worker % workers, luck)).chain(quiet) {
                if sharing.is_done() {
                    break;
                }
                while let Some((worker, file)) = sharing.division() {
                    asked[worker].push(file);
                }
                if doing[worker].is_empty() {
                    doing[worker] = match sharing.next(worker) {
                        Some(Work::Read(files)) => files.into_iter().map(|file| (file, None)).collect(),
                        Some(Work::Pass(passes)) => (passes.into_iter())
                            .map(|share| {
                                let from = share.from();
                                let handed = share.portion.map(|portion| Digests::resume(&portion.digests).unwrap());
                                (share.file, Some((handed.unwrap_or_default(), from)))
                            })
                            .collect(),
                        None => Vec::new(),
                    };
                    continue;
                }
                let file = doing[worker][0].0;
                if luck > 6 {
                    sharing.begin(worker, file);
                    continue;
                }
                if luck > 2 && let Some(asked) = asked[worker].pop() {
                    if asked == file && let Some((digests, from)) = &mut doing[worker][0].1 {
                        let from = *from + (sizes[file] - *from) / u64::from(luck);
                        if let Some(digests) = digests.hand_over() {
                            sharing.divided(worker, file, Portion { digests, from });
                        }
                    }
                    continue;
                }
                let (_, digests) = doing[worker].remove(0);
                match (luck, digests) {
                    (0, _) => {
                        (asked[worker], doing[worker]) = (Vec::new(), Vec::new());
                        if let Some(lost) = sharing.died(worker).lost {
                            prop_assert_eq!(lost, file);
                            told[lost] += 1;
                        }
                    }
                    (2, _) => told[file] += i32::from(sharing.failed(worker, file)),
                    (_, None) => sharing.read(worker, file),
                    (_, Some((digests, _))) => {
                        if let Some(passed) = sharing.passed(worker, file, taken(digests)) {
                            prop_assert_eq!(passed, taken(Digests::new()));
                            told[file] += 1;
                        }
                    }
                }
                prop_assert!(sharing.bytes() <= sizes.iter().sum());
            }
            prop_assert!(told.iter().all(|times| *times == 1), "{:?}", told);
            prop_assert_eq!(sharing.bytes(), sizes.iter().sum::<u64>());
        }
    }
}
