"""Indonesian text: normalise field spelling, split sentences, find numbers and words. Pure."""

from __future__ import annotations

import re
import unicodedata

LABEL = re.compile(r"\[\^([A-Za-z]-\d{3}|[A-Za-z][\w-]*)\]")
"""A footnote label as it stands in a document, e.g. `[^B-006]`."""

_STOPWORDS = (
    "yang di ke dari dan atau itu ini ada adalah untuk dengan pada dalam oleh sebagai karena juga saja "
    "lagi sudah akan bisa apa apakah ya kah sih dong min pak bu kak mas mbak mohon tolong info nya pun "
    "para agar kalau jika bila maka saya kami kita anda the of is a an in and to for"
)
STOPWORDS = frozenset(_STOPWORDS.split())
"""Words that say nothing about the topic of a question, for the lexical search."""

_WORD = re.compile(r"[^\W_]+(?:[-/.,][^\W_]+)*", re.UNICODE)
_MIXED = re.compile(r"\b\w*[a-z][A-Z]+[a-z]+[A-Z]\w*\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])(?:[\"”»’)]*)(?:\[\^[\w-]+\])*\s+(?=[\"“«(\[]?[A-ZÀ-Ý0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:kab|no|jl|sdr|dr|drs|ir|hj?|prof|kec|kel|ds|rp|hlm|tgl|dll|dsb|dst|mis|cq|a\.n|u\.p|s\.d|[A-Z])\.$", re.I
)
_MARKER = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
_MARKERS = re.compile(rf"\s*{_MARKER.pattern}")
_AFTER_STOP = re.compile(r"([.!?])((?:\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\])+)")
_PLAIN_NUMBER = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?")


def clean(text: str) -> str:
    """Return `text` in NFC form, without control characters, with runs of blanks joined; line breaks stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(c for c in text if c == "\n" or (c == "\t") or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return re.sub(r"[ \t\u00a0]+", " ", text).strip()


def even_case(text: str) -> str:
    """Return `text` in small letters when it shouts or mixes them (`bErApA`), else as it is: acronyms and names stay."""
    shouts = not any(map(str.islower, text)) and len(text.split()) > 3
    return text.lower() if shouts or _MIXED.search(text) else text


def words(text: str) -> list[str]:
    """Return the words and figures of `text` in lower case; `1.500` and `siks-ng` stay whole."""
    return [word.lower() for word in _WORD.findall(text)]


def stems(text: str) -> list[str]:
    """Return the stems of the content words of `text`, in order; a hyphenated word also gives its parts."""
    import Stemmer

    found: list[str] = []
    for word in words(text):
        if word in STOPWORDS:
            continue
        found.append(word)
        found.extend(part for part in word.split("-") if part != word and len(part) > 1 and part not in STOPWORDS)
    return list(Stemmer.Stemmer("indonesian").stemWords(found))  # one a call: a stemmer must not be shared by threads


def split_sentences(text: str) -> list[str]:
    """Split one paragraph into sentences; footnote labels stay with the sentence that they follow."""
    pieces: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        head = LABEL.sub("", text[start : match.end()]).rstrip()
        if _ABBREVIATION.search(head):
            continue
        pieces.append(text[start : match.end()].strip())
        start = match.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]


def canonical_number(number: str) -> str:
    """Return a figure in Indonesian writing in one form: `1.500` -> `1500`, `4,50` -> `4.5`, `07` -> `7`."""
    whole, _, fraction = number.replace(".", "").partition(",")
    fraction = fraction.replace(",", "").rstrip("0")
    return (whole.lstrip("0") or "0") + ("." + fraction if fraction else "")


def numbers(text: str) -> set[str]:
    """Return the figures of `text` in canonical form; `[1]` markers and list numbering are not figures.

    One whose dots don't part thousands stays as it is written: `1.12.2025` is not `11.2.2025`.
    """
    text = re.sub(r"^\s*\d+[.)]\s", " ", _MARKER.sub(" ", text), flags=re.M)
    found = _NUMBER.findall(text)
    return {canonical_number(number) if _PLAIN_NUMBER.fullmatch(number) else number for number in found}


def markers(text: str) -> set[int]:
    """Return the numbers of the `[n]` markers in `text`."""
    return {int(number) for group in _MARKER.findall(text) for number in group.split(",")}


def without_markers(text: str) -> str:
    """Return `text` without its `[n]` markers and the blanks before them."""
    return _MARKERS.sub("", text)


def markers_inside(line: str) -> str:
    """Return a line with markers that follow a full stop before it, so that they stay with their sentence."""
    return _AFTER_STOP.sub(lambda found: f"{found[2]}{found[1]}", line)


def flat(text: str) -> str:
    """Return `text` in one line with single blanks, as quotes are compared."""
    return " ".join(text.split())


def without_labels(text: str) -> str:
    """Return `text` without its footnote labels."""
    return LABEL.sub("", text)


def normalise(text: str, expansions: dict[str, str]) -> str:
    """Rewrite field spelling word by word with `expansions` (lower-case form -> standard words).

    Doubled letters at the end (`brapaa`) and the ending `2` for a doubled word (`org2`) are undone first.
    """
    result: list[str] = []
    for word in words(text):
        form = word
        if form not in expansions:
            if len(form) > 2 and form.endswith("2") and form[:-1].isalpha():
                form = form[:-1]
            squeezed = re.sub(r"([a-z])\1+$", r"\1", form) if len(form) > 3 else form
            form = squeezed if squeezed in expansions or form not in expansions else form
        result.append(expansions.get(form, form))
    return " ".join(result)


def first_words(text: str, count: int = 6) -> str:
    """Return the first words of `text` as an ASCII slug for ids."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.lower())[:count]) or "bagian"
