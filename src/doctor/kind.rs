//! The sorts of trouble, with the word and the meaning of each.

/// The sorts of trouble, in the order in which they are told: what is lost first, then what is wrong, then what is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A file of a kind that is read, of which the index has no article.
    Unread,
    /// A sidecar that cannot be read, or not wholly.
    BrokenSidecar,
    /// A sidecar without its file.
    StraySidecar,
    /// An article without text.
    Empty,
    /// An article with hardly any text.
    Short,
    /// Text that was decoded wrongly.
    Mojibake,
    /// A date in the future.
    Future,
    /// Two dates for the same.
    Contradiction,
    /// Modified long before it was published.
    ModifiedFirst,
    /// No date of publication.
    Undated,
    /// No outlet.
    NoSource,
    /// No headline.
    NoHeadline,
    /// No language.
    NoLanguage,
    /// An id that several documents claim.
    SharedId,
    /// A file of a kind that is not read.
    OtherKind,
}

impl Kind {
    /// All kinds, in order.
    pub const ALL: [Kind; 15] = [
        Kind::Unread,
        Kind::BrokenSidecar,
        Kind::StraySidecar,
        Kind::Empty,
        Kind::Short,
        Kind::Mojibake,
        Kind::Future,
        Kind::Contradiction,
        Kind::ModifiedFirst,
        Kind::Undated,
        Kind::NoSource,
        Kind::NoHeadline,
        Kind::NoLanguage,
        Kind::SharedId,
        Kind::OtherKind,
    ];

    /// Returns the word that stands for it on the command line and in JSON.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Unread => "unread",
            Kind::BrokenSidecar => "broken-sidecar",
            Kind::StraySidecar => "stray-sidecar",
            Kind::Empty => "empty",
            Kind::Short => "short",
            Kind::Mojibake => "mojibake",
            Kind::Future => "future",
            Kind::Contradiction => "contradiction",
            Kind::ModifiedFirst => "modified-first",
            Kind::Undated => "undated",
            Kind::NoSource => "no-source",
            Kind::NoHeadline => "no-headline",
            Kind::NoLanguage => "no-language",
            Kind::SharedId => "shared-id",
            Kind::OtherKind => "other-kind",
        }
    }

    /// Finds the kind that a word stands for.
    pub fn from_label(label: &str) -> Option<Self> {
        Kind::ALL.into_iter().find(|kind| kind.label() == label)
    }

    /// Says in a few words what it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Kind::Unread => "file without an article in the index",
            Kind::BrokenSidecar => "sidecar that cannot be read as it stands",
            Kind::StraySidecar => "sidecar that belongs to no file",
            Kind::Empty => "no text at all",
            Kind::Short => "fewer than 20 words of text",
            Kind::Mojibake => "text that was decoded wrongly",
            Kind::Future => "dated later than tomorrow",
            Kind::Contradiction => "two dates are stated for the same",
            Kind::ModifiedFirst => "modified more than a week before published",
            Kind::Undated => "nothing says when it was published",
            Kind::NoSource => "nothing says which outlet it is from",
            Kind::NoHeadline => "no headline",
            Kind::NoLanguage => "language not stated and not recognised",
            Kind::SharedId => "one id, claimed by several documents",
            Kind::OtherKind => "file of a kind that is not read",
        }
    }

    /// Tells whether it wants repair: a picture beside an article is no trouble.
    pub fn is_trouble(self) -> bool {
        self != Kind::OtherKind
    }
}

#[cfg(test)]
mod tests {
    use super::super::checks::SHORT_WORDS;
    use super::*;

    #[test]
    fn kinds_have_words_of_their_own() {
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(Kind::from_label(kind.label()), Some(kind));
            assert_eq!(Kind::ALL.into_iter().filter(|other| *other < kind).count(), place, "in order");
        }
        assert!(Kind::Short.meaning().contains(&SHORT_WORDS.to_string()));
    }
}
