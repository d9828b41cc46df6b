#!/usr/bin/env bash
# Loads the pages that `oddity demo` and the examples write in a browser, wide and narrow, and moves the threshold of each evaluation.
# Skipped where Chromium or Playwright cannot be had.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
    echo "pages: skipped, there is no Chromium (apt-get install chromium)"
    exit 0
fi
python="$root/.venv-pages/bin/python"
if ! "$python" -c "import playwright" 2>/dev/null; then
    if ! python3 -m venv "$root/.venv-pages" || ! "$python" -m pip install --quiet playwright; then
        echo "pages: skipped, Playwright cannot be installed (apt-get install python3-venv; pip install playwright)"
        exit 0
    fi
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
oddity="$root/.build/release/oddity"
"$oddity" demo --output "$work/demo" >"$work/log" 2>&1
"$oddity" fit "$root/Examples/fabric" --output "$work/fabric.safetensors" >>"$work/log" 2>&1
"$oddity" evaluate "$work/fabric.safetensors" "$root/Examples/fabric" --report "$work/fabric.html" >>"$work/log" 2>&1
"$oddity" fit "$root/Examples/pump/normal.csv" --time time --output "$work/pump.safetensors" >>"$work/log" 2>&1
"$oddity" evaluate "$work/pump.safetensors" "$root/Examples/pump/new.csv" --label fault --report "$work/pump.html" >>"$work/log" 2>&1
"$oddity" find "$root"/Sources/COddityDemoData/benign-train.csv --report "$work/find.html" >>"$work/log" 2>&1
"$python" "$root/scripts/check_pages.py" "$browser" $(find "$work" -name '*.html' | sort)
