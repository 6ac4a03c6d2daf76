#!/bin/sh
# Write scripts/current-stack.txt and scripts/ahead-of-platform.txt anew: scripts/lock.sh VENV
# One list for Python 3.11 and newer, with markers where versions differ. Needs the network; uv, which resolves it, goes into a
# folder of its own that is removed again.
set -eu
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"$1/bin/python" -m pip install --quiet --disable-pip-version-check --target "$tools" uv
new="$tools/current-stack.txt"
cat >"$new" <<'HEAD'
# The current stack: the newest of everything on the day it was written, so that a release of somebody else's package does not change
# what `make run`, `make test` and `make lint` do. `make lock` writes it anew; then run the tests, and commit both.
# These pins bind the environments of this repository only. What a site installs is in setup.py.
HEAD
uv() { PYTHONPATH="$tools" "$python" -m uv "$@" --quiet --upgrade --no-header --no-annotate --no-progress; }
python="$1/bin/python"
uv pip compile setup.py --extra preview --extra test --extra docs --extra sign --extra media --extra films --extra papers --universal --python-version 3.11 >>"$new"

# The newest WeasyPrint and pyHanko, with all that they need: nothing else may bring it.
ahead="$tools/ahead-of-platform.txt" others="$tools/others.txt"
sed -n '/^#/p' scripts/ahead-of-platform.txt >"$ahead"
grep -vE '^(#|weasyprint==|pyhanko==|pyhanko-certvalidator==)' "$new" >"$others"
printf 'weasyprint\npyhanko\n' | uv pip compile - --python-version 3.12 --constraints "$others" >"$tools/closure.txt"
grep -v '^#' "$tools/closure.txt" >>"$ahead"
mv "$new" scripts/current-stack.txt
mv "$ahead" scripts/ahead-of-platform.txt
