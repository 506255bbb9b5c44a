//! Training by dual coordinate descent with shrinking: Hsieh et al., *A Dual
//! Coordinate Descent Method for Large-scale Linear SVM*, ICML 2008
//! (<https://www.csie.ntu.edu.tw/~cjlin/papers/cddual.pdf>), squared hinge loss.

use super::examples::Examples;
use super::fixed::{self, Fixed};

/// Cost of an error on an utterance of another class.
const COST: f32 = 0.25;
/// Cost of an error on one of the class's own, which are few. With 1 or 0.1 for [`COST`],
/// and 1 to 8 here, held-out utterances of the public sets are ranked within half a point
/// of these; the first story's valid questions by up to two points worse.
const OWN_COST: f32 = 4.0;
/// A machine with a gradient this small stays where it is: many utterances are shrunk away
/// after a pass. With 0.2 the public sets are ranked up to half a point worse.
const SETTLED: f32 = 0.05;
/// The same among so many examples and more, where it saves a tenth of the time to load: with 0.15
/// the first story's questions are ranked no better, with 0.25 half a point worse.
const SETTLED_AMONG: (usize, f32) = (20_000, 0.2);
/// Passes over the utterances at most. Six rank the valid questions of the first story worse
/// by one in a hundred, over five orders of the examples; more, to a gradient of 0.01, change
/// nothing.
const PASSES: usize = 10;
/// Passes over a machine's own examples before all others. One to four rank the valid questions
/// of the first story alike.
const OWN_PASSES: usize = 2;
/// Where every bias begins: most utterances are of other classes, and a machine that says
/// so from the start has nothing to learn of those that share nothing with its own.
const PRIOR: f32 = -1.0;
/// Value of the constant dimension that every vector has, for the bias.
pub(super) const BIAS: f32 = 1.0;

/// Machines trained side by side: one SSE register of [`Fixed`]. With four twice as many
/// utterances are read, with sixteen the weights no longer lie in the cache.
pub(super) const BLOCK: u16 = 8;
/// The same, as a length.
pub(super) const LANES: usize = BLOCK as usize;

/// A number for each machine of a block.
pub(super) type Lanes = [f32; LANES];

/// Some binary machines in training, side by side: an utterance is read once for all
/// of them, and the arithmetic is the same for each.
pub(super) struct Block<'e> {
    /// The class of the first machine.
    first: u16,
    examples: &'e Examples,
    /// The gradient a machine stays at.
    settled: f32,
    pub(super) weights: Vec<[Fixed; LANES]>,
    pub(super) biases: Lanes,
    /// How each example stands with each machine.
    alphas: Vec<Lanes>,
    /// The places of the examples that moved a machine in the first pass of the last descent:
    /// the next one goes on with them.
    moving: Vec<usize>,
}

impl<'e> Block<'e> {
    /// Room for machines: [`Block::begin`] makes some that know nothing yet.
    pub(super) fn new(examples: &'e Examples, dimensions: usize) -> Self {
        Self {
            first: 0,
            examples,
            settled: match SETTLED_AMONG {
                (many, settled) if examples.len() >= many => settled,
                _ => SETTLED,
            },
            weights: vec![[0; LANES]; dimensions],
            biases: [PRIOR; LANES],
            alphas: vec![[0.0; LANES]; examples.len()],
            moving: Vec::new(),
        }
    }

    /// Forgets everything, to train the machines of `first` and the classes after it. The
    /// memory is used again: it would take as long to ask for as to train with.
    pub(super) fn begin(&mut self, first: u16) {
        self.first = first;
        self.weights.fill([0; LANES]);
        self.biases = [PRIOR; LANES];
        self.alphas.fill([0.0; LANES]);
        self.moving.clear();
    }

    /// Dual coordinate descent from where the machines are, over the examples at some new
    /// places, which rise, and those of earlier descents that had moved a machine. An example
    /// is shrunk away once every machine of the block is done with it.
    ///
    /// The machines' `own` examples among them come first: to one that knows nothing yet no other
    /// is worth a step, and it would be shrunk away too soon.
    #[expect(
        clippy::stable_sort_primitive,
        reason = "places come in two rising runs, which a stable sort only merges"
    )]
    pub(super) fn descend(&mut self, places: &[usize], own: &[usize]) {
        for _ in 0..OWN_PASSES {
            for &at in own {
                self.visit(at);
            }
        }
        let mut active = std::mem::take(&mut self.moving);
        active.extend_from_slice(places);
        active.sort();
        active.retain(|&at| self.visit(at));
        self.moving.clone_from(&active);
        for _ in 1..PASSES {
            active.retain(|&at| self.visit(at));
        }
    }

    /// One coordinate step of every machine. False where none had to move.
    fn visit(&mut self, at: usize) -> bool {
        let Some(example) = self.examples.get(at) else {
            return false;
        };
        let (diagonal, own_diagonal) = (0.5 / COST, 0.5 / OWN_COST);
        let mut signs = [-1.0; LANES];
        let mut diagonals = [diagonal; LANES];
        let mut strides = [1.0 / (example.norm + diagonal); LANES];
        let own = usize::from(example.class.wrapping_sub(self.first));
        if let (Some(sign), Some(its), Some(stride)) = (
            signs.get_mut(own),
            diagonals.get_mut(own),
            strides.get_mut(own),
        ) {
            (*sign, *its, *stride) = (1.0, own_diagonal, 1.0 / (example.norm + own_diagonal));
        }
        let decisions = self.decide(example.vector);
        let Some(alphas) = self.alphas.get_mut(at) else {
            return false;
        };
        let settled = self.settled;
        let mut steps = [0.0_f32; LANES];
        // No branch: the machines move at once.
        for (((((alpha, decision), sign), step), diagonal), stride) in alphas
            .iter_mut()
            .zip(decisions)
            .zip(signs)
            .zip(&mut steps)
            .zip(diagonals)
            .zip(strides)
        {
            let gradient = sign * decision - 1.0 + diagonal * *alpha;
            let moves = if gradient.abs() > settled {
                stride
            } else {
                0.0
            };
            let stepped = (*alpha - gradient * moves).max(0.0);
            *step = (stepped - *alpha) * sign;
            *alpha = stepped;
        }
        let moved = steps.iter().any(|step| *step != 0.0);
        if moved {
            self.step(example.vector, &steps);
        }
        moved
    }

    /// What the machines decide. Two sums side by side: one alone would wait for itself.
    fn decide(&self, vector: &[(u32, Fixed)]) -> Lanes {
        let mut sums = [[0; LANES]; 2];
        let (pairs, last) = vector.as_chunks::<2>();
        for pair in pairs {
            for (sum, &one) in sums.iter_mut().zip(pair) {
                self.add(one, sum);
            }
        }
        let [mut sum, others] = sums;
        for &one in last {
            self.add(one, &mut sum);
        }
        let mut decisions = self.biases.map(|bias| bias * BIAS);
        for ((decision, sum), other) in decisions.iter_mut().zip(sum).zip(others) {
            *decision += fixed::decided(sum.saturating_add(other));
        }
        decisions
    }

    /// Adds what one value says to the sum of each machine.
    fn add(&self, (dimension, value): (u32, Fixed), sums: &mut [Fixed; LANES]) {
        if let Some(row) = self.weights.get(dimension as usize) {
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum = sum.saturating_add(fixed::says(weight, value));
            }
        }
    }

    fn step(&mut self, vector: &[(u32, Fixed)], steps: &Lanes) {
        for (bias, step) in self.biases.iter_mut().zip(steps) {
            *bias += step * BIAS;
        }
        let steps = steps.map(fixed::step);
        for &(dimension, value) in vector {
            if let Some(row) = self.weights.get_mut(dimension as usize) {
                for (weight, step) in row.iter_mut().zip(steps) {
                    *weight = weight.saturating_add(fixed::change(step, value));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::Example;
    use super::super::sparse::Sparse;
    use super::*;

    #[test]
    fn every_machine_of_a_block_learns_its_own_class() {
        let vectors: Vec<Sparse> = (0..4).map(|dimension| vec![(dimension, 1.0)]).collect();
        let examples: Vec<Example<'_>> = (7..)
            .zip(&vectors)
            .map(|(class, vector)| Example { vector, class })
            .collect();
        let examples = Examples::shuffled(&examples);
        let mut block = Block::new(&examples, 4);
        block.begin(7);
        block.descend(&[0, 1, 2, 3], &[0, 1, 2, 3]);
        for (own, vector) in vectors.iter().enumerate() {
            let vector = vector.iter().map(|&(d, v)| (d, fixed::value(v)));
            let decisions = block.decide(&vector.collect::<Vec<_>>());
            for (lane, decision) in decisions.iter().take(4).enumerate() {
                assert_eq!(*decision > 0.0, lane == own, "{lane} of {own}: {decision}");
            }
        }
    }
}
