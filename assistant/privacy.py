"""Mask personal numbers before a text is stored, logged or sent: NIK, KK, phone, bank account."""

from __future__ import annotations

import re

_GAP = r"[ .\-]?"
_SIXTEEN = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{15}}(?!\d)")
_PHONE = re.compile(rf"(?<![\d+])(?:\+?62|0){_GAP}8(?:{_GAP}\d){{7,11}}(?!\d)")
_ACCOUNT = re.compile(
    rf"(?P<head>\b(?:rek(?:ening|\.)?|rekg|norek|no\.?\s*rek(?:ening)?)\b[^\d\n]{{0,40}})(?P<number>\d(?:{_GAP}\d){{7,17}})(?!\d)",
    re.I,
)
_KK_BEFORE = re.compile(r"\b(?:kk|kartu keluarga)\b[^\d\n]{0,20}$", re.I)
_LONG = re.compile(r"(?<![\d.,])\d{10,}(?![\d.,]*\d)")


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace personal numbers by a note without digits, e.g. `[NIK disamarkan]`.

    Returns the masked text and the kinds that were found (`NIK`, `KK`, `telepon`, `rekening`, `nomor`), each once.
    """
    found: list[str] = []

    def note(kind: str) -> str:
        found.append(kind)
        return f"[{'nomor panjang' if kind == 'nomor' else kind if kind in ('NIK', 'KK') else 'nomor ' + kind} disamarkan]"

    def account(match: re.Match[str]) -> str:
        return match["head"] + note("rekening")

    def sixteen(match: re.Match[str]) -> str:
        return note("KK" if _KK_BEFORE.search(match.string[: match.start()]) else "NIK")

    text = _ACCOUNT.sub(account, text)
    text = _SIXTEEN.sub(sixteen, text)
    text = _PHONE.sub(lambda _: note("telepon"), text)
    text = _LONG.sub(lambda _: note("nomor"), text)
    return text, tuple(dict.fromkeys(found))
