#!/usr/bin/env python3
"""Whether a contractive penalty (Rifai et al. 2011) finds more anomalies in the tables of ADBench.

    .venv/bin/python scripts/research/try_contractive.py FOLDER [--weights 0,0.001,0.01,0.1] [--rows 20000]

A prototype in PyTorch, not the command: for every table one network 128-32 of the default kind is trained
for 1,500 steps with weight × mean ‖∂code/∂row‖² in its loss, estimated with one random direction a row.
Rows are judged by residual and nearest code, each standardized over a held-out fifth and added. The rows
are split as in evaluate_tables.py. Prints the means over tables; needs torch and numpy.
"""
import argparse
import pathlib

import numpy as np
import torch
from evaluate_tables import split
from torch import nn


def train(rows, weight):
    torch.manual_seed(0)
    width = rows.shape[1]
    encoder = nn.Sequential(nn.Linear(width, 128), nn.ReLU(), nn.Linear(128, 32))
    decoder = nn.Sequential(nn.ReLU(), nn.Linear(32, 128), nn.ReLU(), nn.Linear(128, width))
    optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], 1e-3)
    order = torch.Generator().manual_seed(1)
    noise = torch.Generator().manual_seed(2)
    for _ in range(1_500):
        batch = rows[torch.randint(len(rows), (128,), generator=order)].requires_grad_(weight > 0)
        code = encoder(batch)
        loss = ((decoder(code) - batch.detach()) ** 2).mean()
        if weight > 0:
            active = torch.relu(code)
            direction = torch.randn(active.shape, generator=noise)
            (slope,) = torch.autograd.grad((active * direction).sum(), batch, create_graph=True)
            loss = loss + weight * (slope**2).sum(1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return encoder, decoder


@torch.no_grad()
def scores(encoder, decoder, training, held_out, test):
    def squares(rows):
        return (decoder(encoder(rows)) - rows) ** 2

    means = squares(held_out).mean(0)
    scale = 1 / torch.clamp(means, min=max(0.01 * means.mean().item(), 1e-12))
    codes = encoder(training[:1_000])
    deviation = codes.std(0)
    inverse = torch.where(deviation > 1e-6, 1 / deviation, torch.zeros_like(deviation))

    def distance(rows):
        parts = [torch.cdist(encoder(part) * inverse, codes * inverse) for part in rows.split(2_048)]
        return torch.cat([part.min(1).values for part in parts])

    total = 0
    for measure in (lambda rows: (squares(rows) * scale).mean(1), distance):
        known = measure(held_out).clamp(min=1e-9).log()
        found = measure(test).clamp(min=1e-9).log()
        total = total + (found - known.mean()) / known.std().clamp(min=0.1)
    return total.numpy()


def figures(labels, scores):
    """AUROC by ranks, ties counted half, and average precision, in percent."""
    values, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    odd = labels.sum()
    auroc = (ranks[labels == 1].sum() - odd * (odd + 1) / 2) / (odd * (len(labels) - odd))
    found = np.cumsum(np.bincount(places, labels)[::-1])
    flagged = np.cumsum(counts[::-1])
    precision = (np.diff(found, prepend=0) * found / flagged).sum() / odd
    return 100 * auroc, 100 * precision


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--weights", default="0,0.001,0.01,0.1")
    parser.add_argument("--rows", type=int, default=20_000, help="training rows at most")
    options = parser.parse_args()
    torch.set_num_threads(1)
    weights = [float(weight) for weight in options.weights.split(",")]
    results = {weight: [] for weight in weights}
    for path in sorted(options.folder.glob("*.npz")):
        rows, test, labels = split(path, 0, False)
        mean, deviation = rows.mean(0), rows.std(0)
        kept = deviation > 0

        def prepared(rows):
            scaled = (rows - mean)[:, kept] / deviation[kept]
            return torch.tensor(np.clip(scaled, -20, 20), dtype=torch.float32)

        order = np.random.default_rng(0).permutation(len(rows))[: options.rows]
        held_out, training = np.split(order, [len(order) // 5])
        seen, unseen, judged = prepared(rows[training]), prepared(rows[held_out]), prepared(test)
        for weight in weights:
            found = scores(*train(seen, weight), seen, unseen, judged)
            results[weight].append(figures(labels, found))
    for weight in weights:
        auroc, precision = np.mean(results[weight], axis=0)
        print(f"weight {weight}: AUROC {auroc:.2f}, average precision {precision:.2f}")


if __name__ == "__main__":
    main()
