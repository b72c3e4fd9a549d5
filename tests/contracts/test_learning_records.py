"""One body of tests for both databases: learning alone and cases are kept, masked, shown, erased and run out."""

import json

import pytest
from sqlalchemy import text

from assistant.errors import AccessError
from assistant.ledger import Role
from assistant.records import casework, people, personal, practice
from assistant.records.casework import Notes
from assistant.records.tables import Base
from assistant.training.repetition import review
from tests.contracts.test_records import at_once

AGAIN, GOOD = 1, 3
NUMBERS = ("6472031205900001", "081234567890")


def answered(records, owner="tamu:a", item="S-1", *, number=0, topic="alur", rating=GOOD):
    now = records.now()
    return practice.add_answer(
        records,
        owner,
        item=item,
        topic=topic,
        number=number,
        correct=rating >= GOOD,
        rating=rating,
        learn=lambda card: review(card, rating, now),
    )


def begun(records, owner="tamu:a", *, number=0, plan="ayam-mati"):
    return casework.begin(records, owner, plan=plan, number=number, seed=f"x:{number}:0", case=f"K-{owner}-{number}")


def rows(records, table):
    with records.reading() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table}"))


# What goes in comes out


def test_an_answer_and_its_card_come_back(records, clock):
    assert answered(records)
    card = practice.card_of(records, "tamu:a", "S-1")
    assert card == review(None, GOOD, clock()).card
    assert practice.cards(records, "tamu:a") == {"S-1": card}
    assert practice.answers(records, "tamu:a", since=clock()) == ((clock(), True),)
    assert practice.card_of(records, "tamu:b", "S-1") is None


def test_the_second_answer_goes_on_with_the_card_of_the_first(records, clock):
    answered(records, rating=AGAIN)
    first = practice.card_of(records, "tamu:a", "S-1")
    clock.on(minutes=10)
    answered(records, number=1)
    assert practice.card_of(records, "tamu:a", "S-1") == review(first, GOOD, clock()).card
    assert (rows(records, "cards"), rows(records, "reviews")) == (1, 2)


def test_one_form_sent_many_times_at_once_counts_once(records):
    assert sorted(at_once(8, lambda _: answered(records))) == [False] * 7 + [True]
    assert (rows(records, "cards"), rows(records, "reviews")) == (1, 1)


def test_a_case_begun_many_times_at_once_is_one_case(records):
    assert len(set(at_once(8, lambda _: begun(records)))) == 1
    assert rows(records, "casework") == 1


def test_facts_asked_at_once_are_all_kept(records):
    identity = begun(records)
    at_once(8, lambda number: casework.keep(records, "tamu:a", identity, Notes(asked=(f"fakta-{number}",))))
    assert set(casework.read(records, "tamu:a", identity).notes.asked) == {f"fakta-{number}" for number in range(8)}


def test_notes_come_back_as_they_were_given(records):
    identity = begun(records)
    notes = Notes(("desil",), {"desil": "bukan prioritas"}, "tunda, lengkapi bukti", 2, "Alasan “kutip”\nbaris dua 🌾")
    assert casework.keep(records, "tamu:a", identity, notes).notes == notes
    assert casework.read(records, "tamu:a", identity).notes == notes


def test_a_marked_case_is_marked_once_and_changes_no_more(records, clock):
    identity = begun(records)
    casework.keep(records, "tamu:a", identity, Notes(step="usulkan"))
    marked = casework.finish(records, "tamu:a", identity, got=7, possible=9)
    assert (marked.finished, marked.got, marked.possible) == (clock(), 7, 9)
    clock.on(hours=1)
    assert casework.finish(records, "tamu:a", identity, got=1, possible=9) == marked
    assert casework.keep(records, "tamu:a", identity, Notes(step="tanyakan dulu")) == marked


def test_another_owner_neither_reads_nor_changes_a_case(records):
    identity = begun(records)
    for act in (
        lambda: casework.read(records, "tamu:b", identity),
        lambda: casework.keep(records, "tamu:b", identity, Notes(reason="x")),
        lambda: casework.finish(records, "tamu:b", identity, got=1, possible=1),
    ):
        with pytest.raises(AccessError, match="bukan milik Anda"):
            act()
    assert casework.files(records, "tamu:b") == ()


def test_cases_are_listed_the_newest_first_and_what_was_dealt_is_known(records, clock):
    first = begun(records)
    clock.on(minutes=1)
    second = begun(records, number=1)
    assert [one.id for one in casework.files(records, "tamu:a")] == [second, first]
    assert casework.dealt(records) == {"K-tamu:a-0", "K-tamu:a-1"}


# What is private, and what runs out


def test_numbers_in_a_reason_are_masked_before_they_are_stored(records):
    casework.keep(records, "tamu:a", begun(records), Notes(reason=f"NIK {NUMBERS[0]} dan HP {NUMBERS[1]}."))
    with records.reading() as session:
        stored = " ".join(str(row) for table in Base.metadata.sorted_tables for row in session.execute(table.select()))
    assert "disamarkan" in stored
    assert not any(number in stored for number in NUMBERS)


def test_a_name_is_masked_in_reasons_too(records):
    identity = begun(records)
    casework.keep(
        records, "tamu:a", identity, Notes(("desil",), {"desil": "tidak"}, "usulkan", None, "Bu SITI AMINAH; Sitinjau.")
    )
    assert personal.mask_name(records, "siti aminah", actor="user:1") == 1
    notes = casework.read(records, "tamu:a", identity).notes
    assert notes == Notes(("desil",), {"desil": "tidak"}, "usulkan", None, "Bu [nama disamarkan]; Sitinjau.")


def test_export_holds_practice_and_cases_and_erase_leaves_nothing(records):
    for owner in ("tamu:a", "tamu:b"):
        answered(records, owner)
        casework.keep(records, owner, begun(records, owner), Notes(reason="Karena desilnya."))
    found = personal.export(records, "tamu:a")
    assert [one["soal"] for one in found["latihan"]["soal"]] == ["S-1"]
    assert [(one["benar"], one["topik"]) for one in found["latihan"]["jawaban"]] == [(True, "alur")]
    assert [(one["kasus"], one["isian"]["alasan"]) for one in found["kasus"]] == [("ayam-mati", "Karena desilnya.")]
    json.dumps(found)
    personal.erase(records, "tamu:a", actor="tamu:a")
    gone = personal.export(records, "tamu:a")
    assert (gone["latihan"], gone["kasus"]) == ({"soal": [], "jawaban": []}, [])
    assert personal.export(records, "tamu:b")["kasus"]


def test_a_deleted_user_leaves_no_practice_and_no_case(records):
    user = people.add_user(records, "siti", "Siti", Role.PETUGAS, "", actor="uji")
    admin = people.add_user(records, "admin", "Admin", Role.ADMIN, "", actor="uji")
    people.set_password(records, admin.id, "hash", actor="uji", action="sandi-dibuat")
    answered(records, f"user:{user.id}")
    begun(records, f"user:{user.id}")
    people.delete_user(records, user.id, actor="uji")
    assert [rows(records, table) for table in ("cards", "reviews", "casework")] == [0, 0, 0]


def test_what_nobody_practised_for_long_and_old_cases_run_out_and_the_rest_stays(records, clock):
    answered(records, item="lama")
    begun(records)
    clock.on(days=29)
    answered(records, item="baru")
    kept = begun(records, number=1)
    clock.on(days=2)
    personal.expire(records, days=30, audit_days=90, training_days=900)
    assert set(practice.cards(records, "tamu:a")) == {"lama", "baru"}, "a card waits for its due day, not for its answer"
    assert [one.id for one in casework.files(records, "tamu:a")] == [kept]
    assert practice.times(records, "tamu:a", "lama") == 0
    clock.on(days=120)
    personal.expire(records, days=30, audit_days=90, training_days=900)
    assert practice.cards(records, "tamu:a") == {}


def test_a_topic_that_begins_anew_takes_no_other_topic_and_no_other_owner_along(records):
    answered(records)
    answered(records, item="S-2", topic="data")
    answered(records, "tamu:b")
    assert practice.forget_topic(records, "tamu:a", "alur") == 1
    assert set(practice.cards(records, "tamu:a")) == {"S-2"}
    assert set(practice.cards(records, "tamu:b")) == {"S-1"}
    assert practice.times(records, "tamu:a", "S-1") == 1
