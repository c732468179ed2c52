//! A difference as JSON. Unknown values are `null` and stay present.

use dateline::difference::{Change, Difference};
use serde_json::{Value, json};

use crate::diff::Comparison;
use crate::diff::side::Side;
use crate::diff::via::Ties;
use crate::diff::why::rule_line;
use crate::printers::json::{VERSION, share};

/// Makes the object of a comparison.
pub fn object(comparison: &Comparison) -> Value {
    let [a, b] = &comparison.sides.sides;
    let words = comparison.body.words;
    let fields = comparison.fields.iter().map(|change| json!({"field": change.field, "a": change.values[0], "b": change.values[1]}));
    json!({
        "version": VERSION,
        "a": side(a),
        "b": side(b),
        "headline": runs(&comparison.headline, comparison.headlines),
        "fields": fields.collect::<Vec<_>>(),
        "body": runs(&comparison.body, comparison.bodies()),
        "words": {"same": words.same, "removed": words.removed, "added": words.added},
        "why": comparison.ties.as_ref().map(|ties| why(ties, a)),
    })
}

fn side(side: &Side) -> Value {
    let group = side.stored.as_ref().map(|stored| stored.group.id.to_string());
    json!({"id": side.article.claimed_id(), "path": side.path, "group": group})
}

fn runs(difference: &Difference, texts: [&str; 2]) -> Vec<Value> {
    let run = |piece: &dateline::difference::Piece| {
        let text = if piece.change == Change::Removed { &texts[0][piece.a.clone()] } else { &texts[1][piece.b.clone()] };
        json!({"change": piece.change.label(), "text": text})
    };
    difference.pieces.iter().map(run).collect()
}

fn why(ties: &Ties, a: &Side) -> Value {
    let (overlap, rule, whole) = (ties.why.overlap, ties.why.rule, a.compared().text);
    json!({
        "rule": rule.label(),
        "ties": rule.ties(),
        "explanation": rule_line(rule),
        "relation": rule.ties().then(|| ties.why.tie.relation.label()),
        "resemblance": share(overlap.resemblance().share()),
        "containment_of_a": share(overlap.containment_of_a().share()),
        "containment_of_b": share(overlap.containment_of_b().share()),
        "shared_shingles": overlap.shared,
        "same_group": ties.same_group,
        "via": ties.via.iter().map(|step| json!({"id": step.id, "resemblance": share(step.resemblance)})).collect::<Vec<_>>(),
        "runs": ties.why.runs.iter().map(|run| json!({"words": run.words, "text": &whole[run.a.clone()]})).collect::<Vec<_>>(),
    })
}
