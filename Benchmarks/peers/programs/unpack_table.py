"""Writes the normal rows of a table of ADBench as CSV.

    unpack_table.py 38_thyroid.npz thyroid.csv
"""
import sys

import numpy as np

data = np.load(sys.argv[1], allow_pickle=True)
rows = data["X"][data["y"] == 0]
names = ",".join(f"x{column}" for column in range(rows.shape[1]))
np.savetxt(sys.argv[2], rows, delimiter=",", header=names, comments="", fmt="%.9g")
