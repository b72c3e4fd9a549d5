"""Confirming: questions of people that a reviewer confirms as answered by a statement join the question index."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.access import Action, require
from assistant.errors import AssistantError, InputError
from assistant.knowledge.files import read_lines
from assistant.knowledge.questions import CONFIRMED
from assistant.ledger import SYSTEM, Confirmed, Person, actor_of
from assistant.passages import sentence_names
from assistant.records import Records
from assistant.records import confirmed as rows
from assistant.records.database import new_id
from assistant.service import Assistant
from assistant.shelf import Shelf
from assistant.types import Passage

ORIGIN = "petugas"
"""Where a confirmed question comes from: it was asked by somebody in the field."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A confirmed question with the statement that answers it today; without one it isn't searched."""

    confirmed: Confirmed
    passage: Passage | None
    sentence: str


class Confirming:
    """The reviewed list; the file in the corpus is written from it, and the index follows."""

    def __init__(self, assistant: Assistant, records: Records, shelf: Shelf, *, refresh: Callable[[], None]) -> None:
        """Look statements up in `assistant`; `refresh` starts an ingest, or does nothing while one runs."""
        self._assistant = assistant
        self._records = records
        self._shelf = shelf
        self._refresh = refresh
        self._writing = threading.RLock()

    def confirm(self, person: Person | None, passage: str, ordinal: int, questions: Iterable[str]) -> int:
        """Confirm that sentence `ordinal` of a passage answers some questions; returns how many; raises InputError."""
        require(person, Action.TRAIN)
        found = self._assistant.known().passage(passage)
        if found is None or not 0 <= ordinal < len(found.sentences):
            raise InputError("Kalimat ini tidak ada lagi di sumber; muat ulang halaman, lalu pilih lagi.")
        if any(name in self._assistant.known().knowledge.gaps for name in found.sentences[ordinal].labels):
            raise InputError("Kalimat ini menyebut yang belum ada di sumber, jadi tidak menjawab; pilih kalimat lain.")
        name = statement_name(found, ordinal, among=self._assistant.known().passages.values())
        asked = [self._assistant.checked(question) for question in questions]
        if not asked:
            return 0
        with self._writing:
            rows.adopt(self._records, self._shipped(), actor=SYSTEM)
            for question in asked:
                rows.confirm(self._records, name, question, origin=ORIGIN, actor=actor_of(person))
            self.write()
        self._refresh()
        return len(asked)

    def undo(self, person: Person | None, identity: str) -> None:
        """Take a confirmation back: its question waits again, and the index follows."""
        require(person, Action.TRAIN)
        rows.undo(self._records, identity, actor=actor_of(person))
        self.write()
        self._refresh()

    def listed(self, person: Person | None) -> tuple[Listed, ...]:
        """Return what is confirmed, newest first, each with the sentence that it leads to."""
        require(person, Action.TRAIN)
        try:
            passages = tuple(self._assistant.known().passages.values())
        except AssistantError:
            passages = ()
        stating: dict[str, tuple[Passage, str]] = {}
        for passage in passages:
            for ordinal in range(len(passage.sentences)):
                for name in (*passage.sentences[ordinal].labels[:1], sentence_names(passage)[ordinal]):
                    stating.setdefault(name, (passage, passage.sentences[ordinal].text))
        return tuple(Listed(item, *stating.get(item.name, (None, ""))) for item in rows.confirmed(self._records))

    def export(self, person: Person | None) -> str:
        """Return the list as JSON lines, with what was taken back: statement, question, origin, day, day of undoing."""
        require(person, Action.TRAIN)
        lines = [
            {
                **_named(item.name),
                "question": item.question,
                "origin": item.origin,
                "date": item.at.date().isoformat(),
                "undone": item.undone.date().isoformat() if item.undone else None,
            }
            for item in rows.confirmed(self._records, undone=True)
        ]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)

    def rewrite(self) -> None:
        """Write the file anew after a name was masked, and let the index follow where that changed anything."""
        if self.write():
            self._refresh()

    def write(self) -> bool:
        """Write the file of the corpus from the list; tell whether that changed it.

        A file that came with a corpus stays as it is while nothing was confirmed here.
        """
        with self._writing:  # of two writers the later one also reads later
            every = rows.confirmed(self._records, undone=True)
            if not every:
                return False
            lines = [
                {**_named(item.name), "questions": [item.question], "origin": item.origin, "date": item.at.date().isoformat()}
                for item in reversed(every)
                if item.undone is None
            ]
            return self._shelf.write(CONFIRMED, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))

    def _shipped(self) -> Iterator[Confirmed]:
        """Yield what the file of the corpus holds: the first confirmation here would write over it."""
        for _, entry in read_lines(self._shelf.file(CONFIRMED)):
            name, origin, at = entry.get("label") or entry.get("passage"), str(entry.get("origin", ""))[:20], self._records.now()
            with suppress(TypeError, ValueError):
                at = datetime.fromisoformat(entry.get("date", "")).replace(tzinfo=UTC)
            for question in entry.get("questions", ()) if name else ():
                yield Confirmed(new_id(), str(name), str(question), origin or ORIGIN, SYSTEM, at)


def statement_name(passage: Passage, ordinal: int, *, among: Iterable[Passage]) -> str:
    """Return the name by which stored questions point to a sentence: its first label where that states nothing else.

    A sentence without a label, or with one that other sentences of the passages `among` share, is named by place and digest.
    """
    chosen = passage.sentences[ordinal]
    if chosen.labels:
        stated = {other.text for one in (passage, *among) for other in one.sentences if chosen.labels[0] in other.labels}
        if stated == {chosen.text}:
            return chosen.labels[0]
    return sentence_names(passage)[ordinal]


def _named(name: str) -> dict[str, str]:
    return {"passage" if "~" in name else "label": name}
