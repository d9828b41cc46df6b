"""The code of the README and of the article about Python runs, and prints what stands there."""

import contextlib
import io
import re
import shutil
import sys
from pathlib import Path
from unittest.mock import MagicMock

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for table in (ROOT / "Sources" / "COddityDemoData").glob("*.csv"):
        shutil.copy(table, tmp_path)
    for example in ("fabric", "pump"):
        (tmp_path / example).symlink_to(ROOT / "Examples" / example)
    monkeypatch.chdir(tmp_path)


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.S)


def words(text):
    # Kinds of processors round differently, so numbers are not compared.
    return re.sub(r"\d[\d.]*", "#", text).split()


def test_the_readme_prints_what_stands_there(folder):
    (code,) = blocks("README.md", "python")
    (expected,) = blocks("README.md", "text")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, {})
    assert words(printed.getvalue()) == words(expected)


@pytest.mark.parametrize("article", ["Python", "InANotebook"])
def test_the_article_runs(folder, monkeypatch, article):
    # Pictures are made by scripts/make_notebook_pictures.py, which alone needs matplotlib.
    drawing = MagicMock()
    monkeypatch.setitem(sys.modules, "matplotlib", drawing)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", drawing.pyplot)
    names = {}
    for code in blocks(f"Sources/Oddity/Oddity.docc/{article}.md", "python"):
        exec(code, names)
    for call in drawing.pyplot.savefig.call_args_list:
        assert (ROOT / "Sources" / "Oddity" / "Oddity.docc" / "Resources" / call.args[0]).exists()
