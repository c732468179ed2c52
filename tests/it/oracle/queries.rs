//! Random queries over the whole language, written from the words of articles so that they find something.

use dateline::query::Field;
use dateline::text;

use super::corpus::{Article, Corpus};
use crate::chance::Chance;

/// Writes queries about a corpus.
pub struct Author<'c> {
    /// What they are about.
    pub corpus: &'c Corpus,
    /// What decides.
    pub chance: Chance,
}

/// The article that a query is mostly about, as the words of its texts.
struct Subject<'c> {
    article: &'c Article,
    headline: Vec<&'c str>,
    body: Vec<&'c str>,
}

/// Words that are written as such: no operators, and nothing that reads as the name of a field.
fn usable(text: &str) -> Vec<&str> {
    text::words(text)
        .map(|(_, word)| word)
        .filter(|word| !word.contains(':') && !matches!(*word, "OR" | "AND" | "NOT" | "undated"))
        .collect()
}

impl<'c> Author<'c> {
    /// Writes a query.
    pub fn query(&mut self) -> String {
        let subject = self.subject();
        self.any(&subject, 2)
    }

    /// Chooses an article.
    pub fn article(&mut self) -> &'c Article {
        &self.corpus.articles[self.chance.below(self.corpus.articles.len())]
    }

    fn subject(&mut self) -> Subject<'c> {
        let article = self.article();
        Subject { article, headline: usable(&article.headline), body: usable(&article.body) }
    }

    fn any(&mut self, subject: &Subject<'c>, depth: usize) -> String {
        if self.chance.percent(75) {
            return self.all(subject, depth);
        }
        let other = self.subject();
        let sign = self.chance.of(&[" OR ", " | "]);
        format!("{}{sign}{}", self.all(subject, depth), self.all(&other, depth))
    }

    fn all(&mut self, subject: &Subject<'c>, depth: usize) -> String {
        let mut parts = vec![self.operand(subject, depth)];
        for _ in 0..[0, 0, 0, 1, 1, 1, 2][self.chance.below(7)] {
            let part = if self.chance.percent(30) {
                let sign = self.chance.of(&["-", "NOT "]);
                let other = self.subject();
                format!("{sign}{}", self.operand(&other, depth))
            } else {
                self.operand(subject, depth)
            };
            parts.push(part);
        }
        parts.join(self.chance.of(&[" ", " ", " AND "]))
    }

    fn operand(&mut self, subject: &Subject<'c>, depth: usize) -> String {
        match self.chance.below(100) {
            0..30 => self.word(&subject.body),
            30..38 => self.phrase(&subject.body),
            38..62 => self.near(subject, 2),
            62..69 => self.at_least(subject),
            69..83 => self.within(subject),
            83..92 => self.fact(subject.article),
            _ if depth > 0 => format!("({})", self.any(subject, depth - 1)),
            _ => self.word(&subject.headline),
        }
    }

    fn drawn<'w>(&mut self, words: &[&'w str]) -> &'w str {
        if words.is_empty() { "port" } else { words[self.chance.below(words.len())] }
    }

    fn word(&mut self, words: &[&str]) -> String {
        let word = self.drawn(words);
        self.shaped(word)
    }

    /// Writes a word as a reader might: in another case, exactly, with wildcards, with a slip of the pen.
    fn shaped(&mut self, word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        let is_plain = letters.len() > 3 && letters.iter().all(|c| c.is_alphabetic());
        match self.chance.below(20) {
            0 => word.to_uppercase(),
            1..=3 => format!("={word}"),
            4..=6 if is_plain => format!("{}*", self.start(&letters, 3)),
            7 if is_plain => {
                let cut = 2 + self.chance.below(letters.len() - 3);
                format!("{}?{}", letters[..cut].iter().collect::<String>(), letters[cut + 1..].iter().collect::<String>())
            }
            8 if is_plain => {
                let end = letters.len() - 1 - self.chance.below(2);
                let star = self.chance.of(&["", "*"]);
                format!("{}*{}{star}", self.start(&letters[..end], 2), letters[end..].iter().collect::<String>())
            }
            9 | 10 if is_plain => format!("{}~", self.misspelt(&letters)),
            _ => word.to_owned(),
        }
    }

    fn start(&mut self, letters: &[char], least: usize) -> String {
        let cut = least + self.chance.below(letters.len().saturating_sub(least) + 1);
        letters[..cut.min(letters.len())].iter().collect()
    }

    fn misspelt(&mut self, letters: &[char]) -> String {
        let mut letters = letters.to_vec();
        let at = 1 + self.chance.below(letters.len() - 2);
        match self.chance.below(4) {
            0 => letters.swap(at, at + 1),
            1 => letters[at] = 'e',
            2 => drop(letters.remove(at)),
            _ => {}
        }
        letters.into_iter().collect()
    }

    fn run<'w>(&mut self, words: &[&'w str]) -> Vec<&'w str> {
        let size = (2 + self.chance.below(3)).min(words.len());
        let at = self.chance.below(words.len() + 1 - size);
        words[at..at + size].to_vec()
    }

    fn phrase(&mut self, words: &[&str]) -> String {
        let mut run: Vec<String> = self.run(words).into_iter().map(str::to_owned).collect();
        if run.is_empty() {
            return "\"the port\"".to_owned();
        }
        let at = self.chance.below(run.len());
        match self.chance.below(6) {
            0 => return format!("=\"{}\"", run.join(" ")),
            1 => run[at] = format!("={}", run[at]),
            2 if run[at].chars().count() > 4 && run[at].chars().all(char::is_alphabetic) => {
                run[at] = format!("{}*", run[at].chars().take(4).collect::<String>());
            }
            _ => {}
        }
        format!("\"{}\"", run.join(" "))
    }

    /// Joins what stands near in an article, and now and then what does not.
    fn near(&mut self, subject: &Subject<'c>, depth: usize) -> String {
        let words = &subject.body;
        if words.is_empty() {
            return self.word(&subject.headline);
        }
        let at = self.chance.below(words.len());
        let about = |distance: usize| &words[at.saturating_sub(distance)..(at + distance + 1).min(words.len())];
        let left = self.side(subject, about(3), depth);
        let right = self.side(subject, about(12), depth);
        let connector = self.connector();
        format!("{left} {connector} {right}")
    }

    fn connector(&mut self) -> String {
        let name = self.chance.of(&["w", "w", "pre"]);
        let reach = match self.chance.below(6) {
            0 => "s".to_owned(),
            1 => "p".to_owned(),
            _ => (1 + self.chance.below(12)).to_string(),
        };
        let not = if self.chance.percent(20) { "not " } else { "" };
        format!("{not}{name}/{reach}")
    }

    fn side(&mut self, subject: &Subject<'c>, about: &[&str], depth: usize) -> String {
        match self.chance.below(12) {
            0 | 1 => self.phrase(about),
            2 => format!("({} OR {})", self.word(about), self.word(&subject.body)),
            3 => format!("({} OR {})", self.word(about), self.phrase(about)),
            4 if depth > 0 => format!("({})", self.near(subject, depth - 1)),
            _ => self.word(about),
        }
    }

    fn at_least(&mut self, subject: &Subject<'c>) -> String {
        let count = 1 + self.chance.below(4);
        let counted = match self.chance.below(5) {
            0 => self.phrase(&subject.body),
            1 | 2 => format!("{} OR {}", self.word(&subject.body), self.word(&subject.body)),
            3 => self.near(subject, 0),
            _ => self.word(&subject.body),
        };
        format!("atleast{count}({counted})")
    }

    fn within(&mut self, subject: &Subject<'c>) -> String {
        let field = Field::ALL[self.chance.below(Field::ALL.len())];
        let value = subject.article.value(field);
        let words = usable(&value);
        if words.is_empty() {
            return self.word(&subject.body);
        }
        let looked_for = match self.chance.below(8) {
            0 | 1 => self.phrase(&words),
            2 => format!("({} {})", self.word(&words), self.word(&words)),
            3 => format!("({} OR {})", self.word(&words), self.word(&subject.body)),
            4 => format!("({} -{})", self.word(&words), self.word(&subject.body)),
            5 if words.len() > 1 => format!("({} {} {})", self.word(&words), self.connector(), self.word(&words)),
            6 => format!("(atleast2({}))", self.word(&words)),
            _ => self.word(&words),
        };
        format!("{}:{looked_for}", field.label())
    }

    fn fact(&mut self, article: &Article) -> String {
        let published = article.published.map_or_else(|| "2024-06-15".to_owned(), |published| published.to_day().to_string());
        let (month, year) = (&published[..7], &published[..4]);
        match self.chance.below(10) {
            0 => format!("date:{published}"),
            1 => format!("date:{month}"),
            2 => format!("date:{year}"),
            3 => format!("date:{year}-01-01..{published}"),
            4 => format!("since:{published}"),
            5 => format!("until:{month}"),
            6 => "undated".to_owned(),
            7 => "copies:>1".to_owned(),
            8 => format!("copies:{}", 1 + self.chance.below(3)),
            _ => format!("copies:1..{}", 1 + self.chance.below(3)),
        }
    }
}
