#!/usr/bin/env python3
"""Makes the numbers that the tests of thresholds are compared with. Needs numpy only.

    python3 scripts/reference_thresholds.py

Writes Tests/OddityEvaluationTests/Fixtures/thresholds.json: for samples of values the thresholds by rules without labels, with
the generalized Pareto tail by the formulas of Zhang and Stephens (Technometrics 51, 2009), and for labelled scores the best
thresholds by trying all of them.
"""
import json
import pathlib

import numpy as np


def samples():
    r = np.random.default_rng(11)
    yield "exponential", r.exponential(size=400)
    yield "heavy", r.pareto(2, size=1000)
    yield "bounded", r.uniform(size=300)
    yield "normal", r.normal(5, 2, size=250)
    yield "ties", np.round(r.exponential(3, size=500), 1)


def tail(values):
    ordered = np.sort(values)
    level = ordered[-1 - len(values) // 10]
    x = ordered[ordered > level] - level
    n = len(x)
    m = 30 + int(np.sqrt(n))
    theta = 1 / x[-1] + (1 - np.sqrt(m / (np.arange(1, m + 1) - 0.5))) / (3 * x[int(n / 4 + 0.5) - 1])
    k = np.log1p(-theta[:, None] * x).mean(axis=1)
    likelihood = n * (np.log(-theta / k) - k - 1)
    weights = 1 / np.exp(likelihood[None, :] - likelihood[:, None]).sum(axis=1)
    theta = (theta * weights).sum()
    shape = np.log1p(-theta * x).mean()
    scale = -shape / theta
    share = 1 - (1 + shape * x / scale) ** (-1 / shape)
    steps = np.arange(n)
    distance = max((share - steps / n).max(), ((steps + 1) / n - share).max())
    rate = 0.0005
    quantile = level + scale / shape * ((rate * len(values) / n) ** -shape - 1)
    return {"level": level, "count": n, "shape": shape, "scale": scale, "distance": distance, "threshold": quantile}


def rules(values):
    ordered = np.sort(values)[::-1]
    n = len(values)
    above = lambda count: float(np.nextafter(ordered[count], np.inf))
    median = np.median(values)
    return {
        "conformal=0.05": above(int((n + 1) * 0.05 + 1e-9) - 1),
        "quantile=0.9": above(int(n * 0.1 + 1e-9)),
        "mean-deviations=3": float(values.mean() + 3 * values.std()),
        "median-deviations=3.5": float(median + 3.5 * 1.482602218505602 * np.median(np.abs(values - median))),
        "largest": above(0),
        "peaks=0.0005": float(tail(values)["threshold"]),
    }


def labelled():
    r = np.random.default_rng(12)
    for name, n, share, shift in [("apart", 120, 0.2, 2.0), ("mixed", 200, 0.4, 0.7), ("rare", 300, 0.03, 1.5)]:
        labels = r.random(n) < share
        yield name, np.round(r.normal(size=n) + shift * labels, 2), labels


def criteria(scores, labels):
    p, n = labels.sum(), (~labels).sum()
    thresholds = np.r_[np.nextafter(scores.max(), np.inf), np.unique(scores)[::-1]]
    tp = np.array([(labels & (scores >= t)).sum() for t in thresholds])
    fp = np.array([(~labels & (scores >= t)).sum() for t in thresholds])
    corner = np.hypot(fp / n, 1 - tp / p)
    f2 = 5 * tp / (tp + fp + 4 * p)
    enough = np.flatnonzero(tp / p >= 0.8)[0]
    chosen = lambda best, value: {"threshold": float(thresholds[best]), "value": float(value[best])}
    return {
        "closest": chosen(np.argmin(corner.round(12)), corner),
        "f-beta=2.0": chosen(np.argmax(f2.round(12)), f2),
        "detection=0.8": chosen(enough, tp / p),
    }


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    path = root / "Tests" / "OddityEvaluationTests" / "Fixtures" / "thresholds.json"
    plain = lambda numbers: {name: number.item() if hasattr(number, "item") else number for name, number in numbers.items()}
    document = {
        "madeBy": f"scripts/reference_thresholds.py, numpy {np.__version__}",
        "samples": [
            {"name": name, "values": values.tolist(), "tail": plain(tail(values)), "rules": rules(values)}
            for name, values in samples()
        ],
        "cases": [
            {"name": name, "scores": scores.tolist(), "labels": labels.astype(int).tolist(), "criteria": criteria(scores, labels)}
            for name, scores, labels in labelled()
        ],
    }
    path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.relative_to(root)}: {len(document['samples'])} samples, {len(document['cases'])} cases")


if __name__ == "__main__":
    main()
