"""Badges, warning strips and original publications: what a person checks a statement by. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from assistant.types import DocumentCard, Gap, Label, Source, Validity
from assistant.ui.passage import safe
from assistant.wording import ELSEWHERE, STRIPS, UNRECORDED, day, elsewhere, kind_name, scope_name

SIGNS = {Validity.BERLAKU: "✓", Validity.RENCANA: "○", Validity.DICABUT: "✕", Validity.USANG: "△"}


def badges_html(document: DocumentCard, label: Label | None = None) -> str:
    """Return kind, scope and status: those of the statement's label, else those of the document."""
    scope = label.scope if label else document.scope
    status = label.status if label else document.status
    return (
        '<p class="lencana-baris">'
        f'<span class="lencana jenis"><span class="tersembunyi">Jenis: </span>{safe(kind_name(document, label))}</span> '
        f'<span class="lencana cakupan"><span class="tersembunyi">Cakupan: </span>{safe(scope_name(scope))}</span> '
        f'<span class="lencana keadaan {safe(status)}"><span class="tersembunyi">Status: </span>'
        f'<span aria-hidden="true">{SIGNS[status]}</span> {safe(status)}</span></p>'
    )


def strips_html(scope: str, status: Validity) -> str:
    """Return the full-width warnings for a scope and a status; empty when there is nothing to warn of."""
    strips = []
    if elsewhere(scope):
        strips.append(f'<p class="pita lain">{ELSEWHERE}</p>')
    if status in STRIPS:
        strips.append(f'<p class="pita {safe(status)}">{STRIPS[status]}</p>')
    return "".join(strips)


def publications_html(sources: Iterable[Source]) -> str:
    """Return the original publications as a list, each once; empty when there is none."""
    unique = {(source.id, source.locator): source for source in sources}
    items = "".join(f"<li>{_publication(source)}</li>" for source in unique.values())
    return f'<ul class="terbitan">{items}</ul>' if items else ""


def gap_html(gap: Gap) -> str:
    """Return what is missing, where it was searched and whom to ask."""
    return (
        f'<p class="pita celah">Belum ada di sumber: {safe(gap.missing)}</p>'
        f"<p>Sudah dicari di: {safe(gap.searched)}</p><p>Tanyakan kepada: {safe(gap.whom)}</p>"
    )


def _publication(source: Source) -> str:
    title = safe(source.title)
    if source.url and urlsplit(source.url).scheme in ("http", "https"):
        title = (
            f'<a href="{safe(source.url)}" target="_blank" rel="noopener noreferrer">{title} '
            '<span aria-hidden="true">↗</span><span class="tersembunyi">(tab baru)</span></a>'
        )
    kind = "" if source.kind == UNRECORDED else source.kind.lower()
    rest = [safe(part) for part in (source.publisher, day(source.date), source.locator, kind) if part]
    return f'{title}<span class="rincian">{", ".join(rest)}</span>'
