//! What speaks for, and against, the class that was chosen.

use super::also::Also;
use super::explanation::Signal;
use super::reading::Mark;
use super::space::{Space, number};
use super::sparse::Sparse;
use super::usage::Usage;
use super::views::{GRAMS, PAIRS, Views};

/// Steepness of the softmax that turns decisions into probabilities. 10 and 12 rank right
/// over wrong no better on held-out utterances.
const STEEPNESS: f32 = 6.0;

/// A question laid out in the space.
pub(super) struct Sight {
    pub(super) vector: Sparse,
    pub(super) content: Vec<Content>,
    grams_known: f32,
    pairs_known: f32,
}

/// A content word of a question, as the coverage signals see it.
pub(super) struct Content {
    /// Which word of the question it is.
    pub(super) at: usize,
    /// The dimension of its stem, where it is known.
    pub(super) stem: Option<u32>,
    /// How much it tells.
    idf: f32,
    is_particular: bool,
}

impl Sight {
    /// Looks at a question over the dimensions that `knows` holds for.
    pub(super) fn of(
        words: &[Mark],
        views: &Views,
        space: &Space,
        knows: impl Fn(u32) -> bool,
    ) -> Self {
        let seen = |feature| space.dimension(feature).filter(|d| knows(*d));
        let content = words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.is_function);
        let content = content.map(|(at, word)| {
            let stem = seen(word.stem);
            Content {
                at,
                stem,
                idf: space.idf(stem),
                is_particular: word.is_particular,
            }
        });
        let vector = space.vector(views, &knows);
        let share = |view: usize| {
            let features = views.each().nth(view).map_or(0, <[_]>::len);
            let found = vector.known.get(view).copied().unwrap_or(0);
            // Where there is nothing to know, nothing is unknown.
            if features == 0 {
                1.0
            } else {
                number(found) / number(features)
            }
        };
        Self {
            content: content.collect(),
            pairs_known: share(PAIRS),
            grams_known: share(GRAMS),
            vector: vector.values,
        }
    }
}

/// How many signals there are.
pub(super) const COUNT: usize = 13;

/// The chosen class and what was measured of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measured {
    pub(super) class: u16,
    /// In the order of [`Signal::ALL`].
    pub(super) signals: [f32; COUNT],
}

/// Measures the best class; `decisions` has one for each class, and one more for what
/// lies outside. `None` where the question shares nothing with the space.
pub(super) fn measure(
    sight: &Sight,
    decisions: &[f32],
    usage: &Usage,
    also: &Also,
) -> Option<Measured> {
    if sight.vector.is_empty() {
        return None;
    }
    let (outside, decisions) = decisions.split_last()?;
    let best =
        (0_u16..)
            .zip(decisions)
            .fold(None, |best: Option<(u16, f32)>, (class, &decision)| {
                best.filter(|best| best.1 >= decision)
                    .or(Some((class, decision)))
            });
    let (class, decision) = best?;
    let settles = |asked: u16| also.settles(class, asked);
    let lead = Lead::of(decision, decisions, settles);
    let usage = |word: &Content| word.stem.map_or(0.0, |stem| usage.of(class, stem));
    let seen = |word: &Content| word.stem.is_some();
    let content = &sight.content;
    let count = |of: &dyn Fn(&Content) -> bool| number(content.iter().filter(|w| of(w)).count());
    let signals = [
        decision,
        lead.margin,
        -lead.log_sum,
        decision + lead.log_sum / STEEPNESS,
        lead.prominence,
        *outside,
        coverage(content, usage),
        coverage(content, |word| if seen(word) { 1.0 } else { 0.0 }),
        count(&|word| !seen(word)),
        count(&|word| word.is_particular && usage(word) == 0.0),
        sight.grams_known,
        sight.pairs_known,
        number(content.len()).ln_1p(),
    ];
    Some(Measured { class, signals })
}

/// How the best class stands among those whose question its answer does not settle.
struct Lead {
    margin: f32,
    /// Logarithm of the sum of the softmax, over that of the best.
    log_sum: f32,
    /// Deviations from the mean.
    prominence: f32,
}

impl Lead {
    /// Of a best decision over those of the classes its answer does not settle.
    fn of(decision: f32, decisions: &[f32], settles: impl Fn(u16) -> bool) -> Self {
        let count = number(decisions.len()).max(1.0);
        let mean = decisions.iter().sum::<f32>() / count;
        let variance = decisions.iter().map(|d| (d - mean).powi(2)).sum::<f32>() / count;
        let (mut runner_up, mut sum) = (f32::NEG_INFINITY, 1.0);
        for (other, &d) in (0_u16..).zip(decisions) {
            if !settles(other) {
                runner_up = runner_up.max(d);
                sum += ((d - decision) * STEEPNESS).exp();
            }
        }
        Self {
            margin: if runner_up.is_finite() {
                decision - runner_up
            } else {
                1.0
            },
            log_sum: sum.ln(),
            prominence: (decision - mean) / variance.sqrt().max(f32::EPSILON),
        }
    }
}

/// Share of the content words, weighed by what they tell, that is covered; 1 where there is
/// no content word, for nothing speaks against the class then.
fn coverage(content: &[Content], covers: impl Fn(&Content) -> f32) -> f32 {
    let whole: f32 = content.iter().map(|word| word.idf).sum();
    let covered = content.iter().map(|word| word.idf * covers(word));
    if whole > 0.0 {
        covered.fold(0.0, |a, b| a + b) / whole
    } else {
        1.0
    }
}

impl Signal {
    /// All signals, in the order they are measured.
    pub(super) const ALL: [Self; COUNT] = [
        Self::Decision,
        Self::Margin,
        Self::LogProbability,
        Self::Energy,
        Self::Prominence,
        Self::Outside,
        Self::CoveredByTopic,
        Self::CoveredByStory,
        Self::Unseen,
        Self::Strangers,
        Self::GramsKnown,
        Self::PairsKnown,
        Self::Length,
    ];
}

#[cfg(test)]
mod tests {
    use super::super::reading::Reader;
    use super::*;
    use crate::text::{Locale, Names, Synonyms};

    /// Two classes of one utterance each, and what is measured of a question when the
    /// classifier decides so.
    fn ask(question: &str, decisions: &[f32]) -> impl Fn(Signal) -> f32 + use<> {
        ask_also(question, decisions, &Also::default())
    }

    fn ask_also(question: &str, decisions: &[f32], also: &Also) -> impl Fn(Signal) -> f32 + use<> {
        let reader = Reader::new(Names::new([("Nvidia", vec![])]), Synonyms::default());
        let read = |text: &str| reader.read(&reader.cut(text), Locale::En);
        let texts = ["who founded nvidia", "price of the chips"].map(read);
        let views: Vec<Views> = texts.iter().map(|words| Views::of(words)).collect();
        let space = Space::of(&views.iter().collect::<Vec<_>>(), &[]);
        let stems: Vec<Vec<u32>> = texts
            .iter()
            .map(|words| {
                let stems = words.iter().map(|word| space.dimension(word.mark.stem));
                stems.flatten().collect()
            })
            .collect();
        let usage = Usage::learn((0..).zip(stems.iter().map(Vec::as_slice)), 2);
        let words = read(question);
        let marks: Vec<Mark> = words.iter().map(|word| word.mark).collect();
        let sight = Sight::of(&marks, &Views::of(&words), &space, |_| true);
        let measured = measure(&sight, decisions, &usage, also).expect("it shares words");
        move |signal| measured.signals[Signal::ALL.iter().position(|s| *s == signal).unwrap()]
    }

    #[test]
    fn signals_speak_for_the_class_whose_utterance_is_asked() {
        let right = ask("price of chips", &[-0.9, 0.5, -1.0]);
        let wrong = ask("price of chips", &[0.1, 0.0, 0.3]);
        for signal in [
            Signal::Decision,
            Signal::Margin,
            Signal::LogProbability,
            Signal::CoveredByTopic,
        ] {
            assert!(right(signal) > wrong(signal), "{signal}");
        }
        assert!(right(Signal::Outside) < wrong(Signal::Outside));
    }

    #[test]
    fn what_nobody_used_and_whom_the_topic_does_not_know_are_counted() {
        let plain = ask("price of chips", &[-0.9, 0.5, -1.0]);
        let unseen = ask("price of zebras", &[-0.9, 0.5, -1.0]);
        assert!(unseen(Signal::Unseen) > plain(Signal::Unseen));
        assert!(unseen(Signal::CoveredByStory) < plain(Signal::CoveredByStory));
        assert!(unseen(Signal::GramsKnown) < plain(Signal::GramsKnown));
        let strange = ask("price of nvidia chips in 2019", &[-0.9, 0.5, -1.0]);
        assert_eq!(
            (plain(Signal::Strangers), strange(Signal::Strangers)),
            (0.0, 2.0)
        );
    }

    #[test]
    fn a_topic_the_answer_settles_too_is_no_reason_to_doubt() {
        let decisions = [0.4, 0.5, -1.0];
        let alone = ask("price of chips", &decisions);
        let settling = ask_also("price of chips", &decisions, &Also::of(&[(1, 0)], 2));
        assert!(settling(Signal::Margin) > alone(Signal::Margin));
        assert!(settling(Signal::LogProbability) > alone(Signal::LogProbability));
    }

    #[test]
    fn a_question_of_grammar_alone_has_no_unknown_letters() {
        let grammar = ask("who is the", &[0.5, 0.1, -1.0]);
        assert_eq!(grammar(Signal::GramsKnown), 1.0);
    }
}
