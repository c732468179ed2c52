//! A panic over a damaged file is caught where an index is opened; only one that comes out of the library is a finding.
#![no_main]

libfuzzer_sys::fuzz_target!(init: dateline_fuzz::let_panics_be_caught(), |bytes: &[u8]| dateline_fuzz::fuzzed::index::index(bytes));
