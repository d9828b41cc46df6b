"""Tables from streams of Arrow, read where they lie."""

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _library
from oddity._columns import ColumnData, TableData
from oddity._errors import DataError
from oddity._library import call, library

_NUMBERS: dict[int, type[Any]] = {
    _library.FLOAT64: np.float64,
    _library.FLOAT32: np.float32,
    _library.INT64: np.int64,
}

_pointer_in_capsule: Callable[[Any, bytes], int] = ctypes.pythonapi.PyCapsule_GetPointer
_pointer_in_capsule.restype = ctypes.c_void_p  # type: ignore[attr-defined]
_pointer_in_capsule.argtypes = [ctypes.py_object, ctypes.c_char_p]  # type: ignore[attr-defined]


def table_of_stream(rows: Any) -> TableData:
    """The rows of an object with ``__arrow_c_stream__``, which is read to its end.

    :raises DataError: for a table without columns, and for types that cannot be used
    """
    capsule = rows.__arrow_c_stream__()
    owner = _Imported(call("arrow_read", _pointer_in_capsule(capsule, b"arrow_array_stream")))
    table = library.arrow_table(owner.handle).contents
    if table.column_count == 0:
        raise DataError("the table has no columns; give at least one")
    columns = [_column(table.columns[index], table.row_count) for index in range(table.column_count)]
    return TableData(table.row_count, columns, has_names=True, owner=owner)


class _Imported:
    """What holds the memory of a stream."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def __del__(self) -> None:
        # At the end of the interpreter modules may be gone.
        if library is not None:
            library.arrow_free(self.handle)


def _column(column: _library.Column, row_count: int) -> ColumnData:
    offsets = None
    if column.type in _NUMBERS:
        values = _array(column.values, _NUMBERS[column.type], row_count)
    else:
        width = np.int32 if column.type == _library.UTF8 else np.int64
        offsets = _array(column.offsets, width, row_count + 1)
        values = _array(column.values, np.uint8, column.text_size)
    return ColumnData(
        column.name.decode(),
        column.type,
        values,
        offsets=offsets,
        validity=_array(column.validity, np.uint8, (row_count + 7) // 8) if column.validity else None,
        is_category=bool(column.flags & _library.CATEGORIES),
    )


def _array(address: int | None, kind: type[Any], count: int) -> NDArray[Any]:
    """Numbers where they lie."""
    if not address or count == 0:
        return np.empty(0, dtype=kind)
    memory = (ctypes.c_uint8 * (count * np.dtype(kind).itemsize)).from_address(address)
    return np.ctypeslib.as_array(memory).view(kind)
