#!/usr/bin/env bash
# Write requirements.lock anew from pyproject.toml: pinned, with hashes, no index host.
# Pins that still fit stay; `scripts/lock.sh --upgrade` or `--upgrade-package NAME` moves them.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=build/lock-tools
[ -x "$tools/bin/uv" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet "uv>=0.9"; }

"$tools/bin/uv" pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
  --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --quiet \
  --custom-compile-command "make lock" --output-file requirements.lock "$@"

# pip 23.0 (Debian 12) takes the pin of `name[extra]` for the extra alone and then refuses `name` for having none:
# each such package stands a second time without its extra.
awk '/^[^ #]/ { extra = /^[A-Za-z0-9._-]+\[/; sub(/\[[^]]*\]/, "") } extra' requirements.lock >build/without-extras.lock
cat build/without-extras.lock >>requirements.lock
