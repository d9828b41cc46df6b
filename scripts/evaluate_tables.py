#!/usr/bin/env python3
"""How well `oddity` finds anomalies in the tables of ADBench, without labels in the training.

    python3 scripts/evaluate_tables.py FOLDER [--oddity .build/release/oddity] [--seed 0] [--shuffle]
                                       [--rate 0.01] [--fit-options "--folds 1"]

FOLDER holds ADBench's Classical tables (github.com/Minqi824/ADBench), .npz files with X and y. Of every table
half of the normal rows train; the other half and all anomalies are judged by `oddity evaluate --json`.
The protocol is that of Livernoche et al. 2023 (arXiv 2305.18593): tables below 1,000 rows are bootstrapped to
1,000, those above 50,000 are sampled. With --shuffle the normal rows are split at random and nothing is
bootstrapped, which makes them exchangeable: the share of false alarms is then to be compared with --rate.
Needs numpy.
"""
import argparse
import csv
import json
import pathlib
import shlex
import subprocess
import tempfile

import numpy as np


def split(path, seed, shuffle):
    with np.load(path, allow_pickle=True) as data:
        rows, labels = data["X"].astype(float), data["y"].astype(int).ravel()
    np.random.seed(seed)
    if len(labels) < 1_000 and not shuffle:
        chosen = np.random.choice(np.arange(len(labels)), 1_000, replace=True)
        rows, labels = rows[chosen], labels[chosen]
    if len(labels) > 50_000:
        np.random.seed(seed)
        chosen = np.random.choice(np.arange(len(labels)), 50_000, replace=False)
        rows, labels = rows[chosen], labels[chosen]
    normal = np.flatnonzero(labels == 0)
    if shuffle:
        normal = np.random.default_rng(seed).permutation(normal)
    half = round(normal.size / 2)
    test = np.concatenate([normal[half:], np.flatnonzero(labels == 1)])
    return rows[normal[:half]], rows[test], labels[test]


def write(path, rows, labels=None):
    names = [f"x{i}" for i in range(rows.shape[1])]
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names + ([] if labels is None else ["label"]))
        for i, row in enumerate(rows):
            writer.writerow([f"{v:.9g}" for v in row] + ([] if labels is None else [labels[i]]))


def evaluate(path, options):
    training, test, labels = split(path, options.seed, options.shuffle)
    with tempfile.TemporaryDirectory() as folder:
        train, judged, model = (f"{folder}/{name}" for name in ("train.csv", "test.csv", "model"))
        write(train, training)
        write(judged, test, labels)
        fit = [options.oddity, "fit", train, "--output", model, "--seed", str(options.seed)]
        fit += ["--false-alarm-rate", str(options.rate)] + shlex.split(options.fit_options)
        subprocess.run(fit, check=True, capture_output=True)
        command = [options.oddity, "evaluate", model, judged, "--label", "label", "--json"]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    own = figures["thresholds"][0]
    return len(training), figures["auroc"], figures["average_precision"], own["false_alarm_rate"]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shuffle", action="store_true")
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--fit-options", default="")
    options = parser.parse_args()
    results = []
    for path in sorted(options.folder.glob("*.npz")):
        count, auroc, precision, alarms = evaluate(path, options)
        results.append((auroc, precision))
        print(f"{path.stem:24} rows {count:6}  AUROC {100 * auroc:6.2f}  AP {100 * precision:6.2f}"
              f"  false alarms {100 * alarms:5.2f} %", flush=True)
    mean = 100 * np.mean(results, axis=0)
    print(f"{len(results)} tables  mean AUROC {mean[0]:.2f}  mean AP {mean[1]:.2f}")


if __name__ == "__main__":
    main()
