//! From a question to an outcome: ranks the topics of a story and decides whether
//! to answer, to suggest, or to abstain.
//!
//! A linear classifier chooses the topic (`svm` over `space`), a refusal model
//! says how far to believe it (`refusal` over `signals`), and the thresholds
//! turn that score into an [`Outcome`].

mod descent;
mod explanation;
mod far;
mod outcome;
mod refusal;
mod signals;
mod space;
mod sparse;
mod svm;
mod titles;
mod train;
mod views;

pub use self::explanation::{Explanation, Part, Signal};
pub use self::outcome::{Candidate, Outcome, Ranking, Reason};
pub use self::titles::Titles;

use self::refusal::Refusal;
use self::signals::{Memory, Sight, measure};
use self::space::Space;
use self::svm::Svm;
use crate::knowledge::{Id, Knowledge, Topic};
use crate::text::{Detector, Locale, is_function_word};
use std::collections::{HashMap, HashSet};

/// Least score to answer. In five-fold cross-validation over the utterances of the
/// first story it is the lowest that answers no more than one in a hundred questions
/// that the story leaves open with an entry; that binds before the others (1.5 in a
/// hundred entry questions answered wrong, 0.5 far ones answered).
pub const ANSWER: f32 = 0.72;
/// Least score to say that the story does not tell, or to return a courtesy: a mistake
/// here costs the member a second look at what is offered, not a false belief.
pub const ABSTAIN: f32 = 0.5;
/// Least score to suggest: of everyday questions on other things, fewer than eight in
/// a hundred reach it in the same trial. Below it the question is about something else.
pub const SUGGEST: f32 = 0.21;
/// Least score for the nearest entries to be offered beside a refusal: under it what is
/// nearest is not near.
const OFFER: f32 = 0.1;
/// Most topics a ranking names.
const RANKED: usize = 10;
/// Most entries a suggestion offers.
pub const SUGGESTIONS: usize = 3;
/// A topic this far behind the best, in the classifier's decision, is not offered.
const WITHIN: f32 = 0.6;
/// Longest question, in characters, that is read: beyond it there is no *one*
/// question to find. It is twice Discord's longest message.
pub const QUESTION_CHARS: usize = 4_000;

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
    names: crate::text::Names,
    vocabulary: HashSet<String>,
    /// Hashes of the words of each utterance and title, with their class.
    exact: HashMap<u64, u16>,
    detector: Detector,
    space: Space,
    svm: Svm,
    memories: Vec<Memory>,
    refusal: Refusal,
}

impl Matcher {
    /// Trains on the utterances and titles of a knowledge.
    #[must_use]
    pub fn train(knowledge: &Knowledge) -> Self {
        train::train(knowledge)
    }

    /// The language of a question, where it shows one.
    #[must_use]
    pub fn locale_of(&self, question: &str) -> Option<Locale> {
        self.detector.detect(question, &self.names)
    }

    /// The decision on a question that is written in `locale`, and what led to it.
    #[must_use]
    pub fn explain(&self, question: &str, locale: Locale) -> (Outcome, Ranking) {
        let mut ranking = Ranking {
            best: None,
            topics: Vec::new(),
        };
        if question.chars().nth(QUESTION_CHARS).is_some() {
            return (Outcome::Abstain(Reason::Vague), ranking);
        }
        let words = self
            .names
            .words(question, |word| self.vocabulary.contains(word));
        if words.is_empty() {
            return (Outcome::Abstain(Reason::Vague), ranking);
        }
        if let Some((candidate, kind, class)) = self.exact(&words) {
            ranking.best = Some(candidate.clone());
            return (self.judge(candidate, kind, &[(class, 1.0)], false), ranking);
        }
        let sight = Sight::of(&words, locale, &self.space);
        let ranked = rank(&self.svm, &sight);
        ranking.topics = ranked
            .iter()
            .take(RANKED)
            .filter_map(|&(class, decision)| {
                self.class(class).map(|(id, _)| (id.clone(), decision))
            })
            .collect();
        let outcome = match self.candidate(&sight, &ranked) {
            Some((candidate, kind)) => {
                ranking.best = Some(candidate.clone());
                let grammar_only = words.iter().all(|word| is_function_word(word, locale));
                self.judge(candidate, kind, &ranked, grammar_only)
            }
            None => Outcome::Abstain(Reason::Outside(Vec::new())),
        };
        (outcome, ranking)
    }

    /// The topic that has these very words for an utterance or a title.
    fn exact(&self, words: &[String]) -> Option<(Candidate, &Kind, u16)> {
        let &class = self.exact.get(&train::key(words))?;
        let (id, kind) = self.class(class)?;
        let (id, explanation) = (id.clone(), Explanation::exact(words));
        Some((Candidate { id, explanation }, kind, class))
    }

    /// The threshold rule, and the only place that knows it.
    fn judge(
        &self,
        best: Candidate,
        kind: &Kind,
        ranked: &[(u16, f32)],
        grammar_only: bool,
    ) -> Outcome {
        let score = best.score();
        match kind {
            Kind::Courtesy if score >= ABSTAIN => Outcome::Abstain(Reason::Courtesy(best)),
            _ if grammar_only => Outcome::Abstain(Reason::Vague),
            Kind::Entry if score >= ANSWER => Outcome::Answer(best),
            Kind::Absence(_) if score >= ABSTAIN => Outcome::Abstain(Reason::Absent(best)),
            _ => {
                let mut near = self.close(ranked, Kind::as_entry);
                if score >= SUGGEST && !near.is_empty() {
                    return Outcome::Suggest(best, near);
                }
                if score < OFFER {
                    return Outcome::Abstain(Reason::Outside(Vec::new()));
                }
                near.extend(self.close(ranked, Kind::nearest));
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

    fn candidate(&self, sight: &Sight, ranked: &[(u16, f32)]) -> Option<(Candidate, &Kind)> {
        let &(class, _) = ranked.first()?;
        let (id, kind) = self.class(class)?;
        let memory = self.memories.get(usize::from(class))?;
        let mut explanation = self
            .refusal
            .explain(measure(sight, &self.memories, ranked)?);
        for (word, stem) in &sight.content {
            let matched = stem.dimension.is_some_and(|d| memory.stems.contains(&d));
            let list = if matched {
                &mut explanation.matched
            } else {
                &mut explanation.unmatched
            };
            list.push(word.clone());
        }
        Some((
            Candidate {
                id: id.clone(),
                explanation,
            },
            kind,
        ))
    }

    fn class(&self, class: u16) -> Option<(&Id, &Kind)> {
        self.classes
            .get(usize::from(class))
            .map(|(id, kind)| (id, kind))
    }
}

/// Classes by falling decision value; none where the question touches no dimension.
fn rank(svm: &Svm, sight: &Sight) -> Vec<(u16, f32)> {
    if sight.vector.is_empty() {
        return Vec::new();
    }
    let mut ranked: Vec<(u16, f32)> = (0..).zip(svm.decide(&sight.vector)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
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
