"""Waiting questions: which wait, in groups, what is done about them; confirmed questions join the search; the letter."""

import io
import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from docx import Document as WordDocument

from assistant.errors import AccessError, InputError
from assistant.inbox import CONFIRMED, DOUBTFUL, Reason, Waiting, groups
from assistant.ingestion import ingest
from assistant.ledger import Role
from assistant.records import conversations, inbox, personal, usage
from assistant.sheets.docx import docx_bytes
from assistant.sheets.waiting import Purpose, waiting_paper
from assistant.training.items import TOPICS
from assistant.unanswered import CLOSED, OFF_TOPIC
from tests.factories import PASSWORD, Moving, add_person, make_index, make_office, open_assistant
from tests.serving import Client, served

AGE = "umur berapa boleh dapat UEP"
VISITOR = {"open_chat": True, "address": "127.0.0.1"}


@pytest.fixture
def office(tmp_path, clock):
    corpus, index, encoder = make_index(tmp_path)

    def job(reporter):
        return ingest(corpus, index, encoder, progress=reporter.progress, step=reporter.step)

    return make_office(tmp_path, open_assistant(index, encoder), now=clock, ingest_job=job, corpus_dir=corpus)


@pytest.fixture
def trainer(office):
    return add_person(office.people, "pelatih", role=Role.PELATIH)


@pytest.fixture
def officer(office):
    return add_person(office.people, "petugas")


def ask(office, officer, *questions):
    return [office.conversations.ask(officer, question, **VISITOR) for question in questions]


def waiting(question="apa?", *, entry="e", status="not_found", minute=0, **values):
    at = Moving().time.replace(minute=minute)
    fields = {"topic": "kriteria", "kabupaten": "", "nearest": 0.9, **values}
    return Waiting(entry, question, status, at=at, **fields)


# Pure


@pytest.mark.parametrize(
    ("values", "reasons"),
    [
        ({"status": "not_found"}, (Reason.NOT_FOUND,)),
        ({"status": "partial", "helpful": False}, (Reason.UNHELPFUL, Reason.PARTIAL)),
        ({"status": "answered", "nearest": DOUBTFUL - 0.01}, (Reason.DOUBTFUL,)),
        ({"status": "answered"}, ()),
        ({"status": "answered", "helpful": True}, ()),
        ({"status": None, "nearest": None}, (Reason.BROKEN,)),
        ({"status": "off_topic", "nearest": 0.0}, ()),
    ],
)
def test_a_question_waits_when_it_was_not_answered_well(values, reasons):
    assert waiting(**values).reasons == reasons


def test_questions_that_are_near_form_a_group_led_by_the_oldest_and_the_largest_stands_first():
    asked = [waiting("b", entry="2", minute=2), waiting("a", entry="1", minute=1), waiting("c", entry="3", minute=3)]
    near = np.array([[1.0, 0.0], [0.9, np.sqrt(1 - 0.81)], [0.0, 1.0]], dtype=np.float32)
    first, second = groups(asked, near)
    assert [member.question for member in first.members] == ["a", "b"]
    assert first.key == "1"
    assert [member.question for member in second.members] == ["c"]
    assert groups([], np.zeros((0, 2))) == ()


# With people


def test_what_was_not_found_and_what_did_not_help_waits_and_what_was_answered_does_not(office, officer, trainer):
    _, good, bad = ask(office, officer, AGE, "bantuannya uang apa barang", "jenis usaha UEP 2025 apa saja?")
    office.conversations.rate(officer, bad.id, helpful=False, comment="tidak lengkap, hubungi 081234567890")
    found = office.unanswered.groups(trainer)
    asked = {group.question: group for group in found}
    assert AGE in asked
    assert good.question not in asked
    unhappy = asked[bad.question].members[0]
    assert Reason.UNHELPFUL in unhappy.reasons
    assert unhappy.comment == "tidak lengkap, hubungi [nomor telepon disamarkan]"


def test_the_same_question_asked_twice_is_one_group_and_filters_keep_what_they_name(office, officer, trainer):
    ask(office, officer, AGE, f"{AGE}?", "bantuan UEP menurut Kadinsos tahun 1990 berapa rupiah")
    (first, *_) = office.unanswered.groups(trainer)
    assert set(first.wordings) == {AGE, f"{AGE}?"}
    assert office.unanswered.groups(trainer, topic=first.topic)[0].key == first.key
    assert office.unanswered.groups(trainer, kabupaten="Berau") == ()
    assert all(Reason.PARTIAL in group.members[0].reasons for group in office.unanswered.groups(trainer, reason=Reason.PARTIAL))


def test_closely_one_sees_the_answer_of_today_the_nearest_passages_and_what_was_done_before(office, officer, trainer):
    (first,) = ask(office, officer, AGE)
    office.unanswered.handle(trainer, [first.id], OFF_TOPIC)
    (second,) = ask(office, officer, AGE)
    closer = office.unanswered.closer(trainer, second.id)
    assert closer.today.status == "not_found"
    assert closer.nearest
    assert [(lived.entry, lived.handled) for lived in closer.before] == [(first.id, OFF_TOPIC)]


def test_what_is_handled_waits_no_more_until_it_is_opened_again(office, officer, trainer):
    (entry,) = ask(office, officer, AGE)
    assert office.unanswered.handle(trainer, [entry.id, "tidak-ada"], CLOSED, note="sudah dijelaskan lisan") == 1
    assert office.unanswered.groups(trainer) == ()
    assert office.unanswered.handled(trainer)[0].entry == entry.id
    with pytest.raises(InputError, match="sudah ditangani"):
        office.unanswered.group(trainer, entry.id)
    office.unanswered.reopen(trainer, entry.id)
    assert office.unanswered.groups(trainer)[0].key == entry.id


@pytest.mark.parametrize(("entries", "action"), [([], CLOSED), (["x"], CLOSED), (["x"], "apa-saja")])
def test_nothing_chosen_or_gone_or_an_unknown_act_is_refused(office, trainer, entries, action):
    with pytest.raises(InputError):
        office.unanswered.handle(trainer, entries, action)


def test_an_officer_sees_none_of_it(office, officer):
    (entry,) = ask(office, officer, AGE)
    for act in (
        lambda: office.unanswered.groups(officer),
        lambda: office.unanswered.closer(officer, entry.id),
        lambda: office.unanswered.handle(officer, [entry.id], CLOSED),
        lambda: office.unanswered.gap_map(officer),
        lambda: office.confirming.listed(officer),
        lambda: office.confirming.export(officer),
    ):
        with pytest.raises(AccessError):
            act()


def test_who_deletes_a_conversation_takes_the_question_out_of_the_queue(office, officer, trainer):
    (entry,) = ask(office, officer, AGE)
    office.unanswered.handle(trainer, [entry.id], CLOSED)
    office.conversations.forget(officer, entry.conversation)
    assert office.unanswered.handled(trainer) == ()
    assert office.unanswered.groups(trainer) == ()


def test_a_question_that_a_crash_left_without_an_answer_waits(office, officer, trainer):
    conversations.add_question(office.records, officer.key, "alur UEP bagaimana")
    (group,) = office.unanswered.groups(trainer)
    assert group.reasons == ((Reason.BROKEN, 1),)


# Confirmed questions


def confirmable(office, text="Calon penerima UEP Kaltim diasesmen"):
    for passage in office.assistant.known().passages.values():
        for ordinal, sentence in enumerate(passage.sentences):
            if sentence.text.startswith(text):
                return passage, ordinal
    raise AssertionError(text)


def test_a_confirmed_question_finds_its_statement_and_its_undoing_is_felt(office, trainer):
    question = "tim mana turun ke rumah warga"
    passage, ordinal = confirmable(office)

    def leads():
        hits = office.assistant.search(question).kept
        return hits[0].passage.id == passage.id and hits[0].matches[0].sentence == ordinal

    assert not leads()
    assert office.confirming.confirm(trainer, passage.id, ordinal, [question]) == 1
    office.documents.wait(60)
    assert leads()
    (listed,) = office.confirming.listed(trainer)
    assert (listed.confirmed.name, listed.sentence[:14]) == ("B-036", "Calon penerima")
    office.confirming.undo(trainer, listed.confirmed.id)
    office.documents.wait(60)
    assert not leads()
    assert office.confirming.listed(trainer) == ()
    exported = [json.loads(line) for line in office.confirming.export(trainer).splitlines()]
    assert [(line["label"], line["question"], line["origin"], line["undone"]) for line in exported] == [
        ("B-036", question, "petugas", "2026-11-24")
    ]


def test_a_sentence_without_a_label_is_named_by_place_and_words_and_lost_when_it_changes(tmp_path, clock):
    corpus, index, encoder = make_index(tmp_path, juknis="# Juknis\n\n## Kunjungan\n\nPendamping datang dua kali sebulan.\n")

    def job(reporter):
        return ingest(corpus, index, encoder)

    office = make_office(tmp_path, open_assistant(index, encoder), now=clock, ingest_job=job, corpus_dir=corpus)
    trainer = add_person(office.people, "pelatih", role=Role.PELATIH)
    passage, ordinal = confirmable(office, "Pendamping datang")
    office.confirming.confirm(trainer, passage.id, ordinal, ["seberapa sering nengok usaha warga NIK 6472031205900001"])
    office.documents.wait(60)
    text = (corpus / "questions-confirmed.jsonl").read_text(encoding="utf-8")
    assert "~" in json.loads(text)["passage"]
    assert "6472031205900001" not in text
    assert office.assistant.search("seberapa sering nengok usaha warga").kept[0].passage.id == passage.id
    juknis = corpus / "juknis.md"
    juknis.write_text(juknis.read_text(encoding="utf-8").replace("dua kali", "tiga kali"), encoding="utf-8")
    ingest(corpus, index, encoder)
    assert office.confirming.listed(trainer)[0].passage is None


def test_a_known_gap_answers_nothing_so_it_confirms_nothing(office, trainer):
    passage, ordinal = confirmable(office, "Batas umur penerima")
    with pytest.raises(InputError, match="belum ada di sumber"):
        office.confirming.confirm(trainer, passage.id, ordinal, [AGE])
    with pytest.raises(InputError, match="tidak ada lagi"):
        office.confirming.confirm(trainer, passage.id, 99, [AGE])


def test_a_file_of_confirmed_questions_that_came_with_the_corpus_stays(office):
    file = office.settings.corpus_dir / "questions-confirmed.jsonl"
    line = '{"label": "B-036", "questions": ["siapa menilai"], "origin": "petugas", "date": "2026-01-01"}\n'
    file.write_text(line, encoding="utf-8")
    office.confirming.write()
    assert file.read_text(encoding="utf-8") == line


def test_a_name_that_is_masked_on_request_is_masked_in_confirmed_questions_too(office, trainer):
    passage, ordinal = confirmable(office)
    office.confirming.confirm(trainer, passage.id, ordinal, ["siapa menilai Bu Markonah"])
    personal.mask_name(office.records, "Markonah", actor="uji")
    assert "Markonah" not in office.confirming.export(trainer)


# The letter


def test_the_letter_holds_each_question_how_often_and_where_and_room_for_an_answer(office, officer, trainer):
    ask(office, officer, AGE, AGE)
    found = office.unanswered.groups(trainer)
    paper = waiting_paper(found, TOPICS, purpose=Purpose.LETTER, at=office.records.now())
    text = "\n".join(paragraph.text for paragraph in WordDocument(io.BytesIO(docx_bytes(paper))).paragraphs)
    assert f"1. {AGE}" in text
    assert "Diajukan 2 kali" in text
    assert "Penjelasan dan dasar hukum:" in text
    assert "petugas" not in {line.lower() for line in text.splitlines()}, "no name of who asked"


def test_the_newest_are_kept_when_more_wait_than_are_looked_at(office, officer, clock):
    for question in ("satu umur?", "dua umur?", "tiga umur?"):
        conversations.add_question(office.records, officer.key, question)
        clock.on(minutes=1)
    assert [item.question for item in inbox.waiting(office.records, count=2)] == ["dua umur?", "tiga umur?"]


# A review of November 2026


def test_undoing_a_confirmation_lets_its_question_wait_again(office, officer, trainer):
    ask(office, officer, AGE)
    (group,) = office.unanswered.groups(trainer)
    passage, ordinal = confirmable(office)
    office.confirming.confirm(trainer, passage.id, ordinal, [AGE])
    office.unanswered.handle(trainer, [item.entry for item in group.members], CONFIRMED)
    assert office.unanswered.groups(trainer) == ()
    (listed,) = office.confirming.listed(trainer)
    office.confirming.undo(trainer, listed.confirmed.id)
    assert [one.question for one in office.unanswered.groups(trainer)] == [AGE]


def test_a_sentence_that_shares_its_label_is_named_by_its_place(tmp_path, clock):
    twice = "# Lagi\n\n## Asesmen\n\nAsesmen dilakukan di rumah calon.[^B-036]\n"
    corpus, index, encoder = make_index(tmp_path, lagi=twice)
    office = make_office(tmp_path, open_assistant(index, encoder), now=clock, corpus_dir=corpus)
    trainer = add_person(office.people, "pelatih", role=Role.PELATIH)
    passage, ordinal = confirmable(office, "Asesmen dilakukan di rumah")
    office.confirming.confirm(trainer, passage.id, ordinal, ["asesmennya di mana"])
    (listed,) = office.confirming.listed(trainer)
    assert "~" in listed.confirmed.name
    assert listed.sentence == "Asesmen dilakukan di rumah calon."


def test_the_first_confirmation_keeps_the_questions_that_came_with_the_corpus(office, trainer):
    file = office.settings.corpus_dir / "questions-confirmed.jsonl"
    shipped = {"label": "B-036", "questions": ["siapa menilai"], "origin": "bundel", "date": "2026-01-01"}
    file.write_text(json.dumps(shipped) + "\n", encoding="utf-8")
    passage, ordinal = confirmable(office, "UEP Kaltim 2025 berbentuk")
    office.confirming.confirm(trainer, passage.id, ordinal, ["duit apa alat"])
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert shipped in lines
    assert ["duit apa alat"] in [line["questions"] for line in lines]


def test_people_who_confirm_at_the_same_time_lose_nothing(office, trainer):
    passage, ordinal = confirmable(office)
    asked = [f"siapa menilai nomor {number}" for number in range(24)]
    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(office.confirming.confirm, trainer, passage.id, ordinal, [one]) for one in asked]:
            assert done.result() == 1
    file = office.settings.corpus_dir / "questions-confirmed.jsonl"
    kept = [json.loads(line)["questions"][0] for line in file.read_text(encoding="utf-8").splitlines()]
    assert sorted(kept) == sorted(asked)


def test_the_button_that_was_pressed_decides_not_the_sentence_that_is_ticked(office, officer, trainer):
    ask(office, officer, AGE)
    (group,) = office.unanswered.groups(trainer)
    passage, ordinal = confirmable(office)
    ticked = {f"pilih-{item.entry}": "ya" for item in group.members}
    sentence = f"{passage.id}|{ordinal}"
    for server in served(office):
        client = Client(server.local)
        client.login("pelatih", PASSWORD)
        place, source = f"/pertanyaan/{group.key}", "/akun"
        missing = client.form(place, source, lanjut="kukuhkan", **ticked)
        assert "Pilih dahulu kalimatnya." in missing.text
        assert office.unanswered.groups(trainer)
        client.form(place, source, lanjut="tandai", kalimat=sentence, tindakan=OFF_TOPIC, **ticked)
        assert office.confirming.listed(trainer) == ()
        assert office.unanswered.groups(trainer) == ()
        for number in ("9" * 5000, "-1", "²"):
            assert client.get(f"/pertanyaan?mulai={number}").status_code == 200


@pytest.mark.parametrize(("hour", "month"), [(15, "2026-11"), (16, "2026-12")])
def test_months_of_the_map_are_those_of_kaltims_clock(records, clock, hour, month):
    clock.time = clock.time.replace(day=30, hour=hour, minute=30)
    conversations.add_question(records, "user:1", AGE)
    assert [item.month for item in usage.asked(records)] == [month]
