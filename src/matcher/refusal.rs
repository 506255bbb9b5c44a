//! When to believe the classifier: a logistic model over its signals, trained from
//! the training set alone ([`super::trials`]).

use super::explanation::{Explanation, Part, Signal, logistic};
use super::signals::COUNT;

/// Least trials in which the classifier was right, for a model to be fitted: some for
/// each of its weights.
const LEAST: usize = 50;
/// Steps of Newton's method at most: a bound, for it ends by itself.
const STEPS: usize = 15;
/// Steps end where no weight moves by more.
const CONVERGED: f64 = 1e-4;
/// Pull of every weight towards nought (L2): the signals overlap.
const RIDGE: f64 = 1e-3;
/// How many numbers the model has: one for each signal, and the base first.
const SIZE: usize = COUNT + 1;

/// Signals of one question, and whether the best class was right.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    pub(super) signals: [f32; COUNT],
    pub(super) right: bool,
    /// How much it counts.
    pub(super) weight: f32,
}

/// Turns signals into the probability that the best class is right.
#[derive(Debug, Clone)]
pub(super) struct Refusal {
    /// Log-odds where every signal is as on average.
    base: f32,
    weights: [f32; COUNT],
    means: [f32; COUNT],
}

impl Refusal {
    /// Fits the model to weighted trials, where there are enough of them.
    pub(super) fn train(trials: &[Trial]) -> Self {
        if trials.iter().filter(|trial| trial.right).count() < LEAST {
            return Self::untrained();
        }
        Self::fit(trials)
    }

    /// Fits standardised signals, and again without those that came out against their
    /// meaning: signals overlap, and where one makes up for another it would mislead on
    /// questions unlike the trials.
    fn fit(trials: &[Trial]) -> Self {
        let mut scale = Scale::of(trials);
        let fitted = loop {
            let fitted = newton(trials, &scale);
            if !scale.leave_out_contrary(&fitted) {
                break fitted;
            }
        };
        let (base, weights) = split(&fitted);
        let mut raw = [0.0; COUNT];
        for ((raw, weight), deviation) in raw.iter_mut().zip(weights).zip(scale.deviations) {
            *raw = single(weight / deviation);
        }
        Self {
            base: single(base),
            weights: raw,
            means: scale.means.map(single),
        }
    }

    /// What a set too small to learn from gets: weights set by hand in the direction of
    /// those that the first story teaches, and nought for those that depend on its size.
    const fn untrained() -> Self {
        Self {
            base: 0.5,
            weights: [
                0.0, 1.0, 0.5, 0.0, 0.0, -1.0, 2.0, 2.0, -0.5, -0.5, 1.0, 0.5, 0.5,
            ],
            means: [
                0.0, 0.8, -0.2, 0.0, 0.0, -0.9, 0.7, 0.8, 0.5, 0.1, 0.95, 0.5, 1.5,
            ],
        }
    }

    /// The parts of the score of a best class with these signals.
    pub(super) fn explain(&self, signals: [f32; COUNT]) -> Explanation {
        let parts = Signal::ALL.into_iter().zip(signals).zip(self.weights);
        let parts = parts
            .zip(self.means)
            .map(|(((signal, value), weight), mean)| Part {
                signal,
                value,
                log_odds: weight * (value - mean),
            });
        Explanation {
            base: self.base,
            parts: parts.collect(),
            ..Explanation::default()
        }
    }
}

/// Weighted mean and standard deviation of each signal.
struct Scale {
    means: [f64; COUNT],
    deviations: [f64; COUNT],
    /// Which signals count.
    heard: [bool; COUNT],
    whole: f64,
}

impl Scale {
    fn of(trials: &[Trial]) -> Self {
        let whole = trials
            .iter()
            .map(|trial| f64::from(trial.weight))
            .sum::<f64>();
        let whole = whole.max(f64::EPSILON);
        let mut means = [0.0; COUNT];
        let mut variances = [0.0; COUNT];
        for trial in trials {
            for (mean, value) in means.iter_mut().zip(trial.signals) {
                *mean += f64::from(trial.weight) * f64::from(value) / whole;
            }
        }
        for trial in trials {
            for ((variance, value), mean) in variances.iter_mut().zip(trial.signals).zip(means) {
                *variance += f64::from(trial.weight) * (f64::from(value) - mean).powi(2) / whole;
            }
        }
        Self {
            means,
            deviations: variances.map(|variance: f64| variance.sqrt().max(1e-6)),
            heard: [true; COUNT],
            whole,
        }
    }

    /// Leaves out the signals whose fitted weight contradicts their meaning; false where
    /// there is none.
    fn leave_out_contrary(&mut self, fitted: &[f64; SIZE]) -> bool {
        let (_, weights) = split(fitted);
        let mut found = false;
        for ((weight, signal), heard) in weights.zip(Signal::ALL).zip(&mut self.heard) {
            if weight * meaning(signal) < 0.0 {
                (*heard, found) = (false, true);
            }
        }
        found
    }

    /// One and the standardised signals of a trial.
    fn row(&self, trial: &Trial) -> [f64; SIZE] {
        let mut row = [1.0; SIZE];
        let standard = trial
            .signals
            .into_iter()
            .zip(self.means)
            .zip(self.deviations)
            .zip(self.heard);
        let signals = row.iter_mut().skip(1);
        for (place, (((value, mean), deviation), heard)) in signals.zip(standard) {
            *place = if heard {
                (f64::from(value) - mean) / deviation
            } else {
                0.0
            };
        }
        row
    }
}

/// Whether more of a signal speaks for the candidate (1), against it (−1), or either way (0).
const fn meaning(signal: Signal) -> f64 {
    match signal {
        Signal::Outside | Signal::Unseen | Signal::Strangers | Signal::Negation => -1.0,
        Signal::Energy | Signal::Prominence | Signal::Length => 0.0,
        _ => 1.0,
    }
}

/// Newton's method (iteratively reweighted least squares) over standardised signals.
fn newton(trials: &[Trial], scale: &Scale) -> [f64; SIZE] {
    let mut fitted = [0.0; SIZE];
    for _ in 0..STEPS {
        let (slope, curvature) = derivatives(trials, scale, &fitted);
        let step = solve(curvature, slope);
        for (weight, step) in fitted.iter_mut().zip(step) {
            *weight += step;
        }
        if step.iter().all(|step| step.abs() < CONVERGED) {
            break;
        }
    }
    fitted
}

/// Slope and curvature of the penalised log-likelihood.
fn derivatives(
    trials: &[Trial],
    scale: &Scale,
    weights: &[f64; SIZE],
) -> ([f64; SIZE], [[f64; SIZE]; SIZE]) {
    let mut slope = weights.map(|weight| -RIDGE * weight);
    let mut curvature = [[0.0; SIZE]; SIZE];
    for (at, row) in curvature.iter_mut().enumerate() {
        if let Some(diagonal) = row.get_mut(at) {
            *diagonal = RIDGE;
        }
    }
    for trial in trials {
        let row = scale.row(trial);
        let log_odds: f64 = row.iter().zip(weights).map(|(x, w)| x * w).sum();
        let probability = f64::from(logistic(single(log_odds)));
        let share = f64::from(trial.weight) / scale.whole;
        let right = if trial.right { 1.0 } else { 0.0 };
        for (slope, x) in slope.iter_mut().zip(row) {
            *slope += share * (right - probability) * x;
        }
        let spread = share * probability * (1.0 - probability);
        for (into, x) in curvature.iter_mut().zip(row) {
            for (cell, y) in into.iter_mut().zip(row) {
                *cell += spread * x * y;
            }
        }
    }
    (slope, curvature)
}

/// Solves a symmetric positive definite system by Gaussian elimination.
fn solve(mut matrix: [[f64; SIZE]; SIZE], mut values: [f64; SIZE]) -> [f64; SIZE] {
    for at in 0..SIZE {
        let (above, below) = matrix.split_at_mut(at + 1);
        let (above_values, below_values) = values.split_at_mut(at + 1);
        let (Some(pivot), Some(&value)) = (above.last(), above_values.last()) else {
            continue;
        };
        let diagonal = pivot.get(at).copied().unwrap_or(1.0);
        for (row, other) in below.iter_mut().zip(below_values) {
            let factor = row.get(at).copied().unwrap_or(0.0) / diagonal;
            for (cell, of_pivot) in row.iter_mut().zip(pivot) {
                *cell -= factor * of_pivot;
            }
            *other -= factor * value;
        }
    }
    let mut solution = [0.0; SIZE];
    for (at, (row, value)) in matrix.iter().zip(values).enumerate().rev() {
        let known: f64 = row
            .iter()
            .zip(solution)
            .skip(at + 1)
            .map(|(a, b)| a * b)
            .sum();
        let diagonal = row.get(at).copied().unwrap_or(1.0);
        if let Some(place) = solution.get_mut(at) {
            *place = (value - known) / diagonal;
        }
    }
    solution
}

/// The base, and the weight of each signal.
fn split(fitted: &[f64; SIZE]) -> (f64, impl Iterator<Item = f64>) {
    let (base, weights) = fitted.split_first().unwrap_or((&0.0, &[]));
    (*base, weights.iter().copied())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "scores need no more digits"
)]
const fn single(value: f64) -> f32 {
    value as f32
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

    #[test]
    fn a_system_is_solved() {
        let mut matrix = [[0.0; SIZE]; SIZE];
        for (at, row) in matrix.iter_mut().enumerate() {
            row[at] = 4.0;
            row[(at + 1) % SIZE] += 1.0;
            row[(at + SIZE - 1) % SIZE] += 1.0;
        }
        let solution = solve(matrix, [6.0; SIZE]);
        assert!(
            solution.iter().all(|x| (x - 1.0).abs() < 1e-9),
            "{solution:?}"
        );
    }
}
