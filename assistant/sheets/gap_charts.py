"""The gap map as inline SVG, each with the table that says the same: topics by place, and month by month. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.gapmap import Cell, GapMap
from assistant.sheets.numbers import percent
from assistant.sheets.svg import (
    ACCENT,
    ALARM,
    INK,
    QUIET,
    RULE,
    SHEET,
    SMALL,
    WIDTH,
    Chart,
    Paint,
    box,
    drawing,
    legend,
    short,
    stroke,
    words,
)
from assistant.wording import day

PLACES = {
    "": "Prov",
    "Balikpapan": "Bpp",
    "Berau": "Berau",
    "Bontang": "Btg",
    "Kutai Barat": "Kubar",
    "Kutai Kartanegara": "Kukar",
    "Kutai Timur": "Kutim",
    "Mahakam Ulu": "Mahul",
    "Paser": "Paser",
    "Penajam Paser Utara": "PPU",
    "Samarinda": "Smd",
}
"""The places in the short forms that people of Kaltim use; the empty one is the province and visitors."""
PROVINCE = "Provinsi atau tanpa akun"
LEFT, CELL = 200, 34
HIGH, MIDDLE = 0.5, 0.2
"""Shares of open questions from which a cell is drawn full, and half."""


def place_name(place: str) -> str:
    """Return a place as people read it."""
    return place or PROVINCE


def map_chart(found: GapMap, topics: Mapping[str, str]) -> Chart:
    """Return topics by places: in each cell the open questions of all asked, filled the more of them are open."""
    title = "Pertanyaan belum terjawab menurut topik dan daerah"
    shapes, taken = legend(
        0,
        (box(0, 0, 16, 16, _paint(HIGH)), "separuh atau lebih belum terjawab"),
        (box(0, 0, 16, 16, _paint(MIDDLE)), "seperlima atau lebih"),
        (box(0, 0, 16, 16, _paint(0.0)), "kurang dari itu"),
    )
    top = taken + 26
    wide = (WIDTH - LEFT) / max(1, len(found.places))
    shapes += [
        words(LEFT + (n + 0.5) * wide, top - 8, PLACES.get(place, short(place, 6)), size=12, colour=QUIET, anchor="middle")
        for n, place in enumerate(found.places)
    ]
    rows = []
    for row, topic in enumerate(found.topics):
        y = top + row * CELL
        shapes.append(words(0, y + 22, short(topics.get(topic, topic.capitalize()), 26), size=SMALL))
        values = []
        for n, place in enumerate(found.places):
            cell = found.cells.get((topic, place), Cell())
            values.append(f"{cell.left} dari {cell.asked}" if cell.asked else "–")
            if cell.asked:
                full = (cell.share or 0.0) >= HIGH
                shapes.append(box(LEFT + n * wide + 1, y + 1, wide - 2, CELL - 2, _paint(cell.share or 0.0)))
                label = f"{cell.left}/{cell.asked}"
                middle = LEFT + (n + 0.5) * wide
                shapes.append(words(middle, y + 22, label, size=12, colour=SHEET if full else INK, anchor="middle", bold=full))
        rows.append((topics.get(topic, topic.capitalize()), *values))
    height = top + len(found.topics) * CELL + 8
    described = f"{found.whole.left} dari {found.whole.asked} pertanyaan belum terjawab." if found.whole.asked else "Belum ada."
    return Chart(title, drawing("peta", title, described, height, shapes), ("Topik", *map(place_name, found.places)), tuple(rows))


def month_chart(found: GapMap) -> Chart:
    """Return month by month how much was asked and how much of it stayed open."""
    title = "Pertanyaan per bulan"
    shapes, taken = legend(
        0, (box(0, 0, 16, 16, Paint(SHEET, QUIET)), "ditanyakan"), (box(0, 0, 16, 16, Paint(ALARM)), "belum terjawab")
    )
    top, bottom = taken + 24, taken + 204
    most = max((cell.asked for cell in found.by_month.values()), default=0)
    step = WIDTH / max(1, len(found.months))
    rows = []
    for n, month in enumerate(found.months):
        cell = found.by_month.get(month, Cell())
        for value, paint in ((cell.asked, Paint(SHEET, QUIET)), (cell.left, Paint(ALARM))):
            height = (bottom - top) * value / most if most else 0
            if height:
                shapes.append(box(n * step + step * 0.15, bottom - height, step * 0.7, height, paint))
        shapes.append(
            words(
                (n + 0.5) * step,
                bottom - (bottom - top) * (cell.asked / most if most else 0) - 6,
                str(cell.asked),
                anchor="middle",
            )
        )
        shapes.append(words((n + 0.5) * step, bottom + 20, month[5:] + "/" + month[2:4], size=SMALL, anchor="middle"))
        rows.append((day(month), str(cell.asked), str(cell.left), percent(cell.share)))
    shapes.append(stroke(0, bottom, WIDTH, bottom, colour=RULE))
    described = "; ".join(f"{row[0]}: {row[1]} ditanyakan, {row[2]} belum terjawab" for row in rows) or "Belum ada."
    svg = drawing("bulan", title, described, bottom + 30, shapes)
    return Chart(title, svg, ("Bulan", "Ditanyakan", "Belum terjawab", "Bagian"), tuple(rows))


def _paint(share: float) -> Paint:
    if share >= HIGH:
        return Paint(ALARM)
    return Paint(SHEET, ALARM) if share >= MIDDLE else Paint(SHEET, ACCENT, dashed=True)
