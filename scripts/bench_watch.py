"""Measures `oddity watch`: rows a second through a pipe, and the latency of single rows.

    .venv/bin/python scripts/bench_watch.py [--binary .build/release/oddity] [--columns 30]

Makes a series of waves, fits a model to it, pipes rows as fast as they are taken, and then one row at
a time: its latency is from the write of its line to the arrival of its scores.
"""

import argparse
import datetime
import math
import os
import random
import subprocess
import tempfile
import time


def write_series(path, row_count, column_count, seed):
    """Writes rows of waves and noise, one a second."""
    generator = random.Random(seed)
    start = datetime.datetime(2026, 1, 1)
    phases = [0.05 + 0.01 * column for column in range(6)]
    with open(path, "w") as file:
        file.write("time," + ",".join(f"c{column}" for column in range(column_count)) + "\n")
        for row in range(row_count):
            waves = [math.sin(row * phase) for phase in phases]
            values = (
                f"{waves[c % 6] + 0.5 * waves[(c // 6) % 6] + generator.gauss(0, 0.05):.4f}"
                for c in range(column_count)
            )
            stamp = (start + datetime.timedelta(seconds=row)).isoformat()
            file.write(f"{stamp},{','.join(values)}\n")


def throughput(command, path, row_count):
    """Rows a second from a file through a pipe."""
    start = time.perf_counter()
    with subprocess.Popen(["cat", path], stdout=subprocess.PIPE) as source:
        subprocess.run(
            command, stdin=source.stdout, stdout=subprocess.DEVNULL, check=True,
            stderr=subprocess.DEVNULL,
        )
    return row_count / (time.perf_counter() - start)


def latencies(command, path, row_count):
    """The seconds from the write of a row to the arrival of its line."""
    with open(path, "rb") as file:
        lines = file.readlines()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    )
    process.stdin.write(lines[0])
    found = []
    for line in lines[1 : row_count + 1]:
        start = time.perf_counter()
        process.stdin.write(line)
        answer = b""
        while not answer.endswith(b"\n"):
            answer += os.read(process.stdout.fileno(), 1 << 16)
        found.append(time.perf_counter() - start)
    process.stdin.close()
    process.stdout.read()
    process.wait()
    return sorted(found[len(found) // 10 :])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", default=".build/release/oddity")
    parser.add_argument("--columns", type=int, default=30)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--single-rows", type=int, default=3_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        train, new, model = (os.path.join(folder, name) for name in ("train.csv", "new.csv", "m"))
        write_series(train, 5_000, arguments.columns, 1)
        write_series(new, arguments.rows, arguments.columns, 2)
        subprocess.run(
            [arguments.binary, "fit", train, "--time", "time", "--output", model],
            check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )
        watch = [arguments.binary, "watch", model]
        for options in ([], ["--threads", "1"], ["--reasons", "0"]):
            speed = throughput(watch + options, new, arguments.rows)
            print(f"{' '.join(options) or 'defaults':14}  {speed:9,.0f} rows/s")
        found = latencies(watch + ["--threads", "1"], new, arguments.single_rows)
        for share in (0.5, 0.9, 0.99):
            print(f"p{share * 100:.0f}  {found[int(len(found) * share)] * 1e6:6.0f} µs")


if __name__ == "__main__":
    main()
