#!/usr/bin/env python3
"""How well `oddity` finds odd images in data sets that come as IDX files.

    python3 scripts/research/evaluate_images.py FOLDER [--oddity .build/release/oddity] [--seed 0] [--fit-options ""]

FOLDER holds one `*-images-idx3-ubyte.gz` and one `*-labels-idx1-ubyte.gz`. Of MNIST and its like, each class is normal once: the first
80 % of its images train, the rest and all other classes are scored. Where FOLDER has a `split.txt` with a word for each
image, those called `train` train, and those called `test_normal` and all with a label above 0 are scored.
Prints the AUROC of each class and their mean. Needs numpy.
"""
import argparse
import csv
import gzip
import pathlib
import shlex
import subprocess
import tempfile
import time

import numpy as np


def read(path, offset):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


def auroc(labels, scores):
    """The share of pairs of an anomaly and a normal image in order, ties counting half."""
    normal = np.sort(scores[labels == 0])
    odd = scores[labels == 1]
    below = np.searchsorted(normal, odd, "left") + np.searchsorted(normal, odd, "right")
    return below.sum() / 2 / len(odd) / len(normal)


def tasks(folder, labels):
    """The name, the training images and the images to score, with 1 for odd ones, of each task."""
    split = folder / "split.txt"
    if split.exists():
        words = np.array(split.read_text().split())
        scored = np.concatenate([np.flatnonzero(words == "test_normal"), np.flatnonzero(labels > 0)])
        return [("defects", np.flatnonzero(words == "train"), scored, (labels[scored] > 0).astype(int))]
    result = []
    for kind in range(labels.max() + 1):
        own = np.flatnonzero(labels == kind)
        count = int(0.8 * len(own))
        scored = np.concatenate([own[count:], np.flatnonzero(labels != kind)])
        result.append((str(kind), own[:count], scored, (labels[scored] != kind).astype(int)))
    return result


def evaluate(images, train, scored, labels, options):
    with tempfile.TemporaryDirectory() as folder:
        paths = [f"{folder}/{name}" for name in ("train.npy", "test.npy", "model", "scores.csv")]
        np.save(paths[0], images[train])
        np.save(paths[1], images[scored])
        fit = [options.oddity, "fit", paths[0], "--output", paths[2], "--seed", str(options.seed)]
        subprocess.run(fit + shlex.split(options.fit_options), check=True, capture_output=True)
        score = [options.oddity, "score", paths[2], paths[1], "--output", paths[3]]
        subprocess.run(score, check=True, capture_output=True)
        with open(paths[3], newline="") as file:
            return auroc(labels, np.array([float(row["score"]) for row in csv.DictReader(file)]))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--oddity", default=".build/release/oddity")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--fit-options", default="")
    options = parser.parse_args()
    images = next(options.folder.glob("*-images-idx3-ubyte.gz"))
    height, width = np.frombuffer(gzip.open(images).read(16), ">u4")[2:]
    images = read(images, 16).reshape(-1, height, width)
    labels = read(next(options.folder.glob("*-labels-idx1-ubyte.gz")), 8)
    results = []
    for name, train, scored, odd in tasks(options.folder, labels):
        start = time.monotonic()
        results.append(evaluate(images, train, scored, odd, options))
        print(f"{name:8} {len(train):6} to learn from  AUROC {100 * results[-1]:6.2f}"
              f"  {time.monotonic() - start:5.1f} s", flush=True)
    print(f"mean AUROC {100 * np.mean(results):.2f}")


if __name__ == "__main__":
    main()
