"""ItemBank: the questions of the course with what trainers made of them: reviewed, edited, rejected, used, retired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from assistant.access import Action, require
from assistant.errors import InputError
from assistant.ledger import Person, actor_of
from assistant.records import Records, seats, sittings
from assistant.records import items as rows
from assistant.service import Assistant
from assistant.training.checks import faults
from assistant.training.items import Item, Option, identified
from assistant.training.lifecycle import Entry, Event, State, edited, move, refreshed
from assistant.training.sittings import Stage
from assistant.training.statistics import ItemStatistics, item_statistics, pooled

SHUT = frozenset({State.REJECTED, State.RETIRED})
UNKNOWN = "Soal ini tidak ada lagi di bank soal; muat ulang halaman."


class ItemBank:
    """Every use case of the bank; the shipped bank is all drafts until a trainer has seen them."""

    def __init__(self, assistant: Assistant, records: Records) -> None:
        """Take the bank from the course of `assistant`, keep what trainers do in `records`."""
        self._assistant = assistant
        self._records = records
        self._refreshed = ""

    def entries(self) -> Mapping[str, Entry]:
        """Return every entry by id: the drafts of the bank, and over them what is stored.

        A draft that a trainer has reworded is left out: the new wording stands for it. When the corpus has changed, items whose
        source is gone or altered are retired first.
        """
        course = self._assistant.course()
        stored = rows.entries(self._records)
        if course.id != self._refreshed:
            fresh = refreshed(stored, course.statements.digests, at=self._records.now())
            rows.keep_entries(self._records, (new for old, new in zip(stored, fresh, strict=True) if new != old))
            self._refreshed, stored = course.id, fresh
        reworded = {entry.before for entry in stored if entry.before}
        drafts = {name: Entry(item) for name, item in course.items.items() if name not in reworded}
        kept = {entry.item.id: entry for entry in stored if entry.item.id not in reworded or entry.state is State.USED}
        return {**drafts, **kept}

    def entry(self, person: Person | None, identity: str) -> Entry:
        """Return one entry for a trainer; raises InputError when there is none."""
        require(person, Action.TRAIN)
        found = self.entries().get(identity)
        if found is None:
            raise InputError(UNKNOWN)
        return found

    def listed(self, person: Person | None) -> tuple[Entry, ...]:
        """Return all entries for a trainer, by topic."""
        require(person, Action.TRAIN)
        return tuple(sorted(self.entries().values(), key=lambda entry: (entry.item.topic, entry.item.kind, entry.item.stem)))

    def pool(self) -> tuple[Item, ...]:
        """Return the items that a sitting may draw from: all but the rejected and retired; the trainer reviews what is drawn."""
        every = self.entries()
        reworded = {entry.before for entry in every.values()}
        return tuple(entry.item for entry in every.values() if entry.state not in SHUT and entry.item.id not in reworded)

    def act(self, person: Person | None, identity: str, event: Event, *, reason: str = "") -> Entry:
        """Approve, reject, retire or reopen an item; raises InputError when its state doesn't allow it."""
        return self._change(person, identity, lambda entry, actor: move(entry, event, actor=actor, at=self._now(), reason=reason))

    def edit(self, person: Person | None, identity: str, stem: str, options: Iterable[str], explanation: str) -> Entry:
        """Reword an item; the checks look at the new wording, and what they find is refused with InputError."""

        def change(entry: Entry, actor: str) -> Entry:
            texts = [" ".join(text.split()) for text in options]
            old = entry.item
            if len(texts) != len(old.options) or not all(texts) or not stem.strip():
                raise InputError("Isi soal dan semua pilihannya.")
            new = tuple(replace(option, text=text) for option, text in zip(old.options, texts, strict=True))
            item = replace(old, stem=" ".join(stem.split()), options=_kept_reasons(new, old), explanation=explanation.strip())
            found = faults(identified(item), self._assistant.course().statements)
            if found:
                raise InputError(f"Pemeriksaan menolak kalimat baru: {', '.join(map(str, found))}. Perbaiki, lalu simpan lagi.")
            return edited(entry, item, actor=actor, at=self._now())

        return self._change(person, identity, change)

    def approve_topic(self, person: Person | None, topic: str) -> int:
        """Approve every draft of a topic; returns how many."""
        require(person, Action.TRAIN)
        drafts = [entry for entry in self.entries().values() if entry.item.topic == topic and entry.state is State.DRAFT]
        actor = actor_of(person)
        rows.keep_entries(self._records, [move(entry, Event.APPROVE, actor=actor, at=self._now()) for entry in drafts])
        return len(drafts)

    def used(self, items: Iterable[Item], *, actor: str) -> None:
        """Write down that a trainer has seen these items and asks them: drafts are reviewed by that, then all are used."""
        every = self.entries()
        changed: list[Entry] = []
        for item in items:
            entry = every.get(item.id, Entry(item))
            if entry.state is State.DRAFT:
                entry = move(entry, Event.APPROVE, actor=actor, at=self._now())
            if entry.state not in SHUT:
                changed.append(move(entry, Event.USE, actor=actor, at=self._now()))
        rows.keep_entries(self._records, changed)

    def statistics(self) -> Mapping[str, ItemStatistics]:
        """Return what answers say of each item, over all sittings that are over."""
        found: dict[str, list[ItemStatistics]] = {}
        for sitting in sittings.sittings(self._records):
            if sitting.stage is not Stage.DONE:
                continue
            for test in sitting.tests:
                answered = seats.attempts(self._records, sitting.id, test)
                for name, counted in item_statistics(sitting.items(test), answered).items():
                    found.setdefault(name, []).append(counted)
        return {name: pooled(parts) for name, parts in found.items()}

    def _change(self, person: Person | None, identity: str, change: Callable[[Entry, str], Entry]) -> Entry:
        entry = self.entry(person, identity)
        new = change(entry, actor_of(person))
        rows.keep_entries(self._records, [new])
        return new

    def _now(self) -> datetime:
        return self._records.now()


def _kept_reasons(options: tuple[Option, ...], old: Item) -> tuple[Option, ...]:
    """Return options whose text was changed without the reason that was written for the old text."""
    pairs = zip(options, old.options, strict=True)
    return tuple(option if option.text == before.text else replace(option, why="", origin="") for option, before in pairs)
