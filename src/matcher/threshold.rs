//! The threshold rule, written down once: how sure is sure enough.
//!
//! A score is the probability that the best topic is the right one, so a threshold says
//! how many mistakes among how many replies are borne:
//!
//! | score of the best topic | it is an entry | it is an absence or a courtesy |
//! |---|---|---|
//! | [`ANSWER`] and above | answer | say so |
//! | [`ABSTAIN`] and above | suggest | say so |
//! | [`SUGGEST`] and above | suggest | suggest the entries close behind |
//! | below | it is about something else | it is about something else |

/// Least score to answer. Of the valid questions that the first story answers 96 in a hundred
/// reach it with the right entry; of those it leaves open, some two do. Just above it, where a
/// score promises less than it keeps, four in five are right.
pub const ANSWER: f32 = 0.52;
/// Least score to say that the story does not tell, or to return a courtesy: a mistake
/// here costs the member a second look at what is offered, not a false belief.
pub const ABSTAIN: f32 = 0.4;
/// Least score to suggest: below it the question is about something else.
pub const SUGGEST: f32 = 0.2;
/// Least score for the nearest entries to be offered beside a refusal: under it what is
/// nearest is not near.
pub const OFFER: f32 = 0.1;
/// Share of the questions in scope that a threshold learnt on labelled ones may lose.
pub const LOSS: f32 = 0.015;

/// What a score is good for, for a curator.
#[must_use]
pub fn said_of(score: f32) -> String {
    format!(
        "score {score:.2}: {ANSWER:.2} is enough to answer, {ABSTAIN:.2} to say that the story \
         does not tell or to return a courtesy, {SUGGEST:.2} to suggest"
    )
}

/// Learns a threshold from labelled questions, for sets other than a story: the highest
/// that loses at most [`LOSS`] of all questions in scope. `right` are the scores of those
/// whose class was found, `in_scope` says how many there are.
#[must_use]
pub fn learn(mut right: Vec<f32>, in_scope: usize) -> f32 {
    right.sort_unstable_by(f32::total_cmp);
    let mut lost = super::space::number(in_scope) * LOSS;
    for score in right {
        lost -= 1.0;
        if lost < 0.0 {
            return score;
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_learnt_threshold_loses_no_more_than_its_share() {
        let scores: Vec<f32> = (0_u8..100).map(|n| f32::from(n) / 100.0).collect();
        for in_scope in [100, 200, 400] {
            let threshold = learn(scores.clone(), in_scope);
            let lost = scores.iter().filter(|score| **score < threshold).count();
            assert_eq!(lost, in_scope * 15 / 1000, "{in_scope}");
        }
        assert!(learn(Vec::new(), 0).abs() < f32::EPSILON);
    }
}
