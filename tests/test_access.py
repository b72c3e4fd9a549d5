"""Who may do what, how long a door stays shut, which names and passwords are taken."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.access import (
    KABUPATEN,
    LONGEST_WAIT,
    Action,
    allowed,
    check_kabupaten,
    check_name,
    check_password,
    require,
    wait,
)
from assistant.errors import AccessError, InputError
from assistant.ledger import Person, Role
from tests.factories import make_user

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MAY = {
    (Role.PETUGAS, Action.ASK): True,
    (Role.PETUGAS, Action.OWN_ACCOUNT): True,
    (Role.PETUGAS, Action.TRAIN): False,
    (Role.PETUGAS, Action.MANAGE): False,
    (Role.PELATIH, Action.ASK): True,
    (Role.PELATIH, Action.OWN_ACCOUNT): True,
    (Role.PELATIH, Action.TRAIN): True,
    (Role.PELATIH, Action.MANAGE): False,
    (Role.ADMIN, Action.ASK): True,
    (Role.ADMIN, Action.OWN_ACCOUNT): True,
    (Role.ADMIN, Action.TRAIN): True,
    (Role.ADMIN, Action.MANAGE): True,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_exactly_its_own(role, action):
    person = Person("user:u1", make_user(role))
    assert allowed(person, action) is MAY[role, action]
    if not MAY[role, action]:
        with pytest.raises(AccessError, match="tidak boleh"):
            require(person, action)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("person", [None, Person("tamu:a"), Person("user:u1", make_user(Role.ADMIN, active=False))])
def test_a_visitor_and_a_switched_off_admin_may_only_ask_where_asking_is_open(person, action):
    assert not allowed(person, action)
    assert allowed(person, action, open_chat=True) is (action is Action.ASK)


def test_who_is_not_logged_in_is_told_to_log_in():
    with pytest.raises(AccessError, match="masuk dahulu"):
        require(Person("tamu:a"), Action.MANAGE)


def failed(*minutes_ago, name="siti", address="10.0.0.5"):
    return [(name, address, NOW - timedelta(minutes=minutes)) for minutes in minutes_ago]


@pytest.mark.parametrize(
    ("attempts", "minutes"),
    [
        ([], 0),
        (failed(0, 0, 0, 0), 0),
        (failed(0, 0, 0, 0, 0), 1),
        (failed(0, 0, 0, 0, 0, 0), 2),
        (failed(*[0] * 7), 4),
        (failed(*[0] * 25), 30),
        (failed(*[0] * 29), 30),
        (failed(0.5, 1, 1, 1, 1), 0.5),
        (failed(1, 2, 3, 4, 5), 0),
        (failed(*[60 * 24] * 29), 0),
        (failed(*[0] * 20, name="lain", address="10.0.0.9"), 0),
        (failed(*[0] * 30, name="lain"), 15),
        (failed(*[0] * 29, name="lain"), 0),
        (failed(*[0] * 60, address="10.0.0.9"), 15),
        (failed(*[0] * 59, address="10.0.0.9"), 0),
        (failed(*[15] * 60, address="10.0.0.9"), 0),
    ],
)
def test_the_wait_grows_with_failures_of_the_pair_the_address_or_the_name(attempts, minutes):
    assert max(wait(attempts, "siti", "10.0.0.5", NOW), timedelta(0)) == timedelta(minutes=minutes)


def test_no_number_of_failures_makes_the_wait_overflow():
    assert wait(failed(*[0] * 2000), "siti", "10.0.0.5", NOW) <= LONGEST_WAIT


@pytest.mark.parametrize(
    "password", ["kucing lari senja", "tiga kata acak", "Pa$$w0rt-lama", "x1 y2 z3 q4 w5", "🌾🌊🔥🌱🍃" * 2, "s" + "a1b2" * 31]
)
def test_a_long_unusual_password_is_taken(password):
    check_password(password, name="siti.berau", display="Siti Aminah")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "pendek"),
        ("pendek123", "pendek"),
        ("a" * 129, "panjang"),
        ("aaaaaaaaaaaa", "mudah"),
        ("abababababab", "mudah"),
        ("siti.berau12", "mudah"),
        ("SITI.BERAU12", "mudah"),
        ("aminah aminah", "mudah"),
        ("Password123", "mudah"),
        ("1234567890", "mudah"),
        ("kaltim 2026", "mudah"),
    ],
)
def test_a_short_long_or_guessable_password_is_refused_with_what_to_do(password, why):
    with pytest.raises(InputError, match=why):
        check_password(password, name="siti.berau", display="Siti Aminah")


def test_a_login_name_is_small_letters_without_blanks():
    assert check_name("  Siti.Berau_1-a ") == "siti.berau_1-a"


@pytest.mark.parametrize(
    "name", ["", "ab", "a" * 41, "a" * 10_000, "siti aminah", "sïti", "a'; DROP TABLE users;--", "<b>x</b>", "a\0bc", "a\ud800bc"]
)
def test_a_login_name_with_other_signs_is_refused(name):
    with pytest.raises(InputError, match="3–40"):
        check_name(name)


@pytest.mark.parametrize("name", ["6472031205900001", "081234567890", "hp.0812345678"])
def test_a_login_name_is_no_number_of_a_person(name):
    with pytest.raises(InputError, match="NIK"):
        check_name(name)


def test_kabupaten_are_the_ten_of_kaltim_or_none_for_the_province():
    assert [check_kabupaten(name) for name in ("", *KABUPATEN)] == ["", *KABUPATEN]
    assert len(set(KABUPATEN)) == 10
    for other in ("Banten", "berau", "<script>", "Berau "):
        with pytest.raises(InputError, match="tidak dikenal"):
            check_kabupaten(other)
