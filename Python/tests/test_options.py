"""Every option of a fit is there, and each that is accepted acts."""

import json

import numpy as np
import oddity
import pandas as pd
import pytest

BASE = {"epochs": 4, "folds": 2, "hidden": [8, 3], "batch_size": 64}
SPARSE, DENOISING, VARIATIONAL = ({"variant": name} for name in ("sparse", "denoising", "variational"))

#: For each option a value other than its default, and what it needs beside it.
VALUES = {
    "hidden": ([6, 2], {}),
    "activation": ("tanh", {}),
    "output_activation": ("tanh", {}),
    "loss": ("mae", {}),
    "optimizer": ("sgd", {}),
    "learning_rate": (0.01, {}),
    "schedule": ("cosine", {}),
    "clip_gradients": (0.01, {}),
    "weight_decay": (0.5, {}),
    "epochs": (5, {}),
    "batch_size": (32, {}),
    "patience": (1, {"epochs": 200, "learning_rate": 0.1}),
    "dropout": (0.5, {}),
    "residual_blocks": (1, {}),
    "batch_normalization": (True, {}),
    "folds": (3, {}),
    "scaling": ("robust", {}),
    "missing_values": ("mean", {}),
    "clip": (0.5, {}),
    "pca": (2, {}),
    "variant": ("sparse", {}),
    "tied_weights": (True, {}),
    "sparsity_weight": (1, SPARSE),
    "sparsity_target": (0.1, SPARSE),
    "sparsity_layers": ("all", SPARSE),
    "active_units": (1, SPARSE),
    "noise": ("swap", DENOISING),
    "noise_level": (0.5, DENOISING),
    "kl_weight": (1, VARIATIONAL),
    "kl_warm_up": (3, VARIATIONAL),
    "mean_l1": (1, VARIATIONAL),
    "free_bits": (1, VARIATIONAL),
    "scoring": ("residual", {}),
    "code_distance": ("mahalanobis", {}),
    "svdd_weight": (0.1, {"code_distance": "center"}),
    "stored_rows": (False, {}),
    "seed": (1, {}),
}


@pytest.mark.parametrize("name", VALUES)
def test_an_option_acts(rows, name):
    rows[::50, 2] = np.nan
    value, beside = VALUES[name]

    def scores(options):
        return oddity.Detector(options={**BASE, **options}, contamination=None).fit(rows).score_samples(rows)

    assert (scores({**beside, name: value}) != scores(beside)).any()


def test_all_options_of_the_command_for_networks_are_there(oddity_command):
    command = json.loads(oddity_command("fit", "--experimental-dump-help"))["command"]
    names = {
        name["name"].removeprefix("no-").replace("-", "_")
        for argument in command["arguments"]
        if argument.get("sectionTitle") == "Autoencoder"
        for name in argument["names"]
    }
    assert names == set(VALUES)


def model_of_the_command(frame, tmp_path, oddity_command, *options):
    frame.to_csv(tmp_path / "rows.csv", index=False)
    oddity_command("fit", "rows.csv", "--output", "model.safetensors", "--epochs", "3", *options)
    return (tmp_path / "model.safetensors").read_bytes()


def detector(**options):
    return oddity.Detector(epochs=3, contamination=None, options={"source": "rows.csv", **options})


def test_rows_that_labels_call_anomalies_are_left_out(rows, tmp_path, oddity_command):
    frame = pd.DataFrame(rows, columns=["load", "flow", "noise"])
    frame["state"] = np.where(np.arange(len(frame)) % 9 == 0, "leaking", "tight")
    expected = model_of_the_command(frame, tmp_path, oddity_command, "--label", "state", "--positive", "leaking")
    labelled = detector(label="state", positive="leaking")
    with pytest.warns(UserWarning, match="45 labelled leaking left out"):
        assert labelled.fit(frame).model_.encode() == expected
    assert labelled.found_ is None and "state" not in labelled.model_.columns
    with pytest.raises(oddity.SettingError, match="label leaves some out of the training"), pytest.warns(UserWarning):
        labelled.fit_predict(frame)
    with pytest.raises(oddity.SettingError, match="option positive needs label"):
        detector(positive="leaking").fit(frame)
    with pytest.raises(oddity.OddityError, match='no row has "dripping"'):
        detector(label="state", positive="dripping").fit(frame)


def test_a_schema_is_taken_as_it_is(mixed, tmp_path, oddity_command):
    frame = pd.DataFrame(mixed)
    seen = oddity.Detector().inspect(frame)
    (count,) = [column for column in seen["schema"]["columns"] if column["name"] == "count"]
    count["kind"] = "categorical"
    (tmp_path / "schema.json").write_text(json.dumps(seen))
    expected = model_of_the_command(frame, tmp_path, oddity_command, "--schema", "schema.json")
    model = detector(schema=seen).fit(frame).model_
    assert model.columns["count"] == "categorical" and model.encode() == expected
    with pytest.raises(oddity.SettingError, match="option schema takes what oddity_inspect returns"):
        detector(schema={"columns": []}).fit(frame)
    with pytest.raises(oddity.DataError, match='missing column "load" of the schema'):
        detector(schema=seen).fit(frame.drop(columns="load"))


def test_marks_of_numbers_are_those_that_were_named(rows, tmp_path, oddity_command):
    columns = {"load": rows[:, 0], "flow": rows[:, 1]}
    frame = pd.DataFrame({name: [f"{x:.3f}".replace(".", ",") for x in values] for name, values in columns.items()})
    options = ["--decimal", "comma", "--numeric", "load,flow"]
    expected = model_of_the_command(frame, tmp_path, oddity_command, *options)
    assert detector(decimal="comma", numeric=["load", "flow"]).fit(frame).model_.encode() == expected
    whole = pd.DataFrame({name: [f"{int(9e5 * abs(x)):,}" for x in values] for name, values in columns.items()})
    options = ["--thousands", "comma", "--numeric", "load,flow"]
    expected = model_of_the_command(whole, tmp_path, oddity_command, *options)
    assert detector(thousands="comma", numeric=["load", "flow"]).fit(whole).model_.encode() == expected
    with pytest.raises(oddity.SettingError, match="decimal and thousands name the same mark"):
        detector(decimal="comma", thousands="comma").fit(frame)
    with pytest.raises(oddity.SettingError, match="option decimal takes one of point, comma"):
        detector(decimal="dot").fit(frame)


def test_times_are_read_as_named(rows, tmp_path, oddity_command):
    days = [f"{day % 12 + 1}/{day % 11 + 1}/2024 {day % 24:02}:00" for day in range(len(rows))]
    frame = pd.DataFrame({"when": days, "load": rows[:, 0], "flow": rows[:, 1]})
    models = set()
    for order in ("day-first", "month-first"):
        options = ["--time-features", "when", "--time-order", order]
        expected = model_of_the_command(frame, tmp_path, oddity_command, *options)
        model = detector(time_features=["when"], time_order=order).fit(frame).model_.encode()
        assert model == expected
        models.add(model)
    assert len(models) == 2
    zoned = detector(time_features=["when"], time_order="day-first", time_zone="Asia/Tokyo").fit(frame)
    assert zoned.model_.encode() not in models
    with pytest.raises(oddity.SettingError, match="option time_order needs time or time_features"):
        detector(time_order="day-first").fit(frame)
    with pytest.raises(oddity.SettingError, match="option time_format takes one of seconds, milliseconds"):
        detector(time_features=["when"], time_format="fortnights").fit(frame)
