#!/bin/sh
# Every test on one environment: scripts/test.sh VENV [pytest arguments]
set -eu
cd "$(dirname "$0")/.."
venv=$1
shift
printf '%s\n' "-> $("$venv/bin/python" -V): JavaScript"
node --test tests/js/*.test.mjs tests/js/*/*.test.mjs
printf '%s\n' "-> $("$venv/bin/python" -V): Python, course, packaging and browser"
"$venv/bin/python" -m pytest "$@"
