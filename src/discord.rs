//! Griot on Discord, through serenity: one [`EventHandler`] that any serenity bot can
//! add beside its own, and [`bot::run`] for a bot that is Griot and nothing else.
//!
//! Members ask by `/ask`, by mentioning the bot, by replying to it, or in a direct
//! message. No privileged intent is needed; nothing that is sent can ping.
//!
//! - `trigger`: is this message for us, and what does it ask? (pure)
//! - `commands`: the slash commands, and registering those that differ;
//! - `interactions`: commands, autocomplete and buttons; `admin`: reload and status;
//! - `button`: what a button remembers; `render`: a reply as an embed or plain text;
//! - `limits`: Discord's numbers; `phrases`: what is said on Discord alone.

mod admin;
pub mod bot;
mod button;
mod commands;
mod interactions;
mod limits;
mod messages;
mod phrases;
mod render;
mod trigger;

pub use self::admin::reload;

use crate::engine::{Engine, EngineHandle, Question};
use crate::matcher::Candidate;
use crate::reply::Reply;
use serenity::all::{
    Context, EventHandler, GatewayIntents, HttpError, Interaction, Message, Ready, UserId,
    async_trait,
};
use std::sync::OnceLock;
use std::time::Instant;
use tokio::sync::OnceCell;

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
    since: Instant,
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
            since: Instant::now(),
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
            tracing::error!(error = %Chain(&error), "the slash commands could not be registered");
        }
        self.ask_for_owners(&ctx.http).await;
    }

    async fn message(&self, ctx: Context, message: Message) {
        self.on_message(&ctx, &message).await;
    }

    async fn interaction_create(&self, ctx: Context, interaction: Interaction) {
        match interaction {
            Interaction::Command(command) => self.on_command(&ctx, &command).await,
            Interaction::Autocomplete(typing) => self.on_autocomplete(&ctx, &typing).await,
            Interaction::Component(press) => self.on_press(&ctx, &press).await,
            _ => {}
        }
    }
}

/// Answers, and says so once in the log: what was decided, never what was asked.
fn asked(engine: &Engine, question: &Question<'_>, trigger: &'static str) -> Reply {
    let start = Instant::now();
    let (reply, ranking) = engine.explain(question);
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
    reply
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
