"""Fitting, beside PyOD's AutoEncoder and scikit-learn's forest, and digits."""
import re
import sys

from case import Aim, Case
from setting import PROGRAMS, ROOT, THREADS, Missing, Program, quietly

# Tables of ADBench, with whether the fit alone of PyOD is an aim too.
TABLES = {"thyroid": False, "cardio": False, "mnist": True, "shuttle": True}


def cases(setting):
    for name, is_long in TABLES.items():
        yield "fit", lambda name=name: fit(setting, name, False, Aim(8))
        yield "fit", lambda name=name, is_long=is_long: fit(setting, name, True, Aim(5) if is_long else Aim())
    yield "fit", lambda: many_rows(setting)
    yield "images", lambda: digits(setting)


def table(setting, name):
    """The normal rows of a table of ADBench as CSV."""
    if setting.is_quick:
        return setting.table(2_000, 6, columns=6)
    paths = setting.data_folder.rglob("*.npz") if setting.data_folder else []
    found = next((path for path in paths if re.fullmatch(rf"(\d+_)?{name}", path.stem)), None)
    if not found:
        raise Missing(f"--data has no {name}.npz of ADBench")
    return setting.made(
        f"{name}.csv", lambda path: quietly(sys.executable, PROGRAMS / "unpack_table.py", found, path)
    )


def fit(setting, name, is_warm, aim):
    """PyOD has one thread: so small steps take longer on two."""
    rows = table(setting, name)
    # Labels and the like that a table has are not guessed: the files have numbers alone.
    ours = Program([setting.oddity, "fit", rows, "--output", setting.folder / "fitted.safetensors"])
    peers = {
        "PyOD AutoEncoder" + (", the fit alone, warm" if is_warm else ", whole process"): lambda: setting.peer(
            "fit.py", "pyod", rows, *(["--warm"] if is_warm else []), needs=["pyod", "torch"], tells=is_warm, threads=1
        )
    }
    return Case(f"fit {name}, whole process{' beside the fit alone' if is_warm else ''}", ours, peers, aim, rounds=3)


def many_rows(setting):
    peers = {
        "scikit-learn's IsolationForest": lambda: setting.peer(
            "fit.py", "forest", setting.table(1_000_000, 2), "--warm", needs=["sklearn"]
        )
    }
    count = 10_000 if setting.is_quick else 1_000_000
    ours = setting.own(f"fit detector, 30 columns, {count} rows", THREADS)
    return Case(f"fit {count:,} × 30 in memory", ours, peers, Aim(seconds=5), rounds=3)


def digits(setting):
    folder = next((path.parent for path in setting.data_folder.rglob("*-images-idx3-ubyte.gz")), None) if setting.data_folder else None
    if not folder:
        raise Missing("--data has no *-images-idx3-ubyte.gz")
    ours = Program([sys.executable, ROOT / "scripts/research/evaluate_images.py", folder, "--oddity", setting.oddity])
    peers = {"PyOD AutoEncoder": lambda: setting.peer(
        "judge_digits.py", folder, needs=["pyod", "torch"], tells=False, threads=1
    )}
    return Case("learn and judge MNIST, each digit normal once", ours, peers, Aim(seconds=20), rounds=1)
