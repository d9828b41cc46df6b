"""Counts the instructions of small pieces of work and fails where they have become more than 5 % more.

    python3 scripts/check_instructions.py [--write] [--only CASE] [--bench PATH]

Times of a machine that does other things too say little of a change of a few percent; instructions are the same in every run. They are
counted by callgrind, of the cases of `Benchmarks/OddityBenchmarks/CountedCase.swift`, without what gets them ready. Counts to compare with
are in `Benchmarks/instructions.json`; `--write` puts those of now there, with the reason in the commit.

Valgrind shows programs one processor, of AVX2, whatever x86-64 processor it runs on, so that kernels for that are counted; what only AVX-512
does is not. Counts depend on the compiler and on the libraries: with others than those in the file nothing is compared, and the
check says so and passes. So it does on other processors.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
COUNTS = ROOT / "Benchmarks" / "instructions.json"
CASES = ["step", "tile", "chunk", "row", "picture", "window"]
MOST = 1.05
# Enough that what comes once is nothing beside it.
REPEATS = 4


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def install_valgrind():
    if shutil.which("valgrind"):
        return
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    print("installing valgrind", flush=True)
    subprocess.run([*as_root, "apt-get", "update", "-qq"], check=True)
    subprocess.run(
        [*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "valgrind"],
        check=True, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    )


def build():
    command = [
        "swift", "build", "-c", "release", "--package-path", str(ROOT), "--product", "oddity-bench",
        "--disable-build-manifest-caching", "--explicit-target-dependency-import-check", "error",
    ]
    environment = os.environ | {"ODDITY_BENCHMARKS": "1"}
    subprocess.run(command, check=True, env=environment)
    path = subprocess.run(
        command + ["--show-bin-path"], check=True, capture_output=True, text=True, env=environment
    )
    return str(pathlib.Path(path.stdout.strip()) / "oddity-bench")


def versions():
    """What counts depend on beside the sources."""
    package = ["dpkg-query", "-W", "-f=${Version}"]
    found = {name: output(*package, name) for name in ["libc6", "libopenblas0-pthread", "valgrind"]}
    found["swift"] = re.search(r"Swift version ([\d.]+)", output("swift", "--version")).group(1)
    # Debian's own part of a version repairs flaws.
    return {name: re.sub(r"^\d+:|[-+].*", "", version) for name, version in found.items()}


def counted(bench, case):
    """The instructions of one repetition."""
    with tempfile.TemporaryDirectory() as folder:
        # No more variables than these, and no address that is drawn: where things lie has a part in the counts.
        environment = {
            "PATH": os.environ["PATH"],
            "TMPDIR": folder,
            "OPENBLAS_CORETYPE": "Haswell",
            "OPENBLAS_NUM_THREADS": "1",
            "SWIFT_DETERMINISTIC_HASHING": "1",
        }
        if "LD_LIBRARY_PATH" in os.environ:
            environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        file = pathlib.Path(folder) / "counts"
        # Valgrind of Debian 12 does not read what Swift writes for debuggers.
        stripped = pathlib.Path(folder) / "oddity-bench"
        subprocess.run(["strip", "-g", "-o", stripped, bench], check=True)
        subprocess.run(
            [
                "valgrind", "--tool=callgrind", "-q", f"--callgrind-out-file={file}",
                "--collect-atstart=no", "--toggle-collect=*countedWork*",
                stripped, "--case", case, "--repeats", str(REPEATS),
            ],
            check=True, env=environment,
        )
        return round(int(re.search(r"^totals: (\d+)", file.read_text(), re.M).group(1)) / REPEATS)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the counts of now")
    parser.add_argument("--only", choices=CASES, help="one case")
    parser.add_argument("--bench", help="the built benchmark (default: build it)")
    arguments = parser.parse_args()
    if platform.system() != "Linux" or platform.machine() != "x86_64" or " avx2 " not in processor():
        print("instructions: counts are of x86-64 processors with AVX2 under Linux; nothing was compared")
        return
    install_valgrind()
    bench = arguments.bench or build()
    cases = [arguments.only] if arguments.only else CASES
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(cases, pool.map(lambda case: counted(bench, case), cases)))
    kept = json.loads(COUNTS.read_text()) if COUNTS.exists() else {"versions": {}, "counts": {}}
    if arguments.write:
        kept = {"versions": versions(), "counts": kept["counts"] | found}
        COUNTS.write_text(json.dumps(kept, indent=4) + "\n")
    more = table(found, kept["counts"])
    if kept["versions"] != versions():
        print(f"instructions: counts are of {kept['versions']}, and this is {versions()}; nothing was compared")
    elif more:
        sys.exit(
            f"instructions: more than before: {', '.join(more)}. Make it as fast as it was, or say in the commit why"
            " it costs more and write the new counts: python3 scripts/check_instructions.py --write"
        )


def processor():
    return pathlib.Path("/proc/cpuinfo").read_text()


def table(found, kept):
    """Prints the counts; returns the cases that have become too many."""
    more = []
    print(f"{'case':<10}{'before':>14}{'now':>14}{'change':>10}")
    for case, count in found.items():
        before = kept.get(case)
        change = f"{100 * (count / before - 1):+.2f} %" if before else "new"
        print(f"{case:<10}{before or '':>14}{count:>14}{change:>10}")
        if before and count > MOST * before:
            more.append(case)
    return more


if __name__ == "__main__":
    main()
