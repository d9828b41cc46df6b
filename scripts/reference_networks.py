"""Writes the reference numbers of OddityNeuralNetworksTests with PyTorch.

    python3 scripts/reference_networks.py      (needs torch 2.13, CPU)

Every case holds a network, its parameters, a batch, and what PyTorch makes of them: output, loss,
gradients, or the parameters after ten steps of an optimizer. Dense weights are stored
[inputSize, outputSize], the transpose of torch's. The variants' random numbers are made here a second
time, as `COddityKernels.h` defines them, for step 0 of seed 5.
"""
import json
import math
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/OddityNeuralNetworksTests/Fixtures"
ACTIVATIONS = {
    "identity": torch.nn.Identity,
    "relu": torch.nn.ReLU,
    "leaky-relu(0.2)": lambda: torch.nn.LeakyReLU(0.2),
    "elu(0.7)": lambda: torch.nn.ELU(0.7),
    "gelu": torch.nn.GELU,
    "silu": torch.nn.SiLU,
    "tanh": torch.nn.Tanh,
    "sigmoid": torch.nn.Sigmoid,
    "softplus": torch.nn.Softplus,
}
LOSSES = {
    "mse": torch.nn.MSELoss,
    "mae": torch.nn.L1Loss,
    "huber(0.5)": lambda: torch.nn.HuberLoss(delta=0.5),
    "bce": torch.nn.BCELoss,
}
NORMALIZATIONS = {
    "batch": (
        {"type": "batchNormalization", "momentum": 0.1, "epsilon": 1e-5},
        lambda size: torch.nn.BatchNorm1d(size),
    ),
    "layer": (
        {"type": "layerNormalization", "epsilon": 1e-5},
        lambda size: torch.nn.LayerNorm(size),
    ),
}


def dense(output_size, use_bias=True):
    return {"type": "dense", "outputSize": output_size, "useBias": use_bias}


def activation(name):
    return {"type": "activation", "function": name}


def block(tensor):
    return [float(x) for x in tensor.detach().flatten().tolist()]


def tensors(modules, gradients=False):
    """Named tensors of the parameters, or of their gradients."""
    found = []
    for index, module in enumerate(modules):
        for name, parameter in module.named_parameters():
            value = parameter.grad if gradients else parameter.detach()
            if isinstance(module, torch.nn.Linear) and name == "weight":
                value = value.T
            found.append(stored(f"layers.{index}.{name}", value))
    return found


def state(modules):
    found = []
    for index, module in enumerate(modules):
        for name, value in module.named_buffers():
            if name in ("running_mean", "running_var"):
                found.append(stored(f"layers.{index}.{name}", value))
    return found


def stored(name, value):
    return {"name": name, "shape": list(value.shape), "values": block(value.contiguous())}


def network(function, output, normalization):
    """6-5-3-6 with the activation behind the first two dense layers.

    A bias before a normalization has no true gradient, only noise, which Adam would amplify.
    """
    layers = [dense(5, use_bias=not normalization)]
    modules = [torch.nn.Linear(6, 5, bias=not normalization)]
    if normalization:
        description, make = NORMALIZATIONS[normalization]
        layers.append(description)
        modules.append(make(5))
    for size in (3, 6):
        layers.append(activation(function))
        modules.append(ACTIVATIONS[function]())
        layers.append(dense(size))
        modules.append(torch.nn.Linear(layers_size(layers), size))
    if output != "identity":
        layers.append(activation(output))
        modules.append(ACTIVATIONS[output]())
    return {"inputSize": 6, "layers": layers}, torch.nn.Sequential(*modules)


def layers_size(layers):
    sizes = [layer["outputSize"] for layer in layers if layer["type"] == "dense"]
    return sizes[-2]


def randomize(model):
    """Numbers that are not all alike, also in normalizations and their running statistics."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.3 * torch.randn_like(parameter))
        model.train()
        model(torch.randn(9, 6))


def gradient_case(function, output, loss, normalization):
    description, model = network(function, output, normalization)
    randomize(model)
    inputs = torch.randn(4, 6, requires_grad=True)
    targets = torch.rand(4, 6)
    before, state_before = tensors(model), state(model)
    model.eval()
    scored = block(model(inputs))
    model.train()
    predicted = model(inputs)
    value = LOSSES[loss]()(predicted, targets)
    value.backward()
    return {
        "network": description, "loss": loss, "tensors": before + state_before,
        "inputs": block(inputs), "targets": block(targets), "output": scored,
        "trainingOutput": block(predicted), "trainingLoss": value.item(), "gradients": tensors(model, gradients=True),
        "inputGradient": block(inputs.grad), "stateAfter": state(model),
    }


def optimizer_case(name, options, make, clipping=None, normalization=None):
    description, model = network("relu", "sigmoid", normalization)
    randomize(model)
    data = torch.rand(8, 6)
    before = tensors(model) + state(model)
    optimizer = make(model.parameters())
    model.train()
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        value = torch.nn.MSELoss()(model(data), data)
        value.backward()
        if clipping:
            torch.nn.utils.clip_grad_norm_(model.parameters(), clipping)
        optimizer.step()
        losses.append(value.item())
    return {
        "name": name, "network": description, "optimizer": options, "clipping": clipping,
        "tensors": before, "inputs": block(data), "losses": losses,
        "after": tensors(model) + state(model),
    }


def philox(use, index, count):
    """Words of Philox4x32-10 (Salmon et al. 2011) under the key 5."""
    words = []
    for block_index in range((count + 3) // 4):
        c = [block_index, index & 0xFFFFFFFF, index >> 32, use]
        key = [5, 0]
        for _ in range(10):
            p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
            c = [p1 >> 32 ^ c[1] ^ key[0], p1 & 0xFFFFFFFF, p0 >> 32 ^ c[3] ^ key[1], p0 & 0xFFFFFFFF]
            key = [key[0] + 0x9E3779B9 & 0xFFFFFFFF, key[1] + 0xBB67AE85 & 0xFFFFFFFF]
        words += c
    return words[:count]


def normals(number, rows, columns):
    """Box and Muller's numbers: of each 256 words, 128 give radii and 128 angles."""
    words = philox(7, number, (rows * columns + 255) // 256 * 256)
    values = []
    for i in range(rows * columns):
        start = i // 256 * 256 + i % 128
        radius = math.sqrt(-2 * math.log(((words[start] >> 8) + 1) / 2**24))
        angle = 2 * math.pi * (words[start + 128] >> 8) / 2**24
        values.append(radius * (math.cos(angle) if i % 256 < 128 else math.sin(angle)))
    return torch.tensor(values).reshape(rows, columns)


def hits(number, rate, x):
    words = philox(7, number, x.numel())
    return torch.tensor([word < rate * 2**32 for word in words]).reshape(x.shape)


class Variant:
    """Runs a description with tensors of our own layout; penalties are collected on the way."""

    def __init__(self, parameters, training):
        self.parameters, self.training = parameters, training
        self.penalties = {}
        self.number = 0

    def penalize(self, name, value):
        self.penalties[name] = self.penalties.get(name, 0) + value

    def run(self, layers, x, prefix=""):
        for index, layer in enumerate(layers):
            number, self.number = self.number, self.number + 1
            tensor = lambda name, at=index: self.parameters[f"{prefix}layers.{at}.{name}"]
            kind = layer["type"]
            if kind == "dense":
                x = torch.nn.functional.linear(x, tensor("weight").T, tensor("bias"))
            elif kind == "tiedDense":
                x = torch.nn.functional.linear(x, tensor("weight", layer["to"]), tensor("bias"))
            elif kind == "activation":
                x = ACTIVATIONS[layer["function"]]()(x)
            elif kind == "residual":
                x = x + self.run(layer["layers"], x, f"{prefix}layers.{index}.")
            elif kind == "topK":
                kept = x.abs().topk(layer["k"]).indices
                x = torch.zeros_like(x).scatter(1, kept, x.gather(1, kept))
            elif kind == "variational":
                x = self.sample(layer, x, number)
            elif kind == "multiScaleNoise" and not self.training:
                x = torch.cat([x, torch.zeros(len(x), 1)], dim=1)
            elif self.training:
                x = self.disturb(layer, x, number)
        return x

    def disturb(self, layer, x, number):
        kind = layer["type"]
        if kind == "gaussianNoise":
            return x + layer["deviation"] * normals(number, *x.shape)
        if kind == "maskingNoise":
            return x.masked_fill(hits(number, layer["rate"], x), 0)
        if kind == "swapNoise":
            rows = torch.arange(len(x))[:, None].expand(x.shape)
            others = torch.tensor([w * (len(x) - 1) >> 32 for w in philox(8, number, x.numel())])
            others = (rows + 1 + others.reshape(x.shape)) % len(x)
            return x.gather(0, torch.where(hits(number, layer["rate"], x), others, rows))
        if kind == "multiScaleNoise":
            u = torch.tensor([(w >> 8) / 2**24 for w in philox(8, number, len(x))])[:, None]
            level = layer["low"] * (layer["high"] / layer["low"]) ** u
            return torch.cat([x + level * normals(number, *x.shape), u], dim=1)
        if kind == "activityPenalty":
            self.penalize("activity", layer["l1"] * x.abs().sum(1).mean())
        elif kind == "sparsityPenalty":
            target, mean = torch.distributions.Bernoulli(layer["target"]), x.mean(0)
            found = torch.distributions.Bernoulli(mean)
            divergence = torch.distributions.kl_divergence(target, found).sum()
            self.penalize("sparsity", layer["weight"] * divergence)
        return x

    def sample(self, layer, x, number):
        mean, log_variance = x.chunk(2, dim=1)
        log_variance = log_variance.clamp(-20, 20)
        if not self.training:
            return mean
        found = torch.distributions.Normal(mean, torch.exp(log_variance / 2))
        divergence = torch.distributions.kl_divergence(found, torch.distributions.Normal(0, 1))
        divergence = divergence.clamp(min=layer["freeBits"]).sum(1).mean()
        self.penalize("divergence", layer["klWeight"] * divergence)
        self.penalize("meanMagnitude", layer["meanL1"] * mean.abs().sum(1).mean())
        return mean + torch.exp(log_variance / 2) * normals(number, *mean.shape)


def gaussian_loss(predicted, targets):
    mean, log_variance = predicted.chunk(2, dim=1)
    variance = torch.exp(log_variance.clamp(-10, 10))
    return torch.nn.functional.gaussian_nll_loss(mean, targets, variance)


def shapes(layers, size, prefix=""):
    """Names and shapes of the parameters, in the order of the file."""
    found, sizes = {}, [size]
    for index, layer in enumerate(layers):
        name, size = f"{prefix}layers.{index}.", sizes[-1]
        if layer["type"] == "dense":
            found |= {name + "weight": [size, layer["outputSize"]], name + "bias": [layer["outputSize"]]}
            size = layer["outputSize"]
        elif layer["type"] == "tiedDense":
            size = sizes[layer["to"]]
            found[name + "bias"] = [size]
        elif layer["type"] == "residual":
            found |= shapes(layer["layers"], size, name)
        elif layer["type"] == "variational":
            size = layer["latentSize"]
        elif layer["type"] == "multiScaleNoise":
            size += 1
        sizes.append(size)
    return found


def variant_case(loss, *layers):
    parameters = {
        name: (0.5 * torch.randn(shape)).requires_grad_() for name, shape in shapes(layers, 6).items()
    }
    inputs = torch.randn(4, 6, requires_grad=True)
    targets = torch.rand(4, 6)
    scored = Variant(parameters, training=False).run(layers, inputs)
    model = Variant(parameters, training=True)
    predicted = model.run(layers, inputs)
    value = (gaussian_loss if loss == "gaussian" else LOSSES[loss]())(predicted, targets)
    (value + sum(model.penalties.values())).backward()
    return {
        "network": {"inputSize": 6, "layers": layers}, "loss": loss,
        "tensors": [stored(name, x) for name, x in parameters.items()],
        "inputs": block(inputs), "targets": block(targets), "output": block(scored),
        "trainingOutput": block(predicted), "trainingLoss": value.item(),
        "penalties": {name: x.item() for name, x in model.penalties.items()},
        "gradients": [stored(name, x.grad) for name, x in parameters.items()],
        "inputGradient": block(inputs.grad), "stateAfter": [],
    }


def variational(weight, l1=0, free_bits=0):
    return {"type": "variational", "latentSize": 3, "klWeight": weight, "warmUpSteps": 0,
            "meanL1": l1, "freeBits": free_bits}


def variant_cases():
    noises = [
        {"type": "gaussianNoise", "deviation": 0.3}, {"type": "maskingNoise", "rate": 0.4},
        {"type": "swapNoise", "rate": 0.5}, {"type": "multiScaleNoise", "low": 0.05, "high": 2},
    ]
    inner = [dense(5), activation("tanh")]
    cases = [variant_case("mse", noise, *inner, noise, dense(6)) for noise in noises]
    cases += [
        variant_case("mse", *inner, {"type": "activityPenalty", "l1": 0.2}, dense(6)),
        variant_case("mse", *inner, {"type": "topK", "k": 2}, dense(6)),
        variant_case("mse", dense(5), activation("sigmoid"),
                     {"type": "sparsityPenalty", "target": 0.05, "weight": 0.7}, dense(6)),
        variant_case("mse", *inner, {"type": "tiedDense", "to": 0}),
        variant_case("mse", dense(4), *inner, {"type": "tiedDense", "to": 1}, activation("gelu"),
                     {"type": "tiedDense", "to": 0}, activation("sigmoid")),
        variant_case("mse", {"type": "residual", "layers": [*inner, noises[0], dense(6)]},
                     noises[0], dense(6)),
        variant_case("gaussian", *inner, dense(12)),
    ]
    for settings in [(0,), (0.3,), (0.3, 0.2), (0.3, 0, 0.5), (0.3, 0.1, 0.2)]:
        cases.append(variant_case("mse", *inner, dense(6), variational(*settings), dense(6)))
    cases.append(variant_case("gaussian", *inner, dense(6), variational(0.2), dense(12)))
    return cases


def main():
    torch.manual_seed(1)
    torch.set_num_threads(1)
    cases = [gradient_case(name, "identity", "mse", None) for name in ACTIVATIONS]
    cases += [gradient_case("tanh", "identity", name, None) for name in LOSSES if name != "bce"]
    cases += [gradient_case("relu", name, "bce", None) for name in ("sigmoid",)]
    cases += [gradient_case("elu(0.7)", "sigmoid", name, None) for name in ("mse", "mae")]
    cases += [gradient_case("silu", "sigmoid", "mse", name) for name in NORMALIZATIONS]
    write("gradients.json", cases)

    adam = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    rate = 0.01
    write("optimizers.json", [
        optimizer_case("adam", {"adam": adam | {"weightDecay": 0}},
                       lambda p: torch.optim.Adam(p, lr=rate)),
        optimizer_case("adam with weight decay", {"adam": adam | {"weightDecay": 0.05}},
                       lambda p: torch.optim.Adam(p, lr=rate, weight_decay=0.05)),
        optimizer_case("adamW", {"adamW": adam | {"weightDecay": 0.05}},
                       lambda p: torch.optim.AdamW(p, lr=rate, weight_decay=0.05)),
        optimizer_case("sgd", {"sgd": {"momentum": 0, "weightDecay": 0}},
                       lambda p: torch.optim.SGD(p, lr=rate)),
        optimizer_case("sgd with momentum", {"sgd": {"momentum": 0.9, "weightDecay": 0.01}},
                       lambda p: torch.optim.SGD(p, lr=rate, momentum=0.9, weight_decay=0.01)),
        optimizer_case("clipped adam", {"adam": adam | {"weightDecay": 0}},
                       lambda p: torch.optim.Adam(p, lr=rate), clipping=0.05),
        optimizer_case("clipped sgd", {"sgd": {"momentum": 0.9, "weightDecay": 0}},
                       lambda p: torch.optim.SGD(p, lr=rate, momentum=0.9), clipping=0.05),
        optimizer_case("adam with batch normalization", {"adam": adam | {"weightDecay": 0}},
                       lambda p: torch.optim.Adam(p, lr=rate), normalization="batch"),
    ])
    write("variants.json", variant_cases())


def write(name, cases):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(json.dumps(cases, separators=(",", ":")) + "\n")
    print(f"{name}: {len(cases)} cases")


if __name__ == "__main__":
    main()
