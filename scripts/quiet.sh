#!/bin/sh
# Run a command without its output, which is printed only when it fails: scripts/quiet.sh COMMAND...
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" >"$log" 2>&1 && exit 0
status=$?
cat "$log" >&2
exit $status
