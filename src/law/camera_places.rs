//! Is a camera, by the name of its place, where no camera may be
//! (W168 art. 9, R799 art. 8 para. 1)?

use crate::ids::ids;

ids! {
    /// What the name of a place says.
    pub enum CameraVerdict {
        Forbidden = "forbidden" => "禁止安装",
        Check = "check" => "需到现场看",
        Allowed = "allowed" => "可以安装",
    }
}

ids! {
    /// The kind of private place.
    pub enum PrivatePlace {
        Toilet = "toilet" => "卫生间",
        Bath = "bath" => "公共浴室",
        ChangingRoom = "changing-room" => "更衣室",
        FittingRoom = "fitting-room" => "试衣间",
        NursingRoom = "nursing-room" => "哺乳室",
        GuestRoom = "guest-room" => "旅馆客房",
        PrivateDiningRoom = "private-dining-room" => "包间",
        Dormitory = "dormitory" => "集体宿舍",
        StaffRestRoom = "staff-rest-room" => "员工休息室",
        OtherPrivate = "other-private" => "其他私密部位",
    }
}

/// The judgement of one name, with the words that decided it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: CameraVerdict,
    /// The private place that was recognised; `None` where allowed.
    pub kind: Option<PrivatePlace>,
    /// The parts of the input that decided, as written.
    pub words: Vec<String>,
}

/// Judges a camera by its name and location, as recorders and property firms
/// write them. An empty input cannot be judged and is to be checked.
pub fn judge(_name: &str, _location: &str) -> Judgement {
    Judgement {
        verdict: CameraVerdict::Check,
        kind: None,
        words: Vec::new(),
    }
}
