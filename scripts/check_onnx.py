#!/usr/bin/env python3
"""Compares ONNX files that `oddity export` writes, as onnxruntime computes them, with what `oddity score` says of the same rows.

    make test-onnx
    scripts/check_onnx.py [--oddity .build/release/oddity] [--tables FOLDER] [--only NAME,…] [--mixed]

Without --tables, the tables are the demo's, the sensors of Examples/pump, and some that are made here: with categories, missing values, columns
of one number, of few different rows, of large numbers, of one column; and of each family of networks one. With --tables, they are those of a folder
of .npz files with `X` and `y`, or `train` and `test`, of numbers; --mixed writes columns of few values as words and leaves cells out.

Scores and p-values must agree to 1e-4 of the larger of 1 and the value, but for one row in 500, or five of a small table: where held-out rows are as near
to one another as engines round, a row may pass one of them. All verdicts must agree. Needs numpy, onnx and onnxruntime.
"""
import argparse, csv, os, random, subprocess, sys, tempfile, time

import numpy as np
import onnx
import onnxruntime

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
TOLERANCE = 1e-4
# Of rows that may be further off, and how many may be in any table: which ones are depends on the processor.
EXCEPTIONS, FEW = 1 / 500, 5
MISSING = {"", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "?"}


def run(*words):
    """Runs a command; returns the seconds it took."""
    start = time.time()
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words[1:3])}: {done.stderr.strip().splitlines()[-1]}")
    return time.time() - start


def read(path):
    """The columns of a table by name, as texts."""
    with open(path, newline="") as file:
        rows = list(csv.reader(file))
    return dict(zip(rows[0], zip(*rows[1:])))


def inputs(session, columns):
    """What a session takes, of columns of texts."""
    result = {}
    for entry in session.get_inputs():
        texts = ["" if text in MISSING else text for text in columns[entry.name]]
        values = (np.array(texts, dtype=object) if entry.type == "tensor(string)"
                  else np.array([float(text or "nan") for text in texts]))
        result[entry.name] = values.reshape(-1, 1)
    return result


def compare(oddity, name, train, test, folder, options=(), change=()):
    """Fits, exports and compares one table; returns whether all agrees."""
    model, file, scored = (os.path.join(folder, part) for part in ("model", "model.onnx", "scores.csv"))
    run(oddity, "fit", train, "--output", model, *options)
    if change:
        run(oddity, *(word.replace("MODEL", model) for word in change))
    run(oddity, "export", model, "--onnx", file)
    onnx.checker.check_model(file, full_check=True)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    worst, off, differing, count, seconds = {"score": 0.0, "p_value": 0.0}, 0, 0, 0, [0.0, 0.0]
    for rows in (test, train):
        seconds[0] += run(oddity, "score", model, rows, "--output", scored, "--reasons", "0")
        expected = read(scored)
        given = inputs(session, read(rows))
        start = time.time()
        total = len(expected["score"])
        batches = [session.run(None, {key: value[first:first + 1000] for key, value in given.items()})
                   for first in range(0, total, 1000)]
        seconds[1] += time.time() - start
        label, scores, p_values = (np.concatenate(part)[:, 0] for part in zip(*batches))
        is_off = np.zeros(total, bool)
        for key, found in (("score", scores), ("p_value", p_values)):
            said = np.array(expected[key], float)
            difference = np.abs(found - said) / np.maximum(1, np.abs(said))
            worst[key] = max(worst[key], difference.max())
            # What is not a number is off.
            is_off |= ~(difference <= TOLERANCE)
        off += int(is_off.sum())
        differing += int(np.sum(label != np.array(expected["anomaly"], int)))
        count += total
    agrees = off <= max(FEW, EXCEPTIONS * count) and not differing
    print(f"{name:32} {count:6} rows  score {worst['score']:.1e}  p-value {worst['p_value']:.1e}  {off} off  "
          f"{differing} verdicts differ  {os.path.getsize(file) / 1e6:5.1f} MB  "
          f"{count / seconds[1]:7.0f} rows/s, oddity {count / seconds[0]:7.0f}{'' if agrees else '  FAILED'}", flush=True)
    return agrees


def write(path, names, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([names, *rows])


def made(kind, count, seed):
    """A table of a kind that tells something: names and rows."""
    rng = random.Random(seed)
    rows = []
    for number in range(count):
        odd = seed and number % 25 == 0
        load, plant = rng.gauss(0, 1), rng.choice(["north", "south", "west"])
        heat = 3 * load + {"north": 0, "south": 5, "west": -5}[plant] + rng.gauss(0, 0.3) + (8 if odd else 0)
        if kind == "mixed":
            rows.append([f"{load:.4f}", f"{heat:.3f}" if rng.random() > 0.1 else "", "5" if not odd or number % 50 else "6",
                         plant if number % 40 or not seed else "east", rng.choice(["a b", 'c"d', "é", ""]), rng.choice(["1e300", "-2e3", "7"])])
        elif kind == "few":
            rows.append([rng.choice("xy"), rng.choice("pqr"), rng.choice("01"), "k" if not odd else "z"])
        elif kind == "large":
            rows.append([1_700_000_000 + 60 * number + rng.randrange(5), f"{1e12 + load:.6f}", f"{load * 1e-9:.4e}", f"{heat:.2f}"])
        elif kind == "levels":
            rows.append([f"customer {int(rng.expovariate(0.01))}", f"{load:.3f}", f"{heat:.3f}"])
        else:
            rows.append([f"{load + (7 if odd else 0):.5f}"])
    names = {"mixed": ["load", "heat", "fixed", "plant", "note", "wild"], "few": ["one", "two", "three", "four"],
             "large": ["clock", "offset", "tiny", "heat"], "levels": ["customer", "load", "heat"], "single": ["load"]}[kind]
    return names, rows


QUICK = ["--epochs", "5"]
FAMILIES = {
    "denoising": ["--variant", "denoising", "--noise", "multi-scale", "--activation", "gelu"],
    "sparse": ["--variant", "sparse", "--active-units", "8"],
    "variational": ["--variant", "variational", "--activation", "elu", "--code-distance", "mahalanobis"],
    "tied": ["--tied-weights", "--activation", "silu", "--code-distance", "center"],
    "residual": ["--residual-blocks", "1", "--batch-normalization", "--activation", "leaky-relu", "--scoring", "residual"],
    "gaussian": ["--loss", "gaussian", "--activation", "softplus", "--folds", "1"],
    "components": ["--pca", "3", "--scaling", "robust", "--activation", "tanh", "--no-stored-rows"],
    "code alone": ["--scoring", "code", "--scaling", "min-max", "--output-activation", "sigmoid"],
}


def own_tables(folder):
    """The tables of this repository and some that are made: name, training rows, new rows, options of the fit, change of the model."""
    demo, pump = (os.path.join(ROOT, part) for part in ("Sources/COddityDemoData", "Examples/pump"))
    yield "demo", f"{demo}/benign-train.csv", f"{demo}/patients.csv", [], ()
    yield "pump", f"{pump}/normal.csv", f"{pump}/new.csv", ["--ignore", "time"], ()

    def files(kind):
        paths = []
        for role, count, seed in (("train", 600, 0), ("test", 400, 1)):
            paths.append(os.path.join(folder, f"{kind}-{role}.csv"))
            write(paths[-1], *made(kind, count, seed))
        return paths

    options = {"few": ["--categorical", "three"], "large": ["--numeric", "clock"], "levels": ["--categorical", "customer"]}
    for kind in ("mixed", "few", "large", "levels", "single"):
        yield kind, *files(kind), options.get(kind, []), ()
    for family, own in FAMILIES.items():
        yield family, *files("mixed"), own + QUICK, ()
    mixed = files("mixed")
    yield "recalibrated", *mixed, QUICK, ("recalibrate", "MODEL", mixed[1])
    for rule in ("score=1.7", "error=0.5"):
        yield rule, *mixed, QUICK, ("threshold", "MODEL", "--set", rule)


def evaluation_tables(folder, data, only, mixed):
    """Tables of a folder of .npz files, of which half of the normal rows are for training where there is no split."""
    for path in sorted(os.path.join(data, file) for file in os.listdir(data) if file.endswith(".npz")):
        name = os.path.basename(path)[:-4]
        if only and not any(word.lower() in name.lower() for word in only):
            continue
        with np.load(path) as arrays:
            if "train" in arrays:
                train, test = arrays["train"], arrays["test"]
                names = [" ".join(str(text).split()) for text in arrays["feature_names"]]
            else:
                rows, labels = arrays["X"], arrays["y"]
                normal = np.flatnonzero(labels == 0)
                train, test = rows[normal[::2]], np.concatenate([rows[normal[1::2]], rows[labels != 0]])
                names = [f"x{column + 1}" for column in range(rows.shape[1])]
        words = [column for column in range(train.shape[1]) if mixed and len(np.unique(train[:, column])) <= 12]
        paths = []
        for role, rows in (("train", train[:8000]), ("test", test[:8000])):
            rng = np.random.default_rng(len(paths))
            texts = [[number(value) for value in row] for row in rows]
            if mixed:
                for row in texts:
                    for column in words:
                        row[column] = "level " + row[column] if row[column] else ""
                    if rng.random() < 0.1:
                        row[rng.integers(len(row))] = ""
            paths.append(os.path.join(folder, f"{name}-{role}.csv"))
            write(paths[-1], names, texts)
        yield name + (" (mixed)" if mixed else ""), *paths, [], ()


def number(value):
    """A number as it would stand in a file."""
    return "" if np.isnan(value) else str(int(value)) if value == round(value) and abs(value) < 1e15 else repr(float(value))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oddity", default=os.path.join(ROOT, ".build/release/oddity"))
    parser.add_argument("--tables")
    parser.add_argument("--only", default="")
    parser.add_argument("--mixed", action="store_true")
    given = parser.parse_args()
    oddity = os.path.abspath(given.oddity)
    only = [word for word in given.only.split(",") if word]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        tables = evaluation_tables(folder, given.tables, only, given.mixed) if given.tables else own_tables(folder)
        for name, train, test, options, change in tables:
            if only and not any(word.lower() in name.lower() for word in only):
                continue
            try:
                agrees = compare(oddity, name, train, test, folder, options, change)
            except RuntimeError as error:
                agrees = False
                print(f"{name:32} FAILED: {error}", flush=True)
            passed, failed = passed + agrees, failed + (not agrees)
    print(f"onnx: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
