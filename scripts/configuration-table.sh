#!/usr/bin/env bash
# Writes the README's table of settings from what the program itself says of them. The native tests compare the two.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

WRITE_CONFIGURATION_TABLE=1 cargo test --locked --quiet --lib --features ssr,emulator the_readme_lists_the_settings
git diff --stat -- README.md
