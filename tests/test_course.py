"""What a snapshot teaches: made from its own files, anew when they change, without what was withdrawn."""

from tests.factories import make_index, open_assistant, write_document
from tests.training import shipped_course

STEMS = 'bantuan:\n- {label: B-029, ask: "Apa bentuknya?", answer: "Barang", wrong: ["Uang tunai", "Kartu", "Saldo"]}\n'


def test_the_course_of_a_snapshot_holds_its_statements_and_the_questions_on_them(tmp_path):
    _, index, encoder = make_index(tmp_path, data={"items.yaml": STEMS})
    course = open_assistant(index, encoder).course()
    assert {label for said in course.statements.all for label in said.labels} >= {"B-029", "B-036"}
    assert course.knowledge.gaps.keys() == {"C-001"}
    assert all(course.items[item.id] is item for item in course.bank.items)


def test_it_is_made_once_and_anew_when_a_document_is_withdrawn(tmp_path):
    _, index, encoder = make_index(tmp_path)
    assistant = open_assistant(index, encoder)
    first = assistant.course()
    assert assistant.course() is first
    assistant.withdraw("bantuan.md")
    assert {said.path for said in assistant.course().statements.all} == {"celah.md"}
    assistant.welcome("bantuan.md")
    assert assistant.course().id == first.id


def test_the_next_snapshot_brings_the_next_course(tmp_path):
    from assistant.ingestion import ingest

    corpus, index, encoder = make_index(tmp_path)
    assistant = open_assistant(index, encoder)
    before = assistant.course().id
    write_document(corpus, "baru", "# Baru\n\n## Bagian\n\nPendamping mengunjungi penerima UEP tiap bulan.[^B-030]\n")
    ingest(corpus, index, encoder)
    after = assistant.course()
    assert after.id != before
    assert "baru.md" in {said.path for said in after.statements.all}


def test_the_shipped_course_has_the_bank_that_the_command_reports():
    course = shipped_course()
    assert len(course.items) >= 300
    assert len(course.book.plans) >= 30
    assert course.criteria
