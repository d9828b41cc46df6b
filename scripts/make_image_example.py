#!/usr/bin/env python3
"""Makes the images of Examples/fabric: a woven fabric, and the same with faults in it.

    python3 scripts/make_image_example.py Examples/fabric

Every image is drawn from random numbers of one seed: threads of slightly varying width and brightness, light
that differs from image to image, and noise. Faults are a missing thread, a stain and a scratch; their masks
are beside them. The layout is that of MVTec AD: train/good, test/KIND, ground_truth/KIND. Needs numpy and Pillow.
"""
import pathlib
import sys

import numpy as np
from PIL import Image

SIDE = 48
PERIOD = 6


def fabric(random):
    """A piece of plain weave, 0 to 1."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(float)
    x = x + random.uniform(0, PERIOD)
    y = y + random.uniform(0, PERIOD)
    x += 0.4 * np.sin(y / 9 + random.uniform(0, 6.3))
    y += 0.4 * np.sin(x / 9 + random.uniform(0, 6.3))
    column, row = np.floor(x / PERIOD), np.floor(y / PERIOD)
    warp = np.sin(np.pi * (x % PERIOD) / PERIOD)
    weft = np.sin(np.pi * (y % PERIOD) / PERIOD)
    is_warp_up = (column + row) % 2 == 0
    tone = random.normal(0, 0.03, (2, 64))
    warp_tone = tone[0][column.astype(int) % 64]
    weft_tone = tone[1][row.astype(int) % 64]
    image = np.where(is_warp_up, 0.30 + 0.35 * warp + warp_tone, 0.22 + 0.30 * weft + weft_tone)
    return image * random.uniform(0.9, 1.1), column, row


def missing_thread(image, column, row, random):
    threads = row if random.random() < 0.5 else column
    inner = np.unique(threads)[2:-2]
    mask = threads == random.choice(inner)
    return np.where(mask, image * 0.45, image), mask


def stain(image, column, row, random):
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    cy, cx = random.uniform(10, SIDE - 10, 2)
    distance = ((y - cy) / random.uniform(4, 8)) ** 2 + ((x - cx) / random.uniform(4, 8)) ** 2
    mask = distance < 1
    return image * np.where(mask, 0.62 + 0.38 * distance, 1), mask


def scratch(image, column, row, random):
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    angle = random.uniform(0, np.pi)
    cy, cx = random.uniform(14, SIDE - 14, 2)
    across = (x - cx) * np.sin(angle) - (y - cy) * np.cos(angle)
    along = (x - cx) * np.cos(angle) + (y - cy) * np.sin(angle)
    mask = (np.abs(across) < 1) & (np.abs(along) < random.uniform(7, 13))
    return np.where(mask, image + 0.3, image), mask


def save(path, values):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values.astype(np.uint8)).save(path, optimize=True)


def main():
    folder = pathlib.Path(sys.argv[1])
    random = np.random.default_rng(20)

    def finished(image):
        image = image + random.normal(0, 0.02, image.shape)
        # Steps of four keep the files small.
        return np.clip(np.round(image * 64), 0, 63) * 4

    for part, count in [("train", 120), ("test", 24)]:
        for index in range(count):
            save(folder / part / "good" / f"{index:03}.png", finished(fabric(random)[0]))
    for fault in [missing_thread, stain, scratch]:
        kind = fault.__name__
        for index in range(8):
            image, mask = fault(*fabric(random), random)
            save(folder / "test" / kind / f"{index:03}.png", finished(image))
            save(folder / "ground_truth" / kind / f"{index:03}_mask.png", mask * 255)


if __name__ == "__main__":
    main()
