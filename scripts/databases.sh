#!/bin/sh
# The records on a real PostgreSQL and a real MariaDB, each started for this run in a temporary folder (Debian, as root).
# Both at once: each waits for its disk, its locks and its killed processes most of the time.
# With DTI_BENCH_RUNS=100000 in the environment the report is also measured over so many runs on each of them, one after the other.
set -eu
cd "$(dirname "$0")/.."
venv=$1
[ "$(id -u)" = 0 ] || { echo "Run this as root: the database servers are installed with apt-get and run as their own users." >&2; exit 1; }
need=
for package in postgresql mariadb-server libmariadb-dev pkg-config gcc; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || need="$need $package"
done
# shellcheck disable=SC2086
[ -z "$need" ] || {
  scripts/quiet.sh apt-get update -qq
  scripts/quiet.sh env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need
}
"$venv/bin/python" -c "import MySQLdb, psycopg2" 2>/dev/null ||
  scripts/quiet.sh "$venv/bin/python" -m pip install --quiet --disable-pip-version-check psycopg2-binary mysqlclient

on_this_database() {
  "$venv/bin/python" tests/databases.py
  [ -z "${DTI_BENCH_RUNS:-}" ] || "$venv/bin/python" tests/benches/records.py "$DTI_BENCH_RUNS"
  [ -z "${DTI_BENCH_RUNS:-}" ] || "$venv/bin/python" tests/benches/pledges.py "$DTI_BENCH_RUNS"
  [ -z "${DTI_BENCH_RUNS:-}" ] || "$venv/bin/python" tests/benches/staff.py "$((DTI_BENCH_RUNS / 5))"
}

folder=$(mktemp -d /tmp/dti-databases.XXXXXX)
chmod 755 "$folder"
stop() {
  [ -f "$folder/pg/postmaster.pid" ] && kill -INT "$(head -1 "$folder/pg/postmaster.pid")" 2>/dev/null || true
  [ -f "$folder/maria/pid" ] && kill "$(cat "$folder/maria/pid")" 2>/dev/null || true
  sleep 1
  rm -rf "$folder"
}
trap stop EXIT

on_postgresql() {
  bin=$(dirname "$(find /usr/lib/postgresql -name initdb | sort | tail -1)")
  install -d -o postgres "$folder/pg" "$folder/socket"
  runuser -u postgres -- "$bin/initdb" -D "$folder/pg" -A trust -U dti >/dev/null
  runuser -u postgres -- "$bin/pg_ctl" -D "$folder/pg" -w -l "$folder/socket/log" -o "-k $folder/socket -c listen_addresses=''" start >/dev/null
  runuser -u postgres -- "$bin/createdb" -h "$folder/socket" -U dti dti
  export DTI_DATABASE_ENGINE=postgresql DTI_DATABASE_NAME=dti DTI_DATABASE_USER=dti DTI_DATABASE_HOST="$folder/socket"
  on_this_database
}

on_mariadb() {
  install -d -o mysql "$folder/maria"
  mariadb-install-db --user=mysql --datadir="$folder/maria" --auth-root-authentication-method=normal >/dev/null 2>&1
  mariadbd --no-defaults --user=mysql --datadir="$folder/maria" --socket="$folder/maria/socket" --pid-file="$folder/maria/pid" --skip-networking \
    --character-set-server=utf8mb4 --innodb-buffer-pool-size=1G >"$folder/maria.log" 2>&1 &
  for _second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    mariadb-admin --socket="$folder/maria/socket" -u root ping >/dev/null 2>&1 && break
    sleep 1
  done
  mariadb --socket="$folder/maria/socket" -u root -e "create database dti character set utf8mb4"
  export DTI_DATABASE_ENGINE=mysql DTI_DATABASE_NAME=dti DTI_DATABASE_USER=root DTI_DATABASE_HOST="$folder/maria/socket"
  on_this_database
}

if [ -n "${DTI_BENCH_RUNS:-}" ]; then
  on_postgresql
  on_mariadb
  exit
fi
failed=0
on_mariadb >"$folder/mariadb.out" 2>&1 &
mariadb=$!
on_postgresql &
wait $! || failed=1
wait "$mariadb" || failed=1
cat "$folder/mariadb.out"
exit "$failed"
