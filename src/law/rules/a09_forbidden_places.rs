//! 第九条 禁止在旅馆客房、集体宿舍、公共浴室、更衣室、卫生间以及可能泄露他人隐私的其他区域和部位安装视频图像采集设备和相关设备。
//!
//! R799 art. 8 para. 1 forbids the same and more, from 2025-04-01.

use crate::law::assessment::CameraFinding;
use crate::law::camera_places::CameraVerdict;
use crate::law::cite::{r799, w168};
use crate::law::duties::Duty;
use crate::law::facts::Facts;
use crate::law::field::Field;
use crate::law::reason::Reason;
use crate::law::rules::{Evidence, Rule, Scope};

pub(super) const NO_FORBIDDEN_CAMERA: Rule = Rule {
    duty: Duty::NoForbiddenCamera,
    cites: &[w168(9), r799(8).paragraph(1)],
    scope: Scope::Everyone,
    needs_system: false,
    judge,
};

fn judge(facts: &Facts) -> Evidence {
    let of = |verdict| facts.cameras.iter().filter(move |c| c.verdict == verdict);
    let name = |id: &str| {
        let camera = facts.dossier.cameras.iter().find(|c| c.id == id);
        camera.map_or_else(String::new, |c| match c.location.trim() {
            "" => c.name.clone(),
            location => location.to_owned(),
        })
    };
    if let Some(first) = of(CameraVerdict::Forbidden).next() {
        return Evidence::Breached(vec![Reason::CamerasForbidden {
            count: of(CameraVerdict::Forbidden).count(),
            first: name(&first.id),
        }]);
    }
    if facts.cameras.is_empty() {
        return Evidence::missing(&[Reason::NoCamerasListed], &[Field::Cameras]);
    }
    let on_plan = |c: &CameraFinding| facts.sights.iter().any(|sight| sight.camera == c.id);
    let (seeing, unclear): (Vec<_>, Vec<_>) = of(CameraVerdict::Check).partition(|c| on_plan(c));
    let mut because = Vec::new();
    because.extend(seeing.first().map(|first| Reason::CamerasSeePrivate {
        count: seeing.len(),
        first: name(&first.id),
    }));
    because.extend((!unclear.is_empty()).then_some(Reason::CamerasToCheck { count: unclear.len() }));
    if because.is_empty() {
        return Evidence::Met(vec![Reason::CamerasClear {
            count: facts.cameras.len(),
        }]);
    }
    Evidence::missing(&because, &[])
}
