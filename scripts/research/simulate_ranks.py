#!/usr/bin/env python3
"""How held-out rows must be ranked so that new rows keep the asked rate, by the number of rows and of measures.

    python3 scripts/research/simulate_ranks.py [--rows 100,200,1000] [--repeats 3000]

No model is fitted: normal rows have some measures, drawn with a given correlation, and the score of a row is the sum of −ln of its tail probabilities,
as in TheMethod.md. A new row's tail probabilities are those among all held-out rows. Three ways to form the scores of the held-out rows themselves:
among the others, among all with themselves, and the geometric mean of both, which is what detectors do. Prints the share of new rows whose score's
p-value is at most 1 % and 5 %, in percent. Needs numpy only.
"""
import argparse

import numpy as np


def tail_scale(values):
    """The mean excess of the top tenth, as SurvivalFunction has it; `values` ascend."""
    count = max((len(values) + 9) // 10, min(10, len(values) - 1))
    return max((values[-count:] - values[max(0, len(values) - count - 1)]).mean(), 0.1)


def log_survival(values, x):
    """The logarithm of the survival among held-out values, which ascend."""
    n, below = len(values), np.searchsorted(values, x)
    inner = np.clip(below, 1, n - 1)
    fraction = np.clip((x - values[inner - 1]) / np.maximum(values[inner] - values[inner - 1], 1e-300), 0, 1)
    result = np.log(n - inner + 1 - fraction) - np.log(n + 1)
    beyond = -(x - values[-1]) / tail_scale(values) - np.log(n + 1)
    distance = (values[0] - x) / tail_scale(values)
    before = np.log(n / (n + 1)) + np.log1p(1 / n) * distance / (1 + distance)
    return np.where(x > values[-1], beyond, np.where(below == 0, before, result))


def among_others(values):
    """For each held-out value the logarithm of its survival among the others."""
    order = np.argsort(values)
    v, n = values[order], len(values)
    result = np.empty(n)
    inner = np.arange(1, n - 1)
    fraction = (v[inner] - v[inner - 1]) / (v[inner + 1] - v[inner - 1])
    result[order[1:-1]] = np.log(n - inner - fraction) - np.log(n)
    result[order[0]] = log_survival(v[1:], v[:1])[0]
    result[order[-1]] = log_survival(v[:-1], v[-1:])[0]
    return result


def shares(n, measures, correlation, repeats, r):
    """By way and rate the share of new rows that are flagged."""
    totals = np.zeros((3, 2))
    for _ in range(repeats):
        z = r.normal(size=(n + 50, 1)) * correlation**0.5 + r.normal(size=(n + 50, measures)) * (1 - correlation) ** 0.5
        held_out, new = np.zeros((2, n)), np.zeros(50)
        for column in z.T:
            ascending = np.sort(column[:n])
            new -= log_survival(ascending, column[n:])
            held_out -= among_others(column[:n]), log_survival(ascending, column[:n])
        for way, scores in enumerate([*held_out, held_out.mean(0)]):
            p = np.exp(log_survival(np.sort(scores), new))
            totals[way] += (p <= 0.01).mean(), (p <= 0.05).mean()
    return 100 * totals / repeats


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="100,200,1000")
    parser.add_argument("--repeats", type=int, default=3000)
    options = parser.parse_args()
    print("rows  measures  correlation   among others   with themselves    mean of both")
    for n in map(int, options.rows.split(",")):
        for measures, correlation in (1, 0), (3, 0.9), (3, 0.6), (3, 0):
            found = shares(n, measures, correlation, options.repeats, np.random.default_rng(n))
            print(f"{n:4}  {measures:8}  {correlation:11}" + "".join(f"   {a:6.2f} {b:6.2f}" for a, b in found), flush=True)


if __name__ == "__main__":
    main()
