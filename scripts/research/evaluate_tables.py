#!/usr/bin/env python3
"""How well `oddity` finds anomalies in tables of known answers, none of which reach the training; beside it, simple detectors.

    python3 scripts/research/evaluate_tables.py FOLDER [--oddity .build/release/oddity] [--seeds 0,1,2] [--shuffle | --bootstrap]
                                       [--rate 0.01] [--fit-options "--folds 1"]

FOLDER holds .npz files: ADBench's Classical tables (github.com/Minqi824/ADBench; X and y), of which half of the normal rows
train and the other half and all anomalies are judged, or OddBench's (macrOData, arXiv 2602.09329; train, test, test_labels
and feature_names). Tables above 50,000 rows are sampled.

--shuffle splits the normal rows at random instead of in file order, which makes them exchangeable: the share of false alarms is
then to be compared with --rate. --bootstrap draws 1,000 rows from smaller tables as Livernoche et al. 2023 (arXiv 2305.18593) do,
with whom published figures are compared: copies of training rows are then among those judged, which flatters whatever
remembers rows, nearest neighbours most of all.

Beside the default are nearest neighbours on standardized columns (the nearest one, and the mean of five), and what
`oddity evaluate --baselines` has: an isolation forest, ECOD and PCA. Means are over tables, of each the mean of its seeds;
differences are paired by table, with their standard error. Needs numpy.
"""
import argparse
import csv
import json
import pathlib
import shlex
import subprocess
import tempfile
import time

import numpy as np

BASELINES = {"isolation forest": "forest", "ECOD": "ECOD", "PCA reconstruction": "PCA"}


def split(path, seed, options):
    """Training rows, judged rows, their labels, and the names of columns."""
    with np.load(path, allow_pickle=True) as data:
        if "train" in data:
            return data["train"], data["test"], data["test_labels"].astype(int), data["feature_names"].tolist()
        rows, labels = data["X"].astype(float), data["y"].astype(int).ravel()
    np.random.seed(seed)
    if options.bootstrap and len(labels) < 1_000:
        chosen = np.random.choice(np.arange(len(labels)), 1_000, replace=True)
        rows, labels = rows[chosen], labels[chosen]
    if len(labels) > 50_000:
        np.random.seed(seed)
        chosen = np.random.choice(np.arange(len(labels)), 50_000, replace=False)
        rows, labels = rows[chosen], labels[chosen]
    normal = np.flatnonzero(labels == 0)
    if options.shuffle:
        normal = np.random.default_rng(seed).permutation(normal)
    half = round(normal.size / 2)
    test = np.concatenate([normal[half:], np.flatnonzero(labels == 1)])
    return rows[normal[:half]], rows[test], labels[test], [f"x{i}" for i in range(rows.shape[1])]


def write(path, names, rows, labels=None):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names + ([] if labels is None else ["label is odd"]))
        for i, row in enumerate(rows):
            texts = ["" if np.isnan(v) else f"{v:.9g}" for v in row]
            writer.writerow(texts + ([] if labels is None else [labels[i]]))


def nearest(training, test):
    """For each judged row the distance to the nearest training row, and the mean of those to the nearest five."""
    middle = np.nanmean(training, axis=0)
    scale = np.nanstd(training, axis=0)
    scale[~(scale > 0)] = 1
    middle = np.nan_to_num(middle)
    known, new = (np.nan_to_num((rows - middle) / scale).astype(np.float32) for rows in (training, test))
    squares = (known ** 2).sum(1)
    results = []
    for block in np.array_split(new, max(1, len(new) * len(known) // 20_000_000)):
        distances = (block ** 2).sum(1)[:, None] - 2 * block @ known.T + squares
        five = np.sqrt(np.maximum(np.sort(np.partition(distances, min(4, len(known) - 1), axis=1)[:, :5], axis=1), 0))
        results.append(np.stack([five[:, 0], five.mean(1)], axis=1))
    return np.concatenate(results).T


def figures_of(scores, labels):
    """AUROC and average precision, as scikit-learn counts ties."""
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    found = np.cumsum(labels[order])[ends]
    false = ends + 1 - found
    recall, precision = found / found[-1], found / (ends + 1)
    auroc = np.trapezoid(np.append(0, recall), np.append(0, false / false[-1]))
    return auroc, float(np.sum(np.diff(recall, prepend=0) * precision))


def evaluate(path, seed, options):
    training, test, labels, names = split(path, seed, options)
    with tempfile.TemporaryDirectory() as folder:
        train, judged, model = (f"{folder}/{name}" for name in ("train.csv", "test.csv", "model"))
        write(train, names, training)
        write(judged, names, test, labels)
        start = time.monotonic()
        fit = [options.oddity, "fit", train, "--output", model, "--seed", str(seed)]
        fit += ["--false-alarm-rate", str(options.rate)] + shlex.split(options.fit_options)
        subprocess.run(fit, check=True, capture_output=True)
        seconds = time.monotonic() - start
        command = [options.oddity, "evaluate", model, judged, "--label", "label is odd", "--baselines", train, "--json"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    results = {"oddity": (found["auroc"], found["average_precision"])}
    for name, scores in zip(("1 neighbour", "5 neighbours"), nearest(training, test)):
        results[name] = figures_of(scores, labels)
    for other in found["baselines"]:
        if other["name"] in BASELINES:
            results[BASELINES[other["name"]]] = (other["auroc"], other["average_precision"])
    return len(training), results, found["thresholds"][0]["false_alarm_rate"], seconds


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--seeds", default="0")
    splits = parser.add_mutually_exclusive_group()
    splits.add_argument("--shuffle", action="store_true")
    splits.add_argument("--bootstrap", action="store_true")
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--fit-options", default="")
    options = parser.parse_args()
    means, total = [], 0.0
    for path in sorted(options.folder.glob("*.npz")):
        seeds = [evaluate(path, int(seed), options) for seed in options.seeds.split(",")]
        mean = {name: 100 * np.mean([results[name] for _, results, _, _ in seeds], axis=0) for name in seeds[0][1]}
        alarms = 100 * np.mean([rate for _, _, rate, _ in seeds])
        seconds = np.mean([time for _, _, _, time in seeds])
        total += seconds
        means.append(mean)
        print(f"{path.stem:28} rows {seeds[0][0]:6}  fit {seconds:5.1f} s  false alarms {alarms:5.2f} %  "
              + "  ".join(f"{name} {auroc:.1f} / {precision:.1f}" for name, (auroc, precision) in mean.items()),
              flush=True)
    print(f"\n{len(means)} tables, {total:.0f} s of fits a seed; AUROC / average precision")
    for name in means[0]:
        auroc, precision = np.mean([mean[name] for mean in means], axis=0)
        line = f"{name:14} {auroc:6.2f} / {precision:5.2f}"
        if name != "oddity":
            gaps = np.array([mean["oddity"] - mean[name] for mean in means])
            error = gaps.std(axis=0, ddof=1) / np.sqrt(len(gaps)) if len(gaps) > 1 else (float("nan"),) * 2
            line += (f"   oddity is ahead by {gaps[:, 0].mean():+.2f} ± {error[0]:.2f} / "
                     f"{gaps[:, 1].mean():+.2f} ± {error[1]:.2f}")
        print(line)


if __name__ == "__main__":
    main()
