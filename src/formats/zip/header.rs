//! The header before a member of a zip archive: bytes in, what it says of the member out. The format is that of PKWARE's APPNOTE.

use std::io::{self, BufRead};

use crate::formats::reader::clean_line;

/// A member's header begins so.
const MEMBER: [u8; 4] = *b"PK\x03\x04";

/// What may follow the last member: the list of members, its end, or their 64-bit and signed forms.
const AFTER_MEMBERS: [[u8; 4]; 4] = [*b"PK\x01\x02", *b"PK\x05\x06", *b"PK\x06\x06", *b"PK\x05\x05"];

/// Follows the bytes of a member whose length was not known before; also opens an archive in several volumes.
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

/// Bytes between two members up to which nothing is said: what a program left out of a descriptor.
const GAP_BYTES: u64 = 24;

/// What a header says of its member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// How it is compressed: 0 not at all, 8 by deflate, 93 by zstd.
    pub method: u16,
    /// Tells that it is encrypted.
    pub is_encrypted: bool,
    /// Its checksum and lengths; `None` where they stand behind its bytes.
    pub stated: Option<Stated>,
}

/// What is stated of a member's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    /// The CRC-32 of the bytes.
    pub checksum: u32,
    /// How many bytes the archive holds of it.
    pub compressed_bytes: u64,
    /// How many bytes they give.
    pub expanded_bytes: u64,
}

/// What comes next in an archive.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// A member, and how many bytes before its header belong to nothing.
    Member(Header, u64),
    /// The end of the members.
    List,
    /// The end of the file.
    End,
}

/// Goes on to the next member's header.
///
/// # Errors
///
/// When the archive cannot be read, or ends inside of a header.
pub fn next(input: &mut dyn BufRead) -> io::Result<Next> {
    let mut passed = 0_u64;
    let mut window = [0; 4];
    let mut filled = 0;
    loop {
        if filled < 4 {
            let Some(byte) = next_byte(input)? else { return Ok(Next::End) };
            window[filled] = byte;
            filled += 1;
            continue;
        }
        if window == MEMBER {
            let gap = if passed <= GAP_BYTES { 0 } else { passed };
            return Ok(Next::Member(fields(input)?, gap));
        }
        if AFTER_MEMBERS.contains(&window) {
            return Ok(Next::List);
        }
        if window == DESCRIPTOR {
            filled = 0;
            passed += 4;
            continue;
        }
        window.rotate_left(1);
        filled = 3;
        passed += 1;
        if window[0] != b'P' {
            passed += skip_to_mark(input, &mut window, &mut filled)?;
        }
    }
}

/// Passes over bytes up to the next that may open a header, where none of those in the window does.
fn skip_to_mark(input: &mut dyn BufRead, window: &mut [u8; 4], filled: &mut usize) -> io::Result<u64> {
    if window[1] == b'P' || window[2] == b'P' {
        return Ok(0);
    }
    let mut passed = 3;
    *filled = 0;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(passed);
        }
        let found = memchr::memchr(b'P', buffer);
        let used = found.unwrap_or(buffer.len());
        input.consume(used);
        passed += used as u64;
        if found.is_some() {
            return Ok(passed);
        }
    }
}

fn next_byte(input: &mut dyn BufRead) -> io::Result<Option<u8>> {
    let first = input.fill_buf()?.first().copied();
    if first.is_some() {
        input.consume(1);
    }
    Ok(first)
}

/// Reads what stands behind the four bytes that open a header.
fn fields(input: &mut dyn BufRead) -> io::Result<Header> {
    let mut fixed = [0; 26];
    input.read_exact(&mut fixed)?;
    let half = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let whole = |at: usize| u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]]);
    let mut name = vec![0; usize::from(half(22))];
    input.read_exact(&mut name)?;
    let mut extra = vec![0; usize::from(half(24))];
    input.read_exact(&mut extra)?;
    let (flags, checksum, compressed, expanded) = (half(2), whole(10), whole(14), whole(18));
    let (expanded_bytes, compressed_bytes) = long_lengths(&extra, expanded, compressed);
    let stated = Stated { checksum, compressed_bytes, expanded_bytes };
    // Bit 3: the lengths stand behind the bytes; some programs state them here all the same.
    let is_stated = flags & 8 == 0 || compressed_bytes > 0;
    Ok(Header {
        name: clean_line(&String::from_utf8_lossy(&name)),
        method: half(4),
        is_encrypted: flags & 1 == 1,
        stated: is_stated.then_some(stated),
    })
}

/// Returns the lengths, which stand in an extra field of number 1 where 32 bits do not hold them.
fn long_lengths(extra: &[u8], expanded: u32, compressed: u32) -> (u64, u64) {
    let mut rest = extra;
    let mut long: &[u8] = &[];
    while let [a, b, c, d, tail @ ..] = rest {
        let length = usize::from(u16::from_le_bytes([*c, *d])).min(tail.len());
        if u16::from_le_bytes([*a, *b]) == 1 {
            long = &tail[..length];
        }
        rest = &tail[length..];
    }
    let mut take = |short: u32| match (short, long.split_first_chunk::<8>()) {
        (u32::MAX, Some((first, tail))) => {
            long = tail;
            u64::from_le_bytes(*first)
        }
        (short, _) => u64::from(short),
    };
    (take(expanded), take(compressed))
}

/// Reads what stands behind the bytes of a member whose lengths were not known before, given what its bytes came to.
///
/// # Errors
///
/// When it cannot be read.
pub fn descriptor(input: &mut dyn BufRead, expanded_bytes: u64) -> io::Result<u32> {
    let mut four = [0; 4];
    input.read_exact(&mut four)?;
    if four == DESCRIPTOR {
        input.read_exact(&mut four)?;
    }
    let checksum = u32::from_le_bytes(four);
    let mut lengths = [0; 8];
    input.read_exact(&mut lengths)?;
    let second = u32::from_le_bytes([lengths[4], lengths[5], lengths[6], lengths[7]]);
    // Two lengths of 32 bits, or the first of two of 64: the upper half of that is another number than the second length.
    if u64::from(second) != expanded_bytes & u64::from(u32::MAX) {
        input.read_exact(&mut lengths)?;
    }
    Ok(checksum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_their_members() {
        let mut bytes = b"noise PK\x07\x08PK\x03\x04".to_vec();
        bytes.extend(b"\x2d\0\x01\0\x08\0\0\0\0\0\x07\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x05\0\x14\0a.txt");
        bytes.extend(b"\x01\0\x10\0\x02\0\0\0\x01\0\0\0\x03\0\0\0\x01\0\0\0rest");
        let mut input = bytes.as_slice();
        let stated = Stated { checksum: 7, expanded_bytes: (1 << 32) + 2, compressed_bytes: (1 << 32) + 3 };
        let header = Header { name: "a.txt".to_owned(), method: 8, is_encrypted: true, stated: Some(stated) };
        assert_eq!(next(&mut input).unwrap(), Next::Member(header, 0));
        assert_eq!(input, b"rest");
        assert_eq!(next(&mut &b"PK\x05\x06"[..]).unwrap(), Next::List);
        assert_eq!(next(&mut &b"PPPKPK\x03"[..]).unwrap(), Next::End);
        assert!(next(&mut &b"PK\x03\x04\0"[..]).is_err());
    }

    #[test]
    fn descriptors_of_all_forms_are_read() {
        for bytes in [
            &b"PK\x07\x08\x07\0\0\0\x03\0\0\0\x05\0\0\0."[..],
            b"\x07\0\0\0\x03\0\0\0\x05\0\0\0.",
            b"PK\x07\x08\x07\0\0\0\x03\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0.",
        ] {
            let mut input = bytes;
            assert_eq!((descriptor(&mut input, 5).unwrap(), input), (7, &b"."[..]));
        }
    }
}
