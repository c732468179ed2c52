//! A query as a tree for reading: a line a part, indented by its depth.

use crate::query::ast::{Form, Presence, Query, Reach, Succession, Word};

impl Query {
    /// Returns the tree as lines, without a break after the last.
    pub fn outline(&self) -> String {
        let mut lines = Vec::new();
        add(self, 0, &mut lines);
        lines.join("\n")
    }
}

fn add(query: &Query, depth: usize, lines: &mut Vec<String>) {
    let mut line = |text: String| lines.push(format!("{}{text}", "  ".repeat(depth)));
    match query {
        Query::Word(word) => line(format!("word {}", described(word))),
        Query::Phrase(words) => line(format!("phrase {}", words.iter().map(described).collect::<Vec<_>>().join(", "))),
        Query::And(_) => line("all of".to_owned()),
        Query::Or(_) => line("any of".to_owned()),
        Query::Not(_) => line("not".to_owned()),
        Query::Within { field, .. } => line(format!("in {}", field.label())),
        Query::Near(near) => line(nearness(near.connector.reach, near.connector.order, near.connector.presence)),
        Query::AtLeast { count, .. } => line(format!("at least {count} times")),
        Query::Fact(fact) => line(fact.to_string()),
    }
    match query {
        Query::And(members) | Query::Or(members) => members.iter().for_each(|member| add(member, depth + 1, lines)),
        Query::Not(query) | Query::Within { query, .. } | Query::AtLeast { query, .. } => add(query, depth + 1, lines),
        Query::Near(near) => [&near.left, &near.right].into_iter().for_each(|side| add(side, depth + 1, lines)),
        Query::Word(_) | Query::Phrase(_) | Query::Fact(_) => {}
    }
}

fn described(word: &Word) -> String {
    match word.match_form {
        Form::Stemmed => format!("{} (any form)", word.text),
        Form::Exact if word.text.chars().any(char::is_uppercase) => format!("{} (this form, in these capitals)", word.text),
        Form::Exact => format!("{} (this form)", word.text),
        Form::Pattern => format!("{} (all that fit)", word.text),
        Form::Fuzzy => format!("{} (spelled nearly so)", word.text),
    }
}

fn nearness(reach: Reach, order: Succession, presence: Presence) -> String {
    let order = if order == Succession::AsWritten { ", in this order" } else { "" };
    let reach = match reach {
        Reach::Words(1) => "side by side".to_owned(),
        Reach::Words(words) => format!("within {words} words"),
        Reach::Sentence => "in one sentence".to_owned(),
        Reach::Paragraph => "in one paragraph".to_owned(),
    };
    match presence {
        Presence::Near => format!("{reach}{order}"),
        Presence::NotNear => format!("the first without the second {reach}{order}"),
    }
}

#[cfg(test)]
mod tests {
    use crate::query;

    #[test]
    fn every_part_has_a_line() {
        let query = query::parse("\"dam =burst\" (ab* OR bc~) c pre/5 d headline:(x not w/s y) -atleast2(z) since:2024-11").unwrap();
        let expected = "all of\n  phrase dam (any form), burst (this form)\n  any of\n    word ab* (all that fit)\n    word bc (spelled nearly so)\n  \
                        within 5 words, in this order\n    word c (any form)\n    word d (any form)\n  in headline\n    \
                        the first without the second in one sentence\n      word x (any form)\n      word y (any form)\n  not\n    \
                        at least 2 times\n      word z (any form)\n  since:2024-11-01";
        assert_eq!(query.outline(), expected);
    }
}
