//! The self-inspection report: what is known, to print and to sign.

use yew::prelude::*;

use super::papers::case;
use crate::papers::Paper;
use crate::ui::session::Session;
use crate::ui::shell::Command;
use crate::ui::widgets::icons;
use crate::ui::widgets::receipt_check::ReceiptCheck;
use crate::ui::widgets::sheet::sheet;

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
            { sheet(&Paper::SelfInspection.write(&case(session))) }
            <ReceiptCheck session={session.clone()} onpicture={oncommand.reform(|(file, found)| Command::ReadCode(file, found))} />
        </>
    }
}
