#!/usr/bin/env python3
"""Makes the numbers that the Evaluation tests of series are compared with.

    python3 -m venv .venv && .venv/bin/pip install numpy pandas scikit-learn
    .venv/bin/pip install --no-deps vus==0.0.6 prts==1.0.0.3
    .venv/bin/python scripts/reference_series_metrics.py

Volumes under the surface and affiliation come from the package vus of Paparrizos et al. (which holds
a copy of the affiliation package of Huet et al.), range-based precision and recall from prts.

Writes Tests/OddityEvaluationTests/Fixtures/series.json.
"""

import json
import pathlib

import numpy as np
from prts.time_series_metrics.precision import TimeSeriesPrecision
from prts.time_series_metrics.recall import TimeSeriesRecall
from vus.affiliation.generics import convert_vector_to_events
from vus.affiliation.metrics import pr_from_events
from vus.utils.metrics import metricor

ALPHAS = [0.0, 0.3, 1.0]
BIASES = ["flat", "front"]


def series(rng, length, spans, strength, decimals):
    labels = np.zeros(length, int)
    for start, end in spans:
        labels[start:end] = 1
    noise = np.convolve(rng.normal(size=length + 4), np.full(5, 0.45), "valid")
    return np.round(noise + strength * labels, decimals), labels


def cases():
    rng = np.random.default_rng(2026)
    yield "few events", *series(rng, 400, [(60, 90), (200, 203), (310, 360)], 1.5, 3), 24
    yield "at both ends", *series(rng, 150, [(0, 7), (143, 150)], 1.0, 3), 15
    yield "single rows close together", *series(
        rng, 300, [(i, i + 1) for i in (50, 52, 54, 61, 75, 110, 180, 183)], 2.0, 3
    ), 21
    yield "ties", *series(rng, 260, [(20, 50), (70, 75), (200, 230)], 1.0, 0), 10
    yield "no buffer", *series(rng, 120, [(40, 60)], 0.5, 3), 0
    yield "mostly anomalous", *series(rng, 200, [(10, 90), (95, 180)], 0.7, 2), 30
    yield "all but one row anomalous", *series(rng, 60, [(0, 30), (31, 60)], 0.7, 2), 9
    yield "reversed", *series(rng, 200, [(80, 120)], -2.0, 3), 12
    yield "shorter than the thresholds", *series(rng, 30, [(10, 14), (20, 21)], 1.0, 2), 7


def verdict_figures(labels, verdicts):
    events = convert_vector_to_events(labels)
    alarms = convert_vector_to_events(verdicts)
    affiliation = pr_from_events(alarms, events, (0, len(labels)))
    recall = {
        f"{bias} {alpha}": float(TimeSeriesRecall(alpha, "reciprocal", bias).score(labels, verdicts))
        for bias in BIASES
        for alpha in ALPHAS
    }
    individual = affiliation["individual_precision_probabilities"]
    return {
        "rangePrecision": float(TimeSeriesPrecision(0.0, "reciprocal").score(labels, verdicts)),
        "rangeRecall": recall,
        "affiliationPrecision": float(affiliation["Affiliation_Precision"]),
        "affiliationRecall": float(affiliation["Affiliation_Recall"]),
        "eventPrecisions": [None if np.isnan(p) else float(p) for p in individual],
        "eventRecalls": [float(r) for r in affiliation["individual_recall_probabilities"]],
    }


def reference(name, scores, labels, buffer_length):
    volume = metricor().RangeAUC_volume_opt(labels, scores, buffer_length)
    verdicts = []
    for share in (0.03, 0.1, 0.3, 0.7):
        threshold = float(np.sort(scores)[::-1][max(0, int(share * len(scores)) - 1)])
        flags = (scores >= threshold).astype(int)
        verdicts.append({"threshold": threshold, **verdict_figures(labels, flags)})
    return {
        "name": name,
        "scores": scores.tolist(),
        "labels": labels.tolist(),
        "bufferLength": buffer_length,
        "vusROC": float(volume[4]),
        "vusPR": float(volume[5]),
        "verdicts": verdicts,
    }


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    path = root / "Tests" / "OddityEvaluationTests" / "Fixtures" / "series.json"
    document = {
        "madeBy": "scripts/reference_series_metrics.py, vus 0.0.6, prts 1.0.0.3",
        "cases": [reference(*case) for case in cases()],
    }
    path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.relative_to(root)}: {len(document['cases'])} cases")


if __name__ == "__main__":
    main()
