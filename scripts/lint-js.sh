#!/bin/sh
# Types and style of the browser code. The tools are in tests/js/node_modules (scripts/setup.sh); pages load nothing of them.
set -eu
cd "$(dirname "$0")/.."
tools=tests/js/node_modules/.bin
"$tools/tsc" -p tests/js/tsconfig.json
"$tools/tsc" -p tests/js/tsconfig.learners.json
"$tools/eslint" --config tests/js/eslint.config.mjs static/js
