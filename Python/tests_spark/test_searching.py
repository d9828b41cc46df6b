"""Trials of scikit-learn's searches are tasks of Spark."""

import joblib
import numpy as np
import oddity
import pytest
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GridSearchCV

joblibspark = pytest.importorskip("joblibspark", reason="joblibspark is not installed; make test-spark installs it")


# joblibspark warns of what a search does not need.
@pytest.mark.filterwarnings("ignore:Spark")
def test_trials_on_executors_find_what_they_find_here(spark):
    random = np.random.default_rng(5)
    rows = random.normal(size=(600, 1)) * [1, 2, 3] + 0.1 * random.normal(size=(600, 3))
    labels = np.arange(600) % 20 == 0
    rows[labels, 1] += random.choice([-3, 3], size=30)

    # Here, since executors do not have this file.
    def tell_apart(detector, rows, labels):
        return roc_auc_score(labels, detector.scores(rows).score)

    search = GridSearchCV(oddity.Detector(epochs=5, threads=1), {"hidden": [[8, 2], [8, 1]]}, scoring=tell_apart, cv=2)
    expected = search.fit(rows, labels).cv_results_["mean_test_score"].copy()
    joblibspark.register_spark()
    with joblib.parallel_backend("spark", n_jobs=2):
        found = search.fit(rows, labels).cv_results_["mean_test_score"]
    np.testing.assert_array_equal(found, expected)
