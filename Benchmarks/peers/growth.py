"""How the cost of `fit` and `score` grows with rows, columns and members: seconds of the clock and of processors, and memory at most.

    python3 Benchmarks/peers/growth.py [--write] [--quick] [--rounds N] [--most ROWS] [--widest COLUMNS]

Of columns there are 500 rows each, of rows 10 columns, of members 10,000 rows of 30. With --write the table goes to
`Benchmarks/RESULTS.md` and the plot to `Benchmarks/growth.svg`; --quick does small sizes once.
"""
import argparse
import tempfile

import data
import results
from measure import Program, medians
from plot import plot
from setting import ROOT, quietly

FEW = 500


def sizes(options):
    """What grows, its sizes, and how many rows and columns and which options a size has."""
    most = 1_000 if options.quick else options.most
    rows = [10**power for power in range(2 if options.quick else 4, 8) if 10**power <= most]
    yield "rows", rows, lambda count: (count, 10, [])
    columns = [10**power for power in range(1, 5) if 10**power <= (100 if options.quick else options.widest)]
    yield "columns", columns, lambda count: (FEW, count, [])
    members = 500 if options.quick else 10_000
    yield "members", [1, 4, 8], lambda count: (members, 30, ["--folds", str(count)])


def measured(options):
    """For each of what grows, its sizes with what fit and score took."""
    for what, counts, shape in sizes(options):
        found = {}
        for count in counts:
            with tempfile.TemporaryDirectory() as folder:
                rows, columns, words = shape(count)
                path = data.table(folder, rows, 1, columns)
                model, scores = f"{folder}/model.safetensors", f"{folder}/scores.csv"
                fit = [options.oddity, "fit", path, "--output", model, *words, *(["--epochs", "1"] if options.quick else [])]
                score = [options.oddity, "score", model, path, "--output", scores]
                quietly(*fit)
                found[count] = medians(
                    {"fit": Program(fit), "score": Program(score)}, 1 if options.quick or count > 10**6 else options.rounds
                )
            for verb, taken in found[count].items():
                print(f"{verb} {count:>10,} {what:8} {taken.wall:8.2f} s {taken.cpu:8.2f} s of processors"
                      f" {taken.memory:6.0f} MB", flush=True)
        yield what, found


def table(found):
    rows = ["| | fit | of processors | memory | score | of processors | memory |", "|---|---|---|---|---|---|---|"]
    for what, sizes in found.items():
        for count, verbs in sizes.items():
            cells = " | ".join(
                f"{taken.wall:.3g} s | {taken.cpu:.3g} s | {taken.memory:,.0f} MB" for taken in (verbs["fit"], verbs["score"])
            )
            rows.append(f"| {count:,} {what if count > 1 else what[:-1]} | {cells} |")
    return "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the table and the plot")
    parser.add_argument("--quick", action="store_true", help="small and once: whether it works")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=10**6, help="the most rows (1,000,000; 10,000,000 takes minutes and 1 GB of disk)")
    parser.add_argument("--widest", type=int, default=10_000, help="the most columns (10,000)")
    parser.add_argument("--oddity", default=str(ROOT / ".build/release/oddity"))
    options = parser.parse_args()
    found = dict(measured(options))
    if options.write and not options.quick:
        results.put("growth", table(found))
        (ROOT / "Benchmarks/growth.svg").write_text(plot(found))


main()
