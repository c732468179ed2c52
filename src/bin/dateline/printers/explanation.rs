//! Where the score of a hit comes from: lines for reading, and an object of the contract.

use dateline::search::{Explanation, Hit, ScoreSource};
use serde_json::{Value, json};

use crate::printers::counted;

/// Returns the lines that tell where the score of a hit comes from; none unless that was asked for.
pub fn lines(hit: &Hit) -> Vec<String> {
    let Some(explanation) = &hit.explanation else { return Vec::new() };
    let of = explanation.of.as_ref().map(|id| format!(", that of its copy {id}")).unwrap_or_default();
    let mut lines = vec![format!("score {:.2}{of}", hit.score)];
    let width = explanation.parts.iter().map(|part| format!("{:.2}", part.score).len()).max().unwrap_or(0);
    lines.extend(explanation.parts.iter().map(|part| format!("  {:>width$.2}  {}", part.score, told(&part.source))));
    lines
}

fn told(source: &ScoreSource) -> String {
    match source {
        ScoreSource::Word { word, times, articles_with, articles, length_words } => {
            let times = times.map_or("there".to_owned(), |times| counted(u64::from(times), "time", "times"));
            format!(
                "{word}: {times} in some {}; {articles_with} of {articles} articles have it",
                counted(u64::from(*length_words), "word", "words")
            )
        }
        ScoreSource::Early { word, words_before: 0 } => format!("{word} opens the article"),
        ScoreSource::Early { word, words_before } => {
            format!("{word} first after {}", counted(u64::from(*words_before), "word", "words"))
        }
        ScoreSource::Near { words: (first, second), distance: 1 } => format!("{first} and {second} side by side"),
        ScoreSource::Near { words: (first, second), distance } => format!("{first} and {second} {distance} words apart"),
        ScoreSource::Age { days: None, weight } => format!("undated, which leaves {weight:.2} of it"),
        ScoreSource::Age { days: Some(days), weight } => {
            format!("{} older than the latest article, which leaves {weight:.2} of it", counted(*days as u64, "day", "days"))
        }
        ScoreSource::Conditions => "conditions that no word is behind".to_owned(),
    }
}

/// Makes the object that tells where a score comes from.
pub fn object(explanation: &Explanation) -> Value {
    let parts = explanation.parts.iter().map(|part| {
        let mut object = match &part.source {
            ScoreSource::Word { word, times, articles_with, articles, length_words } => json!({
                "kind": "word", "word": word, "times": times, "articles_with": articles_with, "articles": articles,
                "length_words": length_words,
            }),
            ScoreSource::Early { word, words_before } => json!({"kind": "early", "word": word, "words_before": words_before}),
            ScoreSource::Near { words, distance } => json!({"kind": "near", "words": [words.0, words.1], "distance": distance}),
            ScoreSource::Age { days, weight } => json!({"kind": "age", "days": days, "weight": weight}),
            ScoreSource::Conditions => json!({"kind": "conditions"}),
        };
        object["score"] = json!(f64::from((part.score * 1000.0).round()) / 1000.0);
        object
    });
    json!({"of": explanation.of, "parts": parts.collect::<Vec<_>>()})
}
