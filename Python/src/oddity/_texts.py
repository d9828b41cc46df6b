"""Columns of texts, which pyarrow lays out where a program has it: far faster than Python walks over them."""

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _columns, _library
from oddity._columns import ColumnData


def texts_of(name: str, values: Any) -> ColumnData | None:
    """Texts as a column, missing where they are None or NaN; None where pyarrow is not loaded, or they are not texts alone.

    :param values: an array of numpy, or a column of pandas, which loads pyarrow where it is there
    """
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is None:
        return None
    try:
        array = pyarrow.array(values, type=pyarrow.large_string(), from_pandas=True)
    except pyarrow.ArrowException:
        return None
    array = array.combine_chunks() if isinstance(array, pyarrow.ChunkedArray) else array
    # Nothing tells of what there is none.
    return None if array.null_count == len(array) else _column(name, array)


def categories_of(name: str, codes: NDArray[Any], levels: Sequence[str]) -> ColumnData:
    """A column of categories, from the places of its values among the levels; one below 0 is missing."""
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is None:
        return _columns.texts(name, [levels[code] if code >= 0 else None for code in codes.tolist()], is_category=True)
    places = pyarrow.array(codes, mask=codes < 0)
    return _column(name, pyarrow.array(levels, pyarrow.large_string()).take(places), is_category=True)


def _column(name: str, array: Any, is_category: bool = False) -> ColumnData:
    _, offsets, data = array.buffers()
    first = array.offset
    return ColumnData(
        name,
        _library.LARGE_UTF8,
        np.frombuffer(data if data is not None else b"", dtype=np.uint8),
        offsets=np.frombuffer(offsets, dtype=np.int64)[first : first + len(array) + 1],
        validity=_columns._bits(array.is_valid().to_numpy(zero_copy_only=False)),
        is_category=is_category,
    )
