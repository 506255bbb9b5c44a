//! One-vs-rest linear support vector machines, trained by dual coordinate descent
//! with shrinking: Hsieh et al., *A Dual Coordinate Descent Method for Large-scale
//! Linear SVM*, ICML 2008 (<https://www.csie.ntu.edu.tw/~cjlin/papers/cddual.pdf>),
//! squared hinge loss.

use super::sparse::Sparse;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cost of an error. Best of 0.5, 1, 2 and 4 on public sets of questions.
const COST: f32 = 2.0;
/// Training ends when the projected gradients lie this close together.
const TOLERANCE: f32 = 0.1;
/// Passes over the utterances at most: 5 to 30 rank held-out utterances alike, 4 lose
/// two in a hundred.
const PASSES: usize = 6;
/// Value of the constant dimension that every vector has, for the bias.
const BIAS: f32 = 1.0;
/// Weights below this move no decision and are not kept.
const NEGLIGIBLE: f32 = 1e-3;
/// Machines trained side by side: eight SSE registers of four.
const LANES: usize = 32;

/// A number for each machine of a block.
type Lanes = [f32; LANES];

/// Dimension, class, weight.
type Weight = (u32, u16, f32);

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
        let trained = in_parallel(&(0..classes).step_by(LANES).collect::<Vec<u16>>(), |first| {
            let mut block = train_block(examples, &norms, first, dimensions);
            block.0.retain(|&(_, class, _)| class < classes);
            block
        });
        let biases = trained.iter().flat_map(|(_, biases)| biases.iter().copied());
        let biases = biases.take(usize::from(classes)).collect();
        let weights = || trained.iter().flat_map(|(weights, _)| weights).copied();
        let starts = starts(weights(), dimensions);
        Self { weights: rows(weights(), &starts), starts, biases }
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

/// Results of `work` over `items`, in their order, on as many threads as the machine
/// runs at once. Threads take the next item as they come free.
fn in_parallel<T: Copy + Sync, R: Send>(items: &[T], work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|&item| (at, work(item)))
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let worker = || std::iter::from_fn(take).collect::<Vec<_>>();
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    });
    results.sort_by_key(|&(at, _)| at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Where the weights of each dimension start, and where the last ones end.
fn starts(weights: impl Iterator<Item = Weight>, dimensions: usize) -> Vec<u32> {
    let mut starts = vec![0_u32; dimensions + 1];
    for (dimension, _, _) in weights {
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

/// Puts each weight in the row of its dimension. They come by rising class, so that
/// no row needs sorting.
fn rows(weights: impl Iterator<Item = Weight>, starts: &[u32]) -> Vec<(u16, f32)> {
    let mut free = starts.to_vec();
    let mut rows = vec![(0, 0.0); starts.last().map_or(0, |&end| end as usize)];
    for (dimension, class, weight) in weights {
        let Some(at) = free.get_mut(dimension as usize) else { continue };
        if let Some(place) = rows.get_mut(*at as usize) {
            *place = (class, weight);
        }
        *at += 1;
    }
    rows
}

/// Weights `(dimension, class, weight)` and biases of the block of classes that
/// starts with `first`.
fn train_block(
    examples: &[Example<'_>],
    norms: &[f32],
    first: u16,
    dimensions: usize,
) -> (Vec<Weight>, Lanes) {
    let mut block = Block { weights: vec![[0.0; LANES]; dimensions], biases: [0.0; LANES] };
    block.descend(examples, norms, first);
    let mut weights = Vec::new();
    for (dimension, row) in (0_u32..).zip(block.weights) {
        let kept = (first..).zip(row).filter(|(_, weight)| weight.abs() > NEGLIGIBLE);
        weights.extend(kept.map(|(class, weight)| (dimension, class, weight)));
    }
    (weights, block.biases)
}

/// Some binary machines in training, side by side: an utterance is read once for all
/// of them, and the arithmetic is the same for each.
struct Block {
    weights: Vec<Lanes>,
    biases: Lanes,
}

/// How one utterance stands with each machine of a block.
struct Active {
    at: usize,
    alphas: Lanes,
}

/// The span of the projected gradients of a pass.
struct Span {
    highest: f32,
    lowest: f32,
}

impl Block {
    /// Algorithm 3 of the paper (dual coordinate descent with shrinking), an
    /// utterance being shrunk away once every machine of the block is done with it.
    fn descend(&mut self, examples: &[Example<'_>], norms: &[f32], first: u16) {
        let mut active: Vec<Active> =
            (0..examples.len()).map(|at| Active { at, alphas: [0.0; LANES] }).collect();
        let mut shrink_above = f32::INFINITY;
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ u64::from(first));
        for _ in 0..PASSES {
            random.shuffle(&mut active);
            let mut span = Span { highest: f32::NEG_INFINITY, lowest: f32::INFINITY };
            active.retain_mut(|Active { at, alphas }| {
                let (Some(example), Some(&norm)) = (examples.get(*at), norms.get(*at)) else {
                    return false;
                };
                self.visit(example, norm, alphas, first, shrink_above, &mut span)
            });
            if span.highest - span.lowest <= TOLERANCE {
                break;
            }
            shrink_above = if span.highest > 0.0 { span.highest } else { f32::INFINITY };
        }
    }

    /// One coordinate step of every machine. False once no machine needs to see the
    /// utterance again.
    fn visit(
        &mut self,
        example: &Example<'_>,
        norm: f32,
        alphas: &mut Lanes,
        first: u16,
        shrink_above: f32,
        span: &mut Span,
    ) -> bool {
        let diagonal = 0.5 / COST;
        let stride = 1.0 / (norm + diagonal);
        let mut signs = [-1.0; LANES];
        if let Some(own) = signs.get_mut(usize::from(example.class.wrapping_sub(first))) {
            *own = 1.0;
        }
        let decisions = self.decide(example.vector);
        let mut steps = [0.0_f32; LANES];
        let mut gradients = [0.0_f32; LANES];
        let mut reach = 0.0_f32;
        // No branch: eight registers of machines move at once.
        for ((((alpha, decision), sign), step), gradient) in
            alphas.iter_mut().zip(decisions).zip(signs).zip(&mut steps).zip(&mut gradients)
        {
            let raw = sign * decision - 1.0 + diagonal * *alpha;
            *gradient = if *alpha > 0.0 { raw } else { raw.min(0.0) };
            *step = if *alpha > 0.0 || raw <= shrink_above { 1.0 } else { 0.0 };
            reach += *step;
            let stepped = (*alpha - raw * stride).max(0.0);
            *step = (stepped - *alpha) * sign;
            *alpha = stepped;
        }
        span.highest = gradients.into_iter().fold(span.highest, f32::max);
        span.lowest = gradients.into_iter().fold(span.lowest, f32::min);
        if steps.iter().any(|step| *step != 0.0) {
            self.step(example.vector, &steps);
        }
        reach > 0.0
    }

    fn decide(&self, vector: &Sparse) -> Lanes {
        let mut decisions = self.biases.map(|bias| bias * BIAS);
        for &(dimension, value) in vector {
            if let Some(row) = self.weights.get(dimension as usize) {
                for (decision, weight) in decisions.iter_mut().zip(row) {
                    *decision += weight * value;
                }
            }
        }
        decisions
    }

    fn step(&mut self, vector: &Sparse, steps: &Lanes) {
        for (bias, step) in self.biases.iter_mut().zip(steps) {
            *bias += step * BIAS;
        }
        for &(dimension, value) in vector {
            if let Some(row) = self.weights.get_mut(dimension as usize) {
                for (weight, step) in row.iter_mut().zip(steps) {
                    *weight += step * value;
                }
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
