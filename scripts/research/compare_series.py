#!/usr/bin/env python3
"""How well `oddity` and two simple detectors rank the rows of labelled series, on the same splits.

    python3 scripts/research/compare_series.py FOLDER [--oddity .build/release/oddity] [--seed 0] [--fit-options ""] [--each]

FOLDER holds, in any sub-folders, series of three kinds; each top folder is a line of the table.
    NAME_train.npy, NAME_test.npy, NAME_test_label.npy   arrays (time, channels); the test is judged (ASD, SMD)
    NAME.npz                                             data (time, channels), label, train_n; all rows are judged (TSB-AD-M)
    NAME.csv                                             of SKAB; the first 400 rows train, the others are judged; without anomaly-free
Of each detector: the AUROC, the average precision and VUS-PR, means over the series, in percent; row by row, nothing adjusted. VUS-PR is that of
Paparrizos and others (VLDB 2022) with flanks up to the period of the first channel. The simple detectors see windows of 20 rows of
standardized channels, and a row is judged by the mean over the windows that cover it:
    k-means  the distance to the nearest of 20 centres, like KMeansAD
    PCA      what 16 principal components leave over
Needs numpy.
"""
import argparse
import csv
import pathlib
import shlex
import subprocess
import tempfile

import numpy as np

from evaluate_series import auroc, average_precision

WINDOW = 20
CENTRES = 20
COMPONENTS = 16


def period(values, lags=400, least=3, longest=300, otherwise=125):
    """The lag of the highest peak of the autocorrelation of the first 20,000 values."""
    values = values[:20_000] - values[:20_000].mean()
    size = 1 << (2 * len(values) - 1).bit_length()
    power = np.abs(np.fft.rfft(values, size)) ** 2
    correlation = np.fft.irfft(power)[:min(lags, len(values) - 1) + 1]
    if not correlation[0] > 0:
        return otherwise
    inner = correlation[least:]
    peaks = np.flatnonzero((inner[1:-1] > inner[:-2]) & (inner[1:-1] > inner[2:])) + 1
    # The benchmark compares the lag behind the first ones with the bounds, and so must this.
    best = int(peaks[np.argmax(inner[peaks])]) if len(peaks) else 0
    return best + least if least <= best <= longest else otherwise


def flanks(first, last, width, count):
    """What rows outside of events count, at a distance of up to half a width from them."""
    soft = np.zeros(count)
    distances = np.arange(1, width // 2 + 1)
    weights = np.sqrt(1 - distances / width) if width else distances
    for start, end in zip(first, last):
        for rows in (end + distances, start - distances):
            known = (rows >= 0) & (rows < count)
            soft[rows[known]] += weights[known]
    return np.minimum(soft, 1)


def vus_pr(labels, scores, widest, thresholds=250):
    """The volume under the surface of precision and recall over all widths of the flanks of events."""
    count, inside = len(labels), labels == 1
    edges = np.diff(np.r_[0, labels, 0])
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    cut = -np.sort(-scores)[np.linspace(0, count - 1, thresholds).astype(int)]
    # The first threshold that flags a row.
    since = np.searchsorted(-cut, -scores, side="left")
    flagged = count - np.searchsorted(np.sort(scores), cut, side="left")
    hits = np.cumsum(np.bincount(since[inside], minlength=thresholds)[:thresholds])
    areas = []
    for width in range(widest + 1):
        half = width // 2
        soft = flanks(first, last, width, count) * ~inside
        beside = np.cumsum(np.bincount(since, weights=soft, minlength=thresholds)[:thresholds])
        # Events whose flanks meet are one.
        apart = np.r_[True, last[:-1] + half < first[1:] - half]
        starts = np.maximum(first[apart] - half, 0)
        ends = np.minimum(last[np.r_[np.flatnonzero(apart)[1:] - 1, len(last) - 1]] + half, count - 1)
        touched = [since[start:end + 1].min() for start, end in zip(starts, ends)]
        found = np.cumsum(np.bincount(touched, minlength=thresholds)[:thresholds]) / len(touched)
        recall = np.minimum((hits + beside) / (inside.sum() + beside / 2), 1) * found
        areas.append(np.sum(np.diff(np.r_[0, recall]) * (hits + beside) / flagged))
    return float(np.mean(areas))


def windows(rows):
    view = np.lib.stride_tricks.sliding_window_view(rows, WINDOW, 0)
    return view.reshape(len(rows) - WINDOW + 1, -1).astype(np.float32)


def covering(scores, count):
    """For each row the mean over the windows that cover it."""
    sums, counts = np.zeros(count + 1), np.zeros(count + 1)
    for offset in range(WINDOW):
        sums[offset:offset + len(scores)] += scores
        counts[offset:offset + len(scores)] += 1
    return (sums / np.maximum(counts, 1))[:count]


def nearest(points, centres):
    squares = (points**2).sum(1)[:, None] - 2 * points @ centres.T + (centres**2).sum(1)
    return np.maximum(squares, 0)


def k_means(train, rows, seed):
    random = np.random.default_rng(seed)
    points = windows(train)
    centres = points[random.choice(len(points), min(CENTRES, len(points)), replace=False)]
    for _ in range(50):
        own = nearest(points, centres).argmin(1)
        centres = np.array([
            points[own == k].mean(0) if (own == k).any() else points[random.integers(len(points))]
            for k in range(len(centres))
        ])
    return covering(np.sqrt(nearest(windows(rows), centres).min(1)), len(rows))


def components(train, rows):
    points = windows(train)
    mean = points.mean(0)
    axes = np.linalg.svd(points - mean, full_matrices=False)[2][:COMPONENTS]
    rest = windows(rows) - mean
    rest -= rest @ axes.T @ axes
    return covering((rest**2).sum(1), len(rows))


def oddity(options, train, rows, words):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        if isinstance(train, np.ndarray):
            np.save(folder / "train.npy", train)
            np.save(folder / "rows.npy", rows)
            train, rows = folder / "train.npy", folder / "rows.npy"
        else:
            lines = train.read_text().splitlines()
            rows, train = train, folder / "train.csv"
            train.write_text("\n".join(lines[:401]) + "\n")
        model, scores = folder / "model", folder / "scores.csv"
        fit = [options.oddity, "fit", train, "--output", model, "--seed", str(options.seed), *words]
        subprocess.run(fit + shlex.split(options.fit_options), check=True, capture_output=True)
        score = [options.oddity, "score", model, rows, "--output", scores]
        subprocess.run(score, check=True, capture_output=True)
        with open(scores, newline="") as file:
            found = np.array([float(row["score"] or "nan") for row in csv.DictReader(file)])
    return np.where(np.isfinite(found), found, np.nanmin(found))


def series(folder):
    """Name, training, rows, labels, the first row that counts, and what oddity is given, of each series."""
    for path in sorted(folder.rglob("*_train.npy")):
        test = str(path).replace("_train.npy", "_test.npy")
        labels = np.load(test.replace("_test.npy", "_test_label.npy")).astype(int).ravel()
        train, rows = np.load(path), np.load(test)
        yield path.name[:-10], train, rows, labels, 0, (train, rows, ["--series"])
    for path in sorted(folder.rglob("*.npz")):
        with np.load(path) as file:
            rows, labels, count = file["data"], file["label"].astype(int), int(file["train_n"])
        yield path.stem, rows[:count], rows, labels, 0, (rows[:count], rows, ["--series"])
    for path in sorted(folder.rglob("*.csv")):
        if path.parent.name == "anomaly-free":
            continue
        with open(path, newline="") as file:
            lines = list(csv.DictReader(file, delimiter=";"))
        labels = np.array([int(float(line["anomaly"])) for line in lines])
        names = [name for name in lines[0] if name not in ("datetime", "anomaly", "changepoint")]
        rows = np.array([[float(line[name]) for name in names] for line in lines])
        words = ["--time", "datetime", "--ignore", "anomaly,changepoint"]
        yield path.stem, rows[:400], rows, labels, 400, (path, None, words)


def judge(options, folder):
    """For each series its name, and for each detector three figures."""
    for name, train, rows, labels, first, given in series(folder):
        mean, deviation = train.mean(0), train.std(0)
        deviation[~(deviation > 0)] = 1
        # Channels that were constant change by no known measure: their deviations are limited.
        scaled = [np.clip((part - mean) / deviation, -1e3, 1e3) for part in (train, rows)]
        scores = [oddity(options, *given), k_means(*scaled, options.seed), components(*scaled)]
        labels, width = labels[first:], period(rows[:, 0].astype(float))
        yield name, [
            (100 * auroc(labels, score), 100 * average_precision(labels, score),
             100 * vus_pr(labels, score, width))
            for score in (own[first:] for own in scores)
        ]


def show(name, found):
    print(f"{name:24} " + "   ".join(" ".join(f"{value:6.1f}" for value in own) for own in found),
          flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fit-options", default="")
    parser.add_argument("--each", action="store_true", help="print every series too")
    options = parser.parse_args()
    print(f"{'AUROC, AP, VUS-PR of':24} oddity                 k-means                PCA")
    for folder in sorted(path for path in options.folder.iterdir() if path.is_dir()):
        found = []
        for name, figures in judge(options, folder):
            found.append(figures)
            if options.each:
                show("  " + name[:22], figures)
        if found:
            show(f"{folder.name}, {len(found)} series", np.mean(found, 0))


if __name__ == "__main__":
    main()
