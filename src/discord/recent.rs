//! What is remembered of the last minutes: numbers of messages, in memory alone and so many at
//! most. Text is kept only of an edit that overtakes its reply, until that is sent.

use crate::text::words;
use lru::LruCache;
use serenity::all::{ChannelId, MessageId};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Most of each kind that are remembered.
const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1_999);
/// How long after it was asked an edited question has its reply edited.
const EDITABLE: Duration = Duration::from_mins(2);
/// How long the same question, asked again in a channel, is one question.
const BURST: Duration = Duration::from_secs(10);
/// How long a direct message may lean on the answer before it.
const CONVERSATION: Duration = Duration::from_mins(5);

/// The reply to a message.
#[derive(Debug)]
struct Replied {
    /// `None` while it is on its way.
    reply: Option<MessageId>,
    /// A hash of what was asked.
    question: u64,
    at: Instant,
    /// What an edit asks that overtook the reply.
    overtaken: Option<String>,
}

/// How a message stands once its reply is sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Now {
    /// As it stood.
    Same,
    /// It asks this by now.
    Edited(String),
    /// It was deleted.
    Gone,
}

/// What is remembered.
#[derive(Debug)]
pub(super) struct Recent(Mutex<Memory>);

#[derive(Debug)]
struct Memory {
    /// Messages and interactions that were brought already.
    seen: LruCache<u64, ()>,
    /// Replies by the message they answer.
    replies: LruCache<MessageId, Replied>,
    /// Messages that were deleted before their reply was there.
    gone: LruCache<MessageId, ()>,
    /// When a question was last answered in a channel.
    asked: LruCache<(ChannelId, u64), Instant>,
    /// The topic of the last answer of a direct channel.
    topics: LruCache<ChannelId, (String, Instant)>,
}

impl Default for Recent {
    fn default() -> Self {
        Self(Mutex::new(Memory {
            seen: LruCache::new(KEPT),
            replies: LruCache::new(KEPT),
            gone: LruCache::new(KEPT),
            asked: LruCache::new(KEPT),
            topics: LruCache::new(KEPT),
        }))
    }
}

impl Recent {
    fn lock(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a message or an interaction is brought for the first time: a gateway that
    /// resumes may bring it again.
    pub(super) fn is_new(&self, id: u64) -> bool {
        self.lock().seen.put(id, ()).is_none()
    }

    /// Whether the same words were asked in the channel a moment ago. If not, they are now.
    pub(super) fn is_asked_again(&self, channel: ChannelId, question: &str) -> bool {
        let (key, now) = ((channel, hash(question)), Instant::now());
        let mut memory = self.lock();
        let again = memory
            .asked
            .get(&key)
            .is_some_and(|asked| now.duration_since(*asked) < BURST);
        if !again {
            memory.asked.put(key, now);
        }
        again
    }

    /// Remembers that the reply to a message is on its way.
    pub(super) fn replying(&self, to: MessageId, question: &str) {
        let replied = Replied {
            reply: None,
            question: hash(question),
            at: Instant::now(),
            overtaken: None,
        };
        self.lock().replies.put(to, replied);
    }

    /// Remembers a reply that was sent, and tells how its message stands now.
    pub(super) fn replied(&self, to: MessageId, reply: MessageId) -> Now {
        let mut memory = self.lock();
        let gone = memory.gone.contains(&to);
        let Some(replied) = memory.replies.get_mut(&to).filter(|_| !gone) else {
            return if gone { Now::Gone } else { Now::Same };
        };
        replied.reply = Some(reply);
        replied.overtaken.take().map_or(Now::Same, Now::Edited)
    }

    /// The reply to a message that now asks this, where it asked something else not long ago.
    /// A reply on its way will find the edit there.
    pub(super) fn reply_to_edit(&self, message: MessageId, question: &str) -> Option<MessageId> {
        let mut memory = self.lock();
        let replied = memory.replies.get_mut(&message)?;
        let hash = hash(question);
        if replied.at.elapsed() > EDITABLE || replied.question == hash {
            return None;
        }
        replied.question = hash;
        if replied.reply.is_none() {
            replied.overtaken = Some(question.to_owned());
        }
        replied.reply
    }

    /// The reply to a message that was deleted, to be deleted too.
    pub(super) fn deleted(&self, message: MessageId) -> Option<MessageId> {
        let mut memory = self.lock();
        memory.gone.put(message, ());
        memory.replies.pop(&message)?.reply
    }

    /// Remembers the topic of an answer in a direct channel.
    pub(super) fn spoke_of(&self, channel: ChannelId, topic: String) {
        self.lock().topics.put(channel, (topic, Instant::now()));
    }

    /// The topic a direct channel speaks of.
    pub(super) fn topic(&self, channel: ChannelId) -> Option<String> {
        let mut memory = self.lock();
        let (topic, at) = memory.topics.get(&channel)?;
        (at.elapsed() < CONVERSATION).then(|| topic.clone())
    }
}

/// A hash of the folded words: of how they are written nothing is kept.
fn hash(question: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(words(question))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: ChannelId = ChannelId::new(1);
    const MESSAGE: MessageId = MessageId::new(2);
    const REPLY: MessageId = MessageId::new(3);

    #[test]
    fn an_event_is_new_once() {
        let recent = Recent::default();
        assert!(recent.is_new(7));
        assert!(!recent.is_new(7));
    }

    #[test]
    fn the_same_words_are_one_question_in_one_channel() {
        let recent = Recent::default();
        assert!(!recent.is_asked_again(CHANNEL, "Qui est Dalio ?"));
        assert!(recent.is_asked_again(CHANNEL, "qui est dalio"));
        assert!(!recent.is_asked_again(ChannelId::new(9), "qui est dalio"));
        assert!(!recent.is_asked_again(CHANNEL, "qui est Altman"));
    }

    #[test]
    fn an_edit_finds_its_reply_where_other_words_are_asked() {
        let recent = Recent::default();
        recent.replying(MESSAGE, "qui est Dalio");
        assert_eq!(recent.replied(MESSAGE, REPLY), Now::Same);
        assert_eq!(recent.reply_to_edit(MESSAGE, "Qui est Dalio ?"), None);
        assert_eq!(recent.reply_to_edit(MESSAGE, "qui est Altman"), Some(REPLY));
        assert_eq!(recent.reply_to_edit(MESSAGE, "qui est Altman ?"), None);
        assert_eq!(recent.reply_to_edit(REPLY, "qui"), None);
    }

    #[test]
    fn a_reply_on_its_way_finds_the_edit_that_overtook_it() {
        let recent = Recent::default();
        recent.replying(MESSAGE, "qui est Dalio");
        assert_eq!(recent.reply_to_edit(MESSAGE, "qui est Altman"), None);
        let edited = Now::Edited("qui est Altman".into());
        assert_eq!(recent.replied(MESSAGE, REPLY), edited);
        assert_eq!(recent.replied(MESSAGE, REPLY), Now::Same);
    }

    #[test]
    fn a_message_may_be_deleted_before_or_after_its_reply() {
        let recent = Recent::default();
        recent.replying(MESSAGE, "qui");
        assert_eq!(recent.replied(MESSAGE, REPLY), Now::Same);
        assert_eq!(recent.deleted(MESSAGE), Some(REPLY));
        assert_eq!(recent.deleted(MESSAGE), None);
        recent.replying(MESSAGE, "qui");
        assert_eq!(recent.deleted(MESSAGE), None, "it is on its way");
        assert_eq!(recent.replied(MESSAGE, REPLY), Now::Gone);
    }

    #[test]
    fn a_direct_channel_speaks_of_its_last_topic() {
        let recent = Recent::default();
        assert_eq!(recent.topic(CHANNEL), None);
        recent.spoke_of(CHANNEL, "one".into());
        recent.spoke_of(CHANNEL, "two".into());
        assert_eq!(recent.topic(CHANNEL).as_deref(), Some("two"));
    }
}
