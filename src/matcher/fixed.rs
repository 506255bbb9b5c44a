//! Fixed-point numbers of sixteen bits, which machines are trained with: eight fill one SSE
//! register, and one instruction (`PMULHW`) gives the upper halves of their products. With
//! `f32` half as many machines are trained side by side, and questions are ranked no better.

/// A number in units of its kind: a value of a vector, a weight, a step or a decision.
pub(super) type Fixed = i16;

/// Bits after the point of a vector's values, which are at most 1.
const VALUE: u32 = 15;
/// Of weights, which stay far below 8.
const WEIGHT: u32 = 12;
/// Of steps: a step times a value is a change of weight.
const STEP: u32 = WEIGHT + HALF - VALUE;
/// Of decisions: what a weight times a value says.
const DECISION: u32 = WEIGHT + VALUE - HALF;
/// Bits of a product that are dropped.
const HALF: u32 = 16;

/// A value of a vector.
pub(super) fn value(value: f32) -> Fixed {
    fixed(value, VALUE)
}

/// A step of a machine.
pub(super) fn step(step: f32) -> Fixed {
    fixed(step, STEP)
}

/// A weight.
pub(super) fn weight(weight: f32) -> Fixed {
    fixed(weight, WEIGHT)
}

/// What a weight is worth.
pub(super) fn worth(weight: Fixed) -> f32 {
    f32::from(weight) / unit(WEIGHT)
}

/// What a decision is worth.
pub(super) fn decided(decision: Fixed) -> f32 {
    f32::from(decision) / unit(DECISION)
}

/// A weight times a value, as part of a decision.
pub(super) const fn says(weight: Fixed, value: Fixed) -> Fixed {
    ((weight as i32 * value as i32) >> HALF) as Fixed
}

/// A step times a value, as a change of weight: rounded, or thousands of changes would drift.
pub(super) const fn change(step: Fixed, value: Fixed) -> Fixed {
    ((step as i32 * value as i32 + (1 << (HALF - 1))) >> HALF) as Fixed
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is too large for its kind is as large as it can be"
)]
fn fixed(number: f32, bits: u32) -> Fixed {
    (number * unit(bits)) as Fixed
}

/// How many units make one.
fn unit(bits: u32) -> f32 {
    f32::from(1_u16 << bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_numbers_to_a_unit() {
        for (one, other) in [(0.5, 1.0), (-3.0, 0.25), (1.75, 0.001), (-0.002, 0.9)] {
            let said = decided(says(weight(one), value(other)));
            assert!((said - one * other).abs() < 1e-3, "{one} {other}: {said}");
            let changed = worth(change(step(one), value(other)));
            assert!(
                (changed - one * other).abs() < 1e-3,
                "{one} {other}: {changed}"
            );
        }
    }

    #[test]
    fn what_is_too_large_is_as_large_as_can_be() {
        assert_eq!(value(1.0), Fixed::MAX);
        assert_eq!(weight(-1e9), Fixed::MIN);
        assert_eq!(step(f32::NAN), 0);
    }

    #[test]
    fn small_changes_do_not_drift() {
        let changes = [1, -1].map(|sign| change(sign, value(0.1)));
        assert_eq!(changes, [0, 0], "neither is worth half a unit");
    }
}
