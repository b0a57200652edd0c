//! The frame around every page: name, steps, the bar of commands, messages.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::pages::PageProps;
use super::pages::cameras::Cameras;
use super::pages::deadlines::{Deadlines, days_left};
use super::pages::duties::Duties;
use super::pages::exports::ExportsPage;
use super::pages::exposure::Exposure;
use super::pages::law::LawPage;
use super::pages::papers::Papers;
use super::pages::report::Report;
use super::pages::site::Site;
use super::route::{Page, Route};
use super::session::{Action, Keep, Session};
use super::widgets::badge::{Tone, word};
use super::widgets::bars::yuan;
use super::widgets::icons;
use crate::papers;
use crate::web::files::Picked;

/// What only the browser can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Hand the dossier to the user as a file.
    Save,
    /// Read a dossier from a file.
    Open(File),
    Print,
    /// Hand this file to the user.
    Download(papers::File),
    /// Read the QR code in a picture and say what it holds.
    ReadCode(File, Callback<Option<String>>),
    /// Keep the dossier in this browser from now on.
    KeepHere,
    /// Leave nothing in this browser.
    FilesOnly,
    /// Forget everything, here and in the browser.
    StartOver,
    /// Put the focus on the page's content.
    ToMain,
}

#[derive(Properties, PartialEq)]
pub struct ShellProps {
    pub session: Session,
    pub route: Route,
    pub dispatch: Callback<Action>,
    pub oncommand: Callback<Command>,
    pub onfiles: Callback<Vec<Picked>>,
    pub oncancel: Callback<()>,
}

/// The whole view.
#[component]
pub fn Shell(props: &ShellProps) -> Html {
    let ShellProps {
        session,
        route,
        dispatch,
        oncommand,
        onfiles,
        oncancel,
    } = props;
    let page = || PageProps {
        session: session.clone(),
        dispatch: dispatch.clone(),
    };
    let body = match route.page {
        Page::Site => html! { <Site ..page() /> },
        Page::Cameras => html! { <Cameras ..page() /> },
        Page::Duties => html! { <Duties ..page() /> },
        Page::Deadlines => html! { <Deadlines ..page() /> },
        Page::Exposure => html! { <Exposure ..page() /> },
        Page::Exports => html! { <ExportsPage page={page()} onfiles={onfiles.clone()} oncancel={oncancel.clone()} /> },
        Page::Report => {
            html! { <Report session={session.clone()} oncommand={oncommand.clone()} /> }
        }
        Page::Papers => {
            html! { <Papers session={session.clone()} oncommand={oncommand.clone()} open={route.rest.clone()} /> }
        }
        Page::Law => html! { <LawPage open={route.rest.clone()} /> },
    };
    let skip = oncommand.reform(|event: MouseEvent| {
        event.prevent_default();
        Command::ToMain
    });
    html! {
        <>
            <a class="skip" href="#main" onclick={skip}>{ "跳到正文" }</a>
            <div class="shell">
                <header class="side">
                    <a class="brand" href={Page::Site.href()}>
                        { icons::logo() }
                        <span><b>{ "锡视自查" }</b><small>{ "公共安全视频系统自查" }</small></span>
                    </a>
                    <nav aria-label="步骤">{ steps(session, route.page) }</nav>
                    <div class="colophon">
                        <p>{ "全程在这台电脑上运行，不联网、不上传。" }</p>
                        <p>{ "依据无锡市政府令第168号和国务院令第799号。自查结果供参考，不代替公安机关的认定。" }</p>
                    </div>
                </header>
                <main class="stage" id="main" tabindex="-1">
                    { bar(props) }
                    { banners(props) }
                    { body }
                </main>
            </div>
        </>
    }
}

/// How a step stands, in a few words.
fn state(session: &Session, page: Page) -> (Tone, String) {
    let judged = &session.judged;
    let quiet = |text: &str| (Tone::None, text.to_owned());
    match page {
        Page::Site => session
            .dossier
            .site
            .place
            .map_or(quiet("从这里开始"), |place| quiet(place.label())),
        Page::Cameras => {
            let count = |verdict: &str| judged.cameras.iter().filter(|camera| camera.verdict == verdict).count();
            match (judged.cameras.len(), count("forbidden"), count("check")) {
                (0, ..) => quiet("还没有登记"),
                (_, 0, 0) => (Tone::Good, "没有发现禁装".to_owned()),
                (_, 0, check) => (Tone::Warn, format!("{check} 个要到现场看")),
                (_, forbidden, _) => (Tone::Bad, format!("{forbidden} 个装在禁止部位")),
            }
        }
        Page::Duties => {
            let count = |status: &str| {
                judged
                    .obligations
                    .iter()
                    .filter(|obligation| obligation.status == status)
                    .count()
            };
            match (count("breached"), count("unknown")) {
                (0, 0) => (Tone::Good, "没有发现问题".to_owned()),
                (0, unknown) => quiet(&format!("{unknown} 项还不清楚")),
                (breached, _) => (Tone::Bad, format!("{breached} 项不符合")),
            }
        }
        Page::Deadlines => {
            let open = judged
                .deadlines
                .iter()
                .filter(|deadline| deadline.state != "done")
                .min_by_key(|deadline| deadline.due);
            open.map_or(quiet("没有要办的"), |deadline| {
                (
                    if deadline.days_left < 0 { Tone::Bad } else { Tone::Warn },
                    days_left(deadline),
                )
            })
        }
        Page::Exposure => match judged.exposure.if_uncorrected {
            totals if totals == Default::default() => quiet("没有认定的罚款"),
            totals if session.dossier.site.individual == Some(true) => (Tone::Warn, yuan(totals.individual)),
            totals => (Tone::Warn, yuan(totals.unit)),
        },
        Page::Exports => session
            .exports
            .inspection
            .as_ref()
            .map_or(quiet("放入录像或清单"), |inspection| {
                let (tone, said) = word(&inspection.retention.verdict);
                (tone, format!("留存：{said}"))
            }),
        Page::Report => quiet("打印、存档"),
        Page::Papers => quiet("备案、整改、标志牌"),
        Page::Law => quiet("四十条全文"),
    }
}

fn steps(session: &Session, current: Page) -> Html {
    let steps = Page::ALL.iter().enumerate().map(|(index, page)| {
        let (tone, said) = state(session, *page);
        let sign = if *page == Page::Law {
            "§".to_owned()
        } else {
            (index + 1).to_string()
        };
        html! {
            <li key={page.id()}>
                <a href={page.href()} aria-current={(*page == current).then_some("page")}>
                    <span class="num" aria-hidden="true">{ sign }</span>
                    <span><b>{ page.label() }</b><small class={tone.class()}>{ said }</small></span>
                </a>
            </li>
        }
    });
    html! { <ol class="steps">{ for steps }</ol> }
}

fn bar(props: &ShellProps) -> Html {
    let ShellProps {
        session,
        dispatch,
        oncommand,
        ..
    } = props;
    let onday = dispatch.reform(|event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Action::ChooseDay(input.value().parse().ok())
    });
    let onopen = {
        let oncommand = oncommand.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            input.set_value("");
            if let Some(file) = file {
                oncommand.emit(Command::Open(file));
            }
        })
    };
    let elder = session.elder;
    html! {
        <div class="bar">
            <label class="grow">{ "按哪一天的规定判断" }
                <input type="date" name="on" value={session.on().to_string()} onchange={onday} min="2019-01-01" max="2099-12-31" />
            </label>
            <button type="button" class="button quiet" disabled={!session.can_undo()} onclick={dispatch.reform(|_: MouseEvent| Action::Undo)}>
                { icons::icon(icons::UNDO) }{ "撤销" }
            </button>
            <label class="button quiet">{ icons::icon(icons::FOLDER) }{ "打开档案" }
                <input type="file" name="dossier" accept=".json,application/json" onchange={onopen} />
            </label>
            <button type="button" class="button quiet" onclick={oncommand.reform(|_: MouseEvent| Command::Save)}>
                { icons::icon(icons::SAVE) }{ "保存档案" }
            </button>
            <button type="button" class="button quiet" aria-pressed={elder.to_string()} onclick={dispatch.reform(move |_: MouseEvent| Action::Elder(!elder))}>
                { if elder { "标准字号" } else { "长者模式" } }
            </button>
        </div>
    }
}

fn banners(props: &ShellProps) -> Html {
    let ShellProps {
        session,
        dispatch,
        oncommand,
        ..
    } = props;
    let command = |command: Command| oncommand.reform(move |_: MouseEvent| command.clone());
    let message = session.message.as_ref().map(|message| {
        html! {
            <div class={classes!("banner", message.bad.then_some("bad"))} role="alert">
                <p>{ &message.text }</p>
                <button type="button" class="button quiet" onclick={dispatch.reform(|_: MouseEvent| Action::Dismiss)}>{ "知道了" }</button>
            </div>
        }
    });
    let keep = match session.keep {
        Keep::Undecided if session.unsaved => html! {
            <div class="banner" role="region" aria-label="保存进度">
                <p>{ "要把填写的内容留在这台电脑的浏览器里吗？下次打开还在。注意：能用这台电脑的人、这台电脑上打开的其他本地网页文件也可能读到。" }</p>
                <button type="button" class="button primary" onclick={command(Command::KeepHere)}>{ "留在这台电脑" }</button>
                <button type="button" class="button" onclick={command(Command::FilesOnly)}>{ "不留，我自己保存文件" }</button>
            </div>
        },
        Keep::Browser => html! {
            <p class="small muted no-print">
                { "内容已留在这台电脑的浏览器里。" }
                <button type="button" class="button quiet" onclick={command(Command::FilesOnly)}>{ "清除本机记录" }</button>
                <button type="button" class="button quiet" onclick={command(Command::StartOver)}>{ "清空重来" }</button>
            </p>
        },
        _ => Html::default(),
    };
    html! { <>{ message }{ keep }</> }
}
