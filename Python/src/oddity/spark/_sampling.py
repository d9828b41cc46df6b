"""Brings so many rows of a frame to the driver as there is room for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from oddity._errors import DataError, SettingError
from oddity.spark._frames import check_frame, column

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

#: A sample that is stratified has so many rows of each group, or all that there are.
_LEAST_ROWS = 100

_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}
_WIDTHS = {"boolean": 1, "tinyint": 1, "smallint": 2, "int": 4, "float": 4, "date": 4, "void": 1}
_POSITION, _COPIES, _RATE = "oddity: position", "oddity: copies", "oddity: rate"


@dataclass(frozen=True)
class Sample:
    """Rows of a frame, and what Spark counted in all of it."""

    #: The rows, a table of pyarrow, in the order of the frame.
    rows: "pyarrow.Table"
    #: How many rows the frame has.
    row_count: int
    #: How many rows of the frame have no value in a column, by its name.
    missing: dict[str, int]

    @property
    def is_all(self) -> bool:
        """Whether it is the whole frame."""
        return len(self) == self.row_count

    def __len__(self) -> int:
        return int(self.rows.num_rows)


def sample(frame: "DataFrame", *, memory: int | str = "64MB", stratify: str | None = None, seed: int = 0) -> Sample:
    """All rows of a frame where they fit into a memory, else a sample of them.

    Spark counts rows, missing values and bytes exactly, in one pass. Of larger frames each row is drawn with the same
    probability, which its values and the seed decide: the sample does not depend on partitions. Rows that
    occur many times are as frequent in the sample as in the frame; to count them, a number for each row is shuffled.

    :param memory: bytes that the rows may take as pyarrow holds them, such as ``"512MB"``
    :param stratify: a column, of whose values each has at least 100 rows in the sample, or all that it has in the frame
    :param seed: another number is another sample
    :raises DataError: for columns that cannot be learned from

    >>> import oddity.spark
    >>> frame = spark.range(100_000).selectExpr("id", "id % 7 AS load")
    >>> part = oddity.spark.sample(frame, memory="160kB")
    >>> part.row_count, part.is_all, 9_000 < len(part) < 11_000
    (100000, False, True)
    """
    check_frame(frame)
    room = _bytes(memory)
    _check_columns(frame, stratify)
    row_count, byte_count, missing = _statistics(frame)
    if byte_count <= room:
        return Sample(frame.toArrow(), row_count, missing)
    rows = _drawn(frame, row_count, room * row_count // byte_count, stratify, seed)
    return Sample(rows, row_count, missing)


def _bytes(size: int | str) -> int:
    """A number of bytes as people write it.

    >>> _bytes("512MB"), _bytes("1.5 GiB"), _bytes(1000)
    (512000000, 1610612736, 1000)
    """
    found = re.fullmatch(r"([0-9.]+) *([a-z]*)", str(size).strip().lower())
    if not found or found[2] not in _UNITS or found[1].count(".") > 1 or float(found[1]) <= 0:
        raise SettingError(f"memory={size!r} is no size; write it as 512MB or 8GB", "invalid_setting")
    return int(float(found[1]) * _UNITS[found[2]])


def _check_columns(frame: "DataFrame", stratify: str | None) -> None:
    for field in frame.schema.fields:
        kind = field.dataType.simpleString()
        if kind == "interval" or kind.startswith(("array", "map", "struct", "variant", "interval year", "interval month")):
            raise DataError(
                f'column "{field.name}" is {kind}, and rows hold numbers, texts, times and booleans; take parts of it'
                f" as columns of their own, or leave it out: frame.drop({field.name!r})"
            )
    if stratify is not None and stratify not in frame.columns:
        raise SettingError(f'stratify names "{stratify}", and the frame has no such column', "unknown_column")


def _statistics(frame: "DataFrame") -> tuple[int, int, dict[str, int]]:
    """The number of rows, their bytes, and how many values of each column are missing."""
    from pyspark.sql import functions

    counts, widths = [], []
    for field in frame.schema.fields:
        values, kind = column(field.name), field.dataType.simpleString()
        is_missing = values.isNull()
        if kind in ("float", "double"):
            is_missing |= functions.isnan(values)
        counts.append(functions.count_if(is_missing))
        is_text = kind in ("string", "binary") or kind.startswith(("char", "varchar"))
        if is_text:
            widths.append(4 + functions.coalesce(functions.octet_length(values), functions.lit(0)))
        else:
            widths.append(functions.lit(16 if kind.startswith("decimal") else _WIDTHS.get(kind, 8)))
    row_width = sum(widths[1:], widths[0])
    ((row_count, byte_count, *missing),) = frame.agg(functions.count("*"), functions.sum(row_width), *counts).collect()
    return row_count, byte_count or 0, dict(zip(frame.columns, missing, strict=True))


def _drawn(frame: "DataFrame", row_count: int, room: int, stratify: str | None, seed: int) -> "pyarrow.Table":
    """About so many rows, in the order of the frame."""
    from pyspark.sql import functions

    names = [column(name) for name in frame.columns]
    if stratify is None:
        greatest, rate = room / row_count, functions.lit(room / row_count)
    else:
        greatest, rates = _rates(frame, room, stratify)
        rate = column(_RATE)
    # Evenly from 0 to 1. A row with c copies gives as many as c times its rate and this make in whole numbers, which is the
    # rate on average; lest all copies be drawn or none, they are counted.
    draw = functions.xxhash64(functions.lit(seed), *names) / 2.0**64 + 0.5
    ((most,),) = frame.groupBy(draw).agg(functions.count("*").alias(_COPIES)).agg(functions.max(column(_COPIES))).collect()
    rows = frame.withColumn(_POSITION, functions.monotonically_increasing_id())
    # The others give none, and need not be moved.
    rows = rows.where(draw >= 1 - most * greatest)
    rows = rows.groupBy(*names).agg(functions.count("*").alias(_COPIES), functions.min(column(_POSITION)).alias(_POSITION))
    if stratify is not None:
        rows = rows.join(functions.broadcast(rates), column(stratify).eqNullSafe(column(_RATE + " of")))
    rows = rows.withColumn(_COPIES, functions.floor(column(_COPIES) * rate + draw)).where(column(_COPIES) > 0)
    drawn = rows.select(*names, column(_COPIES), column(_POSITION)).toArrow().sort_by(_POSITION)
    copies = drawn[_COPIES].to_numpy()
    return drawn.select(frame.columns).take(np.repeat(np.arange(len(copies)), copies))


def _rates(frame: "DataFrame", room: int, stratify: str) -> tuple[float, Any]:
    """The greatest share to draw of a group, and a frame with all of them."""
    from pyspark.sql import functions
    from pyspark.sql.types import DoubleType, StructField, StructType

    groups = frame.groupBy(column(stratify)).agg(functions.count("*")).collect()
    shares = _shares([count for _, count in groups], room)
    schema = StructType([StructField(_RATE + " of", frame.schema[stratify].dataType), StructField(_RATE, DoubleType())])
    values = [(value, share) for (value, _), share in zip(groups, shares, strict=True)]
    return max(shares), frame.sparkSession.createDataFrame(values, schema)


def _shares(counts: Sequence[int], room: int) -> list[float]:
    """The share to draw of each group: one for all, but for those of which it would be too few.

    >>> _shares([10_000, 1_000, 50], 1_100)
    [0.095, 0.1, 1.0]
    """
    sizes = np.array(counts, dtype=np.float64)
    if np.minimum(sizes, _LEAST_ROWS).sum() > room:
        raise SettingError(
            f"{len(counts)} groups with {_LEAST_ROWS} rows each do not fit into {room} rows; give more memory, or stratify"
            " by a column with fewer values",
            "too_many_groups",
        )
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if np.minimum(sizes, np.maximum(_LEAST_ROWS, middle * sizes)).sum() <= room:
            low = middle
        else:
            high = middle
    return [round(float(share), 12) for share in np.minimum(sizes, np.maximum(_LEAST_ROWS, low * sizes)) / sizes]
