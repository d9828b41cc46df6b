"""Where a comparison runs: what is installed, how large it is, and the files that its cases share."""
import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import data
from measure import ROOT, Program

PROGRAMS = pathlib.Path(__file__).resolve().parent / "programs"
THREADS = os.cpu_count()


class Missing(Exception):
    """What a case needs and is not there."""


class Setting:
    def __init__(self, folder, oddity, bench, is_quick, data_folder):
        self.folder = pathlib.Path(folder)
        self.oddity, self.bench, self.is_quick = oddity, bench, is_quick
        self.data_folder = data_folder

    def rows(self, count):
        """So many rows, or few in a quick run."""
        return min(count, 2_000) if self.is_quick else count

    def table(self, rows, seed, **options):
        return data.table(self.folder, self.rows(rows), seed, **options)

    def made(self, name, make):
        """The path of a file that `make(path)` writes where it is not there."""
        path = self.folder / name
        if not path.exists():
            make(path)
        return path

    def model(self, name, rows, *options):
        """A model that oddity fits to a table."""
        command = [self.oddity, "fit", rows, *options, *(["--epochs", "1"] if self.is_quick else []), "--output"]
        return self.made(f"{name}.safetensors", lambda path: quietly(*command, path))

    def exported(self, name, model):
        return self.made(f"{name}.onnx", lambda path: quietly(self.oddity, "export", model, "--onnx", path))

    def network(self):
        """A network 30-64-32-64-30 as ONNX."""
        need("onnx", "numpy")
        return self.made("network.onnx", lambda path: quietly(sys.executable, PROGRAMS / "make_network.py", path))

    def peer(self, name, *words, needs, tells=True, threads=None):
        """A program of `programs`, for what it needs."""
        need(*needs)
        environment = {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)} if threads else None
        start = [sys.executable, "-c"] if name == "-c" else [sys.executable, PROGRAMS / name]
        return Program([*start, *words], reads=told if tells else None, environment=environment)

    def own(self, only, threads=1, amount=1.0):
        """A measurement of `oddity-bench`, of which `amount` is one piece."""
        if not pathlib.Path(self.bench).exists():
            raise Missing(f"{self.bench} is not built")

        def read(output):
            lines = [json.loads(line) for line in output.splitlines()]
            # The first is the machine's own speed.
            line = next((line for line in lines[1:] if line["threads"] == threads), None)
            if line is None:
                raise SystemExit(f"peers: {self.bench} measures no {only!r} with {threads} threads; build it anew")
            return seconds(line, "median") * amount, seconds(line, "cpu") * amount

        return Program([self.bench, "--only", only, "--repeats", "1" if self.is_quick else "5"], reads=read)


def seconds(line, field):
    """What a piece takes, of a line of `oddity-bench` or of `bench_pytorch.py`."""
    value, unit = line[field], line["unit"]
    return value * 1e-6 if unit.startswith("µs") else value if unit == "s" else 1 / value


def told(output):
    """What a peer's program tells in its last line."""
    line = json.loads(output.strip().splitlines()[-1])
    return line["wall"], line["cpu"]


def need(*modules):
    for module in modules:
        if importlib.util.find_spec(module) is None:
            raise Missing(f"{module} is not installed")


def quietly(*command):
    words = [str(word) for word in command]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"peers: {' '.join(words)} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
