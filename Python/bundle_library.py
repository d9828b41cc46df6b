"""Puts the shared library into the wheel, and says for which machines the wheel is.

The library is what ``make library`` builds; the environment variable ``ODDITY_SHARED_LIBRARY`` names another one.
"""

import os
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleLibrary(BuildHookInterface):
    """The build hook of hatchling."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        built = Path(self.root).parent / ".build" / "release" / "liboddity.so.1"
        library = Path(os.environ.get("ODDITY_SHARED_LIBRARY", built))
        if not library.exists():
            raise FileNotFoundError(f"{library}: no such library; build it with make library")
        build_data["force_include"][str(library)] = "oddity/liboddity.so.1"
        # Nothing is compiled for one version of Python, but the library is for one kind of machine.
        build_data["pure_python"] = False
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["tag"] = f"py3-none-{platform}"
