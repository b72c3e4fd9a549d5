"""Mask personal data before a text is stored, logged or sent: NIK, KK, NIP, telephone, bank account, e-mail. Pure."""

from __future__ import annotations

import re

_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SIGN = rf"[^\S\n]|[.\-‐‑‒–—−_/·•:|()\[\]{_HIDDEN}]"
_GAP = rf"(?:{_SIGN}){{0,3}}"
"""What people write between the digits of one number: blanks of any kind, dots, dashes, slashes, brackets."""

_PROVIDERS = r"(?:gmail|yahoo|ymail|hotmail|outlook|icloud|live)"
_MAIL = re.compile(rf"(?<![\w.+%-])[\w.+%-]+(?:\s?@\s?{_PROVIDERS}|@[a-z][\w-]*)(?:\.[a-z][\w-]*)+", re.I)
_SIXTEEN = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{15}}(?!\d)")
_EIGHTEEN = re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{17}}(?!\d)")
_PHONE = re.compile(rf"(?<![\d+])(?<!\d[-./:])\(?(?:\+{_GAP}62|\b62|\b0){_GAP}8(?:{_GAP}\d){{7,11}}(?!\d)")
_ACCOUNT = re.compile(
    rf"(?P<head>\b(?:no\.?\s*rek(?:ening)?|rek(?:ening(?:nya)?|g|\.)?|norek)\b[^\d\n]{{0,40}})"
    rf"(?P<number>\d(?:{_GAP}\d){{7,17}})(?!\d)",
    re.I,
)
_LONG = re.compile(r"(?<!\d)\d{10,}(?!\d)")
_KK_BEFORE = re.compile(r"\b(?:kk|kartu keluarga)\b[^\d\n]{0,30}$", re.I)
_NAMED = re.compile(r"\b(?:nik|ktp|kk|kartu keluarga|nomor induk)\b[^\d\n]{0,30}$", re.I)
_RUPIAH = re.compile(r"\b(?:rp|idr)\W{0,2}$", re.I)
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DATE = rf"\(?\d{{1,2}}[-/. ]\d{{1,2}}[-/. ]{_YEAR}|{_YEAR}[-/]\d{{2}}[-/]\d{{2}}(?!\d)"
_NO_NUMBER = re.compile(rf"{_DATE}|{_YEAR}\W{{1,3}}{_YEAR}|\d{{1,3}}(?:\.\d{{3}})+(?![\d.]\d|\d)")
"""How a date, a range of years or a sum of money begins: it is nobody's number."""

_LEADS = r"(?:nik|kk|ktp|nip|hp|wa|telp\w*|telepon|email|e-mail|surel|rek\w*|norek)(?:nya)?"
_NOTE = re.compile(
    rf"(?:\b(?:(?:no|nomor|nmr)\b\.?\s*)?{_LEADS}\b(?: is| saya)?\W{{0,3}})?\[(?:NIK|KK|surel|nomor [a-z]+) disamarkan\]", re.I
)
_NAMES = {"NIK": "NIK", "KK": "KK", "nomor": "nomor panjang", "surel": "surel"}


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """Replace personal data by a note without digits, e.g. `[NIK disamarkan]`; a masked text stays as it is.

    Returns the masked text and the kinds that were found (`NIK`, `KK`, `telepon`, `rekening`, `nomor`, `surel`), each once.
    """
    found: list[str] = []

    def note(kind: str) -> str:
        found.append(kind)
        return f"[{_NAMES.get(kind, f'nomor {kind}')} disamarkan]"

    def account(match: re.Match[str]) -> str:
        free = _RUPIAH.search(match["head"]) or _NO_NUMBER.match(match["number"])
        return match[0] if free else match["head"] + note("rekening")

    def sixteen(match: re.Match[str]) -> str:
        before = match.string[: match.start()]
        if not (_NAMED.search(before) or _is_like_nik(match)):
            return match[0]
        return note("KK" if _KK_BEFORE.search(before) else "NIK")

    def eighteen(match: re.Match[str]) -> str:
        digits = _digits(match[0])
        likely = digits[:2] in ("19", "20") and digits[8:10] in ("19", "20") and _is_birthday(digits[6:8] + digits[4:6] + "00")
        return note("nomor") if likely else match[0]

    def long(match: re.Match[str]) -> str:
        return match[0] if _RUPIAH.search(match.string[: match.start()]) else note("nomor")

    text = _MAIL.sub(lambda _: note("surel"), text)
    text = _ACCOUNT.sub(account, text)
    text = _EIGHTEEN.sub(eighteen, text)
    text = _SIXTEEN.sub(sixteen, text)
    text = _PHONE.sub(lambda match: match[0] if _NO_NUMBER.match(match[0]) else note("telepon"), text)
    text = _LONG.sub(long, text)
    return text, tuple(dict.fromkeys(found))


def _digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdecimal())


def without_notes(text: str) -> str:
    """Return a masked text without its notes and the words that lead to them, for the search."""
    return " ".join(_NOTE.sub(" ", text).split()) or text


def _is_like_nik(match: re.Match[str]) -> bool:
    """Tell whether sixteen digits are a NIK or KK by themselves: written as one, or as region, birthday and number in groups."""
    digits, groups = _digits(match[0]), re.findall(r"\d+", match[0])
    if len(groups) == 1:
        return True
    if _NO_NUMBER.match(match[0]) or not 11 <= int(digits[:2]) <= 96 or not _is_birthday(digits[6:12]):
        return False
    if all(len(group) == 1 for group in groups):  # not a part of a longer row
        before, after = match.string[: match.start()], match.string[match.end() :]
        return not re.search(rf"\d{_GAP}$", before) and not re.match(rf"{_GAP}\d", after)
    return all(len(group) > 1 for group in groups[:-1])


def _is_birthday(digits: str) -> bool:
    """Tell whether six digits can be day, month and year; for women 40 is added to the day."""
    day, month = int(digits[:2]), int(digits[2:4])
    return (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12
