//! The characters beyond ASCII of windows-1252, and of ISO 8859-1 where that has none, and the bytes that they are read from.

/// What windows-1252 shows for the bytes 0x80 to 0x9f.
pub const WESTERN: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Returns the byte that windows-1252 shows as a character beyond ASCII.
pub fn western_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        // None of the others is beyond the sign of a trade mark.
        0x100..=0x2122 => WESTERN.iter().position(|shown| *shown == c).and_then(|place| u8::try_from(0x80 + place).ok()),
        _ => None,
    }
}
