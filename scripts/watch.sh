#!/usr/bin/env bash
# Starts the site with live reload. Installs cargo-leptos once, when there is none.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

version=0.3.11

scripts/check-address.sh
scripts/check-folders.sh
scripts/setup.sh

if ! command -v cargo-leptos >/dev/null 2>&1; then
  say "Installing cargo-leptos $version into .tools/: 700 packages, 20 to 30 minutes on 2 cores, once."
  say "(make run starts the same site without it, in a few minutes.)"
  CARGO_TARGET_DIR="$tools/target" cargo install cargo-leptos --version "$version" --locked --root "$tools" \
    || die "cargo-leptos $version could not be installed: is there a network? (cargo says more above)"
  rm -rf "$tools/target"
fi

exec cargo leptos watch
