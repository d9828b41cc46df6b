"""The code of the README and of the article about Python runs, and prints what stands there."""

import contextlib
import io
import re
import shutil
from pathlib import Path

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


def test_the_article_runs(folder):
    names = {}
    for code in blocks("Sources/Oddity/Oddity.docc/Python.md", "python"):
        exec(code, names)
