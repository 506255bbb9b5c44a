//! The story's own names: their spellings, and their spellings with a slip.

use super::words;
use rustc_hash::{FxHashMap, FxHashSet};
use strsim::osa_distance;

/// Under so many characters a slip cannot be told from another word.
const LEAST_CHARS: usize = 5;

/// Names of a story, each with every spelling a member may use.
#[derive(Debug, Default, Clone)]
pub struct Names {
    /// By its first word: the rest of a spelling and the one word it stands for,
    /// longest first.
    spellings: FxHashMap<String, Vec<(Vec<String>, String)>>,
    unified: FxHashSet<String>,
    /// Words of spellings that are long enough to be seen through a slip.
    long: Vec<String>,
}

impl Names {
    /// Takes `(name, spellings)` pairs as a curator writes them; the name is one of
    /// its own spellings.
    pub fn new<'a, S>(names: impl IntoIterator<Item = (&'a str, S)>) -> Self
    where
        S: IntoIterator<Item = &'a str>,
    {
        let mut all = Self::default();
        for (name, others) in names {
            let unified = words(name).concat();
            for spelling in std::iter::once(name).chain(others) {
                all.add(words(spelling), &unified);
            }
        }
        all.long.sort_unstable();
        all.long.dedup();
        all
    }

    fn add(&mut self, spelling: Vec<String>, unified: &str) {
        let long = |word: &&String| word.chars().nth(LEAST_CHARS - 1).is_some();
        self.long.extend(spelling.iter().filter(long).cloned());
        let mut spelling = spelling.into_iter();
        let Some(first) = spelling.next() else {
            return;
        };
        let rest: Vec<String> = spelling.collect();
        let same_first = self.spellings.entry(first).or_default();
        let longer = same_first.partition_point(|(other, _)| other.len() >= rest.len());
        same_first.insert(longer, (rest, unified.to_owned()));
        self.unified.insert(unified.to_owned());
    }

    /// Folded words of `text` in which each name is one word, however it was spelt
    /// or slipped. A word that `is_known` is never taken for a slip.
    #[must_use]
    pub fn words(&self, text: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
        self.unify(words(text), is_known)
    }

    /// The same for words that are cut already.
    #[must_use]
    pub fn unify(&self, mut words: Vec<String>, is_known: impl Fn(&str) -> bool) -> Vec<String> {
        for word in &mut words {
            if !is_known(word)
                && let Some(name) = self.nearest(word)
            {
                name.clone_into(word);
            }
        }
        let mut words = self.join(words);
        // « Janus Janus-Pro » or a name beside its spelling says it once.
        words.dedup();
        words
    }

    /// Whether a unified word is a name.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.unified.contains(word)
    }

    fn join(&self, words: Vec<String>) -> Vec<String> {
        let mut unified = Vec::with_capacity(words.len());
        let mut rest = words.into_iter();
        while let Some(first) = rest.next() {
            let spellings = self.spellings.get(&first).into_iter().flatten();
            let mut said = spellings.filter(|(tail, _)| rest.as_slice().starts_with(tail));
            if let Some((tail, name)) = said.next() {
                rest.by_ref().take(tail.len()).for_each(drop);
                unified.push(name.clone());
            } else {
                unified.push(first);
            }
        }
        unified
    }

    /// The word of a spelling that `word` most likely meant: one edit away, two from
    /// eight characters on, counting a swap of neighbours as one (optimal string
    /// alignment).
    fn nearest(&self, word: &str) -> Option<&str> {
        let length = word.chars().count();
        let allowed = match length {
            0..LEAST_CHARS => return None,
            LEAST_CHARS..8 => 1,
            _ => 2,
        };
        self.long
            .iter()
            .filter(|name| name.chars().count().abs_diff(length) <= allowed)
            .map(|name| (osa_distance(word, name), name))
            .filter(|&(distance, _)| distance <= allowed)
            .min()
            .map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::new([
            ("DeepSeek", vec!["deep seek", "deepsik"]),
            ("Janus-Pro", vec!["Janus"]),
            ("DALL-E 3", vec!["DALL-E", "dalle", "dalle 3"]),
            ("Nvidia", vec![]),
        ])
    }

    #[test]
    fn every_spelling_becomes_one_word() {
        for (text, expected) in [
            ("Deep Seek", "deepseek"),
            ("DEEPSIK ?", "deepseek"),
            ("DALL‑E 3 vs dalle", "dalle3 vs dalle3"),
            ("janus pro", "januspro"),
            ("jannus pro", "januspro"),
            ("nvidai fell", "nvidia fell"),
            ("navidia", "nvidia"),
            ("deapseak", "deepseek"),
            ("media avide", "media avide"),
        ] {
            assert_eq!(names().words(text, |_| false).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn a_known_word_is_no_slip() {
        assert_eq!(
            names().words("invidia", |word| word == "invidia"),
            ["invidia"]
        );
    }
}
