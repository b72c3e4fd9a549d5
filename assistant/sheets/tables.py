"""Results of a session -> the sheets of its workbook as rows of plain values. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.sheets.charts import BIN_NAMES
from assistant.sheets.findings import findings
from assistant.sheets.numbers import hundredths
from assistant.training.confusion import ItemResult
from assistant.training.items import TOPICS
from assistant.training.results import FormResult, PersonResult, Phase, Results
from assistant.training.review import answer_lines, key_lines, review
from assistant.training.scoring import Attempt, Score
from assistant.wording import day, warnings

HIDDEN = "Ditutup: terlalu sedikit orang"
MOST_MIXED = 3

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; `title` stands above it where a sheet has several."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: tables below each other, a chart of the columns of one of them, widths in letters."""

    name: str
    tables: tuple[Table, ...]
    widths: tuple[int, ...]
    chart: str = ""
    charted: int = 0
    notes: tuple[str, ...] = ()


def sheets(results: Results) -> tuple[Sheet, ...]:
    """Return the six sheets of a session."""
    return (
        _summary(results),
        _people(results),
        _topics(results),
        _items(results),
        _misconceptions(results),
        _answers(results),
    )


def _summary(results: Results) -> Sheet:
    session, gain = results.session, results.gain
    facts = [("Kegiatan", session.title), ("Tempat", session.place), ("Tanggal", day(session.day)), ("Pelatih", session.trainer)]
    facts += [("Topik", "; ".join(session.topic_names)), ("Lama", session.hours)]
    rows: list[tuple[Cell, ...]] = [(name, value) for name, value in facts if value]
    rows.append(("Peserta terdaftar", len(results.people)))
    tests = results.tests
    scores: list[tuple[Cell, ...]] = [
        ("Peserta yang ikut", *(test.people for test in tests)),
        ("Rata-rata", *(_mark(test.mean) for test in tests)),
        ("Median", *(_mark(test.median) for test in tests)),
    ]
    gains: list[tuple[Cell, ...]] = [
        ("Peserta yang mengikuti kedua tes", gain.people),
        ("Kenaikan rata-rata (poin)", _mark(gain.points)),
        ("Batas bawah 95% (poin)", _mark(gain.low)),
        ("Batas atas 95% (poin)", _mark(gain.high)),
        ("Bagian dari sisa yang dicapai (%)", _mark(gain.reached)),
    ]
    bins: list[tuple[Cell, ...]] = [(name, *(test.bins[n] for test in tests)) for n, name in enumerate(BIN_NAMES)]
    regions: list[tuple[Cell, ...]] = [
        (one.kabupaten, one.people, _mark(one.before), _mark(one.after), _mark(one.gain), HIDDEN if one.hidden else "")
        for one in results.regions
    ]
    found = [Table(("Sesi", ""), tuple(rows)), Table(("Nilai", *(test.phase for test in tests)), tuple(scores), "Nilai (0–100)")]
    if len(tests) == 2:
        found.append(Table(("Kenaikan", ""), tuple(gains), "Kenaikan"))
    found.append(Table(("Rentang nilai", *(f"{test.phase} (orang)" for test in tests)), tuple(bins), "Sebaran nilai"))
    charted = len(found) - 1
    head = ("Kabupaten/kota", "Peserta", "Pre-test", "Post-test", "Kenaikan", "Keterangan")
    found.append(Table(head, tuple(regions), "Menurut kabupaten/kota"))
    return Sheet("Ringkasan", tuple(found), (34, 24, 14, 14, 14, 28), "Sebaran nilai", charted, findings(results))


def _people(results: Results) -> Sheet:
    head = ["No.", "Nama", "Kabupaten/kota", "Pre-test", "Post-test", "Kenaikan", "Keterangan"]
    for topic in results.topics:
        head += [f"{topic.name}: {test.phase.lower()}" for test in results.tests]
    rows = tuple((*_person(one), *_by_topic(results, one)) for one in results.people)
    return Sheet("Peserta", (Table(tuple(head), rows),), (6, 32, 24, 10, 10, 10, 30, *[16] * (len(head) - 7)))


def _person(one: PersonResult) -> tuple[Cell, ...]:
    sitting = one.sitting
    missed = "Tidak mengikuti " + " dan ".join(phase.lower() for phase in one.missed) if one.missed else ""
    scores = (_total(one.before), _total(one.after), _mark(one.gain.points) if one.gain else None)
    return (sitting.number, sitting.name, sitting.kabupaten, *scores, missed)


def _by_topic(results: Results, one: PersonResult) -> Iterator[Cell]:
    for topic in results.topics:
        for test in results.tests:
            found = one.before if test.phase is Phase.BEFORE else one.after
            yield _mark(found.topics[topic.topic].share) if found and topic.topic in found.topics else None


def _topics(results: Results) -> Sheet:
    tests = results.tests
    gained = ("Kenaikan", "Peserta kedua tes") if len(tests) == 2 else ()
    rows = []
    for topic in results.topics:
        marks = [_mark(topic.before if test.phase is Phase.BEFORE else topic.after) for test in tests]
        rows.append((topic.name, *marks, *((_mark(topic.gain), topic.people) if gained else ())))
    head = ("Topik", *(str(test.phase) for test in tests), *gained)
    return Sheet("Topik", (Table(head, tuple(rows)),), (40, 14, 14, 14, 20), "Nilai per topik", 0)


def _items(results: Results) -> Sheet:
    columns = {
        "Tes": 10,
        "No.": 6,
        "Topik": 22,
        "Jenis": 18,
        "Pertanyaan": 60,
        "Kunci": 40,
        "Penjawab": 10,
        "Tingkat benar (%)": 12,
        "Daya beda": 10,
        "Benar": 8,
        "Sebagian": 10,
        "Salah": 8,
        "Tidak dijawab": 10,
        "Jawaban keliru terbanyak": 40,
        "Dipilih (orang)": 10,
        "Sering tertukar": 44,
        "Dokumen": 34,
    }
    rows = tuple(_item(test, found) for test in results.tests for found in test.items)
    return Sheet("Soal", (Table(tuple(columns), rows),), tuple(columns.values()))


def _item(test: FormResult, found: ItemResult) -> tuple[Cell, ...]:
    item, counted = found.item, found.statistics
    counts = [sum(part.count for part in found.parts if part.sort == sort) for sort in ("benar", "sebagian", "salah", "kosong")]
    wrong = max((part for part in found.parts if part.sort == "salah"), key=lambda part: part.count, default=None)
    named = item.single and wrong is not None and wrong.count > 0
    mixed = "; ".join(f"{one.first} → {one.second} ({one.count} orang)" for one in found.mixed[:MOST_MIXED])
    topic, key = TOPICS.get(item.topic, item.topic), "\n".join(key_lines(item))
    asked: tuple[Cell, ...] = (str(test.phase), found.number, topic, str(item.kind), item.stem, key, counted.answers)
    facility = hundredths(counted.facility) if counted.answers else None
    worst: tuple[Cell, ...] = (f"{wrong.letter}. {wrong.text}", wrong.count) if named and wrong else ("", None)
    return (*asked, facility, _rounded(counted.discrimination), *counts, *worst, mixed, item.anchor.title)


def _misconceptions(results: Results) -> Sheet:
    columns = {
        "Tes": 10,
        "Soal": 6,
        "Pertanyaan": 50,
        "Jawaban keliru": 34,
        "Dipilih (orang)": 10,
        "Dipilih (%)": 10,
        "Mengapa keliru": 44,
        "Jawaban benar": 34,
        "Kalimat sumber": 60,
        "Dokumen": 34,
        "Berkas": 34,
        "Peringatan": 34,
    }
    rows: list[tuple[Cell, ...]] = []
    for test in results.tests:
        numbers = {found.item.id: found.number for found in test.items}
        for one in test.misconceptions:
            option, anchor = one.item.options[one.option], one.anchor
            right = "; ".join(key_lines(one.item))
            warned = "; ".join(warnings(anchor.scope, anchor.status))
            chosen: tuple[Cell, ...] = (option.text, one.count, hundredths(one.share), option.why, right)
            rows.append(
                (str(test.phase), numbers[one.item.id], one.item.stem, *chosen, anchor.quote, anchor.title, anchor.path, warned)
            )
    return Sheet("Miskonsepsi", (Table(tuple(columns), tuple(rows)),), tuple(columns.values()))


def _answers(results: Results) -> Sheet:
    head = ("No.", "Nama", "Kabupaten/kota", "Tes", "Soal", "ID soal", "Jawaban", "Kalimat dasar", "Hasil", "Poin")
    rows: list[tuple[Cell, ...]] = []
    for one in results.people:
        for test in results.tests:
            sat = one.sitting.before if test.phase is Phase.BEFORE else one.sitting.after
            scored = one.before if test.phase is Phase.BEFORE else one.after
            if sat and scored:
                rows += _given(one, test, sat)
    return Sheet("Jawaban mentah", (Table(head, tuple(rows)),), (6, 30, 22, 10, 6, 18, 50, 40, 16, 8))


def _given(one: PersonResult, test: FormResult, attempt: Attempt) -> Iterator[tuple[Cell, ...]]:
    who = (one.sitting.number, one.sitting.name, one.sitting.kabupaten, str(test.phase))
    for found in review([result.item for result in test.items], attempt):
        yours = "\n".join(answer_lines(found.item, attempt.response(found.item.id).chosen))
        yield (*who, found.number, found.item.id, yours, found.your_reason, str(found.outcome), round(found.points, 3))


def _mark(share: float | None) -> int | None:
    return None if share is None else hundredths(share)


def _total(found: Score | None) -> int | None:
    return _mark(found.total.share) if found else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
