//! One-vs-rest linear support vector machines, trained by dual coordinate descent
//! with shrinking: Hsieh et al., *A Dual Coordinate Descent Method for Large-scale
//! Linear SVM*, ICML 2008 (<https://www.csie.ntu.edu.tw/~cjlin/papers/cddual.pdf>),
//! squared hinge loss.

use super::space::Sparse;

/// Cost of an error. Best of 0.5, 1, 2 and 4 on public sets of questions.
const COST: f32 = 2.0;
/// Training ends when the projected gradients lie this close together.
const TOLERANCE: f32 = 0.1;
/// Passes over the utterances at most.
const PASSES: usize = 30;
/// Value of the constant dimension that every vector has, for the bias.
const BIAS: f32 = 1.0;
/// Weights below this move no decision and are not kept.
const NEGLIGIBLE: f32 = 1e-3;
/// Projected gradients further than this below nought count as moving.
const STILL: f32 = 1e-6;

/// Weights of every class, by dimension: one question touches a few rows only.
#[derive(Debug, Clone)]
pub(super) struct Svm {
    /// For each dimension, where its weights start in `weights`; one more at the end.
    starts: Vec<u32>,
    weights: Vec<(u16, f32)>,
    biases: Vec<f32>,
}

/// A vector and the class it belongs to.
pub(super) struct Example<'v> {
    pub(super) vector: &'v Sparse,
    pub(super) class: u16,
}

impl Svm {
    /// Trains `classes` machines over `dimensions` dimensions. The same examples give
    /// the same weights, on any number of threads.
    pub(super) fn train(examples: &[Example<'_>], classes: u16, dimensions: usize) -> Self {
        let norms: Vec<f32> = examples
            .iter()
            .map(|e| BIAS * BIAS + e.vector.iter().map(|(_, x)| x * x).sum::<f32>())
            .collect();
        let all: Vec<u16> = (0..classes).collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = all.len().div_ceil(threads).max(1);
        let trained: Vec<(Vec<(u32, u16, f32)>, Vec<f32>)> = std::thread::scope(|scope| {
            let norms = &norms;
            let workers: Vec<_> = all
                .chunks(share)
                .map(|some| scope.spawn(move || train_some(examples, norms, some, dimensions)))
                .collect();
            workers.into_iter().filter_map(|worker| worker.join().ok()).collect()
        });
        let biases = trained.iter().flat_map(|(_, biases)| biases.iter().copied()).collect();
        let mut weights: Vec<_> = trained.into_iter().flat_map(|(weights, _)| weights).collect();
        weights.sort_unstable_by_key(|&(dimension, class, _)| (dimension, class));
        Self { starts: starts(&weights, dimensions), weights: rows(weights), biases }
    }

    /// Decision values, by class: above 0 speaks for the class.
    pub(super) fn decide(&self, vector: &Sparse) -> Vec<f32> {
        let mut decisions = self.biases.clone();
        for &(dimension, value) in vector {
            let at = dimension as usize;
            let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
                continue;
            };
            for &(class, weight) in self.weights.get(start as usize..end as usize).unwrap_or(&[]) {
                if let Some(decision) = decisions.get_mut(usize::from(class)) {
                    *decision += weight * value;
                }
            }
        }
        decisions
    }
}

fn rows(weights: Vec<(u32, u16, f32)>) -> Vec<(u16, f32)> {
    weights.into_iter().map(|(_, class, weight)| (class, weight)).collect()
}

fn starts(weights: &[(u32, u16, f32)], dimensions: usize) -> Vec<u32> {
    let mut starts = vec![0_u32; dimensions + 1];
    for &(dimension, _, _) in weights {
        if let Some(count) = starts.get_mut(dimension as usize + 1) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

/// Weights `(dimension, class, weight)` and biases of some classes.
fn train_some(
    examples: &[Example<'_>],
    norms: &[f32],
    classes: &[u16],
    dimensions: usize,
) -> (Vec<(u32, u16, f32)>, Vec<f32>) {
    let mut weights = Vec::new();
    let mut biases = Vec::new();
    for &class in classes {
        let mut machine = Machine { weights: vec![0.0; dimensions], bias: 0.0 };
        machine.descend(examples, norms, class);
        weights.extend(
            (0_u32..)
                .zip(machine.weights)
                .filter(|(_, weight)| weight.abs() > NEGLIGIBLE)
                .map(|(dimension, weight)| (dimension, class, weight)),
        );
        biases.push(machine.bias);
    }
    (weights, biases)
}

/// One binary machine in training.
struct Machine {
    weights: Vec<f32>,
    bias: f32,
}

impl Machine {
    /// Algorithm 3 of the paper (dual coordinate descent with shrinking).
    fn descend(&mut self, examples: &[Example<'_>], norms: &[f32], class: u16) {
        let diagonal = 0.5 / COST;
        let mut active: Vec<(usize, f32)> = (0..examples.len()).map(|at| (at, 0.0)).collect();
        let mut shrink_above = f32::INFINITY;
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ u64::from(class));
        for _ in 0..PASSES {
            random.shuffle(&mut active);
            let (mut highest, mut lowest) = (f32::NEG_INFINITY, f32::INFINITY);
            active.retain_mut(|(at, alpha)| {
                let (Some(example), Some(norm)) = (examples.get(*at), norms.get(*at)) else {
                    return false;
                };
                let sign = if example.class == class { 1.0 } else { -1.0 };
                let gradient = sign * self.decide(example.vector) - 1.0 + diagonal * *alpha;
                if *alpha == 0.0 && gradient > shrink_above {
                    return false;
                }
                let projected = if *alpha == 0.0 { gradient.min(0.0) } else { gradient };
                (highest, lowest) = (highest.max(projected), lowest.min(projected));
                if projected.abs() > STILL {
                    let stepped = (*alpha - gradient / (norm + diagonal)).max(0.0);
                    self.step(example.vector, (stepped - *alpha) * sign);
                    *alpha = stepped;
                }
                true
            });
            if highest - lowest <= TOLERANCE {
                break;
            }
            shrink_above = if highest > 0.0 { highest } else { f32::INFINITY };
        }
    }

    fn decide(&self, vector: &Sparse) -> f32 {
        let weight = |dimension: u32| self.weights.get(dimension as usize).copied().unwrap_or(0.0);
        self.bias * BIAS + vector.iter().map(|&(d, x)| weight(d) * x).sum::<f32>()
    }

    fn step(&mut self, vector: &Sparse, by: f32) {
        self.bias += by * BIAS;
        for &(dimension, value) in vector {
            if let Some(weight) = self.weights.get_mut(dimension as usize) {
                *weight += by * value;
            }
        }
    }
}

/// Marsaglia's xorshift64 (*Xorshift RNGs*, 2003): the order of the utterances needs
/// no better, and must be the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_can_be_told_apart_are_told_apart() {
        let vectors: Vec<Sparse> = vec![
            vec![(0, 1.0)],
            vec![(0, 0.8), (3, 0.2)],
            vec![(1, 1.0)],
            vec![(1, 0.9), (3, 0.3)],
            vec![(2, 1.0)],
        ];
        let examples: Vec<Example<'_>> = vectors
            .iter()
            .zip([0, 0, 1, 1, 2])
            .map(|(vector, class)| Example { vector, class })
            .collect();
        let svm = Svm::train(&examples, 3, 4);
        for example in &examples {
            let decisions = svm.decide(example.vector);
            let best = (0..).zip(&decisions).max_by(|a, b| a.1.total_cmp(b.1)).map(|(c, _)| c);
            assert_eq!(best, Some(example.class), "{decisions:?}");
        }
        assert_eq!(svm.decide(&vec![(0, 1.0)]), Svm::train(&examples, 3, 4).decide(&vec![(0, 1.0)]));
    }
}
