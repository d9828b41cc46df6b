"""Runs `oddity-bench` and PyTorch in turn and prints how many times faster Oddity is.

    python3 scripts/compare_benchmarks.py [--python PYTHON] [--rounds N] [--only TEXT] [--bench PATH]

Both sides measure the same cases with 1 and with 2 threads. Each side's figure is its best over all
rounds and both numbers of threads; alternating keeps other work on the machine from favouring one.
The last column compares the processor time with one thread, which other work hardly changes.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def lines(command):
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in output.splitlines()]


def build():
    command = [
        "swift", "build", "-c", "release", "--package-path", str(ROOT), "--product", "oddity-bench",
        "--scratch-path", str(ROOT / ".build-bench"), "--disable-build-manifest-caching",
    ]
    environment = os.environ | {"ODDITY_BENCHMARKS": "1"}
    subprocess.run(command, check=True, stdout=sys.stderr, env=environment)
    path = subprocess.run(
        command + ["--show-bin-path"], check=True, capture_output=True, text=True, env=environment
    )
    return str(pathlib.Path(path.stdout.strip()) / "oddity-bench")


def better(unit, left, right):
    """The better of two figures, where one may be missing."""
    if left is None:
        return right
    return min(left, right) if "per step" in unit else max(left, right)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", default=sys.executable, help="a Python that has torch")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--only", default="")
    parser.add_argument("--bench", help="the built oddity-bench; built when not given")
    options = parser.parse_args()
    common = ["--only", options.only, "--repeats", str(options.repeats)]
    sides = {
        "oddity": [options.bench or build()] + common,
        "pytorch": [options.python, str(ROOT / "scripts/bench_pytorch.py")] + common,
    }
    best, units = {}, {}
    for _ in range(options.rounds):
        for side, command in sides.items():
            for line in lines(command):
                case = (line["benchmark"], line["name"])
                units[case] = line["unit"]
                values = {line["threads"]: line["best"], "best": line["best"]}
                if line["threads"] == 1:
                    values["cpu"] = line["cpu"]
                found = best.setdefault(case, {})
                for key, value in values.items():
                    found[side, key] = better(line["unit"], found.get((side, key)), value)
    print(f"{'case':<42}{'unit':<17}{'Oddity 1':>10}{'2':>10}{'PyTorch 1':>11}{'2':>10}"
          f"{'ratio':>8}{'CPU ratio':>11}")
    for case, found in best.items():
        if ("pytorch", "best") not in found:
            continue
        ratios = [found["oddity", key] / found["pytorch", key] for key in ("best", "cpu")]
        if "per step" in units[case]:
            ratios = [1 / ratio for ratio in ratios]
        cells = [found[side, threads] for side in sides for threads in (1, 2)]
        print(f"{' '.join(case):<42}{units[case]:<17}{cells[0]:>10.0f}{cells[1]:>10.0f}"
              f"{cells[2]:>11.0f}{cells[3]:>10.0f}{ratios[0]:>7.1f}x{ratios[1]:>10.1f}x")


if __name__ == "__main__":
    main()
