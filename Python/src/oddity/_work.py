"""Work in a thread of its own, so that Ctrl-C is heard while it goes on."""

import ctypes
import threading
from typing import Any

from oddity import _library
from oddity._errors import OddityError
from oddity._library import call


class Work(threading.Thread):
    """What is done while the thread that asked for it listens."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._is_cancelled = False

    def cancel(self) -> None:
        """Asks the work to end as soon as it can."""
        self._is_cancelled = True

    def finish(self) -> None:
        """Does the work.

        :raises KeyboardInterrupt: when Ctrl-C was pressed, once the work has ended
        """
        self.start()
        try:
            # A wait without an end would not hear Ctrl-C everywhere.
            while self.is_alive():
                self.join(0.1)
        except BaseException:
            self.cancel()
            self.join()
            raise


class Judging(Work):
    """The judging of rows of series, which are judged in one call, since a row depends on those before it."""

    def __init__(self, name: str, *arguments: Any, scores: Any = None) -> None:
        """
        :param name: of the function
        :param arguments: what it takes before its listener
        :param scores: what it takes behind it
        """
        super().__init__("oddity-judging")
        self._call = (name, *arguments)
        self._scores = scores
        self._result: Any = None
        self._error: OddityError | None = None

    def result(self) -> Any:
        """What the function returns, once all rows are judged.

        :raises OddityError: what the library says went wrong
        :raises KeyboardInterrupt: when Ctrl-C was pressed
        """
        self.finish()
        if self._error is not None:
            raise self._error
        return self._result

    def run(self) -> None:
        listener = _library.JudgingListener(None, _library.JudgedFunction(self._judged))
        try:
            self._result = call(*self._call, ctypes.byref(listener), self._scores)
        except OddityError as error:
            self._error = error

    def _judged(self, context: Any, row_count: int) -> bool:
        return not self._is_cancelled
