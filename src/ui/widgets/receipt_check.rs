//! Holds the receipt of a report against the dossier that is open.

use web_sys::{File, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::badge::{Badge, Tone};
use super::icons;
use crate::papers::receipt::{Difference, Receipt};
use crate::ui::pages::papers::of_case;
use crate::ui::session::Session;
use crate::words::lang::t;
use crate::words::receipt::{difference, not_a_receipt};

/// A picture to look for a code in, and where to send what it says.
pub type Reading = (File, Callback<Option<String>>);

#[derive(Properties, PartialEq)]
pub struct CheckProps {
    pub session: Session,
    /// Reads the code in a picture.
    pub onpicture: Callback<Reading>,
}

/// What there is to check.
#[derive(Clone, PartialEq)]
enum Given {
    Nothing,
    Text(String),
    /// A picture in which no code was found.
    Unread,
}

/// A field to paste into, a button for a picture, and what differs.
#[component]
pub fn ReceiptCheck(props: &CheckProps) -> Html {
    let given = use_state_eq(|| Given::Nothing);
    let onpaste = {
        let given = given.setter();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            given.set(if text.trim().is_empty() {
                Given::Nothing
            } else {
                Given::Text(text)
            });
        })
    };
    let onpicture = {
        let (given, onpicture) = (given.setter(), props.onpicture.clone());
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            input.set_value("");
            if let Some(file) = file {
                let given = given.clone();
                let found = move |text: Option<String>| given.set(text.map_or(Given::Unread, Given::Text));
                onpicture.emit((file, Callback::from(found)));
            }
        })
    };
    let text = match &*given {
        Given::Text(text) => text.clone(),
        _ => String::new(),
    };
    html! {
        <section class="card no-print">
            <h2>{ t!("核对一份报告的回执") }</h2>
            <p>{ t!("把纸上或文件里的回执粘贴到这里，或者选一张拍有二维码的照片，就能看出它是不是由现在打开的档案得出的。全程不联网。") }</p>
            <div class="field">
                <label for="receipt">{ t!("回执") }</label>
                <textarea id="receipt" name="receipt" value={text} oninput={onpaste} spellcheck="false" placeholder="XISHI:1/…" />
            </div>
            <p class="foot">
                <label class="button">{ icons::icon(icons::CAMERA) }{ t!("选二维码照片") }
                    <input type="file" name="receipt-picture" accept="image/*" onchange={onpicture} />
                </label>
            </p>
            <div role="status">{ outcome(&props.session, &given) }</div>
        </section>
    }
}

fn outcome(session: &Session, given: &Given) -> Html {
    let told = match given {
        Given::Nothing => return Html::default(),
        Given::Unread => {
            return problem(t!(
                "照片里没有认出二维码。请拍得近一些、正一些，光线均匀，或者直接粘贴回执文字。"
            ));
        }
        Given::Text(text) => match text.parse::<Receipt>() {
            Ok(told) => told,
            Err(why) => return problem(not_a_receipt(why)),
        },
    };
    let open = of_case(session, Receipt::of);
    let differences = told.differences(&open);
    if differences.is_empty() {
        return html! { <p><Badge tone={Tone::Good} text={t!("完全一致")} />{ " " }{ t!("这份报告就是由现在打开的档案、按同一版程序和同一天得出的。") }</p> };
    }
    let same_dossier = !differences.contains(&Difference::Dossier);
    html! {
        <>
            <p><Badge tone={Tone::Warn} text={t!("有不同")} />{ " " }{ if same_dossier { t!("档案内容一致，下面这些不同：") } else { t!("下面这些不同：") } }</p>
            <ul>{ for differences.iter().map(|what| html! { <li>{ difference(*what, &told, &open) }</li> }) }</ul>
        </>
    }
}

fn problem(text: &'static str) -> Html {
    html! { <p><Badge tone={Tone::Unsure} text={t!("没有核对成")} />{ " " }{ text }</p> }
}
