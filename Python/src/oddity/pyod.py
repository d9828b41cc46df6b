"""The detector for those who work with PyOD.

>>> import numpy as np
>>> from oddity import Detector
>>> from oddity.pyod import OddityDetector
>>> rows = np.random.default_rng(1).normal(size=(200, 3))
>>> rows[0] = 9
>>> detector = OddityDetector(contamination=0.05, detector=Detector(epochs=20)).fit(rows)
>>> int(detector.labels_[0]), int(detector.labels_.sum())
(1, 10)
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyod.models.base import BaseDetector
from sklearn.base import clone
from sklearn.utils import check_array
from sklearn.utils.validation import check_is_fitted

from oddity._detector import Detector
from oddity._model import Scores


class OddityDetector(BaseDetector):  # type: ignore[misc]
    """An :class:`oddity.Detector` with the manners of PyOD: a *higher* score is odder, and label 1 is an anomaly.

    Scores of the rows that it is fitted to are those of networks that did not see them.

    :param contamination: the share of the fitted rows that lie beyond the threshold
    :param detector: the detector with its settings; by default one that learns from all rows
    :ivar detector_: the fitted detector
    :ivar decision_scores_: the scores of the fitted rows
    :ivar threshold_: the score beyond which a row is an anomaly
    :ivar labels_: 1 for fitted rows that lie beyond it, 0 for others
    """

    detector_: Detector
    decision_scores_: NDArray[np.float64]
    threshold_: float
    labels_: NDArray[np.int64]

    def __init__(self, contamination: float = 0.1, detector: Detector | None = None) -> None:
        super().__init__(contamination=contamination)
        self.detector = detector

    def fit(self, X: Any, y: Any = None) -> "OddityDetector":
        """Learns from rows; labels are not looked at."""
        rows = check_array(X)
        self._set_n_classes(y)
        detector = Detector(contamination=None) if self.detector is None else clone(self.detector)
        self.detector_ = detector.fit(rows)
        found: Scores = self.detector_.found_ or self.detector_.scores(rows)
        self.decision_scores_ = found.score
        self._process_decision_scores()
        return self

    def decision_function(self, X: Any) -> NDArray[np.float64]:
        """How odd rows are."""
        check_is_fitted(self, ["decision_scores_", "threshold_", "labels_"])
        return self.detector_.scores(check_array(X)).score
