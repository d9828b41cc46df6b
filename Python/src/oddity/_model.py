"""Models, and what they say of rows, images and series."""

import copy
import ctypes
import html
import json
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _library
from oddity._columns import TableData
from oddity._errors import DataError, SettingError
from oddity._imagedata import Images, images
from oddity._library import call, library
from oddity._tables import has_columns, series_table, table
from oddity._work import Judging

#: Rows that are scored in one call, between which Ctrl-C is heard; a multiple of 8.
_PART_SIZE = 65_536
#: Images that are scored in one call, likewise.
_IMAGE_PART_SIZE = 256


@dataclass(frozen=True)
class Scores:
    """What is said of rows or images, in their order; a higher score is odder, as for ``oddity score``.

    NaN, and no anomaly, is a row of a series without a score, such as the first ones, and an image that was passed over.
    """

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
    #: The score that the verdict is about: ``score``, but of rows of series, which rank by what follows them too.
    judged: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.score)

    @staticmethod
    def empty(row_count: int) -> "Scores":
        """Scores to be filled in."""
        score, p_value, tail_p_value, error, judged = np.empty((5, row_count))
        return Scores(score, p_value, tail_p_value, error, np.empty(row_count, dtype=np.bool_), judged)

    def arrays(self, first_row: int = 0) -> _library.ScoreArrays:
        """The arrays for the library to fill, from a row on."""
        arrays = (self.score, self.p_value, self.tail_p_value, self.error, self.anomaly, self.judged)
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
        """The columns of a table or a series that it looks at, and their kinds."""
        return {column["name"]: column["kind"] for column in self._facts["columns"]}

    @property
    def keys(self) -> list[str]:
        """The columns of a series that say when and of what a row is."""
        summary = self._facts["summary"]
        return [name for name in (summary.get("time_column"), summary.get("entity_column")) if name is not None]

    @property
    def threshold(self) -> float:
        """The least score, or error, that is called an anomaly; infinite where no row can be one."""
        threshold = self._facts["threshold"]
        return float("inf") if threshold is None else float(threshold)

    # ---- Judging ----

    def scores(
        self,
        data: Any,
        *,
        threads: int | None = None,
        adapt: str | None = None,
        delay: int | None = None,
        smoothing: str | None = None,
    ) -> Scores:
        """Scores what the model is for: rows, images, or steps of series; a higher score is odder.

        :param data: rows, as an array, whose columns are those of the model in their order, or a frame, whose columns are
            found by name; images, as :class:`ImageDetector` takes them; or rows of series in their order
        :param threads: one for each core by default; no score depends on it
        :param adapt: of series, how quickly verdicts follow them: ``fast``, ``slow`` or ``off``
        :param delay: of series, by how many of the rows that follow it a row is ranked
        :param smoothing: of series, how their scores become one: ``weighted``, ``mean``, ``median`` or ``last``
        :raises DataError: where columns are missing, or values cannot be read
        """
        if self.kind == "series":
            rows = self.series(data)
            scores = Scores.empty(rows.row_count)
            table_data, arrays = rows.described(), scores.arrays()
            options = _judging(adapt, delay, smoothing)
            Judging(
                "model_score_series",
                self._handle,
                ctypes.byref(table_data),
                options,
                threads or 0,
                scores=ctypes.byref(arrays),
            ).result()
            return scores
        _refuse_judging(adapt, delay, smoothing)
        return self._image_scores(images(data), threads) if self.kind == "images" else self._row_scores(data, threads)

    def _row_scores(self, rows: Any, threads: int | None) -> Scores:
        data = self._table(rows)
        scores = Scores.empty(data.row_count)
        for part in _parts(data.row_count, _PART_SIZE):
            found, arrays = data.described(part), scores.arrays(part.start)
            call("model_score", self._handle, ctypes.byref(found), threads or 0, ctypes.byref(arrays))
        return scores

    def _image_scores(self, found: Images, threads: int | None) -> Scores:
        scores = Scores.empty(len(found))
        for part in _parts(len(found), _IMAGE_PART_SIZE):
            arrays = scores.arrays(part.start)
            call(
                "model_score_images",
                self._handle,
                found.handle,
                part.start,
                len(part),
                threads or 0,
                ctypes.byref(arrays),
            )
        passed_over = np.flatnonzero(np.isnan(scores.score))
        if passed_over.size:
            names = found.names
            shown = ", ".join(names[index] for index in passed_over[:5])
            more = f" and {passed_over.size - 5} more" if passed_over.size > 5 else ""
            warnings.warn(f"images that cannot be read have no score: {shown}{more}", UserWarning, stacklevel=4)
        return scores

    def reasons(
        self,
        data: Any,
        count: int = 3,
        *,
        threads: int | None = None,
        adapt: str | None = None,
        delay: int | None = None,
        smoothing: str | None = None,
    ) -> list[dict[str, Any]]:
        """What ``oddity score --format ndjson`` writes of each row, as dictionaries.

        >>> import oddity
        >>> model = oddity.Detector(epochs=5).fit([[i % 7, i % 5] for i in range(400)]).model_
        >>> found = model.reasons([[70, 2]])[0]
        >>> found["anomaly"], found["reasons"][0]["column"], found["reasons"][0]["actual"]
        (True, 'column1', 70)
        """
        if self.kind == "images":
            raise SettingError("images have no columns to blame; heat_maps shows where they are odd")
        if self.kind == "series":
            table_data = self.series(data).described()
            address = Judging(
                "model_explain_series",
                self._handle,
                ctypes.byref(table_data),
                _judging(adapt, delay, smoothing),
                count,
                threads or 0,
            ).result()
            return [json.loads(line) for line in _library.take_text(address).splitlines()]
        _refuse_judging(adapt, delay, smoothing)
        rows = self._table(data)
        found: list[dict[str, Any]] = []
        for part in _parts(rows.row_count, _PART_SIZE):
            described = rows.described(part)
            arguments = (ctypes.byref(described), count, threads or 0, None)
            text = _library.take_text(call("model_explain", self._handle, *arguments))
            for line in text.splitlines():
                found.append(json.loads(line))
                found[-1]["row"] += part.start
        return found

    def explain(
        self,
        data: Any,
        count: int = 3,
        *,
        threads: int | None = None,
        adapt: str | None = None,
        delay: int | None = None,
        smoothing: str | None = None,
    ) -> Any:
        """Why rows are odd, as a pandas frame with a line for each row and the columns that ``oddity score`` writes.

        A frame of pandas lends its index. Of images there are the names and scores. Without pandas there is :meth:`reasons`.

        :param count: the most columns to name for a row
        """
        import pandas

        if self.kind == "images":
            found = images(data)
            scores = self.scores(found, threads=threads)
            return pandas.DataFrame(
                {
                    "image": found.names,
                    "score": scores.score,
                    "p_value": scores.p_value,
                    "anomaly": scores.anomaly,
                    "error": scores.error,
                }
            )
        lines = []
        for row in self.reasons(data, count, threads=threads, adapt=adapt, delay=delay, smoothing=smoothing):
            names = ("time", "entity", "score", "p_value", "anomaly", "error", "state")
            line = {name: row[name] for name in names if name in row}
            for number in range(1, count + 1):
                reason = row["reasons"][number - 1] if number <= len(row["reasons"]) else {}
                line[f"reason_{number}"] = reason.get("column")
                for name in ("share", "actual", "expected"):
                    line[f"{name}_{number}"] = reason.get(name)
            lines.append(line)
        index = data.index if type(data).__module__.startswith("pandas") else None
        return pandas.DataFrame(lines, index=index)

    def heat_maps(self, data: Any, *, threads: int | None = None) -> NDArray[np.float32] | list[NDArray[np.float32]]:
        """Where images are odd: for each pixel how odd its surroundings are, in standard deviations of normal images.

        :param data: images, as :class:`ImageDetector` takes them
        :returns: an array (count, height, width) of the size that the model looks at; a list of arrays, where sizes differ
        """
        return _stacked([heat for heat, _ in self._maps(images(data), threads)])

    def expected(self, data: Any, *, threads: int | None = None) -> NDArray[np.float32] | list[NDArray[np.float32]]:
        """What was expected of images, from 0 to 1, of the size of :meth:`heat_maps`, with channels last for colors."""
        return _stacked([expected for _, expected in self._maps(images(data), threads)])

    def _maps(
        self, found: Images, threads: int | None
    ) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        for index in range(len(found)):
            heat_map = _library.HeatMap()
            arguments = (found.handle, index, threads or 0, ctypes.byref(heat_map))
            call("model_map_image", self._handle, *arguments)
            try:
                size = (heat_map.height, heat_map.width)
                channels = () if heat_map.channels == 1 else (heat_map.channels,)
                heat = np.ctypeslib.as_array(heat_map.heat, size).copy()
                yield heat, np.ctypeslib.as_array(heat_map.expected, size + channels).copy()
            finally:
                library.heat_map_free(ctypes.byref(heat_map))

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
        :param scores: what labelled rows got from :meth:`scores`; of series ``judged``
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

    def series(self, rows: Any) -> TableData:
        """Rows of series as the model looks at them: channels of arrays by their places, the times of an index by name."""
        time, entity = (self._facts["summary"][name] for name in ("time_column", "entity_column"))
        return series_table(rows, time, entity, list(self.columns))[0]

    def _table(self, rows: Any) -> TableData:
        return table(rows, None if has_columns(rows) else list(self.columns))

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        # At the end of the interpreter modules may be gone.
        if handle is not None and library is not None:
            library.model_free(handle)

    def __reduce__(self) -> tuple[Any, tuple[bytes]]:
        return Model.decode, (self.encode(),)

    def __repr__(self) -> str:
        facts = self._facts
        columns = f", {len(facts['columns'])} columns" if facts["columns"] else ""
        return f"<oddity.Model of {facts['kind']}{columns}, threshold {self.threshold:.4g}>"

    def _repr_html_(self) -> str:
        card = "\n".join(self._facts["card"])
        return f"<pre>{html.escape(card)}</pre>"


def _parts(count: int, size: int) -> Iterator[range]:
    for start in range(0, count, size):
        yield range(start, min(start + size, count))


def _judging(adapt: str | None, delay: int | None, smoothing: str | None) -> bytes:
    options = {"adapt": adapt, "delay": delay, "smoothing": smoothing}
    return json.dumps({name: value for name, value in options.items() if value is not None}).encode()


def _refuse_judging(*options: str | int | None) -> None:
    if any(option is not None for option in options):
        raise SettingError("adapt, delay and smoothing are for series, and this is a model of none")


def _stacked(arrays: list[NDArray[np.float32]]) -> NDArray[np.float32] | list[NDArray[np.float32]]:
    return np.stack(arrays) if len({array.shape for array in arrays}) == 1 else arrays
