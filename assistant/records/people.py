"""Users, one-time links, logins and failed attempts. Tokens come in as digests: what is stored opens nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, delete, func, or_, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.errors import InputError
from assistant.ledger import Role, User
from assistant.privacy import mask
from assistant.records.audit import note
from assistant.records.database import Records, new_id
from assistant.records.personal import clean_up, delete_left
from assistant.records.tables import AttemptRow, InviteRow, LoginRow, SecretRow, UserRow

NO_USER = "Pengguna ini tidak ada lagi; muat ulang halaman."
LAST_ADMIN = "Harus tetap ada satu admin yang aktif; tambahkan admin lain dahulu."


def secret(records: Records, name: str, fresh: str) -> str:
    """Return the stored key `name`; the first time, `fresh` is stored."""
    with records.reading() as session:
        row = session.get(SecretRow, name)
        if row is not None:
            return row.value
    with records.writing() as session:
        if records.engine.dialect.name == "postgresql":
            session.execute(text("LOCK TABLE secrets IN EXCLUSIVE MODE"))
        row = session.get(SecretRow, name)
        if row is None:
            row = SecretRow(name=name, value=fresh)
            session.add(row)
        return row.value


def add_user(records: Records, name: str, display: str, role: Role, kabupaten: str, *, actor: str) -> User:
    """Add a user who has yet to choose a password; raises InputError when the name is taken."""
    row = UserRow(
        id=new_id(), name=name, display=mask(display)[0], role=str(role), kabupaten=kabupaten, active=True, created=records.now()
    )
    with records.writing() as session:
        session.add(row)
        try:
            session.flush()
        except IntegrityError as error:
            raise InputError(f"Nama masuk {name} sudah dipakai; pilih nama lain.") from error
        note(session, records, actor, "pengguna-ditambah", row.id, f"peran {role}, {kabupaten or 'provinsi'}")
        return _user(row)


def users(records: Records) -> tuple[User, ...]:
    """Return all users by name."""
    with records.reading() as session:
        return tuple(_user(row) for row in session.scalars(select(UserRow).order_by(UserRow.name)))


def user_named(records: Records, name: str) -> tuple[User, str | None] | None:
    """Return a user and the hash of their password."""
    with records.reading() as session:
        row = session.scalar(select(UserRow).where(UserRow.name == name))
        return (_user(row), row.password) if row else None


def user_of(records: Records, identity: str) -> User:
    """Return the user of an id; raises InputError when there is none."""
    with records.reading() as session:
        return _user(_row(session, identity))


def set_password(records: Records, identity: str, password: str, *, actor: str, action: str, keep: str = "") -> None:
    """Store a password's hash and end all logins but `keep` (a digest): who stole one is out. Open links are void."""
    with records.writing() as session:
        _row(session, identity).password = password
        session.execute(delete(LoginRow).where(LoginRow.user_id == identity, LoginRow.digest != keep))
        session.execute(delete(InviteRow).where(InviteRow.user_id == identity))
        note(session, records, actor, action, identity)


def change_user(records: Records, identity: str, *, display: str, role: Role, kabupaten: str, active: bool, actor: str) -> User:
    """Change a user; whoever is switched off or gets another role is logged out at once. One active admin has to stay."""
    with records.writing() as session:
        _one_at_a_time(session, records)
        row = _row(session, identity)
        before = f"{row.role}, {row.kabupaten or 'provinsi'}, {'aktif' if row.active else 'nonaktif'}"
        changed = (row.role, row.active) != (str(role), active)
        row.display, row.role, row.kabupaten, row.active = mask(display)[0], str(role), kabupaten, active
        session.flush()
        _check_admin(session)
        if changed:
            session.execute(delete(LoginRow).where(LoginRow.user_id == identity))
            session.execute(delete(InviteRow).where(InviteRow.user_id == identity))
        after = f"{role}, {kabupaten or 'provinsi'}, {'aktif' if active else 'nonaktif'}"
        note(session, records, actor, "pengguna-diubah", identity, f"{before} → {after}")
        return _user(row)


def delete_user(records: Records, identity: str, *, actor: str) -> int:
    """Delete a user with logins, links and conversations, all or nothing; return how many conversations.

    Raises InputError when no admin would stay.
    """
    with records.writing() as session:
        _one_at_a_time(session, records)
        session.delete(_row(session, identity))
        session.flush()
        _check_admin(session)
        gone = delete_left(session, f"user:{identity}")
        note(session, records, actor, "pengguna-dihapus", identity, f"{gone} percakapan")
    clean_up(records)
    return gone


def has_admin(records: Records) -> bool:
    """Tell whether an active admin has chosen a password."""
    with records.reading() as session:
        return bool(session.scalar(_ready_admins()))


def add_invite(records: Records, identity: str, digest: str, expires: datetime, *, actor: str) -> None:
    """Store a one-time link; earlier links of the user are void."""
    with records.writing() as session:
        _row(session, identity)
        session.execute(delete(InviteRow).where(InviteRow.user_id == identity))
        session.add(InviteRow(digest=digest, user_id=identity, expires=expires))
        note(session, records, actor, "tautan-dibuat", identity)


def invited(records: Records, digest: str) -> User | None:
    """Return the active user whom an unused, unexpired link invites."""
    with records.reading() as session:
        row = session.get(InviteRow, digest)
        user = session.get(UserRow, row.user_id) if row and row.expires > records.now() else None
        return _user(user) if user and user.active else None


def accept_invite(records: Records, digest: str, password: str) -> User | None:
    """Take the link and store the password's hash, once: of two at the same time one gets None."""
    with records.writing() as session:
        row = session.scalar(select(InviteRow).where(InviteRow.digest == digest).with_for_update())
        user = session.get(UserRow, row.user_id) if row and row.expires > records.now() else None
        if user is None or not user.active:
            return None
        user.password = password
        session.execute(delete(InviteRow).where(InviteRow.user_id == user.id))
        session.execute(delete(LoginRow).where(LoginRow.user_id == user.id))
        note(session, records, f"user:{user.id}", "sandi-dibuat", user.id)
        return _user(user)


def add_login(records: Records, identity: str, digest: str, expires: datetime) -> None:
    """Store a login."""
    now = records.now()
    with records.writing() as session:
        session.execute(delete(LoginRow).where(LoginRow.expires <= now))
        session.add(LoginRow(digest=digest, user_id=identity, created=now, expires=expires))
        note(session, records, f"user:{identity}", "masuk", identity)


def logged_in(records: Records, digest: str) -> User | None:
    """Return the active user of an unexpired login."""
    query = (
        select(UserRow)
        .join(LoginRow, LoginRow.user_id == UserRow.id)
        .where(LoginRow.digest == digest, LoginRow.expires > records.now(), UserRow.active)
    )
    with records.reading() as session:
        row = session.scalar(query)
        return _user(row) if row else None


def delete_login(records: Records, digest: str) -> None:
    """End a login."""
    with records.writing() as session:
        row = session.get(LoginRow, digest)
        if row is not None:
            note(session, records, f"user:{row.user_id}", "keluar", row.user_id)
            session.delete(row)


def count_attempt(records: Records, name: str, address: str, *, since: datetime) -> tuple[tuple[str, str, datetime], ...]:
    """Note an attempt that is about to be made; return those noted before (name, address, when) that share name or address.

    Noted first and taken back on success: attempts made at the same moment all count.
    """
    with records.writing() as session:
        _one_at_a_time(session, records)
        session.execute(delete(AttemptRow).where(AttemptRow.at < since))
        shared = or_(AttemptRow.name == name, AttemptRow.address == address)
        before = session.scalars(select(AttemptRow).where(shared).order_by(AttemptRow.at))
        found = tuple((row.name, row.address, row.at) for row in before)
        session.add(AttemptRow(name=name, address=address, at=records.now()))
        return found


def take_back_attempt(records: Records, name: str, address: str) -> None:
    """Forget the newest attempt of a pair: it was refused before the password was looked at."""
    with records.writing() as session:
        newest = select(func.max(AttemptRow.id)).where(AttemptRow.name == name, AttemptRow.address == address).scalar_subquery()
        session.execute(delete(AttemptRow).where(AttemptRow.id == newest))


def forget_attempts(records: Records, name: str, address: str) -> None:
    """Forget the attempts of a pair: it logged in."""
    with records.writing() as session:
        session.execute(delete(AttemptRow).where(AttemptRow.name == name, AttemptRow.address == address))


def _one_at_a_time(session: Session, records: Records) -> None:
    """Hold back other writers of people in PostgreSQL; SQLite has one writer anyway."""
    if records.engine.dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(7241002)"))


def _ready_admins() -> Select[int]:
    """Return the query for how many active admins have chosen a password: the others may never come."""
    here = (UserRow.role == str(Role.ADMIN), UserRow.active, UserRow.password.is_not(None))
    return select(func.count()).select_from(UserRow).where(*here)


def _check_admin(session: Session) -> None:
    if not session.scalar(_ready_admins()):
        raise InputError(LAST_ADMIN)


def _row(session: Session, identity: str) -> UserRow:
    row = session.get(UserRow, identity)
    if row is None:
        raise InputError(NO_USER)
    return row


def _user(row: UserRow) -> User:
    return User(row.id, row.name, row.display, Role(row.role), row.kabupaten, row.active, row.password is not None, row.created)
