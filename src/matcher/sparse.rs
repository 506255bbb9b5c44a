//! Sparse vectors.

/// A sparse vector: `(dimension, value)`, each dimension once, in no order.
pub(super) type Sparse = Vec<(u32, f32)>;

/// Length of a vector.
pub(super) fn norm(vector: &[(u32, f32)]) -> f32 {
    let squares = vector.iter().map(|(_, value)| value * value);
    squares.sum::<f32>().sqrt()
}
