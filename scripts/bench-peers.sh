#!/bin/sh
# scripts/bench-peers.sh [--plots FOLDER]
# Measure our blocks beside branching-xblock, drag-and-drop-v2, poll and h5p-xblock, in an
# environment that is thrown away afterwards. See tests/benches/peers.py.
set -eu
cd "$(dirname "$0")/.."
python=$(scripts/python.sh current)
folder=$(mktemp -d "${TMPDIR:-/tmp}/dti-peers.XXXXXX")
trap 'rm -rf "$folder"' EXIT INT TERM
printf '%s\n' "-> Making an environment with the peers (a few minutes)"
"$python" -m venv "$folder/venv"
pip="scripts/quiet.sh $folder/venv/bin/python -m pip install --quiet --disable-pip-version-check"
$pip --editable ".[preview]"
for peer in branching-xblock xblock-drag-and-drop-v2 xblock-poll h5p-xblock; do
  $pip "$peer" || printf '%s\n' "$peer cannot be had here; docs/decisions/0009-measured-beside-peers.md has what was measured with it."
done
printf '%s\n' "-> Measuring (a few minutes)"
TMPDIR=$folder "$folder/venv/bin/python" tests/benches/peers.py "$@"
