#!/usr/bin/env bash
# Builds what changed and starts the site; the server prints its address and the demo accounts.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

scripts/check-programs.sh
find_target
scripts/check-address.sh
scripts/check-folders.sh
scripts/setup.sh
[ -e "$target/debug/leptos-cometchat" ] || say "Building for the first time: 5 to 12 minutes on 2 cores"
scripts/build-browser.sh
scripts/build-server.sh
exec "$target/debug/leptos-cometchat"
