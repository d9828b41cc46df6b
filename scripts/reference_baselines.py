#!/usr/bin/env python3
"""Makes the numbers that the tests of the baselines are compared with, using scikit-learn.

    python3 -m venv .venv && .venv/bin/pip install numpy scikit-learn
    .venv/bin/python scripts/reference_baselines.py

Writes Tests/OddityDetectorsTests/Fixtures/baselines.json: training rows and other rows of single-precision
numbers, and for the other rows the distances to nearest neighbors, the residuals of PCA, the tail
scores of ECOD (from its definition, with numpy), and for isolation forests the mean and the
standard deviation over 2,000 trees of a row's depth.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler

NEIGHBORS, SHARE, TREES, SAMPLE = 5, 0.8, 2000, 64


def tables():
    """Rows of six features near three directions, one feature of whole numbers, and odd rows."""
    rng = np.random.default_rng(2026)
    directions = rng.normal(size=(3, 5))

    def normal(count):
        rows = rng.normal(size=(count, 3)) @ directions + 0.2 * rng.normal(size=(count, 5))
        return np.c_[100 * rows[:, 0] + 7, rows[:, 1:], rng.integers(0, 4, size=count)]

    train = normal(150)
    other = np.r_[normal(20), train[:5], 3 * rng.normal(size=(15, 6))]
    return train.astype(np.float32), other.astype(np.float32)


def nearest(train, other):
    return np.sort(NearestNeighbors(n_neighbors=NEIGHBORS).fit(train).kneighbors(other)[0], axis=1)


def residuals(train, other, components):
    pca = PCA(n_components=components, svd_solver="full").fit(train)
    return ((other - pca.inverse_transform(pca.transform(other))) ** 2).mean(axis=1)


def tail_scores(train, other):
    n = len(train)
    left = np.array([[(train[:, j] <= x).sum() for j, x in enumerate(row)] for row in other])
    right = np.array([[(train[:, j] >= x).sum() for j, x in enumerate(row)] for row in other])
    return -np.log((1 + np.minimum(left, right)) / (n + 1)).sum(axis=1)


def depths(train, other):
    """Over the trees, the depth of each row's leaf and what is expected below it."""

    def search_depth(count):
        count = count.astype(float)
        many = np.maximum(count, 3)
        usual = 2 * (np.log(many - 1) + np.euler_gamma) - 2 * (many - 1) / many
        return np.where(count > 2, usual, np.where(count == 2, 1.0, 0.0))

    forest = IsolationForest(n_estimators=TREES, max_samples=SAMPLE, random_state=0).fit(train)
    found = []
    for tree in forest.estimators_:
        leaves = tree.apply(other)
        edges = np.asarray(tree.decision_path(other).sum(axis=1)).ravel() - 1
        found.append(edges + search_depth(tree.tree_.n_node_samples[leaves]))
    return np.mean(found, axis=0), np.std(found, axis=0, ddof=1)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    path = root / "Tests" / "OddityDetectorsTests" / "Fixtures" / "baselines.json"
    path.parent.mkdir(exist_ok=True)
    train, other = tables()
    scaler = StandardScaler().fit(train.astype(float))
    x, y = scaler.transform(train.astype(float)), scaler.transform(other.astype(float))
    distances = nearest(x, y)
    variances = PCA().fit(x).explained_variance_
    mean, deviation = depths(train, other)
    document = {
        "madeBy": f"scripts/reference_baselines.py, scikit-learn {sklearn.__version__}",
        "columnCount": train.shape[1],
        "training": train.astype(float).ravel().tolist(),
        "rows": other.astype(float).ravel().tolist(),
        "neighborCount": NEIGHBORS,
        "largestDistance": distances[:, -1].tolist(),
        "meanDistance": distances.mean(axis=1).tolist(),
        "share": SHARE,
        "residualOfShare": residuals(x, y, SHARE).tolist(),
        "residualAboveAverage": residuals(x, y, int((variances > variances.mean()).sum())).tolist(),
        "tailScore": tail_scores(train, other).tolist(),
        "sampleCount": SAMPLE,
        "meanDepth": mean.tolist(),
        "depthDeviation": deviation.tolist(),
    }
    path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.relative_to(root)}: {len(train)} training rows, {len(other)} rows")


if __name__ == "__main__":
    main()
