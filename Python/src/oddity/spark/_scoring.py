"""Scores the rows of a frame where they are."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from oddity._detector import Detector
from oddity._errors import SettingError
from oddity._model import Model
from oddity._tables import table
from oddity.spark._frames import check_frame, column

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame


def score(
    frame: "DataFrame",
    model: Model | Detector,
    *,
    keep: Sequence[str] | None = None,
    reasons: int = 0,
) -> "DataFrame":
    """What ``oddity score`` says of each row of a frame, as a frame that Spark computes when it is used.

    Scores are those of :meth:`oddity.Model.scores` and of the command, bit for bit on one kind of processor; none depends
    on partitions, batches or other rows. Rows stay in their partitions and in their order. What the model does not use
    and ``keep`` does not name is not read.

    Beside the kept columns there are ``score``, ``p_value``, ``anomaly`` (true or false), ``error`` and
    ``tail_p_value`` (null but for rows that are odder than all held-out ones); with reasons, before the last,
    ``reason_1``, ``share_1``, ``actual_1``, ``expected_1`` and so on, as the command writes them.

    :param model: a model of tables, or a fitted detector
    :param keep: the columns of the frame that remain; all by default
    :param reasons: the most columns to name for a row
    :raises DataError: where the frame has not all columns of the model
    :raises SettingError: where a kept column has the name of a new one, or there is none of that name

    >>> import oddity.spark
    >>> model = oddity.Detector(epochs=5).fit({"load": [i % 7 for i in range(400)], "flow": [i % 5 for i in range(400)]}).model_
    >>> frame = spark.createDataFrame([("a", 3, 2), ("b", 70, 2)], ["id", "load", "flow"])
    >>> oddity.spark.score(frame, model, keep=["id"], reasons=1).select("id", "anomaly", "reason_1", "actual_1").show()
    +---+-------+--------+--------+
    | id|anomaly|reason_1|actual_1|
    +---+-------+--------+--------+
    |  a|  false|    load|       3|
    |  b|   true|    load|      70|
    +---+-------+--------+--------+
    <BLANKLINE>
    """
    check_frame(frame)
    from pyspark.sql.types import StructType

    missing = list(model.missing or ()) if isinstance(model, Detector) else []
    if isinstance(model, Detector):
        model = model._fitted()
    if reasons < 0:
        raise SettingError(f"reasons={reasons} is no number of columns; give 0 or more", "invalid_setting")
    used = _columns_for(model, frame)
    added = _added_fields(reasons)
    kept = _kept(frame, [keep] if isinstance(keep, str) else keep, [field.name for field in added])
    data = _shared(frame, model.encode())

    names = kept + [name for name in used if name not in kept]

    def scored(batches: "Iterator[RecordBatch]") -> "Iterator[RecordBatch]":
        for batch in batches:
            yield _scored(batch.rename_columns(names), _decoded(data()), used, kept, missing, reasons)

    # Spark finds columns again by names, which must be plain for that.
    needed = [column(name).alias(f"column{index}") for index, name in enumerate(names)]
    schema = StructType([*(frame.schema[name] for name in kept), *added])
    return frame.select(*needed).mapInArrow(scored, schema)


# ---- On the driver ----


def _columns_for(model: Model, frame: "DataFrame") -> list[str]:
    """The columns that the model uses, all of which the frame has."""
    if model.kind != "table":
        raise SettingError(
            f"this is a model of {model.kind}, and rows of Spark's frames are judged by models of tables alone", "wrong_kind"
        )
    used = [name for name in model.columns if name in frame.columns]
    # Says what is missing as it is said of any other table.
    model.scores({name: [None] for name in used or frame.columns[:1]})
    return used


def _added_fields(reasons: int) -> list[Any]:
    from pyspark.sql.types import BooleanType, DoubleType, StringType, StructField

    fields = [StructField(name, DoubleType()) for name in ("score", "p_value", "anomaly", "error")]
    fields[2] = StructField("anomaly", BooleanType())
    for number in range(1, reasons + 1):
        fields += [
            StructField(f"reason_{number}", StringType()),
            StructField(f"share_{number}", DoubleType()),
            StructField(f"actual_{number}", StringType()),
            StructField(f"expected_{number}", StringType()),
        ]
    return [*fields, StructField("tail_p_value", DoubleType())]


def _kept(frame: "DataFrame", keep: Sequence[str] | None, added: Sequence[str]) -> list[str]:
    """The columns that remain, none of which has the name of a new one."""
    kept = list(dict.fromkeys(frame.columns if keep is None else keep))
    for name in kept:
        if name not in frame.columns:
            raise SettingError(f'keep names "{name}", and the frame has no such column', "unknown_column")
    # To Spark names are the same in capitals.
    is_exact = str(frame.sparkSession.conf.get("spark.sql.caseSensitive")) == "true"
    taken = {name if is_exact else name.lower() for name in added}
    clashes = [f'"{name}"' for name in kept if (name if is_exact else name.lower()) in taken]
    if clashes:
        raise SettingError(
            f"kept columns have names of new ones: {', '.join(clashes)}; rename them, or name in keep what is to remain",
            "name_taken",
        )
    return kept


def _shared(frame: "DataFrame", data: bytes) -> "Callable[[], bytes]":
    """Bytes for all executors, each of which fetches them once."""
    # A client of Spark Connect has no context, and sends them with the work.
    context = getattr(frame.sparkSession, "sparkContext", None)
    if context is None:
        return lambda: data
    broadcast = context.broadcast(data)
    return lambda: broadcast.value


# ---- On executors ----


@lru_cache(maxsize=2)
def _decoded(data: bytes) -> Model:
    """The model, which the tasks that a worker does one after another share."""
    return Model.decode(data)


def _scored(
    batch: "RecordBatch", model: Model, used: list[str], kept: list[str], missing: list[str], reasons: int
) -> "RecordBatch":
    import pyarrow
    from pyspark import TaskContext

    task = TaskContext.get()
    threads = 1 if task is None else task.cpus()
    rows = table(batch.select(used)).without(missing)
    found = _reasoned(model, rows, reasons, threads) if reasons else _judged(model, rows, threads)
    columns = [batch.column(name) for name in kept] + list(found.values())
    return pyarrow.RecordBatch.from_arrays(columns, [*kept, *found])


def _judged(model: Model, rows: Any, threads: int) -> dict[str, Any]:
    import pyarrow

    scores = model.scores(rows, threads=threads)
    return {
        "score": pyarrow.array(scores.score),
        "p_value": pyarrow.array(scores.p_value),
        "anomaly": pyarrow.array(scores.anomaly),
        "error": pyarrow.array(scores.error),
        # NaN is null.
        "tail_p_value": pyarrow.array(scores.tail_p_value, from_pandas=True),
    }


def _reasoned(model: Model, rows: Any, count: int, threads: int) -> dict[str, Any]:
    import pyarrow

    lines = model.reasons(rows, count, threads=threads)

    def values(name: str, kind: Any) -> Any:
        return pyarrow.array([line[name] for line in lines], kind)

    def parts(index: int, name: str, kind: Any) -> Any:
        found = [line["reasons"][index].get(name) if index < len(line["reasons"]) else None for line in lines]
        if kind == pyarrow.string():
            found = [None if value is None else str(value) for value in found]
        return pyarrow.array(found, kind)

    number, text = pyarrow.float64(), pyarrow.string()
    columns = {
        "score": values("score", number),
        "p_value": values("p_value", number),
        "anomaly": values("anomaly", pyarrow.bool_()),
        "error": values("error", number),
    }
    for index in range(count):
        columns[f"reason_{index + 1}"] = parts(index, "column", text)
        columns[f"share_{index + 1}"] = parts(index, "share", number)
        columns[f"actual_{index + 1}"] = parts(index, "actual", text)
        columns[f"expected_{index + 1}"] = parts(index, "expected", text)
    columns["tail_p_value"] = values("tail_p_value", number)
    return columns
