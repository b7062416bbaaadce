"""Works out golden vectors for every cell, apart from all of Eddy's code.

    python3 golden_vectors.py > golden-vectors.json

Straight from the papers' equations, one unit at a time, each gate with matrices of its own, in
decimal arithmetic of 40 digits; only what is printed is laid out as Eddy's tensors are. Weights,
inputs and states are multiples of 1/16, which a float holds exactly.
"""

import json
import random
from decimal import Decimal, getcontext

getcontext().prec = 40


def sigmoid(x):
    return 1 / (1 + (-x).exp())


def tanh(x):
    return 1 - 2 / (1 + (2 * x).exp())


def draw(source, rows, columns=None):
    """A vector, or a matrix as a list of rows."""
    if columns is None:
        return [Decimal(source.randint(-12, 12)) / 16 for _ in range(rows)]
    return [draw(source, columns) for _ in range(rows)]


def product(x, matrix, unit):
    """Of a row vector with one column."""
    return sum((x[k] * matrix[k][unit] for k in range(len(x))), Decimal(0))


class Sru:
    """Lei et al. 2018, arXiv:1709.02755v5, equations 1 to 4."""

    states = 1

    def __init__(self, source, inputs, hidden):
        self.W, self.W_f, self.W_r = (draw(source, inputs, hidden) for _ in range(3))
        self.W_x = None if inputs == hidden else draw(source, inputs, hidden)
        self.v_f, self.v_r, self.b_f, self.b_r = (draw(source, hidden) for _ in range(4))
        self.alpha = Decimal("1.25") if inputs == hidden else Decimal(1)

    def step(self, x, state):
        h, after = [], []
        for j, c in enumerate(state):
            f = sigmoid(product(x, self.W_f, j) + self.v_f[j] * c + self.b_f[j])
            r = sigmoid(product(x, self.W_r, j) + self.v_r[j] * c + self.b_r[j])
            after.append(f * c + (1 - f) * product(x, self.W, j))
            skipped = product(x, self.W_x, j) if self.W_x else x[j]
            h.append(r * after[j] + (1 - r) * self.alpha * skipped)
        return h, after

    def tensors(self):
        blocks = [self.W, self.W_f, self.W_r] + ([self.W_x] if self.W_x else [])
        return {
            "weight": side_by_side(blocks),
            "recurrent": [self.v_f, self.v_r],
            "bias": [self.b_f, self.b_r],
            "highway-scale": [self.alpha],
        }


class Lstm:
    """Gers, Schmidhuber, Cummins 2000 (forget gate); Gers et al. 2002 (peepholes)."""

    states = 2

    def __init__(self, source, inputs, hidden, peephole):
        self.W = {gate: draw(source, inputs, hidden) for gate in "ifgo"}
        self.R = {gate: draw(source, hidden, hidden) for gate in "ifgo"}
        self.b = {gate: draw(source, hidden) for gate in "ifgo"}
        self.peephole = peephole
        self.p = {gate: draw(source, hidden) if peephole else [0] * hidden for gate in "ifo"}

    def net(self, gate, x, h, j):
        return product(x, self.W[gate], j) + product(h, self.R[gate], j) + self.b[gate][j]

    def step(self, x, state):
        hidden = len(state) // 2
        before, cells = state[:hidden], state[hidden:]
        h, c = [], []
        for j in range(hidden):
            i = sigmoid(self.net("i", x, before, j) + self.p["i"][j] * cells[j])
            f = sigmoid(self.net("f", x, before, j) + self.p["f"][j] * cells[j])
            c.append(f * cells[j] + i * tanh(self.net("g", x, before, j)))
            o = sigmoid(self.net("o", x, before, j) + self.p["o"][j] * c[j])
            h.append(o * tanh(c[j]))
        return h, h + c

    def tensors(self):
        tensors = {
            "weight": side_by_side([self.W[gate] for gate in "ifgo"]),
            "recurrent": side_by_side([self.R[gate] for gate in "ifgo"]),
            "bias": sum((self.b[gate] for gate in "ifgo"), []),
        }
        if self.peephole:
            tensors["peephole"] = [self.p[gate] for gate in "ifo"]
        return tensors


class Gru:
    """Cho et al. 2014, arXiv:1406.1078v1; the candidate's two products each with a bias."""

    states = 1

    def __init__(self, source, inputs, hidden):
        self.W = {gate: draw(source, inputs, hidden) for gate in "zrn"}
        self.U = {gate: draw(source, hidden, hidden) for gate in "zrn"}
        self.b = {name: draw(source, hidden) for name in "zrnm"}

    def step(self, x, state):
        after = []
        for j, h in enumerate(state):
            z = sigmoid(product(x, self.W["z"], j) + product(state, self.U["z"], j) + self.b["z"][j])
            r = sigmoid(product(x, self.W["r"], j) + product(state, self.U["r"], j) + self.b["r"][j])
            recurrent = product(state, self.U["n"], j) + self.b["m"][j]
            n = tanh(product(x, self.W["n"], j) + self.b["n"][j] + r * recurrent)
            after.append((1 - z) * h + z * n)
        return after, after

    def tensors(self):
        return {
            "weight": side_by_side([self.W[gate] for gate in "zrn"]),
            "recurrent": side_by_side([self.U[gate] for gate in "zrn"]),
            "bias": sum((self.b[name] for name in "zrnm"), []),
        }


class Rnn:
    """Elman 1990; leaky as in Jaeger et al. 2007, with tanh of the whole net input."""

    states = 1

    def __init__(self, source, inputs, hidden, leak):
        self.W, self.R = draw(source, inputs, hidden), draw(source, hidden, hidden)
        self.b = draw(source, hidden)
        self.leak = Decimal(str(leak))

    def step(self, x, state):
        after = []
        for j, h in enumerate(state):
            new = tanh(product(x, self.W, j) + product(state, self.R, j) + self.b[j])
            after.append((1 - self.leak) * h + self.leak * new)
        return after, after

    def tensors(self):
        return {"weight": self.W, "recurrent": self.R, "bias": self.b}


def side_by_side(matrices):
    return [sum(rows, []) for rows in zip(*matrices)]


def flat(values):
    if isinstance(values, list):
        return [number for value in values for number in flat(value)]
    return [float(values)]


def case(name, cell, make, seed, inputs=3, hidden=5, layers=2, steps=4, outputs=2, **options):
    source = random.Random(seed)
    stack = [make(source, hidden if layer else inputs, hidden, **options) for layer in range(layers)]
    network = dict(cell=cell, inputSize=inputs, hiddenSize=hidden, layers=layers,
                   outputSize=outputs, **options)
    return walked(name, network, source, stack, [hidden] * layers, steps)


def mixed(name, seed, inputs, layers, outputs=2, steps=4):
    """Of layers that differ: a cell, how it is made, its units and its options each."""
    source = random.Random(seed)
    widths = [inputs] + [hidden for _, _, hidden, _ in layers]
    stack = [make(source, below, hidden, **options)
             for below, (_, make, hidden, options) in zip(widths, layers)]
    network = dict(inputSize=inputs, outputSize=outputs,
                   layers=[dict(cell=cell, hiddenSize=hidden, **options)
                           for cell, _, hidden, options in layers])
    return walked(name, network, source, stack, widths[1:], steps)


def walked(name, network, source, stack, widths, steps):
    inputs, outputs = network["inputSize"], network["outputSize"]
    head, head_bias = draw(source, widths[-1], outputs), draw(source, outputs)
    observations = draw(source, steps, inputs)
    states = [draw(source, hidden * layer.states) for hidden, layer in zip(widths, stack)]
    result = {
        "name": name,
        "network": network,
        "tensors": {},
        "inputs": flat(observations),
        "before": flat(states),
        "outputs": [],
    }
    for number, layer in enumerate(stack):
        for tensor, values in layer.tensors().items():
            result["tensors"][f"layers.{number}.{tensor}"] = flat(values)
    result["tensors"]["head.weight"] = flat(head)
    result["tensors"]["head.bias"] = flat(head_bias)
    for x in observations:
        for number, layer in enumerate(stack):
            x, states[number] = layer.step(x, states[number])
        result["outputs"] += [float(product(x, head, o) + head_bias[o]) for o in range(outputs)]
    result["after"] = flat(states)
    return result


def main():
    cases = [
        case("sru, plain", "sru", Sru, 1, inputs=5),
        case("sru, projected", "sru", Sru, 2, layers=3),
        case("lstm", "lstm", Lstm, 3, peephole=False),
        case("lstm, peephole", "lstm", Lstm, 4, peephole=True),
        case("gru", "gru", Gru, 5, layers=3),
        case("rnn", "rnn", Rnn, 6, layers=3, leak=1),
        case("rnn, leaky", "rnn", Rnn, 7, leak=0.3),
        mixed("sru under lstm", 8, 3, [("sru", Sru, 6, {}), ("lstm", Lstm, 4, dict(peephole=False))]),
        mixed("all cells", 9, 5, [("lstm", Lstm, 5, dict(peephole=True)), ("sru", Sru, 5, {}),
                                  ("gru", Gru, 3, {}), ("rnn", Rnn, 6, dict(leak=0.25)),
                                  ("sru", Sru, 4, {})]),
    ]
    print("[" + ",\n\n".join(text(one) for one in cases) + "]")


def text(one):
    """A line for each tensor."""
    return json.dumps(one).replace("], ", "],\n").replace("}, ", "},\n")


main()
