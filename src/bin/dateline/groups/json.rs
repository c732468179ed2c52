//! Groups as JSON: the words of the contract of searching. Unknown values are `null` and stay present.

use dateline::moment::Gap;
use dateline::search::{Folder, Grouped};
use serde_json::{Value, json};

use crate::groups::group::{Group, published};
use crate::printers::json::{VERSION, moment, plain, share};
use crate::printers::{Totals, shown_path};

/// Makes the object of a listing.
pub fn listing(totals: Totals, groups: &[&Group], folders: &[Folder]) -> Value {
    let groups = groups.iter().map(|group| object(group, folders, &|_| None)).collect();
    whole(totals, groups)
}

/// Makes the object of one group, whose articles are in the order of their dates.
pub fn timeline(group: &Group, folders: &[Folder]) -> Value {
    let totals = Totals { articles: group.members.len() as u64, groups: 1, sources: group.sources().len() as u64 };
    let after =
        |member: &Grouped| Some(published(member).zip(group.earliest).map_or(Value::Null, |(own, earliest)| gap(own.after(earliest))));
    whole(totals, vec![object(group, folders, &after)])
}

fn whole(totals: Totals, groups: Vec<Value>) -> Value {
    json!({
        "version": VERSION,
        "articles_total": totals.articles,
        "groups_total": totals.groups,
        "sources_total": totals.sources,
        "groups": groups,
    })
}

/// Makes the object of a group; `after` tells how long after the earliest an article came, where that is asked for.
fn object(group: &Group, folders: &[Folder], after: &dyn Fn(&Grouped) -> Option<Value>) -> Value {
    let member = |article: &Grouped| {
        let mut object = member(group, article, folders);
        if let (Value::Object(object), Some(after)) = (&mut object, after(article)) {
            object.insert("after_earliest".to_owned(), after);
        }
        object
    };
    json!({
        "id": group.id().map(|id| id.to_string()),
        "articles": group.members.len(),
        "sources": group.sources().len(),
        "earliest": group.earliest.map(|moment| moment.to_string()),
        "latest": group.latest().map(|moment| moment.to_string()),
        "members": group.members.iter().map(member).collect::<Vec<_>>(),
    })
}

fn member(group: &Group, article: &Grouped, folders: &[Folder]) -> Value {
    let (metadata, tie) = (&article.article.metadata, article.tie);
    json!({
        "id": article.article.id,
        "headline": plain(metadata.headline.as_ref()),
        "source": plain(metadata.source.as_ref()),
        "published": moment(metadata.published.as_ref()),
        "relation": tie.map(|tie| tie.relation.label()),
        "resemblance": tie.map(|tie| share(tie.resemblance.share())),
        "containment": tie.map(|tie| share(tie.containment.share())),
        "containment_of_representative": tie.map(|tie| share(tie.containment_of_representative.share())),
        "is_earliest": group.is_earliest(article),
        "path": shown_path(folders, &article.article.key.file),
    })
}

/// Writes a gap: minutes only where both times and their zones are stated.
fn gap(gap: Gap) -> Value {
    match gap {
        Gap::Days(days) => json!({"days": days, "minutes": null}),
        Gap::Minutes(minutes) => json!({"days": minutes.div_euclid(1440), "minutes": minutes}),
        Gap::ClockMinutes(minutes) => json!({"days": minutes.div_euclid(1440), "minutes": null}),
    }
}
