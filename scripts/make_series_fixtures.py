"""Makes the array files of `Tests/OddityArraysTests/Fixtures` and `Tests/OdditySeriesTests/Fixtures`.

    .venv/bin/python scripts/make_series_fixtures.py
"""

from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent / "Tests"


def main() -> None:
    arrays = ROOT / "OddityArraysTests" / "Fixtures"
    series = ROOT / "OdditySeriesTests" / "Fixtures"
    for folder in (arrays, series):
        folder.mkdir(parents=True, exist_ok=True)
    numbers = np.arange(12, dtype=np.float64).reshape(4, 3)
    np.savez_compressed(arrays / "two-dimensions.npz", x=numbers, cube=np.zeros((1, 2, 2)))
    np.savez(arrays / "several.npz", a=numbers, b=numbers + 1)
    np.save(arrays / "fortran.npy", np.asfortranarray(numbers))
    np.save(arrays / "words.npy", np.array(["a", "bc"]))
    series_numbers = numbers.astype(np.float32)
    series_numbers[1, 2] = np.nan
    np.savez_compressed(series / "channels.npz", x=series_numbers)
    np.save(series / "one.npy", np.arange(5, dtype=np.int64) * 2**53 // 2**50)


if __name__ == "__main__":
    main()
