#!/usr/bin/env bash
# Takes the README's pictures, in docs/, from the running product.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

scripts/check-programs.sh
find_target
scripts/check-folders.sh
scripts/setup.sh end2end
scripts/browser.sh
scripts/build-browser.sh
scripts/build-server.sh
cd end2end
SITE_BINARY="$target/debug/leptos-cometchat" npm run --silent screenshots
