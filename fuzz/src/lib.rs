//! What the targets of `cargo fuzz` share: the checks themselves, which are also run as ordinary tests, and what becomes of panics.

#[path = "../../tests/it/fuzzed/mod.rs"]
pub mod fuzzed;
#[allow(dead_code)]
#[path = "../../tests/it/packing.rs"]
mod packing;

/// Lets panics unwind to whoever catches them; else the first one ends the process. One that nobody catches ends it still.
pub fn let_panics_be_caught() {
    let ends_the_process = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_ours = panic.location().is_some_and(|place| place.file().contains("fuzzed/") || place.file().contains("src/formats/"));
        if is_ours && !panic.location().is_some_and(|place| place.file().contains(".cargo/registry")) {
            ends_the_process(panic);
        }
    }));
}
