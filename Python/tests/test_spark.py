"""What is said where PySpark is missing; Python/tests_spark has the tests with it."""

import sys

import oddity.spark
import pytest


def test_a_missing_pyspark_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyarrow", type(sys)("pyarrow"))
    with pytest.raises(ImportError, match=r'needs PySpark 4 and pyarrow, and there is no pyspark; pip install "pyspark\[sql\]>=4"'):
        oddity.spark.fit([[1, 2]])
