//! The engine names no clock, no file system, no browser.

use std::path::Path;

const ENGINE: &[&str] = &[
    "plan",
    "recording",
    "formats",
    "checks",
    "digest.rs",
    "inspect.rs",
    "source.rs",
    "signature",
    "pass.rs",
];
const NAMES: &[&str] = &[
    "yew",
    "web_sys",
    "wasm_bindgen",
    "js_sys",
    "std::time",
    "std::fs",
    "std::env",
    "SystemTime",
];

fn walk(path: &Path, found: &mut Vec<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("readable") {
            walk(&entry.expect("readable").path(), found);
        }
        return;
    }
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    for name in NAMES {
        if code
            .lines()
            .any(|l| !l.trim_start().starts_with("//") && l.contains(name))
        {
            found.push(format!("{}: {name}", path.display()));
        }
    }
}

#[test]
fn no_forbidden_names() {
    let mut found = Vec::new();
    for part in ENGINE {
        walk(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(part),
            &mut found,
        );
    }
    assert_eq!(found, Vec::<String>::new());
}
