"""Checks that everything a corpus refers to is there: cards, labels, sources, questions, conflicts, links. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from assistant.knowledge.findings import Finding, Material

SCOPES = frozenset({"nasional", "kaltim", "daerah-lain", "umum"})
_LINK = re.compile(r"\[[^\]^]*\]\(<?([^)>\s]+)>?[^)]*\)")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


def cards(material: Material) -> Iterator[Finding]:
    """Find files that can't be read and front matter that contradicts itself."""
    for failure in material.failures:
        yield Finding(failure.path, failure.reason, failure.remedy)
    for card in (document.card for document in material.documents):
        if card.reviewed is None:
            yield Finding(card.path, "front matter tanpa reviewed", "Tulis tanggal dokumen terakhir diperiksa.")
        if card.valid_from and card.valid_to and card.valid_to < card.valid_from:
            yield Finding(card.path, "valid_to lebih awal daripada valid_from", "Perbaiki salah satu tanggal.")
        if card.scope == "daerah-lain" and not card.title.startswith("Contoh daerah lain"):
            yield Finding(card.path, "judul tidak menyebut daerah lain", "Awali judul dengan «Contoh daerah lain».")


def labels(material: Material) -> Iterator[Finding]:
    """Find labels that are unknown, never stated, without source or fact, or on the list of unsourced statements."""
    known, gaps = material.knowledge.labels, material.knowledge.gaps
    stated: set[str] = set()
    for path, used in _labels_by_path(material):
        stated |= used
        yield from _unknown(path, used - set(known) - set(gaps))
        for name in sorted(used & material.unsourced):
            yield Finding(path, f"label {name} ada di daftar tanpa sumber", "Hapus pernyataannya atau cari sumbernya.")
    for name in sorted((set(known) | set(gaps) | set(material.facts)) & material.unsourced):
        yield Finding("unsourced.yaml", f"label {name} juga ada di berkas data", "Hapus dari salah satunya.")
    for name in sorted((set(known) | set(gaps)) - stated):
        yield Finding(_home(material, name), f"label {name} tidak dipakai dokumen mana pun", "Tulis pernyataannya atau hapus.")
    for name, label in known.items():
        if not label.sources:
            yield Finding("labels.yaml", f"label {name} tanpa sumber", "Tambahkan sumbernya.")
        if label.scope.partition("/")[0] not in SCOPES:
            what = f"label {name}: scope {label.scope} tidak dikenal"
            yield Finding("labels.yaml", what, f"Pakai {', '.join(sorted(SCOPES))}.")
    if material.facts:
        for name in sorted(set(known) ^ set(material.facts)):
            missing = "facts.jsonl" if name in known else "labels.yaml"
            yield Finding(missing, f"label {name} tidak ada di sini", "Tambahkan, atau hapus dari berkas pasangannya.")


def sources(material: Material) -> Iterator[Finding]:
    """Find sources that no label uses and dates that are neither a date nor said to be missing."""
    used = {source.id for label in material.knowledge.labels.values() for source in label.sources}
    for name in sorted(set(material.sources) - used):
        yield Finding("sources.yaml", f"sumber {name} tidak dipakai label mana pun", "Pakai di labels.yaml atau hapus.")
    for name, date in material.sources.items():
        if not re.search(r"(?:19|20)\d\d|tanpa tanggal|t\.t\.", date):
            what = f"sumber {name}: tanggal «{date}» tidak memuat tahun"
            yield Finding("sources.yaml", what, "Tulis tahunnya atau «tanpa tanggal».")


def questions(material: Material) -> Iterator[Finding]:
    """Find stored questions for nothing, and labels that nobody can ask for."""
    known = set(material.knowledge.labels) | set(material.knowledge.gaps)
    asked = set(material.knowledge.questions)
    places = {passage.id for passage in material.passages}
    for name in sorted(name for name in asked - known if name.partition("~")[0] not in places):
        yield Finding("questions.jsonl", f"{name} bukan label atau bagian yang dikenal", "Perbaiki kunci baris itu atau hapus.")
    for name in sorted(known - asked):
        yield Finding("questions.jsonl", f"label {name} belum punya pertanyaan", "Tambahkan cara bertanya untuk label itu.")
    for premise in material.knowledge.premises.values():
        yield from _unknown("premises.jsonl", {premise.label} - known)


def conflicts(material: Material) -> Iterator[Finding]:
    """Find conflicts without a label or with unknown ones; one side is enough where the sources of a label disagree."""
    for conflict in material.knowledge.conflicts:
        sides = {name for side in conflict.sides for name in side}
        if not sides:
            yield Finding("conflicts.yaml", f"{conflict.id} tanpa label", "Tulis label tiap sisi.")
        yield from _unknown(f"conflicts.yaml ({conflict.id})", sides - set(material.knowledge.labels))


def criteria(material: Material) -> Iterator[Finding]:
    """Find criteria that rest on unknown labels."""
    known = set(material.knowledge.labels) | set(material.knowledge.gaps)
    for criterion in material.knowledge.criteria:
        used = {*criterion.labels, *(name for answer in criterion.answers for name in answer.labels)}
        yield from _unknown(f"criteria.yaml ({criterion.id})", used - known)


def links(material: Material) -> Iterator[Finding]:
    """Find links from a document to a file that isn't a document of the corpus."""
    for path, text in material.texts.items():
        for target in dict.fromkeys(_LINK.findall(text)):
            place = unquote(target.partition("#")[0])
            if _ADDRESS.match(target) or not place:
                continue
            if posixpath.normpath(posixpath.join(posixpath.dirname(path), place)) not in material.texts:
                yield Finding(path, f"tautan {target} tidak menuju dokumen mana pun", "Perbaiki alamatnya atau hapus tautannya.")


def _labels_by_path(material: Material) -> Iterator[tuple[str, set[str]]]:
    for document in material.documents:
        mine = (passage for passage in material.passages if passage.document.path == document.card.path)
        yield document.card.path, {name for passage in mine for name in passage.labels}


def _unknown(place: str, names: Iterable[str]) -> Iterator[Finding]:
    for name in sorted(names):
        yield Finding(place, f"label {name} tidak ada di labels.yaml atau gaps.yaml", "Perbaiki label itu atau tambahkan.")


def _home(material: Material, name: str) -> str:
    return "gaps.yaml" if name in material.knowledge.gaps else "labels.yaml"
