#!/usr/bin/env bash
# Runs the console examples of the README, then those of articles, in a folder with the demo's tables and the examples, and compares what
# they print with what stands there. Kinds of processors round differently, so of the numbers only the AUROC is compared, to 0.02.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root"/Sources/COddityDemoData/*.csv "$work"
cp -r "$root"/Examples/fabric "$root"/Examples/pump "$work"
cd "$work"
export PATH="$root/.build/release:$PATH"
articles="$root/Sources/Oddity/Oddity.docc"
python3 - "$root/README.md" "$articles/JudgingAModel.md" "$articles/ChoosingAThreshold.md" "$articles/WhenDataChange.md" \
    "$articles/TheSearch.md" <<'PYTHON'
import re, subprocess, sys

def examples(path):
    blocks = re.findall(r"```console\n(.*?)```", open(path, encoding="utf-8").read(), re.S)
    return [step for block in blocks for step in re.split(r"^\$ ", block, flags=re.M)[1:]]


steps = [step for path in sys.argv[1:] for step in examples(path)]
number = re.compile(r"\d[\d,]*\.?\d*")
failed = 0
for step in steps:
    command, _, expected = step.partition("\n")
    run = subprocess.run(
        command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # How long it takes is told where it takes long.
    printed = re.sub(r"^training +\d+ %, at most .*\n", "", run.stdout, flags=re.M).strip()
    same_words = number.sub("#", printed).split() == number.sub("#", expected.strip()).split()
    figures = [re.findall(r"AUROC ([\d.]+)", t) for t in (printed, expected)]
    close = len(figures[0]) == len(figures[1]) and all(
        abs(float(x) - float(y)) <= 0.02 for x, y in zip(*figures))
    if run.returncode or not same_words or not close:
        failed += 1
        print(f"`{command}` exited {run.returncode} and printed\n{printed}\nbut the page says\n{expected}")
print(f"examples: {len(steps) - failed} passed, {failed} failed")
sys.exit(1 if failed or not steps else 0)
PYTHON
