"""Rewordings of a statement, true and false, for the check of what a model writes: each is a function of text, chance, others."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from assistant.places import KALTIM_PLACES, OTHER_REGIONS

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
