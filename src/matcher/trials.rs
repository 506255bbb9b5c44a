//! Trials for the refusal model: what a classifier makes of questions it has not seen.
//!
//! A tenth of the classes and a fifth of the utterances are held out, and a quarter of
//! the questions about anything else; a second classifier learns from the rest and is
//! asked them. Where it is right it should be believed; where it is wrong, where the
//! class was held out (a near miss) and no other answer settles it, or where the question
//! is about anything else, it should not.

use super::also::Also;
use super::choice;
use super::examples::Example;
use super::linear::Linear;
use super::random::Random;
use super::refusal::Trial;
use super::signals::{Sight, measure};
use super::space::{Space, number};
use super::texts::Lesson;
use super::training::Laid;
use super::usage::Usage;
use crate::parallel::in_parallel;

/// One in this many utterances is held out.
const FOLD: usize = 5;
/// One in this many classes is held out whole. With every fifth the others would have less to
/// compete with than they do when members ask, and scores would be too low then.
const CLASS_FOLD: usize = 10;
/// One in this many questions about anything else is held out.
const FAR_FOLD: usize = 4;
/// Sets of fewer texts are folded again, until so many were dealt out.
const DEALT: usize = 8_000;
/// Most utterances that are asked whose class is there.
const ASKED: usize = 1_500;
/// Most of each other kind that are asked: with three times as many the first story's valid
/// questions are answered alike.
const OTHERS_ASKED: usize = 500;
/// Share, among the trials, of utterances whose class is there. The shares are what
/// members are taken to ask, not what can be held out; how far scores can be believed
/// with these is in `docs/matching.md`.
const IN_SCOPE: f32 = 8.0;
/// Share of near misses: utterances of classes held out whole.
const NEAR_MISSES: f32 = 1.0;
/// Share of the questions known to be about something else.
const OUTSIDE: f32 = 1.0;
/// Share of everyday questions about anything else.
const FAR: f32 = 8.0;

/// The folds of a training set that is laid out in `space`.
pub(super) struct Trials<'l> {
    laid: &'l [Laid],
    also: &'l Also,
    classes: u16,
    space: &'l Space,
}

impl<'l> Trials<'l> {
    pub(super) const fn of(
        laid: &'l [Laid],
        also: &'l Also,
        classes: u16,
        space: &'l Space,
    ) -> Self {
        Self {
            laid,
            also,
            classes,
            space,
        }
    }

    /// Trials of all folds but the last: none where the set is large.
    pub(super) fn earlier(&self) -> Vec<Trial> {
        (0..self.folds() - 1)
            .flat_map(|number| {
                let fold = Fold::new(number, self);
                let examples = fold.examples();
                let linear = choice::learn(&examples, self.classes, self.space.len());
                fold.trials(&linear)
            })
            .collect()
    }

    /// A classifier that went on from the last fold to all examples, and the trials of
    /// what it was before.
    pub(super) fn last(&self) -> (Linear, Vec<Trial>) {
        let fold = Fold::new(self.folds() - 1, self);
        let all: Vec<Example<'_>> = self
            .laid
            .iter()
            .map(|one| one.example(self.classes))
            .collect();
        let kept = fold.kept.iter().map(|&(at, _)| at).collect::<Vec<_>>();
        let (before, after) = choice::learn_on(&all, &kept, self.classes, self.space.len());
        let trials = fold.trials(&before);
        (after, trials)
    }

    fn folds(&self) -> usize {
        (DEALT / self.laid.len().max(1)).clamp(1, FOLD)
    }

    /// For each class whether a fold holds it out: neighbours in a file are about one
    /// subject, so they are drawn.
    fn held_classes(&self, fold: usize) -> Vec<bool> {
        let mut order: Vec<usize> = (0..usize::from(self.classes)).collect();
        Random::new(0).shuffle(&mut order);
        let mut held = vec![false; order.len()];
        for &class in order.iter().skip(fold).step_by(CLASS_FOLD) {
            if let Some(held) = held.get_mut(class) {
                *held = true;
            }
        }
        held
    }
}

/// Who is kept to learn from, and who is held out to be asked.
struct Fold<'t, 'l> {
    of: &'t Trials<'l>,
    /// With their places among all.
    kept: Vec<(usize, &'l Laid)>,
    held: Vec<&'l Laid>,
    near: Vec<&'l Laid>,
    outside: Vec<&'l Laid>,
    far: Vec<&'l Laid>,
}

impl<'t, 'l> Fold<'t, 'l> {
    fn new(fold: usize, of: &'t Trials<'l>) -> Self {
        let mut new = Self {
            of,
            kept: Vec::new(),
            held: Vec::new(),
            near: Vec::new(),
            outside: Vec::new(),
            far: Vec::new(),
        };
        let held = of.held_classes(fold);
        let holds = |class: u16| held.get(usize::from(class)) == Some(&true);
        let mut seen = vec![0_usize; held.len() + 2];
        for (at, one) in of.laid.iter().enumerate() {
            let group = match one.lesson {
                Lesson::Class(class) => usize::from(class),
                Lesson::Outside => held.len(),
                Lesson::Far | Lesson::Talk => held.len() + 1,
            };
            let nth = seen.get_mut(group).map_or(0, |count| {
                *count += 1;
                *count
            });
            let part = match one.lesson {
                Lesson::Class(class) if holds(class) => &mut new.near,
                Lesson::Class(_) if nth % FOLD == fold => &mut new.held,
                Lesson::Outside if nth % FAR_FOLD == fold % FAR_FOLD => &mut new.outside,
                Lesson::Far if nth % FAR_FOLD == fold % FAR_FOLD => &mut new.far,
                _ => {
                    new.kept.push((at, one));
                    continue;
                }
            };
            part.push(one);
        }
        new
    }

    fn examples(&self) -> Vec<Example<'l>> {
        let kept = self.kept.iter();
        kept.map(|(_, one)| one.example(self.of.classes)).collect()
    }

    /// What a classifier that learnt from the kept ones makes of the others.
    fn trials(&self, linear: &Linear) -> Vec<Trial> {
        let &Trials {
            also,
            classes,
            space,
            ..
        } = self.of;
        let mut seen = vec![false; space.len()];
        for &(dimension, _) in self.in_scope().flat_map(|one| &one.vector) {
            if let Some(seen) = seen.get_mut(dimension as usize) {
                *seen = true;
            }
        }
        let usage = Usage::learn(self.in_scope().filter_map(Laid::said), classes);
        let settled = |one: &Laid, by: u16| match one.lesson {
            Lesson::Class(asked) => also.settles(by, asked),
            Lesson::Outside | Lesson::Far | Lesson::Talk => false,
        };
        let ask = |one: &&Laid| {
            let knows = |dimension: u32| seen.get(dimension as usize) == Some(&true);
            let sight = Sight::of(&one.marks, &one.views, space, knows);
            let measured = measure(&sight, &linear.decide(&sight.vector), &usage, also)?;
            Some(Trial {
                signals: measured.signals,
                right: settled(one, measured.class),
                weight: 1.0,
            })
        };
        [
            (&self.held, ASKED, IN_SCOPE),
            (&self.near, OTHERS_ASKED, NEAR_MISSES),
            (&self.outside, OTHERS_ASKED, OUTSIDE),
            (&self.far, OTHERS_ASKED, FAR),
        ]
        .into_iter()
        .flat_map(|(held, asked, share)| {
            let step = held.len().div_ceil(asked).max(1);
            let asked: Vec<&Laid> = held.iter().copied().step_by(step).collect();
            let answers = in_parallel(&asked.chunks(64).collect::<Vec<_>>(), |chunk| {
                chunk.iter().filter_map(ask).collect::<Vec<_>>()
            });
            weighed(answers.into_iter().flatten().collect(), share)
        })
        .collect()
    }

    fn in_scope(&self) -> impl Iterator<Item = &'l Laid> {
        let kept = self.kept.iter().map(|&(_, one)| one);
        kept.filter(|one| matches!(one.lesson, Lesson::Class(_)))
    }
}

/// Trials that together weigh `share`.
fn weighed(mut trials: Vec<Trial>, share: f32) -> Vec<Trial> {
    let whole = number(trials.len()).max(1.0);
    for trial in &mut trials {
        trial.weight = share / whole;
    }
    trials
}

#[cfg(test)]
mod tests {
    use super::super::signals::COUNT;
    use super::*;

    #[test]
    fn a_group_of_trials_weighs_its_share_however_many_it_has() {
        let trial = || Trial {
            signals: [0.0; COUNT],
            right: false,
            weight: 1.0,
        };
        for count in [1, 7] {
            let trials = weighed(std::iter::repeat_with(trial).take(count).collect(), 2.0);
            let whole: f32 = trials.iter().map(|trial| trial.weight).sum();
            assert!((whole - 2.0).abs() < 1e-5, "{count}: {whole}");
        }
        assert!(weighed(Vec::new(), 2.0).is_empty());
    }
}
