//! The environment. The one door to environment variables.
#![expect(
    clippy::disallowed_methods,
    reason = "this module is where the environment is read"
)]

use crate::text::Locale;
use secrecy::SecretString;
use std::path::PathBuf;

/// The knowledge file where nothing else is said.
pub const KNOWLEDGE: &str = "knowledge/deepseek.toml";
/// The log filter where nothing else is said: Griot's own lines, and what goes wrong
/// below it.
const LOG: &str = "warn,griot=info";

/// What is wrong with the environment; each message names the variable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A variable that must be there is not, or is empty.
    #[error("{name} is not set; {remedy}")]
    Missing {
        /// The variable.
        name: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// A variable that cannot be read as what it should be.
    #[error("{name} is {problem}; {remedy}")]
    Invalid {
        /// The variable.
        name: &'static str,
        /// What is wrong with it; never the value of a secret.
        problem: String,
        /// What to do.
        remedy: &'static str,
    },
}

/// What `griot run` needs from the environment.
#[derive(Debug)]
pub struct Config {
    /// The bot's token; it has no printable form.
    pub token: SecretString,
    /// Users who may reload besides the application's owner or team.
    pub admins: Vec<u64>,
    /// Where REST requests go instead of discord.com.
    pub proxy: Option<String>,
}

impl Config {
    /// Reads `DISCORD_TOKEN`, `GRIOT_ADMINS` and `DISCORD_API_PROXY`.
    ///
    /// # Errors
    /// The first variable that is missing or cannot be read.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(var: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let set = |name| {
            var(name)
                .map(|v| v.trim().to_owned())
                .filter(|v| !v.is_empty())
        };
        let token = set("DISCORD_TOKEN").ok_or(ConfigError::Missing {
            name: "DISCORD_TOKEN",
            remedy: "put the bot's token into .env (see .env.example and README.md, “Going live”)",
        })?;
        Ok(Self {
            token: token_of(&token)?,
            admins: set("GRIOT_ADMINS").map_or(Ok(Vec::new()), |list| admins_of(&list))?,
            proxy: set("DISCORD_API_PROXY")
                .map(|url| proxy_of(&url))
                .transpose()?,
        })
    }
}

/// `GRIOT_KNOWLEDGE`, or the file of the first story.
#[must_use]
pub fn knowledge() -> PathBuf {
    std::env::var_os("GRIOT_KNOWLEDGE")
        .filter(|path| !path.is_empty())
        .map_or_else(|| PathBuf::from(KNOWLEDGE), PathBuf::from)
}

/// `GRIOT_LOG`, in the syntax of `tracing-subscriber`'s `EnvFilter`.
#[must_use]
pub fn log() -> String {
    std::env::var("GRIOT_LOG")
        .ok()
        .filter(|log| !log.is_empty())
        .unwrap_or_else(|| LOG.to_owned())
}

/// The language of the terminal, from `LC_ALL`, `LC_MESSAGES` or `LANG`; `None` where
/// it is neither French nor English.
#[must_use]
pub fn locale() -> Option<Locale> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|tag| !tag.is_empty()))
        .and_then(|tag| tag.split('.').next().unwrap_or_default().parse().ok())
}

fn token_of(token: &str) -> Result<SecretString, ConfigError> {
    let plain = token.strip_prefix("Bot ").unwrap_or(token);
    if plain
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || !c.is_ascii())
    {
        return Err(ConfigError::Invalid {
            name: "DISCORD_TOKEN",
            problem: "not a token: it holds a space, a line break or a letter no token has".into(),
            remedy: "copy it again from the Bot page of the developer portal",
        });
    }
    Ok(SecretString::from(plain.to_owned()))
}

fn admins_of(list: &str) -> Result<Vec<u64>, ConfigError> {
    list.split([',', ' ', ';'])
        .filter(|id| !id.is_empty())
        .map(|id| match id.parse() {
            Ok(id) if id > 0 => Ok(id),
            _ => Err(ConfigError::Invalid {
                name: "GRIOT_ADMINS",
                problem: format!("not a list of user ids: `{id}` is not one"),
                remedy: "give numbers separated by commas (Discord, developer mode, Copy User ID)",
            }),
        })
        .collect()
}

fn proxy_of(url: &str) -> Result<String, ConfigError> {
    let host = url
        .strip_prefix("http://")
        .or_else(|| url.strip_prefix("https://"));
    if host.is_none_or(|host| host.is_empty() || host.contains(char::is_whitespace)) {
        return Err(ConfigError::Invalid {
            name: "DISCORD_API_PROXY",
            problem: "not an http:// or https:// address".into(),
            remedy: "write it as http://host:port, or leave it out to speak to Discord itself",
        });
    }
    Ok(url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn read(vars: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| {
            vars.iter()
                .find(|(n, _)| *n == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_full_environment_is_read() {
        let config = read(&[
            ("DISCORD_TOKEN", " Bot abc.def "),
            ("GRIOT_ADMINS", "12, 34;56"),
            ("DISCORD_API_PROXY", "http://127.0.0.1:8080/"),
        ])
        .expect("all is well");
        assert_eq!(config.token.expose_secret(), "abc.def");
        assert_eq!(config.admins, [12, 34, 56]);
        assert_eq!(config.proxy.as_deref(), Some("http://127.0.0.1:8080"));
    }

    #[test]
    fn what_is_wrong_is_named_and_no_secret_is_told() {
        for (vars, name, why) in [
            (vec![], "DISCORD_TOKEN", "missing"),
            (vec![("DISCORD_TOKEN", "  ")], "DISCORD_TOKEN", "empty"),
            (
                vec![("DISCORD_TOKEN", "abc def")],
                "DISCORD_TOKEN",
                "a space inside",
            ),
            (
                vec![("DISCORD_TOKEN", "abc"), ("GRIOT_ADMINS", "Zoé")],
                "GRIOT_ADMINS",
                "a name",
            ),
            (
                vec![("DISCORD_TOKEN", "abc"), ("GRIOT_ADMINS", "0")],
                "GRIOT_ADMINS",
                "nought",
            ),
            (
                vec![("DISCORD_TOKEN", "abc"), ("DISCORD_API_PROXY", "host")],
                "DISCORD_API_PROXY",
                "bare",
            ),
        ] {
            let error = read(&vars).expect_err(why).to_string();
            assert!(error.starts_with(name), "{why}: {error}");
            assert!(!error.contains("abc"), "{why}: {error}");
        }
    }

    #[test]
    fn a_token_has_no_printable_form() {
        let config = read(&[("DISCORD_TOKEN", "s3cr3t")]).expect("all is well");
        assert!(!format!("{config:?}").contains("s3cr3t"));
    }
}
