"""Writes float32 tensors by name into a safetensors file, with NumPy alone."""

import json
import struct

import numpy as np


def write(path, tensors):
    header, offset = {}, 0
    for name, values in tensors.items():
        size = 4 * values.size
        header[name] = {
            "dtype": "F32",
            "shape": list(values.shape),
            "data_offsets": [offset, offset + size],
        }
        offset += size
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head)
        for values in tensors.values():
            file.write(np.ascontiguousarray(values, dtype="<f4").tobytes())
