"""Runs programs in turn and tells what they took: seconds of the clock and of processors, and memory at most."""
import os
import pathlib
import shlex
import statistics
import subprocess
import time
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclass
class Taken:
    """What a piece of work took: seconds of the clock, of all processors, and MB at most of the process that did it."""

    wall: float
    cpu: float
    memory: float


@dataclass
class Program:
    """A program to start. The whole process is the work, but where `reads` takes the seconds of one piece of it, of the clock and of
    the processors, from what it prints."""

    command: list
    reads: object = None
    environment: dict = None

    def run(self):
        begin = time.perf_counter()
        with subprocess.Popen(
            [str(word) for word in self.command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | (self.environment or {}),
        ) as process:
            # What it prints besides is little enough for a pipe.
            output, errors = process.stdout.read(), process.stderr.read()
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - begin
        if process.returncode:
            raise SystemExit(f"peers: {self} ended with {process.returncode}: {errors.strip()[-2000:]}")
        # Of Linux in KB; a program started by another begins with the memory of the one that starts it, which is little here.
        taken = Taken(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        if self.reads:
            taken.wall, taken.cpu = self.reads(output)
        return taken

    def __str__(self):
        return shlex.join(map(shown, self.command))


def shown(word):
    """A word of a command, as any machine has it: paths in the project from its folder on, others by their last part."""
    path = pathlib.Path(str(word))
    if not path.is_absolute():
        return str(word)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def medians(programs, rounds):
    """What each of some named programs takes, the median of so many rounds, in each of which all run in turn."""
    runs = {name: [] for name in programs}
    for number in range(rounds):
        names = list(programs)
        # No one runs always behind the same other.
        for name in names[number % len(names):] + names[:number % len(names)]:
            runs[name].append(programs[name].run())
    return {
        name: Taken(*(statistics.median(getattr(run, field) for run in found) for field in ("wall", "cpu", "memory")))
        for name, found in runs.items()
    }
