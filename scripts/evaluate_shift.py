#!/usr/bin/env python3
"""What happens to the false-alarm rate when tables are scored in the order of their file, and what `oddity recalibrate` changes.

    python3 scripts/evaluate_shift.py FOLDER [--oddity .build/release/oddity] [--rate 0.01] [--rows 6000]

FOLDER holds tables as .npz files with X (rows by columns) and y (1 for an anomaly), such as those of ADBench. Of each, the first half of the normal rows
trains, the next tenth recalibrates, and the rest is scored before and after: prints the share that is called anomalies each time, and whether
`score` said that the data are not like those of the training. Needs numpy only.
"""
import argparse
import csv
import glob
import os
import subprocess
import tempfile

import numpy as np


def write(path, rows):
    with open(path, "w") as f:
        f.write(",".join(f"x{j}" for j in range(rows.shape[1])) + "\n")
        for row in rows:
            f.write(",".join("" if np.isnan(v) else f"{v:.9g}" for v in row) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--rows", type=int, default=6000, help="at most so many normal rows of a table, evenly spaced")
    options = parser.parse_args()
    oddity = os.path.abspath(options.oddity)
    table, noted, far = [], 0, 0
    print(f"{'table':24} {'rows':>6} {'before':>8} {'after':>8}  said so")
    for path in sorted(glob.glob(os.path.join(options.folder, "*.npz"))):
        with np.load(path, allow_pickle=True) as z:
            rows = np.asarray(z["X"], float)[np.asarray(z["y"]).astype(int).ravel() == 0]
        if len(rows) > options.rows:
            rows = rows[np.linspace(0, len(rows) - 1, options.rows).astype(int)]
        half, tenth = len(rows) // 2, len(rows) // 10
        with tempfile.TemporaryDirectory() as folder:
            train, newer, later, model, moved, scores = (
                os.path.join(folder, n) for n in ("train.csv", "newer.csv", "later.csv", "model", "moved", "scores.csv")
            )
            write(train, rows[:half])
            write(newer, rows[half : half + tenth])
            write(later, rows[half + tenth :])

            def run(*words):
                return subprocess.run([oddity, *words], check=True, capture_output=True, text=True).stderr

            def flagged(model):
                said = run("score", model, later, "--output", scores, "--reasons", "0", "--false-alarm-rate", str(options.rate))
                with open(scores) as f:
                    return 100 * np.mean([r["anomaly"] == "1" for r in csv.DictReader(f)]), said

            run("fit", train, "--output", model)
            before, said = flagged(model)
            # Fewer rows than 20 cannot say how rare a score is.
            after = float("nan")
            if tenth >= 20:
                run("recalibrate", model, newer, "--output", moved)
                after, _ = flagged(moved)
        is_noted = "were expected" in said or "not what they were" in said
        noted, far = noted + (is_noted and before > 500 * options.rate), far + (before > 500 * options.rate)
        table.append((before, after))
        print(f"{os.path.basename(path)[:-4]:24} {len(rows) - half - tenth:6} {before:7.2f}% {after:7.2f}%  {'yes' if is_noted else '–'}", flush=True)
    before, after = np.array(table).T
    print(f"median before {np.median(before):.2f}%, after {np.nanmedian(after):.2f}%; of {far} tables above five times the rate {noted} were noted")


if __name__ == "__main__":
    main()
