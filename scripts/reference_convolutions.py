"""Writes the reference numbers of spatial layers and of losses of images for OddityNeuralNetworksTests with PyTorch.

    python3 scripts/reference_convolutions.py      (needs torch 2.13, CPU)

Every case of a network holds it, its tensors, a batch, and what PyTorch makes of them: the output in scoring and
in training, the loss, all gradients, and the tensors after ten steps of Adam. Rows and weights are stored as
the engine has them, channels last; PyTorch's layout is made of them inside the computation. Every case of a loss holds two batches of images, the loss and its gradient.
"""
import json
import math
import pathlib

import torch
from torch.nn import functional

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/OddityNeuralNetworksTests/Fixtures"
ACTIVATIONS = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}


def activation(name):
    return {"type": "activation", "function": name}


def dense(size):
    return {"type": "dense", "outputSize": size, "useBias": True}


def convolution(channels, kernel, stride=1, padding=0, dilation=1, groups=1, bias=True):
    return {"type": "convolution", "channels": channels, "kernel": kernel, "stride": stride,
            "padding": padding, "dilation": dilation, "groups": groups, "useBias": bias}


def transposed(channels, kernel, stride=1, padding=0, more=0, dilation=1, groups=1):
    return {"type": "transposedConvolution", "channels": channels, "kernel": kernel, "stride": stride,
            "padding": padding, "outputPadding": more, "dilation": dilation, "groups": groups,
            "useBias": True}


def pooling(kind, kernel, stride, padding=0):
    return {"type": kind, "kernel": kernel, "stride": stride, "padding": padding}


def upsampling(factor, interpolation):
    return {"type": "upsampling", "factor": factor, "interpolation": interpolation}


def reshape(*shape):
    return {"type": "reshape", "shape": list(shape)}


BATCH_NORMALIZATION = {"type": "batchNormalization", "momentum": 0.1, "epsilon": 1e-5}


def per_axis(value, axes):
    return [value] * axes if isinstance(value, int) else list(value)


def first(x):
    """Channels first, as PyTorch wants them."""
    return x.movedim(-1, 1)


def last(x):
    return x.movedim(1, -1)


class Model:
    """Runs a description; parameters are made when a layer is first met."""

    def __init__(self):
        self.parameters, self.state = {}, {}

    def parameter(self, index, name, shape, scale):
        key = f"layers.{index}.{name}"
        if key not in self.parameters:
            self.parameters[key] = (scale * torch.randn(shape)).requires_grad_()
        return self.parameters[key]

    def run(self, layers, x, training):
        for index, layer in enumerate(layers):
            x = getattr(self, layer["type"])(index, layer, x, training)
        return x.flatten(1)

    def activation(self, index, layer, x, training):
        return ACTIVATIONS[layer["function"]](x)

    def dense(self, index, layer, x, training):
        x = x.flatten(1)
        weight = self.parameter(index, "weight", [x.shape[1], layer["outputSize"]], x.shape[1] ** -0.5)
        return x @ weight + self.parameter(index, "bias", [layer["outputSize"]], 0.3)

    def flatten(self, index, layer, x, training):
        return x.flatten(1)

    def reshape(self, index, layer, x, training):
        return x.reshape(len(x), *layer["shape"])

    def convolution(self, index, layer, x, training):
        axes = x.dim() - 2
        kernel, channels, groups = per_axis(layer["kernel"], axes), layer["channels"], layer["groups"]
        shape = [*kernel, x.shape[-1] // groups, channels]
        weight = self.parameter(index, "weight", shape, math.prod(shape[:-1]) ** -0.5)
        bias = self.parameter(index, "bias", [channels], 0.3) if layer["useBias"] else None
        x, padding = first(x), layer["padding"]
        if padding == "causal":
            x, padding = functional.pad(x, (layer["dilation"] * (kernel[0] - 1), 0)), 0
        function = functional.conv1d if axes == 1 else functional.conv2d
        order = [axes + 1, axes, *range(axes)]
        return last(function(x, weight.permute(order), bias, layer["stride"], padding,
                             layer["dilation"], groups))

    def transposedConvolution(self, index, layer, x, training):
        axes = x.dim() - 2
        kernel, channels, groups = per_axis(layer["kernel"], axes), layer["channels"], layer["groups"]
        shape = [x.shape[-1], *kernel, channels // groups]
        weight = self.parameter(index, "weight", shape, (x.shape[-1] * 2) ** -0.5)
        bias = self.parameter(index, "bias", [channels], 0.3)
        function = functional.conv_transpose1d if axes == 1 else functional.conv_transpose2d
        order = [0, axes + 1, *range(1, axes + 1)]
        return last(function(first(x), weight.permute(order), bias, layer["stride"], layer["padding"],
                             layer["outputPadding"], groups, layer["dilation"]))

    def maximumPooling(self, index, layer, x, training):
        function = functional.max_pool1d if x.dim() == 3 else functional.max_pool2d
        return last(function(first(x), layer["kernel"], layer["stride"], layer["padding"]))

    def averagePooling(self, index, layer, x, training):
        function = functional.avg_pool1d if x.dim() == 3 else functional.avg_pool2d
        return last(function(first(x), layer["kernel"], layer["stride"], layer["padding"]))

    def upsampling(self, index, layer, x, training):
        if layer["interpolation"] == "nearest":
            return last(functional.interpolate(first(x), scale_factor=layer["factor"]))
        mode = "linear" if x.dim() == 3 else "bilinear"
        return last(functional.interpolate(first(x), scale_factor=layer["factor"], mode=mode,
                                           align_corners=False))

    def batchNormalization(self, index, layer, x, training):
        channels = x.shape[-1]
        weight = self.parameter(index, "weight", [channels], 1)
        bias = self.parameter(index, "bias", [channels], 0.3)
        mean = self.state.setdefault(f"layers.{index}.running_mean", torch.zeros(channels))
        variance = self.state.setdefault(f"layers.{index}.running_var", torch.ones(channels))
        return last(functional.batch_norm(first(x), mean, variance, weight, bias, training,
                                          layer["momentum"], layer["epsilon"]))

    def tensors(self):
        return [stored(name, x) for name, x in (self.parameters | self.state).items()]


def block(x):
    return [float(f"{value:.9g}") for value in x.detach().flatten().tolist()]


def stored(name, x):
    return {"name": name, "shape": list(x.shape), "values": block(x.contiguous())}


def case(shape, *layers, rows=5):
    model = Model()
    inputs = torch.rand(rows, *shape, requires_grad=True)
    model.run(layers, torch.rand(rows, *shape), training=True)
    tensors = model.tensors()
    output = model.run(layers, inputs, training=False)
    targets = torch.rand_like(output)
    before = {name: x.clone() for name, x in model.state.items()}
    predicted = model.run(layers, inputs, training=True)
    loss = functional.mse_loss(predicted, targets)
    loss.backward()
    result = {
        "network": {"inputShape": list(shape), "layers": layers}, "tensors": tensors,
        "inputs": block(inputs), "targets": block(targets), "rowCount": rows,
        "output": block(output), "trainingOutput": block(predicted), "loss": loss.item(),
        "gradients": [stored(name, x.grad) for name, x in model.parameters.items()],
        "inputGradient": block(inputs.grad), "stateAfter": [stored(*x) for x in model.state.items()],
    }
    model.state = before
    optimizer = torch.optim.Adam(model.parameters.values(), lr=0.01)
    result["losses"] = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = functional.mse_loss(model.run(layers, inputs.detach(), training=True), targets)
        loss.backward()
        optimizer.step()
        result["losses"].append(loss.item())
    result["after"] = model.tensors()
    return result


def window(size):
    count = min(11, size - 1 + size % 2)
    x = torch.arange(count, dtype=torch.float64) - count // 2
    x = torch.exp(-x * x / (2 * 1.5**2))
    return x / x.sum()


def similarity(x, y):
    """Means of luminance times structure, and of structure alone, of images [rows, channels, height, width]."""
    channels = x.shape[1]
    weight = window(x.shape[2])[:, None] * window(x.shape[3])
    weight = weight.expand(channels, 1, *weight.shape)
    mean = lambda z: functional.conv2d(z, weight, groups=channels)
    mx, my = mean(x), mean(y)
    luminance = (2 * mx * my + 1e-4) / (mx**2 + my**2 + 1e-4)
    covariance, variances = mean(x * y) - mx * my, mean(x * x) - mx**2 + mean(y * y) - my**2
    structure = (2 * covariance + 9e-4) / (variances + 9e-4)
    return (luminance * structure).mean((2, 3)), structure.mean((2, 3))


def multi_scale(x, y):
    parts = []
    while True:
        whole, structure = similarity(x, y)
        if len(parts) == 4 or min(x.shape[2:]) < 22:
            break
        parts.append(structure)
        x, y = functional.avg_pool2d(x, 2), functional.avg_pool2d(y, 2)
    exponents = torch.tensor([0.0448, 0.2856, 0.3001, 0.2363, 0.1333][: len(parts) + 1])
    product = 1
    for part, exponent in zip(parts + [whole], exponents / exponents.sum()):
        product = product * part.relu() ** exponent
    return product


def gradient_difference(x, y):
    z = x - y
    down, across = (z[..., 1:, :] - z[..., :-1, :]) ** 2, (z[..., 1:] - z[..., :-1]) ** 2
    count = (down.numel() + across.numel()) / len(z)
    return (down.sum() + across.sum()) / count / len(z)


def loss_case(name, weight, shape, rows=2):
    """Images of which the second resembles the first; everything in double precision."""
    expected = torch.rand(rows, *shape, dtype=torch.float64).float().double()
    predicted = (0.6 * expected + 0.4 * torch.rand(rows, *shape)).float().double().requires_grad_()
    x, y = predicted, expected
    if len(shape) == 2:
        x, y = x[:, None], y[:, None]
    x, y = first(x), first(y)
    if name == "gradient-difference":
        value = gradient_difference(x, y)
    elif name == "ssim":
        value = 1 - similarity(x, y)[0].mean()
    else:
        value = 1 - multi_scale(x, y).mean()
    value = value + weight * functional.mse_loss(predicted, expected)
    value.backward()
    return {"loss": f"{name}({weight})", "shape": list(shape), "predicted": block(predicted),
            "expected": block(expected), "value": value.item(), "gradient": block(predicted.grad)}


def main():
    torch.manual_seed(3)
    torch.set_num_threads(1)
    relu, tanh = activation("relu"), activation("tanh")
    cases = [
        case([8, 8, 1], convolution(4, 3, 2, 1), tanh, convolution(6, 3, 2, 1), tanh, dense(5), tanh,
             dense(24), tanh, reshape(2, 2, 6), transposed(4, 3, 2, 1, 1), tanh,
             transposed(1, 3, 2, 1, 1), activation("sigmoid")),
        case([12, 2], convolution(4, 4, 2, 1), tanh, convolution(4, 3, 1, "causal", 2), tanh,
             transposed(2, 4, 2, 1)),
        case([7, 6, 4], convolution(6, 3, 1, [2, 1], 2, 2), tanh, {"type": "flatten"}, dense(4)),
        case([5, 4, 3], convolution(4, [2, 3], [1, 2], 1, 1, 1, bias=False), BATCH_NORMALIZATION, relu,
             pooling("maximumPooling", 2, 1), upsampling(2, "linear"), convolution(2, 1)),
        case([4, 4, 2], transposed(4, [3, 2], [2, 1], [1, 0], [1, 0], [1, 2], 2), tanh,
             pooling("averagePooling", 3, 2, 1), upsampling(2, "nearest"), convolution(1, 3, 1, 1)),
        case([10, 3], pooling("averagePooling", 2, 2), convolution(4, 1, bias=False), BATCH_NORMALIZATION,
             tanh, upsampling(3, "linear"), pooling("maximumPooling", 3, 2, 1)),
    ]
    write("convolutions.json", cases)
    write("image-losses.json", [
        loss_case("ssim", 0, [14, 12, 2]), loss_case("ssim", 0.5, [6, 5, 1]), loss_case("ssim", 0, [20, 3]),
        loss_case("ms-ssim", 0, [23, 25, 2]), loss_case("ms-ssim", 0.3, [8, 8, 1]),
        loss_case("gradient-difference", 0.25, [5, 4, 3]),
    ])


def write(name, cases):
    (FOLDER / name).write_text(json.dumps(cases, separators=(",", ":")) + "\n")
    print(f"{name}: {len(cases)} cases")


if __name__ == "__main__":
    main()
