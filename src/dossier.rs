//! The dossier (一户一档): what is known of one site. It is the input of every
//! judgement and the file that people save and open.
//!
//! A field that is missing or null means *unknown*, never "no". Fields that
//! this version does not know are kept and written back.

mod exports;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use self::exports::Exports;
use crate::formats::lists::mapping::Mapping;
use crate::ids::ids;
use crate::law::duties::Duty;
use crate::law::places::PlaceKind;
use crate::plan::{Picture, Plan};
use crate::words::lang::t;

/// The dossier format that this version reads and writes.
pub const FORMAT: u64 = 1;

/// Fields of a later version or another program, kept as they are.
pub type Extra = Map<String, Value>;

/// One site and all that was said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// Format version, always [`FORMAT`].
    pub xishi: u64,
    #[serde(default, deserialize_with = "null_is_default")]
    pub site: Site,
    #[serde(default, deserialize_with = "null_is_default")]
    pub system: System,
    /// What the user answered for each obligation.
    #[serde(default, deserialize_with = "nulls_left_out")]
    pub answers: BTreeMap<Duty, Answer>,
    /// What the user noted of an obligation, for people to read: no rule does.
    #[serde(
        default,
        deserialize_with = "nulls_left_out",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub duty_notes: BTreeMap<Duty, String>,
    /// Orders to correct (责令限期改正) received from the police.
    #[serde(default, deserialize_with = "null_is_default")]
    pub notices: Vec<Notice>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub cameras: Vec<Camera>,
    /// The floor plan. Shared: its picture is large.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Arc<Plan>>,
    /// What was said of the recorder and its exports.
    #[serde(
        default,
        deserialize_with = "null_is_default",
        skip_serializing_if = "Exports::is_empty"
    )]
    pub exports: Exports,
    /// Lists of recordings whose columns the user told.
    #[serde(default, deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    pub list_mappings: Vec<Mapping>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// The place and who answers for it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Site {
    pub name: Option<String>,
    pub address: Option<String>,
    pub district: Option<String>,
    pub place: Option<PlaceKind>,
    /// Run by an individual, not a unit.
    pub individual: Option<bool>,
    /// 主要负责人 and 直接责任人 together.
    pub responsible_persons: Option<u32>,
    /// Ownership belongs to the state (W168 art. 10 para. 2).
    pub state_owned: Option<bool>,
    /// Who builds by agreement between owner and user.
    pub build_agreement: Option<Party>,
    /// The asker's own role.
    pub role: Option<Role>,
    /// Designated in writing as a key target of counter-terrorism.
    pub key_target: Option<bool>,
    /// 治安保卫重点单位.
    pub key_guarded_unit: Option<bool>,
    /// What the police or the published plan said of a place that W168 art. 8
    /// does not name clearly: is it listed (item 10 included)?
    pub art8: Option<bool>,
    /// The same for art. 7 of the State Council's regulation, which decides
    /// who files.
    pub art7: Option<bool>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// The video system.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct System {
    pub built: Option<bool>,
    /// Part of new, rebuilt or extended construction works (W168 art. 13).
    pub with_building_works: Option<bool>,
    pub completed_on: Option<NaiveDate>,
    pub accepted_on: Option<NaiveDate>,
    pub in_use_since: Option<NaiveDate>,
    pub filed_on: Option<NaiveDate>,
    /// How many days the recorder is set to keep.
    pub retention_days: Option<u32>,
    pub removal_planned_on: Option<NaiveDate>,
    pub removal_reported_on: Option<NaiveDate>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// An order to correct within a time limit (责令限期改正), as received.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    pub obligation: Duty,
    #[serde(default)]
    pub ordered_on: Option<NaiveDate>,
    #[serde(default)]
    pub deadline: Option<NaiveDate>,
    #[serde(default)]
    pub corrected_on: Option<NaiveDate>,
    /// Removal or correction was refused.
    #[serde(default)]
    pub refused: Option<bool>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// One camera, as the recorder or the property firm names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    pub id: String,
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    #[serde(default, deserialize_with = "null_is_default")]
    pub location: String,
    #[serde(flatten)]
    pub extra: Extra,
}

ids! {
    /// A party to the agreement on who builds.
    pub enum Party {
        Owner = "owner" => "所有者",
        User = "user" => "使用者",
    }
}

ids! {
    /// What the asker is to the place.
    pub enum Role {
        Owner = "owner" => "所有者（业主、房东）",
        User = "user" => "使用者（承租、经营）",
        Manager = "manager" => "管理者（受托管理）",
    }
}

ids! {
    /// What the user said of one obligation.
    pub enum Answer {
        Met = "met" => "做到了",
        Breached = "breached" => "没做到",
        NotApplicable = "not-applicable" => "不涉及",
        Unknown = "unknown" => "不清楚",
    }
}

/// Why a dossier could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct DossierError {
    /// The field, as a path such as `system.filed_on`; empty for the whole file.
    pub path: String,
    /// What is wrong with it, for people.
    pub message: String,
}

impl fmt::Display for DossierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            // What is wrong with the format says so in plain words.
            "" | "xishi" => f.write_str(&self.message),
            path => write!(f, "{path}:{}", self.message),
        }
    }
}

impl std::error::Error for DossierError {}

impl Default for Dossier {
    fn default() -> Self {
        Self {
            xishi: FORMAT,
            site: Site::default(),
            system: System::default(),
            answers: BTreeMap::new(),
            duty_notes: BTreeMap::new(),
            notices: Vec::new(),
            cameras: Vec::new(),
            plan: None,
            exports: Exports::default(),
            list_mappings: Vec::new(),
            extra: Extra::new(),
        }
    }
}

impl Dossier {
    /// Reads a saved dossier.
    ///
    /// # Errors
    /// Not JSON, not a dossier, of another format version, or with a field that
    /// has an impossible value; the error names the field.
    pub fn parse(json: &str) -> Result<Self, DossierError> {
        let json = json.trim_start_matches('\u{feff}');
        serde_json::from_str(json)
            .map_err(|_| no_dossier(""))
            .and_then(Self::from_value)
    }

    /// Reads a dossier from a JSON value; see [`Dossier::parse`].
    ///
    /// # Errors
    /// As [`Dossier::parse`].
    pub fn from_value(value: Value) -> Result<Self, DossierError> {
        let at = |path: &str, message: String| DossierError {
            path: path.to_owned(),
            message,
        };
        let Value::Object(fields) = &value else {
            return Err(no_dossier(""));
        };
        match fields.get("xishi") {
            None | Some(Value::Null) => return Err(no_dossier("xishi")),
            Some(version) if version.as_u64() != Some(FORMAT) => {
                return Err(at(
                    "xishi",
                    t!(
                        "这份档案是另一个版本的本工具存的（格式 {version}），这个版本打不开。请用存它的那个版本打开",
                        version = version
                    ),
                ));
            }
            Some(_) => {}
        }
        let dossier: Self = serde_path_to_error::deserialize(value).map_err(|e| {
            let path = match e.path().to_string() {
                path if path == "." => String::new(),
                path => path,
            };
            DossierError {
                path,
                message: in_chinese(&e.into_inner().to_string()),
            }
        })?;
        let plan = dossier.plan.as_deref().map_or(Ok(()), Plan::check);
        plan.map_err(|e| at(&format!("plan.{}", e.path), e.message))?;
        Ok(dossier)
    }

    /// Whether this is the kit's example and no real place: it stays marked so
    /// when it is saved and opened again.
    pub fn is_example(&self) -> bool {
        self.extra.get("example") == Some(&Value::Bool(true))
    }

    /// The text to save: indented JSON with a closing line feed.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// This dossier with the field at `path` set to `value`; null clears it.
    /// Paths are those of errors: `site.place`, `cameras[0].name`.
    ///
    /// # Errors
    /// There is no such field, or the value does not fit it.
    pub fn with(&self, path: &str, value: Value) -> Result<Self, DossierError> {
        // A plan's picture is large: it is set aside, and most changes leave
        // the whole plan as it is.
        let mut bare = self.clone();
        let plan = bare.plan.take_if(|_| path.split(['.', '[']).next() != Some("plan"));
        let kept: Option<Picture> = match &mut bare.plan {
            Some(plan) if !matches!(path, "plan" | "plan.picture") => {
                let picture = plan.picture.clone();
                *plan = Arc::new(plan.changed(|plan| plan.picture = None));
                picture
            }
            _ => None,
        };
        let mut whole = serde_json::to_value(bare).unwrap_or_default();
        let mut at = Some(&mut whole);
        for key in path.split(['.', '[']) {
            at = match (key.strip_suffix(']'), at) {
                (Some(index), Some(Value::Array(list))) => index.parse().ok().and_then(|i: usize| list.get_mut(i)),
                (None, Some(Value::Object(fields))) => Some(fields.entry(key).or_insert(Value::Null)),
                _ => None,
            };
        }
        match at {
            Some(field) => *field = value,
            None => {
                return Err(DossierError {
                    path: path.to_owned(),
                    message: t!("没有这个字段").to_owned(),
                });
            }
        }
        let mut changed = Self::from_value(whole)?;
        if let (Some(plan), Some(_)) = (&mut changed.plan, &kept) {
            *plan = Arc::new(plan.changed(|plan| plan.picture = kept));
        }
        if plan.is_some() {
            changed.plan = plan;
        }
        Ok(changed)
    }
}

/// The file is something else, or what is left of a dossier.
fn no_dossier(path: &str) -> DossierError {
    DossierError {
        path: path.to_owned(),
        message: t!("这不是本工具保存的档案，或者文件已经损坏。请选择用“保存档案”存下的文件").to_owned(),
    }
}

/// serde's own messages, for the few kinds of mistakes a dossier can have.
fn in_chinese(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    if let Some(rest) = message.strip_prefix("invalid type: ") {
        let found = rest.split(", expected").next().unwrap_or(rest);
        t!("类型不对({found})", found = found)
    } else if let Some(field) = message.strip_prefix("missing field ") {
        t!("缺少字段 {field}", field = field)
    } else if message.starts_with("input ")
        || message.starts_with("premature end")
        || message.starts_with("trailing input")
    {
        t!("日期应写成 2026-01-31 这样，并且确有这一天").to_owned()
    } else if message.starts_with("invalid length ") {
        t!("个数不对").to_owned()
    } else if let Some(rest) = message.strip_prefix("invalid value: ") {
        let found = rest.split(", expected").next().unwrap_or(rest);
        t!("数值不合适({found})", found = found)
    } else {
        message.to_owned()
    }
}

/// Null means unknown for groups, lists and texts too.
fn null_is_default<'de, D, T>(d: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(d)?.unwrap_or_default())
}

/// What is said of an obligation and is null is not said.
fn nulls_left_out<'de, D, T>(d: D) -> Result<BTreeMap<Duty, T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    let said: Option<BTreeMap<Duty, Option<T>>> = Option::deserialize(d)?;
    Ok(said
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(duty, said)| Some((duty, said?)))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn error(value: Value) -> DossierError {
        Dossier::from_value(value).expect_err("must be refused")
    }

    #[test]
    fn an_empty_dossier_knows_nothing() {
        let dossier = Dossier::parse(r#"{"xishi": 1}"#).unwrap();
        assert_eq!(dossier, Dossier::default());
        assert_eq!(dossier.system.built, None);
    }

    #[test]
    fn null_means_unknown_everywhere() {
        let dossier = Dossier::from_value(json!({
            "xishi": 1, "site": {"place": null, "individual": null}, "system": {"filed_on": null},
            "answers": {"accepted": null}, "duty_notes": {"accepted": null}, "notices": null, "cameras": [{"id": "1", "name": null}],
        }));
        let dossier = dossier.unwrap();
        assert_eq!(dossier.site, Site::default());
        assert!(dossier.answers.is_empty() && dossier.duty_notes.is_empty());
        assert_eq!(dossier.cameras[0].name, "");
        let all_null =
            json!({"xishi": 1, "site": null, "system": null, "answers": null, "notices": null, "cameras": null});
        assert_eq!(Dossier::from_value(all_null).unwrap(), Dossier::default());
    }

    #[test]
    fn a_note_is_kept_and_one_that_is_emptied_leaves_nothing() {
        let noted = Dossier::default();
        let noted = noted.with("duty_notes", json!({"signs": "门口已补"})).unwrap();
        assert_eq!(Dossier::parse(&noted.to_json()).unwrap(), noted);
        assert_eq!(noted.duty_notes.get(&Duty::Signs).map(String::as_str), Some("门口已补"));
        let emptied = noted.with("duty_notes.signs", Value::Null).unwrap();
        // What is saved of a dossier without notes is as ever, and its digest too.
        assert_eq!(emptied.to_json(), Dossier::default().to_json());
    }

    #[test]
    fn errors_name_the_field() {
        assert_eq!(
            error(json!({"xishi": 1, "site": {"place": "moon-base"}})).path,
            "site.place"
        );
        assert_eq!(
            error(json!({"xishi": 1, "system": {"filed_on": "2025-02-30"}})).path,
            "system.filed_on"
        );
        assert_eq!(
            error(json!({"xishi": 1, "answers": {"no-such-duty": "met"}})).path,
            "answers.no-such-duty"
        );
        assert_eq!(
            error(json!({"xishi": 1, "notices": [{"obligation": "filed", "deadline": 5}]})).path,
            "notices[0].deadline"
        );
        assert_eq!(
            error(json!({"xishi": 1, "cameras": [{"id": "1"}, {"name": "x"}]})).path,
            "cameras[1]"
        );
        assert_eq!(error(json!({"xishi": 2})).path, "xishi");
        assert_eq!(error(json!([])).path, "");
        assert_eq!(Dossier::parse("{").unwrap_err().path, "");
    }

    #[test]
    fn fields_of_others_are_kept() {
        let value = json!({
            "xishi": 1, "later": {"rooms": [1]}, "site": {"colour": "red"},
            "cameras": [{"id": "1", "name": "", "location": "", "angle": 90}],
        });
        let saved = Dossier::parse(&Dossier::from_value(value).unwrap().to_json()).unwrap();
        assert_eq!(saved.extra["later"], json!({"rooms": [1]}));
        assert_eq!(saved.site.extra["colour"], json!("red"));
        assert_eq!(saved.cameras[0].extra["angle"], json!(90));
    }

    #[test]
    fn errors_in_a_plan_name_the_field() {
        let of = |plan: Value| error(json!({"xishi": 1, "plan": plan})).path;
        assert_eq!(
            of(json!({"rooms": [{"id": "r1", "kind": "kitchen"}]})),
            "plan.rooms[0].kind"
        );
        assert_eq!(
            of(json!({"walls": [{"from": [0], "to": [1, 1]}]})),
            "plan.walls[0].from"
        );
        let room = json!({"id": "r1", "kind": "toilet", "points": [[0, 0], [1, 1]]});
        assert_eq!(of(json!({"rooms": [room]})), "plan.rooms[0].points");
        assert_eq!(of(json!({"picture": "data:image/svg+xml;base64,AA=="})), "plan.picture");
        let pose = json!({"camera": "1", "at": [0, 0], "direction": 0, "angle": 0});
        assert_eq!(of(json!({"cameras": [pose]})), "plan.cameras[0].angle");
        assert_eq!(of(json!(7)), "plan");
    }

    #[test]
    fn a_plan_is_kept_and_shared_by_changes_elsewhere() {
        let picture = "data:image/png;base64,iVBORw0KGgo=";
        let value =
            json!({"xishi": 1, "plan": {"picture": picture, "later": 1, "walls": [{"from": [0, 0], "to": [9, 0]}]}});
        let dossier = Dossier::from_value(value).unwrap();
        assert_eq!(Dossier::parse(&dossier.to_json()).unwrap(), dossier);
        let elsewhere = dossier.with("site.name", json!("某店")).unwrap();
        assert!(Arc::ptr_eq(
            dossier.plan.as_ref().unwrap(),
            elsewhere.plan.as_ref().unwrap()
        ));
        let wider = dossier.with("plan.walls[0].to[0]", json!(20)).unwrap().plan.unwrap();
        assert_eq!(
            (wider.walls[0].to.x, wider.picture.as_ref().unwrap().url()),
            (20.0, picture)
        );
        assert_eq!(wider.extra["later"], json!(1));
        assert_eq!(dossier.with("plan", Value::Null).unwrap().plan, None);
        // A dossier without a plan is saved as it was before there were plans.
        assert!(!Dossier::default().to_json().contains("\"plan\""));
    }

    #[test]
    fn what_was_said_of_exports_is_kept_and_left_out_where_nothing_was() {
        assert!(!Dossier::default().to_json().contains("exports"));
        let value = json!({
            "xishi": 1,
            "exports": {"motion_only": true, "channel_since": {"3": "2026-11-01"}, "later": 1},
            "list_mappings": [{"headings": "a b", "columns": ["channel", "start"]}],
        });
        let dossier = Dossier::from_value(value).unwrap();
        assert_eq!(dossier.exports.motion_only, Some(true));
        assert_eq!(dossier.exports.complete, None);
        assert_eq!(Dossier::parse(&dossier.to_json()).unwrap(), dossier);
        let bad = json!({"xishi": 1, "list_mappings": [{"headings": "", "columns": ["colour"]}]});
        assert_eq!(error(bad).path, "list_mappings[0].columns[0]");
        let null = json!({"xishi": 1, "exports": null, "list_mappings": null});
        assert_eq!(Dossier::from_value(null).unwrap(), Dossier::default());
    }

    #[test]
    fn a_field_is_set_by_its_path() {
        let dossier = Dossier::default().with("site.place", json!("bar")).unwrap();
        assert_eq!(dossier.site.place, Some(PlaceKind::Bar));
        let dossier = dossier.with("answers.accepted", json!("met")).unwrap();
        assert_eq!(dossier.answers[&Duty::Accepted], Answer::Met);
        let dossier = dossier.with("answers.accepted", Value::Null).unwrap();
        assert!(dossier.answers.is_empty());
        assert_eq!(dossier.with("site.place", json!(7)).unwrap_err().path, "site.place");
        assert!(dossier.with("xishi.deeper", json!(7)).is_err());
        let camera = Camera {
            id: "1".into(),
            name: String::new(),
            location: String::new(),
            extra: Extra::new(),
        };
        let dossier = Dossier {
            cameras: vec![camera],
            ..Dossier::default()
        };
        assert_eq!(
            dossier.with("cameras[0].name", json!("大堂")).unwrap().cameras[0].name,
            "大堂"
        );
        assert!(dossier.with("cameras[1].name", json!("大堂")).is_err());
    }
}
