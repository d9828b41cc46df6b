"""Images from what Python programs have: arrays, folders, and files."""

import ctypes
import os
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oddity import _library
from oddity._errors import DataError
from oddity._library import call, library

_DIRECT = {
    np.dtype(np.uint8): _library.UINT8,
    np.dtype(np.uint16): _library.UINT16,
    np.dtype(np.int64): _library.INT64,
    np.dtype(np.float32): _library.FLOAT32,
    np.dtype(np.float64): _library.FLOAT64,
}


class Images:
    """Images that the library looks at, and the array that they are in, which lives as long."""

    def __init__(self, handle: int, array: NDArray[Any] | None = None) -> None:
        self.handle = handle
        self._array = array

    def __len__(self) -> int:
        return int(library.images_count(self.handle))

    @property
    def names(self) -> list[str]:
        """What the images are called: their paths below the folder, or the array and their numbers in brackets."""
        return [_library.take_text(call("images_name", self.handle, index)) for index in range(len(self))]

    def __del__(self) -> None:
        # At the end of the interpreter modules may be gone.
        if getattr(self, "handle", None) is not None and library is not None:
            library.images_free(self.handle)


def images(data: Any, skip_broken: bool = False) -> Images:
    """Images to look at.

    :param data: an array (count, height, width[, channels]), a list of arrays of one size, a folder, a file of an array
        (.npy, .npz, IDX), or one or more files of images
    :param skip_broken: whether images that cannot be read are passed over, and have no score
    :raises DataError: for what are no images
    """
    if isinstance(data, Images):
        return data
    if isinstance(data, (str, os.PathLike)):
        return _of_files([data], skip_broken)
    if isinstance(data, Sequence) and data and isinstance(data[0], (str, os.PathLike)):
        if not all(isinstance(path, (str, os.PathLike)) for path in data):
            raise DataError("the list holds paths and other things; give paths alone, or an array of images")
        return _of_files(data, skip_broken)
    return _of_array(data)


def _of_files(paths: Sequence[Any], skip_broken: bool) -> Images:
    texts = (ctypes.c_char_p * len(paths))(*(os.fsencode(path) for path in paths))
    return Images(call("images_open", texts, len(paths), skip_broken))


def _of_array(data: Any) -> Images:
    try:
        array = np.asarray(data)
    except ValueError:
        raise DataError("the images of an array have one size, and these differ; give the paths of their files") from None
    if array.ndim not in (3, 4):
        raise DataError(
            f"an array of images has the dimensions (count, height, width[, channels]), and this has {array.ndim}; give"
            " one image as image[None]"
        )
    if array.dtype not in _DIRECT:
        array = _converted(array)
    array = np.ascontiguousarray(array)
    shape = (ctypes.c_size_t * array.ndim)(*array.shape)
    return Images(call("images_of_array", array.ctypes.data, _DIRECT[array.dtype], shape, array.ndim), array)


def _converted(array: NDArray[Any]) -> NDArray[Any]:
    """Numbers of another type, as a file of the same array would be read."""
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "b" or kind == "f":
        return array.astype(np.float32 if size <= 4 else np.float64)
    if kind in "iu" and size > 2:
        return array.astype(np.int64)
    if kind in "iu":
        return array.astype(array.dtype.newbyteorder("=")) if array.dtype.newbyteorder("=") in _DIRECT else (
            array.astype(np.float32) / np.float32(np.iinfo(array.dtype).max)
        )
    raise DataError(f"an array of {array.dtype} holds no images; give numbers, such as uint8 from 0 to 255")
