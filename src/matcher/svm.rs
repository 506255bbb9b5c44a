//! One-vs-rest linear support vector machines, trained in blocks ([`super::descent`])
//! on every core.

use super::descent::{BLOCK, Block, LANES, Lanes};
use super::examples::{Example, Examples};
use super::fixed;
use super::linear::{NEGLIGIBLE, Weight};
use super::rivals::Rivals;
use crate::parallel::in_parallel_with;
use std::ops::Range;

/// Above so many pairs of a block and an example each block learns from its rivals alone, for all
/// of them would take seconds. Below, that saves less than it costs: with rivals alone the first
/// story answers up to ten in a hundred valid questions less.
const LARGE: usize = 20_000_000;
/// Of so many examples and more, a block leaves out a part of those of other classes.
const MANY: usize = 20_000;
/// One in this many, another part for each block. Without one in two the valid questions of the
/// first story are ranked up to a point worse; all would take a tenth longer and rank none better.
const SPARED: usize = 3;

/// Trained machines of one block: their weights by rising dimension, and their biases.
pub(super) type Trained = (Vec<Weight>, Lanes);

/// Trains `classes` machines over `dimensions` dimensions, block by block, in stages: each
/// begins where the one before ended, and learns from the examples whose numbers it names
/// beside those of before. Gives the blocks of each stage. The same examples give the same
/// weights, on any number of threads.
pub(super) fn train(
    examples: &[Example<'_>],
    stages: &[&[usize]],
    classes: u16,
    dimensions: usize,
) -> Vec<Vec<Trained>> {
    train_above(LARGE, examples, stages, classes, dimensions)
}

/// The same, with rivals above so many pairs of a block and an example.
fn train_above(
    large: usize,
    examples: &[Example<'_>],
    stages: &[&[usize]],
    classes: u16,
    dimensions: usize,
) -> Vec<Vec<Trained>> {
    let examples = Examples::shuffled(examples);
    let stages: Vec<Vec<usize>> = stages.iter().map(|stage| examples.places(stage)).collect();
    let firsts: Vec<u16> = (0..classes).step_by(LANES).collect();
    let is_large = examples.len() * firsts.len() > large;
    let rivals = is_large.then(|| Rivals::among(&examples, classes, dimensions));
    let empty = || (Block::new(&examples, dimensions), Vec::new());
    let blocks = in_parallel_with(&firsts, empty, |(block, kept), first| {
        block.begin(first);
        let its = first..classes.min(first.saturating_add(BLOCK));
        let own = examples.of(&its);
        let near = rivals.as_ref().map(|rivals| rivals.of(its.clone()));
        let trained = stages.iter().map(|stage| {
            let own = common(stage, &own);
            match &near {
                Some(near) => block.descend(&common(stage, near), &own),
                None if examples.len() < MANY => block.descend(stage, &own),
                None => block.descend(&most(stage, &examples, &its), &own),
            }
            (weights(block, its.clone(), kept), block.biases)
        });
        trained.collect::<Vec<Trained>>()
    });
    let mut of_stages: Vec<Vec<Trained>> = stages.iter().map(|_| Vec::new()).collect();
    for block in blocks {
        for (blocks, trained) in of_stages.iter_mut().zip(block) {
            blocks.push(trained);
        }
    }
    of_stages
}

/// What two rising lists of places share.
fn common(some: &[usize], others: &[usize]) -> Vec<usize> {
    let among = |place: &&usize| some.binary_search(place).is_ok();
    others.iter().filter(among).copied().collect()
}

/// Some places but a part of those of other classes.
fn most(places: &[usize], examples: &Examples, classes: &Range<u16>) -> Vec<usize> {
    let turn = usize::from(classes.start / BLOCK);
    let is_spared = |at: usize| (at + turn).is_multiple_of(SPARED);
    let places = places.iter().copied();
    let kept = places.filter(|&at| !is_spared(at) || examples.is_of(at, classes));
    kept.collect()
}

/// The weights of a block that are worth keeping, by rising dimension. They are gathered in
/// `kept`, used again for every block: a vector that grows leaves holes of twice its size behind.
fn weights(block: &Block<'_>, classes: Range<u16>, kept: &mut Vec<Weight>) -> Vec<Weight> {
    kept.clear();
    let least = fixed::weight(NEGLIGIBLE).unsigned_abs();
    for (dimension, row) in (0_u32..).zip(&block.weights) {
        // Most rows have none: the whole of one is compared at once.
        if row.iter().map(|weight| weight.unsigned_abs()).max() <= Some(least) {
            continue;
        }
        let worth = classes.clone().zip(row);
        let worth = worth.filter(|(_, weight)| weight.unsigned_abs() > least);
        kept.extend(worth.map(|(class, &weight)| (dimension, class, fixed::worth(weight))));
    }
    kept.clone()
}

#[cfg(test)]
mod tests {
    use super::super::sparse::Sparse;
    use super::*;

    #[test]
    fn a_block_does_without_a_third_of_the_others_and_with_all_its_own() {
        let vector = vec![(0, 1.0)];
        let examples: Vec<Example<'_>> = (0..90)
            .map(|at: u16| Example {
                vector: &vector,
                class: at % 9,
            })
            .collect();
        let examples = Examples::shuffled(&examples);
        let all: Vec<usize> = (0..90).collect();
        let own = |at: &&usize| examples.is_of(**at, &(0..8));
        let kept = most(&all, &examples, &(0..8));
        assert_eq!(
            kept.iter().filter(own).count(),
            all.iter().filter(own).count()
        );
        let others = most(&all, &examples, &(9..10));
        assert_eq!(others.len(), 60);
        assert_ne!(others, most(&all, &examples, &(17..18)), "another third");
    }

    #[test]
    fn machines_learn_alike_from_all_and_from_rivals() {
        let vectors: Vec<Sparse> = (0..60).map(|at| vec![(at % 6, 1.0)]).collect();
        let examples: Vec<Example<'_>> = vectors
            .iter()
            .zip((0..6).cycle())
            .map(|(vector, class)| Example { vector, class })
            .collect();
        let all: Vec<usize> = (0..60).collect();
        for large in [0, usize::MAX] {
            let stages = train_above(large, &examples, &[&all[..30], &all[30..]], 6, 6);
            for (stage, blocks) in stages.iter().enumerate() {
                let weights = blocks.iter().flat_map(|(weights, _)| weights);
                let own = weights.filter(|(dimension, class, _)| *dimension == u32::from(*class));
                let own: Vec<f32> = own.map(|&(_, _, weight)| weight).collect();
                assert_eq!(own.len(), 6, "{large}, {stage}");
                assert!(own.iter().all(|weight| *weight > 0.5), "{large}: {own:?}");
            }
        }
    }
}
