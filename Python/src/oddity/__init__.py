"""Finds anomalies in tables, images and time series with autoencoders: how odd each is, how sure that is, and why.

>>> import numpy as np
>>> import oddity
>>> random = np.random.default_rng(0)
>>> normal = random.normal(size=(500, 3)) @ [[1, 1, 0], [0, 1, 1], [0, 0, 1]]
>>> detector = oddity.Detector(epochs=20).fit(normal)
>>> detector.predict([[0.1, 0.2, 0.1], [4.0, -4.0, 4.0]])
array([ 1, -1])

:class:`Detector`, :class:`ImageDetector` and :class:`SeriesDetector` have the manners of scikit-learn, where a *higher* ``score_samples`` is more normal. A :class:`Model` is
what a file holds; its :class:`Scores` are those of the command ``oddity score``, where a *higher* score is odder.
"""

from oddity._detector import Detector
from oddity._errors import DataError, OddityError, SettingError, SystemFailure
from oddity._images import ImageDetector
from oddity._model import Model, Scores
from oddity._series import SeriesDetector

__version__ = "0.1.0"
__all__ = [
    "DataError",
    "Detector",
    "ImageDetector",
    "Model",
    "OddityError",
    "Scores",
    "SeriesDetector",
    "SettingError",
    "SystemFailure",
]
