#!/usr/bin/env python3
"""Compares ONNX files that `oddity export` writes, as onnxruntime computes them, with what `oddity score` says of the same rows.

    make test-onnx
    scripts/check_onnx.py [--oddity .build/release/oddity] [--tables FOLDER] [--only NAME,…] [--mixed]
    scripts/check_onnx.py [--oddity .build/release/oddity] MODEL ONNX

With a model and the file that was exported from it, the file is compared with what the model stores of itself, and needs no data: its reference rows
with their scores, and rows that are made of what the model knows of its columns. Reference rows are prepared already, and go in behind the preparation;
the made ones go through all of it. No reference row may be off.

Without a model and without --tables, the tables are the demo's, the sensors of Examples/pump, and some that are made here: with categories, missing values, columns
of one number, of few different rows, of large numbers, of one column; and of each family of networks one. Images are made here too, and MNIST's are
added where they are at hand. With --tables, they are those of a folder
of .npz files with `X` and `y`, or `train` and `test`, of numbers; --mixed writes columns of few values as words and leaves cells out.

Scores and p-values must agree to 1e-4 of the larger of 1 and the value, but for one row in 500, or five of a small table: where held-out rows are as near
to one another as engines round, a row may pass one of them. All verdicts must agree. Needs numpy, onnx and onnxruntime.
"""
import argparse, csv, itertools, json, os, random, subprocess, sys, tempfile, time

import numpy as np
import onnx
import onnxruntime

import onnx_images
from onnx_reference import Model, made_rows, reference_outputs

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
TOLERANCE = 1e-4
BATCH = 1000
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


def inputs(session, path):
    """What a session takes, of a table or of images."""
    if path.endswith(".npy"):
        return {"pixels": onnx_images.pixels(path)}
    columns = read(path)
    result = {}
    for entry in session.get_inputs():
        texts = ["" if text in MISSING else text for text in columns[entry.name]]
        values = (np.array(texts, dtype=object) if entry.type == "tensor(string)"
                  else np.array([float(text or "nan") for text in texts]))
        result[entry.name] = values.reshape(-1, 1)
    return result


def compare(oddity, name, train, test, folder, options=(), change=()):
    """Fits, exports and compares one table; returns whether all agrees."""
    model, file = (os.path.join(folder, part) for part in ("model", "model.onnx"))
    run(oddity, "fit", train, "--output", model, *options)
    if change:
        run(oddity, *(word.replace("MODEL", model) for word in change))
    run(oddity, "export", model, "--onnx", file)
    onnx.checker.check_model(file, full_check=True)
    agrees = compare_files(name, oddity, model, file, [test, train], folder)
    return check_model(oddity, model, file, folder) and agrees


def compare_files(name, oddity, model, file, tables, folder):
    """Compares what a file and its model say of tables; returns whether all but a few rows agree."""
    scored = os.path.join(folder, "scores.csv")
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    worst, off, differing, count, seconds = {"score": 0.0, "p_value": 0.0}, 0, 0, 0, [0.0, 0.0]
    for rows in tables:
        seconds[0] += run(oddity, "score", model, rows, "--output", scored, *([] if rows.endswith(".npy") else ["--reasons", "0"]))
        expected = read(scored)
        given = inputs(session, rows)
        start = time.time()
        total = len(expected["score"])
        batches = [session.run(None, {key: value[first:first + BATCH] for key, value in given.items()})
                   for first in range(0, total, BATCH)]
        seconds[1] += time.time() - start
        label, scores, p_values = (np.concatenate(part)[:, 0] for part in zip(*batches))
        is_off = np.zeros(total, bool)
        for key, found in (("score", scores), ("p_value", p_values)):
            difference = agreement(found, np.array(expected[key], float))
            worst[key] = max(worst[key], difference.max())
            is_off |= difference > TOLERANCE
        off += int(is_off.sum())
        differing += int(np.sum(label != np.array(expected["anomaly"], int)))
        count += total
    agrees = off <= max(FEW, EXCEPTIONS * count) and not differing
    print(f"{name:32} {count:6} rows  score {worst['score']:.1e}  p-value {worst['p_value']:.1e}  {off} off  "
          f"{differing} verdicts differ  {os.path.getsize(file) / 1e6:5.1f} MB  "
          f"{count / seconds[1]:7.0f} rows/s, oddity {count / seconds[0]:7.0f}{'' if agrees else '  FAILED'}", flush=True)
    return agrees


def agreement(found, expected):
    """How far numbers are from what they should be, relative to the larger of 1 and their value; infinite for what is no number."""
    return np.nan_to_num(np.abs(found - expected) / np.maximum(1, np.abs(expected)), nan=np.inf)


def check_model(oddity, path, file, folder):
    """Compares a file with the model that it was exported from, without data; returns whether all agrees."""
    model = Model(path)
    onnx.checker.check_model(file, full_check=True)
    label, scores, _ = reference_outputs(model, file)
    stored = model.tensor("reference.scores")
    worst = agreement(scores, stored).max()
    agrees, differing = worst <= TOLERANCE, "not compared, since they depend on the error"
    if model.rule != "error":
        described = subprocess.run([oddity, "inspect", path, "--json"], capture_output=True, text=True, check=True)
        threshold = json.loads(described.stdout)["threshold"]
        differing = int(np.sum(label != (stored >= (np.inf if threshold is None else threshold))))
        agrees = agrees and not differing
    print(f"{'reference ' + model.data:32} {len(stored):6} {model.data}  score {worst:.1e}  verdicts that differ: {differing}"
          f"{'' if agrees else '  FAILED'}", flush=True)
    if model.data == "rows":
        rows = os.path.join(folder, "made.csv")
        write(rows, *made_rows(model))
        agrees = compare_files("made rows", oddity, path, file, [rows], folder) and agrees
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
    parser.add_argument("files", nargs="*", metavar="MODEL ONNX")
    parser.add_argument("--oddity", default=os.path.join(ROOT, ".build/release/oddity"))
    parser.add_argument("--tables")
    parser.add_argument("--only", default="")
    parser.add_argument("--mixed", action="store_true")
    given = parser.parse_args()
    oddity = os.path.abspath(given.oddity)
    only = [word for word in given.only.split(",") if word]
    if len(given.files) not in (0, 2):
        parser.error("give a model and the file that was exported from it, or neither")
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        if given.files:
            agrees = check_model(oddity, *given.files, folder)
            print("onnx: the file agrees with its model" if agrees else "onnx: the file does not agree with its model")
            return 0 if agrees else 1
        tables = (evaluation_tables(folder, given.tables, only, given.mixed) if given.tables
                  else itertools.chain(own_tables(folder), onnx_images.cases(folder)))
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
