"""The life of an item: draft, reviewed or rejected by a trainer, used, retired when its source changes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assistant.errors import InputError
from assistant.ledger import SYSTEM
from assistant.training.items import Item, identified
from assistant.training.terms import GLOSSARY


class State(StrEnum):
    """Where an item stands; only reviewed and used ones may be asked."""

    DRAFT = "rancangan"
    REVIEWED = "ditelaah"
    REJECTED = "ditolak"
    USED = "dipakai"
    RETIRED = "ditarik"


class Event(StrEnum):
    """What happens to an item."""

    APPROVE = "setujui"
    EDIT = "ubah"
    REJECT = "tolak"
    USE = "pakai"
    RETIRE = "tarik"
    REOPEN = "buka lagi"


_MOVES: Mapping[tuple[State, Event], State] = {
    (State.DRAFT, Event.APPROVE): State.REVIEWED,
    (State.DRAFT, Event.EDIT): State.REVIEWED,
    (State.DRAFT, Event.REJECT): State.REJECTED,
    (State.DRAFT, Event.RETIRE): State.RETIRED,
    (State.REVIEWED, Event.EDIT): State.REVIEWED,
    (State.REVIEWED, Event.REJECT): State.REJECTED,
    (State.REVIEWED, Event.USE): State.USED,
    (State.REVIEWED, Event.RETIRE): State.RETIRED,
    (State.USED, Event.USE): State.USED,
    (State.USED, Event.REJECT): State.REJECTED,
    (State.USED, Event.RETIRE): State.RETIRED,
    (State.REJECTED, Event.REOPEN): State.DRAFT,
}
"""A used item can't be edited, for its statistics would be of another question; edit a copy (`edited`) instead."""

ASKABLE = frozenset({State.REVIEWED, State.USED})


@dataclass(frozen=True, slots=True)
class Change:
    """One step in the life of an item: who did what, when, and why."""

    event: Event
    state: State
    actor: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in the bank, its state and its history; `before` is the id that it had before an edit."""

    item: Item
    state: State = State.DRAFT
    history: tuple[Change, ...] = ()
    before: str = ""

    @property
    def askable(self) -> bool:
        """Tell whether it may be asked in a session."""
        return self.state in ASKABLE


def move(entry: Entry, event: Event, *, actor: str, at: datetime, reason: str = "") -> Entry:
    """Return the entry after an event; raises InputError when its state does not allow it, or a rejection has no reason."""
    state = _MOVES.get((entry.state, event))
    if state is None:
        raise InputError(f"Soal yang sudah {entry.state} tidak dapat di-{event}; pilih tindakan lain.")
    if event is Event.REJECT and not reason.strip():
        raise InputError("Tulis alasan menolak soal ini.")
    return replace(entry, state=state, history=(*entry.history, Change(event, state, actor, at, reason.strip())))


def edited(entry: Entry, item: Item, *, actor: str, at: datetime) -> Entry:
    """Return the entry with the trainer's wording, reviewed and under a new id; of a used one, a copy with no history.

    Raises InputError when the state allows no edit. The statements that the item rests on stay as they are.
    """
    changed = identified(replace(item, anchors=entry.item.anchors))
    if entry.state is State.USED:
        copy = Entry(changed, State.DRAFT, (), entry.item.id)
        return move(copy, Event.EDIT, actor=actor, at=at)
    moved = move(entry, Event.EDIT, actor=actor, at=at)
    return replace(moved, item=changed, before=entry.item.id if changed.id != entry.item.id else entry.before)


def outdated(item: Item, digests: AbstractSet[str]) -> bool:
    """Tell whether a statement that the item rests on is gone or was changed; `digests` are those of the corpus now."""
    return any(anchor.path != GLOSSARY and anchor.digest not in digests for anchor in item.anchors)


def refreshed(entries: Iterable[Entry], digests: AbstractSet[str], *, at: datetime, actor: str = SYSTEM) -> tuple[Entry, ...]:
    """Return all entries, those whose source changed retired; rejected and retired ones stay as they are."""
    return tuple(
        move(entry, Event.RETIRE, actor=actor, at=at, reason="sumbernya berubah")
        if (entry.state, Event.RETIRE) in _MOVES and outdated(entry.item, digests)
        else entry
        for entry in entries
    )


def open_events(entry: Entry) -> frozenset[Event]:
    """Return what may happen to an entry now."""
    return frozenset(event for state, event in _MOVES if state is entry.state)
