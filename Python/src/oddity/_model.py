"""Models, and what they say of rows."""

import copy
import ctypes
import html
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _library
from oddity._columns import TableData
from oddity._errors import DataError
from oddity._library import call, library
from oddity._tables import table

#: Rows that are scored in one call, between which Ctrl-C is heard; a multiple of 8.
_PART_SIZE = 65_536


@dataclass(frozen=True)
class Scores:
    """What is said of rows, in their order; a higher score is odder, as for ``oddity score``."""

    #: −log₁₀ of the p-value, continued beyond the held-out rows.
    score: NDArray[np.float64]
    #: The share of normal rows that look at least as odd.
    p_value: NDArray[np.float64]
    #: Beyond all held-out rows the p-value that their tail suggests; NaN elsewhere.
    tail_p_value: NDArray[np.float64]
    #: The reconstruction error.
    error: NDArray[np.float64]
    #: Whether the model calls a row an anomaly.
    anomaly: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.score)

    @staticmethod
    def empty(row_count: int) -> "Scores":
        """Scores to be filled in."""
        score, p_value, tail_p_value, error = np.empty((4, row_count))
        return Scores(score, p_value, tail_p_value, error, np.empty(row_count, dtype=np.bool_))

    def arrays(self, first_row: int = 0) -> _library.ScoreArrays:
        """The arrays for the library to fill, from a row on."""
        arrays = (self.score, self.p_value, self.tail_p_value, self.error, self.anomaly)
        return _library.ScoreArrays(*(array.ctypes.data + first_row * array.itemsize for array in arrays))


class Model:
    """What was learned from normal data; it never changes, and any number of threads may use it.

    >>> import oddity
    >>> model = oddity.Detector(epochs=5).fit([[i % 7, i % 5] for i in range(100)]).model_
    >>> model.kind, model.columns
    ('table', {'column1': 'numeric', 'column2': 'numeric'})
    >>> oddity.Model.decode(model.encode()).scores([[3, 2]]).score == model.scores([[3, 2]]).score
    array([ True])
    """

    def __init__(self, handle: int) -> None:
        """Takes over a handle of the library; :meth:`load` and :meth:`decode` make models."""
        self._handle = handle

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Model":
        """Reads a model of any kind from a file, and checks that it reproduces its reference scores.

        :raises SystemFailure: where the file cannot be read
        :raises DataError: for what is no model, or a damaged one
        """
        return cls(call("model_open", os.fsencode(path)))

    @classmethod
    def decode(cls, data: bytes) -> "Model":
        """Reads a model from the bytes of its file, with the same checks."""
        return cls(call("model_decode", data, len(data)))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the model to a file, completely or not at all."""
        call("model_save", self._handle, os.fsencode(path))

    def encode(self) -> bytes:
        """The bytes of the model's file; the same model gives the same bytes."""
        size = ctypes.c_size_t()
        address = call("model_encode", self._handle, ctypes.byref(size))
        return _library.take_bytes(address, size.value)

    def describe(self) -> dict[str, Any]:
        """What the model is: its kind, threshold, columns, card and summary, see ``oddity_model_description``."""
        return copy.deepcopy(self._facts)

    @cached_property
    def _facts(self) -> dict[str, Any]:
        text = _library.take_text(call("model_description", self._handle))
        facts: dict[str, Any] = json.loads(text)
        return facts

    @property
    def kind(self) -> str:
        """What it judges: ``table``, ``images`` or ``series``."""
        return str(self._facts["kind"])

    @property
    def columns(self) -> dict[str, str]:
        """The columns of a table that it looks at, and their kinds."""
        return {column["name"]: column["kind"] for column in self._facts["columns"]}

    @property
    def threshold(self) -> float:
        """The least score, or error, that is called an anomaly; infinite where no row can be one."""
        threshold = self._facts["threshold"]
        return float("inf") if threshold is None else float(threshold)

    def scores(self, rows: Any, *, threads: int | None = None) -> Scores:
        """Scores rows, each by itself; a higher score is odder.

        :param rows: an array, whose columns are those of the model in their order, or a frame, whose columns are found by
            name
        :param threads: one for each core by default; no score depends on it
        :raises DataError: where columns are missing, or values cannot be read
        """
        data = self._table(rows)
        scores = Scores.empty(data.row_count)
        for part in _parts(data.row_count):
            found, arrays = data.described(part), scores.arrays(part.start)
            call("model_score", self._handle, ctypes.byref(found), threads or 0, ctypes.byref(arrays))
        return scores

    def reasons(self, rows: Any, count: int = 3, *, threads: int | None = None) -> list[dict[str, Any]]:
        """What ``oddity score --format ndjson`` writes of each row, as dictionaries.

        >>> import oddity
        >>> model = oddity.Detector(epochs=5).fit([[i % 7, i % 5] for i in range(400)]).model_
        >>> found = model.reasons([[70, 2]])[0]
        >>> found["anomaly"], found["reasons"][0]["column"], found["reasons"][0]["actual"]
        (True, 'column1', 70)
        """
        data = self._table(rows)
        found: list[dict[str, Any]] = []
        for part in _parts(data.row_count):
            described = data.described(part)
            arguments = (ctypes.byref(described), count, threads or 0, None)
            text = _library.take_text(call("model_explain", self._handle, *arguments))
            for line in text.splitlines():
                found.append(json.loads(line))
                found[-1]["row"] += part.start
        return found

    def explain(self, rows: Any, count: int = 3, *, threads: int | None = None) -> Any:
        """Why rows are odd, as a pandas frame with a line for each row and the columns that ``oddity score`` writes.

        A frame of pandas lends its index. Without pandas there is :meth:`reasons`.

        :param count: the most columns to name for a row
        """
        import pandas

        lines = []
        for found in self.reasons(rows, count, threads=threads):
            line = {name: found[name] for name in ("score", "p_value", "anomaly", "error")}
            for number in range(1, count + 1):
                reason = found["reasons"][number - 1] if number <= len(found["reasons"]) else {}
                line[f"reason_{number}"] = reason.get("column")
                for name in ("share", "actual", "expected"):
                    line[f"{name}_{number}"] = reason.get(name)
            lines.append(line)
        index = rows.index if type(rows).__module__.startswith("pandas") else None
        return pandas.DataFrame(lines, index=index)

    def with_threshold(
        self,
        rule: str,
        *,
        scores: Sequence[float] | NDArray[np.float64] | None = None,
        labels: Sequence[int] | NDArray[Any] | None = None,
    ) -> "Model":
        """The same model with another threshold; see ``oddity help threshold`` for the rules.

        :param rule: such as ``conformal=0.05``, ``quantile=0.99`` or ``score=2.5``; with labelled rows ``youden``,
            ``f-beta=2``, ``cost``, ``false-alarms=0.01`` or ``detection=0.9``
        :param scores: what labelled rows got from :meth:`scores`
        :param labels: 1 for those that are anomalies, 0 for others

        >>> import oddity
        >>> model = oddity.Detector(epochs=5).fit([[i % 7, i % 5] for i in range(100)]).model_
        >>> model.with_threshold("score=1.5").threshold
        1.5
        """
        if scores is None or labels is None:
            return Model(call("model_with_threshold", self._handle, rule.encode(), None, None, 0))
        values = np.ascontiguousarray(scores, dtype=np.float64)
        flags = np.ascontiguousarray(labels, dtype=np.uint8)
        if values.shape != flags.shape or values.ndim != 1:
            raise DataError(f"there are {values.size} scores and {flags.size} labels; give one label for each score")
        arrays = _library.ScoreArrays(score=values.ctypes.data)
        return Model(
            call(
                "model_with_threshold",
                self._handle,
                rule.encode(),
                ctypes.byref(arrays),
                flags.ctypes.data,
                flags.size,
            )
        )

    def _table(self, rows: Any) -> TableData:
        names = None
        if not isinstance(rows, TableData) and not hasattr(rows, "columns") and not hasattr(rows, "column_names") and not hasattr(rows, "keys"):
            names = list(self.columns)
        return table(rows, names)

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        # At the end of the interpreter modules may be gone.
        if handle is not None and library is not None:
            library.model_free(handle)

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return Model.decode, (self.encode(),)

    def __repr__(self) -> str:
        facts = self._facts
        return f"<oddity.Model of {facts['kind']}, {len(facts['columns'])} columns, threshold {self.threshold:.4g}>"

    def _repr_html_(self) -> str:
        card = "\n".join(self._facts["card"])
        return f"<pre>{html.escape(card)}</pre>"


def _parts(row_count: int) -> Iterator[range]:
    for start in range(0, row_count, _PART_SIZE):
        yield range(start, min(start + _PART_SIZE, row_count))
