//! Form controls. Each is named by the dossier path that it sets and reports
//! `(path, value)`; null means "not known".

use crate::words::lang::t;
use chrono::NaiveDate;
use serde_json::Value;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What a control reports: the dossier path and the new value.
pub type Edit = (AttrValue, Value);

/// One option of a [`Choices`]: the value to set and its name.
pub type Option_ = (Value, AttrValue);

/// Yes, no, and not known.
pub fn yes_no() -> Vec<Option_> {
    vec![
        (true.into(), t!("是").into()),
        (false.into(), t!("否").into()),
        (Value::Null, t!("不清楚").into()),
    ]
}

#[derive(Properties, PartialEq)]
pub struct ChoicesProps {
    /// Dossier path; also the control's name.
    pub path: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    pub options: Vec<Option_>,
    pub value: Value,
    pub onedit: Callback<Edit>,
    /// Smaller, for rows of a list; the label is then for screen readers only.
    #[prop_or_default]
    pub compact: bool,
}

/// One of a few, all in sight.
#[component]
pub fn Choices(props: &ChoicesProps) -> Html {
    let options = props.options.iter().map(|(value, label)| {
        let on = *value == props.value;
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let onchange = {
            let (path, value) = (props.path.clone(), value.clone());
            props.onedit.reform(move |_: Event| (path.clone(), value.clone()))
        };
        html! {
            <label class={classes!("choice", on.then_some("on"))}>
                <input type="radio" name={props.path.clone()} value={text} checked={on} {onchange} />
                { label }
            </label>
        }
    });
    html! {
        <fieldset class="field">
            <legend class={classes!(props.compact.then_some("visually-hidden"))}>{ &props.label }</legend>
            if !props.hint.is_empty() { <p class="hint">{ &props.hint }</p> }
            <div class={classes!("choices", props.compact.then_some("compact"))}>{ for options }</div>
        </fieldset>
    }
}

/// What kind of text an [`Input`] takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    Text,
    Date,
    /// Whole numbers from 0.
    Number,
}

#[derive(Properties, PartialEq)]
pub struct InputProps {
    pub path: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    pub kind: InputKind,
    pub value: Value,
    pub onedit: Callback<Edit>,
    /// The label is for screen readers only, as in a table.
    #[prop_or_default]
    pub bare: bool,
    #[prop_or_default]
    pub placeholder: AttrValue,
}

/// A line of text, a day or a number.
#[component]
pub fn Input(props: &InputProps) -> Html {
    let kind = props.kind;
    let onchange = {
        let path = props.path.clone();
        props.onedit.reform(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            (path.clone(), read(kind, &input.value()))
        })
    };
    let shown = match &props.value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let input_type = match kind {
        InputKind::Text => "text",
        InputKind::Date => "date",
        InputKind::Number => "number",
    };
    let id = format!("f-{}", props.path);
    let (min, max) = match kind {
        InputKind::Number => (Some("0"), Some("4000")),
        InputKind::Date => (Some("1990-01-01"), Some("2099-12-31")),
        InputKind::Text => (None, None),
    };
    html! {
        <div class="field">
            <label for={id.clone()} class={classes!(props.bare.then_some("visually-hidden"))}>{ &props.label }</label>
            if !props.hint.is_empty() { <p class="hint">{ &props.hint }</p> }
            <input type={input_type} {id} name={props.path.clone()} value={shown} {onchange} {min} {max}
                placeholder={props.placeholder.clone()} autocomplete="off" />
        </div>
    }
}

/// A text as typed, as the dossier's value; a number that is none is given on
/// as text, so that the dossier refuses it by name instead of losing it.
fn read(kind: InputKind, typed: &str) -> Value {
    let typed = typed.trim();
    match kind {
        _ if typed.is_empty() => Value::Null,
        InputKind::Number => typed.parse::<u64>().map_or_else(|_| typed.into(), Value::from),
        InputKind::Text | InputKind::Date => typed.into(),
    }
}

/// A day as a field's value.
pub fn day(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |day| day.to_string().into())
}

#[derive(Properties, PartialEq)]
pub struct SelectProps {
    pub path: AttrValue,
    pub label: AttrValue,
    /// Value and name of each option.
    pub options: Vec<(AttrValue, AttrValue)>,
    pub value: AttrValue,
    pub onedit: Callback<Edit>,
}

/// One of many.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let onchange = {
        let path = props.path.clone();
        props.onedit.reform(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            (path.clone(), read(InputKind::Text, &select.value()))
        })
    };
    let id = format!("f-{}", props.path);
    let options = props.options.iter().map(|(value, label)| {
        html! { <option value={value.clone()} selected={*value == props.value}>{ label }</option> }
    });
    html! {
        <div class="field">
            <label for={id.clone()}>{ &props.label }</label>
            <select {id} name={props.path.clone()} {onchange}>{ for options }</select>
        </div>
    }
}

/// The text in a text area that an event came from.
pub fn area_text(event: &Event) -> String {
    event.target_unchecked_into::<HtmlTextAreaElement>().value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_field_is_unknown_and_a_bad_number_is_not_swallowed() {
        assert_eq!(read(InputKind::Date, " "), Value::Null);
        assert_eq!(read(InputKind::Number, "30"), Value::from(30));
        assert_eq!(read(InputKind::Number, "-1"), Value::from("-1"));
    }
}
