# Sourced by the other scripts: where the project is, and how they fail (one clear sentence, status 1).
# shellcheck shell=bash disable=SC2034

set -euo pipefail

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$project"

# What we install ourselves comes first, so that it is the pinned version that runs.
tools=${LEPTOS_COMETCHAT_TOOLS:-$project/.tools}
export PATH="$tools/bin:$PATH"

target=${CARGO_TARGET_DIR:-$project/target}

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

need() {
  command -v "$1" >/dev/null 2>&1 || die "$1 is missing: $2"
}

# The version of a package that Cargo.lock pins.
locked_version() {
  awk -v name="\"$1\"" '$1 == "name" { found = ($3 == name) } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' Cargo.lock
}
