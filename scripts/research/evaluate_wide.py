#!/usr/bin/env python3
"""What tables of more columns than rows take to fit, and how well odd rows are told.

    python3 scripts/research/evaluate_wide.py [--oddity .build/release/oddity] [--runs 3]

Three tables: evenly drawn numbers without any structure (80 x 10,000), twenty factors with noise (799 x 1,555), three factors with
noise (200 x 1,000). `oddity fit` learns each with default options; of new rows of the same source, 200 as they are and 200 of which every other column comes
from another row, the AUROC is taken (of the first table it is 50 but for chance: there is nothing to learn). Prints the medians of processor and clock seconds, and the
AUROC. Needs numpy only.
"""
import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time

import numpy as np


def factors(count):
    def draw(rows, columns, r):
        loads = np.random.default_rng(columns).normal(size=(count, columns)) / np.sqrt(count)
        return r.normal(size=(rows, count)) @ loads + 0.5 * r.normal(size=(rows, columns))

    return draw


TABLES = [
    ("no structure", 80, 10_000, lambda rows, columns, r: r.random((rows, columns))),
    ("20 factors", 799, 1_555, factors(20)),
    ("3 factors", 200, 1_000, factors(3)),
]


def write(path, rows):
    with open(path, "w") as f:
        f.write(",".join(f"x{j}" for j in range(rows.shape[1])) + "\n")
        np.savetxt(f, rows, delimiter=",", fmt="%.5g")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--runs", type=int, default=3)
    a = parser.parse_args()
    for name, rows, columns, draw in TABLES:
        r = np.random.default_rng(1)
        train, normal = draw(rows, columns, r), draw(200, columns, r)
        odd = draw(200, columns, r)
        odd[:, ::2] = draw(200, columns, r)[:, ::2]
        with tempfile.TemporaryDirectory() as folder:
            paths = [os.path.join(folder, file) for file in ("train.csv", "test.csv", "model", "scores.csv")]
            write(paths[0], train)
            write(paths[1], np.r_[normal, odd])
            times = []
            for _ in range(a.runs):
                before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
                subprocess.run([a.oddity, "fit", paths[0], "--output", paths[2]], check=True, capture_output=True)
                after = resource.getrusage(resource.RUSAGE_CHILDREN)
                times.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.time() - start))
            words = ["score", paths[2], paths[1], "--output", paths[3], "--reasons", "0"]
            subprocess.run([a.oddity, *words], check=True, capture_output=True)
            with open(paths[3]) as f:
                scores = np.array([float(row["score"]) for row in csv.DictReader(f)])
        auroc = np.mean(scores[200:, None] > scores[None, :200])
        processor, clock = np.median(times, 0)
        print(f"{name:14} {rows:4} x {columns:6,}  {processor:6.1f} s of the processor  {clock:6.1f} s  AUROC {100 * auroc:.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
