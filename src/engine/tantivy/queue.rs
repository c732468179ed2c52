//! Documents on their way to the thread that writes them, with a bound on how much of them waits there.
//!
//! tantivy lets 10,000 documents wait: of long articles that is more memory than all that is written of them.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// So many bytes of documents may wait: enough that the writing thread is never idle while the next are made.
const WAITING_BYTES_MAX: usize = 4 << 20;

/// Who waits for room is woken when half of it is free, so that the two threads do not take turns with each document.
const WOKEN_AT_BYTES: usize = WAITING_BYTES_MAX / 2;

/// Nobody waits longer than this for room: where the writing thread has stopped, adding fails and says why.
const PATIENCE: Duration = Duration::from_secs(1);

/// Counts the bytes of the documents that wait.
#[derive(Default)]
pub struct Queue {
    waiting_bytes: Mutex<usize>,
    has_room: Condvar,
}

impl Queue {
    /// Waits until there is room for a document, and lets it in.
    pub fn admit(self: &Arc<Self>, document: TantivyDocument, len_bytes: usize) -> Queued {
        let is_full = |waiting: &mut usize| *waiting > WAITING_BYTES_MAX;
        let (mut waiting, _) = self.has_room.wait_timeout_while(self.lock(), PATIENCE, is_full).unwrap_or_else(PoisonError::into_inner);
        *waiting += len_bytes;
        Queued { document, len_bytes, queue: Arc::clone(self) }
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.waiting_bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A document that waits; it makes room when it is written or given up.
pub struct Queued {
    document: TantivyDocument,
    len_bytes: usize,
    queue: Arc<Queue>,
}

impl Drop for Queued {
    fn drop(&mut self) {
        let mut waiting = self.queue.lock();
        let was_above = *waiting > WOKEN_AT_BYTES;
        *waiting -= self.len_bytes;
        if was_above && *waiting <= WOKEN_AT_BYTES {
            self.queue.has_room.notify_one();
        }
    }
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_waits_for_room() {
        let queue = Arc::new(Queue::default());
        let first = queue.admit(TantivyDocument::default(), WAITING_BYTES_MAX + 1);
        let behind = Arc::clone(&queue);
        let second = std::thread::spawn(move || behind.admit(TantivyDocument::default(), 7));
        drop(first);
        let second = second.join().unwrap();
        assert_eq!(*queue.lock(), 7);
        drop(second);
        assert_eq!(*queue.lock(), 0);
    }
}
