//! From a question to an outcome: ranks the topics of a story and decides whether
//! to answer, to suggest, or to abstain.
//!
//! ```text
//! question ─ reading ─▶ words ─ views, space ─▶ vector ─ linear ─▶ decisions ─┐
//!                                                ▲                             ├─ signals ─ refusal ─▶ score
//!            utterances ─ choice (svm, softmax) ─┘                     usage ──┘
//! ```
//! A [`Classifier`] chooses the topic and says with which probability it is right; a
//! [`Matcher`] turns that score into an [`Outcome`] by the rule of [`threshold`], looks
//! into the questions of a long message, and doubts negated ones. How it was chosen and
//! how it does on public sets: `docs/matching.md`.

mod also;
mod choice;
mod classifier;
mod descent;
mod examples;
mod explanation;
mod far;
mod fixed;
mod leaning;
mod linear;
mod nearest;
mod negation;
mod outcome;
mod random;
mod reading;
mod refusal;
mod rivals;
mod rows;
mod signals;
mod softmax;
mod space;
mod sparse;
mod svm;
mod texts;
pub mod threshold;
mod titles;
mod training;
mod training_set;
mod trials;
mod usage;
mod views;

pub use self::classifier::{Classified, Classifier};
pub use self::explanation::{Explanation, Ground, Part, Signal};
pub use self::leaning::Leaning;
pub use self::outcome::{Candidate, Outcome, Ranking, Reason};
pub use self::titles::Titles;
pub use self::training_set::{TrainingSet, Utterance};

use self::reading::Word;
use self::threshold::{ABSTAIN, ANSWER, OFFER, SUGGEST};
use crate::knowledge::{Id, Knowledge, Topic};
use crate::text::{Locale, clauses};
use std::sync::Arc;

/// Most topics a ranking names.
const RANKED: usize = 10;
/// Most entries a suggestion offers.
pub const SUGGESTIONS: usize = 3;
/// A topic this far behind the best, in the classifier's decision, is not offered.
const WITHIN: f32 = 0.6;
/// Longest question, in characters, that is read: beyond it there is no *one*
/// question to find. It is twice Discord's longest message.
pub const QUESTION_CHARS: usize = 4_000;
/// Most words of a question that are looked at: what comes later in so long a text is no
/// question, and would be paid for in time.
const QUESTION_WORDS: usize = 120;

/// Least content words of a clause that asks nothing, to be looked at by itself.
const CLAUSE_WORDS: usize = 3;

/// What a class of the classifier stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Entry,
    /// With the entries nearest to it.
    Absence(Vec<Id>),
    Courtesy,
}

/// Ranks and decides. Trained once for a knowledge, then read-only.
#[derive(Debug, Clone)]
pub struct Matcher {
    classes: Vec<(Id, Kind)>,
    classifier: Classifier,
}

/// The best topic for some words, and what it stands for.
struct Best<'m> {
    candidate: Candidate,
    kind: &'m Kind,
    /// Classes and decisions, the best first.
    ranked: Vec<(u16, f32)>,
}

impl Matcher {
    /// Trains on the utterances and titles of a knowledge.
    #[must_use]
    pub fn train(knowledge: &Knowledge) -> Self {
        Self {
            classes: knowledge
                .topics()
                .map(|topic| (topic.id().clone(), Kind::from(topic)))
                .collect(),
            classifier: Classifier::train(&TrainingSet::of(knowledge)),
        }
    }

    /// The language of a question, where it shows one.
    #[must_use]
    pub fn locale_of(&self, question: &str) -> Option<Locale> {
        self.classifier.locale_of(question)
    }

    /// The decision on a question that is written in `locale`, and what led to it.
    #[must_use]
    pub fn explain(&self, question: &str, locale: Locale) -> (Outcome, Ranking) {
        if question.chars().nth(QUESTION_CHARS).is_some() {
            return (Outcome::Abstain(Reason::Vague), Ranking::default());
        }
        let (cut, words) = self.read(question, locale);
        let (whole, ranking) = self.decide(&cut, &words);
        let open = match &whole {
            Outcome::Answer(best, _) => !best.explanation.is_exact(),
            Outcome::Suggest(..) => true,
            Outcome::Abstain(reason) => matches!(reason, Reason::Outside(_)),
        };
        if !open {
            return (whole, ranking);
        }
        let mut found: Vec<(Candidate, Ranking)> = Vec::new();
        for clause in clauses(question) {
            let (cut, words) = self.read(clause, locale);
            if may_be_asked(clause, &words)
                && let (Outcome::Answer(candidate, _), ranking) = self.decide(&cut, &words)
                && found.iter().all(|(other, _)| other.id != candidate.id)
            {
                found.push((candidate, ranking));
            }
        }
        // One answer of a clause is no more than the whole has already.
        let least = if matches!(whole, Outcome::Answer(..)) {
            2
        } else {
            1
        };
        if found.len() < least {
            return (whole, ranking);
        }
        let mut found = found.into_iter();
        match found.next() {
            Some((first, ranking)) => {
                let also = found.map(|(other, _)| other.id).take(SUGGESTIONS);
                (Outcome::Answer(first, also.collect()), ranking)
            }
            None => (whole, ranking),
        }
    }

    /// How a question that follows an answer stands to it.
    #[must_use]
    pub fn leaning(&self, question: &str, locale: Locale) -> Leaning {
        let (_, words) = self.read(question, locale);
        Leaning::of(&words)
    }

    /// What a title is about: its content words, without the question.
    #[must_use]
    pub fn subject(&self, title: &str, locale: Locale) -> String {
        let (_, words) = self.read(title, locale);
        leaning::subject(&words)
    }

    /// The words of a question, as they were cut and as they are read.
    fn read(&self, question: &str, locale: Locale) -> (Vec<String>, Vec<Arc<Word>>) {
        let mut cut = self.classifier.cut(question);
        cut.truncate(QUESTION_WORDS);
        let words = self.classifier.read(&cut, locale);
        (cut, words)
    }

    /// The decision on one question.
    fn decide(&self, cut: &[String], words: &[Arc<Word>]) -> (Outcome, Ranking) {
        let mut ranking = Ranking::default();
        if cut.is_empty() {
            return (Outcome::Abstain(Reason::Vague), ranking);
        }
        let Some(best) = self.best(cut, words) else {
            return (Outcome::Abstain(Reason::Outside(Vec::new())), ranking);
        };
        ranking.best = Some(best.candidate.clone());
        let named = best.ranked.iter().take(RANKED);
        ranking.topics = named
            .filter_map(|&(class, decision)| {
                self.class(class).map(|(id, _)| (id.clone(), decision))
            })
            .collect();
        let grammar_only = words.iter().all(|word| word.mark.is_function);
        (self.judge(best, grammar_only), ranking)
    }

    /// The topic the classifier holds for the likeliest.
    fn best(&self, cut: &[String], words: &[Arc<Word>]) -> Option<Best<'_>> {
        let mut classified = self.classifier.classify_words(cut, words);
        let class = classified.best()?;
        let (id, kind) = self.class(class)?;
        if *kind == Kind::Entry
            && !self.classifier.is_negated(class)
            && negation::asks_for_what_is_not(words)
        {
            classified.explanation.parts.push(negation::doubt());
        }
        Some(Best {
            candidate: Candidate {
                id: id.clone(),
                explanation: classified.explanation,
            },
            kind,
            ranked: classified.ranked,
        })
    }

    /// Applies the rule of [`threshold`].
    fn judge(&self, best: Best<'_>, grammar_only: bool) -> Outcome {
        let score = best.candidate.score();
        match best.kind {
            Kind::Courtesy if score >= ABSTAIN => {
                Outcome::Abstain(Reason::Courtesy(best.candidate))
            }
            _ if grammar_only => Outcome::Abstain(Reason::Vague),
            Kind::Entry if score >= ANSWER => Outcome::Answer(best.candidate, Vec::new()),
            Kind::Absence(_) if score >= ABSTAIN => {
                Outcome::Abstain(Reason::Absent(best.candidate))
            }
            _ => {
                let mut near = self.close(&best.ranked, Kind::as_entry);
                if score >= SUGGEST && !near.is_empty() {
                    return Outcome::Suggest(best.candidate, near);
                }
                if score < OFFER {
                    return Outcome::Abstain(Reason::Outside(Vec::new()));
                }
                near.extend(self.close(&best.ranked, Kind::nearest));
                Outcome::Abstain(Reason::Outside(distinct(near)))
            }
        }
    }

    /// What `of` finds in the topics close behind the best, the likeliest first.
    fn close<'m>(
        &'m self,
        ranked: &[(u16, f32)],
        of: impl Fn(&'m Kind, &'m Id) -> &'m [Id],
    ) -> Vec<Id> {
        let best = ranked.first().map_or(0.0, |&(_, decision)| decision);
        let close = ranked
            .iter()
            .take_while(|(_, decision)| best - decision <= WITHIN)
            .filter_map(|&(class, _)| self.class(class));
        distinct(close.flat_map(|(id, kind)| of(kind, id)).cloned().collect())
    }

    fn class(&self, class: u16) -> Option<(&Id, &Kind)> {
        self.classes
            .get(usize::from(class))
            .map(|(id, kind)| (id, kind))
    }
}

/// Whether a clause may be a question of its own: it asks, or it says enough.
fn may_be_asked(clause: &str, words: &[Arc<Word>]) -> bool {
    let content = words.iter().filter(|word| !word.mark.is_function).count();
    let asks = clause.contains('?') || views::asks(words);
    content >= if asks { 1 } else { CLAUSE_WORDS }
}

/// The first of each, as many as a reply offers.
fn distinct(ids: Vec<Id>) -> Vec<Id> {
    let mut kept: Vec<Id> = Vec::new();
    for id in ids {
        if kept.len() < SUGGESTIONS && !kept.contains(&id) {
            kept.push(id);
        }
    }
    kept
}

impl Kind {
    /// The entry itself.
    fn as_entry<'k>(&'k self, id: &'k Id) -> &'k [Id] {
        if *self == Self::Entry {
            std::slice::from_ref(id)
        } else {
            &[]
        }
    }

    /// The entries an absence stands for.
    fn nearest<'k>(&'k self, _: &'k Id) -> &'k [Id] {
        match self {
            Self::Absence(nearest) => nearest,
            Self::Entry | Self::Courtesy => &[],
        }
    }
}

impl From<Topic<'_>> for Kind {
    fn from(topic: Topic<'_>) -> Self {
        match topic {
            Topic::Entry(_) => Self::Entry,
            Topic::Absence(absence) => Self::Absence(absence.nearest.clone()),
            Topic::Courtesy(_) => Self::Courtesy,
        }
    }
}
