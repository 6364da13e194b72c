# Sourced by the other scripts: where the project is, and how they fail (one clear sentence, status 1).
# shellcheck shell=bash disable=SC2034

set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$project"

# What we install ourselves comes first, so that it is the pinned version that runs.
tools=${LEPTOS_COMETCHAT_TOOLS:-$project/.tools}
export PATH="$tools/bin:$PATH"

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

need() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is missing: $2"
}

# Sets `target`, where cargo builds, as cargo itself resolves it; absolute, and for everything that is started from here.
find_target() {
  case ${CARGO_TARGET_DIR:-} in
    /*) ;;
    *)
      CARGO_TARGET_DIR=$(cargo metadata --no-deps --format-version 1 \
        | node -p 'JSON.parse(require("node:fs").readFileSync(0, "utf8")).target_directory') \
        || die "cargo cannot say where it builds (it says more above)"
      export CARGO_TARGET_DIR
      ;;
  esac
  target=$CARGO_TARGET_DIR
}

# The version of a package that Cargo.lock pins.
locked_version() {
  awk -v name="\"$1\"" '$1 == "name" { found = ($3 == name) } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}
