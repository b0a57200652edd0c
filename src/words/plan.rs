//! What is to be done about a camera on the floor plan.

use crate::law::assessment::SightFinding;
use crate::law::camera_places::CameraVerdict;
use crate::words::lang::t;

/// The act that ends it, in one sentence.
pub fn advice(found: &SightFinding) -> &'static str {
    match (found.verdict, found.inside) {
        (CameraVerdict::Forbidden, _) => t!("摄像头装在私密房间里面：拆掉或移到房间外面，并删除其中的图像"),
        (_, true) => t!("摄像头装在画出的私密部位里面：请到现场看，确有隐私就移走；拿不准的问主管公安机关"),
        (_, false) => {
            t!("从门口能拍进私密房间，这是按图推断的：请到现场看画面，把摄像头转开或移开，做不到的在录像机里设隐私遮挡")
        }
    }
}

/// A share as people read it: `12.3%`, and never `0%` of something seen.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 0.1 {
        t!("不到 0.1%").to_owned()
    } else {
        format!("{percent:.1}%")
    }
}
