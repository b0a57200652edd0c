//! The state of the recorder export: files, progress, and the verdict.

use std::rc::Rc;

use crate::dossier::Dossier;
use crate::inspect::{self, Options, Reading};
use crate::pass::Passed;
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
    pub size: u64,
    pub stage: Stage,
    pub reading: Option<Rc<Reading>>,
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

/// What the user says of the recordings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    pub motion_only: bool,
    /// The files are all that the recorder holds, not a sample.
    pub complete: bool,
    pub gap_threshold_seconds: u32,
    /// What must be added to the recorder's clock to make it right.
    pub clock_offset_seconds: i64,
}

/// The whole state.
#[derive(Clone, Debug, PartialEq)]
pub struct Exports {
    pub entries: Rc<Vec<Entry>>,
    /// Some while a job runs.
    pub running: Option<Progress>,
    pub settings: Settings,
    /// Certificates that the user trusts, as their files hold them.
    pub roots: Rc<Vec<Vec<u8>>>,
    /// What the law asks, from the dossier's verdict.
    options: Option<Rc<Options>>,
    pub inspection: Option<Rc<Inspection>>,
}

/// Every change.
#[derive(Clone, Debug)]
pub enum ExportsAction {
    /// A job starts on these files: path and size.
    Start(Vec<(String, u64)>),
    /// Structures read since the last time: index and reading.
    Read(Vec<(usize, Reading)>),
    Passed(usize, Box<Passed>),
    Failed(usize, String),
    Progress(Progress),
    Cancel,
    Done,
    Settings(Settings),
    /// Certificates that the user trusts, as their files hold them.
    Roots(Vec<Vec<u8>>),
    /// These entries are read once more.
    Again(Vec<usize>),
    Clear,
}

impl Default for Exports {
    fn default() -> Self {
        Self {
            entries: Rc::default(),
            running: None,
            settings: Settings {
                motion_only: false,
                complete: false,
                gap_threshold_seconds: 60,
                clock_offset_seconds: 0,
            },
            roots: Rc::default(),
            options: None,
            inspection: None,
        }
    }
}

impl Exports {
    /// Takes over what the law and the dossier ask for on this day.
    pub fn require(&mut self, assessment: &Assessment, dossier: &Dossier) {
        let options = Options {
            gap_threshold_seconds: self.settings.gap_threshold_seconds,
            motion_only: self.settings.motion_only,
            clock_offset_seconds: self.settings.clock_offset_seconds,
            complete: self.settings.complete,
            ..Options::asked_by(assessment, dossier)
        };
        if self.options.as_deref() != Some(&options) {
            self.options = Some(Rc::new(options));
            self.conclude();
        }
    }

    /// Entries with a signature that a certificate could be held against.
    pub fn signed(&self) -> Vec<usize> {
        let signed = |entry: &Entry| entry.reading.as_ref().is_some_and(|r| r.signature.is_some());
        (0..self.entries.len())
            .filter(|at| self.entries.get(*at).is_some_and(signed))
            .collect()
    }

    /// How many files are done with their structure.
    pub fn read_count(&self) -> usize {
        self.entries.iter().filter(|entry| entry.reading.is_some()).count()
    }

    pub(super) fn reduce(&mut self, action: ExportsAction) {
        match action {
            ExportsAction::Start(files) => {
                let mut entries = (*self.entries).clone();
                entries.extend(files.into_iter().map(|(path, size)| Entry {
                    path,
                    size,
                    stage: Stage::Waiting,
                    reading: None,
                }));
                self.entries = Rc::new(entries);
                self.running = Some(Progress::default());
            }
            ExportsAction::Read(readings) => {
                self.update(readings.into_iter().map(|(index, reading)| {
                    let change = move |entry: &mut Entry| {
                        entry.stage = Stage::Read;
                        entry.reading = Some(Rc::new(reading));
                    };
                    (index, change)
                }));
                self.conclude();
            }
            ExportsAction::Passed(index, passed) => {
                self.update([(index, move |entry: &mut Entry| {
                    entry.stage = Stage::Digested;
                    if let Some(reading) = &mut entry.reading {
                        passed.complete(Rc::make_mut(reading));
                    }
                })]);
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
            ExportsAction::Settings(settings) => self.settings = settings,
            ExportsAction::Roots(files) => self.roots = Rc::new(files),
            ExportsAction::Again(indices) => {
                let read = |entry: &mut Entry| entry.stage = Stage::Read;
                self.update(indices.into_iter().map(|index| (index, read)));
                self.running = Some(Progress::default());
            }
            ExportsAction::Clear => {
                *self = Self {
                    settings: self.settings,
                    roots: self.roots.clone(),
                    ..Self::default()
                }
            }
        }
    }

    fn update<F: FnOnce(&mut Entry)>(&mut self, changes: impl IntoIterator<Item = (usize, F)>) {
        let entries = Rc::make_mut(&mut self.entries);
        for (index, change) in changes {
            if let Some(entry) = entries.get_mut(index) {
                change(entry);
            }
        }
    }

    pub(super) fn conclude(&mut self) {
        let mut readings = self
            .entries
            .iter()
            .filter_map(|entry| entry.reading.as_deref())
            .peekable();
        self.inspection = match &self.options {
            Some(options) if readings.peek().is_some() => Some(Rc::new(inspect::conclude(readings, options))),
            _ => None,
        };
    }
}
