//! The recorder's export: pick files, watch, and see how far back they reach.
//! One file a section.

mod cameras;
pub mod channel_table;
mod channels;
mod drop_zone;
mod events;
pub mod files;
mod mapping;
mod measures;
mod progress;
mod questions;
mod settings;
mod taken_over;
mod verdicts;

use yew::prelude::*;

use super::PageProps;
use super::evidence::EvidenceList;
use super::signatures::Signatures;
use crate::ui::exports::ExportsAction;
use crate::ui::route::Page;
use crate::ui::session::{Action, Keep};
use crate::ui::shell::Command;
use crate::web::files::Picked;
use crate::words::lang::t;
use channels::Channels;
use drop_zone::DropZone;

/// Files listed before the list is cut.
const LISTED: usize = 200;

#[derive(Properties, PartialEq)]
pub struct ExportsProps {
    pub page: PageProps,
    /// Files to read.
    pub onfiles: Callback<Vec<Picked>>,
    /// Certificates to trust.
    pub onroots: Callback<Vec<Picked>>,
    pub oncommand: Callback<Command>,
    pub oncancel: Callback<()>,
}

/// The page.
#[component]
pub fn ExportsPage(props: &ExportsProps) -> Html {
    let session = &props.page.session;
    let exports = &session.exports;
    let cameras: Vec<String> = session.dossier.cameras.iter().map(|camera| camera.id.clone()).collect();
    let clear = props
        .page
        .dispatch
        .reform(|_: MouseEvent| Action::Exports(ExportsAction::Clear));
    html! {
        <>
            <h1>{ t!("检验录像导出") }</h1>
            <p class="lede">
                { t!("从录像机导出录像文件或录像清单，放到这里：看每个通道能回放到多久以前、中间有没有缺、文件完不完整。文件只在这台电脑上读，不会上传。") }
            </p>
            <DropZone onfiles={props.onfiles.clone()} />
            { settings::settings(&props.page) }
            if let Some(progress) = exports.running {
                { progress::running(progress, exports.read_count(), exports.entries.len(), props.oncancel.reform(|_: MouseEvent| ())) }
                if session.keep == Keep::Undecided { { progress::offer_keeping(&props.oncommand) } }
            }
            if let Some(inspection) = &exports.inspection {
                { verdicts::verdicts(inspection) }
                if !inspection.channels.is_empty() {
                    <Channels inspection={inspection.clone()} said={session.dossier.exports.clone()} {cameras} dispatch={props.page.dispatch.clone()} />
                }
                { events::events(&inspection.events) }
                { cameras::cameras(&props.page, &inspection.cameras) }
            }
            if let Some(inspection) = &exports.inspection {
                <Signatures inspection={inspection.clone()} roots={exports.roots.clone()} running={exports.running.is_some()} onroots={props.onroots.clone()} />
            }
            { taken_over::notice(exports, &props.oncommand) }
            if !exports.entries.is_empty() {
                { files::file_list(&props.page, &exports.entries, exports.inspection.as_deref()) }
                <p><button type="button" class="button quiet" aria-disabled={exports.running.is_some().to_string()} onclick={clear}>{ t!("清除这些文件") }</button></p>
            }
            if let Some(inspection) = &exports.inspection {
                <EvidenceList inspection={inspection.clone()} site={session.dossier.site.name.clone()} taken_over={exports.taken_over().len()} running={exports.running.is_some()} oncommand={props.oncommand.clone()} />
            }
            { super::next_page(Page::Exports) }
        </>
    }
}
