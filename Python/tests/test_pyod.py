"""What PyOD asks of a detector, and what its detectors are used with."""

import pickle

import joblib
import numpy as np
import pytest
from oddity import Detector
from oddity.pyod import OddityDetector
from pyod.models import combination
from pyod.models.iforest import IForest
from pyod.models.lscp import LSCP
from pyod.utils import data, persistence, utility
from scipy.special import erf
from scipy.stats import binom
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import roc_auc_score


@pytest.fixture
def detector(rows):
    return made().fit(rows)


@pytest.fixture
def new_rows():
    """Rows of the same relation, and one that breaks it."""
    random = np.random.default_rng(5)
    x = random.normal(size=60)
    rows = np.column_stack([x, 2 * x + 0.1 * random.normal(size=60), random.normal(size=60)])
    rows[4, 1] = 9
    return rows


def made(seed=0, contamination=0.05):
    return OddityDetector(contamination=contamination, detector=Detector(epochs=10, random_state=seed))


def test_scores_are_higher_for_odd_rows(detector, rows, new_rows):
    assert detector.decision_scores_.argmax() == 17
    assert detector.decision_function(rows).argmax() == 17
    np.testing.assert_array_equal(detector.decision_function(rows), detector.detector_.scores(rows).score)
    scores = detector.decision_function(new_rows)
    assert scores.shape == (60,) and scores.argmax() == 4
    assert [detector.decision_function(row[None])[0] for row in new_rows] == scores.tolist()


def test_scores_of_fitted_rows_are_in_their_order_and_of_networks_that_did_not_see_them(rows):
    detector = OddityDetector(detector=Detector(epochs=10, contamination=None)).fit(rows)
    assert detector.decision_scores_.shape == (400,) and detector.decision_scores_.dtype == np.float64
    found = Detector(epochs=10, contamination=None).fit(rows).found_
    np.testing.assert_array_equal(detector.decision_scores_, found.score)


@pytest.mark.parametrize("contamination", [0.01, 0.05, 0.1, 0.5])
def test_the_threshold_is_a_quantile_of_the_fitted_scores(rows, contamination):
    detector = made(contamination=contamination).fit(rows)
    assert detector.threshold_ == np.percentile(detector.decision_scores_, 100 * (1 - contamination))
    np.testing.assert_array_equal(detector.labels_, detector.decision_scores_ > detector.threshold_)
    assert set(detector.labels_) == {0, 1} and detector.labels_.sum() <= contamination * 400


def test_labels_are_as_many_as_asked(detector, rows, new_rows):
    assert detector.labels_.sum() == 20
    assert detector.predict(rows)[17] == 1
    labels = detector.predict(new_rows)
    np.testing.assert_array_equal(labels, detector.decision_function(new_rows) > detector.threshold_)
    assert labels.shape == (60,) and labels[4] == 1


@pytest.mark.parametrize("contamination", [0, -0.1, 0.51, 1])
def test_shares_that_cannot_be_are_refused(contamination):
    with pytest.raises(ValueError, match=r"contamination must be in \(0, 0.5\]"):
        OddityDetector(contamination=contamination)


def test_probabilities_grow_from_the_least_fitted_score_to_the_greatest(detector, new_rows):
    low, high = detector.decision_scores_.min(), detector.decision_scores_.max()
    probabilities = detector.predict_proba(new_rows)
    assert probabilities.shape == (60, 2)
    expected = ((detector.decision_function(new_rows) - low) / (high - low)).clip(0, 1)
    np.testing.assert_allclose(probabilities[:, 1], expected)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    np.testing.assert_array_equal(probabilities, detector.predict_proba(new_rows, method="linear"))


def test_probabilities_are_unified_if_asked(detector, new_rows):
    probabilities = detector.predict_proba(new_rows, method="unify")
    fitted = detector.decision_scores_
    standard = (detector.decision_function(new_rows) - fitted.mean()) / fitted.std()
    np.testing.assert_allclose(probabilities[:, 1], erf(standard / np.sqrt(2)).clip(0, 1))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    with pytest.raises(ValueError, match="is not a valid probability conversion method"):
        detector.predict_proba(new_rows, method="something")


def test_confidence_is_that_another_training_says_the_same(detector, new_rows):
    confidence = detector.predict_confidence(new_rows)
    labels = detector.predict(new_rows)
    shares = [(1 + np.sum(detector.decision_scores_ <= score)) / 402 for score in detector.decision_function(new_rows)]
    of_anomalies = 1 - binom.cdf(400 - 20, 400, shares)
    np.testing.assert_allclose(confidence, np.where(labels == 1, of_anomalies, 1 - of_anomalies))
    assert confidence[4] > 0.9
    both = detector.predict(new_rows, return_confidence=True)
    np.testing.assert_array_equal(both[0], labels)
    np.testing.assert_array_equal(both[1], confidence)
    np.testing.assert_array_equal(detector.predict_proba(new_rows, return_confidence=True)[1], confidence)


def test_what_is_doubtful_is_rejected_if_asked(detector, new_rows):
    labels = detector.predict_with_rejection(new_rows, T=2, c_r=0.05)
    kept = labels != -2
    assert 0 < kept.sum() < 60 and labels[4] == 1
    np.testing.assert_array_equal(labels[kept], detector.predict(new_rows)[kept])


@pytest.mark.filterwarnings("ignore:.*deprecated:FutureWarning")
def test_a_fit_is_evaluated_on_the_way(detector, rows, capsys):
    truth = (np.arange(400) == 17).astype(int)
    np.testing.assert_array_equal(made().fit_predict(rows), detector.labels_)
    assert made().fit_predict_score(rows, truth) == roc_auc_score(truth, detector.decision_scores_) == 1
    assert made().fit_predict_score(rows, truth, scoring="prc_n_score") == 1
    assert "prc_n_score: 1.0" in capsys.readouterr().out
    with pytest.raises(NotImplementedError, match="only supports ROC and Precision"):
        made().fit_predict_score(rows, truth, scoring="something")


def test_a_fit_does_not_look_at_labels(detector, rows):
    with pytest.warns(UserWarning, match="y should not be presented in unsupervised learning"):
        other = made().fit(rows, np.arange(400) % 2)
    np.testing.assert_array_equal(other.decision_scores_, detector.decision_scores_)


def test_what_is_not_fitted_says_so(rows):
    for use in (OddityDetector().predict, OddityDetector().decision_function, OddityDetector().predict_proba):
        with pytest.raises(NotFittedError):
            use(rows)


def test_parameters_are_those_of_pyod(detector, rows):
    assert set(OddityDetector().get_params(deep=False)) == {"contamination", "detector"}
    assert detector.get_params()["detector__epochs"] == 10
    other = clone(detector).set_params(contamination=0.2, detector__epochs=12)
    assert other.contamination == 0.2 and other.detector.epochs == 12 and detector.detector.epochs == 10
    assert not hasattr(other, "decision_scores_")
    assert repr(OddityDetector(contamination=0.2)) == "OddityDetector(contamination=0.2, detector=None)"
    with pytest.raises(ValueError, match="Invalid parameter"):
        other.set_params(neighbors=3)
    np.testing.assert_array_equal(clone(detector).fit(rows).decision_scores_, detector.decision_scores_)


def test_it_is_saved_and_loaded(detector, new_rows, tmp_path):
    joblib.dump(detector, tmp_path / "detector.joblib")
    persistence.save(detector, tmp_path / "detector.pyod")
    loaded = [
        pickle.loads(pickle.dumps(detector)),
        joblib.load(tmp_path / "detector.joblib"),
        persistence.load(tmp_path / "detector.pyod", trusted=True),
    ]
    for other in loaded:
        np.testing.assert_array_equal(other.decision_function(new_rows), detector.decision_function(new_rows))
        np.testing.assert_array_equal(other.labels_, detector.labels_)
        assert other.threshold_ == detector.threshold_


def test_it_is_combined_with_others(rows, new_rows):
    detectors = [made(seed).fit(rows) for seed in range(3)] + [IForest(random_state=1).fit(rows)]
    fitted = np.column_stack([detector.decision_scores_ for detector in detectors])
    scores = np.column_stack([detector.decision_function(new_rows) for detector in detectors])
    scores = utility.standardizer(fitted, scores)[1]
    for combine in (combination.average, combination.maximization, combination.median):
        assert combine(scores).argmax() == 4
    assert combination.aom(scores, n_buckets=2).argmax() == 4
    assert combination.moa(scores, n_buckets=2).argmax() == 4
    votes = np.column_stack([detector.predict(new_rows) for detector in detectors])
    assert combination.majority_vote(votes)[4] == 1


@pytest.mark.filterwarnings("ignore:no row can be called")
def test_it_is_a_part_of_an_ensemble_that_correlates_scores_nearby(rows, new_rows):
    # Such an ensemble cannot use scores that neighbors share, and held-out rows do.
    detectors = [OddityDetector(detector=Detector(epochs=10, folds=1, random_state=seed)) for seed in range(2)]
    ensemble = LSCP(detectors, n_bins=2, contamination=0.05, random_state=1).fit(rows)
    assert len(set(detectors[0].decision_scores_)) == 400
    assert ensemble.predict(new_rows)[4] == 1


def test_it_is_a_part_of_ensembles_that_need_other_packages(rows, new_rows):
    bagging = pytest.importorskip("pyod.models.feature_bagging", exc_type=ImportError).FeatureBagging
    ensemble = bagging(made(), n_estimators=3, contamination=0.05, max_features=3, random_state=1).fit(rows)
    assert ensemble.predict(new_rows)[4] == 1


@pytest.mark.filterwarnings("ignore:UNK does not have a predefined code")
def test_it_runs_beside_others(rows, new_rows):
    suod = pytest.importorskip("pyod.models.suod", exc_type=ImportError).SUOD
    ensemble = suod([made(seed) for seed in range(2)], n_jobs=1, contamination=0.05).fit(rows)
    assert ensemble.predict(new_rows)[4] == 1


def test_results_are_printed_as_of_others(detector, rows, capsys):
    data.evaluate_print("Oddity", np.arange(400) == 17, detector.decision_scores_)
    assert capsys.readouterr().out == "Oddity ROC:1.0, precision @ rank n:1.0\n"
