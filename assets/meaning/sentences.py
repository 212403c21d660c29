"""The sentences that the table is fitted on: short, English, from openly licensed sources only.

Every source is a function that gives texts; README.md tells their licences and versions.
"""
import collections
import csv
import glob
import importlib.util
import json
import os
import random
import re
import subprocess
import unicodedata

WORDNET = "/usr/share/wordnet"
WORD = re.compile(r"[a-z0-9_]+(?:'(?:s|t|ll|re|ve|d|m)(?![a-z0-9_]))?")
SIGNED = re.compile(r"(?<![a-z0-9])([a-z0-9]{1,2})(\+\+|#)(?![a-z0-9])")


def words(text):
    """The folded words of a text, as `text::words` of the program gives them (no variants)."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    out = []
    for word in WORD.findall(SIGNED.sub(r"\1", text)):
        if word.endswith("'s"):
            word = word[:-2]
        word = word.replace("'", "").strip("_")
        if word:
            out.append(word)
    return out


def sentences(text, shortest=3, longest=22):
    """The sentences of a plain text that are neither fragments nor long."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n{2,}", text):
        sentence = re.sub(r"\s+", " ", sentence).strip()
        if shortest <= len(sentence.split()) <= longest and len(sentence) < 160:
            yield sentence


def english(text):
    """Whether a text is mostly ASCII letters."""
    return sum(c.isascii() and (c.isalpha() or c == " ") for c in text) > 0.8 * len(text)


# --- WordNet ---------------------------------------------------------------------------------


class WordNet:
    """Princeton WordNet's synsets, senses' frequencies and irregular forms."""

    def __init__(self):
        self.synsets = []  # (part of speech, lemmas, gloss's definitions, examples)
        for name in ("noun", "verb", "adj", "adv"):
            with open(f"{WORDNET}/data.{name}", encoding="latin-1") as f:
                for line in f:
                    if not line.startswith("  "):
                        self.synsets.append(self.synset(name, line))
        self.frequency = collections.Counter()  # (part of speech, lemma) -> how often tagged
        parts = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
        with open(f"{WORDNET}/cntlist.rev", encoding="latin-1") as f:
            for line in f:
                key, _, count = line.split()
                lemma, rest = key.split("%")
                self.frequency[parts[rest[0]], lemma.replace("_", " ")] += int(count)
        self.irregular = collections.defaultdict(list)  # (part of speech, lemma) -> forms
        for name in ("noun", "verb", "adj"):
            with open(f"{WORDNET}/{name}.exc", encoding="latin-1") as f:
                for line in f:
                    form, *lemmas = line.split()
                    for lemma in lemmas:
                        self.irregular[name, lemma].append(form)

    @staticmethod
    def synset(name, line):
        fields, gloss = line.split(" | ", 1)
        fields = fields.split()
        lemmas = [fields[4 + 2 * i].split("(")[0].replace("_", " ") for i in range(int(fields[3], 16))]
        examples = re.findall(r'"([^"]{8,})"', gloss)
        definition = re.split(r';\s*"|:\s*"', gloss)[0].strip(' ;\n')
        definition = re.sub(r"^\([^)]*\)\s*", "", definition)
        return name, lemmas, definition, examples

    def glosses(self):
        """(lemmas, text): each synset as "lemmas: definition"; names of species are left out."""
        for _, lemmas, definition, _ in self.synsets:
            if all(l[0].isupper() and len(l.split()) <= 2 for l in lemmas) and "genus" in definition:
                continue
            if definition:
                yield lemmas, self.gloss(lemmas, definition)

    def shares(self):
        """(lemma, its synset's text in `glosses`) -> which part of the lemma's uses has that sense."""
        counts = collections.defaultdict(lambda: 1.0)
        parts = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
        with open(f"{WORDNET}/cntlist.rev", encoding="latin-1") as f:
            for line in f:
                key, number, count = line.split()
                lemma, rest = key.split("%")
                counts[lemma, parts[rest[0]], int(number)] += int(count)
        by_offset = {}
        for name in ("noun", "verb", "adj", "adv"):
            with open(f"{WORDNET}/data.{name}", encoding="latin-1") as f:
                for line in f:
                    if not line.startswith("  "):
                        _, lemmas, definition, _ = self.synset(name, line)
                        by_offset[name, line[:8]] = self.gloss(lemmas, definition)
        shares = collections.Counter()
        for name in ("noun", "verb", "adj", "adv"):
            with open(f"{WORDNET}/index.{name}", encoding="latin-1") as f:
                for line in f:
                    if not line.startswith("  "):
                        fields = line.split()
                        for i, offset in enumerate(fields[-int(fields[2]) :], 1):
                            shares[fields[0], by_offset[name, offset]] += counts[fields[0], name, i]
        total = collections.Counter()
        for (lemma, _), n in shares.items():
            total[lemma] += n
        return {(lemma, text): n / total[lemma] for (lemma, text), n in shares.items()}

    def relatives(self, shares):
        """(word, share of the sense, words that mean the same or more generally) for single words."""
        synsets, wider = {}, {}
        for name in ("noun", "verb", "adj", "adv"):
            with open(f"{WORDNET}/data.{name}", encoding="latin-1") as f:
                for line in f:
                    if not line.startswith("  "):
                        _, lemmas, definition, _ = self.synset(name, line)
                        fields = line.split(" | ")[0].split()
                        pointers = fields[5 + 2 * int(fields[3], 16) :]
                        offsets = [o for sign, o in zip(pointers, pointers[1:]) if sign in ("@", "&") and o.isdigit()]
                        synsets[name, line[:8]] = lemmas, self.gloss(lemmas, definition)
                        wider[name, line[:8]] = [(name, o) for o in offsets]
        for key, (lemmas, text) in synsets.items():
            near = lemmas + [l for o in wider[key] if o in synsets for l in synsets[o][0]]
            for lemma in lemmas:
                others = {l.lower() for l in near if l.isalpha()} - {lemma.lower()}
                if lemma.isalpha() and others:
                    yield lemma.lower(), shares[lemma.lower(), text], sorted(others)

    @staticmethod
    def gloss(lemmas, definition):
        first = " ".join(definition.split(";")[0].split()[:16])
        return f"{', '.join(lemmas[:3])}: {first}"

    def examples(self):
        for _, _, _, examples in self.synsets:
            yield from (e for e in examples if len(e.split()) >= 3)

    def verb_forms(self, verb):
        """(third person, past, -ing) of a verb, irregular forms from WordNet's own list."""
        known = self.irregular["verb", verb]
        ing = [f for f in known if f.endswith("ing")]
        past = [f for f in known if not f.endswith(("ing", "s"))]
        doubled = verb + verb[-1]
        if verb.endswith("ie"):
            regular = verb[:-2] + "ying"
        elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
            regular = verb[:-1] + "ing"
        elif doubled + "ed" in known:
            regular = doubled + "ing"
        else:
            regular = verb + "ing"
        if verb.endswith("e"):
            ended = verb + "d"
        elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
            ended = verb[:-1] + "ied"
        else:
            ended = verb + "ed"
        if verb.endswith("y") and verb[-2:-1] not in "aeiou":
            third = verb[:-1] + "ies"
        else:
            third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
        return third, past[0] if past else ended, ing[0] if ing else regular

    def plural(self, noun):
        known = self.irregular["noun", noun]
        if known:
            return known[0]
        if noun.endswith("y") and noun[-2:-1] not in "aeiou":
            return noun[:-1] + "ies"
        return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


# --- Sentences of our own, made around common words ------------------------------------------

NOUN = """what is a {n}?|how do i find a good {n}?|why is my {n} {a}?|my {n} is {a}|can a {n} help me?
is it ok to have a {n}?|where can i get a {n}?|how much does a {n} cost?|i need help with my {n}
do i need a {n}?|how do i talk to my {n}?|what should i do about the {n}?|are {ns} {a}?|why do {ns} {v}?
what happens when a {n} {vs}?|how to choose between a {n} and a {n2}|{n} or {n2}|the {n} and the {n2}
how do {ns} {v}?|tell me about {ns}|{ns} and {ns2}|when should i see a {n}?|how long does a {n} last?
is a {n} the same as a {n2}?|what causes {n}?|how to deal with {n}|signs of {n}|my {n} keeps {ving}"""
VERB = """is it normal to {v}?|how do i stop {ving}?|why do people {v}?|i can't stop {ving}|should i {v}?
she {ved} all night|what if i {v} by accident?|he is {ving} at me|how to {v} a {n}|can you {v} a {n}?
is it ok to {v} in front of a {n}?|they {ved} the {n}|i {ved} my {n} yesterday|when can i {v} again?
what happens if you {v} too much?|do {ns} {v}?|does a {n} ever {v}?|why am i always {ving}?
i feel like {ving}|is it weird to {v} my {n}?|it {vs} when i {v2}|to {v} and to {v2}|{ving} and {v2ing}"""
ADJECTIVE = """i feel {a}|why am i so {a}?|is it {a} to {v}?|how can i be less {a}?|my {n} seems {a}
what is the most {a} {n}?|a {a} {n}|is my {n} too {a}?|feeling {a} and {a2}|{a} or {a2}
what makes a {n} {a}?|i am {a} all the time|it was {a}|how to tell if a {n} is {a}|why are {ns} so {a}?"""

# Words of everyday talk and of the years after WordNet was made.
EVERYDAY = {
    "noun": """therapist counselor psychologist psychiatrist shrink therapy session counseling doctor nurse
    hug cuddle embrace kiss tear crush lie fib secret feeling emotion mood anxiety depression sadness grief anger
    fear panic stress trauma crying friend boyfriend girlfriend husband wife mom dad kid baby boss coworker roommate
    neighbor teacher client patient appointment fee insurance money bill job salary interview resume exam homework
    headache fever cough flu cold virus infection symptom vaccine mask pandemic quarantine lockdown coronavirus covid
    hospital medicine pill diet sleep insomnia dream nightmare phone smartphone laptop computer password email account
    app website internet wifi browser router printer screen keyboard mouse file folder backup server database script
    error bug crash update download upload login video photo picture message text chat blog podcast selfie emoji
    drone tablet podcast streaming hashtag username captcha spam malware hacker bitcoin cryptocurrency startup
    refund order delivery shipping package receipt warranty subscription discount coupon store shop grocery flight
    hotel passport visa luggage ticket train bus car bike traffic license rent mortgage landlord apartment furniture
    kitchen recipe coffee tea sugar bread dog cat puppy kitten vet garden plant weather rain snow holiday birthday
    wedding divorce funeral gift party game team school college university""",
    "verb": """cry weep sob hug cuddle embrace kiss lie fib deceive adore love like hate stare gaze look glance watch
    listen talk speak chat tell ask answer laugh smile yell scream argue fight apologize forgive trust cheat flirt
    date marry divorce worry panic stress relax sleep snore dream wake cough sneeze vomit bleed hurt heal cure treat
    help save delete erase remove uninstall install update upgrade download upload copy paste rename move search find
    fix repair break crash freeze restart reboot cancel refund return exchange order buy purchase sell pay owe borrow
    lend rent hire fire quit resign retire study learn teach cook bake boil fry eat drink wash clean drive park fly
    travel pack book google text email call subscribe unsubscribe log sign register encrypt decrypt compress extract
    print scan share block mute follow terminate quarantine vaccinate""",
    "adj": """sad unhappy depressed down blue happy glad angry mad upset anxious nervous afraid scared lonely tired
    exhausted sleepy bored confused ashamed embarrassed jealous guilty weird strange odd normal okay fine wrong bad
    good rude mean kind nice sick ill healthy pregnant contagious safe dangerous risky expensive cheap free slow fast
    quick broken missing lost late early secret private public legal illegal real fake online offline""",
}


# Words that people use in a sense that books hardly have.
COLLOQUIAL = """shrink therapist|shrinks therapists|fib lie|fibs lies|fibbing lying|fibbed lied|sob cry|sobs cries
counselor therapist|psychologist therapist|mom mother|dad father|kid child|kids children|cop police|bike bicycle
pic picture|pics pictures|app application|apps applications|repo repository|dir directory|config configuration
info information|docs documentation|admin administrator|vaccine vaccination|corona coronavirus|covid coronavirus
flu influenza|doc doctor|meds medication|gym exercise|bucks dollars|grand thousand|blue sad|wifi internet"""


def everyday(net, count, frequent, seed):
    """`count` made-up questions and remarks around common words, each word taking its turn."""
    r = random.Random(seed)
    own = {k: v.split() for k, v in EVERYDAY.items()}
    turn = {}
    for part in ("noun", "verb", "adj"):
        known = {l: c for (p, l), c in net.frequency.items() if p == part and l.isalpha() and l.islower()}
        common = sorted({l for l in known if known[l] >= 4 or frequent[l] >= 3} - set(own[part]))
        turn[part] = own[part] * 8 + common
        r.shuffle(turn[part])
        own[part] += [l for l in common if known[l] >= 15]
    shapes = {"noun": NOUN, "verb": VERB, "adj": ADJECTIVE}
    shapes = {k: [t for line in v.split("\n") for t in line.split("|")] for k, v in shapes.items()}
    made = 0
    while made < count:
        for part in ("noun", "verb", "adj", "noun", "verb"):
            n, n2 = r.choice(own["noun"]), r.choice(own["noun"])
            v, v2, a, a2 = r.choice(own["verb"]), r.choice(own["verb"]), r.choice(own["adj"]), r.choice(own["adj"])
            lead = turn[part][made // 2 % len(turn[part])] if part != "adj" else turn[part][made // 5 % len(turn[part])]
            n, v, a = (lead if part == "noun" else n), (lead if part == "verb" else v), (lead if part == "adj" else a)
            vs, ved, ving = net.verb_forms(v)
            yield r.choice(shapes[part]).format(
                n=n, n2=n2, ns=net.plural(n), ns2=net.plural(n2), v=v, v2=v2, vs=vs, ved=ved, ving=ving,
                v2ing=net.verb_forms(v2)[2], a=a, a2=a2)
            made += 1


# --- Other people's texts, openly licensed ---------------------------------------------------


def chitchat():
    """What people said in the Chit-Chat Challenge (PyPI chitchat-dataset, MIT)."""
    spec = importlib.util.find_spec("chitchat_dataset")
    with open(os.path.join(spec.submodule_search_locations[0], "dataset.json"), encoding="utf-8") as f:
        for talk in json.load(f).values():
            for turn in talk["messages"]:
                for message in turn:
                    yield from sentences(message["text"], 4)


def packages():
    """Debian's package descriptions: the line, and the first sentences below it."""
    for line in subprocess.run(["apt-cache", "dumpavail"], capture_output=True, text=True, check=True).stdout.split("\n\n"):
        found = re.search(r"^Description(?:-en)?: (.*(?:\n .*)*)", line, re.M)
        if found:
            head, *body = found[1].split("\n")
            yield head
            body = "\n".join("" if l.strip() == "." else l.strip() for l in body)
            for i, sentence in enumerate(sentences(body, 5)):
                if i == 3:
                    break
                yield sentence


def plain_markdown(text):
    """Markdown without code, links' addresses, tags and marks."""
    text = re.sub(r"^---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"```.*?```|~~~.*?~~~|<[^>]+>|^(?: {4}|\t).*$", "", text, flags=re.S | re.M)
    text = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", text)
    return re.sub(r"[*`]|^\s*(?:#+|[-+>]|\d+\.)\s*|\{[^}]*\}", "", text, flags=re.M).replace("\n#", "\n\n#")


def corpora(folder):
    """(name, texts) of the corpora under CC0, CC BY, MIT or Apache-2.0 that no evaluation set is made of."""
    def lines(name):
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            return [json.loads(l) for l in f if l.strip()]

    medical = lines("medquad-derived/medquad-answered.jsonl")
    yield "medquad questions", [e["question"] for e in medical]
    yield "medquad answers", [s for e in medical for s in sentences(e["answer"], 5)]
    yield "nq-open", [e["question"] for e in lines("nq-open/NQ-open.efficientqa.dev.1.1.jsonl")]
    yield "gsm8k", [s for e in lines("gsm8k/test.jsonl") for s in sentences(e["question"])]
    building = lines("zaragoza-faq/faq-en.jsonl")
    yield "zaragoza", [e["q"] for e in building] + [s for e in building for s in sentences(e["a"])]
    pairs = []
    for name in ("array-2664", "array-section-id"):
        with open(os.path.join(folder, f"faq-json-zoo/{name}.json"), encoding="utf-8") as f:
            for e in json.load(f):
                pairs += [str(e.get("question", ""))] + list(sentences(str(e.get("answer", ""))))
    yield "faq-json", pairs
    tasks = []
    for path in sorted(glob.glob(f"{folder}/tldr-common/**/*.md", recursive=True)):
        with open(path, encoding="utf-8") as f:
            tasks += [l[2:].strip().rstrip(":") for l in f if l.startswith(("- ", "> ")) and "<http" not in l]
    for path in sorted(glob.glob(f"{folder}/navi-cheats/**/*.cheat", recursive=True)):
        with open(path, encoding="utf-8") as f:
            tasks += [l[1:].strip() for l in f if l.startswith("#")]
    yield "how-to", tasks
    pages = ["electron-faq/faq.md", "scrcpy-faq/FAQ.md", "rust-lang-faq/en-US.faq.md", "30s-interviews/README.md",
             "javascript-questions/en.README.md", "frontend-handbook/*.md", "h5bp-questions/*.md", "texfaq/**/*.md",
             "faq-md-zoo/bold-Q-dot.md", "faq-md-zoo/h3-Q-bold-A.md", "faq-md-zoo/h3-toc-emoji.md",
             "faq-md-zoo/html-h3-name.md", "faq-md-zoo/bold-Q-inside-contributing.md"]
    found = []
    for pattern in pages:
        for path in sorted(glob.glob(os.path.join(folder, pattern), recursive=True)):
            with open(path, encoding="utf-8") as f:
                found += sentences(plain_markdown(f.read()))
    yield "faq pages", found


def choose(texts, quota, seen, counts, r, wanted=12):
    """At most `quota` of the texts: those first that have a word seen fewer than `wanted` times."""
    texts = [t for t in dict.fromkeys(texts) if t.strip() and english(t)]
    r.shuffle(texts)
    rest, taken = [], []
    for text in texts:
        key = " ".join(words(text))
        if not key or key in seen:
            continue
        if len(taken) < quota and any(counts[w] < wanted for w in key.split()):
            taken.append(text)
            seen.add(key)
            counts.update(key.split())
        else:
            rest.append((text, key))
    for text, key in rest:
        if len(taken) >= quota:
            break
        if key not in seen:
            taken.append(text)
            seen.add(key)
            counts.update(key.split())
    return taken


def gather(folder, size, seed=20261122):
    """WordNet, [(source, lemmas that the text defines, text)] in a shuffled order, and how often each word is in them.

    About `size` hundred thousand texts.
    """
    r = random.Random(seed)
    net = WordNet()
    counts, seen, out = collections.Counter(), set(), []

    def take(source, texts, quota):
        chosen = choose(texts, int(quota * size), seen, counts, r)
        out.extend((source, (), t) for t in chosen)

    talk = list(chitchat())
    frequent = collections.Counter(w for t in talk for w in words(t))
    glosses = {text: lemmas for lemmas, text in net.glosses()}
    common = {l for (_, l), c in net.frequency.items() if c} | {w for w, c in frequent.items() if c > 2}
    known = {t for t, lemmas in glosses.items() if any(l.lower() in common for l in lemmas)}
    other = [t for t in glosses if t not in known]
    known = [t for t in glosses if t in known]
    for chosen in (choose(known, int(19_000 * size), seen, counts, r), choose(other, int(11_000 * size), seen, counts, r)):
        out.extend(("wordnet glosses", tuple(glosses[t]), t) for t in chosen)
    take("wordnet examples", net.examples(), 14_000)
    take("everyday", everyday(net, int(26_000 * size), frequent, seed), 18_000)
    take("chitchat", talk, 20_000)
    take("packages", packages(), 9_000)
    quotas = {"medquad questions": 1_500, "medquad answers": 7_000}
    for name, texts in corpora(folder):
        take(name, texts, quotas.get(name, 2_500))
    r.shuffle(out)
    return net, out, counts


if __name__ == "__main__":
    import sys

    _, found, _ = gather(sys.argv[1], float(sys.argv[2]))
    for source, n in collections.Counter(s for s, _, _ in found).most_common():
        print(f"{n:8} {source}")
    print(len(found))
    for s in random.Random(1).sample(found, 60):
        print(s)
