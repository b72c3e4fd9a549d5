"""Who may do what, and how long a door stays shut after wrong passwords. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.errors import AccessError, InputError
from assistant.ledger import Person, Role


class Action(StrEnum):
    """Something that a screen, a command or the API lets a person do."""

    ASK = "tanya"
    OWN_ACCOUNT = "akun sendiri"
    TRAIN = "bimtek"
    MANAGE = "kelola"


ROLES: dict[Action, frozenset[Role]] = {
    Action.ASK: frozenset(Role),
    Action.OWN_ACCOUNT: frozenset(Role),
    Action.TRAIN: frozenset({Role.PELATIH, Role.ADMIN}),
    Action.MANAGE: frozenset({Role.ADMIN}),
}
ROLE_WORDS = {Role.PETUGAS: "Petugas", Role.PELATIH: "Pelatih", Role.ADMIN: "Admin"}

KABUPATEN = (
    "Balikpapan",
    "Berau",
    "Bontang",
    "Kutai Barat",
    "Kutai Kartanegara",
    "Kutai Timur",
    "Mahakam Ulu",
    "Paser",
    "Penajam Paser Utara",
    "Samarinda",
)
"""The ten regencies and cities of Kalimantan Timur; a user of the province has none."""

FREE_TRIES = 5
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=30)
MEMORY = timedelta(hours=24)
"""How long a failed login counts."""
TRIES_OF_AN_ADDRESS = 30
TRIES_FOR_A_NAME = 60
BROAD_WINDOW = timedelta(minutes=15)
"""Window of the two broad limits: one address that tries many names, many addresses that try one name."""

SHORTEST, LONGEST = 10, 128
COMMON = frozenset(
    {
        "1234567890", "0123456789", "password12", "password123", "passwordku", "katasandi1",
        "katasandi123", "qwertyuiop", "qwerty1234", "indonesia1", "indonesia123", "kalimantan",
        "kaltim2025", "kaltim2026", "samarinda1", "dinsoskaltim", "dinassosial", "asistenuep",
    }
)  # fmt: skip


def allowed(person: Person | None, action: Action, *, open_chat: bool = False) -> bool:
    """Tell whether a person may do `action`; with `open_chat` asking needs no account."""
    if action is Action.ASK and open_chat:
        return True
    user = person.user if person else None
    return user is not None and user.active and user.role in ROLES[action]


def require(person: Person | None, action: Action, *, open_chat: bool = False) -> None:
    """Raise AccessError when a person may not do `action`."""
    if allowed(person, action, open_chat=open_chat):
        return
    if person is None or person.user is None:
        raise AccessError("Anda belum masuk; masuk dahulu, lalu ulangi.")
    raise AccessError(f"Peran Anda ({ROLE_WORDS[person.user.role]}) tidak boleh membuka ini; minta kepada admin.")


def wait(attempts: Iterable[tuple[str, str, datetime]], name: str, address: str, now: datetime) -> timedelta:
    """Return how long `name` from `address` has to wait before the next try; zero when it may try now.

    `attempts` are the failed ones: name, address, when. Five are free; then the wait doubles from one minute to thirty. Only
    the pair is shut out: somebody else's wrong guesses from another machine don't lock an officer out, short of a flood.
    """
    known = [item for item in attempts if now - item[2] < MEMORY]
    pair = [at for who, where, at in known if (who, where) == (name, address)]
    waits = [timedelta(0)]
    if len(pair) >= FREE_TRIES:
        lock = min(FIRST_WAIT * 2 ** min(len(pair) - FREE_TRIES, 10), LONGEST_WAIT)
        waits.append(max(pair) + lock - now)
    recent = [item for item in known if now - item[2] < BROAD_WINDOW]
    for place, most in ((1, TRIES_OF_AN_ADDRESS), (0, TRIES_FOR_A_NAME)):
        same = sorted(item[2] for item in recent if item[place] == (name, address)[place])
        if len(same) >= most:
            waits.append(same[-most] + BROAD_WINDOW - now)
    return max(waits)


def check_password(password: str, *, name: str, display: str = "") -> None:
    """Raise InputError, with what to do, for a password that is too short, too long or easily guessed."""
    if len(password) < SHORTEST:
        raise InputError(f"Kata sandi terlalu pendek; pakai sedikitnya {SHORTEST} huruf, misalnya tiga kata acak.")
    if len(password) > LONGEST:
        raise InputError(f"Kata sandi terlalu panjang; paling banyak {LONGEST} huruf.")
    plain = password.casefold().replace(" ", "")
    near = {name.casefold(), *(word for word in display.casefold().split() if len(word) > 3)}
    without_names = plain
    for word in sorted(near, key=len, reverse=True):  # "siti" first would leave too much of "siti.berau"
        without_names = without_names.replace(word, "")
    if plain in COMMON or len(set(plain)) < 5 or len(without_names) < 5:
        raise InputError("Kata sandi mudah ditebak; jangan pakai nama Anda atau urutan yang umum. Pakai misalnya tiga kata acak.")


def check_name(name: str) -> str:
    """Return a login name in small letters; raises InputError for one that can't be typed everywhere."""
    name = name.strip().casefold()
    if not 3 <= len(name) <= 40 or not all(c.isascii() and (c.isalnum() or c in "._-") for c in name):
        raise InputError("Nama masuk berisi 3–40 huruf kecil, angka, titik, garis bawah, atau tanda hubung.")
    if sum(c.isdigit() for c in name) >= 10:
        raise InputError("Nama masuk tidak boleh berupa NIK atau nomor telepon; pakai nama.")
    return name


def check_kabupaten(kabupaten: str) -> str:
    """Return a kabupaten/kota of Kaltim, or an empty text for the province; raises InputError for another."""
    if kabupaten and kabupaten not in KABUPATEN:
        raise InputError(f"Kabupaten/kota {kabupaten} tidak dikenal; pilih dari daftar.")
    return kabupaten
