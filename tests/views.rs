//! The pages as text: what a user reads and which controls and results stand
//! where. Rendered natively; `cargo insta review` shows what changed.

#[path = "views/render.rs"]
mod render;

use std::rc::Rc;

use render::{html, session};
use xishi::dossier::Dossier;
use xishi::ui::route::Page;
use xishi::ui::session::{Action, Session};
use yew::Reducible;

const DOSSIER: &str = include_str!("views/internet-cafe.json");
const PLAN: &str = include_str!("views/floor-plan.json");

fn render(session: &Session, page: Page) -> String {
    render_part(session, page, "")
}

fn render_part(session: &Session, page: Page, rest: &str) -> String {
    let html = html(session, page, rest);
    outline(html.split_once("<main").map_or(html.as_str(), |(_, main)| main))
}

/// What an attribute of a tag holds.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.replace("&quot;", "\""))
}

/// A page's HTML as lines of text, with controls and results by their names.
fn outline(html: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        let new_line = [
            "h1",
            "h2",
            "h3",
            "p",
            "li",
            "tr",
            "section",
            "div",
            "summary",
            "fieldset",
            "blockquote",
            "dt",
            "label",
            "option",
        ];
        if new_line.contains(&name) {
            lines.push(String::new());
        }
        let Some(line) = lines.last_mut() else { continue };
        match name {
            "h1" | "h2" | "h3" => line.push_str(if name == "h1" { "# " } else { "## " }),
            "td" | "th" => line.push_str("| "),
            "input" | "select" | "textarea" => {
                let value = attribute(tag, "value").unwrap_or_default();
                let mark = if tag.contains(" checked") { " *" } else { "" };
                line.push_str(&format!(
                    "[{} {value}{mark}] ",
                    attribute(tag, "name").unwrap_or_default()
                ));
            }
            "output" => line.push_str(&format!(
                "{{{} = {}}} ",
                attribute(tag, "name").unwrap_or_default(),
                attribute(tag, "data-value").unwrap_or_default()
            )),
            _ => {}
        }
        line.push_str(text);
    }
    // What digests are is not what the page promises.
    let lines = lines
        .iter()
        .map(|line| undigested(line.trim()))
        .filter(|line| !line.is_empty());
    lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&amp;", "&")
}

/// A line with `…` for runs of 32 and more hexadecimal digits, and for the
/// check digits of a receipt.
fn undigested(line: &str) -> String {
    let line = match line.split_once("/C:") {
        Some((told, check)) => format!("{told}/C:…{}", check.get(8..).unwrap_or_default()),
        None => line.to_owned(),
    };
    let pieces = line.split(|c: char| !c.is_ascii_hexdigit());
    let digests: Vec<_> = pieces.filter(|piece| piece.len() >= 32).map(str::to_owned).collect();
    digests.iter().fold(line, |line, digest| line.replace(digest, "…"))
}

#[test]
fn pages_of_an_internet_cafe() {
    let session = session(Dossier::parse(DOSSIER).expect("a dossier"));
    for page in Page::ALL.iter().filter(|page| **page != Page::Law) {
        insta::assert_snapshot!(page.id(), render(&session, *page));
    }
}

#[test]
fn a_floor_plan_with_what_it_shows() {
    let session = session(Dossier::parse(PLAN).expect("a dossier"));
    insta::assert_snapshot!("floor-plan", render_part(&session, Page::Cameras, "plan"));
    let report = render(&session, Page::Report);
    for words in ["女更衣室", "能看到的部分", "隐私遮挡", "| 看不到"] {
        assert!(report.contains(words), "{words}");
    }
}

#[test]
fn two_days_of_a_dossier_are_compared() {
    let session = session(Dossier::parse(DOSSIER).expect("a dossier"));
    insta::assert_snapshot!("compare", render_part(&session, Page::Deadlines, "compare"));
}

#[test]
fn the_first_page_of_an_empty_dossier_judges_nothing() {
    let text = render(&session(Dossier::default()), Page::Site);
    assert!(text.contains("{duty.verdict = \"unknown\"}"), "{text}");
    assert!(!text.contains("duty.builder"));
}

#[test]
fn an_empty_dossier_is_invited_and_nothing_is_called_fine() {
    let text = render(&session(Dossier::default()), Page::Overview);
    assert!(text.contains("开始自查"), "{text}");
    assert!(!text.contains("符合规定") && !text.contains('{'), "{text}");
}

#[test]
fn the_law_page_holds_every_article() {
    let text = render(&session(Dossier::default()), Page::Law);
    for article in xishi::law::text::w168_articles() {
        assert!(text.contains(&format!("## {}", article.title)));
    }
}

#[test]
fn long_pages_lead_to_their_parts() {
    let session = session(Dossier::parse(DOSSIER).expect("a dossier"));
    for (page, parts) in [(Page::Law, 7), (Page::Duties, 5)] {
        let html = html(&session, page, "");
        let (_, contents) = html.split_once("class=\"contents").expect("contents");
        let (contents, page) = contents.split_once("</nav>").expect("an end");
        let links: Vec<_> = contents
            .split("href=\"#")
            .skip(1)
            .filter_map(|link| link.split('"').next())
            .collect();
        assert_eq!(links.len(), parts, "{links:?}");
        assert!(
            links.iter().all(|id| page.contains(&format!("id=\"{id}\""))),
            "{links:?}"
        );
    }
}

#[test]
fn what_a_user_typed_never_becomes_markup() {
    let mut dossier = Dossier::parse(DOSSIER).expect("a dossier");
    dossier.site.name = Some("<script>alert(1)</script>".to_owned());
    let note = "\"><script>alert(1)</script>".to_owned();
    dossier.duty_notes.insert(xishi::law::duties::Duty::Signs, note);
    dossier.cameras[0].location = "\"><img src=x onerror=alert(1)>".to_owned();
    let script = "<script>alert(1)</script>";
    let plan = serde_json::json!({"rooms": [
        {"id": script, "name": script, "kind": "toilet", "points": [[0, 0], [9, 0], [9, 9]]}
    ], "cameras": [{"camera": "1", "at": [5, 2], "direction": 0, "angle": 90}]});
    let dossier = dossier.with("plan", plan).expect("a plan");
    let session = session(dossier);
    let parts = [(Page::Cameras, "plan"), (Page::Deadlines, "compare")];
    for (page, rest) in Page::ALL.iter().map(|page| (*page, "<b>")).chain(parts) {
        let html = html(&session, page, rest);
        assert!(!html.contains("<script") && !html.contains("<img"), "{}", page.id());
    }
}

/// Tables, groups, pictures and the like are read out by their names.
#[test]
fn whatever_is_announced_has_a_name() {
    let roles = ["group", "radiogroup", "region", "application", "img", "dialog"];
    let mut dossier = Dossier::parse(DOSSIER).expect("a dossier");
    dossier.plan = Dossier::parse(PLAN).expect("a dossier").plan;
    let example = Rc::new(session(Dossier::default())).reduce(Action::Example);
    let papers = xishi::papers::Paper::ALL.iter().map(|paper| (Page::Papers, paper.id()));
    let parts = [(Page::Cameras, "plan"), (Page::Deadlines, "compare")];
    let pages: Vec<_> = Page::ALL
        .iter()
        .map(|page| (*page, ""))
        .chain(parts)
        .chain(papers)
        .collect();
    let shown = [session(dossier), (*example).clone()];
    for (session, (page, rest)) in shown
        .iter()
        .flat_map(|session| pages.iter().map(move |page| (session, *page)))
    {
        let html = html(session, page, rest);
        for tag in html.split('<').skip(1).filter_map(|part| part.split('>').next()) {
            let role = attribute(tag, "role");
            let announced = role.as_deref().is_some_and(|role| roles.contains(&role))
                || tag.starts_with("table") && role.is_none()
                || ["progress", "meter"].iter().any(|name| tag.starts_with(name))
                || attribute(tag, "tabindex").as_deref() == Some("0");
            let by = attribute(tag, "aria-labelledby");
            let named = attribute(tag, "aria-label").is_some_and(|name| !name.is_empty())
                || by.is_some_and(|by| html.contains(&format!("id=\"{by}\"")));
            assert!(!announced || named, "{}/{rest}: <{tag}>", page.id());
        }
    }
}
