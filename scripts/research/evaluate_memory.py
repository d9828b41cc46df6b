#!/usr/bin/env python3
"""More rows than memory holds, fitted and searched: time, memory, and how well planted rows are found.

    scripts/research/evaluate_memory.py [--rows 20000000] [--memory 1GB] [--oddity .build/release/oddity]

Writes an array of so many rows of 30 related columns, fits it with --memory, and fits its first million rows, the same
way. Both models judge 20,000 new rows, of which one in twenty has a value that its other columns contradict. Then `oddity find`
judges all rows of the array, of which one in 10,000 has such a value; of the others every thousandth is looked at. Needs numpy.
"""
import argparse, os, subprocess, tempfile, time
import numpy as np

COLUMNS, FACTORS = 30, 6
# One row in so many has a planted value.
RARITY = 10_000


def block(random, weights, count):
    """Normal rows: sums of a few factors, bent, with noise."""
    factors = random.normal(size=(count, FACTORS)).astype(np.float32)
    rows = np.tanh(factors @ weights) + 0.3 * (factors**2) @ np.abs(weights) / FACTORS
    return (rows + 0.1 * random.normal(size=rows.shape)).astype(np.float32)


def area(scores, labels):
    """The area under the ROC curve, ties counted by halves."""
    order = np.argsort(scores)
    _, first, counts = np.unique(scores[order], return_index=True, return_counts=True)
    ranks = np.empty(len(scores))
    ranks[order] = np.repeat(first + (counts + 1) / 2, counts)
    positive = labels.sum()
    return (ranks[labels == 1].sum() - positive * (positive + 1) / 2) / (positive * (len(labels) - positive))


def plant(random, rows, places):
    """Gives rows a value that the other columns contradict."""
    for row in places:
        rows[row, random.integers(COLUMNS)] += random.choice([-1, 1]) * random.uniform(0.5, 1.5)


def measured(*words):
    """Seconds and the most memory of a command, in GB."""
    begin = time.time()
    child = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    peak = 0
    while child.poll() is None:
        # What wait4 tells of a child may be the memory of this program.
        with open(f"/proc/{child.pid}/status") as status:
            peak = max([peak] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
        time.sleep(0.1)
    said = child.stderr.read()
    if child.returncode:
        raise SystemExit(said)
    for line in said.splitlines():
        if line.startswith("memory"):
            print(line)
    return time.time() - begin, peak / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--memory", default="1GB")
    parser.add_argument("--oddity", default=".build/release/oddity")
    arguments = parser.parse_args()
    random = np.random.default_rng(1)
    weights = random.normal(size=(FACTORS, COLUMNS)).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        names = {name: os.path.join(folder, name + ".npy") for name in ("all", "million", "new")}
        rows = np.lib.format.open_memmap(names["all"], mode="w+", dtype=np.float32, shape=(arguments.rows, COLUMNS))
        for start in range(0, arguments.rows, 500_000):
            count = min(500_000, arguments.rows - start)
            rows[start : start + count] = block(random, weights, count)
            plant(random, rows[start : start + count], range(0, count, RARITY))
        rows.flush()
        np.save(names["million"], rows[:1_000_000])
        del rows
        new = block(random, weights, 20_000)
        labels = (np.arange(len(new)) % 20 == 0).astype(int)
        plant(random, new, np.flatnonzero(labels))
        np.save(names["new"], new)
        for name in ("all", "million"):
            model, scores = os.path.join(folder, name + ".model"), os.path.join(folder, name + ".csv")
            seconds, peak = measured(arguments.oddity, "fit", names[name], "--output", model, "--memory", arguments.memory)
            subprocess.run([arguments.oddity, "score", model, names["new"], "--output", scores, "--reasons", "0"], check=True, capture_output=True)
            found = np.genfromtxt(scores, delimiter=",", names=True)["score"]
            size = os.path.getsize(names[name]) / 1e9
            print(f"{name:8} {size:.2f} GB: fitted in {seconds:.0f} s with {peak:.2f} GB; AUROC of planted rows {100 * area(found, labels):.2f}")
        seconds, peak = measured(
            arguments.oddity, "find", names["all"], "--output", scores, "--reasons", "0", "--memory", arguments.memory
        )
        with open(scores) as lines:
            next(lines)
            seen = [line.split(",")[1:4:2] for row, line in enumerate(lines) if row % 1000 == 0]
        found, flags = np.array(seen, float).T
        labels = (np.arange(len(seen)) % (RARITY // 1000) == 0).astype(int)
        print(
            f"find     {os.path.getsize(names['all']) / 1e9:.2f} GB: judged in {seconds:.0f} s with {peak:.2f} GB; AUROC of planted rows "
            f"{100 * area(found, labels):.2f}; {100 * flags[labels == 0].mean():.2f} % of the others are called anomalies"
        )


if __name__ == "__main__":
    main()
