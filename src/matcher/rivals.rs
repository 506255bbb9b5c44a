//! What a class is likely to be mistaken for: in a large set, its machine learns from these
//! examples and a sample of the others, for most others share nothing with it that tells.

use super::examples::Examples;
use super::rows::Rows;
use std::ops::Range;

/// A dimension that more examples have does not make them rivals.
const COMMON: usize = 300;
/// Rivals of one class.
const NEAREST: usize = 300;
/// Of the other examples one in this many is learnt from too.
const SAMPLE: usize = 256;

/// The examples of a set, by class and by dimension.
pub(super) struct Rivals<'e> {
    examples: &'e Examples,
    /// The places of each class's own.
    own: Vec<Vec<usize>>,
    /// Places and values.
    postings: Rows<(u32, f32)>,
}

impl<'e> Rivals<'e> {
    /// Looks at the examples of `classes` classes over `dimensions` dimensions.
    pub(super) fn among(examples: &'e Examples, classes: u16, dimensions: usize) -> Self {
        let mut own = vec![Vec::new(); usize::from(classes)];
        for (at, example) in examples.iter().enumerate() {
            if let Some(own) = own.get_mut(usize::from(example.class)) {
                own.push(at);
            }
        }
        let postings = || {
            let placed = (0..).zip(examples.iter());
            placed.flat_map(|(at, example)| {
                let values = example.vector.iter();
                values.map(move |&(dimension, value)| (dimension, (at, value.into())))
            })
        };
        Self {
            examples,
            own,
            postings: Rows::new(postings, dimensions),
        }
    }

    /// The places of the examples that the machines of some classes learn from: their own,
    /// their rivals, and a sample of the rest.
    pub(super) fn of(&self, classes: Range<u16>) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.examples.len()).step_by(SAMPLE).collect();
        for class in classes {
            places.extend(self.own.get(usize::from(class)).into_iter().flatten());
            places.extend(self.nearest(class));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The examples of other classes that resemble a class as a whole most.
    fn nearest(&self, class: u16) -> Vec<usize> {
        let own = self.own.get(usize::from(class)).into_iter().flatten();
        let mut whole: Vec<(u32, f32)> = own
            .filter_map(|&at| self.examples.get(at))
            .flat_map(|example| example.vector)
            .map(|&(dimension, value)| (dimension, value.into()))
            .collect();
        whole.sort_unstable_by_key(|&(dimension, _)| dimension);
        let mut products: Vec<(u32, f32)> = Vec::new();
        for dimension in whole.chunk_by(|a, b| a.0 == b.0) {
            let weight: f32 = dimension.iter().map(|&(_, value)| value).sum();
            let dimension = dimension.first().map(|&(dimension, _)| dimension);
            let postings = dimension.map(|dimension| self.postings.row(dimension));
            let telling = postings.filter(|postings| postings.len() <= COMMON);
            let postings = telling.unwrap_or_default().iter();
            products.extend(postings.map(|&(at, value)| (at, weight * value)));
        }
        products.sort_unstable_by_key(|&(at, _)| at);
        let other = |at: u32| {
            let example = self.examples.get(at as usize);
            example.is_some_and(|example| example.class != class)
        };
        let mut likeness: Vec<(u32, f32)> = products
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|run| {
                Some((
                    run.first()?.0,
                    run.iter().map(|&(_, product)| product).sum(),
                ))
            })
            .filter(|&(at, _)| other(at))
            .collect();
        if likeness.len() > NEAREST {
            // Of two alike the earlier example: the same on every run.
            likeness
                .select_nth_unstable_by(NEAREST, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            likeness.truncate(NEAREST);
        }
        likeness.into_iter().map(|(at, _)| at as usize).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::Example;
    use super::super::sparse::Sparse;
    use super::*;

    #[test]
    fn a_class_learns_from_its_own_its_rivals_and_a_sample() {
        let vectors: Vec<Sparse> = (0..600)
            .map(|at| match at {
                5 => vec![(0, 1.0)],
                300 => vec![(0, 0.5), (1, 1.0)],
                _ => vec![(2, 1.0)],
            })
            .collect();
        let examples: Vec<Example<'_>> = vectors
            .iter()
            .zip(0..)
            .map(|(vector, at): (_, u16)| Example {
                vector,
                class: u16::from(at != 5),
            })
            .collect();
        let examples = Examples::shuffled(&examples);
        let mut places = [examples.places(&[5, 300]), vec![0, 256, 512]].concat();
        places.sort_unstable();
        places.dedup();
        assert_eq!(Rivals::among(&examples, 2, 3).of(0..1), places);
    }
}
