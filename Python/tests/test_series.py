"""Steps of time series: the same scores as the command's, and the manners of scikit-learn."""

import json
import pickle
import signal

import numpy as np
import oddity
import pandas as pd
import polars as pl
import pytest
from oddity._work import Judging
from sklearn.base import clone

QUICK = {"window": 16, "epochs": 3}


def waves(count, start="2024-03-01", seed=5):
    random = np.random.default_rng(seed)
    steps = np.arange(count)
    return pd.DataFrame(
        {
            "time": pd.date_range(start, periods=count, freq="min"),
            "flow": np.sin(steps / 9) + 0.05 * random.normal(size=count),
            "pressure": np.cos(steps / 9) + 0.05 * random.normal(size=count),
        }
    )


@pytest.fixture
def normal():
    return waves(900)


@pytest.fixture
def later():
    frame = waves(400, "2024-03-02", seed=6)
    frame.loc[200:209, "flow"] += 3
    return frame


@pytest.fixture
def detector(normal):
    return oddity.SeriesDetector(time="time", **QUICK).fit(normal)


def assert_same(scores, path):
    table = pd.read_csv(path, float_precision="round_trip")
    for name in ("score", "p_value", "error", "tail_p_value"):
        np.testing.assert_array_equal(getattr(scores, name), table[name].to_numpy(dtype=float))
    np.testing.assert_array_equal(scores.anomaly, table["anomaly"].to_numpy() == 1)


@pytest.mark.parametrize("options", [{}, {"adapt": "off"}, {"adapt": "slow", "delay": 0}, {"delay": 5, "smoothing": "median"}], ids=str)
def test_model_and_scores_are_those_of_the_command(normal, later, options, tmp_path, oddity_command):
    normal.to_csv(tmp_path / "normal.csv", index=False)
    later.to_csv(tmp_path / "later.csv", index=False)
    fit = ["--time", "time", "--window", "16", "--epochs", "3", "--scores", "found.csv"]
    oddity_command("fit", "normal.csv", "--output", "model.safetensors", *fit)
    given = [text for name, value in options.items() for text in (f"--{name}", str(value))]
    oddity_command("score", "model.safetensors", "later.csv", "--output", "scores.csv", *given)
    detector = oddity.SeriesDetector(time="time", **QUICK, **options, options={"source": "normal.csv"}).fit(normal)
    assert detector.model_.encode() == (tmp_path / "model.safetensors").read_bytes()
    assert_same(detector.found_, tmp_path / "found.csv")
    assert_same(detector.scores(later), tmp_path / "scores.csv")
    model = oddity.Model.load(tmp_path / "model.safetensors")
    assert_same(model.scores(later, threads=1, **options), tmp_path / "scores.csv")
    lines = oddity_command("score", "model.safetensors", "later.csv", "--format", "ndjson", *given)
    # Times are written as they were read.
    assert detector.reasons(later) == [json.loads(line) for line in lines.splitlines()]


def test_an_array_has_the_model_and_scores_of_its_file(normal, later, tmp_path, oddity_command):
    arrays = [frame[["flow", "pressure"]].to_numpy() for frame in (normal, later)]
    np.save(tmp_path / "normal.npy", arrays[0])
    np.save(tmp_path / "later.npy", arrays[1])
    oddity_command(
        "fit", "normal.npy", "--series", "--output", "model.safetensors", "--window", "16", "--epochs", "3"
    )
    oddity_command("score", "model.safetensors", "later.npy", "--output", "scores.csv")
    detector = oddity.SeriesDetector(**QUICK, options={"source": "normal.npy"}).fit(arrays[0])
    assert detector.model_.encode() == (tmp_path / "model.safetensors").read_bytes()
    assert_same(detector.scores(arrays[1]), tmp_path / "scores.csv")
    assert list(detector.model_.columns) == ["channel_1", "channel_2"]
    assert detector.n_features_in_ == 2 and not hasattr(detector, "feature_names_in_")


def test_several_series_are_told_apart(normal, later, tmp_path, oddity_command):
    both = pd.concat([normal.assign(pump="north"), normal.assign(pump="south", flow=normal.flow * 2)])
    both = both.sort_values("time", kind="stable")
    both.to_csv(tmp_path / "both.csv", index=False)
    options = ["--time", "time", "--entity", "pump", "--window", "16", "--epochs", "3"]
    oddity_command("fit", "both.csv", "--output", "model.safetensors", *options)
    oddity_command("score", "model.safetensors", "both.csv", "--output", "scores.csv")
    detector = oddity.SeriesDetector(time="time", entity="pump", **QUICK, options={"source": "both.csv"}).fit(both)
    assert detector.model_.encode() == (tmp_path / "model.safetensors").read_bytes()
    assert_same(detector.scores(both), tmp_path / "scores.csv")
    assert detector.explain(both).entity.tolist() == both.pump.tolist()


def test_times_may_be_an_index(detector, normal, later):
    expected = detector.scores(later).score
    indexed = oddity.SeriesDetector(**QUICK).fit(normal.set_index("time"))
    assert indexed.model_.encode() == detector.model_.encode()
    np.testing.assert_array_equal(indexed.scores(later.set_index("time")).score, expected)
    unnamed = later.set_index("time").rename_axis(None)
    np.testing.assert_array_equal(detector.scores(unnamed).score, expected)
    levels = later.assign(pump="north").set_index(["pump", "time"])
    np.testing.assert_array_equal(detector.scores(levels).score, expected)


def test_other_frames_have_the_same_scores(detector, later):
    expected = detector.scores(later).score
    for frame in (pl.from_pandas(later), {name: later[name].to_numpy() for name in later}):
        np.testing.assert_array_equal(detector.scores(frame).score, expected)


def test_rows_without_a_score_are_nan_and_normal(detector, later):
    scores = detector.scores(later)
    assert np.isnan(scores.score[:16]).all() and not np.isnan(scores.score[16:]).any()
    assert not scores.anomaly[:16].any() and (detector.predict(later)[:16] == 1).all()
    assert np.isnan(detector.score_samples(later)[:16]).all()
    assert scores.anomaly[200:210].sum() > 7
    decisions = detector.decision_function(later)
    np.testing.assert_array_equal(decisions[16:] < 0, scores.anomaly[16:])


def test_fitted_rows_are_judged_by_what_has_not_seen_them(later):
    detector = oddity.SeriesDetector(time="time", **QUICK)
    labels = detector.fit_predict(later)
    np.testing.assert_array_equal(labels == -1, detector.found_.anomaly)
    assert (labels[200:210] == -1).any()
    with pytest.raises(oddity.SettingError, match="alarms_per_day is for rows to come"):
        oddity.SeriesDetector(time="time", alarms_per_day=5, **QUICK).fit_predict(later)


def test_reasons_are_a_frame_with_times_and_states(detector, later):
    frame = later.set_index(pd.Index(range(1000, 1400)))
    reasons = detector.explain(frame, reasons=1)
    assert list(reasons.columns) == [
        "time", "score", "p_value", "anomaly", "error", "state", "reason_1", "share_1", "actual_1", "expected_1"
    ]  # fmt: skip
    assert list(reasons.index) == list(frame.index)
    assert reasons.state.value_counts().to_dict() == {"scored": 384, "warm-up": 16}
    assert reasons.loc[1203, "reason_1"] == "flow" and reasons.loc[1203, "time"].startswith("2024-03-02")


def test_a_threshold_is_chosen_on_labelled_rows(detector, later):
    truth = np.zeros(len(later), dtype=int)
    truth[200:210] = 1
    detector.choose_threshold("detection=0.9", later, truth)
    assert (detector.predict(later)[200:210] == -1).sum() >= 9
    detector.choose_threshold("score=2.5")
    assert detector.calibration_["threshold"] == 2.5 and detector.calibration_["held_out"] > 500


def test_what_was_learned_is_saved_cloned_and_pickled(detector, later, tmp_path):
    detector.save(tmp_path / "model.safetensors")
    loaded = oddity.SeriesDetector.load(tmp_path / "model.safetensors")
    copy = pickle.loads(pickle.dumps(detector))
    for other in (loaded, copy):
        np.testing.assert_array_equal(other.scores(later).score, detector.scores(later).score)
        assert list(other.feature_names_in_) == ["time", "flow", "pressure"]
    assert clone(detector).get_params() == detector.get_params()
    assert repr(detector) == "SeriesDetector(epochs=3, time='time', window=16)"
    assert "SeriesDetector" in detector._repr_html_()
    with pytest.raises(oddity.DataError, match="this is a model of series, and one of tables is needed") as caught:
        oddity.Detector.load(tmp_path / "model.safetensors")
    assert caught.value.code == "wrong_kind"


@pytest.mark.parametrize(
    ("parameters", "error", "text"),
    [
        ({"time": "when"}, oddity.SettingError, 'there is no column "when"'),
        ({"network": "transformer"}, oddity.SettingError, "option network takes one of averages"),
        ({"time": None, "sort": True}, oddity.SettingError, "option sort needs time, the column of times"),
        ({"window": 1}, oddity.SettingError, "window"),
        ({"alarms_per_day": 1, "false_alarm_rate": 0.1}, oddity.SettingError, "give one of"),
        ({"hidden": [4]}, oddity.SettingError, "at least one layer and the code"),
        ({"gap_limit": 0.5}, oddity.SettingError, "at least 1"),
        ({"time_order": "day-first", "time_format": "excel"}, oddity.SettingError, "give one"),
        ({"time_zone": "Europe/Berlim"}, oddity.OddityError, "Berlim"),
        ({"options": {"dropout": 0.5}}, oddity.SettingError, "option dropout is for rows that stand alone"),
        ({"options": {"tile": 8}}, oddity.SettingError, "option tile is for images"),
        ({"options": {"variant": "convolutional"}}, oddity.SettingError, "is for images"),
        ({"options": {"scoring": "code"}}, oddity.SettingError, "residual-and-code"),
    ],
    ids=str,
)
def test_parameters_that_cannot_be_used_are_named(normal, parameters, error, text):
    frame = normal.drop(columns="time") if parameters.get("time", "") is None else normal
    with pytest.raises(error, match=text):
        oddity.SeriesDetector(**{"time": "time", **QUICK, **parameters}).fit(frame)


def test_options_of_series_are_named_where_rows_stand_alone(normal):
    with pytest.raises(oddity.SettingError, match="option window is for series; name their column of times"):
        oddity.Detector(epochs=2, options={"window": 8}).fit(normal)
    model = oddity.Detector(epochs=2, ignore=["time"]).fit(normal).model_
    with pytest.raises(oddity.SettingError, match="adapt, delay and smoothing are for series"):
        model.scores(normal, adapt="off")


def test_options_of_judging_that_cannot_be_used_are_named(detector, later):
    with pytest.raises(oddity.SettingError, match="option adapt takes one of off, slow, fast"):
        detector.model_.scores(later, adapt="quickly")
    with pytest.raises(oddity.SettingError, match="option delay takes a count from 0 to 10000"):
        detector.model_.scores(later, delay=-1)
    with pytest.raises(oddity.DataError, match='missing column "time"'):
        detector.scores(later.drop(columns="time"))
    with pytest.raises(oddity.DataError, match="channels as input"):
        oddity.SeriesDetector(**QUICK).fit(later[["flow"]].to_numpy()).scores(later[["flow", "pressure"]].to_numpy())


#: For each option a value other than its default, and what it needs beside it.
VALUES = {
    "entity": ("pump", {}),
    "window": (24, {}),
    "stride": (3, {}),
    "network": ("dense", {}),
    "forecast": (True, {}),
    "trend": ("remove", {}),
    "season": ("keep", {}),
    "gap_limit": (1, {}),
    "fill_limit": (0, {}),
    "sort": (True, {}),
    "duplicates": ("first", {}),
    "sampling": ("3min", {}),
    "time_zone": ("Europe/Berlin", {}),
    "alarms_per_day": (3, {}),
    "hidden": ([16, 3], {}),
    "loss": ("mae", {}),
    "learning_rate": (0.1, {}),
    "epochs": (4, {}),
    "batch_size": (16, {}),
    "patience": (1, {"epochs": 40}),
    "folds": (3, {}),
    "scaling": ("robust", {}),
}


@pytest.mark.parametrize("name", VALUES)
def test_an_option_of_a_fit_acts(normal, name):
    frame = normal.assign(pump=np.where(np.arange(len(normal)) % 2, "north", "south"))
    if name == "season":
        frame = waves(800).assign(time=lambda rows: pd.date_range("2024-03-01", periods=len(rows), freq="h"))
        frame["flow"] += 5 * (frame.time.dt.hour < 12)
    value, beside = VALUES[name]
    base = {"time": "time", "window": 16, "epochs": 3, "ignore": None if name == "entity" else ["pump"]}
    base["ignore"] = base["ignore"] if "pump" in frame else None

    def model(parameters):
        return oddity.SeriesDetector(**{**base, **parameters}).fit(frame).model_.encode()

    assert model({**beside, name: value}) != model(beside)


def test_all_options_of_the_command_for_series_are_parameters(oddity_command):
    command = json.loads(oddity_command("fit", "--experimental-dump-help"))["command"]
    names = {
        name["name"].replace("-", "_")
        for argument in command["arguments"]
        if argument.get("sectionTitle") in ("Time series", "Times")
        for name in argument["names"]
    }
    assert names - {"series"} <= set(oddity.SeriesDetector().get_params())


def test_what_a_listener_raises_ends_the_fit(normal):
    told = []

    def stop(*news):
        told.append(news)
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        oddity.SeriesDetector(time="time", epochs=100_000).fit(normal, on_progress=stop)
    assert told[0][1:4] == (5, 1, 200_000)


def test_control_c_ends_the_judging_of_rows(normal, monkeypatch):
    told = []
    judged = Judging._judged
    monkeypatch.setattr(Judging, "_judged", lambda self, context, count: told.append(count) or judged(self, context, count))
    model = oddity.SeriesDetector(time="time", **QUICK).fit(normal).model_
    many = waves(400_000)
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    for judge in (model.scores, model.reasons):
        rows = model.series(many)
        told.clear()
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            judge(rows)
        assert told[-1] < 400_000


def test_fitted_rows_are_judged_where_memory_holds_the_latest(later, tmp_path, oddity_command):
    path = tmp_path / "later.csv"
    many = waves(40_000, seed=6)
    many.loc[200:209, "flow"] += 3
    many.to_csv(path, index=False)
    options = ["--time", "time", "--window", "16", "--epochs", "1", "--memory", "6MB"]
    oddity_command("fit", str(path), "-o", str(tmp_path / "model"), "--scores", str(tmp_path / "scores.csv"), *options)
    with pytest.warns(UserWarning, match="the latest .* are learned from"):
        detector = oddity.SeriesDetector(time="time", window=16, epochs=1, options={"memory": 6_000_000}).fit(many)
    assert_same(detector.found_, tmp_path / "scores.csv")
