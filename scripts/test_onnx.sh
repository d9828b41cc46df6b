#!/usr/bin/env bash
# Runs check_onnx.py with the built command, in a virtual environment of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=.venv-onnx
if [ ! -e "$tools/complete" ]; then
    python3 -m venv --clear "$tools"
    "$tools/bin/pip" install --quiet --no-compile --disable-pip-version-check numpy onnx onnxruntime
    touch "$tools/complete"
fi
"$tools/bin/python" scripts/check_onnx.py "$@"
