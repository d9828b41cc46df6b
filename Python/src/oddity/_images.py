"""The detector of images."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity._errors import SettingError
from oddity._estimator import Estimator
from oddity._fitting import ProgressHandler, fit_images
from oddity._imagedata import Images, images
from oddity._model import Scores


class ImageDetector(Estimator):
    """Finds odd images, and shows where they are odd.

    It has the manners of scikit-learn's outlier detectors, as :class:`Detector`. Images are an array (count, height, width[, channels]),
    whole numbers from 0 to 255 (``uint16`` to 65535) or others from 0 to 1; the path of a folder or of a file of an array; or a list
    of paths. Scores are those of ``oddity score`` of the same images.

    :param false_alarm_rate: the share of normal images that may be called anomalies, 0.01 by default
    :param image_size: the common size, such as 64 or ``"96x64"``, width × height; found out by default
    :param normalize: scale numbers by mean and deviation of each ``image``, ``channel`` or the ``dataset``
    :param tile: cut images into tiles of this size, each judged by itself
    :param group: images of one piece, held out together: a regular expression of their paths. Those with the same text in its first
        parentheses, or in all that it matches, are a group; others are each one of their own. Of an array :meth:`fit` takes ``groups``
    :param variant: ``convolutional`` makes the network of pixels so
    :param skip_broken: whether images that cannot be read are passed over; they have no score, NaN
    :param options: further options of ``oddity fit`` by their names with underscores, such as ``{"image_measures": "pixels"}``
    :param random_state: where all random numbers come from; the same number, and None, give the same model
    :param threads: one for each core by default; no result depends on it
    :param verbose: whether to show a progress bar

    The other parameters are the options of ``oddity fit`` of the same names; None is their default.

    After :meth:`fit` there are

    :ivar model_: what was learned, a :class:`Model`
    :ivar found_: what ``oddity find`` says of the images that were learned from, each judged by networks that did not see it; of
        others, such as those of folders of defects, NaN
    :ivar offset_: ``decision_function`` is ``score_samples`` minus this

    >>> import numpy as np
    >>> import oddity
    >>> random = np.random.default_rng(1)
    >>> sound = (random.random((40, 16, 16)) * 40 + np.linspace(0, 200, 16)).astype(np.uint8)
    >>> detector = oddity.ImageDetector(options={"image_measures": "pixels"}).fit(sound)
    >>> scratched = sound[:2].copy()
    >>> scratched[0, 4:12, 4] = 255
    >>> detector.score_samples(scratched).argmin(), detector.heat_maps(scratched).shape
    (np.int64(0), (2, 16, 16))
    """

    kind = "images"

    def __init__(
        self,
        *,
        false_alarm_rate: float | None = None,
        image_size: int | str | None = None,
        image_color: str | None = None,
        center_crop: int | str | None = None,
        normalize: str | None = None,
        tile: int | str | None = None,
        tile_stride: int | str | None = None,
        ignore_mask: str | None = None,
        group: str | None = None,
        variant: str | None = None,
        channels: Sequence[int] | None = None,
        latent: int | None = None,
        augment: Sequence[str] | None = None,
        folds: int | None = None,
        skip_broken: bool = False,
        options: dict[str, Any] | None = None,
        random_state: Any = None,
        threads: int | None = None,
        verbose: bool = False,
    ) -> None:
        self.false_alarm_rate = false_alarm_rate
        self.image_size = image_size
        self.image_color = image_color
        self.center_crop = center_crop
        self.normalize = normalize
        self.tile = tile
        self.tile_stride = tile_stride
        self.ignore_mask = ignore_mask
        self.group = group
        self.variant = variant
        self.channels = channels
        self.latent = latent
        self.augment = augment
        self.folds = folds
        self.skip_broken = skip_broken
        self.options = options
        self.random_state = random_state
        self.threads = threads
        self.verbose = verbose

    _own = (*Estimator._own, "skip_broken")
    _lists = ("channels", "augment")

    def fit(
        self, X: Any, y: Any = None, *, groups: Sequence[Any] | None = None, on_progress: ProgressHandler | None = None
    ) -> "ImageDetector":
        """Learns what is normal from images.

        :param X: an array, the path of a folder, or a list of paths; of a folder with a sub-folder ``good``, the images in it
        :param y: is not looked at
        :param groups: for each image of ``X`` the piece that it shows, a number or a text; images of one piece are held out together.
            None and NaN are groups of their own
        :param on_progress: called after each epoch of each network, see :meth:`Detector.fit`
        :raises DataError: for images that cannot be learned from
        :raises SettingError: for parameters that cannot be used
        """
        data = images(X, self.skip_broken)
        configuration = self._configuration()
        if groups is not None:
            if configuration.get("group") is not None:
                raise SettingError("the parameter group and the groups of fit say the same; give one")
            pieces = np.asarray(groups, dtype=object).tolist()
            configuration["group"] = [None if isinstance(piece, float) and np.isnan(piece) else piece for piece in pieces]
        self._take(*fit_images(data, configuration, self._progress(on_progress)))
        return self

    def scores(self, X: Any) -> Scores:
        """All that ``oddity score`` says of images; a *higher* score is *odder* there."""
        return self._fitted().scores(self._images(X), threads=self.threads)

    def explain(self, X: Any) -> Any:
        """The scores and names of images, as a pandas frame; where they are odd, :meth:`heat_maps` shows."""
        return self._fitted().explain(self._images(X), threads=self.threads)

    def heat_maps(self, X: Any) -> NDArray[np.float32] | list[NDArray[np.float32]]:
        """Where images are odd, see :meth:`Model.heat_maps`."""
        return self._fitted().heat_maps(self._images(X), threads=self.threads)

    def expected(self, X: Any) -> NDArray[np.float32] | list[NDArray[np.float32]]:
        """What was expected of images, see :meth:`Model.expected`."""
        return self._fitted().expected(self._images(X), threads=self.threads)

    def _images(self, X: Any) -> Images:
        return images(X, self.skip_broken)
