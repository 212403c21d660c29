"""Makes the references of tests/encoder: what the teacher's tokenizer and the teacher itself give for texts of our own.

    tokens.jsonl      2,000 texts of every kind, each with the ids of its tokens in encoder.bin
    sentences.txt     200 sentences, one a line
    teacher.bin       the teacher's vector of each, one byte a number, 127 for the largest
    rounded.bin       the same of the teacher with the weights of encoder.bin
"""
import importlib.util
import json
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "meaning"))
import numpy as np  # noqa: E402
import teacher  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402
from weights import folder, vocabulary, weights  # noqa: E402

spec = importlib.util.spec_from_file_location("encoder_make", os.path.join(HERE, "make.py"))
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)

OUTPUT = os.path.join(HERE, "..", "..", "tests", "encoder")
LONGEST = 128

SUBJECTS = """my neighbour|the new intern|our landlord|a good friend|the night nurse|the bakery|this printer|an old laptop
the spare tyre|our youngest son|the choir|a stray cat|the insurance company|my bank|the garden hose|the second engineer
her brother|the test server|a large kettle|the swimming pool|the museum guide|a rented bike|the tax office|the ferry
""".replace("\n", "|").strip("|").split("|")
VERBS = """keeps losing|wants to replace|has never seen|cannot open|would rather borrow|forgot to return|is afraid of
carefully repaired|complains about|is looking for|paid too much for|explained how to clean|decided to sell|measured
quietly admired|asked me to translate|stopped using|accidentally deleted|is proud of|cannot stand the smell of
""".replace("\n", "|").strip("|").split("|")
OBJECTS = """the front door key|a bowl of noodles|the monthly report|old photographs|the configuration file|wet towels
a second passport|the loudest alarm clock|last year's receipts|an unpaid invoice|the coffee grinder|two hundred chairs
a broken zip|the database backup|his left shoe|the winter timetable|a jar of honey|tickets for the opera|the lawn mower
""".replace("\n", "|").strip("|").split("|")
ENDS = """before breakfast|on a rainy Tuesday|without telling anyone|for the third time this week|because it was cheap
whenever guests arrive|in the middle of the night|although nobody asked|near the railway station|after a long argument
""".replace("\n", "|").strip("|").split("|")
FRAMES = [
    "{s} {v} {o}", "Why is it that {s} {v} {o}?", "What should I do when {s} {v} {o} {e}?", "{o}", "{s} and {o}",
    "How do I tell whether {s} {v} {o}?", "Is it normal that {s} {v} {o} {e}, and can it be changed?",
    "{s} {v} {o} {e}. Meanwhile {t} {w} {p}. In the end {s} gave up.", "can't find {o} {e}", "{e}, {s} {v} {o}",
    "Explain to {s} the difference between {o} and {p}.", "{v} {o}", "Where does {s} keep {o}?", "{o}: {p}, {e}",
]
CODE = """let x = vec![1, 2, 3];|git rebase -i HEAD~3|SELECT name FROM users WHERE id = 42;|foo(bar->baz[7]);|a != b && c <= d
/usr/local/share/man/man1|C:\\Windows\\System32\\drivers|https://example.org/a/b?c=d&e=%20f#top|me+tag@example.co.uk
for (int i = 0; i < 10; ++i) {}|<div class="x">&nbsp;</div>|3.14159e-10|0xDEADBEEF|v1.2.3-rc.4+build.5|{"key": [null, true]}
$HOME/.config/qa/config.toml|ls -la | grep '^d'|s/\\bfoo\\b/bar/g|@media (max-width: 600px)|#!/usr/bin/env python3
CamelCaseIdentifier|snake_case_name|kebab-case-name|SCREAMING_CASE|x86_64-unknown-linux-gnu|utf8mb4_0900_ai_ci
""".replace("\n", "§").replace("|", "§").replace("§ grep", "| grep").strip("§").split("§")
FOREIGN = """Où est la clé de l'hôtel ?|El niño comió piñas y güisqui.|Größenänderungsgeschäft, Straße, Füße|İstanbul'da ışık
Můj žlutý kůň už spí v řece|Ærøskøbing og Ålborg|Đặng Thị Thuý|smørrebrød|ἀγάπη και λόγος|αβγ ΔΣΩ ς|Привет, как дела?|ёлка Йод
你好，世界|密码忘记了怎么办|東京タワーはどこですか|パスワードを忘れた|비밀번호를 잊었어요|كيف حالك؟|שלום עולם|नमस्ते दुनिया|สวัสดี
ﬁne ﬂow ﬃ|ｆｕｌｌ　ｗｉｄｔｈ|①②③|½ ¼ ⅓|x² + y³ = z⁴|H₂O → CO₂ ⇌ O₂|∀x∈ℝ: x≥0 ⇒ √x∈ℝ|5 € = £4.30 = ¥800 = ₹450|100 °C ± 0.5 %
😀 😀😀 👩‍👩‍👧‍👦|🇩🇪🇫🇷|👍🏽 ok|❤️ love|★★★☆☆|“quoted” ‘single’ «angled» „low“|em—dash en–dash hy‐phen|wait… what|naïve café résumé
nai\u0308ve cafe\u0301 re\u0301sume\u0301|A\u030angstro\u0308m|q\u0323\u0307|\u0301\u0301 alone|a\u200bb\u200dc|\ufeffstart|soft\u00adhyphen|nb\u00a0space|line\u2028sep
tab\there|new\nline|carriage\r\nreturn|nul\u0000byte|bell\u0007|esc\u001b[31mred|del\u007f|\ufffd bad|\ue000 private|\u0085next|\u3000ideographic
""".replace("\n", "|").strip("|").split("|")
LETTERS = [(0x20, 0x7E), (0xA1, 0x17F), (0x180, 0x24F), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x5D0, 0x5EA),
           (0x620, 0x64A), (0x905, 0x939), (0x1E00, 0x1EFF), (0x2010, 0x2044), (0x20A0, 0x20B5), (0x2100, 0x214F),
           (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2500, 0x257F), (0x3041, 0x3096), (0x4E00, 0x4FFF), (0xAC00, 0xAC80),
           (0x1F600, 0x1F64F)]


def sentence(r):
    names = {"s": SUBJECTS, "t": SUBJECTS, "v": VERBS, "w": VERBS, "o": OBJECTS, "p": OBJECTS, "e": ENDS}
    text = r.choice(FRAMES).format(**{k: r.choice(v) for k, v in names.items()})
    return text[0].upper() + text[1:] if r.random() < 0.7 else text


def paragraph(r, most=12):
    return " ".join(sentence(r).rstrip(".?") + r.choice([".", ".", "?", "!"]) for _ in range(r.randint(2, most)))


def jumble(r):
    """Words of random letters, of one block or of several."""
    blocks = r.sample(LETTERS, r.randint(1, 3))
    word = lambda: "".join(chr(r.randint(*r.choice(blocks))) for _ in range(r.randint(1, 8)))  # noqa: E731
    return " ".join(word() for _ in range(r.randint(1, 5)))


def mangled(r):
    """A sentence as people type it: cut, doubled, swapped and shouted letters."""
    text = list(sentence(r))
    for _ in range(r.randint(1, 4)):
        at = r.randrange(len(text))
        text[at : at + 1] = r.choice([[], [text[at]] * 2, [text[at].upper()], [" "], ["-"], ["'"], [".", "."]])
    text = "".join(text)
    return text.upper() if r.random() < 0.15 else text[: r.randint(1, len(text))] if r.random() < 0.3 else text


def texts_of_every_kind(r):
    yield from ["", " ", "\n", "a", "?", "a" * 100, "a" * 101, "ab" * 60, "hello" * 30 + " end", "1" * 200, "- " * 200]
    yield from CODE + FOREIGN
    yield from (f"{r.choice(CODE)} {r.choice(FOREIGN)}" for _ in range(150))
    yield from (f"{sentence(r)} {r.choice(FOREIGN)}" for _ in range(150))
    yield from (paragraph(r) for _ in range(60))
    kinds = [sentence, mangled, mangled, jumble, jumble]
    while True:
        yield r.choice(kinds)(r)


def tokenizer(kept):
    """The teacher's tokenizer with the vocabulary of the asset."""
    with open(os.path.join(folder(), "tokenizer.json"), encoding="utf-8") as f:
        about = json.load(f)
    ids = {token: n for n, token in enumerate(kept)}
    about["model"]["vocab"] = ids
    about["added_tokens"] = [dict(t, id=ids[t["content"]]) for t in about["added_tokens"] if t["content"] in ids]
    for name, special in about["post_processor"]["special_tokens"].items():
        special["ids"] = [ids[name]]
    about["padding"], about["truncation"]["max_length"] = None, LONGEST
    return Tokenizer.from_str(json.dumps(about))


def rounded(w):
    """The teacher's weights as they are in the asset."""
    def as_kept(name, weights):
        if "word_embeddings" in name:
            bits = make.TOKEN_BITS
        elif ".layer." in name and weights.ndim == 2:
            bits = make.LAYER_BITS
        else:
            return weights
        return make.restore(*make.quantise(weights, bits), weights.shape)

    return {name: as_kept(name, weights) for name, weights in w.items()}


def encoded(w, texts):
    teacher.weights = lambda: w
    vectors = teacher.Teacher(longest=LONGEST).encode(texts)
    return np.rint(vectors / np.abs(vectors).max(1, keepdims=True) * 127).astype(np.int8)


def main():
    r = random.Random(21)
    os.makedirs(OUTPUT, exist_ok=True)
    ours = tokenizer([token for token in vocabulary() if make.is_kept(token)])
    texts, seen = texts_of_every_kind(r), set()
    with open(os.path.join(OUTPUT, "tokens.jsonl"), "w", encoding="utf-8") as f:
        while len(seen) < 2000:
            text = next(texts)
            if text not in seen:
                seen.add(text)
                record = {"text": text, "ids": ours.encode(text).ids}
                f.write(json.dumps(record, separators=(",", ":")) + "\n")
    sentences = [sentence(r) for _ in range(160)] + [paragraph(r, 4) for _ in range(40)]
    with open(os.path.join(OUTPUT, "sentences.txt"), "w", encoding="utf-8") as f:
        f.write("\n".join(sentences) + "\n")
    w = weights()
    for name, given in (("teacher", w), ("rounded", rounded(w))):
        encoded(given, sentences).tofile(os.path.join(OUTPUT, name + ".bin"))


if __name__ == "__main__":
    main()
