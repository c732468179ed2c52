//! A file's first bytes in; whether they are a mail, a mailbox or a page saved as a mail, out.
//!
//! Anyone may begin a text with `From:` and `Date:`; a mail is what has headers that only mail programs write, and nothing but
//! headers before its first blank line.

/// What the first bytes of a file show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    /// One mail.
    Mail,
    /// Mails one after the other, each after a `From ` line.
    Mailbox,
    /// A page with its parts.
    Page,
}

/// Headers that programs write and people do not.
const OF_PROGRAMS: [&str; 8] =
    ["mime-version", "message-id", "received", "return-path", "delivered-to", "x-mozilla-status", "dkim-signature", "x-received"];

/// Headers that each mail has one of.
const OF_EACH: [&str; 3] = ["from", "date", "subject"];

/// Headers that browsers write when they save a page.
const OF_PAGES: [&str; 2] = ["snapshot-content-location", "content-location"];

/// A line of more bytes is no header: RFC 5322 allows 998, and some programs do not fold.
const LINE_BYTES_MAX: usize = 4096;

/// Tells the kind of mail that the first bytes show, if they are one.
pub fn mail_kind(head: &[u8]) -> Option<MailKind> {
    if let Some(rest) = head.strip_prefix(b"From ") {
        let end = memchr::memchr(b'\n', rest)?;
        let has_headers = names(&rest[end + 1..]).is_some_and(|names| has_any(&names, &OF_EACH));
        return (is_from_line(&head[..end + 5]) && has_headers).then_some(MailKind::Mailbox);
    }
    let names = names(head)?;
    if !has_any(&names, &OF_PROGRAMS) || !has_any(&names, &OF_EACH) {
        return None;
    }
    let is_saved = has_any(&names, &OF_PAGES) || head.starts_with(b"From: <Saved by") || head.starts_with(b"From: \"Saved by");
    Some(if is_saved { MailKind::Page } else { MailKind::Mail })
}

/// Tells the line that opens a mail of a mailbox: `From ida@gazette.example Tue Nov 26 03:20:00 2024`.
pub fn is_from_line(line: &[u8]) -> bool {
    // A sentence may begin so, too: only the line of a mailbox has a time in it.
    let has_time =
        || line.windows(4).any(|four| four[0].is_ascii_digit() && four[1] == b':' && four[2].is_ascii_digit() && four[3].is_ascii_digit());
    line.starts_with(b"From ") && line.len() < LINE_BYTES_MAX && has_time()
}

fn has_any(names: &[String], wanted: &[&str]) -> bool {
    names.iter().any(|name| wanted.contains(&name.as_str()))
}

/// Returns the names of the headers that the bytes begin with, in lower case; `None` if something else stands among them.
fn names(head: &[u8]) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        let is_whole = line.ends_with(b"\n");
        let line = line.trim_ascii_end();
        if line.is_empty() || !is_whole {
            break;
        }
        if line.len() > LINE_BYTES_MAX {
            return None;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let end = memchr::memchr(b':', line)?;
        let name = &line[..end];
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            return None;
        }
        names.push(String::from_utf8_lossy(name).to_ascii_lowercase());
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_are_told_from_texts() {
        for (head, expected) in [
            ("From: a@b.example\r\nMIME-Version: 1.0\r\n\r\nText", Some(MailKind::Mail)),
            ("Received: by x;\r\n\tTue\r\nSubject: y\r\n\r\nText", Some(MailKind::Mail)),
            ("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\nMIME-Version: 1.0\r\n\r\n", Some(MailKind::Page)),
            ("From a@b.example Tue Nov 26 03:20:00 2024\nSubject: x\n\nText", Some(MailKind::Mailbox)),
            ("From: Ida Holm\nDate: 26 November 2024\n\nText", None),
            ("From: Ida Holm\nMessage-ID: and then more text\nthat is no header\n", None),
            ("From 3:20 on the ferry ran.\nThe rest", None),
            ("From Tuesday on\nSubject: x\n", None),
            ("Text\n", None),
        ] {
            assert_eq!(mail_kind(head.as_bytes()), expected, "{head}");
        }
    }
}
