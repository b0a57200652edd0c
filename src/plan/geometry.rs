//! Points, segments and polygons in the plane, as far as a plan needs them.
//!
//! All areas are signed sums, so that a polygon clipped by half-planes may have
//! edges that run back over one another, as concave ones get.

use serde::{Deserialize, Serialize};

/// A point, or the vector to it. In documents `[x, y]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "[f64; 2]", into = "[f64; 2]")]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

impl From<[f64; 2]> for Point {
    fn from([x, y]: [f64; 2]) -> Self {
        Self { x, y }
    }
}

impl From<Point> for [f64; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

impl Point {
    /// The point at these coordinates.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The unit vector of an angle in radians.
    pub fn at_angle(radians: f64) -> Self {
        Self::new(radians.cos(), radians.sin())
    }

    /// The angle of the vector in radians, −π to π.
    pub fn angle(self) -> f64 {
        self.y.atan2(self.x)
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }

    pub fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// Twice the signed area of the triangle with the origin.
    pub fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }

    pub fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    pub fn distance(self, other: Self) -> f64 {
        self.minus(other).length()
    }
}

/// From a point straight to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub from: Point,
    pub to: Point,
}

impl Segment {
    pub const fn new(from: Point, to: Point) -> Self {
        Self { from, to }
    }

    pub fn length(self) -> f64 {
        self.from.distance(self.to)
    }

    /// The point at a share of the way, 0 to 1.
    pub fn at(self, share: f64) -> Point {
        self.from.plus(self.to.minus(self.from).times(share))
    }

    /// How far along the line the foot of a point is: 0 at `from`, 1 at `to`.
    pub fn along(self, point: Point) -> f64 {
        let way = self.to.minus(self.from);
        let square = way.dot(way);
        if square > 0.0 {
            point.minus(self.from).dot(way) / square
        } else {
            0.0
        }
    }

    /// The point of the segment that is nearest to another.
    pub fn nearest(self, point: Point) -> Point {
        self.at(self.along(point).clamp(0.0, 1.0))
    }

    /// Distance of a point from the whole line, positive on one side.
    pub fn side(self, point: Point) -> f64 {
        let way = self.to.minus(self.from);
        let length = way.length();
        if length > 0.0 {
            way.cross(point.minus(self.from)) / length
        } else {
            0.0
        }
    }

    /// Whether two segments share a point.
    fn meets(self, other: Self) -> bool {
        let turn = |a: Point, b: Point, c: Point| b.minus(a).cross(c.minus(a));
        let (a, b, c, d) = (self.from, self.to, other.from, other.to);
        let (abc, abd, cda, cdb) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b));
        let within = |p: Point, s: Self| {
            p.x >= s.from.x.min(s.to.x)
                && p.x <= s.from.x.max(s.to.x)
                && p.y >= s.from.y.min(s.to.y)
                && p.y <= s.from.y.max(s.to.y)
        };
        (abc * abd < 0.0 && cda * cdb < 0.0)
            || (abc == 0.0 && within(c, self))
            || (abd == 0.0 && within(d, self))
            || (cda == 0.0 && within(a, other))
            || (cdb == 0.0 && within(b, other))
    }
}

/// The edges of a polygon, the last one back to its first point.
pub fn edges(outline: &[Point]) -> impl Iterator<Item = Segment> + '_ {
    let next = outline.iter().cycle().skip(1);
    outline.iter().zip(next).map(|(from, to)| Segment::new(*from, *to))
}

/// Area of a polygon, signed by its orientation.
pub fn area(outline: &[Point]) -> f64 {
    // About one of its own points: coordinates far from the origin cost digits.
    let origin = outline.first().copied().unwrap_or_default();
    edges(outline)
        .map(|edge| edge.from.minus(origin).cross(edge.to.minus(origin)))
        .sum::<f64>()
        / 2.0
}

/// Whether a point is inside a polygon.
pub fn contains(outline: &[Point], point: Point) -> bool {
    edges(outline).fold(false, |inside, Segment { from, to }| {
        let crosses = (from.y > point.y) != (to.y > point.y)
            && point.x < from.x + (point.y - from.y) / (to.y - from.y) * (to.x - from.x);
        inside != crosses
    })
}

/// Whether no two edges of a polygon meet except neighbours at their corner.
pub fn is_simple(outline: &[Point]) -> bool {
    let edges: Vec<_> = edges(outline).collect();
    let count = edges.len();
    edges.iter().enumerate().all(|(n, one)| {
        let back = one.from.minus(one.to);
        let next = edges.get((n + 1) % count.max(1));
        // The next edge must not run back over this one.
        let folds = next.is_some_and(|next| {
            let way = next.to.minus(next.from);
            back.cross(way) == 0.0 && back.dot(way) > 0.0
        });
        let apart = |(m, other): (usize, &Segment)| {
            let neighbours = m == n || (m + 1) % count == n || (n + 1) % count == m;
            neighbours || !one.meets(*other)
        };
        !folds && one.length() > 0.0 && edges.iter().enumerate().all(apart)
    })
}

/// The part of a polygon where `outside` is not positive; `outside` must be
/// linear (Sutherland and Hodgman's step).
#[must_use]
pub fn clip(outline: &[Point], outside: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(outline.len() + 4);
    for edge in edges(outline) {
        let (a, b) = (outside(edge.from), outside(edge.to));
        if a <= 0.0 {
            kept.push(edge.from);
        }
        if (a < 0.0 && b > 0.0) || (a > 0.0 && b < 0.0) {
            kept.push(edge.at(a / (a - b)));
        }
    }
    kept
}

/// Signed area that a polygon shares with the disk of a radius about the
/// origin, exact to rounding.
pub fn area_in_disk(outline: &[Point], radius: f64) -> f64 {
    edges(outline).map(|edge| edge_in_disk(edge, radius)).sum()
}

/// What one edge and the origin span within the disk: triangles inside,
/// sectors outside.
fn edge_in_disk(Segment { from, to }: Segment, radius: f64) -> f64 {
    let sector = |a: Point, b: Point| radius * radius / 2.0 * a.cross(b).atan2(a.dot(b));
    let way = to.minus(from);
    let (a, b, c) = (way.dot(way), from.dot(way), from.dot(from) - radius * radius);
    let root = b * b - a * c;
    if a <= 0.0 {
        return 0.0;
    }
    if root <= 0.0 {
        return sector(from, to);
    }
    let enters = ((-b - root.sqrt()) / a).max(0.0);
    let leaves = ((-b + root.sqrt()) / a).min(1.0);
    if enters >= leaves {
        return sector(from, to);
    }
    let (p, q) = (from.plus(way.times(enters)), from.plus(way.times(leaves)));
    let before = if enters > 0.0 { sector(from, p) } else { 0.0 };
    let after = if leaves < 1.0 { sector(q, to) } else { 0.0 };
    before + p.cross(q) / 2.0 + after
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    fn polygon(points: &[[f64; 2]]) -> Vec<Point> {
        points.iter().map(|p| Point::from(*p)).collect()
    }

    fn square() -> Vec<Point> {
        polygon(&[[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]])
    }

    #[test]
    fn areas_are_signed_by_orientation() {
        let mut outline = square();
        assert_eq!(area(&outline), 4.0);
        outline.reverse();
        assert_eq!(area(&outline), -4.0);
        assert_eq!(area(&[]), 0.0);
    }

    #[test]
    fn a_concave_polygon_is_clipped_to_the_right_area() {
        let u = polygon(&[
            [0.0, 0.0],
            [3.0, 0.0],
            [3.0, 3.0],
            [2.0, 3.0],
            [2.0, 1.0],
            [1.0, 1.0],
            [1.0, 3.0],
            [0.0, 3.0],
        ]);
        // Above y = 2 two towers of 1 × 1 are left.
        let towers = clip(&u, |p| 2.0 - p.y);
        assert!((area(&towers) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_disk_inside_a_square_and_a_square_inside_a_disk() {
        let centred: Vec<_> = square().iter().map(|p| p.minus(Point::new(1.0, 1.0))).collect();
        assert!((area_in_disk(&centred, 0.5) - PI / 4.0).abs() < 1e-12);
        assert!((area_in_disk(&centred, 2.0) - 4.0).abs() < 1e-12);
        // A quarter of the disk about a corner.
        assert!((area_in_disk(&square(), 1.0) - PI / 4.0).abs() < 1e-12);
    }

    #[test]
    fn outlines_that_cross_or_fold_are_not_simple() {
        assert!(is_simple(&square()));
        assert!(!is_simple(&polygon(&[[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0]])));
        assert!(!is_simple(&polygon(&[[0.0, 0.0], [2.0, 0.0], [1.0, 0.0]])));
        assert!(!is_simple(&polygon(&[[0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])));
    }

    #[test]
    fn a_point_is_inside_or_not() {
        assert!(contains(&square(), Point::new(1.0, 1.0)));
        assert!(!contains(&square(), Point::new(3.0, 1.0)));
        assert!(!contains(&square(), Point::new(-1.0, 2.0)));
    }
}
