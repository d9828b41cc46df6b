#!/usr/bin/env bash
# Tests the wheel of Python/dist on a cluster of Spark: a master and two workers on this machine, for the time of the tests.
set -euo pipefail
cd "$(dirname "$0")/.."
wheel=$(echo Python/dist/oddity-*.whl)
scripts/spark_tools.sh .venv-spark
.venv-spark/bin/pip install --quiet --no-compile --disable-pip-version-check --force-reinstall --no-deps "$wheel"
export ODDITY_BINARY="$PWD/.build/release/oddity"
.venv-spark/bin/pytest -q -c Python/pyproject.toml --rootdir Python Python/tests_spark "$@"
