"""What all detectors have in common: the manners of scikit-learn, without needing it."""

import inspect
import math
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

import numpy as np
from numpy.typing import NDArray

from oddity._errors import DataError, SettingError
from oddity._fitting import ProgressHandler
from oddity._html import detector_page
from oddity._model import Model, Scores
from oddity._progress import ProgressBar

Self = TypeVar("Self", bound="Estimator")

_KINDS = {"table": "tables", "images": "images", "series": "series"}


class Estimator(ABC):
    """A detector to be fitted: its parameters are the arguments of its initializer."""

    #: The kind of its models.
    kind: ClassVar[str]
    #: Parameters that are no options of ``oddity fit`` as they are.
    _own: ClassVar[tuple[str, ...]] = ("contamination", "missing", "options", "random_state", "verbose")
    #: Parameters that are lists of names.
    _lists: ClassVar[tuple[str, ...]] = ("categorical", "numeric", "ignore", "time_features", "augment")

    model_: Model
    found_: Scores | None
    offset_: float
    options: Mapping[str, Any] | None
    random_state: Any
    threads: int | None
    verbose: bool

    @abstractmethod
    def fit(self: Self, X: Any, y: Any = None, *, on_progress: ProgressHandler | None = None) -> Self:
        """Learns what is normal."""

    @abstractmethod
    def scores(self, X: Any) -> Scores:
        """All that ``oddity score`` says; a *higher* score is *odder* there."""

    # ---- Judging ----

    def fit_predict(self, X: Any, y: Any = None, **beside: Any) -> NDArray[np.int64]:
        """Learns, and says which of what was learned from is odd, each judged by networks that did not see it.

        What ``fit(X).predict(X)`` says of the same is another thing: its networks have seen it, and what was seen looks
        normal.

        :param beside: further arguments of :meth:`fit`
        :returns: 1 for what is normal, −1 for anomalies
        """
        found = self.fit(X, y, **beside).found_
        if found is None:
            raise SettingError(self._why_nothing_found())
        return labels(found.anomaly)

    def score_samples(self, X: Any) -> NDArray[np.float64]:
        """How normal each is: the negative of ``oddity score``'s score, so log₁₀ of the p-value.

        Higher is more normal, as throughout scikit-learn.
        """
        return -self.scores(X).score

    def decision_function(self, X: Any) -> NDArray[np.float64]:
        """How far each is from being called an anomaly: below 0 for these."""
        scores = self.scores(X)
        measure = scores.judged if self.model_.describe()["measure"] == "score" else scores.error
        return -measure - self.offset_

    def predict(self, X: Any) -> NDArray[np.int64]:
        """1 for what is normal, −1 for anomalies."""
        return labels(self.scores(X).anomaly)

    def choose_threshold(self: Self, rule: str, X: Any = None, y: Any = None) -> Self:
        """Puts another threshold in force, see :meth:`Model.with_threshold`.

        :param rule: one that needs no labels, such as ``conformal=0.05``, or one that is best on labelled data, such as
            ``youden``
        :param X: labelled data; what has no score does not count
        :param y: 1 (or True) for anomalies, 0 for others; or −1 for anomalies and 1 for others, as ``predict`` says it
        """
        model = self._fitted()
        if X is None or y is None:
            self._take(model.with_threshold(rule), self.found_)
            return self
        given = np.asarray(y)
        is_anomaly = given == -1 if (given == -1).any() else given.astype(np.bool_)
        judged = self.scores(X).judged
        if judged.shape == is_anomaly.shape:
            is_scored = ~np.isnan(judged)
            judged, is_anomaly = judged[is_scored], is_anomaly[is_scored]
        self._take(model.with_threshold(rule, scores=judged, labels=is_anomaly), self.found_)
        return self

    @property
    def calibration_(self) -> dict[str, Any]:
        """What scores are measured against, and from where on something is an anomaly.

        :returns: ``held_out``, how many scores of what networks did not see; ``rule``, ``threshold`` and ``measure``, what
            the threshold is on
        """
        facts = self._fitted().describe()
        summary = facts["summary"]
        counts = [count for name, count in summary.items() if name.startswith("calibration_") and isinstance(count, int)]
        return {
            "held_out": counts[0],
            "rule": summary["decision_rule"],
            "threshold": self._fitted().threshold,
            "measure": facts["measure"],
        }

    # ---- Files ----

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes what was learned to a model file, which the command and every other front end read."""
        self._fitted().save(path)

    @classmethod
    def load(cls: type[Self], path: str | os.PathLike[str]) -> Self:
        """A fitted detector from a model file of its kind.

        Its parameters have their defaults: the file holds what was learned, and not what :meth:`fit` was asked for.
        """
        model = Model.load(path)
        if model.kind != cls.kind:
            raise DataError(
                f"{os.fspath(path)}: this is a model of {_KINDS[model.kind]}, and one of {_KINDS[cls.kind]} is needed",
                "wrong_kind",
            )
        detector = cls()
        detector._take(model, None)
        detector._take_shape(model)
        return detector

    # ---- Manners of scikit-learn ----

    @classmethod
    def _parameter_names(cls) -> list[str]:
        return sorted(name for name in inspect.signature(cls.__init__).parameters if name != "self")

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name."""
        return {name: getattr(self, name) for name in self._parameter_names()}

    def set_params(self: Self, **parameters: Any) -> Self:
        """Changes parameters; a fitted model stays as it is until the next :meth:`fit`."""
        names = self._parameter_names()
        for name, value in parameters.items():
            if name not in names:
                raise ValueError(f"Invalid parameter {name!r} for estimator {self}. Valid parameters are: {names}.")
            setattr(self, name, value)
        return self

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import InputTags, Tags, TargetTags

        return Tags(
            estimator_type="outlier_detector",
            target_tags=TargetTags(required=False),
            input_tags=InputTags(allow_nan=True, string=True, categorical=True),
        )

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "model_")

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        given = [
            f"{name}={value!r}"
            for name, value in self.get_params().items()
            if value is not defaults[name].default and value != defaults[name].default
        ]
        return f"{type(self).__name__}({', '.join(given)})"

    def _repr_html_(self) -> str:
        return detector_page(repr(self), getattr(self, "model_", None))

    # ---- Parts ----

    def _take(self, model: Model, found: Scores | None) -> None:
        self.model_ = model
        self.found_ = found
        # What is at the threshold is an anomaly, and scikit-learn's are those below 0.
        self.offset_ = -math.nextafter(model.threshold, -math.inf)

    def _take_shape(self, model: Model) -> None:
        """What a model tells of the data that :meth:`fit` would have told."""

    def _why_nothing_found(self) -> str:
        if (self.options or {}).get("label") is not None:
            return "rows are judged by networks that did not see them, and label leaves some out of the training"
        return "rows are judged by networks that did not see them, and folds is 1; give at least 2"

    def _configuration(self) -> dict[str, Any]:
        """The options of a fit."""
        configuration = {name: value for name, value in self.get_params().items() if name not in self._own}
        if configuration.get("hidden") is not None:
            configuration["hidden"] = [int(size) for size in configuration["hidden"]]
        for name in self._lists:
            if configuration.get(name) is not None:
                configuration[name] = list(configuration[name])
        configuration["seed"] = _seed(self.random_state)
        return {**configuration, **(self.options or {})}

    def _progress(self, on_progress: ProgressHandler | None) -> "ProgressBar | ProgressHandler | None":
        return ProgressBar() if self.verbose and on_progress is None else on_progress

    def _fitted(self) -> Model:
        model = getattr(self, "model_", None)
        if isinstance(model, Model):
            return model
        message = f"This {type(self).__name__} instance is not fitted yet. Call 'fit' before this method."
        # Those who use scikit-learn expect its error.
        errors = sys.modules.get("sklearn.exceptions")
        raise errors.NotFittedError(message) if errors else SettingError(message, "not_fitted")


def labels(is_anomaly: NDArray[np.bool_]) -> NDArray[np.int64]:
    """−1 for anomalies, 1 for others."""
    return np.where(is_anomaly, -1, 1).astype(np.int64)


def _seed(random_state: Any) -> int:
    """The seed that a random state stands for: itself, or a number that is drawn from a generator."""
    if random_state is None:
        return 0
    if hasattr(random_state, "randint"):
        return int(random_state.randint(0, 2**31 - 1))
    if hasattr(random_state, "integers"):
        return int(random_state.integers(0, 2**31 - 1))
    return int(random_state)
