"""Fits a model, in a thread of its own, so that Ctrl-C is heard."""

import ctypes
import json
import threading
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from oddity import _library
from oddity._columns import TableData
from oddity._errors import OddityError, in_python
from oddity._imagedata import Images
from oddity._library import call
from oddity._model import Model, Scores
from oddity._progress import ProgressBar
from oddity._work import Work

#: What is told of a fit: the member and their number, the epoch and their number, the losses.
ProgressHandler = Callable[[int, int, int, int, float, float], None]


def fit_table(
    data: TableData,
    options: Mapping[str, Any],
    judges_rows: bool,
    on_progress: ProgressHandler | ProgressBar | None,
) -> tuple[Model, Scores | None]:
    """What is learned from rows, and what is said of each by networks that did not see it.

    :param options: those of ``oddity fit``, with underscores; None counts as not given
    :param judges_rows: whether the rows are judged too
    :param on_progress: called after each epoch of each member, one call at a time; what it raises ends the fit
    :raises KeyboardInterrupt: when Ctrl-C was pressed, once the fit has ended
    """
    described = data.described()
    return _fit("fit", ctypes.byref(described), data.row_count if judges_rows else None, options, on_progress)


def fit_images(
    images: Images, options: Mapping[str, Any], on_progress: ProgressHandler | ProgressBar | None
) -> tuple[Model, Scores | None]:
    """What is learned from images, and what is said of each by networks that did not see it; see :func:`fit_table`."""
    return _fit("fit_images", images.handle, len(images), options, on_progress)


def _fit(
    function: str,
    data: Any,
    count: int | None,
    options: Mapping[str, Any],
    on_progress: ProgressHandler | ProgressBar | None,
) -> tuple[Model, Scores | None]:
    """Fits in another thread.

    :param count: how many rows or images are judged; None for none
    """
    configuration = {name: value for name, value in options.items() if value is not None}
    scores = None if count is None else Scores.empty(count)
    work = _Fit(function, data, configuration, scores, on_progress)
    try:
        work.finish()
    finally:
        if isinstance(on_progress, ProgressBar):
            on_progress.close()
    for note in work.notes:
        warnings.warn(note, UserWarning, stacklevel=4)
    return work.result(), scores


class _Fit(Work):
    def __init__(
        self,
        function: str,
        data: Any,
        configuration: Mapping[str, Any],
        scores: Scores | None,
        on_progress: ProgressHandler | ProgressBar | None,
    ) -> None:
        super().__init__("oddity-fit")
        self.notes: list[str] = []
        self._function = function
        self._data = data
        self._configuration = json.dumps(configuration, default=_plain).encode()
        self._scores = scores
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._model: Model | None = None
        self._error: BaseException | None = None

    def result(self) -> Model:
        if self._error is not None:
            raise self._error
        assert self._model is not None
        return self._model

    def run(self) -> None:
        arrays = None if self._scores is None else self._scores.arrays()
        listener = _library.Listener(
            None, _library.ProgressFunction(self._progress), _library.NoteFunction(self._note)
        )
        try:
            handle = call(
                self._function,
                self._data,
                self._configuration,
                ctypes.byref(listener),
                None if arrays is None else ctypes.byref(arrays),
            )
            self._model = Model(handle)
        except OddityError as error:
            # What the handler raised says more than that the fit was cancelled.
            self._error = self._error or error

    def _progress(self, context: Any, progress: Any) -> bool:
        if self._on_progress is None or self._is_cancelled:
            return not self._is_cancelled
        news = progress.contents
        with self._lock:
            try:
                self._on_progress(
                    news.member,
                    news.member_count,
                    news.epoch,
                    news.epoch_count,
                    news.training_loss,
                    news.held_out_loss,
                )
            except BaseException as error:
                self._error = self._error or error
                self._is_cancelled = True
        return not self._is_cancelled

    def _note(self, context: Any, text: bytes) -> None:
        self.notes.append(in_python(text.decode()))


def _plain(value: Any) -> Any:
    """A number of numpy as one of Python."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"an option takes numbers, texts and lists of them, not {type(value).__name__}")
