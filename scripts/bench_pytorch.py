"""Measures PyTorch on the cases of `oddity-bench`, with the same keys in its lines of JSON.

    python3 scripts/bench_pytorch.py [--only TEXT] [--repeats N]      (needs torch 2.13, CPU)

The fastest plain eager loop: data in one tensor, batches gathered by index with a shuffled order for
each epoch, fused Adam, gradients set to None, no DataLoader, the loss read once an epoch.
"""
import argparse
import json
import time

import torch

CASES = [
    ([100, 50, 100], 32, True),
    ([30, 64, 32, 64, 30], 32, False),
    ([784, 256, 64, 256, 784], 128, True),
    ([784, 256, 64, 256, 784], 1024, True),
]
IMAGES = "images 28×28 batch 128"
REPEAT_SECONDS = 0.05


def network(sizes, sigmoid):
    layers = []
    for index, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        layers.append(torch.nn.Linear(inputs, outputs))
        if index < len(sizes) - 2:
            layers.append(torch.nn.ReLU(inplace=True))
        elif sigmoid:
            layers.append(torch.nn.Sigmoid())
    return torch.nn.Sequential(*layers)


def image_network():
    return torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, 28, 28)),
        torch.nn.Conv2d(1, 16, 3, stride=2, padding=1), torch.nn.ReLU(inplace=True),
        torch.nn.Conv2d(16, 32, 3, stride=2, padding=1), torch.nn.ReLU(inplace=True),
        torch.nn.Flatten(), torch.nn.Linear(1568, 32), torch.nn.ReLU(inplace=True),
        torch.nn.Linear(32, 1568), torch.nn.ReLU(inplace=True), torch.nn.Unflatten(1, (32, 7, 7)),
        torch.nn.ConvTranspose2d(32, 16, 3, stride=2, padding=1, output_padding=1),
        torch.nn.ReLU(inplace=True),
        torch.nn.ConvTranspose2d(16, 1, 3, stride=2, padding=1, output_padding=1),
        torch.nn.Sigmoid(), torch.nn.Flatten())


def seconds(work, repeats):
    """Median and best time, and least processor time, of one call of `work`."""
    count = 1
    while timed(work, count)[0] < REPEAT_SECONDS:
        count *= 2
    times = [timed(work, count) for _ in range(repeats)]
    walls = sorted(wall / count for wall, _ in times)
    return walls[len(walls) // 2], walls[0], min(cpu / count for _, cpu in times)


def timed(work, count):
    start, cpu_start = time.perf_counter(), time.process_time()
    for _ in range(count):
        work()
    return time.perf_counter() - start, time.process_time() - cpu_start


def training(model, data, batch_size):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True)
    loss = torch.nn.functional.mse_loss

    def epoch():
        total = torch.zeros(())
        for rows in torch.randperm(len(data)).split(batch_size):
            batch = data[rows]
            value = loss(model(batch), batch)
            optimizer.zero_grad(set_to_none=True)
            value.backward()
            optimizer.step()
            total += value.detach()
        return total.item()

    return epoch


def scoring(model, data):
    def score():
        with torch.inference_mode():
            model(data)

    return score


def emit(benchmark, name, threads, unit, values):
    median, best, cpu = values
    print(json.dumps({"benchmark": benchmark, "name": name, "threads": threads, "unit": unit,
                      "median": median, "best": best, "cpu": cpu}), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--repeats", type=int, default=11)
    options = parser.parse_args()
    torch.manual_seed(1)
    for sizes, batch_size, sigmoid in CASES + [([784], 128, None)]:
        name = "-".join(map(str, sizes)) + f" batch {batch_size}" if len(sizes) > 1 else IMAGES
        row_count = max(4096 // batch_size, 1) * batch_size
        steps = row_count // batch_size
        data = torch.rand(row_count, sizes[0])
        for threads in (1, 2):
            torch.set_num_threads(threads)
            model = network(sizes, sigmoid) if len(sizes) > 1 else image_network()
            if options.only in f"train {name}":
                times = seconds(training(model, data, batch_size), options.repeats)
                emit("train", name, threads, "µs per step", [1e6 * t / steps for t in times])
            if options.only in f"score {name}":
                times = seconds(scoring(model, data), options.repeats)
                emit("score", name, threads, "rows per second", [row_count / t for t in times])


if __name__ == "__main__":
    main()
