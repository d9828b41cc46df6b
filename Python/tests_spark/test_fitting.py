"""What is learned from a frame of Spark, and from which of its rows."""

import numpy as np
import oddity
import oddity.spark
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def frame(spark):
    random, count = np.random.default_rng(2), 20_000
    load = random.normal(size=count)
    rows = pd.DataFrame({
        "id": np.arange(count),
        "load": load,
        "flow": 2 * load + 0.1 * random.normal(size=count),
        "machine": np.where(np.arange(count) % 1000 == 0, "rare", np.where(random.random(count) < 0.3, "a", "b")),
    })
    rows.loc[::50, "load"] = np.nan
    return spark.createDataFrame(rows).coalesce(1)


def test_a_fit_to_all_rows_is_that_of_one_machine(frame):
    detector = oddity.Detector(epochs=3, ignore=["id"])
    fitted = oddity.spark.fit(frame, detector)
    assert fitted is detector
    expected = oddity.Detector(epochs=3, ignore=["id"]).fit(frame.toArrow())
    assert fitted.model_.encode() == expected.model_.encode()


def test_what_was_learned_from_a_sample_is_told(frame):
    with pytest.warns(UserWarning, match=r"learned from a sample of 2,\d\d\d of 20,000 rows; more memory"):
        oddity.spark.fit(frame, oddity.Detector(epochs=1, ignore=["id"]), memory="60kB")


def test_a_sample_depends_on_rows_and_seed_alone(frame):
    drawn = oddity.spark.sample(frame, memory="60kB")
    assert drawn.row_count == 20_000 and abs(len(drawn) - 60_000 * 20_000 / 581_000) < 200
    assert drawn.missing == {"id": 0, "load": 400, "flow": 0, "machine": 0}
    ids = drawn.rows["id"].to_pylist()
    assert ids == sorted(ids), "rows are in the order of the frame"
    for partitions in (2, 4):
        again = oddity.spark.sample(frame.repartition(partitions), memory="60kB")
        assert again.rows.sort_by("id").equals(drawn.rows)
    assert oddity.spark.sample(frame, memory="60kB", seed=1).rows["id"].to_pylist() != ids
    assert oddity.spark.sample(frame, memory="1MB").is_all


def test_rows_that_repeat_are_as_frequent_in_a_sample(spark):
    frame = spark.range(100_000).selectExpr("CASE WHEN id % 10 < 8 THEN 1 ELSE id END AS value", "id % 2 AS side")
    rows = oddity.spark.sample(frame, memory="160kB").rows
    common = sum(value == 1 for value in rows["value"].to_pylist())
    assert abs(len(rows) - 10_000) < 300 and abs(common - 8_000) <= 2


def test_a_stratified_sample_has_rows_of_each_group(frame):
    drawn = oddity.spark.sample(frame, memory="60kB", stratify="machine").rows["machine"].to_pylist()
    assert drawn.count("rare") == 20 and abs(drawn.count("a") - 0.3 * len(drawn)) < 100
    with pytest.raises(oddity.SettingError, match="20000 groups with 100 rows each do not fit into 2"):
        oddity.spark.sample(frame, memory="60kB", stratify="id")


def test_types_of_all_columns_are_counted(spark):
    frame = spark.sql(
        "SELECT id, CAST(id AS decimal(20, 2)) AS price, id % 3 = 0 AS is_on, timestamp_seconds(id) AS at,"
        " CAST(id AS string) AS name, null AS nothing, CAST(id % 5 AS float) AS f, make_dt_interval(0, 0, 0, id % 9) AS took"
        " FROM range(5000)"
    )
    drawn = oddity.spark.sample(frame, memory="50kB")
    assert 500 < len(drawn) < 1500 and drawn.missing["nothing"] == 5000
    assert oddity.spark.sample(frame).rows.num_rows == 5000


def test_what_cannot_be_learned_from_is_refused(frame):
    with pytest.raises(oddity.DataError, match=r'column "tags" is array<int>, .*: frame.drop\(\'tags\'\)'):
        oddity.spark.fit(frame.selectExpr("*", "array(1, 2) AS tags"))
    with pytest.raises(oddity.SettingError, match="memory='much' is no size"):
        oddity.spark.fit(frame, memory="much")
    with pytest.raises(oddity.SettingError, match='stratify names "x"'):
        oddity.spark.fit(frame, stratify="x")
    with pytest.raises(oddity.DataError, match="minimum of 2"):
        oddity.spark.fit(frame.where("id < 0"))
