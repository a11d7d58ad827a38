#!/usr/bin/env bash
# Write build/chitieu-bundle.tar: the project with its models and all Python packages, for a PC that never sees the
# internet, of the same Debian release and with the same Python as this one.
# There: tar xf chitieu-bundle.tar && cd chitieu && scripts/setup.sh run
set -euo pipefail
cd "$(dirname "$0")/.."

place=build/bundle/chitieu
rm -rf build/bundle
mkdir -p "$place/wheels"
git archive HEAD | tar -x -C "$place"
# The lock names every package: none has to be looked for.
.venv/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
  -r requirements.lock --dest "$place/wheels"
tar -C build/bundle -cf build/chitieu-bundle.tar chitieu
rm -rf build/bundle
ls -lh build/chitieu-bundle.tar
