"""Writes the reference numbers of recurrent layers and of convolutions of series for OddityNeuralNetworksTests with PyTorch.

    .venv/bin/python scripts/reference_recurrent.py      (needs torch 2.13, CPU)

The cases have the form of `reference_convolutions.py`. Weights are stored transposed. Of the two biases of PyTorch
the second stays at zero, since the engine has one for both; only the last third of a GRU's, which is not simply
added to the first, is a parameter of its own.
"""
import torch

import reference_convolutions as convolutions
from reference_convolutions import activation, convolution, dense, transposed


class Model(convolutions.Model):
    def lstm(self, index, layer, x, training):
        return self.recurrent(index, layer, x, torch.nn.LSTM, 4)

    def gru(self, index, layer, x, training):
        return self.recurrent(index, layer, x, torch.nn.GRU, 3)

    def recurrent(self, index, layer, x, kind, gates):
        units, channels = layer["units"], x.shape[-1]
        both = layer["direction"] == "bidirectional"
        if layer["direction"] == "reverse":
            x = x.flip(1)
        module = kind(channels, units, batch_first=True, bidirectional=both)
        numbers = {}
        for prefix, suffix in [("", "_l0"), ("reverse_", "_l0_reverse")][: 1 + both]:
            weight = self.parameter(index, prefix + "weight", [channels, gates * units], channels**-0.5)
            recurrent = self.parameter(index, prefix + "recurrent_weight", [units, gates * units], units**-0.5)
            bias = self.parameter(index, prefix + "bias", [gates * units], 0.3)
            second = torch.zeros(gates * units)
            if kind is torch.nn.GRU:
                own = self.parameter(index, prefix + "recurrent_bias", [units], 0.3)
                second = torch.cat([torch.zeros(2 * units), own])
            numbers |= {"weight_ih" + suffix: weight.T, "weight_hh" + suffix: recurrent.T,
                        "bias_ih" + suffix: bias, "bias_hh" + suffix: second}
        states, last = torch.func.functional_call(module, numbers, (x,))
        if layer["returnsSequence"]:
            return states.flip(1) if layer["direction"] == "reverse" else states
        last = last[0] if kind is torch.nn.LSTM else last
        return last.movedim(0, 1).flatten(1)

    def repeatVector(self, index, layer, x, training):
        return x.flatten(1)[:, None].expand(-1, layer["count"], -1)


def recurrent(kind, units, sequence=True, direction="forward"):
    return {"type": kind, "units": units, "returnsSequence": sequence, "direction": direction}


def repeat(count):
    return {"type": "repeatVector", "count": count}


def main():
    torch.manual_seed(4)
    torch.set_num_threads(1)
    convolutions.Model = Model
    case, relu, tanh = convolutions.case, activation("relu"), activation("tanh")
    convolutions.write("recurrent.json", [
        case([6, 3], recurrent("lstm", 5)),
        case([6, 3], recurrent("gru", 5)),
        case([7, 2], recurrent("lstm", 4, direction="bidirectional"),
             recurrent("lstm", 3, False, "bidirectional")),
        case([7, 2], recurrent("gru", 4, direction="bidirectional"),
             recurrent("gru", 3, False, "bidirectional")),
        case([6, 3], recurrent("lstm", 4, False), dense(3), tanh, repeat(6),
             recurrent("lstm", 4, direction="reverse"), convolution(3, 1)),
        case([6, 3], recurrent("gru", 4, False, "reverse"), repeat(6), recurrent("gru", 4), convolution(3, 1)),
        # A convolutional autoencoder of series.
        case([16, 3], convolution(4, 5, 1, "causal", 2), relu, convolution(6, 4, 2, 1), tanh,
             convolution(4, 3, 1, 3, 3, 2), tanh, transposed(6, 3, 2, 1, 1, 1, 2), tanh,
             transposed(3, 3, 1, 2, 0, 2)),
    ])


if __name__ == "__main__":
    main()
