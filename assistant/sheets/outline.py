"""Statements and items of a topic -> the outline of its slides: what the sources say, what none says, what to discuss. Pure.

Only whole sentences of the corpus are shown, and each slide names where they stand. What holds in another region comes on
slides of its own, under the strip that says so, and only where the topic is about other regions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.sheets.bullets import Bullet, bullets, main_passages
from assistant.training.forms import clash, difficulty
from assistant.training.items import TOPICS, Item, ItemKind
from assistant.training.review import basis, key_lines
from assistant.training.statements import Said, Statements
from assistant.training.topics import topic_of
from assistant.types import Gap, Label, Passage, Source
from assistant.wording import day, elsewhere, page_name, warnings

FULL, MOST_BULLETS = 520, 5
"""Letters and bullets that fit a slide in type that a hall can read."""

MOST_PASSAGES, MOST_GAPS, QUESTIONS, NAMED = 12, 6, 3, 2
ABROAD = "daerah-lain"

_GAPS = (
    ("celah/syarat-penerima", "kriteria"),
    ("celah/seleksi", "kriteria"),
    ("celah/aturan-dan-dokumen", "dokumen"),
    ("celah/hasil-dan-tindak-lanjut", "dokumen"),
    ("celah/sesudah-bantuan", "alur"),
    ("celah/pengadaan", "alur"),
    ("celah/kejadian-khusus", "alur"),
    ("celah/aplikasi", "data"),
    ("celah/data-dan-angka", "data"),
    ("celah/pejabat", "peran"),
    ("celah/pendamping", "peran"),
    ("celah/pelatihan-dan-hukum", "hukum"),
    ("celah/hasil-data", "program-lain"),
    ("celah/program-lain", "program-lain"),
    ("celah/teknis-usaha", "usaha"),
    ("celah/uep-kabupaten", "wilayah"),
    ("celah/", "bantuan"),
)
"""The topic of what no source says, by the document that lists it."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide; `strips` stand above everything, `source` below, `notes` are the speaker's."""

    title: str
    bullets: tuple[Bullet, ...]
    source: str = ""
    notes: str = ""
    strips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The slides of a topic after its title slide."""

    topic: str
    slides: tuple[Slide, ...]

    @property
    def title(self) -> str:
        """Return the topic as people read it."""
        return TOPICS.get(self.topic, self.topic)


def outline(statements: Statements, items: Sequence[Item], topic: str) -> Outline:
    """Return the outline of a topic: the passages that most items rest on, in reading order, then gaps and questions."""
    known = {label: item.topic for item in reversed(items) for label in item.labels if label}
    mine = [said for said in statements.all if _topic(said, known) == topic and (said.here or topic == ABROAD)]
    weight = Counter(label for item in items if item.topic == topic for label in item.labels)
    told = [said for said in mine if not said.labels[0].startswith("C-")]
    labels = statements.material.knowledge.labels
    slides = [slide for group in main_passages(told, weight, MOST_PASSAGES) for slide in _slides(group, labels)]
    slides += _gaps(statements, known, topic, weight)
    slides += _questions([item for item in items if item.topic == topic])
    return Outline(topic, tuple(slides))


def _topic(said: Said, known: Mapping[str, str]) -> str:
    label = said.labels[0]
    if label in known:
        return topic_of(said, label, known)
    return next((topic for prefix, topic in _GAPS if said.path.startswith(prefix)), "") or topic_of(said, label, known)


def _slides(group: Sequence[Said], labels: Mapping[str, Label]) -> Iterator[Slide]:
    """Yield the slides of one passage, as many as its sentences need."""
    found = list(bullets(group))
    told = "\n".join(said.quote for members, _ in found for said in members)
    left_out = [said for said in group if said.quote not in told]
    pages: list[list[tuple[list[Said], Bullet]]] = [[]]
    for pair in found:
        if pages[-1] and (len(pages[-1]) == MOST_BULLETS or sum(b.letters for _, b in pages[-1]) + pair[1].letters > FULL):
            pages.append([])
        pages[-1].append(pair)
    passage = group[0].passage
    title = passage.headings[-1] if passage.headings else passage.document.title
    for number, page in enumerate(pages, 1):
        here = [said for members, _ in page for said in members]
        yield Slide(
            f"{title} ({number} dari {len(pages)})" if len(pages) > 1 else title,
            tuple(bullet for _, bullet in page),
            _source(passage, here, labels),
            _notes(here, left_out if number == len(pages) else [], labels),
            warnings(here[0].scope, here[0].status),
        )


def _source(passage: Passage, group: Sequence[Said], labels: Mapping[str, Label]) -> str:
    place = [passage.document.title, *passage.headings[-1:], *([page_name(passage.page)] if passage.page else [])]
    found = _sources(group, labels)
    named = "; ".join(dict.fromkeys(_publication(source) for source in found[:NAMED]))
    more = f"; dan {len(found) - NAMED} terbitan lain (lihat catatan)" if len(found) > NAMED else ""
    return f"Sumber: {' › '.join(dict.fromkeys(place))}. {named}{more}".rstrip()


def _notes(group: Sequence[Said], left_out: Sequence[Said], labels: Mapping[str, Label]) -> str:
    lines = ["Kutipan lengkap dan sumbernya:"]
    for said in group:
        lines += ["", *_citation(said, labels)]
    if left_out:
        lines += ["", "Di bagian ini juga tertulis (terlalu panjang untuk salindia):"]
        for said in left_out:
            lines += ["", *_citation(said, labels)]
    return "\n".join(lines)


def _citation(said: Said, labels: Mapping[str, Label]) -> Iterator[str]:
    yield f"«{said.quote}» [{', '.join(said.labels)}]"
    yield f"{said.passage.document.title} › {' › '.join(said.passage.headings)} ({said.path})"
    for warning in warnings(said.scope, said.status):
        yield f"Perhatian: {warning}."
    for source in _sources([said], labels):
        yield " ".join(part for part in (f"{_publication(source)}.", source.locator or "", source.url or "") if part)


def _sources(group: Sequence[Said], labels: Mapping[str, Label]) -> list[Source]:
    found = (source for said in group for label in said.labels if label in labels for source in labels[label].sources)
    return list(dict.fromkeys(found))


def _publication(source: Source) -> str:
    return ", ".join(part for part in (source.title, source.publisher, day(source.date)) if part)


def _gaps(statements: Statements, known: Mapping[str, str], topic: str, weight: Mapping[str, int]) -> Iterator[Slide]:
    found: dict[str, Gap] = {}
    for said in statements.all:
        for label in said.labels:
            gap = statements.material.knowledge.gaps.get(label)
            if gap and known.get(label, _topic(said, known)) == topic:
                found.setdefault(label, gap)
    ordered = sorted(found.values(), key=lambda gap: -weight[gap.id])
    if ordered:
        bullets = tuple(Bullet(f"{gap.missing[0].upper()}{gap.missing[1:]}") for gap in ordered[:MOST_GAPS])
        notes = [f"{gap.missing} [{gap.id}]\nTanyakan kepada: {gap.whom}\nSudah dicari di: {gap.searched}" for gap in ordered]
        yield Slide(
            "Yang belum diatur atau belum ada di sumber",
            bullets,
            "Jangan menebak: catat pertanyaannya dan tanyakan. Kepada siapa: lihat catatan salindia.",
            "\n\n".join(notes),
        )


def _questions(items: Sequence[Item]) -> Iterator[Slide]:
    """Yield the slide of questions to discuss, the hardest that do not clash; those about another region under the strip."""
    asked = [item for item in items if item.kind in (ItemKind.CHOICE, ItemKind.CASE)]
    usable = [item for item in asked if item.topic == ABROAD or not elsewhere(item.anchor.scope)]
    chosen: list[Item] = []
    for item in sorted(usable, key=lambda item: (-difficulty(item), item.id)):
        if len(chosen) < QUESTIONS and not any(clash(item, other) for other in chosen):
            chosen.append(item)
    if not chosen:
        return
    notes = []
    for number, item in enumerate(chosen, 1):
        bases = [f"«{b.quote}» {b.title} ({b.path}). {'. '.join(b.warnings)}".strip() for b in map(basis, item.anchors)]
        notes.append("\n".join([f"{number}. {item.stem}", f"Jawaban: {'; '.join(key_lines(item))}", *bases]))
    strips = dict.fromkeys(strip for item in chosen for strip in warnings(item.anchor.scope, item.anchor.status))
    yield Slide(
        "Pertanyaan untuk dibahas",
        tuple(Bullet(item.stem) for item in chosen),
        "Kunci dan kalimat sumbernya ada di catatan salindia.",
        "\n\n".join(notes),
        tuple(strip for strip in strips if all(strip in warnings(i.anchor.scope, i.anchor.status) for i in chosen)),
    )
