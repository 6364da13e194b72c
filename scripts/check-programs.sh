#!/usr/bin/env bash
# Says at once which program is missing or too old. Everything else is installed by setup.sh.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

need cargo "install Rust from https://rustup.rs"
need cc "install a C compiler (Debian: apt-get install gcc; macOS: xcode-select --install)"
need node "install Node.js 20 from https://nodejs.org, version 20.11 or newer"
need npm "install npm, which comes with Node.js (https://nodejs.org)"

# 20.11 brought `import.meta.dirname`.
node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 11) ? 0 : 1)' \
  || die "Node.js $(node --version) is too old: install version 20.11 or newer from https://nodejs.org"

# rust-toolchain.toml names the toolchain, and rustup fetches it at the first call.
rustc --version >/dev/null \
  || die "the Rust toolchain of rust-toolchain.toml could not be installed: is there a network? (rustup says more above)"
