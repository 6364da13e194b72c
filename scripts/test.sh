#!/usr/bin/env bash
# Checks everything, what fails fastest first, and goes on after a failure so that one run tells all.
# Ends with `N passed, N failed`: each check counts once, each native and browser test by itself.
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

scripts/check-programs.sh
find_target
logs=$target/test-logs
rm -rf "$logs"
mkdir -p "$logs" || die "the folder $logs cannot be written"
passed=0
failed=0
failures=()

fail() {
  failed=$((failed + $1))
  failures+=("$2")
}

# check NAME COMMAND…: counts as one.
check() {
  local name=$1 start=$SECONDS
  shift
  say "== $name"
  if "$@"; then
    passed=$((passed + 1))
  else
    fail 1 "$name"
  fi
  say "== $name: $((SECONDS - start)) s"
}

# tests NAME COUNTER COMMAND…: COUNTER reads the log and prints how many passed and how many failed.
tests() {
  local name=$1 counter=$2 start=$SECONDS status=0 good=0 bad=0
  shift 2
  say "== $name"
  "$@" 2>&1 | tee "$logs/$name.log" || status=$?
  read -r good bad < <("$counter" "$logs/$name.log") || true
  passed=$((passed + good))
  [ "$bad" -eq 0 ] || fail "$bad" "$name"
  # A run that broke off, or in which nothing ran, is a failure of its own.
  if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then fail 1 "$name (status $status, $good ran)"; fi
  say "== $name: $((SECONDS - start)) s"
}

# A test that was left out has not passed: no counter takes it for one.
count_cargo() {
  awk '/^test result:/ { good += $4; bad += $6 + $8 } END { print good + 0, bad + 0 }' "$1"
}

count_node() {
  awk '/^# pass / { good = $3 } /^# (fail|cancelled|skipped|todo) / { bad += $3 } END { print good + 0, bad + 0 }' "$1"
}

# Of Playwright's own report. Neither has a test passed that only did so at a second try.
count_playwright() {
  node -e '
    const { stats, errors } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    console.log(stats.expected, stats.unexpected + stats.flaky + stats.skipped + (errors ?? []).length);
  ' "$results" 2>/dev/null || echo 0 0
}

# playwright PROJECT: each project leaves its report, logs and traces in a folder of its own.
playwright() {
  rm -f "$results"
  (cd end2end && npx --no-install playwright test --project "$1" </dev/null)
}

lint_emulator_free_server() { cargo clippy --locked --lib --bins --features ssr -- -D warnings; }
lint_server() { cargo clippy --locked --workspace --all-targets --features ssr,emulator -- -D warnings; }
lint_browser() { cargo clippy --locked --lib --target wasm32-unknown-unknown --features hydrate -- -D warnings; }
document() { RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps "$@"; }
document_server() { document --workspace --features ssr,emulator; }
document_browser() { document --lib --target wasm32-unknown-unknown --features hydrate; }
type_check() { (cd end2end && npx --no-install tsc --noEmit); }

scripts/check-folders.sh
scripts/setup.sh end2end
scripts/browser.sh

check "formatting" cargo fmt --all --check
tests "the check of the boundaries" count_node node --test --test-reporter=tap scripts/boundaries.test.mjs
check "boundaries" node scripts/check-boundaries.mjs
tests "the check of the security documents" count_node node --test --test-reporter=tap scripts/security-claims.test.mjs
check "security documents" node scripts/check-security.mjs
check "types of the browser tests" type_check
check "lints of the server and the emulator" lint_server
check "lints of the server without the emulator" lint_emulator_free_server
check "lints of the browser half" lint_browser
check "documentation of the server and the emulator" document_server
check "documentation of the browser half" document_browser

built=$failed
check "build" scripts/build-tests.sh
if [ "$failed" -eq "$built" ]; then
  # The server's own on SQLite first, whatever the environment names.
  tests "native tests" count_cargo env -u TEST_DATABASE_URL \
    cargo test --locked --workspace --features ssr,emulator --no-fail-fast
  tests "the server on PostgreSQL" count_cargo scripts/postgres.sh \
    cargo test --locked --lib --features ssr,emulator --no-fail-fast server:: -- --skip on_sqlite
  tests "copies of the server on PostgreSQL" count_cargo scripts/postgres.sh \
    cargo test --locked --test copies --features ssr,emulator --no-fail-fast
  export SITE_BINARY="$target/debug/leptos-cometchat" EMULATOR_BINARY="$target/debug/cometchat-emulator"
  results=end2end/test-results/conformance/results.json
  tests "conformance of the emulator" count_playwright playwright conformance
  results=end2end/test-results/conformance-tls/results.json
  tests "conformance of the emulator by TLS" count_playwright playwright conformance-tls
  results=end2end/test-results/chat/results.json
  tests "the product in the browser" count_playwright playwright chat
fi

for name in ${failures[@]+"${failures[@]}"}; do say "failed: $name"; done
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
