"""Evaluation counts the grader's verdicts, names what changed, and holds the floor."""

import argparse
import json
import subprocess
import sys

import pytest

from assistant.batch import answer_file
from assistant.errors import QuestionError, SettingsError
from assistant.evaluation import grade
from assistant.evaluation.cases import Case, read_cases
from assistant.evaluation.command import run_evaluate
from assistant.evaluation.floor import GUARDED, below, raise_floor, raised, read_floor
from assistant.evaluation.metrics import VERDICTS, Result, compare, figures, intervals, judge
from assistant.evaluation.report import report
from assistant.evaluation.runner import Run, evaluate, read_run, write_run
from assistant.settings import ROOT
from tests.factories import sample_assistant

DEV = ROOT / "assistant" / "evaluation" / "dev.jsonl"
QUESTIONS = [
    {"id": "1", "category": "direct", "question": "bantuannya uang apa barang", "expect": "answer", "facts": [["B-029"]]},
    {"id": "2", "category": "direct", "question": "bantuannya uang apa barang?", "expect": "answer", "facts": [["B-999"]]},
    {"id": "3", "category": "unanswerable", "question": "umur berapa boleh dapat UEP?", "expect": "abstain", "must": ["umur"]},
]


def result(identity, right, *, category="direct", expect="answer", **verdict):
    values = dict.fromkeys(VERDICTS) | {"right": float(right)} | verdict
    return Result(identity, category, f"Pertanyaan {identity}?", expect, "answered", values)


def write_questions(path, lines=QUESTIONS):
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def options(path, **given):
    unset = {"out": None, "against": None, "floor": None, "raise_floor": False, "mode": None, "json": False}
    return argparse.Namespace(**{**unset, "questions": path, **given})


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return sample_assistant(tmp_path_factory.mktemp("evaluation"))


@pytest.fixture
def corpus(assistant, monkeypatch, tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    monkeypatch.setenv("CORPUS_DIR", str(folder))
    return folder


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "baris 2: bukan JSON"),
        ("[]", "baris 2: bukan objek JSON"),
        ('{"id": "2"}', "baris 2: isian category tidak ada"),
        (json.dumps({**QUESTIONS[0], "id": "2", "expect": "jawab"}), "baris 2: expect 'jawab' tidak dikenal"),
        (json.dumps({**QUESTIONS[0], "id": "2", "must": ["("]}), "baris 2: pola"),
        (json.dumps({**QUESTIONS[0], "id": "2", "facts": ["B-029"]}), "baris 2: isian facts"),
        (json.dumps({**QUESTIONS[0], "id": "2", "history": ["x"]}), "baris 2: isian history"),
        (json.dumps(QUESTIONS[0]), "baris 2: id 1 sudah dipakai"),
    ],
)
def test_a_broken_case_is_named_by_file_and_line(tmp_path, line, message):
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(QUESTIONS[0]) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(QuestionError, match=rf"q\.jsonl {message}"):
        read_cases(path)


def test_an_empty_and_an_absent_file_of_questions_are_refused(tmp_path):
    (tmp_path / "q.jsonl").write_text("\n")
    with pytest.raises(QuestionError, match="tidak memuat pertanyaan"):
        read_cases(tmp_path / "q.jsonl")
    with pytest.raises(QuestionError, match="tidak dapat dibaca"):
        read_cases(tmp_path / "lain.jsonl")


def test_the_dev_questions_can_be_read():
    assert len(read_cases(DEV)) == 120


def test_an_interval_contains_its_mean_and_is_the_same_each_time():
    results = [result(str(n), n % 3 > 0, cited=float(n % 2) if n > 5 else None) for n in range(30)]
    spans = intervals(results)
    for name, mean in figures(results).items():
        assert spans[name][0] <= mean <= spans[name][1]
    assert spans["right"][0] < spans["right"][1]
    assert spans == intervals(results)
    assert spans != intervals(results, seed=12)


def test_a_question_that_a_figure_does_not_apply_to_is_no_zero():
    found = figures([result("1", True, cited=1.0), result("2", False, expect="abstain")])
    assert (found["right"], found["answerable"], found["abstain"], found["cited"]) == (0.5, 1.0, 0.0, 1.0)
    assert "precision" not in found


def test_a_comparison_names_what_was_won_and_lost_with_paired_differences():
    old = [result("1", True), result("2", False), result("3", True), result("alt", True)]
    new = [result("1", False), result("2", True), result("3", True), result("neu", True)]
    found = compare(old, new)
    assert (found.won, found.lost, found.same, found.unpaired) == (("2",), ("1",), ("3",), ("alt", "neu"))
    difference, low, high = found.differences["right"]
    assert difference == 0
    assert low <= difference <= high


def test_runs_that_agree_on_every_question_differ_by_exactly_nothing():
    results = [result(str(n), n % 2) for n in range(20)]
    assert compare(results, results).differences["right"] == (0.0, 0.0, 0.0)


def test_the_floor_only_rises(tmp_path):
    path = tmp_path / "floor.json"
    assert raise_floor(path, {"right": 0.84166, "abstain": 1.0, "concise": 0.5}) == {"right": 0.8416, "abstain": 1.0}
    raise_floor(path, {"right": 0.9, "abstain": 0.75})
    assert read_floor(path) == {"right": 0.9, "abstain": 1.0}


def test_a_run_is_not_below_the_floor_that_it_set():
    found = {"right": 2 / 3, "status": 0.1 + 0.2}
    assert below(found, raised(found, {})) == {}
    assert below({"right": 0.6}, {"right": 0.7, "quotes": 1.0}) == {"right": (0.6, 0.7), "quotes": (0.0, 1.0)}


@pytest.mark.parametrize("text", ["", "[]", '{"right": "x"}', '{"rihgt": 0.5}'])
def test_a_floor_that_cannot_be_used_is_refused(tmp_path, text):
    (tmp_path / "floor.json").write_text(text)
    with pytest.raises(SettingsError, match=r"floor\.json"):
        read_floor(tmp_path / "floor.json")


def test_the_shipped_floor_guards_every_figure():
    assert set(read_floor(ROOT / "assistant" / "evaluation" / "floor.json")) == set(GUARDED)


def test_a_run_has_the_figures_of_the_grader_itself(assistant, tmp_path):
    whole = [{"history": [], "must": [], "must_not": [], "facts": [], **question} for question in QUESTIONS]
    questions = write_questions(tmp_path / "q.jsonl", whole)
    answer_file(assistant, questions, tmp_path / "a.jsonl")
    command = [sys.executable, grade.__file__, str(questions), str(tmp_path / "a.jsonl"), "--json"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    run = evaluate(assistant, read_cases(questions), name="q.jsonl", corpus=tmp_path)
    found = figures(run.results)
    assert {name: found.get(name) for name in VERDICTS} == {name: told[name] for name in VERDICTS}
    assert (found["answerable"], found["abstain"]) == (told["right_answerable"], told["right_abstain"])


def test_a_wrong_answer_is_explained(assistant, tmp_path):
    run = evaluate(assistant, read_cases(write_questions(tmp_path / "q.jsonl")), name="q.jsonl", corpus=tmp_path)
    assert [r.verdict["right"] for r in run.results] == [1.0, 0.0, 1.0]
    assert run.results[1].causes == ("fakta kurang: B-999 (tidak di 5 teratas)",)
    text = report(run)
    assert "| right      | 0,667" in text
    assert "- 2 [direct, answer: answered] bantuannya uang apa barang?\n  - fakta kurang: B-999" in text


def test_every_failed_verdict_gets_a_cause():
    case = Case("1", "direct", "berapa?", "answer", facts=(("B-1",),), must=("emas",), must_not=("perak",))
    line = {"status": "not_found", "text": "perak 77 [2]", "citations": [{"number": 1, "document": "a.md", "quote": "x 5"}]}
    why = " | ".join(judge(case, line, {"a.md": "lain"}).causes)
    for part in ("hasil not_found", "B-1", "must: emas", "must_not: perak", "di teks [2], kutipan [1]", "numbers: 77", "quotes:"):
        assert part in why


def test_a_run_is_read_back_as_it_was_written(assistant, tmp_path):
    run = evaluate(assistant, read_cases(write_questions(tmp_path / "q.jsonl")), name="q.jsonl", corpus=tmp_path)
    write_run(run, tmp_path / "deep" / "run.json")
    assert read_run(tmp_path / "deep" / "run.json") == run
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(SettingsError, match=r"other\.json"):
        read_run(tmp_path / "other.json")


def test_the_command_fails_below_the_floor_and_not_above_it(assistant, corpus, tmp_path, capsys):
    questions, floor = write_questions(tmp_path / "q.jsonl"), tmp_path / "floor.json"
    assert run_evaluate(assistant, options(questions, floor=floor, raise_floor=True)) == 0
    assert run_evaluate(assistant, options(questions, floor=floor)) == 0
    floor.write_text('{"right": 0.9}')
    assert run_evaluate(assistant, options(questions, floor=floor, raise_floor=True)) == 1
    assert "right 0,667 di bawah batas 0,900." in capsys.readouterr().err
    assert read_floor(floor)["right"] == 0.9


def test_the_command_keeps_a_run_and_shows_what_changed_since(assistant, corpus, tmp_path, capsys):
    questions, kept = write_questions(tmp_path / "q.jsonl"), tmp_path / "run.json"
    assert run_evaluate(assistant, options(questions, out=kept)) == 0
    assert kept.with_suffix(".md").read_text(encoding="utf-8").startswith("# Evaluasi q.jsonl")
    write_questions(questions, [QUESTIONS[0], {**QUESTIONS[1], "facts": [["B-029"]]}, QUESTIONS[2]])
    assert run_evaluate(assistant, options(questions, against=kept)) == 0
    assert "- MENANG 2 " in capsys.readouterr().out
    run_evaluate(assistant, options(questions, against=kept, json=True))
    assert json.loads(capsys.readouterr().out)["comparison"]["won"] == ["2"]


def test_a_lost_question_stands_in_the_report_with_its_cause():
    old, new = (result("1", right) for right in (True, False))
    text = report(Run("q.jsonl", {}, (new,)), comparison=compare([old], [new]), below={"right": (0.0, 1.0)})
    assert "- KALAH 1 " in text
    assert "TURUN" in text
