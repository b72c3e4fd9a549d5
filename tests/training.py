"""The training of a corpus folder for tests: material, statements, stems, cases and the bank, each made once."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path

from assistant.course import Course, make_course
from assistant.knowledge.cases import read_cases
from assistant.knowledge.stems import read_stems
from assistant.reporting import gather
from assistant.settings import ROOT
from assistant.training.bank import Bank, make_bank
from assistant.training.statements import Statements


class Training:
    """Everything that a test of the training may ask for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stems = read_stems(folder)
        self.book = read_cases(folder)

    @cached_property
    def material(self):
        return gather(self.folder)

    @cached_property
    def criteria(self):
        return self.material.knowledge.criteria

    @cached_property
    def statements(self) -> Statements:
        return Statements(self.material)

    @cached_property
    def bank(self) -> Bank:
        return make_bank(self.material, self.stems, self.book)


@cache
def shipped_course() -> Course:
    """Return the course of the shipped corpus, made once."""
    training = Training(ROOT / "corpus")
    return make_course("uji", training.folder, training.material.knowledge, training.material.passages)
