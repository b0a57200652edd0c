//! Amounts of money: words and range bars.

use yew::prelude::*;

use crate::wire::Range;
use crate::words::lang::{self, Lang, t};
use crate::words::zh_cn::thousands;

/// A range of yuan in words: `1万–3万元`, `最高1000元`, `0 元`.
pub fn yuan(range: Range) -> String {
    match range {
        [0, 0] => t!("0 元").to_owned(),
        [0, most] => t!("最高 {}元", short(most)),
        [least, most] if least == most => t!("{}元", short(least)),
        [least, most] => t!("{}–{}元", short(least), short(most)),
    }
}

/// As the language writes it: amounts that 万 gives in at most two decimals so, all others in figures.
fn short(yuan: u64) -> String {
    if lang::current() == Lang::En {
        return thousands(yuan);
    }
    match (yuan >= 10_000, yuan % 100) {
        (true, 0) => t!("{}万", yuan as f64 / 10_000.0),
        _ => yuan.to_string(),
    }
}

/// A bar from the least to the most, on a scale that ends at `scale` yuan.
pub fn range_bar(range: Range, scale: u64, tone: &'static str) -> Html {
    let percent = |yuan: u64| yuan as f64 * 100.0 / scale.max(1) as f64;
    let [least, most] = range;
    let width = (percent(most) - percent(least)).max(1.0);
    html! {
        <div class="track" aria-hidden="true">
            <i class={tone} style={format!("left:{:.2}%;width:{width:.2}%", percent(least).min(99.0))}></i>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_people_say_them() {
        assert_eq!(yuan([0, 1_000]), "最高 1000元");
        assert_eq!(yuan([10_000, 30_000]), "1万–3万元");
        assert_eq!(yuan([0, 0]), "0 元");
        assert_eq!(yuan([500, 12_500]), "500–1.25万元");
        assert_eq!(yuan([12_345, 22_000]), "12345–2.2万元");
    }
}
