"""Shows how far a fit is."""

import sys
from typing import Any


class ProgressBar:
    """A bar of tqdm where that is installed, in notebooks too; else a line of percentages on standard error."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._done = 0
        self._total = 0
        self._shown = -1

    def __call__(
        self, member: int, members: int, epoch: int, epochs: int, training_loss: float, held_out_loss: float
    ) -> None:
        """Takes in that a network has finished an epoch."""
        if self._done == self._total:
            # Where rows are left out, the rest is fitted anew.
            self._total += members * epochs
            self._begin()
        self._done += 1
        if self._bar is not None:
            self._bar.set_postfix(loss=f"{training_loss:.4g}", unseen=f"{held_out_loss:.4g}", refresh=False)
            self._bar.update()
        elif 100 * self._done // self._total > self._shown:
            self._shown = 100 * self._done // self._total
            print(f"\rfitting {self._shown} %", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Ends the line."""
        if self._bar is not None:
            self._bar.close()
        elif self._shown >= 0:
            print(file=sys.stderr)

    def _begin(self) -> None:
        if self._bar is not None:
            self._bar.total = self._total
            return
        try:
            from tqdm.auto import tqdm
        except ImportError:
            self._shown = -1
            return
        self._bar = tqdm(total=self._total, desc="fitting", unit="epoch")
