//! Which channel a row is of, and what that is called.

use std::collections::BTreeMap;

use crate::formats::lists::columns::{Column, Columns};
use crate::formats::lists::guard;
use crate::formats::lists::ledger::BETWEEN;
use crate::formats::lists::row::Fields;
use crate::formats::{Charsets, decode, names};
use crate::recording::channel;

/// The keys of the rows' channels, by which they are gathered.
#[derive(Default)]
pub struct Channels {
    key: Vec<u8>,
    /// Device and channel of the row before: merged cells leave them to the
    /// first of their rows.
    above: (Vec<u8>, Vec<u8>),
    /// Of a list without a channel in its rows: what the line above them told.
    section: Vec<u8>,
}

impl Channels {
    /// The rows below are of this channel, should they not tell their own.
    pub fn section(&mut self, name: &str) {
        self.section = name.as_bytes().to_vec();
    }

    /// The key of a row: its device, [`BETWEEN`], its channel.
    pub fn of(&mut self, columns: &Columns, fields: &Fields, line: &[u8]) -> &[u8] {
        self.key.clear();
        let field = |column| {
            let text = columns.get(column).map(|at| fields.get(line, at));
            text.filter(|text| !text.is_empty())
        };
        if columns.get(Column::Device).is_some() {
            fill(&mut self.above.0, field(Column::Device));
            self.key.extend_from_slice(&self.above.0);
        }
        self.key.push(BETWEEN);
        if columns.get(Column::Channel).is_some() || columns.get(Column::ChannelName).is_some() {
            fill(&mut self.above.1, field(Column::Channel).or(field(Column::ChannelName)));
            self.key.extend_from_slice(&self.above.1);
        } else if let Some(at) = columns.get(Column::Name) {
            let name = String::from_utf8_lossy(fields.get(line, at));
            if let Some(channel) = names::parse(&name).channel {
                self.key.extend_from_slice(channel.as_bytes());
            }
        } else {
            self.key.extend_from_slice(&self.section);
        }
        &self.key
    }
}

/// Puts what stands in a cell in `above`; an empty cell is as the one above.
fn fill(above: &mut Vec<u8>, cell: Option<&[u8]>) {
    if let Some(text) = cell {
        above.clear();
        above.extend_from_slice(text);
    }
}

/// Names of channels, told apart within one list.
pub struct Names {
    /// The list has several devices.
    several: bool,
    /// What a name was normalised from, without its digits.
    given: BTreeMap<String, String>,
}

impl Names {
    /// Of a list with so many devices.
    pub const fn of(devices: usize) -> Self {
        Self {
            several: devices > 1,
            given: BTreeMap::new(),
        }
    }

    /// The channel of a key: with its device in front where there are several;
    /// as written where the list has the number in another spelling too
    /// (`Camera 01` and `IPCamera 01` of a hybrid recorder are two).
    pub fn name(&mut self, key: &[u8], charsets: &dyn Charsets) -> Option<String> {
        let mut parts = key.splitn(2, |b| *b == BETWEEN);
        let device = decode(parts.next().unwrap_or_default(), charsets);
        let written = decode(parts.next().unwrap_or_default(), charsets).replace("\"\"", "\"");
        let written = guard::unguarded(written.trim());
        let mut name = channel::normalise(written);
        match (device.trim(), name.as_str()) {
            ("", "") => return None,
            (device, "") => return Some(device.to_owned()),
            (device, plain) if self.several => name = format!("{device}/{plain}"),
            _ => {}
        }
        let shape: String = written.chars().filter(|c| !c.is_ascii_digit()).collect();
        match self.given.get(&name) {
            Some(other) if *other != shape => Some(written.to_owned()),
            Some(_) => Some(name),
            None => {
                self.given.insert(name.clone(), shape);
                Some(name)
            }
        }
    }
}
