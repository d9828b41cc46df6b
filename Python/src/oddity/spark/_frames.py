"""What is needed of Spark's frames. PySpark is imported by those who have a frame alone."""

from typing import Any


def check_frame(frame: Any) -> None:
    """Refuses what is no frame of Spark.

    :raises ImportError: where PySpark is missing
    """
    try:
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        raise ImportError(
            f'oddity.spark needs PySpark 4 and pyarrow, and there is no {error.name}; pip install "pyspark[sql]>=4"'
        ) from error
    if not hasattr(frame, "mapInArrow"):
        raise TypeError(
            f"oddity.spark takes frames of Spark, not {type(frame).__name__}; oddity.Model and oddity.Detector take others"
        )


def column(name: str) -> Any:
    """The column of a name, whatever is in it."""
    from pyspark.sql import functions

    return functions.col("`" + name.replace("`", "``") + "`")
