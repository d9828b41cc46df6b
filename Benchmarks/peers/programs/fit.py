"""Fits a detector of others to the rows of a CSV: `pyod`, its AutoEncoder, or `forest`, scikit-learn's isolation forest.

    fit.py pyod|forest rows.csv [--warm]

Defaults, but for the forest's share of alarms, 1 in 100 as Oddity's. With --warm it tells what the fit alone took, after a first one.
"""
import contextlib
import sys

import numpy as np

from telling import tell

engine, path = sys.argv[1:3]
if engine == "pyod":
    from pyod.models.auto_encoder import AutoEncoder

    make = lambda: AutoEncoder(verbose=0)
else:
    from sklearn.ensemble import IsolationForest

    make = lambda: IsolationForest(random_state=0, contamination=0.01, n_jobs=-1)
try:
    import polars

    values = polars.read_csv(path).to_numpy().astype(np.float64)
except ImportError:
    values = np.loadtxt(path, delimiter=",", skiprows=1)


def fit():
    # What it shows of its progress is not what is told.
    with contextlib.redirect_stdout(sys.stderr):
        make().fit(values)


tell(fit, seconds=0) if "--warm" in sys.argv else fit()
