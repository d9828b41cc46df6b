"""The code of the article about more than one machine runs, and so do the examples of the package."""

import doctest
import re
from pathlib import Path

import oddity.spark
import pytest
from oddity.spark import _fitting, _sampling, _scoring

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "Sources" / "COddityDemoData"


@pytest.mark.filterwarnings("ignore:Spark")
def test_the_article_runs(spark, capsys, tmp_path):
    page = (ROOT / "Sources" / "Oddity" / "Oddity.docc" / "BeyondOneMachine.md").read_text(encoding="utf-8")
    names = {"__name__": "__main__", "spark": spark}
    for code in re.findall(r"```python\n(.*?)```", page, re.S):
        code = re.sub(r'"([a-z-]+\.csv)"', rf'"{TABLES}/\1"', code)
        exec(re.sub(r'"([a-z]+\.safetensors)"', rf'"{tmp_path}/\1"', code), names)
    assert "|malignant|" in capsys.readouterr().out


@pytest.mark.parametrize("module", [oddity.spark, _fitting, _sampling, _scoring], ids=lambda module: module.__name__)
def test_examples_of_the_package_run(spark, module):
    done = doctest.testmod(module, extraglobs={"spark": spark})
    assert done.attempted and not done.failed
