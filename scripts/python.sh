#!/bin/sh
# Print a Python for the stack named in $1 (current: 3.12 or newer, else 3.11; previous and teak: 3.11), or explain what to install.
set -eu
case "$1" in
  current) versions="3.12 3.13 3.11" ;;
  previous | teak) versions="3.11" ;;
  *) echo "usage: scripts/python.sh current|previous|teak" >&2; exit 2 ;;
esac

works() { "$1" -c "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != tuple(map(int, '$2'.split('.'))))" >/dev/null 2>&1; }

for version in $versions; do
  # on the path; then those that pyenv keeps; then whatever plain python3 is
  for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python python3; do
    if works "$candidate" "$version"; then
      command -v "$candidate"
      exit 0
    fi
  done
done
echo "No Python ($versions) with the venv module was found. On Debian or Ubuntu: apt-get install python3 python3-venv" >&2
exit 1
