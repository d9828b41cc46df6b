"""Tables from what Python programs have: arrays, lists, frames of pandas, and streams of Arrow, as of polars and pyarrow.

None of these packages is imported here: what a table is, its type tells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _columns
from oddity._arrow import table_of_stream
from oddity._columns import ColumnData, TableData
from oddity._errors import DataError
from oddity._texts import categories_of, texts_of


def table(rows: Any, names: Sequence[str] | None = None) -> TableData:
    """Rows as a table.

    :param rows: an array or a list of rows, a frame of pandas, columns by name, or anything with ``__arrow_c_stream__``, such as
        frames of polars, tables and readers of pyarrow, and results of DuckDB
    :param names: what columns of an array are called; ``column1`` and so on by default, as for files without names
    :raises DataError: for what is no table
    :raises TypeError: for sparse matrices, and for values that are neither numbers nor texts
    """
    if isinstance(rows, TableData):
        return rows
    package = type(rows).__module__.partition(".")[0]
    if package == "scipy":
        raise TypeError("sparse data are not supported; give a dense array, such as X.toarray()")
    if package == "pandas" and hasattr(rows, "columns"):
        return _of_pandas(rows)
    if hasattr(rows, "__arrow_c_stream__"):
        return table_of_stream(rows)
    if isinstance(rows, Mapping):
        return _of_columns([(name, _of_array(name, np.asarray(values))) for name, values in rows.items()])
    return _of_rows(np.asarray(rows), names)


def has_columns(rows: Any) -> bool:
    """Whether columns have names of their own."""
    return isinstance(rows, TableData) or any(hasattr(rows, name) for name in ("columns", "keys", "__arrow_c_stream__"))


def series_table(
    rows: Any, time: str | None, entity: str | None, names: Sequence[str] | None = None
) -> tuple[TableData, str | None]:
    """Rows of series as a table, and the column of their times, None where they have none.

    :param rows: as for :func:`table`, or an array of one channel; an index of times, or one that is asked for, becomes a column
    :param time: the column of times; None takes an index of times
    :param entity: the column that tells series apart
    :param names: what channels of an array are called; ``channel_1`` and so on by default, as for files of arrays
    """
    if isinstance(rows, TableData):
        return rows, time
    if has_columns(rows):
        if not type(rows).__module__.startswith("pandas"):
            return table(rows), time
        data = _of_pandas(rows)
        indexed, time = _index_columns(rows, time, entity)
        return replace(data, columns=[*indexed, *data.columns]), time
    array = np.asarray(rows)
    array = array[:, None] if array.ndim == 1 else array
    if names is None and array.ndim == 2:
        names = [f"channel_{index + 1}" for index in range(array.shape[1])]
    return _of_rows(array, names), time


def _index_columns(frame: Any, time: str | None, entity: str | None) -> tuple[list[ColumnData], str | None]:
    """The levels of an index that are asked for, or hold times, as columns."""
    index, columns = frame.index, []
    for number, name in enumerate(index.names):
        level = index.get_level_values(number)
        wanted = name if name in (time, entity) and name is not None else None
        if wanted is None and level.dtype.kind == "M" and (time is None or time not in frame.columns):
            wanted = time or name or "time"
            time = wanted
        if wanted is not None and wanted not in frame.columns:
            columns.append(_of_series(str(wanted), level.to_series()))
    return columns, time


def _of_columns(columns: Sequence[tuple[str, ColumnData]]) -> TableData:
    if not columns:
        raise DataError("the table has no columns; give at least one")
    lengths = {_length(column): name for name, column in columns}
    if len(lengths) > 1:
        shown = ", ".join(f'"{name}" {length}' for length, name in lengths.items())
        raise DataError(f"columns differ in length: {shown}; give all the same number of values")
    return TableData(next(iter(lengths)), [column for _, column in columns], has_names=True)


def _length(column: ColumnData) -> int:
    return int(column.values.shape[0]) if column.offsets is None else column.offsets.shape[0] - 1


def _of_rows(array: NDArray[Any], names: Sequence[str] | None) -> TableData:
    if array.dtype.kind == "c":
        raise DataError("Complex data not supported; give real numbers")
    if array.ndim != 2:
        raise DataError(
            f"Expected 2D array, got {array.ndim}D array instead. Reshape your data using array.reshape(-1, 1) if it has"
            " one column, or array.reshape(1, -1) if it has one row"
        )
    row_count, column_count = array.shape
    if column_count == 0:
        raise DataError(f"Found array with 0 feature(s) (shape={array.shape}) while a minimum of 1 is required.")
    if names is None or len(names) != column_count:
        names = [f"column{index + 1}" for index in range(column_count)]
    if array.dtype.kind in "biuf" and array.dtype not in _columns._DIRECT:
        array = array.astype(np.float64)
    columns = [_of_array(name, array[:, index]) for index, name in enumerate(names)]
    return TableData(row_count, columns)


def _of_array(name: str, values: NDArray[Any]) -> ColumnData:
    if values.ndim != 1:
        raise DataError(f'column "{name}" has {values.ndim} dimensions; give one value a row')
    kind = values.dtype.kind
    if kind in "iufc":
        return _columns.numbers(name, values)
    if kind == "b":
        return _columns.texts(name, ["True" if value else "False" for value in values.tolist()])
    if kind == "M":
        return _columns.texts(name, [None if np.isnat(time) else str(time) for time in values])
    if kind == "m":
        return _columns.numbers(name, np.where(np.isnat(values), np.nan, values / np.timedelta64(1, "s")))
    return texts_of(name, values) or _columns.anything(name, values.tolist())


# ---- pandas ----


def _of_pandas(frame: Any) -> TableData:
    names = list(frame.columns)
    are_texts = {isinstance(name, str) for name in names}
    if len(are_texts) > 1:
        raise TypeError(
            "Feature names are only supported if all input features have string names, and some of these have and some"
            " have not; rename them, as in X.columns = X.columns.astype(str)"
        )
    has_names = are_texts == {True}
    if not has_names:
        names = [f"column{index + 1}" for index in range(len(names))]
    if not names:
        raise DataError(f"Found array with 0 feature(s) (shape={frame.shape}) while a minimum of 1 is required.")
    columns = [_of_series(name, frame.iloc[:, index]) for index, name in enumerate(names)]
    return TableData(len(frame), columns, has_names=has_names)


def _of_series(name: str, series: Any) -> ColumnData:
    dtype = series.dtype
    kind = str(dtype)
    if kind == "category":
        levels = [str(level) for level in series.cat.categories]
        return categories_of(name, series.cat.codes.to_numpy(), levels)
    if isinstance(dtype, np.dtype):
        return _of_array(name, series.to_numpy())
    if kind.startswith("Sparse"):
        return _of_array(name, series.sparse.to_dense().to_numpy())
    if kind.startswith("datetime64"):
        return _columns.texts(name, [None if _is_nat(time) else time.isoformat() for time in series])
    if kind.lower() in ("boolean", "bool", "bool[pyarrow]"):
        return _columns.texts(name, _texts_of(series))
    if dtype.kind in "iuf":
        return _columns.numbers(name, series.to_numpy(dtype=np.float64, na_value=np.nan))
    return texts_of(name, series) or _columns.anything(name, series.to_numpy(dtype=object).tolist())


def _texts_of(series: Any) -> list[str | None]:
    present = series.notna().to_numpy()
    return [str(value) if is_there else None for value, is_there in zip(series, present)]


def _is_nat(time: Any) -> bool:
    return bool(time != time)
