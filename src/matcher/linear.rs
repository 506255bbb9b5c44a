//! A trained linear classifier: sparse weights, by dimension, in two bytes each.

use super::rows::Rows;
use super::space::number;

/// Weights below this are not kept. From 0.005 to 0.05 the public sets differ by less than
/// half a point, and so do the first story's valid questions; with 0.04 it takes one MiB more.
pub(super) const NEGLIGIBLE: f32 = 5e-2;

/// A weight as it comes from training: dimension, class, value.
pub(super) type Weight = (u32, u16, f32);

/// Weights of every class, by dimension: one question touches a few rows only.
#[derive(Debug, Clone)]
pub(super) struct Linear {
    /// The class and the value of each weight, in steps of `step`.
    weights: Rows<(u16, i16)>,
    step: f32,
    biases: Vec<f32>,
}

impl Linear {
    /// Lays out weights by dimension. `weights` yields the same ones each time it is
    /// called, by rising class within a dimension.
    pub(super) fn new<W>(weights: impl Fn() -> W, biases: Vec<f32>, dimensions: usize) -> Self
    where
        W: Iterator<Item = Weight>,
    {
        let kept = || weights().filter(|(_, _, value)| value.abs() > NEGLIGIBLE);
        let sizes = kept().map(|(_, _, value)| value.abs());
        let step = sizes.fold(NEGLIGIBLE, f32::max) / f32::from(i16::MAX);
        let items =
            || kept().map(|(dimension, class, value)| (dimension, (class, rounded(value / step))));
        Self {
            weights: Rows::new(items, dimensions),
            step,
            biases,
        }
    }

    /// Decision values, by class: above 0 speaks for the class.
    pub(super) fn decide(&self, vector: &[(u32, f32)]) -> Vec<f32> {
        let mut decisions = self.biases.clone();
        for &(dimension, value) in vector {
            let scaled = value * self.step;
            for &(class, weight) in self.weights.row(dimension) {
                if let Some(decision) = decisions.get_mut(usize::from(class)) {
                    *decision += f32::from(weight) * scaled;
                }
            }
        }
        decisions
    }

    /// Class and value of each weight of a dimension.
    pub(super) fn weights(&self, dimension: u32) -> impl Iterator<Item = (u16, f32)> {
        let values = self.weights.row(dimension).iter();
        values.map(|&(class, steps)| (class, f32::from(steps) * self.step))
    }

    /// The bias of each class.
    pub(super) fn biases(&self) -> &[f32] {
        &self.biases
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "steps are at most i16::MAX"
)]
fn rounded(steps: f32) -> i16 {
    steps.round() as i16
}

/// Mean over the examples of the spread of a classifier's decisions among the classes.
pub(super) fn spread<'d>(decisions: impl Iterator<Item = &'d [f32]>) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for classes in decisions {
        let size = number(classes.len()).max(1.0);
        let mean = classes.iter().sum::<f32>() / size;
        let variance = classes.iter().map(|d| (d - mean).powi(2)).sum::<f32>() / size;
        sum += variance.sqrt();
        count += 1.0;
    }
    (sum / count.max(1.0)).max(f32::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_the_bias_and_the_weights_of_what_is_there() {
        let weights = [(0, 0, 0.5), (2, 0, -1.0), (2, 1, 2.0), (3, 1, 1e-4)];
        let linear = Linear::new(|| weights.into_iter(), vec![0.1, -0.1], 4);
        let decisions = linear.decide(&[(0, 1.0), (2, 0.5), (3, 9.0), (77, 1.0)]);
        for (decision, expected) in decisions.iter().zip([0.1, 0.9]) {
            assert!((decision - expected).abs() < 1e-3, "{decisions:?}");
        }
        let kept: usize = (0..4)
            .map(|dimension| linear.weights(dimension).count())
            .sum();
        assert_eq!(kept, 3, "the negligible one is not kept");
    }

    #[test]
    fn spread_is_the_mean_deviation_among_classes() {
        let spread = spread([[1.0, -1.0].as_slice(), [3.0, 3.0].as_slice()].into_iter());
        assert!((spread - 0.5).abs() < 1e-6, "{spread}");
    }
}
