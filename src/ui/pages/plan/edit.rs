//! Drawing on the plan: what a press, a move and a release do with each tool.
//! No browser: points come in plan units, changed plans go out.

use crate::dossier::{Camera, Extra};
use crate::ids::ids;
use crate::law::camera_places::PrivatePlace;
use crate::plan::geometry::{Segment, contains, edges};
use crate::plan::snap::{onto_wall, snap};
use crate::plan::{Opening, OpeningKind, Plan, Point, Pose, Room, Wall};
use crate::words::lang::t;

ids! {
    /// What the pointer does.
    pub enum Tool {
        Select = "select" => "选择、移动",
        Room = "room" => "私密房间",
        Wall = "wall" => "墙",
        Door = "door" => "门",
        Gap = "gap" => "门洞",
        Camera = "camera" => "摄像头",
        Scale = "scale" => "量尺",
    }
}

impl Tool {
    /// How to use it, in one sentence.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Select => t!("点中一个东西，拖动它或它的角；摄像头前面的小圆点用来转方向。空白处拖动可以移动画面。"),
            Self::Room => t!("拖出一个长方形；或者一个角一个角地点，点回第一个角就围成一间。"),
            Self::Wall => t!("按住拖出一段墙；或者一点一点地点，连着画，按 Esc 结束。靠近墙端、横平竖直时会自动对齐。"),
            Self::Door => t!("沿着墙按住拖出门的宽度。门按打开的样子算，因为谁也不能保证它总关着。"),
            Self::Gap => t!("沿着墙按住拖出门洞的宽度。"),
            Self::Camera => t!("在摄像头的位置按下，朝它看的方向拖出去再松开。"),
            Self::Scale => t!("沿着一段知道多长的线按住拖动，例如一扇门、一面墙，然后填它的实际长度。"),
        }
    }
}

/// One thing on the plan, by its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    Room(usize),
    Wall(usize),
    Opening(usize),
    Camera(usize),
}

/// The part of a thing that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    Whole,
    /// A corner of a room, an end of a wall.
    Corner(usize),
    /// The direction of a camera.
    Aim,
}

/// What is being drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stroke {
    #[default]
    Idle,
    /// Corners of a room so far.
    Outline(Vec<Point>),
    /// The first end of a line, set by a click.
    Started(Point),
    /// Pressed and not yet released: where, and where now.
    Pressed { from: Point, now: Point },
    /// A thing is being moved; the plan as it would become.
    Moving {
        item: Item,
        grip: Grip,
        last: Point,
        plan: Box<Plan>,
    },
    /// Nothing was hit: the picture itself is moved.
    Panning,
}

/// A plan to take over, with a camera that the dossier does not have yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub plan: Plan,
    pub camera: Option<Camera>,
}

/// The state of the drawing board.
#[derive(Clone, Debug, PartialEq)]
pub struct Editor {
    pub tool: Tool,
    pub stroke: Stroke,
    pub selected: Option<Item>,
    /// Kind of the next room.
    pub kind: PrivatePlace,
    /// The camera to put down next; `None` is a new one.
    pub camera: Option<String>,
    pub snapping: bool,
    /// Length in plan units that was measured last, until it is named in metres.
    pub measured: Option<f64>,
    /// Where the pointer is, for lines that wait for their second end.
    pub hover: Option<Point>,
}

impl Default for Editor {
    fn default() -> Self {
        Self {
            tool: Tool::Select,
            stroke: Stroke::Idle,
            selected: None,
            kind: PrivatePlace::Toilet,
            camera: None,
            snapping: true,
            measured: None,
            hover: None,
        }
    }
}

impl Editor {
    /// Takes another tool; what was begun is dropped.
    pub fn take(&mut self, tool: Tool) {
        self.tool = tool;
        self.stroke = Stroke::Idle;
        self.hover = None;
        if tool != Tool::Select {
            self.selected = None;
        }
    }

    /// The plan to show: with what is being moved where it would go.
    pub fn shown<'a>(&'a self, plan: &'a Plan) -> &'a Plan {
        match &self.stroke {
            Stroke::Moving { plan, .. } => plan,
            _ => plan,
        }
    }

    fn meant(&self, plan: &Plan, start: Option<Point>, at: Point, radius: f64) -> Point {
        let at = whole(at);
        if !self.snapping {
            return at;
        }
        match self.tool {
            Tool::Door | Tool::Gap => onto_wall(plan, at, radius * 2.0).unwrap_or(at),
            Tool::Camera => onto_wall(plan, at, radius / 2.0).unwrap_or(at),
            _ => snap(plan, start, at, radius),
        }
    }

    /// The pointer went down at a point; `radius` is what a finger covers.
    pub fn press(&mut self, plan: &Plan, at: Point, radius: f64) {
        match (&mut self.stroke, self.tool) {
            (_, Tool::Select) => {
                let held = hit(plan, self.selected, at, radius);
                self.selected = held.map(|(item, _)| item);
                self.stroke = match held {
                    Some((item, grip)) => Stroke::Moving {
                        item,
                        grip,
                        last: at,
                        plan: Box::new(plan.clone()),
                    },
                    None => Stroke::Panning,
                };
            }
            (Stroke::Outline(_) | Stroke::Started(_), _) => {}
            _ => {
                let from = self.meant(plan, None, at, radius);
                self.stroke = Stroke::Pressed { from, now: from };
            }
        }
    }

    /// The pointer moved.
    pub fn drag(&mut self, plan: &Plan, at: Point, radius: f64) {
        let start = match &self.stroke {
            Stroke::Pressed { from, .. } | Stroke::Started(from) => Some(*from),
            Stroke::Outline(corners) => corners.last().copied(),
            _ => None,
        };
        // A rectangle's far corner is level with nothing.
        let start = start.filter(|_| !(self.tool == Tool::Room && matches!(self.stroke, Stroke::Pressed { .. })));
        let meant = match self.tool {
            Tool::Camera => at,
            _ => self.meant(plan, start, at, radius),
        };
        let snapping = self.snapping;
        match &mut self.stroke {
            Stroke::Pressed { now, .. } => *now = meant,
            Stroke::Moving {
                item,
                grip,
                last,
                plan: moved,
            } => {
                **moved = match grip {
                    Grip::Whole => {
                        let by = whole(at).minus(whole(*last));
                        *last = at;
                        shifted(moved, *item, by)
                    }
                    Grip::Corner(corner) => {
                        let to = if snapping {
                            snap(plan, None, whole(at), radius)
                        } else {
                            whole(at)
                        };
                        with_corner(moved, *item, *corner, to)
                    }
                    Grip::Aim => aimed(moved, *item, at),
                };
            }
            Stroke::Outline(_) | Stroke::Started(_) => self.hover = Some(meant),
            Stroke::Idle | Stroke::Panning => {}
        }
    }

    /// The pointer went up: what is to be taken over, if anything.
    pub fn release(&mut self, plan: &Plan, at: Point, radius: f64) -> Option<Change> {
        let least = radius / 2.0;
        match std::mem::take(&mut self.stroke) {
            Stroke::Moving { plan: moved, .. } => (*moved != *plan).then(|| only(*moved)),
            Stroke::Outline(mut corners) => {
                let last = corners.last().copied();
                let corner = self.meant(plan, last, at, radius);
                let closes = corners.first().is_some_and(|first| first.distance(at) <= radius);
                if closes && corners.len() >= 3 {
                    self.hover = None;
                    return Some(self.with_room(plan, corners));
                }
                if last.is_none_or(|last| last.distance(corner) > least) {
                    corners.push(corner);
                }
                self.stroke = Stroke::Outline(corners);
                None
            }
            Stroke::Started(from) => {
                let to = self.meant(plan, Some(from), at, radius);
                self.hover = None;
                (from.distance(to) > least).then(|| {
                    if self.tool == Tool::Wall {
                        self.stroke = Stroke::Started(to);
                    }
                    self.line(plan, from, to)
                })?
            }
            Stroke::Pressed { from, now } => {
                let drawn = from.distance(now) > least * 2.0;
                match (self.tool, drawn) {
                    (Tool::Camera, _) => Some(self.with_camera(plan, from, drawn.then_some(now))),
                    (Tool::Room, true) => {
                        let corners = vec![from, Point::new(now.x, from.y), now, Point::new(from.x, now.y)];
                        Some(self.with_room(plan, corners))
                    }
                    (Tool::Room, false) => {
                        self.stroke = Stroke::Outline(vec![from]);
                        None
                    }
                    (_, true) => self.line(plan, from, now),
                    (_, false) => {
                        self.stroke = Stroke::Started(from);
                        None
                    }
                }
            }
            Stroke::Idle | Stroke::Panning => None,
        }
    }

    /// Drops what was begun; else the selection.
    pub fn cancel(&mut self) {
        if matches!(self.stroke, Stroke::Idle) {
            self.selected = None;
        }
        self.stroke = Stroke::Idle;
        self.hover = None;
    }

    /// Closes the room that is being drawn.
    pub fn close(&mut self, plan: &Plan) -> Option<Change> {
        match std::mem::take(&mut self.stroke) {
            Stroke::Outline(corners) if corners.len() >= 3 => Some(self.with_room(plan, corners)),
            other => {
                self.stroke = other;
                None
            }
        }
    }

    fn with_room(&mut self, plan: &Plan, points: Vec<Point>) -> Change {
        self.selected = Some(Item::Room(plan.rooms.len()));
        let room = Room {
            id: plan.free_room_id(),
            name: String::new(),
            kind: self.kind,
            points,
        };
        only(plan.changed(|plan| plan.rooms.push(room)))
    }

    /// A finished line of the tool.
    fn line(&mut self, plan: &Plan, from: Point, to: Point) -> Option<Change> {
        let opening = |kind| only(plan.changed(|plan| plan.openings.push(Opening { kind, from, to })));
        match self.tool {
            Tool::Wall => Some(only(plan.changed(|plan| plan.walls.push(Wall { from, to })))),
            Tool::Door => Some(opening(OpeningKind::Door)),
            Tool::Gap => Some(opening(OpeningKind::Gap)),
            Tool::Scale => {
                self.measured = Some(from.distance(to));
                None
            }
            Tool::Select | Tool::Room | Tool::Camera => None,
        }
    }

    /// The plan with the chosen camera, or a new one, put down.
    pub fn with_camera(&mut self, plan: &Plan, at: Point, towards: Option<Point>) -> Change {
        let id = self.camera.take().unwrap_or_default();
        let towards = towards.unwrap_or(Point::new(plan.width / 2.0, plan.height / 2.0));
        let pose = Pose {
            camera: id.clone(),
            at,
            direction: degrees(towards.minus(at)),
            angle: 90.0,
            reach: Some((plan.width.max(plan.height) / 2.0).round()),
        };
        self.selected = Some(Item::Camera(plan.cameras.len()));
        self.tool = Tool::Select;
        Change {
            plan: plan.changed(|plan| plan.cameras.push(pose)),
            camera: id.is_empty().then(|| Camera {
                id,
                name: String::new(),
                location: String::new(),
                extra: Extra::new(),
            }),
        }
    }
}

fn only(plan: Plan) -> Change {
    Change { plan, camera: None }
}

/// Whole plan units are finer than a hand.
fn whole(point: Point) -> Point {
    Point::new(point.x.round(), point.y.round())
}

/// A direction in whole degrees, 0 to 359.
fn degrees(way: Point) -> f64 {
    way.angle().to_degrees().round().rem_euclid(360.0)
}

/// Where a camera's handle for its direction is.
pub fn aim(plan: &Plan, pose: &Pose) -> Point {
    let length = plan.width.max(plan.height) * 0.09;
    pose.at.plus(Point::at_angle(pose.direction.to_radians()).times(length))
}

/// What is at a point, small things before large ones, the selected one's grips
/// before all.
pub fn hit(plan: &Plan, selected: Option<Item>, at: Point, radius: f64) -> Option<(Item, Grip)> {
    let near = |p: Point| p.distance(at) <= radius;
    let on = |from: Point, to: Point| Segment::new(from, to).nearest(at).distance(at) <= radius / 2.0;
    let grip = selected.and_then(|item| {
        let grip = match item {
            Item::Camera(n) => plan
                .cameras
                .get(n)
                .filter(|pose| near(aim(plan, pose)))
                .map(|_| Grip::Aim),
            item => corners(plan, item).into_iter().position(near).map(Grip::Corner),
        };
        Some((item, grip?))
    });
    let camera = || plan.cameras.iter().position(|pose| near(pose.at)).map(Item::Camera);
    let opening = || plan.openings.iter().position(|o| on(o.from, o.to)).map(Item::Opening);
    let wall = || plan.walls.iter().position(|w| on(w.from, w.to)).map(Item::Wall);
    let inside = |room: &Room| contains(&room.points, at) || edges(&room.points).any(|e| on(e.from, e.to));
    let room = || plan.rooms.iter().rposition(inside).map(Item::Room);
    grip.or_else(|| {
        let item = camera().or_else(opening).or_else(wall).or_else(room)?;
        Some((item, Grip::Whole))
    })
}

/// The points by which a thing can be held.
pub fn corners(plan: &Plan, item: Item) -> Vec<Point> {
    match item {
        Item::Room(n) => plan.rooms.get(n).map(|room| room.points.clone()),
        Item::Wall(n) => plan.walls.get(n).map(|wall| vec![wall.from, wall.to]),
        Item::Opening(n) => plan.openings.get(n).map(|o| vec![o.from, o.to]),
        Item::Camera(n) => plan.cameras.get(n).map(|pose| vec![pose.at]),
    }
    .unwrap_or_default()
}

/// The plan with one thing moved by a vector.
pub fn shifted(plan: &Plan, item: Item, by: Point) -> Plan {
    plan.changed(|plan| match item {
        Item::Room(n) => {
            for point in plan.rooms.get_mut(n).map(|room| &mut room.points).into_iter().flatten() {
                *point = point.plus(by);
            }
        }
        Item::Wall(n) => {
            if let Some(wall) = plan.walls.get_mut(n) {
                (wall.from, wall.to) = (wall.from.plus(by), wall.to.plus(by));
            }
        }
        Item::Opening(n) => {
            if let Some(opening) = plan.openings.get_mut(n) {
                (opening.from, opening.to) = (opening.from.plus(by), opening.to.plus(by));
            }
        }
        Item::Camera(n) => {
            if let Some(pose) = plan.cameras.get_mut(n) {
                pose.at = pose.at.plus(by);
            }
        }
    })
}

fn with_corner(plan: &Plan, item: Item, corner: usize, to: Point) -> Plan {
    plan.changed(|plan| {
        let point = match (item, corner) {
            (Item::Room(n), _) => plan.rooms.get_mut(n).and_then(|room| room.points.get_mut(corner)),
            (Item::Wall(n), 0) => plan.walls.get_mut(n).map(|wall| &mut wall.from),
            (Item::Wall(n), _) => plan.walls.get_mut(n).map(|wall| &mut wall.to),
            (Item::Opening(n), 0) => plan.openings.get_mut(n).map(|o| &mut o.from),
            (Item::Opening(n), _) => plan.openings.get_mut(n).map(|o| &mut o.to),
            (Item::Camera(n), _) => plan.cameras.get_mut(n).map(|pose| &mut pose.at),
        };
        if let Some(point) = point {
            *point = to;
        }
    })
}

fn aimed(plan: &Plan, item: Item, at: Point) -> Plan {
    plan.changed(|plan| {
        if let Item::Camera(n) = item
            && let Some(pose) = plan.cameras.get_mut(n)
            && pose.at.distance(at) > 1.0
        {
            pose.direction = degrees(at.minus(pose.at));
        }
    })
}

/// The plan with one camera turned by degrees.
pub fn turned(plan: &Plan, item: Item, by: f64) -> Plan {
    plan.changed(|plan| {
        if let Item::Camera(n) = item
            && let Some(pose) = plan.cameras.get_mut(n)
        {
            pose.direction = (pose.direction + by).rem_euclid(360.0);
        }
    })
}

/// The plan without one thing; a camera stays in the dossier.
pub fn without(plan: &Plan, item: Item) -> Plan {
    fn drop_at<T>(list: &mut Vec<T>, n: usize) {
        if n < list.len() {
            list.remove(n);
        }
    }
    plan.changed(|plan| match item {
        Item::Room(n) => drop_at(&mut plan.rooms, n),
        Item::Wall(n) => drop_at(&mut plan.walls, n),
        Item::Opening(n) => drop_at(&mut plan.openings, n),
        Item::Camera(n) => drop_at(&mut plan.cameras, n),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    /// Presses, drags and releases.
    fn draw(editor: &mut Editor, plan: &Plan, from: Point, to: Point) -> Option<Change> {
        editor.press(plan, from, 10.0);
        editor.drag(plan, to, 10.0);
        editor.release(plan, to, 10.0)
    }

    fn with(tool: Tool) -> Editor {
        let mut editor = Editor::default();
        editor.take(tool);
        editor
    }

    #[test]
    fn a_drag_is_a_rectangle_and_clicks_are_a_polygon() {
        let plan = Plan::default();
        let drawn = draw(&mut with(Tool::Room), &plan, at(100.0, 100.0), at(300.0, 250.0))
            .unwrap()
            .plan;
        assert_eq!(drawn.rooms[0].points.len(), 4);
        assert_eq!(drawn.rooms[0].area(), 200.0 * 150.0);
        let mut editor = with(Tool::Room);
        for corner in [at(100.0, 100.0), at(300.0, 100.0), at(200.0, 300.0)] {
            assert_eq!(draw(&mut editor, &plan, corner, corner), None);
        }
        let drawn = draw(&mut editor, &plan, at(103.0, 98.0), at(103.0, 98.0)).unwrap().plan;
        assert_eq!(drawn.rooms[0].points.len(), 3);
        assert!(drawn.check().is_ok());
        assert_eq!(editor.selected, Some(Item::Room(0)));
    }

    #[test]
    fn walls_are_chained_by_clicks_until_cancelled() {
        let mut plan = Plan::default();
        let mut editor = with(Tool::Wall);
        for corner in [at(100.0, 100.0), at(400.0, 104.0), at(400.0, 400.0)] {
            if let Some(change) = draw(&mut editor, &plan, corner, corner) {
                plan = change.plan;
            }
        }
        // Nearly level became level.
        assert_eq!(plan.walls.len(), 2);
        assert_eq!(plan.walls[0].to, at(400.0, 100.0));
        assert_eq!(plan.walls[1].from, at(400.0, 100.0));
        editor.cancel();
        assert_eq!(editor.stroke, Stroke::Idle);
    }

    #[test]
    fn a_door_is_drawn_onto_the_wall() {
        let plan = draw(
            &mut with(Tool::Room),
            &Plan::default(),
            at(100.0, 100.0),
            at(300.0, 300.0),
        )
        .unwrap()
        .plan;
        let drawn = draw(&mut with(Tool::Door), &plan, at(103.0, 150.0), at(96.0, 190.0))
            .unwrap()
            .plan;
        assert_eq!(
            (drawn.openings[0].from, drawn.openings[0].to),
            (at(100.0, 150.0), at(100.0, 190.0))
        );
    }

    #[test]
    fn a_new_camera_looks_where_it_was_dragged() {
        let mut editor = with(Tool::Camera);
        let change = draw(&mut editor, &Plan::default(), at(100.0, 100.0), at(100.0, 200.0)).unwrap();
        assert_eq!(change.plan.cameras[0].direction, 90.0);
        assert!(change.camera.is_some());
        // One of the dossier keeps its id.
        let mut editor = with(Tool::Camera);
        editor.camera = Some("7".to_owned());
        let change = draw(&mut editor, &Plan::default(), at(100.0, 100.0), at(100.0, 200.0)).unwrap();
        assert_eq!((change.plan.cameras[0].camera.as_str(), change.camera), ("7", None));
    }

    #[test]
    fn what_is_selected_is_moved_by_its_grips() {
        let mut editor = with(Tool::Camera);
        let plan = draw(&mut editor, &Plan::default(), at(300.0, 300.0), at(400.0, 300.0))
            .unwrap()
            .plan;
        // The new camera is selected: its direction is at hand.
        let handle = aim(&plan, &plan.cameras[0]);
        let turned = draw(&mut editor, &plan, handle, at(300.0, 100.0)).unwrap().plan;
        assert_eq!(turned.cameras[0].direction, 270.0);
        let moved = draw(&mut editor, &plan, at(301.0, 299.0), at(351.0, 299.0))
            .unwrap()
            .plan;
        assert_eq!(moved.cameras[0].at, at(350.0, 300.0));
        assert_eq!(draw(&mut editor, &plan, at(900.0, 700.0), at(950.0, 700.0)), None);
        assert_eq!(editor.selected, None);
    }

    #[test]
    fn a_measured_length_waits_for_its_metres() {
        let mut editor = with(Tool::Scale);
        assert_eq!(
            draw(&mut editor, &Plan::default(), at(0.0, 100.0), at(250.0, 100.0)),
            None
        );
        assert_eq!(editor.measured, Some(250.0));
    }
}
