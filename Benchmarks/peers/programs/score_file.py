"""Scores a file with polars and ONNX Runtime: reads a CSV, runs a network on all rows, writes their errors.

    score_file.py network.onnx rows.csv scores.csv
"""
import os
import sys

import numpy as np
import polars

from telling import session

network, rows, scores = sys.argv[1:]
model = session(network, os.cpu_count())
values = polars.read_csv(rows).cast(polars.Float32).to_numpy()
# As many at a time as rank best, of 256 to 65,536.
parts = [model.run(None, {"x": np.ascontiguousarray(values[at:at + 4096])})[0] for at in range(0, len(values), 4096)]
errors = np.concatenate(parts)
polars.DataFrame({"row": np.arange(1, len(errors) + 1), "error": errors}).write_csv(scores)
