//! The frame around every page: name, steps, the bar of commands, messages.

use web_sys::{File, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::finder::{FinderBox, Found};
use super::handle::{Handle, Part};
use super::pages::PageProps;
use super::pages::cameras::Cameras;
use super::pages::compare::{self, ComparePage};
use super::pages::deadlines::{Deadlines, days_left};
use super::pages::duties::Duties;
use super::pages::exports::ExportsPage;
use super::pages::exposure::Exposure;
use super::pages::help::Help;
use super::pages::law::LawPage;
use super::pages::overview::Overview;
use super::pages::overview::summary::Tally;
use super::pages::papers::Papers;
use super::pages::plan::{self, PlanPage};
use super::pages::report::Report;
use super::pages::site::Site;
use super::route::{Page, Route};
use super::session::{Action, Keep, Session};
use super::widgets::anchor::Anchor;
use super::widgets::badge::{Badge, Tone, word};
use super::widgets::bars::yuan;
use super::widgets::icons;
use crate::papers;
use crate::web::files::Picked;
use crate::words::lang::{self, Lang, t};

/// What only the browser can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Hand the dossier to the user as a file.
    Save,
    /// Read a dossier from a file.
    Open(File),
    Print,
    /// Print the evidence list alone.
    PrintEvidence,
    /// Hand this file to the user, the site's name before its own.
    Download(papers::File),
    /// Read the QR code in a picture and say what it holds.
    ReadCode(File, Callback<Option<String>>),
    /// Keep the dossier in this browser from now on.
    KeepHere,
    /// Leave nothing in this browser.
    FilesOnly,
    /// Read these entries of the export once more.
    ReadAgain(Vec<usize>),
    /// An empty dossier; the one so far stays among the versions, if any are kept.
    StartOver,
    /// What this page shows is what the browser shall keep.
    KeepMine,
    /// What another page kept shall be shown here.
    TakeTheirs,
    /// Hand out the kept dossier that could not be read.
    SaveUnreadable,
    /// Put the focus on the page's content.
    ToMain,
    /// Add the cameras of a table.
    CameraTable(File),
    /// Take a picture file under the floor plan.
    PlanPicture(File),
    /// Read another dossier from a file, to compare with.
    OpenOther(File),
}

#[derive(Properties, PartialEq)]
pub struct ShellProps {
    pub session: Session,
    pub route: Route,
    pub dispatch: Callback<Action>,
    pub oncommand: Callback<Command>,
    pub onfiles: Callback<Vec<Picked>>,
    /// Certificates to trust.
    pub onroots: Callback<Vec<Picked>>,
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
        onroots,
        oncancel,
    } = props;
    let word = use_state_eq(AttrValue::default);
    let set_word = word.setter();
    let unfolded = use_state_eq(|| None::<Part>);
    let onopen = {
        let unfolded = unfolded.setter();
        Callback::from(move |part| unfolded.set(part))
    };
    let onchosen = {
        let set_word = word.setter();
        Callback::from(move |()| set_word.set(AttrValue::default()))
    };
    {
        let set_word = word.setter();
        let unfolded = unfolded.setter();
        use_effect_with(route.clone(), move |_| {
            set_word.set(AttrValue::default());
            unfolded.set(None);
        });
    }
    // What is read belongs to one's own inspection, not to the example.
    let refuse = dispatch.reform(|_: Vec<Picked>| Action::NotInExample);
    let example = session.aside.is_some();
    let (onfiles, onroots) = if example {
        (&refuse, &refuse)
    } else {
        (onfiles, onroots)
    };
    let page = || PageProps {
        session: session.clone(),
        dispatch: dispatch.clone(),
    };
    let body = match route.page {
        Page::Overview => html! { <Overview ..page() /> },
        Page::Site => html! { <Site ..page() /> },
        Page::Cameras if route.rest == plan::PART => {
            html! { <PlanPage page={page()} oncommand={oncommand.clone()} /> }
        }
        Page::Cameras => {
            html! { <Cameras session={session.clone()} dispatch={dispatch.clone()} oncommand={oncommand.clone()} /> }
        }
        Page::Duties => html! { <Duties page={page()} open={route.rest.clone()} /> },
        Page::Deadlines if route.rest == compare::PART => {
            html! { <ComparePage page={page()} oncommand={oncommand.clone()} /> }
        }
        Page::Deadlines => html! { <Deadlines ..page() /> },
        Page::Exposure => html! { <Exposure ..page() /> },
        Page::Exports => {
            html! { <ExportsPage page={page()} onfiles={onfiles.clone()} onroots={onroots.clone()} {oncommand} oncancel={oncancel.clone()} /> }
        }
        Page::Report => {
            html! { <Report session={session.clone()} oncommand={oncommand.clone()} /> }
        }
        Page::Papers => {
            html! { <Papers session={session.clone()} oncommand={oncommand.clone()} open={route.rest.clone()} /> }
        }
        Page::Law => html! { <LawPage open={route.rest.clone()} /> },
        Page::Help => html! { <Help ..page() /> },
    };
    let skip = oncommand.reform(|event: MouseEvent| {
        event.prevent_default();
        Command::ToMain
    });
    html! {
        <>
            <a class="skip" href="#main" onclick={skip}>{ t!("跳到正文") }</a>
            <div class={classes!("shell", unfolded.map(Part::open))}>
                <header class="side">
                    <a class="brand" href={Page::Overview.href()}>
                        { icons::logo() }
                        <span><b>{ t!("锡视自查") }</b><small>{ t!("公共安全视频系统自查") }</small></span>
                    </a>
                    <div class="handles">
                        { elder_switch(session, dispatch) }
                        <Handle part={Part::Commands} open={*unfolded} onopen={onopen.clone()}>{ t!("菜单") }</Handle>
                    </div>
                    <Handle part={Part::Steps} open={*unfolded} {onopen}>
                        { step(session, route.page) }<span class="visually-hidden">{ t!("全部步骤") }</span>
                    </Handle>
                    <FinderBox word={(*word).clone()} onword={Callback::from(move |typed: String| set_word.set(typed.into()))} />
                    <nav id={Part::Steps.id()} aria-label={t!("步骤")}>{ steps(session, route.page) }</nav>
                    <div class="colophon">
                        <p>{ t!("全程在这台电脑上运行，不联网、不上传。") }</p>
                        <p>{ t!("依据无锡市政府令第168号和国务院令第799号。自查结果供参考，不代替公安机关的认定。") }</p>
                    </div>
                </header>
                <main class="stage" id="main" tabindex="-1">
                    // Shows nothing: where another part is made anew, Yew must find what stands behind it.
                    <Anchor route={route.clone()} />
                    { bar(props) }
                    <Found word={(*word).clone()} session={session.clone()} {onchosen} />
                    { banners(props) }
                    // Another key: in another language the whole page is made anew.
                    <ContextProvider<Lang> key={session.lang.tag()} context={session.lang}>{ body }</ContextProvider<Lang>>
                    { unofficial(session.lang, route.page) }
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
        Page::Overview => match Tally::of(judged) {
            _ if session.dossier.site.place.is_none() => quiet(t!("还没有开始")),
            tally => quiet(&t!("弄清 {} / {} 项", tally.known(), tally.all())),
        },
        Page::Site => session
            .dossier
            .site
            .place
            .map_or(quiet(t!("从这里开始")), |place| quiet(place.label())),
        Page::Cameras => {
            let count = |verdict: &str| judged.cameras.iter().filter(|camera| camera.verdict == verdict).count();
            match (judged.cameras.len(), count("forbidden"), count("check")) {
                (0, ..) => quiet(t!("还没有登记")),
                (_, 0, 0) => (Tone::Good, t!("没有发现禁装").to_owned()),
                (_, 0, check) => (Tone::Warn, t!("{check} 个要到现场看", check = check)),
                (_, forbidden, _) => (Tone::Bad, t!("{forbidden} 个装在禁止部位", forbidden = forbidden)),
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
                (0, 0) => (Tone::Good, t!("没有发现问题").to_owned()),
                (0, unknown) => quiet(&t!("{unknown} 项还不清楚", unknown = unknown)),
                (breached, _) => (Tone::Bad, t!("{breached} 项不符合", breached = breached)),
            }
        }
        Page::Deadlines => {
            let open = judged
                .deadlines
                .iter()
                .filter(|deadline| deadline.state != "done")
                .min_by_key(|deadline| deadline.due);
            open.map_or(quiet(t!("没有要办的")), |deadline| {
                (
                    if deadline.days_left < 0 { Tone::Bad } else { Tone::Warn },
                    days_left(deadline),
                )
            })
        }
        Page::Exposure => match judged.exposure.if_uncorrected {
            totals if totals == Default::default() => quiet(t!("没有认定的罚款")),
            totals if session.dossier.site.individual == Some(true) => (Tone::Warn, yuan(totals.individual)),
            totals => (Tone::Warn, yuan(totals.unit)),
        },
        Page::Exports => session
            .exports
            .inspection
            .as_ref()
            .map_or(quiet(t!("放入录像或清单")), |inspection| {
                let (tone, said) = word(&inspection.retention.verdict);
                (tone, t!("留存：{said}", said = said))
            }),
        Page::Report => quiet(t!("打印、存档")),
        Page::Papers => quiet(t!("备案、整改、标志牌")),
        Page::Law => quiet(t!("四十条全文")),
        Page::Help => quiet(t!("名词、导出步骤")),
    }
}

fn steps(session: &Session, current: Page) -> Html {
    let steps = Page::ALL.iter().map(|page| {
        html! {
            <li key={page.id()}>
                <a href={page.href()} aria-current={(*page == current).then_some("page")}>{ step(session, *page) }</a>
            </li>
        }
    });
    html! { <ol class="steps">{ for steps }</ol> }
}

/// A step's sign, name and state.
fn step(session: &Session, page: Page) -> Html {
    let (tone, said) = state(session, page);
    let sign = match page {
        // It stands before the first step.
        Page::Overview => "◎".to_owned(),
        Page::Law => "§".to_owned(),
        Page::Help => "?".to_owned(),
        _ => (page as usize).to_string(),
    };
    html! {
        <>
            <span class="num" aria-hidden="true">{ sign }</span>
            <span><b>{ page.label() }</b><small class={tone.class()}>{ said }</small></span>
        </>
    }
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
    // Each is named in itself, so that whoever reads it finds it.
    let languages = Lang::ALL.map(|lang| {
        html! { <option value={lang.tag()} lang={lang.tag()} selected={lang == session.lang}>{ lang.name() }</option> }
    });
    let onlang = dispatch.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Action::Speak(Lang::from_tag(&select.value()).unwrap_or_default())
    });
    html! {
        <div class="bar" id={Part::Commands.id()}>
            <label class="grow">{ t!("按哪一天的规定判断") }
                <input type="date" name="on" value={session.on().to_string()} onchange={onday} min="2019-01-01" max="2099-12-31" />
            </label>
            <button type="button" class="button quiet" aria-disabled={(!session.can_undo()).to_string()} onclick={dispatch.reform(|_: MouseEvent| Action::Undo)}>
                { icons::icon(icons::UNDO) }{ t!("撤销") }
            </button>
            <button type="button" class="button quiet" aria-disabled={(!session.can_redo()).to_string()} onclick={dispatch.reform(|_: MouseEvent| Action::Redo)}>
                { icons::icon(icons::REDO) }{ t!("重做") }
            </button>
            <label class="button quiet">{ icons::icon(icons::FOLDER) }{ t!("打开档案") }
                <input type="file" name="dossier" accept=".json,application/json" onchange={onopen} />
            </label>
            <button type="button" class="button quiet" onclick={oncommand.reform(|_: MouseEvent| Command::Save)}>
                { icons::icon(icons::SAVE) }{ t!("保存档案") }
            </button>
            { elder_switch(session, dispatch) }
            <select name="lang" aria-label={t!("语言（Language）")} onchange={onlang}>
                { for languages }
            </select>
        </div>
    }
}

/// Larger type, or the usual again; on a phone it stands outside the folded commands.
fn elder_switch(session: &Session, dispatch: &Callback<Action>) -> Html {
    let elder = session.elder;
    html! {
        <button type="button" class="button quiet elder-switch" onclick={dispatch.reform(move |_: MouseEvent| Action::Elder(!elder))}>
            { if elder { t!("标准字号") } else { t!("长者模式") } }
        </button>
    }
}

/// What a translation is worth, at the foot of every page; papers are none.
fn unofficial(lang: Lang, page: Page) -> Html {
    let said = match lang {
        Lang::ZhCn => return Html::default(),
        Lang::ZhHant => t!("繁体是转换而来的，法律文字以简体原文为准。"),
        Lang::En => t!("译文不是官方译本，法律以中文原文为准。"),
    };
    let paper = matches!(page, Page::Report | Page::Papers);
    html! { <p class={classes!("small", "muted", "unofficial", paper.then_some("no-print"))}>{ said }</p> }
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
                <button type="button" class="button quiet" onclick={dispatch.reform(|_: MouseEvent| Action::Dismiss)}>{ t!("知道了") }</button>
            </div>
        }
    });
    let overtaken = session.overtaken.then(|| {
        html! {
            <div class="banner bad" role="alert">
                <p>{ t!("另一个窗口也在改这份档案，那边的内容和这里不一样。本机先不再保存这里的内容，请选一份：") }</p>
                <button type="button" class="button" onclick={command(Command::TakeTheirs)}>{ t!("用那边的") }</button>
                <button type="button" class="button" onclick={command(Command::KeepMine)}>{ t!("用这里的") }</button>
            </div>
        }
    });
    let unreadable = session.unreadable.as_ref().map(|why| {
        html! {
            <div class="banner bad" role="alert">
                <p>{ t!("这台电脑的浏览器里留有一份档案，但读不出来（{}）。没有动它。选“留在这台电脑”以前，请先把它另存。", why) }</p>
                <button type="button" class="button" onclick={command(Command::SaveUnreadable)}>{ t!("另存这份档案") }</button>
            </div>
        }
    });
    let example = session.dossier.is_example().then(|| {
        let own = session.aside.as_ref().is_some_and(|aside| aside.dossier.site.place.is_some());
        let close = if own { t!("关闭示例，回到我的自查") } else { t!("关闭示例，开始我的自查") };
        // Papers say it themselves; before a sign it would be a page of its own.
        let said = matches!(props.route.page, Page::Report | Page::Papers).then_some("no-print");
        let short = (props.route.page != Page::Overview).then_some("short");
        html! {
            <div class={classes!("banner", "example", said, short)} role="region" aria-label={t!("示例")}>
                <p><Badge tone={Tone::Unsure} text={t!("示例")} />{ " " }{ lang::sentences([t!("这是虚构的示例，不是真实单位。"), ""]) }<span>{ t!("可以随便点、随便改，您自己填的内容没有动。") }</span></p>
                if session.aside.is_some() {
                    <button type="button" class="button primary" onclick={dispatch.reform(|_: MouseEvent| Action::EndExample)}>{ close }</button>
                }
            </div>
        }
    });
    let keep = match session.keep {
        // Nothing of the example is kept.
        _ if session.aside.is_some() => Html::default(),
        Keep::Undecided if session.unsaved => html! {
            // Other buttons are other elements: none turns into another under the finger.
            <div key="offer" class="banner" role="region" aria-label={t!("保存进度")}>
                <p>{ t!("要把填写的内容和文件检验结果留在这台电脑的浏览器里吗？下次打开还在。注意：能用这台电脑的人、这台电脑上打开的其他本地网页文件也可能读到。公用的电脑请选“不留”。") }</p>
                <button type="button" class="button primary" onclick={command(Command::KeepHere)}>{ t!("留在这台电脑") }</button>
                <button type="button" class="button" onclick={command(Command::FilesOnly)}>{ t!("不留，我自己保存文件") }</button>
            </div>
        },
        Keep::Browser => html! {
            <div key="kept" class="small muted no-print">
                { t!("内容已留在这台电脑的浏览器里。") }
                <button type="button" class="button quiet" onclick={command(Command::FilesOnly)}>{ t!("清除本机记录") }</button>
                <button type="button" class="button quiet" onclick={command(Command::StartOver)}>{ t!("清空重来") }</button>
                { versions(session, dispatch) }
            </div>
        },
        Keep::FileOnly => html! {
            <p class="small muted no-print">
                { t!("不留痕：这台电脑上不保存任何内容，关掉页面就没有了。要留就保存成文件。") }
                <button type="button" class="button quiet" onclick={command(Command::StartOver)}>{ t!("清空重来") }</button>
            </p>
        },
        Keep::Undecided => Html::default(),
    };
    html! { <>{ example }{ message }{ overtaken }{ unreadable }{ keep }</> }
}

/// Earlier states that this browser keeps.
fn versions(session: &Session, dispatch: &Callback<Action>) -> Html {
    if session.versions.is_empty() {
        return Html::default();
    }
    let rows = session.versions.iter().enumerate().map(|(index, version)| {
        let onclick = dispatch.reform(move |_: MouseEvent| Action::Restore(index));
        html! { <li key={index}>{ &version.at }{ " " }<button type="button" class="button quiet" {onclick}>{ t!("恢复") }</button></li> }
    });
    html! {
        <details class="versions">
            <summary>{ t!("以前的版本（{}）", session.versions.len()) }</summary>
            <ul>{ for rows }</ul>
        </details>
    }
}
