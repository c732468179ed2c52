//! What queries mean, what is wrong with those that are none, and that printing and parsing agree.

use proptest::prelude::*;

use super::*;

/// Writes a tree with every structure visible: `(and a (not b))`; an exact word has `=` before it.
fn shape(query: &Query) -> String {
    let list = |name: &str, members: &[Query]| format!("({name} {})", members.iter().map(shape).collect::<Vec<_>>().join(" "));
    let word = |word: &Word| match word.match_form {
        Form::Stemmed => word.text.clone(),
        Form::Exact => format!("={}", word.text),
        Form::Pattern => format!("/{}/", word.text),
        Form::Fuzzy => format!("~{}", word.text),
    };
    match query {
        Query::Word(only) => word(only),
        Query::Phrase(words) => format!("\"{}\"", words.iter().map(word).collect::<Vec<_>>().join(" ")),
        Query::And(members) => list("and", members),
        Query::Or(members) => list("or", members),
        Query::Not(inner) => format!("(not {})", shape(inner)),
        Query::Within { field, query } => format!("({} {})", field.label(), shape(query)),
        Query::Near(near) => format!("({} {} {})", super::connector::text(near.connector), shape(&near.left), shape(&near.right)),
        Query::AtLeast { count, query } => format!("(at least {count} {})", shape(query)),
        Query::Fact(fact) => format!("<{fact}>"),
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
        ("\"צה\u{5b8}\"ל\"", "צה\u{5b8}\"ל"),
        ("ל\u{614}\"ל", "ל\u{614}\"ל"),
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
fn all_fields_are_known() {
    for (text, expected) in [
        ("lede:flood byline:\"ann lee\"", "(and (lede flood) (byline \"ann lee\"))"),
        ("credit:wire LANG:en", "(and (credit wire) (lang en))"),
        ("url:https://a.example/news_2024", "(url \"https a example news 2024\")"),
        ("path:(wire/2024 OR =x.html)", "(path (or \"wire 2024\" \"=x =html\"))"),
    ] {
        check(text, expected);
    }
}

#[test]
fn facts_are_asked_of_the_article() {
    for (text, expected) in [
        ("flood undated", "(and flood <undated>)"),
        ("undated", "<undated>"),
        ("\"undated\" headline:undated =undated", "(and undated (headline undated) =undated)"),
        ("flood -date:2024-11", "(and flood (not <date:2024-11-01..2024-11-30>))"),
        ("date:2024-11-01..2024-11-26", "<date:2024-11-01..2024-11-26>"),
        ("flood copies:>3 since:2024 until:2024-02", "(and flood <copies:>=4> <since:2024-01-01> <until:2024-02-29>)"),
        ("a OR (b copies:2)", "(or a (and b <copies:2>))"),
    ] {
        check(text, expected);
    }
    let setting = Setting { today: crate::moment::Moment::day(2024, 11, 26), saved: None };
    for (text, expected) in [
        ("a since:7d", "(and a <since:2024-11-19>)"),
        ("a since:\"last week\"", "(and a <since:2024-11-18>)"),
        ("date:“last month”", "<date:2024-10-01..2024-10-31>"),
    ] {
        assert_eq!(shape(&parse_in(text, &setting).unwrap()), expected, "{text}");
    }
}

#[test]
fn connectors_bind_stronger_than_and() {
    for (text, expected) in [
        ("a w/5 b", "(w/5 a b)"),
        ("a b W/5 c d", "(and a (w/5 b c) d)"),
        ("a PRE/3 \"b c\" w/s d", "(w/s (pre/3 a \"b c\") d)"),
        ("a w/5 (b w/p c)", "(w/5 a (w/p b c))"),
        ("(a OR b*c) not w/5 d~", "(not w/5 (or a /b*c/) ~d)"),
        ("a Not Pre/2 b", "(not pre/2 a b)"),
        ("-a w/5 b c", "(and (not (w/5 a b)) c)"),
        ("headline:(a w/5 b)", "(headline (w/5 a b))"),
        ("not a", "(and not a)"),
        ("\"not\" w/5 b", "(w/5 not b)"),
        ("atleast3(flood)", "(at least 3 flood)"),
        ("atleast3(a OR \"b c\") -atleast2(d w/5 e)", "(and (at least 3 (or a \"b c\")) (not (at least 2 (w/5 d e))))"),
        ("atleast3 (flood)", "(and atleast3 flood)"),
        ("\"w/5\"", "\"w 5\""),
        ("\"w/\" b", "(and w b)"),
        ("a w/o b", "(and a \"w o\" b)"),
        ("and/or pre/post", "(and \"and or\" \"pre post\")"),
        ("w/2024/11/a.html w/1.html", "(and \"w 2024 11 a.html\" \"w 1 html\")"),
        ("atleast (flood) atleastone(flood)", "(and atleast flood atleastone flood)"),
    ] {
        check(text, expected);
    }
}

#[test]
fn words_stand_for_others() {
    for (text, expected) in [
        ("strik* wom?n", "(and /strik*/ /wom?n/)"),
        ("Who won?", "(and Who won)"),
        ("zelensky~ a~b", "(and ~zelensky \"a b\")"),
        ("\"dam burst*\" =dam*", "(and \"dam /burst*/\" =dam)"),
        ("headline:st*ke", "(headline /st*ke/)"),
        ("state-ru*", "\"state /ru*/\""),
        ("a * b", "(and a b)"),
    ] {
        check(text, expected);
    }
}

#[test]
fn saved_queries_stand_for_themselves() {
    let saved = Saved::read("# mine\nport = port OR harbour\n@deep = @port strike\nloop = @loop\nbad = (a\n").unwrap();
    let setting = Setting { today: None, saved: Some(&saved) };
    for (text, expected) in [
        ("@port ferry", "(and (or port harbour) ferry)"),
        ("-@port ferry", "(and (not (or port harbour)) ferry)"),
        ("@deep", "(and (or port harbour) strike)"),
        ("@port w/5 ferry", "(w/5 (or port harbour) ferry)"),
    ] {
        assert_eq!(shape(&parse_in(text, &setting).unwrap()), expected, "{text}");
    }
    for (text, message) in [
        ("@loop", "deep"),
        ("a @none", "there is no saved query `none`; there are port, deep, loop, bad"),
        ("@bad", "in this saved query: this parenthesis is not closed"),
    ] {
        let error = parse_in(text, &setting).unwrap_err();
        assert!(error.message.contains(message), "{text}: {error}");
        assert!(parse_in(error.suggestion.as_deref().unwrap(), &setting).is_ok());
    }
    assert_eq!(shape(&parse("@port").unwrap()), "port");
    assert_eq!(Saved::read("a = b\nport\n").unwrap_err().0, 2);
    assert_eq!(Saved::read("a b = c").unwrap_err().0, 1);
}

#[test]
fn errors_name_place_and_way_out() {
    let fields = "there are headline:, lede:, byline:, source:, credit:, lang:, url:, path:, date:, since:, until:, copies:";
    let unknown = |name: &str| format!("there is no field `{name}`; {fields}");
    let beside = "`w/5` stands between words, phrases, or several of them with OR";
    let copies = "write how many articles share the text, as in copies:>3, copies:2 or copies:2..5";
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
        (
            "headline:(a date:2024)",
            "date:2024",
            "this is asked of the whole article and cannot stand inside a field",
            Some("(a date:2024)"),
        ),
        ("author:lee", "author", &unknown("author"), Some("byline:lee")),
        ("a date:soon", "soon", days::DAYS_HINT, Some("a \"soon\"")),
        ("a date:2025..2024", "2025..2024", "no day is in the range: 2025-01-01 is after 2024-12-31", Some("a date:2024..2025")),
        ("a since:7d", "7d", "`7d` counts from today, which is not known here", Some("a \"7d\"")),
        ("a copies:many", "many", copies, Some("a \"many\"")),
        ("a copies:", "", copies, Some("a")),
        ("w/5 b", "w/5", "`w/5` has nothing before it", Some("b")),
        ("a w/5", "w/5", "`w/5` has nothing behind it", Some("a")),
        ("a w/5 w/s b", "w/5", "`w/5` has nothing behind it", Some("a w/s b")),
        ("fuel w/ shortage", "w/", "`w/` needs to know how far it reaches: a number of words, `s` or `p`", Some("fuel w/5 shortage")),
        ("a pre/ x", "pre/", "`pre/` needs to know how far it reaches: a number of words, `s` or `p`", Some("a pre/5 x")),
        ("a not W/ x", "not W/", "`W/` needs to know how far it reaches: a number of words, `s` or `p`", Some("a not w/5 x")),
        ("a w/(b c)", "w/", "`w/` needs to know how far it reaches: a number of words, `s` or `p`", Some("a w/5 \"b c\"")),
        ("a w/0x b", "w/0x", "`0x` is not how far a connector reaches: a number of words, `s` or `p`", Some("a w/5 b")),
        ("a pre/-3 b", "pre/-3", "`-3` is not how far a connector reaches: a number of words, `s` or `p`", Some("a pre/5 b")),
        ("a not w/1.5 b", "not w/1.5", "`1.5` is not how far a connector reaches: a number of words, `s` or `p`", Some("a not w/5 b")),
        ("atleast(flood)", "atleast", "`atleast` needs a number right behind it", Some("atleast2(flood)")),
        ("ATLEAST3x(flood)", "ATLEAST3x", "`atleast` needs a number right behind it", Some("atleast2(flood)")),
        ("headline:atleast(flood)", "atleast", "`atleast` needs a number right behind it", Some("headline:atleast2(flood)")),
        ("a w/0 b", "w/0", "a connector reaches over 1 to 255 words", Some("a w/5 b")),
        ("(a b) w/5 c", "(a b)", beside, Some("\"a b\" w/5 c")),
        ("(a -b) w/5 c", "(a -b)", beside, Some("(a -b) c")),
        ("a w/5 headline:b", "headline:b", beside, Some("a headline:b")),
        ("atleast3(a b)", "(a b)", "what is counted is a word, a phrase, or several of them with OR", Some("atleast3(\"a b\")")),
        ("*ing", "*ing", "a word with `*` or `?` in it begins with a letter and has two letters or more", Some("ing")),
        ("x a*", "a*", "a word with `*` or `?` in it begins with a letter and has two letters or more", Some("x a")),
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
    let chain = |links: usize| format!("a{}", " w/5 a".repeat(links));
    assert!(parse(&chain(MAX_CONNECTORS)).is_ok());
    assert!(parse(&chain(MAX_CONNECTORS + 1)).unwrap_err().message.contains("more than 64 connectors"));
    assert!(parse(&"undated ".repeat(MAX_WORDS + 1)).unwrap_err().message.contains("more than 1024 words"));
}

#[test]
fn the_worst_texts_are_read_in_time() {
    for piece in
        ["(", "\"", "a w/5 ", "-", "=(", "headline:", "date:x ", "a~ ", "a* ", "*", "a|", "not w/5 ", "atleast3(", "é", "NOT ", "x:\""]
    {
        let text = piece.repeat(MAX_TEXT_BYTES / piece.len());
        let started = std::time::Instant::now();
        let _ = parse(&text);
        // A hundred milliseconds are promised; a build without optimisation on a busy machine gets ten times that.
        assert!(started.elapsed().as_millis() < 1000, "{piece:?} took {:?}", started.elapsed());
    }
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
    let sign = |text: &'static str| Just(text.to_owned());
    let text = prop_oneof!["[a-zé]{2,6}", sign("OR"), sign("NOT"), sign("AND"), sign("not"), sign("undated"), sign("3.5")];
    let forms = prop_oneof![Just(Form::Stemmed), Just(Form::Exact), Just(Form::Fuzzy)];
    let pattern = "[a-z]{2}[?*][a-z]{0,2}[a-z*]".prop_map(|text| Word { text, match_form: Form::Pattern });
    prop_oneof![4 => (text, forms).prop_map(|(text, match_form)| Word { text, match_form }), 1 => pattern]
}

fn leaf() -> impl Strategy<Value = Query> {
    prop_oneof![any_word().prop_map(Query::Word), proptest::collection::vec(any_word(), 2..4).prop_map(Query::Phrase)]
}

fn any_connector() -> impl Strategy<Value = Connector> {
    let reach = prop_oneof![(1..=MAX_REACH_WORDS).prop_map(Reach::Words), Just(Reach::Sentence), Just(Reach::Paragraph)];
    let order = prop_oneof![Just(Succession::Any), Just(Succession::AsWritten)];
    let presence = prop_oneof![Just(Presence::Near), Just(Presence::NotNear)];
    (reach, order, presence).prop_map(|(reach, order, presence)| Connector { reach, order, presence })
}

/// What can stand beside a connector.
fn any_operand() -> impl Strategy<Value = Query> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let either = proptest::collection::vec(inner.clone(), 2..3).prop_map(|members| {
            let apart = |member| if let Query::Or(inner) = member { inner } else { vec![member] };
            Query::Or(members.into_iter().flat_map(apart).collect())
        });
        let near = (inner.clone(), inner, any_connector())
            .prop_map(|(left, right, connector)| Query::Near(Box::new(Near { left, right, connector })));
        prop_oneof![either, near]
    })
}

fn any_fact() -> impl Strategy<Value = Query> {
    let day = (0_i64..30_000).prop_map(|number| crate::moment::Moment::from_day_number(number).unwrap());
    let days = prop_oneof![
        day.clone().prop_map(|since| Days { since: Some(since), until: None }),
        day.clone().prop_map(|until| Days { since: None, until: Some(until) }),
        (day, 0_i64..900).prop_map(|(since, more)| Days { since: Some(since), until: since.plus_days(more) }),
    ];
    let size = prop_oneof![
        any::<u32>().prop_map(|least| Size { least, most: None }),
        (0_u32..9, 0_u32..9).prop_map(|(least, more)| Size { least, most: Some(least + more) }),
    ];
    prop_oneof![Just(Fact::Undated), days.prop_map(Fact::Published), size.prop_map(Fact::Copies)].prop_map(Query::Fact)
}

fn any_leaf() -> impl Strategy<Value = Query> {
    let counted = (1..=MAX_TIMES, any_operand()).prop_map(|(count, query)| Query::AtLeast { count, query: Box::new(query) });
    prop_oneof![4 => leaf(), 2 => any_operand(), 1 => counted, 1 => any_fact()]
}

/// Trees whose every part is positive, but for Not beside something positive in an And.
fn any_query() -> impl Strategy<Value = Query> {
    any_leaf().prop_recursive(5, 40, 4, |inner| {
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
                let printed = format!("{query:?}");
                if printed.contains("Within") || printed.contains("Fact") {
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
                Just("headline:"), Just("source:"), Just("foo:"), Just("|"), Just("a"), Just("b-c"), Just("é"), Just("צ"), Just(":"),
                Just(" w/5 "), Just(" not "), Just("pre/s"), Just("atleast2("), Just("date:"), Just("2024"), Just(".."), Just("copies:>"),
                Just("undated"), Just("*"), Just("?"), Just("~"), Just("url:"), Just("b_c.d/e"), Just("@"), Just("\u{55c}"), Just("\u{367}")],
            0..24,
        )
    ) {
        check_any_text(&pieces.concat());
    }
}
