"""The officer's next step for a candidate and the words for it; a step is never a verdict on a person. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.criteria import Standing, Step, Verdict, decisive, next_step
from assistant.knowledge.criteria import UNKNOWN, Criterion, CriterionKind, CriterionOutcome

SIMULATION = "Hasil simulasi, bukan keputusan."


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as the officer reads it: what to do, and why it is suggested."""

    head: str
    text: str


STEP_WORDS: Mapping[Step, StepWords] = {
    Step.STOP: StepWords(
        "Tahan dulu, serahkan kepada tim verifikasi",
        "Ada jawaban yang tidak sesuai dengan syarat atau terkena larangan di sumber. Periksa sekali lagi jawabannya, catat yang "
        "Anda lihat, lalu serahkan kepada tim verifikasi.",
    ),
    Step.HOLD: StepWords(
        "Lengkapi bukti dulu",
        "Masih ada yang belum diketahui atau belum dibuktikan. Lengkapi yang ada di daftar «perlu bukti», lalu periksa lagi.",
    ),
    Step.ASK: StepWords(
        "Tanyakan dulu",
        "Ada keadaan yang belum diatur sumber. Jangan ditolak dan jangan dijanjikan; tanyakan kepada yang disebut di daftar.",
    ),
    Step.NOT_PREFERRED: StepWords(
        "Siapkan usulan dengan catatan: di luar prioritas",
        "Di luar yang didahulukan bukan berarti ditolak. Tuliskan catatan itu pada usulan yang Anda bawa ke tim verifikasi.",
    ),
    Step.PROPOSE: StepWords(
        "Siapkan usulan untuk tim verifikasi",
        "Tidak ada jawaban yang bertentangan dengan sumber dan tidak ada bukti yang masih ditunggu.",
    ),
}
"""In the order in which a list of candidates is worked through: the most urgent first."""

STANDING_WORDS: Mapping[Standing, str] = {
    Standing.UNMET: "tidak terpenuhi",
    Standing.EVIDENCE: "perlu bukti",
    Standing.UNREGULATED: "belum diatur",
    Standing.NOT_PREFERRED: "bukan prioritas",
    Standing.MET: "terpenuhi",
    Standing.UNRELATED: "tidak terkait",
}
"""In the order in which a sheet is read: what asks for work first."""

STANDING_SIGNS: Mapping[Standing, str] = {
    Standing.UNMET: "✕",
    Standing.EVIDENCE: "!",
    Standing.UNREGULATED: "?",
    Standing.NOT_PREFERRED: "↓",
    Standing.MET: "✓",
    Standing.UNRELATED: "–",
}
"""Beside the word, never instead of it."""


def weighs(verdict: Verdict) -> bool:
    """Tell whether a verdict may bring about a step.

    Where no rule exists, a question that was not asked says nothing, and neither does one that comes to «belum diatur»
    whatever the answer: it is a question to the office, not to this candidate.
    """
    criterion = verdict.criterion
    if criterion.kind is not CriterionKind.UNREGULATED:
        return True
    return verdict.answer.id != UNKNOWN and any(one.outcome is CriterionOutcome.UNRELATED for one in criterion.answers)


def step_of(verdicts: Iterable[Verdict]) -> Step:
    """Return the step that the verdicts which weigh suggest."""
    return next_step(filter(weighs, verdicts))


def deciding(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that bring the step about."""
    return decisive([one for one in verdicts if weighs(one)])


def is_aside(verdict: Verdict) -> bool:
    """Tell whether a verdict asks nothing of the officer: not related, or not regulated and not asked."""
    if verdict.standing is Standing.UNRELATED:
        return True
    return verdict.criterion.kind is CriterionKind.UNREGULATED and is_open(verdict)


def is_open(verdict: Verdict) -> bool:
    """Tell whether a criterion has no answer yet."""
    return verdict.answer.id == UNKNOWN


def counts_of(verdicts: Sequence[Verdict]) -> tuple[tuple[Standing, int], ...]:
    """Return how many verdicts have each standing, in reading order; those that ask nothing are not counted."""
    asked = [one.standing for one in verdicts if not is_aside(one)]
    return tuple((standing, asked.count(standing)) for standing in STANDING_WORDS if standing is not Standing.UNRELATED)


def short(criterion: Criterion) -> str:
    """Return a criterion in a few words: those of its id, written as in its question (`nilai-rab` -> `nilai RAB`)."""
    written = {word.lower(): word for word in re.findall(r"\w+", criterion.question)[1:]}
    return " ".join(written.get(word, word) for word in criterion.id.split("-"))
