//! Pages as HTML, rendered natively.

use chrono::NaiveDate;
use xishi::dossier::Dossier;
use xishi::ui::route::{Page, Route};
use xishi::ui::session::Session;
use xishi::ui::shell::{Shell, ShellProps};
use xishi::web::storage::Kept;
use yew::prelude::*;

/// A session on 2026-11-23.
pub fn session(dossier: Dossier) -> Session {
    let kept = Kept {
        dossier: Some(dossier),
        ..Kept::default()
    };
    Session::new(NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day"), kept)
}

/// A page, with its frame.
pub fn html(session: &Session, page: Page, rest: &str) -> String {
    let props = ShellProps {
        session: session.clone(),
        route: Route {
            page,
            rest: rest.to_owned(),
        },
        dispatch: Callback::noop(),
        oncommand: Callback::noop(),
        onfiles: Callback::noop(),
        onroots: Callback::noop(),
        oncancel: Callback::noop(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(
        yew::LocalServerRenderer::<Shell>::with_props(props)
            .hydratable(false)
            .render(),
    )
}
