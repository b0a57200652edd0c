//! The page's side of the worker: starts it, listens, ends it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};
use yew::Callback;

use super::message::{Report, Task, TaskFile, Told, to_js};
use crate::inspect::Reading;
use crate::recording::Recorded;
use crate::ui::exports::{ExportsAction, Progress};
use crate::words::lang::t;

#[wasm_bindgen]
extern "C" {
    /// Given by the boot script: a worker that already holds the module.
    #[wasm_bindgen(js_namespace = xishi, js_name = spawn, catch)]
    pub(super) fn spawn() -> Result<Worker, JsValue>;

    /// Given by the boot script: has the next worker started by the time it is
    /// wanted.
    #[wasm_bindgen(js_namespace = xishi, js_name = prepare, catch)]
    fn prepare_worker() -> Result<(), JsValue>;
}

/// Files being read. Dropping it ends the worker, and with it all its memory.
pub struct Job(Rc<RefCell<Running>>);

struct Running {
    worker: Option<Worker>,
    listeners: Option<[JsValue; 2]>,
    /// Files not yet through.
    left: Vec<TaskFile>,
    told: Told,
    /// Recordings of files whose reading is still to come.
    parts: BTreeMap<usize, Vec<Recorded>>,
    /// The file that the worker is on.
    at: Option<usize>,
    bytes_total: u64,
    /// Bytes of files that an earlier worker of this job finished.
    bytes_before: u64,
    started: f64,
    report: Callback<ExportsAction>,
}

/// Files may come soon.
pub fn prepare() {
    // A browser that refuses refuses again, and is heard, when files come.
    drop(prepare_worker());
}

impl Job {
    /// Reads the files in a worker and reports what it finds.
    pub fn start(files: Vec<TaskFile>, told: Told, report: Callback<ExportsAction>) -> Self {
        let bytes_total = files.iter().map(|file| file.file.size() as u64).sum();
        let running = Rc::new(RefCell::new(Running {
            worker: None,
            listeners: None,
            left: files,
            told,
            parts: BTreeMap::new(),
            at: None,
            bytes_total,
            bytes_before: 0,
            started: js_sys::Date::now(),
            report,
        }));
        launch(&running);
        Self(running)
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        self.0.borrow_mut().end();
    }
}

impl Running {
    fn end(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        self.listeners = None;
    }

    /// The actions that follow from a worker's report.
    fn take(&mut self, report: Report) -> Vec<ExportsAction> {
        match report {
            Report::At { index } => {
                self.at = Some(index);
                Vec::new()
            }
            Report::Read { readings } if readings.is_empty() => Vec::new(),
            Report::Part { index, recorded } => {
                self.parts.entry(index).or_default().extend(recorded);
                Vec::new()
            }
            Report::Read { mut readings } => {
                for (index, reading) in &mut readings {
                    if let Some(mut recorded) = self.parts.remove(index) {
                        recorded.append(&mut reading.recorded);
                        reading.recorded = recorded;
                    }
                }
                vec![ExportsAction::Read(readings)]
            }
            Report::Progress { bytes } => {
                let seconds = (js_sys::Date::now() - self.started) / 1000.0;
                let bytes = bytes + self.bytes_before;
                let speed = (seconds > 1.0).then(|| bytes as f64 / seconds);
                vec![ExportsAction::Progress(Progress {
                    bytes,
                    bytes_total: self.bytes_total,
                    speed,
                })]
            }
            Report::Passed { index, passed } => {
                self.through(index);
                vec![ExportsAction::Passed(index, passed)]
            }
            Report::Failed { index, why } => {
                self.through(index);
                vec![ExportsAction::Failed(index, why)]
            }
            Report::Done => {
                self.end();
                vec![ExportsAction::Done]
            }
        }
    }

    fn through(&mut self, index: usize) {
        self.left.retain(|file| file.index != index);
    }

    /// The worker died: what it was on is told, the rest goes to a new one.
    fn worker_died(&mut self) -> Vec<ExportsAction> {
        self.end();
        self.parts.clear();
        let lost: BTreeSet<usize> = self
            .at
            .take()
            .or_else(|| self.left.first().map(|file| file.index))
            .into_iter()
            .collect();
        let readings = self.left.iter().filter(|file| lost.contains(&file.index));
        let readings = readings
            .map(|file| (file.index, Reading::failed(&file.path, file.file.size() as u64)))
            .collect();
        self.left.retain(|file| !lost.contains(&file.index));
        let left: u64 = self.left.iter().map(|file| file.file.size() as u64).sum();
        self.bytes_before = self.bytes_total.saturating_sub(left);
        let mut actions = vec![ExportsAction::Read(readings)];
        if self.left.is_empty() {
            actions.push(ExportsAction::Done);
        }
        actions
    }
}

/// Starts a worker on what is left.
fn launch(running: &Rc<RefCell<Running>>) {
    let Ok(worker) = spawn() else {
        let (report, files) = {
            let state = running.borrow();
            (
                state.report.clone(),
                state.left.iter().map(|file| file.index).collect::<Vec<_>>(),
            )
        };
        for index in files {
            report.emit(ExportsAction::Failed(index, t!("浏览器不允许启动后台线程").to_owned()));
        }
        return report.emit(ExportsAction::Done);
    };
    let emit = |running: &Weak<RefCell<Running>>, change: &dyn Fn(&mut Running) -> Vec<ExportsAction>| {
        let Some(running) = running.upgrade() else { return };
        // Actions are sent with the state released: a listener may drop the job.
        let (report, actions) = {
            let mut state = running.borrow_mut();
            (state.report.clone(), change(&mut state))
        };
        actions.into_iter().for_each(|action| report.emit(action));
    };
    let onmessage = {
        let running = Rc::downgrade(running);
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            match serde_wasm_bindgen::from_value::<Report>(event.data()) {
                Ok(report) => {
                    let report = RefCell::new(Some(report));
                    emit(&running, &|state| {
                        report.take().map(|report| state.take(report)).unwrap_or_default()
                    });
                }
                Err(_) => died(&running),
            }
        })
    };
    let onerror = {
        let running = Rc::downgrade(running);
        Closure::<dyn Fn(JsValue)>::new(move |_| died(&running))
    };
    let task = Task {
        files: running.borrow().left.iter().map(TaskFile::again).collect(),
        told: running.borrow().told.clone(),
    };
    worker.set_onmessage(Some(onmessage.as_ref().unchecked_ref()));
    worker.set_onerror(Some(onerror.as_ref().unchecked_ref()));
    let sent = to_js(&task)
        .map_err(JsValue::from)
        .and_then(|task| worker.post_message(&task));
    let mut state = running.borrow_mut();
    state.listeners = Some([onmessage.into_js_value(), onerror.into_js_value()]);
    state.worker = Some(worker);
    drop(state);
    if sent.is_err() {
        died(&Rc::downgrade(running));
    }
}

fn died(running: &Weak<RefCell<Running>>) {
    let Some(running) = running.upgrade() else { return };
    let (report, actions, more) = {
        let mut state = running.borrow_mut();
        if state.worker.is_none() {
            return;
        }
        let actions = state.worker_died();
        (state.report.clone(), actions, !state.left.is_empty())
    };
    actions.into_iter().for_each(|action| report.emit(action));
    if more {
        launch(&running);
    }
}
