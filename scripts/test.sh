#!/bin/sh
# The tests of one stack: scripts/test.sh current|previous|teak [pytest arguments]
# The current stack runs every test. The others run what a stack can make different: tests/suite/schedule.py says how tests are marked.
set -eu
cd "$(dirname "$0")/.."
stack=$1
shift
venv=.venv
[ "$stack" = current ] || venv=.venv-$stack
unset PYTHONDONTWRITEBYTECODE # hundreds of processes would compile the same modules again

"$venv/bin/python" tests/suite/machine.py "$stack"
case "$stack" in
  current)
    printf '%s\n' "-> JavaScript"
    node --test --test-reporter=dot tests/js/*.test.mjs
    ;;
  # A smoke of the browser tests. The domains run on Teak, with the same Python.
  previous) set -- -m "smoke or not (browser or once or content or domain)" "$@" ;;
  # What a server runs, with its exact versions; it has neither a browser nor the tool of an author's machine.
  teak) set -- -m "not (browser or once or content)" --ignore=tests/browser --ignore=tests/course "$@" ;;
esac
printf '%s\n' "-> $("$venv/bin/python" -V), $("$venv/bin/python" -m django --version | sed 's/^/Django /')"
exec "$venv/bin/python" -m pytest -n auto "$@"
