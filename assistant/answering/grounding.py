"""Tell whether a worded sentence says what a quote says: the whole of it, word for word, sign for sign. Pure.

Nothing may be left out: the half behind a semicolon has lost its place and time, a lead ("Mitos:") or a tail ("…, kecuali
lansia") turns what is said round, and the next sentence of a quote mostly limits the one before. Nothing may be put in either,
not even `dan`: "istri dan pegawai" is not "istri pegawai". So a sentence and a quote are brought into one form and compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_SAME = (
    ("adalah", "ialah", "merupakan"),
    ("yaitu", "yakni"),
    ("bila", "jika", "apabila"),
    ("tidak", "tak"),
    ("tetapi", "tapi"),
    ("berupa", "berbentuk"),
    ("mendapat", "memperoleh", "mendapatkan"),
    ("setiap", "tiap"),
    ("sesudah", "setelah"),
    ("meski", "meskipun", "walau", "walaupun"),
    ("sudah", "telah"),
    ("hanya", "cuma"),
    ("%", "persen"),
)
"""Forms that say the same wherever they stand. Not among them: boleh/dapat/bisa (leave or ability), wajib/harus ("wajib
pajak"), untuk/bagi ("bagi hasil"), dan/serta ("peran serta"), lewat/melalui ("lewat tenggat"), sampai/hingga, semua/seluruh."""

_FORM = {word: group[0] for group in _SAME for word in group}
_SIGNS = str.maketrans({**dict.fromkeys("–—−‑‐", "-"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’", "'")})
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|[^\w\s]|_", re.UNICODE)
_ORDINARY = re.compile(r"[\w\s.,;:()–—/%\"'’‘“”«»&+±×=≤≥-]*")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_ITEM = re.compile(r"(?:[-*•]|\d+[.)])\s+")
_PARTED = re.compile(r"[;:?!]|\.\s")
_WEIGHTY_WORDS = (
    "tidak bukan belum tanpa jangan dilarang boleh bisa dapat wajib harus akan hanya kecuali bila paling maksimal minimal "
    "sekitar sebagian semua setiap atau sudah calon"
)
_WEIGHTY = frozenset(_WEIGHTY_WORDS.split())
"""Words whose coming is told as what it is in the reason; they are checked like any other."""

Shorten = Callable[[str], str]
"""Puts the abbreviation where its full name stands, so that both read alike."""


def fault(sentence: str, quotes: Sequence[str], shorten: Shorten) -> str:
    """Return why none of `quotes` says what `sentence` says, in Indonesian; empty when one does."""
    if not _ORDINARY.fullmatch(sentence):
        return "memuat tanda yang bukan tanda kalimat biasa"
    said = tokens_of(shorten(sentence))
    held = [tokens_of(shorten(one_line(quote))) for quote in quotes]
    if said in held:
        return ""
    known = {token for tokens in held for token in tokens}
    strange = [token for token in said if token not in known and token[0].isalnum()]
    if any(token[0].isdigit() for token in strange):
        return "memuat angka yang tidak ada di kutipan"
    if not _WEIGHTY.isdisjoint(strange):
        return "mengubah ingkar, syarat, atau keharusan"
    if strange:
        return f"memuat kata yang tidak ada di kutipan: {max(strange, key=len)}"
    return "memotong kutipan atau mengubah susunannya"


def tokens_of(text: str) -> tuple[str, ...]:
    """Return the words, figures and signs of `text` in one form each; the full stop at its end is none."""
    return tuple(map(_form, _TOKEN.findall(text.translate(_SIGNS).lower().rstrip(" ."))))


def _form(token: str) -> str:
    return token.replace(".", "") if _THOUSANDS.fullmatch(token) else _FORM.get(token, token)


def one_line(quote: str) -> str:
    """Return `quote` as one sentence would say it: the items of a list behind their lead, parted by semicolons.

    A list whose items have parts of their own stays as it is: in one line it wouldn't be clear what belongs to what.
    """
    lines = quote.strip().split("\n")
    lead = [] if _ITEM.match(lines[0]) else [lines.pop(0).rstrip()]
    items = [_ITEM.sub("", line, count=1).rstrip(" ;,.") for line in lines]
    if not lead and len(items) == 1:
        return items[0]
    listed = all(map(_ITEM.match, lines)) and not any(map(_PARTED.search, items)) and (not lead or lead[0].endswith(":"))
    return " ".join([*lead, "; ".join(items)]) if listed else quote
