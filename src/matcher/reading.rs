//! A question as the matcher reads it: names unified, chat spellings spelt out, each word
//! with its stem.

use super::views::{Feature, stem_feature};
use crate::text::{
    Detector, Locale, Localized, Names, Synonyms, is_function_word, plain, words as cut_words,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// One word of a question.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Folded, as the story spells it.
    pub(super) text: Arc<str>,
    pub(super) mark: Mark,
    /// The group of its synonyms.
    pub(super) group: Option<u16>,
    /// Whether it is one of the story's names.
    pub(super) is_name: bool,
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
    words: Localized<FxHashMap<String, (Word, u16)>>,
}

impl Learnt {
    /// The words of a text that is cut already: each is read once. Those of an utterance
    /// are learnt, those of the background are not.
    pub(super) fn read(&mut self, text: &Cut<'_>, reader: &Reader) -> Vec<Word> {
        let known = self.words.get_mut(text.locale);
        let time = u16::from(text.is_utterance);
        let words = text.words.iter().map(|cut| {
            if let Some((word, times)) = known.get_mut(cut) {
                *times = times.saturating_add(time);
                return word.clone();
            }
            let word = reader.word(cut, text.locale);
            known.insert(cut.clone(), (word.clone(), time));
            word
        });
        words.collect()
    }
}

/// A text that is cut into words.
pub(super) struct Cut<'c> {
    pub(super) words: &'c [String],
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

    /// Knows from now on what was learnt.
    pub(super) fn know(&mut self, learnt: impl IntoIterator<Item = Learnt>) {
        for Learnt { words } in learnt {
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
        self.names.unify(cut_words(text), |word| {
            self.vocabulary.is_empty() || self.vocabulary.contains(word)
        })
    }

    /// The words of a question in `locale`, cut already.
    pub(super) fn read(&self, cut: &[String], locale: Locale) -> Vec<Word> {
        cut.iter().map(|word| self.word(word, locale)).collect()
    }

    fn word(&self, cut: &str, locale: Locale) -> Word {
        let text = plain(cut, locale);
        let is_figure = text.contains(|c: char| c.is_ascii_digit());
        let is_name = self.names.contains(text);
        Word {
            mark: Mark {
                stem: self.stem(text, locale),
                is_function: is_function_word(cut, locale) || is_function_word(text, locale),
                is_particular: is_figure || is_name,
            },
            group: self.synonyms.group(text, locale),
            is_name,
            text: text.into(),
        }
    }

    /// The stem of a word as the story has it, where it has it: in the question's
    /// language, or in the other (« le stock market crash »).
    fn stem(&self, word: &str, locale: Locale) -> Feature {
        let stem = stem_feature(word, locale);
        if self.stems.is_empty() || self.stems.contains(&stem) {
            return stem;
        }
        let other = stem_feature(word, locale.other());
        if self.stems.contains(&other) {
            other
        } else {
            stem
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
            let words = &reader.cut(text);
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
