#!/usr/bin/env python3
"""Is a daily pulse that is missing found, and is one that comes left alone?

    python3 scripts/research/evaluate_periods.py [--oddity .build/release/oddity] [--series 6] [--seed 0] [--fit-options ""]

Makes a load with a row every 10 minutes: a daily wave, slow noise, and a pulse of 30 minutes each morning, 8 deviations of the noise high and at
most 10 minutes early or late. 14 days train, 14 are judged; on three of those the pulse is missing, on two others there is one more at night.
Prints, of files with times and without (every row one step), the share of normal rows that are flagged, the mornings with a flag among those with
the usual pulse, and how many of the missing and additional pulses have a flagged row. A missing pulse counts as found in the hour and a half
from its first row on. Needs numpy.
"""
import argparse
import csv
import pathlib
import shlex
import subprocess
import tempfile

import numpy as np

DAYS = 14
STEPS = 144


def load(random):
    """Values of twice DAYS days, and the rows of usual, missing and additional pulses of the later half."""
    time = np.arange(2 * DAYS * STEPS)
    values = 3 * np.sin(2 * np.pi * (time / STEPS - 0.3))
    slow = 0.0
    for row in time:
        slow = 0.9 * slow + random.normal(0, np.sqrt(0.5 * (1 - 0.9**2)))
        values[row] += slow + random.normal(0, np.sqrt(0.5))
    days = DAYS + random.permutation(DAYS - 1)
    missing, additional = days[:3], days[3:5]
    pulses = {"usual": [], "missing": [], "additional": []}
    for day in range(2 * DAYS):
        row = day * STEPS + 42 + random.integers(-1, 2)
        if day in missing:
            pulses["missing"].append(row)
            continue
        values[row:row + 3] += 8
        if day >= DAYS:
            pulses["usual"].append(row)
    for day in additional:
        row = day * STEPS + 132
        values[row:row + 3] += 8
        pulses["additional"].append(row)
    return values, pulses


def verdicts(options, values, has_times):
    start = np.datetime64("2026-01-05T00:00:00")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, part in [("train", values[:len(values) // 2]), ("all", values)]:
            times = start + np.arange(len(part)) * np.timedelta64(10, "m")
            lines = (f"{t},{v:.3f}\n" if has_times else f"{v:.3f}\n" for t, v in zip(times, part))
            header = "time,load\n" if has_times else "load\n"
            (folder / f"{name}.csv").write_text(header + "".join(lines))
        words = ["--time", "time"] if has_times else ["--series"]
        fit = [options.oddity, "fit", folder / "train.csv", *words, "--output", folder / "model"]
        subprocess.run(fit + shlex.split(options.fit_options), check=True, capture_output=True)
        score = [options.oddity, "score", folder / "model", folder / "all.csv", "--output", folder / "scores"]
        subprocess.run(score, check=True, capture_output=True)
        with open(folder / "scores", newline="") as file:
            return np.array([row["anomaly"] == "1" for row in csv.DictReader(file)])


def judge(options, has_times, random):
    values, pulses = load(random)
    flags = verdicts(options, values, has_times)
    normal = np.arange(len(values)) >= len(values) // 2
    for row in pulses["missing"] + pulses["additional"]:
        normal[row:row + 9] = False
    found = {kind: [flags[row:row + (9 if kind == "missing" else 3)].any() for row in rows]
             for kind, rows in pulses.items()}
    return [100 * flags[normal].mean()] + [100 * np.mean(found[kind]) for kind in pulses]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--series", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fit-options", default="")
    options = parser.parse_args()
    print("rows        flagged   usual pulses   missing   additional found")
    for has_times in (True, False):
        found = np.mean([judge(options, has_times, np.random.default_rng([options.seed, number]))
                         for number in range(options.series)], 0)
        name = "with times" if has_times else "without"
        print(f"{name:10} {found[0]:7.2f} % {found[1]:12.1f} % {found[2]:7.1f} % {found[3]:7.1f} %", flush=True)


if __name__ == "__main__":
    main()
