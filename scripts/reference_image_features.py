#!/usr/bin/env python3
"""Makes the numbers that the tests of image features are compared with, using numpy in double precision.

    python3 -m venv .venv && .venv/bin/pip install numpy
    .venv/bin/python scripts/reference_image_features.py

Writes Tests/OddityDetectorsTests/Fixtures/image_features.json: for each case two images of noise and edges as
levels from 0 to 255, and of each image the descriptor, the pooled pixels, some structure patches and some raw patches; of all
images together the alignment.
"""

import json
import math
import pathlib

import numpy as np

LEAST_LENGTH = 1.7


def luminance(image):
    if image.shape[2] == 1:
        return image[:, :, 0]
    return image @ np.array([0.299, 0.587, 0.114])


def blurred(image):
    for axis in (0, 1):
        padded = np.pad(image, [(1, 1) if a == axis else (0, 0) for a in (0, 1)], mode="edge")
        n = image.shape[axis]
        below, here, above = (np.take(padded, range(i, i + n), axis) for i in (0, 1, 2))
        image = 0.25 * below + 0.5 * here + 0.25 * above
    return image


def edges(image):
    """height × width × 8: the strengths of edges by direction."""
    padded = np.pad(image, 1, mode="edge")
    gx = padded[1:-1, 2:] - padded[1:-1, :-2]
    gy = padded[2:, 1:-1] - padded[:-2, 1:-1]
    angles = 2 * np.pi * np.arange(8) / 8
    return np.maximum(0, gx[..., None] * np.cos(angles) + gy[..., None] * np.sin(angles))


def cells(strengths, size):
    """Pooled by a tent in both axes, every size-th place from size // 2 on."""
    tent = np.minimum(np.arange(1, 2 * size), np.arange(2 * size - 1, 0, -1)) / size**2
    for axis in (0, 1):
        pad = [(size - 1, size - 1) if a == axis else (0, 0) for a in range(3)]
        padded = np.pad(strengths, pad, mode="edge")
        n = strengths.shape[axis]
        strengths = sum(
            weight * np.take(padded, range(i, i + n), axis) for i, weight in enumerate(tent)
        )
    return strengths[size // 2 :: size, size // 2 :: size]


def patches(grid, side, stride):
    rows = range(0, grid.shape[0] - side + 1, stride)
    columns = range(0, grid.shape[1] - side + 1, stride)
    return np.array([grid[y : y + side, x : x + side].ravel() for y in rows for x in columns])


def pooled(image):
    size = -(-max(image.shape[:2]) // 32)
    return np.array([
        [image[y : y + size, x : x + size].mean((0, 1)) for x in range(0, image.shape[1], size)]
        for y in range(0, image.shape[0], size)
    ])


def features(image):
    image = luminance(image)
    height, width = image.shape
    side = min(height, width)
    cell = min(max(1, math.floor(math.sqrt(height * width) / 7 + 0.5)), side)
    descriptor = np.sqrt(cells(edges(blurred(image) if side >= 16 else image), cell)).ravel()
    descriptor /= max(np.linalg.norm(descriptor), 1e-3)
    if side < 20:
        grid = cells(edges(image), 1)
        raw = patches(np.log(image + 0.05), 4, 1)
    else:
        grid = cells(edges(blurred(image)), 4)
        raw = patches(np.log(image + 0.05), 8, 2)
    structure = np.sqrt(patches(grid, 4, 1))
    structure /= np.maximum(np.linalg.norm(structure, axis=1, keepdims=True), LEAST_LENGTH)
    return descriptor, pooled(image), structure, raw - raw.mean(1, keepdims=True)


def case(rng, height, width, channels):
    levels = rng.integers(70, 110, size=(2, height, width, channels))
    for index, image in enumerate(levels):
        image[height // 3 + index :, width // 2 :] += 100
    levels[1, :, : width // 2] = 128
    images = levels.astype(np.float32) / np.float32(255)
    document = {
        "height": height,
        "width": width,
        "channels": channels,
        "levels": levels.ravel().tolist(),
        "results": [],
    }
    for image in images.astype(np.float64):
        descriptor, small, structure, raw = features(image)
        result = {"descriptor": descriptor.tolist(), "pooled": small.ravel().tolist()}
        for name, rows in (("structure", structure), ("raw", raw)):
            chosen = sorted({0, len(rows) // 3, len(rows) // 2, len(rows) - 1})
            result[name + "Count"] = len(rows)
            result[name + "Chosen"] = chosen
            result[name] = rows[chosen].ravel().tolist()
        document["results"].append(result)
    grey = np.array([luminance(p) for p in images.astype(np.float64)])
    document["alignment"] = grey.mean(0).var() / grey.var()
    return document


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.7g}")
    if isinstance(value, list):
        return [rounded(item) for item in value]
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    return value


def main():
    rng = np.random.default_rng(2026)
    root = pathlib.Path(__file__).resolve().parent.parent
    path = root / "Tests" / "OddityDetectorsTests" / "Fixtures" / "image_features.json"
    shapes = [(4, 4, 1), (9, 14, 3), (18, 17, 1), (28, 21, 1), (35, 40, 1)]
    cases = [case(rng, *shape) for shape in shapes]
    document = {
        "madeBy": f"scripts/reference_image_features.py, numpy {np.__version__}",
        "leastLength": LEAST_LENGTH,
        "cases": rounded(cases),
    }
    path.write_text(json.dumps(document, separators=(",", ":"), allow_nan=False) + "\n")
    print(f"{path.relative_to(root)}: {len(cases)} cases")


if __name__ == "__main__":
    main()
