//! `dateline timeline`: a question in, how many articles and groups answer it over time out, as bars or as JSON.

use std::io::Write;

use dateline::moment::Moment;
use dateline::search::{Facet, FacetCount, Passages, SearchRequest, SearchResponse};
use serde_json::json;

use crate::Outcome;
use crate::args::{Place, TimelineOptions, Unit};
use crate::days;
use crate::failure::Failure;
use crate::pager::Output;
use crate::printers::facets::facet_name;
use crate::printers::json as object;
use crate::printers::{counted, left_out};
use crate::screen::{Screen, Style, columns};
use crate::search::open_or_build;
use crate::understand::Reader;

/// Bars that are drawn by the smaller unit: about what two screens show.
const BARS_MAX: i64 = 62;

/// So many empty bars in a row are folded into one line.
const EMPTY_MAX: i64 = 3;

/// The narrowest room beside its label that a bar is drawn in; below that it stands on a line of its own.
const BAR_COLUMNS_MIN: usize = 8;

/// Runs the command.
pub fn run(place: &Place, options: &TimelineOptions) -> Result<Outcome, Failure> {
    days::check_range(options.narrowing.since, options.narrowing.until)?;
    let searcher = open_or_build(&place.index)?;
    let typed = options.query.iter().map(|word| word.trim()).collect::<Vec<_>>().join(" ");
    let query = Reader::new(&options.language)?.read(&typed)?.asked;
    let units = options.by.map_or_else(|| vec![Unit::Day, Unit::Week, Unit::Month], |unit| vec![unit]);
    let request = SearchRequest {
        filter: options.narrowing.filter(),
        limit: 0,
        passages: Passages::None,
        facets: units.into_iter().map(Unit::field).collect(),
        deadline: options.time.deadline(),
        ..SearchRequest::of(query)
    };
    let response = searcher.search(&request)?;
    let unit = options.by.unwrap_or_else(|| fitting(&response.facets));
    let bins = Bins::of(unit, &response.facets);
    let (mut out, mut about) = (Output::new(place), Vec::new());
    if options.json {
        writeln!(out, "{}", object::printed(&as_object(&typed, &request, &response, &bins)))?;
    } else {
        let screen = Screen::of_stdout(place.color);
        draw(&bins, &screen, &mut out)?;
        for line in Screen::of_stderr().wrapped(&totals_line(&response), "") {
            writeln!(about, "{line}")?;
        }
    }
    out.finish_with(&about)?;
    Ok(if response.articles_total > 0 { Outcome::Done } else { Outcome::NothingFound })
}

/// What is drawn: the counts of each bin that is not empty, in order, and those without a date.
struct Bins<'r> {
    unit: Unit,
    dated: Vec<&'r FacetCount>,
    undated: Option<&'r FacetCount>,
}

impl<'r> Bins<'r> {
    fn of(unit: Unit, facets: &'r [Facet]) -> Self {
        let counts = || facets.iter().filter(|facet| facet.field == unit.field()).flat_map(|facet| &facet.counts);
        let dated = counts().filter(|count| count.value.is_some()).collect();
        Bins { unit, dated, undated: counts().find(|count| count.value.is_none()) }
    }

    /// Returns the bins with how many empty ones lie before each.
    fn with_gaps(&self) -> impl Iterator<Item = (i64, &'r FacetCount)> + '_ {
        let mut last = None;
        self.dated.iter().map(move |count| {
            let number = number(self.unit, count).unwrap_or_default();
            let gap = last.map_or(0, |last| number - last - 1);
            last = Some(number);
            (gap, *count)
        })
    }
}

/// Returns the number of a bin: bins side by side have numbers side by side.
fn number(unit: Unit, count: &FacetCount) -> Option<i64> {
    let value = count.value.as_deref()?;
    match unit {
        Unit::Day => Some(value.parse::<Moment>().ok()?.day_number()),
        Unit::Week => Some(value.parse::<Moment>().ok()?.day_number().div_euclid(7)),
        Unit::Month => {
            let (year, month) = value.rsplit_once('-')?;
            Some(year.parse::<i64>().ok()? * 12 + month.parse::<i64>().ok()? - 1)
        }
    }
}

/// Returns the value of the bin of a number.
fn label(unit: Unit, number: i64) -> String {
    let day = |days: i64| Moment::from_day_number(days).map_or_else(String::new, |day| day.to_string());
    match unit {
        Unit::Day => day(number),
        // 1970-01-05, the first Monday after day 0, is day 4.
        Unit::Week => day(number * 7 + 4),
        Unit::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
    }
}

/// Chooses the smallest unit that the span makes no more than [`BARS_MAX`] bars of.
fn fitting(facets: &[Facet]) -> Unit {
    let span = |unit: Unit| {
        let dated = Bins::of(unit, facets).dated;
        let ends = dated.first().zip(dated.last());
        ends.and_then(|(first, last)| Some(number(unit, last)? - number(unit, first)? + 1)).unwrap_or(0)
    };
    [Unit::Day, Unit::Week].into_iter().find(|unit| span(*unit) <= BARS_MAX).unwrap_or(Unit::Month)
}

fn draw(bins: &Bins<'_>, screen: &Screen, out: &mut dyn Write) -> std::io::Result<()> {
    let name = facet_name(bins.unit.field());
    let rows = bins.dated.iter().copied().chain(bins.undated);
    let most = rows.clone().map(|count| count.articles).max().unwrap_or(0);
    let numbers = rows.map(|count| columns(&numbers(count))).max().unwrap_or(0);
    let layout = Layout { most, numbers, screen };
    for (gap, count) in bins.with_gaps() {
        if gap > EMPTY_MAX {
            writeln!(out, "{}", screen.styled(&format!("… {gap} empty {name}s"), Style::Quiet))?;
        } else if let Some(number) = number(bins.unit, count) {
            for empty in number - gap..number {
                writeln!(out, "{}", screen.styled(&label(bins.unit, empty), Style::Quiet))?;
            }
        }
        layout.draw_bar(count.value.as_deref().unwrap_or_default(), count, out)?;
    }
    match bins.undated {
        Some(undated) => layout.draw_bar("undated", undated, out),
        None => Ok(()),
    }
}

/// How bars are laid out.
struct Layout<'s> {
    /// The articles of the longest bar.
    most: u64,
    /// The columns of the longest numbers.
    numbers: usize,
    screen: &'s Screen,
}

impl Layout<'_> {
    fn draw_bar(&self, label: &str, count: &FacetCount, out: &mut dyn Write) -> std::io::Result<()> {
        let number = format!("{:>width$}", numbers(count), width = self.numbers);
        let label = format!("{label:10}");
        // Two blanks part the three.
        let beside = self.screen.width().saturating_sub(label.len() + self.numbers + 2);
        if beside >= BAR_COLUMNS_MIN {
            let bar = self.bar(count, beside);
            writeln!(out, "{} {number} {}", self.screen.styled(&label, Style::Label), self.screen.styled(&bar, Style::Match))
        } else {
            writeln!(out, "{} {}", self.screen.styled(label.trim_end(), Style::Label), number.trim_start())?;
            writeln!(out, "  {}", self.screen.styled(&self.bar(count, self.screen.width().saturating_sub(2)), Style::Match))
        }
    }

    /// Returns a bar in a room of so many columns: any article shows.
    fn bar(&self, count: &FacetCount, room: usize) -> String {
        let scaled = |number: u64| {
            let share = u128::from(number) * room as u128;
            usize::try_from(share.div_ceil(u128::from(self.most.max(1)))).unwrap_or(room).min(room)
        };
        // Where a bar has a column for each article there is none to round.
        let scaled = |number: u64| if self.most <= room as u64 { usize::try_from(number).unwrap_or(room) } else { scaled(number) };
        let (articles, groups) = (scaled(count.articles), scaled(count.groups.min(count.articles)));
        format!("{}{}", "█".repeat(groups), "▒".repeat(articles - groups))
    }
}

/// Writes articles, and groups where there are fewer: `12/5`.
fn numbers(count: &FacetCount) -> String {
    if count.groups == count.articles { count.articles.to_string() } else { format!("{}/{}", count.articles, count.groups) }
}

fn totals_line(response: &SearchResponse) -> String {
    let articles = counted(response.articles_total, "article", "articles");
    let groups = counted(response.groups_total, "group", "groups");
    format!("{articles} in {groups}; shown as articles/groups{}", left_out(response))
}

fn as_object(typed: &str, request: &SearchRequest, response: &SearchResponse, bins: &Bins<'_>) -> serde_json::Value {
    let dated: Vec<FacetCount> = bins.dated.iter().map(|count| (*count).clone()).collect();
    json!({
        "version": object::VERSION,
        "query": typed,
        "parsed": request.query.to_string(),
        "articles_total": response.articles_total,
        "groups_total": response.groups_total,
        "by": facet_name(bins.unit.field()),
        "bins": object::counts(&dated),
        "undated": json!({
            "articles": bins.undated.map_or(0, |count| count.articles),
            "groups": bins.undated.map_or(0, |count| count.groups),
        }),
        "undated_left_out": response.undated_left_out,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(value: &str) -> FacetCount {
        FacetCount { value: Some(value.to_owned()), articles: 1, groups: 1 }
    }

    #[test]
    fn bins_side_by_side_have_numbers_side_by_side() {
        for (unit, values) in [
            (Unit::Day, ["2024-02-28", "2024-02-29", "2024-03-01"]),
            (Unit::Week, ["1969-12-29", "1970-01-05", "1970-01-12"]),
            (Unit::Month, ["2023-12", "2024-01", "2024-02"]),
        ] {
            let numbers = values.map(|value| number(unit, &count(value)).unwrap());
            assert_eq!([numbers[0] + 1, numbers[1] + 1], [numbers[1], numbers[2]], "{values:?}");
            assert_eq!(numbers.map(|number| label(unit, number)), values);
        }
    }
}
