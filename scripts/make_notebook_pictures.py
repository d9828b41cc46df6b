"""Makes the pictures of the article InANotebook.md: runs its cells and keeps what they save.

    .venv-python/bin/pip install matplotlib
    .venv-python/bin/python scripts/make_notebook_pictures.py
"""

import os
import re
import shutil
import tempfile
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
# The same data give the same file.
os.environ["SOURCE_DATE_EPOCH"] = "0"
matplotlib.rcParams.update({"svg.hashsalt": "oddity", "svg.fonttype": "none"})

ROOT = Path(__file__).resolve().parents[1]
CATALOG = ROOT / "Sources" / "Oddity" / "Oddity.docc"
LARGEST = 60_000


def main() -> None:
    cells = re.findall(r"```python\n(.*?)```", (CATALOG / "InANotebook.md").read_text(encoding="utf-8"), re.S)
    resources = CATALOG / "Resources"
    resources.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for table in (ROOT / "Sources" / "COddityDemoData").glob("*.csv"):
            shutil.copy(table, folder)
        for example in ("fabric", "pump"):
            os.symlink(ROOT / "Examples" / example, Path(folder) / example)
        os.chdir(folder)
        names: dict[str, object] = {}
        for cell in cells:
            exec(cell, names)
        for picture in sorted(Path(folder).glob("notebook-*")):
            size = picture.stat().st_size
            if size > LARGEST:
                raise SystemExit(f"{picture.name} has {size} bytes, more than {LARGEST}")
            shutil.copy(picture, resources)
            print(f"{picture.name}: {size} bytes")
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
