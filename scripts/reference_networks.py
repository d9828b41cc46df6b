"""Writes the reference numbers of NeuralNetworksTests with PyTorch.

    python3 scripts/reference_networks.py      (needs torch 2.13, CPU)

Every case holds a network, its parameters, a batch, and what PyTorch makes of them: output, loss,
gradients, or the parameters after ten steps of an optimizer. Dense weights are stored
[inputSize, outputSize], the transpose of torch's.
"""
import json
import pathlib

import torch

FOLDER = pathlib.Path(__file__).parent.parent / "Tests/NeuralNetworksTests/Fixtures"
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


def write(name, cases):
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / name).write_text(json.dumps(cases, separators=(",", ":")) + "\n")
    print(f"{name}: {len(cases)} cases")


if __name__ == "__main__":
    main()
