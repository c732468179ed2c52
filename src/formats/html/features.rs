//! A line and what is around it in; what is true of it out, as numbers of yes-or-no features.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::formats::html::content::Line;
use crate::formats::html::dom::{Document, NodeId};
use crate::formats::html::phrases;
use crate::formats::html::signs::{self, Signs};
use crate::formats::html::stated::{Stated, folded};
use crate::formats::html::surroundings::{Held, Surroundings, is_prose, path};

/// A group of features: one or more of its features are true of each line.
#[derive(Debug, Clone, Copy)]
#[repr(usize)]
enum Group {
    Tag,
    Length,
    Links,
    LinkLength,
    Shape,
    StopWords,
    Phrase,
    NearSign,
    MiddleSign,
    FarSign,
    Share,
    Density,
    LineLength,
    Siblings,
    Core,
    Alike,
    Articles,
    Title,
    Place,
    Neighbour,
    Stated,
    Page,
    Heading,
    Repeated,
    Label,
    Images,
}

/// The number of features of each group, in order.
const SIZES: [usize; 26] = [
    13,                     // Tag
    12,                     // Length
    5,                      // Links
    20,                     // LinkLength
    18,                     // Shape
    6,                      // StopWords
    phrases::COUNT,         // Phrase
    signs::COUNT,           // NearSign
    signs::COUNT,           // MiddleSign
    signs::COUNT,           // FarSign
    18,                     // Share
    15,                     // Density
    10,                     // LineLength
    8,                      // Siblings
    15,                     // Core
    10,                     // Alike
    6,                      // Articles
    11,                     // Title
    10,                     // Place
    42,                     // Neighbour
    8,                      // Stated
    12,                     // Page
    phrases::COUNT / 2 + 5, // Heading
    3,                      // Repeated
    6,                      // Label
    4,                      // Images
];

/// How many features there are.
pub const COUNT: usize = base(SIZES.len());

const fn base(group: usize) -> usize {
    let (mut sum, mut at) = (0, 0);
    while at < group {
        sum += SIZES[at];
        at += 1;
    }
    sum
}

/// The features that are true of a line.
#[derive(Debug, Default)]
pub struct Features {
    /// Their numbers, below [`COUNT`].
    pub on: Vec<u16>,
}

impl Features {
    fn set(&mut self, group: Group, which: usize) {
        debug_assert!(which < SIZES[group as usize], "{group:?} {which}");
        self.on.push((base(group as usize) + which) as u16);
    }

    fn set_if(&mut self, holds: Holds) {
        if holds.is_true {
            self.set(holds.group, holds.which);
        }
    }
}

struct Holds {
    group: Group,
    which: usize,
    is_true: bool,
}

/// Returns in which of the steps a value falls: 0 below the first, the number of steps from the last on.
pub fn step(value: f32, steps: &[f32]) -> usize {
    steps.iter().take_while(|step| value >= **step).count()
}

/// The article's text as the page states it is searched for every line unless that takes longer than all the rest: a tenth of a second.
const COMPARED_BYTES_MAX: usize = 1 << 30;

/// A page whose lines are described.
pub struct Described<'p> {
    document: &'p Document,
    lines: &'p [Line],
    around: Surroundings,
    stated: &'p Stated,
    kinds: Vec<usize>,
    /// Bytes of prose before each line, and at the end those of all.
    prose_before: Vec<u32>,
    title: Option<usize>,
    articles: Vec<NodeId>,
    /// The heading before each line.
    headings: Vec<Option<usize>>,
    repeated: Vec<usize>,
}

impl<'p> Described<'p> {
    /// Looks at a page as a whole.
    pub fn new(document: &'p Document, lines: &'p [Line], stated: &'p Stated) -> Self {
        let around = Surroundings::of(document, lines);
        let mut prose_before = vec![0];
        for line in lines {
            let prose = if is_prose(line) { line.text.len().min(600) as u32 } else { 0 };
            prose_before.push(prose_before[prose_before.len() - 1] + prose);
        }
        let title = title(document, lines, stated);
        let around_all = lines.iter().flat_map(|line| path(document, line.element));
        let mut articles: Vec<NodeId> = around_all.filter(|id| document.tag_name(*id) == "article").collect();
        articles.sort_unstable();
        articles.dedup();
        let kinds = lines.iter().map(kind).collect();
        Described {
            document,
            lines,
            around,
            stated,
            kinds,
            prose_before,
            title,
            articles,
            headings: headings(lines),
            repeated: repeated(lines),
        }
    }

    /// Returns what is true of a line.
    pub fn features(&self, number: usize) -> Features {
        let mut features = Features { on: Vec::with_capacity(80) };
        let line = &self.lines[number];
        let around: Vec<NodeId> = path(self.document, line.element).collect();
        let held: Vec<Held> = around.iter().map(|element| self.around.held(*element)).collect();
        self.add_text(line, &mut features);
        add_signs(&held, &mut features);
        self.add_sums(&held, &mut features);
        self.add_core(&around, &held, &mut features);
        self.add_place(number, &mut features);
        self.add_stated(number, &mut features);
        self.add_page(&mut features);
        self.add_heading(number, &mut features);
        features.set(Group::Repeated, self.repeated[number]);
        features.set(Group::Images, line.images.min(2));
        features.set_if(Holds { group: Group::Images, which: 3, is_true: self.lines.get(number + 1).is_some_and(|next| next.images > 0) });
        features
    }

    /// Tells a link of the page's navigation: of 65 that the model would have taken on 990 pages, none was the article's.
    pub fn is_way(&self, number: usize) -> bool {
        let line = &self.lines[number];
        let navigation = signs::number("<nav>");
        line.link_bytes >= line.text.len() && path(self.document, line.element).any(|outer| self.around.held(outer).signs.has(navigation))
    }

    fn add_text(&self, line: &Line, features: &mut Features) {
        let tag = match self.document.tag_name(line.element) {
            "p" => 0,
            "li" => 1,
            "h1" => 2,
            "h2" => 3,
            "h3" => 4,
            "h4" | "h5" | "h6" => 5,
            "td" | "th" | "tr" | "table" | "tbody" => 6,
            "dd" | "dt" => 7,
            "figcaption" | "figure" | "caption" => 8,
            "blockquote" | "pre" => 9,
            "article" | "section" | "main" => 10,
            "div" => 11,
            _ => 12,
        };
        features.set(Group::Tag, tag);
        let characters = line.text.chars().count();
        let length = step(characters as f32, &[4.0, 10.0, 20.0, 30.0, 45.0, 60.0, 80.0, 120.0, 200.0, 350.0, 600.0]);
        features.set(Group::Length, length);
        let links = step(line.link_bytes as f32 / line.text.len() as f32, &[0.01, 0.2, 0.5, 0.95]);
        features.set(Group::Links, links);
        features.set(Group::LinkLength, links * 4 + step(characters as f32, &[20.0, 60.0, 150.0]));
        add_shape(line, characters, features);
        phrases::found(&line.text, &mut |phrase| features.set(Group::Phrase, phrase));
    }

    fn add_sums(&self, held: &[Held], features: &mut Features) {
        // The line's own element is a paragraph in most pages: what is around it says more.
        for level in 0..3 {
            let around = held.get(level + 1).copied().unwrap_or(self.around.page);
            let share = around.prose_bytes as f32 / self.around.page.prose_bytes.max(1) as f32;
            features.set(Group::Share, level * 6 + step(share, &[0.001, 0.05, 0.2, 0.5, 0.8]));
            let density = around.link_bytes as f32 / around.bytes.max(1) as f32;
            features.set(Group::Density, level * 5 + step(density, &[0.05, 0.2, 0.4, 0.7]));
            if level < 2 {
                let length = around.bytes as f32 / around.lines.max(1) as f32;
                features.set(Group::LineLength, level * 5 + step(length, &[20.0, 45.0, 90.0, 180.0]));
                features.set(Group::Siblings, level * 4 + step(around.lines as f32, &[2.0, 4.0, 10.0]));
            }
        }
        let alike = held.iter().skip(1).take(4).filter(|held| held.link_bytes > 0).map(|held| held.alike).max().unwrap_or(0);
        features.set(Group::Alike, step(alike as f32, &[1.0, 2.0, 4.0, 8.0]));
        features.set(Group::Alike, 5 + step(held.first().map_or(0, |held| held.alike) as f32, &[1.0, 2.0, 4.0, 8.0]));
    }

    fn add_core(&self, around: &[NodeId], held: &[Held], features: &mut Features) {
        for (number, core) in self.around.cores.iter().enumerate() {
            let Some(core) = core else {
                features.set(Group::Core, number * 5 + 4);
                continue;
            };
            let core_path: Vec<NodeId> = path(self.document, *core).collect();
            let steps = core_path.iter().position(|outer| around.contains(outer)).unwrap_or(3);
            features.set(Group::Core, number * 5 + steps.min(3));
        }
        let own = around.iter().position(|element| self.document.tag_name(*element) == "article");
        let largest = self.articles.iter().map(|article| self.around.held(*article).prose_bytes).max().unwrap_or(0);
        features.set(
            Group::Articles,
            match (self.articles.len(), own) {
                (0, _) => 0,
                (1, None) => 1,
                (1, Some(_)) => 2,
                (_, None) => 3,
                (_, Some(own)) if held[own].prose_bytes == largest => 4,
                _ => 5,
            },
        );
    }

    fn add_place(&self, number: usize, features: &mut Features) {
        let title = match self.title {
            None => 0,
            Some(title) => match number as i64 - title as i64 {
                i64::MIN..=-6 => 1,
                -5..=-2 => 2,
                -1 => 3,
                0 => 4,
                1 => 5,
                2 => 6,
                3..=4 => 7,
                5..=8 => 8,
                9..=20 => 9,
                _ => 10,
            },
        };
        features.set(Group::Title, title);
        let all = self.prose_before[self.lines.len()];
        let before = self.prose_before[number];
        let place = match before as f32 / all.max(1) as f32 {
            _ if all == 0 => 9,
            _ if before == 0 => 0,
            _ if self.prose_before[number] == all => 8,
            share => 1 + step(share, &[0.05, 0.2, 0.5, 0.8, 0.9, 0.97]),
        };
        features.set(Group::Place, place);
        for (which, away) in [-3_i64, -2, -1, 1, 2, 3].into_iter().enumerate() {
            let other = usize::try_from(number as i64 + away).ok().and_then(|other| self.kinds.get(other));
            features.set(Group::Neighbour, which * 7 + other.copied().unwrap_or(0));
        }
    }

    fn add_stated(&self, number: usize, features: &mut Features) {
        let line = &self.lines[number];
        if line.text.len() > 4000 {
            return;
        }
        let folded = folded(&line.text);
        let is_long = folded.len() >= 24;
        let stated = if self.stated.body.is_empty() || self.stated.body.len() * self.lines.len() > COMPARED_BYTES_MAX {
            0
        } else if self.stated.body.contains(&folded) {
            1 + usize::from(is_long)
        } else {
            3 + usize::from(is_long)
        };
        features.set(Group::Stated, stated);
        let is = |text: &String| is_long && (*text == folded || (folded.len() > 40 && text.starts_with(&folded)));
        features.set_if(Holds { group: Group::Stated, which: 5, is_true: self.stated.summaries.iter().any(is) });
        features.set_if(Holds { group: Group::Stated, which: 6, is_true: self.stated.titles.contains(&folded) });
        let is_part = folded.len() >= 12 && self.stated.titles.iter().any(|title| title.contains(&folded));
        features.set_if(Holds { group: Group::Stated, which: 7, is_true: is_part });
    }

    fn add_heading(&self, number: usize, features: &mut Features) {
        let Some(heading) = self.headings[number] else {
            features.set(Group::Heading, phrases::COUNT / 2 + 4);
            return;
        };
        phrases::found(&self.lines[heading].text, &mut |phrase| features.set(Group::Heading, phrase / 2));
        features.set(Group::Heading, phrases::COUNT / 2 + step((number - heading) as f32, &[2.0, 5.0, 12.0]));
    }

    fn add_page(&self, features: &mut Features) {
        let page = self.around.page;
        features.set(Group::Page, step(page.prose_bytes as f32, &[400.0, 1000.0, 2500.0, 6000.0, 15000.0]));
        features.set(Group::Page, 6 + step(page.link_bytes as f32 / page.bytes.max(1) as f32, &[0.1, 0.2, 0.3, 0.45, 0.6]));
    }
}

/// Returns the line that shows the article's title.
fn title(document: &Document, lines: &[Line], stated: &Stated) -> Option<usize> {
    let is_title = |line: &Line| line.text.len() < 400 && stated.titles.iter().any(|title| *title == folded(&line.text));
    let is_first = |line: &Line| line.is_heading && document.tag_name(line.element) == "h1";
    let stated = lines.iter().position(|line| line.is_heading && is_title(line));
    stated.or_else(|| lines.iter().position(is_first)).or_else(|| lines.iter().position(is_title))
}

/// Returns for each line the heading before it, or what stands for one: a line in bold, a line that ends in a colon.
fn headings(lines: &[Line]) -> Vec<Option<usize>> {
    let is_heading = |line: &Line| {
        let length = line.text.len();
        line.is_heading || (line.strong_bytes == length && length < 80) || (line.text.ends_with(':') && length < 60)
    };
    let mut last = None;
    let next = |(number, line): (usize, &Line)| {
        let before = last;
        last = if is_heading(line) { Some(number) } else { last };
        before
    };
    lines.iter().enumerate().map(next).collect()
}

/// Tells for each line whether its text stands on the page once, 0, for the first time of several, 1, or once more, 2.
fn repeated<'l>(lines: &'l [Line]) -> Vec<usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    lines.iter().for_each(|line| *counts.entry(line.text.as_str()).or_default() += 1);
    let mut seen: HashSet<&str> = HashSet::new();
    let of = |line: &'l Line| match counts.get(line.text.as_str()) {
        Some(1) | None => 0,
        _ if seen.insert(line.text.as_str()) => 1,
        _ => 2,
    };
    lines.iter().map(of).collect()
}

fn add_signs(held: &[Held], features: &mut Features) {
    let gathered = |range: Range<usize>| {
        let range = range.start.min(held.len())..range.end.min(held.len());
        held[range].iter().fold(Signs::default(), |signs, held| signs.and(held.signs))
    };
    for (group, range) in [(Group::NearSign, 0..2), (Group::MiddleSign, 2..5), (Group::FarSign, 5..usize::MAX)] {
        let signs = gathered(range);
        (0..signs::COUNT).filter(|sign| signs.has(*sign)).for_each(|sign| features.set(group, sign));
    }
}

fn add_shape(line: &Line, characters: usize, features: &mut Features) {
    let text = line.text.as_str();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let figures = text.bytes().filter(u8::is_ascii_digit).count();
    let commas = text.matches([',', '，', '、']).count();
    let stops = text.matches(['.', '!', '?', '。']).count();
    let last = text.chars().next_back().unwrap_or(' ');
    let first = text.chars().next().unwrap_or(' ');
    let strong = line.strong_bytes as f32 / text.len() as f32;
    let truths = [
        matches!(last, '.' | '!' | '?' | '。' | '！' | '？'),
        matches!(last, '"' | '”' | '“' | '»' | '«' | '’' | ')'),
        last == ':',
        text.ends_with("...") || text.ends_with('…') || text.ends_with("[…]"),
        first.is_lowercase(),
        first.is_ascii_digit(),
        first.is_uppercase(),
        !first.is_alphanumeric(),
        figures * 4 > characters,
        capitals * 2 > letters && letters > 3,
        letters * 2 < characters,
        commas == 0,
        commas > 2,
        stops > 2,
        text.contains(['|', '»', '›', '•', '→', '▶', '·']),
        text.contains("http") || text.contains("www.") || text.contains('@'),
        strong > 0.9,
        strong > 0.05 && strong <= 0.9,
    ];
    for (which, is_true) in truths.into_iter().enumerate() {
        features.set_if(Holds { group: Group::Shape, which, is_true });
    }
    let start = &text[..text.floor_char_boundary(40)];
    let label = match start.find(": ") {
        Some(at) if line.link_bytes + at + 6 > text.len() && line.link_bytes > 0 => 0,
        Some(_) if line.link_bytes * 2 > text.len() => 1,
        Some(at) if at < 16 => 2,
        Some(_) => 3,
        None => 4,
    };
    features.set(Group::Label, label);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (mut all, mut common) = (0, 0);
    for word in words.take(60) {
        all += 1;
        common += usize::from(phrases::is_common(word));
    }
    features.set(Group::StopWords, if all == 0 { 0 } else { 1 + step(common as f32 / all as f32, &[0.01, 0.15, 0.25, 0.4]) });
}

/// Returns the kind of a line as its neighbours see it, from 1: label, headline, short sentence, prose, list of links, heading.
fn kind(line: &Line) -> usize {
    if line.is_heading {
        6
    } else if is_prose(line) {
        4
    } else if line.link_bytes * 2 > line.text.len() {
        5
    } else if line.text.ends_with(['.', '!', '?', '…', '"', '“', '”', ':', '。']) {
        3
    } else if line.text.len() < 30 {
        1
    } else {
        2
    }
}
