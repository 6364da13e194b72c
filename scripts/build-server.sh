#!/usr/bin/env bash
# Builds the server for development: with the emulator mounted in it.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

cargo build --locked --bin leptos-cometchat --features ssr,emulator
