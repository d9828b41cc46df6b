import os
import subprocess
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def rows():
    """Two columns that go together, one that does not, and a row that breaks the relation."""
    random = np.random.default_rng(3)
    x = random.normal(size=400)
    rows = np.column_stack([x, 2 * x + 0.1 * random.normal(size=400), random.normal(size=400)])
    rows[17, 1] = -9
    return rows


@pytest.fixture
def mixed(rows):
    """Numbers, whole numbers, texts and missing values, by column."""
    random = np.random.default_rng(4)
    colors = random.choice(["red", "blue", "light, \"green\""], size=len(rows)).tolist()
    colors[3] = None
    load = rows[:, 0].copy()
    load[5] = np.nan
    return {
        "load": load,
        "flow": rows[:, 1],
        "count": random.integers(0, 9, size=len(rows)),
        "color": colors,
        "order": [f"order {number}" for number in range(len(rows))],
    }


@pytest.fixture
def oddity_command(tmp_path):
    """Runs the command in a folder of its own."""
    binary = os.environ.get("ODDITY_BINARY")
    if not binary:
        pytest.skip("ODDITY_BINARY does not name the command")

    def run(*arguments):
        done = subprocess.run([Path(binary).resolve(), *arguments], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
