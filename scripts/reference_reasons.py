#!/usr/bin/env python3
"""Makes the numbers that the tests of what columns should hold are compared with, using numpy.

    python3 -m venv .venv && .venv/bin/pip install numpy
    .venv/bin/python scripts/reference_reasons.py

Writes Tests/OddityDetectorsTests/Fixtures/expectations.json: for a table of numbers and categories, and for one whose
numbers follow a curve, the columns, the rows that are held out in turn, and what "Reasons" in TheMethod.md makes of them
with plain inverses: the weights, biases and variances, and the parts of some rows.
"""

import json
import pathlib

import numpy as np

RIDGE, QUANTILES, WORTHWHILE = 0.01, (0.2, 0.5, 0.8), 0.25
TEMPERATURES = 2 ** (np.arange(-4, 13) / 2)


def tables():
    rng = np.random.default_rng(2026)
    n = 90
    kind = rng.integers(3, size=n)
    a, b = rng.normal(size=(2, n))
    yield "mixed", {
        "a": 10 + 2 * a,
        "b": 3 * a + b + 2 * kind,
        "c": rng.normal(size=n) - kind,
        "kind": np.array(["blue", "green", "red"])[kind],
    }
    yield "curved", {"a": a, "b": a * a + 0.1 * b, "c": rng.normal(size=n)}


def features(table):
    """Standardized numbers and one-hot categories that weigh as much, each column's place, and shares of levels."""
    parts, groups, shares, start = [], [], [], 0
    for values in table.values():
        if values.dtype.kind == "f":
            part = ((values - values.mean()) / values.std())[:, None]
            shares.append(None)
        else:
            one_hot = (values[:, None] == np.unique(values)).astype(float)
            share = one_hot.mean(0)
            part = (one_hot - share) / np.sqrt((share * (1 - share)).sum())
            shares.append(share)
        parts.append(part)
        groups.append(list(range(start, start + part.shape[1])))
        start += part.shape[1]
    return np.concatenate(parts, 1).astype(np.float32).astype(float), groups, shares


def hinges(x, groups, shares):
    """Each number's hinges at three quantiles, scaled, and for each column which are its own."""
    columns, own = [], [[] for _ in groups]
    for j, (group, share) in enumerate(zip(groups, shares)):
        if share is None:
            values = np.sort(x[:, group[0]])
            for quantile in QUANTILES:
                hinge = np.maximum(0, x[:, group[0]] - values[int(quantile * (len(values) - 1))])
                own[j].append(x.shape[1] + len(columns))
                columns.append(hinge / hinge.std())
    return np.stack(columns, 1), own


def weights(inputs, width, groups, own, shares):
    """What a deviation of each input adds to each expectation or logit, what logits have of their own, and variances."""
    mean = inputs.mean(0)
    regular = np.cov(inputs.T, bias=True)
    ridge = np.diag(regular).copy()
    for group, share in zip(groups, shares):
        if share is not None:
            ridge[group] = ridge[group].sum()
    regular = regular + RIDGE * np.diag(ridge)
    precision = np.linalg.inv(regular)
    result, bias, least = np.zeros((inputs.shape[1], width)), np.zeros(width), np.zeros(width)
    for group, hinge, share in zip(groups, own, shares):
        mine = group + hinge
        others = [i for i in range(inputs.shape[1]) if i not in mine]
        if share is None:
            given = np.linalg.inv(precision[np.ix_(mine, mine)])
            least[group] = np.diag(given)[: len(group)]
            block = given @ precision[np.ix_(mine, others)]
            result[np.ix_(others, group)] = -block[: len(group)].T
            continue
        unit = np.sqrt((share * (1 - share)).sum())
        codes = (np.eye(len(share)) - share) / unit
        block, marginal = precision[np.ix_(mine, mine)], np.linalg.inv(regular[np.ix_(mine, mine)])
        for level, j in enumerate(group):
            centered = codes[level] - mean[group]
            bias[j] = centered @ marginal @ centered / 2 - codes[level] @ block @ codes[level] / 2
            bias[j] += block[level] @ mean[group] / unit
        result[np.ix_(others, group)] = -precision[np.ix_(group, others)].T / unit
    return mean, result, bias, least


def candidate(inputs, width, groups, own, shares, folds):
    squares, nats = np.zeros(width), np.zeros((len(groups), len(TEMPERATURES)))
    for fold in folds:
        kept = np.setdiff1d(np.arange(len(inputs)), fold)
        mean, w, bias, _ = weights(inputs[kept], width, groups, own, shares)
        out = (inputs[fold] - mean) @ w
        squares += ((inputs[fold][:, :width] - mean[:width] - out) ** 2).sum(0)
        for j, (group, share) in enumerate(zip(groups, shares)):
            if share is not None:
                for k, t in enumerate(TEMPERATURES):
                    logits = np.log(share) + (bias[group] + out[:, group]) / t
                    held = inputs[fold][:, group].argmax(1)
                    nats[j, k] += (
                        np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(fold)), held]
                    ).sum()
    mean, w, bias, least = weights(inputs, width, groups, own, shares)
    count = sum(map(len, folds))
    errors = [squares[group].mean() / count for group in groups]
    for j, (group, share) in enumerate(zip(groups, shares)):
        if share is not None:
            best = nats[j].argmin()
            errors[j] = nats[j, best] / count
            w[:, group] /= TEMPERATURES[best]
            bias[group] = bias[group] / TEMPERATURES[best] + np.log(share)
    return mean, w, bias, np.maximum(squares / count, least), errors


def case(name, table):
    x, groups, shares = features(table)
    n, width = x.shape
    folds = [list(range(k, n, 3)) for k in range(3)]
    bent, own = hinges(x, groups, shares)
    none = [[] for _ in groups]
    mean, w, bias, variance, errors = candidate(x, width, groups, none, shares, folds)
    inputs = np.concatenate([x, bent], 1)
    other = candidate(inputs, width, groups, own, shares, folds)
    taken = [j for j in range(len(groups)) if other[4][j] <= WORTHWHILE * errors[j]]
    if taken:
        straight = np.concatenate([w, np.zeros((bent.shape[1], width))])
        mean, w = other[0], straight
        for j in taken:
            w[:, groups[j]] = other[1][:, groups[j]]
            bias[groups[j]] = other[2][groups[j]]
            variance[groups[j]] = other[3][groups[j]]
    else:
        inputs = x
    for group, share in zip(groups, shares):
        if share is not None:
            variance[group] = 1
    out = (inputs - mean) @ w
    parts = np.zeros((n, len(groups)))
    for j, (group, share) in enumerate(zip(groups, shares)):
        if share is None:
            i = group[0]
            parts[:, j] = (x[:, i] - mean[i] - out[:, i]) ** 2 / variance[i]
        else:
            logits = bias[group] + out[:, group]
            parts[:, j] = 2 * (logits.max(1) - logits[np.arange(n), x[:, group].argmax(1)])
    return {
        "name": name,
        "columns": [
            {"name": key, "numbers": v.tolist()}
            if v.dtype.kind == "f"
            else {"name": key, "categories": v.tolist()}
            for key, v in table.items()
        ],
        "folds": folds,
        "inputCount": inputs.shape[1],
        "weights": w.ravel().tolist(),
        "bias": bias.tolist(),
        "variance": variance.tolist(),
        "parts": parts[:12].ravel().tolist(),
    }


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    path = root / "Tests/OddityDetectorsTests/Fixtures/expectations.json"
    document = [case(*table) for table in tables()]
    path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.relative_to(root)}: {len(document)} cases")


if __name__ == "__main__":
    main()
