//! Makers of recorders, as people know them.

use super::lang::t;

/// A maker that a reader tells; one of a later version as it is.
pub fn vendor(name: &str) -> &str {
    match name {
        "海康威视" => t!("海康威视"),
        "大华" => t!("大华"),
        "雄迈" => t!("雄迈"),
        "海思" => t!("海思"),
        other => other,
    }
}
