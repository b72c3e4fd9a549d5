"""The criteria engine: `criteria.yaml` and a situation give a verdict for each criterion. Pure.

It serves Cek Kriteria (one candidate, or the rows of a table) and the training cases. No verdict decides on a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.knowledge.criteria import UNKNOWN, Criterion, CriterionAnswer, CriterionOutcome
from assistant.knowledge.figures import figures
from assistant.language import words


class Standing(StrEnum):
    """What a person reads for a criterion; being outside the priority is no refusal and has a word of its own."""

    MET = "terpenuhi"
    UNMET = "tidak"
    EVIDENCE = "perlu bukti"
    UNREGULATED = "belum diatur"
    NOT_PREFERRED = "bukan prioritas"
    UNRELATED = "tidak terkait"


class Step(StrEnum):
    """The officer's next step that verdicts suggest; the decision stays with the verification team."""

    PROPOSE = "usulkan"
    NOT_PREFERRED = "bukan prioritas"
    ASK = "tanyakan dulu"
    HOLD = "tunda, lengkapi bukti"
    STOP = "jangan diusulkan"


_STANDINGS: Mapping[CriterionOutcome, Standing] = {
    CriterionOutcome.MET: Standing.MET,
    CriterionOutcome.PREFERRED: Standing.MET,
    CriterionOutcome.NOT_PREFERRED: Standing.NOT_PREFERRED,
    CriterionOutcome.UNMET: Standing.UNMET,
    CriterionOutcome.EVIDENCE: Standing.EVIDENCE,
    CriterionOutcome.UNREGULATED: Standing.UNREGULATED,
    CriterionOutcome.UNRELATED: Standing.UNRELATED,
}
_PRECEDENCE = (
    (Standing.UNMET, Step.STOP),
    (Standing.EVIDENCE, Step.HOLD),
    (Standing.UNREGULATED, Step.ASK),
    (Standing.NOT_PREFERRED, Step.NOT_PREFERRED),
)
"""A refusal outweighs missing evidence, that outweighs a missing rule; priority comes last because it never refuses."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one criterion comes to: the answer that was given, its outcome, the words for the screen and their labels."""

    criterion: Criterion
    answer: CriterionAnswer

    @property
    def outcome(self) -> CriterionOutcome:
        """Return the outcome as the criterion's kind bounds it."""
        return self.answer.outcome

    @property
    def standing(self) -> Standing:
        """Return the outcome as a person reads it."""
        return _STANDINGS[self.answer.outcome]

    @property
    def text(self) -> str:
        """Return what the screen says."""
        return self.answer.wording

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels that bear the words out."""
        return self.answer.labels


@dataclass(frozen=True, slots=True)
class Row:
    """The verdicts of one row of a table; `unread` names each cell that matched no answer and counts as unknown."""

    number: int
    verdicts: tuple[Verdict, ...]
    unread: tuple[str, ...] = ()


def judge(
    criteria: Sequence[Criterion], situation: Mapping[str, str], *, only: Iterable[str] | None = None
) -> tuple[Verdict, ...]:
    """Return the verdict of each criterion, in order, for answers by criterion id; what isn't answered is unknown.

    `only` keeps some criteria. Raises ValueError for a criterion or an answer that doesn't exist.
    """
    known = {criterion.id: criterion for criterion in criteria}
    kept = known.keys() if only is None else set(only)
    if strangers := (situation.keys() | kept) - known.keys():
        raise ValueError(f"Kriteria {', '.join(sorted(strangers))} tidak ada di criteria.yaml.")
    return tuple(verdict(known[name], situation.get(name, UNKNOWN)) for name in known if name in kept)


def verdict(criterion: Criterion, answer: str) -> Verdict:
    """Return the verdict of one criterion; raises ValueError for an answer that it doesn't offer."""
    found = next((option for option in criterion.answers if option.id == answer), None)
    if found is None:
        raise ValueError(f"Jawaban {answer} tidak ada pada kriteria {criterion.id}.")
    return Verdict(criterion, found)


def next_step(verdicts: Iterable[Verdict]) -> Step:
    """Return the step that verdicts suggest to the officer, the most binding standing first."""
    standings = {one.standing for one in verdicts}
    return next((step for standing, step in _PRECEDENCE if standing in standings), Step.PROPOSE)


def decisive(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that bring about the next step; all that are met when nothing speaks against it."""
    step = next_step(verdicts)
    wanted = next((standing for standing, one in _PRECEDENCE if one is step), Standing.MET)
    return tuple(one for one in verdicts if one.standing is wanted)


def missing(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that wait for evidence or a document."""
    return tuple(one for one in verdicts if one.standing is Standing.EVIDENCE)


def judge_rows(
    criteria: Sequence[Criterion], rows: Iterable[Mapping[str, object]], *, only: Iterable[str] | None = None
) -> tuple[Row, ...]:
    """Return the verdicts of each row of a table whose columns are criterion ids; other columns are left aside.

    A cell holds the id or the text of an answer, a desil or an amount. One that can't be read is unknown and named.
    """
    kept = None if only is None else tuple(only)
    judged: list[Row] = []
    for number, row in enumerate(rows, 1):
        situation: dict[str, str] = {}
        unread: list[str] = []
        for criterion in criteria:
            cell = str(row.get(criterion.id) or "").strip()
            answer = read_answer(criterion, cell)
            if cell and answer is None:
                unread.append(f"{criterion.id}: {cell}")
            situation[criterion.id] = answer or UNKNOWN
        judged.append(Row(number, judge(criteria, situation, only=kept), tuple(unread)))
    return tuple(judged)


def read_answer(criterion: Criterion, cell: str) -> str | None:
    """Return the id of the answer that a cell of a table names, or None; `II`, `Desil 2` and `Rp4.500.000` are read too."""
    said = words(cell)
    if not said:
        return None
    for option in criterion.answers:
        if said in (words(option.id), words(option.text)):
            return option.id
    first = [option.id for option in criterion.answers if words(option.text)[:1] == said]
    return first[0] if len(first) == 1 else _by_figure(criterion, cell)


def _by_figure(criterion: Criterion, cell: str) -> str | None:
    """Return the answer whose range holds the one figure of a cell; ranges are those in the ids and texts of the file."""
    found = [int(figure) for figure in figures(cell) if figure.isdigit()]
    if len(found) != 1:
        return None
    for option in criterion.answers:
        if (span := re.fullmatch(r"desil-(\d+)-(\d+)", option.id)) and int(span[1]) <= found[0] <= int(span[2]):
            return option.id
    if found[0] < 100_000:
        return None
    inside = next((option for option in criterion.answers if option.id == "di-kisaran"), None)
    bounds = sorted(int(figure) for figure in figures(inside.text)) if inside else []
    if len(bounds) != 2:
        return None
    return "di-bawah" if found[0] < bounds[0] else "di-atas" if found[0] > bounds[1] else "di-kisaran"
