"""Compares detectors in Python: what they take to import, to keep on the disk and in memory, to fit and to score.

    .venv-python/bin/pip install torch==2.13.0+cpu tqdm
    .venv-python/bin/python scripts/compare_python.py

Each detector runs in a process of its own, on one thread, with its default settings; times are those of the
processor, which other programs change little. The rows are made: 20 columns that follow 4 hidden ones, of which odd rows have two
exchanged. Without torch, PyOD's AutoEncoder is left out. Prints a table in Markdown.
"""

import importlib.metadata
import importlib.util
import json
import os
import re
import resource
import subprocess
import sys
import time

DETECTORS = {
    "Oddity": ("oddity", "oddity", "oddity.Detector(threads=1)"),
    "scikit-learn IsolationForest": ("scikit-learn", "sklearn.ensemble", "sklearn.ensemble.IsolationForest(random_state=0)"),
    "PyOD AutoEncoder": ("pyod torch tqdm", "pyod.models.auto_encoder", "pyod.models.auto_encoder.AutoEncoder(verbose=0)"),
}
ROWS, NEW_ROWS = 10_000, 100_000


def rows(count, seed, odd_share=0.0):
    import numpy as np

    mixing = np.random.default_rng(0).normal(size=(4, 20))
    random = np.random.default_rng(seed)
    values = random.normal(size=(count, 4)) @ mixing + 0.3 * random.normal(size=(count, 20))
    is_odd = random.random(count) < odd_share
    values[np.ix_(is_odd, [3, 7])] = values[np.ix_(is_odd, [7, 3])]
    return values, is_odd


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(module, expression):
    begin = time.process_time()
    package = __import__(module)
    imported, import_memory = time.process_time() - begin, memory()
    import numpy as np

    train, _ = rows(ROWS, 1)
    new, is_odd = rows(NEW_ROWS, 2, 0.05)
    begin = time.process_time()
    detector = eval(expression, {module.partition(".")[0]: package})
    detector.fit(train)
    fitted = time.process_time() - begin
    begin = time.process_time()
    scores = detector.decision_function(new)
    scored = time.process_time() - begin
    order = np.argsort(np.argsort(scores if "pyod" in module else -scores))
    count = is_odd.sum()
    area = (order[is_odd].sum() - count * (count - 1) / 2) / (count * (len(new) - count))
    return {
        "import": imported,
        "import_memory": import_memory,
        "fit": fitted,
        "score": NEW_ROWS / scored,
        "memory": memory(),
        "area": area,
    }


def installed_size(names):
    """The bytes of packages and of all that they need."""
    seen, waiting = {}, names.split()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        paths = [file.locate() for file in distribution.files or []]
        seen[name] = sum(os.path.getsize(path) for path in paths if os.path.isfile(path) and "__pycache__" not in str(path))
        for requirement in distribution.requires or []:
            if "extra ==" not in requirement:
                waiting.append(re.match(r"[A-Za-z0-9._-]+", requirement)[0])
    return sum(seen.values()) / 1e6


def main():
    if len(sys.argv) == 3:
        print(json.dumps(measure(*sys.argv[1:])))
        return
    print("| | packages | import | memory | fit 10,000 rows | score | memory | AUROC |")
    print("|---|---|---|---|---|---|---|---|")
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    for name, (packages, module, expression) in DETECTORS.items():
        if "torch" in packages and importlib.util.find_spec("torch") is None:
            continue
        command = [sys.executable, __file__, module, expression]
        subprocess.run(command, env=environment, capture_output=True, check=True)
        # The second run finds files in memory, and bytecode on the disk.
        run = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
        found = json.loads(run.stdout.splitlines()[-1])
        print(
            f"| {name} | {installed_size(packages):,.0f} MB | {found['import']:.2f} s | {found['import_memory']:,.0f} MB"
            f" | {found['fit']:.1f} s | {found['score']:,.0f} rows/s | {found['memory']:,.0f} MB | {found['area']:.3f} |"
        )


main()
