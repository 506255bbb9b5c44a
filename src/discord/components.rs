//! Buttons, menus and forms under our messages.

use super::button::{Action, Button, Stale};
use super::interactions::{Origin, layout, shown};
use super::recent::{Asked, Before};
use super::render::{self, Audience, Card, FORM_QUESTION};
use super::story::Page;
use super::why::Why;
use super::{Storyteller, phrases};
use crate::engine::{Engine, Question};
use crate::knowledge::Topic;
use crate::text::Locale;
use serenity::all::{
    ActionRowComponent, ComponentInteraction, ComponentInteractionDataKind, Context,
    CreateInteractionResponse, MessageFlags, ModalInteraction,
};

impl Storyteller {
    pub(super) async fn on_press(&self, ctx: &Context, press: &ComponentInteraction) {
        let Some(button) = Button::parse(&press.data.custom_id) else {
            return;
        };
        let locale: Locale = press.locale.parse().unwrap_or_default();
        let response = match button {
            Ok(button) => self.pressed(press, &button, locale),
            Err(Stale) => None,
        };
        let response = response.unwrap_or_else(|| render::note(phrases::stale(locale)));
        let (id, token) = (press.id.get(), &press.token);
        self.outbox
            .respond(&ctx.http, id, token, response, "a button")
            .await;
    }

    /// What a button of ours leads to; `None` where its topic is no longer there.
    fn pressed(
        &self,
        press: &ComponentInteraction,
        button: &Button,
        locale: Locale,
    ) -> Option<CreateInteractionResponse> {
        let engine = &self.griot.engine();
        let layout = layout(press.app_permissions);
        match &button.action {
            Action::Show => self.shows(press, button, &button.topic, locale),
            Action::Menu => self.shows(press, button, picked(press)?, locale),
            Action::Translate => {
                let reply = engine.about(&button.topic, button.locale)?;
                shown(&reply, "button");
                let (reply, why) = (&reply, Why::named(engine));
                let card = Card { reply, why };
                Some(render::response(&card, layout, Audience::Asker))
            }
            Action::Why(why) => {
                let reply = engine.about(&button.topic, button.locale)?;
                Some(render::note(&why.told(&reply, engine, button.locale)))
            }
            Action::Helpful => judged(engine, button, true),
            Action::Unhelpful => judged(engine, button, false),
            Action::FollowUp => Some(render::form(&button.topic, button.locale)),
            Action::Page => {
                let number = button.topic.parse().ok()?;
                let page = Page::of(engine.knowledge(), button.locale, number);
                Some(render::page(&page, layout, true))
            }
        }
    }

    /// Another topic: for everybody who saw the button, within the pace of who pressed.
    fn shows(
        &self,
        press: &ComponentInteraction,
        button: &Button,
        topic: &str,
        locale: Locale,
    ) -> Option<CreateInteractionResponse> {
        if let Err(wait) = self.cooldown.count(press.user.id) {
            let note = phrases::too_fast(locale, wait);
            return Some(render::note(&note));
        }
        let engine = self.griot.engine();
        let reply = engine.about(topic, button.locale)?;
        shown(&reply, "button");
        let direct = press.guild_id.is_none();
        if direct {
            self.recent.spoke_of(press.channel_id, &reply);
        }
        let asked = Asked {
            channel: press.channel_id,
            text: String::new(),
            before: Some(Before {
                topic: topic.to_owned(),
                locale: button.locale,
            }),
        };
        let quiet = is_private(press.message.flags) || (!direct && self.is_quiet(&asked));
        let why = Why::named(&engine);
        let card = Card { reply: &reply, why };
        let layout = layout(press.app_permissions);
        Some(render::response(&card, layout, Audience::of(quiet)))
    }

    /// A form came back with a question on a topic.
    pub(super) async fn on_form(&self, ctx: &Context, form: &ModalInteraction) {
        let Some(state) = Button::parse(&form.data.custom_id) else {
            return;
        };
        let hint = form.locale.parse().ok();
        let text = line(form).unwrap_or_default();
        let question = Question {
            text,
            locale: None,
            hint,
        };
        let asked = Asked {
            channel: form.channel_id,
            text: text.to_owned(),
            before: state.ok().map(|state| Before {
                topic: state.topic,
                locale: state.locale,
            }),
        };
        let flags = form.message.as_ref().and_then(|message| message.flags);
        let from = Origin {
            member: form.user.id,
            direct: form.guild_id.is_none(),
            private: is_private(flags),
            layout: layout(form.app_permissions),
            trigger: "form",
        };
        let response = self.answer(&asked, &question, &from);
        let (id, token) = (form.id.get(), &form.token);
        self.outbox
            .respond(&ctx.http, id, token, response, "a form")
            .await;
    }
}

/// Thanks for a judgement, which is counted in the log: of whom is nobody's business.
fn judged(engine: &Engine, button: &Button, helped: bool) -> Option<CreateInteractionResponse> {
    let topic = engine.knowledge().topic(&button.topic).map(Topic::id)?;
    let (knowledge, locale) = (engine.knowledge().version(), button.locale);
    tracing::info!(%topic, knowledge, %locale, helped, "an answer was judged");
    Some(render::note(phrases::thanks(locale, helped)))
}

/// The topic picked from a menu.
fn picked(press: &ComponentInteraction) -> Option<&str> {
    match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.first().map(String::as_str),
        _ => None,
    }
}

/// What was written into the one line of a form.
fn line(form: &ModalInteraction) -> Option<&str> {
    let inputs = form.data.components.iter().flat_map(|row| &row.components);
    inputs
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => Some(input),
            _ => None,
        })
        .find(|input| input.custom_id == FORM_QUESTION)
        .and_then(|input| input.value.as_deref())
}

fn is_private(flags: Option<MessageFlags>) -> bool {
    flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}
