#!/usr/bin/env bash
# Runs the recipes of the documentation on a small table. A recipe whose tools are not there is skipped, which is said.
# In CI what pip can bring (duckdb, pandas) is installed into a folder of its own.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$root/.build/release:$PATH"
if [ "${CI:-}" = true ] && python3 -m venv "$work/tools" 2>/dev/null; then
    "$work/tools/bin/pip" install --quiet numpy pandas openpyxl duckdb-cli 2>/dev/null \
        || echo "recipes: pip cannot install numpy, pandas, openpyxl and duckdb-cli" >&2
    export PATH="$work/tools/bin:$PATH"
fi
cd "$work"
python3 - "$root/Sources/Oddity/Oddity.docc/Recipes.md" <<'PYTHON'
import json, lzma, os, random, re, shutil, subprocess, sys

def has(tool):
    if tool in ("numpy", "pandas"):
        modules = {"numpy": "numpy", "pandas": "pandas, openpyxl"}[tool]
        return subprocess.run(["python3", "-c", "import " + modules], capture_output=True).returncode == 0
    if tool == "postgres":
        return subprocess.run("psql --csv -c 'SELECT 1 FROM readings'", shell=True, capture_output=True).returncode == 0
    return shutil.which(tool) is not None

# The data of all recipes, in the forms that they speak of.
random.seed(4)
rows = []
for number in range(150):
    flow = 12 + random.random() * 4
    rows.append((round(20 + flow / 2 + random.gauss(0, 0.2), 3), round(flow, 3), round(3 + flow / 8 + random.gauss(0, 0.05), 4)))
names = ["temperature", "flow", "pressure"]
text = ",".join(names) + "\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
open("readings.csv", "w").write(text)
os.mkdir("days")
for day in range(3):
    part = rows[day * 50:day * 50 + 50]
    open(f"days/day-{day + 1}.csv", "w").write(
        ",".join(names) + "\n" + "".join(",".join(map(str, row)) + "\n" for row in part))
open("nested.jsonl", "w").write("".join(json.dumps({"values": dict(zip(names, row))}) + "\n" for row in rows))
lzma.open("readings.csv.xz", "wt").write(text)
for tool, command in [
    ("zstd", "zstd -q readings.csv"),
    ("sqlite3", "sqlite3 readings.sqlite '.import --csv readings.csv readings'"),
    ("duckdb", "duckdb -c \"COPY (FROM 'readings.csv') TO 'readings.parquet'\""),
    ("pandas", "python3 -c \"import pandas; t = pandas.read_csv('readings.csv'); t.to_pickle('readings.pickle');"
               " t.to_excel('readings.xlsx', index=False)\""),
]:
    if has(tool):
        subprocess.run(command, shell=True, check=True)

passed = failed = skipped = 0
for recipe in re.findall(r"```sh\n(.*?)```", open(sys.argv[1], encoding="utf-8").read(), re.S):
    needed = re.findall(r"^# needs: (.*)$", recipe, re.M)
    lacking = [tool for tool in " ".join(needed).split() if not has(tool)]
    first = next(line for line in recipe.splitlines() if not line.startswith("#"))
    if lacking:
        skipped += 1
        print(f"recipes: skipped, {' and '.join(lacking)} not there: {first}")
        continue
    run = subprocess.run(["bash", "-euo", "pipefail", "-c", recipe], capture_output=True, text=True)
    passed += run.returncode == 0
    if run.returncode:
        failed += 1
        print(f"recipes: exit {run.returncode}:\n{recipe}{run.stdout[-2000:]}{run.stderr[-2000:]}")
print(f"recipes: {passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or not passed else 0)
PYTHON
