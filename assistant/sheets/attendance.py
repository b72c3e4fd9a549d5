"""Participants of a session -> the attendance sheet as a PDF with boxes to sign, its head on each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from assistant.sheets.typeset import CELL, HEAD_CELL, QUIET, QUIETLY, RULE, TINT, WIDTH, opening, pages, paragraph, person
from assistant.sheets.values import AUTHOR
from assistant.training.results import Session
from assistant.wording import WITA, day

TITLE = "Daftar hadir"
HEAD = ("No.", "Nama", "Kabupaten/kota", "Bergabung", "Tanda tangan")
WIDTHS = (11 * mm, 60 * mm, 38 * mm, 24 * mm)
ROW = 11 * mm
"""The height that a signature needs."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One participant; `joined` is when, None when it isn't known."""

    number: int
    name: str
    kabupaten: str
    joined: datetime | None = None


def attendance_pdf(session: Session, attendees: Sequence[Attendee], *, empty: int = 0) -> bytes:
    """Return the attendance sheet; `empty` rows follow for those who come without having joined. Times are those of Kaltim."""
    last = max((one.number for one in attendees), default=0)
    rows = [
        [
            paragraph(str(one.number), CELL),
            person(one.name, CELL),
            paragraph(one.kabupaten, CELL),
            paragraph(clock(one.joined), CELL),
            "",
        ]
        for one in attendees
    ]
    rows += [[paragraph(str(last + order), CELL), "", "", "", ""] for order in range(1, empty + 1)]
    facts = (("Kegiatan", session.title), ("Tempat", session.place), ("Tanggal", day(session.day)), ("Pelatih", session.trainer))
    story: list[Flowable] = opening(TITLE, facts)
    if rows:
        story.append(_table(rows))
    else:
        story.append(paragraph("Belum ada peserta.", CELL))
    count = f"{len(attendees)} peserta terdaftar" + (f", {empty} baris untuk peserta yang menyusul" if empty else "")
    story += [Spacer(0, 8), paragraph(f"{count}. Jam bergabung dalam WITA.", QUIETLY)]
    foot = f"{AUTHOR} · {TITLE} · {session.title}"
    return pages(story, title=f"{TITLE}: {session.title}", subject=day(session.day), foot=foot)


def clock(at: datetime | None) -> str:
    """Return the time of day on the clock of Kaltim, e.g. `08.05`; without a zone it is UTC."""
    return f"{(at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(WITA):%H.%M}" if at else ""


def _table(rows: list[list[object]]) -> Table:
    head = [paragraph(name, HEAD_CELL) for name in HEAD]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, RULE),
        ("LINEBELOW", (0, 0), (-1, 0), 1, QUIET),
        ("BACKGROUND", (0, 0), (-1, 0), TINT),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table(
        [head, *rows],
        colWidths=[*WIDTHS, WIDTH - sum(WIDTHS)],
        rowHeights=None,
        minRowHeights=[0, *[ROW] * len(rows)],
        repeatRows=1,
        style=style,
        hAlign="LEFT",
    )
