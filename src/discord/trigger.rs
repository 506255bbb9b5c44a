//! Is this message for us, and what does it ask? Pure, over a plain struct.

use std::iter::Peekable;
use std::str::Chars;

/// What there is to know about a message, without Discord's types.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact that Discord states"
)]
pub(super) struct Incoming<'m> {
    pub(super) content: &'m str,
    /// From a bot, a webhook, or Discord itself.
    pub(super) automatic: bool,
    pub(super) direct: bool,
    pub(super) mentions_us: bool,
    pub(super) replies_to_us: bool,
    /// It calls on everyone, or everyone here.
    pub(super) to_everyone: bool,
}

/// What to do with a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trigger {
    /// It is not for us.
    Ignore,
    /// It is for us and asks nothing.
    Help,
    /// It asks this.
    Ask(String),
}

impl<'m> Incoming<'m> {
    /// A text that is known to be for us.
    pub(super) fn for_us(content: &'m str) -> Self {
        Self {
            content,
            direct: true,
            ..Self::default()
        }
    }
}

impl Trigger {
    pub(super) fn of(message: Incoming<'_>) -> Self {
        let addressed = message.direct || message.mentions_us || message.replies_to_us;
        if message.automatic || message.to_everyone || !addressed {
            return Self::Ignore;
        }
        let question = spoken(message.content);
        if !question.is_empty() {
            Self::Ask(question)
        } else if (message.mentions_us || message.direct) && !message.content.trim().is_empty() {
            Self::Help
        } else {
            // A reply we were not given to read, a picture, code on its own.
            Self::Ignore
        }
    }
}

impl Trigger {
    /// What is asked; nothing where nothing is.
    pub(super) fn question(&self) -> &str {
        match self {
            Self::Ask(question) => question,
            Self::Ignore | Self::Help => "",
        }
    }
}

/// The words of a message in its author's own voice: without code, quoted lines,
/// mentions, custom emoji and links in angle brackets.
fn spoken(content: &str) -> String {
    let lines = without_code(content);
    let own = lines
        .lines()
        .take_while(|line| !line.trim_start().starts_with(">>> "))
        .filter(|line| !line.trim_start().starts_with("> "));
    let text = own.map(without_tags).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Drops everything from a run of backticks to the next that is as long or longer; a
/// run that is never closed is only characters.
fn without_code(content: &str) -> String {
    let mut kept = String::new();
    let mut rest = content;
    while let Some((before, from_tick)) = rest.find('`').map(|at| rest.split_at(at)) {
        kept.push_str(before);
        let ticks: String = from_tick.chars().take_while(|&c| c == '`').collect();
        let inside = from_tick.strip_prefix(ticks.as_str()).unwrap_or_default();
        rest = if let Some((_, after)) = inside.split_once(ticks.as_str()) {
            kept.push(' ');
            after
        } else {
            kept.push_str(&ticks);
            inside
        };
    }
    kept.push_str(rest);
    kept
}

/// Drops `<@1>`, `<@&1>`, `<#1>`, `<:name:1>`, `</command:1>`, `<t:1>` and `<https://…>`.
fn without_tags(line: &str) -> String {
    let mut kept = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let opens = c == '<' && chars.peek().is_some_and(|next| "@#:/tah".contains(*next));
        let length = if opens { tag(&mut chars.clone()) } else { None };
        if let Some(length) = length {
            _ = chars.by_ref().take(length).count();
            kept.push(' ');
        } else {
            kept.push(c);
        }
    }
    kept
}

/// Characters up to the end of a tag that has just begun; `None` where it does not
/// end before a space.
fn tag(chars: &mut Peekable<Chars<'_>>) -> Option<usize> {
    (1..)
        .zip(chars)
        .take_while(|(_, c)| !c.is_whitespace())
        .find(|&(_, c)| c == '>')
        .map(|(n, _)| n)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(content: &str) -> Trigger {
        Trigger::of(Incoming {
            content,
            mentions_us: true,
            ..Incoming::default()
        })
    }

    fn ask(question: &str) -> Trigger {
        Trigger::Ask(question.to_owned())
    }

    /// A message between others, to be addressed to us by some test.
    const OTHERS: Incoming<'_> = Incoming {
        content: "qui est Dalio ?",
        automatic: false,
        direct: false,
        mentions_us: false,
        replies_to_us: false,
        to_everyone: false,
    };

    #[test]
    fn what_people_say_to_us_is_a_question() {
        let direct = Incoming {
            direct: true,
            ..OTHERS
        };
        let mention = Incoming {
            mentions_us: true,
            ..OTHERS
        };
        let reply = Incoming {
            replies_to_us: true,
            ..OTHERS
        };
        for (message, why) in [(direct, "direct"), (mention, "mention"), (reply, "reply")] {
            assert_eq!(Trigger::of(message), ask("qui est Dalio ?"), "{why}");
        }
        let bare = Incoming {
            content: "<@1>",
            ..direct
        };
        assert_eq!(Trigger::of(bare), Trigger::Help);
    }

    #[test]
    fn everything_else_is_left_alone() {
        let mention = Incoming {
            mentions_us: true,
            ..OTHERS
        };
        let bot = Incoming {
            automatic: true,
            ..mention
        };
        let announcement = Incoming {
            to_everyone: true,
            ..mention
        };
        let unread = Incoming {
            content: "",
            replies_to_us: true,
            ..OTHERS
        };
        let picture = Incoming {
            content: "",
            direct: true,
            ..OTHERS
        };
        for (message, why) in [
            (OTHERS, "a message between others"),
            (bot, "a bot, or ourselves"),
            (announcement, "an announcement to everyone"),
            (unread, "a reply we may not read"),
            (picture, "a picture"),
        ] {
            assert_eq!(Trigger::of(message), Trigger::Ignore, "{why}");
        }
    }

    #[test]
    fn a_question_is_what_the_author_says_herself() {
        for (content, question) in [
            ("<@42> qui est Dalio ?", "qui est Dalio ?"),
            ("qui est <@!42> Dalio", "qui est Dalio"),
            ("<@42> `x` pourquoi ?", "pourquoi ?"),
            ("<@42> l`accent", "l`accent"),
            ("> old words\n<@42> and when?", "and when?"),
            ("<@42> and when?\n>>> old\nwords", "and when?"),
            ("<@42> <:nvda:123> fell <a:boom:9>", "fell"),
            ("<@42> is 3 <4 and 5> 2", "is 3 <4 and 5> 2"),
            ("<@42> <https://example.org/a> vrai ?", "vrai ?"),
            ("<@42 a", "<@42 a"),
            ("<@42> 🚀", "🚀"),
        ] {
            assert_eq!(mention(content), ask(question), "{content}");
        }
    }

    #[test]
    fn a_mention_that_asks_nothing_gets_help() {
        for content in [
            "<@42>",
            "<@42> \u{a0}\n ",
            "<@42> ```rust\nfn main() {}\n```",
        ] {
            assert_eq!(mention(content), Trigger::Help, "{content}");
        }
        assert_eq!(mention(""), Trigger::Ignore, "a picture in reply to us");
    }
}
