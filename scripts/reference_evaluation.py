#!/usr/bin/env python3
"""Makes the numbers that the Evaluation tests are compared with, using scikit-learn.

    python3 -m venv .venv && .venv/bin/pip install numpy scikit-learn
    .venv/bin/python scripts/reference_evaluation.py

Writes Tests/OddityEvaluationTests/Fixtures/reference.json: for each case the scores and labels, the
areas, both curves with every threshold, confusion matrices, the thresholds of three criteria, a part of
the area, and DeLong's variance and test.
"""

import json
import math
import pathlib

import numpy as np
import sklearn
from sklearn import metrics

COST_FALSE_ALARM, COST_MISS, PREVALENCE, RATE = 1.0, 20.0, 0.02, 0.05
PART = 0.1


def cases():
    rng = np.random.default_rng(2026)
    labels = rng.random(120) < 0.2
    yield "continuous", rng.normal(size=120) + 1.5 * labels, labels
    labels = rng.random(150) < 0.1
    yield "ties", np.round(rng.normal(size=150) + labels, 0), labels
    labels = rng.random(90) < 0.3
    yield "heavy tail", np.exp(3 * rng.normal(size=90) + 2 * labels), labels
    yield "perfect", np.r_[np.arange(20.0), np.arange(30.0, 35.0)], np.arange(25) >= 20
    yield "reversed", np.r_[np.arange(30.0, 50.0), np.arange(5.0)], np.arange(25) >= 20
    yield "constant", np.full(10, 0.25), np.arange(10) < 3
    yield "two rows", np.array([-1.0, 1.0]), np.array([False, True])
    labels = rng.random(80) < 0.6
    yield "mostly anomalies", np.round(rng.normal(size=80) + 0.5 * labels, 1), labels


def confusion(scores, labels, threshold):
    verdicts = scores >= threshold
    tn, fp, fn, tp = metrics.confusion_matrix(labels, verdicts, labels=[False, True]).ravel()
    undefined = {"zero_division": np.nan}
    figures = {
        "precision": metrics.precision_score(labels, verdicts, **undefined),
        "recall": metrics.recall_score(labels, verdicts, **undefined),
        "f1": metrics.f1_score(labels, verdicts, **undefined),
        "accuracy": metrics.accuracy_score(labels, verdicts),
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, verdicts),
        "matthewsCorrelation": metrics.matthews_corrcoef(labels, verdicts),
    }
    if verdicts.all() or not verdicts.any():
        figures["matthewsCorrelation"] = np.nan  # scikit-learn answers 0 where it is undefined
    figures = {k: None if np.isnan(v) else float(v) for k, v in figures.items()}
    counts = {"tp": int(tp), "fp": int(fp), "tn": int(tn), "fn": int(fn)}
    return {"threshold": float(threshold), **counts, **figures}


def criteria(scores, labels):
    """The best of every threshold and of no alarm at all; of equals the highest threshold."""
    p, n = labels.sum(), (~labels).sum()
    thresholds = np.r_[np.nextafter(scores.max(), np.inf), np.unique(scores)[::-1]]
    tp = np.array([(labels & (scores >= t)).sum() for t in thresholds])
    fp = np.array([(~labels & (scores >= t)).sum() for t in thresholds])
    fpr, tpr = fp / n, tp / p
    cost = COST_FALSE_ALARM * (1 - PREVALENCE) * fpr + COST_MISS * PREVALENCE * (1 - tpr)
    observed = (COST_FALSE_ALARM * fp + COST_MISS * (p - tp)) / (p + n)
    youden, f1 = tp * n - fp * p, 2 * tp / (tp + fp + p)
    allowed = np.flatnonzero(fpr <= RATE)[-1]

    def chosen(best, value):
        return {"threshold": float(thresholds[best]), "value": float(value[best])}

    return {
        "youden": chosen(np.argmax(youden), youden / (p * n)),
        "bestF1": chosen(np.argmax(f1), f1),
        "leastCost": chosen(np.argmin(cost.round(12)), cost),
        "leastObservedCost": chosen(np.argmin(observed.round(12)), observed),
        "falseAlarmRate": chosen(allowed, fpr),
    }


def covariance(columns, labels):
    """The covariance of the AUROCs of several scores, from the kernel of DeLong et al. (1988), pair by pair."""
    parts = []
    for scores in columns:
        anomalies, normals = scores[labels][:, None], scores[~labels][None, :]
        kernel = (anomalies > normals) + 0.5 * (anomalies == normals)
        parts.append((kernel.mean(axis=1), kernel.mean(axis=0)))
    by_anomaly, by_normal = (np.array([p[i] for p in parts]) for i in (0, 1))
    return np.cov(by_anomaly) / labels.sum() + np.cov(by_normal) / (~labels).sum()


def de_long(scores, labels):
    """The variance of the AUROC, and that of a second score of the same rows with its difference and p-value."""
    if labels.sum() < 2 or (~labels).sum() < 2:
        return None
    other = np.round(np.sqrt(np.abs(scores)) + 0.3 * np.sin(np.arange(len(scores))), 1)
    s = covariance([scores, other], labels)
    difference = metrics.roc_auc_score(labels, scores) - metrics.roc_auc_score(labels, other)
    variance = s[0, 0] + s[1, 1] - 2 * s[0, 1]
    z = abs(difference) / np.sqrt(variance) if variance > 1e-15 else None
    return {
        "other": other.tolist(),
        "variance": float(s[0, 0]),
        "standardError": float(np.sqrt(max(variance, 0))),
        # Scores that rank all rows alike differ by nothing.
        "pValue": float(math.erfc(z / math.sqrt(2))) if z is not None else 1.0 if abs(difference) < 1e-12 else None,
    }


def reference(name, scores, labels):
    fpr, tpr, roc_thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    precision, recall, pr_thresholds = metrics.precision_recall_curve(labels, scores)
    checked = np.unique(np.quantile(scores, [0, 0.3, 0.5, 0.9, 1]))
    return {
        "name": name,
        "scores": scores.tolist(),
        "labels": labels.astype(int).tolist(),
        "auroc": metrics.roc_auc_score(labels, scores),
        "averagePrecision": metrics.average_precision_score(labels, scores),
        "partialArea": metrics.roc_auc_score(labels, scores, max_fpr=PART),
        "deLong": de_long(scores, labels),
        # Without the first point, whose threshold is infinite.
        "roc": {
            "threshold": roc_thresholds[1:].tolist(),
            "falseAlarmRate": fpr[1:].tolist(),
            "detectionRate": tpr[1:].tolist(),
        },
        # Highest threshold first, without the added point (1, 0).
        "precisionRecall": {
            "threshold": pr_thresholds[::-1].tolist(),
            "precision": precision[-2::-1].tolist(),
            "recall": recall[-2::-1].tolist(),
        },
        "confusion": [confusion(scores, labels, t) for t in [*checked, scores.max() + 1]],
        "criteria": criteria(scores, labels),
    }


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    path = root / "Tests" / "OddityEvaluationTests" / "Fixtures" / "reference.json"
    document = {
        "madeBy": f"scripts/reference_evaluation.py, scikit-learn {sklearn.__version__}",
        "costFalseAlarm": COST_FALSE_ALARM,
        "costMiss": COST_MISS,
        "prevalence": PREVALENCE,
        "rate": RATE,
        "part": PART,
        "cases": [reference(*case) for case in cases()],
    }
    path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.relative_to(root)}: {len(document['cases'])} cases")


if __name__ == "__main__":
    main()
