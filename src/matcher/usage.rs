//! Which words the utterances of each class use.

use super::space::number;

/// A word that this share of a class's utterances use is wholly its own. One long story
/// among eighty utterances brings words that have nothing to do with it.
const OWN_SHARE: f32 = 0.025;

/// The dimensions of the stems of each class, rising, and how far each is its own.
#[derive(Debug, Clone, Default)]
pub(super) struct Usage(Vec<Box<[(u32, f32)]>>);

impl Usage {
    /// Learns the words of `classes` classes from utterances: the class of each and the
    /// dimensions of its stems.
    pub(super) fn learn<'s>(
        utterances: impl Iterator<Item = (u16, &'s [u32])>,
        classes: u16,
    ) -> Self {
        let mut own = vec![(Vec::new(), 0); usize::from(classes)];
        for (class, its) in utterances {
            if let Some((stems, size)) = own.get_mut(usize::from(class)) {
                stems.extend_from_slice(its);
                *size += 1;
            }
        }
        let usage = own.into_iter().map(|(stems, size)| shares(stems, size));
        Self(usage.collect())
    }

    /// How far a stem is one of the class's words, in 0..=1: nought where none of its
    /// utterances uses it, little where one of very many does.
    pub(super) fn of(&self, class: u16, stem: u32) -> f32 {
        let own = self.0.get(usize::from(class));
        let own = own.map(AsRef::as_ref).unwrap_or_default();
        let at = own.binary_search_by_key(&stem, |&(stem, _)| stem).ok();
        at.and_then(|at| own.get(at)).map_or(0.0, |&(_, own)| own)
    }
}

/// The distinct stems of a class of `size` utterances, and how far each is its own.
fn shares(mut stems: Vec<u32>, size: usize) -> Box<[(u32, f32)]> {
    stems.sort_unstable();
    let runs = stems.chunk_by(|a, b| a == b);
    let shares = runs.filter_map(|run| {
        let share = number(run.len()) / number(size.max(1));
        Some((*run.first()?, (share / OWN_SHARE).min(1.0)))
    });
    shares.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_the_own_of_a_class_that_uses_it() {
        let often: &[u32] = &[5, 3];
        let mut utterances = vec![(1, often); 199];
        utterances.push((1, &[4, 3]));
        let usage = Usage::learn(utterances.into_iter(), 3);
        for (class, stem, own) in [(1, 3, 1.0), (1, 5, 1.0), (1, 9, 0.0), (0, 3, 0.0)] {
            assert_eq!(usage.of(class, stem), own, "{stem} of {class}");
        }
        assert!((usage.of(1, 4) - 0.2).abs() < 1e-6, "one of two hundred");
        assert_eq!(usage.of(7, 3), 0.0);
    }
}
