//! Numbers as texts write them: `11,000` and `11 thousand`, `1,200,000` and `1.2 million`.
//!
//! Left out on purpose: numbers in words, and `m` and `k`, which are metres and streets as often as millions and thousands.

use crate::text;

/// A number, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number(u64);

/// A word that multiplies the number before it, and the signs that stand for it; those are also written without a blank.
struct Magnitude {
    name: &'static str,
    signs: &'static [&'static str],
    factor: u64,
    /// How many decimals of it people write: nobody writes `1.25 thousand`.
    decimals: u32,
}

const MAGNITUDES: [Magnitude; 4] = [
    Magnitude { name: "trillion", signs: &["tn", "trn"], factor: 1_000_000_000_000, decimals: 2 },
    Magnitude { name: "billion", signs: &["bn"], factor: 1_000_000_000, decimals: 2 },
    Magnitude { name: "million", signs: &["mn"], factor: 1_000_000, decimals: 2 },
    Magnitude { name: "thousand", signs: &[], factor: 1000, decimals: 0 },
];

/// The longest run of digits that is a number here: a quadrillion.
const DIGITS_MAX: usize = 15;

/// A number begins with another digit than zero, or is a fraction.
fn plain(folded: &str) -> Option<Number> {
    let (whole, decimals) = folded.split_once('.').unwrap_or((folded, ""));
    let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = !whole.is_empty() && whole.len() <= DIGITS_MAX && decimals.len() <= 3 && is_digits(whole) && is_digits(decimals);
    if !is_number || (whole.starts_with('0') && whole != "0") || folded.ends_with('.') {
        return None;
    }
    let thousandths: u64 = format!("{decimals:0<3}").parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(thousandths).map(Number)
}

impl Number {
    /// Reads a word: `11,000`, `1.2`, `1.2bn`.
    pub fn read(word: &str) -> Option<Self> {
        let folded = text::folded(word);
        plain(&folded).or_else(|| {
            let signs = MAGNITUDES.iter().flat_map(|magnitude| magnitude.signs.iter().map(move |sign| (sign, magnitude.factor)));
            signs.into_iter().find_map(|(sign, factor)| plain(folded.strip_suffix(*sign)?)?.times(factor))
        })
    }

    /// Reads two words: `11 thousand`, `1.2 bn`.
    pub fn read_two(word: &str, next: &str) -> Option<Self> {
        let next = text::folded(next);
        let is_named = |magnitude: &&Magnitude| {
            magnitude.name == next || next.strip_suffix('s') == Some(magnitude.name) || magnitude.signs.contains(&next.as_str())
        };
        let factor = MAGNITUDES.iter().find(is_named)?.factor;
        plain(&text::folded(word))?.times(factor)
    }

    fn times(self, factor: u64) -> Option<Self> {
        self.0.checked_mul(factor).map(Number)
    }

    /// Returns the ways to write the number, each as its words; none for one that is written in one way only.
    pub fn forms(self) -> Vec<Vec<String>> {
        let mut forms = Vec::new();
        for magnitude in &MAGNITUDES {
            let Some(text) = self.mantissa(magnitude) else { continue };
            forms.push(vec![text.clone(), magnitude.name.to_owned()]);
            for sign in magnitude.signs {
                forms.push(vec![format!("{text}{sign}")]);
                forms.push(vec![text.clone(), (*sign).to_owned()]);
            }
        }
        if !forms.is_empty() && self.0.is_multiple_of(1000) {
            forms.insert(0, vec![(self.0 / 1000).to_string()]);
        }
        forms
    }

    /// Returns what stands before the name of a magnitude, if people would write that: from 1 to below 1000, with few decimals.
    fn mantissa(self, magnitude: &Magnitude) -> Option<String> {
        let hundredths = self.0.checked_mul(100)?.checked_div(magnitude.factor.checked_mul(1000)?)?;
        let is_exact = hundredths.checked_mul(magnitude.factor.checked_mul(10)?)? == self.0;
        if !is_exact || !(100..100_000).contains(&hundredths) {
            return None;
        }
        let (whole, part) = (hundredths / 100, hundredths % 100);
        match part {
            0 => Some(whole.to_string()),
            _ if magnitude.decimals == 0 => None,
            part if part % 10 == 0 => Some(format!("{whole}.{}", part / 10)),
            part => Some(format!("{whole}.{part:02}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], expected: &[&str]) {
        let number = match words {
            [word] => Number::read(word),
            words => Number::read_two(words[0], words[1]),
        };
        let forms: Vec<String> = number.map_or(Vec::new(), Number::forms).iter().map(|form| form.join(" ")).collect();
        assert_eq!(forms, expected, "{words:?}");
    }

    #[test]
    fn numbers_have_forms() {
        check(&["11,000"], &["11000", "11 thousand"]);
        check(&["11", "thousand"], &["11000", "11 thousand"]);
        check(&["1200000"], &["1200000", "1.2 million", "1.2mn", "1.2 mn"]);
        check(&["1.25", "millions"], &["1250000", "1.25 million", "1.25mn", "1.25 mn"]);
        check(&["3bn"], &["3000000000", "3 billion", "3bn", "3 bn"]);
        check(&["2024"], &[]);
        check(&["1500"], &[]);
        check(&["007"], &[]);
        check(&["11", "dogs"], &[]);
        check(&["999999999999999", "trillion"], &[]);
        check(&["1."], &[]);
        check(&["b"], &[]);
    }
}
