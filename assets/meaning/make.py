#!/usr/bin/env python3
"""Makes meaning.bin, the table of word vectors: see README.md for the method and the sources.

usage: make.py --corpora FOLDER --cache FOLDER [--size 2.7] [--out ../meaning.bin]

The cache keeps what the teacher said, so that a second run only fits.
"""
import argparse
import hashlib
import json
import os
import time

import numpy as np

from fit import fit
from sentences import gather
from teacher import Teacher

BLOCK = 8192


def encoded(cache, teacher, name, texts):
    """The teacher's vectors of the texts, block by block, kept in the cache."""
    blocks, started = [], time.time()
    for at in range(0, len(texts), BLOCK):
        block = texts[at : at + BLOCK]
        key = hashlib.sha256("\n".join(block).encode()).hexdigest()[:16]
        path = os.path.join(cache, f"{name}-{at // BLOCK:03}-{key}.npy")
        if not os.path.exists(path):
            if not teacher:
                break
            vectors = teacher[0].encode(block).astype(np.float16)
            np.save(path + ".part.npy", vectors)
            os.replace(path + ".part.npy", path)
            print(f"{name}: {at + len(block)} of {len(texts)}, {time.time() - started:.0f} s", flush=True)
        blocks.append(np.load(path))
    return np.concatenate(blocks).astype(np.float32)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--corpora", required=True)
    args.add_argument("--cache", required=True)
    args.add_argument("--size", type=float, default=2.7)
    args.add_argument("--out", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "../meaning.bin"))
    args.add_argument("--encoded-only", action="store_true", help="fit on what is in the cache by now")
    args = args.parse_args()
    os.makedirs(args.cache, exist_ok=True)
    gathered = os.path.join(args.cache, f"gathered-{args.size}.json")
    if not os.path.exists(gathered):
        _, found, _ = gather(args.corpora, args.size)
        with open(gathered + ".part", "w", encoding="utf-8") as f:
            json.dump(found, f)
        os.replace(gathered + ".part", gathered)
    with open(gathered, encoding="utf-8") as f:
        found = json.load(f)
    print(len(found), "texts", flush=True)
    teacher = [Teacher()]
    texts = [t for _, _, t in found]
    vectors = encoded(args.cache, [] if args.encoded_only else teacher, "text", texts)
    fit(found[: len(vectors)], vectors, lambda words: encoded(args.cache, teacher, "word", words), args.out)


if __name__ == "__main__":
    main()
