//! Sparse vectors, and looking one up many times.

/// A sparse vector: `(dimension, value)`, by rising dimension.
pub(super) type Sparse = Vec<(u32, f32)>;

/// Length of a vector.
pub(super) fn norm(vector: &[(u32, f32)]) -> f32 {
    vector
        .iter()
        .map(|(_, value)| value * value)
        .sum::<f32>()
        .sqrt()
}

/// A vector that many others are multiplied with. Most of their dimensions it has
/// not, and one bit says so.
#[derive(Debug)]
pub(super) struct Lookup<'v> {
    vector: &'v [(u32, f32)],
    bits: Vec<u64>,
}

impl<'v> Lookup<'v> {
    pub(super) fn new(vector: &'v [(u32, f32)]) -> Self {
        let words = vector.last().map_or(0, |&(last, _)| last as usize / 64 + 1);
        let mut bits = vec![0_u64; words];
        for &(dimension, _) in vector {
            if let Some(word) = bits.get_mut(dimension as usize / 64) {
                *word |= 1 << (dimension % 64);
            }
        }
        Self { vector, bits }
    }

    /// Dot product with another vector.
    pub(super) fn dot(&self, other: &[(u32, f32)]) -> f32 {
        other
            .iter()
            .map(|&(dimension, value)| value * self.value(dimension))
            .sum()
    }

    fn value(&self, dimension: u32) -> f32 {
        let word = self.bits.get(dimension as usize / 64).copied().unwrap_or(0);
        if word >> (dimension % 64) & 1 == 0 {
            return 0.0;
        }
        let at = self
            .vector
            .binary_search_by_key(&dimension, |&(dimension, _)| dimension);
        at.ok()
            .and_then(|at| self.vector.get(at))
            .map_or(0.0, |&(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lookup_multiplies_what_both_vectors_have() {
        let vector = [(1, 2.0), (63, 1.0), (64, 0.5), (900, 3.0)];
        let lookup = Lookup::new(&vector);
        let dot = |other: &[(u32, f32)]| lookup.dot(other);
        assert!((dot(&[(1, 1.0), (2, 9.0), (64, 2.0), (5_000, 1.0)]) - 3.0).abs() < 1e-6);
        assert!((dot(&vector) - norm(&vector).powi(2)).abs() < 1e-5);
        assert!(Lookup::new(&[]).dot(&vector).abs() < f32::EPSILON);
    }
}
