"""Accounts: logging in and out, links, what an admin may do; on both databases, with a clock that the test moves."""

import threading
import time

import pytest

from assistant.access import FREE_TRIES
from assistant.errors import AccessError, InputError
from assistant.ledger import Role
from assistant.people import GUEST, LOGIN, USED_LINK, WRONG
from assistant.records import audit
from assistant.secrets import digest
from tests.factories import PASSWORD, add_person, make_people

HERE, THERE = "10.0.0.5", "10.0.0.6"


@pytest.fixture
def people(records):
    return make_people(records)


@pytest.fixture
def admin(people):
    return add_person(people, "kepala", role=Role.ADMIN)


def wrong(people, name="siti.berau", address=HERE):
    with pytest.raises(AccessError) as caught:
        people.login(name, "salah sama sekali", address=address)
    return str(caught.value)


# Logging in


def test_the_cookie_of_a_login_names_the_user_until_it_expires(people, clock, monkeypatch):
    siti = add_person(people)
    cookie = people.login(" Siti.Berau ", PASSWORD, address=HERE)
    assert people.person(cookie, None) == siti
    clock.on(hours=11, minutes=59)
    assert people.person(cookie, None) == siti
    clock.on(minutes=1)
    assert people.person(cookie, None) is None
    later = time.time() + 12 * 3600 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert people.signer.read(LOGIN, cookie, seconds=12 * 3600) is None


def test_wrong_name_wrong_password_and_switched_off_get_the_same_message(people, admin):
    siti = add_person(people)
    messages = {wrong(people, "tidak.ada"), wrong(people)}
    people.change(admin, siti.user.id, display="Siti", role="petugas", kabupaten="", active=False)
    with pytest.raises(AccessError) as caught:
        people.login("siti.berau", PASSWORD, address=HERE)
    assert messages | {str(caught.value)} == {WRONG}


def test_logout_ends_the_login_on_the_server(people):
    add_person(people)
    cookie = people.login("siti.berau", PASSWORD, address=HERE)
    other = people.login("siti.berau", PASSWORD, address=THERE)
    people.logout(cookie)
    assert people.person(cookie, None) is None
    assert people.person(other, None) is not None
    people.logout(cookie)
    people.logout("palsu")
    people.logout(None)


def test_each_login_is_a_fresh_token_and_only_its_digest_is_stored(people, records):
    add_person(people)
    first, second = (people.login("siti.berau", PASSWORD, address=HERE) for _ in range(2))
    assert first != second
    with records.reading() as session:
        from sqlalchemy import text

        stored = " ".join(str(row) for row in session.execute(text("SELECT * FROM logins")))
    token = people.signer.read(LOGIN, first, seconds=60)
    assert token not in stored
    assert digest(token) in stored


def test_a_guest_cookie_is_no_login_and_a_login_no_guest(people):
    add_person(people)
    guest, login = people.new_guest(), people.login("siti.berau", PASSWORD, address=HERE)
    assert people.person(guest, None) is None
    assert people.person(None, login) is None
    assert people.person("palsu", guest).user is None
    token = people.signer.read(GUEST, guest, seconds=60)
    assert people.person(people.signer.sign(LOGIN, token), None) is None


def test_after_five_wrong_passwords_even_the_right_one_waits_a_minute(people, clock):
    add_person(people)
    for _ in range(FREE_TRIES):
        assert wrong(people) == WRONG
    with pytest.raises(AccessError, match="coba lagi 1 menit"):
        people.login("siti.berau", PASSWORD, address=HERE)
    clock.on(seconds=61)
    people.login("siti.berau", PASSWORD, address=HERE)
    assert wrong(people) == WRONG


def test_the_wait_doubles_and_knocking_meanwhile_makes_it_no_longer(people, clock):
    add_person(people)
    for _ in range(FREE_TRIES):
        wrong(people)
    for _ in range(20):
        assert "1 menit" in wrong(people)
    clock.on(seconds=61)
    assert wrong(people) == WRONG
    assert "2 menit" in wrong(people)


def test_another_machine_is_not_locked_out_by_somebody_s_guesses(people):
    add_person(people)
    for _ in range(10):
        wrong(people, address=THERE)
    people.login("siti.berau", PASSWORD, address=HERE)


def test_one_address_that_tries_many_names_waits(people):
    add_person(people)
    for number in range(30):
        wrong(people, f"orang.{number}")
    with pytest.raises(AccessError, match="15 menit"):
        people.login("siti.berau", PASSWORD, address=HERE)


def test_many_addresses_that_try_one_name_wait(people):
    add_person(people)
    for number in range(60):
        wrong(people, address=f"10.0.1.{number}")
    assert "15 menit" in wrong(people, address="10.0.2.1")


def test_an_own_account_does_not_wash_away_guesses_at_another(people):
    add_person(people)
    add_person(people, "budi.paser")
    for _ in range(FREE_TRIES):
        wrong(people)
        people.login("budi.paser", PASSWORD, address=HERE)
    assert "menit" in wrong(people)


def test_guesses_at_the_same_moment_are_all_counted(people):
    add_person(people)
    looked, gate = [], threading.Barrier(12)
    matches = people._passwords.matches
    people._passwords.matches = lambda *values: looked.append(1) or matches(*values)

    def guess():
        gate.wait()
        with pytest.raises(AccessError):
            people.login("siti.berau", "salah sama sekali", address=HERE)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(looked) == FREE_TRIES


def test_as_much_work_is_done_for_an_unknown_name_as_for_a_known_one(people):
    add_person(people)
    looked = []
    matches = people._passwords.matches
    people._passwords.matches = lambda password, stored: looked.append(stored) or matches(password, stored)
    wrong(people, "tidak.ada")
    wrong(people)
    assert len(looked) == 2


def test_neither_name_nor_address_of_a_failed_login_is_stored(people, records):
    wrong(people, "rahasia.sekali")
    from sqlalchemy import text

    with records.reading() as session:
        stored = " ".join(str(row) for table in ("attempts", "audit") for row in session.execute(text(f"SELECT * FROM {table}")))
    assert "rahasia" not in stored
    assert HERE not in stored
    assert "masuk-gagal" in stored


@pytest.mark.parametrize("name", ["' OR 1=1 --", "admin'--", "x" * 10_000, "", " ", "🌾", '"; DROP TABLE users; --'])
def test_odd_names_are_only_wrong_names(people, admin, name):
    assert wrong(people, name) == WRONG
    assert people.users(admin)


# Links


def test_the_first_admin_gets_a_link_until_one_has_a_password(people):
    first, second = people.first_link(), people.first_link()
    with pytest.raises(AccessError, match="sudah dipakai"):
        people.accept(first, PASSWORD)
    cookie = people.accept(second, PASSWORD)
    assert people.person(cookie, None).user.role is Role.ADMIN
    assert people.first_link() is None


def test_two_processes_that_start_at_once_make_one_first_admin(records):
    links, gate = [], threading.Barrier(4)

    def start():
        people = make_people(records)
        gate.wait()
        links.append(people.first_link())

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(links) == 4
    people = make_people(records)
    people.accept(people.first_link(), PASSWORD)
    assert people.first_link() is None


def test_a_link_works_once_and_for_seven_days(people, admin, clock):
    user, link = people.invite(admin, name="siti.berau", display="Siti", role="petugas", kabupaten="Berau")
    assert people.invited(link) == user
    clock.on(days=7)
    for act in (lambda: people.invited(link), lambda: people.accept(link, PASSWORD)):
        with pytest.raises(AccessError) as caught:
            act()
        assert str(caught.value) == USED_LINK
    link = people.link_for("siti.berau")
    people.accept(link, PASSWORD)
    with pytest.raises(AccessError):
        people.accept(link, PASSWORD)


def test_a_bad_password_does_not_use_up_the_link(people, admin):
    _, link = people.invite(admin, name="siti.berau", display="Siti", role="petugas", kabupaten="")
    with pytest.raises(InputError):
        people.accept(link, "pendek")
    people.accept(link, PASSWORD)


def test_a_new_link_makes_the_old_one_void_and_its_password_ends_all_logins(people, admin):
    siti = add_person(people)
    cookie = people.login("siti.berau", PASSWORD, address=HERE)
    _, old = people.renew(admin, siti.user.id)
    _, new = people.renew(admin, siti.user.id)
    assert people.person(cookie, None)
    with pytest.raises(AccessError):
        people.accept(old, PASSWORD)
    people.accept(new, "empat kata lain lagi")
    assert people.person(cookie, None) is None
    assert wrong(people) == WRONG


@pytest.mark.parametrize("token", ["", "x", "' OR 1=1 --", "x" * 10_000, "é"])
def test_a_made_up_link_is_refused(people, token):
    with pytest.raises(AccessError):
        people.invited(token)


def test_a_link_for_an_unknown_name_says_where_the_names_are(people):
    with pytest.raises(InputError, match="daftar nama"):
        people.link_for("tidak.ada")


# One's own password


def test_a_changed_password_ends_the_other_logins_and_keeps_this_one(people):
    siti = add_person(people)
    here, there = (people.login("siti.berau", PASSWORD, address=HERE) for _ in range(2))
    people.change_password(siti, PASSWORD, "empat kata lain lagi", login=here, address=HERE)
    assert people.person(here, None) == siti
    assert people.person(there, None) is None
    assert wrong(people) == WRONG
    people.login("siti.berau", "empat kata lain lagi", address=HERE)


def test_guessing_the_old_password_is_limited_too(people):
    siti = add_person(people)
    for _ in range(FREE_TRIES):
        with pytest.raises(AccessError, match="lama salah"):
            people.change_password(siti, "salah", "empat kata lain lagi", login="", address=HERE)
    with pytest.raises(AccessError, match="Terlalu banyak"):
        people.change_password(siti, PASSWORD, "empat kata lain lagi", login="", address=HERE)


# What an admin does

MANAGING = {
    "users": lambda people, who, user: people.users(who),
    "invite": lambda people, who, user: people.invite(who, name="baru", display="Baru", role="admin", kabupaten=""),
    "renew": lambda people, who, user: people.renew(who, user.id),
    "change": lambda people, who, user: people.change(who, user.id, display="Xx", role="admin", kabupaten="", active=True),
    "delete": lambda people, who, user: people.delete(who, user.id),
    "export": lambda people, who, user: people.export_user(who, user.id),
    "mask": lambda people, who, user: people.mask_name(who, "Aminah"),
    "audit": lambda people, who, user: people.audit(who),
}


@pytest.mark.parametrize("act", MANAGING)
def test_only_an_admin_manages(people, admin, records, act):
    victim = add_person(people, "korban").user
    others = [add_person(people, f"o.{role}", role=role) for role in (Role.PETUGAS, Role.PELATIH)]
    before = (people.users(admin), audit.read(records))
    for who in (None, people.person(None, people.new_guest()), *others):
        with pytest.raises(AccessError):
            MANAGING[act](people, who, victim)
    assert (people.users(admin), audit.read(records)) == before
    MANAGING[act](people, admin, victim)


def test_who_is_switched_off_or_gets_another_role_is_logged_out_at_once(people, admin):
    siti = add_person(people)
    for role, active in (("pelatih", True), ("petugas", False)):
        cookie = people._log_in(siti.user)
        people.change(admin, siti.user.id, display="Siti", role=role, kabupaten="", active=active)
        assert people.person(cookie, None) is None
    link = people.link_for("siti.berau")
    with pytest.raises(AccessError):
        people.accept(link, PASSWORD)


def test_a_new_name_or_kabupaten_does_not_log_anybody_out(people, admin):
    siti = add_person(people)
    cookie = people.login("siti.berau", PASSWORD, address=HERE)
    people.change(admin, siti.user.id, display="Siti A.", role="petugas", kabupaten="Berau", active=True)
    assert people.person(cookie, None).user.kabupaten == "Berau"


@pytest.mark.parametrize("act", ["demote", "switch off", "delete"])
def test_the_last_admin_who_can_log_in_stays(people, admin, act):
    people.invite(admin, name="belum.datang", display="Belum", role="admin", kabupaten="")
    add_person(people)
    with pytest.raises(InputError, match="satu admin"):
        if act == "delete":
            people.delete(admin, admin.user.id)
        else:
            role, active = ("petugas", True) if act == "demote" else ("admin", False)
            people.change(admin, admin.user.id, display="Kepala", role=role, kabupaten="", active=active)
    assert people.users(admin)
    assert people.first_link() is None


@pytest.mark.parametrize(
    "values",
    [
        {"name": "siti aminah"},
        {"name": "siti.berau"},
        {"display": ""},
        {"display": "x" * 101},
        {"display": "x" * 10_000},
        {"role": "dewa"},
        {"role": ""},
        {"kabupaten": "Banten"},
    ],
)
def test_a_value_that_cannot_be_taken_adds_nobody(people, admin, values):
    add_person(people)
    before = people.users(admin)
    with pytest.raises(InputError):
        people.invite(admin, **{"name": "budi", "display": "Budi", "role": "petugas", "kabupaten": "", **values})
    assert people.users(admin) == before


def test_a_number_in_a_display_name_is_masked(people, admin):
    user, _ = people.invite(admin, name="budi", display="Budi 6472031205900001", role="petugas", kabupaten="")
    assert user.display == "Budi [NIK disamarkan]"


def test_the_audit_log_names_users_while_they_exist(people, admin):
    siti = add_person(people)
    people.login("siti.berau", PASSWORD, address=HERE)
    assert ("siti.berau", "masuk") in {(line.actor, line.action) for line in people.audit(admin)}
    people.delete(admin, siti.user.id)
    lines = people.audit(admin)
    assert not any("siti" in line.actor + line.target + line.detail for line in lines)
    assert lines[0].action == "pengguna-dihapus"
    assert [line.action for line in people.audit(admin, action="masuk")] == ["masuk"] * len(people.audit(admin, action="masuk"))
