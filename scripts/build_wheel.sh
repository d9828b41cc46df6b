#!/usr/bin/env bash
# Builds the Python package into Python/dist: a wheel with the shared library and those that it needs, and a source distribution.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=.venv-python
scripts/python_tools.sh "$tools"
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
rm -rf Python/dist
"$tools/bin/python" -m build --no-isolation --sdist --wheel --outdir "$made" Python >"$made/log" || {
    cat "$made/log"
    exit 1
}
PATH="$PWD/$tools/bin:$PATH" "$tools/bin/auditwheel" repair --wheel-dir Python/dist "$made"/*.whl >"$made/log" 2>&1 || {
    cat "$made/log"
    exit 1
}
cp "$made"/*.tar.gz Python/dist
ls -sh Python/dist
