"""A certificate of attendance as values: whom, for what, and the code by which anybody can check it. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

from assistant.sheets.numbers import mark
from assistant.training.results import Session
from assistant.wording import day

TITLE = "Sertifikat Keikutsertaan"
NOT_A_LICENCE = (
    "Sertifikat ini menerangkan keikutsertaan dalam bimbingan teknis; bukan akreditasi, lisensi, atau bukti kompetensi."
)
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a code: no 0, O, 1, I or L, which a reader takes for one another."""

_GROUPS, _GROUP = 2, 4


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. `address` is the page that checks `code`; `score` is a share, shown only when it is given."""

    name: str
    kabupaten: str
    session: Session
    code: str
    address: str = ""
    score: float | None = None

    @property
    def facts(self) -> str:
        """Return day, place and length in one line, as far as they are known."""
        known = (day(self.session.day), self.session.place, self.session.hours)
        return " · ".join(" ".join(part.split()) for part in known if part.strip())

    @property
    def result(self) -> str:
        """Return the line with the score, empty when none is to be shown."""
        return "" if self.score is None else f"Nilai tes akhir: {mark(self.score)} dari 100"


def certificate_code(secret: bytes, *parts: str) -> str:
    """Return the code of what `parts` name (session and participant), e.g. `UEP-7KQ4-M2XD`.

    It can't be guessed without the secret, and the same participant always gets the same one.
    """
    digest = hmac.new(secret, "\x1f".join(parts).encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest, "big")
    signs = []
    for _ in range(_GROUPS * _GROUP):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "-".join(["UEP", *("".join(signs[start : start + _GROUP]) for start in range(0, len(signs), _GROUP))])


def read_code(text: str) -> str:
    """Return a code as it is stored, whatever case, blanks or dashes somebody typed; empty when it can be no code."""
    found = re.fullmatch(rf"(?:UEP)?([{SIGNS}]{{{_GROUP}}})([{SIGNS}]{{{_GROUP}}})", re.sub(r"[\s\-–_.]+", "", text.upper()))
    return f"UEP-{found[1]}-{found[2]}" if found else ""
