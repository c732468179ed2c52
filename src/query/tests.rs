//! What queries mean, what is wrong with those that are none, and that printing and parsing agree.

use proptest::prelude::*;

use super::*;

/// Writes a tree with every structure visible: `(and a (not b))`; an exact word has `=` before it.
fn shape(query: &Query) -> String {
    let list = |name: &str, members: &[Query]| format!("({name} {})", members.iter().map(shape).collect::<Vec<_>>().join(" "));
    let word = |word: &Word| format!("{}{}", if word.match_form == Form::Exact { "=" } else { "" }, word.text);
    match query {
        Query::Word(only) => word(only),
        Query::Phrase(words) => format!("\"{}\"", words.iter().map(word).collect::<Vec<_>>().join(" ")),
        Query::And(members) => list("and", members),
        Query::Or(members) => list("or", members),
        Query::Not(inner) => format!("(not {})", shape(inner)),
        Query::Within { field, query } => format!("({} {})", field.label(), shape(query)),
    }
}

fn check(text: &str, expected: &str) {
    let query = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(shape(&query), expected, "{text}");
    assert_eq!(parse(&query.to_string()).unwrap(), query, "{text} printed as {query}");
}

fn check_error(text: &str, at: &str, message: &str, suggestion: Option<&str>) {
    let error = parse(text).expect_err(text);
    assert_eq!((&text[error.at.clone()], error.message.as_str()), (at, message), "{text}");
    assert_eq!(error.suggestion.as_deref(), suggestion, "{text}");
}

#[test]
fn operators_group_words() {
    for (text, expected) in [
        ("flood", "flood"),
        ("flood dam", "(and flood dam)"),
        ("a b OR c", "(or (and a b) c)"),
        ("a | b|c", "(or a b c)"),
        ("a AND b OR c AND d", "(or (and a b) (and c d))"),
        ("a (b OR c)", "(and a (or b c))"),
        ("(a (b c)) d", "(and a b c d)"),
        ("((a))", "a"),
        ("a -b", "(and a (not b))"),
        ("-b a", "(and (not b) a)"),
        ("a NOT (b OR c)", "(and a (not (or b c)))"),
        ("a AND NOT b", "(and a (not b))"),
        ("a NOT NOT b", "(and a b)"),
        ("a -(-b)", "(and a b)"),
        ("a (-b -c)", "(and a (not b) (not c))"),
        ("a or b and not c", "(and a or b and not c)"),
    ] {
        check(text, expected);
    }
}

#[test]
fn words_are_cut_as_in_texts() {
    for (text, expected) in [
        ("state-run", "\"state run\""),
        ("AT&T e-mail", "(and \"AT T\" \"e mail\")"),
        ("well-being - dams", "(and \"well being\" dams)"),
        ("a & b — c ... !", "(and a b c)"),
        ("--verbose", "verbose"),
        ("10:30", "\"10 30\""),
        ("http://a.example/b", "\"http a.example b\""),
        ("Harbour: three rescued", "(and Harbour three rescued)"),
        ("don't OR U.N.", "(or don't U.N)"),
    ] {
        check(text, expected);
    }
}

#[test]
fn quotes_make_phrases() {
    for (text, expected) in [
        ("\"dam burst\"", "\"dam burst\""),
        ("“dam burst” „am Fluss“ «le pont»", "(and \"dam burst\" \"am Fluss\" \"le pont\")"),
        ("\"OR\"", "OR"),
        ("a -\"b c\"", "(and a (not \"b c\"))"),
        ("=dams", "=dams"),
        ("=state-run", "\"=state =run\""),
        ("\"the =dams burst\"", "\"the =dams burst\""),
        ("=\"the dams\"", "\"=the =dams\""),
        ("=\"NOT\"", "=NOT"),
        ("a -=b", "(and a (not =b))"),
        ("צה\"ל", "צה\"ל"),
    ] {
        check(text, expected);
    }
}

#[test]
fn fields_take_one_operand() {
    for (text, expected) in [
        ("headline:flood dam", "(and (headline flood) dam)"),
        ("Source:\"The Harbour Post\"", "(source \"The Harbour Post\")"),
        ("headline:(a OR b -c)", "(headline (or a (and b (not c))))"),
        ("a -source:b", "(and a (not (source b)))"),
        ("headline:=dams", "(headline =dams)"),
        ("headline:=\"the dams\"", "(headline \"=the =dams\")"),
        ("headline:a:b", "(headline a:b)"),
        ("source:OR", "(source OR)"),
    ] {
        check(text, expected);
    }
}

#[test]
fn errors_name_place_and_way_out() {
    let fields = "the fields are headline: and source:";
    let unknown = |name: &str| format!("there is no field `{name}`; {fields}");
    let negative = "this only leaves out, and there is nothing to look for";
    for (text, at, message, suggestion) in [
        ("", "", "the query is empty", None),
        (" ... ", " ... ", "there is no word to look for", None),
        ("a (b OR c", "(", "this parenthesis is not closed", Some("a (b OR c)")),
        ("a) b", ")", "this parenthesis was not opened", Some("a b")),
        ("\"a b", "\"", "this quote is not closed", Some("\"a b\"")),
        ("6\" gun", "\"", "this quote is not closed", Some("6 gun")),
        ("a \"\" b", "\"\"", "there is no word between the quotes", Some("a b")),
        ("a () b", "()", "there is no word between the parentheses", Some("a b")),
        ("OR x", "OR", "OR has nothing before it", Some("x")),
        ("x OR", "OR", "OR has nothing behind it", Some("x")),
        ("a AND OR b", "AND", "AND has nothing behind it", Some("a OR b")),
        ("a AND AND b", "AND", "AND has nothing behind it", Some("a AND b")),
        ("NOT", "NOT", "NOT has nothing behind it", None),
        ("-a", "-a", negative, Some("a")),
        ("a OR NOT b", "NOT b", negative, Some("a OR b")),
        ("headline:(-a)", "(-a)", negative, Some("headline:(a)")),
        ("hedline:x y", "hedline", &unknown("hedline"), Some("headline:x y")),
        ("title:x", "title", &unknown("title"), Some("headline:x")),
        ("foo:bar", "foo", &unknown("foo"), Some("\"foo:bar\"")),
        ("foo:(a b)", "foo", &unknown("foo"), Some("foo (a b)")),
        ("headline: x", "headline:", "`headline:` needs a word, a phrase or a group right behind it", Some("headline:x")),
        ("headline:-x y", "-", "`-` stands before `headline:`, not behind it", Some("-headline:x y")),
        ("=headline:x", "=", "`=` stands behind the name of a field, before the word", Some("headline:=x")),
        ("=(a b)", "=", "`=` stands before a word or a phrase, not before a group", Some("(a b)")),
        ("headline:(a source:b)", "source:", "a field cannot stand inside another", Some("(a source:b)")),
    ] {
        check_error(text, at, message, suggestion);
    }
}

#[test]
fn limits_hold() {
    let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(parse(&nested(MAX_DEPTH + 1)).unwrap_err().at, MAX_DEPTH..MAX_DEPTH + 1);
    assert!(parse(&"a ".repeat(MAX_WORDS)).is_ok());
    assert!(parse(&"a ".repeat(MAX_WORDS + 1)).unwrap_err().message.contains("more than 1024 words"));
    assert!(parse(&"é".repeat(MAX_TEXT_BYTES)).unwrap_err().message.contains("longer than"));
    assert!(parse(&"(".repeat(MAX_TEXT_BYTES)).is_err());
    assert!(parse(&format!("a {}b", "NOT ".repeat(MAX_TEXT_BYTES / 8))).is_ok());
    assert!(parse_any(&"a ".repeat(MAX_WORDS * 2)).is_ok());
}

#[test]
fn a_bag_of_words_takes_anything() {
    for (text, expected) in [("dam (burst", "(or dam burst)"), ("\"a OR -b/c", "(or a OR b c)"), ("dam", "dam")] {
        let query = parse_any(text).unwrap();
        assert_eq!(shape(&query), expected, "{text}");
        assert_eq!(parse(&query.to_string()).unwrap(), query);
    }
    assert_eq!(parse_any(" - ").unwrap_err().message, "there is no word to look for");
}

#[test]
fn words_under_not_are_not_positive() {
    let query = parse("a (b OR \"c d\") -e headline:(f -g)").unwrap();
    let words: Vec<&str> = query.positive_words().iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, ["a", "b", "c", "d", "f"]);
}

fn any_word() -> impl Strategy<Value = Word> {
    let text = prop_oneof!["[a-zé]{1,6}", Just("OR".to_owned()), Just("NOT".to_owned()), Just("AND".to_owned()), Just("3.5".to_owned())];
    (text, any::<bool>()).prop_map(|(text, exact)| Word { text, match_form: if exact { Form::Exact } else { Form::Stemmed } })
}

fn leaf() -> impl Strategy<Value = Query> {
    prop_oneof![any_word().prop_map(Query::Word), proptest::collection::vec(any_word(), 2..4).prop_map(Query::Phrase)]
}

/// Trees whose every part is positive, but for Not beside something positive in an And.
fn any_query() -> impl Strategy<Value = Query> {
    leaf().prop_recursive(5, 40, 4, |inner| {
        let members = proptest::collection::vec((inner.clone(), any::<bool>()), 2..4);
        prop_oneof![
            proptest::collection::vec(inner.clone(), 2..4).prop_map(|members| {
                let apart = |member| if let Query::Or(inner) = member { inner } else { vec![member] };
                Query::Or(members.into_iter().flat_map(apart).collect())
            }),
            members.prop_map(|members| {
                let signed = |(position, (member, negated)): (usize, (Query, bool))| match member {
                    member if negated && position > 0 => vec![Query::Not(Box::new(member))],
                    Query::And(inner) => inner,
                    member => vec![member],
                };
                Query::And(members.into_iter().enumerate().flat_map(signed).collect())
            }),
            inner.prop_map(|query| {
                if format!("{query:?}").contains("Within") {
                    return query;
                }
                Query::Within { field: Field::Headline, query: Box::new(query) }
            }),
        ]
    })
}

fn check_any_text(text: &str) {
    match parse(text) {
        Ok(query) => assert_eq!(parse(&query.to_string()).as_ref(), Ok(&query), "{text:?} printed as {query}"),
        Err(error) => {
            assert!(text.get(error.at.clone()).is_some(), "{text:?}: {error}");
            if let Some(suggestion) = error.suggestion {
                assert!(parse(&suggestion).is_ok(), "{text:?}: suggests {suggestion:?}");
            }
        }
    }
    if let Ok(query) = parse_any(text) {
        assert_eq!(parse(&query.to_string()).as_ref(), Ok(&query), "{text:?} as a bag of words");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn printing_and_parsing_agree(query in any_query()) {
        prop_assert_eq!(parse(&query.to_string()).unwrap(), query);
    }

    #[test]
    fn any_text_is_a_query_or_a_fair_error(text in "\\PC{0,40}") {
        check_any_text(&text);
    }

    #[test]
    fn any_operators_are_a_query_or_a_fair_error(
        pieces in proptest::collection::vec(
            prop_oneof![Just("OR"), Just("AND"), Just("NOT"), Just("-"), Just("("), Just(")"), Just("\""), Just("="), Just(" "), Just(" "),
                Just("headline:"), Just("source:"), Just("foo:"), Just("|"), Just("a"), Just("b-c"), Just("é"), Just("צ"), Just(":")],
            0..24,
        )
    ) {
        check_any_text(&pieces.concat());
    }
}
