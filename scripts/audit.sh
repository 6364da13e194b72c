#!/usr/bin/env bash
# Checks the dependencies: licences, sources and duplicates of the crates (deny.toml) and of the npm packages, and known
# vulnerabilities of both where their databases can be reached. What cannot be reached is said, and is no failure.
# Not part of `make test`: cargo-deny takes minutes to compile once, and the databases need a network.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"
scripts/check-programs.sh

version=0.20.2
if ! cargo deny --version >/dev/null 2>&1; then
  say "Installing cargo-deny $version into .tools/ (once, 10 to 20 minutes on 2 cores)"
  mkdir -p "$tools" || die "the folder $tools cannot be written"
  CARGO_TARGET_DIR="$tools/target" cargo install cargo-deny --version "$version" --locked --root "$tools" --quiet \
    || die "cargo-deny $version could not be installed: is there a network? (cargo says more above)"
  rm -rf "$tools/target"
fi

failed=()
unreached=()
check() {
  local name=$1
  shift
  say "== $name"
  "$@" || failed+=("$name")
}

check "crates: licences, sources, duplicates" cargo deny --locked check licenses sources bans
check "npm packages: licences, sources, digests" node scripts/audit-npm.mjs

say "== crates: advisories"
if cargo deny --locked fetch db >/dev/null 2>&1; then
  cargo deny --locked --offline check advisories || failed+=("crates: advisories")
else
  unreached+=("crates: advisories (https://github.com/RustSec/advisory-db)")
fi

for folder in . end2end; do
  name="npm packages of $folder: advisories"
  say "== $name"
  # Its answer is JSON with a list of vulnerabilities, or with an error where nobody answered.
  answer=$(npm audit --json --package-lock-only --prefix "$folder" 2>/dev/null || true)
  case $(node -e '
    const { vulnerabilities } = JSON.parse(process.argv[1] || "{}");
    console.log(vulnerabilities ? Object.keys(vulnerabilities).join(" ") || "none" : "unreached");
  ' "$answer" 2>/dev/null || echo unreached) in
    none) ;;
    unreached) unreached+=("$name") ;;
    *) npm audit --package-lock-only --prefix "$folder" || true; failed+=("$name") ;;
  esac
done

for name in ${unreached[@]+"${unreached[@]}"}; do say "not checked, its database cannot be reached: $name"; done
for name in ${failed[@]+"${failed[@]}"}; do say "failed: $name"; done
say "${#failed[@]} failed, ${#unreached[@]} not checked"
[ "${#failed[@]}" -eq 0 ]
