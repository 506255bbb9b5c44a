//! What is remembered of the utterances beside the weights: which question was ever
//! asked like this one, and which words each class uses.

use super::rows::Rows;
use super::space::number;
use super::sparse::norm;

/// A dimension with more postings is passed over: what so many utterances share tells none
/// of them apart, and a question must not wait for it.
const POSTINGS: usize = 8_192;

/// A word that this share of a class's utterances use is wholly its own. One long story
/// among eighty utterances brings words that have nothing to do with it.
const OWN_SHARE: f32 = 0.025;

/// The utterances by dimension, and the stems of each class.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// Utterances, in the order of their classes, and their values, each utterance of
    /// length 1.
    postings: Rows<(u32, f32)>,
    /// Where the utterances of each class end.
    ends: Vec<u32>,
    /// The number each utterance was given with.
    numbers: Vec<u32>,
    /// The dimensions of the stems of each class, rising, and how far each is its own.
    stems: Vec<Box<[(u32, f32)]>>,
}

/// An utterance as it is remembered.
pub(super) struct Remembered<'v> {
    pub(super) class: u16,
    /// Its vector, by the weights of likeness.
    pub(super) likeness: &'v [(u32, f32)],
    /// The dimensions of its stems.
    pub(super) stems: &'v [u32],
}

/// How a question resembles the utterances of a class, and those of the classes whose
/// question its answer does not settle, in 0..=1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Likeness {
    pub(super) own: f32,
    pub(super) others: f32,
    /// The number of the utterance of its own that is nearest.
    pub(super) nearest: Option<usize>,
}

impl Memory {
    /// Remembers utterances of `classes` classes over `dimensions` dimensions.
    pub(super) fn of(utterances: &[Remembered<'_>], classes: u16, dimensions: usize) -> Self {
        let mut ordered: Vec<(u32, &Remembered<'_>)> = (0..).zip(utterances).collect();
        ordered.sort_by_key(|(_, utterance)| utterance.class);
        let end = |class| ordered.partition_point(|(_, utterance)| utterance.class <= class);
        let ends = (0..classes).map(|class| u32::try_from(end(class)).unwrap_or(u32::MAX));
        let postings = || {
            let placed = (0_u32..).zip(&ordered);
            placed.flat_map(|(place, (_, utterance))| {
                let length = norm(utterance.likeness).max(f32::EPSILON);
                let values = utterance.likeness.iter();
                values.map(move |&(dimension, value)| (dimension, (place, value / length)))
            })
        };
        let mut stems = vec![Vec::new(); usize::from(classes)];
        let mut sizes = vec![0_usize; usize::from(classes)];
        for utterance in utterances {
            let class = usize::from(utterance.class);
            if let (Some(own), Some(size)) = (stems.get_mut(class), sizes.get_mut(class)) {
                own.extend_from_slice(utterance.stems);
                *size += 1;
            }
        }
        let stems = stems.into_iter().zip(sizes);
        Self {
            postings: Rows::new(postings, dimensions),
            ends: ends.collect(),
            numbers: ordered.iter().map(|(number, _)| *number).collect(),
            stems: stems.map(|(own, size)| usage(own, size)).collect(),
        }
    }

    /// How far a stem is one of the class's words, in 0..=1: nought where none of its
    /// utterances uses it, little where one of very many does.
    pub(super) fn usage(&self, class: u16, stem: u32) -> f32 {
        let own = self.stems.get(usize::from(class));
        let own = own.map(AsRef::as_ref).unwrap_or_default();
        let at = own.binary_search_by_key(&stem, |&(stem, _)| stem).ok();
        at.and_then(|at| own.get(at))
            .map_or(0.0, |&(_, usage)| usage)
    }

    /// How a question, by the weights of likeness, resembles a class and those whose
    /// question the class's answer does not settle.
    pub(super) fn likeness(
        &self,
        question: &[(u32, f32)],
        class: u16,
        settles: impl Fn(u16) -> bool,
    ) -> Likeness {
        let length = norm(question).max(f32::EPSILON);
        // Written, not asked for as zeroed memory: fresh pages would take twice the question's
        // time.
        let mut products: Vec<f32> = Vec::new();
        products.extend(std::iter::repeat_n(0.0, self.numbers.len()));
        for &(dimension, value) in question {
            let value = value / length;
            for &(utterance, other) in self.postings(dimension) {
                if let Some(product) = products.get_mut(utterance as usize) {
                    *product += value * other;
                }
            }
        }
        let mut likeness = Likeness::default();
        let mut start = 0;
        for (of, &end) in (0..).zip(&self.ends) {
            let own = products.get(start..end as usize).unwrap_or_default();
            if of == class {
                let falling = own.iter().enumerate().rev();
                let nearest = falling.max_by(|a, b| a.1.total_cmp(b.1));
                if let Some((at, &product)) = nearest.filter(|(_, product)| **product > 0.0) {
                    let number = self.numbers.get(start + at);
                    likeness.own = product;
                    likeness.nearest = number.map(|number| *number as usize);
                }
            } else if !settles(of) {
                likeness.others = likeness.others.max(largest(own));
            }
            start = end as usize;
        }
        likeness
    }

    fn postings(&self, dimension: u32) -> &[(u32, f32)] {
        let postings = self.postings.row(dimension);
        if postings.len() > POSTINGS {
            return &[];
        }
        postings
    }
}

/// The largest of some products, none of them negative. Eight at a time: a single running
/// maximum would wait for itself.
fn largest(products: &[f32]) -> f32 {
    let (eights, rest) = products.as_chunks::<8>();
    let mut largest = [0.0_f32; 8];
    for eight in eights {
        for (largest, product) in largest.iter_mut().zip(eight) {
            *largest = if *product > *largest {
                *product
            } else {
                *largest
            };
        }
    }
    rest.iter().copied().chain(largest).fold(0.0, f32::max)
}

/// The distinct stems of a class of `size` utterances, and how far each is its own.
fn usage(mut stems: Vec<u32>, size: usize) -> Box<[(u32, f32)]> {
    stems.sort_unstable();
    let runs = stems.chunk_by(|a, b| a == b);
    let usage = runs.filter_map(|run| {
        let share = number(run.len()) / number(size.max(1));
        Some((*run.first()?, (share / OWN_SHARE).min(1.0)))
    });
    usage.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_like_the_utterances_it_shares_dimensions_with() {
        let vectors = [
            vec![(0, 1.0), (1, 1.0)],
            vec![(1, 2.0)],
            vec![(2, 1.0), (1, 0.1)],
        ];
        let utterances: Vec<Remembered<'_>> = vectors
            .iter()
            .zip([7, 7, 8])
            .map(|(likeness, class)| Remembered {
                class,
                likeness,
                stems: &[5, 3],
            })
            .collect();
        let memory = Memory::of(&utterances, 9, 3);
        let likeness = memory.likeness(&[(1, 3.0)], 7, |other| other == 7);
        assert!((likeness.own - 1.0).abs() < 1e-6, "{likeness:?}");
        assert!(likeness.others < 0.2, "{likeness:?}");
        assert_eq!(likeness.nearest, Some(1));
        let settled = memory.likeness(&[(1, 3.0)], 7, |_| true);
        assert_eq!((settled.own, settled.others), (likeness.own, 0.0));
        let other = memory.likeness(&[(2, 1.0)], 8, |other| other == 8);
        assert_eq!(other.nearest, Some(2), "the number it was given with");
        assert_eq!(
            memory.likeness(&[(99, 1.0)], 7, |other| other == 7),
            Likeness::default()
        );
        for (class, stem, usage) in [(7, 3, 1.0), (7, 4, 0.0), (1, 3, 0.0)] {
            assert_eq!(memory.usage(class, stem), usage);
        }
    }

    #[test]
    fn what_too_many_share_is_passed_over_for_all_of_them() {
        let vector = vec![(0, 1.0)];
        let shared = |utterances: usize| {
            let one = || Remembered {
                class: 0,
                likeness: &vector,
                stems: &[],
            };
            let all: Vec<Remembered<'_>> = std::iter::repeat_with(one).take(utterances).collect();
            let memory = Memory::of(&all, 1, 1);
            memory.likeness(&[(0, 1.0)], 0, |_| true).own
        };
        assert_eq!((shared(POSTINGS), shared(POSTINGS + 1)), (1.0, 0.0));
    }

    #[test]
    fn the_largest_is_found_wherever_it_stands() {
        for at in 0..20 {
            let mut products = [0.25; 20];
            products[at] = 0.5;
            assert_eq!(largest(&products), 0.5, "{at}");
        }
        assert_eq!(largest(&[]), 0.0);
    }
}
