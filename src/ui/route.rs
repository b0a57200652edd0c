//! The pages and their addresses (`#/site` …), which work by direct link.

use crate::ids::ids;

ids! {
    /// One page of the kit.
    pub enum Page {
        Overview = "overview" => "总览",
        Site = "site" => "场所",
        Cameras = "cameras" => "摄像头",
        Duties = "duties" => "义务",
        Deadlines = "deadlines" => "期限",
        Exposure = "exposure" => "处罚风险",
        Exports = "exports" => "录像检验",
        Report = "report" => "自查报告",
        Papers = "papers" => "文书",
        Law = "law" => "法条",
        Help = "help" => "帮助",
    }
}

/// A page and what follows it in the address, such as the article to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub page: Page,
    /// What stands behind the page's name: `#/law/W168:8` has `W168:8`.
    pub rest: String,
}

impl Route {
    /// Reads an address's hash; whatever it does not know is the first question.
    pub fn from_hash(hash: &str) -> Self {
        let path = hash.trim_start_matches('#').trim_start_matches('/');
        let (page, rest) = path.split_once('/').unwrap_or((path, ""));
        match Page::from_id(page) {
            Some(page) => Self {
                page,
                rest: rest.to_owned(),
            },
            None => Self {
                page: Page::Site,
                rest: String::new(),
            },
        }
    }
}

impl Page {
    /// Where the kit opens: at what is known already, or at the first question.
    pub fn first(answered: bool) -> Self {
        if answered { Self::Overview } else { Self::Site }
    }

    /// The address of this page.
    pub fn href(self) -> String {
        format!("#/{}", self.id())
    }

    /// The page after this one in the inspection's order.
    pub fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|page| *page == self)?;
        let next = Self::ALL.get(at + 1).copied();
        next.filter(|page| !matches!(page, Self::Law | Self::Help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_an_address_that_leads_to_it() {
        for page in Page::ALL {
            assert_eq!(
                Route::from_hash(&page.href()),
                Route {
                    page: *page,
                    rest: String::new()
                }
            );
        }
    }

    #[test]
    fn an_address_may_name_an_article() {
        assert_eq!(Route::from_hash("#/law/W168:8.1.7").rest, "W168:8.1.7");
    }

    #[test]
    fn nonsense_leads_to_the_first_question() {
        for hash in ["", "#", "#/", "#/nowhere", "#x/y/z"] {
            assert_eq!(Route::from_hash(hash).page, Page::Site);
        }
    }
}
