"""How many rows of 20 columns a cluster of Spark on this machine scores a second, with one executor and with two; and what a fit takes.

    .venv-spark/bin/python scripts/bench_spark.py [--rounds 5] [--rows 1600000]

An executor is a core: its processes, those of Java and of Python, may run on one processor alone, the first executor's on the
first, the second's on the second, and Java knows of one. The driver, which a cluster has elsewhere, may run on both, and what it
takes is told. Rows are read from Parquet, scored with the default ensemble, and not kept.

Clusters of one executor and of two take turns. Each scores a quarter of the rows and all of them, twice, after a job that starts what
is needed. What three quarters take more is free of what every job takes, planning and ends of tasks. Told are medians of all
jobs; rows a second of the clock, and of the processor: of the seconds that the executors were busy. These
are to be had on a machine that does other things too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import oddity
import oddity.spark
from pyspark.sql import SparkSession

COLUMNS, FILES = 20, 16
#: Of the files, those of the small job.
FEW = FILES // 4
CORES = sorted(os.sched_getaffinity(0))


def session(executors: int) -> SparkSession:
    os.environ.update(SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable)
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.executor.extraJavaOptions": "-XX:ActiveProcessorCount=1",
        # A task for each file.
        "spark.sql.files.minPartitionNum": str(FILES),
    }
    spark = SparkSession.builder.master(f"local-cluster[{executors},1,2048]").config(map=settings).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def write_rows(spark: SparkSession, path: str, count: int) -> None:
    """Columns that go together in pairs."""
    pairs = range(0, COLUMNS, 2)
    base = spark.range(0, count, 1, FILES).selectExpr("id", *(f"randn({column}) AS c{column}" for column in pairs))
    base.selectExpr("*", *(f"c{column} + 0.1 * randn({column + 1}) AS c{column + 1}" for column in pairs)).write.parquet(path)


class Processes:
    """This process and all that it started, as they are now."""

    def __init__(self) -> None:
        self.busy: dict[int, float] = {}
        self._parents: dict[int, int] = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            self._parents[int(folder.name)] = int(fields[1])
            # What has ended counts for its parent.
            self.busy[int(folder.name)] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def family(self, head: int) -> set[int]:
        found = {head}
        while more := {process for process, parent in self._parents.items() if parent in found} - found:
            found |= more
        return found

    def executors(self) -> list[set[int]]:
        """For each executor its processes."""
        heads = [process for process in sorted(self.family(os.getpid())) if is_executor(process)]
        return [self.family(head) for head in heads]

    def busy_seconds(self) -> tuple[float, float]:
        """What executors have used of processors, and what the rest of the cluster has."""
        all_used = sum(self.busy[process] for process in self.family(os.getpid()))
        of_executors = sum(self.busy[process] for family in self.executors() for process in family)
        return of_executors, all_used - of_executors


def is_executor(process: int) -> bool:
    try:
        return b"CoarseGrainedExecutorBackend" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def pin(executors: int) -> None:
    """Gives each executor a processor, once it is there; what its threads start has the same."""
    for _ in range(600):
        families = Processes().executors()
        if len(families) == executors:
            break
        time.sleep(0.1)
    else:
        sys.exit(f"bench_spark: there are {len(families)} executors after a minute, and {executors} are needed")
    for core, family in zip(CORES, families):
        for process in family:
            for thread in Path(f"/proc/{process}/task").iterdir():
                os.sched_setaffinity(int(thread.name), {core})


def measured(executors: int, folder: str) -> list[list[float]]:
    """For each job its files, its seconds of the clock, and those of the processor in executors and elsewhere."""
    spark = session(executors)
    model = oddity.Model.load(f"{folder}/model.safetensors")
    files = sorted(f"file://{path}" for path in Path(folder, "rows").glob("*.parquet"))
    found = []
    for run in range(5):
        count = FEW if run % 2 else FILES
        # Workers of Python are there from the first job on.
        pin(executors)
        rows = spark.read.parquet(*files[:count])
        begin = time.perf_counter(), *Processes().busy_seconds()
        oddity.spark.score(rows, model, keep=["id"]).write.format("noop").mode("overwrite").save()
        end = time.perf_counter(), *Processes().busy_seconds()
        if run:
            found.append([count, *np.subtract(end, begin)])
    spark.stop()
    return found


def prepare(folder: str, count: int) -> None:
    spark = session(1)
    path = f"file://{folder}/rows"
    write_rows(spark, path, count)
    part = spark.read.parquet(path).limit(10_000).toArrow()
    oddity.Detector(ignore=["id"]).fit(part).save(f"{folder}/model.safetensors")
    spark.stop()


def alone(folder: str, count: int) -> tuple[float, float]:
    """Rows a second of the clock and of the processor on one thread of this process, without Spark."""
    import pyarrow.parquet

    rows = pyarrow.parquet.read_table(f"{folder}/rows").slice(0, count // 4)
    model = oddity.Model.load(f"{folder}/model.safetensors")
    spent = []
    for _ in range(3):
        begin = time.perf_counter(), time.process_time()
        model.scores(rows, threads=1)
        spent.append((time.perf_counter() - begin[0], time.process_time() - begin[1]))
    return tuple(rows.num_rows / statistics.median(part) for part in zip(*spent))


def fit_seconds(rows: int) -> float:
    """Seconds of the processor that a fit takes on one thread."""
    pairs = np.random.default_rng(0).normal(size=(rows, COLUMNS // 2))
    table = np.hstack([pairs, pairs + 0.1 * np.random.default_rng(1).normal(size=pairs.shape)])
    begin = time.process_time()
    oddity.Detector(threads=1).fit(table)
    return time.process_time() - begin


def tell(jobs: dict[int, list[list[float]]], count: int) -> None:
    """What medians of all jobs say."""
    rates = {}
    for executors, every in jobs.items():
        few, whole = (np.median([job[1:] for job in every if job[0] == files], axis=0) for files in (FEW, FILES))
        more = count * (FILES - FEW) / FILES
        rates[executors] = count / whole[0], more / (whole[0] - few[0]), more / (whole[1] - few[1])
        clock, free, processor = rates[executors]
        print(
            f"executors: {executors}   {clock:,.0f} rows/s, {free:,.0f} rows/s without what every job takes, {processor:,.0f} rows/s of "
            f"an executor's processor; executors are busy {whole[1] / whole[0] / executors:.0%} of {whole[0]:.1f} s, and the driver is for {whole[2]:.1f} s"
        )
    for place, what in enumerate(("of the clock", "of the clock, without what every job takes", "of the processors of executors")):
        times = rates[2][place] / rates[1][place] * (2 if place == 2 else 1)
        print(f"2 executors score {times:.2f} times as many rows as 1 in a second {what}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_600_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--executors", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.executors is not None:
        if arguments.executors:
            for job in measured(arguments.executors, arguments.folder):
                print(*job)
        else:
            prepare(arguments.folder, arguments.rows)
        return
    if len(CORES) < 2:
        sys.exit("bench_spark: two executors need two processors, and there is one")
    with tempfile.TemporaryDirectory() as folder:

        def run(executors: int) -> list[list[float]]:
            """What a process of its own prints: a process has one cluster."""
            command = [sys.executable, __file__, "--rows", str(arguments.rows), "--folder", folder, "--executors", str(executors)]
            printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            return [[float(number) for number in line.split()] for line in printed.splitlines()]

        run(0)
        jobs: dict[int, list[list[float]]] = {1: [], 2: []}
        for _ in range(arguments.rounds):
            for executors in jobs:
                jobs[executors] += run(executors)
        clock, processor = alone(folder, arguments.rows)
        print(f"one thread, no Spark: {clock:10,.0f} rows/s, {processor:10,.0f} rows/s of a processor")
        tell(jobs, arguments.rows)
    for rows in (10_000, 100_000):
        print(f"a fit to {rows:,} rows takes {fit_seconds(rows):.1f} s of a processor")


if __name__ == "__main__":
    main()
