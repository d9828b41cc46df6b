"""How many rows of 20 columns a cluster of Spark on this machine scores a second, with one executor and with two; and what a fit takes.

    .venv-spark/bin/python scripts/bench_spark.py

An executor has one core. Rows are read from Parquet, scored with the default ensemble, and not kept. Beside the rows a second of
the clock, best of three runs, stand those of the processor: of the seconds that all processes of the cluster were busy.
They are to be had on a machine that does other things too.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import oddity
import oddity.spark
from pyspark.sql import SparkSession

COLUMNS = 20


def session(executors: int) -> SparkSession:
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    spark = SparkSession.builder.master(f"local-cluster[{executors},1,2048]").config(map=settings).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def write_rows(spark: SparkSession, path: str, count: int) -> None:
    """Columns that go together in pairs, in 16 files."""
    pairs = range(0, COLUMNS, 2)
    base = spark.range(0, count, 1, 16).selectExpr("id", *(f"randn({column}) AS c{column}" for column in pairs))
    base.selectExpr("*", *(f"c{column} + 0.1 * randn({column + 1}) AS c{column + 1}" for column in pairs)).write.parquet(path)


def busy_seconds() -> float:
    """What this process and all that it started have used of processors."""
    parents, used = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(fields[1])
        # What has ended counts for its parent.
        used[int(folder.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    family = {os.getpid()}
    while more := {process for process, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used[process] for process in family)


def rates(rows: int, work: Callable[[], object]) -> tuple[float, float]:
    """Rows a second of the clock and of the processor, best of three runs after one that starts what is needed."""
    best = [float("inf")] * 2
    for run in range(4):
        begin = time.perf_counter(), busy_seconds()
        work()
        if run:
            spent = time.perf_counter() - begin[0], busy_seconds() - begin[1]
            best = [min(pair) for pair in zip(best, spent)]
    return rows / best[0], rows / best[1]


def in_cluster(executors: int, folder: str, count: int) -> tuple[float, float]:
    spark = session(executors)
    path = f"file://{folder}/rows"
    if not os.path.exists(f"{folder}/rows"):
        write_rows(spark, path, count)
        part = spark.read.parquet(path).limit(10_000).toArrow()
        oddity.Detector(ignore=["id"]).fit(part).save(f"{folder}/model.safetensors")
    model = oddity.Model.load(f"{folder}/model.safetensors")
    scored = oddity.spark.score(spark.read.parquet(path), model, keep=["id"])
    found = rates(count, scored.write.format("noop").mode("overwrite").save)
    spark.stop()
    return found


def alone(folder: str) -> tuple[float, float]:
    """The same on one thread of this process, without Spark."""
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(f"{folder}/rows")
    model = oddity.Model.load(f"{folder}/model.safetensors")
    return rates(rows.num_rows, lambda: model.scores(rows, threads=1))


def fit_seconds(rows: int) -> float:
    """Seconds of the processor that a fit takes on one thread."""
    pairs = np.random.default_rng(0).normal(size=(rows, COLUMNS // 2))
    table = np.hstack([pairs, pairs + 0.1 * np.random.default_rng(1).normal(size=pairs.shape)])
    begin = time.process_time()
    oddity.Detector(threads=1).fit(table)
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--executors", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.executors:
        print(*in_cluster(arguments.executors, arguments.folder, arguments.rows))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        # A process has one cluster.
        for executors in (1, 2):
            command = [sys.executable, __file__, "--rows", str(arguments.rows), "--folder", folder, "--executors", str(executors)]
            printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            found[executors] = [float(rate) for rate in printed.split()]
        for name, rate in (("one thread, no Spark", alone(folder)), ("1 executor", found[1]), ("2 executors", found[2])):
            print(f"{name:20} {rate[0]:10,.0f} rows/s, {rate[1]:10,.0f} rows/s of a processor")
        print(f"2 executors score {found[2][0] / found[1][0]:.2f} times as many rows a second as 1")
    for rows in (10_000, 100_000):
        print(f"a fit to {rows:,} rows takes {fit_seconds(rows):.1f} s of a processor")


if __name__ == "__main__":
    main()
