//! Reload and status: for admins, checked here whatever a server's settings say.

use super::render;
use super::{Chain, Storyteller, phrases};
use crate::engine::{EngineHandle, LoadError};
use crate::knowledge::Changes;
use crate::text::Locale;
use serenity::all::{
    CommandInteraction, Context, CreateInteractionResponse, CreateInteractionResponseMessage, Http,
    MembershipState, TeamMemberRole, UserId,
};

impl Storyteller {
    pub(super) async fn on_reload(
        &self,
        ctx: &Context,
        command: &CommandInteraction,
        locale: Locale,
    ) {
        let outcome = if self.is_admin(&ctx.http, command.user.id).await {
            self.reload_for(ctx, command, locale).await
        } else {
            tracing::warn!("somebody who is no admin asked for a reload");
            let refusal = render::note(phrases::admins_only(locale));
            command.create_response(&ctx.http, refusal).await
        };
        if let Err(error) = outcome {
            tracing::warn!(error = %Chain(&error), "the outcome of a reload could not be sent");
        }
    }

    /// Defers, for a reload reads a file and trains: it may take longer than the three
    /// seconds a response has.
    async fn reload_for(
        &self,
        ctx: &Context,
        command: &CommandInteraction,
        locale: Locale,
    ) -> serenity::Result<()> {
        let wait = CreateInteractionResponseMessage::new().ephemeral(true);
        command
            .create_response(&ctx.http, CreateInteractionResponse::Defer(wait))
            .await?;
        let text = match reload(&self.griot).await {
            Ok(changes) => {
                let version = self.griot.engine().knowledge().version().to_owned();
                phrases::reloaded(locale, &version, &changes)
            }
            Err(error) => phrases::not_reloaded(locale, &error.lines),
        };
        command
            .edit_response(&ctx.http, render::edit(&text))
            .await
            .map(drop)
    }

    pub(super) async fn status(
        &self,
        ctx: &Context,
        user: UserId,
        locale: Locale,
    ) -> CreateInteractionResponse {
        if !self.is_admin(&ctx.http, user).await {
            return render::note(phrases::admins_only(locale));
        }
        let engine = self.griot.engine();
        let since = self.since.unix_timestamp();
        render::note(&phrases::status(locale, engine.knowledge(), since))
    }

    /// Asks who the owners are before somebody waits for it.
    pub(super) async fn ask_for_owners(&self, http: &Http) {
        if let Err(error) = self.owners.get_or_try_init(|| owners(http)).await {
            tracing::warn!(error = %Chain(&error), "the application's owner could not be asked for yet");
        }
    }

    async fn is_admin(&self, http: &Http, user: UserId) -> bool {
        if self.admins.contains(&user) {
            return true;
        }
        match self.owners.get_or_try_init(|| owners(http)).await {
            Ok(owners) => owners.contains(&user),
            Err(error) => {
                tracing::warn!(error = %Chain(&error), "the application's owner could not be asked for");
                false
            }
        }
    }
}

/// Reloads off the async threads, and says what came of it once, for the operator.
///
/// # Errors
/// What is wrong with the new knowledge; the old one stays.
pub async fn reload(griot: &EngineHandle) -> Result<Changes, LoadError> {
    let griot = griot.clone();
    let outcome = tokio::task::spawn_blocking(move || griot.reload())
        .await
        .unwrap_or_else(|error| {
            Err(LoadError {
                lines: vec![format!("the reload was broken off: {error}")],
            })
        });
    match &outcome {
        Ok(changes) => tracing::info!(
            added = changes.added.len(),
            removed = changes.removed.len(),
            changed = changes.changed.len(),
            "reloaded the knowledge"
        ),
        Err(error) => tracing::error!(%error, "kept the knowledge there was"),
    }
    outcome
}

/// The application's owner, or those of its team who may act for it: a read-only
/// member may not.
async fn owners(http: &Http) -> serenity::Result<Vec<UserId>> {
    let application = http.get_current_application_info().await?;
    Ok(match application.team {
        Some(team) => team
            .members
            .iter()
            .filter(|member| member.membership_state == MembershipState::Accepted)
            .filter(|member| !matches!(member.role, TeamMemberRole::ReadOnly))
            .map(|member| member.user.id)
            .chain([team.owner_user_id])
            .collect(),
        None => application.owner.iter().map(|owner| owner.id).collect(),
    })
}
