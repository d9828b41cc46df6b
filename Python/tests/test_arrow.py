"""Record batches and streams of Arrow, through the C interface: the same scores as from frames."""

import ctypes
import datetime
import decimal

import numpy as np
import oddity
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from oddity import _library
from oddity._library import library
from oddity._model import Scores

library.oddity_arrow_import.restype = ctypes.c_void_p
library.oddity_arrow_import.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]


def scores_of(model, batch):
    schema, array = ctypes.create_string_buffer(72), ctypes.create_string_buffer(80)
    batch._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
    imported = _library.call("oddity_arrow_import", ctypes.addressof(schema), ctypes.addressof(array))
    scores = Scores.empty(batch.num_rows)
    arrays = scores.arrays()
    table = library.arrow_table(imported)
    try:
        _library.call("model_score", model._handle, table, 0, ctypes.byref(arrays))
    finally:
        library.arrow_free(imported)
        # Takes the batch back, which releases it.
        pa.RecordBatch._import_from_c(ctypes.addressof(array), ctypes.addressof(schema))
    return scores.score


@pytest.fixture
def frame(mixed):
    start = datetime.datetime(2024, 1, 1, 6, 30)
    count = len(mixed["load"])
    return pd.DataFrame(mixed).assign(
        when=[start + datetime.timedelta(hours=row) for row in range(count)],
        isOn=[row % 2 == 0 for row in range(count)],
        lasted=[datetime.timedelta(seconds=row % 7) for row in range(count)],
        rating=pd.Categorical([row % 3 for row in range(count)]),
    )


@pytest.fixture
def model(frame):
    return oddity.Detector(epochs=5, time_features=["when"]).fit(frame).model_


@pytest.fixture
def batch(frame):
    return pa.RecordBatch.from_pandas(frame)


@pytest.mark.parametrize(
    "texts", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())], ids=str
)
@pytest.mark.parametrize("integers", [pa.int64(), pa.int8(), pa.uint32(), pa.float32()], ids=str)
def test_scores_are_those_of_the_frame(model, frame, batch, texts, integers):
    table = pa.table(batch)
    for name, kind in [("color", texts), ("count", integers)]:
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(kind))
    (cast,) = table.to_batches()
    np.testing.assert_array_equal(scores_of(model, cast), model.scores(frame).score)


@pytest.mark.parametrize("first", [1, 8, 13])
def test_a_slice_has_the_scores_of_its_rows(model, frame, batch, first):
    expected = model.scores(frame).score[first : first + 50]
    np.testing.assert_array_equal(scores_of(model, batch.slice(first, 50)), expected)
    assert len(scores_of(model, batch.slice(first, 0))) == 0


def test_types_that_cannot_be_used_are_named(model, batch):
    odd = batch.append_column("parts", pa.array([[1, 2]] * batch.num_rows))
    with pytest.raises(oddity.SettingError, match='column "parts": its type in Arrow'):
        scores_of(model, odd)


class Stream:
    """Nothing but a stream of Arrow."""

    def __init__(self, source):
        self.source = source

    def __arrow_c_stream__(self, requested_schema=None):
        return self.source.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("size", [400, 150, 3])
@pytest.mark.parametrize(
    "kind", [None, pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())], ids=str
)
def test_streams_have_the_scores_of_the_frame(model, frame, batch, size, kind):
    table = pa.table(batch)
    if kind is not None:
        table = table.set_column(table.schema.get_field_index("color"), "color", table["color"].cast(kind))
    # The first batch is empty, and others begin anywhere.
    batches = [batch[:0], *pa.table(table.combine_chunks()).to_batches(max_chunksize=size)]
    stream = pa.RecordBatchReader.from_batches(table.schema, [b.cast(table.schema) for b in batches])
    np.testing.assert_array_equal(model.scores(Stream(stream)).score, model.scores(frame).score)


@pytest.mark.parametrize("make", [pa.table, pl.DataFrame, lambda frame: Stream(pl.DataFrame(frame)), Stream])
def test_a_fit_to_a_stream_is_that_to_the_frame(mixed, make):
    frame = pd.DataFrame(mixed).drop(columns="order").astype({"color": "category"})
    detector = oddity.Detector(epochs=5)
    expected = detector.fit(frame).model_.encode()
    given = make(frame if make is Stream else pa.Table.from_pandas(frame, preserve_index=False))
    assert detector.fit(given).model_.encode() == expected
    assert list(detector.feature_names_in_) == list(frame.columns)


def test_parts_of_polars_are_one_table(mixed):
    frame = pl.DataFrame(mixed)
    detector = oddity.Detector(epochs=5).fit(frame)
    parts = pl.concat([frame[:130], frame[130:131], frame[131:]], rechunk=False)
    assert parts.n_chunks() > 1
    np.testing.assert_array_equal(detector.scores(parts).score, detector.scores(frame).score)
    assert len(detector.scores(frame.clear())) == 0
    with pytest.raises(oddity.DataError, match="minimum of 2"):
        detector.fit(frame.clear())


def test_numbers_of_all_types_of_arrow_are_numbers():
    values = [0, 3, 7, None] * 60
    expected = pd.DataFrame({"a": pd.array(values, dtype="Float64"), "b": np.arange(240) % 7 / 8})
    detector = oddity.Detector(epochs=5).fit(expected)
    scores = detector.scores(expected).score
    for kind in [
        pa.int8(), pa.uint64(), pa.float16(), pa.decimal128(20, 3), pa.decimal64(10, 2), pa.decimal32(5, 0)
    ]:  # fmt: skip
        make = np.float16 if kind == pa.float16() else decimal.Decimal if pa.types.is_decimal(kind) else int
        array = pa.array([None if value is None else make(value) for value in values], kind)
        table = pa.table({"a": array, "b": pa.array(np.arange(240) % 7 / 8, pa.float64()).cast(pa.float32())})
        np.testing.assert_array_equal(detector.scores(table).score, scores, err_msg=str(kind))
    large = 2**64 - 1
    assert detector.reasons(pa.table({"a": pa.array([large], pa.uint64()), "b": [0.5]}))[0]["reasons"][0]["actual"] == float(
        f"{large:.5e}"
    )


def test_times_of_day_are_texts():
    times = [datetime.time(6, 30), datetime.time(23, 59, 59, 250_000), None] * 20
    for unit in ["s", "ms", "us", "ns"]:
        kind = pa.time32(unit) if unit in ("s", "ms") else pa.time64(unit)
        table = pa.table({"at": pa.array(times, pa.time64("us")).cast(kind, safe=False), "a": list(range(60))})
        seen = oddity.Detector().inspect(table)["statistics"][0]
        assert seen["missing_count"] == 20 and "06:30:00" in seen["examples"]


def test_what_a_stream_says_went_wrong_is_told(batch):
    def batches():
        yield batch
        raise ValueError("the disk is gone")

    stream = pa.RecordBatchReader.from_batches(batch.schema, batches())
    with pytest.raises(oddity.DataError, match="the stream of Arrow failed: .*the disk is gone") as caught:
        oddity.Detector(epochs=2).fit(stream)
    assert caught.value.code == "arrow_stream_failure"
    with pytest.raises(oddity.SettingError, match='column "parts": its type in Arrow, "\\+l", cannot be used'):
        oddity.Detector(epochs=2).fit(pa.table(batch).append_column("parts", pa.array([[1]] * batch.num_rows)))
    with pytest.raises(oddity.DataError, match="no columns"):
        oddity.Detector(epochs=2).fit(pa.table({}))


def test_categories_of_types_yield_to_options(mixed):
    table = pa.table({"code": pa.array(["1", "2", "3", "4"] * 100).dictionary_encode(), "load": mixed["load"]})
    kinds = {column["name"]: column["kind"] for column in oddity.Detector().inspect(table)["schema"]["columns"]}
    assert kinds["code"] == "categorical"
    model = oddity.Detector(epochs=2, numeric=["code"]).fit(table).model_
    assert model.columns["code"] == "numeric"
