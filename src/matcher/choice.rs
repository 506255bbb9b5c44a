//! Learning to choose a class: the support vector machines, and where utterances are
//! few their mean with a softmax regression.

use super::examples::Example;
use super::linear::{Linear, Weight, spread};
use super::softmax::Softmax;
use super::svm::{self, Trained};
use crate::parallel::both;

/// Above so many utterances the softmax regression no longer chooses better and would
/// take longer than all the rest.
const SOFTMAX_UTTERANCES: usize = 6_000;
/// One utterance in this many says how far the two spread their decisions.
const SAMPLE: usize = 7;

/// Learns to tell `classes` classes apart, and as one more class what lies outside them:
/// the examples of class number `classes`.
pub(super) fn learn(examples: &[Example<'_>], classes: u16, dimensions: usize) -> Linear {
    let all: Vec<usize> = (0..examples.len()).collect();
    let machines = svm::train(examples, &[&all], classes + 1, dimensions);
    let machines = machines.into_iter().next().unwrap_or_default();
    complete(&machines, examples, classes, dimensions)
}

/// Learns from the examples at `first`, which rise, then goes on from there with the others:
/// the second lesson takes no more time than the first left to learn.
pub(super) fn learn_on(
    examples: &[Example<'_>],
    first: &[usize],
    classes: u16,
    dimensions: usize,
) -> (Linear, Linear) {
    let is_other = |at: &usize| first.binary_search(at).is_err();
    let others: Vec<usize> = (0..examples.len()).filter(is_other).collect();
    let machines = svm::train(examples, &[first, &others], classes + 1, dimensions);
    let kept = first.iter().filter_map(|&at| examples.get(at)).copied();
    let kept: Vec<Example<'_>> = kept.collect();
    let mut machines = machines.into_iter();
    let (before, after) = (machines.next(), machines.next());
    let complete = |machines: Option<Vec<Trained>>, examples: &[Example<'_>]| {
        complete(&machines.unwrap_or_default(), examples, classes, dimensions)
    };
    both(|| complete(before, &kept), || complete(after, examples))
}

/// The machines alone where examples are many, else their mean with a softmax regression.
fn complete(
    machines: &[Trained],
    examples: &[Example<'_>],
    classes: u16,
    dimensions: usize,
) -> Linear {
    let weights = || machines.iter().flat_map(|(weights, _)| weights).copied();
    let biases = machines.iter().flat_map(|(_, biases)| *biases);
    let biases: Vec<f32> = biases.take(usize::from(classes) + 1).collect();
    let machines = Linear::new(weights, biases, dimensions);
    if examples.len() > SOFTMAX_UTTERANCES {
        return machines;
    }
    let softmax = Softmax::train(examples, classes, dimensions);
    mean(&machines, &softmax, examples, classes, dimensions)
}

/// The mean of both, the softmax scaled to spread its decisions as the machines do: the
/// z-scores of both would rank alike, and cost a question twice the time.
fn mean(
    machines: &Linear,
    softmax: &Softmax,
    examples: &[Example<'_>],
    classes: u16,
    dimensions: usize,
) -> Linear {
    let sample = || {
        examples
            .iter()
            .step_by(SAMPLE)
            .map(|example| example.vector)
    };
    let in_scope = |mut decisions: Vec<f32>| {
        decisions.truncate(usize::from(classes));
        decisions
    };
    let of_machines: Vec<_> = sample().map(|v| in_scope(machines.decide(v))).collect();
    let of_softmax: Vec<_> = sample().map(|v| softmax.decide(v)).collect();
    let scale = spread(of_machines.iter().map(Vec::as_slice))
        / spread(of_softmax.iter().map(Vec::as_slice));
    let row = |dimension: u32| {
        let mut row: Vec<f32> = (0..classes)
            .map(|class| softmax.weight(dimension, class) * scale / 2.0)
            .collect();
        row.push(0.0);
        for (class, weight) in machines.weights(dimension) {
            if let Some(sum) = row.get_mut(usize::from(class)) {
                *sum += if class < classes {
                    weight / 2.0
                } else {
                    weight
                };
            }
        }
        (0..)
            .zip(row)
            .map(move |(class, weight)| -> Weight { (dimension, class, weight) })
    };
    let last = u32::try_from(dimensions).unwrap_or(u32::MAX);
    let mut biases = machines.biases().to_vec();
    for (bias, other) in biases.iter_mut().zip(&softmax.biases) {
        *bias = f32::midpoint(*bias, other * scale);
    }
    Linear::new(|| (0..last).flat_map(row), biases, dimensions)
}
