//! How files are shared out among workers: who does what next, what is left,
//! and what one that died leaves behind. No browser in here.
//!
//! Structures come before passes, both in the order of the list. Where a worker
//! has nothing left to do while another is on a large file, what is left of
//! that file is divided among them: each goes on with some of the digests, and
//! the bytes, read once, go from one to the next.

use crate::pass::{DIVISIONS, Passed};

/// Files and bytes that are given to a worker at once: enough that asking for
/// more costs nothing beside them, few enough that all have something to do.
const MOST_FILES: usize = 32;
const MOST_BYTES: u64 = 64 << 20;

/// Bytes that are left of a file that is worth dividing: fewer are through
/// before another worker has started.
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
    /// Bytes of it that are through.
    counted: u64,
    /// Bytes that had passed when it was divided.
    undivided: u64,
    /// What came of its portions so far, and how many those are.
    passed: Passed,
    portions: usize,
    given_up: bool,
}

/// A portion of a file: the `at`-th of `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub file: usize,
    pub at: usize,
    pub of: usize,
}

impl Share {
    /// Portions that a worker waits for come first, then files in the order of
    /// the list.
    fn rank(&self) -> impl Ord + use<> {
        (self.of == 1, self.file, self.at)
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
    /// Bytes of it that passed.
    bytes: u64,
    /// How many others it was asked to divide it among.
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
            undivided: 0,
            passed: Passed::default(),
            portions: 0,
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

    /// The others that have portions of the file that a worker is on: they wait
    /// for it as it waits for them.
    pub fn partners(&self, worker: usize) -> Vec<usize> {
        let of = |doing: &Doing| doing.passes.iter().find(|share| share.of > 1).map(|share| share.file);
        let Some(file) = self.workers.get(worker).and_then(of) else {
            return Vec::new();
        };
        let with = |(other, doing): (usize, &Doing)| (other != worker && of(doing) == Some(file)).then_some(other);
        self.workers.iter().enumerate().filter_map(with).collect()
    }

    /// Whether every structure was read that can be.
    pub fn all_read(&self) -> bool {
        self.unread.is_empty() && self.workers.iter().all(|doing| doing.reads.is_empty())
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        !self.has_work() && self.workers.iter().all(Doing::is_idle)
    }

    /// Bytes that passed, of all files; those of a divided file count by the
    /// portions.
    pub fn bytes(&self) -> u64 {
        let of_current = |doing: &Doing| {
            let share = doing.current()?;
            let file = self.file(share.file).filter(|file| !file.given_up)?;
            // Who reads the file began before it was divided.
            let before = if share.at == 0 { file.undivided } else { 0 };
            Some(doing.bytes.saturating_sub(before) / share.of as u64)
        };
        let over: u64 = self.files.iter().map(|file| file.counted).sum();
        over + self.workers.iter().filter_map(of_current).sum::<u64>()
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
        let whole = self.waiting.iter().take_while(|share| share.of == 1);
        let batch = self.batch(whole.map(|share| share.file)).max(1);
        self.waiting.drain(..batch.min(self.waiting.len())).collect()
    }

    /// Where workers have nothing to do: who is to divide which file among how
    /// many, itself included.
    pub fn division(&mut self) -> Option<(usize, usize, usize)> {
        if self.has_work() {
            return None;
        }
        let idle = self
            .workers
            .iter()
            .filter(|doing| doing.there && doing.is_idle())
            .count();
        let awaited: usize = self.workers.iter().map(|doing| doing.awaited).sum();
        let divisible = |(worker, doing): (usize, &Doing)| {
            let share = doing.current().filter(|share| share.of == 1 && doing.awaited == 0)?;
            let left = self.size(share.file).saturating_sub(doing.bytes);
            (left >= DIVIDED_FROM).then_some((left, worker, share.file))
        };
        let divisible = self.workers.iter().enumerate().filter_map(divisible);
        let most = divisible.clone().max()?;
        let free = idle.saturating_sub(awaited).div_ceil(divisible.count());
        let others = free.min(DIVISIONS.len() - 1);
        let (_, worker, file) = most;
        self.workers.get_mut(worker)?.awaited = others;
        (others > 0).then_some((worker, file, others + 1))
    }

    /// A worker has divided the file that it is on after so many bytes: the
    /// other portions wait.
    pub fn divided(&mut self, worker: usize, file: usize, bytes: u64, among: usize) {
        let Some(doing) = self.workers.get_mut(worker) else {
            return;
        };
        (doing.awaited, doing.bytes) = (0, bytes);
        let Some(share) = doing.passes.iter_mut().find(|share| share.file == file) else {
            return;
        };
        share.of = among;
        let first = *share;
        (1..among).for_each(|at| self.wait(Share { at, ..first }));
        if let Some(state) = self.file_mut(file) {
            (state.undivided, state.counted) = (bytes, bytes);
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
            (doing.at, doing.bytes) = (Some(file), 0);
        }
    }

    /// So many bytes of the file that a worker is on have passed.
    pub fn progress(&mut self, worker: usize, bytes: u64) {
        if let Some(doing) = self.workers.get_mut(worker) {
            doing.bytes = bytes;
        }
    }

    /// A worker has read a structure: the file's bytes may pass.
    pub fn read(&mut self, worker: usize, file: usize) {
        if self.answered(worker, file).is_some() {
            self.wait(Share { file, at: 0, of: 1 });
        }
    }

    fn wait(&mut self, share: Share) {
        let before = |other: &Share| other.rank() < share.rank();
        self.waiting.insert(self.waiting.partition_point(before), share);
    }

    /// A worker is through with its portion of a file; all that came of the
    /// file, once nothing of it is left out.
    pub fn passed(&mut self, worker: usize, file: usize, passed: Passed) -> Option<Passed> {
        let share = self.answered(worker, file)??;
        let state = self.file_mut(file)?;
        state.portions += 1;
        state.passed.join(passed);
        if !state.given_up {
            let divided = state.size.saturating_sub(state.undivided);
            state.counted = state.undivided + divided * state.portions as u64 / share.of as u64;
        }
        (state.portions == share.of).then(|| std::mem::take(&mut state.passed))
    }

    /// A file cannot be read on; whether that is news.
    pub fn failed(&mut self, worker: usize, file: usize) -> bool {
        self.answered(worker, file).is_some() && self.give_up(file)
    }

    /// Takes a file off what a worker is on; its portion, where bytes passed.
    /// `None` where the worker was not on it.
    fn answered(&mut self, worker: usize, file: usize) -> Option<Option<Share>> {
        let doing = self.workers.get_mut(worker)?;
        (doing.at, doing.bytes, doing.awaited) = (None, 0, 0);
        if let Some(at) = doing.passes.iter().position(|share| share.file == file) {
            return Some(Some(doing.passes.remove(at)));
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
        state.counted = state.size;
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
    use crate::digest::Algorithm;
    use crate::wire::DigestsDoc;
    use proptest::prelude::*;

    const MIB: u64 = 1 << 20;

    fn sharing(sizes: &[u64], workers: usize) -> Sharing {
        let mut sharing = Sharing::new(sizes.iter().copied().enumerate(), workers);
        (0..workers).for_each(|worker| sharing.started(worker));
        sharing
    }

    fn pass(file: usize, at: usize, of: usize) -> Work {
        Work::Pass(vec![Share { file, at, of }])
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

    /// As a worker would answer that took these.
    fn taken(algorithms: &[Algorithm]) -> Passed {
        let digest = |algorithm| algorithms.contains(&algorithm).then(|| algorithm.id().to_owned());
        Passed {
            digests: DigestsDoc {
                sha256: digest(Algorithm::Sha256),
                sm3: digest(Algorithm::Sm3),
                sha1: digest(Algorithm::Sha1),
                md5: digest(Algorithm::Md5),
            },
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
    fn one_large_file_is_divided_among_those_who_are_free() {
        for (workers, portions) in [(1, 1), (2, 2), (3, 3), (8, 3)] {
            let mut sharing = sharing(&[100 * MIB], workers);
            read_all(&mut sharing);
            assert_eq!(sharing.next(0), Some(pass(0, 0, 1)));
            assert_eq!(sharing.division(), None, "nobody is on it yet");
            sharing.begin(0, 0);
            let asked = (workers > 1).then_some((0, 0, portions));
            assert_eq!(sharing.division(), asked, "{workers} workers");
            assert_eq!(sharing.division(), None, "it was asked");
            if workers > 1 {
                sharing.divided(0, 0, 10 * MIB, portions);
            }
            for at in 1..portions {
                assert_eq!(sharing.next(at), Some(pass(0, at, portions)));
            }
            assert!(!sharing.has_work());
            let partners: Vec<usize> = (1..portions).collect();
            assert_eq!(sharing.partners(0), partners, "they wait for one another");
        }
    }

    #[test]
    fn who_has_not_started_is_not_counted_on() {
        let mut sharing = Sharing::new([(0, 100 * MIB)], 2);
        read_all(&mut sharing);
        assert_eq!(sharing.next(0), Some(pass(0, 0, 1)));
        sharing.begin(0, 0);
        assert_eq!(sharing.division(), None);
        sharing.started(1);
        assert_eq!(sharing.division(), Some((0, 0, 2)));
    }

    #[test]
    fn who_is_through_helps_with_what_has_most_left() {
        let mut sharing = sharing(&[100 * MIB, 90 * MIB, 100 * MIB], 3);
        read_all(&mut sharing);
        for worker in 0..3 {
            assert_eq!(sharing.next(worker), Some(pass(worker, 0, 1)));
            sharing.begin(worker, worker);
        }
        sharing.progress(2, 80 * MIB);
        assert_eq!(sharing.division(), None, "all have something to do");
        sharing.passed(0, 0, taken(Algorithm::ALL));
        assert_eq!(sharing.division(), Some((1, 1, 2)));
        sharing.divided(1, 1, 30 * MIB, 2);
        assert_eq!(sharing.next(0), Some(pass(1, 1, 2)));
        sharing.begin(0, 1);
        assert_eq!(sharing.bytes(), 210 * MIB);
        // Each with half of what was left.
        sharing.progress(1, 50 * MIB);
        sharing.progress(0, 10 * MIB);
        assert_eq!(sharing.bytes(), 225 * MIB);
        assert_eq!(sharing.passed(1, 1, taken(DIVISIONS[1][0])), None);
        assert_eq!(sharing.bytes(), 245 * MIB);
        assert!(sharing.passed(0, 1, taken(DIVISIONS[1][1])).is_some());
        assert_eq!(sharing.bytes(), 270 * MIB);
        sharing.progress(2, 95 * MIB);
        assert_eq!(sharing.division(), None, "it is soon over");
    }

    #[test]
    fn who_is_through_meanwhile_divides_nothing() {
        let mut sharing = sharing(&[100 * MIB; 2], 2);
        read_all(&mut sharing);
        let _ = (sharing.next(0), sharing.next(1));
        (0..2).for_each(|worker| sharing.begin(worker, worker));
        sharing.passed(0, 0, taken(Algorithm::ALL));
        assert_eq!(sharing.division(), Some((1, 1, 2)));
        assert!(sharing.passed(1, 1, taken(Algorithm::ALL)).is_some());
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
        sharing.divided(0, 0, 10 * MIB, 2);
        let _ = sharing.next(1);
        assert!(sharing.failed(0, 0));
        assert!(!sharing.failed(1, 0));
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
            // What each is on: a file, and the digests where its bytes pass.
            type Pass = Option<&'static [Algorithm]>;
            let mut doing: Vec<Vec<(usize, Pass)>> = vec![Vec::new(); workers];
            let mut asked: Vec<Option<(usize, usize)>> = vec![None; workers];
            let quiet = (0..).map(|turn| (turn % workers, 1));
            for (worker, luck) in turns.into_iter().map(|(worker, luck)| (worker % workers, luck)).chain(quiet) {
                if sharing.is_done() {
                    break;
                }
                while let Some((worker, file, among)) = sharing.division() {
                    asked[worker] = Some((file, among));
                }
                if doing[worker].is_empty() {
                    doing[worker] = match sharing.next(worker) {
                        Some(Work::Read(files)) => files.into_iter().map(|file| (file, None)).collect(),
                        Some(Work::Pass(passes)) => (passes.into_iter())
                            .map(|share| (share.file, Some(DIVISIONS[share.of - 1][share.at])))
                            .collect(),
                        None => Vec::new(),
                    };
                    continue;
                }
                let (file, portion) = doing[worker][0];
                if luck > 6 {
                    sharing.begin(worker, file);
                    continue;
                }
                if luck > 2 && let Some((divided, among)) = asked[worker].take() {
                    if divided == file {
                        sharing.divided(worker, file, sizes[file] / u64::from(luck), among);
                        doing[worker][0].1 = Some(DIVISIONS[among - 1][0]);
                    }
                    continue;
                }
                doing[worker].remove(0);
                sharing.begin(worker, file);
                match (luck, portion) {
                    (0, _) => {
                        (asked[worker], doing[worker]) = (None, Vec::new());
                        if let Some(lost) = sharing.died(worker).lost {
                            prop_assert_eq!(lost, file);
                            told[lost] += 1;
                        }
                    }
                    (2, _) => told[file] += i32::from(sharing.failed(worker, file)),
                    (_, None) => sharing.read(worker, file),
                    (_, Some(portion)) => {
                        if let Some(passed) = sharing.passed(worker, file, taken(portion)) {
                            prop_assert_eq!(passed, taken(Algorithm::ALL));
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
