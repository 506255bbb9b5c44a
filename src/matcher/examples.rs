//! What machines learn from, laid out so that they can read it in one go.

use super::descent::BIAS;
use super::fixed::{self, Fixed};
use super::random::Random;
use crate::parallel::both;
use std::ops::Range;

/// A vector and the class it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Example<'v> {
    pub(super) vector: &'v [(u32, f32)],
    pub(super) class: u16,
}

/// An example where it went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed<'e> {
    pub(super) vector: &'e [(u32, Fixed)],
    pub(super) class: u16,
    /// Its squared length, the constant dimension included.
    pub(super) norm: f32,
}

/// Examples in one piece, in an order drawn once for all machines. Each machine would do
/// as well with an order of its own, and wait for memory half of its time.
pub(super) struct Examples {
    /// Where each example's vector starts; one more at the end.
    starts: Vec<usize>,
    values: Vec<(u32, Fixed)>,
    classes: Vec<u16>,
    norms: Vec<f32>,
    /// Where each example went.
    places: Vec<usize>,
}

impl Examples {
    /// Shuffles examples.
    pub(super) fn shuffled(examples: &[Example<'_>]) -> Self {
        let mut order: Vec<(usize, &Example<'_>)> = examples.iter().enumerate().collect();
        Random::new(0).shuffle(&mut order);
        let size = |part: &[(usize, &Example<'_>)]| part.iter().map(|(_, e)| e.vector.len()).sum();
        let (front, back) = order.split_at(order.len() / 2);
        let (mut values, others) =
            both(|| values(front, size(&order)), || values(back, size(back)));
        values.extend(others);
        let mut shuffled = Self {
            starts: vec![0],
            values,
            classes: Vec::with_capacity(order.len()),
            norms: Vec::with_capacity(order.len()),
            places: vec![0; order.len()],
        };
        let mut end = 0;
        for (place, (number, example)) in order.into_iter().enumerate() {
            end += example.vector.len();
            shuffled.starts.push(end);
            shuffled.classes.push(example.class);
            let squares = example.vector.iter().map(|(_, value)| value * value);
            shuffled.norms.push(BIAS * BIAS + squares.sum::<f32>());
            if let Some(its) = shuffled.places.get_mut(number) {
                *its = place;
            }
        }
        shuffled
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.classes.len()
    }

    /// The places of some examples, rising, by the numbers they were given with.
    pub(super) fn places(&self, numbers: &[usize]) -> Vec<usize> {
        let places = numbers.iter().filter_map(|&number| self.places.get(number));
        let mut places: Vec<usize> = places.copied().collect();
        places.sort_unstable();
        places
    }

    /// The example at a place.
    pub(super) fn get(&self, place: usize) -> Option<Placed<'_>> {
        let (&start, &end) = (self.starts.get(place)?, self.starts.get(place + 1)?);
        Some(Placed {
            vector: self.values.get(start..end)?,
            class: self.class(place)?,
            norm: *self.norms.get(place)?,
        })
    }

    /// Whether the example at a place is of one of some classes.
    pub(super) fn is_of(&self, place: usize, classes: &Range<u16>) -> bool {
        self.class(place)
            .is_some_and(|class| classes.contains(&class))
    }

    /// The places of the examples of some classes, rising.
    pub(super) fn of(&self, classes: &Range<u16>) -> Vec<usize> {
        let places = (0..self.len()).filter(|&place| self.is_of(place, classes));
        places.collect()
    }

    /// The class of the example at a place.
    fn class(&self, place: usize) -> Option<u16> {
        self.classes.get(place).copied()
    }

    /// All examples, by place.
    pub(super) fn iter(&self) -> impl Iterator<Item = Placed<'_>> {
        (0..self.len()).filter_map(|place| self.get(place))
    }
}

/// The values of some examples, one after the other, with room for `size`.
fn values(examples: &[(usize, &Example<'_>)], size: usize) -> Vec<(u32, Fixed)> {
    let mut values = Vec::with_capacity(size);
    for (_, example) in examples {
        let its = example.vector.iter();
        values.extend(its.map(|&(dimension, value)| (dimension, fixed::value(value))));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::super::sparse::Sparse;
    use super::*;

    #[test]
    fn every_example_is_found_where_it_went() {
        let vectors: Vec<Sparse> = (0..9).map(|at| vec![(at, 1.0); at as usize]).collect();
        let given: Vec<Example<'_>> = (0..)
            .zip(&vectors)
            .map(|(class, vector)| Example { vector, class })
            .collect();
        let examples = Examples::shuffled(&given);
        for (number, one) in given.iter().enumerate() {
            let place = examples.places(&[number])[0];
            let found = examples.get(place).expect("it went there");
            let length = f32::from(one.class);
            assert_eq!((found.class, found.norm), (one.class, 1.0 + length));
            let dimensions = |&(dimension, value): &(u32, Fixed)| (dimension, value > 0);
            let given = one.vector.iter().map(|&(dimension, _)| (dimension, true));
            assert!(found.vector.iter().map(dimensions).eq(given));
        }
        assert!(examples.places(&[7, 3, 5]).is_sorted());
        assert!(!examples.iter().map(|one| one.class).is_sorted());
    }
}
