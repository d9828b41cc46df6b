"""Columns as the library takes them: addresses of numbers, or of texts end to end."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from numbers import Complex, Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _library
from oddity._errors import DataError

_DIRECT = {
    np.dtype(np.float64): _library.FLOAT64,
    np.dtype(np.float32): _library.FLOAT32,
    np.dtype(np.int64): _library.INT64,
}


@dataclass
class ColumnData:
    """A column and the arrays that it points to, which live as long."""

    name: str
    type: int
    values: NDArray[Any]
    #: Of texts.
    offsets: NDArray[Any] | None = None
    #: One bit for each row; none where all have a value.
    validity: NDArray[np.uint8] | None = None
    #: Whether its texts are categories, whatever they look like.
    is_category: bool = False

    def without(self, missing: Collection[bytes]) -> "ColumnData":
        """The same column, where some texts are missing values."""
        if self.offsets is None or not missing:
            return self
        data, ends = self.values.tobytes(), self.offsets.tolist()
        present = np.fromiter(
            (data[start:end].strip() not in missing for start, end in zip(ends, ends[1:])),
            dtype=np.bool_,
            count=len(ends) - 1,
        )
        if self.validity is not None:
            present &= np.unpackbits(self.validity, count=len(present), bitorder="little").astype(np.bool_)
        return replace(self, validity=_bits(present))

    def described(self, first_row: int = 0) -> _library.Column:
        """The column for the library, from a row on whose number is a multiple of 8."""
        flags = _library.CATEGORIES if self.is_category else 0
        column = _library.Column(
            name=self.name.encode(), type=self.type, flags=flags, values=self.values.ctypes.data
        )
        if self.offsets is None:
            column.stride = self.values.strides[0]
            column.values = self.values.ctypes.data + first_row * self.values.strides[0]
        else:
            column.offsets = self.offsets.ctypes.data + first_row * self.offsets.itemsize
            column.text_size = self.values.size
        if self.validity is not None:
            column.validity = self.validity.ctypes.data + first_row // 8
        return column


@dataclass
class TableData:
    """Columns of equal length, and the memory that they are in."""

    row_count: int
    columns: list[ColumnData]
    #: Whether columns were named by the data, and not by their places.
    has_names: bool = False
    #: What holds the memory, where the arrays do not.
    owner: Any = None

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def without(self, missing: Collection[str] | None) -> "TableData":
        """The same table, where some texts are missing values."""
        texts = {text.encode() for text in missing or ()}
        return replace(self, columns=[column.without(texts) for column in self.columns])

    def described(self, rows: range | None = None) -> _library.Table:
        """The table for the library, or some of its rows, of which the first is a multiple of 8."""
        rows = range(self.row_count) if rows is None else rows
        columns = (_library.Column * len(self.columns))(*[column.described(rows.start) for column in self.columns])
        return _library.Table(len(rows), len(self.columns), columns)


def numbers(name: str, values: NDArray[Any], validity: NDArray[np.bool_] | None = None) -> ColumnData:
    """A column of numbers; those of types that the library does not know are converted."""
    if values.dtype.kind == "c":
        raise DataError(f'column "{name}": Complex data not supported; give real numbers')
    if values.dtype not in _DIRECT:
        values = values.astype(np.float64)
    return ColumnData(name, _DIRECT[values.dtype], values, validity=_bits(validity))


def texts(name: str, values: Sequence[str | None], is_category: bool = False) -> ColumnData:
    """A column of texts, None where one is missing."""
    encoded = [b"" if value is None else value.encode() for value in values]
    offsets = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    present = np.fromiter((value is not None for value in values), dtype=np.bool_, count=len(encoded))
    return ColumnData(
        name,
        _library.LARGE_UTF8,
        np.frombuffer(b"".join(encoded), dtype=np.uint8),
        offsets=offsets,
        validity=_bits(present),
        is_category=is_category,
    )


def anything(name: str, values: Sequence[Any]) -> ColumnData:
    """A column of Python objects: numbers where all are, else texts; None and NaN are missing.

    :raises TypeError: for a value that is neither
    """
    is_number = True
    for value in values:
        if _is_missing(value) or isinstance(value, (Real, Decimal)) and not isinstance(value, (bool, np.bool_)):
            continue
        if isinstance(value, Complex):
            raise DataError(f'column "{name}": Complex data not supported; give real numbers')
        if isinstance(value, (dict, list, tuple, set, np.ndarray)):
            raise TypeError(f'column "{name}": argument must be a string or a number, not \'{type(value).__name__}\'')
        is_number = False
    if is_number:
        return numbers(name, np.array([np.nan if _is_missing(value) else float(value) for value in values]))
    return texts(name, [None if _is_missing(value) else _text(value) for value in values])


def _is_missing(value: Any) -> bool:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, (float, np.floating, np.datetime64, Decimal)) and bool(value != value)


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _bits(present: NDArray[np.bool_] | None) -> NDArray[np.uint8] | None:
    if present is None or present.all():
        return None
    return np.packbits(present, bitorder="little")
