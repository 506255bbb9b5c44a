//! What is remembered of the last minutes: numbers of messages, in memory alone and so many at
//! most. Text is kept only of an edit that overtakes its reply, until that is sent.

use crate::reply::Reply;
use crate::text::{Locale, words};
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

/// An answer that a question may follow.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Before {
    pub(super) topic: String,
    pub(super) locale: Locale,
}

/// A question, as it was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) channel: ChannelId,
    pub(super) text: String,
    /// The answer it follows.
    pub(super) before: Option<Before>,
}

impl Asked {
    /// The topic of the answer it follows.
    pub(super) fn topic(&self) -> Option<&str> {
        let before = self.before.as_ref();
        before.map(|before| before.topic.as_str())
    }

    /// A hash of its folded words and of what it follows.
    fn key(&self) -> (ChannelId, u64) {
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        let key = hasher.hash_one((words(&self.text), &self.before));
        (self.channel, key)
    }
}

/// The reply to a message.
#[derive(Debug)]
struct Replied {
    /// `None` while it is on its way.
    reply: Option<MessageId>,
    /// What was asked, without its text.
    key: (ChannelId, u64),
    before: Option<Before>,
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
    Edited(Asked),
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
    /// Messages that were deleted.
    gone: LruCache<MessageId, ()>,
    /// When a question was last answered in a channel.
    asked: LruCache<(ChannelId, u64), Instant>,
    /// The last answer of a direct channel.
    answers: LruCache<ChannelId, (Before, Instant)>,
}

impl Default for Recent {
    fn default() -> Self {
        Self(Mutex::new(Memory {
            seen: LruCache::new(KEPT),
            replies: LruCache::new(KEPT),
            gone: LruCache::new(KEPT),
            asked: LruCache::new(KEPT),
            answers: LruCache::new(KEPT),
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

    /// Whether the same was asked in the channel a moment ago. If not, it is now.
    pub(super) fn is_asked_again(&self, asked: &Asked) -> bool {
        let (key, now) = (asked.key(), Instant::now());
        let mut memory = self.lock();
        let before = memory.asked.get(&key);
        let again = before.is_some_and(|before| now.duration_since(*before) < BURST);
        if !again {
            memory.asked.put(key, now);
        }
        again
    }

    /// Remembers that the reply to a message is on its way. False where the message is gone.
    pub(super) fn replying(&self, to: MessageId, asked: &Asked) -> bool {
        let replied = Replied {
            reply: None,
            key: asked.key(),
            before: asked.before.clone(),
            at: Instant::now(),
            overtaken: None,
        };
        let mut memory = self.lock();
        if memory.gone.contains(&to) {
            memory.asked.pop(&replied.key);
            return false;
        }
        memory.replies.put(to, replied);
        true
    }

    /// Remembers a reply that was sent, and tells how its message stands now.
    pub(super) fn replied(&self, to: MessageId, reply: MessageId) -> Now {
        let mut memory = self.lock();
        let gone = memory.gone.contains(&to);
        let Some(replied) = memory.replies.get_mut(&to) else {
            return if gone { Now::Gone } else { Now::Same };
        };
        replied.reply = Some(reply);
        let Some(text) = replied.overtaken.take() else {
            return Now::Same;
        };
        Now::Edited(Asked {
            channel: replied.key.0,
            text,
            before: replied.before.clone(),
        })
    }

    /// The reply to a message could not be sent: what it asked may be asked again.
    pub(super) fn not_replied(&self, to: MessageId) {
        self.forget(to);
    }

    /// The reply to a message that now asks this, where it asked something else not long ago,
    /// and the question whole. A reply on its way will find the edit there.
    pub(super) fn edited(&self, message: MessageId, text: &str) -> Option<(MessageId, Asked)> {
        let mut memory = self.lock();
        let Memory { replies, asked, .. } = &mut *memory;
        let replied = replies.get_mut(&message)?;
        let now = Asked {
            channel: replied.key.0,
            text: text.to_owned(),
            before: replied.before.clone(),
        };
        if replied.at.elapsed() > EDITABLE || replied.key == now.key() {
            return None;
        }
        asked.pop(&replied.key);
        replied.key = now.key();
        let Some(reply) = replied.reply else {
            replied.overtaken = Some(now.text);
            return None;
        };
        Some((reply, now))
    }

    /// Whether a message still asks this: another edit may have come.
    pub(super) fn still_asks(&self, message: MessageId, asked: &Asked) -> bool {
        let memory = self.lock();
        let replied = memory.replies.peek(&message);
        replied.is_some_and(|replied| replied.key == asked.key())
    }

    /// The reply to a message that was deleted, to be deleted too.
    pub(super) fn deleted(&self, message: MessageId) -> Option<MessageId> {
        // Of any message: events are brought side by side, and this may come first.
        self.lock().gone.put(message, ());
        self.forget(message)?.reply
    }

    fn forget(&self, message: MessageId) -> Option<Replied> {
        let mut memory = self.lock();
        let replied = memory.replies.pop(&message)?;
        memory.asked.pop(&replied.key);
        Some(replied)
    }

    /// Remembers what was answered in a direct channel, where it has a topic.
    pub(super) fn spoke_of(&self, channel: ChannelId, reply: &Reply) {
        if let Some(topic) = &reply.topic {
            let before = Before {
                topic: topic.to_string(),
                locale: reply.locale,
            };
            self.lock().answers.put(channel, (before, Instant::now()));
        }
    }

    /// The answer that a direct channel speaks of.
    pub(super) fn before(&self, channel: ChannelId) -> Option<Before> {
        let mut memory = self.lock();
        let (before, at) = memory.answers.get(&channel)?;
        (at.elapsed() < CONVERSATION).then(|| before.clone())
    }
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

    fn asks(text: &str) -> Asked {
        Asked {
            channel: CHANNEL,
            text: text.to_owned(),
            before: None,
        }
    }

    #[test]
    fn the_same_words_after_the_same_answer_are_one_question_in_one_channel() {
        let recent = Recent::default();
        assert!(!recent.is_asked_again(&asks("Qui est Dalio ?")));
        assert!(recent.is_asked_again(&asks("qui est dalio")));
        let (mut elsewhere, mut after) = (asks("qui est dalio"), asks("qui est dalio"));
        elsewhere.channel = ChannelId::new(9);
        after.before = Some(Before {
            topic: "nvidia-fall-percent".into(),
            locale: Locale::Fr,
        });
        for other in [elsewhere, after, asks("qui est Altman")] {
            assert!(!recent.is_asked_again(&other), "{other:?}");
        }
    }

    #[test]
    fn what_is_not_answered_any_more_may_be_asked_again() {
        let recent = Recent::default();
        let asked = asks("qui est Dalio");
        let ask = || {
            assert!(!recent.is_asked_again(&asked));
            assert!(recent.replying(MESSAGE, &asked));
        };
        ask();
        recent.not_replied(MESSAGE);
        ask();
        recent.replied(MESSAGE, REPLY);
        assert!(recent.edited(MESSAGE, "qui est Altman").is_some());
        ask();
        recent.deleted(MESSAGE);
        assert!(!recent.is_asked_again(&asked));
    }

    #[test]
    fn an_edit_finds_its_reply_where_other_words_are_asked() {
        let recent = Recent::default();
        recent.replying(MESSAGE, &asks("qui est Dalio"));
        assert_eq!(recent.replied(MESSAGE, REPLY), Now::Same);
        assert_eq!(recent.edited(MESSAGE, "Qui est Dalio ?"), None);
        let now = asks("qui est Altman");
        let edited = recent.edited(MESSAGE, "qui est Altman");
        assert_eq!(edited, Some((REPLY, now.clone())));
        assert_eq!(recent.edited(MESSAGE, "qui est Altman ?"), None);
        assert_eq!(recent.edited(REPLY, "qui"), None);
        assert!(recent.still_asks(MESSAGE, &now));
        assert!(!recent.still_asks(MESSAGE, &asks("qui est Dalio")));
    }

    #[test]
    fn a_reply_on_its_way_finds_the_edit_that_overtook_it() {
        let recent = Recent::default();
        recent.replying(MESSAGE, &asks("qui est Dalio"));
        assert_eq!(recent.edited(MESSAGE, "qui est Altman"), None);
        let edited = Now::Edited(asks("qui est Altman"));
        assert_eq!(recent.replied(MESSAGE, REPLY), edited);
        assert_eq!(recent.replied(MESSAGE, REPLY), Now::Same);
    }

    #[test]
    fn a_message_may_be_deleted_before_or_after_its_reply() {
        let recent = Recent::default();
        assert!(recent.replying(MESSAGE, &asks("qui")));
        assert_eq!(recent.replied(MESSAGE, REPLY), Now::Same);
        assert_eq!(recent.deleted(MESSAGE), Some(REPLY));
        assert_eq!(recent.deleted(MESSAGE), None);
        assert!(!recent.replying(MESSAGE, &asks("qui")), "it is gone");
        assert!(recent.replying(REPLY, &asks("qui")));
        assert_eq!(recent.deleted(REPLY), None, "it is on its way");
        assert_eq!(recent.replied(REPLY, MESSAGE), Now::Gone);
    }

    #[test]
    fn a_direct_channel_speaks_of_its_last_answer() {
        let recent = Recent::default();
        let knowledge = crate::Knowledge::parse(include_str!("../../knowledge/deepseek.toml"));
        let knowledge = knowledge.expect("the shipped file has no problem");
        let about = |id| Reply::about(id, &knowledge, Locale::Fr).expect("it is there");
        assert_eq!(recent.before(CHANNEL), None);
        recent.spoke_of(CHANNEL, &about("who-is-altman"));
        recent.spoke_of(CHANNEL, &about("who-is-dalio"));
        recent.spoke_of(CHANNEL, &Reply::help(&knowledge, Locale::Fr));
        let before = recent.before(CHANNEL).expect("it was spoken of");
        assert_eq!(before.topic, "who-is-dalio");
    }
}
