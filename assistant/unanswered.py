"""Unanswered: the questions that wait for a person, in groups, and what can be done about each group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.access import Action, require
from assistant.errors import AssistantError, InputError
from assistant.gapmap import GapMap, gap_map, occurring
from assistant.inbox import ALIKE, ANSWERED, CONFIRMED, Group, Reason, Waiting, groups
from assistant.ledger import Person, actor_of
from assistant.records import Records, usage
from assistant.records import inbox as rows
from assistant.service import Assistant
from assistant.types import Answer, Hit

DOCUMENT, OFF_TOPIC, ASKED, CLOSED = "dokumen", "luar-topik", "diteruskan", "selesai"
"""What may be done about questions, as it is kept and as the audit log names it."""
ACTIONS = {
    ANSWERED: "Dijawab dengan jawaban baku",
    DOCUMENT: "Dokumennya ditambahkan",
    OFF_TOPIC: "Di luar topik",
    CONFIRMED: "Sudah ada di sumber",
    ASKED: "Diteruskan untuk ditanyakan",
    CLOSED: "Selesai tanpa tindakan",
}
NEAREST = 5
MOST_NOTE = 1_000


@dataclass(frozen=True, slots=True)
class Closer:
    """A group looked at closely: what is answered today, what is nearest in the sources, what was done about its like."""

    group: Group
    today: Answer | None
    nearest: tuple[Hit, ...]
    trouble: str
    before: tuple[Waiting, ...]


class Unanswered:
    """What trainers and admins see of the questions of people: no owner, only the kabupaten."""

    def __init__(self, assistant: Assistant, records: Records) -> None:
        """Read questions from `records`, put like to like by their vectors, ask `assistant` again."""
        self._assistant = assistant
        self._records = records
        self._vectors = assistant.remembered

    def groups(
        self,
        person: Person | None,
        *,
        topic: str = "",
        kabupaten: str = "",
        reason: str = "",
        among: Iterable[str] = (),
    ) -> tuple[Group, ...]:
        """Return the groups that wait, the largest first; each filter that is given keeps the groups with such a question.

        `among` keeps the groups with these keys.
        """
        require(person, Action.TRAIN)
        waiting = rows.waiting(self._records)
        found = groups(waiting, self._vectors.many([item.question for item in waiting]))
        keys = set(among)
        return tuple(group for group in found if _passes(group, topic, kabupaten, reason) and (not keys or group.key in keys))

    def count(self, person: Person | None) -> int:
        """Return how many questions wait."""
        require(person, Action.TRAIN)
        return len(rows.waiting(self._records))

    def closer(self, person: Person | None, key: str) -> Closer:
        """Return one group with the answer of today and the nearest passages; raises InputError for one that is gone."""
        group = self.group(person, key)
        try:
            today: Answer | None = self._assistant.ask(group.question)
            nearest, trouble = today.retrieval.kept[:NEAREST] if today else (), ""
        except AssistantError as error:
            today, nearest, trouble = None, (), str(error)
        return Closer(group, today, nearest, trouble, self._like(group))

    def group(self, person: Person | None, key: str) -> Group:
        """Return one group; raises InputError for one that is gone."""
        found = next((group for group in self.groups(person) if key in {member.entry for member in group.members}), None)
        if found is None:
            raise InputError("Pertanyaan ini sudah ditangani atau dihapus pemiliknya; buka lagi daftarnya.")
        return found

    def handle(self, person: Person | None, entries: Sequence[str], action: str, *, target: str = "", note: str = "") -> int:
        """Write down what was done about questions; returns how many. Raises InputError for an unknown action or none chosen."""
        require(person, Action.TRAIN)
        if action not in ACTIONS:
            raise InputError("Tindakan ini tidak ada; muat ulang halaman.")
        if not entries:
            raise InputError("Pilih sedikitnya satu pertanyaan.")
        text = note.strip()[:MOST_NOTE]
        return rows.handle(self._records, entries, action, target=target, text=text, actor=actor_of(person))

    def handled(self, person: Person | None) -> tuple[Waiting, ...]:
        """Return the questions about which something was done, newest first."""
        require(person, Action.TRAIN)
        return rows.waiting(self._records, handled=True)[::-1]

    def reopen(self, person: Person | None, entry: str) -> None:
        """Let a question wait again."""
        require(person, Action.TRAIN)
        rows.reopen(self._records, [entry], actor=actor_of(person))

    def gap_map(self, person: Person | None, *, last: int = 0) -> GapMap:
        """Return the gap map of the last `last` months that hold anything (0: all)."""
        require(person, Action.TRAIN)
        asked, quizzed = usage.asked(self._records), usage.quizzed(self._records)
        months = occurring(asked, quizzed)
        return gap_map(asked, quizzed, months=months[-last:] if last else months)

    def _like(self, group: Group) -> tuple[Waiting, ...]:
        """Return handled questions that ask what a group asks, newest first."""
        done = rows.waiting(self._records, handled=True)
        if not done:
            return ()
        near = self._vectors.many([item.question for item in done]) @ self._vectors.of(group.question)
        return tuple(item for item, cosine in zip(done[::-1], near[::-1], strict=True) if cosine >= ALIKE)


def _passes(group: Group, topic: str, kabupaten: str, reason: str) -> bool:
    return (
        (not topic or group.topic == topic)
        and (not kabupaten or any(member.kabupaten == kabupaten for member in group.members))
        and (not reason or any(Reason(reason) in member.reasons for member in group.members))
    )
