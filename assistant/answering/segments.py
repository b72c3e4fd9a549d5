"""A quote as units (sentences), segments (between commas) and tokens, so that a rewording can be laid beside it. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.language import canonical_number, split_sentences

_OPERATORS = (
    "tidak tak bukan belum tanpa jangan dilarang larangan melarang tiada boleh bisa dapat wajib harus perlu mesti akan rencana "
    "rencananya direncanakan berencana mungkin diduga konon kabarnya hanya cuma saja kecuali selain bila jika kalau "
    "apabila asal asalkan selama sepanjang sebelum setelah sesudah sampai hingga sejak saat ketika paling maksimal minimal "
    "sedikitnya setidaknya kurang lebih sekitar kira-kira hampir sebagian beberapa semua seluruh setiap tiap masing-masing "
    "tetapi tapi namun melainkan meski meskipun walau walaupun padahal sedangkan atau sudah telah pernah masih lagi mulai "
    "baru lama calon mantan bekas dicabut dibatalkan dihentikan sementara khusus terutama ± < > ≤ ≥"
)
OPERATORS = frozenset(_OPERATORS.split())
"""Words on which the truth of a statement hangs: none may be added, lost or moved."""

COLON = ":"
"""Ends the line that leads to a list; a rewording says `adalah`, or nothing, in its place."""

FREE = frozenset({"yang", "para", "juga", "pun", "dan", COLON})
"""Words that may come or go without changing what is said."""

_SAME = (
    ("adalah", "ialah", "yaitu", "yakni", "merupakan"),
    ("bila", "jika", "kalau", "apabila"),
    ("wajib", "harus"),
    ("boleh", "dapat", "bisa"),
    ("tidak", "tak"),
    ("tetapi", "tapi", "namun"),
    ("untuk", "bagi"),
    ("pada", "di", "dalam"),
    ("dan", "serta"),
    ("berupa", "berbentuk"),
    ("lewat", "melalui"),
    ("mendapat", "memperoleh", "mendapatkan"),
    ("setiap", "tiap"),
    ("sesudah", "setelah"),
    ("meski", "meskipun", "walau", "walaupun"),
    ("sampai", "hingga", "–"),
    ("sudah", "telah"),
    ("semua", "seluruh"),
    ("%", "persen"),
    ("hanya", "cuma"),
)
_CLASS = {word: group[0] for group in _SAME for word in group}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*|[%:–±×=+<>≤≥]", re.UNICODE)
_BREAK = re.compile(r"[,;()—]|(?<=\w):|\n\s*(?:[-*•]|\d+[.)])\s+|\s[–-]\s|\n")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_CONTRAST = re.compile(
    r"^\W*(?:namun|tetapi|tapi|akan tetapi|kecuali|pengecualian|sebaliknya|meski|walau|padahal|bukan berarti)\b", re.I
)
_ANAPHORA = re.compile(r"^\W*(?:[\w-]+\W+){0,4}?(?:ini|itu|tersebut|ia|dia|mereka|[a-z]{3,}nya)\b", re.I)

Shorten = Callable[[str], str]
"""Puts the abbreviation where its full name stands, so that both read alike."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or figure: `word` is its form for comparing; `named` tells a name (it has a capital where none is due)."""

    word: str
    named: bool = False

    @property
    def figure(self) -> bool:
        """Tell whether the token is a figure."""
        return self.word[0].isdigit()


@dataclass(frozen=True, slots=True)
class Segment:
    """What stands between two commas, brackets or ends; `lead` ends with a colon, `aside` stands in brackets."""

    tokens: tuple[Token, ...]
    lead: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence of a quote, or a whole list; `hangs` tells that it can't be read without its neighbours."""

    segments: tuple[Segment, ...]
    hangs: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens in order."""
        return tuple(token for segment in self.segments for token in segment.tokens)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text`; forms that say the same are one word, `kabupaten/kota` is `kabupaten atau kota`."""
    text = re.sub(r"(?<=[^\W\d_])/(?=[^\W\d_])", " atau ", text)
    text = re.sub(r"(?<=\d)\s?[-–]\s?(?:Rp\.?\s?)?(?=\d)", " – ", text)
    text = re.sub(r"\bRp\.?\s?(?=\d)", "rp ", text, flags=re.I)
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        written = match[0]
        before = text[: match.start()].rstrip(" \"“«'(")
        first = not before or before[-1] in ".!?:\n"
        named = written[0].isupper() and (not first or written[1:2].isupper())
        found.append(Token(_form(written), named))
    return tuple(found)


def _form(written: str) -> str:
    if written[0].isdigit():
        return canonical_number(written)
    word = written.lower()
    half, _, rest = word.partition("-")
    word = half if rest == half else word
    return _CLASS.get(word, word)


def units_of(quote: str, shorten: Shorten) -> tuple[Unit, ...]:
    """Return the sentences of `quote` and the parts between their semicolons; a list stays with the line that leads to it."""
    return tuple(_unit(pieces, place, shorten) for pieces in _readings(quote) for place in range(len(pieces)))


def _readings(quote: str) -> Iterator[list[str]]:
    """Yield the ways to part `quote`, each the pieces in order."""
    lines = quote.split("\n")
    if any(map(_ITEM.match, lines)):
        yield [quote]
        if _ITEM.match(lines[0]):  # no line leads to the items: each speaks for itself
            yield from ([_ITEM.sub("", line)] for line in lines if _ITEM.match(line))
        return
    sentences = split_sentences(" ".join(lines))
    yield sentences
    if ";" in quote:
        yield [piece.strip() for sentence in sentences for piece in sentence.split(";") if piece.strip()]


def _unit(pieces: list[str], place: int, shorten: Shorten) -> Unit:
    following = pieces[place + 1] if place + 1 < len(pieces) else ""
    before = place > 0 and bool(_ANAPHORA.match(pieces[place]) or _CONTRAST.match(pieces[place]))
    return Unit(tuple(_segments(shorten(pieces[place]))), hangs=before or bool(_CONTRAST.match(following)))


def _segments(text: str) -> Iterator[Segment]:
    start, depth = 0, 0
    text = re.sub(r"(?<=\d),(?=\d)", "\x00", text)  # the comma of a figure parts nothing
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        sign = match[0].strip() if match else ""
        tokens = tokens_of(text[start:end].replace("\x00", ","))
        if sign == ":":
            tokens = (*tokens, Token(COLON))
        if tokens:
            yield Segment(tokens, lead=sign == ":", aside=depth > 0)
        depth += (sign == "(") - (sign == ")")
        start = match.end() if match else end
