//! Commands and autocomplete.

use super::commands::{
    ASK, ASK_MESSAGE, GRIOT, LANGUAGE, PRIVATE, QUESTION, RELOAD, STATUS, STORY,
};
use super::recent::Asked;
use super::render::{self, Audience, Card, Layout};
use super::story::Page;
use super::trigger::{Incoming, Trigger};
use super::why::Why;
use super::{Chain, Storyteller, answered, limits, phrases};
use crate::engine::Question;
use crate::reply::{Refusal, Reply};
use crate::text::Locale;
use serenity::all::{
    AutocompleteChoice, CommandInteraction, Context, CreateAutocompleteResponse,
    CreateInteractionResponse, Permissions, ResolvedOption, ResolvedTarget, ResolvedValue, UserId,
};

/// Where an interaction comes from, and how it is to be responded to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) member: UserId,
    /// Outside servers, where nobody else reads.
    pub(super) direct: bool,
    /// For who asked alone.
    pub(super) private: bool,
    pub(super) layout: Layout,
    pub(super) trigger: &'static str,
}

impl Storyteller {
    pub(super) async fn on_command(&self, ctx: &Context, command: &CommandInteraction) {
        let hint = command.locale.parse().ok();
        let locale = hint.unwrap_or_default();
        let layout = layout(command.app_permissions);
        let response = match command.data.name.as_str() {
            ASK => self.ask(command, hint, layout),
            ASK_MESSAGE => self.ask_message(command, locale, layout),
            STORY => {
                let engine = self.griot.engine();
                let page = Page::of(engine.knowledge(), locale, 0);
                render::page(&page, layout, false)
            }
            GRIOT => match command
                .data
                .options
                .first()
                .map(|option| option.name.as_str())
            {
                Some(RELOAD) => return self.on_reload(ctx, command, locale).await,
                Some(STATUS) => self.status(ctx, command.user.id, locale).await,
                _ => return,
            },
            // Another handler's command, in a bot that is more than Griot.
            _ => return,
        };
        let (id, token) = (command.id.get(), &command.token);
        self.outbox
            .respond(&ctx.http, id, token, response, "a command")
            .await;
    }

    fn ask(
        &self,
        command: &CommandInteraction,
        hint: Option<Locale>,
        layout: Layout,
    ) -> CreateInteractionResponse {
        let options = &command.data.options();
        let text = string(options, QUESTION).unwrap_or_default();
        let locale = string(options, LANGUAGE).and_then(|tag| tag.parse().ok());
        let private = options.iter().any(|option| {
            option.name == PRIVATE && matches!(option.value, ResolvedValue::Boolean(true))
        });
        let question = Question { text, locale, hint };
        self.answer_command(command, &question, layout, private)
    }

    /// Somebody asks what a message asks.
    fn ask_message(
        &self,
        command: &CommandInteraction,
        locale: Locale,
        layout: Layout,
    ) -> CreateInteractionResponse {
        let Some(ResolvedTarget::Message(message)) = command.data.target() else {
            return render::note(phrases::wordless(locale));
        };
        match Trigger::of(Incoming::for_us(&message.content)) {
            Trigger::Ask(text) => {
                let question = Question {
                    text: &text,
                    locale: None,
                    hint: Some(locale),
                };
                self.answer_command(command, &question, layout, false)
            }
            Trigger::Help | Trigger::Ignore => render::note(phrases::wordless(locale)),
        }
    }

    fn answer_command(
        &self,
        command: &CommandInteraction,
        question: &Question<'_>,
        layout: Layout,
        private: bool,
    ) -> CreateInteractionResponse {
        let asked = Asked {
            channel: command.channel_id,
            text: question.text.to_owned(),
            before: None,
        };
        let from = Origin {
            member: command.user.id,
            direct: command.guild_id.is_none(),
            private,
            layout,
            trigger: "command",
        };
        self.answer(&asked, question, &from)
    }

    /// The response to a question, within the pace of the member and of the channel.
    pub(super) fn answer(
        &self,
        asked: &Asked,
        question: &Question<'_>,
        from: &Origin,
    ) -> CreateInteractionResponse {
        let engine = self.griot.engine();
        if let Err(wait) = self.cooldown.count(from.member) {
            let locale = question.locale.or(question.hint).unwrap_or_default();
            return render::note(&phrases::too_fast(locale, wait));
        }
        let quiet = from.private || (!from.direct && self.is_quiet(asked));
        // A title picked from the list is asked as it stands.
        let titled = engine
            .titled(question.text)
            .and_then(|(id, own)| engine.about(id.as_str(), question.locale.unwrap_or(own)))
            .inspect(|reply| shown(reply, "title"))
            .map(|reply| (reply, Why::named(&engine)));
        let (reply, why) =
            titled.unwrap_or_else(|| answered(&engine, question, asked.topic(), from.trigger));
        if from.direct {
            self.recent.spoke_of(asked.channel, &reply);
        }
        // How to ask is for who did not know.
        let quiet = quiet || reply.refusal == Some(Refusal::Vague);
        render::response(
            &Card { reply: &reply, why },
            from.layout,
            Audience::of(quiet),
        )
    }

    /// Whether a response is for who asked, alone: the channel was told the same a moment ago,
    /// or has been told a great deal.
    pub(super) fn is_quiet(&self, asked: &Asked) -> bool {
        self.recent.is_asked_again(asked) || self.cooldown.is_crowded(asked.channel)
    }

    pub(super) async fn on_autocomplete(&self, ctx: &Context, typing: &CommandInteraction) {
        if typing.data.name != ASK {
            return;
        }
        let options = typing.data.options();
        let typed = string(&options, QUESTION).unwrap_or_default();
        let locale = string(&options, LANGUAGE)
            .and_then(|tag| tag.parse().ok())
            .or_else(|| typing.locale.parse().ok())
            .unwrap_or_default();
        let engine = self.griot.engine();
        let choices = engine
            .titles(typed, locale, limits::CHOICES)
            .into_iter()
            .map(|(_, title)| {
                let title = limits::cut(title, limits::CHOICE);
                AutocompleteChoice::new(title.clone(), title)
            });
        let list = CreateAutocompleteResponse::new().set_choices(choices.collect());
        let response = CreateInteractionResponse::Autocomplete(list);
        // Whoever types on sends the next one: a list that came late is no failure.
        if let Err(error) = typing.create_response(&ctx.http, response).await {
            tracing::debug!(error = %Chain(&error), "an autocomplete list could not be sent");
        }
    }
}

/// Says once that a topic was shown that nobody had to guess.
pub(super) fn shown(reply: &Reply, trigger: &'static str) {
    let topic = reply.topic.as_ref().map(tracing::field::display);
    tracing::info!(trigger, topic, locale = %reply.locale, "showed a topic");
}

/// The text of an option, chosen or still being typed.
fn string<'o>(options: &[ResolvedOption<'o>], name: &str) -> Option<&'o str> {
    options
        .iter()
        .find(|option| option.name == name)
        .and_then(|option| match option.value {
            ResolvedValue::String(text) | ResolvedValue::Autocomplete { value: text, .. } => {
                Some(text)
            }
            _ => None,
        })
}

pub(super) fn layout(permissions: Option<Permissions>) -> Layout {
    match permissions {
        Some(permissions) if !permissions.embed_links() => Layout::Plain,
        _ => Layout::Embed,
    }
}
