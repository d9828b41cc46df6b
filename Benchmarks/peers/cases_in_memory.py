"""What one process does with rows that it holds: scoring, reading, training."""
import json
import sys

from case import Aim, Case
from cases_of_files import SINGLE
from setting import ROOT, THREADS, Program, need, seconds

ROWS = 20_000


def cases(setting):
    yield "score", lambda: ensemble(setting)
    yield "row", lambda: one_row(setting, "network 30-64-32-64-30 alone", setting.network, Aim(2, 1.5e-6))
    yield "row", lambda: one_row(setting, "single network 30-64-32-64-30", lambda: exported(setting, "single", SINGLE), Aim(2))
    yield "row", lambda: one_row(setting, "default ensemble", lambda: exported(setting, "ensemble", []), Aim(seconds=15e-6))
    yield "read", lambda: reading(setting)
    for batch, ratio in ((128, 1.6), (1024, 1.25)):
        yield "train", lambda batch=batch, ratio=ratio: training(setting, batch, ratio)


def rows(setting):
    """Of `oddity-bench`'s kind: uniform."""
    return setting.table(ROWS, 4, uniform=True)


def exported(setting, name, options):
    """The model of a fit to 5,000 such rows, as ONNX."""
    fitted = setting.model(f"{name}-uniform", setting.table(5_000, 5, uniform=True), *options, "--epochs", "2")
    return setting.exported(name, fitted)


def ensemble(setting):
    peers = {
        "ONNX Runtime, the same model exported": lambda: setting.peer(
            "score_rows.py", "onnxruntime", exported(setting, "ensemble", []), rows(setting), "--rows",
            setting.rows(ROWS) // 10, "--threads", THREADS, needs=["onnxruntime", "numpy"],
        ),
        "scikit-learn's IsolationForest": lambda: setting.peer(
            "score_rows.py", "forest", "-", rows(setting), "--rows", setting.rows(ROWS), "--threads", THREADS, needs=["sklearn"],
        ),
    }
    aim = Aim(seconds=1 / 500_000)
    return Case("score in memory, default ensemble, 30 columns", setting.own("score detector", 2), peers, aim, 1, "rows")


def one_row(setting, name, model, aim):
    peers = {
        "ONNX Runtime, the same" if "ensemble" not in name else "ONNX Runtime, the same model exported": lambda: setting.peer(
            "score_rows.py", "onnxruntime", model(), rows(setting), "--rows", 64, "--threads", 1, "--alone",
            needs=["onnxruntime", "numpy"], threads=1,
        )
    }
    return Case(f"one row in process, {name}, p50", setting.own(f"row {name}"), peers, aim)


def reading(setting):
    path = setting.table(100_000, 4, uniform=True)
    peers = {
        f"{title}, {threads} thread{'s' if threads > 1 else ''}": lambda engine=engine, threads=threads: setting.peer(
            "read_csv.py", engine, path, threads, needs=[engine]
        )
        for engine, title in (("polars", "polars"), ("duckdb", "DuckDB"))
        for threads in sorted({1, THREADS})
    }
    return Case("read CSV of 30 numbers, one thread", setting.own("read CSV"), peers, Aim(seconds=1 / 700), 1, "MB")


def training(setting, batch, ratio):
    name = f"train 784-256-64-256-784 batch {batch}"
    command = [sys.executable, ROOT / "scripts/bench_pytorch.py", "--only", name, "--repeats", "1" if setting.is_quick else "5"]

    def best(output):
        lines = [json.loads(line) for line in output.splitlines()]
        return tuple(min(seconds(line, field) for line in lines) for field in ("median", "cpu"))

    def torch():
        need("torch")
        return Program(command, reads=best)

    return Case(f"{name}, a step", setting.own(name, THREADS), {"PyTorch": torch}, Aim(ratio))
