"""Standard answers: written, checked, approved by another, given first, and back to the search when a quote changes."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.answering.spelled import borne_out, spelled
from assistant.answering.standard import Known, drafted, faults, fits, given, lapsed, pin
from assistant.errors import AccessError, InputError
from assistant.inbox import ANSWERED
from assistant.ingestion import ingest
from assistant.ledger import Deed, Role, StandardAnswer, State
from assistant.records import standards as rows
from assistant.standards import OWN, Draft
from assistant.types import Status, Validity
from tests.factories import (
    BANTUAN,
    add_person,
    make_index,
    make_knowledge,
    make_label,
    make_office,
    make_passage,
    open_assistant,
    write_document,
)

QUOTE = "UEP Kaltim 2025 berbentuk barang dan bahan usaha, bukan uang tunai."
WORTH = "UEP Kaltim 2025 bernilai Rp4,5 juta sampai Rp5 juta per orang menurut Kadinsos Kaltim."
AGE = "umur berapa boleh dapat UEP"
ASKED = "Apakah UEP Kaltim diberikan sebagai uang?"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def place(tmp_path):
    return tmp_path, *make_index(tmp_path)


@pytest.fixture
def office(place, clock):
    folder, corpus, index, encoder = place

    def job(reporter):
        return ingest(corpus, index, encoder, progress=reporter.progress, step=reporter.step)

    return make_office(folder, open_assistant(index, encoder), now=clock, ingest_job=job, corpus_dir=corpus)


@pytest.fixture
def trainer(office):
    return add_person(office.people, "pelatih", role=Role.PELATIH, display="Bu Ratna")


@pytest.fixture
def admin(office):
    return add_person(office.people, "admin.satu", role=Role.ADMIN, display="Pak Darma")


def sentence(office, quote=QUOTE):
    for passage in office.assistant.known().passages.values():
        if quote in passage.text:
            start = passage.text.index(quote)
            return passage.id, start, start + len(quote)
    raise AssertionError(quote)


def draft(office, text="Tidak; UEP Kaltim 2025 berbentuk barang, bukan uang tunai [1].", **values):
    return Draft(**{"question": ASKED, "text": text, "quotes": (sentence(office),), **values})


def ask(office, question, **values):
    return office.assistant.ask(question, **values)


def approve(office, admin, identity):
    """Approve what the page shows now."""
    return office.standards.approve(admin, identity, office.standards.one(admin, identity).answer.seen)


def approved(office, trainer, admin, **values):
    return approve(office, admin, office.standards.propose(trainer, draft(office, **values)).id)


def rewrite(office, place, old, new):
    write_document(place[1], "bantuan", BANTUAN.replace(old, new))
    office.documents.follow()
    office.documents.wait(60)


def test_an_approved_answer_is_given_before_that_of_the_search_and_names_who_approved_it(office, trainer, admin):
    assert ask(office, ASKED).mode == "kutipan"
    made = office.standards.propose(trainer, draft(office))
    assert ask(office, ASKED).mode == "kutipan", "a proposal is not given"
    approve(office, admin, made.id)
    answer = ask(office, ASKED)
    assert (answer.mode, answer.status) == ("baku", Status.ANSWERED)
    assert answer.text == "Tidak; UEP Kaltim 2025 berbentuk barang, bukan uang tunai. [1]"
    assert [citation.quote for citation in answer.citations] == [QUOTE]
    assert answer.citations[0].labels == ("B-029",)
    assert (answer.approval.reviewer, answer.approval.day) == ("Pak Darma", "2026-11-24")


def test_it_is_given_for_its_own_question_and_its_other_wordings_alone(office, trainer, admin):
    approved(office, trainer, admin, variants=("uep kaltim itu uang tunai kah",))
    assert ask(office, "uep kaltim itu uang tunai kah").mode == "baku"
    for other in (
        "jenis usaha UEP 2025 apa saja?",
        "Apakah UEP Kaltim 2024 diberikan sebagai uang?",
        "umur berapa boleh dapat UEP",
    ):
        assert ask(office, other).mode == "kutipan", other


def test_a_follow_up_reaches_it_and_a_narrower_scope_keeps_it_out(office, trainer, admin):
    approved(office, trainer, admin)
    assert ask(office, ASKED, scope="kaltim").mode == "baku"
    assert ask(office, ASKED, scope="nasional").mode == "kutipan"


def test_a_changed_passage_sends_it_back_to_review_and_the_search_answers(office, place, trainer, admin):
    made = approved(office, trainer, admin)
    rewrite(office, place, "bukan uang tunai.[^B-029]", "bukan uang tunai dan bukan pinjaman.[^B-029]")
    assert ask(office, ASKED).mode == "kutipan"
    shown = office.standards.one(admin, made.id)
    assert not shown.stands
    assert "berubah" in shown.lapsed[0]
    assert office.standards.due() == 1
    with pytest.raises(InputError, match="tidak ada lagi"):
        approve(office, admin, made.id)


def test_a_quote_that_still_stands_in_its_changed_passage_can_be_approved_again(office, place, trainer, admin):
    made = approved(office, trainer, admin)
    rewrite(office, place, "UEP Kaltim 2025 berbentuk", "Ketentuan ini dari juknis. UEP Kaltim 2025 berbentuk")
    assert ask(office, ASKED).mode == "kutipan"
    approve(office, admin, made.id)
    answer = ask(office, ASKED)
    assert answer.mode == "baku"
    citation = answer.citations[0]
    assert citation.passage.text[citation.start : citation.end] == citation.quote == QUOTE


def test_its_review_day_passes(office, trainer, admin, clock):
    made = approved(office, trainer, admin, until="2026-12-31")
    clock.on(days=37)
    assert ask(office, ASKED).mode == "baku"
    clock.on(days=1)
    assert ask(office, ASKED).mode == "kutipan"
    assert "2026-12-31" in office.standards.one(admin, made.id).lapsed[0]
    assert approve(office, admin, made.id).until > "2027"


def test_a_withdrawn_document_takes_it_along_at_once(office, trainer, admin):
    approved(office, trainer, admin)
    office.assistant.withdraw("bantuan.md")
    assert ask(office, ASKED).mode == "kutipan"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("UEP Kaltim berbentuk barang.", "tanpa penanda"),
        ("UEP Kaltim senilai Rp9 juta [1].", "angka yang tidak ada"),
        ("UEP Kaltim berbentuk barang [2].", "tidak ada"),
        ("", "kosong"),
    ],
)
def test_what_the_quotes_do_not_bear_out_is_not_taken(office, trainer, text, reason):
    with pytest.raises(InputError, match=reason):
        office.standards.propose(trainer, draft(office, text))


def test_a_figure_of_another_quote_does_not_help(office, trainer):
    places = (sentence(office), sentence(office, WORTH))
    with pytest.raises(InputError, match="angka"):
        office.standards.propose(trainer, draft(office, "Nilainya Rp5 juta [1]. Bentuknya barang [2].", quotes=places))
    office.standards.propose(trainer, draft(office, "Nilainya Rp5 juta [2]. Bentuknya barang [1].", quotes=places))


def test_a_quote_that_no_sentence_uses_is_named(office, trainer):
    with pytest.raises(InputError, match="tidak dipakai"):
        office.standards.propose(trainer, draft(office, quotes=(sentence(office), sentence(office, WORTH))))


def test_nobody_approves_their_own_while_another_admin_could(office, admin):
    made = office.standards.propose(admin, draft(office))
    assert approve(office, admin, made.id).state is State.APPROVED, "a lone admin can"
    add_person(office.people, "admin.dua", role=Role.ADMIN)
    again = office.standards.propose(admin, draft(office))
    with pytest.raises(InputError, match=OWN[:30]):
        approve(office, admin, again.id)


def test_a_trainer_writes_and_an_officer_does_neither(office, trainer):
    made = office.standards.propose(trainer, draft(office))
    with pytest.raises(AccessError):
        approve(office, trainer, made.id)
    officer = add_person(office.people, "petugas")
    for act in (lambda: office.standards.propose(officer, draft(office)), lambda: office.standards.one(officer, made.id)):
        with pytest.raises(AccessError):
            act()


def test_a_rejected_answer_keeps_the_comment_and_can_be_proposed_again(office, trainer, admin):
    made = office.standards.propose(trainer, draft(office))
    with pytest.raises(InputError, match="alasan"):
        office.standards.reject(admin, made.id, made.seen, "  ")
    rejected = office.standards.reject(admin, made.id, made.seen, "Sebut tahunnya")
    assert (rejected.state, rejected.history[-1].note) == (State.REJECTED, "Sebut tahunnya")
    again = office.standards.propose(trainer, draft(office, text="Bentuknya barang [1]."), over=made.id)
    assert (again.id, [deed.what for deed in again.history]) == (made.id, ["diajukan", "ditolak", "diajukan"])


def test_the_old_wording_is_given_until_the_new_one_is_approved(office, trainer, admin):
    old = approved(office, trainer, admin)
    new = office.standards.propose(trainer, draft(office, text="Bentuknya barang dan bahan usaha [1]."), over=old.id)
    assert ask(office, ASKED).approval.standard == old.id
    approve(office, admin, new.id)
    assert ask(office, ASKED).approval.standard == new.id
    assert office.standards.one(admin, old.id).answer.state is State.WITHDRAWN


def test_of_two_who_approve_and_withdraw_at_once_one_is_told(office, trainer, admin):
    made = approved(office, trainer, admin)
    office.standards.withdraw(admin, made.id)
    with pytest.raises(InputError, match="sekarang dicabut"):
        office.standards.withdraw(admin, made.id)
    assert ask(office, ASKED).mode == "kutipan"


def test_private_numbers_in_it_are_masked(office, trainer):
    made = office.standards.propose(trainer, draft(office, question="Pak, NIK 6472031205900001 dapat uang kah?"))
    assert "6472031205900001" not in repr(made)


def test_the_answers_that_quote_a_document_are_listed_with_it(office, trainer, admin):
    made = approved(office, trainer, admin)
    assert [shown.answer.id for shown in office.standards.touching(trainer, "bantuan.md")] == [made.id]
    assert office.standards.touching(trainer, "celah.md") == ()


def test_who_read_one_wording_does_not_decide_about_another(office, trainer, admin):
    read = office.standards.propose(trainer, draft(office))
    office.standards.propose(trainer, draft(office, text="Ya, UEP Kaltim 2025 berbentuk uang [1]."), over=read.id)
    for decide in (
        lambda: office.standards.approve(admin, read.id, read.seen),
        lambda: office.standards.reject(admin, read.id, read.seen, "keliru"),
        lambda: office.standards.approve(admin, read.id, ""),
    ):
        with pytest.raises(InputError, match="baru diubah"):
            decide()
    assert office.standards.one(admin, read.id).answer.state is State.PROPOSED


@pytest.mark.parametrize(
    "values",
    [
        {"question": "Apakah UEP diberikan tunai?"},
        {"variants": ("uang kah",)},
        {"text": "Bukan uang tunai [1]."},
        {"partial": True},
        {"until": "2027-03-31"},
    ],
)
def test_whatever_a_reviewer_reads_makes_another_wording(office, trainer, values):
    first = office.standards.propose(trainer, draft(office))
    assert office.standards.propose(trainer, draft(office, **values), over=first.id).seen != first.seen


def test_where_every_admin_had_a_hand_in_it_all_but_the_last_writer_can_approve(office, admin):
    other = add_person(office.people, "admin.dua", role=Role.ADMIN)
    made = office.standards.propose(admin, draft(office))
    office.standards.propose(other, draft(office, text="UEP Kaltim 2025 berbentuk barang [1]."), over=made.id)
    with pytest.raises(InputError, match=OWN[:30]):
        approve(office, other, made.id)
    third = add_person(office.people, "admin.tiga", role=Role.ADMIN)
    with pytest.raises(InputError, match=OWN[:30]):
        approve(office, admin, made.id)
    office.people.change(admin, third.user.id, display=third.user.display, role=Role.PELATIH, kabupaten="", active=True)
    assert approve(office, admin, made.id).state is State.APPROVED


def test_of_several_new_wordings_of_one_answer_one_stands(office, trainer, admin):
    old = approved(office, trainer, admin)
    texts = ("UEP Kaltim 2025 berbentuk barang [1].", "Bentuknya barang [1].")
    first, second = (office.standards.propose(trainer, draft(office, text=text), over=old.id) for text in texts)
    approve(office, admin, first.id)
    third = office.standards.propose(trainer, draft(office, text="Bukan uang tunai [1]."), over=first.id)
    for made in (second, third):
        approve(office, admin, made.id)
        assert [shown.answer.id for shown in office.standards.listed(admin) if shown.stands] == [made.id]


def handled(office, trainer, target):
    """Ask a question and settle it with a standard answer."""
    entry = office.conversations.ask(add_person(office.people, "petugas"), AGE, open_chat=True, address="127.0.0.1")
    office.unanswered.handle(trainer, [entry.id], ANSWERED, target=target)
    return entry


def waits(office, trainer, entry):
    return entry.id in {member.entry for group in office.unanswered.groups(trainer) for member in group.members}


def test_the_questions_of_a_rejected_proposal_wait_again(office, trainer, admin):
    made = office.standards.propose(trainer, draft(office))
    entry = handled(office, trainer, made.id)
    assert not waits(office, trainer, entry)
    office.standards.reject(admin, made.id, made.seen, "keliru")
    assert waits(office, trainer, entry)


def test_the_questions_of_a_withdrawn_answer_and_of_those_it_replaced_wait_again(office, trainer, admin):
    old = approved(office, trainer, admin)
    entry = handled(office, trainer, old.id)
    new = office.standards.propose(trainer, draft(office, text="Bentuknya barang [1]."), over=old.id)
    approve(office, admin, new.id)
    assert not waits(office, trainer, entry), "its new wording answers it"
    office.standards.withdraw(admin, new.id)
    assert waits(office, trainer, entry)


@pytest.mark.parametrize("cut", [("uang tunai", 0, 0), ("UEP Kaltim 2025 berbentuk barang", 0, 0), (QUOTE, 1, 0), (QUOTE, 0, -1)])
def test_a_quote_is_whole_sentences(office, trainer, cut):
    words, later, earlier = cut
    identity, start, end = sentence(office, words)
    with pytest.raises(InputError, match="kalimat utuh"):
        office.standards.propose(trainer, draft(office, quotes=((identity, start + later, end + earlier),)))


def test_several_sentences_in_a_row_are_one_quote(office, trainer):
    (identity, start, _), (_, _, end) = sentence(office), sentence(office, WORTH)
    assert office.standards.propose(trainer, draft(office, quotes=((identity, start, end),))).state is State.PROPOSED


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Nilainya dua puluh juta rupiah per orang [1].", False),
        ("Nilainya lima juta rupiah per orang [1].", True),
        ("Nilainya empat koma lima juta rupiah [1].", False),
        ("Bantuan itu untuk tiga orang [1].", False),
        ("Untuk salah satu calon [1].", True),
        ("Itu berlaku sejak dua ribu dua puluh lima [1].", True),
    ],
)
def test_a_number_in_words_must_stand_in_the_quote_too(office, trainer, text, taken):
    made = draft(office, text, quotes=(sentence(office, WORTH),))
    if taken:
        assert office.standards.propose(trainer, made).state is State.PROPOSED
    else:
        with pytest.raises(InputError, match="angka dalam kata"):
            office.standards.propose(trainer, made)


def test_an_answer_that_was_approved_with_such_a_number_is_given_no_more(office, trainer, admin):
    made = approved(office, trainer, admin)
    with_number = replace(made, text="UEP Kaltim 2025 berbentuk barang bagi tiga puluh orang [1].")
    rows.keep(office.records, [(with_number, made)], actor="uji")
    assert ask(office, ASKED).mode == "kutipan"
    assert not office.standards.one(admin, made.id).stands


def test_another_program_on_the_card_sends_it_to_review(office, place, trainer, admin):
    made = approved(office, trainer, admin)
    older = replace(made, quotes=tuple(replace(pinned, imprint=plain_imprint(office, pinned)) for pinned in made.quotes))
    rows.keep(office.records, [(older, made)], actor="uji")
    assert ask(office, ASKED).mode == "baku", "one that was pinned without the program stands"
    office.standards.approve(admin, older.id, older.seen)
    assert ask(office, ASKED).mode == "baku"
    file = place[1] / "bantuan.md"
    file.write_text(file.read_text(encoding="utf-8").replace("program: uep-kaltim", "program: lain"), encoding="utf-8")
    office.documents.follow()
    office.documents.wait(60)
    assert ask(office, ASKED).mode == "kutipan"


def plain_imprint(office, pinned):
    """Return an imprint as it was made before the program was in it."""
    passage, knowledge = office.assistant.known().passage(pinned.passage), office.assistant.known().knowledge
    card = passage.document
    parts = [passage.digest, card.title, card.scope, str(card.status), card.valid_from or "", card.valid_to or ""]
    label = knowledge.labels["B-029"]
    return hashlib.sha256("\n".join([*parts, "B-029", label.scope, str(label.status)]).encode()).hexdigest()[:16]


# Pure


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("dua puluh lima ribu tiga ratus empat", {"25304"}),
        ("satu juta lima ratus ribu, atau sejuta", {"1500000", "1000000"}),
        ("seribu dua ratus sebelas", {"1211"}),
        ("dua belas orang dan sepuluh desa", {"12", "10"}),
        ("setengah hari", {"setengah"}),
        ("salah satu; satu per satu; dua-duanya; kedua; satu-satunya; perlima", set()),
    ],
)
def test_numbers_in_words_have_a_value(text, values):
    assert set(spelled(text).values()) == values


def test_a_quote_bears_out_digits_words_and_the_one_of_sekali():
    assert {"4500000", "12", "1"} <= borne_out("Rp4,5 juta bagi dua belas orang, sekali.")


def one(quote="Bantuan diberikan sekali.", text="Bantuan diberikan sekali [1].", **passage):
    found = make_passage(quote, **passage)
    status, scope = passage.get("status", Validity.BERLAKU), passage.get("scope", "kaltim")
    knowledge = make_knowledge(labels={"B-001": make_label("B-001", scope=scope, status=status)})
    history = (Deed(NOW, "user:a", "A", "diajukan"), Deed(NOW, "user:b", "B", "disetujui"))
    answer = StandardAnswer(
        "s", "berapa kali?", (), text, (pin(found, 0, len(quote), knowledge),), False, "2027-01-01", State.APPROVED, history
    )
    return answer, Known({found.id: found}, knowledge)


def test_a_verbatim_sentence_is_told_from_a_worded_one():
    answer, _ = one(text="Bantuan diberikan sekali. [1] Cukup sekali [1].")
    assert [(found.text, found.quoted) for found in drafted(answer)] == [
        ("Bantuan diberikan sekali.", True),
        ("Cukup sekali.", False),
    ]


def test_a_plan_an_old_rule_and_another_region_are_said_to_be_so():
    for values, said in (
        ({"status": Validity.RENCANA}, "rencana"),
        ({"status": Validity.USANG}, "lama"),
        ({"scope": "daerah-lain"}, "bukan aturan Kaltim"),
    ):
        answer, known = one(**values)
        assert said in given(answer, "berapa kali?", known, today="2026-12-01").text.splitlines()[0]


def test_a_label_that_was_revoked_meanwhile_sends_the_answer_to_review():
    answer, known = one()
    assert not lapsed(answer, known, today="2026-12-01")
    revoked = replace(known, knowledge=make_knowledge(labels={"B-001": make_label("B-001", status=Validity.DICABUT)}))
    assert lapsed(answer, revoked, today="2026-12-01")
    assert given(answer, "berapa kali?", revoked, today="2026-12-01") is None


def test_a_marker_in_the_middle_counts_for_its_sentence():
    answer, known = one(text="Bantuan [1] diberikan sekali.")
    assert not faults(answer, known)


@pytest.mark.parametrize(
    ("asked", "similarity", "rival", "same"),
    [
        ("berapa kali bantuan?", 0.93, 0.95, True),
        ("berapa kali bantuan?", 0.85, 0.84, False),
        ("berapa kali bantuan?", 0.85, 0.81, True),
        ("berapa kali bantuan?", 0.7, 0.6, True),
        ("berapa kali bantuan?", 0.7, 0.66, False),
        ("berapa kali bantuan 2026?", 0.99, 0.0, False),
        ("berapa kali bantuan di Berau?", 0.99, 0.0, False),
        ("berapa rupiah bantuan?", 0.99, 0.0, False),
        ("how often is the grant given in the year?", 0.99, 0.0, False),
        ("berapa kali bantuan?", 0.6, 0.0, False),
    ],
)
def test_a_question_is_the_same_only_when_it_is_near_and_asks_for_the_same_figures_and_places(asked, similarity, rival, same):
    assert fits(asked, "berapa kali bantuan?", similarity=similarity, rival=rival) is same
