"""People: use cases of accounts. Every one checks who asks before it does anything."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

from assistant.access import MEMORY, Action, check_kabupaten, check_name, check_password, require, wait
from assistant.errors import AccessError, InputError
from assistant.ledger import SYSTEM, AuditLine, Person, Role, User
from assistant.records import Records, audit, people, personal
from assistant.secrets import Passwords, Signer, digest, new_token
from assistant.settings import Settings

LOGIN, GUEST = "uep-masuk", "uep-tamu"
"""Purposes of the two signed cookies, and their names."""
GUEST_DAYS = 365
INVITE = timedelta(days=7)
FIRST_ADMIN = "admin"
WRONG = "Nama masuk atau kata sandi salah. Periksa keduanya; lupa kata sandi: minta tautan baru kepada admin."
USED_LINK = "Tautan ini sudah dipakai atau kedaluwarsa; minta tautan baru kepada admin."


class People:
    """Accounts, logins and the rights that come with them."""

    def __init__(self, records: Records, settings: Settings, *, passwords: Passwords | None = None) -> None:
        """Use the given records; the key that signs cookies is made the first time."""
        self._records = records
        self._settings = settings
        self._passwords = passwords or Passwords()
        self.signer = Signer(people.secret(records, "cookie", new_token()))

    # Who is it?

    def person(self, login: str | None, guest: str | None) -> Person | None:
        """Return whom the two cookies name: a user, else a visitor; None when neither is genuine and valid."""
        token = self._token(login)
        user = people.logged_in(self._records, digest(token)) if token else None
        if user is not None:
            return Person(f"user:{user.id}", user)
        visitor = self.signer.read(GUEST, guest, seconds=GUEST_DAYS * 86_400) if guest else None
        return Person(f"tamu:{digest(visitor)}") if visitor else None

    def new_guest(self) -> str:
        """Return a cookie value for a browser that is here for the first time."""
        return self.signer.sign(GUEST, new_token())

    def login(self, name: str, password: str, *, address: str) -> str:
        """Return the cookie value of a fresh login.

        Raises AccessError for a wrong name or password (the same for both), and after too many, with the minutes to wait.
        """
        name = name.strip().casefold()[:80]
        who, where = digest(f"nama:{name}"), digest(f"alamat:{address}")
        self._count_try(who, where)
        found = people.user_named(self._records, name)
        user, stored = found or (None, None)
        if not self._passwords.matches(password, stored) or user is None or not user.active:
            audit.add(self._records, SYSTEM, "masuk-gagal", user.id if user else "nama tidak dikenal")
            raise AccessError(WRONG)
        people.forget_attempts(self._records, who, where)
        return self._log_in(user)

    def logout(self, login: str | None) -> None:
        """End the login of a cookie; nothing happens for one that is not genuine."""
        token = self._token(login)
        if token:
            people.delete_login(self._records, digest(token))

    # One-time links

    def first_link(self) -> str | None:
        """Return the token of a one-time link for the first admin; None once an admin has a password."""
        if people.has_admin(self._records):
            return None
        if people.user_named(self._records, FIRST_ADMIN) is None:
            with suppress(InputError):  # another process that starts at this moment was faster
                people.add_user(self._records, FIRST_ADMIN, "Admin", Role.ADMIN, "", actor=SYSTEM)
        found = people.user_named(self._records, FIRST_ADMIN)
        return self._link(found[0], SYSTEM) if found else None

    def link_for(self, name: str) -> str:
        """Return a fresh one-time token for a user, for the command at the server; raises InputError for an unknown name."""
        found = people.user_named(self._records, name.strip().casefold())
        if found is None:
            raise InputError(f"Pengguna {name} tidak ada; daftar nama: python -m assistant users.")
        return self._link(found[0], SYSTEM)

    def invited(self, token: str) -> User:
        """Return whom a link invites; raises AccessError for one that is used or too old."""
        user = people.invited(self._records, digest(token))
        if user is None:
            raise AccessError(USED_LINK)
        return user

    def accept(self, token: str, password: str) -> str:
        """Choose the password of a link, which is void afterwards, and log in; returns the cookie value."""
        user = self.invited(token)
        check_password(password, name=user.name, display=user.display)
        taken = people.accept_invite(self._records, digest(token), self._passwords.hash(password))
        if taken is None:
            raise AccessError(USED_LINK)
        return self._log_in(taken)

    # One's own account

    def change_password(self, person: Person | None, old: str, new: str, *, login: str, address: str) -> None:
        """Change one's own password and end one's other logins; wrong old passwords count as failed logins."""
        user = self._user(person)
        who, where = digest(f"ganti:{user.id}"), digest(f"alamat:{address}")
        self._count_try(who, where)
        found = people.user_named(self._records, user.name)
        if not self._passwords.matches(old, found[1] if found else None):
            raise AccessError("Kata sandi lama salah.")
        people.forget_attempts(self._records, who, where)
        check_password(new, name=user.name, display=user.display)
        token = self._token(login) or ""
        hashed = self._passwords.hash(new)
        people.set_password(self._records, user.id, hashed, actor=f"user:{user.id}", action="sandi-diganti", keep=digest(token))

    def export(self, person: Person) -> dict[str, Any]:
        """Return all that is kept of a person, visitors too."""
        return personal.export(self._records, person.key)

    def erase(self, person: Person) -> int:
        """Delete all conversations of a person, visitors too; returns how many."""
        return personal.erase(self._records, person.key, actor=person.key)

    # What an admin does

    def users(self, person: Person | None) -> tuple[User, ...]:
        """Return all users."""
        require(person, Action.MANAGE)
        return people.users(self._records)

    def invite(self, person: Person | None, *, name: str, display: str, role: str, kabupaten: str) -> tuple[User, str]:
        """Add a user; returns them and the token of their one-time link. Raises InputError for a value that can't be taken."""
        require(person, Action.MANAGE)
        actor, shown = _key(person), _display(display)
        user = people.add_user(self._records, check_name(name), shown, _role(role), check_kabupaten(kabupaten), actor=actor)
        return user, self._link(user, actor)

    def renew(self, person: Person | None, identity: str) -> tuple[User, str]:
        """Return a fresh one-time link for somebody who forgot their password; the old password works until it is used."""
        require(person, Action.MANAGE)
        user = people.user_of(self._records, identity)
        return user, self._link(user, _key(person))

    def change(self, person: Person | None, identity: str, *, display: str, role: str, kabupaten: str, active: bool) -> User:
        """Change a user or switch them off; raises InputError when no admin would be left."""
        require(person, Action.MANAGE)
        return people.change_user(
            self._records,
            identity,
            display=_display(display),
            role=_role(role),
            kabupaten=check_kabupaten(kabupaten),
            active=active,
            actor=_key(person),
        )

    def delete(self, person: Person | None, identity: str) -> int:
        """Delete a user with all that they left; returns how many conversations."""
        require(person, Action.MANAGE)
        return people.delete_user(self._records, identity, actor=_key(person))

    def export_user(self, person: Person | None, identity: str) -> dict[str, Any]:
        """Return all that is kept of a user, for a request that they made to the office."""
        require(person, Action.MANAGE)
        user = people.user_of(self._records, identity)
        audit.add(self._records, _key(person), "data-diekspor", identity)
        return {"nama": user.name, **personal.export(self._records, f"user:{identity}")}

    def mask_name(self, person: Person | None, name: str) -> int:
        """Mask a citizen's name in all that is kept; returns how many texts changed."""
        require(person, Action.MANAGE)
        if len(name.strip()) < 3:
            raise InputError("Tulis nama yang akan disamarkan, sedikitnya 3 huruf.")
        return personal.mask_name(self._records, name, actor=_key(person))

    def audit(self, person: Person | None, *, action: str = "") -> tuple[AuditLine, ...]:
        """Return the newest audit lines, with the login names of people who still have an account."""
        require(person, Action.MANAGE)
        names = {f"user:{user.id}": user.name for user in people.users(self._records)}
        lines = audit.read(self._records, action=action)
        return tuple(
            AuditLine(line.at, _name(line.actor, names), line.action, _name(line.target, names), line.detail) for line in lines
        )

    def _token(self, login: str | None) -> str | None:
        return self.signer.read(LOGIN, login, seconds=self._settings.session_hours * 3600) if login else None

    def _count_try(self, who: str, where: str) -> None:
        """Note a try before the password is looked at; raises AccessError, with the minutes to wait, after too many."""
        now = self._records.now()
        left = wait(people.count_attempt(self._records, who, where, since=now - MEMORY), who, where, now)
        if left > timedelta(0):
            people.take_back_attempt(self._records, who, where)
            raise AccessError(f"Terlalu banyak percobaan masuk; coba lagi {_minutes(left)} menit lagi.")

    def _user(self, person: Person | None) -> User:
        require(person, Action.OWN_ACCOUNT)
        assert person is not None and person.user is not None
        return person.user

    def _log_in(self, user: User) -> str:
        token = new_token()
        expires = self._records.now() + timedelta(hours=self._settings.session_hours)
        people.add_login(self._records, user.id, digest(token), expires)
        return self.signer.sign(LOGIN, token)

    def _link(self, user: User, actor: str) -> str:
        token = new_token()
        people.add_invite(self._records, user.id, digest(token), self._records.now() + INVITE, actor=actor)
        return token


def _minutes(left: timedelta) -> int:
    return max(1, -(-int(left.total_seconds()) // 60))


def _key(person: Person | None) -> str:
    return person.key if person else SYSTEM


def _name(key: str, names: dict[str, str]) -> str:
    if key.startswith("tamu:"):
        return "pengunjung"
    return names.get(key) or names.get(f"user:{key}") or ("pengguna yang sudah dihapus" if key.startswith("user:") else key)


def _display(text: str) -> str:
    text = " ".join(text.split())
    if not 2 <= len(text) <= 100:
        raise InputError("Nama lengkap berisi 2–100 huruf.")
    return text


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise InputError(f"Peran {text} tidak dikenal; pilih petugas, pelatih, atau admin.") from error
