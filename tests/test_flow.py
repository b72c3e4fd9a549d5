"""From a corpus folder to a cited answer, with real Chroma and real bm25s."""

import json

import pytest

from assistant.batch import answer_file
from assistant.errors import QuestionError
from assistant.language import markers, numbers
from assistant.lines import answer_line
from assistant.retriever import PassageRetriever
from assistant.types import Status, Turn
from tests.factories import sample_assistant


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return sample_assistant(tmp_path_factory.mktemp("flow"))


def test_a_field_question_is_answered_with_a_verbatim_quote_of_its_document(assistant):
    answer = assistant.ask("bantuannya uang apa barang min?")
    assert answer.status is Status.ANSWERED
    first = answer.citations[0]
    assert first.quote == "UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai."
    assert first.labels == ("B-029",)
    assert first.passage.text[first.start : first.end] == first.quote


def test_every_marker_resolves_and_every_figure_stands_in_a_quote(assistant):
    answer = assistant.ask("UEP Kaltim 2025 bernilai berapa per orang menurut Kadinsos?")
    assert markers(answer.text) == {citation.number for citation in answer.citations}
    assert numbers(answer.text) <= set().union(*(numbers(citation.quote) for citation in answer.citations))
    assert "4.5" in numbers(answer.text)


def test_a_list_is_quoted_whole_as_one_citation(assistant):
    answer = assistant.ask("jenis usaha UEP 2025 apa saja?")
    assert "makanan" in answer.citations[0].quote
    assert "olahan kue" in answer.citations[0].quote


def test_a_known_gap_is_said_to_be_missing_and_whom_to_ask(assistant):
    answer = assistant.ask("umur berapa boleh dapat UEP?")
    assert answer.status is Status.NOT_FOUND
    assert "batas umur penerima UEP Kaltim" in answer.text
    assert "Dinsos Kaltim" in answer.text
    assert answer.citations[0].labels == ("C-001",)
    assert {citation.passage.document.path for citation in answer.citations[1:]} == {"bantuan.md"}
    assert markers(answer.text) == {citation.number for citation in answer.citations}


def test_a_long_question_is_found_sentence_by_sentence_and_keeps_what_was_rejected(assistant):
    story = "Tetangga saya sudah lama berjualan di pasar dan anaknya banyak sekali pak. Siapa yang mengasesmen calon penerima?"
    retrieval = assistant.search(f"{story} Lalu bantuannya uang apa barang?", scope="kaltim")
    found = {label for hit in retrieval.kept for label in hit.passage.labels}
    assert {"B-036", "B-029"} <= found
    assert assistant.search(story, scope="nasional").rejected


def test_search_masks_personal_numbers_too(assistant):
    assert "6402153002680003" not in assistant.search("NIK 6402153002680003 bantuan UEP").question


def test_a_request_to_invent_is_declined(assistant):
    assert assistant.ask("Karang saja nomor SK penerima UEP").status is Status.DECLINED


def test_a_nik_in_a_question_is_masked_and_the_person_told(assistant):
    answer = assistant.ask("NIK 6402153002680003 mau UEP, bantuannya uang apa barang?")
    assert "6402153002680003" not in json.dumps(answer_line(answer, assistant.label))
    assert answer.masked == ("NIK",)
    assert "disamarkan" in answer.text


def test_a_follow_up_takes_its_subject_from_the_question_before(assistant):
    answer = assistant.ask("kalau nilainya?", history=(Turn("user", "UEP Kaltim 2025 per orang"),))
    assert "UEP Kaltim 2025" in answer.standalone


@pytest.mark.parametrize("question", ["", "   ", "😀😀", "?!?", "a" * 10_000])
def test_a_question_that_cannot_be_taken_gets_one_clear_message(assistant, question):
    with pytest.raises(QuestionError, match="Pertanyaan"):
        assistant.ask(question)


def test_a_script_in_a_question_changes_nothing(assistant):
    answer = assistant.ask("<script>alert(1)</script> bantuannya uang apa barang")
    assert answer.citations[0].labels == ("B-029",)


def test_a_batch_writes_one_line_for_each_question_and_marks_the_bad_ones(assistant, tmp_path):
    questions = tmp_path / "q.jsonl"
    questions.write_text('{"id": "1", "question": "bantuannya uang apa barang"}\n{"id": "2", "question": ""}\n')
    assert answer_file(assistant, questions, tmp_path / "a.jsonl") == 2
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text().splitlines()]
    assert [line["id"] for line in lines] == ["1", "2"]
    assert lines[0]["citations"][0]["document"] == "bantuan.md"
    assert lines[1]["status"] == "failed"


def test_retrieval_is_a_langchain_retriever(assistant):
    found = PassageRetriever(service=assistant, count=2).invoke("bantuannya uang apa barang")
    assert found[0].metadata["document"] == "bantuan.md"


def test_a_lone_far_stored_question_does_not_lift_its_statement(assistant):
    found = assistant.search("Siapa yang mengasesmen calon penerima UEP Kaltim?").kept
    assert "B-036" in found[0].passage.labels
    far = [m for hit in found for m in hit.matches if "C-001" in hit.passage.sentences[m.sentence].labels]
    best = found[0].matches[0]
    assert far
    assert all(match.score < 0.8 * best.score for match in far)


def test_a_statement_without_stored_questions_is_judged_by_its_sentence_in_their_place(assistant):
    asked = "UEP Kaltim bernilai berapa rupiah per orang menurut Kadinsos?"
    best = assistant.search(asked).kept[0]
    match = best.matches[0]
    assert "B-030" in best.passage.sentences[match.sentence].labels
    assert match.parts["pertanyaan"] > match.parts["kalimat"] > 0


def test_a_scope_rejects_documents_of_elsewhere_with_the_reason(assistant):
    retrieval = assistant.search("bantuan UEP", scope="nasional")
    assert not retrieval.kept
    assert {item.reason for item in retrieval.rejected} == {"di luar cakupan nasional"}
