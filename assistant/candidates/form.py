"""Criteria -> the groups of questions of the form for one candidate. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.knowledge.criteria import Criterion, CriterionKind


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Questions that belong together; `open` when they are shown at once."""

    head: str
    hint: str
    criteria: tuple[Criterion, ...]
    open: bool


_GROUPS = (
    (
        "Syarat pokok dan prioritas",
        "Syarat menurut laporan tentang UEP Kaltim, dan siapa yang didahulukan.",
        (CriterionKind.REQUIRED, CriterionKind.PRIORITY),
    ),
    (
        "Larangan",
        "Kebanyakan berasal dari aturan bansos nasional; pada hasilnya dikatakan begitu.",
        (CriterionKind.EXCLUSION,),
    ),
    ("Dicocokkan di lapangan dan di berkas", "Yang dibuktikan sebelum calon diusulkan.", (CriterionKind.EVIDENCE,)),
    (
        "Sering ditanyakan, belum diatur",
        "Tidak ada aturannya di sumber. Jawab yang menjadi pertanyaan saja; yang kosong tidak dihitung.",
        (CriterionKind.UNREGULATED,),
    ),
)


def form_groups(criteria: Sequence[Criterion], answers: Mapping[str, str]) -> tuple[FormGroup, ...]:
    """Return the groups in order, empty ones left out; the first is open, and every one with an answer."""
    groups: list[FormGroup] = []
    for head, hint, kinds in _GROUPS:
        if found := tuple(criterion for criterion in criteria if criterion.kind in kinds):
            groups.append(FormGroup(head, hint, found, not groups or any(one.id in answers for one in found)))
    return tuple(groups)
