"""A whole document and the glossary -> HTML. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.types import DocumentCard, Label, Passage
from assistant.ui.badges import badges_html, gap_html, publications_html, strips_html
from assistant.ui.passage import passage_html, safe
from assistant.ui.render import GapOf, LabelOf
from assistant.wording import STRIPS, elsewhere

if TYPE_CHECKING:
    from assistant.knowledge.glossary import Term

HIGHEST, DEEPEST = 3, 6
"""Heading levels of sections: the title of the document is level 2."""


def document_html(card: DocumentCard, note: str, passages: Sequence[Passage], *, label_of: LabelOf, gap_of: GapOf) -> str:
    """Return the document as it is read: title, badges, note on provenance, sections with their publications."""
    dates = [f"{name} {safe(value)}" for name, value in _dates(card) if value]
    parts = [
        f'<article class="dokumen"><h2>{safe(card.title)}</h2>',
        strips_html(card.scope, card.status),
        badges_html(card),
        f'<p class="letak">{" · ".join(dates)}</p>' if dates else "",
        f'<p class="catatan">{safe(note)}</p>' if note else "",
    ]
    shown: tuple[str, ...] = ()
    for headings, group in groupby(passages, key=lambda passage: passage.headings):
        parts.append(_headings(shown, headings))
        parts.append(_section(card, list(group), label_of, gap_of))
        shown = headings
    return "".join(parts) + "</article>"


def glossary_html(terms: Iterable[Term]) -> str:
    """Return the glossary as a table, in alphabetical order."""
    ordered = sorted(terms, key=lambda term: term.term.casefold())
    rows = "".join(_term(term) for term in ordered if term.expansion or term.meaning)
    head = "<tr><th scope='col'>Istilah</th><th scope='col'>Kepanjangan</th><th scope='col'>Arti</th></tr>"
    return f'<table class="istilah"><thead>{head}</thead><tbody>{rows}</tbody></table>'


def _term(term: Term) -> str:
    return (
        f'<tr><th scope="row">{safe(term.term)}</th><td>{safe(term.expansion or "")}</td><td>{safe(term.meaning or "")}</td></tr>'
    )


def _dates(card: DocumentCard) -> tuple[tuple[str, str | None], ...]:
    return (("berlaku sejak", card.valid_from), ("sampai", card.valid_to), ("ditinjau", card.reviewed))


def _headings(shown: tuple[str, ...], headings: tuple[str, ...]) -> str:
    """Return the headings that are new against the section before."""
    same = 0
    while same < min(len(shown), len(headings)) and shown[same] == headings[same]:
        same += 1
    levels = [(min(HIGHEST + depth, DEEPEST), heading) for depth, heading in enumerate(headings) if depth >= same]
    return "".join(f"<h{level}>{safe(heading)}</h{level}>" for level, heading in levels)


def _section(card: DocumentCard, passages: list[Passage], label_of: LabelOf, gap_of: GapOf) -> str:
    names = dict.fromkeys(name for passage in passages for name in passage.labels)
    labels = [label for name in names if (label := label_of(name)) is not None]
    gaps = [gap for name in names if (gap := gap_of(name)) is not None]
    text = "".join(passage_html(passage) for passage in passages)
    original = publications_html(source for label in labels for source in label.sources)
    sources = (f"<details><summary>Sumber bagian ini</summary>{original}</details>" if original else "") + "".join(
        gap_html(gap) for gap in gaps
    )
    return _differences(card, labels) + text + sources


def _differences(card: DocumentCard, labels: Sequence[Label]) -> str:
    """Warn where statements of a section hold less than the document they stand in."""
    states = {label.status for label in labels} - {card.status}
    strips = [
        f'<p class="pita {safe(state)}">Bagian ini juga memuat: {STRIPS[state].lower()}</p>'
        for state in STRIPS
        if state in states
    ]
    if not elsewhere(card.scope) and any(elsewhere(label.scope) for label in labels):
        strips.append('<p class="pita lain">Bagian ini juga memuat contoh daerah lain, bukan aturan Kaltim</p>')
    return "".join(strips)
