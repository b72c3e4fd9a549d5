"""The selection criteria from `criteria.yaml`: what an officer answers, and what the sources let the screen say to it.

A kind bounds the outcomes of its criteria, so that no edit of the file can turn a priority or a missing rule into a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.knowledge.files import read_list

UNKNOWN = "belum-tahu"
"""The answer that every criterion offers; it stands for a question that is not answered yet and can never refuse."""


class CriterionKind(StrEnum):
    """How binding a criterion is according to its sources."""

    REQUIRED = "wajib"
    PRIORITY = "prioritas"
    EXCLUSION = "larangan"
    EVIDENCE = "perlu bukti"
    UNREGULATED = "belum diatur"


class CriterionOutcome(StrEnum):
    """What an answer to one criterion comes to; none of them decides on a person."""

    MET = "memenuhi"
    PREFERRED = "prioritas"
    NOT_PREFERRED = "tidak diprioritaskan"
    UNMET = "tidak memenuhi"
    EVIDENCE = "perlu bukti"
    UNREGULATED = "belum diatur"
    UNRELATED = "tidak terkait"


_BOUNDS: Mapping[CriterionKind, Sequence[CriterionOutcome]] = {
    CriterionKind.REQUIRED: (
        CriterionOutcome.MET,
        CriterionOutcome.UNMET,
        CriterionOutcome.EVIDENCE,
        CriterionOutcome.UNREGULATED,
    ),
    CriterionKind.PRIORITY: (CriterionOutcome.PREFERRED, CriterionOutcome.NOT_PREFERRED, CriterionOutcome.EVIDENCE),
    CriterionKind.EXCLUSION: (
        CriterionOutcome.MET,
        CriterionOutcome.UNMET,
        CriterionOutcome.EVIDENCE,
        CriterionOutcome.UNREGULATED,
    ),
    CriterionKind.EVIDENCE: (CriterionOutcome.MET, CriterionOutcome.EVIDENCE, CriterionOutcome.UNREGULATED),
    CriterionKind.UNREGULATED: (CriterionOutcome.UNREGULATED, CriterionOutcome.UNRELATED),
}
_OPEN = (CriterionOutcome.EVIDENCE, CriterionOutcome.UNREGULATED)


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """One allowed answer: `text` is its button, `wording` what the screen then says, borne out by `labels`."""

    id: str
    text: str
    outcome: CriterionOutcome
    wording: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question about a candidate; `how` says which evidence to look at, `labels` name facts and gaps.

    `names` are what people call it at the head of a column.
    """

    id: str
    question: str
    kind: CriterionKind
    how: str
    labels: tuple[str, ...]
    answers: tuple[CriterionAnswer, ...]
    names: tuple[str, ...] = ()


def read_criteria(folder: Path) -> tuple[Criterion, ...]:
    """Return the criteria of `criteria.yaml` in their order; raises CorpusError naming the entry and the way out."""
    criteria: dict[str, Criterion] = {}
    for number, entry in enumerate(read_list(folder / "criteria.yaml"), 1):
        try:
            criterion = _criterion(entry)
            if criterion.id in criteria:
                raise _Fault("id ini sudah dipakai entri lain; beri id yang berbeda")
            taken = {name for other in criteria.values() for name in (other.id, *other.names)}
            if shared := sorted(taken.intersection((criterion.id, *criterion.names))):
                raise _Fault(f"nama {', '.join(shared)} sudah dipakai kriteria lain; beri nama yang berbeda")
        except _Fault as fault:
            raise CorpusError(f"Berkas criteria.yaml, entri {entry.get('id') or f'ke-{number}'}: {fault}.") from None
        criteria[criterion.id] = criterion
    return tuple(criteria.values())


class _Fault(Exception):
    """What is wrong with an entry and the way out; `read_criteria` adds where it stands."""


def _criterion(entry: Mapping[str, Any]) -> Criterion:
    kind = CriterionKind(_choice(entry, "kind", [*CriterionKind]))
    labels = _labels(entry)
    worded = entry.get("wording")
    if not isinstance(worded, dict):
        raise _Fault("wording tidak ada; beri outcome dan text untuk setiap jawaban")
    wordings = {str(name): wording for name, wording in worded.items()}
    answers: dict[str, CriterionAnswer] = {}
    for option in _options(entry):
        name = _text(option, "id")
        if name in answers:
            raise _Fault(f"jawaban {name} ada dua kali; hapus atau ganti salah satunya")
        try:
            answers[name] = _answer(name, option, wordings.get(name), kind, labels)
        except _Fault as fault:
            raise _Fault(f"jawaban {name}: {fault}") from None
    if strangers := wordings.keys() - answers.keys():
        raise _Fault(f"wording {', '.join(sorted(strangers))} tidak ada di answers; tambahkan jawabannya atau hapus wording itu")
    if UNKNOWN not in answers:
        raise _Fault(f"jawaban {UNKNOWN} tidak ada; tambahkan agar pertanyaan boleh dibiarkan terbuka")
    gaps = [label for label in labels if _is_gap(label)]
    if kind is CriterionKind.UNREGULATED and not gaps:
        raise _Fault("jenis «belum diatur» memerlukan label celah (C-…); tambahkan label itu")
    if kind is not CriterionKind.UNREGULATED and len(gaps) == len(labels):
        raise _Fault(f"jenis «{kind}» memerlukan label fakta, bukan hanya celah; tambahkan label fakta atau pakai «belum diatur»")
    question, how = _text(entry, "question"), _text(entry, "how")
    return Criterion(_text(entry, "id"), question, kind, how, labels, tuple(answers.values()), _names(entry))


def _answer(name: str, option: Mapping[str, Any], wording: Any, kind: CriterionKind, labels: tuple[str, ...]) -> CriterionAnswer:
    if not isinstance(wording, dict):
        raise _Fault("tidak ada di wording; tuliskan outcome dan text untuk jawaban itu")
    outcome = CriterionOutcome(_choice(wording, "outcome", [*CriterionOutcome]))
    own = _labels(wording) if "labels" in wording else labels
    if outcome not in _BOUNDS[kind]:
        raise _Fault(f"hasil «{outcome}» tidak boleh pada jenis «{kind}»; pakai {' atau '.join(_BOUNDS[kind])}")
    if name == UNKNOWN and outcome not in _OPEN:
        raise _Fault(f"hasil «{outcome}» tidak boleh selama belum diketahui; pakai {' atau '.join(_OPEN)}")
    if strangers := [label for label in own if label not in labels]:
        raise _Fault(f"label {', '.join(strangers)} tidak ada di labels kriterianya; tambahkan di sana")
    if outcome is CriterionOutcome.UNMET and all(map(_is_gap, own)):
        raise _Fault("hasil «tidak memenuhi» memerlukan label fakta, bukan celah; tambahkan dasarnya atau pakai «belum diatur»")
    return CriterionAnswer(name, _text(option, "text"), outcome, _text(wording, "text"), own)


def _options(entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    options = entry.get("answers")
    if not isinstance(options, list) or len(options) < 2 or not all(isinstance(option, dict) for option in options):
        raise _Fault("answers harus berupa daftar sedikitnya dua jawaban, masing-masing dengan id dan text")
    return options


def _text(holder: Mapping[str, Any], name: str) -> str:
    value = holder.get(name)
    if value is None or not str(value).strip():
        raise _Fault(f"{name} tidak ada atau kosong; isilah")
    return str(value).strip()


def _choice(holder: Mapping[str, Any], name: str, known: Sequence[str]) -> str:
    value = _text(holder, name)
    if value not in known:
        raise _Fault(f"{name} «{value}» tidak dikenal; pakai {', '.join(known)}")
    return value


def _labels(holder: Mapping[str, Any]) -> tuple[str, ...]:
    labels = holder.get("labels")
    if not isinstance(labels, list) or not labels:
        raise _Fault("labels kosong; sebutkan fakta (A-…, B-…) atau celah (C-…) yang menjadi dasarnya")
    return tuple(map(str, labels))


def _names(entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = entry.get("names") or ()
    if not isinstance(names, list | tuple):
        raise _Fault("names harus berupa daftar nama kolom")
    return tuple(" ".join(str(name).lower().split()) for name in names)


def _is_gap(label: str) -> bool:
    return label.startswith("C-")
