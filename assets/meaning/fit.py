"""From sentences and their teacher's vectors to one vector a word, and to the file."""
import collections
import struct

import numpy as np
import scipy.sparse as sp

from sentences import COLLOQUIAL, EVERYDAY, WordNet, words

DIMS = 128
MAGIC = b"QAMEAN01"
BLOCK = 16  # words that are front-coded together
LIMIT = 4_000_000  # bytes
RARE = 0.001  # `a` of a / (a + p): how much frequent words are weighted down at the start
PULL = 0.3  # how strongly a word is held at its start
STEPS = 40  # of conjugate gradients
SENSE = 0.3  # weight of "this word alone means what its gloss says"
RARELY = 0.3  # the same for a rare word's relatives
LISTED = 1.0  # the same for the list of colloquial senses


def bases(word):
    """The simpler forms to try for a word that is not in the table: as in `src/search/semantic/embedding_table.rs`."""
    def verb(stem):
        if stem[-1:] == stem[-2:-1]:
            yield stem[:-1]
        yield stem + "e"
        yield stem

    found = []
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    if word.endswith("s") and not word.endswith("ss"):
        found += [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    if word.endswith("ied"):
        found.append(word[:-3] + "y")
    if word.endswith("ed"):
        found += verb(word[:-2])
    if word.endswith("ing"):
        found += verb(word[:-3])
    if word.endswith("ly"):
        found.append(word[:-2])
    yield from (base for base in found if len(base) >= 3)


def principal(vectors):
    """The mean and the DIMS main directions of the vectors."""
    mean = vectors.mean(0)
    centred = vectors - mean
    _, directions = np.linalg.eigh(centred.T @ centred)
    directions = directions[:, ::-1][:, :DIMS]
    # The sign of a direction is arbitrary: fix it.
    return mean, directions * np.sign(directions[np.abs(directions).argmax(0), np.arange(DIMS)])


def unit(x):
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-9)


def solve(matrix, weights, targets, start, pull, steps):
    """argmin of sum of weights * |matrix x - targets|^2 + pull * |x - start|^2, by conjugate gradients."""
    weighted = matrix.multiply(weights[:, None]).tocsr()
    back = weighted.T.tocsr()
    x = start.copy()
    residual = back @ (targets - matrix @ x)
    # Jacobi's preconditioner: frequent words have far larger columns than rare ones.
    scale = 1.0 / (np.asarray(weighted.multiply(matrix).sum(0)).ravel()[:, None] + pull)
    z = scale * residual
    p, rz = z.copy(), (residual * z).sum(0)
    for _ in range(steps):
        ap = back @ (matrix @ p) + pull * p
        alpha = rz / np.maximum((p * ap).sum(0), 1e-20)
        x += alpha * p
        residual -= alpha * ap
        z = scale * residual
        new = (residual * z).sum(0)
        p = z + (new / np.maximum(rz, 1e-20)) * p
        rz = new
    return x


def bag(lists, index):
    """The matrix whose product with the word vectors is each text's mean."""
    rows, columns, values = [], [], []
    for i, text in enumerate(lists):
        known = [index[w] for w in text if w in index]
        for w in known:
            rows.append(i)
            columns.append(w)
            values.append(1.0 / len(known))
    return sp.csr_matrix((np.array(values, np.float32), (rows, columns)), shape=(len(lists), len(index)))


def vocabulary(lists, net):
    """Words that occur three times or more, and WordNet's that are used at all; with their counts."""
    counts = collections.Counter(w for text in lists for w in text)
    used = {l for (_, l), c in net.frequency.items() if c and l.isalpha() and l.islower()}
    # The reader's words have room for 31 bytes; other scripts have no vector.
    fit = lambda w: w.isascii() and len(w) <= 24 and not (w.isdigit() and len(w) > 4)
    return sorted(w for w in set(counts) | used if fit(w) and (counts[w] >= 3 or w in used)), counts


def fit(found, vectors, encode, out, report=print):
    net = WordNet()
    lists = [words(t) for _, _, t in found]
    vocab, counts = vocabulary(lists, net)
    index = {w: i for i, w in enumerate(vocab)}
    report(f"{len(lists)} texts, {len(vocab)} words")

    mean, directions = principal(vectors)
    kept = ((vectors - mean) @ directions).astype(np.float32)
    report(f"{DIMS} directions keep {(kept**2).sum() / ((vectors - mean) ** 2).sum():.3f}")
    targets = unit(kept)

    total = sum(counts.values())
    rarity = np.array([RARE / (RARE + counts[w] / total) for w in vocab], np.float32)[:, None]
    start = unit((encode(vocab) - mean) @ directions).astype(np.float32) * rarity

    matrix = bag(lists, index)
    full = np.asarray(matrix.sum(1)).ravel() > 0
    check = full & (np.arange(len(lists)) % 50 == 0)  # never fitted on: tells how good it is
    learn = full & ~check

    # "The word alone means its gloss", by the share of its uses.
    shares = net.shares()
    rows, weight, goal = [], [], []
    for i, (_, lemmas, text) in enumerate(found):
        for lemma in lemmas if learn[i] else ():
            lemma = lemma.lower().replace(" ", "_")
            if lemma in index and (lemma, text) in shares:
                rows.append(index[lemma])
                weight.append(SENSE * shares[lemma, text])
                goal.append(i)
    goals = [targets[goal] * rarity[rows]]

    # ... and, for a word that the teacher hardly knows, what its relatives in WordNet and our list mean.
    alone = start / rarity
    tagged = collections.Counter()
    for (_, lemma), count in net.frequency.items():
        tagged[lemma] += count
    relatives = [(word, share * RARELY, others) for word, share, others in net.relatives(shares) if tagged[word] < 4]
    pairs = (pair.split() for line in COLLOQUIAL.split("\n") for pair in line.split("|"))
    relatives += [(word, LISTED, [other]) for word, other in pairs]
    for word, strength, others in relatives:
        known = [index[o] for o in others if o in index]
        if word in index and known:
            rows.append(index[word])
            weight.append(strength)
            goals.append(unit(alone[known].mean(0, keepdims=True)) * rarity[index[word]])
    lone = sp.csr_matrix((np.ones(len(rows), np.float32), (np.arange(len(rows)), rows)), shape=(len(rows), len(vocab)))

    def cosine(x, which):
        return (unit(matrix[which] @ x) * targets[which]).sum(1).mean()

    report(f"at the start {cosine(start, check):.4f}")
    stacked = sp.vstack([matrix[learn], lone]).tocsr()
    goals = np.concatenate([targets[learn]] + goals)
    weights = np.concatenate([np.ones(learn.sum()), weight]).astype(np.float32)
    x = solve(stacked, weights, goals, start, PULL, STEPS).astype(np.float32)
    report(f"learnt {cosine(x, learn):.4f}, unseen {cosine(x, check):.4f}")
    keep = choose(vocab, index, counts, net, x)
    save(out, [vocab[i] for i in keep], x[keep], report)
    return vocab, x


def choose(vocab, index, counts, net, x):
    """The words that fit in the file: by frequency, without forms that their base stands for well."""
    units = unit(x)
    lemmas = {l for _, ls, _, _ in net.synsets for l in ls} | {w for ws in EVERYDAY.values() for w in ws.split()}

    def worth(word):
        """How often a word occurs; half of it for names and jargon."""
        return counts[word] * (1.0 if word in lemmas or any(b in lemmas for b in bases(word)) else 0.5)

    order = sorted(range(len(vocab)), key=lambda i: (-worth(vocab[i]), vocab[i]))
    length = np.linalg.norm(x, axis=1)
    dropped = set()
    for i in reversed(order):
        base = next((index[b] for b in bases(vocab[i]) if b in index), None)
        if base is None or base in dropped or counts[vocab[i]] > 400:
            continue
        near = units[i] @ units[base]
        if near > 0.8 and 0.6 < length[i] / length[base] < 1.6:
            dropped.add(i)
    kept, size = [], 64
    for i in order:
        if i not in dropped:
            size += DIMS + 2 + 4 / BLOCK + 6.2
            if size > LIMIT:
                break
            kept.append(i)
    return sorted(kept, key=lambda i: vocab[i].encode())


def save(path, vocab, x, report=print):
    """Head, scales, vectors, blocks' offsets, words; numbers little-endian: see src/search/semantic/embedding_table.rs."""
    largest = np.abs(x).max(1)
    step = largest.max() / 65535
    scales = np.maximum(1, np.rint(largest / step)).astype("<u2")
    numbers = np.rint(x / (scales[:, None] * step) * 127).clip(-127, 127).astype(np.int8)
    coded, offsets, last = bytearray(), [], b""
    for i, word in enumerate(w.encode() for w in vocab):
        if i % BLOCK == 0:
            offsets.append(len(coded))
            last = b""
        shared = 0
        while shared < min(len(word), len(last)) and word[shared] == last[shared]:
            shared += 1
        coded += bytes([shared, len(word) - shared]) + word[shared:]
        last = word
    head = MAGIC + struct.pack("<IHHIf", len(vocab), DIMS, BLOCK, len(coded), step / 127)
    data = head + scales.tobytes() + numbers.tobytes() + np.array(offsets, "<u4").tobytes() + bytes(coded)
    with open(path, "wb") as f:
        f.write(data)
    report(f"{len(vocab)} words, {len(data)} bytes, words {len(coded) / len(vocab):.1f} bytes each")


def load(path):
    """The words of a table and their vectors."""
    with open(path, "rb") as f:
        data = f.read()
    count, dims, block, size, step = struct.unpack("<IHHIf", data[8:24])
    at = 24
    scales = np.frombuffer(data, "<u2", count, at)
    at += 2 * count
    numbers = np.frombuffer(data, np.int8, count * dims, at).reshape(count, dims)
    at += count * dims + 4 * -(-count // block)
    vocab, last = [], b""
    for _ in range(count):
        shared, rest = data[at], data[at + 1]
        last = last[:shared] + data[at + 2 : at + 2 + rest]
        at += 2 + rest
        vocab.append(last.decode())
    return vocab, numbers * (scales[:, None] * np.float32(step))
