#!/usr/bin/env bash
# Runs the README's console examples in a folder with the demo's tables and the examples, and compares what it prints with what stands
# there. Kinds of processors round differently, so of the numbers only the AUROC is compared, to 0.02.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root"/Sources/COddityDemoData/*.csv "$work"
cp -r "$root"/Examples/fabric "$root"/Examples/pump "$work"
cd "$work"
export PATH="$root/.build/release:$PATH"
python3 - "$root/README.md" <<'PYTHON'
import re, subprocess, sys

text = open(sys.argv[1], encoding="utf-8").read()
blocks = re.findall(r"```console\n(.*?)```", text, re.S)
steps = [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.M)[1:]]
number = re.compile(r"\d[\d,]*\.?\d*")
failed = 0
for step in steps:
    command, _, expected = step.partition("\n")
    run = subprocess.run(
        command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    printed = run.stdout.strip()
    same_words = number.sub("#", printed).split() == number.sub("#", expected.strip()).split()
    figures = [re.findall(r"AUROC ([\d.]+)", t) for t in (printed, expected)]
    close = len(figures[0]) == len(figures[1]) and all(
        abs(float(x) - float(y)) <= 0.02 for x, y in zip(*figures))
    if run.returncode or not same_words or not close:
        failed += 1
        print(f"README: `{command}` exited {run.returncode} and printed\n{printed}\nbut the README says\n{expected}")
print(f"README: {len(steps) - failed} passed, {failed} failed")
sys.exit(1 if failed or not steps else 0)
PYTHON
