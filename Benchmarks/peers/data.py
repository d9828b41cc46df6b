"""Tables of numbers that are the same everywhere: Python's own generator makes them."""
import pathlib
import random

COLUMNS = 30
HIDDEN = 6
# So many different rows are made; longer tables repeat them.
DIFFERENT = 100_000


def names(columns=COLUMNS):
    return [f"x{number}" for number in range(columns)]


def lines(rows, seed, columns, uniform):
    """Rows as text: columns that follow a few hidden ones, with noise, or uniform numbers."""
    mixing = random.Random(0)
    weights = [[mixing.gauss(0, 1) for _ in range(HIDDEN)] for _ in range(columns)]
    generator = random.Random(seed)
    for _ in range(rows):
        if uniform:
            yield ",".join(f"{generator.random():.9f}" for _ in range(columns)) + "\n"
            continue
        hidden = [generator.gauss(0, 1) for _ in range(HIDDEN)]
        values = (sum(map(float.__mul__, row, hidden)) + generator.gauss(0, 0.3) for row in weights)
        yield ",".join(f"{value:.6f}" for value in values) + "\n"


def table(folder, rows, seed, columns=COLUMNS, uniform=False):
    """The path of a table as CSV, made if it is not there."""
    path = pathlib.Path(folder) / f"{rows}x{columns}-{seed}.csv"
    if not path.exists():
        with open(path, "w") as file:
            file.write(",".join(names(columns)) + "\n")
            different = list(lines(min(rows, DIFFERENT), seed, columns, uniform))
            whole, rest = divmod(rows, len(different))
            for _ in range(whole):
                file.writelines(different)
            file.writelines(different[:rest])
    return path
