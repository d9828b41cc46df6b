"""Fits a detector to rows of a frame."""

import warnings
from typing import TYPE_CHECKING

from oddity._detector import Detector
from oddity.spark._sampling import sample

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def fit(
    frame: "DataFrame",
    detector: Detector | None = None,
    *,
    memory: int | str = "64MB",
    stratify: str | None = None,
    seed: int = 0,
) -> Detector:
    """Fits a detector on the driver, to all rows of a frame where they fit into a memory, else to a sample.

    What is learned is what :meth:`oddity.Detector.fit` learns from the rows that :func:`sample` draws: of all rows the same
    model, byte for byte, as from ``frame.toArrow()``. A warning says how many of the rows were learned from where it
    was a sample.

    :param detector: the detector with its settings, which is fitted and returned; one with default settings otherwise
    :param memory: bytes that the rows may take as pyarrow holds them; the fit itself needs some more
    :param stratify: a column, of whose values each has rows in the sample, see :func:`sample`
    :param seed: another number is another sample

    >>> import oddity.spark
    >>> frame = spark.range(2000).selectExpr("id % 7 AS load", "id % 3 AS flow")
    >>> oddity.spark.fit(frame, oddity.Detector(epochs=5)).model_.columns
    {'load': 'numeric', 'flow': 'numeric'}
    """
    rows = sample(frame, memory=memory, stratify=stratify, seed=seed)
    if not rows.is_all:
        warnings.warn(
            f"learned from a sample of {len(rows):,} of {rows.row_count:,} rows; more memory takes in more", stacklevel=2
        )
    return (detector or Detector()).fit(rows.rows)
