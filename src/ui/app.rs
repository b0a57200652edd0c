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
use web_sys::{BeforeUnloadEvent, File, HtmlElement};
use yew::prelude::*;

use super::exports::{Entry, ExportsAction, Stage};
use super::route::{Page, Route};
use super::session::{Action, Keep, Session};
use super::shared::Shared;
use super::shell::{Command, Shell};
use crate::dossier::Dossier;
use crate::inspect::Reading;
use crate::papers::Paper;
use crate::web::files::Picked;
use crate::web::job::{self, Job};
use crate::web::kept;
use crate::web::message::{TaskFile, Told};
use crate::web::storage::{self, NotKept};
use crate::web::timing::breaks;
use crate::web::{cameras, code, picture};
use crate::words::lang::{self, Lang, t};

/// A dossier larger than this is something else.
const DOSSIER_LIMIT: f64 = 64.0 * 1024.0 * 1024.0;

/// A file of certificates larger than this is something else.
const ROOT_LIMIT: f64 = 1024.0 * 1024.0;

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer(|| {
        lang::set(language());
        let mut kept = storage::kept();
        if let Some(dossier) = &kept.dossier {
            kept.versions = storage::set_aside(dossier, kept.versions);
        }
        Session::new(today(), kept)
    });
    // One and the same for all time, so that what depends on it stays as it is.
    let dispatcher = session.dispatcher();
    let dispatch = (*use_memo((), |()| dispatcher.to_callback())).clone();
    let route = use_state_eq(|| start(&session.dossier));
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
        use_effect_with((route.page, session.lang), |(page, _)| {
            document().set_title(&t!("{} · 锡视自查", page.label()));
            if *page == Page::Exports {
                job::prepare();
            }
        });
    }
    {
        let dispatch = dispatch.clone();
        let keeping = session.keep == Keep::Browser && session.unsaved && !session.overtaken;
        use_effect_with((session.dossier.clone(), keeping), move |(dossier, keeping)| {
            if *keeping {
                dispatch.emit(match storage::keep(dossier) {
                    Ok(()) => Action::Saved,
                    Err(NotKept::Overtaken) => Action::Overtaken,
                    Err(NotKept::Refused) => Action::StorageFailed,
                });
            }
        });
    }
    {
        // Other pages tell when they kept something.
        let dispatch = dispatch.clone();
        use_effect_with((session.keep, session.unsaved), move |(keep, unsaved)| {
            let (here, unsaved) = (*keep == Keep::Browser, *unsaved);
            let listener = here.then(|| {
                EventListener::new(&window(), "storage", move |_| {
                    if storage::overtaken() {
                        dispatch.emit(if unsaved { Action::Overtaken } else { theirs() });
                    }
                })
            });
            move || drop(listener)
        });
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

    // A paper with margins of its own: were they not the whole document's,
    // Firefox would end it with an empty page.
    let bare = route.page == Page::Papers && route.rest == Paper::Sign.id();
    use_effect_with(bare, |bare| {
        if let Some(root) = document().document_element() {
            // As above.
            let _ = root.class_list().toggle_with_force("bare-paper", *bare);
        }
    });

    use_effect_with((session.lang, session.keep), |(lang, keep)| {
        if let Some(root) = document().document_element() {
            // An attribute of this name is always taken.
            let _ = root.set_attribute("lang", lang.tag());
        }
        if *keep == Keep::Browser {
            storage::keep_language(*lang);
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
        let (dispatch, session) = (dispatch.clone(), session.clone());
        let (job, held) = (job.clone(), held.clone());
        Callback::from(move |command: Command| {
            let again = |entries| again(entries, told(&session), &dispatch, &job, &held);
            run(command, &dispatch, &session, &again);
        })
    };
    let onfiles = {
        let (dispatch, job, held) = (dispatch.clone(), job.clone(), held.clone());
        let (first, told) = (session.exports.entries.len(), told(&session));
        let recall = session.keep == Keep::Browser;
        Callback::from(move |picked: Vec<Picked>| {
            let tasks = tasks(picked, first, &held);
            if !tasks.is_empty() {
                let paths = tasks.iter().map(|task| task.path.clone()).collect();
                dispatch.emit(Action::Exports(ExportsAction::Start(paths)));
                *job.borrow_mut() = Some(Job::start(
                    tasks,
                    told.clone(),
                    recall,
                    dispatch.reform(Action::Exports),
                ));
            }
        })
    };
    {
        let told = told(&session);
        let known = use_mut_ref(Shared::<Vec<Entry>>::default);
        use_effect_with(
            (session.exports.entries.clone(), session.keep == Keep::Browser),
            move |(entries, keep)| {
                if *keep {
                    let known = known.replace(entries.clone());
                    kept::keep(finished(entries, &known), &told);
                }
            },
        );
    }
    let onroots = {
        let (dispatch, job, held) = (dispatch.clone(), job.clone(), held.clone());
        let (signed, mappings) = (session.exports.signed(), session.dossier.list_mappings.clone());
        Callback::from(move |files: Vec<Picked>| {
            let (dispatch, job, held) = (dispatch.clone(), job.clone(), held.clone());
            let (signed, mappings) = (signed.clone(), mappings.clone());
            spawn_local(async move {
                let mut roots = Vec::new();
                for file in files.iter().filter(|picked| picked.file.size() <= ROOT_LIMIT) {
                    roots.extend(bytes_of(&file.file).await);
                }
                dispatch.emit(Action::Exports(ExportsAction::Roots(roots.clone())));
                again(signed, Told { mappings, roots }, &dispatch, &job, &held);
            });
        })
    };
    {
        let (dispatch, job, entries) = (dispatch.clone(), job.clone(), session.exports.entries.clone());
        let used = use_mut_ref(|| session.dossier.list_mappings.clone());
        let told = told(&session);
        let idle = session.exports.running.is_none();
        use_effect_with(
            (session.dossier.list_mappings.clone(), idle),
            move |(mappings, idle)| {
                // What was told while files were read is used when that is over.
                if *idle && *used.borrow() != *mappings {
                    mappings.clone_into(&mut used.borrow_mut());
                    again(asking(&entries), told, &dispatch, &job, &held);
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
    html! { <Shell session={(*session).clone()} route={(*route).clone()} {dispatch} {oncommand} {onfiles} {onroots} {oncancel} /> }
}

/// The browser's day.
fn today() -> NaiveDate {
    let now = js_sys::Date::new_0();
    NaiveDate::from_ymd_opt(now.get_full_year() as i32, now.get_month() + 1, now.get_date()).unwrap_or_default()
}

/// What the address asks for (`?lang=en`), else what this browser keeps.
fn language() -> Lang {
    let asked = window().location().search().unwrap_or_default();
    let asked = asked.trim_start_matches('?').split('&');
    let mut asked = asked.filter_map(|part| Lang::from_tag(part.strip_prefix("lang=")?));
    asked.next().or_else(storage::language).unwrap_or_default()
}

fn here() -> Route {
    Route::from_hash(&window().location().hash().unwrap_or_default())
}

/// The page to open at: the one that the address names, if it names one.
fn start(dossier: &Dossier) -> Route {
    let hash = window().location().hash().unwrap_or_default();
    match hash.as_str() {
        "" | "#" | "#/" => Route::from_hash(&Page::first(dossier.site.place.is_some()).href()),
        hash => Route::from_hash(hash),
    }
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

/// What another page kept.
fn theirs() -> Action {
    let dossier = storage::kept().dossier;
    if dossier.is_none() {
        // What this page kept of files until now goes as well.
        kept::forget();
    }
    Action::TakeTheirs(dossier.map(Box::new))
}

fn run(command: Command, dispatch: &Callback<Action>, session: &Session, again: &dyn Fn(Vec<usize>)) {
    let dossier = &session.dossier;
    // What is about to be replaced stays among the versions.
    let set_aside = || {
        if session.keep == Keep::Browser {
            let versions = session.versions.as_ref().clone();
            dispatch.emit(Action::Versions(storage::set_aside(dossier, versions)));
        }
    };
    match command {
        Command::Save => {
            let name = t!("{}-自查档案.json", site_name(dossier).as_deref().unwrap_or(t!("锡视")));
            if storage::download(&name, "application/json", dossier.to_json().as_bytes()).is_ok() {
                dispatch.emit(Action::Saved);
            }
        }
        Command::Open(file) => {
            set_aside();
            open(file, dispatch, Action::Open);
        }
        Command::OpenOther(file) => open(file, dispatch, Action::OpenOther),
        Command::Print => {
            // Printing blocked by the browser is told by the browser.
            let _ = window().print();
        }
        Command::PrintEvidence => {
            let root = document().document_element();
            let only = |on: bool| {
                if let Some(root) = &root {
                    // As above: the class is set or it is not.
                    let _ = root.class_list().toggle_with_force("evidence-only", on);
                }
            };
            only(true);
            let _ = window().print();
            only(false);
        }
        Command::Download(file) => {
            let name = match site_name(dossier) {
                Some(site) => format!("{site}-{}", file.name),
                None => file.name,
            };
            if storage::download(&name, file.mime, &file.bytes).is_err() {
                dispatch.emit(Action::DownloadFailed);
            }
        }
        Command::ReadCode(file, found) => spawn_local(async move { found.emit(code::read(&file).await) }),
        Command::KeepHere => dispatch.emit(Action::Keep(Keep::Browser)),
        Command::ReadAgain(entries) => again(entries),
        Command::FilesOnly => {
            storage::forget();
            kept::forget();
            dispatch.emit(Action::Keep(Keep::FileOnly));
        }
        Command::StartOver => {
            set_aside();
            dispatch.emit(Action::StartOver);
        }
        Command::KeepMine => {
            storage::take_over();
            dispatch.emit(Action::KeepMine);
        }
        Command::TakeTheirs => dispatch.emit(theirs()),
        Command::SaveUnreadable => {
            let raw = storage::raw().unwrap_or_default();
            // A browser that refuses the download says so itself.
            drop(storage::download(
                t!("读不出来的档案.json"),
                "application/json",
                raw.as_bytes(),
            ));
        }
        Command::CameraTable(file) => {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                dispatch.emit(Action::CameraTable(file.name(), cameras::read(&file).await));
            });
        }
        Command::PlanPicture(file) => {
            let dispatch = dispatch.clone();
            spawn_local(async move {
                dispatch.emit(Action::PlanPicture(file.name(), picture::read(&file).await));
            });
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

/// Reads a dossier from a file and tells it, or why it cannot be read.
fn open(file: File, dispatch: &Callback<Action>, told: fn(String, Result<Box<Dossier>, String>) -> Action) {
    let dispatch = dispatch.clone();
    spawn_local(async move {
        let read = match file.size() > DOSSIER_LIMIT {
            true => Err(t!("文件太大，不像是自查档案").to_owned()),
            false => text_of(&file)
                .await
                .and_then(|text| Dossier::parse(&text).map_err(|e| e.to_string())),
        };
        dispatch.emit(told(file.name(), read.map(Box::new)));
    });
}

/// The site's name without what file systems refuse.
fn site_name(dossier: &Dossier) -> Option<String> {
    let name = dossier.site.name.as_deref()?.chars();
    let allowed = name.filter(|c| !c.is_control() && !r#"\/:*?"<>|"#.contains(*c));
    let name: String = allowed.take(60).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

async fn text_of(file: &File) -> Result<String, String> {
    let text = JsFuture::from(file.text())
        .await
        .map_err(|_: JsValue| t!("文件读不出来").to_owned())?;
    text.as_string().ok_or_else(|| t!("文件读不出来").to_owned())
}

async fn bytes_of(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// The picked files by their number on the page, should one be read again.
type Held = BTreeMap<usize, TaskFile>;

/// What the user told of files that are read from now on.
fn told(session: &Session) -> Told {
    Told {
        mappings: session.dossier.list_mappings.clone(),
        roots: session.exports.roots.to_vec(),
    }
}

/// Lists that were not surely understood: to be read once more where something
/// else is told of lists.
fn asking(entries: &[Entry]) -> Vec<usize> {
    fn asks(reading: &Reading) -> bool {
        reading.sample.is_some() || reading.entries.iter().any(asks)
    }
    let asking = |entry: &Entry| entry.reading.as_deref().is_some_and(asks);
    (0..entries.len())
        .filter(|at| entries.get(*at).is_some_and(asking))
        .collect()
}

/// Reads these entries once more.
fn again(
    entries: Vec<usize>,
    told: Told,
    dispatch: &Callback<Action>,
    job: &Rc<RefCell<Option<Job>>>,
    held: &Rc<RefCell<Held>>,
) {
    let held = held.borrow();
    let tasks: Vec<TaskFile> = entries.iter().filter_map(|at| Some(held.get(at)?.again())).collect();
    if tasks.is_empty() {
        return;
    }
    dispatch.emit(Action::Exports(ExportsAction::Again(entries)));
    *job.borrow_mut() = Some(Job::start(tasks, told, false, dispatch.reform(Action::Exports)));
}

/// What was found of files that are through since the page `knew` them.
fn finished<'e>(entries: &'e [Entry], knew: &'e [Entry]) -> impl Iterator<Item = &'e Reading> {
    let finished = move |(at, entry): (usize, &'e Entry)| {
        let reading = entry.reading.as_ref().filter(|_| entry.stage == Stage::Digested)?;
        let known = knew.get(at).filter(|known| known.stage == Stage::Digested);
        let same = known
            .and_then(|known| known.reading.as_ref())
            .is_some_and(|known| Rc::ptr_eq(known, reading));
        (!same && entry.taken_over.is_none()).then_some(&**reading)
    };
    entries.iter().enumerate().filter_map(finished)
}

/// Picked files, numbered from `first` on and held should they be read again.
fn tasks(picked: Vec<Picked>, first: usize, held: &RefCell<Held>) -> Vec<TaskFile> {
    let tasks = picked.into_iter().enumerate().map(|(at, picked)| TaskFile {
        index: first + at,
        path: picked.path,
        file: picked.file,
    });
    let tasks: Vec<TaskFile> = tasks.collect();
    held.borrow_mut()
        .extend(tasks.iter().map(|task| (task.index, task.again())));
    tasks
}
