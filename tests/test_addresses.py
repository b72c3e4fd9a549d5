"""Acts are counted by address, and who has one IPv6 address has billions of them."""

import pytest

from assistant.attending import GUESSES_A_MINUTE
from assistant.headers import counted_address
from tests.factories import make_office, sample_assistant
from tests.serving import Client, served


@pytest.mark.parametrize(
    ("client", "counted"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "::ffff:10.1.2.3"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("bukan alamat", "bukan alamat"),
        ("", ""),
    ],
)
def test_an_ipv6_address_is_counted_by_its_network_and_any_other_by_itself(client, counted):
    assert counted_address({"client": (client, 1)}) == counted


def test_a_request_without_an_address_is_counted_with_its_like():
    assert counted_address({"client": None}) == ""


def test_a_guesser_who_changes_the_end_of_an_ipv6_address_is_stopped_and_another_network_is_not(tmp_path):
    office = make_office(tmp_path, sample_assistant(tmp_path))

    def guess(server, address):
        return Client(server.local, **{"x-forwarded-for": address}).get("/ikut/999999").text

    for server in served(office):
        said = [guess(server, f"2001:db8:1:2::{number:x}") for number in range(1, GUESSES_A_MINUTE + 2)]
        assert ["Terlalu banyak" in text for text in said] == [False] * GUESSES_A_MINUTE + [True]
        assert "Terlalu banyak" not in guess(server, "2001:db8:1:3::1")
