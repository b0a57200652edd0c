//! The page's and the worker's wasm: one module, compiled once. The start
//! function runs in both, and a worker is where there is no window.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        match web_sys::window() {
            Some(window) => {
                let root = window
                    .document()
                    .and_then(|document| document.get_element_by_id("xishi"))
                    .expect("index.html has #xishi");
                yew::Renderer::<xishi::ui::App>::with_root(root).render();
            }
            None => xishi::web::worker::start(),
        }
    }
}
