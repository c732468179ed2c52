//! The library that reads PDFs may fail: it works in a process of its own. A panic in our own code is a finding.
#![no_main]

libfuzzer_sys::fuzz_target!(init: dateline_fuzz::let_panics_be_caught(), |bytes: &[u8]| dateline_fuzz::fuzzed::pdfs::whole(bytes));
