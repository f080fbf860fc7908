#!/bin/sh
# Prints the path of uv, fetching it into .cache/ when the machine has none. What it does is said on stderr.
set -eu
cd "$(dirname "$0")/.."
cache="$PWD/.cache"

works() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

for candidate in "$(command -v uv || true)" "${HOME:-/}/.local/bin/uv" "$cache/uv-venv/bin/uv" "$cache/uv/uv"; do
  if works "$candidate"; then echo "$candidate"; exit 0; fi
done

python=""
for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
  if command -v "$candidate" >/dev/null 2>&1 \
    && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python="$candidate"; break
  fi
done
if [ -z "$python" ]; then
  echo "Deskwell needs Python 3.11 or newer, and none was found. On Debian: apt-get install python3" >&2
  exit 1
fi

echo "→ fetching uv, the package manager, into .cache/" >&2
mkdir -p "$cache"
# Debian's python3 comes without ensurepip unless python3-venv is installed; then the second way works
if "$python" -m venv "$cache/uv-venv" >/dev/null 2>&1 \
  && "$cache/uv-venv/bin/python" -m pip install --quiet --disable-pip-version-check uv >&2 \
  && works "$cache/uv-venv/bin/uv"; then
  echo "$cache/uv-venv/bin/uv"; exit 0
fi
rm -rf "$cache/uv-venv"
"$python" scripts/fetch_uv.py "$cache/uv" >&2
works "$cache/uv/uv" || { echo "uv was fetched but does not run on this machine." >&2; exit 1; }
echo "$cache/uv/uv"
