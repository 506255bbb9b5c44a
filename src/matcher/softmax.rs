//! Multinomial logistic regression (softmax), trained by stochastic gradient descent
//! with a step for each dimension that shrinks as the dimension is seen: Duchi et al.,
//! *Adaptive Subgradient Methods*, JMLR 2011
//! (<https://jmlr.org/papers/v12/duchi11a.html>).

use super::examples::Example;
use super::random::Random;

/// Passes over the utterances. Fifteen rank held-out utterances alike.
const PASSES: usize = 8;
/// Length of the first steps. From 0.3 to 1 the public sets differ by less than half a
/// point.
const RATE: f32 = 0.7;
/// What a dimension is taken to have been moved already, for its first step not to be
/// endless.
const MOVED: f32 = 1e-2;
/// Share of the rate for the biases: all utterances move them.
const BIAS_RATE: f32 = 0.1;
/// An utterance whose probabilities are off by less, squared and summed, teaches nothing.
const LEARNT: f32 = 1e-4;

/// Weights of all classes by dimension, and their biases.
pub(super) struct Softmax {
    classes: usize,
    /// Row by row, a weight for each class.
    weights: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

impl Softmax {
    /// Learns to tell `classes` classes over `dimensions` dimensions apart. Examples of
    /// no such class are passed over.
    pub(super) fn train(examples: &[Example<'_>], classes: u16, dimensions: usize) -> Self {
        let classes = usize::from(classes);
        let mut softmax = Self {
            classes,
            weights: vec![0.0; classes * dimensions],
            biases: vec![0.0; classes],
        };
        let mut moved = vec![MOVED; dimensions];
        let mut biases_moved = MOVED;
        let mut order: Vec<&Example<'_>> = examples
            .iter()
            .filter(|example| usize::from(example.class) < classes)
            .collect();
        let mut random = Random::new(0);
        for _ in 0..PASSES {
            random.shuffle(&mut order);
            for example in &order {
                softmax.visit(example, &mut moved, &mut biases_moved);
            }
        }
        softmax
    }

    /// Decision values by class: logarithms of their odds, but for a constant.
    pub(super) fn decide(&self, vector: &[(u32, f32)]) -> Vec<f32> {
        let mut decisions = self.biases.clone();
        for &(dimension, value) in vector {
            for (decision, weight) in decisions.iter_mut().zip(self.row(dimension)) {
                *decision += weight * value;
            }
        }
        decisions
    }

    /// Weight of a class in a dimension.
    pub(super) fn weight(&self, dimension: u32, class: u16) -> f32 {
        let weight = self.row(dimension).get(usize::from(class));
        weight.copied().unwrap_or(0.0)
    }

    fn row(&self, dimension: u32) -> &[f32] {
        let start = dimension as usize * self.classes;
        let row = self.weights.get(start..start + self.classes);
        row.unwrap_or_default()
    }

    fn visit(&mut self, example: &Example<'_>, moved: &mut [f32], biases_moved: &mut f32) {
        let mut errors = self.decide(example.vector);
        to_errors(&mut errors, usize::from(example.class));
        let size = errors.iter().map(|error| error * error).sum::<f32>();
        if size < LEARNT {
            return;
        }
        *biases_moved += size;
        let rate = RATE * BIAS_RATE / biases_moved.sqrt();
        for (bias, error) in self.biases.iter_mut().zip(&errors) {
            *bias += rate * error;
        }
        for &(dimension, value) in example.vector {
            let start = dimension as usize * self.classes;
            let (Some(moved), Some(row)) = (
                moved.get_mut(dimension as usize),
                self.weights.get_mut(start..start + self.classes),
            ) else {
                continue;
            };
            *moved += size * value * value;
            let step = RATE * value / moved.sqrt();
            for (weight, error) in row.iter_mut().zip(&errors) {
                *weight += step * error;
            }
        }
    }
}

/// Turns decisions into what each class's probability lacks: towards 1 for the class
/// of the example, towards 0 for the others.
fn to_errors(decisions: &mut [f32], class: usize) {
    let best = decisions.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for decision in &mut *decisions {
        *decision = (*decision - best).exp();
    }
    let whole: f32 = decisions.iter().sum();
    for probability in &mut *decisions {
        *probability = -*probability / whole;
    }
    if let Some(own) = decisions.get_mut(class) {
        *own += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_can_be_told_apart_are_told_apart() {
        let vectors = [vec![(0, 1.0)], vec![(1, 1.0)], vec![(1, 0.5), (2, 1.0)]];
        let examples: Vec<Example<'_>> = (0..)
            .zip(&vectors)
            .map(|(class, vector)| Example { vector, class })
            .collect();
        let softmax = Softmax::train(&examples, 3, 3);
        for example in &examples {
            let decisions = softmax.decide(example.vector);
            let best = (0_u16..).zip(&decisions).max_by(|a, b| a.1.total_cmp(b.1));
            assert_eq!(best.map(|(class, _)| class), Some(example.class));
        }
    }

    #[test]
    fn errors_sum_to_nought_and_speak_for_the_own_class() {
        let mut errors = vec![2.0, 1.0, -3.0];
        to_errors(&mut errors, 1);
        assert!(errors.iter().sum::<f32>().abs() < 1e-6);
        assert!(errors[1] > 0.0 && errors[0] < 0.0 && errors[2] < 0.0);
    }
}
