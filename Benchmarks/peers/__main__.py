"""Measures Oddity beside others on this machine, in turn, as ratios.

    make bench-peers [BENCH_PEERS="--data FOLDER --only score"]
    python3 Benchmarks/peers [--write] [--only GROUP] [--quick] [--data FOLDER] [--rounds N]

Each case runs so many rounds, in each of which all run one after the other; medians are compared. `make bench-peers` makes an environment
with all peers and builds `oddity` and `oddity-bench`. What is not there is left out, which is said. FOLDER holds tables of ADBench
(thyroid, cardio, mnist, shuttle, as .npz) and MNIST's test images and labels (IDX, gzip).

With --write the results go to `Benchmarks/results.jsonl`, a line for each case and peer, and as a table to `Benchmarks/RESULTS.md`; lines
of cases that did not run stay. --quick runs small cases once, which says that the comparison works, and nothing of speed.
"""
import argparse
import importlib.metadata
import os
import pathlib
import platform
import subprocess
import tempfile

import cases_in_memory
import cases_of_files
import cases_of_fitting
import results
from measure import medians
from setting import ROOT, Missing, Setting

GROUPS = ["score", "start", "row", "read", "train", "fit", "images"]
PACKAGES = ["torch", "onnxruntime", "polars", "duckdb", "pyod", "scikit-learn", "numpy"]


def versions(oddity):
    found = {"oddity": subprocess.run([oddity, "--version"], check=True, capture_output=True, text=True).stdout.strip()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found | {"python": platform.python_version()}


def machine():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines() if os.path.exists("/proc/cpuinfo") else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {"processor": model or platform.machine(), "cores": os.cpu_count()}


def measured(case, options):
    """A result for each peer of a case; those that are not there are left out."""
    programs = {}
    for name, make in case.peers.items():
        try:
            programs[name] = make()
        except Missing as missing:
            print(f"peers: left out: {case.name}, beside {name}: {missing}", flush=True)
    if not programs:
        return
    taken = medians({None: case.ours} | programs, 1 if options.quick else options.rounds or case.rounds)
    ours = taken.pop(None)
    for name, peer in taken.items():
        yield results.result(case, ours, name, peer, programs[name])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the results")
    parser.add_argument("--only", choices=GROUPS, help="the cases of one group")
    parser.add_argument("--quick", action="store_true", help="small and once: whether it works")
    parser.add_argument("--data", type=pathlib.Path, help="a folder with tables of ADBench and images of MNIST")
    parser.add_argument("--rounds", type=int, help="5, of what takes long 3, of MNIST 1, of starts 15")
    parser.add_argument("--oddity", default=str(ROOT / ".build/release/oddity"))
    parser.add_argument("--bench", default=str(ROOT / ".build/release/oddity-bench"))
    options = parser.parse_args()
    about = {"versions": versions(options.oddity), "machine": machine()}
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(folder, options.oddity, options.bench, options.quick, options.data)
        for module in (cases_of_files, cases_in_memory, cases_of_fitting):
            for group, make in module.cases(setting):
                if options.only and options.only != group:
                    continue
                try:
                    case = make()
                except Missing as missing:
                    print(f"peers: left out: a case of {group}: {missing}", flush=True)
                    continue
                found = [result | about for result in measured(case, options)]
                for result in found:
                    print(results.line(result, options.quick), flush=True)
                if options.write and not options.quick:
                    results.keep(found)
                count += len(found)
    print(f"peers: {count} comparisons")


main()
