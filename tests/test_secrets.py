"""Passwords, tokens, signatures."""

import time

import pytest
from argon2 import PasswordHasher

from assistant.secrets import Passwords, Signer, digest, new_token


@pytest.fixture(scope="module")
def passwords():
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def test_a_password_matches_its_own_hash_alone(passwords):
    stored = passwords.hash("tiga kata acak")
    assert stored.startswith("$argon2id$")
    assert stored != passwords.hash("tiga kata acak")
    assert passwords.matches("tiga kata acak", stored)
    assert not passwords.matches("tiga kata acak ", stored)


@pytest.mark.parametrize("stored", [None, "", "kacau", "$argon2id$v=19$m=8,t=1,p=1$AAAA$BBBB"])
def test_without_a_good_hash_nothing_matches(passwords, stored):
    assert not passwords.matches("tiga kata acak", stored)


def test_no_password_matches_an_account_without_one(passwords):
    for password in ("", "x", "a" * 100_000, "\0", "🌾"):
        assert not passwords.matches(password, None)


def test_the_default_cost_is_that_of_the_library():
    assert PasswordHasher().memory_cost >= 65_536
    assert "m=65536" in Passwords()._nobody


def test_tokens_are_long_and_differ_and_their_digest_hides_them():
    tokens = {new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert min(map(len, tokens)) >= 43
    token = tokens.pop()
    assert token not in digest(token)
    assert digest(token) == digest(token)


def test_a_signature_is_read_back_until_it_is_too_old(monkeypatch):
    signer = Signer("kunci")
    signed = signer.sign("uep-masuk", "abc")
    assert signer.read("uep-masuk", signed, seconds=60) == "abc"
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert signer.read("uep-masuk", signed, seconds=60) is None


def test_a_changed_foreign_or_repurposed_signature_is_none():
    signer = Signer("kunci")
    signed = signer.sign("uep-masuk", "abc")
    changed = [signed[:place] + ("A" if signed[place] != "A" else "B") + signed[place + 1 :] for place in range(len(signed) - 1)]
    assert all(signer.read("uep-masuk", text, seconds=60) is None for text in changed)
    for text in ("", ".", "..", "abc", "abc.x.y", signed + "x", signed * 2, "\0", "é", "\ud800"[:0] + "ÿ", "a" * 10_000):
        assert signer.read("uep-masuk", text, seconds=60) is None
    assert signer.read("uep-tamu", signed, seconds=60) is None
    assert Signer("lain").read("uep-masuk", signed, seconds=60) is None


def test_a_form_token_belongs_to_one_browser_and_one_key():
    signer = Signer("kunci")
    token = signer.form_token("kue")
    assert signer.form_matches("kue", token)
    assert not signer.form_matches("kue lain", token)
    assert not Signer("lain").form_matches("kue", token)
    for wrong in ("", "x", token.upper(), token + "0", "é"):
        assert not signer.form_matches("kue", wrong)


def test_without_a_cookie_no_form_token_is_good():
    signer = Signer("kunci")
    assert not signer.form_matches("", signer.form_token(""))
