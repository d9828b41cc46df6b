#!/usr/bin/env python3
"""Does `oddity score` name the column that was changed? Generated tables, one changed cell a row.

    python3 scripts/research/evaluate_reasons.py [--oddity .build/release/oddity] [--only curved] [--rows 200]
                                        [--fit-options "--epochs 100"]

Each table has 1,200 rows from fixed seeds: 1,000 train, of the others (at most --rows) each gets one changed cell:

  far       a number 10, and again 5, standard deviations from the mean of its column
  broken    a number that another training row holds: at most 2.5 deviations from the mean, at least 1 from its own
  category  another level of the column
  new       a level that training never saw, a changed constant, or a value that is missing where none was

Of the rows: how often the changed column is the first reason, among the first two, among the three; how many rows
are anomalies; of those, in how many all named cells replaced by what was expected give a row that is normal when
scored again (normal); how often a reason holds what was expected (equal: never). Needs numpy.
"""
import argparse
import csv
import pathlib
import shlex
import subprocess
import tempfile

import numpy as np

COUNT, TRAIN = 1_200, 1_000


def tables():
    """Name, columns (numbers as floats, categories as texts), and changes with the columns that are changed."""

    def numbers(x):
        return [x[:, j] for j in range(x.shape[1])]

    def letters(codes):
        return np.array(list("abcdefgh"))[codes]

    for d in (3, 10, 30):
        rng = np.random.default_rng(d)
        yield f"independent-{d}", numbers(rng.normal(size=(COUNT, d))), {"far": None}
    for d, factors in ((4, 1), (8, 2), (30, 4)):
        rng = np.random.default_rng(100 + d)
        mix = rng.normal(size=(factors, d))
        x = rng.normal(size=(COUNT, factors)) @ (mix / np.sqrt((mix * mix).sum(0)))
        x = x + 0.3 * rng.normal(size=(COUNT, d))
        yield f"correlated-{d}", numbers(x), {"far": None, "broken": None}
    rng = np.random.default_rng(300)
    x = np.exp(rng.normal(size=(COUNT, 6)))
    x[:, 1] = x[:, 0] * np.exp(0.2 * rng.normal(size=COUNT))
    yield "skewed-6", numbers(x), {"far": None}
    rng = np.random.default_rng(400)
    x = rng.normal(size=(COUNT, 4))
    x[:, 1] = x[:, 0] ** 2 + 0.1 * x[:, 1]
    yield "curved-4 (square)", numbers(x), {"far": None, "broken": [1]}
    x = rng.normal(size=(COUNT, 6))
    x[:, 1] = np.abs(x[:, 0]) + 0.1 * x[:, 1]
    x[:, 3] = np.sin(2 * x[:, 2]) + 0.1 * x[:, 3]
    x[:, 5] = np.exp(x[:, 4] / 2) + 0.5 * x[:, 0] + 0.1 * x[:, 5]
    yield "curved-6 (three curves)", numbers(x), {"far": None, "broken": [1, 3, 5]}
    x = rng.normal(size=(COUNT, 4))
    x[:, 2] = x[:, 0] * x[:, 1] + 0.1 * x[:, 2]
    yield "product-4", numbers(x), {"far": None, "broken": [2]}
    for d, kinds in ((3, (4,)), (6, (3, 8))):
        rng = np.random.default_rng(200 + d)
        codes = [rng.integers(k, size=COUNT) for k in kinds]
        x = rng.normal(size=(COUNT, d))
        x[:, 0] += 1.5 * codes[0]
        yield (
            f"mixed-{d}+{len(kinds)}",
            numbers(x) + [letters(c) for c in codes] + [np.full(COUNT, 7.0)],
            {"far": list(range(d)), "new": list(range(d + len(kinds) + 1))},
        )
    rng = np.random.default_rng(500)
    codes = rng.integers(4, size=COUNT)
    x = rng.normal(size=(COUNT, 4)) + 4 * rng.normal(size=(4, 4))[codes]
    yield "kinds-4+1", numbers(x) + [letters(codes)], {"far": [0, 1, 2, 3], "category": [4]}
    codes = rng.choice(5, size=COUNT, p=(0.5, 0.3, 0.15, 0.04, 0.01))
    x = rng.normal(size=(COUNT, 5))
    x[:, 0] += 4 * codes
    x[:, 1] -= 3 * codes
    x[:, 2] += 3 * (codes == 1)
    yield "rare kinds-5+1", numbers(x) + [letters(codes)], {"category": [5]}
    codes = rng.integers(4, size=COUNT)
    follows = [np.where(rng.random(COUNT) < 0.97, codes, rng.integers(4, size=COUNT)) for _ in "ab"]
    x = rng.normal(size=(COUNT, 2))
    categories = [letters(codes)] + [letters(c) for c in follows]
    yield "kinds of kinds-2+3", numbers(x) + categories, {"category": [2, 3, 4]}


def change(kind, size, columns, places, rng):
    """The last rows as texts, one cell of each changed, and which."""
    rows = [[format_cell(c[i]) for c in columns] for i in range(TRAIN, COUNT)]
    changed = rng.choice(np.arange(len(columns)) if places is None else places, len(rows))
    for row, j in zip(range(len(rows)), changed):
        training, own = columns[j][:TRAIN], columns[j][TRAIN + row]
        if kind == "new":
            is_number = training.dtype.kind == "f"
            is_constant = is_number and training.std() == 0
            rows[row][j] = "8" if is_constant else "" if is_number else "never"
        elif kind == "category":
            rows[row][j] = rng.choice([l for l in np.unique(training) if l != own])
        elif kind == "far":
            side = rng.choice((-1, 1))
            rows[row][j] = format_cell(training.mean() + side * size * training.std())
        else:
            distance = np.abs(training - training.mean()) / training.std()
            far = np.abs(training - own) / training.std()
            candidates = training[(distance < 2.5) & (far > 1)]
            rows[row][j] = format_cell(rng.choice(candidates))
    return rows, changed


def format_cell(value):
    return f"{value:.7g}" if isinstance(value, float) else str(value)


def write(path, names, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)


def call(*arguments):
    done = subprocess.run([str(a) for a in arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)


def scores(arguments, model, names, rows, folder, count=3):
    write(folder / "rows.csv", names, rows)
    output = folder / "scores.csv"
    files = (model, folder / "rows.csv")
    call(arguments.oddity, "score", *files, "--reasons", count, "--output", output)
    with open(output) as file:
        return list(csv.DictReader(file))


def judge(arguments, model, names, columns, kind, size, places, folder):
    rng = np.random.default_rng(size)
    rows, changed = change(kind, size, columns, places, rng)
    rows, changed = rows[: arguments.rows], changed[: arguments.rows]
    scored = scores(arguments, model, names, rows, folder)
    ranks = (1, 2, 3)
    named = [[s.get(f"reason_{i}") or "" for i in ranks] for s in scored]
    hit = [[n == names[j] for n in own] for own, j in zip(named, changed)]
    equal = any(
        n and s[f"actual_{i}"] == s[f"expected_{i}"]
        for s, own in zip(scored, named)
        for i, n in zip(ranks, own)
    )
    shares = [sum(float(s.get(f"share_{i}") or 0) for i in ranks) for s in scored]
    assert max(shares) <= 1.0002, f"shares of {max(shares)}"
    repaired = []
    for row, s, own in zip(rows, scored, named):
        if s["anomaly"] == "1":
            row = list(row)
            for i, n in zip(ranks, own):
                if n:
                    expected = s[f"expected_{i}"]
                    row[names.index(n)] = "" if expected == "missing" else expected
            repaired.append(row)
    again = scores(arguments, model, names, repaired, folder, 0) if repaired else []
    return (
        100 * np.mean([h[0] for h in hit]),
        100 * np.mean([any(h[:2]) for h in hit]),
        100 * np.mean([any(h) for h in hit]),
        100 * np.mean([s["anomaly"] == "1" for s in scored]),
        100 * np.mean([s["anomaly"] == "0" for s in again]) if again else np.nan,
        equal,
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--oddity", default=".build/release/oddity", type=pathlib.Path)
    parser.add_argument("--only", default="", help="tables whose name has this in it")
    parser.add_argument("--rows", type=int, default=COUNT - TRAIN)
    parser.add_argument("--fit-options", default="")
    arguments = parser.parse_args()
    print(f"{'table':24} {'change':9}  first  first two  named  anomalies  normal  equal")
    totals = []
    for name, columns, changes in tables():
        if arguments.only not in name:
            continue
        names = [f"x{j}" for j in range(len(columns))]
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            training = [[format_cell(c[i]) for c in columns] for i in range(TRAIN)]
            write(folder / "train.csv", names, training)
            model = folder / "model.safetensors"
            options = shlex.split(arguments.fit_options)
            call(arguments.oddity, "fit", folder / "train.csv", "--output", model, *options)
            for kind, places in changes.items():
                for size in (10, 5) if kind == "far" else (0,):
                    own = judge(arguments, model, names, columns, kind, size, places, folder)
                    totals.append(own)
                    label = f"{kind} {size}" if size else kind
                    figures = "{:6.1f} {:10.1f} {:6.1f} {:10.1f} {:7.1f}".format(*own[:5])
                    equal = "yes" if own[5] else "no"
                    print(f"{name:24} {label:9} {figures}  {equal:>5}", flush=True)
    mean = np.nanmean([own[:5] for own in totals], axis=0)
    print(f"{'mean':34} {'{:6.1f} {:10.1f} {:6.1f} {:10.1f} {:7.1f}'.format(*mean)}")


if __name__ == "__main__":
    main()
