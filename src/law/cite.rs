//! References to the law: `W168:8.1.7`, `R799:14`, `CTL:32.3`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! instruments {
    ($($(#[$meta:meta])* $variant:ident = $id:literal => $name:literal, $kind:ident, $confidence:ident;)+) => {
        /// A law, regulation, rule or standard that the kit names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Instrument { $($(#[$meta])* $variant,)+ }

        impl Instrument {
            /// Every instrument, the measure itself first.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The short name used in references.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The title, without 《》.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Its place in the order of norms.
            pub const fn rank(self) -> Rank {
                match self { $(Self::$variant => Rank::$kind,)+ }
            }

            /// How well its text is known.
            pub const fn confidence(self) -> Confidence {
                match self { $(Self::$variant => Confidence::$confidence,)+ }
            }

            /// The instrument with this short name.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

instruments! {
    W168 = "W168" => "无锡市公共安全视频图像信息系统管理办法", MunicipalRule, Read;
    R799 = "R799" => "公共安全视频图像信息系统管理条例", AdministrativeRegulation, Read;
    /// 反恐怖主义法
    Ctl = "CTL" => "中华人民共和国反恐怖主义法", Law, Read;
    /// 网络安全法
    Csl = "CSL" => "中华人民共和国网络安全法", Law, Read;
    /// 数据安全法
    Dsl = "DSL" => "中华人民共和国数据安全法", Law, Read;
    /// 个人信息保护法
    Pipl = "PIPL" => "中华人民共和国个人信息保护法", Law, Read;
    /// 行政处罚法
    Apl = "APL" => "中华人民共和国行政处罚法", Law, Read;
    /// 立法法
    Ll = "LL" => "中华人民共和国立法法", Law, Read;
    /// 民法典
    Cc = "CC" => "中华人民共和国民法典", Law, Read;
    /// 治安管理处罚法
    Psa = "PSA" => "中华人民共和国治安管理处罚法", Law, Read;
    /// 娱乐场所管理条例
    Epr = "EPR" => "娱乐场所管理条例", AdministrativeRegulation, Read;
    /// 保安服务管理条例
    Ssr = "SSR" => "保安服务管理条例", AdministrativeRegulation, Read;
    /// 互联网上网服务营业场所管理条例
    Icr = "ICR" => "互联网上网服务营业场所管理条例", AdministrativeRegulation, Read;
    /// 旅馆业治安管理办法
    Hor = "HOR" => "旅馆业治安管理办法", AdministrativeRegulation, Read;
    /// 江苏省企业事业单位内部治安保卫条例
    Jsr = "JSR" => "江苏省企业事业单位内部治安保卫条例", LocalRegulation, Quoted;
    /// 邮政业寄递安全监督管理办法
    Psm = "PSM" => "邮政业寄递安全监督管理办法", DepartmentRule, Quoted;
    /// 典当管理办法
    Pwm = "PWM" => "典当管理办法", DepartmentRule, Quoted;
    /// Health commission notice on narcotic drugs
    Hcn = "HCN" => "卫生健康部门关于麻醉药品和精神药品管理的通知", Standard, Quoted;
    /// WS/T 821
    Wst821 = "WST821" => "托育机构质量评估标准(WS/T 821)", Standard, Quoted;
    /// GA 1551
    Ga1551 = "GA1551" => "石油石化系统治安反恐防范要求（GA 1551 系列）", Standard, Quoted;
}

/// The order of norms (立法法 art. 99).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    Standard,
    MunicipalRule,
    DepartmentRule,
    LocalRegulation,
    AdministrativeRegulation,
    Law,
}

/// How well a text is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// The article's text was read.
    Read,
    /// Seen quoted or announced only: shown with 请以文件原文为准.
    Quoted,
}

/// A reference to an instrument, an article, a paragraph (款) or an item (项).
///
/// Written `W168`, `R799:14`, `W168:28.2`, `W168:8.1.7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cite {
    pub instrument: Instrument,
    pub article: Option<u16>,
    pub paragraph: Option<u16>,
    pub item: Option<u16>,
}

impl Cite {
    /// A whole instrument.
    pub const fn whole(instrument: Instrument) -> Self {
        Self {
            instrument,
            article: None,
            paragraph: None,
            item: None,
        }
    }

    /// An article.
    pub const fn article(instrument: Instrument, article: u16) -> Self {
        Self {
            instrument,
            article: Some(article),
            paragraph: None,
            item: None,
        }
    }

    /// A paragraph of this article.
    pub const fn paragraph(self, paragraph: u16) -> Self {
        Self {
            paragraph: Some(paragraph),
            ..self
        }
    }

    /// An item of this paragraph.
    pub const fn item(self, item: u16) -> Self {
        Self {
            item: Some(item),
            ..self
        }
    }

    /// The full Chinese name: 《……办法》第八条第一款第(七)项.
    pub fn long(&self) -> String {
        format!("《{}》{}", self.instrument.title(), self.short())
    }

    /// The place within the instrument: 第八条第一款第(七)项; empty for the whole.
    pub fn short(&self) -> String {
        let mut name = String::new();
        if let Some(article) = self.article {
            name += &format!("第{}条", numeral(article));
        }
        if let Some(paragraph) = self.paragraph {
            name += &format!("第{}款", numeral(paragraph));
        }
        if let Some(item) = self.item {
            name += &format!("第（{}）项", numeral(item));
        }
        name
    }

    /// The same reference one level up, or `None` for a whole instrument.
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self { item: Some(_), .. } => Some(Self { item: None, ..self }),
            Self { paragraph: Some(_), .. } => Some(Self {
                paragraph: None,
                ..self
            }),
            Self { article: Some(_), .. } => Some(Self::whole(self.instrument)),
            _ => None,
        }
    }
}

/// An article, paragraph or item of W168.
pub const fn w168(article: u16) -> Cite {
    Cite::article(Instrument::W168, article)
}

/// An article of the State Council's regulation.
pub const fn r799(article: u16) -> Cite {
    Cite::article(Instrument::R799, article)
}

/// A number below ten thousand in Chinese numerals.
pub(crate) fn numeral(n: u16) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |d: u16| DIGITS.get(usize::from(d)).copied().unwrap_or_default();
    if n == 0 {
        return digit(0).to_owned();
    }
    let mut text = String::new();
    let mut gap = false;
    for (value, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        match (n / value) % 10 {
            0 => gap = true,
            d => {
                if gap && !text.is_empty() {
                    text += digit(0);
                }
                gap = false;
                if !(d == 1 && value == 10 && text.is_empty()) {
                    text += digit(d);
                }
                text += unit;
            }
        }
    }
    text
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.instrument.id())?;
        let parts = [self.article, self.paragraph, self.item];
        for (i, part) in parts.into_iter().map_while(|p| p).enumerate() {
            write!(f, "{}{part}", if i == 0 { ':' } else { '.' })?;
        }
        Ok(())
    }
}

/// A text that is not a reference to the law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotACite(pub String);

impl fmt::Display for NotACite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”不是法条编号（例：W168:8.1.7、R799:14）", self.0)
    }
}

impl std::error::Error for NotACite {}

impl FromStr for Cite {
    type Err = NotACite;

    fn from_str(text: &str) -> Result<Self, NotACite> {
        let wrong = || NotACite(text.to_owned());
        let (instrument, rest) = match text.trim().split_once([':', '\u{ff1a}']) {
            Some((instrument, rest)) => (instrument, Some(rest)),
            None => (text.trim(), None),
        };
        let instrument = Instrument::from_id(&instrument.to_ascii_uppercase()).ok_or_else(wrong)?;
        let mut parts = [None; 3];
        if let Some(rest) = rest {
            let mut slots = parts.iter_mut();
            for part in rest.split('.') {
                let number: u16 = part.parse().map_err(|_| wrong())?;
                match slots.next() {
                    Some(slot) if number > 0 && part.bytes().all(|b| b.is_ascii_digit()) => *slot = Some(number),
                    _ => return Err(wrong()),
                }
            }
        }
        let [article, paragraph, item] = parts;
        Ok(Self {
            instrument,
            article,
            paragraph,
            item,
        })
    }
}

impl Serialize for Cite {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cite {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_read_as_written() {
        for text in ["W168", "R799:14", "W168:28.2", "W168:8.1.7", "CTL:32.3", "CC:1259"] {
            assert_eq!(text.parse::<Cite>().unwrap().to_string(), text);
        }
        assert_eq!("w168:8".parse::<Cite>().unwrap(), w168(8));
        for text in [
            "",
            "8",
            "X:1",
            "W168:",
            "W168:0",
            "W168:8.",
            "W168:8.1.7.1",
            "W168:+8",
            "W168:99999999",
        ] {
            assert!(text.parse::<Cite>().is_err(), "{text}");
        }
    }

    #[test]
    fn long_names_are_how_lawyers_write_them() {
        assert_eq!(
            w168(8).paragraph(1).item(7).long(),
            "《无锡市公共安全视频图像信息系统管理办法》第八条第一款第（七）项"
        );
        assert_eq!(w168(28).paragraph(2).short(), "第二十八条第二款");
        assert_eq!(numeral(1259), "一千二百五十九");
        assert_eq!(numeral(10), "十");
        assert_eq!(numeral(110), "一百一十");
        assert_eq!(numeral(1033), "一千零三十三");
        assert_eq!(numeral(203), "二百零三");
    }
}
