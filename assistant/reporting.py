"""Read a corpus folder for the checks and lay out what they find: `python -m assistant corpus`. Works without an index."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.knowledge import read_knowledge
from assistant.knowledge.checks import CHECKS
from assistant.knowledge.facts import read_facts, read_unsourced
from assistant.knowledge.files import read_mapping
from assistant.knowledge.findings import Finding, Material, Severity, Statement
from assistant.loading import Loader, corpus_files
from assistant.passages import split_document
from assistant.types import Document, LoadFailure


def gather(folder: Path) -> Material:
    """Read everything that the checks look at; raises CorpusError when the folder or a data file can't be used."""
    if not folder.is_dir():
        raise CorpusError(f"Folder korpus {folder} tidak ada; buat folder itu atau atur CORPUS_DIR.")
    knowledge = read_knowledge(folder)
    files, refused = corpus_files(folder)
    with Loader() as loader:
        loaded = [item for path in files for item in loader.load_all(path, folder=folder)]
    documents = tuple(item for item in loaded if isinstance(item, Document))
    return Material(
        knowledge=knowledge,
        documents=documents,
        passages=tuple(passage for document in documents for passage in split_document(document)),
        failures=(*refused, *(item for item in loaded if isinstance(item, LoadFailure))),
        texts={document.card.path: _text(folder, document) for document in documents},
        sources={name: str(entry.get("date", "")) for name, entry in read_mapping(folder / "sources.yaml").items()},
        facts=read_facts(folder),
        unsourced=read_unsourced(folder),
    )


def _text(folder: Path, document: Document) -> str:
    """Return a document as it is written; of another format than text, the blocks that were read of it."""
    if document.card.path.endswith((".md", ".markdown", ".txt")) and (folder / document.card.path).is_file():
        return (folder / document.card.path).read_text(encoding="utf-8-sig", errors="replace")
    return "\n\n".join(block.text for section in document.sections for block in section.blocks)


def coverage(material: Material) -> dict[str, Any]:
    """Return the counts of the corpus by name; what has parts (documents by folder) is a mapping of its own."""
    knowledge = material.knowledge
    statements = list(material.statements())
    stated = {name for statement in statements for name in statement.sentence.labels}
    used = {source.id for label in knowledge.labels.values() for source in label.sources}
    by_label = {name for name in knowledge.questions if name in knowledge.labels or name in knowledge.gaps}
    return {
        "fakta": len(material.facts),
        "fakta yang dinyatakan": len(stated & set(material.facts)),
        "label": len(knowledge.labels),
        "sumber": len(material.sources),
        "sumber yang dipakai": len(used & set(material.sources)),
        "celah": len(knowledge.gaps),
        "celah yang dinyatakan": len(stated & set(knowledge.gaps)),
        "dokumen": len(material.documents),
        "dokumen per folder": dict(sorted(Counter(d.card.path.rpartition("/")[0] or "." for d in material.documents).items())),
        "bagian": len(material.passages),
        "pernyataan": len(statements),
        "pernyataan tanpa label": sum(not statement.sentence.labels for statement in statements),
        "pertanyaan tersimpan menurut label": sum(len(knowledge.questions[name]) for name in by_label),
        "pertanyaan tersimpan menurut bagian": sum(len(a) for name, a in knowledge.questions.items() if name not in by_label),
        "label tanpa pertanyaan": len((set(knowledge.labels) | set(knowledge.gaps)) - by_label),
        "premis keliru": len(knowledge.premises),
        "istilah": len(knowledge.glossary.terms),
        "konflik": len(knowledge.conflicts),
        "kriteria": len(knowledge.criteria),
    }


def report_values(material: Material, findings: Sequence[Finding], sample: Sequence[Statement]) -> dict[str, Any]:
    """Return the whole report as JSON values, notes included."""
    faults, notes = count(findings)
    return {
        "ok": not sum(faults.values()),
        "cakupan": coverage(material),
        "pemeriksaan": {name: {"kesalahan": faults[name], "catatan": notes[name]} for name in CHECKS},
        "temuan": [
            {"pemeriksaan": f.check, "tempat": f.path, "apa": f.what, "perbaikan": f.remedy, "jenis": str(f.severity)}
            for f in findings
        ],
        "contoh": [
            {"dokumen": s.path, "bagian": s.passage.id, "pernyataan": s.text, "dasar": list(basis(material, s))} for s in sample
        ],
    }


def report_lines(material: Material, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the coverage table and the number of findings of each check."""
    for name, value in coverage(material).items():
        if isinstance(value, dict):
            yield from (f"  {part:<38}{number:>8}" for part, number in value.items())
        else:
            yield f"{name:<40}{_figure(value):>8}"
    faults, notes = count(findings)
    yield f"\n{'pemeriksaan':<32}{'kesalahan':>10}{'catatan':>10}"
    yield from (f"{name:<32}{_figure(faults[name]):>10}{_figure(notes[name]):>10}" for name in CHECKS)


def finding_lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield each fault with its remedy, then one line that sums up."""
    faults = [finding for finding in findings if finding.severity is Severity.FAULT]
    for finding in faults:
        yield f"{finding.path}: {finding.what}. {finding.remedy} [{finding.check}]"
    notes = len(findings) - len(faults)
    rest = f"{_figure(notes)} catatan (lihat dengan --json)."
    yield f"Korpus: {_figure(len(faults))} kesalahan, {rest}" if faults else f"Korpus tanpa kesalahan; {rest}"


def draw(material: Material, count: int, seed: int) -> list[Statement]:
    """Return `count` labelled statements drawn at random; the same seed draws the same ones from the same corpus."""
    labelled = [statement for statement in material.statements() if statement.sentence.labels]
    return random.Random(seed).sample(labelled, max(0, min(count, len(labelled))))


def sample_lines(material: Material, sample: Sequence[Statement]) -> Iterator[str]:
    """Yield each drawn statement beside the facts and sources of its labels."""
    for number, statement in enumerate(sample, 1):
        yield f"\n{number}. {statement.text}\n   {statement.context} ({statement.path})"
        for entry in basis(material, statement):
            note = f" (Catatan: {entry['catatan']})" if entry["catatan"] else ""
            yield f"   {entry['label']}: {entry['fakta']}{note}"
            yield from (f"      - {source}" for source in entry["sumber"])


def basis(material: Material, statement: Statement) -> Iterator[dict[str, Any]]:
    """Yield what bears a statement out: fact, note and sources of each label, or what its gap says is missing."""
    for name in statement.sentence.labels:
        fact, label, gap = material.facts.get(name), material.knowledge.labels.get(name), material.knowledge.gaps.get(name)
        sources = [
            ", ".join(part for part in (s.title, s.publisher, s.date, s.locator, s.url) if part)
            for s in (label.sources if label else ())
        ]
        text = fact.text if fact else f"celah: {gap.missing}; tanyakan ke {gap.whom}" if gap else "tidak dikenal"
        yield {"label": name, "fakta": text, "catatan": fact.note if fact else "", "sumber": sources}


def count(findings: Sequence[Finding]) -> tuple[Counter[str], Counter[str]]:
    """Return the number of faults and of notes by check."""
    by_severity = {severity: Counter(f.check for f in findings if f.severity is severity) for severity in Severity}
    return by_severity[Severity.FAULT], by_severity[Severity.NOTE]


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", ".")
