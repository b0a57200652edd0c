//! One file a page. A page takes the session's values and a callback.

use crate::words::lang::t;
use yew::prelude::*;

use super::session::{Action, Session};
use super::widgets::fields::Edit;

pub mod cameras;
pub mod compare;
pub mod deadlines;
pub mod duties;
pub mod evidence;
pub mod exports;
pub mod exposure;
pub mod help;
pub mod law;
pub mod overview;
pub mod papers;
pub mod plan;
pub mod report;
pub mod signatures;
pub mod site;

/// What every page gets.
#[derive(Properties, PartialEq)]
pub struct PageProps {
    pub session: Session,
    pub dispatch: Callback<Action>,
}

impl PageProps {
    /// A callback for controls that set dossier fields.
    fn edits(&self) -> Callback<Edit> {
        self.dispatch.reform(|(path, value)| Action::Set(path, value))
    }
}

/// The link to the next page of the inspection.
fn next_page(here: super::route::Page) -> Html {
    here.next().map_or_else(Html::default, |next| {
        html! { <p class="foot"><a class="button primary" href={next.href()}>{ t!("下一步：{}", next.label()) }</a></p> }
    })
}
