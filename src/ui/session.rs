//! All that the page knows, and every way it changes: one reducer, no browser.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;
use yew::prelude::*;

use super::example;
use super::exports::{Exports, ExportsAction};
use super::shared::Shared;
use crate::assessment_doc::assess;
use crate::dossier::{self, Camera, Dossier, Extra, Notice};
use crate::formats::lists::mapping::Mapping;
use crate::law::duties::Duty;
use crate::plan::{Picture, Plan};
use crate::web::storage::{Kept, Version};
use crate::web::timing::measured;
use crate::wire::Assessment;
use crate::words::lang::{self, Lang, t};

/// How many steps can be undone.
const HISTORY: usize = 200;

/// Where the user wants the dossier kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// Not asked yet.
    #[default]
    Undecided,
    /// In this browser, on this computer.
    Browser,
    /// Nowhere but in files the user saves.
    FileOnly,
}

/// Something to tell at the top of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub text: String,
    pub bad: bool,
}

/// The state of the page. Cheap to clone: the large parts are shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub dossier: Rc<Dossier>,
    /// What the law says of the dossier on [`Session::on`].
    pub judged: Rc<Assessment>,
    /// The browser's day.
    pub today: NaiveDate,
    /// The day to judge, where the user chose another than today.
    pub chosen_day: Option<NaiveDate>,
    pub exports: Exports,
    pub keep: Keep,
    /// Earlier states that this browser keeps, newest first.
    pub versions: Rc<Vec<Version>>,
    /// Why a dossier kept in this browser could not be read.
    pub unreadable: Option<Rc<str>>,
    /// Another page keeps another state than this one: nothing is kept until
    /// the user said which.
    pub overtaken: bool,
    /// Whether the dossier differs from what was last saved to a file or kept.
    pub unsaved: bool,
    pub elder: bool,
    /// What the page speaks; everything judged is worded in it.
    pub lang: Lang,
    pub message: Option<Message>,
    /// Another dossier to compare with, and its file's name.
    pub other: Option<(String, Rc<Dossier>)>,
    /// While the example is open: everything as it was before.
    pub aside: Option<Shared<Session>>,
    history: Rc<Vec<Rc<Dossier>>>,
    /// What was undone, the last first to come back at the end.
    undone: Rc<Vec<Rc<Dossier>>>,
}

/// Every change.
#[derive(Clone, Debug)]
pub enum Action {
    /// A control's new value, by dossier path.
    Set(AttrValue, Value),
    AddCameras(Vec<Camera>),
    /// Cameras of a table of this name, or why there are none.
    CameraTable(String, Result<Vec<Camera>, String>),
    RemoveCamera(usize),
    /// Another floor plan, and a camera that the dossier does not have yet: its
    /// place on the plan has no id.
    SetPlan(Box<Plan>, Option<Camera>),
    /// A picture to lie under the plan, with its size in pixels, or why the file
    /// of this name cannot.
    PlanPicture(String, Result<(Picture, f64, f64), String>),
    AddNotice(Duty),
    RemoveNotice(usize),
    /// What is said of the recorder.
    Recorder(dossier::Exports),
    /// How a list is read; replaces what was told of the same headings.
    Map(Mapping),
    /// A dossier read from a file of this name, or why it could not be.
    Open(String, Result<Box<Dossier>, String>),
    /// A dossier to compare with, read from a file of this name.
    OpenOther(String, Result<Box<Dossier>, String>),
    /// Set everything aside and show the example.
    Example,
    /// Back to what was set aside.
    EndExample,
    /// Files were given while the example is open.
    NotInExample,
    StartOver,
    Undo,
    Redo,
    ChooseDay(Option<NaiveDate>),
    Keep(Keep),
    /// The dossier is now in a file or in the browser's storage.
    Saved,
    /// The browser's storage refused.
    StorageFailed,
    Versions(Vec<Version>),
    /// A version, by its place in the list, is the dossier again.
    Restore(usize),
    /// Another page kept another state.
    Overtaken,
    /// The state of this page is the one to keep.
    KeepMine,
    /// The state that another page kept; none where it was forgotten there.
    TakeTheirs(Option<Box<Dossier>>),
    /// The browser refused to hand out a file.
    DownloadFailed,
    Elder(bool),
    /// The page speaks this language.
    Speak(Lang),
    Exports(ExportsAction),
    Dismiss,
}

impl Session {
    /// A new session on the browser's day, with a kept dossier or an empty one.
    pub fn new(today: NaiveDate, kept: Kept) -> Self {
        let keep = match kept.dossier {
            Some(_) => Keep::Browser,
            None => Keep::Undecided,
        };
        let dossier = Rc::new(kept.dossier.unwrap_or_default());
        let judged = Rc::new(assess(&dossier, today));
        Self {
            dossier,
            judged,
            today,
            chosen_day: None,
            exports: Exports::default(),
            keep,
            versions: Rc::new(kept.versions),
            unreadable: kept.unreadable.map(Rc::from),
            overtaken: false,
            unsaved: false,
            elder: false,
            lang: lang::current(),
            message: None,
            other: None,
            aside: None,
            history: Rc::default(),
            undone: Rc::default(),
        }
    }

    /// The day judged.
    pub fn on(&self) -> NaiveDate {
        self.chosen_day.unwrap_or(self.today)
    }

    /// Whether [`Action::Undo`] would do anything.
    pub fn can_undo(&self) -> bool {
        !self.history.is_empty()
    }

    /// Whether [`Action::Redo`] would do anything.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The example, with this session set aside. Files that are being read would
    /// be lost: then nothing changes.
    fn with_example(&self) -> Self {
        if self.aside.is_some() || self.exports.running.is_some() {
            return self.clone();
        }
        let mut shown = Self::new(self.today, Kept::default());
        shown.chosen_day = self.chosen_day;
        shown.elder = self.elder;
        // What was set aside is still to be saved.
        shown.unsaved = self.unsaved;
        shown.dossier = Rc::new(example::dossier(self.on()));
        shown.exports = example::exports(self.on(), &self.exports);
        shown.judge();
        shown.aside = Some(Shared::new(self.clone()));
        shown
    }

    /// What was set aside for the example; the session itself where none is open.
    fn without_example(&self) -> Self {
        self.aside.as_ref().map_or_else(
            || self.clone(),
            |aside| Self {
                elder: self.elder,
                message: None,
                ..(**aside).clone()
            },
        )
    }

    fn say(&mut self, text: impl Into<String>, bad: bool) {
        self.message = Some(Message { text: text.into(), bad });
    }

    fn judge(&mut self) {
        self.judged = Rc::new(measured("xishi:assess", || assess(&self.dossier, self.on())));
        self.exports.require(&self.judged, &self.dossier);
    }

    fn change(&mut self, dossier: Dossier) {
        if dossier == *self.dossier {
            return;
        }
        let history = Rc::make_mut(&mut self.history);
        if history.len() == HISTORY {
            history.remove(0);
        }
        history.push(self.dossier.clone());
        self.undone = Rc::default();
        self.now(Rc::new(dossier));
    }

    fn now(&mut self, dossier: Rc<Dossier>) {
        self.dossier = dossier;
        self.unsaved = true;
        self.judge();
    }

    fn set_plan(&mut self, mut plan: Plan, camera: Option<Camera>) {
        let mut dossier = (*self.dossier).clone();
        if let Some(camera) = camera {
            let id = free_id(&dossier);
            for pose in plan.cameras.iter_mut().filter(|pose| pose.camera.is_empty()) {
                pose.camera.clone_from(&id);
            }
            dossier.cameras.push(Camera {
                name: t!("摄像头 {id}", id = id),
                id,
                ..camera
            });
        }
        match plan.check() {
            Ok(()) => {
                self.message = None;
                dossier.plan = (plan != Plan::default()).then(|| Arc::new(plan));
                self.change(dossier);
            }
            Err(error) => self.say(t!("图上没有改成：{}。", error.message), true),
        }
    }

    fn edit(&mut self, edit: impl FnOnce(&mut Dossier)) {
        let mut dossier = (*self.dossier).clone();
        edit(&mut dossier);
        self.change(dossier);
    }
}

/// Adds cameras; those without an id of their own are given one.
fn add(dossier: &mut Dossier, cameras: Vec<Camera>) {
    for camera in cameras {
        let taken = camera.id.is_empty() || dossier.cameras.iter().any(|other| other.id == camera.id);
        let id = if taken { free_id(dossier) } else { camera.id };
        dossier.cameras.push(Camera { id, ..camera });
    }
}

/// An id that no camera of the dossier has yet.
fn free_id(dossier: &Dossier) -> String {
    let mut number = dossier.cameras.len() + 1;
    while dossier.cameras.iter().any(|camera| camera.id == number.to_string()) {
        number += 1;
    }
    number.to_string()
}

impl Reducible for Session {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Set(path, value) => match next.dossier.with(&path, value) {
                Ok(dossier) => {
                    next.message = None;
                    next.change(dossier);
                }
                Err(error) => next.say(t!("这一项没有改成：{error}", error = error), true),
            },
            Action::AddCameras(cameras) => next.edit(|dossier| add(dossier, cameras)),
            Action::CameraTable(name, Ok(mut cameras)) => {
                // A table given once more adds what is new in it.
                let there = &next.dossier.cameras;
                let known: BTreeSet<_> = there.iter().map(|c| (c.name.clone(), c.location.clone())).collect();
                cameras.retain(|c| !known.contains(&(c.name.clone(), c.location.clone())));
                let count = cameras.len();
                next.edit(|dossier| add(dossier, cameras));
                next.say(
                    t!("从“{name}”加入了 {count} 个摄像头。", name = name, count = count),
                    false,
                );
            }
            Action::CameraTable(name, Err(why)) => {
                next.say(t!("“{name}”没有加进来：{why}。", name = name, why = why), true);
            }
            Action::RemoveCamera(index) => next.edit(|dossier| {
                if index < dossier.cameras.len() {
                    let camera = dossier.cameras.remove(index);
                    if let Some(plan) = dossier.plan.as_mut().filter(|plan| plan.shows(&camera.id)) {
                        *plan = Arc::new(plan.changed(|plan| plan.cameras.retain(|pose| pose.camera != camera.id)));
                    }
                }
            }),
            Action::SetPlan(plan, camera) => next.set_plan(*plan, camera),
            Action::PlanPicture(name, Ok((picture, width, height))) => {
                let plan = next.dossier.plan.as_deref().cloned().unwrap_or_default();
                next.set_plan(plan.over(picture, width, height), None);
                next.say(t!("已放入“{name}”。可以在上面画了。", name = name), false);
            }
            Action::PlanPicture(name, Err(why)) => next.say(
                t!("“{name}”没有放进来：{why}。图上没有变。", name = name, why = why),
                true,
            ),
            Action::AddNotice(obligation) => next.edit(|dossier| {
                dossier.notices.push(Notice {
                    obligation,
                    ordered_on: None,
                    deadline: None,
                    corrected_on: None,
                    refused: None,
                    extra: Extra::new(),
                });
            }),
            Action::RemoveNotice(index) => next.edit(|dossier| {
                if index < dossier.notices.len() {
                    dossier.notices.remove(index);
                }
            }),
            Action::Recorder(said) => next.edit(|dossier| dossier.exports = said),
            Action::Map(mapping) => next.edit(|dossier| {
                dossier.list_mappings.retain(|known| known.headings != mapping.headings);
                dossier.list_mappings.push(mapping);
            }),
            Action::Example => next = self.with_example(),
            Action::EndExample => {
                next = self.without_example();
                next.say(t!("示例已关闭，这里是您自己的自查。"), false);
            }
            Action::NotInExample => next.say(t!("现在打开的是示例，没有放入您的文件。请先关闭示例，再放一次。"), true),
            Action::Open(name, Ok(dossier)) => {
                next = self.without_example();
                next.change(*dossier);
                // It is in its file; a copy kept in the browser must follow.
                next.unsaved = next.keep == Keep::Browser;
                next.say(t!("已打开“{name}”。刚才的内容可以用“撤销”找回。", name = name), false);
            }
            Action::Open(name, Err(why)) => next.say(
                t!("“{name}”没有打开：{why}。原有内容没有变。", name = name, why = why),
                true,
            ),
            Action::OpenOther(name, Ok(dossier)) => next.other = Some((name, Rc::new(*dossier))),
            Action::OpenOther(name, Err(why)) => {
                next.say(t!("“{name}”没有打开：{why}。", name = name, why = why), true)
            }
            Action::StartOver => {
                next.change(Dossier::default());
                next.exports = Exports::default();
                next.judge();
                next.say(t!("已清空，从头开始。刚才填的内容可以用“撤销”找回。"), false);
            }
            Action::Undo => {
                if let Some(dossier) = Rc::make_mut(&mut next.history).pop() {
                    Rc::make_mut(&mut next.undone).push(next.dossier.clone());
                    next.now(dossier);
                }
            }
            Action::Redo => {
                if let Some(dossier) = Rc::make_mut(&mut next.undone).pop() {
                    Rc::make_mut(&mut next.history).push(next.dossier.clone());
                    next.now(dossier);
                }
            }
            Action::ChooseDay(day) => {
                next.chosen_day = day.filter(|day| *day != next.today);
                next.judge();
            }
            Action::Keep(keep) => {
                next.keep = keep;
                next.overtaken = false;
                // Kept at once, even where nothing is filled in yet: that is
                // how the next visit knows.
                next.unsaved |= keep == Keep::Browser;
                if keep == Keep::FileOnly {
                    next.versions = Rc::default();
                    next.unreadable = None;
                }
            }
            Action::Versions(versions) => next.versions = Rc::new(versions),
            Action::Restore(index) => {
                let version = next.versions.get(index).cloned();
                match version.map(|version| (Dossier::parse(&version.json), version.at)) {
                    Some((Ok(dossier), at)) => {
                        next.change(dossier);
                        next.say(t!("已恢复到{}的内容。刚才的内容可以用“撤销”找回。", at), false);
                    }
                    Some((Err(error), _)) => next.say(t!("这个版本读不出来：{error}", error = error), true),
                    None => {}
                }
            }
            Action::Overtaken => next.overtaken = true,
            Action::KeepMine => {
                next.overtaken = false;
                next.unsaved = true;
            }
            Action::TakeTheirs(Some(dossier)) => {
                next.change(*dossier);
                next.overtaken = false;
                next.unsaved = false;
                next.say(
                    t!("另一个窗口改了这份档案，这里已经跟着更新。用“撤销”可以找回这里原来的内容。"),
                    false,
                );
            }
            Action::TakeTheirs(None) => {
                next.overtaken = false;
                next.keep = Keep::FileOnly;
                next.unsaved = true;
                next.say(t!("另一个窗口清除了本机记录。这里的内容还在，但不再自动保存。"), true);
            }
            Action::Saved => next.unsaved = next.aside.as_ref().is_some_and(|aside| aside.unsaved),
            Action::StorageFailed => {
                next.keep = Keep::FileOnly;
                next.unsaved = true;
                next.say(
                    t!("浏览器不让本页保存内容（可能是隐私模式或空间已满）。请用“保存档案”存成文件。"),
                    true,
                );
            }
            Action::DownloadFailed => next.say(t!("浏览器没有让本页交出文件。请换一个浏览器，或者改用打印。"), true),
            Action::Elder(elder) => next.elder = elder,
            Action::Speak(lang) => {
                lang::set(lang);
                next.lang = lang;
                // It was said in the other language.
                next.message = None;
                next.judge();
            }
            Action::Exports(action) => {
                next.exports.reduce(action);
                next.exports.require(&next.judged, &next.dossier);
            }
            Action::Dismiss => next.message = None,
        }
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn session() -> Rc<Session> {
        Rc::new(Session::new(
            NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            Kept::default(),
        ))
    }

    fn set(session: Rc<Session>, path: &'static str, value: Value) -> Rc<Session> {
        session.reduce(Action::Set(path.into(), value))
    }

    #[test]
    fn a_value_that_does_not_fit_is_told_and_changes_nothing() {
        let before = set(session(), "site.name", json!("某网吧"));
        let after = set(before.clone(), "system.retention_days", json!("很多"));
        assert_eq!(after.dossier, before.dossier);
        assert!(after.message.as_ref().unwrap().text.contains("system.retention_days"));
    }

    #[test]
    fn every_change_can_be_undone_even_opening_another_file() {
        let filled = set(session(), "site.name", json!("某网吧"));
        let opened = filled
            .clone()
            .reduce(Action::Open("别的.json".into(), Ok(Box::default())));
        assert_eq!(*opened.dossier, Dossier::default());
        assert_eq!(opened.reduce(Action::Undo).dossier, filled.dossier);
    }

    #[test]
    fn the_example_leaves_what_was_entered_as_it_was() {
        let mine = set(session(), "site.name", json!("某网吧"));
        let example = mine.clone().reduce(Action::Example);
        assert!(example.dossier.is_example() && example.exports.inspection.is_some());
        assert!(example.unsaved && example.keep == Keep::Undecided);
        // Whatever is done in it, and even if it is saved or opened again.
        let worked = set(example, "site.name", json!("改了示例"))
            .reduce(Action::Saved)
            .reduce(Action::Example);
        assert!(worked.unsaved);
        let mut back = (*worked.clone().reduce(Action::EndExample)).clone();
        back.message = None;
        assert_eq!(back, *mine);
        // A dossier that is opened takes the place of one's own, which undo gives back.
        let opened = worked.reduce(Action::Open("别的.json".into(), Ok(Box::default())));
        assert!(opened.aside.is_none());
        assert_eq!(opened.reduce(Action::Undo).dossier, mine.dossier);
    }

    #[test]
    fn what_was_undone_can_be_done_again_until_something_else_is_done() {
        let filled = set(session(), "site.name", json!("某网吧"));
        let undone = filled.clone().reduce(Action::Undo);
        assert_eq!(undone.clone().reduce(Action::Redo).dossier, filled.dossier);
        assert!(!set(undone, "site.name", json!("某酒吧")).can_redo());
    }

    #[test]
    fn a_version_comes_back_and_can_be_undone() {
        let old = set(session(), "site.name", json!("某网吧"));
        let version = Version {
            at: "2026-11-20 10:00".into(),
            json: old.dossier.to_json(),
        };
        let now = set(old.clone(), "site.name", json!("某酒吧")).reduce(Action::Versions(vec![version]));
        let restored = now.clone().reduce(Action::Restore(0));
        assert_eq!(restored.dossier, old.dossier);
        assert_eq!(restored.reduce(Action::Undo).dossier, now.dossier);
    }

    #[test]
    fn what_another_page_kept_can_be_taken_and_given_back() {
        let mine = set(session(), "site.name", json!("某网吧")).reduce(Action::Overtaken);
        let theirs = mine.clone().reduce(Action::TakeTheirs(Some(Box::default())));
        assert_eq!(*theirs.dossier, Dossier::default());
        assert!(!theirs.overtaken && !theirs.unsaved);
        assert_eq!(theirs.reduce(Action::Undo).dossier, mine.dossier);
        let kept = mine.reduce(Action::KeepMine);
        assert!(!kept.overtaken && kept.unsaved);
    }

    #[test]
    fn a_file_that_cannot_be_read_leaves_everything_as_it_was() {
        let filled = set(session(), "site.name", json!("某网吧"));
        let after = filled
            .clone()
            .reduce(Action::Open("坏.json".into(), Err("文件读不出来".into())));
        assert_eq!(after.dossier, filled.dossier);
        assert!(after.message.as_ref().unwrap().text.contains("坏.json"));
    }

    #[test]
    fn cameras_get_ids_of_their_own() {
        let camera = |id: &str| Camera {
            id: id.into(),
            name: "大堂".into(),
            location: String::new(),
            extra: Extra::new(),
        };
        let after = session().reduce(Action::AddCameras(vec![camera(""), camera(""), camera("1")]));
        let mut ids: Vec<_> = after.dossier.cameras.iter().map(|camera| camera.id.clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 3);
    }

    #[test]
    fn only_changes_make_the_dossier_unsaved() {
        assert!(!session().unsaved);
        let changed = set(session(), "site.name", json!("某网吧"));
        assert!(changed.unsaved);
        assert!(!changed.reduce(Action::Saved).unsaved);
    }
}
