//! When to believe the classifier: a logistic model over its signals, trained from
//! the knowledge file alone.
//!
//! A part of the topics and of the utterances is held out; a second classifier,
//! trained on the rest, is asked them. Where it is right it should be believed;
//! where it is wrong, where the topic was held out (a near miss), or where the
//! question is about anything else, it should not.

use super::explanation::{Explanation, Part, Signal, logistic};
use super::signals::COUNT;

/// Least trials in which the classifier was right, for a model to be fitted: some for
/// each of its weights.
const LEAST: usize = 50;
/// Steps of gradient descent.
const STEPS: usize = 400;
/// Length of a step, over standardised signals.
const RATE: f32 = 0.8;
/// Pull of every weight towards nought (L2).
const RIDGE: f32 = 1e-3;

/// Signals of one question, and whether the best class was right.
pub(super) struct Trial {
    pub(super) signals: [f32; COUNT],
    pub(super) right: bool,
    /// How much it counts.
    pub(super) weight: f32,
}

/// A trial with standardised signals.
struct Row {
    signals: [f32; COUNT],
    right: f32,
    weight: f32,
}

/// Turns signals into the probability that the best class is right.
#[derive(Debug, Clone, Default)]
pub(super) struct Refusal {
    base: f32,
    weights: [f32; COUNT],
}

impl Refusal {
    /// Fits the model to weighted trials, where there are enough of them.
    pub(super) fn train(trials: &[Trial]) -> Self {
        if trials.iter().filter(|trial| trial.right).count() < LEAST {
            return Self::untrained();
        }
        Self::fit(trials)
    }

    fn fit(trials: &[Trial]) -> Self {
        let (means, deviations) = standard(trials);
        let rows: Vec<Row> = trials
            .iter()
            .map(|trial| {
                let mut signals = trial.signals;
                for ((x, mean), deviation) in signals.iter_mut().zip(means).zip(deviations) {
                    *x = (*x - mean) / deviation;
                }
                let right = if trial.right { 1.0 } else { 0.0 };
                Row {
                    signals,
                    right,
                    weight: trial.weight,
                }
            })
            .collect();
        let fitted = descend(&rows);
        // Back to signals as they are measured.
        let mut model = Self {
            base: fitted.base,
            weights: [0.0; COUNT],
        };
        for (at, weight) in fitted.weights.iter().enumerate() {
            let (Some(raw), Some(mean), Some(deviation)) =
                (model.weights.get_mut(at), means.get(at), deviations.get(at))
            else {
                continue;
            };
            *raw = weight / deviation;
            model.base -= *raw * mean;
        }
        model
    }

    /// What a file too small to learn from gets: the weights that the first story's
    /// file teaches, rounded, and nought for those that depend on its size.
    const fn untrained() -> Self {
        Self {
            base: -4.0,
            weights: [0.0, 2.5, 0.7, 2.5, 0.0, 2.0, 0.0, -1.0, 0.5],
        }
    }

    /// The parts of the score of a best class with these signals.
    pub(super) fn explain(&self, signals: [f32; COUNT]) -> Explanation {
        let parts = Signal::ALL.into_iter().zip(signals).zip(self.weights);
        let parts = parts.map(|((signal, value), weight)| Part {
            signal,
            value,
            log_odds: weight * value,
        });
        Explanation {
            base: self.base,
            parts: parts.collect(),
            ..Explanation::default()
        }
    }
}

fn standard(trials: &[Trial]) -> ([f32; COUNT], [f32; COUNT]) {
    let count = trials.iter().map(|_| 1.0).sum::<f32>().max(1.0);
    let mut means = [0.0; COUNT];
    let mut deviations = [0.0; COUNT];
    for trial in trials {
        for (mean, value) in means.iter_mut().zip(trial.signals) {
            *mean += value / count;
        }
    }
    for trial in trials {
        for ((variance, value), mean) in deviations.iter_mut().zip(trial.signals).zip(means) {
            *variance += (value - mean).powi(2) / count;
        }
    }
    (means, deviations.map(|variance| variance.sqrt().max(1e-6)))
}

fn descend(rows: &[Row]) -> Refusal {
    let whole = rows
        .iter()
        .map(|row| row.weight)
        .sum::<f32>()
        .max(f32::EPSILON);
    let mut model = Refusal::default();
    for _ in 0..STEPS {
        let mut base = 0.0;
        let mut slopes = model.weights.map(|weight| RIDGE * weight);
        for Row {
            signals,
            right,
            weight,
        } in rows
        {
            let evidence = signals
                .iter()
                .zip(model.weights)
                .map(|(x, w)| x * w)
                .sum::<f32>();
            let error = weight * (logistic(model.base + evidence) - right) / whole;
            base += error;
            for (slope, x) in slopes.iter_mut().zip(signals) {
                *slope += error * x;
            }
        }
        model.base -= RATE * base;
        for (weight, slope) in model.weights.iter_mut().zip(slopes) {
            *weight -= RATE * slope;
        }
    }
    model
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signals(decision: f32, noise: f32) -> [f32; COUNT] {
        let mut signals = [0.0; COUNT];
        (signals[0], signals[1], signals[2]) = (decision, 1.0, noise);
        signals
    }

    #[test]
    fn a_signal_that_tells_right_from_wrong_is_believed() {
        let trials: Vec<Trial> = (0_u8..40)
            .map(|n| Trial {
                signals: signals(f32::from(n) / 10.0, f32::from(n % 7)),
                right: n >= 20,
                weight: 1.0,
            })
            .collect();
        let refusal = Refusal::fit(&trials);
        let score = |decision| refusal.explain(signals(decision, 3.0)).total();
        assert!(score(4.0) > 0.9, "{}", score(4.0));
        assert!(score(0.0) < 0.1, "{}", score(0.0));
    }

    #[test]
    fn a_score_is_the_weighted_share_of_right_ones() {
        let trial = |right, weight| Trial {
            signals: signals(1.0, 1.0),
            right,
            weight,
        };
        let refusal = Refusal::fit(&[trial(true, 3.0), trial(false, 1.0)]);
        let score = refusal.explain(signals(1.0, 1.0)).total();
        assert!((score - 0.75).abs() < 0.01, "{score}");
    }
}
