//! How long things take, in the browser's own timeline (开发者工具 → 性能).

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
