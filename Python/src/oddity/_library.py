"""The shared library, as ``oddity.h`` describes it."""

import ctypes
from pathlib import Path
from typing import Any

from oddity._errors import BY_BLAME, OddityError, in_python

_ABI_VERSION = 3

FLOAT64, FLOAT32, INT64, UTF8, LARGE_UTF8, UINT8, UINT16 = 1, 2, 3, 4, 5, 6, 7

CATEGORIES = 1


class Column(ctypes.Structure):
    """``oddity_column``"""

    _fields_ = [
        ("name", ctypes.c_char_p),
        ("type", ctypes.c_int32),
        ("flags", ctypes.c_int32),
        ("values", ctypes.c_void_p),
        ("stride", ctypes.c_ssize_t),
        ("offsets", ctypes.c_void_p),
        ("text_size", ctypes.c_size_t),
        ("validity", ctypes.c_void_p),
    ]


class Table(ctypes.Structure):
    """``oddity_table``"""

    _fields_ = [
        ("row_count", ctypes.c_size_t),
        ("column_count", ctypes.c_size_t),
        ("columns", ctypes.POINTER(Column)),
    ]


class ScoreArrays(ctypes.Structure):
    """``oddity_scores``"""

    _fields_ = [
        ("score", ctypes.c_void_p),
        ("p_value", ctypes.c_void_p),
        ("tail_p_value", ctypes.c_void_p),
        ("error", ctypes.c_void_p),
        ("anomaly", ctypes.c_void_p),
        ("judged", ctypes.c_void_p),
    ]


class HeatMap(ctypes.Structure):
    """``oddity_heat_map``"""

    _fields_ = [
        ("height", ctypes.c_size_t),
        ("width", ctypes.c_size_t),
        ("channels", ctypes.c_size_t),
        ("heat", ctypes.POINTER(ctypes.c_float)),
        ("expected", ctypes.POINTER(ctypes.c_float)),
    ]


class Progress(ctypes.Structure):
    """``oddity_progress``"""

    _fields_ = [
        ("member", ctypes.c_int32),
        ("member_count", ctypes.c_int32),
        ("epoch", ctypes.c_int32),
        ("epoch_count", ctypes.c_int32),
        ("training_loss", ctypes.c_double),
        ("held_out_loss", ctypes.c_double),
    ]


ProgressFunction = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.POINTER(Progress))
NoteFunction = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p)


class Listener(ctypes.Structure):
    """``oddity_listener``"""

    _fields_ = [
        ("context", ctypes.c_void_p),
        ("progress", ProgressFunction),
        ("note", NoteFunction),
    ]


JudgedFunction = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_size_t)


class JudgingListener(ctypes.Structure):
    """``oddity_judging_listener``"""

    _fields_ = [
        ("context", ctypes.c_void_p),
        ("judged", JudgedFunction),
    ]


def _open() -> ctypes.CDLL:
    own = Path(__file__).with_name("liboddity.so.1")
    # A package without its own library, as one from a source distribution, takes the system's.
    library = ctypes.CDLL(str(own) if own.exists() else "liboddity.so.1")
    table, scores, text, size = (
        ctypes.POINTER(Table),
        ctypes.POINTER(ScoreArrays),
        ctypes.c_char_p,
        ctypes.c_size_t,
    )
    pointer, count, error = ctypes.c_void_p, ctypes.c_int32, ctypes.POINTER(ctypes.c_void_p)
    listener = ctypes.POINTER(JudgingListener)
    # What is freed by oddity_free is a pointer, lest ctypes make a copy and forget the original.
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "abi_version": (count, []),
        "version": (text, []),
        "free": (None, [pointer]),
        "error_message": (text, [pointer]),
        "error_code": (text, [pointer]),
        "error_blame": (count, [pointer]),
        "error_free": (None, [pointer]),
        "arrow_read": (pointer, [pointer, error]),
        "arrow_table": (table, [pointer]),
        "arrow_free": (None, [pointer]),
        "inspect": (pointer, [table, text, error]),
        "model_open": (pointer, [text, error]),
        "model_decode": (pointer, [pointer, size, error]),
        "model_free": (None, [pointer]),
        "model_save": (ctypes.c_bool, [pointer, text, error]),
        "model_encode": (pointer, [pointer, ctypes.POINTER(size), error]),
        "model_description": (pointer, [pointer, error]),
        "model_score": (ctypes.c_bool, [pointer, table, count, scores, error]),
        "model_explain": (pointer, [pointer, table, count, count, scores, error]),
        "model_score_series": (ctypes.c_bool, [pointer, table, text, count, listener, scores, error]),
        "model_explain_series": (pointer, [pointer, table, text, count, count, listener, scores, error]),
        "model_with_threshold": (pointer, [pointer, text, scores, pointer, size, error]),
        "images_open": (pointer, [ctypes.POINTER(text), size, ctypes.c_bool, error]),
        "images_of_array": (pointer, [pointer, count, ctypes.POINTER(size), size, error]),
        "images_count": (size, [pointer]),
        "images_name": (pointer, [pointer, size, error]),
        "images_free": (None, [pointer]),
        "model_score_images": (ctypes.c_bool, [pointer, pointer, size, size, count, scores, error]),
        "model_map_image": (ctypes.c_bool, [pointer, pointer, size, count, ctypes.POINTER(HeatMap), error]),
        "heat_map_free": (None, [ctypes.POINTER(HeatMap)]),
        "fit": (pointer, [table, text, ctypes.POINTER(Listener), scores, error]),
        "fit_images": (pointer, [pointer, text, ctypes.POINTER(Listener), scores, error]),
    }
    for name, (result, arguments) in signatures.items():
        function = library[f"oddity_{name}"]
        function.restype, function.argtypes = result, arguments
        setattr(library, name, function)
    found = library.abi_version()
    if found != _ABI_VERSION:
        raise ImportError(f"liboddity.so.1 has interface {found}, and this package needs {_ABI_VERSION}; reinstall it")
    return library


library = _open()


def call(name: str, *arguments: Any) -> Any:
    """Calls a function that can fail.

    :raises OddityError: what the library says went wrong
    """
    error = ctypes.c_void_p()
    result = getattr(library, name)(*arguments, ctypes.byref(error))
    if error.value is None:
        return result
    try:
        message = in_python(library.error_message(error).decode())
        code = library.error_code(error).decode()
        raise BY_BLAME.get(library.error_blame(error), OddityError)(message, code)
    finally:
        library.error_free(error)


def take_text(address: int) -> str:
    """A text that the library returned, which is freed."""
    try:
        return ctypes.string_at(address).decode()
    finally:
        library.free(address)


def take_bytes(address: int, size: int) -> bytes:
    """Bytes that the library returned, which are freed."""
    try:
        return ctypes.string_at(address, size)
    finally:
        library.free(address)
