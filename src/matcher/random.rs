//! Numbers that look drawn, and are the same on every run.

/// Marsaglia's xorshift64 (*Xorshift RNGs*, 2003): the order of examples needs no better.
pub(super) struct Random(u64);

impl Random {
    /// Starts from a seed.
    pub(super) const fn new(seed: u64) -> Self {
        Self(0x9e37_79b9_7f4a_7c15 ^ seed)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_keeps_everything_and_is_the_same_each_time() {
        let shuffled = || {
            let mut items: Vec<u8> = (0..50).collect();
            Random::new(1).shuffle(&mut items);
            items
        };
        let mut sorted = shuffled();
        assert_eq!(sorted, shuffled());
        assert!(!sorted.is_sorted());
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
    }
}
