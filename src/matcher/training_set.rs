//! What a classifier learns from.

use crate::knowledge::{Id, Knowledge, Topic};
use crate::text::{Locale, Localized, Names, Synonyms};
use std::collections::HashMap;

/// Utterances of some classes, and questions that belong to none.
#[derive(Debug, Clone, Default)]
pub struct TrainingSet<'t> {
    /// Names the questions may hold, with their spellings.
    pub names: Names,
    /// Words that mean the same.
    pub synonyms: Synonyms,
    /// How many classes there are; they are numbered from nought.
    pub classes: u16,
    /// Ways of asking, each of one class.
    pub utterances: Vec<Utterance<'t>>,
    /// A class, and another one that its answer settles too.
    pub also_answers: Vec<(u16, u16)>,
    /// Questions known to be about something else; everyday ones need not be named.
    pub outside: Vec<(Locale, &'t str)>,
}

/// A way of asking, and the class it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Utterance<'t> {
    /// Its class, below the number of classes.
    pub class: u16,
    /// The language it is written in.
    pub locale: Locale,
    /// As it is written.
    pub text: &'t str,
}

impl<'t> TrainingSet<'t> {
    /// The topics of a knowledge as classes, in their order. A title counts as one
    /// more utterance: it alone adds up to five points where there are few others.
    #[must_use]
    pub fn of(knowledge: &'t Knowledge) -> Self {
        let mut set = Self {
            names: knowledge.names().clone(),
            synonyms: knowledge.synonyms().clone(),
            ..Self::default()
        };
        let numbers: HashMap<&Id, u16> = knowledge.topics().map(Topic::id).zip(0..).collect();
        for (class, topic) in (0..).zip(knowledge.topics()) {
            set.classes = class + 1;
            if let Topic::Entry(entry) = topic {
                let also = entry.also_answers.iter().filter_map(|id| numbers.get(id));
                set.also_answers.extend(also.map(|&other| (class, other)));
            }
            let utterances = texts(topic).map(|(locale, text)| Utterance {
                class,
                locale,
                text,
            });
            set.utterances.extend(utterances);
        }
        set
    }

    /// The text of the utterance with a number, of the set of a knowledge, without laying out
    /// the set.
    pub(crate) fn utterance(knowledge: &Knowledge, number: usize) -> Option<&str> {
        let mut all = knowledge.topics().flat_map(texts);
        all.nth(number).map(|(_, text)| text)
    }
}

/// What a topic is asked by: its title and its utterances, in both languages.
fn texts(topic: Topic<'_>) -> impl Iterator<Item = (Locale, &str)> {
    let titles = topic.title().into_iter().flat_map(Localized::iter);
    let titles = titles.map(|(locale, title)| (locale, title.as_str()));
    let utterances = topic.utterances().iter().flat_map(|(locale, utterances)| {
        utterances.iter().map(move |text| (locale, text.as_str()))
    });
    titles.chain(utterances)
}
