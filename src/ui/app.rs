//! The page in the browser: address, clock, storage, files and the worker,
//! wired to the session. All that is shown is in [`Shell`].

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::NaiveDate;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BeforeUnloadEvent, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::exports::{Entry, ExportsAction};
use super::route::Route;
use super::session::{Action, Keep, Session};
use super::shell::{Command, Shell};
use crate::dossier::Dossier;
use crate::formats::lists::mapping::Mapping;
use crate::inspect::Reading;
use crate::web::files::{self, Picked};
use crate::web::job::Job;
use crate::web::message::TaskFile;
use crate::web::storage;

/// A dossier larger than this is something else.
const DOSSIER_LIMIT: f64 = 64.0 * 1024.0 * 1024.0;

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer(|| Session::new(today(), storage::kept()));
    // One and the same for all time, so that what depends on it stays as it is.
    let dispatcher = session.dispatcher();
    let dispatch = (*use_memo((), |()| dispatcher.to_callback())).clone();
    let route = use_state_eq(here);
    let job = use_mut_ref(|| None::<Job>);
    let held = use_mut_ref(Held::new);

    {
        let route = route.setter();
        use_effect_with((), move |()| {
            let listener = EventListener::new(&window(), "hashchange", move |_| {
                route.set(here());
                window().scroll_to_with_x_and_y(0.0, 0.0);
            });
            move || drop(listener)
        });
    }
    {
        use_effect_with(route.page, |page| {
            document().set_title(&format!("{} · 锡视自查", page.label()));
            // On a phone the steps are a row that scrolls sideways.
            if let Ok(Some(step)) = document().query_selector(".steps [aria-current]") {
                let options = ScrollIntoViewOptions::new();
                options.set_inline(ScrollLogicalPosition::Center);
                options.set_block(ScrollLogicalPosition::Nearest);
                step.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    {
        let dispatch = dispatch.clone();
        use_effect_with(
            (session.dossier.clone(), session.keep, session.unsaved),
            move |(dossier, keep, unsaved)| {
                if *keep == Keep::Browser && *unsaved {
                    dispatch.emit(match storage::keep(dossier) {
                        Ok(()) => Action::Saved,
                        Err(_) => Action::StorageFailed,
                    });
                }
            },
        );
    }
    use_effect_with(session.unsaved, |unsaved| {
        let listener = unsaved.then(ask_before_leaving);
        move || drop(listener)
    });
    use_effect_with(session.elder, |elder| {
        if let Some(root) = document().document_element() {
            // Nothing depends on whether the class was there before.
            let _ = root.class_list().toggle_with_force("elder", *elder);
        }
    });

    {
        let (dispatch, busy) = (dispatch.clone(), use_mut_ref(|| false));
        use_effect_with(
            (session.exports.waiting(), session.exports.inspection.clone()),
            move |(waiting, _)| {
                let Some(judging) = waiting.clone() else { return };
                // What changed meanwhile is judged when this one is through.
                if !std::mem::replace(&mut *busy.borrow_mut(), true) {
                    spawn_local(async move {
                        let judged = judging.judge(breaks()).await;
                        *busy.borrow_mut() = false;
                        dispatch.emit(Action::Exports(judged));
                    });
                }
            },
        );
    }

    let oncommand = {
        let (dispatch, dossier) = (dispatch.clone(), session.dossier.clone());
        Callback::from(move |command: Command| run(command, &dispatch, &dossier))
    };
    let onfiles = {
        let (dispatch, job, held) = (dispatch.clone(), job.clone(), held.clone());
        let (first, mappings) = (session.exports.entries.len(), session.dossier.list_mappings.clone());
        Callback::from(move |picked: Vec<Picked>| read_files(picked, first, &mappings, &dispatch, &job, &held))
    };
    {
        let (dispatch, job, entries) = (dispatch.clone(), job.clone(), session.exports.entries.clone());
        let told = use_mut_ref(|| session.dossier.list_mappings.clone());
        let idle = session.exports.running.is_none();
        use_effect_with(
            (session.dossier.list_mappings.clone(), idle),
            move |(mappings, idle)| {
                // What was told while files were read is used when that is over.
                if *idle && *told.borrow() != *mappings {
                    mappings.clone_into(&mut told.borrow_mut());
                    read_again(&entries, mappings, &dispatch, &job, &held);
                }
            },
        );
    }
    let oncancel = {
        let (dispatch, job) = (dispatch.clone(), job);
        Callback::from(move |()| {
            job.borrow_mut().take();
            dispatch.emit(Action::Exports(ExportsAction::Cancel));
        })
    };
    html! { <Shell session={(*session).clone()} route={(*route).clone()} {dispatch} {oncommand} {onfiles} {oncancel} /> }
}

/// Lets the browser do its work whenever this has run for a while.
fn breaks() -> impl AsyncFnMut() {
    /// Milliseconds: several of these fit into what feels immediate.
    const WHILE: f64 = 12.0;
    let mut since = js_sys::Date::now();
    async move || {
        if js_sys::Date::now() - since > WHILE {
            let next_task = js_sys::Promise::new(&mut |resolve, _| {
                // Without a timer it goes on at once.
                if window().set_timeout_with_callback(&resolve).is_err() {
                    let _ = resolve.call0(&JsValue::NULL);
                }
            });
            let _ = JsFuture::from(next_task).await;
            since = js_sys::Date::now();
        }
    }
}

/// The browser's day.
fn today() -> NaiveDate {
    let now = js_sys::Date::new_0();
    NaiveDate::from_ymd_opt(now.get_full_year() as i32, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

fn here() -> Route {
    Route::from_hash(&window().location().hash().unwrap_or_default())
}

/// Only while this lives does the browser ask before the page is left.
fn ask_before_leaving() -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "beforeunload", options, |event| {
        event.prevent_default();
        if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
            event.set_return_value("1");
        }
    })
}

fn run(command: Command, dispatch: &Callback<Action>, dossier: &Rc<Dossier>) {
    match command {
        Command::Save => {
            let name = dossier
                .site
                .name
                .as_deref()
                .map(file_name)
                .filter(|name| !name.is_empty());
            let name = format!("{}-自查档案.json", name.as_deref().unwrap_or("锡视"));
            if storage::download(&name, "application/json", &dossier.to_json()).is_ok() {
                dispatch.emit(Action::Saved);
            }
        }
        Command::Open(file) => {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                let name = file.name();
                let read = match file.size() > DOSSIER_LIMIT {
                    true => Err("文件太大，不像是自查档案".to_owned()),
                    false => text_of(&file)
                        .await
                        .and_then(|text| Dossier::parse(&text).map_err(|e| e.to_string())),
                };
                dispatch.emit(Action::Open(name, read.map(Box::new)));
            });
        }
        Command::Print => {
            // Printing blocked by the browser is told by the browser.
            let _ = window().print();
        }
        Command::KeepHere => dispatch.emit(Action::Keep(Keep::Browser)),
        Command::FilesOnly => {
            storage::forget();
            dispatch.emit(Action::Keep(Keep::FileOnly));
        }
        Command::StartOver => {
            storage::forget();
            dispatch.emit(Action::StartOver);
        }
        Command::ToMain => {
            if let Some(main) = document()
                .get_element_by_id("main")
                .and_then(|main| main.dyn_into::<HtmlElement>().ok())
            {
                let _ = main.focus();
            }
        }
    }
}

/// A site's name without what file systems refuse.
fn file_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control() && !r#"\/:*?"<>|"#.contains(*c))
        .take(60)
        .collect::<String>()
        .trim()
        .to_owned()
}

async fn text_of(file: &web_sys::File) -> Result<String, String> {
    let text = JsFuture::from(file.text())
        .await
        .map_err(|_: JsValue| "文件读不出来".to_owned())?;
    text.as_string().ok_or_else(|| "文件读不出来".to_owned())
}

/// The picked files by their number on the page, should one be read again.
type Held = BTreeMap<usize, TaskFile>;

/// Lists that were not surely understood are read once more, now that something
/// else was told of lists.
fn read_again(
    entries: &[Entry],
    mappings: &[Mapping],
    dispatch: &Callback<Action>,
    job: &Rc<RefCell<Option<Job>>>,
    held: &Rc<RefCell<Held>>,
) {
    fn asks(reading: &Reading) -> bool {
        reading.sample.is_some() || reading.entries.iter().any(asks)
    }
    let asking = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.reading.as_deref().is_some_and(asks));
    let held = held.borrow();
    let tasks: Vec<TaskFile> = asking.filter_map(|(at, _)| Some(held.get(&at)?.again())).collect();
    if tasks.is_empty() {
        return;
    }
    let indices = tasks.iter().map(|task| task.index).collect();
    dispatch.emit(Action::Exports(ExportsAction::Again(indices)));
    *job.borrow_mut() = Some(Job::start(tasks, mappings.to_vec(), dispatch.reform(Action::Exports)));
}

/// Reads picked files in a worker; the page offers no more while one runs.
fn read_files(
    picked: Vec<Picked>,
    first: usize,
    mappings: &[Mapping],
    dispatch: &Callback<Action>,
    job: &Rc<RefCell<Option<Job>>>,
    held: &Rc<RefCell<Held>>,
) {
    if picked.is_empty() {
        return;
    }
    let sizes = picked
        .iter()
        .map(|picked| (picked.path.clone(), picked.file.size() as u64))
        .collect();
    let tasks = picked.into_iter().enumerate().map(|(at, picked)| TaskFile {
        index: first + at,
        modified: files::modified(&picked.file),
        path: picked.path,
        file: picked.file,
    });
    let tasks: Vec<TaskFile> = tasks.collect();
    held.borrow_mut()
        .extend(tasks.iter().map(|task| (task.index, task.again())));
    dispatch.emit(Action::Exports(ExportsAction::Start(sizes)));
    let report = dispatch.reform(Action::Exports);
    *job.borrow_mut() = Some(Job::start(tasks, mappings.to_vec(), report));
}
