//! The weights of the line model, fitted by logistic regression.
//!
//! Fitted on the dumps of one half of 990 saved web pages, half of them German, chosen by the hash of their names, against the segments that the body
//! must and must not contain; lines between two such segments count a twentieth, and so do lines well outside. The ridge is 1.

/// Added to every score: the model's own and 1.0 more, which trades some precision for recall, so that text is kept when in doubt.
pub const BIAS: f32 = 0.08;

/// One weight a feature, in the order in which `score::features` numbers them.
#[rustfmt::skip]
pub const WEIGHTS: [f32; 84] = [
    0.36, // sentence of 1-3 words
    -0.56, // sentence of 4-7 words
    0.16, // sentence of 8-14 words
    0.57, // sentence of 15-30 words
    1.08, // sentence of more
    -0.73, // 1 word
    -0.39, // 2-3 words
    -0.63, // 4-6 words
    -0.35, // 7-10 words
    -0.10, // 11-15 words
    -0.25, // 16-25 words
    0.85, // more words without a stop
    -0.61, // line before: none
    -0.33, // line before: label
    0.04, // line before: headline
    0.51, // line before: short sentence
    0.38, // line before: text
    -0.55, // line after: none
    -0.29, // line after: label
    -0.09, // line after: headline
    0.61, // line after: short sentence
    0.32, // line after: text
    -1.50, // second before: none
    0.17, // second before: label
    0.27, // second before: headline
    0.58, // second before: short sentence
    0.47, // second before: text
    -0.61, // second after: none
    -0.22, // second after: label
    -0.18, // second after: headline
    1.06, // second after: short sentence
    -0.04, // second after: text
    -0.40, // no text lines among the eight around
    -0.21, // 1 text lines among the eight around
    0.05, // 2 text lines among the eight around
    0.28, // 3 text lines among the eight around
    0.27, // 4 text lines among the eight around
    0.14, // 5 text lines among the eight around
    -0.13, // 6 to 8 text lines among the eight around
    0.52, // place: before all text
    0.36, // place: first 5 %
    1.17, // place: to 25 %
    1.07, // place: to 60 %
    0.39, // place: to 85 %
    -0.86, // place: to 95 %
    -1.13, // place: to the end
    -1.54, // place: after all text
    -2.77, // sense: navigation
    -0.30, // sense: share
    -0.75, // sense: comments
    -1.07, // sense: more
    -1.28, // sense: tags
    -0.68, // sense: rights
    -0.60, // sense: credit
    -1.68, // sense: appeal
    -0.43, // sense: consent
    -1.27, // sense: advertisement
    -0.58, // sense: count
    0.00, // sense: unused
    -1.35, // after the head of comments
    -1.47, // after the head of a list of other articles
    -0.42, // has separators
    -0.98, // has a date
    -0.74, // date only
    0.31, // ends with a colon
    -0.58, // ends cut off
    -0.34, // ends with an arrow
    0.04, // begins with a bullet
    0.75, // begins small
    1.56, // a quarter digits
    -0.12, // most words capital
    0.50, // few words capital
    0.46, // has a comma
    0.26, // has an inner stop
    -0.46, // ends with ! or ?
    -0.21, // well after the head of comments
    0.59, // 100 words or more
    -0.27, // 8 text lines in the 12 above
    -0.13, // 8 text lines in the 12 below
    -0.08, // no text in the 24 around
    0.28, // has an address
    -1.09, // has the sign of copyright
    0.75, // begins with a quote or dash
    0.00, // is a heading
];
