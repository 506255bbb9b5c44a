//! Which utterance of a class is nearest to a question: shown beside a score, and no part of
//! it. Measured as evidence it made no answer surer, and kept a question waiting.

use super::rows::Rows;

/// The utterances of each class by their stems.
#[derive(Debug, Clone, Default)]
pub(super) struct Nearest {
    /// The places of the utterances that have a stem, in the order of their classes.
    postings: Rows<u32>,
    /// The length of each utterance, by place.
    lengths: Vec<f32>,
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
            let placed = (0_u32..).zip(&ordered);
            placed.flat_map(|(place, (_, (_, stems)))| stems.iter().map(move |&stem| (stem, place)))
        };
        let lengths = ordered.iter().map(|(_, (_, stems))| {
            let squares = stems.iter().map(|&stem| tells(stem).powi(2));
            squares.sum::<f32>().sqrt().max(f32::EPSILON)
        });
        Self {
            postings: Rows::new(postings, dimensions),
            lengths: lengths.collect(),
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
        let own = start as usize..end as usize;
        let mut shared = vec![0.0_f32; own.len()];
        for &(stem, tells) in question {
            let square = tells.powi(2);
            let row = self.postings.row(stem);
            let first = row.partition_point(|&place| place < start);
            let row = row.iter().skip(first).take_while(|place| **place < end);
            for &place in row {
                if let Some(shared) = shared.get_mut((place - start) as usize) {
                    *shared += square;
                }
            }
        }
        let (lengths, numbers) = (self.lengths.get(own.clone())?, self.numbers.get(own)?);
        let likeness = shared
            .iter()
            .zip(lengths)
            .map(|(shared, length)| shared / length);
        let falling = likeness.zip(numbers).rev();
        let nearest = falling.filter(|(likeness, _)| *likeness > 0.0);
        let (_, number) = nearest.max_by(|a, b| a.0.total_cmp(&b.0))?;
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
