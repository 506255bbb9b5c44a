//! Which answers settle more than the question they were written for.

/// For each class, the others that its answer settles too.
#[derive(Debug, Clone, Default)]
pub(super) struct Also(Vec<Box<[u16]>>);

impl Also {
    /// Takes pairs of a class and another one that its answer settles, among `classes`.
    pub(super) fn of(pairs: &[(u16, u16)], classes: u16) -> Self {
        let settled = |class: u16| {
            let its = pairs.iter().filter(|&&(answered, _)| answered == class);
            its.map(|&(_, asked)| asked).collect()
        };
        Self((0..classes).map(settled).collect())
    }

    /// Whether who asked for one class is content with the answer of another.
    pub(super) fn settles(&self, answered: u16, asked: u16) -> bool {
        let also = self.0.get(usize::from(answered));
        answered == asked || also.is_some_and(|also| also.contains(&asked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_settles_its_own_question_and_those_it_is_said_to() {
        let also = Also::of(&[(1, 0)], 2);
        for (answered, asked, settles) in [(1, 1, true), (1, 0, true), (0, 1, false), (7, 1, false)]
        {
            assert_eq!(
                also.settles(answered, asked),
                settles,
                "{answered}, {asked}"
            );
        }
    }
}
