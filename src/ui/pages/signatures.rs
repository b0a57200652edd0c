//! Signatures that cameras put into the video: what they prove of each file,
//! and the certificates to follow them to.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::signature::Roots;
use crate::ui::widgets::badge::{Badge, Tone};
use crate::ui::widgets::icons;
use crate::web::files::{self, Picked};
use crate::wire::{FileDoc, Inspection};
use crate::words;
use crate::words::lang::t;

/// Files listed before the list is cut.
const LISTED: usize = 100;

#[derive(Properties, PartialEq)]
pub struct SignaturesProps {
    pub inspection: crate::ui::shared::Shared<Inspection>,
    /// Certificates given so far, as their files hold them.
    pub roots: std::rc::Rc<Vec<Vec<u8>>>,
    /// Whether files are being read.
    pub running: bool,
    pub onroots: Callback<Vec<Picked>>,
}

/// The section; nothing where no file has a signature.
#[component]
pub fn Signatures(props: &SignaturesProps) -> Html {
    let files = props.inspection.files.iter();
    let signed: Vec<&FileDoc> = files.filter(|file| file.signature.verdict != "unsigned").collect();
    if signed.is_empty() {
        return Html::default();
    }
    let onchange = props.onroots.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let picked = files::from_list(input.files());
        input.set_value("");
        picked
    });
    let given = Roots::of(props.roots.iter().map(Vec::as_slice)).len();
    html! {
        <section class="card" aria-labelledby="signatures">
            <h2 id="signatures">{ t!("摄像机的签名") }</h2>
            <p class="muted">
                { t!("有的摄像机给每一组画面签名。签名相符，说明画面签名之后没有动过；要证明是哪台摄像机签的，还要有厂家的根证书。") }
            </p>
            <p class="no-print">
                <label class="button">{ icons::icon(icons::FILE) }{ t!("选择根证书（PEM、CER、CRT）") }
                    <input type="file" name="roots" multiple=true accept=".pem,.cer,.crt,.der,.p7b" disabled={props.running} {onchange} />
                </label>
            </p>
            <p class="small muted" role="status">
                { match (given, props.roots.is_empty()) {
                    (0, true) => t!("还没有给出根证书。").to_owned(),
                    (0, false) => t!("选的文件里没有证书，请换一个。").to_owned(),
                    (given, _) => t!("已给出 {given} 张证书，有签名的文件会重新核对。", given = given),
                } }
            </p>
            <ul class="rows">{ for signed.iter().take(LISTED).map(|file| row(file)) }</ul>
            if signed.len() > LISTED { <p class="muted">{ t!("只列出前 {LISTED} 个。", LISTED = LISTED) }</p> }
        </section>
    }
}

fn row(file: &FileDoc) -> Html {
    let tone = match (file.signature.verdict.as_str(), file.signature.origin.as_deref()) {
        ("valid", Some("trusted")) => Tone::Good,
        ("valid", _) => Tone::Warn,
        ("invalid", _) => Tone::Bad,
        _ => Tone::Unsure,
    };
    let verdict = words::signature::verdict(&file.signature);
    html! {
        <li key={file.path.clone()}>
            <div class="row-head"><span class="grow">{ &file.path }</span><Badge {tone} text={verdict} /></div>
            <ul class="because">{ for words::signature::because(&file.signature).into_iter().map(|said| html! { <li>{ said }</li> }) }</ul>
        </li>
    }
}
