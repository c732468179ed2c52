//! Words as the index knows them: cut, stemmed in the language of their article, marked with it.

pub mod bounds;
pub mod language;
pub mod terms;
pub mod tokens;
