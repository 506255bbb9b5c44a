//! A bot that is Griot and nothing else: connects, serves, and leaves cleanly.

use super::watchdog::watch;
use super::{Chain, Storyteller};
use secrecy::{ExposeSecret, SecretString};
use serenity::all::{GatewayError, Http, HttpBuilder, HttpError, StatusCode, UserId};
use serenity::client::ClientBuilder;
use std::pin::pin;
use std::time::Duration;

/// Longest pause between two tries to reach Discord; the first pause is a second.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// How long a connection may take to close before it is dropped.
const FAREWELL: Duration = Duration::from_secs(5);

/// Why the bot ended, for the operator.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BotError {
    /// Discord does not know the token.
    #[error(
        "Discord refuses the token; copy it again from the Bot page of the developer portal into DISCORD_TOKEN"
    )]
    WrongToken,
    /// Anything else that serenity could not mend.
    #[error("the connection to Discord failed")]
    Discord(#[from] Box<serenity::Error>),
}

impl From<serenity::Error> for BotError {
    fn from(error: serenity::Error) -> Self {
        let refused = match &error {
            serenity::Error::Gateway(GatewayError::InvalidAuthentication)
            | serenity::Error::Http(HttpError::InvalidHeader(_)) => true,
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
                response.status_code == StatusCode::UNAUTHORIZED
            }
            _ => false,
        };
        if refused {
            Self::WrongToken
        } else {
            Self::Discord(Box::new(error))
        }
    }
}

/// Runs until `shutdown` is ready, also while Discord has not been reached yet.
///
/// With a `proxy` (`http://host:port`) every REST request goes there, and the proxy
/// has the rate limits; the gateway address is the one it gives.
///
/// # Errors
/// A token that Discord refuses, or a connection that cannot be kept.
pub async fn run(
    storyteller: Storyteller,
    token: &SecretString,
    proxy: Option<&str>,
    shutdown: impl Future<Output = ()>,
) -> Result<(), BotError> {
    let mut shutdown = pin!(shutdown);
    let (gateway, me) = tokio::select! {
        gateway = gateway(token, proxy) => gateway?,
        () = &mut shutdown => return Ok(()),
    };
    // A message may come right behind the `ready` that would tell.
    storyteller.me.get_or_init(|| me);
    let building = ClientBuilder::new_with_http(http(token, proxy), Storyteller::intents())
        .event_handler(storyteller)
        .into_future();
    let mut client = tokio::select! {
        client = building => client?,
        () = &mut shutdown => return Ok(()),
    };
    // Asked for once already: were it to fail now, serenity would fall back on
    // Discord's own gateway, past the proxy.
    *client.ws_url.lock().await = gateway;
    let shards = client.shard_manager.clone();
    let mut serving = pin!(client.start());
    tokio::select! {
        ended = &mut serving => return Ok(ended?),
        never = watch(shards.clone()) => match never {},
        () = shutdown => tracing::info!("shutting down"),
    }
    // Before the first connection `shutdown_all` does not end `start`: dropping it does.
    let farewell = async {
        shards.shutdown_all().await;
        _ = serving.await;
    };
    if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
        tracing::debug!("the connection did not close in time and is dropped");
    }
    Ok(())
}

/// The gateway's address and the bot's own user, from a Discord that knows the token. Tries for as long as
/// Discord cannot be reached, and gives up at once where it refuses.
async fn gateway(token: &SecretString, proxy: Option<&str>) -> Result<(String, UserId), BotError> {
    let http = http(token, proxy);
    let whom = proxy.unwrap_or("Discord");
    let mut pause = Duration::from_secs(1);
    loop {
        let asked = async {
            let me = http.get_current_user().await?.id;
            Ok((http.get_gateway().await?.url, me))
        };
        let known: serenity::Result<_> = asked.await;
        match known.map_err(BotError::from) {
            Ok(known) => return Ok(known),
            Err(BotError::WrongToken) => return Err(BotError::WrongToken),
            Err(BotError::Discord(error)) => {
                let seconds = pause.as_secs();
                tracing::warn!(error = %Chain(&error), "{whom} cannot be reached; trying again in {seconds} s");
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn http(token: &SecretString, proxy: Option<&str>) -> Http {
    let http = HttpBuilder::new(token.expose_secret());
    match proxy {
        // serenity ignores a proxy while its own limiter is on.
        Some(proxy) => http.proxy(proxy).ratelimiter_disabled(true).build(),
        None => http.build(),
    }
}
