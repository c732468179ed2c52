//! A zip archive in; the documents of its members out, in the order of the archive.
//!
//! An archive is read as a stream, by the headers before its members, and not by the list at its end. So it is never held whole, however
//! large; one that was cut off gives what it holds; each byte is read once, whatever the list says, so that members cannot overlap. What
//! is lost: members stored without their length, which no usual program writes to a file. The names of members are labels; nothing
//! is ever written under them.

mod header;
mod read;

pub use read::read;
