"""What scikit-learn asks of an outlier detector."""

import warnings

import numpy as np
import oddity
import pandas as pd
import pytest
from sklearn.base import clone, is_outlier_detector
from sklearn.exceptions import NotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

# Both ask that `predict` calls those rows odd that `fit_predict` does. Ours judges fitted rows by networks that did not see
# them, and `predict` judges all rows by all networks, to which what they have seen looks normal.
SEEN = "fitted rows are judged by networks that did not see them, and look normal to those that did"
EXPECTED_FAILURES = {"check_outliers_fit_predict": SEEN, "check_outliers_train": SEEN}


with warnings.catch_warnings():
    # It has the manners without the base class, so that it needs no scikit-learn.
    warnings.filterwarnings("ignore", message=".*does not inherit from")
    CHECKS = list(
        estimator_checks_generator(oddity.Detector(epochs=5), expected_failed_checks=EXPECTED_FAILURES, mark="xfail")
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("estimator", "check"), CHECKS)
def test_keeps_the_rules_of_estimators(estimator, check):
    check(estimator)


def test_is_cloned_and_works_in_a_pipeline(rows):
    detector = oddity.Detector(epochs=5, hidden=[8, 2])
    assert clone(detector).get_params() == detector.get_params()
    assert is_outlier_detector(detector)
    pipeline = make_pipeline(StandardScaler(), detector).fit(rows)
    assert pipeline.predict(rows).shape == (400,)
    assert pipeline.score_samples(rows).argmin() == 17


def test_names_of_columns_are_kept(rows):
    frame = pd.DataFrame(rows, columns=["a", "b", "c"])
    detector = oddity.Detector(epochs=2).fit(frame)
    assert list(detector.feature_names_in_) == ["a", "b", "c"] and detector.n_features_in_ == 3
    assert not hasattr(detector.fit(np.asarray(frame)), "feature_names_in_")


def test_not_fitted_is_said_as_scikit_learn_says_it():
    with pytest.raises(NotFittedError):
        oddity.Detector().predict([[1.0]])
