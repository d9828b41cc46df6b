#!/usr/bin/env python3
"""How well `oddity` finds odd rows of labelled series.

    python3 scripts/research/evaluate_series.py FOLDER [--oddity .build/release/oddity] [--seeds 0,1,2] [--command fit|tune]
    [--fit-options ""]

FOLDER holds either arrays NAME_train.npy, NAME_test.npy and NAME_test_label.npy of (time, channels), or, in it or its
sub-folders, CSV files of SKAB (fields between semicolons; columns datetime, anomaly and changepoint), of which the first 400 rows
train and the others are judged; files in a folder named anomaly-free are left out.
With `--command tune` the settings are searched without labels first (see `oddity help tune`).
Prints, for each seed and on average: the AUROC of all rows together and its mean over the files, the average precision, and what the model's own
threshold (p <= 0.01) does: F1, the share of normal rows that raise an alarm, and the share of odd rows that are missed, all row by row,
without any adjustment. For arrays also the same figures of simple detectors: the mean squared standardized value of a row, and principal
components of single rows and of windows of 16. Needs numpy.
"""
import argparse
import csv
import pathlib
import shlex
import subprocess
import tempfile

import numpy as np


def ranks(values):
    order = np.argsort(values, kind="stable")
    sorted_values = values[order]
    first = np.searchsorted(sorted_values, sorted_values, "left")
    last = np.searchsorted(sorted_values, sorted_values, "right")
    result = np.empty(len(values))
    result[order] = (first + last + 1) / 2
    return result


def auroc(labels, scores):
    odd = int(labels.sum())
    return (ranks(scores)[labels == 1].sum() - odd * (odd + 1) / 2) / odd / (len(labels) - odd)


def average_precision(labels, scores):
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(labels[order])
    last = np.flatnonzero(np.r_[np.diff(scores[order]) != 0, True])
    precision = found[last] / (last + 1)
    return np.sum(np.diff(np.r_[0, found[last]]) * precision) / labels.sum()


def run(options, train, test, words, seed):
    with tempfile.TemporaryDirectory() as folder:
        model, scores = f"{folder}/model", f"{folder}/scores.csv"
        fit = [options.oddity, options.command, str(train), "--output", model, "--seed", str(seed)]
        subprocess.run(fit + words + shlex.split(options.fit_options), check=True, capture_output=True)
        subprocess.run([options.oddity, "score", model, str(test), "--output", scores], check=True, capture_output=True)
        with open(scores, newline="") as file:
            rows = list(csv.DictReader(file))
    return (np.array([float(row["score"] or "nan") for row in rows]),
            np.array([row["anomaly"] == "1" for row in rows]))


def arrays(options, seed):
    """Labels, scores and verdicts of each series, of rows that have a score."""
    for train in sorted(options.folder.rglob("*_train.npy")):
        test = train.with_name(train.name.replace("_train", "_test"))
        labels = np.load(str(test).replace("_test.npy", "_test_label.npy")).astype(int).ravel()
        scores, flags = run(options, train, test, ["--series"], seed)
        known = np.isfinite(scores)
        yield train.name[:-10], labels[known], scores[known], flags[known]


def tables(options, seed):
    """The same of the rows behind the first 400 of each CSV file."""
    for path in sorted(options.folder.rglob("*.csv")):
        if path.parent.name == "anomaly-free":
            continue
        lines = path.read_text().splitlines()
        labels = np.array([float(row["anomaly"]) for row in csv.DictReader(lines, delimiter=";")])
        with tempfile.TemporaryDirectory() as folder:
            train = pathlib.Path(folder) / "train.csv"
            train.write_text("\n".join(lines[:401]) + "\n")
            words = ["--time", "datetime", "--ignore", "anomaly,changepoint"]
            scores, flags = run(options, train, path, words, seed)
        yield path.name, labels[400:].astype(int), scores[400:], flags[400:]


def figures(results):
    labels, scores, flags = (np.concatenate([r[i] for r in results]) for i in (1, 2, 3))
    hits = (flags & (labels == 1)).sum()
    false = (flags & (labels == 0)).sum()
    missed = (~flags & (labels == 1)).sum()
    return [
        100 * auroc(labels, scores),
        100 * np.mean([auroc(r[1], r[2]) for r in results]),
        100 * np.mean([average_precision(r[1], r[2]) for r in results]),
        hits / (hits + (false + missed) / 2), 100 * false / (labels == 0).sum(),
        100 * missed / (labels == 1).sum(),
    ]


def simple_detectors(folder):
    """AUROC and average precision of detectors without a network, the mean over all series."""
    def components(train, rows, count):
        mean = train.mean(0)
        axes = np.linalg.svd(train - mean, full_matrices=False)[2][:count]
        rest = (rows - mean) - (rows - mean) @ axes.T @ axes
        return (rest**2).sum(1)

    def windows(rows):
        padded = np.concatenate([np.repeat(rows[:1], 15, 0), rows])
        return np.lib.stride_tricks.sliding_window_view(padded, 16, 0).reshape(len(rows), -1)

    found = {}
    for path in sorted(folder.rglob("*_train.npy")):
        train, test = np.load(path), np.load(str(path).replace("_train", "_test"))
        labels = np.load(str(path).replace("_train", "_test_label")).astype(int).ravel()
        mean, deviation = train.mean(0), train.std(0)
        train, test = ((x - mean) / np.where(deviation > 0, deviation, 1) for x in (train, test))
        scores = {
            "mean squared value": (test**2).mean(1),
            "8 components of rows": components(train, test, 8),
            "8 components of windows": components(windows(train), windows(test), 8),
            "16 components of windows": components(windows(train), windows(test), 16),
        }
        for name, score in scores.items():
            found.setdefault(name, []).append((auroc(labels, score), average_precision(labels, score)))
    for name, values in found.items():
        area, precision = 100 * np.mean(values, 0)
        print(f"{name:24} AUROC mean {area:6.2f}  average precision {precision:6.2f}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--seeds", default="0,1,2")
    parser.add_argument("--command", default="fit", choices=["fit", "tune"])
    parser.add_argument("--fit-options", default="")
    options = parser.parse_args()
    are_arrays = any(options.folder.rglob("*_train.npy"))
    if are_arrays:
        simple_detectors(options.folder)
    seeds = [int(seed) for seed in options.seeds.split(",")]
    lines = []
    for seed in seeds:
        results = list((arrays if are_arrays else tables)(options, seed))
        lines.append(figures(results))
        show(f"seed {seed}, {len(results)} series", lines[-1])
    if len(lines) > 1:
        show("mean", np.mean(lines, 0))


def show(name, line):
    print(f"{name:24} AUROC all {line[0]:6.2f} mean {line[1]:6.2f}  average precision {line[2]:6.2f}"
          f"  F1 {line[3]:.3f}  false alarms {line[4]:5.2f} %  missed {line[5]:5.2f} %", flush=True)


if __name__ == "__main__":
    main()
