//! The engine names neither page, nor browser, nor clock, nor files.

use std::fs;
use std::path::Path;

const PURE: [&str; 8] = [
    "law",
    "plan",
    "recording",
    "formats",
    "checks",
    "digest",
    "report",
    "papers",
];
const BANNED: [&str; 5] = ["yew", "web_sys", "wasm_bindgen", "std::time", "std::fs"];

#[test]
fn the_engine_is_pure() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for module in PURE {
        visit(&src.join(format!("{module}.rs")), &mut wrong);
        visit(&src.join(module), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn visit(path: &Path, wrong: &mut Vec<String>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            visit(&entry.unwrap().path(), wrong);
        }
    } else if path.extension().is_some_and(|e| e == "rs")
        && let Ok(text) = fs::read_to_string(path)
    {
        for (n, line) in text
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.trim_start().starts_with("//"))
        {
            wrong.extend(
                BANNED
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{}:{}: names {word}", path.display(), n + 1)),
            );
        }
    }
}
