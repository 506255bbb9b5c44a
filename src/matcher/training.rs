//! From a training set to a classifier.

use super::also::Also;
use super::classifier::Classifier;
use super::examples::Example;
use super::nearest::Nearest;
use super::reading::{Mark, Reader};
use super::refusal::Refusal;
use super::space::Space;
use super::sparse::Sparse;
use super::texts::{self, Lesson, Read};
use super::training_set::TrainingSet;
use super::trials::Trials;
use super::usage::Usage;
use super::views::Views;
use crate::parallel::{both, in_parallel, one_each};
use std::collections::{HashMap, HashSet};

/// One utterance in this many must ask for what is not the case, for a class to be about
/// that.
const NEGATED: usize = 10;

/// A text laid out in the space.
pub(super) struct Laid {
    pub(super) lesson: Lesson,
    pub(super) marks: Vec<Mark>,
    pub(super) views: Views,
    pub(super) vector: Sparse,
    stems: Vec<u32>,
}

impl Laid {
    /// What a classifier of `classes` classes learns from it: outside is one more class.
    pub(super) fn example(&self, classes: u16) -> Example<'_> {
        let class = match self.lesson {
            Lesson::Class(class) => class,
            Lesson::Outside | Lesson::Far | Lesson::Talk => classes,
        };
        Example {
            vector: &self.vector,
            class,
        }
    }

    /// Its class, where it belongs to one, and the dimensions of its stems.
    pub(super) fn said(&self) -> Option<(u16, &[u32])> {
        match self.lesson {
            Lesson::Class(class) => Some((class, &self.stems)),
            Lesson::Outside | Lesson::Far | Lesson::Talk => None,
        }
    }
}

/// Trains a classifier.
pub(super) fn train(set: &TrainingSet<'_>) -> Classifier {
    let mut reader = Reader::new(set.names.clone(), set.synonyms.clone());
    let (read, learnt) = texts::read(set, &mut reader);
    let exact = exact(&read);
    let negated = negated(&read);
    let ((), (space, laid)) = both(|| reader.know(learnt), || lay(read));
    let also = Also::of(&set.also_answers, set.classes);
    let trials = Trials::of(&laid, &also, set.classes, &space);
    let earlier = trials.earlier();
    let said: Vec<(u16, &[u32])> = laid.iter().filter_map(Laid::said).collect();
    let remember = || {
        let tells = |stem| space.idf(Some(stem));
        let nearest = Nearest::of(&said, set.classes, space.len(), tells);
        (nearest, Usage::learn(said.iter().copied(), set.classes))
    };
    let ((nearest, usage), (linear, last)) = both(remember, || trials.last());
    let refusal = Refusal::train(&[earlier, last].concat());
    Classifier {
        reader,
        exact,
        negated,
        space,
        linear,
        usage,
        nearest,
        also,
        refusal,
    }
}

/// The class of each utterance by its words, which rise; of two classes the first.
fn exact(read: &[Read]) -> Box<[(u64, u16)]> {
    let said = read.iter().filter_map(|one| match one.lesson {
        Lesson::Class(class) => Some((one.key, class)),
        Lesson::Outside | Lesson::Far | Lesson::Talk => None,
    });
    let mut exact: Vec<(u64, u16)> = said.collect();
    exact.sort_by_key(|&(key, _)| key);
    exact.dedup_by_key(|(key, _)| *key);
    exact.into_boxed_slice()
}

/// The classes of which enough utterances ask for what is not the case: a story told
/// beside a question (« j’ai pas suivi, qui … ») is no such asking.
fn negated(read: &[Read]) -> HashSet<u16> {
    let mut counts: HashMap<u16, (usize, usize)> = HashMap::new();
    for one in read {
        if let Lesson::Class(class) = one.lesson {
            let (negated, all) = counts.entry(class).or_default();
            *negated += usize::from(one.is_negated);
            *all += 1;
        }
    }
    let enough = |(negated, all): (usize, usize)| negated * NEGATED > all;
    let classes = counts.into_iter().filter(|&(_, counts)| enough(counts));
    classes.map(|(class, _)| class).collect()
}

/// The space of some texts, and each of them laid out in it.
fn lay(mut read: Vec<Read>) -> (Space, Vec<Laid>) {
    let own = read.partition_point(|one| matches!(one.lesson, Lesson::Class(_)));
    let views: Vec<&Views> = read.iter().map(|one| &one.views).collect();
    let (texts, background) = views.split_at_checked(own).unwrap_or_default();
    let space = Space::of(texts, background);
    read.retain(|one| one.lesson != Lesson::Talk);
    let chunks = one_each(&read);
    let vectors = in_parallel(&chunks, |chunk| {
        let vectors = chunk.iter().map(|one| {
            let stems = one.marks.iter();
            let stems = stems.filter_map(|mark| space.dimension(mark.stem));
            let vector = space.vector(&one.views, |_| true).values;
            (stems.collect(), vector)
        });
        vectors.collect::<Vec<_>>()
    });
    let vectors = vectors.into_iter().flatten();
    let laid = read.into_iter().zip(vectors);
    let laid = laid.map(|(one, (stems, vector))| Laid {
        lesson: one.lesson,
        stems,
        marks: one.marks,
        views: one.views,
        vector,
    });
    let laid = laid.collect();
    (space, laid)
}
