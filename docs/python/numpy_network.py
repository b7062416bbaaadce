"""An SRU of two layers in NumPy, written so that Eddy reads it.

    python3 numpy_network.py FOLDER

writes FOLDER/sru.safetensors, and FOLDER/sru.json with what the network says of some inputs.
"""

import json
import sys

import numpy as np

import safetensors_file

INPUTS, HIDDEN, LAYERS, OUTPUTS, STEPS = 3, 4, 2, 2, 6
random = np.random.default_rng(7)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class Layer:
    """W [D, 3H], candidate, forget and reset side by side; a fourth block where D is not H."""

    def __init__(self, inputs):
        self.projects = inputs != HIDDEN
        blocks = 4 if self.projects else 3
        self.weight = random.normal(0, 0.7, (inputs, blocks * HIDDEN)).astype("f4")
        self.recurrent = random.normal(0, 0.7, (2, HIDDEN)).astype("f4")  # v_f, v_r
        self.bias = random.normal(0, 0.7, (2, HIDDEN)).astype("f4")  # b_f, b_r
        self.alpha = np.ones(1, "f4")

    def step(self, x, c):
        blocks = np.split(x @ self.weight, len(self.weight[0]) // HIDDEN)
        u, forget, reset = blocks[:3]
        f = sigmoid(forget + self.recurrent[0] * c + self.bias[0])
        r = sigmoid(reset + self.recurrent[1] * c + self.bias[1])
        c = f * c + (1 - f) * u
        skipped = blocks[3] if self.projects else x
        return r * c + (1 - r) * self.alpha * skipped, c

    def tensors(self, number):
        return {
            f"layers.{number}.weight": self.weight,
            f"layers.{number}.recurrent": self.recurrent,
            f"layers.{number}.bias": self.bias,
            f"layers.{number}.highway-scale": self.alpha,
        }


layers = [Layer(INPUTS if number == 0 else HIDDEN) for number in range(LAYERS)]
head = random.normal(0, 0.7, (HIDDEN, OUTPUTS)).astype("f4")
head_bias = random.normal(0, 0.7, OUTPUTS).astype("f4")

tensors = {}
for number, layer in enumerate(layers):
    tensors.update(layer.tensors(number))
tensors.update({"head.weight": head, "head.bias": head_bias})
safetensors_file.write(f"{sys.argv[1]}/sru.safetensors", tensors)

inputs = random.normal(0, 1, (STEPS, INPUTS)).astype("f4")
states = [np.zeros(HIDDEN, "f4") for _ in layers]  # a key's first observation meets zeros
outputs = []
for x in inputs:
    for number, layer in enumerate(layers):
        x, states[number] = layer.step(x, states[number])
    outputs.append(x @ head + head_bias)

network = {"cell": "sru", "inputSize": INPUTS, "hiddenSize": HIDDEN, "layers": LAYERS,
           "outputSize": OUTPUTS}
with open(f"{sys.argv[1]}/sru.json", "w") as file:
    json.dump({"network": network, "inputs": inputs.ravel().tolist(),
               "outputs": np.ravel(outputs).tolist()}, file)
