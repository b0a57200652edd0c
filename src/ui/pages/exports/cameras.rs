//! Cameras that lists name.

use yew::prelude::*;

use crate::dossier::{Camera, Extra};
use crate::ui::pages::PageProps;
use crate::ui::session::Action;
use crate::ui::widgets::icons;
use crate::wire::ListedCameraDoc;
use crate::words::lang::t;

/// Cameras that lists name, for taking over into the dossier.
pub(super) fn cameras(page: &PageProps, listed: &[ListedCameraDoc]) -> Html {
    let new: Vec<Camera> = listed
        .iter()
        .map(|camera| Camera {
            id: camera.id.clone(),
            name: camera.name.clone().unwrap_or_else(|| camera.id.clone()),
            location: camera.location.clone().unwrap_or_default(),
            extra: Extra::new(),
        })
        .filter(|new| {
            let known = |old: &Camera| old.name == new.name && old.location == new.location;
            !page.session.dossier.cameras.iter().any(known)
        })
        .collect();
    if new.is_empty() {
        return Html::default();
    }
    let text = t!("把清单里的 {} 个摄像头加入档案", new.len());
    let onclick = page
        .dispatch
        .reform(move |_: MouseEvent| Action::AddCameras(new.clone()));
    html! {
        <section class="card">
            <h2>{ t!("清单里有摄像头名称") }</h2>
            <p class="muted">{ t!("加入档案后，会按名称判断有没有装在禁止的部位。") }</p>
            <button type="button" class="button" {onclick}>{ icons::icon(icons::PLUS) }{ text }</button>
        </section>
    }
}
