"""Results of a training as inline SVG, each with the table that says the same. Pure.

The first test is drawn hollow, the last one filled; right, wrong and left out differ in edge and filling and carry a letter:
a chart is read in grey print as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.sheets.numbers import change, mark
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
    dot,
    drawing,
    legend,
    room,
    short,
    stroke,
    words,
)
from assistant.training.confusion import ItemResult, Part
from assistant.training.results import BINS, FormResult, Phase, Results

BIN_NAMES = (*(f"{10 * n}–{10 * n + 9}" for n in range(BINS - 1)), "90–100")
"""The ten bins of `FormResult.bins` as people read them."""

EMPTY = "Belum ada jawaban."
MANY = 0.2
"""A wrong option that so large a share took is drawn filled: it is the one to talk about."""


def distribution_chart(results: Results) -> Chart:
    """Return how many people reached which score, the tests side by side."""
    tests = results.tests
    title = "Sebaran nilai " + " dan ".join(test.phase.lower() for test in tests) if tests else "Sebaran nilai"
    rows = tuple((name, *(str(test.bins[n]) for test in tests)) for n, name in enumerate(BIN_NAMES))
    described = [f"{test.phase}: {test.people} orang, rata-rata {mark(test.mean)}, median {mark(test.median)}." for test in tests]
    shapes, taken = legend(
        0, *((_sample(test), f"{test.phase}: {test.people} orang, rata-rata {mark(test.mean)}") for test in tests)
    )
    top, bottom = taken + 24, taken + 244
    most = max((count for test in tests for count in test.bins), default=0)
    step = WIDTH / BINS
    wide = (step - 14) / max(1, len(tests))
    for n, name in enumerate(BIN_NAMES):
        for order, test in enumerate(tests):
            height = (bottom - top) * test.bins[n] / most if most else 0
            x = n * step + 7 + order * wide
            if height:
                shapes.append(box(x + 1, bottom - height, wide - 2, height, _filling(test)))
                shapes.append(words(x + wide / 2, bottom - height - 6, str(test.bins[n]), size=15, anchor="middle"))
        shapes.append(words((n + 0.5) * step, bottom + 20, name, size=SMALL, anchor="middle"))
    shapes += [stroke(0, bottom, WIDTH, bottom, colour=QUIET), words(WIDTH / 2, bottom + 44, "Nilai (0–100)", anchor="middle")]
    if not most:
        shapes.append(words(WIDTH / 2, (top + bottom) / 2, EMPTY, colour=QUIET, anchor="middle"))
    svg = drawing("sebaran", title, " ".join(described) or EMPTY, bottom + 54, shapes)
    return Chart(title, svg, ("Nilai", *(f"{test.phase} (orang)" for test in tests)), rows)


def topic_chart(results: Results) -> Chart:
    """Return the mean score of each topic in both tests and what was gained between them."""
    both = results.before is not None and results.after is not None
    title = "Nilai per topik, sebelum dan sesudah" if both else "Nilai per topik"
    head = ("Topik", *(test.phase for test in results.tests), *(("Kenaikan",) if both else ()))
    rows, described = [], []
    shapes, taken = legend(0, *((_round(test.phase), test.phase) for test in results.tests))
    left, right, y = 8, WIDTH - 90, taken + 8
    scale = (right - left) / 100
    foot = y + 56 * len(results.topics)
    for tick in (0, 25, 50, 75, 100):
        x = left + tick * scale
        shapes += [stroke(x, y + 56 * n + 32, x, y + 56 * n + 56) for n in range(len(results.topics))]
        shapes.append(words(left + tick * scale, foot + 20, str(tick), size=SMALL, colour=QUIET, anchor="middle"))
    for topic in results.topics:
        values = [topic.before] * (results.before is not None) + [topic.after] * (results.after is not None)
        marks = [mark(value) for value in values]
        rows.append((topic.name, *marks, *((change(topic.gain),) if both else ())))
        described.append(f"{topic.name}: {' menjadi '.join(marks)}.")
        y += 56
        shapes.append(words(left, y - 32, topic.name))
        places = [
            (phase, left + 100 * scale * v)
            for phase, v in ((Phase.BEFORE, topic.before), (Phase.AFTER, topic.after))
            if v is not None
        ]
        if len(places) == 2:
            shapes.append(stroke(places[0][1], y - 12, places[1][1], y - 12, colour=QUIET, width=3))
        shapes += [_round(phase, x, y - 12) for phase, x in places]
        if both:
            shapes.append(words(WIDTH, y - 22, change(topic.gain), size=18, anchor="end", bold=True))
            shapes.append(words(WIDTH, y - 4, " → ".join(marks), size=SMALL, colour=QUIET, anchor="end"))
        elif values:
            shapes.append(words(WIDTH, y - 8, marks[0], size=18, anchor="end", bold=True))
    svg = drawing("topik", title, " ".join(described) or EMPTY, foot + 30, shapes)
    return Chart(title, svg, head, tuple(rows))


def confusion_chart(form: FormResult) -> Chart:
    """Return how each item of a form was answered: right, by each wrong option, left out."""
    title = f"Jawaban per soal, {form.phase.lower()}"
    shapes, y = legend(
        0,
        (box(0, 0, 16, 16, _part("benar")), "benar"),
        (box(0, 0, 16, 16, _part("sebagian")), "benar sebagian"),
        (box(0, 0, 16, 16, _part("salah", many=True)), "salah, dipilih 20% atau lebih"),
        (box(0, 0, 16, 16, _part("salah")), "salah"),
        (box(0, 0, 16, 16, _part("kosong")), "tidak dijawab"),
    )
    rows: list[tuple[str, ...]] = []
    described = []
    for found in form.items:
        rows += [(str(found.number), found.item.stem, _named(part), part.sort, str(part.count)) for part in found.parts]
        right = sum(part.count for part in found.parts if part.sort == "benar")
        described.append(f"Soal {found.number}: {right} dari {form.people} benar.")
        shapes.append(words(0, y + 20, f"{found.number}. {short(found.item.stem, 72)}"))
        shapes += _stack(found, form.people, y + 28)
        y += 74
    svg = drawing(f"jawaban {form.phase}", title, " ".join(described) or EMPTY, y, shapes)
    return Chart(title, svg, ("Soal", "Pertanyaan", "Jawaban", "Hasil", "Orang"), tuple(rows))


def live_chart(answered: Sequence[int], people: int) -> Chart:
    """Return how many of `people` have answered each item so far; nothing in it tells what they answered."""
    title = "Soal yang sudah dijawab"
    shapes, y, left, right = [], 4.0, 76, WIDTH - 110
    for order, count in enumerate(answered, 1):
        part = min(1.0, count / people) if people else 0.0
        shapes.append(words(0, y + 20, f"Soal {order}"))
        shapes.append(box(left, y, right - left, 28, Paint(SHEET, RULE)))
        if part:
            shapes.append(box(left, y, max(4.0, (right - left) * part), 28, Paint(ACCENT)))
        shapes.append(words(WIDTH, y + 20, f"{count} dari {people}", anchor="end"))
        y += 38
    described = " ".join(f"Soal {order}: {count} dari {people}." for order, count in enumerate(answered, 1))
    rows = tuple((str(order), str(count), str(people)) for order, count in enumerate(answered, 1))
    svg = drawing("langsung", title, described or EMPTY, max(y, 40), shapes)
    return Chart(title, svg, ("Soal", "Sudah menjawab", "Peserta"), rows)


def _stack(found: ItemResult, people: int, y: float) -> Iterator[str]:
    """Yield the parts of one item's bar, the right answers first; a part too narrow for its words has none."""
    x = 0.0
    for part in found.parts:
        if not part.count or not people:
            continue
        width = WIDTH * part.count / people
        many = part.sort == "salah" and part.count > 1 and part.count / people >= MANY
        yield box(x + 1, y, width - 2, 32, _part(part.sort, many=many))
        label = f"{part.letter} {part.count}".strip()
        if room(label) + 6 <= width:
            colour = SHEET if part.sort == "benar" or many else INK
            yield words(x + width / 2, y + 22, label, size=15, colour=colour, anchor="middle", bold=True)
        x += width
    if not x:
        yield words(0, y + 22, EMPTY, size=15, colour=QUIET)


def _named(part: Part) -> str:
    return f"{part.letter}. {part.text}" if part.letter else part.text


def _part(sort: str, *, many: bool = False) -> Paint:
    if sort == "kosong":
        return Paint("none", QUIET, dashed=True)
    colour = ACCENT if sort in ("benar", "sebagian") else ALARM
    return Paint(colour) if sort == "benar" or many else Paint(SHEET, colour)


def _filling(test: FormResult) -> Paint:
    return Paint(SHEET, QUIET) if test.phase is Phase.BEFORE else Paint(ACCENT)


def _sample(test: FormResult) -> str:
    return box(0, 0, 16, 16, _filling(test))


def _round(phase: Phase, x: float = 8, y: float = 8) -> str:
    before = phase is Phase.BEFORE
    return dot(x, y, 7, fill=SHEET if before else ACCENT, line=QUIET if before else ACCENT)
