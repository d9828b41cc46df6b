#!/usr/bin/env bash
# Installs Java where it is missing, and makes a virtual environment with what the package is tested with on Spark, unless it is there.
set -euo pipefail
if ! command -v java >/dev/null; then
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless
fi
test -e "$1/complete" && exit
python3 -m venv --clear "$1"
# PySpark does not work with pandas 3 in full.
"$1/bin/pip" install --quiet --no-compile --disable-pip-version-check \
    joblibspark 'pandas<3' pyarrow 'pyspark>=4.1' pytest scikit-learn
touch "$1/complete"
