#!/usr/bin/env bash
# Make the reader: lines, training, export, measure, in build/reader. usage: [MINUTES=10] [LINES=30000] [START=FILE] scripts/train_reader.sh
# START: an fp32 reader to go on from; START= begins from nothing, which takes hours (training/README.md).
set -euo pipefail
cd "$(dirname "$0")/.."

start=${START-training/reader_fp32.onnx}
tools=build/training
if ! [ -x "$tools/bin/torchrun" ]; then
  echo "Đang cài PyTorch vào $tools (vài GB)… · Installing PyTorch into $tools (some GB)…" >&2
  "${PYTHON:-python3}" -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
  "$tools/bin/pip" install --quiet --disable-pip-version-check -r training/requirements.txt
fi
export PYTHONPATH=.
# Tensors of a batch are kept, not given back to the system and fetched anew at every step.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=8589934592
python=$tools/bin/python
"$python" -m training.lines --out build/reader/lines --count "${LINES:-30000}"
"$python" -m training.train --lines build/reader/lines --out build/reader --minutes "${MINUTES:-10}" ${start:+--start "$start"}
"$python" -m training.export --state build/reader/state.pt --lines build/reader/lines --out build/reader
"$python" -m training.measure --count "${MEASURED:-500}" \
  --readers shipped=extractors/data/reader_int8.onnx new=build/reader/reader_int8.onnx
