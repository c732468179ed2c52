//! Files made of real articles: a run of days of an archive, with what it lacks made up: bylines, undated articles.

use std::path::Path;

use serde_json::{Value, json};

use super::File;

/// Articles of one file.
const ARTICLES_OF_FILE: usize = 20;

/// Invented people.
const AUTHORS: [&str; 4] = ["Ann Lee", "Tom Marsh and Ann Lee", "Bel Okafor, Mira Quint and Tom Marsh", "Staff Reporter Ann Quint"];

/// Returns files with about this many articles in the end.
pub fn files(source: &Path, count: usize) -> Vec<File> {
    let lines = std::fs::read_to_string(source).unwrap();
    let mut articles: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    articles.sort_by_key(|article| article["date"].as_str().unwrap_or_default().to_owned());
    // A third of the files go again, and of those that change a tenth of the articles.
    let wanted = count * 3 / 2;
    let from = articles.len().saturating_sub(wanted) / 2;
    let chosen: Vec<Value> =
        articles.into_iter().skip(from).take(wanted).enumerate().map(|(number, article)| dressed(number, article)).collect();
    let file = |(number, articles): (usize, &[Value])| {
        let lines: Vec<String> = articles.iter().map(|article| format!("{article}\n")).collect();
        let mut last = lines.clone();
        last.rotate_left(3);
        last.truncate(ARTICLES_OF_FILE - 2);
        last[0] = lines[0].replace("the ", "some ");
        File { name: format!("part{}/news-{number}.jsonl", number % 7), first: lines.concat(), last: last.concat() }
    };
    chosen.chunks_exact(ARTICLES_OF_FILE).enumerate().map(file).collect()
}

fn dressed(number: usize, mut article: Value) -> Value {
    if number.is_multiple_of(3) {
        article["author"] = json!(AUTHORS[number / 3 % AUTHORS.len()]);
    }
    if number.is_multiple_of(17) {
        for field in ["date", "published", "url", "id"] {
            article[field] = Value::Null;
        }
    }
    article
}
