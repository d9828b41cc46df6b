#!/usr/bin/env python3
"""Whether `oddity tune` chooses well without labels, on the tables of ADBench.

    python3 scripts/research/evaluate_search.py FOLDER [--oddity .build/release/oddity] [--seed 0]
                                       [--tune-options "--strategy random"]

The tables and their split are those of evaluate_tables.py. The search sees the normal training rows only; the
labelled rows are scored beside it, to know what each trial would have reached. Of the trials that were
trained in full it prints what four ways to choose reach: the start of the search (the default detector), the
search itself (separation), the least held-out loss, and the labelled rows themselves (the best there was).
Needs numpy.
"""
import argparse
import csv
import pathlib
import shlex
import subprocess
import tempfile

import numpy as np

from evaluate_tables import split, write

WAYS = ["default", "separation", "held-out loss", "labels"]


def search(path, options):
    training, test, labels = split(path, options.seed, shuffle=False)
    with tempfile.TemporaryDirectory() as folder:
        train, judged, model, table = (
            f"{folder}/{name}" for name in ("train.csv", "test.csv", "model", "trials.csv"))
        write(train, training)
        write(judged, test, labels)
        command = [options.oddity, "tune", train, "--output", model, "--seed", str(options.seed)]
        command += ["--validation", judged, "--test", judged, "--label", "label"]
        command += ["--objective", "separation", "--table", table]
        command += shlex.split(options.tune_options)
        subprocess.run(command, check=True, capture_output=True)
        with open(table, newline="") as file:
            return [row for row in csv.DictReader(file) if float(row["share"]) == 1]


def chosen(trials):
    """The trial of each way to choose."""
    return [
        trials[0],
        next(trial for trial in trials if trial["chosen"] == "1"),
        min(trials, key=lambda trial: float(trial["held_out_loss"])),
        max(trials, key=lambda trial: float(trial["auroc"])),
    ]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tune-options", default="")
    options = parser.parse_args()
    rows = []
    for path in sorted(options.folder.glob("*.npz")):
        trials = chosen(search(path, options))
        rows.append([
            [100 * float(trial["auroc"]), 100 * float(trial["average_precision"]),
             float(trial["latent_size"])] for trial in trials])
        print(f"{path.stem:24}" + "".join(f"  {name} {row[0]:6.2f}"
              for name, row in zip(WAYS, rows[-1])) + f"  {trials[1]['settings']}", flush=True)
    means = np.mean(rows, axis=0)
    for index, name in enumerate(WAYS):
        print(f"{name:14} mean AUROC {means[index, 0]:.2f}  mean AP {means[index, 1]:.2f}"
              f"  median code {np.median(np.array(rows)[:, index, 2]):.0f}")


if __name__ == "__main__":
    main()
