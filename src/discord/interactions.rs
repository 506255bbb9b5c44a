//! Commands, autocomplete and buttons.

use super::button::{Action, Button};
use super::commands::{ASK, GRIOT, LANGUAGE, PRIVATE, QUESTION, RELOAD, STATUS, STORY};
use super::render::{self, Audience, Layout};
use super::{Chain, Storyteller, asked, limits, phrases};
use crate::engine::Question;
use crate::reply::Reply;
use crate::text::Locale;
use serenity::all::{
    AutocompleteChoice, CommandInteraction, ComponentInteraction, Context,
    CreateAutocompleteResponse, CreateInteractionResponse, MessageFlags, Permissions,
    ResolvedOption, ResolvedValue,
};

impl Storyteller {
    pub(super) async fn on_command(&self, ctx: &Context, command: &CommandInteraction) {
        let hint = command.locale.parse().ok();
        let locale = hint.unwrap_or_default();
        let layout = layout(command.app_permissions);
        let response = match command.data.name.as_str() {
            ASK => self.ask(&command.data.options(), hint, layout),
            STORY => {
                let story = Reply::story(self.griot.engine().knowledge(), locale);
                render::response(&story, layout, Audience::Asker)
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
        if let Err(error) = command.create_response(&ctx.http, response).await {
            tracing::warn!(error = %Chain(&error), command = command.data.name, "a response could not be sent");
        }
    }

    fn ask(
        &self,
        options: &[ResolvedOption<'_>],
        hint: Option<Locale>,
        layout: Layout,
    ) -> CreateInteractionResponse {
        let text = string(options, QUESTION).unwrap_or_default();
        let locale = string(options, LANGUAGE).and_then(|tag| tag.parse().ok());
        let private = options.iter().any(|option| {
            option.name == PRIVATE && matches!(option.value, ResolvedValue::Boolean(true))
        });
        let engine = self.griot.engine();
        // A title picked from the list is asked as it stands.
        let titled = engine
            .titled(text)
            .and_then(|(id, own)| engine.about(id.as_str(), locale.unwrap_or(own)))
            .inspect(|reply| shown(reply, "title"));
        let reply =
            titled.unwrap_or_else(|| asked(&engine, &Question { text, locale, hint }, "command"));
        let audience = if private {
            Audience::Asker
        } else {
            Audience::Channel
        };
        render::response(&reply, layout, audience)
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

    pub(super) async fn on_press(&self, ctx: &Context, press: &ComponentInteraction) {
        let Some(button) = Button::parse(&press.data.custom_id) else {
            return;
        };
        let locale: Locale = press.locale.parse().unwrap_or_default();
        let engine = self.griot.engine();
        let found = button
            .ok()
            .and_then(|button| Some((engine.about(&button.topic, button.locale)?, button.action)));
        let response = match found {
            Some((reply, action)) => {
                shown(&reply, "button");
                let quiet = action == Action::Translate || is_private(press);
                let audience = if quiet {
                    Audience::Asker
                } else {
                    Audience::Channel
                };
                render::response(&reply, layout(press.app_permissions), audience)
            }
            None => render::note(phrases::stale(locale)),
        };
        if let Err(error) = press.create_response(&ctx.http, response).await {
            tracing::warn!(error = %Chain(&error), "a response to a button could not be sent");
        }
    }
}

/// Says once that a topic was shown that nobody had to guess.
fn shown(reply: &Reply, trigger: &'static str) {
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

fn layout(permissions: Option<Permissions>) -> Layout {
    match permissions {
        Some(permissions) if !permissions.embed_links() => Layout::Plain,
        _ => Layout::Embed,
    }
}

fn is_private(press: &ComponentInteraction) -> bool {
    press
        .message
        .flags
        .is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}
