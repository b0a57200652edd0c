//! Sentences of documents. A document is in simplified Chinese always; a page
//! that shows it in another language has the sentence made anew from what it
//! says.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::lang::{self, Lang, in_chinese};
use super::{findings, retention};
use crate::checks::retention::Reason;
use crate::recording::ProblemKind;
use crate::recording::problem::FileVerdict;

/// A sentence in simplified Chinese, and what it says. Read from a document it
/// is the text alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    chinese: String,
    value: Option<Value>,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Problem(ProblemKind),
    Retention(Reason),
    Channel(String, Reason),
    File(String, FileVerdict),
}

impl Value {
    fn say(&self) -> String {
        match self {
            Self::Problem(problem) => findings::detail(problem),
            Self::Retention(reason) => retention::because(reason),
            Self::Channel(channel, reason) => retention::of_channel(channel, &retention::because(reason)),
            Self::File(path, verdict) => retention::of_file(path, *verdict),
        }
    }
}

impl From<Value> for Sentence {
    fn from(value: Value) -> Self {
        Self {
            chinese: in_chinese(|| value.say()),
            value: Some(value),
        }
    }
}

impl Sentence {
    /// What was found in a file.
    pub fn of_problem(problem: &ProblemKind) -> Self {
        Value::Problem(problem.clone()).into()
    }

    /// Why retention is judged so.
    pub fn of_reason(reason: &Reason) -> Self {
        Value::Retention(reason.clone()).into()
    }

    /// This reason as one of several channels'.
    pub fn of_channel(&self, channel: &str) -> Self {
        match &self.value {
            Some(Value::Retention(reason)) => Value::Channel(channel.to_owned(), reason.clone()).into(),
            _ => Self {
                chinese: in_chinese(|| retention::of_channel(channel, self)),
                value: None,
            },
        }
    }

    /// One file's verdict.
    pub fn of_file(path: &str, verdict: FileVerdict) -> Self {
        Value::File(path.to_owned(), verdict).into()
    }

    /// In the language spoken now.
    pub fn said(&self) -> String {
        match (lang::current(), &self.value) {
            (Lang::ZhCn, _) | (_, None) => self.chinese.clone(),
            (_, Some(value)) => value.say(),
        }
    }
}

impl Deref for Sentence {
    type Target = str;

    fn deref(&self) -> &str {
        &self.chinese
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl AsRef<str> for Sentence {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Sentence {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let chinese = String::deserialize(d)?;
        Ok(Self { chinese, value: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_in_chinese_whatever_the_page_speaks() {
        let made = || Sentence::of_problem(&ProblemKind::NoData);
        let sentence = lang::within(Lang::En, made);
        assert_eq!(sentence, made());
        assert!(sentence.starts_with("文件里只有索引"), "{}", &*sentence);
        assert_eq!(serde_json::to_value(&sentence).unwrap(), *sentence);
        let read: Sentence = serde_json::from_value(serde_json::json!(&*sentence)).unwrap();
        assert_eq!(lang::within(Lang::En, || read.said()), *sentence);
    }

    #[test]
    fn a_page_says_it_in_its_own_language() {
        let sentence = Sentence::of_reason(&Reason::Nothing).of_channel("3");
        assert!(sentence.starts_with("通道 3："));
        let said = lang::within(Lang::En, || sentence.said());
        assert!(said.starts_with("Channel 3: "), "{said}");
    }
}
