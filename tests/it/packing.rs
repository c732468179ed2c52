//! Members in, the bytes of a file that holds them out: gzip, zip, web archives, as tests need them.

use std::io::Write;

use dateline::formats::{ReadOptions, read};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

/// Compresses by gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Compresses by deflate.
pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Compresses by zstd.
pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// A member as an archive holds it.
#[derive(Clone)]
pub struct Packed {
    pub name: String,
    pub method: u16,
    pub flags: u16,
    pub checksum: u32,
    pub bytes: Vec<u8>,
    pub expanded_bytes: u32,
}

impl Packed {
    /// Stores a member as it is.
    pub fn stored(name: &str, bytes: &[u8]) -> Packed {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let expanded_bytes = u32::try_from(bytes.len()).unwrap();
        Packed { name: name.to_owned(), method: 0, flags: 0, checksum: crc.sum(), bytes: bytes.to_vec(), expanded_bytes }
    }

    /// Compresses a member by deflate.
    pub fn deflated(name: &str, bytes: &[u8]) -> Packed {
        Packed { method: 8, bytes: deflate(bytes), ..Packed::stored(name, bytes) }
    }

    fn lengths(&self) -> Vec<u8> {
        let length = u32::try_from(self.bytes.len()).unwrap();
        [self.checksum.to_le_bytes(), length.to_le_bytes(), self.expanded_bytes.to_le_bytes()].concat()
    }

    /// Returns the header and the bytes; with flag 8 the lengths stand behind them.
    pub fn local(&self) -> Vec<u8> {
        let mut out = b"PK\x03\x04\x14\0".to_vec();
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0; 4]);
        let is_behind = self.flags & 8 == 8;
        out.extend(if is_behind { vec![0; 12] } else { self.lengths() });
        out.extend(u16::try_from(self.name.len()).unwrap().to_le_bytes());
        out.extend([0; 2]);
        out.extend(self.name.as_bytes());
        out.extend(&self.bytes);
        if is_behind {
            out.extend(b"PK\x07\x08");
            out.extend(self.lengths());
        }
        out
    }

    /// Returns the member's entry in the list at the end.
    pub fn entry(&self, at: usize) -> Vec<u8> {
        let mut out = b"PK\x01\x02\x14\0\x14\0".to_vec();
        out.extend(self.flags.to_le_bytes());
        out.extend(self.method.to_le_bytes());
        out.extend([0; 4]);
        out.extend(self.lengths());
        out.extend(u16::try_from(self.name.len()).unwrap().to_le_bytes());
        out.extend([0; 12]);
        out.extend(u32::try_from(at).unwrap().to_le_bytes());
        out.extend(self.name.as_bytes());
        out
    }
}

/// Makes an archive of members, with the list at its end.
pub fn zip(members: &[Packed]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for member in members {
        list.extend(member.entry(out.len()));
        out.extend(member.local());
    }
    let at = u32::try_from(out.len()).unwrap();
    // The count wraps beyond 65,535, as that of old programs does.
    let count = (members.len() & 0xffff) as u16;
    let length = u32::try_from(list.len()).unwrap();
    out.extend(list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    out.extend([length.to_le_bytes(), at.to_le_bytes()].concat());
    out.extend([0; 2]);
    out
}

/// Makes a record of a web archive with a page in it.
pub fn answer(url: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}\r\n");
    record(url, &[head.as_bytes(), body].concat(), head.len() + body.len())
}

/// Makes a record that states a length.
pub fn record(url: &str, content: &[u8], length: usize) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-04-20T08:00:01Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

/// Reads a file: what each document is called and its text, and the warnings as they print.
pub fn outcome(path: &str, bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut documents, mut warnings) = (Vec::new(), Vec::new());
    read(path, &mut { bytes }, &ReadOptions::default(), &mut |outcome| match outcome {
        Ok(raw) => {
            assert!(raw.blocks.iter().all(|block| block.place.is_none()), "{path}: a place in a file that does not hold the text");
            let text = raw.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" / ");
            let member = raw.origin.member.as_deref().unwrap_or("-");
            documents.push(format!("#{} {member}: {}", raw.origin.ordinal, text.get(..60).unwrap_or(&text)));
        }
        Err(warning) => warnings.push(warning.to_string()),
    });
    (documents, warnings)
}
