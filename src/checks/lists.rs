//! Whether lists hold all that they announce.

use std::collections::BTreeMap;

use crate::inspect::Reading;
use crate::recording::{Problem, ProblemKind};

/// For each reading, the problem of its list if it is not whole. Messages of
/// one group are counted together: items against the announced total.
pub fn incomplete(readings: &[Reading]) -> Vec<Option<Problem>> {
    let mut groups: BTreeMap<&str, (u64, Option<u64>, bool)> = BTreeMap::new();
    for list in readings.iter().filter_map(|r| r.list.as_ref()) {
        if let Some(group) = &list.group {
            let sum = groups.entry(group).or_default();
            sum.0 += list.items;
            sum.1 = sum.1.max(list.total);
            sum.2 |= list.more;
        }
    }
    let judged = readings.iter().map(|reading| {
        let list = reading.list.as_ref()?;
        let alone = (list.items, list.total, list.more);
        let (items, total, more) = list
            .group
            .as_ref()
            .and_then(|g| groups.get(g.as_str()))
            .copied()
            .unwrap_or(alone);
        let whole = match total {
            Some(total) => items == total,
            None => !more,
        };
        (!whole).then(|| ProblemKind::ListIncomplete { items, total }.anywhere())
    });
    judged.collect()
}
