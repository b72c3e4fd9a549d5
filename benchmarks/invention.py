"""Measure what the check of worded sentences lets through: true rewordings of the corpus's statements and false ones.

    python benchmarks/invention.py [--statements 1000] [--seed 7] [--table]

True: the statement word for word, a tail or an aside left out, empty words and forms that say the same exchanged, abbreviations
for names, and how `facts.jsonl` and `items.yaml` say the same (written by people, freely). False: a figure, a name, a place or
a word exchanged, two figures or two names of the statement itself exchanged, the two sides of a comparison exchanged, an ingkar
put in, taken out or moved, wajib for boleh, a condition or a limit lost, "calon" and "rencana" lost, another statement's clause
put on, another statement in its place, and plain inventions. A mutation that leaves what was said as it was is not counted.
Prints how many of each kind pass; with --table also how many would with a less strict check.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.answering import grounding
from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence
from assistant.answering.grounding import Allowance
from assistant.answering.segments import tokens_of
from assistant.knowledge.stems import read_stems
from assistant.language import words
from assistant.places import KALTIM_PLACES, OTHER_REGIONS
from assistant.reporting import gather
from assistant.settings import load_settings
from assistant.training.statements import Said, Statements

Change = Callable[[str, random.Random, Sequence[str]], str]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w-]+(?: [A-Z][\w-]+)*")
PLACES = [name.title() for names in (*KALTIM_PLACES.values(), *OTHER_REGIONS.values()) for name in names if len(name) > 4]
NOT = re.compile(r"\b(?:tidak|bukan|belum|tanpa|dilarang)\b ?")
WORD = re.compile(r"(?<=[\w.] )(?!serta\b)[a-z]{5,}(?= [\w(])")
"""A word that has neighbours: one that is an aside by itself may be left out."""
LIMIT = re.compile(r"\b(?:hanya|paling \w+|maksimal|minimal|sekitar|kurang lebih|sebagian|calon|mantan|rencana|akan|lama|baru) ")
CONDITION = re.compile(r"(?<!;),? (?:bila|jika|kalau|kecuali|asal|setelah|sesudah|sebelum|selama|sampai|hingga)\b[^,.;]*")
INVENTED = (
    "Penerima UEP wajib melapor setiap bulan kepada camat.",
    "Bantuan UEP dapat diganti uang tunai sebesar Rp10 juta.",
    "Menurut Pergub Nomor 12 Tahun 2025, usia penerima paling tinggi 59 tahun.",
    "Calon penerima harus memiliki rekening Bank Kaltimtara.",
    "Pendaftaran UEP dibuka di aplikasi Cek Bansos sampai 31 Desember.",
    "Kepala desa menetapkan penerima UEP melalui surat keputusan.",
    "Bantuan wajib dikembalikan bila usaha gagal.",
    "Semua warga Desil 5 berhak menerima UEP.",
)


def _exchanged(text: str, pattern: re.Pattern[str], chance: random.Random) -> str:
    """Return `text` with two different matches exchanged."""
    found = list(pattern.finditer(text))
    pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if a[0].lower() != b[0].lower()]
    if not pairs:
        return text
    first, second = chance.choice(pairs)
    return text[: first.start()] + second[0] + text[first.end() : second.start()] + first[0] + text[second.end() :]


def _replaced(text: str, pattern: re.Pattern[str], chance: random.Random, new: Callable[[str], str]) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + new(one[0]) + text[one.end() :]


def other_figure(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with one digit of a figure changed."""

    def new(figure: str) -> str:
        digits = [place for place, sign in enumerate(figure) if sign.isdigit()]
        place = chance.choice(digits)
        return figure[:place] + chance.choice([d for d in "123456789" if d != figure[place]]) + figure[place + 1 :]

    return _replaced(text, NUMBER, chance, new)


def not_put_in(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with an ingkar before a word."""
    plain = [match for match in WORD.finditer(text) if match.start()]
    if not plain:
        return text
    at = chance.choice(plain).start()
    return text[:at] + chance.choice(("tidak ", "bukan ", "belum ", "tanpa ", "dilarang ")) + text[at:]


def not_moved(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with its ingkar before another word."""
    found = NOT.search(text)
    return not_put_in(text[: found.start()] + text[found.end() :], chance, others) if found else text


def other_duty(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with a word for duty, leave or time turned round."""
    turned = {"wajib": "boleh", "harus": "boleh", "boleh": "wajib", "dapat": "harus", "bisa": "harus", "perlu": "tidak perlu"}
    turned |= {"dilarang": "boleh", "akan": "sudah", "sudah": "akan", "belum": "sudah", "dan": "atau", "atau": "dan"}
    return _replaced(text, re.compile(rf"\b(?:{'|'.join(turned)})\b"), chance, turned.__getitem__)


def foreign_clause(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with another statement's clause at its end."""
    clause = chance.choice(chance.choice(others).rstrip(".").split(","))
    return f"{text.rstrip('.')}, dan {clause.strip()}."


def half_foreign(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return the first half of `text` with the second half of another."""
    here, there = text.rstrip(".").split(), chance.choice(others).rstrip(".").split()
    return " ".join([*here[: len(here) // 2], *there[len(there) // 2 :]]) + "."


FALSE: dict[str, Change] = {
    "angka diganti": other_figure,
    "dua angka ditukar": lambda t, c, o: _exchanged(t, NUMBER, c),
    "nama diganti": lambda t, c, o: _replaced(t, NAME, c, lambda _: chance_name(c, o)),
    "dua nama ditukar": lambda t, c, o: _exchanged(t, NAME, c),
    "tempat diganti": lambda t, c, o: _replaced(t, NAME, c, lambda _: c.choice(PLACES)),
    "dua kata ditukar": lambda t, c, o: _exchanged(t, WORD, c),
    "kata diganti": lambda t, c, o: _replaced(t, WORD, c, lambda _: c.choice(WORD.findall(c.choice(o)) or ["kredit"])),
    "kata dibuang": lambda t, c, o: re.sub("  +", " ", _replaced(t, WORD, c, lambda _: "")),
    "ingkar ditambah": not_put_in,
    "ingkar dibuang": lambda t, c, o: _replaced(t, NOT, c, lambda _: ""),
    "ingkar dipindah": not_moved,
    "wajib, boleh, dan, atau dibalik": other_duty,
    "syarat dibuang": lambda t, c, o: _replaced(t, CONDITION, c, lambda _: ""),
    "batas dibuang": lambda t, c, o: _replaced(t, LIMIT, c, lambda _: ""),
    "klausa dari fakta lain": foreign_clause,
    "separuh dari fakta lain": half_foreign,
    "fakta lain": lambda t, c, o: c.choice(o),
    "rekaan": lambda t, c, o: c.choice(INVENTED),
}


def chance_name(chance: random.Random, others: Sequence[str]) -> str:
    """Return a name of another statement."""
    for _ in range(20):
        found = NAME.findall(chance.choice(others))
        if found:
            return str(chance.choice(found))
    return "Bappenas"


def verbatim(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text`."""
    return text


def small_words(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with empty words left out and forms that say the same."""
    pairs = {"yaitu": "yakni", "adalah": "ialah", "bila": "jika", "jika": "apabila", "wajib": "harus", "harus": "wajib"}
    pairs |= {"untuk": "bagi", "melalui": "lewat", "lewat": "melalui", "setiap": "tiap", "sampai": "hingga", "dapat": "bisa"}
    pairs |= {"boleh": "dapat", "sesudah": "setelah", "setelah": "sesudah", "serta": "dan", "yang": "", "juga": "", "para": ""}
    changed = re.sub(r"\b[a-z]+\b", lambda match: pairs.get(match[0], match[0]), text)
    return re.sub("  +", " ", changed)


def without_tail(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` without an explaining tail."""
    head, comma, tail = text.rstrip(".").rpartition(",")
    tail_alone = re.match(r" (?:bukan|yaitu|misalnya|sehingga) ", tail) or (
        "," not in head and re.match(r" (?:dan|serta) ", tail)
    )
    return f"{head}." if comma and len(head.split()) > 4 and tail_alone else text


TRUE: dict[str, Change] = {"kata demi kata": verbatim, "kata tugas dan padanan": small_words, "ekor dibuang": without_tail}


def passes(sentence: str, said: Said, shorten: Callable[[str], str]) -> bool:
    """Tell whether `sentence` would be shown with the statement as its quote."""
    start = said.passage.text.index(said.quote)
    piece = Evidence(said.passage, start, start + len(said.quote), said.labels, 1.0, 0.9, said.scope, said.status)
    kept, _ = check([DraftSentence(sentence, (0,), worded=True)], [piece], question="", shorten=shorten)
    return bool(kept)


def sentences(chosen: Sequence[Said]) -> Iterator[tuple[Said, str]]:
    """Yield each statement with the sentence that a model would give back: list signs taken off."""
    for said in chosen:
        text = re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", said.quote)
        if "\n" not in text and len(words(text)) >= 5:
            yield said, text


def measured(
    chosen: Sequence[tuple[Said, str]], shorten: Callable[[str], str], changes: dict[str, Change], seed: int, times: int
):
    """Return by kind how many sentences there were, how many passed, and up to three that did."""
    chance = random.Random(seed)
    others = [text for _, text in chosen]
    found: dict[str, list[tuple[bool, str, str]]] = defaultdict(list)
    for said, text in chosen:
        for kind, change in changes.items():
            for _ in range(times):
                new = change(text, chance, others)
                same = words(shorten(new)) == words(shorten(text))
                same |= kind in FALSE and tokens_of(shorten(new)) == tokens_of(shorten(text))  # another form of the same word
                if kind == "kata demi kata" or not same:
                    found[kind].append((passes(new, said, shorten), text, new))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--statements", type=int, default=1000)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N sentences of each kind that passed")
    parser.add_argument("--table", action="store_true", help="also with less strict checks")
    options = parser.parse_args(arguments)
    folder = load_settings().corpus_dir
    material = gather(folder)
    shorten = material.knowledge.glossary.shorten
    statements = Statements(material)
    all_said = list(statements.all)
    chosen = list(sentences(random.Random(options.seed).sample(all_said, min(options.statements, len(all_said)))))
    print(f"{len(chosen)} statements of {len(all_said)}, seed {options.seed}")
    print("True sentences that pass:")
    for kind, rows in measured(chosen, shorten, TRUE, options.seed, 1).items():
        _line(kind, rows, options.show and -options.show)
    free = [(s, f"{fact.text}") for fact in material.facts.values() for s in all_said if fact.label in s.labels]
    claims = [(s, f"{claim.text}.") for claim in read_stems(folder).claims for s in all_said if claim.label in s.labels]
    for kind, pairs in (("facts.jsonl, bebas", free), ("items.yaml, klaim", claims)):
        best: dict[str, bool] = defaultdict(bool)
        for said, text in pairs:
            best[text] |= passes(text, said, shorten)
        print(f"  {kind:34} {sum(best.values()):5} of {len(best):5}  {sum(best.values()) / max(1, len(best)):.3f}")
    print("False sentences that pass:")
    total = [0, 0]
    for kind, rows in measured(chosen, shorten, FALSE, options.seed, options.times).items():
        _line(kind, rows, options.show)
        total = [total[0] + sum(ok for ok, _, _ in rows), total[1] + len(rows)]
    print(f"  {'together':34} {total[0]:5} of {total[1]:5}  {total[0] / total[1]:.5f}")
    if options.table:
        _table(chosen, shorten, options.seed)
    return 0


def _line(kind: str, rows: Sequence[tuple[bool, str, str]], show: int) -> None:
    passed = sum(ok for ok, _, _ in rows)
    print(f"  {kind:34} {passed:5} of {len(rows):5}  {passed / len(rows):.4f}")
    for _, text, new in [row for row in rows if row[0] is (show > 0)][: abs(show)]:
        print(f"      {text}\n   -> {new}")


def _table(chosen: Sequence[tuple[Said, str]], shorten: Callable[[str], str], seed: int) -> None:
    print("words of its own / words lost inside a segment: true pass, false pass")
    whole = grounding.STRICT
    try:
        for own in (0, 1, 2):
            for lost in (0, 1, 2):
                grounding.STRICT = Allowance(own, lost)
                rates = []
                for changes in (TRUE, FALSE):
                    rows = [row for kind in measured(chosen[:300], shorten, changes, seed, 1).values() for row in kind]
                    rates.append(sum(ok for ok, _, _ in rows) / len(rows))
                print(f"  {own} / {lost}: {rates[0]:.3f}, {rates[1]:.4f}")
    finally:
        grounding.STRICT = whole


if __name__ == "__main__":
    sys.exit(main())
