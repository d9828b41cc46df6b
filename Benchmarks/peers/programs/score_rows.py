"""How long rows take in memory: `onnxruntime` with a model that oddity exported or with a plain network, or `forest`, scikit-learn's.

    score_rows.py onnxruntime model.onnx rows.csv --rows N --threads N [--alone]
    score_rows.py forest - rows.csv --rows N --threads N

With --alone rows are given one at a time, and the median is told.
"""
import argparse
import itertools

import numpy as np

from telling import session, tell


def batches(values, size):
    return [np.ascontiguousarray(values[at:at + size]) for at in range(0, len(values), size)]


def inputs(model, values):
    """What a session takes: one tensor, or each column by its name, as oddity exports it."""
    taken = model.get_inputs()
    if len(taken) == 1:
        return {taken[0].name: values.astype(np.float32)}
    return {entry.name: values[:, [number]] for number, entry in enumerate(taken)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=["onnxruntime", "forest"])
    parser.add_argument("model")
    parser.add_argument("data")
    parser.add_argument("--rows", type=int)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--alone", action="store_true")
    options = parser.parse_args()
    values = np.loadtxt(options.data, delimiter=",", skiprows=1, max_rows=options.rows, ndmin=2)
    if options.engine == "forest":
        from sklearn.ensemble import IsolationForest

        forest = IsolationForest(random_state=0, n_jobs=options.threads).fit(values[:5000])
        parts, run = [values], forest.score_samples
    else:
        model = session(options.model, options.threads)
        parts = [inputs(model, part) for part in batches(values, 1 if options.alone else 1000)]
        run = lambda part: model.run(None, part)
    if options.alone:
        rows = itertools.cycle(parts)
        tell(lambda: run(next(rows)), middle=True)
    else:
        tell(lambda: [run(part) for part in parts], seconds=3, amount=len(values))


main()
