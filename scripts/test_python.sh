#!/usr/bin/env bash
# Tests the wheel of Python/dist: in an environment with nothing but NumPy, and in one with pandas, scikit-learn, PyOD and others.
set -euo pipefail
cd "$(dirname "$0")/.."
wheel=$(echo Python/dist/oddity-*.whl)

# Neither Swift nor the system's libraries are to be found by accident.
bare=$(mktemp -d)
trap 'rm -rf "$bare"' EXIT
python3 -m venv "$bare/env"
"$bare/env/bin/pip" install --quiet --no-compile --disable-pip-version-check "$wheel"
(cd "$bare" && env -i env/bin/python - <<'PYTHON'
import sys

import oddity

rows = [[number % 7, number % 5] for number in range(200)]
detector = oddity.Detector(epochs=5).fit(rows)
assert detector.predict(rows).shape == (200,)
waves = [[number % 9, number % 8] for number in range(300)]
assert oddity.SeriesDetector(window=8, epochs=2).fit(waves).predict(waves).shape == (300,)
images = [[[(row * column + number) % 7 / 7 for column in range(8)] for row in range(8)] for number in range(12)]
detector = oddity.ImageDetector(options={"image_measures": "pixels"}).fit(images)
assert detector.heat_maps(images).shape == (12, 8, 8)
assert not {"pandas", "sklearn", "pyod"} & set(sys.modules), "only NumPy is needed"
PYTHON
)

tools=.venv-python
scripts/python_tools.sh "$tools"
"$tools/bin/pip" install --quiet --no-compile --disable-pip-version-check --force-reinstall --no-deps "$wheel"
(cd Python && "../$tools/bin/mypy")
export ODDITY_BINARY="$PWD/.build/release/oddity"
# What is for Spark is tested with it.
"$tools/bin/pytest" -q -c Python/pyproject.toml --rootdir Python --ignore-glob '*/oddity/spark/*' --pyargs oddity Python/tests "$@"

# PyOD's own tests of a detector, of its last package that has tests in it. Its setup asks the package for its version, which needs
# packages of 2018; so something else answers.
own=$tools/pyod-0.5.0
if [ ! -e "$own" ]; then
    echo 'import sys, types; sys.modules["pyod"] = types.SimpleNamespace(__version__="0.5.0")' >"$bare/sitecustomize.py"
    PYTHONPATH=$bare "$tools/bin/pip" install --quiet --no-compile --disable-pip-version-check --no-deps --no-build-isolation \
        --target "$own" pyod==0.5.0
fi
"$tools/bin/python" scripts/run_pyod_tests.py "$own/pyod/test/test_knn.py"
