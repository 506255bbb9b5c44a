//! The façade: one knowledge and the matcher trained on it, swapped whole on reload.

mod handle;

pub use self::handle::{EngineHandle, LoadError, Source};

use crate::knowledge::{Id, Knowledge, Topic};
use crate::matcher::{Candidate, Leaning, Matcher, Outcome, Ranking, Titles, TrainingSet};
use crate::reply::{Reply, Verdict};
use crate::text::Locale;

/// What a member asked, and what is known of her language.
#[derive(Debug, Clone, Copy, Default)]
pub struct Question<'q> {
    /// The text as she wrote it.
    pub text: &'q str,
    /// The language she asked for by an option: it decides.
    pub locale: Option<Locale>,
    /// The language her client is set to: it decides where the text shows none.
    pub hint: Option<Locale>,
}

impl<'q> Question<'q> {
    /// A question in a language to be found out.
    #[must_use]
    pub const fn new(text: &'q str) -> Self {
        Self {
            text,
            locale: None,
            hint: None,
        }
    }
}

/// Answers questions on one story. Immutable: any number of threads may ask.
///
/// ```
/// use griot::{Engine, Knowledge, Question};
/// # let file = include_str!("../knowledge/deepseek.toml");
/// let knowledge = Knowledge::parse(file).map_err(|problems| format!("{problems:?}"))?;
/// let engine = Engine::new(knowledge);
/// let reply = engine.answer(&Question::new("Who is Ray Dalio?"));
/// assert!(reply.text.contains("Bridgewater"));
/// # Ok::<(), String>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    knowledge: Knowledge,
    matcher: Matcher,
    titles: Titles,
}

impl Engine {
    /// Trains on a knowledge: some hundred milliseconds for a story.
    #[must_use]
    pub fn new(knowledge: Knowledge) -> Self {
        let matcher = Matcher::train(&knowledge);
        let titles = Titles::of(&knowledge);
        Self {
            knowledge,
            matcher,
            titles,
        }
    }

    /// What it knows.
    #[must_use]
    pub const fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The reply to a question; every question has one.
    #[must_use]
    pub fn answer(&self, question: &Question<'_>) -> Reply {
        let (reply, _) = self.explain(question);
        reply
    }

    /// The reply, and what the matcher saw on the way to it.
    #[must_use]
    pub fn explain(&self, question: &Question<'_>) -> (Reply, Ranking) {
        let (written, locale) = self.locales(question);
        let (outcome, ranking) = self.matcher.explain(question.text, written);
        (Reply::of(&outcome, &self.knowledge, locale), ranking)
    }

    /// The reply to a question asked after the answer of a topic. Where it does not stand by
    /// itself (« et quand ? », “who said that?”) it is read with that topic in mind.
    #[must_use]
    pub fn follow_up(&self, question: &Question<'_>, topic: &str) -> (Reply, Ranking) {
        let alone = self.explain(question);
        let Some(Topic::Entry(entry)) = self.knowledge.topic(topic) else {
            return alone;
        };
        let (written, locale) = self.locales(question);
        match self.matcher.leaning(question.text, written) {
            Leaning::Alone => return alone,
            Leaning::OnSource => {
                let reply = Reply::said(entry, &self.knowledge, locale);
                return (reply, Ranking::default());
            }
            Leaning::OnTopic => {}
        }
        let subject = self.matcher.subject(entry.title.get(written), written);
        let whole = format!("{} {subject}", question.text);
        let (outcome, ranking) = self.matcher.explain(&whole, written);
        let about = |id: &Id| Reply::about(id.as_str(), &self.knowledge, locale);
        match outcome {
            _ if surer(&alone, &ranking) => alone,
            Outcome::Answer(candidate, _) if candidate.id != entry.id => {
                about(&candidate.id).map_or(alone, |reply| (reply, ranking))
            }
            _ if alone.0.verdict == Verdict::Answer => alone,
            _ => {
                // What was answered already is not what is asked, unless nothing else is.
                let others = ranking.topics.iter().map(|(id, _)| id);
                let others = others.filter(|id| **id != entry.id);
                let reply = Reply::perhaps(others, &self.knowledge, locale);
                let again = reply.or_else(|| about(&entry.id));
                again.map_or(alone, |reply| (reply, ranking))
            }
        }
    }

    /// The language a question is written in, and that of its reply.
    fn locales(&self, question: &Question<'_>) -> (Locale, Locale) {
        let detected = self.matcher.locale_of(question.text);
        let written = detected
            .or(question.hint)
            .or(question.locale)
            .unwrap_or_default();
        (written, question.locale.unwrap_or(written))
    }

    /// The language the reply to a question is in.
    #[must_use]
    pub fn locale_of(&self, question: &Question<'_>) -> Locale {
        self.locales(question).1
    }

    /// The reply of a topic named by its id; `None` where there is none (any more).
    #[must_use]
    pub fn about(&self, id: &str, locale: Locale) -> Option<Reply> {
        Reply::about(id, &self.knowledge, locale)
    }

    /// The entry whose title this is, word for word, and the title's language.
    #[must_use]
    pub fn titled(&self, text: &str) -> Option<(&Id, Locale)> {
        self.knowledge.entries().iter().find_map(|entry| {
            let (locale, _) = entry.title.iter().find(|(_, title)| *title == text)?;
            Some((&entry.id, locale))
        })
    }

    /// The text the matcher was trained on under this number, as an explanation names it.
    #[must_use]
    pub fn utterance(&self, number: Option<usize>) -> Option<&str> {
        TrainingSet::utterance(&self.knowledge, number?)
    }

    /// How to ask.
    #[must_use]
    pub fn help(&self, locale: Locale) -> Reply {
        Reply::help(&self.knowledge, locale)
    }

    /// Titles of entries for what is typed so far, at most `limit`, best first.
    #[must_use]
    pub fn titles(&self, typed: &str, locale: Locale, limit: usize) -> Vec<(&Id, &str)> {
        self.titles.search(typed, locale, limit)
    }
}

/// Whether a question is answered by itself, and as surely as together with what it follows.
fn surer((reply, alone): &(Reply, Ranking), together: &Ranking) -> bool {
    let score = |ranking: &Ranking| ranking.best.as_ref().map_or(0.0, Candidate::score);
    reply.verdict == Verdict::Answer && score(alone) >= score(together)
}
