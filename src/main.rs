//! The server's start, in reading order.
#![recursion_limit = "256"]

use std::{error::Error, process::ExitCode};

use clap::Parser;
use leptos_cometchat::{
    model::demo::DEMO_ACCOUNTS,
    server::{
        commands,
        config::{Config, Options, dotenv},
        start,
        state::AppState,
        telemetry,
    },
};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    dotenv::read()?;
    let mut options = Options::parse();
    let command = options.command.take();
    let config = Config::from_options(options)?;
    telemetry::begin_logging(&config.log).map_err(|error| format!("RUST_LOG: {error}"))?;
    if let Some(command) = command {
        say(&commands::run(command, &config.database).await?);
        return Ok(());
    }
    // Before anything is opened: a second start must not touch the data of the first.
    let listener = start::bind(&config.http).await?;
    let state = start::state(config).await?;
    greet(&state);
    start::serve(listener, state).await;
    Ok(())
}

#[expect(clippy::print_stderr, reason = "the reason for not starting is for the person at the terminal")]
fn complain(error: &str) {
    eprintln!("error: {error}");
}

#[expect(clippy::print_stdout, reason = "what a command did, for the person at the terminal")]
fn say(done: &str) {
    println!("{done}");
}

#[expect(clippy::print_stdout, reason = "where the site is and who may try it, for the person at the terminal")]
fn greet(state: &AppState) {
    println!("\n  {}\n", state.config.http.address_to_open());
    if state.config.chat.cloud.is_local() {
        println!("  Chat cloud: the local emulator.");
    }
    if state.has_demo_accounts {
        println!("  Demo accounts:");
        for account in DEMO_ACCOUNTS {
            println!("    {}   password  {}", account.email, account.password);
        }
        println!();
    }
}
