//! Why an answer was given: what a button remembers of it, and how it is told.

use super::phrases;
use crate::engine::Engine;
use crate::knowledge::{Id, Topic};
use crate::matcher::Ranking;
use crate::reply::Reply;
use crate::text::Locale;

/// What led to an answer, by numbers that hold for one version of the knowledge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Why {
    /// How sure the answer was, in per cent; `None` where nothing had to be guessed.
    pub(super) score: Option<u8>,
    /// The utterance that was nearest.
    pub(super) nearest: Option<u32>,
    /// The topic that came next.
    pub(super) next: Option<u16>,
    pub(super) version: String,
}

impl Why {
    /// What the matcher saw on its way to an answer.
    pub(super) fn of(ranking: &Ranking, answered: Option<&Id>, engine: &Engine) -> Self {
        let best = ranking.best.as_ref();
        let mut others = ranking.topics.iter().filter(|(id, _)| Some(id) != answered);
        let next = others.next().and_then(|(id, _)| {
            let mut topics = engine.knowledge().topics();
            topics.position(|topic| topic.id() == id)
        });
        let nearest = best.and_then(|best| best.explanation.nearest);
        Self {
            score: best.map(|best| per_cent(best.score())),
            nearest: nearest.and_then(|nearest| nearest.try_into().ok()),
            next: next.and_then(|next| next.try_into().ok()),
            version: engine.knowledge().version().to_owned(),
        }
    }

    /// Of a topic that was named, so that nothing had to be guessed.
    pub(super) fn named(engine: &Engine) -> Self {
        Self {
            version: engine.knowledge().version().to_owned(),
            ..Self::default()
        }
    }

    /// As a button keeps it, without a colon.
    pub(super) fn to_state(&self) -> String {
        let number = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
        format!(
            "{}.{}.{}.{}",
            number(self.score.map(u32::from)),
            number(self.nearest),
            number(self.next.map(u32::from)),
            self.version
        )
    }

    /// What [`Why::to_state`] wrote.
    pub(super) fn from_state(state: &str) -> Option<Self> {
        let mut parts = state.split('.');
        let mut next = || parts.next();
        let (score, nearest, following) = (next()?, next()?, next()?);
        let why = Self {
            score: number(score)?,
            nearest: number(nearest)?,
            next: number(following)?,
            version: next()?.to_owned(),
        };
        next().is_none().then_some(why)
    }

    /// What led to the answer that `reply` repeats, in words. Numbers of another version of
    /// the knowledge would point to something else, and are passed over.
    pub(super) fn told(&self, reply: &Reply, engine: &Engine, locale: Locale) -> String {
        let holds = self.version == engine.knowledge().version();
        let mut lines = vec![phrases::because(locale, self.score, holds)];
        if holds {
            let nearest = self.nearest.and_then(|nearest| nearest.try_into().ok());
            let nearest = engine.utterance(nearest);
            lines.extend(nearest.map(|nearest| phrases::nearest_utterance(locale, nearest)));
            let topic = self.next.and_then(|next| {
                let mut topics = engine.knowledge().topics();
                topics.nth(next.into())
            });
            let title = topic.and_then(Topic::title);
            lines.extend(title.map(|title| phrases::came_next(locale, title.get(locale))));
        }
        lines.extend(reply.source());
        lines.join("\n")
    }
}

/// A number, or nothing; `None` where it is neither.
#[expect(clippy::option_option, reason = "no number is not a wrong number")]
fn number<T: std::str::FromStr>(text: &str) -> Option<Option<T>> {
    if text.is_empty() {
        return Some(None);
    }
    text.parse().ok().map(Some)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a score is in 0..=1"
)]
fn per_cent(score: f32) -> u8 {
    (score * 100.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_led_to_an_answer_is_kept_whole() {
        for why in [
            Why {
                score: Some(93),
                nearest: Some(12_345),
                next: Some(7),
                version: "0a1b2c3d".into(),
            },
            Why {
                version: "0a1b2c3d".into(),
                ..Why::default()
            },
        ] {
            assert_eq!(Why::from_state(&why.to_state()), Some(why));
        }
        for broken in ["", "1.2.3", "x.2.3.v", "1.2.3.v.w"] {
            assert_eq!(Why::from_state(broken), None, "{broken}");
        }
    }
}
