#!/usr/bin/env bash
# Starts the site with live reload. Installs cargo-leptos once, when there is none that knows Cargo.toml's settings.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

# The first one that is known to read all of [package.metadata.leptos].
version=0.3.11

scripts/check-programs.sh
find_target
scripts/check-address.sh
scripts/check-folders.sh
scripts/setup.sh

# Whether the first version is at least the second.
is_at_least() {
  awk -v have="$1" -v want="$2" 'BEGIN {
    split(have, h, "[.+-]"); split(want, w, "[.+-]")
    for (i = 1; i <= 3; i++) if (h[i] + 0 != w[i] + 0) exit !(h[i] + 0 > w[i] + 0)
  }'
}

have=$(cargo leptos --version 2>/dev/null | awk '{ print $2 }' || true)
if [ -z "$have" ] || ! is_at_least "$have" "$version"; then
  [ -z "$have" ] || say "cargo-leptos $have is too old for the settings in Cargo.toml, which need $version."
  say "Installing cargo-leptos $version into .tools/: 700 packages, 20 to 30 minutes on 2 cores, once."
  say "(make run starts the same site without it, in a few minutes.)"
  # Two of its packages ask for a newer Rust than rust-toolchain.toml pins, and compile with this one all the same.
  CARGO_TARGET_DIR="$tools/target" cargo install cargo-leptos --version "$version" --locked --ignore-rust-version \
    --root "$tools" --force \
    || die "cargo-leptos $version could not be installed: is there a network? (cargo says more above)"
  rm -rf "$tools/target"
fi

exec cargo leptos watch
