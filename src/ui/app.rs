//! The page in the browser: address, clock, storage, files and the worker,
//! wired to the session. All that is shown is in [`Shell`].

use std::cell::RefCell;
use std::rc::Rc;

use chrono::NaiveDate;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BeforeUnloadEvent, File, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use super::exports::ExportsAction;
use super::route::{Page, Route};
use super::session::{Action, Keep, Session};
use super::shell::{Command, Shell};
use crate::dossier::Dossier;
use crate::web::files::{self, Picked};
use crate::web::job::{self, Job};
use crate::web::message::TaskFile;
use crate::web::storage::{self, NotKept};
use crate::web::{code, picture};
use crate::words::lang::{self, Lang, t};

/// A dossier larger than this is something else.
const DOSSIER_LIMIT: f64 = 64.0 * 1024.0 * 1024.0;

/// A file of certificates larger than this is something else.
const ROOT_LIMIT: f64 = 1024.0 * 1024.0;

/// The whole page.
#[component]
pub fn App() -> Html {
    let session = use_reducer(|| {
        lang::choose(asked_language());
        let mut kept = storage::kept();
        if let Some(dossier) = &kept.dossier {
            kept.versions = storage::set_aside(dossier, kept.versions);
        }
        Session::new(today(), kept)
    });
    let dispatch = session.dispatcher().to_callback();
    let route = use_state_eq(here);
    let job = use_mut_ref(|| None::<Job>);
    // The files of the entries, to be read again on wish.
    let held = use_mut_ref(Vec::<Picked>::new);

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
            document().set_title(&t!("{} · 锡视自查", page.label()));
            // On a phone the steps are a row that scrolls sideways.
            if let Ok(Some(step)) = document().query_selector(".steps [aria-current]") {
                let options = ScrollIntoViewOptions::new();
                options.set_inline(ScrollLogicalPosition::Center);
                options.set_block(ScrollLogicalPosition::Nearest);
                step.scroll_into_view_with_scroll_into_view_options(&options);
            }
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
    use_effect_with(session.lang, |lang| {
        if let Some(root) = document().document_element() {
            // The attribute's name is a good one: this cannot fail.
            drop(root.set_attribute("lang", lang.id()));
        }
    });
    use_effect_with(session.elder, |elder| {
        if let Some(root) = document().document_element() {
            // Nothing depends on whether the class was there before.
            let _ = root.class_list().toggle_with_force("elder", *elder);
        }
    });

    let oncommand = {
        let (dispatch, session) = (dispatch.clone(), session.clone());
        Callback::from(move |command: Command| run(command, &dispatch, &session))
    };
    let onfiles = {
        let (dispatch, job, first) = (dispatch.clone(), job.clone(), session.exports.entries.len());
        let (held, roots) = (held.clone(), session.exports.roots.clone());
        Callback::from(move |picked: Vec<Picked>| {
            held.borrow_mut().truncate(first);
            held.borrow_mut().extend(picked.iter().cloned());
            read_files(picked, first, &roots, &dispatch, &job);
        })
    };
    let onroots = {
        let (dispatch, job, signed) = (dispatch.clone(), job.clone(), session.exports.signed());
        Callback::from(move |files: Vec<Picked>| {
            let (dispatch, job, held, signed) = (dispatch.clone(), job.clone(), held.clone(), signed.clone());
            spawn_local(async move {
                let mut roots = Vec::new();
                for file in files.iter().filter(|picked| picked.file.size() <= ROOT_LIMIT) {
                    roots.extend(bytes_of(&file.file).await);
                }
                dispatch.emit(Action::Exports(ExportsAction::Roots(roots.clone())));
                let again: Vec<(usize, Picked)> = signed
                    .into_iter()
                    .filter_map(|at| Some((at, held.borrow().get(at)?.clone())))
                    .collect();
                if !again.is_empty() {
                    let indices = again.iter().map(|(at, _)| *at).collect();
                    dispatch.emit(Action::Exports(ExportsAction::Again(indices)));
                    start(again, roots, &dispatch, &job);
                }
            });
        })
    };
    let oncancel = {
        let (dispatch, job) = (dispatch.clone(), job);
        Callback::from(move |()| {
            job.borrow_mut().take();
            dispatch.emit(Action::Exports(ExportsAction::Cancel));
        })
    };
    // Views say the same to the same properties: another language is another view.
    let key = session.lang.id();
    html! { <Shell {key} session={(*session).clone()} route={(*route).clone()} {dispatch} {oncommand} {onfiles} {onroots} {oncancel} /> }
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

/// What another page kept.
fn theirs() -> Action {
    Action::TakeTheirs(storage::kept().dossier.map(Box::new))
}

/// The language that the address asks for: `?lang=en`.
fn asked_language() -> Lang {
    let search = window().location().search().unwrap_or_default();
    let mut parts = search.trim_start_matches('?').split('&');
    let asked = parts.find_map(|part| part.strip_prefix("lang="));
    asked.and_then(Lang::from_id).unwrap_or(Lang::Hans)
}

fn run(command: Command, dispatch: &Callback<Action>, session: &Session) {
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
            let name = dossier
                .site
                .name
                .as_deref()
                .map(file_name)
                .filter(|name| !name.is_empty());
            let name = t!("{}-自查档案.json", name.as_deref().unwrap_or(t!("锡视")));
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
        Command::HandOver { name, text } => {
            // A browser that refuses downloads says so itself.
            let _ = storage::download(&name, "text/plain", text.as_bytes());
        }
        Command::Download(file) => {
            let mine = dossier
                .site
                .name
                .as_deref()
                .map(file_name)
                .filter(|name| !name.is_empty());
            let name = match mine {
                Some(mine) => format!("{mine}-{}", file.name),
                None => file.name,
            };
            if storage::download(&name, file.mime, &file.bytes).is_err() {
                dispatch.emit(Action::DownloadFailed);
            }
        }
        Command::ReadCode(file, found) => spawn_local(async move { found.emit(code::read(&file).await) }),
        Command::KeepHere => dispatch.emit(Action::Keep(Keep::Browser)),
        Command::FilesOnly => {
            storage::forget();
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

/// A site's name without what file systems refuse.
fn file_name(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control() && !r#"\/:*?"<>|"#.contains(*c))
        .take(60)
        .collect::<String>()
        .trim()
        .to_owned()
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

/// Reads picked files in a worker; the page offers no more while one runs.
fn read_files(
    picked: Vec<Picked>,
    first: usize,
    roots: &[Vec<u8>],
    dispatch: &Callback<Action>,
    job: &Rc<RefCell<Option<Job>>>,
) {
    if picked.is_empty() {
        return;
    }
    let sizes = picked
        .iter()
        .map(|picked| (picked.path.clone(), picked.file.size() as u64))
        .collect();
    dispatch.emit(Action::Exports(ExportsAction::Start(sizes)));
    let numbered = picked.into_iter().enumerate().map(|(at, picked)| (first + at, picked));
    start(numbered.collect(), roots.to_vec(), dispatch, job);
}

/// Starts a worker on the files of these entries.
fn start(
    picked: Vec<(usize, Picked)>,
    roots: Vec<Vec<u8>>,
    dispatch: &Callback<Action>,
    job: &Rc<RefCell<Option<Job>>>,
) {
    let tasks = picked.into_iter().map(|(index, picked)| TaskFile {
        index,
        modified: files::modified(&picked.file),
        path: picked.path,
        file: picked.file,
    });
    let report = dispatch.reform(Action::Exports);
    *job.borrow_mut() = Some(Job::start(tasks.collect(), roots, report));
}
