#!/usr/bin/env python3
"""What happens to the false-alarm rate when data are scored in the order in which they came, and what `oddity recalibrate` changes.

    python3 scripts/research/evaluate_shift.py FOLDER [--oddity .build/release/oddity] [--rate 0.01] [--rows 6000]

FOLDER holds tables as .npz files with X (rows by columns) and y (1 for an anomaly), such as those of ADBench; or series, as .npz files with data (rows
by channels), label and train_n, such as those of TSB-AD, or as NAME_train.npy, NAME_test.npy and NAME_test_label.npy. Of tables the first half of the normal rows trains,
of series the first train_n rows; the next tenth of the normal rows recalibrates, and the rest is scored before and after: prints the share of normal rows that is called
anomalies each time, and whether `score` said that the data are not like those of the training. Needs numpy only.
"""
import argparse
import csv
import glob
import os
import subprocess
import tempfile

import numpy as np


def table(z, limit):
    """The training rows, all others, their labels, and the options of fit."""
    rows = np.asarray(z["X"], float)[np.asarray(z["y"]).astype(int).ravel() == 0]
    if len(rows) > limit:
        rows = rows[np.linspace(0, len(rows) - 1, limit).astype(int)]
    half = len(rows) // 2
    return rows[:half], rows[half:], np.zeros(len(rows) - half, int), []


def data_sets(folder, limit):
    """Of each set its name, the training rows, all others, their labels, and the options of fit."""
    for path in sorted(glob.glob(os.path.join(folder, "*.npz"))):
        with np.load(path, allow_pickle=True) as z:
            if "X" in z:
                found = table(z, limit)
            else:
                n = int(z["train_n"])
                found = z["data"][:n], z["data"][n:], z["label"][n:].astype(int), ["--series"]
        yield os.path.basename(path)[:-4], *found
    for path in sorted(glob.glob(os.path.join(folder, "*_train.npy"))):
        name = path[: -len("_train.npy")]
        labels = np.load(name + "_test_label.npy").astype(int).ravel()
        yield os.path.basename(name), np.load(path), np.load(name + "_test.npy"), labels, ["--series"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--rows", type=int, default=6000, help="at most so many normal rows of a table, evenly spaced")
    options = parser.parse_args()
    oddity = os.path.abspath(options.oddity)
    shares, noted, far = [], 0, 0
    print(f"{'data':40} {'rows':>6} {'before':>8} {'after':>8}  said so")
    for name, training, new, labels, words in data_sets(options.folder, options.rows):
        normal = np.flatnonzero(labels == 0)
        tenth = len(normal) // 10 if words else (len(training) + len(new)) // 10
        cut = normal[tenth]
        with tempfile.TemporaryDirectory() as folder:
            train, newer, truth, later, model, moved, scores = (
                os.path.join(folder, n)
                for n in ("train.npy", "newer.npy", "truth.npy", "later.npy", "model", "moved", "scores.csv")
            )
            # A series goes on from its first row, which the scores of later ones depend on.
            first = 0 if words else cut
            np.save(train, training)
            np.save(newer, new[:cut])
            np.save(truth, labels[:cut].astype(float))
            np.save(later, new[first:])

            def run(*arguments):
                return subprocess.run([oddity, *arguments], check=True, capture_output=True, text=True).stderr

            def flagged(model):
                said = run("score", model, later, "--output", scores, "--reasons", "0", "--false-alarm-rate", str(options.rate))
                with open(scores) as f:
                    verdicts = np.array([r["anomaly"] == "1" for r in csv.DictReader(f)])
                return 100 * verdicts[normal[tenth:] - first].mean(), said

            run("fit", train, "--output", model, *words)
            before, said = flagged(model)
            # Fewer rows than 20 cannot say how rare a score is, and the first ones of a series have none.
            after = float("nan")
            if tenth >= 20:
                try:
                    run("recalibrate", model, newer, "--output", moved, *(["--labels", truth] if words else []))
                    after, _ = flagged(moved)
                except subprocess.CalledProcessError:
                    pass
        is_noted = any(part in said for part in ("were expected", "not what they were", "as odd as the oddest"))
        noted, far = noted + (is_noted and before > 500 * options.rate), far + (before > 500 * options.rate)
        shares.append((before, after))
        print(f"{name[:40]:40} {len(normal) - tenth:6} {before:7.2f}% {after:7.2f}%  {'yes' if is_noted else '–'}", flush=True)
    if not shares:
        parser.error(f"{options.folder} holds no tables and no series; give the folder of one kind, such as that of ADBench")
    before, after = np.array(shares).T
    print(f"median before {np.median(before):.2f}%, after {np.nanmedian(after):.2f}%; of {far} sets above five times the rate {noted} were noted")


if __name__ == "__main__":
    main()
