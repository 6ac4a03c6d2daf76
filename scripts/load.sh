#!/bin/sh
# The load test: scripts/load.sh VENV [arguments of python -m tests.load]. Installs what it needs (Debian or Ubuntu, as root) and runs it.
set -eu
cd "$(dirname "$0")/.."
venv=$1
shift
[ "$(id -u)" = 0 ] || { echo "Run this as root: the servers are installed with apt-get and run as their own users." >&2; exit 1; }
need=
for package in postgresql mariadb-server redis-server libmariadb-dev pkg-config gcc; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || need="$need $package"
done
# shellcheck disable=SC2086
[ -z "$need" ] || {
  scripts/quiet.sh apt-get update -qq
  scripts/quiet.sh env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $need
}
"$venv/bin/python" -c "import MySQLdb, psycopg2, gunicorn, redis" 2>/dev/null ||
  scripts/quiet.sh "$venv/bin/python" -m pip install --quiet --disable-pip-version-check psycopg2-binary mysqlclient gunicorn "celery[redis]"
exec "$venv/bin/python" -m tests.load "$@"
