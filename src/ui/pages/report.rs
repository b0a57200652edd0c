//! The self-inspection report: what is known, to print and to sign.

use std::sync::Arc;

use yew::prelude::*;

use super::papers::case;
use crate::papers::Paper;
use crate::plan::Plan;
use crate::ui::session::Session;
use crate::ui::shell::Command;
use crate::ui::widgets::cites::short_names;
use crate::ui::widgets::icons;
use crate::ui::widgets::plan_drawing::{PlanDrawing, legend};
use crate::ui::widgets::plan_findings::{camera_marks, camera_name, caveat, table};
use crate::ui::widgets::receipt_check::ReceiptCheck;
use crate::ui::widgets::sheet::sheet;
use crate::words::plan::percent;

#[derive(Properties, PartialEq)]
pub struct ReportProps {
    pub session: Session,
    pub oncommand: Callback<Command>,
}

/// The page.
#[component]
pub fn Report(props: &ReportProps) -> Html {
    let ReportProps { session, oncommand } = props;
    let onprint = oncommand.reform(|_: MouseEvent| Command::Print);
    let onword = {
        let (session, oncommand) = (session.clone(), oncommand.clone());
        Callback::from(move |_: MouseEvent| {
            oncommand.emit(Command::Download(Paper::SelfInspection.file(&case(&session))));
        })
    };
    html! {
        <>
            <div class="foot no-print">
                <button type="button" class="button primary" onclick={onprint}>{ icons::icon(icons::PRINT) }{ "打印或存成 PDF" }</button>
                <button type="button" class="button" onclick={onword}>{ icons::icon(icons::SAVE) }{ "下载 Word（.docx）" }</button>
                <span class="small muted">{ "在打印窗口里选“另存为 PDF”，纸张选 A4。" }</span>
            </div>
            { sheet(Paper::SelfInspection.write(&case(session))) }
            { session.dossier.plan.as_ref().map(|plan| floor_plan(session, plan)) }
            <ReceiptCheck session={session.clone()} onpicture={oncommand.reform(|(file, found)| Command::ReadCode(file, found))} />
        </>
    }
}

/// The floor plan belongs to the report; a text document has no place for the drawing.
fn floor_plan(session: &Session, plan: &Arc<Plan>) -> Html {
    let names = camera_marks(&session.dossier, plan);
    let advice = session.judged.plan.iter().map(|sight| {
        let (camera, share) = (camera_name(&session.dossier, &sight.camera), percent(sight.share));
        html! {
            <li>{ format!("{camera}对“{}”（{share}）：{}。依据：{}。", sight.name, sight.advice, short_names(&sight.basis)) }</li>
        }
    });
    html! {
        <section class="card">
            <h2>{ "平面图" }</h2>
            <div class="keep">
                <PlanDrawing plan={plan.clone()} {names} />
                { legend() }
            </div>
            if !plan.rooms.is_empty() && !plan.cameras.is_empty() {
                { table(session, plan) }
            }
            <ul>{ for advice }</ul>
            { caveat() }
        </section>
    }
}
