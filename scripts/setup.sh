#!/usr/bin/env bash
# Installs what building needs and this machine does not have yet: the WASM target, the wasm-bindgen CLI of the
# locked version (into .tools/), and the npm packages. Does nothing, and needs no network, when all of it is there.
# Usage: scripts/setup.sh [more folders with npm packages]
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

need cargo "install Rust from https://rustup.rs"
need cc "install a C compiler (Debian: apt-get install gcc; macOS: xcode-select --install)"
need node "install Node.js 20 or newer from https://nodejs.org"
need npm "install npm, which comes with Node.js (https://nodejs.org)"

node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' \
  || die "Node.js $(node --version) is too old: install version 20 or newer from https://nodejs.org"

# rust-toolchain.toml names the toolchain, and rustup fetches it at the first call.
rustc --version >/dev/null \
  || die "the Rust toolchain of rust-toolchain.toml could not be installed: is there a network? (rustup says more above)"

wasm=wasm32-unknown-unknown
if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$wasm/lib" ]; then
  need rustup "the Rust target $wasm has to be added; install Rust from https://rustup.rs"
  say "Adding the Rust target $wasm"
  rustup target add "$wasm" \
    || die "the Rust target $wasm could not be installed: is there a network? (rustup says more above)"
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
