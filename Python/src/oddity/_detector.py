"""The detector with the manners of scikit-learn."""

import ctypes
import inspect
import json
import math
import os
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _library
from oddity._columns import TableData
from oddity._errors import DataError, SettingError
from oddity._fitting import ProgressHandler, fit
from oddity._html import detector_page
from oddity._library import call
from oddity._model import Model, Scores
from oddity._progress import ProgressBar
from oddity._tables import table


class Detector:
    """Finds odd rows in tables with an ensemble of autoencoders.

    It has the manners of scikit-learn's outlier detectors, and needs no scikit-learn: ``score_samples`` and
    ``decision_function`` are *higher for normal rows*, and ``predict`` says 1 for them and −1 for anomalies. Columns of
    texts become categories. Identifiers and times are left out of frames with a warning, as the command ``oddity`` does it;
    NaN and None are missing.

    :param contamination: how much of the rows to fit may be odd. ``"auto"`` leaves out of the training what stands far
        out; None learns from all rows. A share such as 0.05 leaves out so many, and sets the threshold so that as many
        of the fitted rows lie beyond it.
    :param false_alarm_rate: the share of normal rows that may be called anomalies; 0.01 where neither it nor a share of
        ``contamination`` is given
    :param hidden: sizes of the encoder's layers, the code last
    :param epochs: passes over the rows; by default as many as make 1500 steps
    :param folds: networks, each trained without one fold of the rows, which calibrates it; 4 by default
    :param categorical: columns that are categories whatever is in them
    :param numeric: columns of texts that must be numbers
    :param missing: texts that stand for a missing value, beside those that the command knows
    :param ignore: columns to leave out
    :param time_features: columns of times, of which the hour, the weekday and the month are used
    :param options: further options of ``oddity fit`` by their names with underscores, such as ``{"variant": "sparse"}``
    :param random_state: where all random numbers come from; the same number, and None, give the same model
    :param threads: one for each core by default; no result depends on it
    :param verbose: whether to show a progress bar, by tqdm where that is installed

    The other parameters are the options of ``oddity fit`` of the same names; None is their default.

    After :meth:`fit` there are

    :ivar model_: what was learned, a :class:`Model`
    :ivar found_: what ``oddity find`` says of the fitted rows, each judged by networks that did not see it, as
        :class:`Scores`, where higher is odder; None with ``folds=1``
    :ivar offset_: ``decision_function`` is ``score_samples`` minus this
    :ivar n_features_in_: the number of columns
    :ivar feature_names_in_: their names, where the data had some

    >>> import numpy as np
    >>> import oddity
    >>> random = np.random.default_rng(1)
    >>> rows = random.normal(size=(300, 4))
    >>> rows[7] = 9
    >>> detector = oddity.Detector(epochs=20)
    >>> int(detector.fit(rows).found_.score.argmax())
    7
    >>> detector.fit_predict(rows)[7], detector.score_samples(rows)[7] < detector.offset_
    (np.int64(-1), np.True_)
    """

    model_: Model
    found_: Scores | None
    offset_: float
    n_features_in_: int
    feature_names_in_: NDArray[Any]

    def __init__(
        self,
        *,
        contamination: float | str | None = "auto",
        false_alarm_rate: float | None = None,
        hidden: Sequence[int] | None = None,
        activation: str | None = None,
        output_activation: str | None = None,
        loss: str | None = None,
        optimizer: str | None = None,
        learning_rate: float | None = None,
        epochs: int | None = None,
        batch_size: int | None = None,
        patience: int | None = None,
        dropout: float | None = None,
        weight_decay: float | None = None,
        folds: int | None = None,
        scaling: str | None = None,
        missing_values: str | None = None,
        pca: int | float | str | None = None,
        variant: str | None = None,
        scoring: str | None = None,
        stored_rows: bool | None = None,
        categorical: Sequence[str] | None = None,
        numeric: Sequence[str] | None = None,
        missing: Sequence[str] | None = None,
        ignore: Sequence[str] | None = None,
        time_features: Sequence[str] | None = None,
        options: dict[str, Any] | None = None,
        random_state: Any = None,
        threads: int | None = None,
        verbose: bool = False,
    ) -> None:
        self.contamination = contamination
        self.false_alarm_rate = false_alarm_rate
        self.hidden = hidden
        self.activation = activation
        self.output_activation = output_activation
        self.loss = loss
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.patience = patience
        self.dropout = dropout
        self.weight_decay = weight_decay
        self.folds = folds
        self.scaling = scaling
        self.missing_values = missing_values
        self.pca = pca
        self.variant = variant
        self.scoring = scoring
        self.stored_rows = stored_rows
        self.categorical = categorical
        self.numeric = numeric
        self.missing = missing
        self.ignore = ignore
        self.time_features = time_features
        self.options = options
        self.random_state = random_state
        self.threads = threads
        self.verbose = verbose

    # ---- Fitting ----

    def fit(self, X: Any, y: Any = None, *, on_progress: ProgressHandler | None = None) -> "Detector":
        """Learns what is normal from rows.

        :param X: an array, a list of rows, or a frame of pandas, polars or pyarrow
        :param y: is not looked at
        :param on_progress: called after each epoch of each network with its number, the number of networks, the epoch,
            the number of epochs, the loss, and the loss on rows that it does not see; what it raises ends the fit
        :raises DataError: for rows that cannot be learned from
        :raises SettingError: for parameters that cannot be used
        """
        data = table(X).without(self.missing)
        if data.row_count < 2:
            raise DataError(
                f"Found array with {data.row_count} sample(s) (shape=({data.row_count}, {len(data.columns)})) while a"
                " minimum of 2 is required by Detector."
            )
        share = self._share()
        judges_rows = self.folds != 1
        bar = ProgressBar() if self.verbose and on_progress is None else None
        try:
            handler = bar if on_progress is None else on_progress
            model, found = fit(data, self._configuration(), judges_rows=judges_rows, on_progress=handler)
        finally:
            if bar is not None:
                bar.close()
        if share is not None and self.false_alarm_rate is None and found is not None:
            count = max(1, round(share * data.row_count))
            threshold = float(np.partition(found.score, -count)[-count])
            model = model.with_threshold(f"score={threshold!r}")
            found.anomaly[:] = found.score >= threshold
        self._take(model, found)
        self.n_features_in_ = len(data.columns)
        self.__dict__.pop("feature_names_in_", None)
        if data.has_names:
            self.feature_names_in_ = np.array(data.names, dtype=object)
        return self

    def fit_predict(self, X: Any, y: Any = None) -> NDArray[np.int64]:
        """Learns from rows and says which of them are odd, each judged by networks that did not see it.

        What ``fit(X).predict(X)`` says of the same rows is another thing: its networks have seen them, and what was seen
        looks normal.

        :returns: 1 for normal rows, −1 for anomalies
        """
        found = self.fit(X).found_
        if found is None:
            raise SettingError("rows are judged by networks that did not see them, and folds is 1; give at least 2")
        return _labels(found.anomaly)

    def inspect(self, X: Any) -> dict[str, Any]:
        """What would be understood of the columns, as ``oddity inspect --json`` prints it.

        >>> import oddity
        >>> seen = oddity.Detector().inspect({"load": [1.5, 2.5] * 20, "color": ["red", "blue"] * 20})
        >>> [(column["name"], column["kind"]) for column in seen["schema"]["columns"]]
        [('load', 'numeric'), ('color', 'categorical')]
        """
        data = table(X).without(self.missing)
        described = data.described()
        configuration = {name: value for name, value in self._configuration().items() if value is not None}
        configuration["categorical"] = [*configuration.get("categorical", []), *data.categories]
        text = json.dumps(configuration).encode()
        address = call("inspect", ctypes.byref(described), text)
        seen: dict[str, Any] = json.loads(_library.take_text(address))
        return seen

    # ---- Judging ----

    def score_samples(self, X: Any) -> NDArray[np.float64]:
        """How normal rows are: the negative of ``oddity score``'s score, so log₁₀ of the p-value.

        Higher is more normal, as throughout scikit-learn.
        """
        return -self.scores(X).score

    def decision_function(self, X: Any) -> NDArray[np.float64]:
        """How far rows are from being called anomalies: below 0 for these."""
        return self._decisions(self.scores(X))

    def predict(self, X: Any) -> NDArray[np.int64]:
        """1 for normal rows, −1 for anomalies."""
        return _labels(self.scores(X).anomaly)

    def scores(self, X: Any) -> Scores:
        """All that ``oddity score`` says of rows; a *higher* score is *odder* there."""
        return self._fitted().scores(self._checked(X), threads=self.threads)

    def explain(self, X: Any, reasons: int = 3) -> Any:
        """Why rows are odd, as a pandas frame, see :meth:`Model.explain`."""
        frame = self._fitted().explain(self._checked(X), reasons, threads=self.threads)
        return frame.set_index(X.index) if type(X).__module__.startswith("pandas") else frame

    def reasons(self, X: Any, count: int = 3) -> list[dict[str, Any]]:
        """Why rows are odd, as dictionaries, see :meth:`Model.reasons`."""
        return self._fitted().reasons(self._checked(X), count, threads=self.threads)

    def choose_threshold(self, rule: str, X: Any = None, y: Any = None) -> "Detector":
        """Puts another threshold in force, see :meth:`Model.with_threshold`.

        :param rule: one that needs no labels, such as ``conformal=0.05``, or one that is best on labelled rows, such as
            ``youden``
        :param X: labelled rows
        :param y: 1 (or True) for anomalies, 0 for others; or −1 for anomalies and 1 for others, as ``predict`` says it
        """
        model = self._fitted()
        if X is None or y is None:
            self._take(model.with_threshold(rule), self.found_)
            return self
        labels = np.asarray(y)
        is_anomaly = labels == -1 if (labels == -1).any() else labels.astype(np.bool_)
        self._take(model.with_threshold(rule, scores=self.scores(X).score, labels=is_anomaly), self.found_)
        return self

    # ---- Files ----

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes what was learned to a model file, which the command and every other front end read."""
        self._fitted().save(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Detector":
        """A fitted detector from a model file of a table.

        Its parameters have their defaults: the file holds what was learned, and not what :meth:`fit` was asked for.
        """
        model = Model.load(path)
        if model.kind != "table":
            raise DataError(f"{os.fspath(path)}: this is a model of {model.kind}, and one of tables is needed")
        detector = cls()
        detector._take(model, None)
        names = list(model.columns)
        detector.n_features_in_ = len(names)
        if names != [f"column{index + 1}" for index in range(len(names))]:
            detector.feature_names_in_ = np.array(names, dtype=object)
        return detector

    # ---- Manners of scikit-learn ----

    @classmethod
    def _parameter_names(cls) -> list[str]:
        return sorted(name for name in inspect.signature(cls.__init__).parameters if name != "self")

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name."""
        return {name: getattr(self, name) for name in self._parameter_names()}

    def set_params(self, **parameters: Any) -> "Detector":
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
        # A row at the threshold is an anomaly, and scikit-learn's are those below 0.
        self.offset_ = -math.nextafter(model.threshold, -math.inf)

    def _decisions(self, scores: Scores) -> NDArray[np.float64]:
        measure = scores.score if self.model_.describe()["measure"] == "score" else scores.error
        return -measure - self.offset_

    def _share(self) -> float | None:
        value = self.contamination
        if value is None or isinstance(value, str):
            return None
        return float(value)

    def _configuration(self) -> dict[str, Any]:
        own = ("contamination", "missing", "options", "random_state", "verbose")
        configuration = {name: value for name, value in self.get_params().items() if name not in own}
        if configuration["hidden"] is not None:
            configuration["hidden"] = [int(size) for size in configuration["hidden"]]
        for name in ("categorical", "numeric", "ignore", "time_features"):
            if configuration[name] is not None:
                configuration[name] = list(configuration[name])
        configuration["contamination"] = "none" if self.contamination is None else self.contamination
        configuration["seed"] = _seed(self.random_state)
        return {**configuration, **(self.options or {})}

    def _fitted(self) -> Model:
        model = getattr(self, "model_", None)
        if isinstance(model, Model):
            return model
        message = f"This {type(self).__name__} instance is not fitted yet. Call 'fit' before this method."
        # Those who use scikit-learn expect its error.
        errors = sys.modules.get("sklearn.exceptions")
        raise errors.NotFittedError(message) if errors else SettingError(message, "not_fitted")

    def _checked(self, X: Any) -> TableData:
        self._fitted()
        names = getattr(self, "feature_names_in_", None)
        data = table(X, None if names is None else list(names)).without(self.missing)
        if not data.has_names and len(data.columns) != self.n_features_in_:
            raise DataError(
                f"X has {len(data.columns)} features, but {type(self).__name__} is expecting {self.n_features_in_}"
                " features as input"
            )
        return data


def _labels(is_anomaly: NDArray[np.bool_]) -> NDArray[np.int64]:
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
