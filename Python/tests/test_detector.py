"""The manners of scikit-learn, and what is told of rows."""

import pickle
import signal
import sys
import threading
import time
import warnings

import numpy as np
import oddity
import pandas as pd
import pytest


def test_higher_is_more_normal(rows):
    detector = oddity.Detector(epochs=20).fit(rows)
    scores = detector.scores(rows)
    np.testing.assert_array_equal(detector.score_samples(rows), -scores.score)
    np.testing.assert_array_equal(detector.decision_function(rows) < 0, scores.anomaly)
    np.testing.assert_array_equal(detector.predict(rows) == -1, scores.anomaly)
    np.testing.assert_array_equal(detector.score_samples(rows) - detector.offset_, detector.decision_function(rows))
    assert detector.predict(rows)[17] == -1
    assert detector.score_samples(rows).argmin() == 17


def test_the_threshold_itself_is_an_anomaly(rows):
    detector = oddity.Detector(epochs=20).fit(rows)
    median = float(np.sort(detector.scores(rows).score)[200])
    detector.choose_threshold(f"score={median!r}")
    decisions = detector.decision_function(rows)
    np.testing.assert_array_equal(decisions < 0, detector.scores(rows).score >= median)
    np.testing.assert_array_equal(detector.predict(rows) == -1, decisions < 0)


def test_fitted_rows_are_judged_by_what_has_not_seen_them(rows):
    detector = oddity.Detector(epochs=20)
    labels = detector.fit_predict(rows)
    np.testing.assert_array_equal(labels == -1, detector.found_.anomaly)
    assert labels[17] == -1
    with pytest.raises(oddity.SettingError, match="folds"):
        oddity.Detector(epochs=5, folds=1, contamination=None).fit_predict(rows)


@pytest.mark.parametrize("share", [0.05, 0.1])
def test_a_share_of_contamination_is_the_share_of_fitted_rows_that_are_odd(rows, share):
    labels = oddity.Detector(epochs=10, contamination=share).fit_predict(rows)
    assert (labels == -1).sum() == share * len(rows)


def test_a_rate_of_false_alarms_is_kept(rows):
    detector = oddity.Detector(epochs=10, false_alarm_rate=0.2, contamination=None).fit(rows)
    np.testing.assert_array_equal(detector.found_.anomaly, detector.found_.p_value <= 0.2)


def test_the_same_seed_gives_the_same_model_on_any_number_of_threads(rows):
    def model(**parameters):
        return oddity.Detector(epochs=5, **parameters).fit(rows).model_.encode()

    assert model(threads=1) == model(threads=2) == model(random_state=0)
    assert model(random_state=1) != model()
    assert model(random_state=np.random.RandomState(1)) == model(random_state=np.random.RandomState(1))


def test_parameters_are_got_and_set(rows):
    detector = oddity.Detector(epochs=5, hidden=(8, 2))
    assert detector.get_params()["hidden"] == (8, 2)
    assert detector.set_params(epochs=7) is detector and detector.epochs == 7
    assert repr(detector) == "Detector(epochs=7, hidden=(8, 2))"
    with pytest.raises(ValueError, match="Invalid parameter 'epoch'"):
        detector.set_params(epoch=3)
    assert detector.fit(rows).model_.describe()["summary"]["layer_sizes"] == [3, 8, 2, 8, 3]


@pytest.mark.parametrize(
    ("parameters", "text"),
    [
        ({"epochs": "many"}, "epochs takes a whole number"),
        ({"activation": "rellu"}, "activation takes one of"),
        ({"contamination": 0.7}, "contamination takes"),
        ({"contamination": "some"}, "contamination takes"),
        ({"false_alarm_rate": 1.5}, "above 0 and below 1"),
        ({"hidden": [0]}, "size"),
        ({"options": {"nois": "swap"}}, 'did you mean "noise"'),
        ({"categorical": ["nothing"]}, 'no column "nothing"'),
    ],
)
def test_parameters_that_cannot_be_used_are_named(rows, parameters, text):
    with pytest.raises(oddity.SettingError, match=text):
        oddity.Detector(**{"epochs": 2, **parameters}).fit(rows)


def test_what_was_not_fitted_cannot_judge():
    with pytest.raises((ValueError, AttributeError), match="not fitted yet"):
        oddity.Detector().predict([[1.0]])


def test_reasons_are_a_frame_with_the_index_of_the_rows(mixed):
    frame = pd.DataFrame(mixed).set_index(pd.Index(range(1000, 1400)))
    detector = oddity.Detector(epochs=20).fit(frame)
    reasons = detector.explain(frame, reasons=2)
    assert list(reasons.index) == list(frame.index)
    assert list(reasons.columns[:8]) == [
        "score", "p_value", "anomaly", "error", "reason_1", "share_1", "actual_1", "expected_1"
    ]  # fmt: skip
    assert reasons.loc[1017, "reason_1"] in ("flow", "load")
    assert len(detector.explain(mixed)) == 400


def test_what_was_learned_is_saved_loaded_and_pickled(rows, tmp_path):
    detector = oddity.Detector(epochs=5).fit(pd.DataFrame(rows, columns=["a", "b", "c"]))
    detector.save(tmp_path / "model.safetensors")
    loaded = oddity.Detector.load(tmp_path / "model.safetensors")
    copy = pickle.loads(pickle.dumps(detector))
    for other in (loaded, copy):
        np.testing.assert_array_equal(other.score_samples(rows), detector.score_samples(rows))
        assert list(other.feature_names_in_) == ["a", "b", "c"]
    assert copy.get_params() == detector.get_params()
    assert loaded.model_.encode() == detector.model_.encode()


def test_files_that_are_no_models_are_named(tmp_path):
    with pytest.raises(OSError, match="nothing.safetensors"):
        oddity.Model.load(tmp_path / "nothing.safetensors")
    (tmp_path / "text").write_text("not a model, and long enough to look at")
    with pytest.raises(oddity.DataError):
        oddity.Model.load(tmp_path / "text")
    with pytest.raises(oddity.DataError):
        oddity.Model.decode(b"")


def test_a_threshold_is_chosen_on_labelled_rows(rows):
    detector = oddity.Detector(epochs=20).fit(rows)
    labels = np.zeros(len(rows), dtype=int)
    labels[detector.scores(rows).score.argsort()[-7:]] = 1
    detector.choose_threshold("youden", rows, labels)
    np.testing.assert_array_equal(detector.predict(rows), np.where(labels, -1, 1))
    detector.choose_threshold("f-beta=1", rows, np.where(labels, -1, 1))
    np.testing.assert_array_equal(detector.predict(rows), np.where(labels, -1, 1))
    with pytest.raises(oddity.SettingError, match="no rule"):
        detector.choose_threshold("sharp")
    with pytest.raises(oddity.SettingError, match="labelled"):
        detector.choose_threshold("youden")


def test_progress_is_told_and_what_its_listener_raises_ends_the_fit(rows):
    told = []
    oddity.Detector(epochs=3, contamination=None).fit(rows, on_progress=lambda *news: told.append(news))
    assert sorted(news[:4] for news in told) == [
        (member, 4, epoch, 3) for member in range(4) for epoch in range(1, 4)
    ]

    def stop(*news):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        oddity.Detector(epochs=100_000).fit(rows, on_progress=stop)


@pytest.mark.parametrize("has_tqdm", [True, False])
def test_progress_is_shown_where_asked(rows, capsys, monkeypatch, has_tqdm):
    if not has_tqdm:
        monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    oddity.Detector(epochs=3, verbose=True).fit(rows)
    shown = capsys.readouterr().err
    assert "fitting" in shown and "100" in shown
    oddity.Detector(epochs=3).fit(rows)
    assert capsys.readouterr().err == ""


def test_control_c_ends_a_fit(rows):
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        oddity.Detector(epochs=1_000_000).fit(rows)
    assert time.monotonic() - begin < 20


def test_other_threads_go_on_while_work_is_done(rows):
    detector = oddity.Detector(epochs=5).fit(rows)
    many = np.tile(rows, (160, 1))
    turns = 0
    done = threading.Event()

    def score():
        detector.model_.scores(many, threads=1)
        done.set()

    thread = threading.Thread(target=score)
    thread.start()
    while not done.wait(0.001):
        turns += 1
    thread.join()
    assert turns > 3


def test_doubtful_columns_are_warned_of(rows):
    load = [f"{value:.3f}" for value in rows[:, 0]]
    load[4] = "oops"
    with pytest.warns(UserWarning, match="oops"):
        oddity.Detector(epochs=2).fit(pd.DataFrame({"load": load, "flow": rows[:, 1]}))


def test_notebooks_show_what_was_learned(rows):
    detector = oddity.Detector(epochs=2)
    assert "not fitted" in detector._repr_html_()
    page = detector.fit(rows)._repr_html_()
    assert "Detector(epochs=2)" in page and "held-out rows" in page
    assert "held-out rows" in detector.model_._repr_html_()


def test_a_rate_that_so_few_rows_cannot_back_is_told():
    rows = np.random.default_rng(0).normal(size=(40, 3))
    with pytest.warns(UserWarning, match="no row can be called an anomaly at p-value ≤ 0.01.*give at least 99 of them, or a higher"):
        oddity.Detector(epochs=2).fit(rows)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        oddity.Detector(epochs=2, false_alarm_rate=0.1).fit(rows)
