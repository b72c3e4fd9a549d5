"""The shipped corpus is whole: no check finds a fault, every fact is stated and asked about. The rules: test_checks.py."""

import pytest

from assistant.knowledge.checks import check
from assistant.reporting import coverage, finding_lines, gather
from assistant.settings import ROOT


@pytest.fixture(scope="module")
def shipped():
    return gather(ROOT / "corpus")


def test_no_check_finds_a_fault(shipped):
    *faults, summary = finding_lines(check(shipped))
    assert faults == []
    assert summary.startswith("Korpus tanpa kesalahan")


def test_every_fact_is_stated_and_every_statement_has_a_label(shipped):
    values = coverage(shipped)
    assert values["fakta"] == values["fakta yang dinyatakan"] == values["label"] > 400
    assert values["celah"] == values["celah yang dinyatakan"] > 100
    assert values["pernyataan tanpa label"] == values["label tanpa pertanyaan"] == 0


def test_data_files_are_no_documents(shipped):
    assert (ROOT / "corpus" / "facts.jsonl").is_file()
    assert all(document.card.path.endswith(".md") for document in shipped.documents)
