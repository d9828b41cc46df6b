#!/usr/bin/env bash
# Runs `swift test` with the given arguments and, if tests fail, repeats at the end what failed: a long log hides it.
set -euo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
"${SWIFT:-swift}" test "$@" 2>&1 | tee "$log" || status=$?
if [ "$status" -ne 0 ]; then
    echo "Failed:"
    grep -E '^✘|^ *↳|error:|ERROR: |WARNING: ThreadSanitizer|SUMMARY: ' "$log" | cut -c1-400 | tail -n 60 || true
fi
exit "$status"
