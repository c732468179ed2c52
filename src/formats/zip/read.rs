//! The steps of reading an archive: member by member, each by the rules of its own format.

use std::io::{self, Read};

use crate::formats::expansion::{Expanded, over_cause};
use crate::formats::format::may_be_read;
use crate::formats::inflate::{self, Checksum, Deflate};
use crate::formats::input::{Input, Nest, unreadable};
use crate::formats::members::{About, Around, Members, pass_over};
use crate::formats::reader::Sink;
use crate::formats::zip::header::{self, Header, Next, Stated};

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const BY_ZSTD: u16 = 93;

/// Reads an archive. Members that are no articles by their names are passed over; of those that are encrypted, compressed by
/// a method that is not read, or damaged, each has its warning.
pub fn read(input: &mut Input<'_>, around: &Around<'_>, sink: &mut Sink<'_>) {
    let nest = input.nest();
    let mut members = Members::new(nest.clone(), *around, sink);
    loop {
        match header::next(input) {
            Ok(Next::Member(header, gap)) => {
                if gap > 0 {
                    members.warn(None, &format!("what stands between two members is lost: {gap} bytes"));
                }
                if let Err(cause) = read_member(input, &nest, &header, &mut members) {
                    members.warn(Some(&header.name), &cause);
                }
            }
            Ok(Next::List) => break,
            Ok(Next::End) => {
                members.warn(None, "ends too early: it was cut off, and what came before is read");
                break;
            }
            Err(error) => {
                members.warn(None, &unreadable(&error));
                break;
            }
        }
        if members.is_over() {
            members.warn(None, &format!("the rest is not read: {}", over_cause()));
            break;
        }
    }
    members.finish();
}

/// Reads a member and goes behind it. An error is about what is wrong with this member.
fn read_member(input: &mut Input<'_>, nest: &Nest<'_>, header: &Header, members: &mut Members<'_, '_>) -> Result<(), String> {
    let is_wanted = is_wanted(&header.name);
    let Some(stated) = header.stated else {
        return read_unmeasured(input, nest, header, members);
    };
    let mut bytes = (&mut *input).take(stated.compressed_bytes);
    let outcome = match refusal(header) {
        _ if !is_wanted => Ok(()),
        Some(cause) => Err(cause),
        None => {
            let about = about(header);
            let check = |read| Checked { read, crc: Checksum::new(), stated: Some(stated), is_done: false };
            match header.method {
                STORED => members.read(about, &mut check(Box::new(&mut bytes) as Box<dyn Read>)),
                DEFLATED => members.read(about, &mut check(Box::new(Expanded::new(Deflate::new(&mut bytes), nest.gauge())))),
                _ => members.read(about, &mut check(Box::new(Expanded::new(inflate::zstd(&mut bytes), nest.gauge())))),
            };
            Ok(())
        }
    };
    pass_over(&mut bytes).map_err(|error| unreadable(&error))?;
    outcome
}

/// Reads a member whose length stands behind its bytes: they themselves tell where they end.
fn read_unmeasured(input: &mut Input<'_>, nest: &Nest<'_>, header: &Header, members: &mut Members<'_, '_>) -> Result<(), String> {
    if header.name.ends_with('/') && header.method == STORED {
        return Ok(());
    }
    if let Some(cause) = refusal(header) {
        return Err(cause);
    }
    if header.method != DEFLATED {
        return Err("stands in the archive without its length (pack it again)".to_owned());
    }
    let deflate = Deflate::new(&mut *input);
    let mut bytes = Checked { read: Expanded::new(deflate, nest.gauge()), crc: Checksum::new(), stated: None, is_done: false };
    if is_wanted(&header.name) {
        members.read(about(header), &mut bytes);
    }
    match pass_over(&mut bytes) {
        Ok(_) => {}
        // It was told when the member was read.
        Err(_) if is_wanted(&header.name) => return Ok(()),
        Err(error) => return Err(unreadable(&error)),
    }
    let (found, expanded_bytes) = (bytes.crc.sum(), bytes.read.decoder().expanded_bytes());
    let Ok(stated) = header::descriptor(input, expanded_bytes) else { return Err("ends too early: it was cut off".to_owned()) };
    if stated == found { Ok(()) } else { Err(WRONG_CHECKSUM.to_owned()) }
}

const WRONG_CHECKSUM: &str = "is damaged: its checksum does not match";

fn about(header: &Header) -> About {
    About { label: Some(header.name.clone()), name: header.name.clone(), ..About::default() }
}

/// Tells members that may hold articles from folders, pictures, and what one system keeps for itself.
fn is_wanted(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    !file.is_empty() && !file.starts_with("._") && !name.starts_with("__MACOSX/") && may_be_read(name) != Some(false)
}

/// Tells why a member cannot be read.
fn refusal(header: &Header) -> Option<String> {
    if header.is_encrypted {
        return Some("is encrypted (unpack it with its password)".to_owned());
    }
    let name = match header.method {
        STORED | DEFLATED | BY_ZSTD => return None,
        9 => "deflate64",
        12 => "bzip2",
        14 => "lzma",
        95 => "xz",
        98 => "ppmd",
        method => return Some(format!("is compressed by method {method}, which is not read (pack it again)")),
    };
    Some(format!("is compressed by {name}, which is not read (pack it again)"))
}

/// Reads a member's bytes, and fails at their end if they are not what the archive states.
struct Checked<R> {
    read: R,
    crc: Checksum,
    stated: Option<Stated>,
    is_done: bool,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_done {
            return Ok(0);
        }
        let count = self.read.read(buffer)?;
        self.crc.update(&buffer[..count]);
        let Some(stated) = self.stated.filter(|_| count == 0 && !buffer.is_empty()) else { return Ok(count) };
        self.is_done = true;
        if u64::from(self.crc.amount()) < stated.expanded_bytes & u64::from(u32::MAX) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if self.crc.sum() != stated.checksum {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum does not match"));
        }
        Ok(0)
    }
}
