//! What an edit of the knowledge file changed, topic by topic.

use super::{Id, Knowledge, Topic};
use std::collections::HashMap;

/// Topics that differ between two versions of a file, each list in its file's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Only in the newer one.
    pub added: Vec<Id>,
    /// Only in the older one.
    pub removed: Vec<Id>,
    /// In both, with another content.
    pub changed: Vec<Id>,
}

impl Changes {
    /// Compares two versions.
    #[must_use]
    pub fn between(old: &Knowledge, new: &Knowledge) -> Self {
        let before: HashMap<&Id, Topic<'_>> = old.topics().map(|t| (t.id(), t)).collect();
        let after: HashMap<&Id, Topic<'_>> = new.topics().map(|t| (t.id(), t)).collect();
        let mut changes = Self::default();
        for topic in new.topics() {
            match before.get(topic.id()) {
                None => changes.added.push(topic.id().clone()),
                Some(other) if *other != topic => changes.changed.push(topic.id().clone()),
                Some(_) => {}
            }
        }
        let gone = old.topics().filter(|topic| !after.contains_key(topic.id()));
        changes.removed.extend(gone.map(|topic| topic.id().clone()));
        changes
    }

    /// Whether no topic differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}
