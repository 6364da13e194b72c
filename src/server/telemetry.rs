//! Logs and metrics.

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{EnvFilter, filter::ParseError, fmt, util::SubscriberInitExt};

use super::config::{LogConfig, log::LogFormat};

/// What `/metrics` shows.
#[derive(Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Collects the whole process's metrics; once per process.
    pub fn install() -> Result<Self, BuildError> {
        PrometheusBuilder::new().install_recorder().map(Self)
    }

    /// Collects nothing: for tests, which share a process.
    #[cfg(test)]
    pub fn detached() -> Self {
        Self(PrometheusBuilder::new().build_recorder().handle())
    }

    /// Sums up what was recorded since the last time: without it, every single value stays in memory.
    pub fn sum_up(&self) {
        self.0.run_upkeep();
    }

    /// Prometheus' text format.
    pub fn render(&self) -> String {
        self.sum_up();
        self.0.render()
    }
}

/// Begins logging to the standard output.
pub fn begin_logging(config: &LogConfig) -> Result<(), ParseError> {
    // At trace, tungstenite (0.29) writes whole frames, and a socket's first one carries the chat login.
    let filter = EnvFilter::builder().parse(&config.filter)?.add_directive("tungstenite=debug".parse()?);
    match config.format {
        LogFormat::Pretty => fmt().with_env_filter(filter).compact().finish().init(),
        LogFormat::Json => fmt().with_env_filter(filter).json().flatten_event(true).finish().init(),
    }
    Ok(())
}
