//! Where a value was read, in words that a reader of a quotation understands.

use dateline::document::Provenance;

/// Says where a value was read, as it goes on after "from": `the page's JSON-LD`.
pub fn phrase(from: Provenance) -> &'static str {
    match from {
        Provenance::FrontMatter => "the file's front matter",
        Provenance::Sidecar => "the sidecar beside the file",
        Provenance::JsonField => "a field of the JSON",
        Provenance::Column => "a column of the table",
        Provenance::Feed => "the feed",
        Provenance::WireField => "a field of the wire format",
        Provenance::MailHeader => "the mail's header",
        Provenance::ArchiveRecord => "the web archive's record",
        Provenance::DocumentProperties => "the document's properties",
        Provenance::SaveComment => "the comment of the program that saved the page",
        Provenance::JsonLd => "the page's JSON-LD",
        Provenance::Meta => "a meta element of the page",
        Provenance::TimeElement => "a time element of the page",
        Provenance::PageElement => "the page as shown",
        Provenance::PageScript => "a script of the page",
        Provenance::TitleElement => "the page's title",
        Provenance::LangAttribute => "the page's lang attribute",
        Provenance::Url => "the address",
        Provenance::BannerLine => "a line near the top of the text",
        Provenance::BylineLine => "the byline",
        Provenance::MastheadLine => "the masthead",
        Provenance::HeadlineLine => "the first line of the text",
        Provenance::FooterLine => "a line at the foot of the text",
        Provenance::Dateline => "the dateline of the report",
        Provenance::FileName => "the file's name",
        Provenance::FolderName => "the folder's name",
        Provenance::DomainTable => "the table of outlets by their addresses",
        Provenance::RecurringLine => "a line on the outlet's other pages",
        Provenance::CreditLine => "a credit line",
        Provenance::Detected => "the text itself",
    }
}
