//! The page's side of the workers: starts them, gives each something to do,
//! listens, ends them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdleRequestOptions, MessageChannel, MessageEvent, Worker};
use yew::Callback;

use super::kept::{self, TakenOver};
use super::message::{Report, Task, TaskFile, TaskPass, Told, to_js};
use super::share::{Help, MOST_ON_A_FILE, SHARED_FROM, Sharing, Work};
use crate::digest::Algorithm;
use crate::inspect::Reading;
use crate::pass::Passed;
use crate::recording::Recorded;
use crate::signature::Stream;
use crate::sort::Sort;
use crate::ui::exports::{ExportsAction, Progress};
use crate::words::lang::t;

#[wasm_bindgen]
extern "C" {
    /// Given by the boot script: a worker that already holds the module.
    #[wasm_bindgen(js_namespace = xishi, js_name = spawn, catch)]
    pub(super) fn spawn() -> Result<Worker, JsValue>;

    /// Given by the boot script: has the next workers started by the time they
    /// are wanted.
    #[wasm_bindgen(js_namespace = xishi, js_name = prepare, catch)]
    fn prepare_workers(count: usize) -> Result<(), JsValue>;
}

/// More workers than this wait for the disk rather than for a core.
const MOST_WORKERS: usize = 8;

/// The least time between two changes of the page, in milliseconds.
const TELL_EVERY: f64 = 500.0;

/// Files being read. Dropping it ends the workers, and with them all their
/// memory.
pub struct Job(Rc<RefCell<Running>>);

struct Running {
    sharing: Sharing,
    /// A worker a core, started when there is something for it to do.
    workers: Vec<Option<Hand>>,
    /// By the page's number for them, which they are sorted by; what must be
    /// known of those whose structure was read.
    files: Vec<(TaskFile, Option<Stream>)>,
    told: Told,
    /// Recordings of files whose reading is still to come.
    parts: BTreeMap<usize, Vec<Recorded>>,
    news: News,
    /// Nothing is given out until the page has painted what it was told.
    resting: bool,
    started: f64,
    report: Callback<ExportsAction>,
}

/// One worker, and what listens to it.
struct Hand {
    worker: Worker,
    _listeners: [JsValue; 2],
}

/// What the page has not been told yet.
#[derive(Default)]
struct News {
    readings: Vec<(usize, Reading)>,
    passed: Vec<(usize, Passed)>,
    failed: Vec<(usize, String)>,
    moved: bool,
    /// When it was told last.
    told: f64,
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Files may come soon.
pub fn prepare() {
    // A browser that refuses refuses again, and is heard, when files come.
    when_idle(|| drop(prepare_workers(cores().min(MOST_ON_A_FILE))));
}

/// Does something once the page has nothing else to do, or soon anyhow; at
/// once where the browser does not tell.
fn when_idle(work: impl FnOnce() + 'static) {
    /// Milliseconds after which it is done however busy the page is.
    const LONGEST: u32 = 200;
    let work = Closure::once_into_js(work);
    let work: &Function = work.unchecked_ref();
    let options = IdleRequestOptions::new();
    options.set_timeout(LONGEST);
    let asked = gloo::utils::window().request_idle_callback_with_options(work, &options);
    if asked.is_err() {
        // What it throws has been told.
        let _ = work.call0(&JsValue::NULL);
    }
}

/// How many workers files are shared out among: one a core.
fn cores() -> usize {
    let cores = gloo::utils::window().navigator().hardware_concurrency();
    // No number, where the browser does not say, becomes none.
    (cores as usize).clamp(1, MOST_WORKERS)
}

impl Job {
    /// Reads the files in workers and reports what they find.
    ///
    /// Where `recall` says so, files that this browser has kept what was found
    /// of are taken over instead.
    pub fn start(mut files: Vec<TaskFile>, told: Told, recall: bool, report: Callback<ExportsAction>) -> Self {
        files.order_by_key(|file| file.index);
        let cores = cores();
        let running = Rc::new(RefCell::new(Running {
            sharing: Sharing::new([], cores),
            workers: (0..cores).map(|_| None).collect(),
            files: Vec::new(),
            told,
            parts: BTreeMap::new(),
            news: News::default(),
            resting: false,
            started: js_sys::Date::now(),
            report,
        }));
        if recall {
            spawn_local(take_over(Rc::downgrade(&running), files));
        } else {
            begin(&running, files);
        }
        Self(running)
    }
}

/// Reads what this browser kept nothing of.
async fn take_over(running: Weak<RefCell<Running>>, mut files: Vec<TaskFile>) {
    let told = running.upgrade().map(|running| running.borrow().told.clone());
    let kept = kept::recall(&files, &told.unwrap_or_default()).await;
    // Cancelled meanwhile, where it is gone.
    let Some(running) = running.upgrade() else { return };
    let taken = files
        .iter()
        .zip(kept)
        .filter_map(|(file, kept)| Some((file.index, kept?)));
    let taken: Vec<(usize, TakenOver)> = taken.collect();
    files.retain(|file| taken.binary_search_by_key(&file.index, |(index, _)| *index).is_err());
    if !taken.is_empty() {
        let report = running.borrow().report.clone();
        report.emit(ExportsAction::TakenOver(taken));
    }
    begin(&running, files);
}

fn begin(running: &Rc<RefCell<Running>>, files: Vec<TaskFile>) {
    {
        let mut state = running.borrow_mut();
        state.sharing = Sharing::new(files.iter().map(|file| file.index), state.workers.len());
        state.files = files.into_iter().map(|file| (file, None)).collect();
    }
    give_out(running);
}

impl Drop for Job {
    fn drop(&mut self) {
        self.0.borrow_mut().workers.clear();
    }
}

impl Running {
    fn file(&mut self, index: usize) -> Option<&mut (TaskFile, Option<Stream>)> {
        let at = self.files.binary_search_by_key(&index, |(file, _)| file.index).ok()?;
        self.files.get_mut(at)
    }

    fn take(&mut self, worker: usize, report: Report) {
        match report {
            Report::At { index } => self.sharing.begin(worker, index),
            Report::Part { index, recorded } => self.parts.entry(index).or_default().extend(recorded),
            Report::Read { readings } => {
                for (index, mut reading) in readings {
                    if let Some(mut recorded) = self.parts.remove(&index) {
                        recorded.append(&mut reading.recorded);
                        reading.recorded = recorded;
                    }
                    if let Some((_, stream)) = self.file(index) {
                        *stream = Some(Stream::of(&reading));
                    }
                    self.sharing.read(worker, index, reading.size);
                    self.news.readings.push((index, reading));
                }
            }
            Report::Helped => self.sharing.helped(worker),
            Report::Progress { bytes } => {
                self.sharing.progress(worker, bytes);
                self.news.moved = true;
            }
            Report::Passed { index, passed } => {
                if self.sharing.over(worker, index) {
                    self.news.passed.push((index, *passed));
                    self.news.moved = true;
                }
            }
            Report::Failed { index, why } => {
                if self.sharing.over(worker, index) {
                    self.news.failed.push((index, why));
                }
            }
            Report::Done => {}
        }
    }

    /// The worker died: what it was on is told, the rest goes to others.
    fn died(&mut self, worker: usize) {
        let left = self.sharing.died(worker);
        for ended in left.along.into_iter().chain([worker]) {
            if let Some(hand) = self.workers.get_mut(ended) {
                *hand = None;
            }
        }
        for index in left.again.iter().chain(&left.lost) {
            self.parts.remove(index);
        }
        let lost = left.lost.and_then(|index| self.file(index));
        let reading = lost.map(|(file, _)| (file.index, Reading::failed(&file.path, file.file.size() as u64)));
        self.news.readings.extend(reading);
    }

    /// Whether the last structure is there, which brings a first verdict.
    fn brings_verdict(&self) -> bool {
        self.sharing.all_read() && !self.news.readings.is_empty()
    }

    /// What the page is to be told now; the end included.
    fn tell(&mut self, now: f64) -> Vec<ExportsAction> {
        let (done, first) = (self.sharing.is_done(), self.brings_verdict());
        let news = &mut self.news;
        if !(done || first || now - news.told > TELL_EVERY) {
            return Vec::new();
        }
        news.told = now;
        let mut actions = Vec::new();
        if !news.readings.is_empty() {
            let mut readings = std::mem::take(&mut news.readings);
            readings.order_by_key(|(index, _)| *index);
            actions.push(ExportsAction::Read(readings));
        }
        if !news.passed.is_empty() {
            actions.push(ExportsAction::Passed(std::mem::take(&mut news.passed)));
        }
        let failed = std::mem::take(&mut news.failed);
        actions.extend(failed.into_iter().map(|(index, why)| ExportsAction::Failed(index, why)));
        if done {
            self.workers.clear();
            actions.push(ExportsAction::Done);
        } else if std::mem::take(&mut news.moved) {
            let bytes = self.sharing.bytes();
            let seconds = (now - self.started) / 1000.0;
            actions.push(ExportsAction::Progress(Progress {
                bytes,
                bytes_total: self.sharing.bytes_total(),
                speed: (seconds > 1.0).then(|| bytes as f64 / seconds),
            }));
        }
        actions
    }

    fn task(&mut self, work: Work) -> Task {
        match work {
            Work::Read(files) => {
                let task = |index: usize| Some(self.file(index)?.0.again());
                Task::Read(files.into_iter().filter_map(task).collect())
            }
            Work::Pass(files) => {
                let task = |index: usize| {
                    let (file, stream) = self.file(index)?;
                    Some(TaskPass {
                        index,
                        file: file.file.clone(),
                        stream: *stream,
                        digests: Algorithm::ALL.to_vec(),
                    })
                };
                Task::Pass(files.into_iter().filter_map(task).collect())
            }
        }
    }

    /// Gives a worker a task; where that holds a port, it moves along.
    fn send(&mut self, worker: usize, task: &Task) {
        let moved: Array = match task {
            Task::Share { port, .. } | Task::Help { port } => [port].iter().collect(),
            _ => Array::new(),
        };
        let sent = match self.workers.get(worker) {
            Some(Some(hand)) => to_js(task)
                .map_err(JsValue::from)
                .and_then(|task| hand.worker.post_message_with_transfer(&task, &moved)),
            _ => Ok(()),
        };
        if sent.is_err() {
            self.died(worker);
        }
    }

    /// Starts a worker, where the browser lets it.
    fn employ(&mut self, running: &Rc<RefCell<Running>>, worker: usize) -> bool {
        let hand = start(running, worker, &self.told).ok();
        let started = hand.is_some();
        if started {
            self.sharing.started(worker);
        }
        if let Some(place) = self.workers.get_mut(worker) {
            *place = hand;
        }
        started
    }
}

/// Gives out what there is to do, and tells the page what is new.
fn give_out(running: &Rc<RefCell<Running>>) {
    // Passes would take every core: the verdict is seen first.
    let rests = running.borrow().brings_verdict();
    running.borrow_mut().resting |= rests;
    if rests {
        prepare_sharing(running);
    }
    if !running.borrow().resting {
        employ_all(running);
    }
    // Told with the state released: a listener may drop the job.
    let (report, actions) = {
        let mut state = running.borrow_mut();
        (state.report.clone(), state.tell(js_sys::Date::now()))
    };
    actions.into_iter().for_each(|action| report.emit(action));
    if rests {
        let weak = Rc::downgrade(running);
        when_idle(move || {
            if let Some(running) = weak.upgrade() {
                running.borrow_mut().resting = false;
                give_out(&running);
            }
        });
    }
}

/// By the time that bytes pass, those who may share a file have started.
fn prepare_sharing(running: &Rc<RefCell<Running>>) {
    let mut state = running.borrow_mut();
    if state.sharing.bytes_total() >= SHARED_FROM {
        for worker in 0..state.workers.len().min(MOST_ON_A_FILE) {
            if state.workers[worker].is_none() {
                state.employ(running, worker);
            }
        }
    }
}

/// Gives every worker that has nothing to do something, starts those that are
/// missing, and has large files shared where that leaves some without.
fn employ_all(running: &Rc<RefCell<Running>>) {
    let mut refused = false;
    loop {
        let mut state = running.borrow_mut();
        let idle = |state: &Running, there: bool| {
            let free = |worker: &usize| state.sharing.is_idle(*worker);
            let alike = |worker: &usize| state.workers.get(*worker).is_some_and(|hand| hand.is_some() == there);
            (0..state.workers.len()).find(|worker| free(worker) && alike(worker))
        };
        if !state.sharing.has_work() {
            break;
        }
        let worker = match (idle(&state, true), idle(&state, false)) {
            (Some(worker), _) => worker,
            (None, Some(worker)) if !refused => {
                refused = !state.employ(running, worker);
                continue;
            }
            _ if state.workers.iter().all(Option::is_none) => {
                for index in state.sharing.abandoned() {
                    let why = t!("浏览器不允许启动后台线程").to_owned();
                    state.news.failed.push((index, why));
                }
                break;
            }
            _ => break,
        };
        let Some(work) = state.sharing.next(worker) else { break };
        let task = state.task(work);
        state.send(worker, &task);
    }
    let mut state = running.borrow_mut();
    while let Some(Help { file, giver, helper }) = state.sharing.help() {
        let Ok(channel) = MessageChannel::new() else {
            state.sharing.helped(helper);
            break;
        };
        let (index, port) = (file, channel.port1());
        state.send(giver, &Task::Share { index, port });
        let port = channel.port2();
        state.send(helper, &Task::Help { port });
    }
}

/// Starts a worker.
fn start(running: &Rc<RefCell<Running>>, number: usize, told: &Told) -> Result<Hand, JsValue> {
    let worker = spawn()?;
    let weak = Rc::downgrade(running);
    let heard = move |running: &Weak<RefCell<Running>>, change: &mut dyn FnMut(&mut Running)| {
        if let Some(running) = running.upgrade() {
            change(&mut running.borrow_mut());
            give_out(&running);
        }
    };
    let onmessage = {
        let weak = weak.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let mut report = serde_wasm_bindgen::from_value::<Report>(event.data()).ok();
            heard(&weak, &mut |state| match report.take() {
                Some(report) => state.take(number, report),
                None => state.died(number),
            });
        })
    };
    let onerror = Closure::<dyn Fn(JsValue)>::new(move |_| heard(&weak, &mut |state| state.died(number)));
    worker.set_onmessage(Some(onmessage.as_ref().unchecked_ref()));
    worker.set_onerror(Some(onerror.as_ref().unchecked_ref()));
    let hand = Hand {
        worker,
        _listeners: [onmessage.into_js_value(), onerror.into_js_value()],
    };
    hand.worker.post_message(&to_js(&Task::Told(told.clone()))?)?;
    Ok(hand)
}
