//! What stands around the rows of a list: totals, pages, sums, rules, and the
//! camera of the rows below.

use super::columns::{Column, Columns};

/// Words at the foot of a table before the sums of its columns.
const SUMS: [&str; 4] = ["合计", "总计", "小计", "汇总"];

/// The sums of the columns above.
pub fn is_sum(text: &str) -> bool {
    SUMS.iter().any(|word| text.trim_start_matches('"').starts_with(word))
}

/// A line of delimiters, or a rule.
pub fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|b| {
        matches!(
            b,
            b' ' | b',' | b'\t' | b';' | b'|' | b'"' | b'-' | b'=' | b'_' | b'*' | b'+'
        )
    })
}

/// How much there is in all.
#[derive(Clone, Copy)]
pub enum Total {
    /// Rows.
    Items(u64),
    Pages(u64),
}

/// `共 1000 条`, `总数,1000`, `Total: 1000`, `第1页/共3页`; of several the
/// number of items.
pub fn total(text: &str) -> Option<Total> {
    const WORDS: [&str; 8] = [
        "共",
        "总数",
        "总计",
        "合计",
        "记录数",
        "total",
        "sumnum",
        "numofmatches",
    ];
    let lower = text.to_lowercase();
    let places = WORDS.iter().flat_map(|word| lower.match_indices(word));
    let told: Vec<Total> = places.filter_map(|(at, _)| count(lower.get(at..)?)).collect();
    let items = told.iter().find(|total| matches!(total, Total::Items(_)));
    items.or(told.first()).copied()
}

/// What is counted behind a word such as `共`.
fn count(text: &str) -> Option<Total> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (word, rest) = text.split_at(digits);
    // The sum below another column.
    if [",,", "\t\t", ";;"].iter().any(|empty| word.contains(empty)) {
        return None;
    }
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(end);
    let n = number.parse().ok()?;
    let rest = rest.trim_start();
    // A time or a size is no count.
    match rest.chars().next() {
        Some('页') => Some(Total::Pages(n)),
        Some('个') if ["个文件", "个录像", "个片段"].iter().any(|unit| rest.starts_with(unit)) => {
            Some(Total::Items(n))
        }
        Some(':' | '-' | '/' | '.' | '小' | '天' | '分' | '秒' | 'g' | 'm' | 'k' | '个' | '路') => None,
        _ => Some(Total::Items(n)),
    }
}

/// The number of a page: `第 2 页`.
pub fn page(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once('第')?;
    rest.split_once('页')?.0.trim().parse().ok()
}

/// The camera of all rows below: `通道：1`, `Channel,3`, `【通道2】`.
pub fn section(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "【】[]=-#\",;".contains(c));
    let named = |heading: &str| {
        matches!(
            Columns::meaning_of(heading),
            Some(Column::Channel | Column::ChannelName)
        )
    };
    let (heading, name) = match text.split_once([':', '：', ',', '\t']) {
        Some((heading, name)) => (heading, name.trim()),
        None => (text.trim_end_matches(|c: char| c.is_ascii_digit()), text),
    };
    let one = !name.contains([':', '：', ',', '\t', ' ']) && !["全部", "所有", "all"].contains(&name);
    (one && named(heading) && name.chars().any(char::is_alphanumeric) && heading != name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals() {
        let items = |text: &str| match total(text) {
            Some(Total::Items(n)) => Some(n),
            _ => None,
        };
        assert_eq!(items("共 1000 条"), Some(1000));
        assert_eq!(items("总数,1000"), Some(1000));
        assert_eq!(items("Total: 12 records"), Some(12));
        assert_eq!(items("共 3 天"), None);
        assert_eq!(items("第 1 页/共 3 页"), None);
        assert!(matches!(total("第 1 页/共 3 页"), Some(Total::Pages(3))));
        assert_eq!(items("录像查询结果"), None);
    }
}
