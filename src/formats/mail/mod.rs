//! A mail, a mailbox or a page saved as a mail in; documents out.
//!
//! A mail is one document, and so is each attachment of a format that is read. What the mail's headers state goes with the first:
//! subject, sender, date and id. `message` reads a mail, `mailbox` finds the mails of a mailbox, `page` reads MHTML, and
//! `parts` is what they share.

mod mailbox;
mod message;
mod page;
mod parts;

pub use mailbox::read as read_mailbox;
pub use message::read;
pub use page::read as read_page;
