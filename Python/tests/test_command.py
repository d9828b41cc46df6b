"""The library and the command say the same of the same rows, bit for bit."""

import json

import numpy as np
import oddity
import pandas as pd
import pytest


def write(frame, path):
    # pandas writes numbers so that the same are read.
    frame.to_csv(path, index=False)


@pytest.fixture(params=["numbers", "mixed"])
def frame(request, rows, mixed):
    if request.param == "numbers":
        return pd.DataFrame(rows, columns=["load", "flow", "noise"])
    return pd.DataFrame(mixed)


def assert_same(scores, table):
    for name in ("score", "p_value", "error", "tail_p_value"):
        np.testing.assert_array_equal(getattr(scores, name), table[name].to_numpy(dtype=float))
    np.testing.assert_array_equal(scores.anomaly, table["anomaly"].to_numpy() == 1)


def test_scores_of_a_model_of_the_command_are_those_of_the_command(frame, tmp_path, oddity_command):
    write(frame, tmp_path / "rows.csv")
    oddity_command("fit", "rows.csv", "--output", "model.safetensors", "--epochs", "20")
    oddity_command("score", "model.safetensors", "rows.csv", "--output", "scores.csv")
    table = pd.read_csv(tmp_path / "scores.csv", float_precision="round_trip")
    model = oddity.Model.load(tmp_path / "model.safetensors")
    assert_same(model.scores(frame), table)
    assert_same(model.scores(frame, threads=1), table)


def test_a_fit_gives_the_model_of_the_command(frame, tmp_path, oddity_command):
    write(frame, tmp_path / "rows.csv")
    options = ["--epochs", "20", "--hidden", "16,4", "--seed", "5", "--contamination", "auto"]
    oddity_command("fit", "rows.csv", "--output", "model.safetensors", "--scores", "found.csv", *options)
    detector = oddity.Detector(epochs=20, hidden=[16, 4], random_state=5, options={"source": "rows.csv"}).fit(frame)
    assert detector.model_.encode() == (tmp_path / "model.safetensors").read_bytes()
    assert_same(detector.found_, pd.read_csv(tmp_path / "found.csv", float_precision="round_trip"))


def test_the_command_reads_what_a_detector_saved(frame, tmp_path, oddity_command):
    detector = oddity.Detector(epochs=5).fit(frame)
    detector.save(tmp_path / "model.safetensors")
    assert "reproduces" in oddity_command("verify", "model.safetensors")


def test_reasons_are_those_of_the_command(frame, tmp_path, oddity_command):
    write(frame, tmp_path / "rows.csv")
    detector = oddity.Detector(epochs=20).fit(frame)
    detector.save(tmp_path / "model.safetensors")
    lines = oddity_command("score", "model.safetensors", "rows.csv", "--format", "ndjson")
    assert detector.reasons(frame) == [json.loads(line) for line in lines.splitlines()]
