"""What is a table, and that its kind does not matter."""

import datetime
import decimal
import sys

import numpy as np
import oddity
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from oddity._tables import table


@pytest.fixture
def model(mixed):
    return oddity.Detector(epochs=5).fit(pd.DataFrame(mixed)).model_


@pytest.mark.parametrize(
    "make",
    [
        pd.DataFrame,
        lambda columns: pd.DataFrame(columns).convert_dtypes(),
        lambda columns: pd.DataFrame(columns).astype({"color": "category"}),
        lambda columns: pd.DataFrame(columns)[list(reversed(columns))],
        pl.DataFrame,
        lambda columns: pl.DataFrame(columns).with_columns(pl.col("color").cast(pl.Categorical)),
        pa.table,
        dict,
    ],
    ids=["pandas", "nullable", "category", "reversed", "polars", "polars category", "pyarrow", "columns"],
)
def test_scores_do_not_depend_on_the_kind_of_frame(model, mixed, make):
    expected = model.scores(pd.DataFrame(mixed)).score
    np.testing.assert_array_equal(model.scores(make(mixed)).score, expected)


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64, np.int16, np.uint8, np.float16])
@pytest.mark.parametrize("order", ["C", "F"])
def test_numbers_of_all_types_are_numbers(kind, order):
    rows = np.random.default_rng(1).integers(0, 50, size=(200, 3))
    detector = oddity.Detector(epochs=5)
    expected = detector.fit(rows.astype(float)).score_samples(rows.astype(float))
    array = np.asarray(rows, dtype=kind, order=order)
    np.testing.assert_array_equal(detector.fit(array).score_samples(array), expected)
    np.testing.assert_array_equal(detector.score_samples(array[::-1])[::-1], expected)
    np.testing.assert_array_equal(detector.score_samples(array.tolist()), expected)
    np.testing.assert_array_equal(detector.score_samples(array.astype(object)), expected)


def test_a_row_has_the_same_score_alone_and_in_parts(rows):
    detector = oddity.Detector(epochs=5).fit(rows)
    many = np.tile(rows, (400, 1))
    scores = detector.score_samples(many)
    np.testing.assert_array_equal(scores[: len(rows)], scores[-len(rows) :])
    assert [detector.score_samples(row[None])[0] for row in rows[:20]] == scores[:20].tolist()


def test_texts_with_missing_values_are_the_same_in_parts(mixed):
    frame = pd.DataFrame(mixed)
    detector = oddity.Detector(epochs=5).fit(frame)
    many = pd.concat([frame] * 200, ignore_index=True)
    scores = detector.score_samples(many)
    np.testing.assert_array_equal(scores.reshape(200, -1), np.tile(scores[: len(frame)], (200, 1)))


def test_columns_are_used_as_their_values_tell(mixed):
    count = len(mixed["load"])
    start = datetime.datetime(2024, 1, 1)
    frame = pd.DataFrame(mixed).assign(
        when=[start + datetime.timedelta(hours=row) for row in range(count)],
        lasted=[datetime.timedelta(seconds=row % 7) for row in range(count)],
        isOn=[row % 2 == 0 for row in range(count)],
        rating=pd.Categorical([row % 3 for row in range(count)]),
        price=[decimal.Decimal(row % 11) / 4 for row in range(count)],
        empty=[None] * count,
    )
    seen = oddity.Detector(ignore=["flow"]).inspect(frame)
    kinds = {column["name"]: column["kind"] for column in seen["schema"]["columns"]}
    assert kinds == {
        "load": "numeric",
        "flow": "ignored",
        "count": "numeric",
        "color": "categorical",
        "order": "ignored",
        "when": "ignored",
        "lasted": "numeric",
        "isOn": "categorical",
        "rating": "categorical",
        "price": "numeric",
        "empty": "ignored",
    }
    with_times = oddity.Detector(time_features=["when"], epochs=2).fit(frame)
    assert with_times.model_.columns["when"] == "time"


def test_columns_are_found_by_name_and_others_are_ignored(mixed):
    frame = pd.DataFrame(mixed)
    detector = oddity.Detector(epochs=5).fit(frame)
    more = frame.assign(extra=1)[["extra", "count", "color", "order", "flow", "load"]]
    np.testing.assert_array_equal(detector.score_samples(more), detector.score_samples(frame))
    with pytest.raises(oddity.DataError, match='missing column "flow"') as caught:
        detector.predict(frame.drop(columns="flow"))
    assert caught.value.code == "missing_columns"


@pytest.mark.parametrize(
    ("rows", "error", "text"),
    [
        ([1.0, 2.0], ValueError, "Reshape your data"),
        (np.zeros((5, 0)), ValueError, "0 feature"),
        (np.zeros((0, 2)), ValueError, "0 sample"),
        (np.zeros((2, 2, 2)), ValueError, "3D array"),
        (np.array([[1j, 2]] * 30), ValueError, "Complex data"),
        ([[1.0, {"a": 1}]] * 30, TypeError, "must be a string or a number"),
        ({"a": [1, 2], "b": [1]}, ValueError, "differ in length"),
        ([[1.0, np.inf]] * 30, ValueError, "infinite"),
        (pd.DataFrame([[1, 2]] * 30, columns=["a", "a"]), ValueError, "both named"),
        (pd.DataFrame([[1, 2]] * 30, columns=["a", 1]), TypeError, "string names"),
        ([[np.nan, np.nan]] * 30, ValueError, "no column"),
    ],
)
def test_what_is_no_table_is_refused(rows, error, text):
    with pytest.raises(error, match=text):
        oddity.Detector(epochs=2).fit(rows)


def test_what_is_wrong_is_said_with_parameters_of_python(rows):
    frame = pd.DataFrame({"load": [str(value) for value in rows[:, 0]], "flow": rows[:, 1]})
    frame.loc[3, "load"] = "oops"
    with pytest.raises(oddity.DataError, match=r'add missing=\["oops"\]') as caught:
        oddity.Detector(numeric=["load"]).fit(frame)
    assert "--" not in str(caught.value)
    detector = oddity.Detector(numeric=["load"], missing=["oops"], epochs=2).fit(frame)
    assert detector.model_.columns["load"] == "numeric"
    without = frame.assign(load=frame["load"].replace("oops", None))
    np.testing.assert_array_equal(detector.score_samples(frame), detector.score_samples(without))


def test_what_is_no_measurement_is_left_out_of_a_frame_and_told():
    random = np.random.default_rng(1)
    frame = pd.DataFrame(random.normal(size=(300, 2)), columns=["load", "flow"])
    frame.insert(0, "id", np.arange(1000, 1300))
    frame.insert(1, "timestamp", 1.7e9 + np.arange(300) * 60)
    told = r'left out: "id" \(row numbers.*"timestamp" \(seconds since 1970.*numeric or categorical takes'
    with pytest.warns(UserWarning, match=told):
        model = oddity.Detector(epochs=5).fit(frame).model_
    assert list(model.columns) == ["load", "flow"]
    later = frame.assign(id=frame.id + 10_000, timestamp=frame.timestamp + 1e6)
    np.testing.assert_array_equal(model.scores(later).score, model.scores(frame).score)
    model = oddity.Detector(epochs=5, numeric=["id"], ignore=["timestamp"]).fit(frame).model_
    assert list(model.columns) == ["id", "load", "flow"]
    # A matrix has no names, and no identifiers.
    assert len(oddity.Detector(epochs=5).fit(frame.to_numpy()).model_.columns) == 4


@pytest.mark.parametrize("name", ["object", "string", "category", "number", "nothing"])
def test_texts_are_the_same_with_pyarrow_and_without(name, monkeypatch):
    texts = ["a", "", None, "é", "longer than that"] * 5
    columns = {
        "object": pd.Series(texts, dtype=object),
        "string": pd.Series(texts, dtype="string"),
        "category": pd.Categorical(texts),
        "number": pd.Series(["a", 1, 2.5, None, "b"] * 5, dtype=object),
        "nothing": pd.Series([None] * 25, dtype=object),
    }
    frame = pd.DataFrame({name: columns[name]})
    with_arrow = table(frame).columns[0]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    without = table(frame).columns[0]
    assert (with_arrow.type, with_arrow.is_category) == (without.type, without.is_category)
    for part in ("values", "offsets", "validity"):
        np.testing.assert_array_equal(getattr(with_arrow, part), getattr(without, part))
