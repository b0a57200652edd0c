//! The lines of a manifest, in all forms that are in use:
//!
//! - `<digits>  <name>` (sha256sum, sm3sum, md5sum), `<name>: <digits>`;
//! - several digests in front of a name (RHash, fciv), or a size (7-Zip);
//! - `SHA256 (<name>) = <digits>` (BSD), `SM3(<name>)= <digits>` (openssl);
//! - tables with or without headings, one digest or several a row;
//! - `Get-FileHash` (table and list) and `certutil -hashfile` of Windows;
//! - blocks of `文件名：…` and `MD5：…`, in either order;
//! - nothing but the digest, in a file named `<name>.md5`.

use crate::digest::Algorithm;
use crate::formats::dates;
use crate::formats::lists::row::Fields;
use crate::formats::lists::separator::DELIMITERS;

/// Digests without a name that wait for one.
const MAX_WAITING: usize = 8;

/// What a manifest says of the kind of a digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// Nothing: its length must tell.
    #[default]
    Not,
    Known(Algorithm),
    /// One that is not taken here.
    Other(String),
}

impl Named {
    /// The algorithm that a text names, if it names just one.
    pub fn by(text: &str) -> Self {
        let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let text = text.to_ascii_lowercase();
        const OTHERS: [&str; 8] = ["sha512", "sha384", "sha224", "sha3", "blake", "crc", "ripemd", "hmac"];
        const KNOWN: [(&str, Algorithm); 5] = [
            ("sha256", Algorithm::Sha256),
            ("sha2256", Algorithm::Sha256),
            ("sm3", Algorithm::Sm3),
            ("sha1", Algorithm::Sha1),
            ("md5", Algorithm::Md5),
        ];
        if let Some(other) = OTHERS.iter().find(|other| text.contains(**other)) {
            return Self::Other(other.to_ascii_uppercase());
        }
        let mut known = KNOWN.iter().filter(|(word, _)| text.contains(word));
        match (known.next(), known.next()) {
            (Some((_, algorithm)), None) => Self::Known(*algorithm),
            _ => Self::Not,
        }
    }

    /// What a digest of so many digits can be by this name; `Err` with the
    /// kind where it is none that is taken here.
    pub fn kept(&self, digits: &str) -> Result<Option<Algorithm>, String> {
        match (self, digits.len()) {
            (Self::Other(kind), _) => Err(kind.clone()),
            (Self::Known(algorithm), len) if algorithm.digits() == len => Ok(Some(*algorithm)),
            (_, 32 | 40 | 64) => Ok(None),
            (_, 56) => Err("SHA-224".to_owned()),
            (_, 96) => Err("SHA-384".to_owned()),
            _ => Err("SHA-512".to_owned()),
        }
    }

    fn or(&self, else_: &Self) -> Self {
        match self {
            Self::Not => else_.clone(),
            named => named.clone(),
        }
    }
}

/// One digest of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    pub algorithm: Named,
    /// Lower-case hexadecimal.
    pub digits: String,
    /// Whether the line is of a form that nothing else has.
    pub alone: bool,
}

/// What the lines so far have told.
#[derive(Default)]
pub struct Lines {
    fields: Fields,
    headings: Option<Headings>,
    /// The file that the lines speak of.
    name: Option<String>,
    /// Digests whose file is named below.
    waiting: Vec<(Named, String)>,
    /// The algorithm that a line above named.
    told: Named,
    some: bool,
}

/// Which columns of a table are which.
struct Headings {
    delimiter: u8,
    name: usize,
    digests: Vec<(usize, Named)>,
    algorithm: Option<usize>,
}

impl Lines {
    /// Takes the next line.
    pub fn take(&mut self, line: &str) -> Vec<Found> {
        let line = line.trim();
        let mut found = match self.line(line) {
            Some(found) => found,
            None => {
                self.remark(line);
                Vec::new()
            }
        };
        self.some |= !found.is_empty();
        for entry in &mut found {
            entry.digits.make_ascii_lowercase();
        }
        found
    }

    /// Whether the headings of a table were among the lines.
    pub const fn headed(&self) -> bool {
        self.headings.is_some()
    }

    /// What a file of only a digest says, by the name of the manifest.
    pub fn finish(&mut self, path: &str) -> Vec<Found> {
        let file = path.rsplit('/').next().unwrap_or(path);
        let Some((stem, extension)) = file.rsplit_once('.').filter(|_| !self.some) else {
            return Vec::new();
        };
        let by_name = Named::by(extension);
        if by_name == Named::Not || !stem.contains('.') {
            return Vec::new();
        }
        let waiting = std::mem::take(&mut self.waiting).into_iter();
        let found = waiting.map(|(named, digits)| Found {
            name: stem.to_owned(),
            algorithm: named.or(&by_name),
            digits: digits.to_ascii_lowercase(),
            alone: false,
        });
        found.collect()
    }

    fn line(&mut self, line: &str) -> Option<Vec<Found>> {
        let one = |name: &str, algorithm: Named, digits: &str| {
            let (name, digits) = (name.to_owned(), digits.to_owned());
            let alone = true;
            vec![Found {
                name,
                algorithm,
                digits,
                alone,
            }]
        };
        if let Some((name, tag, digits)) = tagged(line) {
            return Some(one(&name, tag, digits));
        }
        if let Some((name, all)) = listed(line) {
            let found = all.into_iter().flat_map(|digits| one(&name, self.told.clone(), digits));
            return Some(found.collect());
        }
        if let Some((name, named, digits)) = get_file_hash(line) {
            return Some(one(name, named, digits));
        }
        let row = self.row(line);
        if row.is_some() {
            return row;
        }
        if let Some((name, named, digits)) = name_first(line) {
            return Some(one(name, named.or(&self.told), digits));
        }
        self.block(line)
    }

    /// A row of a table, or its headings.
    fn row(&mut self, line: &str) -> Option<Vec<Found>> {
        let bytes = line.as_bytes();
        if let Some(headings) = &self.headings {
            self.fields.split(bytes, headings.delimiter);
            let field = |at: usize| std::str::from_utf8(self.fields.get(bytes, at)).unwrap_or_default();
            let name = Some(field(headings.name)).filter(|name| !name.is_empty() && !is_digest(name))?;
            let of_row = headings.algorithm.map_or(Named::Not, |at| Named::by(field(at)));
            let digests = headings.digests.iter().filter(|(at, _)| is_digest(field(*at)));
            let found = digests.map(|(at, named)| Found {
                name: name.to_owned(),
                algorithm: named.or(&of_row).or(&self.told),
                digits: field(*at).to_owned(),
                alone: false,
            });
            let found: Vec<Found> = found.collect();
            return (!found.is_empty()).then_some(found);
        }
        for delimiter in DELIMITERS {
            self.fields.split(bytes, delimiter);
            let count = self.fields.len();
            if count < 2 {
                continue;
            }
            let field = |at: usize| std::str::from_utf8(self.fields.get(bytes, at)).unwrap_or_default();
            let digests = (0..count).filter(|at| is_digest(field(*at)));
            let is_name =
                |text: &str| text.contains('.') && !is_digest(text) && dates::parse(text.as_bytes()).is_none();
            if let Some(name) = (0..count).map(field).find(|text| is_name(text)) {
                let of_row = (0..count).map(field).filter(|text| text.len() <= 12).map(Named::by);
                let of_row = of_row
                    .into_iter()
                    .find(|named| *named != Named::Not)
                    .unwrap_or_default();
                let found = digests.map(|at| Found {
                    name: name.to_owned(),
                    algorithm: of_row.or(&self.told),
                    digits: field(at).to_owned(),
                    alone: false,
                });
                let found: Vec<Found> = found.collect();
                if !found.is_empty() {
                    return Some(found);
                }
            }
            if let Some(headings) = headings((0..count).map(field), delimiter) {
                self.headings = Some(headings);
                return Some(Vec::new());
            }
        }
        None
    }

    /// One line of a block: a key and its value, or a digest alone.
    fn block(&mut self, line: &str) -> Option<Vec<Found>> {
        let packed = packed(line);
        if is_digest(&packed) {
            return Some(self.digest(Named::Not, packed));
        }
        if let Some((named, name)) = hash_of(line) {
            (self.told, self.name) = (named, Some(name.to_owned()));
            return Some(Vec::new());
        }
        let (key, value) = line
            .split_once([':', '\u{ff1a}', '='])
            .map(|(k, v)| (k.trim(), v.trim()))?;
        if is_digest(value) && (is_digest_word(key) || Named::by(key) != Named::Not) {
            return Some(self.digest(Named::by(key), value.to_owned()));
        }
        if is_name_word(key) && !value.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            // Named behind its digests, it is done with; else they follow.
            self.name = waiting.is_empty().then(|| value.to_owned());
            let found = waiting.into_iter().map(|(algorithm, digits)| Found {
                name: value.to_owned(),
                algorithm,
                digits,
                alone: false,
            });
            return Some(found.collect());
        }
        None
    }

    /// A digest of the file named above, or of one named below.
    fn digest(&mut self, named: Named, digits: String) -> Vec<Found> {
        let algorithm = named.or(&self.told);
        match &self.name {
            Some(name) => vec![Found {
                name: name.clone(),
                algorithm,
                digits,
                alone: false,
            }],
            None => {
                if self.waiting.len() < MAX_WAITING {
                    self.waiting.push((algorithm, digits));
                }
                Vec::new()
            }
        }
    }

    /// A line that names the algorithm of what follows: `# SM3`, `算法：SM3`.
    fn remark(&mut self, line: &str) {
        const WORDS: [&str; 6] = ["算法", "摘要", "哈希", "校验", "algorithm", "digest"];
        let lower = line.to_ascii_lowercase();
        let named = Named::by(line);
        if named != Named::Not && (line.starts_with(['#', ';']) || WORDS.iter().any(|word| lower.contains(word))) {
            self.told = named;
        }
    }
}

/// `TAG (name) = digits`, with or without spaces; escaped as [`listed`] is.
fn tagged(line: &str) -> Option<(String, Named, &str)> {
    let (line, escaped) = marked(line);
    let (left, digits) = line.rsplit_once('=')?;
    let digits = digits.trim();
    let (tag, name) = left.trim_end().strip_suffix(')')?.split_once('(')?;
    let tag = tag.trim_end();
    let plausible = tag.len() <= 16 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b"-/_ ".contains(&b));
    let named = match Named::by(tag) {
        Named::Not => Named::Other(tag.to_owned()),
        named => named,
    };
    let fits = plausible && !tag.is_empty() && !name.is_empty() && is_digest(digits);
    fits.then(|| (unescaped(name, escaped), named, digits))
}

/// `digits  name`, `digits *name`, also with more digests or a size in front
/// of the name.
fn listed(line: &str) -> Option<(String, Vec<&str>)> {
    let (line, escaped) = marked(line);
    let mut all = Vec::new();
    let mut name = line;
    while let Some((digits, rest)) = name.split_once([' ', '\t'])
        && is_digest(digits)
    {
        all.push(digits);
        name = rest;
    }
    let name = behind_size(name);
    let name = name.strip_prefix([' ', '*']).unwrap_or(name).trim_start();
    let more = name.contains('\t') || name.split_whitespace().next().is_some_and(is_digest);
    let fits = !all.is_empty() && !name.is_empty() && !more;
    fits.then(|| (unescaped(name, escaped), all))
}

/// A line whose name is escaped, for a backslash or line end in it, begins
/// with a backslash.
fn marked(line: &str) -> (&str, bool) {
    match line.strip_prefix('\\') {
        Some(line) => (line, true),
        None => (line, false),
    }
}

/// The name that was meant.
fn unescaped(name: &str, escaped: bool) -> String {
    if !escaped {
        return name.to_owned();
    }
    let mut characters = name.chars();
    let mut meant = String::new();
    while let Some(c) = characters.next() {
        meant.push(match c {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some(other) => other,
                None => c,
            },
            _ => c,
        });
    }
    meant
}

/// 7-Zip puts a size of 13 characters between digest and name; of its sums
/// there is no name.
fn behind_size(name: &str) -> &str {
    const WIDTH: usize = 13;
    let sized = name.split_at_checked(WIDTH).filter(|(size, _)| {
        let digits = size.trim_start();
        size.starts_with("  ") && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    sized.map_or(name, |(_, name)| name)
}

/// `SHA256 hash of a.mp4:` of certutil, with the digest below, and as it was
/// and is in Chinese.
fn hash_of(line: &str) -> Option<(Named, &str)> {
    const AROUND: [(&str, &str); 5] = [
        ("hash of file ", ""),
        ("hash of ", ""),
        ("的 ", "哈希"),
        ("哈希(文件 ", ")"),
        ("哈希（文件 ", "）"),
    ];
    let line = line.strip_suffix([':', '\u{ff1a}'])?.trim_end();
    let tag = line.split(' ').next().filter(|tag| tag.is_ascii())?;
    let named = Some(Named::by(tag)).filter(|named| *named != Named::Not)?;
    let rest = line.get(tag.len()..)?.trim_start();
    let name = AROUND
        .iter()
        .find_map(|(before, behind)| rest.strip_prefix(before)?.strip_suffix(behind))?;
    Some((named, name.trim()))
}

/// Without the spaces that old programs put between bytes.
fn packed(line: &str) -> String {
    line.split(' ').collect()
}

/// `SHA256          0123…  D:\export\a.mp4`, as PowerShell prints it.
fn get_file_hash(line: &str) -> Option<(&str, Named, &str)> {
    let (tag, rest) = line.split_once(' ')?;
    let (digits, name) = rest.trim_start().split_once(' ')?;
    let named = Named::by(tag);
    (tag.len() <= 12 && named != Named::Not && is_digest(digits)).then_some((name.trim(), named, digits))
}

/// `name: digits`, `name digits`, `name MD5: digits`, `文件名：name MD5：digits`.
fn name_first(line: &str) -> Option<(&str, Named, &str)> {
    const MARKS: &[char] = &[
        ' ', '\t', ':', '\u{ff1a}', '=', ',', '\u{ff0c}', ';', '|', '(', ')', '\u{ff08}', '\u{ff09}',
    ];
    let line = line.trim_end_matches(MARKS);
    let at = line.char_indices().rev().find(|(_, c)| MARKS.contains(c))?;
    let digits = line.get(at.0 + at.1.len_utf8()..)?;
    let mut name = line.get(..at.0)?.trim_end_matches(MARKS);
    let mut named = Named::Not;
    if let Some((at, mark)) = name.char_indices().rev().find(|(_, c)| MARKS.contains(c)) {
        let last = name.get(at + mark.len_utf8()..)?;
        named = Named::by(last);
        // A name may well end in "md5.mp4".
        match named != Named::Not && !last.contains('.') {
            true => name = name.get(..at)?.trim_end_matches(MARKS),
            false => named = Named::Not,
        }
    }
    if let Some((key, rest)) = name.split_once([':', '\u{ff1a}'])
        && is_name_word(key.trim())
    {
        name = rest.trim_start();
    }
    let is_name = name.contains('.') && !name.split_whitespace().any(is_digest);
    (is_digest(digits) && is_name).then_some((name, named, digits))
}

/// Columns by their headings: one of names, and at least one of digests.
fn headings<'f>(fields: impl Iterator<Item = &'f str> + Clone, delimiter: u8) -> Option<Headings> {
    let digest = |text: &str| Named::by(text) != Named::Not || is_digest_word(text);
    let digests = fields
        .clone()
        .enumerate()
        .filter(|(_, text)| text.len() <= 40 && digest(text));
    Some(Headings {
        delimiter,
        name: fields.clone().position(is_name_word)?,
        digests: digests.map(|(at, text)| (at, Named::by(text))).collect(),
        algorithm: fields.clone().position(is_algorithm_word),
    })
    .filter(|headings| !headings.digests.is_empty())
}

fn is_name_word(text: &str) -> bool {
    const WORDS: [&str; 18] = [
        "文件名",
        "文件名称",
        "文件",
        "文件路径",
        "路径",
        "名称",
        "录像文件",
        "录像文件名",
        "视频文件",
        "证据文件",
        "电子数据名称",
        "文件全路径",
        "file",
        "filename",
        "name",
        "path",
        "filepath",
        "fullname",
    ];
    WORDS.contains(&word(text).as_str())
}

fn is_digest_word(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "校验值",
        "校验码",
        "校验和",
        "哈希",
        "哈希值",
        "散列值",
        "摘要",
        "摘要值",
        "数字摘要",
        "完整性校验值",
        "数字指纹",
        "hash",
        "hashvalue",
        "digest",
        "checksum",
        "filehash",
    ];
    WORDS.contains(&word(text).as_str())
}

fn is_algorithm_word(text: &str) -> bool {
    let word = word(text);
    word.ends_with("算法") || word.ends_with("algorithm") || word == "hashtype"
}

/// Letters and digits only, in lower case.
fn word(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.take(40).flat_map(char::to_lowercase).collect()
}

/// Whether a text is hexadecimal digits of a length that digests have.
fn is_digest(text: &str) -> bool {
    matches!(text.len(), 32 | 40 | 56 | 64 | 96 | 128) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a text that cannot be decoded here has a digest in this line.
pub fn holds_digest(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(is_digest) || is_digest(&packed(line))
}

/// Whether a row has two times.
pub fn timed(line: &[u8]) -> bool {
    let mut fields = Fields::default();
    DELIMITERS.iter().any(|delimiter| {
        fields.split(line, *delimiter);
        let times = (0..fields.len()).filter(|at| dates::parse(fields.get(line, *at)).is_some());
        times.count() >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const D: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// Name, algorithm and number of digits of all that a text lists.
    fn all(text: &str) -> Vec<(String, String, usize)> {
        let mut lines = Lines::default();
        let mut found: Vec<Found> = text.lines().flat_map(|line| lines.take(line)).collect();
        found.extend(lines.finish("out/x.mp4.sm3"));
        let told = found.into_iter().map(|f| {
            let algorithm = match f.algorithm.kept(&f.digits) {
                Ok(Some(algorithm)) => algorithm.id().to_owned(),
                Ok(None) => "by length".to_owned(),
                Err(kind) => kind,
            };
            (f.name, algorithm, f.digits.len())
        });
        told.collect()
    }

    #[test]
    fn one_line_forms() {
        let m = &D[..32];
        let s = &D[..40];
        for (line, name, kind) in [
            (format!("{D}  ch01/a b.mp4"), "ch01/a b.mp4", "by length"),
            (format!("{D} *a.mp4"), "a.mp4", "by length"),
            (format!("\\{D}  a\\\\b.mp4"), "a\\b.mp4", "by length"),
            (format!("\\{D}  a\\\\new\\n.mp4"), "a\\new\n.mp4", "by length"),
            (format!("\\SM3 (a\\\\b.mp4) = {D}"), "a\\b.mp4", "sm3"),
            (format!("{D}         12345  a.mp4"), "a.mp4", "by length"),
            (format!("SHA256 (a (1).mp4) = {D}"), "a (1).mp4", "sha256"),
            (format!("SHA2-256(a.mp4)= {D}"), "a.mp4", "sha256"),
            (format!("SM3 (a.mp4) = {D}"), "a.mp4", "sm3"),
            (format!("SHA3-256 (a.mp4) = {D}"), "a.mp4", "SHA3"),
            (format!("SHA512 (a.mp4) = {D}{D}"), "a.mp4", "SHA512"),
            (format!("{D}{D}  a.mp4"), "a.mp4", "SHA-512"),
            (format!("{m}  a.mp4"), "a.mp4", "by length"),
            (format!("MD5 (a.mp4) = {m}"), "a.mp4", "md5"),
            (format!("SHA1 (a.mp4) = {s}"), "a.mp4", "sha1"),
            (format!("1,a.mp4,{D}"), "a.mp4", "by length"),
            (format!("1,a.mp4,SM3,{D}"), "a.mp4", "sm3"),
            (format!("\"{D}\";\"a.mp4\";2026-11-01 08:00:00"), "a.mp4", "by length"),
            (format!("a.mp4: {m}"), "a.mp4", "by length"),
            (format!("a b.mp4 MD5\u{ff1a}{m}"), "a b.mp4", "md5"),
            (format!("文件名\u{ff1a}a.mp4  SM3={D}"), "a.mp4", "sm3"),
            (format!("a.mp4\u{ff08}SHA-256\u{ff1a}{D}\u{ff09}"), "a.mp4", "sha256"),
            (
                format!("SHA256          {}       D:\\out\\a.mp4", D.to_uppercase()),
                "D:\\out\\a.mp4",
                "sha256",
            ),
        ] {
            let found = all(&line);
            assert_eq!(found.len(), 1, "{line}: {found:?}");
            assert_eq!((found[0].0.as_str(), found[0].1.as_str()), (name, kind), "{line}");
        }
        assert_eq!(all(&format!("{m} {s} D:\\a.mp4")).len(), 2);
        let sum = format!("{D}         12345");
        for line in ["a.mp4,1,2", "文件名,SHA256", "", "deadbeef  a.mp4", &sum] {
            assert_eq!(all(line), [], "{line}");
        }
    }

    #[test]
    fn tables_with_headings() {
        let (m, s) = (&D[..32], &D[..40]);
        let text = format!("序号,文件名,大小,MD5,国密SM3,SHA1\n1,a,5,{m},{D},{s}\n2,b.mp4,6,{m},,{s}\n");
        let of = |name: &str, kind: &str, len| (name.to_owned(), kind.to_owned(), len);
        assert_eq!(
            all(&text),
            [
                of("a", "md5", 32),
                of("a", "sm3", 64),
                of("a", "sha1", 40),
                of("b.mp4", "md5", 32),
                of("b.mp4", "sha1", 40),
            ]
        );
        let text = format!("路径\t哈希算法\t哈希值\nout/a.mp4\tSM3\t{D}\nout/b.mp4\tMD5\t{m}\n");
        assert_eq!(all(&text), [of("out/a.mp4", "sm3", 64), of("out/b.mp4", "md5", 32)]);
    }

    #[test]
    fn texts_of_tools() {
        let m = &D[..32];
        let of = |name: &str, kind: &str, len| (name.to_owned(), kind.to_owned(), len);
        let spaced: Vec<&str> = (0..32).step_by(2).map(|at| &m[at..at + 2]).collect();
        for text in [
            format!("SHA256 hash of a.mp4:\n{D}\nCertUtil: -hashfile command completed successfully.\n"),
            format!("SHA256 的 a.mp4 哈希:\n{D}\nCertUtil: -hashfile 命令成功完成。\n"),
            format!("SHA256 哈希(文件 a.mp4):\n{D}\nCertUtil: -hashfile 命令成功完成。\n"),
            format!("\nAlgorithm : SHA256\nHash      : {D}\nPath      : a.mp4\n"),
            format!("# SHA256\n{D}  a.mp4\n"),
            format!("录像校验信息\n文件名\u{ff1a}a.mp4\n大小\u{ff1a}12 MB\nSHA-256\u{ff1a}{D}\n"),
        ] {
            assert_eq!(all(&text), [of("a.mp4", "sha256", 64)], "{text}");
        }
        let text = format!("文件名称: a.mp4\nMD5: {m}\nSM3: {D}\n\n文件名称: b.mp4\nMD5: {m}\n");
        assert_eq!(
            all(&text),
            [of("a.mp4", "md5", 32), of("a.mp4", "sm3", 64), of("b.mp4", "md5", 32)]
        );
        assert_eq!(
            all(&format!("MD5 hash of file a.mp4:\n{}\n", spaced.join(" "))),
            [of("a.mp4", "md5", 32)]
        );
        assert_eq!(
            all(&format!("MD5 的 D:\\导出\\a.mp4 哈希:\n{m}\n")),
            [of("D:\\导出\\a.mp4", "md5", 32)]
        );
        assert_eq!(all(D), [of("x.mp4", "sm3", 64)]);
    }
}
