"""Record batches of Arrow, through the C interface: the same scores as from frames."""

import ctypes
import datetime

import numpy as np
import oddity
import pandas as pd
import pyarrow as pa
import pytest
from oddity import _library
from oddity._library import library
from oddity._model import Scores

library.oddity_arrow_import.restype = ctypes.c_void_p
library.oddity_arrow_import.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]
library.oddity_arrow_table.restype = ctypes.POINTER(_library.Table)
library.oddity_arrow_table.argtypes = [ctypes.c_void_p]
library.oddity_arrow_free.restype = None
library.oddity_arrow_free.argtypes = [ctypes.c_void_p]


def scores_of(model, batch):
    schema, array = ctypes.create_string_buffer(72), ctypes.create_string_buffer(80)
    batch._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
    imported = _library.call("oddity_arrow_import", ctypes.addressof(schema), ctypes.addressof(array))
    scores = Scores.empty(batch.num_rows)
    arrays = scores.arrays()
    table = library.oddity_arrow_table(imported)
    try:
        _library.call("model_score", model._handle, table, 0, ctypes.byref(arrays))
    finally:
        library.oddity_arrow_free(imported)
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
