"""The detector of steps of time series."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity._columns import TableData
from oddity._errors import DataError
from oddity._estimator import Estimator
from oddity._fitting import ProgressHandler, fit_table
from oddity._model import Model, Scores
from oddity._tables import series_table


class SeriesDetector(Estimator):
    """Finds odd steps in time series: each is judged by what came before it.

    It has the manners of scikit-learn's outlier detectors, as :class:`Detector`, but rows are in order, and a row's score
    depends on those of its series before it. The first rows of a series, and rows that cannot be used, have no score: it is
    NaN, and ``predict`` says 1. Scores are those of ``oddity score`` of the same rows, which ranks a row by some that follow it too;
    ``predict`` and ``decision_function`` judge it as it came.

    :param time: the column of times; that of a ``DatetimeIndex`` by default. Without either each row is one step after the one before.
    :param entity: the column that tells several series apart
    :param false_alarm_rate: the share of normal rows that may be called anomalies, 0.01 by default
    :param alarms_per_day: in the place of a rate, the most alarms a day on normal rows
    :param window: how many steps the detector looks back; chosen from the data by default
    :param network: what rebuilds the recent past: ``averages``, ``dense``, ``convolutional``, ``lstm`` or ``gru``
    :param forecast: whether each step is forecast from those before it, instead of rebuilt
    :param trend: about columns that rise, fall or wander: ``auto``, ``keep`` or ``remove``
    :param season: about columns that repeat every day or week: ``auto`` or ``keep``
    :param adapt: how quickly verdicts follow a series that moves away from the training: ``fast``, ``slow`` or ``off``
    :param delay: by how many of the rows that follow it a row is ranked
    :param smoothing: how their scores become one: ``weighted``, ``mean``, ``median`` or ``last``
    :param options: further options of ``oddity fit`` by their names with underscores, such as ``{"variant": "sparse"}``
    :param random_state: where all random numbers come from; the same number, and None, give the same model
    :param threads: one for each core by default; no result depends on it
    :param verbose: whether to show a progress bar

    The other parameters are the options of ``oddity fit`` of the same names; None is their default.

    After :meth:`fit` there are

    :ivar model_: what was learned, a :class:`Model`
    :ivar found_: what ``oddity find`` says of the fitted rows, each judged by the network that did not see its block; None
        with ``alarms_per_day``
    :ivar offset_: ``decision_function`` is the score that the verdict is about, negated, minus this
    :ivar n_features_in_: the number of columns
    :ivar feature_names_in_: their names, where the data had some

    >>> import numpy as np
    >>> import oddity
    >>> steps = np.arange(1000)
    >>> waves = np.column_stack([np.sin(steps / 9), np.cos(steps / 9)])
    >>> detector = oddity.SeriesDetector(window=16, epochs=3).fit(waves)
    >>> later = waves.copy()
    >>> later[700:710, 0] = 0.9
    >>> int(np.nanargmax(detector.scores(later).judged)) in range(700, 712)
    True
    """

    kind = "series"

    n_features_in_: int
    feature_names_in_: NDArray[Any]

    def __init__(
        self,
        *,
        time: str | None = None,
        entity: str | None = None,
        false_alarm_rate: float | None = None,
        alarms_per_day: float | None = None,
        window: int | None = None,
        stride: int | None = None,
        network: str | None = None,
        forecast: bool | None = None,
        trend: str | None = None,
        season: str | None = None,
        gap_limit: float | None = None,
        fill_limit: int | None = None,
        sort: bool | None = None,
        duplicates: str | None = None,
        sampling: str | None = None,
        time_order: str | None = None,
        time_format: str | None = None,
        time_zone: str | None = None,
        adapt: str | None = None,
        delay: int | None = None,
        smoothing: str | None = None,
        hidden: Sequence[int] | None = None,
        loss: str | None = None,
        learning_rate: float | None = None,
        epochs: int | None = None,
        batch_size: int | None = None,
        patience: int | None = None,
        folds: int | None = None,
        scaling: str | None = None,
        categorical: Sequence[str] | None = None,
        numeric: Sequence[str] | None = None,
        missing: Sequence[str] | None = None,
        ignore: Sequence[str] | None = None,
        options: dict[str, Any] | None = None,
        random_state: Any = None,
        threads: int | None = None,
        verbose: bool = False,
    ) -> None:
        self.time = time
        self.entity = entity
        self.false_alarm_rate = false_alarm_rate
        self.alarms_per_day = alarms_per_day
        self.window = window
        self.stride = stride
        self.network = network
        self.forecast = forecast
        self.trend = trend
        self.season = season
        self.gap_limit = gap_limit
        self.fill_limit = fill_limit
        self.sort = sort
        self.duplicates = duplicates
        self.sampling = sampling
        self.time_order = time_order
        self.time_format = time_format
        self.time_zone = time_zone
        self.adapt = adapt
        self.delay = delay
        self.smoothing = smoothing
        self.hidden = hidden
        self.loss = loss
        self.learning_rate = learning_rate
        self.epochs = epochs
        self.batch_size = batch_size
        self.patience = patience
        self.folds = folds
        self.scaling = scaling
        self.categorical = categorical
        self.numeric = numeric
        self.missing = missing
        self.ignore = ignore
        self.options = options
        self.random_state = random_state
        self.threads = threads
        self.verbose = verbose

    _own = (*Estimator._own, "adapt", "delay", "smoothing")

    def fit(self, X: Any, y: Any = None, *, on_progress: ProgressHandler | None = None) -> "SeriesDetector":
        """Learns what is normal from rows that follow one another.

        :param X: an array (steps, channels) or a frame, whose index may hold the times
        :param y: is not looked at
        :param on_progress: called after each epoch of each network, see :meth:`Detector.fit`
        :raises DataError: for rows that cannot be learned from
        :raises SettingError: for parameters that cannot be used
        """
        data, time = series_table(X, self.time, self.entity)
        data = data.without(self.missing)
        configuration = self._configuration()
        configuration["time"] = time
        if time is None and self.entity is None:
            configuration["series"] = True
        if not data.has_names:
            # The channels of an array are numbers, whatever they look like.
            configuration["numeric"] = data.names
        judges_rows = self.alarms_per_day is None
        self._take(*fit_table(data, configuration, judges_rows, self._progress(on_progress)))
        self.n_features_in_ = len(data.columns)
        self.__dict__.pop("feature_names_in_", None)
        if data.has_names:
            self.feature_names_in_ = np.array(data.names, dtype=object)
        return self

    def _judging(self) -> dict[str, Any]:
        return {"adapt": self.adapt, "delay": self.delay, "smoothing": self.smoothing}

    def scores(self, X: Any) -> Scores:
        """All that ``oddity score`` says of rows in their order; a *higher* score is *odder* there."""
        return self._fitted().scores(self._table(X), threads=self.threads, **self._judging())

    def explain(self, X: Any, reasons: int = 3) -> Any:
        """Why rows are odd, as a pandas frame with their times and states, see :meth:`Model.explain`."""
        frame = self._fitted().explain(
            self._table(X), reasons, threads=self.threads, **self._judging()
        )
        return frame.set_index(X.index) if type(X).__module__.startswith("pandas") else frame

    def reasons(self, X: Any, count: int = 3) -> list[dict[str, Any]]:
        """Why rows are odd, as dictionaries, see :meth:`Model.reasons`."""
        return self._fitted().reasons(
            self._table(X), count, threads=self.threads, **self._judging()
        )

    def _table(self, X: Any) -> TableData:
        data = self._fitted().series(X).without(self.missing)
        if not data.has_names and len(data.columns) != self.n_features_in_:
            raise DataError(
                f"X has {len(data.columns)} channels, but {type(self).__name__} is expecting {self.n_features_in_}"
                " channels as input"
            )
        return data

    def _take_shape(self, model: Model) -> None:
        names = [*model.keys, *model.columns]
        self.n_features_in_ = len(names)
        if names != [f"channel_{index + 1}" for index in range(len(names))]:
            self.feature_names_in_ = np.array(names, dtype=object)

    def _why_nothing_found(self) -> str:
        return "alarms_per_day is for rows to come; leave it out to judge those that are learned from"
