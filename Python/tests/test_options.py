"""Every option of a fit is there, and each that is accepted acts."""

import json

import numpy as np
import oddity
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
