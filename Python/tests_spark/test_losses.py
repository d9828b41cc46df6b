"""An executor that dies in mid-job costs time alone."""

import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import oddity
import oddity.spark


def executors(application):
    """The processes of an application's executors."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        if "--executor-id" in words and application in words:
            found.append(int(folder.name))
    return found


def running_stage(tracker):
    """A stage of which some tasks are done, and both executors are at work."""
    for stage in tracker.getActiveStageIds():
        seen = tracker.getStageInfo(stage)
        if seen and seen.numCompletedTasks >= 2 and seen.numActiveTasks >= 2:
            return stage
    return None


def test_a_killed_executor_loses_and_repeats_nothing(spark):
    columns = ["id", *(f"rand({number}) + id % {number + 2} AS c{number}" for number in range(20))]
    rows = spark.range(0, 60_000, 1, 24).selectExpr(*columns)
    model = oddity.Detector(ignore=["id"], epochs=2).fit(rows.limit(2000).toArrow()).model_
    expected = model.scores(rows.toArrow())
    found = []
    job = threading.Thread(target=lambda: found.append(oddity.spark.score(rows, model, keep=["id"]).toArrow()))
    job.start()
    tracker, stage = spark.sparkContext.statusTracker(), None
    while job.is_alive() and stage is None:
        stage = running_stage(tracker)
        time.sleep(0.02)
    assert stage is not None, "the job ended before an executor could be killed"
    (killed, *_) = executors(spark.sparkContext.applicationId)
    os.kill(killed, signal.SIGKILL)
    job.join()
    assert tracker.getStageInfo(stage).numFailedTasks >= 1 and killed not in executors(spark.sparkContext.applicationId)
    (scored,) = found
    assert scored["id"].to_pylist() == list(range(60_000))
    for name in ("score", "p_value", "error", "anomaly", "tail_p_value"):
        np.testing.assert_array_equal(scored[name].to_numpy(), getattr(expected, name))
