#!/bin/sh
# Acceptance on the code of Open edX: scripts/platform.sh VENV [options of tests/platform_acceptance]
# EDX_PLATFORM names a checkout of edx-platform, EDX_PYTHON the Python of an environment that has its requirements/edx/testing.txt.
# Where MariaDB is installed and we are root, everything runs on a server of its own too. docs/platform.md says more.
set -eu
cd "$(dirname "$0")/.."
venv=$1
shift
: "${EDX_PLATFORM:?Name a checkout of the platform: make test-platform EDX_PLATFORM=/path/to/edx-platform (see docs/platform.md)}"
[ -f "$EDX_PLATFORM/lms/envs/test.py" ] || { echo "$EDX_PLATFORM is no checkout of edx-platform: it has no lms/envs/test.py" >&2; exit 2; }
python=${EDX_PYTHON:-$EDX_PLATFORM/.venv/bin/python}
"$python" -W ignore - <<'END' || {
import importlib.metadata, MySQLdb, ddt, pkg_resources, xblock
assert any(point.name == "content_libraries" for point in importlib.metadata.entry_points(group="lms.djangoapp"))
END
  echo "$python is not ready. It needs the platform's requirements and the platform itself (docs/platform.md):" >&2
  echo "  pip install -r requirements/pip.txt -r requirements/edx/testing.txt && pip install --no-deps -e ." >&2
  exit 2
}

work=${EDX_WORK:-$PWD/var/platform}
mkdir -p "$work"
socket=
folder=
stop() {
  [ -n "$folder" ] || return 0
  [ -f "$folder/pid" ] && kill "$(cat "$folder/pid")" 2>/dev/null && sleep 2
  rm -rf "$folder"
}
trap stop EXIT
if [ "$(id -u)" = 0 ] && command -v mariadbd >/dev/null 2>&1; then
  folder=$(mktemp -d /tmp/dti-platform.XXXXXX)
  chown mysql "$folder"
  mariadb-install-db --user=mysql --datadir="$folder/data" --auth-root-authentication-method=normal >/dev/null 2>&1
  mariadbd --no-defaults --user=mysql --datadir="$folder/data" --socket="$folder/socket" --pid-file="$folder/pid" --skip-networking \
    --character-set-server=utf8mb4 --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --innodb-doublewrite=0 \
    >"$folder/log" 2>&1 &
  for _second in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    mariadb-admin --socket="$folder/socket" -u root ping >/dev/null 2>&1 && break
    sleep 1
  done
  mariadb --socket="$folder/socket" -u root -e "create database platform character set utf8mb4; create database history character set utf8mb4"
  socket=$folder/socket
else
  echo "-> MariaDB is left out: it needs root, and the package mariadb-server" >&2
fi

unset PYTHONDONTWRITEBYTECODE
"$venv/bin/python" -m tests.platform_acceptance --platform "$EDX_PLATFORM" --python "$python" --work "$work" --socket "$socket" \
  --release "${EDX_RELEASE:-}" "$@"
