//! How files are shared out among workers: who does what next, what is left,
//! and what one that died leaves behind. No browser in here.
//!
//! Structures come before passes, both in the order of the list. Where a worker
//! has nothing left to do while another is on a large file, it helps with that
//! file until it is over: see [`super::help`].

use crate::digest::SHARES;
use crate::sort::Sort;

/// Files and bytes that are given to a worker at once: enough that asking for
/// more costs nothing beside them, few enough that all have something to do.
const MOST_FILES: usize = 32;
const MOST_BYTES: u64 = 64 << 20;

/// Bytes that are left of a file with which it is worth helping: fewer are
/// through before another worker has begun.
pub const SHARED_FROM: u64 = 16 << 20;

/// What a worker is to do. Files go by the page's number for them.
#[derive(Clone, Debug, PartialEq)]
pub enum Work {
    /// Read the structures of these.
    Read(Vec<usize>),
    /// Pass the bytes of these.
    Pass(Vec<usize>),
}

/// The files of a job, shared out.
pub struct Sharing {
    /// In the order of the list.
    files: Vec<File>,
    /// Files whose structure nobody has begun on, in that order too.
    unread: Vec<usize>,
    /// Files whose bytes nobody has begun on, likewise.
    waiting: Vec<usize>,
    workers: Vec<Doing>,
}

struct File {
    index: usize,
    /// Bytes; none before its structure is read. Whoever asks for the size of a
    /// file waits for the disk: not the page, of thousands.
    size: u64,
    /// Whether nothing more is to be done about it.
    over: bool,
}

/// Workers on one file at most: each has digests of its own then.
pub const MOST_ON_A_FILE: usize = SHARES.len();

/// What one worker is on.
#[derive(Default)]
struct Doing {
    /// Whether it has started: only then can others count on it.
    there: bool,
    reads: Vec<usize>,
    passes: Vec<usize>,
    /// The file that it is on now.
    at: Option<usize>,
    /// Bytes of it that have passed.
    bytes: u64,
    /// Whom it helps, with which file.
    helps: Option<(usize, usize)>,
}

impl Doing {
    fn is_idle(&self) -> bool {
        self.reads.is_empty() && self.passes.is_empty() && self.helps.is_none()
    }

    /// The file that it passes now.
    fn passing(&self) -> Option<usize> {
        self.at.filter(|file| self.passes.contains(file))
    }
}

/// A large file that a worker is to help another with.
#[derive(Debug, PartialEq, Eq)]
pub struct Help {
    pub file: usize,
    /// Who is on it.
    pub giver: usize,
    pub helper: usize,
}

/// What a worker that died leaves behind.
#[derive(Debug, Default, PartialEq)]
pub struct Left {
    /// The file that it died of.
    pub lost: Option<usize>,
    /// Files whose structure is read once more.
    pub again: Vec<usize>,
    /// Workers that were on the same file, which nobody can go on with: they are
    /// to be ended too.
    pub along: Vec<usize>,
}

impl Sharing {
    /// Files for so many workers.
    pub fn new(files: impl IntoIterator<Item = usize>, workers: usize) -> Self {
        let file = |index| File {
            index,
            size: 0,
            over: false,
        };
        let mut files: Vec<File> = files.into_iter().map(file).collect();
        files.order_by_key(|file| file.index);
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

    /// Bytes of all files whose structure was read.
    pub fn bytes_total(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    /// Bytes that passed, of these.
    pub fn bytes(&self) -> u64 {
        let over = self.files.iter().filter(|file| file.over).map(|file| file.size);
        let under_way = self.workers.iter().filter(|doing| doing.passing().is_some());
        over.chain(under_way.map(|doing| doing.bytes)).sum()
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
            let files: Vec<usize> = self.waiting.drain(..self.batch(&self.waiting)).collect();
            doing.passes.clone_from(&files);
            Work::Pass(files)
        } else {
            let files: Vec<usize> = self.unread.drain(..self.batch(&self.unread)).collect();
            doing.reads.clone_from(&files);
            Work::Read(files)
        };
        if doing.is_idle() {
            return None;
        }
        *self.workers.get_mut(worker)? = doing;
        Some(work)
    }

    /// Where a worker has nothing to do: whom it helps from now on.
    pub fn help(&mut self) -> Option<Help> {
        if self.has_work() {
            return None;
        }
        let free = |doing: &Doing| doing.there && doing.is_idle();
        let helper = self.workers.iter().position(free)?;
        let most_left = |(giver, doing): (usize, &Doing)| {
            let file = doing.passing()?;
            let left = self.size(file).saturating_sub(doing.bytes);
            let on_it = 1 + self.helpers(giver, file).count();
            (left >= SHARED_FROM && on_it < MOST_ON_A_FILE).then_some((left / on_it as u64, giver, file))
        };
        let (_, giver, file) = self.workers.iter().enumerate().filter_map(most_left).max()?;
        self.workers.get_mut(helper)?.helps = Some((giver, file));
        Some(Help { file, giver, helper })
    }

    fn helpers(&self, giver: usize, file: usize) -> impl Iterator<Item = usize> {
        let helps = move |(helper, doing): (usize, &Doing)| (doing.helps == Some((giver, file))).then_some(helper);
        self.workers.iter().enumerate().filter_map(helps)
    }

    /// What a worker helped with is over, whether or not whom it helped has said
    /// so yet.
    pub fn helped(&mut self, worker: usize) {
        let helped = self.workers.get_mut(worker).and_then(|doing| doing.helps.take());
        if let Some((giver, file)) = helped {
            let size = self.size(file);
            let giver = self
                .workers
                .get_mut(giver)
                .filter(|doing| doing.passing() == Some(file));
            giver.into_iter().for_each(|doing| doing.bytes = size);
        }
    }

    /// Where a file stands in the list.
    fn place(&self, index: usize) -> Option<usize> {
        self.files.binary_search_by_key(&index, |file| file.index).ok()
    }

    fn size(&self, index: usize) -> u64 {
        self.place(index).map_or(0, |at| self.files[at].size)
    }

    /// Nothing more is to be done about a file; whether that is news.
    fn close(&mut self, index: usize) -> bool {
        let at = self.place(index);
        at.is_some_and(|at| !std::mem::replace(&mut self.files[at].over, true))
    }

    /// How many of these files, from the first on, are given out at once.
    fn batch(&self, files: &[usize]) -> usize {
        let fair = files.len().div_ceil(self.workers.len()).min(MOST_FILES);
        let mut bytes = 0;
        let fits = |(at, file): &(usize, &usize)| {
            bytes += self.size(**file);
            *at == 0 || bytes <= MOST_BYTES
        };
        files.iter().take(fair).enumerate().take_while(fits).count()
    }

    /// A worker begins on a file.
    pub fn begin(&mut self, worker: usize, file: usize) {
        if let Some(doing) = self.workers.get_mut(worker) {
            (doing.at, doing.bytes) = (Some(file), 0);
        }
    }

    /// So many bytes have passed of the file that a worker is on.
    pub fn progress(&mut self, worker: usize, bytes: u64) {
        if let Some(doing) = self.workers.get_mut(worker) {
            doing.bytes = bytes;
        }
    }

    /// A worker has read a structure: the file's bytes may pass, which are so many.
    pub fn read(&mut self, worker: usize, file: usize, size: u64) {
        if let Some(at) = self.place(file) {
            self.files[at].size = size;
        }
        if self.answered(worker, file) {
            self.wait(file);
        }
    }

    fn wait(&mut self, file: usize) {
        let at = self.waiting.partition_point(|other| *other < file);
        self.waiting.insert(at, file);
    }

    /// A worker is through with a file, or cannot read it on; whether that is
    /// news.
    pub fn over(&mut self, worker: usize, file: usize) -> bool {
        self.answered(worker, file) && self.close(file)
    }

    /// Takes a file off what a worker is on; whether it was.
    fn answered(&mut self, worker: usize, file: usize) -> bool {
        let Some(doing) = self.workers.get_mut(worker) else {
            return false;
        };
        doing.at = None;
        let on = [&mut doing.reads, &mut doing.passes];
        on.into_iter().any(|files| {
            let at = files.iter().position(|other| *other == file);
            at.map(|at| files.remove(at)).is_some()
        })
    }

    /// A worker died: of the file that it was on, or else of the first that it
    /// had not answered. The others wait for a worker again.
    pub fn died(&mut self, worker: usize) -> Left {
        let helped = self.workers.get(worker).and_then(|doing| doing.helps);
        let still = helped.filter(|(giver, file)| self.workers.get(*giver).and_then(Doing::passing) == Some(*file));
        let first = still.map_or(worker, |(giver, _)| giver);
        let Some(doing) = self.workers.get_mut(first).map(std::mem::take) else {
            return Left::default();
        };
        let mut along: Vec<usize> = doing
            .at
            .map_or_else(Vec::new, |file| self.helpers(first, file).collect());
        for helper in &along {
            self.workers[*helper] = Doing::default();
        }
        along.push(first);
        along.retain(|other| *other != worker);
        let unanswered = || doing.reads.first().or(doing.passes.first()).copied();
        let lost = doing.at.or_else(unanswered);
        let others = |files: Vec<usize>| files.into_iter().filter(|file| Some(*file) != lost).collect::<Vec<_>>();
        let again = others(doing.reads);
        self.unread.extend(&again);
        self.unread.sort_unstable();
        others(doing.passes).into_iter().for_each(|file| self.wait(file));
        Left {
            lost: lost.filter(|file| self.close(*file)),
            again,
            along,
        }
    }

    /// No worker will come any more: the files that nobody can read.
    pub fn abandoned(&mut self) -> Vec<usize> {
        let mut files = std::mem::take(&mut self.unread);
        files.append(&mut self.waiting);
        files.into_iter().filter(|file| self.close(*file)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIB: u64 = 1 << 20;

    /// So many files, for workers that have started.
    fn sharing(files: usize, workers: usize) -> Sharing {
        let mut sharing = Sharing::new(0..files, workers);
        (0..workers).for_each(|worker| sharing.started(worker));
        sharing
    }

    /// As above, everything read by the first worker.
    fn all_read(sizes: &[u64], workers: usize) -> Sharing {
        let mut sharing = sharing(sizes.len(), workers);
        read_all(&mut sharing, sizes);
        sharing
    }

    fn pass(file: usize) -> Option<Work> {
        Some(Work::Pass(vec![file]))
    }

    const fn help(helper: usize, giver: usize, file: usize) -> Option<Help> {
        Some(Help { file, giver, helper })
    }

    fn read_all(sharing: &mut Sharing, sizes: &[u64]) {
        while let Some(Work::Read(files)) = (!sharing.all_read()).then(|| sharing.next(0)).flatten() {
            files.iter().for_each(|file| sharing.read(0, *file, sizes[*file]));
        }
    }

    fn files(work: Option<Work>) -> Vec<usize> {
        match work {
            Some(Work::Read(files) | Work::Pass(files)) => files,
            None => Vec::new(),
        }
    }

    #[test]
    fn structures_come_first_and_in_the_order_of_the_list() {
        let mut sharing = sharing(100, 2);
        assert_eq!(files(sharing.next(0)), (0..32).collect::<Vec<_>>());
        assert_eq!(files(sharing.next(1)), (32..64).collect::<Vec<_>>());
        assert_eq!(sharing.next(1), None, "it has something to do");
        (32..64).for_each(|file| sharing.read(1, file, 1));
        assert_eq!(
            files(sharing.next(1)),
            (64..82).collect::<Vec<_>>(),
            "a fair share of the rest"
        );
    }

    #[test]
    fn with_one_large_file_each_who_is_free_helps() {
        for (workers, on_it) in [(1, 1), (2, 2), (3, 3), (4, 3), (8, 3)] {
            let mut sharing = all_read(&[100 * MIB], workers);
            assert_eq!(sharing.next(0), pass(0));
            assert_eq!(sharing.help(), None, "nobody is on it yet");
            sharing.begin(0, 0);
            sharing.progress(0, 10 * MIB);
            for helper in 1..on_it {
                assert_eq!(sharing.help(), help(helper, 0, 0));
            }
            assert_eq!(sharing.help(), None, "{workers} workers");
            assert_eq!(sharing.bytes(), 10 * MIB);
            assert!(sharing.over(0, 0));
            for helper in 1..on_it {
                assert!(!sharing.is_done(), "a helper has not left");
                sharing.helped(helper);
            }
            assert!(sharing.is_done());
            assert_eq!(sharing.bytes(), 100 * MIB);
        }
    }

    #[test]
    fn who_has_not_started_is_not_counted_on() {
        let mut sharing = Sharing::new([0], 2);
        read_all(&mut sharing, &[100 * MIB]);
        assert_eq!(sharing.next(0), pass(0));
        sharing.begin(0, 0);
        assert_eq!(sharing.help(), None);
        sharing.started(1);
        assert_eq!(sharing.help(), help(1, 0, 0));
    }

    #[test]
    fn who_is_through_helps_with_what_has_most_left() {
        let mut sharing = all_read(&[100 * MIB, 90 * MIB, 100 * MIB, 20 * MIB], 4);
        for worker in 0..4 {
            assert_eq!(sharing.next(worker), pass(worker));
            sharing.begin(worker, worker);
        }
        sharing.progress(2, 60 * MIB);
        assert_eq!(sharing.help(), None, "all have something to do");
        assert!(sharing.over(0, 0));
        assert_eq!(sharing.help(), help(0, 1, 1));
        assert_eq!(sharing.bytes(), 160 * MIB);
        assert!(sharing.over(3, 3));
        sharing.progress(1, 20 * MIB);
        assert_eq!(sharing.help(), help(3, 2, 2), "two are on the other already");
        assert!(sharing.over(2, 2));
        sharing.helped(3);
        sharing.progress(1, 80 * MIB);
        assert_eq!(sharing.help(), None, "it is soon over");
    }

    #[test]
    fn who_was_sent_away_knows_that_the_file_is_over() {
        let mut sharing = all_read(&[100 * MIB], 2);
        let _ = sharing.next(0);
        sharing.begin(0, 0);
        sharing.progress(0, 50 * MIB);
        assert_eq!(sharing.help(), help(1, 0, 0));
        sharing.helped(1);
        assert_eq!(sharing.help(), None);
        assert_eq!(sharing.bytes(), 100 * MIB);
        assert!(!sharing.is_done(), "what came of it is still to come");
    }

    #[test]
    fn small_files_are_given_out_by_the_batch() {
        let mut sharing = all_read(&[MIB; 40], 2);
        assert_eq!(files(sharing.next(0)), (0..20).collect::<Vec<_>>());
        assert_eq!(files(sharing.next(1)), (20..30).collect::<Vec<_>>());
        let mut sharing = all_read(&[10 * MIB; 40], 2);
        assert_eq!(files(sharing.next(0)), (0..6).collect::<Vec<_>>());
    }

    #[test]
    fn a_worker_that_dies_loses_one_file() {
        let mut sharing = sharing(4, 1);
        assert_eq!(files(sharing.next(0)), [0, 1, 2, 3]);
        sharing.begin(0, 0);
        sharing.read(0, 0, 10);
        sharing.begin(0, 1);
        let left = sharing.died(0);
        assert_eq!((left.lost, left.again), (Some(1), vec![2, 3]));
        assert_eq!(files(sharing.next(0)), [2, 3]);
        sharing.read(0, 2, 20);
        assert!(sharing.over(0, 3));
        assert_eq!(files(sharing.next(0)), [0, 2]);
        // It did not even begin.
        assert_eq!(sharing.died(0).lost, Some(0));
        assert_eq!(files(sharing.next(0)), [2]);
        assert!(sharing.over(0, 2));
        assert!(sharing.is_done());
        assert_eq!(
            (sharing.bytes(), sharing.bytes_total()),
            (30, 30),
            "of those that were read"
        );
    }

    #[test]
    fn who_is_on_a_file_with_one_that_dies_ends_along() {
        for died in 0..3 {
            let mut sharing = all_read(&[100 * MIB, MIB, MIB], 3);
            assert_eq!(sharing.next(0), pass(0));
            for worker in [1, 2] {
                assert_eq!(sharing.next(worker), pass(worker));
                sharing.over(worker, worker);
            }
            sharing.begin(0, 0);
            assert_eq!([sharing.help(), sharing.help()], [help(1, 0, 0), help(2, 0, 0)]);
            let left = sharing.died(died);
            let mut ended = left.along;
            ended.push(died);
            ended.sort_unstable();
            assert_eq!((left.lost, ended), (Some(0), vec![0, 1, 2]));
            assert!(sharing.is_done());
        }
    }

    #[test]
    fn a_helper_that_dies_after_the_file_is_over_takes_nothing_along() {
        let mut sharing = all_read(&[100 * MIB], 2);
        let _ = sharing.next(0);
        sharing.begin(0, 0);
        assert_eq!(sharing.help(), help(1, 0, 0));
        assert!(sharing.over(0, 0));
        assert_eq!(sharing.died(1), Left::default());
        assert!(sharing.is_done());
    }

    proptest! {
        /// Whoever is quick, slow or dies: every file is told once, whole or
        /// lost, and all bytes of those that were read are counted.
        #[test]
        fn every_file_is_told_once(
            sizes in prop::collection::vec(0..80 * MIB, 0..60),
            workers in 1_usize..9,
            turns in prop::collection::vec((0_usize..9, 0_u8..9), 0..2000),
        ) {
            let mut sharing = sharing(sizes.len(), workers);
            let mut told = vec![0; sizes.len()];
            let mut read = vec![false; sizes.len()];
            // What each is on, and whether the bytes pass; whom it helps with what.
            let mut doing: Vec<Vec<(usize, bool)>> = vec![Vec::new(); workers];
            let mut helping: Vec<Option<(usize, usize)>> = vec![None; workers];
            let quiet = (0..).map(|turn| (turn % workers, 1));
            for (worker, luck) in turns.into_iter().map(|(worker, luck)| (worker % workers, luck)).chain(quiet) {
                if sharing.is_done() {
                    break;
                }
                while let Some(Help { file, giver, helper }) = sharing.help() {
                    prop_assert!(doing[helper].is_empty() && helping[helper].is_none());
                    prop_assert_eq!(doing[giver].first(), Some(&(file, true)));
                    helping[helper] = Some((giver, file));
                }
                let on = doing[worker].first().copied();
                let died = luck == 0 && (on.is_some() || helping[worker].is_some());
                if died {
                    let left = sharing.died(worker);
                    let helped = helping[worker].map(|(_, file)| file);
                    prop_assert!(left.lost.is_none_or(|lost| Some(lost) == on.map(|(file, _)| file).or(helped)));
                    left.lost.into_iter().for_each(|lost| told[lost] += 1);
                    for ended in left.along.into_iter().chain([worker]) {
                        (doing[ended], helping[ended]) = (Vec::new(), None);
                        sharing.started(ended);
                    }
                } else if let Some((giver, file)) = helping[worker] {
                    // It is told to leave once the file is over.
                    if doing[giver].first() != Some(&(file, true)) {
                        helping[worker] = None;
                        sharing.helped(worker);
                    }
                } else if let Some((file, bytes)) = on {
                    if luck > 4 {
                        sharing.begin(worker, file);
                        sharing.progress(worker, sizes[file] / u64::from(luck));
                        continue;
                    }
                    doing[worker].remove(0);
                    if bytes || luck == 2 {
                        told[file] += i32::from(sharing.over(worker, file));
                    } else {
                        read[file] = true;
                        sharing.read(worker, file, sizes[file]);
                    }
                } else {
                    doing[worker] = match sharing.next(worker) {
                        Some(Work::Read(files)) => files.into_iter().map(|file| (file, false)).collect(),
                        Some(Work::Pass(files)) => files.into_iter().map(|file| (file, true)).collect(),
                        None => Vec::new(),
                    };
                }
                prop_assert!(sharing.bytes() <= sharing.bytes_total());
            }
            prop_assert!(told.iter().all(|times| *times == 1), "{:?}", told);
            let read = read.iter().zip(&sizes).filter(|(read, _)| **read).map(|(_, size)| size);
            prop_assert_eq!(sharing.bytes_total(), read.sum::<u64>());
            prop_assert_eq!(sharing.bytes(), sharing.bytes_total());
        }
    }
}
