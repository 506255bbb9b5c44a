//! How often is too often, for a member and for a channel.

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use serenity::all::{ChannelId, UserId};
use std::hash::Hash;
use std::num::NonZeroU32;
use std::time::Duration;

/// Questions a member may ask at once.
const OF_MEMBER: NonZeroU32 = NonZeroU32::MIN.saturating_add(19);
/// After them one comes free each:
const EACH_OF_MEMBER: Duration = Duration::from_secs(3);
/// Answers a channel may be given at once.
const OF_CHANNEL: NonZeroU32 = NonZeroU32::MIN.saturating_add(29);
/// After them one comes free each:
const EACH_OF_CHANNEL: Duration = Duration::from_secs(1);
/// A member is told so by a direct message once each:
const EACH_NOTICE: Duration = Duration::from_mins(1);
/// Above so many members or channels, those that may ask at once again are forgotten.
const REMEMBERED: usize = 10_000;

/// Whether a question may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// It may.
    Fair,
    /// The channel has had many answers: this one is for who asked, alone.
    Crowded,
    /// The member has to wait so long.
    TooFast(Duration),
}

/// Who asked how often, in memory alone.
#[derive(Debug)]
pub(super) struct Cooldown {
    members: DefaultKeyedRateLimiter<UserId>,
    channels: DefaultKeyedRateLimiter<ChannelId>,
    notices: DefaultKeyedRateLimiter<UserId>,
}

impl Default for Cooldown {
    fn default() -> Self {
        Self {
            members: limiter(EACH_OF_MEMBER, OF_MEMBER),
            channels: limiter(EACH_OF_CHANNEL, OF_CHANNEL),
            notices: limiter(EACH_NOTICE, NonZeroU32::MIN),
        }
    }
}

impl Cooldown {
    /// Counts a question.
    pub(super) fn count(&self, member: UserId, channel: ChannelId) -> Pace {
        forget_the_idle(&self.members);
        forget_the_idle(&self.channels);
        if let Err(not_until) = self.members.check_key(&member) {
            return Pace::TooFast(not_until.wait_time_from(DefaultClock::default().now()));
        }
        match self.channels.check_key(&channel) {
            Ok(()) => Pace::Fair,
            Err(_) => Pace::Crowded,
        }
    }

    /// Whether a member may be told by a direct message: once in a while.
    pub(super) fn may_tell(&self, member: UserId) -> bool {
        forget_the_idle(&self.notices);
        self.notices.check_key(&member).is_ok()
    }
}

fn limiter<K: Hash + Eq + Clone>(each: Duration, burst: NonZeroU32) -> DefaultKeyedRateLimiter<K> {
    let quota = Quota::with_period(each).unwrap_or(Quota::per_second(NonZeroU32::MIN));
    RateLimiter::keyed(quota.allow_burst(burst))
}

fn forget_the_idle<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>) {
    if limiter.len() > REMEMBERED {
        limiter.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_waits_after_a_burst_and_others_do_not() {
        let cooldown = Cooldown::default();
        let channel = ChannelId::new(1);
        for _ in 0..OF_MEMBER.get() {
            let pace = cooldown.count(UserId::new(1), channel);
            assert_eq!(pace, Pace::Fair);
        }
        let Pace::TooFast(wait) = cooldown.count(UserId::new(1), channel) else {
            panic!("a burst has an end")
        };
        assert!(wait <= EACH_OF_MEMBER, "{wait:?}");
        assert_eq!(cooldown.count(UserId::new(2), channel), Pace::Fair);
    }

    #[test]
    fn a_crowded_channel_is_known_as_such() {
        let cooldown = Cooldown::default();
        let pace = |member| cooldown.count(UserId::new(member), ChannelId::new(1));
        let fair = (1..=200)
            .filter(|&member| pace(member) == Pace::Fair)
            .count();
        assert!((30..=32).contains(&fair), "{fair}");
        let elsewhere = cooldown.count(UserId::new(1), ChannelId::new(2));
        assert_eq!(elsewhere, Pace::Fair);
    }

    #[test]
    fn a_member_is_told_once_in_a_while() {
        let cooldown = Cooldown::default();
        assert!(cooldown.may_tell(UserId::new(1)));
        assert!(!cooldown.may_tell(UserId::new(1)));
        assert!(cooldown.may_tell(UserId::new(2)));
    }
}
