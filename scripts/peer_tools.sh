#!/usr/bin/env bash
# Makes a virtual environment with what Oddity is measured beside, unless it is there.
set -euo pipefail
test -e "$1/complete" && exit
python3 -m venv --clear "$1"
pip=("$1/bin/pip" install --quiet --no-compile --disable-pip-version-check)
# Where it is to be had, the build of PyTorch without what graphics cards need.
"${pip[@]}" torch==2.13.0+cpu 2>/dev/null || "${pip[@]}" torch==2.13.0
"${pip[@]}" duckdb numpy onnx onnxruntime polars pyod scikit-learn tqdm
touch "$1/complete"
