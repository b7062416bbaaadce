"""An LSTM, a GRU and an RNN of PyTorch, written so that Eddy reads them.

    python3 torch_network.py FOLDER

writes FOLDER/lstm.safetensors and so on, and beside each, in lstm.json, what PyTorch's network
says of some inputs.
"""

import json
import sys

import torch

import safetensors_file

INPUTS, HIDDEN, LAYERS, OUTPUTS, STEPS = 3, 4, 2, 2, 6
torch.manual_seed(7)


def blocks(stacked, order):
    """PyTorch stacks gates by rows, [G * H, D]; Eddy has them side by side, [D, G * H]."""
    gates = torch.split(stacked, HIDDEN)
    return torch.cat([gates[gate] for gate in order]).T


def tensors(net, cell, head):
    order = {"lstm": [0, 1, 2, 3],  # i, f, g, o in both
             "gru": [1, 0, 2],  # PyTorch r, z, n; Eddy z, r, n
             "rnn": [0]}[cell]
    found = {}
    for number in range(LAYERS):
        weight = getattr(net, f"weight_ih_l{number}")
        recurrent = getattr(net, f"weight_hh_l{number}")
        b = torch.split(getattr(net, f"bias_ih_l{number}"), HIDDEN)
        b_h = torch.split(getattr(net, f"bias_hh_l{number}"), HIDDEN)
        if cell == "gru":  # the candidate's two biases stay apart: r scales the second
            bias = [b[1] + b_h[1], b[0] + b_h[0], b[2], b_h[2]]
            # PyTorch keeps z of the old state, Eddy takes z of the new: turn z's sign round.
            bias[0] = -bias[0]
        else:
            bias = [x + y for x, y in zip(b, b_h)]
        found[f"layers.{number}.weight"] = blocks(weight, order).clone()
        found[f"layers.{number}.recurrent"] = blocks(recurrent, order).clone()
        found[f"layers.{number}.bias"] = torch.cat(bias)
        if cell == "gru":
            found[f"layers.{number}.weight"][:, :HIDDEN] *= -1
            found[f"layers.{number}.recurrent"][:, :HIDDEN] *= -1
    found["head.weight"] = head.weight.T
    found["head.bias"] = head.bias
    return found


with torch.no_grad():
    for cell, kind in [("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU), ("rnn", torch.nn.RNN)]:
        net = kind(INPUTS, HIDDEN, LAYERS, batch_first=True)
        head = torch.nn.Linear(HIDDEN, OUTPUTS)
        inputs = torch.randn(1, STEPS, INPUTS)
        outputs = head(net(inputs)[0])
        safetensors_file.write(f"{sys.argv[1]}/{cell}.safetensors",
                               {name: t.numpy() for name, t in tensors(net, cell, head).items()})
        network = {"cell": cell, "inputSize": INPUTS, "hiddenSize": HIDDEN, "layers": LAYERS,
                   "outputSize": OUTPUTS}
        with open(f"{sys.argv[1]}/{cell}.json", "w") as file:
            json.dump({"network": network, "inputs": inputs.ravel().tolist(),
                       "outputs": outputs.ravel().tolist()}, file)
