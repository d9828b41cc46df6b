#!/usr/bin/env python3
"""How many rows `oddity find` takes for odd beyond chance, on generated tables of which that is known.

    python3 scripts/research/evaluate_odd_share.py [--oddity .build/release/oddity] [--rows 500,2000] [--fits 3] [--only heavy,wide]

Tables are those of evaluate_rates.py, clean and with 1, 5 and 10 % of the rows planted: one number of such a row lies half to two ranges of its
column (between the quantiles 0.005 and 0.995) beyond an end. For each source it prints in how many clean tables the bound is above 0; and for each share in how
many tables it is above the truth, and the means of bound and estimate as shares of the truth. Exits 1 where a bound passes the truth in more than one
table of twenty; `heavy` is left out of that for clean tables, where rows do stand out. Needs numpy only.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

from evaluate_rates import SOURCES, source, write


def planted(kind, count, seed, share):
    """Rows, and how many of them are odd."""
    r = np.random.default_rng([seed, count, 99])
    rows = [list(row) for row in source(kind, seed)(count, r)]
    odd = round(share * count)
    numbers = [j for j, value in enumerate(rows[0]) if not isinstance(value, str)]
    ends = {j: np.quantile([row[j] for row in rows], [0.005, 0.995]) for j in numbers}
    for i in r.choice(count, odd, replace=False):
        j = r.choice(numbers)
        low, high = ends[j]
        is_high = r.random() < 0.5
        step = (high - low) * r.uniform(0.5, 2)
        rows[i][j] = float(high + step if is_high else low - step)
    return rows, odd


def found(oddity, kind, rows, seed):
    """The bound and the estimate."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rows.csv")
        write(path, rows)
        run = subprocess.run(
            [oddity, "find", path, "--top", "0", "--seed", str(seed)], check=True, capture_output=True, text=True)
    def number(words):
        match = re.search(words + r" ([\d,]+)", run.stderr)
        return int(match[1].replace(",", "")) if match else 0
    # Of tables of counts nothing is told.
    assert "stand" in run.stderr.splitlines()[-1] or kind == "discrete", run.stderr
    return number("at least"), number("about")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--rows", default="500,2000")
    parser.add_argument("--fits", type=int, default=3)
    parser.add_argument("--only", default=",".join(SOURCES))
    a = parser.parse_args()
    passed, tried = 0, 0
    for kind in a.only.split(","):
        texts = []
        for share in (0, 0.01, 0.05, 0.1):
            results = []
            for count in map(int, a.rows.split(",")):
                for seed in range(a.fits):
                    rows, odd = planted(kind, count, seed, share)
                    bound, estimate = found(a.oddity, kind, rows, seed)
                    results.append((bound > odd, bound / max(odd, 1), estimate / max(odd, 1)))
            wrong, bound, estimate = np.mean(results, 0)
            if share or kind != "heavy":
                passed, tried = passed + wrong * len(results), tried + len(results)
            text = f"{wrong * len(results):.0f} of {len(results)} above the truth"
            texts.append(f"{share:.0%}: {text}" + (f", bound {bound:.2f}, estimate {estimate:.2f}" if share else ""))
        print(f"{kind:12} " + "   ".join(texts), flush=True)
    print(f"bounds above the truth: {passed:.0f} of {tried}")
    return 1 if passed > max(1, tried / 20) else 0


if __name__ == "__main__":
    sys.exit(main())
