#!/usr/bin/env bash
# Runs a command with TEST_DATABASE_URL: the one that is set, or that of a PostgreSQL of its own, with its data in a
# temporary folder, on a free port, for as long as the command runs. On Debian, as root, it installs what is missing.
# Usage: scripts/postgres.sh COMMAND…
. "$(dirname "${BASH_SOURCE[0]}")/project.sh"

if [ -n "${TEST_DATABASE_URL:-}" ]; then exec "$@"; fi

# Debian keeps the server's programs off the PATH, one folder for each version.
programs() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(dirname "$(command -v initdb || echo /none/x)"); do
    if [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ]; then printf '%s' "$folder" && return; fi
  done
  return 1
}

if ! bin=$(programs); then
  [ -e /etc/debian_version ] || die "no PostgreSQL for the tests: install it, or let TEST_DATABASE_URL name a server"
  [ "$(id -u)" -eq 0 ] || die "the tests need PostgreSQL: sudo apt-get install postgresql"
  say "Installing postgresql"
  # Its package would start a server of the machine's own.
  export DEBIAN_FRONTEND=noninteractive
  mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql; } >/dev/null </dev/null \
    || die "postgresql could not be installed: is there a network? (apt-get says more above)"
  bin=$(programs) || die "the package postgresql has no initdb"
fi

data=$(mktemp -d "${TMPDIR:-/tmp}/leptos-cometchat-postgres.XXXXXX")
# PostgreSQL does not run as root. (The form of its uses: an empty list is unbound to the bash of macOS.)
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
  id postgres >/dev/null 2>&1 || die "there is no user postgres to run PostgreSQL as: let TEST_DATABASE_URL name a server"
  chown postgres "$data"
  as_owner=(setpriv --reuid postgres --regid postgres --clear-groups env HOME="$data")
fi
stop() {
  ${as_owner[@]+"${as_owner[@]}"} "$bin/pg_ctl" -D "$data/db" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$data"
}
trap stop EXIT

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
cd "$data"
${as_owner[@]+"${as_owner[@]}"} "$bin/initdb" -D "$data/db" -U test --auth=trust --encoding=UTF8 --locale=C --no-sync >"$data/log" 2>&1 \
  || die "PostgreSQL could not make its files: $(tail -1 "$data/log")"
# What is tested outlives killed servers, not this machine's power: no fsync.
${as_owner[@]+"${as_owner[@]}"} "$bin/pg_ctl" -D "$data/db" -w -t 60 -l "$data/db/log" \
  -o "-p $port -h 127.0.0.1 -k $data -c fsync=off -c max_connections=1000 -c shared_buffers=64MB" start >/dev/null \
  || die "PostgreSQL does not start: $(tail -1 "$data/db/log")"
cd "$project"
TEST_DATABASE_URL=postgres://test@127.0.0.1:$port/postgres "$@"
