//! The story's own names: their spellings, and their spellings with a slip.

use super::{Folded, words};
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
    long: Vec<(String, Shape)>,
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
        let shaped = spelling.iter().map(|word| (word.clone(), Shape::of(word)));
        let long = shaped.filter(|(_, shape)| shape.chars >= LEAST_CHARS);
        self.long.extend(long);
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

    /// Folded words of `text` in which each name is one word, however it was spelt or slipped.
    /// A word that `is_known` is never taken for a slip.
    #[must_use]
    pub fn words(&self, text: &str, is_known: impl Fn(&str) -> bool) -> Vec<String> {
        let folded = Folded::of(text);
        let words = self.unify(&folded.words(), is_known);
        words.into_iter().map(str::to_owned).collect()
    }

    /// The same for words that are cut already.
    pub(crate) fn unify<'w>(
        &'w self,
        words: &[&'w str],
        mut is_known: impl FnMut(&str) -> bool,
    ) -> Vec<&'w str> {
        let meant = words.iter().map(|&word| {
            let may_slip = word.len() >= LEAST_CHARS && !is_known(word);
            let nearest = may_slip.then(|| self.nearest(word)).flatten();
            nearest.unwrap_or(word)
        });
        let mut words = self.join(words, &meant.collect::<Vec<_>>());
        // « Janus Janus-Pro » or a name beside its spelling says it once.
        words.dedup();
        words
    }

    /// Whether a unified word is a name.
    #[must_use]
    pub fn contains(&self, word: &str) -> bool {
        self.unified.contains(word)
    }

    /// Whether a word may be a slip of a word of a name, and is none itself.
    pub(crate) fn may_be_slip(&self, word: &str) -> bool {
        self.nearest(word).is_some_and(|name| name != word)
    }

    /// Names for the spellings among the words `meant`; where no whole spelling comes of them the
    /// words stay as they are (“later” is no slip of “Bridge water”).
    fn join<'w>(&'w self, words: &[&'w str], meant: &[&'w str]) -> Vec<&'w str> {
        let mut unified = Vec::with_capacity(words.len());
        let mut at = 0;
        while let (Some(&word), Some(first)) = (words.get(at), meant.get(at)) {
            at += 1;
            let after = meant.get(at..).unwrap_or_default();
            let spellings = self.spellings.get(*first).into_iter().flatten();
            let mut said = spellings.filter(|(tail, _)| after.iter().take(tail.len()).eq(tail));
            unified.push(match said.next() {
                Some((tail, name)) => {
                    at += tail.len();
                    name
                }
                None => word,
            });
        }
        unified
    }

    /// The word of a spelling that `word` most likely meant: one edit away, two from
    /// eight characters on, counting a swap of neighbours as one (optimal string
    /// alignment).
    fn nearest(&self, word: &str) -> Option<&str> {
        let shape = Shape::of(word);
        let allowed = match shape.chars {
            0..LEAST_CHARS => return None,
            LEAST_CHARS..8 => 1,
            _ => 2,
        };
        self.long
            .iter()
            .filter(|(_, its)| its.may_be(shape, allowed))
            .map(|(name, _)| (osa_distance(word, name), name))
            .filter(|&(distance, _)| distance <= allowed)
            .min()
            .map(|(_, name)| name.as_str())
    }
}

/// What tells most words apart without measuring a distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    chars: usize,
    /// A bit for each letter of the word; some letters share one.
    letters: u32,
}

impl Shape {
    fn of(word: &str) -> Self {
        let bits = word.chars().map(|c| 1 << (u32::from(c) % u32::BITS));
        Self {
            chars: word.chars().count(),
            letters: bits.fold(0, |all, bit: u32| all | bit),
        }
    }

    /// Whether another word may be within so many edits: one adds a letter at most, and takes
    /// one away.
    const fn may_be(self, other: Self, edits: usize) -> bool {
        self.chars.abs_diff(other.chars) <= edits
            && (self.letters ^ other.letters).count_ones() as usize <= 2 * edits
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
            ("Bridgewater", vec!["Bridge water"]),
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
            ("bridge watter", "bridgewater"),
            ("see you later", "see you later"),
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
