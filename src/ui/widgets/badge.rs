//! A word with a sign and a colour for how something stands.

use crate::words::lang::t;
use yew::prelude::*;

/// How something stands; decides sign and colour (never colour alone).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
    Warn,
    Unsure,
    None,
}

impl Tone {
    /// The style sheet's class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Warn => "warn",
            Self::Unsure => "unsure",
            Self::None => "none",
        }
    }
}

/// The tone and the Chinese word of a contract value: a verdict, status, state
/// or stage. Values of a later version show as they are.
pub fn word(value: &str) -> (Tone, &str) {
    match value {
        "met" => (Tone::Good, t!("符合")),
        "breached" => (Tone::Bad, t!("不符合")),
        "due" => (Tone::Warn, t!("待办理")),
        "not-applicable" => (Tone::None, t!("不涉及")),
        "forbidden" => (Tone::Bad, t!("禁止安装")),
        "check" => (Tone::Warn, t!("需到现场看")),
        "allowed" => (Tone::Good, t!("可以安装")),
        "must-build" => (Tone::Warn, t!("应当建设")),
        "government-builds" => (Tone::None, t!("由政府建设")),
        "not-listed" => (Tone::None, t!("未列入必须建设的范围")),
        "open" => (Tone::Warn, t!("未到期")),
        "missed" => (Tone::Bad, t!("已过期")),
        "done" => (Tone::Good, t!("已办理")),
        "kept" => (Tone::Good, t!("留存达标")),
        "gaps" => (Tone::Bad, t!("有缺失")),
        "short" => (Tone::Bad, t!("留存不足")),
        "not-yet-assessable" => (Tone::Unsure, t!("还不能判断")),
        "sound" => (Tone::Good, t!("完好")),
        "suspect" => (Tone::Warn, t!("可疑")),
        "damaged" => (Tone::Bad, t!("损坏")),
        "unreadable" => (Tone::Unsure, t!("无法读取")),
        "unknown" => (Tone::Unsure, t!("还不清楚")),
        "owner" => (Tone::None, t!("所有者")),
        "user" => (Tone::None, t!("使用者")),
        "manager" => (Tone::None, t!("管理者")),
        "government" => (Tone::None, t!("政府")),
        "direct" => (Tone::Bad, t!("发现即可罚款")),
        "rectify-first" => (Tone::Warn, t!("先责令改正，逾期罚款")),
        "refusal" => (Tone::Warn, t!("拒不改正才罚款")),
        "order-only" => (Tone::None, t!("责令改正，不罚款")),
        "none" => (Tone::None, t!("没有罚则")),
        other => (Tone::Unsure, other),
    }
}

#[derive(Properties, PartialEq)]
pub struct BadgeProps {
    pub tone: Tone,
    pub text: AttrValue,
}

/// The sign.
#[component]
pub fn Badge(props: &BadgeProps) -> Html {
    html! { <span class={classes!("badge", props.tone.class())}>{ &props.text }</span> }
}

/// A result as the contract asks for it: an `output` named by its path in the
/// document, its JSON value in `data-value`, and a word for people.
pub fn result(path: impl Into<AttrValue>, value: &serde_json::Value, shown: Html) -> Html {
    html! { <output name={path.into()} data-value={value.to_string()}>{ shown }</output> }
}

/// [`result`] of a vocabulary value, as a badge.
pub fn verdict_badge(path: impl Into<AttrValue>, value: &str) -> Html {
    let (tone, text) = word(value);
    result(path, &value.into(), html! { <Badge {tone} text={text.to_owned()} /> })
}
