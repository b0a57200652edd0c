//! What a camera sees of a room on the floor plan: known pictures, and what must
//! hold of every one.

use proptest::prelude::*;
use xishi::law::camera_places::PrivatePlace;
use xishi::plan::{Opening, OpeningKind, Plan, Point, Pose, Room, Wall};

fn room(points: &[[f64; 2]]) -> Room {
    Room {
        id: "r1".to_owned(),
        name: String::new(),
        kind: PrivatePlace::ChangingRoom,
        points: points.iter().map(|p| Point::from(*p)).collect(),
    }
}

fn wall(from: [f64; 2], to: [f64; 2]) -> Wall {
    Wall {
        from: from.into(),
        to: to.into(),
    }
}

fn door(from: [f64; 2], to: [f64; 2]) -> Opening {
    Opening {
        kind: OpeningKind::Door,
        from: from.into(),
        to: to.into(),
    }
}

fn pose(at: [f64; 2], direction: f64, angle: f64, reach: Option<f64>) -> Pose {
    Pose {
        camera: "1".to_owned(),
        at: at.into(),
        direction,
        angle,
        reach,
    }
}

fn plan(rooms: Vec<Room>, walls: Vec<Wall>, openings: Vec<Opening>, cameras: Vec<Pose>) -> Plan {
    let plan = Plan::default().changed(|plan| {
        plan.rooms = rooms;
        plan.walls = walls;
        plan.openings = openings;
        plan.cameras = cameras;
    });
    assert_eq!(plan.check(), Ok(()));
    plan
}

/// Seen share of the first room, by the first camera; zero where nothing is told.
fn share(plan: &Plan) -> f64 {
    plan.sights().found.iter().map(|sight| sight.share).sum()
}

/// A room of 200 × 200 whose left wall is at x = 500.
fn square() -> Room {
    room(&[[500.0, 300.0], [700.0, 300.0], [700.0, 500.0], [500.0, 500.0]])
}

/// A room drawn without walls of its own: one opening along each side.
fn open_square() -> (Room, Vec<Opening>) {
    let sides = [
        door([500.0, 300.0], [700.0, 300.0]),
        door([700.0, 300.0], [700.0, 500.0]),
        door([700.0, 500.0], [500.0, 500.0]),
        door([500.0, 500.0], [500.0, 300.0]),
    ];
    (square(), sides.to_vec())
}

#[test]
fn through_a_door_one_sees_what_similar_triangles_say() {
    // 100 before a door of 20 in the left wall: the view widens from 20 to 60
    // over the room's depth of 200.
    let seen = plan(
        vec![square()],
        Vec::new(),
        vec![door([500.0, 390.0], [500.0, 410.0])],
        vec![pose([400.0, 400.0], 0.0, 90.0, None)],
    );
    let expected = (20.0 + 60.0) / 2.0 * 200.0 / 40_000.0;
    assert!((share(&seen) - expected).abs() < 1e-9, "{}", share(&seen));
}

#[test]
fn a_closed_room_is_not_seen_and_a_camera_turned_away_sees_nothing() {
    let camera = || vec![pose([400.0, 400.0], 0.0, 90.0, None)];
    assert!(
        plan(vec![square()], Vec::new(), Vec::new(), camera())
            .sights()
            .found
            .is_empty()
    );
    let gap = vec![door([500.0, 390.0], [500.0, 410.0])];
    let away = vec![pose([400.0, 400.0], 180.0, 90.0, None)];
    assert!(
        plan(vec![square()], Vec::new(), gap.clone(), away)
            .sights()
            .found
            .is_empty()
    );
    // A wall before the door.
    let screen = vec![wall([450.0, 300.0], [450.0, 500.0])];
    assert!(plan(vec![square()], screen, gap, camera()).sights().found.is_empty());
}

#[test]
fn half_a_screen_hides_half() {
    let gap = vec![door([500.0, 390.0], [500.0, 410.0])];
    let screen = vec![wall([450.0, 400.0], [450.0, 500.0])];
    let seen = plan(vec![square()], screen, gap, vec![pose([400.0, 400.0], 0.0, 90.0, None)]);
    assert!((share(&seen) - 0.1).abs() < 1e-9, "{}", share(&seen));
}

#[test]
fn a_reach_ends_in_an_arc() {
    // From the corner of a room without walls a quarter of a disk is seen.
    let (room, sides) = open_square();
    let seen = plan(
        vec![room],
        Vec::new(),
        sides,
        vec![pose([500.0, 300.0], 45.0, 90.0, Some(100.0))],
    );
    let expected = std::f64::consts::PI * 100.0 * 100.0 / 4.0 / 40_000.0;
    assert!((share(&seen) - expected).abs() < 1e-9, "{}", share(&seen));
}

#[test]
fn a_camera_on_the_wall_belongs_to_the_side_it_is_turned_to() {
    let on_wall = |direction| vec![pose([500.0, 400.0], direction, 90.0, None)];
    let in_room = plan(vec![square()], Vec::new(), Vec::new(), on_wall(0.0));
    assert!(in_room.sights().found[0].inside);
    let outside = plan(vec![square()], Vec::new(), Vec::new(), on_wall(180.0));
    assert!(outside.sights().found.is_empty());
}

#[test]
fn walls_that_cross_hide_as_they_stand() {
    // Two boards crossing before the camera; behind them nothing is seen.
    let boards = vec![
        wall([440.0, 340.0], [460.0, 460.0]),
        wall([460.0, 340.0], [440.0, 460.0]),
    ];
    let (room, sides) = open_square();
    let camera = vec![pose([400.0, 400.0], 0.0, 40.0, None)];
    assert!(plan(vec![room], boards, sides, camera).sights().found.is_empty());
}

#[test]
fn the_largest_plan_is_judged_in_bounded_time() {
    let mut walls = Vec::new();
    for n in 0..xishi::plan::model::MAX_WALLS {
        // All cross one another.
        let angle = n as f64 / xishi::plan::model::MAX_WALLS as f64 * std::f64::consts::PI;
        let towards = Point::at_angle(angle).times(380.0);
        let centre = Point::new(600.0, 400.0 + n as f64 * 0.1);
        walls.push(Wall {
            from: centre.minus(towards),
            to: centre.plus(towards),
        });
    }
    let rooms = (0..60).map(|n| Room {
        id: format!("r{n}"),
        ..room(&[
            [50.0, 50.0],
            [1150.0, 50.0],
            [1150.0, 400.0],
            [1100.0, 750.0],
            [600.0, 780.0],
            [50.0, 750.0],
            [20.0, 500.0],
        ])
    });
    let cameras = (0..100).map(|n| Pose {
        camera: n.to_string(),
        ..pose([100.0 + 10.0 * f64::from(n), 60.0], 90.0, 360.0, Some(900.0))
    });
    let largest = plan(rooms.collect(), walls, Vec::new(), cameras.collect());
    for sight in &largest.sights().found {
        assert!(sight.share.is_finite() && (0.0..=1.0).contains(&sight.share));
    }
}

/// A point of the default plan.
fn point() -> impl Strategy<Value = [f64; 2]> {
    (0.0..1200.0, 0.0..800.0).prop_map(|(x, y)| [x, y])
}

fn some_walls() -> impl Strategy<Value = Vec<Wall>> {
    let apart = |(a, b): &([f64; 2], [f64; 2])| Point::from(*a).distance((*b).into()) > 1.0;
    let one = (point(), point()).prop_filter("a wall has a length", apart);
    proptest::collection::vec(one.prop_map(|(a, b)| wall(a, b)), 0..12)
}

/// A concave room of six corners somewhere, with a door in its left wall.
fn some_room() -> impl Strategy<Value = (Room, Vec<Opening>)> {
    (point(), 40.0..300.0, 40.0..300.0, 0.0..0.9, 0.01..0.1).prop_map(|([x, y], w, h, at, width)| {
        let outline = [
            [x, y],
            [x + w, y],
            [x + w, y + h / 2.0],
            [x + w / 2.0, y + h / 2.0],
            [x + w / 2.0, y + h],
            [x, y + h],
        ];
        (room(&outline), vec![door([x, y + h * at], [x, y + h * (at + width)])])
    })
}

fn some_plan() -> impl Strategy<Value = Plan> {
    let camera = (point(), 0.0..360.0, 1.0..360.0, proptest::option::of(1.0..1500.0));
    (some_room(), some_walls(), camera).prop_map(|((room, doors), walls, (at, direction, angle, reach))| {
        plan(vec![room], walls, doors, vec![pose(at, direction, angle, reach)])
    })
}

/// The area seen of the room, by many rays.
fn by_rays(plan: &Plan) -> f64 {
    let view = &plan.sights().views[0];
    let n = 60;
    let room = &plan.rooms[0].points;
    let (min_x, max_x) = room
        .iter()
        .fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.x), b.max(p.x)));
    let (min_y, max_y) = room
        .iter()
        .fold((f64::MAX, f64::MIN), |(a, b), p| (a.min(p.y), b.max(p.y)));
    let (mut inside, mut seen) = (0.0, 0.0);
    for i in 0..n {
        for j in 0..n {
            let at = |k: i32, from: f64, to: f64| from + (f64::from(k) + 0.5) / f64::from(n) * (to - from);
            let sample = Point::new(at(i, min_x, max_x), at(j, min_y, max_y));
            if !xishi::plan::geometry::contains(room, sample) {
                continue;
            }
            inside += 1.0;
            if plainly_seen(plan, view.eye, sample) {
                seen += 1.0;
            }
        }
    }
    seen / inside
}

/// The same question for one point, without any cleverness.
fn plainly_seen(plan: &Plan, eye: Point, at: Point) -> bool {
    let pose = &plan.cameras[0];
    let way = at.minus(eye);
    let turn = (way.angle().to_degrees() - pose.direction + 540.0).rem_euclid(360.0) - 180.0;
    if turn.abs() > pose.angle / 2.0 || pose.reach.is_some_and(|reach| way.length() > reach) {
        return false;
    }
    let door = &plan.openings[0];
    let room_edges = xishi::plan::geometry::edges(&plan.rooms[0].points);
    let crosses = |from: Point, to: Point| {
        let line = to.minus(from);
        let cross = way.cross(line);
        let t = from.minus(eye).cross(line) / cross;
        let s = from.minus(eye).cross(way) / cross;
        ((0.0..1.0).contains(&t) && (0.0..=1.0).contains(&s)).then(|| eye.plus(way.times(t)))
    };
    let in_door = |p: Point| {
        let (a, b) = (door.from.y.min(door.to.y), door.from.y.max(door.to.y));
        (p.x - door.from.x).abs() < 1e-6 && (a..=b).contains(&p.y)
    };
    // Doors open walls near them too; only the room's own are tried here.
    plan.walls.iter().all(|wall| crosses(wall.from, wall.to).is_none())
        && room_edges
            .into_iter()
            .all(|edge| crosses(edge.from, edge.to).is_none_or(in_door))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_share_is_a_share(plan in some_plan()) {
        for sight in &plan.sights().found {
            prop_assert!(sight.share.is_finite() && (0.0..=1.0).contains(&sight.share));
        }
        let wedges = &plan.sights().views[0].wedges;
        prop_assert!(wedges.iter().all(|w| w.from < w.to && w.from.is_finite() && w.to.is_finite()));
        let turned: f64 = wedges.iter().map(|w| w.to - w.from).sum();
        prop_assert!((turned - plan.cameras[0].angle.to_radians()).abs() < 1e-6, "the cone is covered once");
        prop_assert!(!plan.sights().views[0].path().contains("NaN"));
    }

    #[test]
    fn a_longer_reach_sees_no_less(plan in some_plan(), more in 1.0..3.0) {
        let reach = plan.cameras[0].reach.unwrap_or(200.0);
        let with = |reach| plan.changed(|plan| plan.cameras[0].reach = Some(reach));
        prop_assert!(share(&with(reach * more)) >= share(&with(reach)) - 1e-9);
    }

    #[test]
    fn a_wall_more_shows_no_more(plan in some_plan(), (from, to) in (point(), point())) {
        prop_assume!(Point::from(from).distance(to.into()) > 1.0);
        let more = plan.changed(|plan| plan.walls.push(wall(from, to)));
        // A wall that the camera now hangs on moves the eye.
        prop_assume!(more.sights().views[0].eye == plan.sights().views[0].eye);
        prop_assert!(share(&more) <= share(&plan) + 1e-9);
    }

    #[test]
    fn without_walls_the_whole_cone_is_seen(at in point(), direction in 91.0..269.0, angle in 2.0..360.0, reach in 1.0..1500.0) {
        let (room, sides) = open_square();
        // Near an edge it would hang on it, by its direction.
        prop_assume!(xishi::plan::geometry::edges(&room.points).all(|edge| edge.nearest(at.into()).distance(at.into()) > 5.0));
        let seen = plan(vec![room.clone()], Vec::new(), sides, vec![pose(at, direction, angle, Some(reach))]);
        // Of a full turn from one place, the cones of both halves are all.
        let half = |turn| {
            let (_, sides) = open_square();
            share(&plan(vec![room.clone()], Vec::new(), sides, vec![pose(at, direction + turn, angle / 2.0, Some(reach))]))
        };
        let halves = half(-angle / 4.0) + half(angle / 4.0);
        // What is below the least share is not told.
        prop_assert!((share(&seen) - halves).abs() < 0.0021);
    }

    #[test]
    fn turning_and_moving_the_plan_changes_nothing(plan in some_plan(), turn in 0.0..360.0, by in point()) {
        let towards = Point::at_angle(f64::to_radians(turn));
        let moved = |p: Point| Point::new(p.x * towards.x - p.y * towards.y, p.x * towards.y + p.y * towards.x).plus(by.into());
        let turned = plan.changed(|plan| {
            plan.rooms[0].points.iter_mut().for_each(|p| *p = moved(*p));
            plan.walls.iter_mut().for_each(|w| (w.from, w.to) = (moved(w.from), moved(w.to)));
            plan.openings.iter_mut().for_each(|o| (o.from, o.to) = (moved(o.from), moved(o.to)));
            let pose = &mut plan.cameras[0];
            (pose.at, pose.direction) = (moved(pose.at), (pose.direction + turn).rem_euclid(360.0));
        });
        // The least share may be passed by rounding.
        prop_assert!((share(&plan) - share(&turned)).abs() < 1e-6 || share(&plan).max(share(&turned)) < 0.00101);
    }

    #[test]
    fn rays_tell_the_same(plan in some_plan()) {
        prop_assume!(plan.walls.iter().all(|w| {
            // Doors open walls that are drawn over them: not what is tried here.
            let door = &plan.openings[0];
            xishi::plan::geometry::Segment::new(w.from, w.to).nearest(door.from).distance(door.from) > 13.0
        }));
        let rays = by_rays(&plan);
        prop_assert!((share(&plan) - rays).abs() < 0.03, "{} by rays {rays}", share(&plan));
    }

    #[test]
    fn a_closed_room_is_never_seen_from_outside(mut plan in some_plan()) {
        plan = plan.changed(|plan| plan.openings.clear());
        for sight in &plan.sights().found {
            prop_assert!(sight.inside, "{sight:?}");
        }
    }
}
