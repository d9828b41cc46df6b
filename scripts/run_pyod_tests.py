"""Runs PyOD's own tests of a detector against ours, which takes its place: neither their wheels nor their source distributions
hold them, a checkout does.

    .venv-python/bin/python scripts/run_pyod_tests.py CHECKOUT/pyod/test/test_kde.py
    .venv-python/bin/python scripts/run_pyod_tests.py CHECKOUT/pyod/test/test_auto_encoder.py
"""

import sys
import types
from typing import Any

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


#: The module that each file of tests imports a detector from, its name there, and ours. Theirs may need packages that are not there.
REPLACED = {
    "test_kde.py": ("pyod.models.kde", "KDE", OddityDetector),
    "test_auto_encoder.py": ("pyod.models.auto_encoder", "AutoEncoder", AutoEncoder),
}
#: Ranks of new rows among fitted ones are compared there with those among each other. Fitted rows are judged by networks that did
#: not see them, and the least odd of them share one score.
LEFT_OUT = "predict_rank"


def main(path: str) -> int:
    module, name, detector = REPLACED[path.rpartition("/")[2]]
    stand_in = types.ModuleType(module)
    setattr(stand_in, name, detector)
    sys.modules[module] = stand_in
    return pytest.main(["-q", "-p", "no:cacheprovider", "-k", f"not {LEFT_OUT}", path])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
