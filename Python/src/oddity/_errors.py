"""Errors of the library: what was wrong, where, and how to fix it."""

import re


class OddityError(Exception):
    """An error of the library.

    :ivar code: the kind of error in one word, such as ``missing_columns``
    """

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code

    def __reduce__(self) -> tuple[type["OddityError"], tuple[str, str]]:
        return type(self), (str(self), self.code)


class SettingError(OddityError, ValueError):
    """A setting or an argument cannot be used."""


class DataError(OddityError, ValueError):
    """The data, or a model, cannot be used as they are."""


class SystemFailure(OddityError, OSError):
    """Reading, writing or memory failed."""


#: The class of an error by who has to act on it.
BY_BLAME: dict[int, type[OddityError]] = {1: SettingError, 2: DataError, 3: SystemFailure}


def in_python(message: str) -> str:
    """A message that names options of the command, with parameters in their place.

    >>> in_python('correct it, add --missing "oops", or --time-features "when"')
    'correct it, add missing=["oops"], or time_features=["when"]'
    >>> in_python("may be used (--memory)")
    'may be used (memory)'
    """
    message = re.sub(r'--([a-z]+(?:-[a-z]+)*) ("(?:[^"\\]|\\.)*")', lambda found: f"{_name(found[1])}=[{found[2]}]", message)
    return re.sub(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)", lambda found: _name(found[1]), message)


def _name(option: str) -> str:
    return option.replace("-", "_")
