//! What a camera sees of a plan: its cone and reach, as far as the walls let it.
//!
//! Seen from the eye, the line through a wall is 1/r = q · u for the direction
//! u, with one vector q for each line. So the nearest wall in a direction is the
//! largest q · u, and where two lines cross is a right angle to the difference
//! of their vectors. The view is the upper envelope of these: found exactly, in
//! wedges that end at one wall or at the reach.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use super::geometry::{Point, Segment, area, area_in_disk, clip, edges};
use super::model::{Plan, Pose};
use crate::sort::Sort;

/// A camera nearer to a wall than this share of the plan's longer side hangs on
/// it.
const MOUNT: f64 = 0.004;
/// How far a wall may be from an opening drawn over it, as such a share.
const OPENING: f64 = 0.01;
/// Wedges narrower than this (radians) are rounding.
const NARROW: f64 = 1e-12;

/// Everything that blocks the view.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Walls and the private rooms' own walls, whole.
    lines: Vec<Segment>,
    /// The same without what doors and gaps open.
    opaque: Vec<Segment>,
    /// The plan's longer side.
    size: f64,
    /// No point of the plan is farther from its origin.
    extent: f64,
}

impl Scene {
    /// The walls of a plan, opened where its doors and gaps are.
    pub fn of(plan: &Plan) -> Self {
        let rooms = plan.rooms.iter().flat_map(|room| edges(&room.points));
        let walls = plan.walls.iter().map(|wall| Segment::new(wall.from, wall.to));
        let openings: Vec<_> = plan.openings.iter().map(|o| Segment::new(o.from, o.to)).collect();
        let lines: Vec<_> = rooms.chain(walls).collect();
        let size = plan.width.max(plan.height);
        let extent = lines.iter().map(|line| line.from.length().max(line.to.length()));
        let extent = extent.fold(size * 1.5, f64::max);
        let opaque = lines
            .iter()
            .flat_map(|line| without(*line, &openings, size * OPENING))
            .collect();
        Self {
            lines,
            opaque,
            size,
            extent,
        }
    }

    /// Where a camera looks from: one that hangs on a wall looks from the side
    /// that it is turned to.
    pub fn eye(&self, pose: &Pose) -> Point {
        let towards = Point::at_angle(pose.direction.to_radians());
        self.lines.iter().fold(pose.at, |eye, line| {
            let length = line.length();
            if length <= 0.0 || line.nearest(eye).distance(eye) > self.size * MOUNT {
                return eye;
            }
            let normal = Segment::new(Point::default(), line.to.minus(line.from));
            let (turned, now) = (normal.side(towards), line.side(eye));
            // Along the wall: it stays where it was put.
            if turned.abs() < 0.02 {
                return eye;
            }
            let shift = turned.signum() * self.size * MOUNT / 2.0 - now;
            let way = line.to.minus(line.from).times(1.0 / length);
            eye.plus(Point::new(-way.y, way.x).times(shift))
        })
    }
}

/// A line without what the openings along it take away.
fn without(line: Segment, openings: &[Segment], tolerance: f64) -> Vec<Segment> {
    let mut gaps: Vec<(f64, f64)> = openings
        .iter()
        .filter(|o| line.side(o.from).abs() <= tolerance && line.side(o.to).abs() <= tolerance)
        .map(|o| (line.along(o.from), line.along(o.to)))
        .map(|(a, b)| (a.min(b).max(0.0), a.max(b).min(1.0)))
        .filter(|(a, b)| a < b)
        .collect();
    gaps.order_by(|a, b| a.0.total_cmp(&b.0));
    let mut left = Vec::new();
    let mut at = 0.0;
    for (from, to) in gaps {
        if from > at {
            left.push(Segment::new(line.at(at), line.at(from)));
        }
        at = to.max(at);
    }
    if at <= 0.0 {
        left.push(line);
    } else if at < 1.0 {
        left.push(Segment::new(line.at(at), line.to));
    }
    left
}

/// Where a wedge of the view ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// At the line where this vector · point, from the eye, is one.
    Wall(Point),
    /// At this distance.
    Reach(f64),
}

/// A part of the view between two directions (radians, `from` < `to`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wedge {
    pub from: f64,
    pub to: f64,
    pub end: End,
}

/// What a camera sees.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub eye: Point,
    /// In order of direction.
    pub wedges: Vec<Wedge>,
}

/// A wall as the eye sees it, between two angles from the cone's edge.
struct Facing {
    from: f64,
    to: f64,
    line: Point,
}

impl View {
    /// The view of a camera over a scene. Without a reach it sees to the edge of
    /// the plan.
    pub fn of(scene: &Scene, pose: &Pose) -> Self {
        let eye = scene.eye(pose);
        let width = pose.angle.to_radians().clamp(0.0, TAU);
        let base = pose.direction.to_radians() - width / 2.0;
        let reach = pose.reach.unwrap_or(eye.length() + scene.extent);
        let facing = facing(scene, eye, base, width);

        let mut turns: Vec<f64> = facing.iter().flat_map(|f| [f.from, f.to]).collect();
        turns.extend([0.0, width]);
        turns.order_by(f64::total_cmp);
        turns.dedup();
        let mut wedges = Vec::new();
        let mut coming = facing.iter().peekable();
        let mut active: Vec<&Facing> = Vec::new();
        for (from, to) in turns.iter().zip(turns.iter().skip(1)) {
            active.retain(|f| f.to > *from);
            while let Some(next) = coming.next_if(|f| f.from <= *from) {
                active.push(next);
            }
            if to - from > NARROW {
                envelope(&active, base, (*from, *to), reach, &mut wedges);
            }
        }
        Self { eye, wedges }
    }

    /// Area of a polygon that is in the view; of either orientation.
    pub fn area_in(&self, outline: &[Point]) -> f64 {
        let local: Vec<_> = outline.iter().map(|p| p.minus(self.eye)).collect();
        let sum: f64 = self.wedges.iter().map(|wedge| wedge.area_in(&local)).sum();
        sum.abs()
    }

    /// The view as the `d` of an SVG path.
    pub fn path(&self) -> String {
        let eye = self.eye;
        let mut d = format!("M{:.1} {:.1}", eye.x, eye.y);
        for wedge in &self.wedges {
            let (a, b) = (eye.plus(wedge.edge(wedge.from)), eye.plus(wedge.edge(wedge.to)));
            d += &format!("L{:.1} {:.1}", a.x, a.y);
            d += &match wedge.end {
                End::Wall(_) => format!("L{:.1} {:.1}", b.x, b.y),
                End::Reach(r) => format!("A{r:.1} {r:.1} 0 0 1 {:.1} {:.1}", b.x, b.y),
            };
        }
        d.push('z');
        d
    }
}

impl Wedge {
    /// The end of the view in a direction, from the eye.
    fn edge(&self, angle: f64) -> Point {
        let towards = Point::at_angle(angle);
        match self.end {
            End::Wall(line) => towards.times(1.0 / line.dot(towards)),
            End::Reach(reach) => towards.times(reach),
        }
    }

    /// Signed area of a polygon (relative to the eye) in this wedge.
    fn area_in(&self, outline: &[Point]) -> f64 {
        let (from, to) = (Point::at_angle(self.from), Point::at_angle(self.to));
        let part = clip(outline, |p| p.cross(from));
        if part.is_empty() {
            return 0.0;
        }
        let part = clip(&part, |p| to.cross(p));
        match self.end {
            End::Wall(line) => area(&clip(&part, |p| line.dot(p) - 1.0)),
            End::Reach(reach) => area_in_disk(&part, reach),
        }
    }
}

/// The walls that the cone meets, by where they begin.
fn facing(scene: &Scene, eye: Point, base: f64, width: f64) -> Vec<Facing> {
    let mut found = Vec::new();
    for wall in &scene.opaque {
        let (mut a, mut b) = (wall.from.minus(eye), wall.to.minus(eye));
        // Seen edge-on it hides nothing.
        if wall.side(eye).abs() <= scene.size * 1e-9 {
            continue;
        }
        if a.cross(b) < 0.0 {
            (a, b) = (b, a);
        }
        let line = Point::new(b.y - a.y, a.x - b.x).times(1.0 / a.cross(b));
        // Both ends by the same way: walls that share a corner share its angle.
        let from = (a.angle() - base).rem_euclid(TAU);
        let mut to = (b.angle() - base).rem_euclid(TAU);
        if to < from {
            to += TAU;
        }
        for turn in [0.0, TAU] {
            let (from, to) = ((from - turn).max(0.0), (to - turn).min(width));
            if from < to {
                found.push(Facing { from, to, line });
            }
        }
    }
    found.order_by(|a, b| a.from.total_cmp(&b.from));
    found
}

/// Splits a span of directions, over all of which the active walls extend, where
/// another wall comes to be the nearest.
fn envelope(active: &[&Facing], base: f64, span: (f64, f64), reach: f64, wedges: &mut Vec<Wedge>) {
    let nearest = |angle: f64| {
        let towards = Point::at_angle(base + angle);
        let by = |f: &&&Facing| f.line.dot(towards);
        active.iter().max_by(|a, b| by(a).total_cmp(&by(b))).map(|f| f.line)
    };
    // Every split finds a wall that is nearest somewhere; twice that many are
    // enough, and rounding cannot make it more.
    let mut left = 2 * active.len() + 1;
    let mut spans = vec![span];
    while let Some((from, to)) = spans.pop() {
        // A little inside: at the ends walls may share a corner.
        let inset = (to - from) * 1e-6;
        let (first, last) = (nearest(from + inset), nearest(to - inset));
        let (Some(first), Some(last)) = (first, last) else {
            push(wedges, base, (from, to), None, reach);
            continue;
        };
        let apart = Point::new(first.y - last.y, last.x - first.x).angle();
        let crossing = from + (apart - base - from).rem_euclid(PI);
        // Two lines cross once within half a turn, so with the same wall
        // nearest at both ends no other is between.
        if first == last || left == 0 || crossing <= from + NARROW || crossing >= to - NARROW {
            let at_middle = nearest((from + to) / 2.0);
            push(wedges, base, (from, to), at_middle, reach);
            continue;
        }
        left -= 1;
        spans.push((crossing, to));
        spans.push((from, crossing));
    }
}

/// Adds the wedge before one wall, cut by the reach.
fn push(wedges: &mut Vec<Wedge>, base: f64, (from, to): (f64, f64), wall: Option<Point>, reach: f64) {
    let mut add = |from: f64, to: f64, end: End| {
        // Clipping by two half-planes needs less than half a turn.
        let parts = ((to - from) / FRAC_PI_2).ceil().max(1.0);
        let step = (to - from) / parts;
        for n in 0..parts as usize {
            let from = from + step * n as f64;
            if step > NARROW {
                wedges.push(Wedge {
                    from: base + from,
                    to: base + from + step,
                    end,
                });
            }
        }
    };
    let Some(line) = wall else {
        return add(from, to, End::Reach(reach));
    };
    // The wall is within reach where the angle to its foot is small enough.
    let near = 1.0 / (reach * line.length());
    if near >= 1.0 {
        return add(from, to, End::Reach(reach));
    }
    let half = near.acos();
    // The foot of the wall, as an angle near the span.
    let middle = (from + to) / 2.0;
    let foot = middle + (line.angle() - base - middle + PI).rem_euclid(TAU) - PI;
    let (enters, leaves) = ((foot - half).clamp(from, to), (foot + half).clamp(from, to));
    add(from, enters, End::Reach(reach));
    add(enters, leaves, End::Wall(line));
    add(leaves, to, End::Reach(reach));
}
