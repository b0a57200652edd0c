//! Where a hand meant to draw: ends of walls, lines, right angles.

use super::geometry::{Point, Segment, edges};
use super::model::Plan;

/// Walls and room edges.
fn lines(plan: &Plan) -> impl Iterator<Item = Segment> + '_ {
    let rooms = plan.rooms.iter().flat_map(|room| edges(&room.points));
    rooms.chain(plan.walls.iter().map(|wall| Segment::new(wall.from, wall.to)))
}

/// The point meant by one within `radius` plan units of it: the end of a wall or
/// corner of a room, or on a line; or else level or upright from `start`.
pub fn snap(plan: &Plan, start: Option<Point>, point: Point, radius: f64) -> Point {
    let nearest = |points: &mut dyn Iterator<Item = Point>| {
        let near = points.map(|p| (p.distance(point), p)).filter(|(d, _)| *d <= radius);
        near.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, p)| p)
    };
    let corner = nearest(&mut lines(plan).flat_map(|line| [line.from, line.to]));
    if let Some(corner) = corner {
        return corner;
    }
    let upright = start.map_or(point, |start| squared(start, point));
    let on_line = lines(plan)
        .map(|line| (line, line.nearest(upright)))
        .filter(|(_, foot)| foot.distance(upright) <= radius)
        .min_by(|a, b| a.1.distance(upright).total_cmp(&b.1.distance(upright)));
    on_line.map_or(upright, |(line, foot)| match start {
        // Keep level or upright where it crosses the line.
        Some(start) if upright != point => crossing(start, upright, line)
            .filter(|p| p.distance(foot) <= radius)
            .unwrap_or(foot),
        _ => foot,
    })
}

/// The nearest line within `radius`, and the point on it.
pub fn onto_wall(plan: &Plan, point: Point, radius: f64) -> Option<Point> {
    lines(plan)
        .map(|line| line.nearest(point))
        .filter(|foot| foot.distance(point) <= radius)
        .min_by(|a, b| a.distance(point).total_cmp(&b.distance(point)))
}

/// Level or upright from `start`, where it is nearly so (7°).
fn squared(start: Point, point: Point) -> Point {
    let way = point.minus(start);
    if way.y.abs() <= way.x.abs() * 0.12 {
        Point::new(point.x, start.y)
    } else if way.x.abs() <= way.y.abs() * 0.12 {
        Point::new(start.x, point.y)
    } else {
        point
    }
}

/// Where the line through two points meets a segment's line.
fn crossing(from: Point, to: Point, line: Segment) -> Option<Point> {
    let (way, other) = (to.minus(from), line.to.minus(line.from));
    let cross = way.cross(other);
    (cross.abs() > 1e-9).then(|| from.plus(way.times(line.from.minus(from).cross(other) / cross)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Wall;

    fn plan() -> Plan {
        Plan::default().changed(|plan| {
            plan.walls = vec![Wall {
                from: Point::new(100.0, 100.0),
                to: Point::new(300.0, 100.0),
            }];
        })
    }

    #[test]
    fn ends_come_before_lines_and_lines_before_right_angles() {
        let at = |x, y| snap(&plan(), None, Point::new(x, y), 10.0);
        assert_eq!(at(104.0, 103.0), Point::new(100.0, 100.0));
        assert_eq!(at(200.0, 107.0), Point::new(200.0, 100.0));
        assert_eq!(at(200.0, 150.0), Point::new(200.0, 150.0));
    }

    #[test]
    fn nearly_upright_becomes_upright_and_ends_on_the_line() {
        let start = Some(Point::new(200.0, 300.0));
        assert_eq!(
            snap(&plan(), start, Point::new(204.0, 250.0), 10.0),
            Point::new(200.0, 250.0)
        );
        assert_eq!(
            snap(&plan(), start, Point::new(204.0, 104.0), 10.0),
            Point::new(200.0, 100.0)
        );
        assert_eq!(
            snap(&plan(), start, Point::new(260.0, 240.0), 10.0),
            Point::new(260.0, 240.0)
        );
    }

    #[test]
    fn a_door_goes_onto_the_wall() {
        assert_eq!(
            onto_wall(&plan(), Point::new(150.0, 95.0), 10.0),
            Some(Point::new(150.0, 100.0))
        );
        assert_eq!(onto_wall(&plan(), Point::new(150.0, 50.0), 10.0), None);
    }
}
