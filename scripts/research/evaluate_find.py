#!/usr/bin/env python3
"""How well `oddity find` ranks the odd rows of one file, beside distances to the other rows.

    python3 scripts/research/evaluate_find.py --data DIR [--oddity .build/release/oddity] [--share 5] [--limit 2500] [--every 1] [--columns 60]
    [--only names] [--also OTHER]

DIR holds the tables of ADBench (Han et al. 2022, https://github.com/Minqi824/ADBench) as .npz with X and y, or those of OddBench
(arXiv 2602.09329) with train, test and test_labels. Of each table one file is made of at most --limit normal rows and so many anomalies, five at
least, that they are --share percent, as far as there are enough. Prints AUROC and average precision of find, of another build of it (--also), of the
distance to the fifth nearest row, and of the distance to the farthest of the nearest fifth of the rows, both in normal scores, missing numbers being the mean; then their means, and
the paired difference of the two builds with its standard error. Needs numpy and scipy.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np
from evaluate_pollution import auroc, average_precision, load, write
from scipy.stats import norm, rankdata


def found(oddity, rows):
    """The scores of the rows, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("rows.csv", "found.csv")]
        write(paths[0], rows)
        subprocess.run([oddity, "find", paths[0], "--output", paths[1], "--reasons", "0"], check=True, capture_output=True)
        with open(paths[1]) as f:
            return np.array([float(row["score"]) for row in csv.DictReader(f)])


def distances(rows, ranks):
    """For each row the distances to its nearest others of these ranks, in normal scores."""
    whole = np.where(np.isnan(rows), np.nanmean(rows, 0), rows)
    varying = [column for column in whole.T if np.ptp(column) > 0]
    z = np.column_stack([norm.ppf(rankdata(column) / (len(column) + 1)) for column in varying])
    squares = (z * z).sum(1)
    between = np.sqrt(np.maximum(squares[:, None] + squares - 2 * z @ z.T, 0))
    np.fill_diagonal(between, 0)
    return np.partition(between, ranks, 1)[:, ranks].T


def file(X, y, share, limit):
    """The rows of one file, and which are odd."""
    r = np.random.default_rng(0)
    normal, odd = np.flatnonzero(y == 0), np.flatnonzero(y == 1)
    normal = r.permutation(normal)[:limit]
    odd = r.permutation(odd)[: max(5, int(share / (1 - share) * len(normal)))]
    chosen = r.permutation(np.r_[normal, odd])
    return X[chosen], y[chosen]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--also", default="", help="another build of the command")
    parser.add_argument("--data", required=True)
    parser.add_argument("--share", type=float, default=5, help="in percent")
    parser.add_argument("--limit", type=int, default=2500)
    parser.add_argument("--every", type=int, default=1, help="every so many-th table by name")
    parser.add_argument("--columns", type=int, default=10_000, help="tables of more are left out")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    builds = [os.path.abspath(path) for path in (options.oddity, options.also) if path]
    methods = ["find", "other find"][: len(builds)] + ["fifth nearest", "nearest fifth"]
    names = [name for name in sorted(os.listdir(options.data)) if name.endswith(".npz")][:: options.every]
    if options.only:
        names = [name for name in names if any(only in name for only in options.only.split(","))]
    figures = []
    print("table                     rows  " + "  ".join(f"{method:>13}" for method in methods), flush=True)
    for name in names:
        X, y = load(os.path.join(options.data, name))
        if X.shape[1] > options.columns:
            continue
        rows, truth = file(X, y, options.share / 100, options.limit)
        scores = [found(build, rows) for build in builds] + list(distances(rows, [5, max(1, len(rows) // 5)]))
        figures.append([(100 * auroc(truth, s), 100 * average_precision(truth, s)) for s in scores])
        cells = "  ".join(f"{a:5.1f} / {p:5.1f}" for a, p in figures[-1])
        print(f"{name[:24]:24} {len(rows):5}  {cells}", flush=True)
    if not figures:
        sys.exit("no table of that kind")
    figures = np.array(figures)
    print(f"{'mean':24} {len(figures):5}  " + "  ".join(f"{a:5.2f} / {p:5.2f}" for a, p in figures.mean(0)))
    if len(builds) > 1 and len(figures) > 1:
        difference = figures[:, 1] - figures[:, 0]
        error = difference.std(0, ddof=1) / len(difference) ** 0.5
        print("other less first: " + " / ".join(f"{m:+.2f} ± {e:.2f}" for m, e in zip(difference.mean(0), error)))


if __name__ == "__main__":
    main()
