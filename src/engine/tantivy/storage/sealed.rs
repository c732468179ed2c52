//! JSON objects that carry a checksum of themselves as their last member.

use twox_hash::XxHash3_64;

/// What stands before the checksum.
const BEFORE: &str = ",\"checksum\":\"";

/// What stands after it.
const AFTER: &str = "\"}\n";

/// The digits of a checksum.
const DIGITS: usize = 16;

/// What the checksum of a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// The text is as it was written.
    Whole,
    /// The text is not what was written.
    Broken,
    /// The text has no checksum at its end.
    Absent,
}

/// Adds a checksum to the text of an object that has members; any other text stays as it is.
pub fn seal(object: &str) -> String {
    let Some(open) = object.trim_end().strip_suffix('}') else { return object.to_owned() };
    let open = open.trim_end();
    format!("{open}{BEFORE}{:0DIGITS$x}{AFTER}", XxHash3_64::oneshot(open.as_bytes()))
}

/// Compares a text with its checksum, to the byte.
pub fn check(text: &[u8]) -> Seal {
    let Some(rest) = text.strip_suffix(AFTER.as_bytes()) else { return Seal::Absent };
    let Some((rest, digits)) = rest.split_last_chunk::<DIGITS>() else { return Seal::Absent };
    let Some(open) = rest.strip_suffix(BEFORE.as_bytes()) else { return Seal::Absent };
    if format!("{:0DIGITS$x}", XxHash3_64::oneshot(open)).as_bytes() == digits { Seal::Whole } else { Seal::Broken }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_object_is_still_json() {
        let sealed = seal("{\n  \"a\": [1, 2]\n}\n");
        let value: serde_json::Value = serde_json::from_str(&sealed).unwrap();
        assert_eq!((&value["a"][1], check(sealed.as_bytes())), (&serde_json::json!(2), Seal::Whole));
        assert_eq!(check(b"{\"a\": 1}\n"), Seal::Absent);
    }

    #[test]
    fn every_flipped_bit_is_seen() {
        let sealed = seal("{\"segments\": [\"0f\", \"1e\"], \"opstamp\": 12}").into_bytes();
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(check(&flipped), Seal::Whole, "bit {bit}");
        }
        for len in 0..sealed.len() {
            assert_ne!(check(&sealed[..len]), Seal::Whole, "cut off at {len}");
        }
    }
}
