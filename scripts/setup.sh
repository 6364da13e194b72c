#!/usr/bin/env bash
# Installs what building needs and this machine does not have yet: the WASM target, the locked crates, the
# wasm-bindgen CLI of the locked version (into .tools/), and the npm packages. Does nothing, and needs no network, when all of it is there.
# Usage: scripts/setup.sh [more folders with npm packages]
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

scripts/check-programs.sh

wasm=wasm32-unknown-unknown
if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$wasm/lib" ]; then
  need rustup "the Rust target $wasm has to be added; install Rust from https://rustup.rs"
  say "Adding the Rust target $wasm"
  rustup target add "$wasm" \
    || die "the Rust target $wasm could not be installed: is there a network? (rustup says more above)"
fi

# Before the long builds: a network that is missing, or a lock file that is behind, is said here.
fetch_crates() {
  cargo fetch --locked --quiet --target "$(rustc -vV | sed -n 's/^host: //p')" --target "$wasm" "$@"
}
if ! fetch_crates --offline 2>/dev/null; then
  say "Downloading the crates of Cargo.lock"
  fetch_crates \
    || die "the crates of Cargo.lock could not be downloaded: is there a network, and does Cargo.lock belong to Cargo.toml? (cargo says more above)"
fi

version=$(locked_version wasm-bindgen)
if [ "$(wasm-bindgen --version 2>/dev/null || true)" != "wasm-bindgen $version" ]; then
  say "Installing wasm-bindgen-cli $version into .tools/ (once, 3 to 5 minutes on 2 cores)"
  mkdir -p "$tools" || die "the folder $tools cannot be written"
  # Without --locked: the lock file inside the package names a version that a registry may have withdrawn.
  # A target folder of its own, so that a flag or profile of ours never reaches it.
  CARGO_TARGET_DIR="$tools/target" cargo install wasm-bindgen-cli --version "$version" --root "$tools" --quiet --force \
    || die "wasm-bindgen-cli $version could not be installed: is there a network? (cargo says more above)"
  rm -rf "$tools/target"
fi

# npm writes its own copy of the lock file last, so its age tells whether the installed packages are the locked ones.
install_packages() {
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return
  say "Installing the npm packages of $1/package-lock.json"
  npm ci --prefix "$1" --no-audit --no-fund --loglevel=error \
    || die "the npm packages could not be installed: is there a network? (npm says more above)"
}
for folder in . "$@"; do install_packages "$folder"; done

node scripts/emoji.mjs
