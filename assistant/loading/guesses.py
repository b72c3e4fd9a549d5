"""The card of a document that has no front matter: what its sidecar says, and guesses marked as guesses. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language import clean
from assistant.loading.card import make_card
from assistant.loading.content import Content
from assistant.types import DocumentCard, Kind, Validity

_KINDS = (
    (Kind.FORUM, r"notulen|notula|risalah|forum|rapat|chat|percakapan|tanya jawab"),
    (Kind.JUKNIS, r"juknis|juklak|petunjuk (?:teknis|pelaksanaan|operasional)|pedoman (?:umum|teknis|pelaksanaan)"),
    (
        Kind.PERATURAN,
        r"peraturan (?:daerah|gubernur|bupati|wali ?kota|menteri|presiden|pemerintah)|keputusan (?:gubernur|bupati|wali ?kota|"
        r"menteri|kepala)|undang-undang|pergub|perbup|perwali|permensos|kepmensos|perda\b",
    ),
    (Kind.PANDUAN, r"panduan|pedoman|manual|modul|bimtek|materi|pelatihan|paparan"),
    (Kind.BERITA, r"berita|siaran pers|kabar|news"),
)
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|19[89]\d)(?!\d)")
_KALTIM = re.compile(r"kalimantan timur|kaltim", re.I)
MOST_TITLE_WORDS = 25


def guessed_card(path: str, content: Content, values: Mapping[str, object] | None = None) -> DocumentCard:
    """Return the card of a document: `values` where somebody wrote them down, guesses elsewhere, named in `guessed`.

    Raises CardError for a value that can't be taken.
    """
    said = {name: value for name, value in (values or {}).items() if value not in (None, "")}
    title = str(said.get("title") or _title(path, content))
    guesses: dict[str, object] = {
        "title": title,
        "kind": str(content.kind or _kind(path, title)),
        "scope": "kaltim" if _KALTIM.search(title) else "umum",
        "program": "umum",
        "status": str(Validity.BERLAKU),
    }
    year = _year(path, title)
    if year and "valid_from" not in (values or {}):
        guesses["valid_from"] = year
    guessed = tuple(name for name in guesses if name not in said)
    return make_card(path, {**guesses, **said}, guessed=guessed)


def _title(path: str, content: Content) -> str:
    if content.title:
        words = clean(content.title).replace("\n", " ").split()
        return " ".join(words[:MOST_TITLE_WORDS])
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return clean(re.sub(r"[-_\s]+", " ", stem)) or "Tanpa judul"


def _kind(path: str, title: str) -> Kind:
    """Return the kind that the title names first, else the file's name, else the least weighty one."""
    for text in (title.lower(), re.sub(r"[-_/.]+", " ", path.lower())):
        for kind, pattern in _KINDS:
            if re.search(pattern, text):
                return kind
    return Kind.RINGKASAN


def _year(path: str, title: str) -> str | None:
    for text in (title, path.rsplit("/", 1)[-1]):
        years = _YEAR.findall(text)
        if years:
            return str(max(years))
    return None
