//! What the floor plan says of the cameras (W168 art. 9, R799 art. 8 para. 1).
//!
//! Both articles forbid to install *in* a private place. So a camera that stands
//! in a drawn room of a kind that they name is forbidden; in a room that falls
//! under their general clause only (可能泄露他人隐私的其他区域和部位) it is to be
//! checked, as names of such places are, for who decides that is the authority.
//! To see into a private room from outside is not installing in it: that the
//! picture intrudes is an inference from the general clause, so it is to be
//! checked by eye, whatever the share, and never called forbidden.

use chrono::NaiveDate;

use crate::dossier::Dossier;
use crate::law::assessment::{CameraFinding, SightFinding};
use crate::law::camera_places::{CameraVerdict, PrivatePlace};
use crate::law::facts::private_place_basis;

/// What each listed camera on the plan sees of private rooms, in the plan's
/// order. A camera that the dossier does not list is left out.
pub(super) fn sights(dossier: &Dossier, on: NaiveDate) -> Vec<SightFinding> {
    let Some(plan) = dossier.plan.as_deref() else {
        return Vec::new();
    };
    let listed = |id: &str| dossier.cameras.iter().any(|camera| camera.id == id);
    if !plan.cameras.iter().any(|pose| listed(&pose.camera)) {
        return Vec::new();
    }
    let finding = |sight: &crate::plan::Sight| {
        let room = plan.rooms.get(sight.room)?;
        let pose = plan.cameras.get(sight.camera).filter(|pose| listed(&pose.camera))?;
        let named = sight.inside && room.kind != PrivatePlace::OtherPrivate;
        // What is seen from outside falls under the general clauses.
        let ground = if sight.inside {
            room.kind
        } else {
            PrivatePlace::OtherPrivate
        };
        Some(SightFinding {
            room: room.id.clone(),
            name: room.title().to_owned(),
            kind: room.kind,
            camera: pose.camera.clone(),
            inside: sight.inside,
            share: sight.share,
            verdict: if named {
                CameraVerdict::Forbidden
            } else {
                CameraVerdict::Check
            },
            basis: private_place_basis(Some(ground), on),
        })
    };
    plan.sights().found.iter().filter_map(finding).collect()
}

/// Raises what the names say to what the plan says; it never clears a camera,
/// for not every private room need be drawn.
pub(super) fn raise(cameras: &mut [CameraFinding], sights: &[SightFinding]) {
    for camera in cameras {
        let mine = || sights.iter().filter(|sight| sight.camera == camera.id);
        let worst = mine()
            .find(|sight| sight.verdict == CameraVerdict::Forbidden)
            .or_else(|| mine().next());
        let Some(worst) = worst else { continue };
        let raised = match (camera.verdict, worst.verdict) {
            (CameraVerdict::Forbidden, _) => false,
            (CameraVerdict::Check, verdict) => verdict == CameraVerdict::Forbidden,
            (CameraVerdict::Allowed, _) => true,
        };
        if raised {
            *camera = CameraFinding {
                id: camera.id.clone(),
                verdict: worst.verdict,
                kind: Some(worst.kind),
                basis: worst.basis.clone(),
                words: Vec::new(),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// A room with a door in its left wall and a camera before it.
    fn dossier(kind: &str, pose: Value) -> Dossier {
        let value = json!({
            "xishi": 1, "site": {"place": "bathhouse"},
            "cameras": [{"id": "1", "name": "CH01", "location": "大堂收银台"}],
            "plan": {
                "rooms": [{"id": "r1", "name": "女更衣区", "kind": kind,
                    "points": [[500, 300], [700, 300], [700, 500], [500, 500]]}],
                "openings": [{"kind": "door", "from": [500, 380], "to": [500, 420]}],
                "cameras": [pose],
            },
        });
        Dossier::from_value(value).unwrap()
    }

    fn pose(x: f64, direction: f64) -> Value {
        json!({"camera": "1", "at": [x, 400], "direction": direction, "angle": 90})
    }

    fn judge(dossier: &Dossier, on: &str) -> crate::law::assessment::Assessment {
        crate::law::assess(dossier, on.parse().unwrap())
    }

    fn status(found: &crate::law::assessment::Assessment) -> &'static str {
        let duty = crate::law::duties::Duty::NoForbiddenCamera;
        found.obligation(duty).map_or("", |o| o.status.id())
    }

    #[test]
    fn a_camera_in_the_room_is_forbidden_whatever_its_name() {
        let found = judge(&dossier("changing-room", pose(600.0, 180.0)), "2026-11-23");
        assert_eq!(found.cameras[0].verdict, CameraVerdict::Forbidden);
        assert_eq!(found.cameras[0].kind, Some(PrivatePlace::ChangingRoom));
        assert!(found.cameras[0].words.is_empty());
        let basis: Vec<_> = found.cameras[0].basis.iter().map(ToString::to_string).collect();
        assert_eq!(basis, ["W168:9", "R799:8.1.3"]);
        assert_eq!(status(&found), "breached");
    }

    #[test]
    fn a_view_through_the_door_is_checked_and_never_forbidden() {
        let found = judge(&dossier("changing-room", pose(400.0, 0.0)), "2026-11-23");
        let sight = &found.plan[0];
        assert_eq!((sight.inside, sight.verdict), (false, CameraVerdict::Check));
        assert!((sight.share - 0.4).abs() < 1e-9, "{}", sight.share);
        let basis: Vec<_> = sight.basis.iter().map(ToString::to_string).collect();
        assert_eq!(basis, ["W168:9", "R799:8.1.4"]);
        assert_eq!(found.cameras[0].verdict, CameraVerdict::Check);
        assert_eq!(status(&found), "unknown");
        // Who looked and masked the picture says so.
        let looked = dossier("changing-room", pose(400.0, 0.0)).with("answers.no-forbidden-camera", json!("met"));
        assert_eq!(status(&judge(&looked.unwrap(), "2026-11-23")), "met");
    }

    #[test]
    fn before_the_regulation_only_the_measure_is_named() {
        let found = judge(&dossier("toilet", pose(600.0, 0.0)), "2025-03-31");
        let basis: Vec<_> = found.plan[0].basis.iter().map(ToString::to_string).collect();
        assert_eq!(basis, ["W168:9"]);
    }

    #[test]
    fn a_room_under_the_general_clause_is_checked_even_from_inside() {
        let found = judge(&dossier("other-private", pose(600.0, 0.0)), "2026-11-23");
        assert_eq!(
            (found.plan[0].inside, found.plan[0].verdict),
            (true, CameraVerdict::Check)
        );
        assert_eq!(status(&found), "unknown");
    }

    #[test]
    fn a_camera_that_sees_nothing_private_stays_what_its_name_says() {
        let found = judge(&dossier("toilet", pose(400.0, 180.0)), "2026-11-23");
        assert!(found.plan.is_empty());
        assert_eq!(found.cameras[0].verdict, CameraVerdict::Allowed);
        assert_eq!(status(&found), "met");
        // Nor is one judged that is on the plan only.
        let mut other = dossier("toilet", pose(600.0, 0.0));
        other.cameras.clear();
        assert!(judge(&other, "2026-11-23").plan.is_empty());
    }
}
