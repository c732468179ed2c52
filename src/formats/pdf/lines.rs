//! Letters with their places in, in the order in which a page draws them; lines of text out, in the same order.
//!
//! Programs write a page in the order of reading far more often than not, columns included, so that the order is kept. What is
//! worked out are the words: a PDF need not hold blanks, and where it has none a gap stands for one.

use crate::formats::pdf::content::PdfLine;

/// A letter, or several drawn as one, on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedText<'t> {
    /// What it stands for.
    pub text: &'t str,
    /// Where it starts, in points from the left.
    pub left: f32,
    /// Where it ends.
    pub right: f32,
    /// The line that it stands on, in points from the top.
    pub baseline: f32,
    /// The size of its font.
    pub size: f32,
}

/// A gap of so many sizes of the font parts words: blanks are 0.2 to 0.35 wide, letters are moved by less than 0.1.
const WORD_GAP: f32 = 0.15;

/// A gap of so many sizes parts columns; blanks of justified lines are narrower.
const COLUMN_GAP: f32 = 2.5;

/// A letter is on the line before it if it stands no farther above or below than so many sizes: raised figures are on the line.
const LINE_SHIFT: f32 = 0.45;

/// A letter may start so many sizes before the last one ended: accents and kerning move it back.
const BACK_SHIFT: f32 = 0.35;

/// The same letter within so many sizes is drawn twice to look bold.
const DOUBLE_SHIFT: f32 = 0.12;

/// Puts letters together to lines.
#[derive(Debug, Default)]
pub struct LineBuilder {
    lines: Vec<PdfLine>,
    line: PdfLine,
    last: Option<(String, f32)>,
}

impl LineBuilder {
    /// Adds the next letter.
    pub fn push(&mut self, placed: PlacedText<'_>) {
        if !self.line.text.is_empty() {
            let size = self.line.size.max(placed.size);
            let gap = placed.left - self.line.right;
            if self.is_drawn_twice(&placed) {
                return;
            }
            let is_beside = (placed.baseline - self.line.baseline).abs() <= LINE_SHIFT * size;
            if !is_beside || gap > COLUMN_GAP * size || gap < -BACK_SHIFT * size {
                self.finish();
            } else if gap > WORD_GAP * size && !self.line.text.ends_with(' ') && !placed.text.starts_with(' ') {
                self.line.text.push(' ');
            }
        }
        if self.line.text.is_empty() {
            if placed.text.trim().is_empty() {
                return;
            }
            let PlacedText { left, right, baseline, size, .. } = placed;
            self.line = PdfLine { text: String::new(), left, right, baseline, size };
        }
        push_plain(placed.text, &mut self.line.text);
        self.line.right = self.line.right.max(placed.right);
        if placed.size > self.line.size {
            // A line may begin with a raised figure: the larger letters are the line's.
            self.line.size = placed.size;
            self.line.baseline = placed.baseline;
        }
        self.last = Some((placed.text.to_owned(), placed.left));
    }

    /// Returns the lines.
    pub fn into_lines(mut self) -> Vec<PdfLine> {
        self.finish();
        self.lines
    }

    fn is_drawn_twice(&self, placed: &PlacedText<'_>) -> bool {
        let shift = DOUBLE_SHIFT * placed.size;
        let is_same = |(text, left): &(String, f32)| text == placed.text && (left - placed.left).abs() < shift;
        self.last.as_ref().is_some_and(is_same) && (self.line.baseline - placed.baseline).abs() < shift
    }

    fn finish(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        if !line.text.is_empty() {
            self.lines.push(line);
        }
        self.last = None;
    }
}

/// Appends text with joined letters as the letters that they stand for.
fn push_plain(text: &str, line: &mut String) {
    for c in text.chars() {
        match c {
            'ﬀ' => line.push_str("ff"),
            'ﬁ' => line.push_str("fi"),
            'ﬂ' => line.push_str("fl"),
            'ﬃ' => line.push_str("ffi"),
            'ﬄ' => line.push_str("ffl"),
            'ﬅ' | 'ﬆ' => line.push_str("st"),
            '\0' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws words of letters of size 10, each letter five wide, at these places.
    fn check(words: &[(&str, f32, f32)], expected: &[&str]) {
        let mut builder = LineBuilder::default();
        for (word, left, baseline) in words {
            let mut at = *left;
            for c in word.chars() {
                let text = c.to_string();
                builder.push(PlacedText { text: &text, left: at, right: at + 5.0, baseline: *baseline, size: 10.0 });
                at += 5.0;
            }
        }
        let lines = builder.into_lines();
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expected, "{words:?}");
    }

    #[test]
    fn gaps_part_words_and_columns() {
        check(&[("The", 0.0, 10.0), ("ferry", 18.0, 10.0), ("runs", 0.0, 22.0)], &["The ferry", "runs"]);
        check(&[("The ", 0.0, 10.0), ("ferry", 20.0, 10.0)], &["The ferry"]);
        check(&[("fer", 0.0, 10.0), ("ry", 15.5, 10.0)], &["ferry"]);
        check(&[("left", 0.0, 10.0), ("right", 90.0, 10.0)], &["left", "right"]);
        check(&[("note", 0.0, 10.0), ("1", 20.0, 7.0)], &["note1"]);
        check(&[("one", 0.0, 10.0), ("two", 0.0, 10.0)], &["one", "two"]);
        check(&[("b", 0.0, 10.0), ("b", 0.4, 10.0), ("u", 5.0, 10.0)], &["bu"]);
        check(&[("  ", 0.0, 10.0)], &[]);
        check(&[("ﬁsh", 0.0, 10.0)], &["fish"]);
    }
}
