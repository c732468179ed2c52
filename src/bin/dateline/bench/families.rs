//! How good groups are: those of the index are compared with families of articles that are known to be the same text.
//!
//! By pairs (precision, recall, F1), by the adjusted Rand index (Hubert and Arabie, 1985) and by B-cubed (Bagga and Baldwin, 1998). A
//! document that the index does not have stands alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use dateline::search::Searcher;
use dateline::walk;

use crate::failure::Failure;
use crate::own_file;

/// What comparing groups with families gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicates {
    /// How many documents were compared.
    pub documents: usize,
    /// The share of grouped pairs that are of one family.
    pub precision: f64,
    /// The share of pairs of one family that are grouped.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// The adjusted Rand index.
    pub ari: f64,
    /// The harmonic mean of B-cubed precision and recall.
    pub b_cubed_f: f64,
    /// The documents of the largest group.
    pub largest_group: usize,
    /// The documents of the largest group with several families in it.
    pub largest_mixed_group: usize,
    /// The share of copies of each kind that stand in one group with their original.
    pub recall_by_kind: Vec<(String, f64)>,
}

/// A document with what is known of it.
struct Member {
    document: String,
    family: String,
    kind: String,
}

/// Compares the groups of an index with the families of a file.
///
/// # Errors
///
/// When the file cannot be read, a line of it names no document and family, or the index cannot be read.
pub fn compare(searcher: &dyn Searcher, file: &Path) -> Result<Duplicates, Failure> {
    let members = read(file)?;
    let mut groups: HashMap<String, u64> = HashMap::new();
    for grouped in searcher.groups()? {
        groups.insert(grouped.article.id, grouped.group.0);
    }
    Ok(score(&members, &groups))
}

fn read(file: &Path) -> Result<Vec<Member>, Failure> {
    let shown = walk::written(file);
    let lines = own_file::text(file, "read the families")?;
    let mut members = Vec::new();
    let mut seen = HashSet::new();
    for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let odd =
            |cause: String| Failure::usage(format!("{shown}:{}: {cause}", number + 1), "write each line as `article<TAB>family<TAB>kind`");
        let columns: Vec<&str> = line.split('\t').collect();
        let [document, family, kind, ..] = columns[..] else { return Err(odd(format!("it has {} columns, not 3", columns.len()))) };
        if !seen.insert(document.to_owned()) {
            return Err(odd(format!("the document {document} stands twice")));
        }
        members.push(Member { document: document.to_owned(), family: family.to_owned(), kind: kind.to_owned() });
    }
    if members.len() < 2 {
        return Err(Failure::usage(
            format!("{shown}: there are no two documents to compare"),
            "a line a document: `article<TAB>family<TAB>kind`",
        ));
    }
    Ok(members)
}

fn score(members: &[Member], groups: &HashMap<String, u64>) -> Duplicates {
    let family_numbers: HashMap<&str, usize> = members.iter().zip(0..).map(|(member, number)| (member.family.as_str(), number)).collect();
    let family = |member: &Member| family_numbers[member.family.as_str()];
    // A document that is missing has a group of its own, numbered by its place.
    let group_of: Vec<(bool, u64)> =
        (0..).zip(members).map(|(place, member)| groups.get(&member.document).map_or((false, place), |group| (true, *group))).collect();
    let (mut cells, mut sizes, mut families) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (member, group) in members.iter().zip(&group_of) {
        *cells.entry((*group, family(member))).or_insert(0_usize) += 1;
        *sizes.entry(*group).or_insert(0_usize) += 1;
        *families.entry(family(member)).or_insert(0_usize) += 1;
    }
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let together: f64 = cells.values().map(|count| pairs(*count)).sum();
    let (grouped, real): (f64, f64) = (sizes.values().map(|count| pairs(*count)).sum(), families.values().map(|count| pairs(*count)).sum());
    let (precision, recall) = (together / grouped.max(1.0), together / real.max(1.0));
    let expected = grouped * real / pairs(members.len());
    let (mut b_precision, mut b_recall) = (0.0, 0.0);
    for ((group, family), count) in &cells {
        b_precision += (count * count) as f64 / sizes[group] as f64 / members.len() as f64;
        b_recall += (count * count) as f64 / families[family] as f64 / members.len() as f64;
    }
    let mut families_in: BTreeMap<(bool, u64), usize> = BTreeMap::new();
    cells.keys().for_each(|(group, _)| *families_in.entry(*group).or_insert(0) += 1);
    let mixed = families_in.iter().filter(|(_, families)| **families > 1).map(|(group, _)| sizes[group]).max();
    Duplicates {
        documents: members.len(),
        precision,
        recall,
        f1: 2.0 * precision * recall / (precision + recall).max(1e-9),
        ari: if (grouped + real) / 2.0 == expected { 1.0 } else { (together - expected) / ((grouped + real) / 2.0 - expected) },
        b_cubed_f: 2.0 * b_precision * b_recall / (b_precision + b_recall),
        largest_group: sizes.values().copied().max().unwrap_or(0),
        largest_mixed_group: mixed.unwrap_or(0),
        recall_by_kind: by_kind(members, &group_of),
    }
}

fn by_kind(members: &[Member], group_of: &[(bool, u64)]) -> Vec<(String, f64)> {
    let is_original = |member: &Member| member.kind == "original";
    let originals: HashMap<&str, (bool, u64)> = members
        .iter()
        .zip(group_of)
        .filter(|(member, _)| is_original(member))
        .map(|(member, group)| (member.family.as_str(), *group))
        .collect();
    let mut kinds: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (member, group) in members.iter().zip(group_of).filter(|(member, _)| !is_original(member)) {
        if let Some(original) = originals.get(member.family.as_str()) {
            let (found, all) = kinds.entry(&member.kind).or_insert((0.0, 0.0));
            *found += if original == group { 1.0 } else { 0.0 };
            *all += 1.0;
        }
    }
    kinds.into_iter().map(|(kind, (found, all))| (kind.to_owned(), found / all)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_scored_against_families() {
        let member = |document: &str, family: &str, kind: &str| Member {
            document: document.to_owned(),
            family: family.to_owned(),
            kind: kind.to_owned(),
        };
        let members = [
            member("a", "f", "original"),
            member("b", "f", "exact"),
            member("c", "f", "near"),
            member("d", "g", "original"),
            member("e", "g", "near"),
        ];
        let groups = HashMap::from([("a".to_owned(), 1), ("b".to_owned(), 1), ("d".to_owned(), 1), ("e".to_owned(), 2)]);
        let found = score(&members, &groups);
        assert_eq!((found.largest_group, found.largest_mixed_group), (3, 3));
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        close(found.precision, 1.0 / 3.0);
        close(found.recall, 1.0 / 4.0);
        close(found.ari, (1.0 - 3.0 * 4.0 / 10.0) / (3.5 - 3.0 * 4.0 / 10.0));
        assert_eq!(found.recall_by_kind, [("exact".to_owned(), 1.0), ("near".to_owned(), 0.0)]);
    }
}
