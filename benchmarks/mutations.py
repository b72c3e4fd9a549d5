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
DOUBLED = re.compile(r"\b([a-z]+)-\1\b", re.I)
BESIDE = (
    "{} Kabar itu tidak benar.",
    "{} Angka ini masih usulan.",
    "{} Aturan itu dicabut pada 2024.",
    "{} Syaratnya laporan lengkap.",
    "{} Namun, lansia dikecualikan.",
    "{} Satu sumber lain menyebut angka yang berbeda.",
    "Dulu aturannya lain. {}",
    "Berikut ini kabar yang keliru. {}",
    "Apakah benar begini? {}",
)
"""Neighbours of a sentence in its quote that deny, limit or date what it says."""
AROUND = (
    "Mitos: {}.",
    "Riau: {}.",
    "Hoaks yang beredar:\n- {}\n- desa memungut biaya",
    "{}? Tidak.",
    "Pada 2019 di Riau aturannya begini; {}.",
    "{}; ketentuan itu sudah dicabut.",
    "{}, adalah keadaan lama.",
    "{}, kemudian dibatalkan.",
    "{} (usulan).",
    "Menurut satu blog, {}.",
)
"""What stands around a sentence within its quote and turns what it says."""
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


def put_in(word: str) -> Change:
    """Return the change that puts `word` between two words, at any place."""

    def change(text: str, chance: random.Random, others: Sequence[str]) -> str:
        parts = text.split()
        at = chance.randrange(1, max(2, len(parts)))
        return " ".join([*parts[:at], word, *parts[at:]])

    return change


def taken_out(pattern: str) -> Change:
    """Return the change that takes one match of `pattern` out; the first letter stays a capital one."""

    def change(text: str, chance: random.Random, others: Sequence[str]) -> str:
        new = re.sub(r" +(?=[ ,;.)])", "", _replaced(text, re.compile(pattern), chance, lambda _: " ")).strip()
        return new[:1].upper() + new[1:]

    return change


def exchanged(groups: str) -> Change:
    """Return the change of one word for another of its group; groups are parted by commas."""
    others_of = {word: [one for one in group.split() if one != word] for group in groups.split(",") for word in group.split()}
    pattern = re.compile(rf"\b(?:{'|'.join(others_of)})\b")
    return lambda text, chance, others: _replaced(text, pattern, chance, lambda word: chance.choice(others_of[word]))


def comma_moved(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with a comma behind a neighbouring word."""
    parts = text.split()
    found = [place for place, part in enumerate(parts[:-1]) if part.endswith(",")]
    if not found:
        return text
    at = chance.choice(found)
    to = chance.choice([place for place in (at - 1, at + 1) if 0 <= place < len(parts) - 1] or [at])
    parts[at] = parts[at][:-1]
    parts[to] = parts[to].rstrip(",") + ","
    return " ".join(parts)


def dots_moved(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with the dot of a figure at another place of it."""

    def new(figure: str) -> str:
        at = figure.index(".")
        to = chance.choice([place for place in range(1, len(figure) - 1) if place != at])
        bare = figure[:at] + figure[at + 1 :]
        return bare[:to] + "." + bare[to:]

    return _replaced(text, re.compile(r"\d+(?:\.\d+)+"), chance, new)


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
    "yang dibuang": taken_out(r"\byang\b"),
    "dan, serta, atau dibuang": taken_out(r"\b(?:dan|serta|atau)\b"),
    "dan ditambah": put_in("dan"),
    "juga ditambah": put_in("juga"),
    "yang ditambah": put_in("yang"),
    "pembuka sebelum titik dua dibuang": taken_out(r"^[^:]+:\s"),
    "bagian sebelum koma dibuang": taken_out(r"^[^,]+,\s"),
    "paruh sesudah titik koma saja": taken_out(r"^[^;]+;\s"),
    "ekor dibuang": taken_out(r"(?:,\s|;\s|:\s|\s[–-]\s|\s\().*$"),
    "satu bagian di antara koma dibuang": taken_out(r",[^,;]+(?=[,;])"),
    "isi kurung dibuang": taken_out(r"\s\([^)]*\)"),
    "ujung rentang dibuang": taken_out(r"\s?[–-]\s?(?:Rp)?[\w,]+"),
    "kurung, tanda kutip, garis miring dibuang": taken_out(r"[()/«»\"“”]"),
    "koma dibuang": taken_out(r",(?=\s)"),
    "koma dipindah": comma_moved,
    "koma ditambah": lambda t, c, o: _replaced(t, re.compile(r"(?<=\w) (?=\w)"), c, lambda _: ", "),
    "titik dua, titik koma jadi koma": lambda t, c, o: _replaced(t, re.compile(r"[:;](?=\s)"), c, lambda _: ","),
    "titik di angka dipindah": dots_moved,
    "boleh, dapat, bisa ditukar": exchanged("boleh dapat bisa"),
    "padanan yang tidak selalu sama": exchanged(
        "wajib harus,untuk bagi,pada di dalam,dan serta,lewat melalui,sampai hingga,semua seluruh,adalah yaitu"
    ),
    "garis miring jadi atau": lambda t, c, o: _replaced(t, re.compile(r"(?<=[a-z])/(?=[a-z])"), c, lambda _: " atau "),
    "kata ulang dibelah": lambda t, c, o: _replaced(t, DOUBLED, c, lambda word: word.partition("-")[0]),
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


def same_said(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` in small letters with forms that say the same."""
    pairs = {"yaitu": "yakni", "adalah": "ialah", "ialah": "merupakan", "bila": "jika", "jika": "apabila", "tak": "tidak"}
    pairs |= {"setiap": "tiap", "sesudah": "setelah", "setelah": "sesudah", "sudah": "telah", "hanya": "cuma"}
    pairs |= {"berupa": "berbentuk", "persen": "%", "tetapi": "tapi", "mendapat": "memperoleh", "meski": "walaupun"}
    pairs |= {"tidak": "tak", "tiap": "setiap"}
    return re.sub(r"\b[a-z]+\b", lambda match: pairs.get(match[0], match[0]), text.lower())


def signs(text: str, chance: random.Random, others: Sequence[str]) -> str:
    """Return `text` with other writing of its signs and figures, and without its full stop."""
    text = text.translate(str.maketrans({"–": "-", "«": '"', "»": '"'})).rstrip(".")
    return re.sub(r"(?<![\d.])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])", lambda match: match[0].replace(".", ""), text)


TRUE: dict[str, Change] = {"kata demi kata": verbatim, "padanan dan huruf kecil": same_said, "tanda dan angka": signs}
