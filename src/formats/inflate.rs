//! Compressed bytes in, the bytes themselves out, as streams: the only door to the libraries that decode them.
//!
//! Each decoder holds one window and nothing else: 32 KB for deflate, [`WINDOW_BYTES_MAX`] at most for zstd, 16 MB for brotli.

use std::io::{self, BufRead, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::error::copy_of;

/// The checksum of gzip and zip, CRC-32.
pub use flate2::Crc as Checksum;

/// The largest window of a zstd frame that is read; RFC 8878 asks for 8 MB, and `zstd --long`, which archives are made with,
/// uses 128 MB.
pub const WINDOW_BYTES_MAX: u64 = 128 << 20;

/// Room for the compressed bytes that the brotli decoder takes at one go.
const BROTLI_BUFFER_BYTES: usize = 16 << 10;

/// Decodes gzip, one member after the other.
pub fn gzip<'r>(read: impl BufRead + 'r) -> impl Read + 'r {
    MultiGzDecoder::new(read)
}

/// Decodes a bare deflate stream, as zip archives hold it, and takes no byte beyond its end.
pub struct Deflate<R>(DeflateDecoder<R>);

impl<R: BufRead> Deflate<R> {
    /// Starts at the first byte of a deflate stream.
    pub fn new(read: R) -> Self {
        Deflate(DeflateDecoder::new(read))
    }

    /// Returns how many bytes came out.
    pub fn expanded_bytes(&self) -> u64 {
        self.0.total_out()
    }
}

impl<R: BufRead> Read for Deflate<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

/// Decodes what HTTP calls `deflate`: by its standard a zlib stream, from some servers a bare deflate one.
pub fn http_deflate<'r>(mut read: impl BufRead + 'r) -> Box<dyn Read + 'r> {
    // RFC 1950: the low half of the first byte is the method, 8, and the first two bytes are a multiple of 31.
    let is_zlib = match read.fill_buf() {
        Ok([first, second, ..]) => first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31),
        _ => true,
    };
    if is_zlib { Box::new(ZlibDecoder::new(read)) } else { Box::new(DeflateDecoder::new(read)) }
}

/// Decodes brotli.
pub fn brotli<'r>(read: impl Read + 'r) -> impl Read + 'r {
    brotli_decompressor::Decompressor::new(read, BROTLI_BUFFER_BYTES)
}

/// Decodes zstd, one frame after the other; frames that hold other things than data are passed over.
pub fn zstd<'r>(read: impl BufRead + 'r) -> impl Read + 'r {
    let mut decoder = FrameDecoder::new();
    decoder.set_max_window_size(WINDOW_BYTES_MAX);
    Zstd { read, decoder, is_inside: false }
}

/// Says what is wrong with a frame: it ends too early, asks for too much memory, or is broken.
fn zstd_failure(error: &FrameDecoderError) -> io::Error {
    if let FrameDecoderError::WindowSizeTooBig { .. } = error {
        let cause = format!("its zstd window has more than {} MB, the limit", WINDOW_BYTES_MAX >> 20);
        return io::Error::new(io::ErrorKind::InvalidData, cause);
    }
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    // The decoder's errors lie inside of each other less deep than that.
    for _ in 0..8 {
        match cause.and_then(|cause| cause.downcast_ref::<io::Error>()) {
            Some(read) => return copy_of(read),
            None => cause = cause.and_then(std::error::Error::source),
        }
    }
    io::Error::new(io::ErrorKind::InvalidData, "corrupt zstd frame")
}

struct Zstd<R> {
    read: R,
    decoder: FrameDecoder,
    is_inside: bool,
}

impl<R: BufRead> Zstd<R> {
    /// Starts the next frame with data; false at the end of the stream.
    fn start_frame(&mut self) -> io::Result<bool> {
        loop {
            if self.read.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.init(&mut self.read) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    io::copy(&mut (&mut self.read).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(zstd_failure(&error)),
            }
        }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_inside {
                self.is_inside = self.start_frame()?;
                if !self.is_inside {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                if self.read.fill_buf()?.is_empty() {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                let outcome = self.decoder.decode_blocks(&mut self.read, BlockDecodingStrategy::UptoBlocks(1));
                outcome.map_err(|error| zstd_failure(&error))?;
            }
            let count = self.decoder.read(buffer)?;
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            let (stated, found) = (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum());
            if stated.is_some() && stated != found {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum does not match"));
            }
            self.is_inside = false;
        }
    }
}
