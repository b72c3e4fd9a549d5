"""A certificate of attendance as values: whom, for what, and the code by which anybody can check it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.sheets.numbers import mark
from assistant.training.results import Session
from assistant.wording import day

TITLE = "Sertifikat Keikutsertaan"
NOT_A_LICENCE = (
    "Sertifikat ini menerangkan keikutsertaan dalam bimbingan teknis; bukan akreditasi, lisensi, atau bukti kompetensi."
)


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
        return "" if self.score is None else f"Nilai post-test: {mark(self.score)} dari 100"
