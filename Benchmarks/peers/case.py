"""A case of the comparison: a piece of work, who does it, and what is aimed at."""
from dataclasses import dataclass, field


@dataclass
class Aim:
    """At least so many times as fast as the peer, in at most so many seconds, with at most so many MB."""

    ratio: float = None
    seconds: float = None
    memory: float = None

    def words(self, show):
        said = []
        if self.ratio:
            said.append(f"≥ {self.ratio:g}×")
        if self.seconds:
            said.append(show(self.seconds))
        if self.memory:
            said.append(f"≤ {self.memory:g} MB")
        return ", ".join(said)

    def is_met(self, ours, ratio):
        return (
            (self.ratio is None or ratio >= self.ratio)
            and (self.seconds is None or ours.wall <= self.seconds)
            and (self.memory is None or ours.memory <= self.memory)
        )


@dataclass
class Case:
    """`ours` against each of `peers`; `amount` and `unit` say what is shown instead of seconds, such as 1,000,000 rows."""

    name: str
    ours: object
    peers: dict
    aim: Aim = field(default_factory=Aim)
    amount: float = None
    unit: str = "s"
    rounds: int = 5

    def shown(self, seconds):
        """Seconds as a person reads them, or as a rate."""
        if self.amount:
            return f"{self.amount / seconds:,.0f} {self.unit}/s"
        for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
            if seconds >= size:
                break
        return f"{seconds / size:.3g} {unit}"

    def aimed(self):
        return self.aim.words(lambda seconds: ("≥ " if self.amount else "≤ ") + self.shown(seconds))
