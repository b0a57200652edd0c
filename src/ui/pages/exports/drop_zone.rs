//! Where files are dropped or picked.

use web_sys::{DragEvent, HtmlInputElement};
use yew::prelude::*;

use crate::ui::widgets::icons;
use crate::web::files::{self, Picked};
use crate::words::lang::t;

#[derive(Properties, PartialEq)]
pub struct DropProps {
    pub onfiles: Callback<Vec<Picked>>,
}

/// Where files are dropped or picked.
#[component]
pub fn DropZone(props: &DropProps) -> Html {
    let over = use_state_eq(|| false);
    let hover = |now: bool| {
        let over = over.setter();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(now);
        })
    };
    let ondrop = {
        let (over, onfiles) = (over.setter(), props.onfiles.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            if let Some(transfer) = event.data_transfer() {
                let onfiles = onfiles.clone();
                let files = files::from_drop(&transfer);
                wasm_bindgen_futures::spawn_local(async move { onfiles.emit(files.await) });
            }
        })
    };
    let onchange = props.onfiles.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        let picked = files::from_list(input.files());
        input.set_value("");
        picked
    });
    html! {
        <div class={classes!("drop", "no-print", (*over).then_some("over"))} ondragover={hover(true)} ondragleave={hover(false)} {ondrop}>
            { icons::icon(icons::UPLOAD) }
            <p>{ t!("把录像文件、整个文件夹或录像清单（CSV）拖到这里，或者") }</p>
            <p>
                <label class="button primary">{ icons::icon(icons::FILE) }{ t!("选择文件") }
                    <input type="file" name="exports" multiple=true onchange={onchange.clone()} />
                </label>
                { " " }
                <label class="button">{ icons::icon(icons::FOLDER) }{ t!("选择文件夹") }
                    <input type="file" webkitdirectory=true multiple=true {onchange} />
                </label>
            </p>
            <p class="small muted">{ t!("能读常见录像机导出的录像（MP4、DAV、PS、TS、AVI、MKV、FLV、H.264/H.265 等）、录像清单（CSV、XLSX、TXT、XML、JSON）、设备日志、校验清单和压缩包。读不了的会如实说“未能检查”，并告诉您改导什么。") }</p>
        </div>
    }
}
