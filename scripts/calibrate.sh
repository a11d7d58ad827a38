#!/usr/bin/env bash
# Find the weights of the confidence anew (benchmarks/CALIBRATION.md). usage: [SET=build/calibration/set] scripts/calibrate.sh
# What SET holds already, documents and what was read of them, is taken from there; without it the way takes an hour and a half.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=build/calibration
if ! [ -f "$tools/whole" ]; then
  echo "Đang cài scikit-learn và matplotlib vào $tools… · Installing scikit-learn and matplotlib into $tools…" >&2
  "${PYTHON:-python3}" -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
  "$tools/bin/pip" install --quiet --disable-pip-version-check -r benchmarks/calibration/requirements.txt
  "$tools/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
  touch "$tools/whole"
fi
PYTHONPATH=. "$tools/bin/python" -m benchmarks.calibration --set "${SET:-build/calibration/set}" "$@"
