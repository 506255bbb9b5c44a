//! Buttons, menus and forms under our messages.

use super::button::{Action, Button};
use super::cooldown::Pace;
use super::interactions::{layout, shown};
use super::render::{self, Audience, Card, FORM_QUESTION};
use super::story::Page;
use super::why::Why;
use super::{Storyteller, asked, phrases};
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
        let engine = self.griot.engine();
        let response = button
            .ok()
            .and_then(|button| pressed(&engine, press, &button))
            .unwrap_or_else(|| render::note(phrases::stale(locale)));
        self.outbox
            .respond(
                &ctx.http,
                press.id.get(),
                &press.token,
                response,
                "a button",
            )
            .await;
    }

    /// A form came back with a question on a topic.
    pub(super) async fn on_form(&self, ctx: &Context, form: &ModalInteraction) {
        let Some(state) = Button::parse(&form.data.custom_id) else {
            return;
        };
        let hint = form.locale.parse().ok();
        let locale = hint.unwrap_or_default();
        let text = line(form).unwrap_or_default();
        let question = Question {
            text,
            locale: None,
            hint,
        };
        let engine = self.griot.engine();
        let response = match self.cooldown.count(form.user.id, form.channel_id) {
            Pace::TooFast(wait) => render::note(&phrases::too_fast(locale, wait.as_secs() + 1)),
            pace => {
                let topic = state.ok().map(|state| state.topic);
                let (reply, why) = asked(&engine, &question, topic.as_deref(), "form");
                let flags = form.message.as_ref().and_then(|message| message.flags);
                let audience = audience(pace == Pace::Crowded || is_private(flags));
                let card = Card { reply: &reply, why };
                render::response(&card, layout(form.app_permissions), audience)
            }
        };
        self.outbox
            .respond(&ctx.http, form.id.get(), &form.token, response, "a form")
            .await;
    }
}

/// What a button of ours leads to; `None` where its topic is no longer there.
fn pressed(
    engine: &Engine,
    press: &ComponentInteraction,
    button: &Button,
) -> Option<CreateInteractionResponse> {
    let private = is_private(press.message.flags);
    let layout = layout(press.app_permissions);
    let show = |topic: &str, audience: Audience| {
        let reply = engine.about(topic, button.locale)?;
        shown(&reply, "button");
        let (reply, why) = (&reply, Why::named(engine));
        Some(render::response(&Card { reply, why }, layout, audience))
    };
    match &button.action {
        Action::Show => show(&button.topic, audience(private)),
        Action::Translate => show(&button.topic, Audience::Asker),
        Action::Menu => show(picked(press)?, audience(private)),
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

const fn audience(private: bool) -> Audience {
    if private {
        Audience::Asker
    } else {
        Audience::Channel
    }
}

fn is_private(flags: Option<MessageFlags>) -> bool {
    flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL))
}
