//! The real bot as a process of its own, connected to a stand-in Discord.

use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::KNOWLEDGE;
use crate::standin::StandIn;

/// How long a test waits for the bot to say or do something.
const PATIENCE: Duration = Duration::from_secs(15);

/// A running `griot run`, with a knowledge file of its own that a test may break. It
/// is killed when dropped.
pub(crate) struct Bot {
    child: Child,
    folder: TempDir,
    log: Arc<Mutex<String>>,
}

impl Bot {
    /// Starts it against a stand-in.
    pub(crate) fn start(discord: &StandIn) -> Self {
        Self::start_with(&[
            ("DISCORD_API_PROXY", &discord.address()),
            ("DISCORD_TOKEN", "e2e-token"),
        ])
    }

    /// Starts it with these variables and no others but those of the system.
    pub(crate) fn start_with(vars: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a folder for the knowledge");
        std::fs::copy(KNOWLEDGE, folder.path().join("story.toml")).expect("a copy of the file");
        let mut child = Command::new(env!("CARGO_BIN_EXE_griot"))
            .arg("run")
            // Away from any .env of the developer's.
            .current_dir(folder.path())
            .env_clear()
            .env("GRIOT_KNOWLEDGE", "story.toml")
            .envs(vars.iter().copied())
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the bot starts");
        let stderr = child.stderr.take().expect("standard error is piped");
        let log = Arc::new(Mutex::new(String::new()));
        let written = Arc::clone(&log);
        tokio::spawn(async move {
            let mut lines = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                let mut log = written.lock().unwrap_or_else(PoisonError::into_inner);
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { child, folder, log }
    }

    /// Edits its knowledge file.
    pub(crate) fn edit_knowledge(&self, edit: impl FnOnce(String) -> String) {
        let path = self.folder.path().join("story.toml");
        let text = std::fs::read_to_string(&path).expect("the knowledge is there");
        std::fs::write(&path, edit(text)).expect("the knowledge can be written");
    }

    /// Sends it a signal by its short name, as in `TERM`.
    pub(crate) async fn signal(&self, name: &str) {
        let id = self.child.id().expect("the bot is running");
        let kill = Command::new("sh")
            .arg("-c")
            .arg(format!("kill -{name} {id}"))
            .status()
            .await;
        assert!(
            kill.is_ok_and(|status| status.success()),
            "kill -{name} works"
        );
    }

    /// Waits until it has ended.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await;
        let Ok(status) = ended else {
            panic!("the bot runs on; its log:\n{}", self.log())
        };
        status.expect("the bot's status")
    }

    /// Waits until its log holds `text`.
    pub(crate) async fn logged(&self, text: &str) {
        self.logged_within(text, PATIENCE).await;
    }

    /// The same, for so long.
    pub(crate) async fn logged_within(&self, text: &str, patience: Duration) {
        let found = tokio::time::timeout(patience, async {
            while !self.log().contains(text) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        });
        assert!(
            found.await.is_ok(),
            "no “{text}” in the log:\n{}",
            self.log()
        );
    }

    /// Memory it holds of its own, in KiB, as Linux counts it: the program's pages, of which
    /// one built for tests has many more, are not counted.
    #[cfg(target_os = "linux")]
    pub(crate) fn memory(&self) -> u64 {
        let id = self.child.id().expect("the bot is running");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("its status");
        let held = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"));
        let kib = held.and_then(|held| held.split_whitespace().next());
        kib.and_then(|kib| kib.parse().ok())
            .expect("a number of kB")
    }

    /// Waits until it holds no more of its own than so many KiB: what it took for a moment it
    /// gives back within seconds.
    #[cfg(target_os = "linux")]
    pub(crate) async fn holds_at_most(&self, kib: u64) {
        let settled = tokio::time::timeout(Duration::from_mins(1), async {
            while self.memory() > kib {
                tokio::time::sleep(Duration::from_millis(250)).await;
            }
        });
        assert!(settled.await.is_ok(), "{} KiB are held", self.memory());
    }

    /// Its log so far.
    pub(crate) fn log(&self) -> String {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
