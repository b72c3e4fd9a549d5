"""A training session in a hall, made up by a fixed draw: forms, participants and their answers."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from assistant.training.items import Item, ItemKind, Option
from assistant.training.results import Attendance, Session
from assistant.training.scoring import Attempt, Response
from tests.factories import make_item

SESSION = Session(
    "Bimtek UEP Kaltim bagi pendamping",
    "Aula Dinas Sosial, Samarinda",
    date(2026, 12, 1).isoformat(),
    "Rahmawati, S.Sos.",
    ("kriteria", "bantuan", "alur"),
    "8 jam pelajaran",
)
REGIONS = ("Samarinda", "Berau", "Kutai Barat", "Mahakam Ulu", "Paser")
STEPS = make_item(
    "Urutkan langkah penyaluran.",
    kind=ItemKind.ORDER,
    topic="alur",
    key=(2, 0, 1),
    options=(Option("Asesmen"), Option("Penetapan"), Option("Usulan")),
)
PAIRS = make_item(
    "Pasangkan setiap istilah dengan artinya.",
    kind=ItemKind.MATCH,
    topic="istilah",
    key=(1, 0, 2),
    terms=("BAST", "KPM", "RAB"),
    options=(Option("Keluarga penerima manfaat"), Option("Berita acara serah terima"), Option("Rencana anggaran biaya")),
)
CLAIM = make_item(
    "Peserta bimtek menyimpulkan: «UEP diberikan tunai.» Benar atau salah, dan kalimat mana dasarnya?",
    kind=ItemKind.TRUE_FALSE,
    topic="bantuan",
    key=(1,),
    options=(Option("Benar"), Option("Salah")),
    reasons=(Option("Kalimat lain."), Option("UEP berbentuk barang."), Option("Kalimat ketiga.")),
    reason=1,
)


def attempt(person: str, items: Sequence[Item], *chosen: int | Sequence[int] | None) -> Attempt:
    """Return an attempt with one answer for each item, None for one left out."""
    given = zip(items, chosen, strict=True)
    answers = [Response(i.id, (c,) if isinstance(c, int) else tuple(c)) for i, c in given if c is not None]
    return Attempt(person, tuple(answers))


def guess(person: str, items: Sequence[Item], skill: float, draw: random.Random) -> Attempt:
    """Return the answers of somebody who knows each item with the chance `skill`, has a favourite error, and skips some."""
    found = []
    for item in items:
        if draw.random() < 0.05:
            continue
        chosen: tuple[int, ...] = item.key
        if draw.random() > skill:
            every = [n for n in range(len(item.options)) if n != item.key[0]]
            chosen = (draw.choice([*every, every[0], every[0]]),) if item.single else tuple(draw.sample(item.key, len(item.key)))
        reason = item.reason if draw.random() < 0.7 else 0
        found.append(Response(item.id, chosen, reason if item.reasons else None))
    return Attempt(person, tuple(found))


def hall(people: int, before: Sequence[Item], after: Sequence[Item], *, seed: int = 7) -> list[Attendance]:
    """Return `people` sittings; every twelfth missed the first test and every fifteenth the last."""
    draw = random.Random(seed)
    found = []
    for number in range(1, people + 1):
        skill = draw.uniform(0.15, 0.7)
        first = None if number % 12 == 0 else guess(str(number), before, skill, draw)
        last = None if number % 15 == 0 else guess(str(number), after, min(0.95, skill + 0.3), draw)
        region = REGIONS[min(len(REGIONS) - 1, int(draw.expovariate(0.8)))]
        found.append(Attendance(f"p{number}", number, f"Peserta {number}", region, first, last))
    return found
