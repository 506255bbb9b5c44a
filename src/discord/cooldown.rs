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
    /// Counts a question of a member.
    ///
    /// # Errors
    /// How long she has to wait.
    pub(super) fn count(&self, member: UserId) -> Result<(), Duration> {
        forget_the_idle(&self.members);
        let counted = self.members.check_key(&member);
        counted.map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }

    /// Counts an answer that a channel is given. True where it has had many: this one is for
    /// who asked, alone.
    pub(super) fn is_crowded(&self, channel: ChannelId) -> bool {
        forget_the_idle(&self.channels);
        self.channels.check_key(&channel).is_err()
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
        for _ in 0..OF_MEMBER.get() {
            assert_eq!(cooldown.count(UserId::new(1)), Ok(()));
        }
        let wait = cooldown.count(UserId::new(1));
        assert!(wait.is_err_and(|wait| wait <= EACH_OF_MEMBER), "{wait:?}");
        assert_eq!(cooldown.count(UserId::new(2)), Ok(()));
    }

    #[test]
    fn a_crowded_channel_is_known_as_such() {
        let cooldown = Cooldown::default();
        let fair = (0..200).filter(|_| !cooldown.is_crowded(ChannelId::new(1)));
        let fair = fair.count();
        assert!((30..=32).contains(&fair), "{fair}");
        assert!(!cooldown.is_crowded(ChannelId::new(2)));
    }

    #[test]
    fn a_member_is_told_once_in_a_while() {
        let cooldown = Cooldown::default();
        assert!(cooldown.may_tell(UserId::new(1)));
        assert!(!cooldown.may_tell(UserId::new(1)));
        assert!(cooldown.may_tell(UserId::new(2)));
    }
}
