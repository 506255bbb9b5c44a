//! One-vs-rest linear support vector machines: a class wins by the largest decision
//! value. They are trained in blocks ([`super::descent`]), on every core.

use super::descent::{BIAS, Block, Example, LANES, Lanes};
use super::sparse::Sparse;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Weights below this are not kept: no held-out utterance gets another topic for it,
/// and a question is ranked in less time and memory than with all above 0.001.
const NEGLIGIBLE: f32 = 5e-3;
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

impl Svm {
    /// Trains `classes` machines over `dimensions` dimensions. The same examples give
    /// the same weights, on any number of threads.
    pub(super) fn train(examples: &[Example<'_>], classes: u16, dimensions: usize) -> Self {
        let norms: Vec<f32> = examples
            .iter()
            .map(|e| BIAS * BIAS + e.vector.iter().map(|(_, x)| x * x).sum::<f32>())
            .collect();
        let trained = in_parallel(
            &(0..classes).step_by(LANES).collect::<Vec<u16>>(),
            |first| {
                let mut block = train_block(examples, &norms, first, dimensions);
                block.0.retain(|&(_, class, _)| class < classes);
                block
            },
        );
        let biases = trained
            .iter()
            .flat_map(|(_, biases)| biases.iter().copied());
        let biases = biases.take(usize::from(classes)).collect();
        let weights = || trained.iter().flat_map(|(weights, _)| weights).copied();
        let starts = starts(weights(), dimensions);
        Self {
            weights: rows(weights(), &starts),
            starts,
            biases,
        }
    }

    /// Decision values, by class: above 0 speaks for the class.
    pub(super) fn decide(&self, vector: &Sparse) -> Vec<f32> {
        let mut decisions = self.biases.clone();
        for &(dimension, value) in vector {
            let at = dimension as usize;
            let (Some(&start), Some(&end)) = (self.starts.get(at), self.starts.get(at + 1)) else {
                continue;
            };
            for &(class, weight) in self
                .weights
                .get(start as usize..end as usize)
                .unwrap_or(&[])
            {
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
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len());
    let take = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|&item| (at, work(item)))
    };
    let mut results: Vec<(usize, R)> = std::thread::scope(|scope| {
        let worker = || std::iter::from_fn(take).collect::<Vec<_>>();
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
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
        let Some(at) = free.get_mut(dimension as usize) else {
            continue;
        };
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
    let mut block = Block::new(dimensions);
    block.descend(examples, norms, first);
    let mut weights = Vec::new();
    for (dimension, row) in (0_u32..).zip(block.weights) {
        let kept = (first..)
            .zip(row)
            .filter(|(_, weight)| weight.abs() > NEGLIGIBLE);
        weights.extend(kept.map(|(class, weight)| (dimension, class, weight)));
    }
    (weights, block.biases)
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
            let best = (0..)
                .zip(&decisions)
                .max_by(|a, b| a.1.total_cmp(b.1))
                .map(|(c, _)| c);
            assert_eq!(best, Some(example.class), "{decisions:?}");
        }
        assert_eq!(
            svm.decide(&vec![(0, 1.0)]),
            Svm::train(&examples, 3, 4).decide(&vec![(0, 1.0)])
        );
    }
}
