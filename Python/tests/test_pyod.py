"""What PyOD asks of a detector."""

import numpy as np
import pytest
from oddity import Detector
from oddity.pyod import OddityDetector


@pytest.fixture
def detector(rows):
    return OddityDetector(contamination=0.05, detector=Detector(epochs=10)).fit(rows)


def test_scores_are_higher_for_odd_rows(detector, rows):
    assert detector.decision_scores_.argmax() == 17
    assert detector.decision_function(rows).argmax() == 17
    np.testing.assert_array_equal(detector.decision_function(rows), detector.detector_.scores(rows).score)


def test_labels_are_as_many_as_asked(detector, rows):
    assert detector.labels_.sum() == 20
    assert detector.predict(rows)[17] == 1
    assert detector.predict_proba(rows).shape == (400, 2)
    np.testing.assert_array_equal(detector.labels_ == 1, detector.decision_scores_ > detector.threshold_)


def test_parameters_are_those_of_pyod():
    assert set(OddityDetector().get_params(deep=False)) == {"contamination", "detector"}
