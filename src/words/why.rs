//! What would change a status, in simplified Chinese.

use crate::law::{Said, WhatIf};
use crate::words::zh_cn::{ask, date};

/// 如果“……”的答案是“……”,这一项就是“已做到”
pub fn change(found: &WhatIf) -> String {
    let set: Vec<_> = found
        .set
        .iter()
        .map(|setting| match said(&setting.said) {
            Some(said) => format!("“{}”的答案是“{said}”", ask(setting.field).0),
            None => "拆掉装在禁装部位的摄像头".to_owned(),
        })
        .collect();
    format!("如果{},这一项就是“{}”", set.join(",并且"), found.status.label())
}

/// Cameras are told by what is done with them.
fn said(said: &Said) -> Option<String> {
    Some(match said {
        Said::Place(place) => place.label().to_owned(),
        Said::Yes(true) => "是".to_owned(),
        Said::Yes(false) => "否".to_owned(),
        Said::Day(day) => date(*day),
        Said::Number(days) => format!("{days}天"),
        Said::Answer(answer) => answer.label().to_owned(),
        Said::Cameras(_) => return None,
    })
}
