//! Griot on Discord, through serenity: one [`EventHandler`] that any serenity bot can
//! add beside its own, and [`bot::run`] for a bot that is Griot and nothing else.
//!
//! Members ask by `/ask`, by mentioning the bot, by replying to it, in a direct message, or
//! from the menu of anybody's message. No privileged intent is needed; nothing that is sent
//! can ping.
//!
//! - `trigger`: is this message for us, and what does it ask? (pure)
//! - `messages`: answering it, and following its edits and its end;
//! - `commands`: the commands, and registering those that differ; `interactions`: answering
//!   them; `components`: buttons, menus and forms; `admin`: reload and status;
//! - `button`: what a button remembers; `why`: what led to an answer;
//! - `render`: a reply as an embed or plain text; `story`: the story page by page;
//! - `send`: sending, again or with less where it must be; `recent`: what happened lately;
//!   `cooldown`: how often is too often;
//! - `limits`: Discord's numbers; `phrases`: what is said on Discord alone;
//! - `bot`: connecting and leaving; `watchdog`: noticing a gateway gone silent.

mod admin;
pub mod bot;
mod button;
mod commands;
mod components;
mod cooldown;
mod interactions;
mod limits;
mod messages;
mod phrases;
mod recent;
mod render;
mod send;
mod story;
mod trigger;
mod watchdog;
mod why;

pub use self::admin::reload;

use self::cooldown::Cooldown;
use self::recent::Recent;
use self::send::Outbox;
use self::why::Why;
use crate::engine::{Engine, EngineHandle, Question};
use crate::matcher::Candidate;
use crate::reply::Reply;
use serenity::all::{
    ChannelId, Context, EventHandler, GatewayIntents, GuildId, HttpError, Interaction, Message,
    MessageId, MessageUpdateEvent, Ready, Timestamp, UserId, async_trait,
};
use std::sync::OnceLock;
use std::time::Instant;
use tokio::sync::{Mutex, OnceCell};

/// Answers questions on one story as an event handler of a serenity client.
///
/// ```no_run
/// # use griot::{EngineHandle, KnowledgeFile, discord::Storyteller};
/// # async fn start() -> Result<(), Box<dyn std::error::Error>> {
/// let griot = EngineHandle::load(KnowledgeFile::new("knowledge/deepseek.toml"))?;
/// let mut client = serenity::Client::builder("token", Storyteller::intents())
///     .event_handler(Storyteller::new(griot))
///     .await?;
/// client.start().await?;
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Storyteller {
    griot: EngineHandle,
    admins: Vec<UserId>,
    /// The bot's own user, known once Discord is ready.
    me: OnceLock<UserId>,
    /// The application's owner or team, asked for once: who leaves the team stays an
    /// admin until a restart.
    owners: OnceCell<Vec<UserId>>,
    since: Timestamp,
    recent: Recent,
    cooldown: Cooldown,
    outbox: Outbox,
    /// Edits of replies are made one after another.
    rewriting: Mutex<()>,
}

impl Storyteller {
    /// Answers from this engine; its owner or team may reload it.
    #[must_use]
    pub fn new(griot: EngineHandle) -> Self {
        let (admins, me, owners) = (Vec::new(), OnceLock::new(), OnceCell::new());
        Self {
            griot,
            admins,
            me,
            owners,
            since: Timestamp::now(),
            recent: Recent::default(),
            cooldown: Cooldown::default(),
            outbox: Outbox::default(),
            rewriting: Mutex::default(),
        }
    }

    /// Users who may reload besides the application's owner or team.
    #[must_use]
    pub fn with_admins(self, admins: impl IntoIterator<Item = u64>) -> Self {
        // Discord gives no user the id 0, which `UserId` cannot hold.
        let admins = admins
            .into_iter()
            .filter(|&id| id != 0)
            .map(UserId::new)
            .collect();
        Self { admins, ..self }
    }

    /// The intents it needs, none of them privileged: Discord gives the content of
    /// direct messages and of messages that mention the bot without one
    /// (<https://discord.com/developers/docs/events/gateway#message-content-intent>).
    #[must_use]
    pub const fn intents() -> GatewayIntents {
        GatewayIntents::GUILDS
            .union(GatewayIntents::GUILD_MESSAGES)
            .union(GatewayIntents::DIRECT_MESSAGES)
    }
}

#[async_trait]
impl EventHandler for Storyteller {
    async fn ready(&self, ctx: Context, ready: Ready) {
        // A second `ready` of the session brings the same user.
        self.me.get_or_init(|| ready.user.id);
        tracing::info!(guilds = ready.guilds.len(), "connected to Discord");
        if let Err(error) = commands::register(&ctx.http).await {
            tracing::error!(error = %Chain(&error), "the commands could not be registered");
        }
        self.ask_for_owners(&ctx.http).await;
    }

    async fn message(&self, ctx: Context, message: Message) {
        self.on_message(&ctx, &message).await;
    }

    async fn message_update(
        &self,
        ctx: Context,
        _: Option<Message>,
        _: Option<Message>,
        edit: MessageUpdateEvent,
    ) {
        self.on_edit(&ctx, &edit).await;
    }

    async fn message_delete(
        &self,
        ctx: Context,
        channel: ChannelId,
        message: MessageId,
        _: Option<GuildId>,
    ) {
        self.on_delete(&ctx, channel, message).await;
    }

    async fn message_delete_bulk(
        &self,
        ctx: Context,
        channel: ChannelId,
        messages: Vec<MessageId>,
        _: Option<GuildId>,
    ) {
        for message in messages {
            self.on_delete(&ctx, channel, message).await;
        }
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        // A list that comes twice is no harm.
        if let Interaction::Autocomplete(typing) = interaction {
            return self.on_autocomplete(&ctx, &typing).await;
        }
        if !self.recent.is_new(interaction.id().get()) {
            return;
        }
        match interaction {
            Interaction::Command(command) => self.on_command(&ctx, &command).await,
            Interaction::Component(press) => self.on_press(&ctx, &press).await,
            Interaction::Modal(form) => self.on_form(&ctx, &form).await,
            _ => {}
        }
    }
}

/// Answers, with the topic in mind that a question follows, and says so once in the log: what
/// was decided, never what was asked.
fn answered(
    engine: &Engine,
    question: &Question<'_>,
    topic: Option<&str>,
    trigger: &'static str,
) -> (Reply, Why) {
    let start = Instant::now();
    let (reply, ranking) = match topic {
        Some(topic) => engine.follow_up(question, topic),
        None => engine.explain(question),
    };
    tracing::info!(
        trigger,
        outcome = ?reply.verdict,
        reason = reply.refusal.map(tracing::field::debug),
        topic = reply.topic.as_ref().map(tracing::field::display),
        score = ranking.best.as_ref().map(Candidate::score),
        locale = %reply.locale,
        micros = start.elapsed().as_micros(),
        "replied to a question"
    );
    let why = Why::of(&ranking, reply.topic.as_ref(), engine);
    (reply, why)
}

/// An error with its causes, for the log: serenity's own words seldom say why.
struct Chain<'e>(&'e serenity::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Its message would end in the address, which holds the token of an interaction.
        if let serenity::Error::Http(HttpError::Request(request)) = self.0 {
            return f.write_str(match request {
                _ if request.is_timeout() => "the request took too long",
                _ if request.is_connect() => "no connection",
                _ => "the request could not be sent",
            });
        }
        write!(f, "{}", self.0)
    }
}
