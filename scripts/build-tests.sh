#!/usr/bin/env bash
# Builds everything that the tests run, in one call of cargo and with one choice of features, so that no dependency is
# compiled twice: server, emulator and the native tests; then the browser half.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

cargo build --locked --workspace --all-targets --features ssr,emulator
scripts/build-browser.sh
