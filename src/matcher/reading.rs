//! A question as the matcher reads it: names unified, chat spellings spelt out, each word
//! with its stem.

use super::negation::Role;
use super::views::{Feature, WordViews, stem_feature};
use crate::text::{
    Detector, Folded, Locale, Localized, Names, Synonyms, is_function_word, plain, stem,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// One word of a question, and all that is asked of it wherever it stands.
#[derive(Debug)]
pub(super) struct Word {
    /// Folded, as the story spells it.
    pub(super) text: Arc<str>,
    pub(super) mark: Mark,
    /// What it shows by itself.
    pub(super) views: WordViews,
    /// What it does in a question for what is not the case.
    pub(super) role: Option<Role>,
}

/// What signals ask of a word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) stem: Feature,
    /// Whether it carries grammar rather than matter.
    pub(super) is_function: bool,
    /// Whether it is one of the story's names, or a figure: another one is another
    /// question.
    pub(super) is_particular: bool,
}

/// Reads questions with what is known of the words of a training set.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    names: Names,
    synonyms: Synonyms,
    detector: Detector,
    vocabulary: FxHashSet<Arc<str>>,
    stems: FxHashSet<Feature>,
}

/// What was learnt of words while texts were read.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    /// Each word as it was cut: how it is read, and how many times utterances have it.
    words: Localized<FxHashMap<String, (Arc<Word>, u16)>>,
    /// Whether a word may be a slip of a name.
    slips: FxHashMap<String, bool>,
}

impl Learnt {
    /// Whether a word may be a slip of a name; of each this is found out once.
    pub(super) fn may_be_slip(&mut self, word: &str, reader: &Reader) -> bool {
        if let Some(&slip) = self.slips.get(word) {
            return slip;
        }
        let slip = reader.names.may_be_slip(word);
        self.slips.insert(word.to_owned(), slip);
        slip
    }

    /// The words of a text that is cut already: each is read once. Those of an utterance
    /// are learnt, those of the background are not.
    pub(super) fn read(&mut self, text: &Cut<'_>, reader: &Reader) -> Vec<Arc<Word>> {
        let known = self.words.get_mut(text.locale);
        let time = u16::from(text.is_utterance);
        let words = text.words.iter().map(|&cut| {
            if let Some((word, times)) = known.get_mut(cut) {
                *times = times.saturating_add(time);
                return Arc::clone(word);
            }
            let word = Arc::new(reader.word(cut, text.locale));
            known.insert(cut.to_owned(), (Arc::clone(&word), time));
            word
        });
        words.collect()
    }
}

/// A text that is cut into words.
pub(super) struct Cut<'c> {
    pub(super) words: &'c [&'c str],
    pub(super) locale: Locale,
    pub(super) is_utterance: bool,
}

impl Reader {
    /// A reader that knows names and synonyms, and no word yet.
    pub(super) fn new(names: Names, synonyms: Synonyms) -> Self {
        Self {
            names,
            synonyms,
            detector: Detector::default(),
            vocabulary: FxHashSet::default(),
            stems: FxHashSet::default(),
        }
    }

    /// Takes no word of some everyday texts for a slip of a name from now on.
    pub(super) fn meet(&mut self, learnt: &[Learnt]) {
        let words = learnt.iter().flat_map(|learnt| learnt.words.iter());
        let words = words.flat_map(|(_, words)| words.values());
        let words = words.map(|(word, _)| Arc::clone(&word.text));
        self.vocabulary.extend(words);
    }

    /// Knows from now on what was learnt.
    pub(super) fn know(&mut self, learnt: impl IntoIterator<Item = Learnt>) {
        for Learnt { words, .. } in learnt {
            for (locale, words) in words.iter() {
                for (cut, (word, times)) in words.iter().filter(|(_, (_, times))| *times > 0) {
                    self.detector.learn(cut, *times, locale);
                    self.stems.insert(word.mark.stem);
                    self.vocabulary.insert(Arc::clone(&word.text));
                }
            }
        }
    }

    /// The language of a question, where it shows one.
    pub(super) fn locale_of(&self, question: &str) -> Option<Locale> {
        let cut = self.cut(question);
        self.detector.detect(question, &cut, &self.names)
    }

    /// Folded words of a question, each name one word.
    pub(super) fn cut(&self, text: &str) -> Vec<String> {
        let folded = Folded::of(text);
        let words = self.unify(&folded, |_| false);
        words.into_iter().map(str::to_owned).collect()
    }

    /// The same of a folded text, without copying them. A word of the vocabulary, or one that
    /// `is_known` beside it, is no slip of a name.
    pub(super) fn unify<'f>(
        &'f self,
        folded: &'f Folded,
        mut is_known: impl FnMut(&str) -> bool,
    ) -> Vec<&'f str> {
        let is_known = |word: &str| self.vocabulary.contains(word) || is_known(word);
        self.names.unify(&folded.words(), is_known)
    }

    /// The words of a question in `locale`, cut already.
    pub(super) fn read(&self, cut: &[String], locale: Locale) -> Vec<Arc<Word>> {
        let words = cut.iter().map(|word| self.word(word, locale));
        words.map(Arc::new).collect()
    }

    fn word(&self, cut: &str, locale: Locale) -> Word {
        let text = plain(cut, locale);
        let is_figure = text.contains(|c: char| c.is_ascii_digit());
        let is_name = self.names.contains(text);
        let stem = stem(text, locale);
        let group = self.synonyms.of_stem(&stem, locale);
        let mark = Mark {
            stem: self.known_stem(&stem, text, locale),
            is_function: is_function_word(cut, locale) || is_function_word(text, locale),
            is_particular: is_figure || is_name,
        };
        Word {
            mark,
            views: WordViews::of(text, mark, is_name, group),
            role: Role::of(text),
            text: text.into(),
        }
    }

    /// The stem of a word as the story has it, where it has it: in the question's
    /// language, or in the other (« le stock market crash »).
    fn known_stem(&self, its: &str, word: &str, locale: Locale) -> Feature {
        let its = stem_feature(its);
        if self.stems.is_empty() || self.stems.contains(&its) {
            return its;
        }
        let other = stem_feature(&stem(word, locale.other()));
        if self.stems.contains(&other) {
            other
        } else {
            its
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        let names = Names::new([("Nvidia", vec![]), ("DALL-E 3", vec!["dalle"])]);
        let mut reader = Reader::new(names, Synonyms::default());
        let mut learnt = Learnt::default();
        for (text, locale) in [
            ("pourquoi la bourse a chuté, combien", Locale::Fr),
            ("the market crashed", Locale::En),
        ] {
            let folded = Folded::of(text);
            let words = &reader.unify(&folded, |_| false);
            let is_utterance = true;
            let cut = Cut {
                words,
                locale,
                is_utterance,
            };
            learnt.read(&cut, &reader);
        }
        reader.know([learnt]);
        reader
    }

    #[test]
    fn an_everyday_word_is_no_slip_of_a_name() {
        let mut reader = Reader::new(Names::new([("GenEval", vec![])]), Synonyms::default());
        let mut learnt = Learnt::default();
        learnt.read(
            &Cut {
                words: &["in", "general"],
                locale: Locale::En,
                is_utterance: false,
            },
            &reader,
        );
        assert_eq!(reader.cut("general gneval"), ["geneval"]);
        reader.meet(&[learnt]);
        assert_eq!(reader.cut("general gneval"), ["general", "geneval"]);
    }

    #[test]
    fn words_are_read_as_the_story_has_them() {
        let reader = reader();
        for (question, expected, why) in [
            ("pk la bourse", "pourquoi la bourse", "a chat spelling"),
            ("cb nvidai", "combien nvidia", "chat and a name's slip"),
            ("le market", "le market", "a word of the other language"),
            ("zebra DALL-E 3", "zebra dalle3", "an unknown word stays"),
        ] {
            let words = reader.read(&reader.cut(question), Locale::Fr);
            let texts: Vec<&str> = words.iter().map(|word| &*word.text).collect();
            assert_eq!(texts.join(" "), expected, "{question}: {why}");
        }
    }

    #[test]
    fn a_word_has_the_stem_its_utterance_gave_it_in_either_language() {
        let reader = reader();
        let stem = |text: &str, locale| {
            let words = reader.read(&reader.cut(text), locale);
            words.first().map(|word| word.mark.stem)
        };
        assert_eq!(stem("crashing", Locale::Fr), stem("crashed", Locale::En));
        assert_eq!(stem("bourses", Locale::En), stem("bourse", Locale::Fr));
    }
}
