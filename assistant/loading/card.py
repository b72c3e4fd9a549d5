"""Front matter: the card of a document, checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

import yaml

from assistant.types import DocumentCard, Kind, Validity

FIELDS = ("title", "kind", "scope", "program", "status", "valid_from", "valid_to", "reviewed")
REQUIRED = ("title", "kind", "scope", "program", "status")
Choice = TypeVar("Choice", Kind, Validity)
_SCOPE = re.compile(r"nasional|kaltim(/[a-z-]+)?|daerah-lain|umum")


class CardError(Exception):
    """The front matter of a document can't be used; `remedy` says what to do."""

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep the reason as the message and the remedy beside it."""
        super().__init__(reason)
        self.remedy = remedy


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Return the front matter and the body of a Markdown file.

    Raises CardError when there is none or when it is no YAML mapping.
    """
    match = re.match(r"\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)(.*)", text.replace("\r\n", "\n"), re.S)
    if match is None:
        raise CardError(
            "tidak ada front matter", f"Awali berkas dengan baris --- lalu {', '.join(REQUIRED)}, dan tutup dengan ---."
        )
    try:
        values = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise CardError(f"front matter bukan YAML yang benar (baris {line})", "Perbaiki baris itu.") from None
    if not isinstance(values, dict):
        raise CardError("front matter kosong", f"Isi {', '.join(REQUIRED)}.")
    return values, match[2]


def make_card(path: str, values: Mapping[str, object], *, guessed: tuple[str, ...] = ()) -> DocumentCard:
    """Check the values of the front matter and return the card; raises CardError naming the field.

    `guessed` names the values that nobody wrote down.
    """
    missing = [name for name in REQUIRED if not str(values.get(name) or "").strip()]
    if missing:
        raise CardError(f"front matter tanpa {', '.join(missing)}", "Tambahkan baris itu.")
    unknown = sorted(set(map(str, values)) - set(FIELDS))
    if unknown:
        raise CardError(f"front matter memuat {', '.join(unknown)}", f"Yang dikenal: {', '.join(FIELDS)}.")
    scope = str(values["scope"])
    if not _SCOPE.fullmatch(scope):
        raise CardError(f"scope {scope!r} tidak dikenal", "Pakai nasional, kaltim, kaltim/<kab>, daerah-lain atau umum.")
    return DocumentCard(
        path=path,
        title=str(values["title"]).strip(),
        kind=_member(Kind, "kind", values),
        scope=scope,
        program=str(values["program"]),
        status=_member(Validity, "status", values),
        valid_from=_when("valid_from", values),
        valid_to=_when("valid_to", values),
        reviewed=_when("reviewed", values),
        guessed=guessed,
    )


def _member(options: type[Choice], name: str, values: Mapping[str, object]) -> Choice:
    try:
        return options(str(values[name]))
    except ValueError:
        raise CardError(f"{name} {values[name]!r} tidak dikenal", f"Pakai salah satu: {', '.join(options)}.") from None


def _when(name: str, values: Mapping[str, object]) -> str | None:
    value = values.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", str(value)):
        return str(value)
    raise CardError(f"{name} {value!r} bukan tahun atau tanggal", "Tulis 2025, 2025-10 atau 2025-10-22.")
