//! Is a camera, by the name of its place, where no camera may be
//! (W168 art. 9, R799 art. 8 para. 1)?
//!
//! Chinese names its places head last: “更衣室走廊” is a corridor, “走廊卫生间” a
//! toilet. So the last private word decides, together with what follows it; the
//! words and what they do are the table in `words`, the order of the rules is
//! in `segment`. What a name leaves open is to be checked by eye.

mod segment;
mod text;
mod words;

use crate::ids::ids;
use segment::{Mark, Part};
use text::Text;

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

impl PrivatePlace {
    /// The item of R799 art. 8 para. 1 that covers the place.
    pub const fn r799_item(self) -> u8 {
        match self {
            Self::GuestRoom | Self::PrivateDiningRoom => 1,
            Self::Dormitory | Self::StaffRestRoom => 2,
            Self::Toilet | Self::Bath | Self::ChangingRoom | Self::FittingRoom | Self::NursingRoom => 3,
            Self::OtherPrivate => 4,
        }
    }

    /// Whether W168 art. 9 names the place; it covers the others by its general
    /// clause (可能泄露他人隐私的其他区域和部位).
    pub const fn in_w168_list(self) -> bool {
        matches!(
            self,
            Self::GuestRoom | Self::Dormitory | Self::Bath | Self::ChangingRoom | Self::Toilet
        )
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
/// write them. An empty input cannot be judged and is to be checked, as is a
/// default name that says no place (`CH01`).
pub fn judge(name: &str, location: &str) -> Judgement {
    let (name, location) = (Text::new(name), Text::new(location));
    let cut = name.is_cut() || location.is_cut();
    let (in_name, in_location) = (segment::tokens(&name), segment::tokens(&location));
    let context = segment::has_context(&in_name) || segment::has_context(&in_location);
    let part = both(
        segment::field(&name, &in_name, context),
        segment::field(&location, &in_location, context),
    );
    let (verdict, kind, words) = match part {
        Part::Nothing => (CameraVerdict::Check, None, Vec::new()),
        Part::Place { words, .. } => (CameraVerdict::Allowed, None, words),
        Part::Private {
            verdict, kind, words, ..
        } => (verdict, (verdict != CameraVerdict::Allowed).then_some(kind), words),
    };
    // What was not read cannot be cleared.
    let unread = cut || (words.is_empty() && (name.is_foreign() || location.is_foreign()));
    let verdict = match verdict {
        CameraVerdict::Allowed if unread => CameraVerdict::Check,
        other => other,
    };
    Judgement { verdict, kind, words }
}

/// What name and location say together. The name is the narrower of the two.
fn both(name: Part, location: Part) -> Part {
    use CameraVerdict::{Allowed, Check, Forbidden};
    match (name, location) {
        (Part::Nothing, part) | (part, Part::Nothing) => part,
        (Part::Place { words, mark }, Part::Place { words: more, .. }) => Part::Place {
            mark,
            words: [words, more].concat(),
        },
        // A private place, and the location says where it is or that the camera is beside it.
        (private @ Part::Private { verdict: Forbidden, .. }, Part::Place { mark, words }) => match mark {
            Mark::Beside => private.with(Allowed, words),
            Mark::Corridor => private.with(Check, words),
            Mark::Within | Mark::Elsewhere => private,
        },
        (private @ Part::Private { .. }, Part::Place { .. }) => private,
        // A part of what the location names.
        (Part::Place { mark, words }, private @ Part::Private { verdict, vague, .. }) => match (verdict, mark) {
            (Allowed, _) | (Check, Mark::Within) => private,
            (Check, _) if vague => private.with(Allowed, words),
            (Check, _) => private,
            (Forbidden, Mark::Beside | Mark::Corridor) => private.with(Allowed, words),
            (Forbidden, Mark::Elsewhere) if !words.is_empty() => private.with(Check, words),
            (Forbidden, _) => private,
        },
        (
            Part::Private {
                verdict: a,
                kind,
                vague,
                words,
            },
            Part::Private {
                verdict: b,
                kind: other,
                words: more,
                ..
            },
        ) => {
            let verdict = match (a, b) {
                (Forbidden, Allowed) if kind == other => Check,
                (Forbidden, _) => Forbidden,
                (Allowed, Forbidden) if kind == other => Allowed,
                (Allowed, Forbidden) => Check,
                (Check, Forbidden) if vague => Forbidden,
                (Check, Allowed) if vague && kind == other => Allowed,
                (Check, _) | (_, Check) => Check,
                (Allowed, Allowed) => Allowed,
            };
            let kind = if a == Allowed || (a == Check && verdict == Forbidden) {
                other
            } else {
                kind
            };
            Part::Private {
                verdict,
                kind,
                vague,
                words: [words, more].concat(),
            }
        }
    }
}
