#!/usr/bin/env python3
"""Makes the numbers that the tests of series detectors are compared with, from the formulas alone.

    python3 -m venv .venv && .venv/bin/pip install numpy scipy
    .venv/bin/python scripts/reference_series_detector.py

Writes Tests/OddityDetectorsTests/Fixtures/series_detector.json: for steps with breaks the centre and the scale of each
feature, where averages begin, and its activity, step by step too; for blocks of residuals, one set that
drifts and one that does not, their scale, the sample that calibrates scores, and the measures of rows.
"""

import json
import pathlib

import numpy as np
from scipy import linalg, signal, stats

WANDER, HORIZON, SHRINKAGE = 8.0, 8.0, 0.1


def segments(breaks, count):
    edges = [*np.flatnonzero(breaks), count]
    return list(zip(edges[:-1], edges[1:]))


def average(values, span, parts, start):
    """m <- m + a (z - m) with a = 2 / (span + 1), from `start` before the first step of each part."""
    rate = 2 / (span + 1)
    out = np.empty_like(values)
    for i, j in parts:
        first = start(values[i]) * (1 - rate)
        out[i:j] = signal.lfilter([rate], [1, rate - 1], values[i:j], axis=0, zi=first[None])[0]
    return out


def settled(parts, count, window):
    """The steps that come after more than `window` - 1 others of their part."""
    kept = np.zeros(count, bool)
    for i, j in parts:
        kept[i + window : j] = True
    return kept


def scaling():
    rng = np.random.default_rng(2026)
    count, window, block_count = 240, 12, 4
    noise = rng.normal(size=(count, 3))
    walk = np.cumsum(noise[:, 0]) * 0.2
    slow = signal.lfilter([0.3], [1, -0.9], noise[:, 1])
    burst = noise[:, 2] * np.where(np.arange(count) % 60 < 30, 0.2, 1.5)
    features = np.stack([walk, slow, burst], 1).astype(np.float32)
    breaks = np.zeros(count, bool)
    breaks[[0, 50, 55, 140]] = True
    edges = [count * k // block_count for k in range(block_count + 1)]
    blocks = list(zip(edges[:-1], edges[1:]))

    x = features.astype(float)
    center = x.mean(0)
    within = np.mean([x[a:b].var(0) for a, b in blocks], 0)
    between = np.mean([(x[a:b].mean(0) - center) ** 2 for a, b in blocks], 0)
    deviation = np.sqrt(within + WANDER * between)
    z = np.clip((x - center) / deviation, -20, 20)
    parts = segments(breaks, count)
    kept = settled(parts, count, window)
    starts = []
    for span in (window / 4, window):
        m = average(z, span, parts, np.zeros_like)[kept]
        starts.append(np.clip((m * z[kept]).sum(0) / (z[kept] ** 2).sum(0), 0, 1))

    change = np.diff(z, axis=0, prepend=z[:1])
    mean_change = (change[~breaks] ** 2).mean(0)
    square = np.minimum(change**2 / mean_change, 25)

    def activity(start):
        """The logarithm of the average square, which stands at `start` at the first step of a part."""
        out = np.empty_like(square)
        for i, j in parts:
            own = square[i:j].copy()
            own[0] = start
            out[i:j] = average(own, window, [(0, j - i)], lambda first: first)
        return 0.5 * np.log(out + 0.01)

    logarithm = activity(np.ones(3))[kept]
    mean, spread = logarithm.mean(0), np.maximum(logarithm.std(0), 0.1)
    start = np.maximum(np.exp(2 * mean) - 0.01, 0)
    seen = [z]
    for span, beta in zip((window / 4, window), starts):
        seen.append(average(z, span, parts, lambda first, beta=beta: beta * first))
    seen.append((activity(start) - mean) / spread)
    return {
        "windowLength": window,
        "features": features.ravel().tolist(),
        "breaks": np.flatnonzero(breaks).tolist(),
        "blocks": edges,
        "center": center.tolist(),
        "factor": (1 / deviation).tolist(),
        "starts": np.concatenate(starts).tolist(),
        "changeFactor": (1 / mean_change).tolist(),
        "activityMean": mean.tolist(),
        "activityFactor": (1 / spread).tolist(),
        "inputs": np.concatenate(seen, 1).ravel().tolist(),
    }


def calibration(name, shifts, seed):
    rng = np.random.default_rng(seed)
    mixing = np.array([[1, 0.9, 0, 0], [0, 0.4, 0, 0], [0, 0, 2, 0.5], [0, 0, 0, 0.1]])
    blocks = [(rng.normal(size=(40, 4)) @ mixing).astype(np.float32) for _ in shifts]
    blocks = [(b + np.float32([0, 0, s, 0])).astype(np.float32) for b, s in zip(blocks, shifts)]
    own = [b.astype(float) for b in blocks]
    held = np.concatenate(own)
    size, k = held.shape[1], len(own)
    moments = held.T @ held / len(held)
    deviation = np.sqrt(np.diag(moments) + 1e-6)
    q = (1 - SHRINKAGE) * moments / np.outer(deviation, deviation)
    np.fill_diagonal(q, 1)

    def measure(rows):
        scaled = rows / deviation
        return (scaled * linalg.solve(q, scaled.T).T).sum(1) / size

    means = np.array([b.mean(0) for b in own])
    quarters = [np.array([part.mean(0) for part in np.split(b, 4)]) for b in own]
    chance = np.mean([part.var(0, ddof=1) for part in quarters], 0) / 4
    gate = round(stats.f.ppf(0.9, 4, 15), 2)
    share = np.sqrt(np.maximum(0, 1 - gate * chance / (means**2).mean(0)))
    drifts = means * share
    t = stats.t.ppf(0.995, k - 1) / stats.norm.ppf(0.995)
    inflation = np.sqrt(HORIZON * t**2 * (1 + 1 / k))
    sample = [
        np.log(np.maximum(measure(np.concatenate([b - d for b, d in zip(own, drifts)]) + s * v), 1e-12))
        for v in drifts
        for s in (inflation, -inflation)
    ]
    rows = rng.normal(size=(10, 4)).astype(np.float32) * 2
    return {
        "name": name,
        "blocks": [b.ravel().tolist() for b in blocks],
        "factor": (1 / deviation).tolist(),
        "share": share.tolist(),
        "sample": np.sort(np.concatenate(sample)).tolist(),
        "rows": rows.ravel().tolist(),
        "measures": measure(rows.astype(float)).tolist(),
    }


def rounded(value):
    """Numbers with ten digits: beyond those of single precision."""
    if isinstance(value, dict):
        return {key: rounded(own) for key, own in value.items()}
    if isinstance(value, list):
        return [rounded(own) for own in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value


if __name__ == "__main__":
    numbers = {
        "scaling": scaling(),
        "calibrations": [
            calibration("still", [0, 0, 0, 0, 0], 7),
            calibration("drifting", [3, -4, 5, 2, -6], 8),
            calibration("three blocks", [6, -5, 4], 9),
        ],
    }
    folder = pathlib.Path(__file__).parent.parent / "Tests/OddityDetectorsTests/Fixtures"
    path = folder / "series_detector.json"
    path.write_text(json.dumps(rounded(numbers), separators=(",", ":")) + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")
    for case in numbers["calibrations"]:
        print(case["name"], [round(s, 3) for s in case["share"]])
