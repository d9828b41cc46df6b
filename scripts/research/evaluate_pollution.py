#!/usr/bin/env python3
"""What anomalies among the training rows cost, with and without leaving out rows that stand far out.

    python3 scripts/research/evaluate_pollution.py --data DIR [--oddity .build/release/oddity] [--shares 0,1,2,5,10,20] [--seeds 0] [--limit 1000] [--only names]
    [--contamination none,auto] [--every 1] [--columns 10000]

DIR holds the tables of ADBench (Han et al. 2022, https://github.com/Minqi824/ADBench) as .npz with X and y, or those of OddBench (arXiv 2602.09329) with train, test and test_labels. For each table and seed half of the
normal rows (at most --limit) are to train on, the other half (as many) and half of the anomalies to test with. Of the other anomalies so many are mixed into
the training rows that they make up the asked share, as far as there are enough. `oddity fit` learns them with each --contamination; beside it stand
the distance to the fifth nearest row and an isolation forest, if scikit-learn is there. Prints AUROC, average precision and the share of normal test
rows that are called anomalies at 1 % asked, as means over tables. Needs numpy.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np

try:
    from sklearn.ensemble import IsolationForest
except ImportError:
    IsolationForest = None


def ranks(scores):
    order = np.argsort(scores, kind="mergesort")
    result, values = np.empty(len(scores)), scores[order]
    starts = np.r_[0, np.flatnonzero(np.diff(values)) + 1]
    for a, b in zip(starts, np.r_[starts[1:], len(values)]):
        result[order[a:b]] = (a + b + 1) / 2
    return result


def auroc(y, scores):
    odd = y.sum()
    return (ranks(scores)[y == 1].sum() - odd * (odd + 1) / 2) / (odd * (len(y) - odd))


def average_precision(y, scores):
    order = np.argsort(-scores, kind="mergesort")
    y, scores = y[order], scores[order]
    last = np.r_[np.flatnonzero(np.diff(scores)), len(scores) - 1]
    found = np.cumsum(y)[last]
    return float(np.sum(np.diff(np.r_[0, found / y.sum()]) * found / (last + 1)))


def write(path, rows):
    with open(path, "w") as f:
        f.write(",".join(f"x{j}" for j in range(rows.shape[1])) + "\n")
        np.savetxt(f, rows, delimiter=",", fmt="%.9g")


def oddity_scores(oddity, train, test, contamination, seed):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("train.csv", "test.csv", "model", "scores.csv")]
        write(paths[0], train)
        write(paths[1], test)
        for words in (
            ["fit", paths[0], "--output", paths[2], "--seed", str(seed), "--contamination", contamination],
            ["score", paths[2], paths[1], "--output", paths[3], "--reasons", "0"],
        ):
            subprocess.run([oddity, *words], check=True, capture_output=True)
        with open(paths[3]) as f:
            rows = list(csv.DictReader(f))
        return np.array([float(r["score"]) for r in rows]), np.array([r["anomaly"] == "1" for r in rows])


def neighbor_scores(train, test, k=5):
    deviation = train.std(0)
    scale = np.where(deviation > 0, deviation, 1)
    a, b = train / scale, test / scale
    result = np.empty(len(b))
    for start in range(0, len(b), 500):
        part = b[start : start + 500]
        squares = (part**2).sum(1)[:, None] + (a**2).sum(1) - 2 * part @ a.T
        result[start : start + 500] = np.sqrt(np.maximum(np.partition(squares, k - 1, 1)[:, k - 1], 0))
    return result


def load(path):
    archive = np.load(path, allow_pickle=True)
    if "X" in archive:
        X, y = archive["X"], archive["y"]
    else:
        X = np.concatenate([archive["train"], archive["test"]])
        y = np.r_[np.zeros(len(archive["train"])), np.ravel(archive["test_labels"])]
    return np.asarray(X, float), np.asarray(y).astype(int).ravel()


def split(X, y, seed, limit, share):
    r = np.random.default_rng(seed)
    normal, odd = r.permutation(np.flatnonzero(y == 0)), r.permutation(np.flatnonzero(y == 1))
    half = min(len(normal) // 2, limit)
    kept, test_odd = odd[: len(odd) // 2], odd[len(odd) // 2 :][:limit]
    count = min(len(kept), round(share / (1 - share) * half))
    train = r.permutation(np.r_[normal[:half], kept[:count]])
    test = np.r_[normal[half : 2 * half], test_odd]
    return X[train], X[test], y[test]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--data", required=True)
    parser.add_argument("--shares", default="0,1,2,5,10,20", help="in percent")
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--limit", type=int, default=1000)
    parser.add_argument("--only", default="")
    parser.add_argument("--every", type=int, default=1, help="every so many-th table by name")
    parser.add_argument("--columns", type=int, default=10_000, help="tables of more are left out, and those with missing numbers")
    parser.add_argument("--contamination", default="none,auto", help="also shares, such as 0.1")
    options = parser.parse_args()
    oddity = os.path.abspath(options.oddity)
    names = [n for n in sorted(os.listdir(options.data)) if n.endswith(".npz")]
    names = [n for n in names if not options.only or any(o in n for o in options.only.split(","))][:: options.every]
    methods = options.contamination.split(",") + ["kNN"] + (["forest"] if IsolationForest else [])
    print("share  tables  " + "  ".join(f"{m + ': AUROC / AP / alarms':>30}" for m in methods), flush=True)
    for share in map(float, options.shares.split(",")):
        figures = {m: [] for m in methods}
        for name in names:
            X, y = load(os.path.join(options.data, name))
            if X.shape[1] > options.columns or not np.isfinite(X).all():
                continue
            for seed in map(int, options.seeds.split(",")):
                train, test, truth = split(X, y, seed, options.limit, share / 100)
                for method in methods:
                    if method == "kNN":
                        scores, flags = neighbor_scores(train, test), None
                    elif method == "forest":
                        scores, flags = -IsolationForest(random_state=seed).fit(train).score_samples(test), None
                    else:
                        scores, flags = oddity_scores(oddity, train, test, method, seed)
                    alarms = 100 * flags[truth == 0].mean() if flags is not None else np.nan
                    row = (100 * auroc(truth, scores), 100 * average_precision(truth, scores), alarms)
                    figures[method].append(row)
                    print(f"{share:4.0f} % {name} {seed} {method}", *(f"{v:.2f}" for v in row), file=sys.stderr, flush=True)
        cells = []
        for method in methods:
            a, b, c = np.mean(figures[method], 0)
            cells.append(f"{a:.2f} / {b:.2f} / " + (f"{c:.2f} %" if c == c else "–"))
        print(f"{share:4.0f} %  {len(figures['kNN']):6}  " + "  ".join(f"{c:>30}" for c in cells), flush=True)


if __name__ == "__main__":
    main()
