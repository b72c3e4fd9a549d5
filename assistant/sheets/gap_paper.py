"""The gap map as a report to print: where the next bimtek should go and about what, with the figures behind it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from assistant.gapmap import FEWEST_ASKED, FEWEST_PEOPLE, Cell, GapMap
from assistant.sheets.gap_charts import place_name
from assistant.sheets.numbers import percent
from assistant.sheets.paper import Heading, Paper, Part, Text, Tone
from assistant.sheets.values import AUTHOR
from assistant.wording import day, moment

TITLE = "Peta kesenjangan sosialisasi UEP"


def gap_paper(found: GapMap, topics: Mapping[str, str], *, at: datetime) -> Paper:
    """Return the report of a map."""
    span = f"{day(found.months[0])} sampai {day(found.months[-1])}" if found.months else "belum ada catatan"
    whole = found.whole
    facts = (
        ("Dibuat", moment(at)),
        ("Masa", span),
        ("Pertanyaan", f"{whole.asked}, belum terjawab {whole.left} ({percent(whole.share)})"),
        ("Jawaban tes", f"{whole.answers}, salah {percent(whole.wrong_share)}"),
    )
    notes = (
        f"Tempat dengan kurang dari {FEWEST_ASKED} pertanyaan tidak masuk saran; "
        f"nilai tes kurang dari {FEWEST_PEOPLE} orang ditutup.",
        "Hitungan ini tidak memuat isi pertanyaan maupun nama orang.",
    )
    return Paper(
        title=TITLE,
        about="",
        subject=span,
        at=at,
        foot=AUTHOR,
        facts=facts,
        parts=tuple(_parts(found, topics)),
        notes=notes,
    )


def advice_text(topic: str, place: str, cell: Cell) -> str:
    """Return in a sentence why a bimtek on a topic is needed in a place."""
    tested = f"; di tes {percent(cell.wrong_share)} jawabannya salah" if cell.wrong_share is not None else ""
    return f"{place_name(place)}: {topic}. {cell.left} dari {cell.asked} pertanyaan belum terjawab{tested}."


def _parts(found: GapMap, topics: Mapping[str, str]) -> Iterator[Part]:
    yield Heading("Bimtek berikutnya: ke mana dan tentang apa")
    if not found.advice:
        yield Text("Belum cukup pertanyaan untuk memberi saran.")
    yield from (
        Text(f"{number}. {advice_text(topics.get(topic, topic), place, cell)}")
        for number, (topic, place, cell) in enumerate(found.advice, 1)
    )
    yield Heading("Menurut topik")
    yield Text(_table("Topik", ((topics.get(topic, topic), found.by_topic[topic]) for topic in found.topics)))
    yield Heading("Menurut kabupaten/kota")
    yield Text(_table("Kabupaten/kota", ((place_name(place), found.by_place[place]) for place in found.places)))
    yield Heading("Menurut bulan")
    yield Text(_table("Bulan", ((day(month), found.by_month[month]) for month in found.months if month in found.by_month)))
    yield Text("Angka «belum terjawab» memuat juga yang baru sebagian terjawab dan yang dinilai tidak membantu.", Tone.QUIET)


def _table(name: str, rows: Iterator[tuple[str, Cell]]) -> str:
    lines = [f"{name} | Ditanyakan | Belum terjawab | Bagian | Salah di tes"]
    lines += [f"{title} | {c.asked} | {c.left} | {percent(c.share)} | {percent(c.wrong_share)}" for title, c in rows]
    return "\n".join(lines)
