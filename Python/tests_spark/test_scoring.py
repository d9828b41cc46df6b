"""Scores of a frame of Spark are those of one machine, bit for bit."""

import datetime
import decimal
import os
import subprocess

import numpy as np
import oddity
import oddity.spark
import pandas as pd
import pyarrow as pa
import pytest

NUMBERS = ["score", "p_value", "error", "tail_p_value"]


@pytest.fixture(scope="module")
def rows():
    """Columns of all types, with missing values, in which load and flow go together."""
    random, count = np.random.default_rng(1), 3000
    load = random.normal(size=count)
    start = datetime.datetime(2026, 3, 1, tzinfo=datetime.timezone.utc)
    columns = {
        "id": pa.array(range(count), pa.int64()),
        "load": pa.array(load),
        "flow": pa.array(2 * load + 0.1 * random.normal(size=count), pa.float32()),
        "level": pa.array(random.integers(1, 6, size=count), pa.int32()),
        "code": pa.array(random.integers(100, 108, size=count), pa.int64()),
        "color": pa.array(random.choice(["red", "blue", 'light, "green"'], size=count)),
        "is_on": pa.array(random.random(count) < 0.4),
        "price": pa.array([decimal.Decimal(row % 50) / 4 for row in range(count)], pa.decimal128(10, 2)),
        "when": pa.array([start + datetime.timedelta(hours=7 * row) for row in range(count)], pa.timestamp("us", "UTC")),
        "nothing": pa.nulls(count, pa.string()),
    }
    for name in ["load", "level", "color", "is_on", "price"]:
        gaps = set(random.integers(0, count, size=40).tolist())
        values = [None if row in gaps else value for row, value in enumerate(columns[name].to_pylist())]
        columns[name] = pa.array(values, columns[name].type)
    return pa.table(columns)


@pytest.fixture(scope="module")
def model(rows):
    detector = oddity.Detector(epochs=5, ignore=["id"], categorical=["level"], time_features=["when"])
    return detector.fit(rows.drop_columns("nothing")).model_


@pytest.fixture(scope="module")
def frame(spark, rows):
    spark.conf.set("spark.sql.session.timeZone", "UTC")
    return spark.createDataFrame(rows)


def assert_same(scored, expected):
    for name in NUMBERS:
        np.testing.assert_array_equal(scored[name].to_numpy().astype(float), getattr(expected, name))
    np.testing.assert_array_equal(scored["anomaly"].to_numpy(), expected.anomaly)


@pytest.mark.parametrize("partitions", [1, 2, 4])
@pytest.mark.parametrize("batch_size", [10_000, 97])
def test_scores_do_not_depend_on_partitions_and_batches(spark, frame, rows, model, partitions, batch_size):
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", batch_size)
    parted = frame.repartitionByRange(partitions, "id").sortWithinPartitions("id")
    assert parted.rdd.getNumPartitions() == partitions
    scored = oddity.spark.score(parted, model).toArrow()
    assert scored.column_names == [*rows.column_names, "score", "p_value", "anomaly", "error", "tail_p_value"]
    assert scored["id"].to_pylist() == rows["id"].to_pylist()
    assert scored.select(rows.column_names).to_pylist() == rows.to_pylist()
    assert_same(scored, model.scores(rows))


def test_order_within_partitions_is_kept(frame, model):
    shuffled = frame.orderBy("color", "flow")
    scored = oddity.spark.score(shuffled, model, keep=["id"])
    assert [row.id for row in scored.collect()] == [row.id for row in shuffled.select("id").collect()]


def test_scores_and_reasons_are_those_of_the_command(frame, model, tmp_path):
    binary = os.environ.get("ODDITY_BINARY")
    if not binary:
        pytest.skip("ODDITY_BINARY does not name the command")
    model.save(tmp_path / "model.safetensors")
    from pyspark.sql import functions

    # Python says True where Spark writes true, and the few digits of a float are another number as a double.
    written = {"is_on": functions.initcap(frame.is_on.cast("string")), "flow": frame.flow.cast("double")}
    frame.withColumns(written).coalesce(1).write.csv(f"file://{tmp_path}/rows", header=True, quote='"', escape='"')
    (path,) = (tmp_path / "rows").glob("*.csv")
    command = [binary, "score", "model.safetensors", path, "--reasons", "2", "--keep", "id", "--output", "scores.csv"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    texts = {f"{name}_{number}": str for name in ("actual", "expected") for number in (1, 2)}
    expected = pd.read_csv(tmp_path / "scores.csv", float_precision="round_trip", dtype=texts)
    scored = oddity.spark.score(frame, model, keep=["id"], reasons=2).toPandas()
    assert set(scored.columns) == set(expected.columns) - {"row"}
    expected["anomaly"] = expected["anomaly"] == 1
    expected = expected.replace({name: "missing" for name in texts}, None)
    pd.testing.assert_frame_equal(scored, expected[scored.columns], check_exact=True, check_dtype=False)


def test_reasons_do_not_change_scores(frame, rows, model):
    scored = oddity.spark.score(frame, model, keep=[], reasons=3).toArrow()
    assert_same(scored, model.scores(rows))
    lines = model.reasons(rows, 3)
    assert scored["reason_1"].to_pylist() == [line["reasons"][0]["column"] if line["reasons"] else None for line in lines]


def test_what_is_not_needed_is_not_read(spark, frame):
    model = oddity.Detector(epochs=2).fit({"load": [i % 7 for i in range(400)]}).model_
    # A column that fails when it is computed.
    failing = spark.range(100).selectExpr("id", "id % 7 AS load", "1 DIV (id - id) AS unused")
    assert oddity.spark.score(failing, model, keep=["id"]).where("score > 0").count() == 100
    assert oddity.spark.score(failing, model, keep="id").columns[:2] == ["id", "score"]


def test_frames_without_rows_and_odd_names(spark):
    rows = {"a.b": [i % 7 for i in range(400)], "back`tick": [i % 5 for i in range(400)]}
    model = oddity.Detector(epochs=2).fit(rows).model_
    frame = spark.createDataFrame(pd.DataFrame(rows))
    np.testing.assert_array_equal(oddity.spark.score(frame, model, keep=[]).toPandas().score, model.scores(rows).score)
    assert oddity.spark.score(frame.where("`a.b` > 9"), model, reasons=1).collect() == []


def test_a_detector_scores_with_its_missing_texts(spark):
    frame = pd.DataFrame({"load": [float(i % 7) for i in range(400)], "color": ["red", "blue", "gone", "red"] * 100})
    detector = oddity.Detector(epochs=2, missing=["gone"]).fit(frame)
    scored = oddity.spark.score(spark.createDataFrame(frame), detector, keep=[]).toPandas()
    np.testing.assert_array_equal(scored.score, detector.scores(frame).score)


def test_what_cannot_be_scored_is_refused_before_work_begins(spark, frame, model):
    with pytest.raises(oddity.DataError, match='missing column "flow"') as caught:
        oddity.spark.score(frame.drop("flow"), model)
    assert caught.value.code == "missing_columns"
    with pytest.raises(oddity.SettingError, match='kept columns have names of new ones: "Score"; rename them'):
        oddity.spark.score(frame.withColumn("Score", frame.load), model)
    assert oddity.spark.score(frame.withColumn("score", frame.load), model, keep=["id"]).columns[:2] == ["id", "score"]
    with pytest.raises(oddity.SettingError, match='keep names "ids", and the frame has no such column'):
        oddity.spark.score(frame, model, keep=["ids"])
    with pytest.raises(oddity.SettingError, match="reasons=-1 is no number of columns"):
        oddity.spark.score(frame, model, reasons=-1)
    with pytest.raises(ValueError, match="not fitted yet"):
        oddity.spark.score(frame, oddity.Detector())
    with pytest.raises(TypeError, match="frames of Spark, not Table; oddity.Model"):
        oddity.spark.score(frame.toArrow(), model)
