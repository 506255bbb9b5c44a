//! Which utterance of a class is nearest to a question: shown beside a score, and no part of
//! it. Measured as evidence it made no answer surer, and kept a question waiting.

use super::rows::Rows;

/// The utterances of each class by their stems.
#[derive(Debug, Clone, Default)]
pub(super) struct Nearest {
    /// The places of utterances, in the order of their classes, and what the stem makes of
    /// each, in 0..=1.
    postings: Rows<(u32, f32)>,
    /// Where the utterances of each class end.
    ends: Vec<u32>,
    /// The number each utterance was given with.
    numbers: Vec<u32>,
}

impl Nearest {
    /// Remembers the utterances of `classes` classes over `dimensions` dimensions: the class
    /// of each, the dimensions of its stems, and how much a dimension tells.
    pub(super) fn of(
        utterances: &[(u16, &[u32])],
        classes: u16,
        dimensions: usize,
        tells: impl Fn(u32) -> f32,
    ) -> Self {
        let mut ordered: Vec<(u32, &(u16, &[u32]))> = (0..).zip(utterances).collect();
        ordered.sort_by_key(|(_, (class, _))| *class);
        let end = |class| ordered.partition_point(|(_, (of, _))| *of <= class);
        let ends = (0..classes).map(|class| u32::try_from(end(class)).unwrap_or(u32::MAX));
        let postings = || {
            (0_u32..)
                .zip(&ordered)
                .flat_map(|(place, (_, (_, stems)))| {
                    let squares = stems.iter().map(|&stem| tells(stem).powi(2));
                    let length = squares.sum::<f32>().sqrt().max(f32::EPSILON);
                    let tells = &tells;
                    let values = stems.iter();
                    values.map(move |&stem| (stem, (place, tells(stem) / length)))
                })
        };
        Self {
            postings: Rows::new(postings, dimensions),
            ends: ends.collect(),
            numbers: ordered.iter().map(|(number, _)| *number).collect(),
        }
    }

    /// The number of the utterance of a class whose stems are most like the question's, which
    /// come with how much each tells; of several the first.
    pub(super) fn to(&self, question: &[(u32, f32)], class: u16) -> Option<usize> {
        let class = usize::from(class);
        let before = class
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let (start, end) = (before.copied().unwrap_or(0), *self.ends.get(class)?);
        let mut products = vec![0.0_f32; end.saturating_sub(start) as usize];
        for &(stem, tells) in question {
            let row = self.postings.row(stem);
            let own = row.partition_point(|&(place, _)| place < start);
            let own = row.iter().skip(own).take_while(|(place, _)| *place < end);
            for &(place, value) in own {
                if let Some(product) = products.get_mut((place - start) as usize) {
                    *product += tells * value;
                }
            }
        }
        let falling = products.iter().enumerate().rev();
        let (at, _) = falling
            .filter(|(_, product)| **product > 0.0)
            .max_by(|a, b| a.1.total_cmp(b.1))?;
        let number = self.numbers.get(start as usize + at)?;
        Some(*number as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_of_the_class_and_shares_most_of_what_tells() {
        let utterances: [(u16, &[u32]); 4] = [(1, &[0, 1]), (0, &[0, 2]), (1, &[1]), (1, &[1, 3])];
        let nearest = Nearest::of(&utterances, 2, 4, |_| 1.0);
        for (question, class, expected, why) in [
            (&[(1, 1.0)][..], 1, Some(2), "it says that and no more"),
            (&[(0, 1.0), (1, 1.0)], 1, Some(0), "it says both"),
            (
                &[(0, 1.0), (1, 1.0)],
                0,
                Some(1),
                "the number it was given with",
            ),
            (&[(3, 1.0)], 0, None, "another class says it"),
            (&[(77, 1.0)], 1, None, "nobody says it"),
            (&[(0, 1.0)], 7, None, "there is no such class"),
        ] {
            assert_eq!(nearest.to(question, class), expected, "{why}");
        }
    }
}
