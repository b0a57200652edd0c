//! All that the page knows, and every way it changes: one reducer, no browser.

use std::rc::Rc;

use chrono::NaiveDate;
use serde_json::Value;
use yew::prelude::*;

use super::exports::{Exports, ExportsAction};
use crate::assessment_doc::assess;
use crate::dossier::{self, Camera, Dossier, Extra, Notice};
use crate::formats::lists::mapping::Mapping;
use crate::law::duties::Duty;
use crate::wire::Assessment;

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
    /// Whether the dossier differs from what was last saved to a file or kept.
    pub unsaved: bool,
    pub elder: bool,
    pub message: Option<Message>,
    history: Rc<Vec<Rc<Dossier>>>,
}

/// Every change.
#[derive(Clone, Debug)]
pub enum Action {
    /// A control's new value, by dossier path.
    Set(AttrValue, Value),
    AddCameras(Vec<Camera>),
    RemoveCamera(usize),
    AddNotice(Duty),
    RemoveNotice(usize),
    /// What is said of the recorder.
    Recorder(dossier::Exports),
    /// How a list is read; replaces what was told of the same headings.
    Map(Mapping),
    /// A dossier read from a file of this name, or why it could not be.
    Open(String, Result<Box<Dossier>, String>),
    StartOver,
    Undo,
    ChooseDay(Option<NaiveDate>),
    Keep(Keep),
    /// The dossier is now in a file or in the browser's storage.
    Saved,
    /// The browser's storage refused.
    StorageFailed,
    Elder(bool),
    Exports(ExportsAction),
    Dismiss,
}

impl Session {
    /// A new session on the browser's day, with a kept dossier or an empty one.
    pub fn new(today: NaiveDate, kept: Option<Dossier>) -> Self {
        let keep = if kept.is_some() { Keep::Browser } else { Keep::Undecided };
        let dossier = Rc::new(kept.unwrap_or_default());
        let judged = Rc::new(assess(&dossier, today));
        Self {
            dossier,
            judged,
            today,
            chosen_day: None,
            exports: Exports::default(),
            keep,
            unsaved: false,
            elder: false,
            message: None,
            history: Rc::default(),
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

    fn say(&mut self, text: impl Into<String>, bad: bool) {
        self.message = Some(Message { text: text.into(), bad });
    }

    fn judge(&mut self) {
        self.judged = Rc::new(assess(&self.dossier, self.on()));
        self.exports.require(&self.judged, &self.dossier);
    }

    fn change(&mut self, dossier: Dossier) {
        if dossier == *self.dossier {
            return;
        }
        let mut history = (*self.history).clone();
        if history.len() == HISTORY {
            history.remove(0);
        }
        history.push(self.dossier.clone());
        self.history = Rc::new(history);
        self.dossier = Rc::new(dossier);
        self.unsaved = true;
        self.judge();
    }

    fn edit(&mut self, edit: impl FnOnce(&mut Dossier)) {
        let mut dossier = (*self.dossier).clone();
        edit(&mut dossier);
        self.change(dossier);
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
                Err(error) => next.say(format!("这一项没有改成：{error}"), true),
            },
            Action::AddCameras(cameras) => next.edit(|dossier| {
                for camera in cameras {
                    let taken = camera.id.is_empty() || dossier.cameras.iter().any(|other| other.id == camera.id);
                    let id = if taken { free_id(dossier) } else { camera.id };
                    dossier.cameras.push(Camera { id, ..camera });
                }
            }),
            Action::RemoveCamera(index) => next.edit(|dossier| {
                if index < dossier.cameras.len() {
                    dossier.cameras.remove(index);
                }
            }),
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
            Action::Open(name, Ok(dossier)) => {
                next.change(*dossier);
                // It is in its file; a copy kept in the browser must follow.
                next.unsaved = next.keep == Keep::Browser;
                next.say(format!("已打开“{name}”。刚才的内容可以用“撤销”找回。"), false);
            }
            Action::Open(name, Err(why)) => next.say(format!("“{name}”没有打开：{why}。原有内容没有变。"), true),
            Action::StartOver => {
                next.change(Dossier::default());
                next.exports = Exports::default();
                next.judge();
                next.say("已清空，从头开始。刚才填的内容可以用“撤销”找回。", false);
            }
            Action::Undo => {
                let mut history = (*next.history).clone();
                if let Some(dossier) = history.pop() {
                    next.history = Rc::new(history);
                    next.dossier = dossier;
                    next.unsaved = true;
                    next.judge();
                }
            }
            Action::ChooseDay(day) => {
                next.chosen_day = day.filter(|day| *day != next.today);
                next.judge();
            }
            Action::Keep(keep) => next.keep = keep,
            Action::Saved => next.unsaved = false,
            Action::StorageFailed => {
                next.keep = Keep::FileOnly;
                next.unsaved = true;
                next.say(
                    "浏览器不让本页保存内容（可能是隐私模式或空间已满）。请用“保存档案”存成文件。",
                    true,
                );
            }
            Action::Elder(elder) => next.elder = elder,
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
        Rc::new(Session::new(NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(), None))
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
    fn a_file_that_cannot_be_read_leaves_everything_as_it_was() {
        let filled = set(session(), "site.name", json!("某网吧"));
        let after = filled
            .clone()
            .reduce(Action::Open("坏.json".into(), Err("不是有效的 JSON".into())));
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
