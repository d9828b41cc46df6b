#!/usr/bin/env python3
"""The false-alarm rate that `oddity` keeps on new normal rows of six generated sources, by the number of training rows.

    python3 scripts/research/evaluate_rates.py [--oddity .build/release/oddity] [--rows 100,200,500,1000,5000] [--fits N] [--only heavy,wide]

For each source, number of training rows and fit: rows are drawn, `oddity fit` learns them with default options, 2,000 new rows of the same
source are scored, and the shares with a p-value of at most 1 % and 5 % are counted. Prints the means with their standard errors, and whether each mean
lies within two standard errors plus a tenth of the asked rate. Exits 1 when one does not. A rate that so few rows cannot show is not looked at (–).
Fits are 16, and 64 for up to 200 rows, which are fitted fast and differ more from fit to fit. Needs numpy only.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

import numpy as np

SOURCES = ["independent", "correlated", "heavy", "discrete", "mixed", "wide"]


def source(kind, seed):
    """A function that draws n rows; its parameters follow from the seed."""
    q = np.random.default_rng([seed, 17])
    few, many, shares = q.normal(size=(3, 10)), q.normal(size=(8, 60)), q.dirichlet(np.ones(4), 2)

    def draw(n, r):
        if kind == "independent":  # ten normal columns
            return r.normal(size=(n, 10))
        if kind == "correlated":  # ten columns of three factors, with noise
            return r.normal(size=(n, 3)) @ few + 0.3 * r.normal(size=(n, 10))
        if kind == "heavy":  # t with three degrees of freedom, lognormal
            return np.c_[r.standard_t(3, size=(n, 4)), np.exp(r.normal(size=(n, 4)))]
        if kind == "discrete":  # counts, switches, digits
            return np.c_[r.poisson(4, (n, 3)), r.binomial(1, 0.3, (n, 2)), r.integers(0, 10, (n, 2))]
        if kind == "wide":  # sixty columns of eight factors, with noise
            return r.normal(size=(n, 8)) @ many + r.normal(size=(n, 60))
        z = r.normal(size=(n, 2))  # mixed: four numbers and two categories
        numbers = np.c_[z, z.sum(1) + 0.3 * r.normal(size=n), r.gamma(2, size=n)]
        a, b = (r.choice(4, n, p=p) for p in shares)
        return [[*row, "abcd"[i], "wxyz"[j]] for row, i, j in zip(numbers.tolist(), a, b)]

    return draw


def write(path, rows):
    with open(path, "w") as f:
        f.write(",".join(f"c{j}" for j in range(len(rows[0]))) + "\n")
        for row in rows:
            f.write(",".join(v if isinstance(v, str) else f"{v:.9g}" for v in row) + "\n")


def p_values(oddity, train, new, seed):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("train.csv", "new.csv", "model", "scores.csv")]
        write(paths[0], train)
        write(paths[1], new)
        for words in (
            ["fit", paths[0], "--output", paths[2], "--seed", str(seed)],
            ["score", paths[2], paths[1], "--output", paths[3], "--reasons", "0"],
        ):
            subprocess.run([oddity, *words], check=True, capture_output=True)
        with open(paths[3]) as f:
            return np.array([float(row["p_value"]) for row in csv.DictReader(f)])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--rows", default="100,200,500,1000,5000")
    parser.add_argument("--fits", type=int, help="for any number of rows")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    oddity = os.path.abspath(options.oddity)
    kinds = [k for k in SOURCES if not options.only or k in options.only.split(",")]
    asked, missed = np.array([0.01, 0.05]), 0
    print("rows   source         at 1 %          at 5 %")
    for n in map(int, options.rows.split(",")):
        fits = options.fits or (64 if n <= 200 else 16)
        for kind in kinds:
            shares = []
            for fit in range(fits):
                draw, r = source(kind, fit), np.random.default_rng([fit, n])
                p = p_values(oddity, draw(n, r), draw(2000, r), fit)
                shares.append([(p <= rate * (1 + 1e-9)).mean() for rate in asked])
            mean, error = np.mean(shares, 0), np.std(shares, 0, ddof=1) / fits**0.5
            marks = np.where(np.abs(mean - asked) <= 2 * error + asked / 10, " ", "*")
            marks[asked * (n + 1) < 1] = "–"
            missed += int((marks == "*").sum())
            cells = "   ".join(f"{100 * m:5.2f} ± {100 * e:4.2f}{k}" for m, e, k in zip(mean, error, marks))
            print(f"{n:5}  {kind:12} {cells}", flush=True)
    print(f"{missed} rates are not within two standard errors and a tenth (marked *)")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
