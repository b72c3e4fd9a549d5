"""The criteria say no more than their sources, and a priority or a missing rule never turns into a refusal."""

import re
from typing import Any

import pytest
import yaml

from assistant.contents import DATA_NAMES
from assistant.errors import CorpusError
from assistant.knowledge import read_knowledge
from assistant.knowledge.criteria import UNKNOWN, CriterionKind, CriterionOutcome, read_criteria
from assistant.loading import corpus_files, load
from assistant.passages import split_document
from assistant.settings import ROOT

CORPUS = ROOT / "corpus"


@pytest.fixture(scope="module")
def knowledge():
    return read_knowledge(CORPUS)


@pytest.fixture(scope="module")
def statements():
    """What the corpus says under each label; the items of a list belong to its labelled lead."""
    said: dict[str, str] = {}
    for path in corpus_files(CORPUS)[0]:
        for passage in split_document(load(path, folder=CORPUS)):
            for sentence in passage.sentences:
                for label in sentence.labels:
                    said[label] = f"{said.get(label, '')} {sentence.text}"
    return said


def make_entry(**changes: Any) -> dict[str, Any]:
    """Return a valid `wajib` criterion with `changes`; None leaves a field out."""
    entry = {
        "id": "kemauan",
        "question": "Apakah calon mau berusaha?",
        "kind": "wajib",
        "answers": [YES, NO, {"id": "belum-tahu", "text": "Belum tahu"}],
        "how": "Tanyakan kepada calon.",
        "labels": ["B-038", "C-054"],
        "wording": make_wording(),
        **changes,
    }
    return {name: value for name, value in entry.items() if value is not None}


def make_wording(
    *, ya: str | None = "memenuhi", tidak: str | None = "tidak memenuhi", unknown: str | None = "perlu bukti"
) -> dict[str, Any]:
    """Return the wording of the answers of `make_entry` with these outcomes; None leaves an answer unworded."""
    outcomes = {"ya": ya, "tidak": tidak, "belum-tahu": unknown}
    return {name: {"outcome": outcome, "text": f"Teks {name}."} for name, outcome in outcomes.items() if outcome}


YES = {"id": "ya", "text": "Ya"}
NO = {"id": "tidak", "text": "Tidak"}
STRANGE = {"outcome": "memenuhi", "text": "Teks.", "labels": ["B-001"]}
ALL_OPEN = make_wording(ya="belum diatur", tidak="belum diatur", unknown="belum diatur")


def read(folder, *entries):
    (folder / "criteria.yaml").write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
    return read_criteria(folder)


# The names of columns


def test_names_of_columns_are_read_in_small_letters(tmp_path):
    assert read(tmp_path, make_entry(names=["Mau  Usaha", "NIAT"]))[0].names == ("mau usaha", "niat")


def test_a_name_belongs_to_one_criterion(tmp_path):
    with pytest.raises(CorpusError, match=r"entri lain: nama niat sudah dipakai"):
        read(tmp_path, make_entry(names=["niat"]), make_entry(id="lain", names=["Niat"]))


def test_names_that_are_no_list_are_refused(tmp_path):
    with pytest.raises(CorpusError, match="names harus berupa daftar"):
        read(tmp_path, make_entry(names="niat"))


# The shipped file


def test_the_shipped_criteria_are_read_with_the_rest_of_the_corpus_and_travel_with_a_snapshot(knowledge):
    assert knowledge.criteria == read_criteria(CORPUS)
    assert len(knowledge.criteria) > 20
    assert "criteria.yaml" in DATA_NAMES


def test_every_label_is_a_known_fact_or_gap(knowledge):
    known = set(knowledge.labels) | set(knowledge.gaps)
    assert {label for criterion in knowledge.criteria for label in criterion.labels} <= known


def test_every_fact_of_a_criterion_bears_out_one_of_its_answers(knowledge):
    for criterion in knowledge.criteria:
        used = {label for answer in criterion.answers for label in answer.labels}
        # A gap may stand in `how` alone, which then says that no source settles the matter.
        assert not (set(criterion.labels) & set(knowledge.labels)) - used, criterion.id


def test_no_criterion_rests_on_another_region(knowledge):
    for criterion in knowledge.criteria:
        scopes = {knowledge.labels[label].scope for label in criterion.labels if label in knowledge.labels}
        assert "daerah-lain" not in scopes, criterion.id


def test_what_one_regency_says_is_named_as_its_example(knowledge):
    local = 0
    for criterion in knowledge.criteria:
        said = " ".join([criterion.how, *(answer.wording for answer in criterion.answers)])
        for label in set(criterion.labels) & set(knowledge.labels):
            if knowledge.labels[label].scope.startswith("kaltim/"):
                local += 1
                place = knowledge.labels[label].scope.removeprefix("kaltim/").replace("-", " ").title()
                assert place in said, (criterion.id, label)
                assert re.search(r"misalnya|contoh", said), (criterion.id, label)
    assert local


def test_each_kind_appears(knowledge):
    assert {criterion.kind for criterion in knowledge.criteria} == set(CriterionKind)


def test_desil_one_and_two_are_a_priority_and_no_desil_is_a_refusal(knowledge):
    desil = next(criterion for criterion in knowledge.criteria if criterion.id == "desil")
    assert desil.kind is CriterionKind.PRIORITY
    outcomes = {answer.id: answer.outcome for answer in desil.answers}
    assert outcomes["desil-1-2"] is CriterionOutcome.PREFERRED
    assert CriterionOutcome.UNMET not in outcomes.values()
    later = [answer for answer in desil.answers if answer.outcome is CriterionOutcome.NOT_PREFERRED]
    assert len(later) == 2
    assert all("bukan penolakan" in answer.wording for answer in later)


def test_a_recipient_of_last_year_is_not_proposed_again_and_later_years_are_open(knowledge):
    again = next(criterion for criterion in knowledge.criteria if criterion.id == "penerima-tahun-lalu")
    answers = {answer.id: answer for answer in again.answers}
    assert answers["tahun-lalu"].outcome is CriterionOutcome.UNMET
    assert answers["tahun-lalu"].labels == ("B-020",)
    assert answers["lebih-lama"].outcome is CriterionOutcome.UNREGULATED


@pytest.mark.parametrize(
    "gap", ["C-006", "C-012", "C-014", "C-015", "C-016", "C-017", "C-019", "C-020", "C-021", "C-022", "C-024", "C-032", "C-054"]
)
def test_what_is_asked_most_and_no_source_says_is_left_open(knowledge, gap):
    resting = [answer for criterion in knowledge.criteria for answer in criterion.answers if gap in answer.labels]
    assert CriterionOutcome.UNREGULATED in {answer.outcome for answer in resting}
    assert CriterionOutcome.UNMET not in {answer.outcome for answer in resting}


def test_what_is_left_open_says_whom_to_ask(knowledge):
    for criterion in knowledge.criteria:
        said = " ".join([criterion.how, *(answer.wording for answer in criterion.answers)])
        for answer in criterion.answers:
            if answer.outcome is CriterionOutcome.UNREGULATED:
                for gap in set(answer.labels) & set(knowledge.gaps):
                    whom = re.split(" atau | dan ", knowledge.gaps[gap].whom)
                    assert any(office in said for office in whom), (criterion.id, gap)


def test_an_unregulated_criterion_says_that_no_source_says_it(knowledge):
    unsaid = re.compile(r"(belum|tidak) (ditemukan|disebut|ada di sumber)|belum ada sumber", re.I)
    for criterion in knowledge.criteria:
        if criterion.kind is CriterionKind.UNREGULATED:
            assert unsaid.search(criterion.how), criterion.id
            for answer in criterion.answers:
                if answer.outcome is CriterionOutcome.UNREGULATED:
                    assert unsaid.search(answer.wording), (criterion.id, answer.id)


def test_a_refusal_without_a_statement_about_uep_kaltim_says_that_it_is_national_and_not_of_uep(knowledge):
    def of_uep(label):
        known = knowledge.labels.get(label)
        return known is not None and known.program == "uep-kaltim" and known.scope == "kaltim"

    national = 0
    for criterion in knowledge.criteria:
        for answer in criterion.answers:
            if answer.outcome is CriterionOutcome.UNMET and not any(of_uep(label) for label in answer.labels):
                national += 1
                assert "nasional" in answer.wording, (criterion.id, answer.id)
                assert "UEP Kaltim" in answer.wording, (criterion.id, answer.id)
                assert "nasional" in criterion.how, criterion.id
    assert national >= 5


def test_a_requirement_known_only_from_a_report_of_2024_says_the_year(knowledge):
    path = next(criterion for criterion in knowledge.criteria if criterion.id == "jalur-usulan")
    assert "2024" in path.how
    assert all("2024" in answer.wording for answer in path.answers if answer.outcome is CriterionOutcome.MET)


def test_every_figure_of_a_wording_stands_in_a_statement_with_one_of_its_labels(knowledge, statements):
    def figures(text):
        return set(re.findall(r"\d+(?:[.,/]\d+)*", text))

    for criterion in knowledge.criteria:
        for text, labels in [(criterion.how, criterion.labels), *((a.wording, a.labels) for a in criterion.answers)]:
            said = figures(" ".join(statements[label] for label in labels))
            assert figures(text) <= said, (criterion.id, text)


def test_no_wording_decides_on_the_candidate(knowledge):
    verdict = r"layak|lolos|diterima|ditolak|gugur|berhak"
    decides = re.compile(rf"\bcalon (ini )?({verdict}|pasti)\b|\bpasti ({verdict}|dapat)\b")
    for criterion in knowledge.criteria:
        for answer in criterion.answers:
            # The sources' own condition on the whole programme is no verdict on this candidate.
            said = answer.wording.replace("setelah calon lolos", "")
            assert not decides.search(said), (criterion.id, answer.id)


def test_what_is_not_known_yet_never_refuses(knowledge):
    for criterion in knowledge.criteria:
        unknown = next(answer for answer in criterion.answers if answer.id == UNKNOWN)
        assert unknown.outcome in (CriterionOutcome.EVIDENCE, CriterionOutcome.UNREGULATED)


# The reader


def test_a_valid_entry_is_read_and_an_answer_rests_on_its_own_labels_or_on_those_of_the_criterion(tmp_path):
    wording = make_wording()
    wording["tidak"]["labels"] = ["B-038"]
    (criterion,) = read(tmp_path, make_entry(wording=wording))
    assert criterion.kind is CriterionKind.REQUIRED
    assert [answer.id for answer in criterion.answers] == ["ya", "tidak", "belum-tahu"]
    assert [answer.labels for answer in criterion.answers] == [("B-038", "C-054"), ("B-038",), ("B-038", "C-054")]
    assert criterion.answers[1].outcome is CriterionOutcome.UNMET
    assert criterion.answers[1].wording == "Teks tidak."


def test_a_corpus_without_criteria_has_none(tmp_path):
    assert read_criteria(tmp_path) == ()


def test_two_entries_with_the_same_id_are_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"criteria\.yaml, entri kemauan: id ini sudah dipakai"):
        read(tmp_path, make_entry(), make_entry())


@pytest.mark.parametrize("outcome", ["tidak memenuhi", "memenuhi"])
def test_a_priority_can_neither_refuse_nor_be_required(tmp_path, outcome):
    entry = make_entry(kind="prioritas", wording=make_wording(ya="prioritas", tidak=outcome))
    with pytest.raises(CorpusError, match=f"entri kemauan: jawaban tidak: hasil «{outcome}» tidak boleh pada jenis «prioritas»"):
        read(tmp_path, entry)
    assert read(tmp_path, make_entry(kind="prioritas", wording=make_wording(ya="prioritas", tidak="tidak diprioritaskan")))


@pytest.mark.parametrize("outcome", ["tidak memenuhi", "tidak diprioritaskan", "memenuhi"])
def test_what_is_not_regulated_can_neither_refuse_nor_be_met(tmp_path, outcome):
    wording = make_wording(ya=outcome, tidak="tidak terkait", unknown="belum diatur")
    with pytest.raises(CorpusError, match=f"jawaban ya: hasil «{outcome}» tidak boleh pada jenis «belum diatur»"):
        read(tmp_path, make_entry(kind="belum diatur", wording=wording))


def test_evidence_that_is_missing_can_not_refuse(tmp_path):
    with pytest.raises(CorpusError, match="jawaban tidak: hasil «tidak memenuhi» tidak boleh pada jenis «perlu bukti»"):
        read(tmp_path, make_entry(kind="perlu bukti"))


def test_a_refusal_rests_on_a_fact_and_not_on_a_gap(tmp_path):
    wording = make_wording()
    wording["tidak"]["labels"] = ["C-054"]
    with pytest.raises(CorpusError, match="jawaban tidak: hasil «tidak memenuhi» memerlukan label fakta"):
        read(tmp_path, make_entry(wording=wording))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "harus"}, "entri kemauan: kind «harus» tidak dikenal; pakai wajib, prioritas, larangan"),
        ({"kind": None}, "kind tidak ada"),
        ({"id": None}, "entri ke-1: id tidak ada"),
        ({"question": " "}, "question tidak ada atau kosong"),
        ({"how": None}, "how tidak ada atau kosong"),
        ({"labels": []}, "labels kosong"),
        ({"labels": "B-038"}, "labels kosong"),
        (
            {"kind": "perlu bukti", "labels": ["C-054"], "wording": make_wording(tidak="perlu bukti")},
            "jenis «perlu bukti» memerlukan label fakta",
        ),
        ({"kind": "belum diatur", "labels": ["B-038"], "wording": ALL_OPEN}, "memerlukan label celah"),
        ({"answers": None}, "answers harus berupa daftar"),
        ({"answers": [YES]}, "sedikitnya dua jawaban"),
        ({"answers": [YES, {"id": "tidak"}]}, "jawaban tidak: text tidak ada"),
        ({"answers": [YES, YES]}, "jawaban ya ada dua kali"),
        ({"answers": [YES, NO]}, "wording belum-tahu tidak ada di answers"),
        ({"wording": None}, "wording tidak ada"),
        ({"wording": make_wording(tidak=None)}, "jawaban tidak: tidak ada di wording"),
        ({"wording": {**make_wording(), "tidak": {"outcome": "tidak memenuhi"}}}, "jawaban tidak: text tidak ada"),
        ({"wording": {**make_wording(), "tidak": {"text": "Teks."}}}, "jawaban tidak: outcome tidak ada"),
        ({"wording": make_wording(tidak="ditolak")}, "jawaban tidak: outcome «ditolak» tidak dikenal"),
        ({"wording": make_wording(unknown="memenuhi")}, "jawaban belum-tahu: hasil «memenuhi» tidak boleh selama belum"),
        ({"wording": {**make_wording(), "ya": STRANGE}}, "jawaban ya: label B-001 tidak ada di labels kriterianya"),
    ],
)
def test_a_broken_entry_is_named_with_what_is_wrong(tmp_path, changes, message):
    with pytest.raises(CorpusError, match=r"Berkas criteria\.yaml, entri") as caught:
        read(tmp_path, make_entry(**changes))
    assert message in str(caught.value)


def test_an_answer_for_what_is_not_known_must_be_offered(tmp_path):
    with pytest.raises(CorpusError, match="jawaban belum-tahu tidak ada"):
        read(tmp_path, make_entry(answers=[YES, NO], wording=make_wording(unknown=None)))
