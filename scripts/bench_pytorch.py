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


class RecurrentNetwork(torch.nn.Module):
    """An encoder's last state of 64, repeated and decoded."""

    def __init__(self, length, channels):
        super().__init__()
        self.length, self.channels = length, channels
        self.encoder = torch.nn.LSTM(channels, 64, batch_first=True)
        self.decoder = torch.nn.LSTM(64, 64, batch_first=True)
        self.head = torch.nn.Linear(64, channels)

    def forward(self, x):
        _, (state, _) = self.encoder(x.view(-1, self.length, self.channels))
        states, _ = self.decoder(state[-1][:, None].expand(-1, self.length, -1))
        return self.head(states).flatten(1)


def series_convolutions():
    """Rows hold channels first, as convolutions want them."""
    channels, layers = [8, 32, 16, 16, 32, 8], [torch.nn.Unflatten(1, (8, 60))]
    for before, after in zip(channels, channels[1:]):
        layers += [torch.nn.Conv1d(before, after, 7, padding=3), torch.nn.ReLU(inplace=True)]
    return torch.nn.Sequential(*layers[:-1], torch.nn.Flatten())


OTHERS = [
    ("images 28×28", 784, 128, 4096, image_network),
    ("series LSTM 30×8", 240, 32, 1024, lambda: RecurrentNetwork(30, 8)),
    ("series LSTM 100×38", 3800, 64, 1024, lambda: RecurrentNetwork(100, 38)),
    ("series convolutions 60×8", 480, 32, 4096, series_convolutions),
]


def cases():
    """Name, size of a row, size of a batch, about how many rows, and how the network is made."""
    for sizes, batch_size, sigmoid in CASES:
        name = "-".join(map(str, sizes))
        yield name, sizes[0], batch_size, 4096, lambda: network(sizes, sigmoid)
    yield from OTHERS


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
    for name, size, batch_size, rows, make in cases():
        name += f" batch {batch_size}"
        if options.only not in f"train {name}" and options.only not in f"score {name}":
            continue
        row_count = max(rows // batch_size, 1) * batch_size
        steps = row_count // batch_size
        data = torch.rand(row_count, size)
        for threads in (1, 2):
            torch.set_num_threads(threads)
            model = make()
            if options.only in f"train {name}":
                times = seconds(training(model, data, batch_size), options.repeats)
                emit("train", name, threads, "µs per step", [1e6 * t / steps for t in times])
            if options.only in f"score {name}":
                times = seconds(scoring(model, data), options.repeats)
                emit("score", name, threads, "rows per second", [row_count / t for t in times])


if __name__ == "__main__":
    main()
