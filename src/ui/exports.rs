//! The state of the recorder export: files, progress, and the verdict.

use std::rc::Rc;

use crate::dossier::Dossier;
use crate::inspect::{self, Options, Reading};
use crate::pass::Passed;
use crate::ui::shared::Shared;
use crate::web::kept::TakenOver;
use crate::wire::{Assessment, Inspection};

/// How far one file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    Waiting,
    /// Its structure was read.
    Read,
    /// Every byte went through the digests.
    Digested,
    /// The medium failed or permission was withdrawn.
    Failed(String),
    /// The user cancelled before it was read.
    Cancelled,
}

/// One file of the export.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub path: String,
    pub stage: Stage,
    pub reading: Option<Rc<Reading>>,
    /// When it was read, local time to the minute, where that was before and
    /// this browser had kept what was found.
    pub taken_over: Option<Rc<str>>,
}

/// How far a running job is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// Bytes passed through the digests, of all files.
    pub bytes: u64,
    pub bytes_total: u64,
    /// Bytes a second, once enough time has passed to tell.
    pub speed: Option<f64>,
}

/// The whole state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exports {
    pub entries: Shared<Vec<Entry>>,
    /// Some while a job runs.
    pub running: Option<Progress>,
    /// Certificates that the user trusts, as their files hold them.
    pub roots: Rc<Vec<Vec<u8>>>,
    /// What the law asks, from the dossier's verdict.
    options: Option<Rc<Options>>,
    /// Counts the changes that ask for another judgement.
    change: u64,
    /// The change that `inspection` follows from.
    judged: u64,
    pub inspection: Option<Shared<Inspection>>,
}

/// Every change.
#[derive(Clone, Debug)]
pub enum ExportsAction {
    /// A job starts on the files of these paths.
    Start(Vec<String>),
    /// Structures read since the last time: index and reading.
    Read(Vec<(usize, Reading)>),
    /// Files that are not read again: index, and what was found of it before.
    TakenOver(Vec<(usize, TakenOver)>),
    /// Bytes passed since the last time: index and what came of it.
    Passed(Vec<(usize, Passed)>),
    Failed(usize, String),
    Progress(Progress),
    Cancel,
    Done,
    /// Certificates that the user trusts, as their files hold them.
    Roots(Vec<Vec<u8>>),
    /// What a [`Judging`] came to.
    Judged(u64, Shared<Inspection>),
    /// A job starts on these files once more.
    Again(Vec<usize>),
    Clear,
}

impl Exports {
    /// Takes over what the law and the dossier ask for on this day.
    pub fn require(&mut self, assessment: &Assessment, dossier: &Dossier) {
        let options = Options::asked_by(assessment, dossier);
        if self.options.as_deref() != Some(&options) {
            self.options = Some(Rc::new(options));
            self.conclude();
        }
    }

    /// An empty state that another one's late results do not reach.
    pub(super) fn beside(other: &Self) -> Self {
        Self {
            change: other.change + 1,
            judged: other.change + 1,
            ..Self::default()
        }
    }

    /// Entries with a signature that a certificate could be held against.
    pub fn signed(&self) -> Vec<usize> {
        let signed = |entry: &Entry| entry.reading.as_ref().is_some_and(|r| r.signature.is_some());
        (0..self.entries.len())
            .filter(|at| self.entries.get(*at).is_some_and(signed))
            .collect()
    }

    /// Entries that were not read, for this browser had kept what was found.
    pub fn taken_over(&self) -> Vec<usize> {
        let entries = self.entries.iter().enumerate();
        entries
            .filter_map(|(at, entry)| entry.taken_over.as_ref().map(|_| at))
            .collect()
    }

    /// How many files are done with their structure.
    pub fn read_count(&self) -> usize {
        self.entries.iter().filter(|entry| entry.reading.is_some()).count()
    }

    pub(super) fn reduce(&mut self, action: ExportsAction) {
        match action {
            ExportsAction::Start(paths) => {
                let mut entries = (*self.entries).clone();
                entries.extend(paths.into_iter().map(|path| Entry {
                    path,
                    stage: Stage::Waiting,
                    reading: None,
                    taken_over: None,
                }));
                self.entries = Shared::new(entries);
                self.running = Some(Progress::default());
            }
            ExportsAction::Read(readings) => {
                self.update(readings.into_iter().map(|(index, reading)| {
                    let change = move |entry: &mut Entry| {
                        entry.stage = Stage::Read;
                        entry.reading = Some(Rc::new(reading));
                        entry.taken_over = None;
                    };
                    (index, change)
                }));
                self.conclude();
            }
            ExportsAction::TakenOver(files) => {
                self.update(files.into_iter().map(|(index, taken)| {
                    let change = move |entry: &mut Entry| {
                        entry.stage = Stage::Digested;
                        entry.reading = Some(Rc::new(taken.reading));
                        entry.taken_over = Some(taken.on.into());
                    };
                    (index, change)
                }));
                self.conclude();
            }
            ExportsAction::Passed(passed) => {
                self.update(passed.into_iter().map(|(index, passed)| {
                    let change = move |entry: &mut Entry| {
                        entry.stage = Stage::Digested;
                        if let Some(reading) = &mut entry.reading {
                            passed.complete(Rc::make_mut(reading));
                        }
                    };
                    (index, change)
                }));
            }
            ExportsAction::Failed(index, why) => {
                self.update([(index, move |entry: &mut Entry| entry.stage = Stage::Failed(why))])
            }
            ExportsAction::Progress(progress) => {
                if self.running.is_some() {
                    self.running = Some(progress);
                }
            }
            ExportsAction::Cancel => {
                self.running = None;
                let waiting = (0..self.entries.len()).filter(|at| self.entries[*at].stage == Stage::Waiting);
                let waiting: Vec<_> = waiting.collect();
                self.update(
                    waiting
                        .into_iter()
                        .map(|at| (at, |entry: &mut Entry| entry.stage = Stage::Cancelled)),
                );
                self.conclude();
            }
            ExportsAction::Done => {
                self.running = None;
                self.conclude();
            }
            ExportsAction::Roots(files) => self.roots = Rc::new(files),
            ExportsAction::Judged(change, inspection) => {
                // An older one is better than none, and the next is under way.
                if !self.entries.is_empty() && change > self.judged {
                    self.judged = change;
                    self.inspection = Some(inspection);
                }
            }
            ExportsAction::Again(indices) => {
                self.update(
                    indices
                        .into_iter()
                        .map(|at| (at, |entry: &mut Entry| entry.stage = Stage::Waiting)),
                );
                self.running = Some(Progress::default());
            }
            ExportsAction::Clear => {
                // What is still being judged is of files that are gone.
                *self = Self {
                    roots: self.roots.clone(),
                    ..Self::beside(self)
                }
            }
        }
    }

    fn update<F: FnOnce(&mut Entry)>(&mut self, changes: impl IntoIterator<Item = (usize, F)>) {
        let entries = self.entries.make_mut();
        for (index, change) in changes {
            if let Some(entry) = entries.get_mut(index) {
                change(entry);
            }
        }
    }

    fn conclude(&mut self) {
        self.change += 1;
        match self.judging() {
            Some(judging) if judging.is_long() => {}
            Some(judging) => {
                self.judged = self.change;
                self.inspection = Some(Shared::new(inspect::conclude(judging.readings(), &judging.options)));
            }
            None => self.inspection = None,
        }
    }

    /// What waits to be judged, if it takes so long that it is not done at
    /// once.
    pub fn waiting(&self) -> Option<Judging> {
        (self.change > self.judged).then(|| self.judging()).flatten()
    }

    fn judging(&self) -> Option<Judging> {
        let judging = Judging {
            change: self.change,
            entries: self.entries.clone(),
            options: self.options.clone()?,
        };
        judging.readings().next()?;
        Some(judging)
    }
}

/// Files, and what is asked of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Judging {
    pub change: u64,
    entries: Shared<Vec<Entry>>,
    options: Rc<Options>,
}

/// Files and separate recordings that are judged between two frames.
const AT_ONCE: usize = 20_000;

impl Judging {
    fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.entries.iter().filter_map(|entry| entry.reading.as_deref())
    }

    /// Whether it takes longer than a frame.
    fn is_long(&self) -> bool {
        fn parts(reading: &Reading) -> usize {
            let spans: usize = reading.recorded.iter().map(|recorded| recorded.spans.len()).sum();
            let inside: usize = reading.entries.iter().map(parts).sum();
            20 + spans + reading.events.len() + inside
        }
        self.readings().map(parts).sum::<usize>() > AT_ONCE
    }

    /// The judgement, in pieces: see [`inspect::conclude_with_breaks`].
    pub async fn judge(self, pause: impl AsyncFnMut()) -> ExportsAction {
        let inspection = inspect::conclude_with_breaks(self.readings(), &self.options, pause).await;
        ExportsAction::Judged(self.change, Shared::new(inspection))
    }
}
