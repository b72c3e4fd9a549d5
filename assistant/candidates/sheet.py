"""Verdicts -> CriteriaSheet: one candidate as the page, the PDF and the Word file show it, each line with its sources. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.candidates.query import write_query
from assistant.candidates.steps import STANDING_WORDS, deciding, is_aside, is_open, step_of
from assistant.criteria import Standing, Step, Verdict
from assistant.knowledge.criteria import Criterion
from assistant.sheets.values import Proof, proof_of
from assistant.training.statements import Said, Statements
from assistant.types import Citation, Gap


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One criterion: its verdict, what bears the words out, and what no source says; proofs are numbered over the sheet."""

    verdict: Verdict
    proofs: tuple[Proof, ...]
    gaps: tuple[Gap, ...]

    @property
    def open(self) -> bool:
        """Tell whether the criterion has no answer yet."""
        return is_open(self.verdict)

    @property
    def word(self) -> str:
        """Return the standing as a person reads it."""
        return STANDING_WORDS[self.verdict.standing]

    @property
    def whom(self) -> tuple[str, ...]:
        """Return whom to ask about what no source says."""
        return tuple(dict.fromkeys(gap.whom for gap in self.gaps))


@dataclass(frozen=True, slots=True)
class CriteriaSheet:
    """One candidate: lines by standing, what asks for work first and what asks nothing last."""

    lines: tuple[SheetLine, ...]
    step: Step
    at: datetime
    snapshot: str
    query: str

    @property
    def groups(self) -> tuple[tuple[Standing, tuple[SheetLine, ...]], ...]:
        """Return the lines that ask for something or are met, by standing; empty groups are left out."""
        asked = [line for line in self.lines if not is_aside(line.verdict)]
        found = ((one, tuple(line for line in asked if line.verdict.standing is one)) for one in STANDING_WORDS)
        return tuple((standing, lines) for standing, lines in found if lines)

    @property
    def asides(self) -> tuple[SheetLine, ...]:
        """Return the lines that ask nothing of the officer."""
        return tuple(line for line in self.lines if is_aside(line.verdict))

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Return every source of the groups once, by number."""
        known = {proof.number: proof for _, lines in self.groups for line in lines for proof in line.proofs}
        return tuple(known[number] for number in sorted(known))

    @property
    def deciding(self) -> tuple[SheetLine, ...]:
        """Return the lines that bring the step about."""
        wanted = {verdict.criterion.id for verdict in deciding([line.verdict for line in self.lines])}
        return tuple(line for line in self.lines if line.verdict.criterion.id in wanted)

    @property
    def answered(self) -> int:
        """Return how many criteria have an answer."""
        return sum(1 for line in self.lines if not line.open)


def criteria_sheet(
    criteria: Sequence[Criterion], verdicts: Sequence[Verdict], statements: Statements, *, at: datetime, snapshot: str = ""
) -> CriteriaSheet:
    """Return the sheet of one candidate; each line cites the statement nearest to its words for each of its labels."""
    order = list(STANDING_WORDS)
    sorted_verdicts = sorted(verdicts, key=lambda one: (is_aside(one), order.index(one.standing), is_open(one)))
    numbers: dict[tuple[str, str], Proof] = {}
    gaps = statements.material.knowledge.gaps
    lines = tuple(
        SheetLine(
            verdict,
            proofs_of(verdict, statements, numbers),
            tuple(gaps[label] for label in verdict.labels if label in gaps),
        )
        for verdict in sorted_verdicts
    )
    answers = {one.criterion.id: one.answer.id for one in verdicts}
    return CriteriaSheet(lines, step_of(verdicts), at, snapshot, write_query(criteria, answers))


def proofs_of(verdict: Verdict, statements: Statements, numbers: dict[tuple[str, str], Proof]) -> tuple[Proof, ...]:
    """Return the sources of a verdict; `numbers` holds those that have a number already and takes the new ones."""
    knowledge = statements.material.knowledge
    found: list[Proof] = []
    for label, said in _cited(verdict, statements):
        key = (said.path, said.quote)
        if key not in numbers:
            citation = _citation(len(numbers) + 1, label, said)
            numbers[key] = proof_of(citation, knowledge.labels, knowledge.gaps)
        found.append(numbers[key])
    return tuple(dict.fromkeys(found))


def _cited(verdict: Verdict, statements: Statements) -> Iterator[tuple[str, Said]]:
    for label in verdict.labels:
        if (said := statements.best(label, verdict.text)) is not None:
            yield label, said


def _citation(number: int, label: str, said: Said) -> Citation:
    start = max(said.passage.text.find(said.quote), 0)
    labels = (label, *(other for other in said.labels if other != label))
    return Citation(number, said.passage, said.quote, start, start + len(said.quote), labels)
