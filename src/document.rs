//! A document as a format gives it, before anything is concluded from it: fields with their provenance, and blocks of text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One document of a file: what its format says, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDocument {
    /// Where it came from.
    pub origin: Origin,
    /// What the format states about it; one name may occur several times, each with its own provenance.
    pub fields: Vec<RawField>,
    /// Its text, top to bottom.
    pub blocks: Vec<RawBlock>,
    /// What is known about the blocks.
    pub layout: Layout,
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file, relative to the folder that was indexed, with `/` between its parts.
    pub path: String,
    /// Which document of the file, from 1.
    pub ordinal: u32,
    /// The document's own id, where its format carries one.
    pub own_id: Option<String>,
    /// The name of the member that it was read from, where the file holds others: a page in a zip archive.
    pub member: Option<String>,
}

/// One value that a format states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawField {
    /// What the value is.
    pub name: FieldName,
    /// The value as written, trimmed, never empty.
    pub value: String,
    /// Where it was read.
    pub from: Provenance,
}

/// The fields that an article may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldName {
    /// The title of the article.
    Headline,
    /// The outlet that published it.
    Source,
    /// When it was first published.
    Published,
    /// When it was last changed.
    Modified,
    /// When the page was saved or the file received; not a date of publication.
    Saved,
    /// Who wrote it; several people give several fields.
    Byline,
    /// An agency or another outlet that the text is credited to: `AP`, `Reuters`; not the source.
    Credit,
    /// Its address.
    Url,
    /// Its language, as a BCP 47 tag.
    Language,
}

/// Where a value was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// Front matter at the head of a Markdown file.
    FrontMatter,
    /// A file beside the document that its keeper wrote: `FILE.meta.yaml`.
    Sidecar,
    /// A field of a JSON document.
    JsonField,
    /// A column of a table.
    Column,
    /// An element of a feed: RSS, Atom or JSON Feed.
    Feed,
    /// A field of a wire format: NITF, NewsML-G2, SGML.
    WireField,
    /// A header of a mail or of a page saved as one.
    MailHeader,
    /// The record of a web archive around a page.
    ArchiveRecord,
    /// The properties of an office document, a book or a PDF.
    DocumentProperties,
    /// The comment that a saving program left in a page.
    SaveComment,
    /// A JSON-LD block of a web page.
    JsonLd,
    /// A `<meta>` element of a web page.
    Meta,
    /// A `<time>` element of a web page.
    TimeElement,
    /// An element of a web page that shows the value to readers: `<h1>`, a byline, an `itemprop`.
    PageElement,
    /// A named value in a script of a web page: `"publishedDate": "…"`.
    PageScript,
    /// The `<title>` of a web page.
    TitleElement,
    /// The `lang` attribute of a web page.
    LangAttribute,
    /// The address of the article.
    Url,
    /// A line near the top of a text: date, time, reading time.
    BannerLine,
    /// A line that names the author.
    BylineLine,
    /// The name of the outlet at the top of a text.
    MastheadLine,
    /// The first line of a text that reads as its title.
    HeadlineLine,
    /// A line at the foot of a text.
    FooterLine,
    /// The place and day that open a report.
    Dateline,
    /// The name of the file.
    FileName,
    /// The name of the folder that the file lies in.
    FolderName,
    /// A table of outlets by the domain of their address.
    DomainTable,
    /// A line that recurs on the outlet's pages.
    RecurringLine,
    /// A line or bracket that credits an agency.
    CreditLine,
    /// Concluded from the text itself, as its language is.
    Detected,
}

impl Provenance {
    /// Returns the words that stand for it in output.
    pub fn label(self) -> &'static str {
        match self {
            Provenance::FrontMatter => "front matter",
            Provenance::Sidecar => "sidecar",
            Provenance::JsonField => "json field",
            Provenance::Column => "column",
            Provenance::Feed => "feed",
            Provenance::WireField => "wire field",
            Provenance::MailHeader => "mail header",
            Provenance::ArchiveRecord => "archive record",
            Provenance::DocumentProperties => "document properties",
            Provenance::SaveComment => "save comment",
            Provenance::JsonLd => "json-ld",
            Provenance::Meta => "meta",
            Provenance::TimeElement => "time element",
            Provenance::PageElement => "page element",
            Provenance::PageScript => "page script",
            Provenance::TitleElement => "title element",
            Provenance::LangAttribute => "lang attribute",
            Provenance::Url => "url",
            Provenance::BannerLine => "banner line",
            Provenance::BylineLine => "byline line",
            Provenance::MastheadLine => "masthead line",
            Provenance::HeadlineLine => "headline line",
            Provenance::FooterLine => "footer line",
            Provenance::Dateline => "dateline",
            Provenance::FileName => "file name",
            Provenance::FolderName => "folder name",
            Provenance::DomainTable => "domain table",
            Provenance::RecurringLine => "recurring line",
            Provenance::CreditLine => "credit line",
            Provenance::Detected => "detected",
        }
    }
}

/// A run of text that belongs together: a paragraph, a heading, a line of a dump.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlock {
    /// The text without line breaks, trimmed, never empty.
    pub text: String,
    /// What the format knows it to be.
    pub role: Role,
    /// Where the file holds this text as such; `None` where the format encodes it.
    pub place: Option<Place>,
}

/// What a format knows of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Text of the article, as far as the format knows.
    Text,
    /// A heading inside the article.
    Heading,
    /// Known not to be the article's text; the words say why.
    Furniture(&'static str),
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Bytes from the start of the file.
    pub bytes: Range<usize>,
    /// First and last line, from 1.
    pub lines: (u32, u32),
}

/// What is known about the blocks of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// All visible text of a page, a line a block: furniture is still among it.
    Dump,
    /// A body that was found inside of a page, the blocks around it with [`Role::Furniture`].
    Page,
    /// The body as its keeper or its format marked it: every block is the article's, but for those with [`Role::Furniture`].
    Body,
}
