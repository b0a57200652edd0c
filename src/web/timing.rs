//! How long things take, in the browser's own timeline (开发者工具 → 性能), and
//! breaks in what takes long.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Does the work and measures it under a name; only the last one is kept.
/// Outside a browser it just does the work.
pub fn measured<T>(name: &str, work: impl FnOnce() -> T) -> T {
    #[cfg(target_arch = "wasm32")]
    {
        if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
            performance.clear_measures_with_measure_name(name);
            // What cannot be measured is done all the same.
            let _ = performance.mark(name);
            let done = work();
            let _ = performance.measure_with_start_mark(name, name);
            performance.clear_marks_with_mark_name(name);
            return done;
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    let _ = name;
    work()
}

/// Lets the browser do its work whenever this has run for a while.
pub fn breaks() -> impl AsyncFnMut() {
    /// Milliseconds: several of these fit into what feels immediate.
    const WHILE: f64 = 12.0;
    let mut since = js_sys::Date::now();
    async move || {
        if js_sys::Date::now() - since > WHILE {
            let next_task = js_sys::Promise::new(&mut |resolve, _| {
                // Without a timer it goes on at once.
                if gloo::utils::window().set_timeout_with_callback(&resolve).is_err() {
                    let _ = resolve.call0(&JsValue::NULL);
                }
            });
            let _ = JsFuture::from(next_task).await;
            since = js_sys::Date::now();
        }
    }
}
