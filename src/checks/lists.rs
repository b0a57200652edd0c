//! Whether lists hold all that they announce.

use std::collections::{BTreeMap, BTreeSet};

use crate::inspect::Reading;
use crate::recording::{ListInfo, Problem, ProblemKind};

/// Messages that are one answer, together.
#[derive(Default)]
struct Sum<'r> {
    items: u64,
    /// Identities of items, of the messages that give them all.
    keys: BTreeSet<u64>,
    /// Items of messages that do not.
    unkeyed: u64,
    total: Option<u64>,
    /// No message of the group was the last.
    more: bool,
    broken: bool,
    messages: u64,
    /// Digests of the messages: the same file twice counts once.
    seen: BTreeSet<&'r str>,
}

impl<'r> Sum<'r> {
    fn add(&mut self, list: &ListInfo, digest: Option<&'r str>) {
        if digest.is_some_and(|digest| !self.seen.insert(digest)) {
            return;
        }
        if list.keys.is_empty() {
            self.unkeyed += list.items;
        } else {
            self.keys.extend(&list.keys);
        }
        self.items = self.keys.len() as u64 + self.unkeyed;
        self.total = self.total.max(list.total);
        self.more = list.more && (self.more || self.messages == 0);
        self.broken |= list.broken;
        self.messages += 1;
    }

    /// Devices repeat items, and record on while they answer: more distinct
    /// items than announced are no lack. Bare counts must agree.
    fn is_whole(&self) -> bool {
        let enough = |total| match self.unkeyed {
            0 => self.items >= total,
            _ => self.items == total,
        };
        !self.broken && self.total.map_or(!self.more, enough)
    }
}

/// For each reading, the problem of its list if it is not whole. Messages of
/// one group are counted together: distinct items against the announced total.
pub fn incomplete(readings: &[&Reading]) -> Vec<Option<Problem>> {
    let mut groups: BTreeMap<&str, Sum<'_>> = BTreeMap::new();
    for reading in readings {
        if let Some(list) = &reading.list
            && let Some(group) = &list.group
        {
            let sum = groups.entry(group).or_default();
            sum.add(list, reading.digests.sha256.as_deref());
        }
    }
    let judged = readings.iter().map(|reading| {
        let list = reading.list.as_ref()?;
        let mut alone = Sum::default();
        alone.add(list, None);
        let group = list.group.as_ref().and_then(|g| groups.get(g.as_str()));
        let sum = group.unwrap_or(&alone);
        let (items, total) = (sum.items, sum.total);
        (!sum.is_whole()).then(|| ProblemKind::ListIncomplete { items, total }.anywhere())
    });
    judged.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(lists: &[ListInfo]) -> Sum<'static> {
        let mut sum = Sum::default();
        for list in lists {
            sum.add(list, None);
        }
        sum
    }

    fn list(keys: &[u64], total: Option<u64>, more: bool) -> ListInfo {
        ListInfo {
            items: keys.len() as u64,
            keys: keys.to_vec(),
            total,
            more,
            ..ListInfo::default()
        }
    }

    #[test]
    fn totals_and_last_pages() {
        let ten = Some(10);
        let first: Vec<u64> = (0..6).collect();
        let second: Vec<u64> = (6..10).collect();
        assert!(!sum(&[list(&first, ten, false)]).is_whole());
        assert!(sum(&[list(&first, ten, false), list(&second, ten, false)]).is_whole());
        assert!(!sum(&[list(&first, ten, false), list(&first, ten, false)]).is_whole());
        assert!(!sum(&[list(&first, None, true), list(&second, None, true)]).is_whole());
        assert!(sum(&[list(&first, None, true), list(&second, None, false)]).is_whole());
        assert!(sum(&[list(&second, None, false), list(&first, None, true)]).is_whole());
        assert!(sum(&[list(&[], Some(0), false)]).is_whole());
    }
}
