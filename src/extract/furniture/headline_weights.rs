//! The weights of the headline model, fitted by logistic regression.
//!
//! Fitted on the lines around the articles of 845 dumps of saved web pages whose titles are known and stand on a line, and on 900 plain articles in
//! English, Tamil and Sinhala that begin with theirs, which count a tenth. With the weights fitted on either half of the pages and measured on
//! the other, .601 of the titles are found, where nine in ten stand on a line at all; points set by hand found .562 on all of them.

/// Added to the points of every line.
pub const BIAS: f32 = -2.35;

/// One weight a feature, in the order in which `headline::Page::features` numbers them.
#[rustfmt::skip]
pub const WEIGHTS: [f32; 124] = [
    -0.99, // to 1 words
    -0.42, // to 2 words
    -0.10, // to 3 words
    0.55, // to 4 words
    0.21, // to 5 words
    0.31, // to 7 words
    0.53, // to 10 words
    0.15, // to 14 words
    -0.07, // to 18 words
    -0.63, // to 23 words
    -0.83, // more words
    -1.85, // 31 or more lines above the run
    -1.20, // 21 or more lines above the run
    -0.84, // 13 or more lines above the run
    -0.25, // 9 or more lines above the run
    0.17, // 6 or more lines above the run
    0.33, // 4 or more lines above the run
    0.50, // 3 or more lines above the run
    0.96, // 2 or more lines above the run
    1.15, // 1 or more lines above the run
    1.14, // first line of the run
    0.72, // 1 lines inside
    0.14, // 2 lines inside
    -0.52, // 3-4 lines inside
    -0.68, // 5-8 lines inside
    -0.79, // 9-15 lines inside
    -0.28, // farther inside
    1.04, // a date or byline in the 3 lines below
    -0.03, // next line: none
    -0.49, // next line: label
    -0.55, // next line: headline
    -0.59, // next line: short sentence
    0.36, // next line: text
    0.16, // second below: none
    -0.24, // second below: label
    -0.52, // second below: headline
    -0.36, // second below: short sentence
    -0.33, // second below: text
    0.22, // third below: none
    -0.27, // third below: label
    -0.60, // third below: headline
    -0.26, // third below: short sentence
    -0.38, // third below: text
    0.77, // next line has a date
    0.93, // next line is a byline
    -0.43, // next line has a sense
    0.23, // second below has a date
    0.92, // second below is a byline
    0.29, // second below has a sense
    0.90, // line above: none
    0.09, // line above: label
    -0.65, // line above: headline
    -0.45, // line above: short sentence
    -1.19, // line above: text
    -0.25, // second above: none
    0.03, // second above: label
    -0.63, // second above: headline
    -0.53, // second above: short sentence
    0.09, // second above: text
    0.65, // line above has a date
    0.25, // line above has a sense
    0.19, // line above is furniture by itself
    -0.26, // second above has a date
    0.53, // second above has a sense
    -0.09, // second above is furniture by itself
    -0.95, // has a sense, to 5 words
    -0.77, // has a sense, more words
    -0.53, // has a date
    -0.62, // has separators
    -0.80, // ends with a colon
    -0.46, // ends cut off
    -0.30, // ends with an arrow
    -0.60, // ends as a sentence
    -0.14, // has a comma
    0.06, // has a colon
    -0.67, // has an inner stop
    0.67, // all capitals
    0.05, // has digits
    0.13, // capital words: to 2 tenths
    0.29, // capital words: to 4 tenths
    -0.05, // capital words: to 6 tenths
    -0.01, // capital words: to 8 tenths
    -0.24, // capital words: more
    0.07, // begins with a bullet
    -0.92, // begins small
    1.03, // comes twice
    1.58, // comes more often
    0.15, // came above
    1.25, // a piece of another line
    -1.06, // no word of the lede
    -0.31, // to 20 % of its words in the lede
    0.04, // to 40 % of its words in the lede
    -0.05, // to 60 % of its words in the lede
    0.29, // to 80 % of its words in the lede
    0.54, // more of its words in the lede
    0.68, // no shared word of 3 or more
    0.32, // 1 shared words
    0.54, // 2 shared words
    0.60, // 3-4 shared words
    0.53, // more shared words
    -0.74, // no words that carry meaning
    0.00, // itself: none
    -0.62, // itself: label
    0.07, // itself: headline
    -0.02, // itself: short sentence
    -0.72, // itself: text
    0.56, // 0 text lines of the run above
    0.37, // 1 text lines of the run above
    0.13, // 2 text lines of the run above
    -0.54, // 3 text lines of the run above
    -0.10, // 4 text lines of the run above
    -0.35, // 5 text lines of the run above
    -1.36, // more text lines of the run above
    0.74, // the longest near the text
    0.90, // first line of the page
    0.06, // in the first 3 lines
    -0.83, // has words of the site
    -0.03, // has words to the reader
    -1.01, // no word in the text
    -0.85, // to 30 % of its words in the text
    -0.17, // to 50 % of its words in the text
    0.38, // to 70 % of its words in the text
    0.67, // to 90 % of its words in the text
    0.45, // more of its words in the text
];
