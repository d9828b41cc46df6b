"""The detector of rows of tables."""

import ctypes
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _library
from oddity._columns import TableData
from oddity._errors import DataError
from oddity._estimator import Estimator
from oddity._fitting import ProgressHandler, fit_table
from oddity._library import call
from oddity._model import Model, Scores
from oddity._tables import table


class Detector(Estimator):
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

    kind = "table"

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
        configuration = self._configuration()
        judges_rows = configuration["folds"] != 1 and configuration.get("label") is None
        share = None if self.contamination is None or isinstance(self.contamination, str) else float(self.contamination)
        model, found = fit_table(data, configuration, judges_rows, self._progress(on_progress))
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

    def inspect(self, X: Any) -> dict[str, Any]:
        """What would be understood of the columns, as ``oddity inspect --json`` prints it.

        With ``options={"schema": …}`` a fit takes it as it is, or as it was corrected.

        >>> import oddity
        >>> seen = oddity.Detector().inspect({"load": [1.5, 2.5] * 20, "color": ["red", "blue"] * 20})
        >>> [(column["name"], column["kind"]) for column in seen["schema"]["columns"]]
        [('load', 'numeric'), ('color', 'categorical')]
        """
        data = table(X).without(self.missing)
        described = data.described()
        configuration = {name: value for name, value in self._configuration().items() if value is not None}
        text = json.dumps(configuration).encode()
        address = call("inspect", ctypes.byref(described), text)
        seen: dict[str, Any] = json.loads(_library.take_text(address))
        return seen

    # ---- Judging ----

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

    # ---- Parts ----

    def _take_shape(self, model: Model) -> None:
        names = list(model.columns)
        self.n_features_in_ = len(names)
        if names != [f"column{index + 1}" for index in range(len(names))]:
            self.feature_names_in_ = np.array(names, dtype=object)

    def _configuration(self) -> dict[str, Any]:
        contamination = "none" if self.contamination is None else self.contamination
        return {"contamination": contamination, **super()._configuration()}

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
