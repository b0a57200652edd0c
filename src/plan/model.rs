//! What is kept of a plan in the dossier, and its bounds.

use serde::{Deserialize, Serialize};

use super::geometry::{Point, area, is_simple};
use super::picture::Picture;
use super::sight::Memo;
use crate::dossier::Extra;
use crate::ids::ids;
use crate::law::camera_places::PrivatePlace;
use crate::words::lang::t;

/// Bounds of one plan: they keep its judgement within milliseconds.
pub const MAX_ROOMS: usize = 60;
pub const MAX_POINTS: usize = 40;
/// Points of all rooms together.
pub const MAX_ALL_POINTS: usize = 480;
pub const MAX_WALLS: usize = 400;
pub const MAX_OPENINGS: usize = 200;
pub const MAX_CAMERAS: usize = 100;
/// The longest side of a plan, in plan units.
pub const MAX_SIDE: f64 = 10_000.0;
/// No coordinate is farther from the origin.
const MAX_COORDINATE: f64 = 20_000.0;
const MAX_NAME: usize = 200;

/// The plan of one floor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Size of the drawing in plan units: the picture's pixels, where there is one.
    pub width: f64,
    pub height: f64,
    /// The scale; `None` where no known length was drawn.
    pub metres_per_unit: Option<f64>,
    /// Private rooms only.
    pub rooms: Vec<Room>,
    pub walls: Vec<Wall>,
    pub openings: Vec<Opening>,
    pub cameras: Vec<Pose>,
    #[serde(flatten)]
    pub extra: Extra,
    /// What follows from the above, computed once.
    #[serde(skip)]
    pub(super) memo: Memo,
}

/// A private room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    pub id: String,
    #[serde(default)]
    pub name: String,
    pub kind: PrivatePlace,
    /// The corners in order, three at least. Its walls block the view.
    pub points: Vec<Point>,
}

/// A straight wall that blocks the view.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wall {
    pub from: Point,
    pub to: Point,
}

ids! {
    /// What opens a wall.
    pub enum OpeningKind {
        /// Counts as open.
        Door = "door" => "门",
        Gap = "gap" => "门洞",
    }
}

/// A door or a gap, drawn along the walls that it opens.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub kind: OpeningKind,
    pub from: Point,
    pub to: Point,
}

/// Where a camera of the dossier is and how it looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pose {
    /// Id of the camera in the dossier.
    pub camera: String,
    pub at: Point,
    /// Degrees clockwise from the x axis.
    pub direction: f64,
    /// The whole angle of view in degrees, 360 at most.
    pub angle: f64,
    /// How far it sees, in plan units; `None` is as far as the plan goes.
    #[serde(default)]
    pub reach: Option<f64>,
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanError {
    /// The field from the plan on, such as `rooms[0].points`.
    pub path: String,
    pub message: String,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            picture: None,
            width: 1_200.0,
            height: 800.0,
            metres_per_unit: None,
            rooms: Vec::new(),
            walls: Vec::new(),
            openings: Vec::new(),
            cameras: Vec::new(),
            extra: Extra::new(),
            memo: Memo::default(),
        }
    }
}

impl Room {
    /// Its name, or the kind where it has none.
    pub fn title(&self) -> &str {
        match self.name.trim() {
            "" => self.kind.label(),
            name => name,
        }
    }

    /// Area in square plan units.
    pub fn area(&self) -> f64 {
        area(&self.points).abs()
    }
}

impl Plan {
    /// A length in metres, where the scale is known.
    pub fn metres(&self, units: f64) -> Option<f64> {
        self.metres_per_unit.map(|metres| metres * units)
    }

    /// Whether a camera of this id is on it.
    pub fn shows(&self, camera: &str) -> bool {
        self.cameras.iter().any(|pose| pose.camera == camera)
    }

    /// This plan over another picture: what was drawn is scaled to its width.
    #[must_use]
    pub fn over(&self, picture: Picture, width: f64, height: f64) -> Self {
        let factor = width / self.width;
        self.changed(|plan| {
            plan.picture = Some(picture);
            (plan.width, plan.height) = (width, height);
            plan.metres_per_unit = plan.metres_per_unit.map(|metres| metres / factor);
            let scale = |point: &mut Point| *point = point.times(factor);
            plan.rooms.iter_mut().flat_map(|room| &mut room.points).for_each(scale);
            plan.walls
                .iter_mut()
                .flat_map(|wall| [&mut wall.from, &mut wall.to])
                .for_each(scale);
            plan.openings
                .iter_mut()
                .flat_map(|o| [&mut o.from, &mut o.to])
                .for_each(scale);
            for pose in &mut plan.cameras {
                scale(&mut pose.at);
                pose.reach = pose.reach.map(|reach| reach * factor);
            }
        })
    }

    /// An id that no room has yet.
    pub fn free_room_id(&self) -> String {
        let taken = |id: &String| self.rooms.iter().any(|room| room.id == *id);
        let mut ids = (1..).map(|n| format!("r{n}"));
        ids.find(|id| !taken(id)).unwrap_or_default()
    }

    /// Whether all is within bounds.
    ///
    /// # Errors
    /// The first field that is not, with a sentence for people.
    pub fn check(&self) -> Result<(), PlanError> {
        let wrong = |path: String, message: &str| {
            Err(PlanError {
                path,
                message: message.to_owned(),
            })
        };
        for (path, side) in [("width", self.width), ("height", self.height)] {
            if !(1.0..=MAX_SIDE).contains(&side) {
                return wrong(path.to_owned(), t!("平面图的边长应当在 1 到 10000 之间"));
            }
        }
        if self.metres_per_unit.is_some_and(|scale| !(1e-6..=1e3).contains(&scale)) {
            return wrong("metres_per_unit".to_owned(), t!("比例不合理，请重新量一段已知的长度"));
        }
        self.check_counts()?;
        for (n, room) in self.rooms.iter().enumerate() {
            let at = format!("rooms[{n}]");
            if room.id.is_empty() || self.rooms.iter().take(n).any(|other| other.id == room.id) {
                return wrong(at + ".id", t!("房间的编号不能为空，也不能重复"));
            }
            if room.name.len() > MAX_NAME || room.id.len() > MAX_NAME {
                return wrong(at + ".name", t!("名称太长"));
            }
            if !(3..=MAX_POINTS).contains(&room.points.len()) {
                return wrong(at + ".points", t!("一个房间应当有 3 到 40 个角"));
            }
            if !room.points.iter().all(|p| on_paper(*p)) {
                return wrong(at + ".points", off_paper());
            }
            if !is_simple(&room.points) || room.area() < 1e-6 {
                return wrong(at + ".points", t!("房间的边互相交叉或者重叠，请重新画"));
            }
        }
        let walls = self.walls.iter().map(|wall| ("walls", wall.from, wall.to)).enumerate();
        let openings = self.openings.iter().map(|o| ("openings", o.from, o.to)).enumerate();
        for (n, (list, from, to)) in walls.chain(openings) {
            if !on_paper(from) || !on_paper(to) {
                return wrong(format!("{list}[{n}]"), off_paper());
            }
            if from.distance(to) < 1e-6 {
                return wrong(format!("{list}[{n}]"), t!("两端不能在同一点"));
            }
        }
        for (n, pose) in self.cameras.iter().enumerate() {
            let at = format!("cameras[{n}]");
            let earlier = self.cameras.iter().take(n);
            if pose.camera.is_empty() || earlier.clone().any(|other| other.camera == pose.camera) {
                return wrong(at + ".camera", t!("同一个摄像头在图上只能有一处"));
            }
            if !on_paper(pose.at) {
                return wrong(at + ".at", off_paper());
            }
            if !(-360.0..=360.0).contains(&pose.direction) {
                return wrong(at + ".direction", t!("方向应当是 0 到 360 度"));
            }
            if !(1.0..=360.0).contains(&pose.angle) {
                return wrong(at + ".angle", t!("视角应当是 1 到 360 度"));
            }
            if pose
                .reach
                .is_some_and(|reach| !(0.01..=MAX_COORDINATE).contains(&reach))
            {
                return wrong(at + ".reach", t!("能看多远应当大于 0，并且不超出图太多"));
            }
        }
        Ok(())
    }

    fn check_counts(&self) -> Result<(), PlanError> {
        let points = self.rooms.iter().map(|room| room.points.len()).sum::<usize>();
        let counts = [
            ("rooms", self.rooms.len(), MAX_ROOMS, t!("私密房间")),
            ("rooms", points, MAX_ALL_POINTS, t!("房间的角")),
            ("walls", self.walls.len(), MAX_WALLS, t!("墙")),
            ("openings", self.openings.len(), MAX_OPENINGS, t!("门和门洞")),
            ("cameras", self.cameras.len(), MAX_CAMERAS, t!("图上的摄像头")),
        ];
        let over = counts.into_iter().find(|(_, count, most, _)| count > most);
        over.map_or(Ok(()), |(path, count, most, what)| {
            Err(PlanError {
                path: path.to_owned(),
                message: t!(
                    "{what}有 {count} 个，一张图最多 {most} 个；请分成几份档案",
                    what = what,
                    count = count,
                    most = most
                ),
            })
        })
    }
}

fn off_paper() -> &'static str {
    t!("位置超出了平面图")
}

fn on_paper(point: Point) -> bool {
    let fits = |c: f64| (-MAX_COORDINATE..=MAX_COORDINATE).contains(&c);
    fits(point.x) && fits(point.y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn plan(value: Value) -> Plan {
        serde_json::from_value(value).unwrap()
    }

    fn wrong(value: Value) -> String {
        plan(value).check().expect_err("must be refused").path
    }

    fn room(points: Value) -> Value {
        json!({"id": "r1", "kind": "toilet", "points": points})
    }

    #[test]
    fn a_plan_of_nothing_is_in_order() {
        assert_eq!(plan(json!({})), Plan::default());
        assert!(Plan::default().check().is_ok());
    }

    #[test]
    fn what_is_out_of_bounds_is_named() {
        assert_eq!(wrong(json!({"width": 0.0})), "width");
        assert_eq!(wrong(json!({"metres_per_unit": -1.0})), "metres_per_unit");
        let bowtie = json!([[0, 0], [9, 9], [9, 0], [0, 9]]);
        assert_eq!(wrong(json!({"rooms": [room(bowtie)]})), "rooms[0].points");
        assert_eq!(
            wrong(json!({"rooms": [room(json!([[0, 0], [1, 1]]))]})),
            "rooms[0].points"
        );
        let square = json!([[0, 0], [9, 0], [9, 9], [0, 9]]);
        let twice = json!({"rooms": [room(square.clone()), room(square)]});
        assert_eq!(wrong(twice), "rooms[1].id");
        assert_eq!(wrong(json!({"walls": [{"from": [0, 0], "to": [0, 0]}]})), "walls[0]");
        let far = json!({"openings": [{"kind": "door", "from": [0, 0], "to": [1e9, 0]}]});
        assert_eq!(wrong(far), "openings[0]");
        let pose = |angle: f64| json!({"camera": "1", "at": [1, 1], "direction": 0, "angle": angle});
        assert_eq!(wrong(json!({"cameras": [pose(400.0)]})), "cameras[0].angle");
        assert_eq!(wrong(json!({"cameras": [pose(90.0), pose(90.0)]})), "cameras[1].camera");
    }

    #[test]
    fn too_many_are_refused_with_the_number() {
        let walls: Vec<_> = (0..=MAX_WALLS).map(|n| json!({"from": [n, 0], "to": [n, 9]})).collect();
        let error = plan(json!({"walls": walls})).check().unwrap_err();
        assert_eq!(error.path, "walls");
        assert!(error.message.contains("401") && error.message.contains("400"));
    }
}
