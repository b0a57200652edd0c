//! The page's and the worker's wasm.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        if let Some(root) = web_sys::window()
            .and_then(|w| w.document())
            .and_then(|d| d.get_element_by_id("xishi"))
        {
            yew::Renderer::<xishi::ui::App>::with_root(root).render();
        }
    }
}
