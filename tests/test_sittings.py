"""A sitting from lobby to end: who may answer when, what the trainer sees, what a second click does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.access import KABUPATEN
from assistant.attending import Attending
from assistant.bimtek import Bimtek, checked_name
from assistant.course import make_course
from assistant.errors import AccessError, InputError
from assistant.itembank import ItemBank
from assistant.ledger import Person, Role
from assistant.records import personal, seats
from assistant.settings import ROOT
from assistant.training.lifecycle import Event, State
from assistant.training.scoring import Response
from assistant.training.sittings import SittingPlan, Stage, Test, following
from tests.browser.stand_in import StandInAssistant
from tests.factories import make_user
from tests.training import Training, shipped_course

TRAINER = Person("user:u1", make_user(Role.PELATIH))
OTHER = Person("user:u2", make_user(Role.PELATIH))
ADMIN = Person("user:u3", make_user(Role.ADMIN))
PLAN = SittingPlan("Bimtek Berau", "Tanjung Redeb", "2026-11-24", "Bu Rina", ("kriteria", "bantuan"), 5, 10)


@pytest.fixture
def bank(records):
    return ItemBank(StandInAssistant(), records)


@pytest.fixture
def bimtek(records, bank):
    return Bimtek(records, bank)


@pytest.fixture
def attending(records):
    return Attending(records)


@pytest.fixture
def sitting(bimtek):
    return bimtek.create(TRAINER, PLAN)


def right(item):
    return Response(item.id, item.key, item.reason if item.reasons else None)


def joined(attending, sitting, name="Siti", owner="tamu:a"):
    return attending.join(sitting, name, "Berau", owner=owner, address="10.0.0.1")


def test_both_tests_of_a_sitting_are_alike_and_share_nothing(sitting):
    assert len(sitting.before) == len(sitting.after) == 5
    assert [item.topic for item in sitting.before] == [item.topic for item in sitting.after]
    assert not {item.id for item in sitting.before} & {item.id for item in sitting.after}
    assert len(sitting.code) == 6
    assert sitting.code.isdigit()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": " "}, "nama"),
        ({"topics": ()}, "topik"),
        ({"topics": ("sihir",)}, "topik"),
        ({"number": 2}, "Jumlah soal"),
        ({"number": 41}, "Jumlah soal"),
        ({"minutes": 0}, "Lama tes"),
        ({"topics": ("daerah-lain",), "number": 40}, "hanya cukup untuk"),
    ],
)
def test_a_plan_that_cannot_be_held_says_what_to_change(bimtek, change, said):
    with pytest.raises(InputError, match=said):
        bimtek.create(TRAINER, replace(PLAN, **change))


def test_it_goes_through_all_stages_and_a_second_click_is_refused(bimtek, sitting):
    for stage in (Stage.BEFORE, Stage.LESSON, Stage.AFTER, Stage.DONE):
        seen = sitting.stage
        sitting = bimtek.advance(TRAINER, sitting.id, seen)
        assert sitting.stage is stage
        with pytest.raises(InputError, match="muat ulang"):
            bimtek.advance(TRAINER, sitting.id, seen)
    assert following(sitting) is None
    with pytest.raises(InputError, match="sudah selesai"):
        bimtek.advance(TRAINER, sitting.id, Stage.DONE)


def test_without_a_pre_test_there_is_one_test_at_the_end(bimtek):
    sitting = bimtek.create(TRAINER, replace(PLAN, pretest=False))
    assert sitting.before == ()
    assert [bimtek.advance(TRAINER, sitting.id, seen).stage for seen in (Stage.LOBBY, Stage.LESSON)] == [
        Stage.LESSON,
        Stage.AFTER,
    ]
    with pytest.raises(InputError):
        bimtek.reopen(TRAINER, sitting.id, Stage.LESSON)


def test_another_trainer_sees_nothing_of_it_and_an_admin_all(bimtek, sitting):
    assert bimtek.mine(OTHER) == ()
    assert [one.id for one in bimtek.mine(ADMIN)] == [sitting.id]
    for act in (
        lambda: bimtek.sitting(OTHER, sitting.id),
        lambda: bimtek.advance(OTHER, sitting.id, Stage.LOBBY),
        lambda: bimtek.delete(OTHER, sitting.id),
        lambda: bimtek.running(OTHER, sitting.id),
        lambda: bimtek.mine(Person("user:u9", make_user(Role.PETUGAS))),
        lambda: bimtek.create(Person("tamu:x"), PLAN),
    ):
        with pytest.raises(AccessError):
            act()
    assert bimtek.sitting(ADMIN, sitting.id).stage is Stage.LOBBY


def test_an_answer_is_kept_and_the_last_word_counts(bimtek, attending, sitting):
    seat = joined(attending, sitting)
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    item = sitting.before[0]
    attending.answer(seat.id, Test.BEFORE, Response(item.id, item.key[::-1] if len(item.key) > 1 else ((item.key[0] + 1) % 2,)))
    attending.answer(seat.id, Test.BEFORE, right(item))
    assert attending.seat(seat.id).before.responses == (right(item),)


def test_nobody_answers_before_after_or_beside_an_open_test(bimtek, attending, sitting, clock):
    seat = joined(attending, sitting)

    def answer(test, item):
        attending.answer(seat.id, test, right(item))

    with pytest.raises(InputError, match="tidak sedang dibuka"):
        answer(Test.BEFORE, sitting.before[0])
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    with pytest.raises(InputError, match="tidak sedang dibuka"):
        answer(Test.AFTER, sitting.after[0])
    with pytest.raises(InputError, match="bukan bagian"):
        answer(Test.BEFORE, sitting.after[0])
    clock.on(minutes=10, seconds=15)
    answer(Test.BEFORE, sitting.before[0])
    clock.on(seconds=10)
    with pytest.raises(InputError, match="Waktu tes sudah habis"):
        answer(Test.BEFORE, sitting.before[1])
    bimtek.extend(TRAINER, sitting.id, 5)
    answer(Test.BEFORE, sitting.before[1])
    attending.hand_in(seat.id, Test.BEFORE)
    attending.hand_in(seat.id, Test.BEFORE)
    with pytest.raises(InputError, match="sudah menyerahkan"):
        answer(Test.BEFORE, sitting.before[2])


def test_time_is_added_to_what_is_left_or_counted_from_now(bimtek, sitting, clock):
    opened = bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    assert opened.ends == clock.time + timedelta(minutes=10)
    assert bimtek.extend(TRAINER, sitting.id, 5).ends == clock.time + timedelta(minutes=15)
    clock.on(minutes=60)
    assert bimtek.extend(TRAINER, sitting.id, 5).ends == clock.time + timedelta(minutes=5)


def test_a_closed_test_can_be_opened_again_and_the_answers_are_still_there(bimtek, attending, sitting):
    seat = joined(attending, sitting)
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    attending.answer(seat.id, Test.BEFORE, right(sitting.before[0]))
    bimtek.advance(TRAINER, sitting.id, Stage.BEFORE)
    assert bimtek.reopen(TRAINER, sitting.id, Stage.LESSON).stage is Stage.BEFORE
    assert len(attending.seat(seat.id).before.responses) == 1
    attending.answer(seat.id, Test.BEFORE, right(sitting.before[1]))


def test_whoever_answered_the_post_test_gets_a_certificate_that_can_be_checked(bimtek, attending, sitting):
    came, left = joined(attending, sitting), joined(attending, sitting, "Budi", "tamu:b")
    for stage in (Stage.LOBBY, Stage.BEFORE, Stage.LESSON):
        bimtek.advance(TRAINER, sitting.id, stage)
    attending.answer(came.id, Test.AFTER, right(sitting.after[0]))
    bimtek.advance(TRAINER, sitting.id, Stage.AFTER)
    code = attending.seat(came.id).participant.certificate
    assert len(code) == 8
    assert attending.seat(left.id).participant.certificate == ""
    found, whose = attending.certificate(f"uep-{code[:4].lower()}-{code[4:]}", address="10.0.0.1")
    assert (found.name, whose.id) == ("Siti", sitting.id)
    bimtek.reopen(TRAINER, sitting.id, Stage.DONE)
    bimtek.advance(TRAINER, sitting.id, Stage.AFTER)
    assert attending.seat(came.id).participant.certificate == code, "a certificate that was printed stays valid"


def test_wrong_codes_and_pins_are_refused_and_after_many_the_address_waits(attending, sitting):
    with pytest.raises(InputError, match="enam angka"):
        attending.find("12", address="10.0.0.1")
    for act in (
        lambda: attending.find("000000", address="10.0.0.1"),
        lambda: attending.resume(sitting, "AAAAA", address="10.0.0.2"),
        lambda: attending.certificate("UEP-AAAA-AAAA", address="10.0.0.3"),
    ):
        for _ in range(20):
            with pytest.raises(InputError):
                act()
        with pytest.raises(AccessError, match="tunggu"):
            act()
    assert attending.find(f" {sitting.code[:3]} {sitting.code[3:]} ", address="10.0.0.9").id == sitting.id


def test_a_participant_is_found_again_by_browser_and_on_another_phone_by_pin(attending, sitting):
    seat = joined(attending, sitting)
    assert attending.known(sitting, "tamu:a").id == seat.id
    assert attending.known(sitting, "tamu:lain") is None
    assert attending.resume(sitting, f" {seat.pin.lower()} ", address="x").id == seat.id


@pytest.mark.parametrize("name", ["", "  ", "12", "Siti 6402015507900001", "x" * 121, "Budi 0812345678"])
def test_a_name_is_a_name_and_holds_no_number(name):
    with pytest.raises(InputError):
        checked_name(name)


def test_participants_are_numbered_in_the_order_in_which_they_come(records, attending, sitting):
    for number in range(3):
        joined(attending, sitting, f"Peserta {'ABC'[number]}", f"tamu:{number}")
    assert [(one.number, one.name) for one in seats.participants(records, sitting.id)] == [
        (1, "Peserta A"),
        (2, "Peserta B"),
        (3, "Peserta C"),
    ]
    assert len({one.pin for one in seats.participants(records, sitting.id)}) == 3


def test_a_kabupaten_outside_the_province_is_refused(attending, sitting):
    with pytest.raises(InputError, match="tidak dikenal"):
        attending.join(sitting, "Siti", "Banten", owner="tamu:a", address="x")
    assert attending.join(sitting, "Siti", KABUPATEN[0], owner="tamu:a", address="x").kabupaten == KABUPATEN[0]


def test_the_trainer_sees_who_answered_and_what_most_get_wrong(bimtek, attending, sitting):
    seated = [joined(attending, sitting, name, f"tamu:{name}") for name in ("Ani", "Beni", "Cici")]
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    single = next(item for item in sitting.before if item.single and not item.reasons)
    wrong = next(number for number in range(len(single.options)) if number not in single.key)
    for seat in seated[:2]:
        attending.answer(seat.id, Test.BEFORE, Response(single.id, (wrong,)))
    attending.answer(seated[2].id, Test.BEFORE, right(single))
    attending.hand_in(seated[2].id, Test.BEFORE)
    seen = bimtek.running(TRAINER, sitting.id).live
    assert {name: seen.answered[seat.id] for name, seat in zip("ABC", seated, strict=True)} == {"A": 1, "B": 1, "C": 1}
    assert seen.done == 1
    assert [(one.item.id, one.answered, one.wrong) for one in seen.troubles] == [(single.id, 3, 2)]


# The items of a sitting


def test_an_item_can_be_replaced_or_rejected_before_the_first_test_and_not_after(bimtek, bank, sitting):
    old = sitting.after[1]
    swapped = bimtek.swap(TRAINER, sitting.id, 1)
    assert swapped.after[1].id != old.id
    assert swapped.after[1].topic == old.topic
    assert [item.id for place, item in enumerate(swapped.after) if place != 1] == [
        item.id for place, item in enumerate(sitting.after) if place != 1
    ]
    bad = swapped.before[0]
    after = bimtek.reject(TRAINER, sitting.id, 0, bad.id, reason="membingungkan")
    assert bad.id not in {item.id for item in after.before}
    assert bank.entry(TRAINER, bad.id).state is State.REJECTED
    assert bad.id not in {item.id for item in bank.pool()}
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    with pytest.raises(InputError, match="sudah pernah dibuka"):
        bimtek.swap(TRAINER, sitting.id, 1)


def test_opening_the_first_test_reviews_and_uses_its_items(bimtek, bank, sitting):
    item = sitting.before[0]
    assert bank.entry(TRAINER, item.id).state is State.DRAFT
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    entry = bank.entry(TRAINER, item.id)
    assert entry.state is State.USED
    assert [change.event for change in entry.history] == [Event.APPROVE, Event.USE]
    assert entry.history[0].actor == TRAINER.key


def test_a_reworded_item_takes_the_place_of_its_draft(bimtek, bank, sitting):
    old = next(item for item in sitting.before if item.single and not item.reasons and item.topic != "istilah")
    texts = [option.text for option in old.options]
    new = bank.edit(TRAINER, old.id, f"Menurut sumber kita, {old.stem}", texts, old.explanation)
    assert new.item.id != old.id
    assert new.state is State.REVIEWED
    pool = {item.id for item in bank.pool()}
    assert new.item.id in pool
    assert old.id not in pool
    assert old.id not in bank.entries()
    changed = bimtek.reword(TRAINER, sitting.id, old.id, new.item)
    assert new.item.id in {item.id for item in changed.before}


def test_a_wording_that_the_checks_refuse_is_not_taken(bank):
    item = next(item for item in bank.pool() if item.kind == "pilihan ganda" and item.topic == "bantuan")
    texts = [item.right.text] * len(item.options)
    with pytest.raises(InputError, match="Pemeriksaan menolak"):
        bank.edit(TRAINER, item.id, item.stem, texts, item.explanation)
    with pytest.raises(InputError, match="Isi soal"):
        bank.edit(TRAINER, item.id, item.stem, [], item.explanation)


def test_all_drafts_of_a_topic_are_approved_at_once(bank):
    count = bank.approve_topic(TRAINER, "hukum")
    assert count == sum(item.topic == "hukum" for item in bank.pool())
    assert {entry.state for entry in bank.listed(TRAINER) if entry.item.topic == "hukum"} == {State.REVIEWED}


def test_an_item_whose_source_is_gone_is_retired_and_not_drawn_again(records):

    assistant = StandInAssistant()
    bank = ItemBank(assistant, records)
    item = next(item for item in bank.pool() if item.anchor.path.startswith("kaltim/uep-2025-seleksi"))
    bank.act(TRAINER, item.id, Event.APPROVE)
    training = Training(ROOT / "corpus")
    left = [p for p in shipped_course().statements.material.passages if p.document.path != item.anchor.path]
    smaller = make_course("lain", training.folder, shipped_course().knowledge, left)
    bank._assistant = replace_course(assistant, smaller)
    assert bank.entries()[item.id].state is State.RETIRED
    assert item.id not in {one.id for one in bank.pool()}


def replace_course(assistant, course):
    class Other(type(assistant)):
        def course(self):
            return course

    return Other()


def test_statistics_count_over_all_sittings_that_are_over(bimtek, bank, attending, sitting):
    seated = [joined(attending, sitting, name, f"tamu:{name}") for name in ("Ani", "Beni")]
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    item = sitting.before[0]
    attending.answer(seated[0].id, Test.BEFORE, right(item))
    attending.answer(seated[1].id, Test.BEFORE, right(sitting.before[1]))
    assert bank.statistics() == {}
    for stage in (Stage.BEFORE, Stage.LESSON, Stage.AFTER):
        bimtek.advance(TRAINER, sitting.id, stage)
    counted = bank.statistics()[item.id]
    assert (counted.answers, counted.facility) == (2, 0.5)


def test_a_deleted_sitting_takes_its_participants_and_answers_with_it(records, bimtek, attending, sitting):
    seat = joined(attending, sitting)
    bimtek.advance(TRAINER, sitting.id, Stage.LOBBY)
    attending.answer(seat.id, Test.BEFORE, right(sitting.before[0]))
    bimtek.delete(TRAINER, sitting.id)
    assert seats.attempts(records, sitting.id, Test.BEFORE) == ()
    with pytest.raises(InputError, match="tidak ada"):
        attending.seat(seat.id)


# What is kept of participants


def test_a_sitting_is_deleted_with_everybody_in_it_when_its_time_is_over(records, bimtek, attending, sitting, clock):
    seat = joined(attending, sitting)
    clock.on(days=99)
    personal.expire(records, days=1, audit_days=1, training_days=100)
    assert attending.seat(seat.id).participant.name == "Siti"
    clock.on(days=2)
    personal.expire(records, days=1, audit_days=1, training_days=100)
    with pytest.raises(InputError):
        attending.seat(seat.id)
    assert bimtek.mine(TRAINER) == ()


def test_a_participant_may_see_what_is_kept_and_have_the_name_masked(records, attending, sitting):
    seat = joined(attending, sitting, "Siti Aminah", "tamu:a")
    assert [one["nama"] for one in personal.export(records, "tamu:a")["bimtek"]] == ["Siti Aminah"]
    assert personal.export(records, "tamu:b")["bimtek"] == []
    assert personal.mask_name(records, "siti aminah", actor="user:u3") == 1
    assert attending.seat(seat.id).participant.name == "[nama disamarkan]"
