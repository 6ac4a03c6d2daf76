#!/bin/sh
# The tests of one stack: scripts/test.sh current|long|every|previous|teak [pytest arguments]
# With COVERAGE set, what the tests reach is written into var/coverage.
# The current stack runs every test: `current` those that somebody waits for, `long` those that try the same at length, `every` both.
# The other stacks run what a stack can make different. tests/suite/schedule.py says how tests are marked.
set -eu
cd "$(dirname "$0")/.."
stack=$1
shift
venv=.venv
case "$stack" in previous | teak) venv=.venv-$stack ;; esac
unset PYTHONDONTWRITEBYTECODE # hundreds of processes would compile the same modules again

PYTHONPATH=tests "$venv/bin/python" -m suite.machine "$stack"
case "$stack" in
  current | every)
    printf '%s\n' "-> JavaScript"
    node --test --test-reporter=dot tests/js/*.test.mjs tests/js/*/*.test.mjs
    ;;
esac
case "$stack" in
  current) set -- -m "not long" "$@" ;;
  long) set -- -m "long" "$@" ;;
  # Each thing once where it can differ. What a server runs is tried on Teak, with the same Python and Django, lxml and exact
  # pins; here what Teak has not: XBlock with the platform's own blocks, under the course tool and the preview, and a smoke of
  # the browser tests.
  previous) set -- -m "smoke or not (browser or once or content or domain or long)" "$@" tests/course tests/browser ;;
  # It has neither a browser nor the tool of an author's machine.
  teak) set -- -m "not (browser or once or content)" --ignore=tests/browser --ignore=tests/course "$@" ;;
esac
printf '%s\n' "-> $("$venv/bin/python" -V), $("$venv/bin/python" -m django --version | sed 's/^/Django /')"
run=
[ -z "${COVERAGE:-}" ] || {
  run="-m coverage run"
  rm -rf var/coverage
  mkdir -p var/coverage
  export COVERAGE_FILE="$PWD/var/coverage/data"
}
# shellcheck disable=SC2086 # words
exec "$venv/bin/python" $run -m pytest -n auto "$@"
