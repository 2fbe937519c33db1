#!/usr/bin/env bash
# Starts a private PostgreSQL 15 from Debian's binaries for the tests and runs a command with its TEST_DATABASE_URL:
#   scripts/postgresql-15.sh npx vitest run src/db
# As root it drops to an unprivileged user, because PostgreSQL refuses to run as root. The server listens on a socket in
# a temporary folder only and ends with the command. With RUNGS_PLAIN_OWNER=1 tests come as on a hosted PostgreSQL, as owner
# of their databases and no superuser.
set -euo pipefail
binaries=${POSTGRESQL_15:-/usr/lib/postgresql/15/bin}
if [ ! -x "$binaries/initdb" ]; then
  echo "scripts/postgresql-15.sh: no PostgreSQL 15 in $binaries; install Debian's postgresql-15." >&2
  exit 69
fi
folder=$(mktemp -d /tmp/rungs-postgresql-15-XXXXXX)
as=()
if [ "$(id -u)" = 0 ]; then
  chown nobody "$folder"
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
fi
cd "$folder"
postmaster=
finish() {
  if [ -n "$postmaster" ]; then
    kill -INT "$postmaster" 2>/dev/null || true
    wait "$postmaster" 2>/dev/null || true
  fi
  cd /
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM
"${as[@]}" "$binaries/initdb" -D "$folder/data" -U rungs -A trust -E UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 ||
  { cat "$folder/initdb.log" >&2; exit 1; }
# Only for this cluster's socket and its users: the roles that Rungs makes sign in with their passwords.
printf 'local all rungs,rungs_owner trust\nlocal all all scram-sha-256\n' |
  "${as[@]}" tee "$folder/data/pg_hba.conf" >/dev/null
"${as[@]}" "$binaries/postgres" -D "$folder/data" -c listen_addresses= -c unix_socket_directories="$folder" \
  -c max_connections=200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
  >"$folder/log" 2>&1 &
postmaster=$!
for _ in $(seq 100); do
  if "$binaries/pg_isready" -q -h "$folder"; then break; fi
  sleep 0.1
done
"$binaries/pg_isready" -q -h "$folder" || { cat "$folder/log" >&2; exit 1; }
# The first statement is what Rungs needs of an owner, and CREATEDB. The rest is for what tests do by themselves: write rows
# past triggers, look at and end what others do; and act as other roles, whose rights rungs_owner must not have without
# saying so: a role in between passes on none.
"$binaries/psql" -q -h "$folder" -U rungs postgres <<'SQL'
create role rungs_owner login createdb createrole;
grant set on parameter session_replication_role to rungs_owner;
grant pg_signal_backend, pg_read_all_stats to rungs_owner;
create role rungs_tests nologin noinherit;
grant rungs_tests to rungs_owner;
SQL
cd "$OLDPWD"
user=rungs
if [ -n "${RUNGS_PLAIN_OWNER:-}" ]; then user=rungs_owner; fi
export TEST_DATABASE_URL="postgres://$user@localhost/postgres?host=$folder"
"$@"
