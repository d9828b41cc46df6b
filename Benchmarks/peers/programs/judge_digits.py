"""PyOD's AutoEncoder on MNIST as `scripts/research/evaluate_images.py` does it: each digit is normal once.

    judge_digits.py FOLDER
"""
import pathlib
import sys

import numpy as np
from pyod.models.auto_encoder import AutoEncoder

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts"))
from evaluate_images import auroc, read, tasks  # noqa: E402

folder = pathlib.Path(sys.argv[1])
images = read(next(folder.glob("*-images-idx3-ubyte.gz")), 16).reshape(-1, 784) / np.float32(255)
labels = read(next(folder.glob("*-labels-idx1-ubyte.gz")), 8)
found = []
for _, train, scored, odd in tasks(folder, labels):
    detector = AutoEncoder(verbose=0, preprocessing=False).fit(images[train])
    found.append(auroc(odd, detector.decision_function(images[scored])))
print(f"mean AUROC {100 * np.mean(found):.2f}")
