"""Runs PyOD's own tests of a detector against ours, which takes its place: their package does not hold them, a checkout does.

    .venv-python/bin/python scripts/run_pyod_tests.py CHECKOUT/pyod/test/test_kde.py
"""

import importlib
import sys

import pytest
from oddity.pyod import OddityDetector

#: The detector that each file of tests is about.
REPLACED = {"test_kde.py": "pyod.models.kde.KDE"}
#: Ranks of new rows among fitted ones are compared there with those among each other. Fitted rows are judged by networks that did
#: not see them, and the least odd of them share one score.
LEFT_OUT = "predict_rank"


def main(path: str) -> int:
    module, _, name = REPLACED[path.rpartition("/")[2]].rpartition(".")
    setattr(importlib.import_module(module), name, OddityDetector)
    return pytest.main(["-q", "-p", "no:cacheprovider", "-k", f"not {LEFT_OUT}", path])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
