#!/usr/bin/env python3
"""Makes the numbers that the tests of principal components are compared with, using scikit-learn.

    python3 -m venv .venv && .venv/bin/pip install numpy scikit-learn
    .venv/bin/python scripts/reference_pca.py

Writes Tests/OddityPreprocessingTests/Fixtures/components.json: for each case rows of single-precision
numbers, their mean, the variances of all components, the leading components with the sign that
makes the largest entry positive, the rows' codes, and how many components each share needs.
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.decomposition import PCA

SHARES = [0.5, 0.9, 0.99]


def cases():
    rng = np.random.default_rng(2026)

    def rows(count, scales, offset=0.0):
        """Rows with variances that are far apart, along random directions."""
        axes, _ = np.linalg.qr(rng.normal(size=(len(scales), len(scales))))
        return offset + rng.normal(size=(count, len(scales))) * scales @ axes

    yield "tall", rows(80, np.array([8.0, 4.0, 2.0, 1.0, 0.5])), 3
    yield "far from the origin", rows(60, np.array([4.0, 2.0, 1.0, 0.5]), offset=100.0), 4
    yield "wide", rows(9, 2.0 ** -np.arange(20.0)), 5
    yield "a repeated and a constant column", np.c_[
        (x := rows(50, np.array([3.0, 1.5, 0.7]))), x[:, 0], np.full(50, 7.0)
    ], 3


def reference(name, rows, kept):
    rows = rows.astype(np.float32)
    pca = PCA(svd_solver="full").fit(rows.astype(np.float64))
    components = pca.components_[:kept]
    largest = np.abs(components).argmax(axis=1)
    # The first of equals, as a repeated column has.
    for i, row in enumerate(np.abs(components)):
        largest[i] = np.flatnonzero(row >= row.max() * (1 - 2.0**-20))[0]
    components = components * np.sign(components[np.arange(kept), largest])[:, None]
    cumulative = np.cumsum(pca.explained_variance_ratio_)
    variances = pca.explained_variance_
    return {
        "name": name,
        "rowCount": rows.shape[0],
        "columnCount": rows.shape[1],
        "rows": rows.astype(float).ravel().tolist(),
        "mean": pca.mean_.tolist(),
        "variances": variances[:kept].tolist(),
        "totalVariance": rows.astype(np.float64).var(axis=0, ddof=1).sum(),
        "components": components.ravel().tolist(),
        "codes": ((rows - pca.mean_) @ components.T).ravel().tolist(),
        "countOfShare": [int(np.searchsorted(cumulative, share) + 1) for share in SHARES],
        "aboveAverage": int((variances > variances.sum() / rows.shape[1]).sum()),
    }


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    path = root / "Tests" / "OddityPreprocessingTests" / "Fixtures" / "components.json"
    path.parent.mkdir(exist_ok=True)
    document = {
        "madeBy": f"scripts/reference_pca.py, scikit-learn {sklearn.__version__}",
        "shares": SHARES,
        "cases": [reference(*case) for case in cases()],
    }
    path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.relative_to(root)}: {len(document['cases'])} cases")


if __name__ == "__main__":
    main()
