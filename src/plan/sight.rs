//! Which camera sees how much of which private room.

use std::sync::{Arc, OnceLock};

use super::geometry::contains;
use super::model::Plan;
use super::visibility::{Scene, View};

/// A smaller share is within what a hand draws: not taken for a view.
pub const LEAST_SHARE: f64 = 0.001;

/// One camera and one room that it sees into, or stands in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// Indices into the plan.
    pub room: usize,
    pub camera: usize,
    /// The camera itself is in the room.
    pub inside: bool,
    /// Area seen of the room's area, 0 to 1.
    pub share: f64,
}

/// All that follows from a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sights {
    /// What each camera of the plan sees, in their order.
    pub views: Vec<View>,
    /// Cameras in their order, for each the rooms in theirs.
    pub found: Vec<Sight>,
}

/// Computed once for a plan and all its copies. It follows from the other
/// fields, so it never makes two plans differ.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo(Arc<OnceLock<Sights>>);

impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Plan {
    /// What the cameras see; computed when first asked for.
    pub fn sights(&self) -> &Sights {
        self.memo.0.get_or_init(|| sights(self))
    }

    /// This plan with a change made to it.
    #[must_use]
    pub fn changed(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut plan = self.clone();
        change(&mut plan);
        plan.memo = Memo::default();
        plan
    }
}

fn sights(plan: &Plan) -> Sights {
    let scene = Scene::of(plan);
    let views: Vec<_> = plan.cameras.iter().map(|pose| View::of(&scene, pose)).collect();
    let mut found = Vec::new();
    for (camera, view) in views.iter().enumerate() {
        for (room, drawn) in plan.rooms.iter().enumerate() {
            let inside = contains(&drawn.points, view.eye);
            let whole = drawn.area();
            let share = if whole > 0.0 {
                (view.area_in(&drawn.points) / whole).clamp(0.0, 1.0)
            } else {
                0.0
            };
            if inside || share >= LEAST_SHARE {
                found.push(Sight {
                    room,
                    camera,
                    inside,
                    share,
                });
            }
        }
    }
    Sights { views, found }
}
