#!/usr/bin/env python3
"""How many normal rows are flagged in series that rise, wander or repeat, and which planted events are found?

    python3 scripts/research/evaluate_trends.py [--oddity .build/release/oddity] [--series 8] [--seed 0] [--fit-options "--trend keep"]

Makes series like those of Yahoo's S5, 1,000 rows to learn from and 1,000 to be judged, of noise of deviation 1 and
    trend         a line that moves by 5 to 20 in a thousand rows, up or down
    walk          a random walk with steps of deviation 0.3
    trend+season  the line and two waves of 24 and 168 rows, of 2 to 4 and 1 to 2
    walk+season   the walk and the waves
    season        the waves alone
    steady        slow noise, of which each row keeps 95 %, of the same deviation
In the rows to be judged are six spikes, of one row, each of 8 to 12, and where the level moves on anyway two jumps to another one, of as much. A
spike is found if its row is flagged, a jump if one of its first five rows is. The first 32 rows of a new level count neither way: how long it is
told is a matter of taste. Prints for each kind the share of the other rows that are flagged at p <= 0.01, on average and in the worst series, and the shares of spikes
and jumps that are found. Needs numpy.
"""
import argparse
import csv
import pathlib
import shlex
import subprocess
import tempfile

import numpy as np

ROWS = 1000
KINDS = ["trend", "walk", "trend+season", "walk+season", "season", "steady"]
BEHIND_JUMP = 32


def wave(random, time, period, low, high):
    return random.uniform(low, high) * np.sin(2 * np.pi * (time / period + random.uniform()))


def series(kind, random):
    """Values of twice ROWS rows, and the rows of spikes and jumps among the later half."""
    time = np.arange(2 * ROWS)
    values = random.normal(0, 1, len(time))
    if "trend" in kind:
        values += random.choice([-1, 1]) * random.uniform(5, 20) / 1000 * time
    if "walk" in kind:
        values += np.cumsum(random.normal(0, 0.3, len(time)))
    if "season" in kind:
        values += wave(random, time, 24, 2, 4) + wave(random, time, 168, 1, 2)
    if kind == "steady":
        slow, steps = 0.0, random.normal(0, np.sqrt(1 - 0.95**2), len(time))
        for row, step in enumerate(steps):
            slow = 0.95 * slow + step
            values[row] += slow
    # Events lie at least 60 rows apart.
    places = ROWS + 80 + 115 * np.arange(8) + random.integers(0, 55, 8)
    jumps = np.sort(random.choice(places, 2, replace=False))
    spikes = np.setdiff1d(places, jumps)
    for row in spikes:
        values[row] += random.choice([-1, 1]) * random.uniform(8, 12)
    if "trend" not in kind and "walk" not in kind:
        jumps = jumps[:0]
    for row in jumps:
        values[row:] += random.choice([-1, 1]) * random.uniform(8, 12)
    return values, spikes, jumps


def verdicts(options, values):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, part in [("train", values[:ROWS]), ("all", values)]:
            text = "value\n" + "".join(f"{value:.4f}\n" for value in part)
            (folder / f"{name}.csv").write_text(text)
        model, scores = folder / "model", folder / "scores.csv"
        fit = [options.oddity, "fit", folder / "train.csv", "--series", "--output", model]
        subprocess.run(fit + shlex.split(options.fit_options), check=True, capture_output=True)
        score = [options.oddity, "score", model, folder / "all.csv", "--output", scores]
        subprocess.run(score, check=True, capture_output=True)
        with open(scores, newline="") as file:
            return np.array([row["anomaly"] == "1" for row in csv.DictReader(file)])


def judge(options, kind, random):
    """The share of normal rows that are flagged, and of spikes and jumps that are found."""
    values, spikes, jumps = series(kind, random)
    flags = verdicts(options, values)
    normal = np.arange(len(values)) >= ROWS
    normal[spikes] = False
    for row in jumps:
        normal[row:row + BEHIND_JUMP] = False
    return (100 * flags[normal].mean(), 100 * flags[spikes].mean(),
            100 * np.mean([flags[row:row + 5].any() for row in jumps] or [np.nan]))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--series", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--fit-options", default="")
    options = parser.parse_args()
    print("kind          series  flagged: mean   worst   spikes   jumps found")
    for kind in options.kinds.split(","):
        found = np.array([
            judge(options, kind, np.random.default_rng([options.seed, KINDS.index(kind), number]))
            for number in range(options.series)
        ])
        mean = found.mean(0)
        jumps = f"{mean[2]:6.1f} %" if np.isfinite(mean[2]) else "     –"
        print(f"{kind:14} {options.series:5}  {mean[0]:11.2f} % {found[:, 0].max():6.2f} %"
              f" {mean[1]:6.1f} % {jumps}", flush=True)


if __name__ == "__main__":
    main()
