"""All checks of a corpus, in the order in which they are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from assistant.knowledge import references, statements
from assistant.knowledge.fidelity import faithful
from assistant.knowledge.findings import Finding, Material
from assistant.knowledge.readability import readable

Check = Callable[[Material], Iterator[Finding]]

CHECKS: Mapping[str, Check] = {
    "kartu dokumen": references.cards,
    "label": references.labels,
    "sumber": references.sources,
    "pernyataan berlabel": statements.labelled,
    "angka": faithful,
    "cakupan": statements.scopes,
    "status": statements.standing,
    "front matter dan label": statements.fronts,
    "kalimat kembar": statements.twins,
    "keterbacaan": readable,
    "tautan": references.links,
    "pertanyaan": references.questions,
    "konflik": references.conflicts,
    "kriteria": references.criteria,
}
"""By the name that people read."""


def check(material: Material) -> tuple[Finding, ...]:
    """Return everything that the checks find."""
    return tuple(replace(finding, check=name) for name, run in CHECKS.items() for finding in run(material))
