"""Whole commands: from a file to a file, and from nothing to the first row."""
from case import Aim, Case
from setting import Program

SINGLE = ["--folds", "1", "--hidden", "64,32", "--scoring", "residual"]


def cases(setting):
    yield "score", lambda: scoring(setting, "single network, no reasons", SINGLE, ["--reasons", "0"], Aim(1.5, memory=120))
    yield "score", lambda: scoring(
        setting, "default ensemble, three reasons of flagged rows", [], ["--reasons-for", "flagged"], Aim(1)
    )
    yield "start", lambda: version(setting)
    yield "start", lambda: one_row(setting)


def model(setting, options):
    return setting.model("single" if options else "ensemble", setting.table(5_000, 1), *options)


def peer(setting, rows):
    return {
        "polars and ONNX Runtime, one network": lambda: setting.peer(
            "score_file.py", setting.network(), rows, setting.folder / "peer-scores.csv",
            needs=["polars", "onnxruntime", "numpy"], tells=False,
        )
    }


def scoring(setting, name, options, output, aim):
    rows = setting.table(1_000_000, 2)
    command = [setting.oddity, "score", model(setting, options), rows, *output, "--output", setting.folder / "scores.csv"]
    return Case(f"score {setting.rows(1_000_000):,} × 30 of CSV, {name}", Program(command), peer(setting, rows), aim)


def version(setting):
    ours = Program([setting.oddity, "--version"])
    others = {"Python that imports polars": lambda: setting.peer("-c", "import polars", needs=["polars"], tells=False)}
    return Case("--version", ours, others, Aim(seconds=0.012), rounds=15)


def one_row(setting):
    rows = setting.table(1, 3)
    command = [setting.oddity, "score", model(setting, []), rows, "--output", setting.folder / "scores.csv"]
    return Case("score one row of CSV, default ensemble", Program(command), peer(setting, rows), Aim(seconds=0.020), rounds=15)
