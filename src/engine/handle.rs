//! The engine of the moment, and the one that takes its place on reload.

use super::Engine;
use crate::knowledge::Changes;
use arc_swap::ArcSwap;
use std::sync::{Arc, Mutex, PoisonError};

/// Where an engine comes from, and comes from again on reload. Loading may block.
pub trait Source: Send + Sync {
    /// Reads, checks and trains a new engine.
    ///
    /// # Errors
    /// Why there is none, for the curator: one line each, with place and remedy.
    fn load(&self) -> Result<Engine, LoadError>;
}

/// Why an engine could not be loaded: lines for the curator, each with its place and
/// remedy. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .lines.join("\n"))]
pub struct LoadError {
    /// One problem a line.
    pub lines: Vec<String>,
}

/// A cheap handle to the engine of the moment.
#[derive(Clone)]
pub struct EngineHandle(Arc<Shared>);

struct Shared {
    engine: ArcSwap<Engine>,
    source: Box<dyn Source>,
    /// One reload at a time, so that the newest file wins. A `std` mutex: `reload`
    /// blocks anyway, and no question ever takes it.
    reloading: Mutex<()>,
}

impl EngineHandle {
    /// Loads the first engine.
    ///
    /// # Errors
    /// What the source says is wrong.
    pub fn load(source: impl Source + 'static) -> Result<Self, LoadError> {
        let engine = ArcSwap::from_pointee(source.load()?);
        Ok(Self(Arc::new(Shared {
            engine,
            source: Box::new(source),
            reloading: Mutex::new(()),
        })))
    }

    /// The engine of the moment. Who holds it keeps it through a reload.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        self.0.engine.load_full()
    }

    /// Loads anew and swaps the engine whole. Blocks while it reads and trains;
    /// questions meanwhile are answered by the engine there is.
    ///
    /// # Errors
    /// What the source says is wrong; the old engine stays.
    pub fn reload(&self) -> Result<Changes, LoadError> {
        let _one = self
            .0
            .reloading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let fresh = self.0.source.load()?;
        let changes = Changes::between(self.engine().knowledge(), fresh.knowledge());
        self.0.engine.store(Arc::new(fresh));
        Ok(changes)
    }
}

impl std::fmt::Debug for EngineHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EngineHandle({})", self.engine().knowledge().version())
    }
}
