//! A reply as Discord shows it: an embed with buttons, or plain text with buttons
//! where embeds are not permitted. Every message Griot sends is built here, inside
//! the limits and unable to ping.

mod rows;

pub(super) use self::rows::button;

use self::rows::{Asking, rows};
use super::button::{Action, Button};
use super::limits::{self, cut};
use super::phrases;
use super::story::Page;
use super::why::Why;
use crate::reply::{Reply, Verdict};
use crate::text::Locale;
use serenity::all::{
    Colour, CreateActionRow, CreateAllowedMentions, CreateEmbed, CreateEmbedFooter,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage,
    CreateModal, EditInteractionResponse, EditMessage, InputTextStyle,
};

/// What the one line of a form is called in what it brings back.
pub(super) const FORM_QUESTION: &str = "question";

/// Colour of an answer.
const ANSWER: Colour = Colour::new(0x2E_7D_5B);
/// Colour of anything else.
const OTHER: Colour = Colour::new(0xB0_8D_57);

/// How a reply is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// As an embed.
    Embed,
    /// As plain text, where Embed Links is not permitted.
    Plain,
}

/// Who sees a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    /// Everybody in the channel.
    Channel,
    /// Who asked, alone.
    Asker,
}

impl Audience {
    /// Who sees what is private, or is not.
    pub(super) const fn of(private: bool) -> Self {
        if private { Self::Asker } else { Self::Channel }
    }
}

/// A reply, and what led to it.
#[derive(Debug)]
pub(super) struct Card<'r> {
    pub(super) reply: &'r Reply,
    pub(super) why: Why,
}

/// A message in a channel.
pub(super) fn message(card: &Card<'_>, layout: Layout) -> CreateMessage {
    let message = CreateMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .components(rows(card, Asking::ByReply));
    match layout {
        Layout::Embed => message.embed(embed(card.reply)),
        Layout::Plain => message.content(plain(card.reply)),
    }
}

/// The same in place of a message that is there already.
pub(super) fn edited(card: &Card<'_>, layout: Layout) -> EditMessage {
    let message = EditMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .components(rows(card, Asking::ByReply));
    // What one layout does not use, the other may have left there.
    match layout {
        Layout::Embed => message.content("").embed(embed(card.reply)),
        Layout::Plain => message.content(plain(card.reply)).embeds(Vec::new()),
    }
}

/// A message of one line, for who gets it in a direct one.
pub(super) fn line(text: &str) -> CreateMessage {
    CreateMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .content(cut(text, limits::CONTENT))
}

/// A response to a command, a button or a form.
pub(super) fn response(
    card: &Card<'_>,
    layout: Layout,
    audience: Audience,
) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(audience == Audience::Asker)
        .components(rows(card, Asking::ByForm));
    CreateInteractionResponse::Message(match layout {
        Layout::Embed => message.embed(embed(card.reply)),
        Layout::Plain => message.content(plain(card.reply)),
    })
}

/// A page of the story, for who asked: a new message, or in place of the page before.
pub(super) fn page(page: &Page<'_>, layout: Layout, turned: bool) -> CreateInteractionResponse {
    let message = CreateInteractionResponseMessage::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .ephemeral(true)
        .components(page.rows());
    let title = page.title();
    let message = match layout {
        Layout::Embed => message.content("").embed(
            CreateEmbed::new()
                .colour(ANSWER)
                .title(cut(title, limits::EMBED_TITLE))
                .description(cut(&page.text(), limits::EMBED_DESCRIPTION)),
        ),
        Layout::Plain => {
            let text = format!("**{title}**\n{}", page.text());
            let text = cut(&text, limits::CONTENT);
            message.content(text).embeds(Vec::new())
        }
    };
    if turned {
        CreateInteractionResponse::UpdateMessage(message)
    } else {
        CreateInteractionResponse::Message(message)
    }
}

/// A form with one line to ask on about a topic.
pub(super) fn form(topic: &str, locale: Locale) -> CreateInteractionResponse {
    let state = Button {
        action: Action::FollowUp,
        locale,
        topic: topic.to_owned(),
    };
    let label = cut(phrases::your_question(locale), limits::INPUT_LABEL);
    // Discord prefers labels now, whose values serenity 0.12 loses on the way back.
    let input = CreateInputText::new(InputTextStyle::Short, label, FORM_QUESTION)
        .max_length(limits::FORM_QUESTION)
        .required(true);
    let title = cut(phrases::ask_on(locale), limits::FORM_TITLE);
    let form = CreateModal::new(state.custom_id(), title);
    CreateInteractionResponse::Modal(form.components(vec![CreateActionRow::InputText(input)]))
}

/// A private line to who pressed or commanded.
pub(super) fn note(text: &str) -> CreateInteractionResponse {
    CreateInteractionResponse::Message(
        CreateInteractionResponseMessage::new()
            .allowed_mentions(CreateAllowedMentions::new())
            .ephemeral(true)
            .content(cut(text, limits::CONTENT)),
    )
}

/// The text that takes the place of a deferred private response.
pub(super) fn edit(text: &str) -> EditInteractionResponse {
    EditInteractionResponse::new()
        .allowed_mentions(CreateAllowedMentions::new())
        .content(cut(text, limits::CONTENT))
}

fn embed(reply: &Reply) -> CreateEmbed {
    let colour = if reply.verdict == Verdict::Answer {
        ANSWER
    } else {
        OTHER
    };
    let footer = CreateEmbedFooter::new(cut(&reply.footer, limits::EMBED_FOOTER));
    let embed = CreateEmbed::new()
        .colour(colour)
        .description(cut(&body(reply), limits::EMBED_DESCRIPTION))
        .footer(footer);
    match &reply.title {
        Some(title) => embed.title(cut(title, limits::EMBED_TITLE)),
        None => embed,
    }
}

fn plain(reply: &Reply) -> String {
    let title = reply.title.as_ref().map(|title| {
        let title = cut(title, limits::EMBED_TITLE);
        format!("**{title}**\n")
    });
    let title = title.unwrap_or_default();
    let footer = format!("\n-# {}", cut(&reply.footer, limits::EMBED_FOOTER));
    let room = limits::CONTENT - title.chars().count() - footer.chars().count();
    format!("{title}{}{footer}", cut(&body(reply), room))
}

/// Answer first, source second, then what the buttons below are.
fn body(reply: &Reply) -> String {
    let source = reply.source().map(|source| format!("*{source}*"));
    let heading = (!reply.choices.is_empty()).then(|| reply.heading.to_owned());
    let parts = std::iter::once(reply.text.clone())
        .chain(source)
        .chain(heading);
    parts.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::Id;
    use crate::reply::{Choice, Citation};
    use proptest::prelude::*;
    use serde_json::Value;

    /// Any text: of letters, marks, pings, code, emoji of many characters, and long.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "\\PC{0,40}",
            Just("@everyone <@1> <@&2> ".to_owned()),
            Just("**`_~|>".to_owned()),
            Just("👩\u{200d}👩\u{200d}👧 e\u{301}\u{a0}« œ »".to_owned()),
        ];
        let count = prop_oneof![0..4_usize, Just(60), Just(400)];
        (proptest::collection::vec(piece, 1..4), count)
            .prop_map(|(pieces, count)| pieces.concat().repeat(count))
    }

    fn reply() -> impl Strategy<Value = Reply> {
        let verdict = prop_oneof![
            Just(Verdict::Answer),
            Just(Verdict::Suggest),
            Just(Verdict::Abstain)
        ];
        let titles = proptest::collection::vec(text(), 0..9);
        (
            verdict,
            any::<bool>(),
            [text(), text(), text(), text()],
            titles,
        )
            .prop_map(
                |(verdict, french, [title, body, section, footer], titles)| {
                    let topic = Id::of_test(&"x".repeat(50));
                    let citation = Citation {
                        passage: topic.clone(),
                        section: section.clone(),
                        paragraph: 1,
                        said_by: section,
                    };
                    let choice = |(at, title)| Choice {
                        entry: Id::of_test(&format!("entry-{at}")),
                        title,
                    };
                    Reply {
                        locale: if french { Locale::Fr } else { Locale::En },
                        verdict,
                        refusal: None,
                        topic: Some(topic),
                        title: Some(title),
                        text: body,
                        citations: vec![citation],
                        heading: "…",
                        choices: titles.into_iter().enumerate().map(choice).collect(),
                        footer,
                    }
                },
            )
    }

    fn assert_fits(message: &Value) {
        let chars = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
        assert!(chars(&message["content"]) <= limits::CONTENT);
        for embed in message["embeds"].as_array().into_iter().flatten() {
            let (title, footer) = (chars(&embed["title"]), chars(&embed["footer"]["text"]));
            let description = chars(&embed["description"]);
            assert!(title <= limits::EMBED_TITLE && footer <= limits::EMBED_FOOTER);
            assert!(description <= limits::EMBED_DESCRIPTION);
            assert!(title + footer + description <= limits::EMBED_ALL);
        }
        let nothing: &[String] = &[];
        assert_eq!(
            message["allowed_mentions"]["parse"],
            serde_json::json!(nothing)
        );
        assert!(message["allowed_mentions"]["replied_user"] != true);
        let rows = message["components"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        assert!(rows.len() <= limits::ROWS);
        let mut ids = std::collections::HashSet::new();
        for row in rows {
            let parts = row["components"].as_array().expect("a row has parts");
            assert!((1..=limits::BUTTONS).contains(&parts.len()));
            for part in parts {
                let id = part["custom_id"].as_str().expect("each has an id");
                assert!(id.chars().count() <= limits::CUSTOM_ID, "{id}");
                assert!(ids.insert(id.to_owned()), "{id} twice");
                assert!(chars(&part["label"]) <= limits::LABEL);
            }
        }
    }

    fn json(payload: &impl serde::Serialize) -> Value {
        serde_json::to_value(payload).expect("a payload is JSON")
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_payload_is_over_a_limit_or_able_to_ping(reply in reply()) {
            let why = Why { version: "0a1b2c3d".into(), ..Why::default() };
            let card = Card { reply: &reply, why };
            for layout in [Layout::Embed, Layout::Plain] {
                assert_fits(&json(&message(&card, layout)));
                assert_fits(&json(&edited(&card, layout)));
                let response = response(&card, layout, Audience::Asker);
                assert_fits(&json(&response)["data"]);
            }
            assert_fits(&json(&note(&reply.text))["data"]);
            assert_fits(&json(&edit(&reply.text)));
            assert_fits(&json(&line(&reply.text)));
        }
    }

    #[test]
    fn a_form_and_each_page_of_the_story_fit() {
        let knowledge = crate::Knowledge::parse(include_str!("../../knowledge/deepseek.toml"));
        let knowledge = knowledge.expect("the shipped file has no problem");
        for locale in [Locale::Fr, Locale::En] {
            for (number, layout) in [(0, Layout::Embed), (1, Layout::Plain)] {
                let page = Page::of(&knowledge, locale, number);
                assert_fits(&json(&super::page(&page, layout, number == 1))["data"]);
            }
            let form = json(&form(&"x".repeat(50), locale))["data"].clone();
            let chars = |value: &Value| value.as_str().map(|text| text.chars().count());
            assert!(chars(&form["title"]).is_some_and(|n| n <= limits::FORM_TITLE));
            assert!(chars(&form["custom_id"]).is_some_and(|n| n <= limits::CUSTOM_ID));
            let label = &form["components"][0]["components"][0]["label"];
            assert!(chars(label).is_some_and(|n| n <= limits::INPUT_LABEL));
        }
    }

    #[test]
    fn the_other_language_has_a_button_however_many_choices_there_are() {
        let knowledge = crate::Knowledge::parse(include_str!("../../knowledge/deepseek.toml"));
        let knowledge = knowledge.expect("the shipped file has no problem");
        for entry in knowledge.entries() {
            let reply = Reply::about(entry.id.as_str(), &knowledge, Locale::Fr);
            let reply = reply.expect("an entry has a reply");
            let labels: Vec<String> = rows::choices(&reply)
                .iter()
                .filter_map(|button| json(button)["label"].as_str().map(str::to_owned))
                .collect();
            assert_eq!(labels.last().map(String::as_str), Some("In English"));
        }
    }
}
