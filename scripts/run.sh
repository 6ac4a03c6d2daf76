#!/bin/sh
# Check and pack the course, then show it: scripts/run.sh VENV PORT [PATH THROUGH THE COURSE] [LANGUAGE]
set -eu
cd "$(dirname "$0")/.."
venv=$1 port=$2
set -- ${3:+--path "$3"} ${4:+--language "$4"}
printf '%s\n' "-> Checking the course"
"$venv/bin/dti-course" validate course_export "$@"
printf '%s\n' "-> Packing the course"
"$venv/bin/dti-course" build course_export --into dist "$@"
printf '%s\n' "-> Starting the preview"
exec "$venv/bin/dti-course" preview course_export --port "$port" --state var/preview "$@"
